"""A pile of articles on disk: read, proposed as stories, and written into the content folder.
Shell.

Read are articles as site-gen writes them (``.md`` with front matter), plain text, and JSON lines
with ``text`` and, where they are known, ``outlet``, ``published``, ``headline``, ``url``. Of each,
only what it is told by stays in memory; its text is read again where it is shown or written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from site_gen.content import ID, RESERVED_ARTICLES, RESERVED_STORIES, read_content
from site_gen.group.pile import Item, group, shared_words
from site_gen.group.terms import KINDS, Seen, hash_of, terms_of
from site_gen.markdown import escape
from site_gen.model import Article, Content, ContentError
from site_gen.shell.files import read_limited, unreadable, write_whole
from site_gen.shell.gather import LARGEST
from site_gen.shell.written import dump, slug, whole
from site_gen.yaml_lines import parse_moment

ENDINGS = (".md", ".txt", ".jsonl")
FIELDS = ("outlet", "headline", "url", "published")
"""What a line of JSON can say of its article, beside ``text``."""
LONG, PORTION = 10_000_000, 200
"""Bytes from which a file of JSON lines is read by several processes; lines for one at a time."""
WORDS = 6
"""Words by which a proposal is explained."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """An article of a pile: its name for people, what is known of it, and where it is. ``story``:
    the story that has it already."""

    name: str
    path: Path
    said: Mapping[str, str]
    day: dt.date | None = None
    start: int = -1
    length: int = 0
    story: str = ""
    mark: str = ""
    """What tells its text from others, whatever its layout."""

    def text(self) -> str:
        """Its headline and text, read again."""
        if self.start < 0:
            return _of_file(self.path, self.path.read_bytes())[0]
        with self.path.open("rb") as handle:
            handle.seek(self.start)
            return str(json.loads(handle.read(self.length))["text"])


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """Articles that report one event. ``id``: of the story that has some of them (``known``), or a
    proposed one; ``words``: what they share that few others of the pile have."""

    id: str
    pieces: tuple[Piece, ...]
    words: tuple[str, ...]
    known: bool = False

    @property
    def new(self) -> tuple[Piece, ...]:
        """Those that no story has."""
        return tuple(p for p in self.pieces if not p.story)


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files of a pile, those of folders in order, but no originals and no hidden files."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        yield from (
            p
            for p in sorted(path.rglob("*"))
            if p.is_file()
            and p.suffix in ENDINGS
            and p.name != "index.md"
            and not any(part.startswith(".") or part == "originals" for part in p.parts)
        )


def read_pile(paths: Iterable[Path], errors: list[ContentError]) -> Iterator[tuple[Piece, Item]]:
    """The articles of a pile with their terms; ``errors`` gets what cannot be read."""
    for path in files_of(paths):
        try:
            if path.suffix == ".jsonl":
                yield from _lines(path, errors)
                continue
            text, said = _of_file(path, read_limited(path, LARGEST))
        except ContentError as fault:
            errors.append(fault)
            continue
        except ExceptionGroup as several:
            errors += [f for f in several.exceptions if isinstance(f, ContentError)]
            continue
        except (OSError, UnicodeDecodeError) as fault:
            errors.append(
                unreadable(str(path), fault)
                if isinstance(fault, OSError)
                else ContentError(str(path), 0, "this is not UTF-8 text", "save it as UTF-8 text")
            )
            continue
        day = _day(said)
        piece = Piece(name=str(path), path=path, said=said, day=day, mark=_mark(text))
        yield piece, Item(terms_of(text), day)


def _of_file(path: Path, data: bytes) -> tuple[str, dict[str, str]]:
    """Headline and text of a file, and what its front matter says."""
    if path.suffix == ".md" and data.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
        index = b"---\ntitle: x\nsummary: y\n---\n"
        content, faults = read_content({"pile/index.md": index, "pile/a.md": data})
        found = [a for s in content.stories for a in s.articles]
        # what it is a version of need not lie in the pile
        wrong = [f for f in faults if "version_of" not in f.message or not found]
        if wrong:
            raise ExceptionGroup(
                "faults",
                [ContentError(str(path), f.line, f.message, f.hint) for f in wrong],
            )
        return _text_of(found[0]), _said(found[0])
    return data.decode("utf-8-sig"), {}


def _text_of(article: Article) -> str:
    return "\n".join([article.headline, *(p.text for p in article.body)])


def _said(article: Article) -> dict[str, str]:
    day = article.published.day.isoformat() if article.published else ""
    found = {
        "outlet": article.outlet,
        "headline": article.headline,
        "url": article.url,
        "published": day,
    }
    return {k: v for k, v in found.items() if v}


Line: TypeAlias = tuple[int, int, bytes]
"""A line of a file: its number, where it begins in bytes, and itself."""
Read: TypeAlias = "tuple[list[tuple[Piece, Item]], list[ContentError]]"


def _lines(path: Path, errors: list[ContentError]) -> Iterator[tuple[Piece, Item]]:
    """The articles of a file of JSON lines; those of a long one are read by several processes."""
    tasks = ((path, lines) for lines in _in_portions(path))
    for found, faults in _by_several(path, tasks):
        errors += faults
        yield from found


def _by_several(path: Path, tasks: Iterable[tuple[Path, list[Line]]]) -> Iterator[Read]:
    if path.stat().st_size < LONG:
        yield from map(_of_lines, tasks)
        return
    from site_gen.shell.workers import in_order, local_pool  # with all of the pipeline

    pool = local_pool(os.cpu_count() or 1)
    with pool.open() as executor:
        yield from in_order(executor, _of_lines, tasks, pool.at_once)


def _in_portions(path: Path) -> Iterator[list[Line]]:
    at = 0
    held: list[Line] = []
    with path.open("rb") as handle:
        for number, line in enumerate(handle, 1):
            held.append((number, at, line))
            at += len(line)
            if len(held) == PORTION:
                yield held
                held = []
    if held:
        yield held


def _of_lines(task: tuple[Path, list[Line]]) -> Read:
    """The articles of some lines, and what is wrong with others."""
    path, lines = task
    found: list[tuple[Piece, Item]] = []
    errors: list[ContentError] = []
    for number, start, line in lines:
        if not line.strip():
            continue
        try:
            row: Any = json.loads(line)
            text = row["text"]
            said = {k: str(row[k]) for k in FIELDS if row.get(k)}
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            why = "this line is no JSON object with a `text`"
            errors.append(ContentError(str(path), number, why, 'write {"text": "…"} on each line'))
            continue
        day = _day(said)
        piece = Piece(
            name=f"{path}:{number}",
            path=path,
            said=said,
            day=day,
            start=start,
            length=len(line),
            mark=_mark(text),
        )
        found.append((piece, Item(terms_of(text), day)))
    return found, errors


def _day(said: Mapping[str, str]) -> dt.date | None:
    try:
        return parse_moment(said.get("published", "")).day
    except ValueError:
        return None


def of_stories(folder: Path, content: Content) -> Iterator[tuple[Piece, Item]]:
    """The articles that stories have already."""
    for story in content.stories:
        for article in story.articles:
            day = article.published.day if article.published else None
            path, text = folder / article.path, _text_of(article)
            piece = Piece(
                name=str(path),
                path=path,
                said=_said(article),
                day=day,
                story=story.id,
                mark=_mark(text),
            )
            yield piece, Item(terms_of(text), day)


def _mark(text: str) -> str:
    return hashlib.sha256("".join(text.split()).encode("utf-8", "replace")).hexdigest()


def once(pile: Iterable[tuple[Piece, Item]]) -> tuple[list[tuple[Piece, Item]], int]:
    """A pile without what it or a story has already, by its text; and how many went. What is in a
    story comes first."""
    met: set[str] = set()
    out, gone = [], 0
    for piece, item in pile:
        if piece.mark in met and not piece.story:
            gone += 1
            continue
        met.add(piece.mark)
        out.append((piece, item))
    return out, gone


def propose(
    pile: Sequence[tuple[Piece, Item]],
    window: int,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[list[Proposal], list[Piece]]:
    """The stories of a pile, the largest first, and the articles that stand alone. Those of a story
    stay together, two stories stay two, and a proposal has at least one article that is new."""
    pile = sorted(pile, key=lambda found: (found[0].mark, found[0].name))  # whatever its order was
    pieces, items = [p for p, _ in pile], [i for _, i in pile]
    seen = Seen(len(items))
    together: dict[str, list[int]] = {}
    for n, (piece, item) in enumerate(pile):
        seen.add(item.terms)
        if piece.story:
            together.setdefault(piece.story, []).append(n)
    groups = group(items, window, list(together.values()), progress)
    stories = [[pieces[n] for n in numbers] for numbers in groups]
    stories = [story for story in stories if any(not p.story for p in story)]
    alone = sorted((s[0] for s in stories if len(s) == 1), key=lambda p: p.name)
    return _proposals([s for s in stories if len(s) > 1], seen, set(together)), alone


def _proposals(stories: Iterable[list[Piece]], seen: Seen, taken: set[str]) -> list[Proposal]:
    """What some groups are proposed as, the largest first."""
    found = [_proposal(story, seen, taken) for story in stories]
    return sorted(found, key=lambda p: (-len(p.pieces), p.id))


def _proposal(pieces: Sequence[Piece], seen: Seen, taken: set[str]) -> Proposal:
    """What articles that report one event are proposed as; its id is added to those ``taken``."""
    found = sorted(pieces, key=lambda p: (p.day is None, p.day or dt.date.min, p.name))
    words = tuple(shared_words([p.text() for p in found], lambda s: _rarity(seen, s), WORDS))
    known = next((p.story for p in found if p.story), "")
    name = known or _free(words, taken)
    taken.add(name)
    return Proposal(id=name, pieces=tuple(found), words=words, known=bool(known))


def _rarity(seen: Seen, name: str) -> float:
    """How much a stem tells in a pile."""
    return math.log((seen.articles + 1) / max(1, seen.of(hash_of(KINDS[0], name))))


def _free(words: Sequence[str], taken: set[str]) -> str:
    """A story's id of the words that tell most of it, which no other has."""
    base = slug(" ".join(dict.fromkeys(w.lower() for w in words[:3]))) or "story"
    number, name = 1, base
    while name in taken or name in RESERVED_STORIES or not ID.fullmatch(name):
        number += 1
        name = f"{base}-{number}"
    return name


def faults_of(proposals: Iterable[Proposal]) -> list[ContentError]:
    """What stands against writing some proposals: every article of a site has an outlet."""
    return [
        ContentError(
            piece.name,
            0,
            "it is not said which outlet published this",
            "begin it with front matter, `outlet: …`; or take it up with `site-gen add`",
        )
        for proposal in proposals
        for piece in proposal.new
        if not piece.said.get("outlet")
    ]


def write(content: Path, proposals: Iterable[Proposal]) -> list[Path]:
    """Write the new articles of proposals into their stories' folders, all or none; the files. What
    lies in the pile stays."""
    files: list[tuple[Path, bytes]] = []
    for proposal in proposals:
        folder = content / proposal.id
        if not proposal.known:
            first = next((p for p in proposal.pieces if p.said.get("headline")), None)
            title = first.said["headline"] if first else " ".join(proposal.words).capitalize()
            files.append((folder / "index.md", f"---\n{dump({'title': title})}---\n".encode()))
        there = {p.stem for p in folder.glob("*.md")} if folder.is_dir() else set()
        for piece in proposal.new:
            name = _name(piece, there)
            there.add(name)
            files.append((folder / f"{name}.md", _article(piece)))
    write_whole(files)
    return [path for path, _ in files]


def _name(piece: Piece, there: set[str]) -> str:
    base = slug(piece.said["outlet"]) or "article"
    number, name = 1, base
    while name in there or name in RESERVED_ARTICLES:
        number += 1
        name = f"{base}-{number}"
    return name


def _article(piece: Piece) -> bytes:
    """An article as it is written: a file as it lies there, a line of JSON with front matter."""
    if piece.start < 0:
        # what it was a version of had another name there; captures of one text are found anyway
        return re.sub(rb"(?m)^version_of:.*\n", b"", piece.path.read_bytes(), count=1)
    front = {k: piece.said[k] for k in FIELDS if k in piece.said} | {"rights": "third-party"}
    text = piece.text().replace("\r\n", "\n").strip()
    parts = re.split(r"\n\s*\n" if re.search(r"\n\s*\n", text) else r"\n", text)
    body = "\n\n".join(escape(" ".join(part.split())) for part in parts if part.strip())
    return whole(f"---\n{dump(front)}---\n\n{body}\n").encode()
