"""``site-gen new`` and ``site-gen add``: from a saved file to an article in a story's folder.
Shell: reads and writes files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from site_gen.capture import KINDS, capture
from site_gen.capture.notices import Trace, paywalled, traces
from site_gen.capture.rules import pattern_rules
from site_gen.content import ID, RESERVED_ARTICLES, RESERVED_STORIES, read_content
from site_gen.model import Article, ContentError, Draft, Original
from site_gen.shell.files import read_limited, too_large, unreadable, write_whole
from site_gen.shell.given import as_given_before, faults_of
from site_gen.shell.recognise import (
    LARGEST,
    MENDS,
    PAGES,
    as_article,
    as_draft,
    kind_of,
    recognise,
    value,
)
from site_gen.shell.written import Given, dump, metadata, slug, to_markdown
from site_gen.yaml_lines import nearest, parse_moment


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """What ``add`` makes of one file: the article's path and text, the original to keep, and what
    to tell.

    ``before``: the text of the article's file where the same capture was added before; ``kept``: it
    is left as it is, because it is the same, or a person has edited it and did not say
    ``--overwrite``.
    """

    name: str
    path: Path
    text: str
    draft: Draft
    given: Given
    version_of: str
    original: Original
    stored: Path
    data: bytes
    before: str = ""
    kept: bool = False
    traces: tuple[Trace, ...] = ()
    hints: tuple[str, ...] = ()


def new_story(content: Path, story: str, title: str, date: str, tags: Iterable[str]) -> Path:
    """Create a story's folder with its ``index.md``; raises :class:`ContentError` where it cannot
    be made."""
    index = content / story / "index.md"
    if not ID.fullmatch(story) or story in RESERVED_STORIES:
        raise ContentError(
            story,
            0,
            f"`{story}` cannot be a story's name",
            "use a-z, 0-9, - and no reserved word, for example `ferry-grounding`",
        )
    if index.exists():
        raise ContentError(
            str(index),
            0,
            "this story exists already",
            f"add captures to it with `site-gen add {story} FILE`",
        )
    if date:
        try:
            parse_moment(date)
        except ValueError as fault:
            raise ContentError(
                story, 0, f"`--date {date}` {fault}", "write a day, for example 2022-02-10"
            ) from None
    front: dict[str, Any] = {
        "title": title or story.replace("-", " ").capitalize(),
        "summary": "",
        "date": date or None,
        "tags": list(tags),
    }
    _refuse_link(index.parent)
    try:
        write_whole([(index, f"---\n{dump(front)}---\n".encode("utf-8", "replace"))])
    except OSError as fault:
        raise unreadable(str(index), fault) from None
    return index


def read_captures(
    names: Iterable[str], standard_input: BinaryIO
) -> tuple[list[tuple[str, bytes]], list[ContentError]]:
    """The captures' names and bytes, ``-`` for standard input, and what cannot be read; a file over
    ``LARGEST`` is not read at all."""
    out: list[tuple[str, bytes]] = []
    errors: list[ContentError] = []
    for name in names:
        try:
            data = (
                standard_input.read(LARGEST + 1)
                if name == "-"
                else read_limited(Path(name), LARGEST)
            )
            if len(data) > LARGEST:
                raise too_large(name, LARGEST)
            out.append((name, data))
        except ContentError as fault:
            errors.append(fault)
        except OSError as fault:
            errors.append(
                ContentError(
                    name,
                    0,
                    f"this file cannot be read ({fault.strerror or fault})",
                    "look at its name",
                )
            )
    return out, errors


def _refuse_link(folder: Path) -> None:
    """A story's folder that is a link would be written here and not read by a build."""
    if folder.is_symlink():
        raise ContentError(
            str(folder),
            0,
            "this is a link to a folder, which a build does not read",
            "put the folder itself into the content folder",
        )


def prepare(
    content: Path, story_id: str, sources: Iterable[tuple[str, bytes]], given: Given
) -> tuple[list[Added], list[ContentError]]:
    """The articles that the captures make, in order, and every fault; nothing is written.
    ``sources``: (file name, bytes)."""
    errors: list[ContentError] = []
    folder = content / story_id
    if not ID.fullmatch(story_id) or not (folder / "index.md").exists():
        return [], [
            ContentError(
                str(folder),
                0,
                "there is no such story",
                f"create it: site-gen new {story_id} --title '…'",
            )
        ]
    errors += faults_of(given)
    if errors:
        return [], errors
    try:
        _refuse_link(folder)
        adder = _Adder(folder, _load(folder, story_id, errors), given)
    except ContentError as fault:
        return [], [*errors, fault]
    except OSError as fault:
        return [], [*errors, unreadable(str(fault.filename or folder), fault)]
    out: list[Added] = []
    for name, data in sources:
        try:
            out.append(adder.add(name, data))
        except ContentError as fault:
            errors.append(fault)
        except OSError as fault:
            errors.append(unreadable(str(fault.filename or name), fault))
    return [adder.again_beside(item, out) for item in out], errors


def _load(folder: Path, story_id: str, errors: list[ContentError]) -> list[Article]:
    files = {f"{story_id}/{p.name}": p.read_bytes() for p in sorted(folder.glob("*.md"))}
    content, faults = read_content(files)
    errors += faults
    return list(content.stories[0].articles) if content.stories else []


class _Adder:
    """Adds captures to one story, each with what is known of those before it."""

    def __init__(self, folder: Path, known: list[Article], given: Given) -> None:
        self.folder, self.known, self.given = folder, known, given
        self.taken = {p.stem for p in folder.glob("*.md")}
        self.hashes = {a.original.sha256: a for a in known if a.original}

    def add(self, name: str, data: bytes) -> Added:
        """One capture; ``ContentError`` where it cannot become an article."""
        kind = kind_of(name, data)
        digest = hashlib.sha256(data).hexdigest()
        same = self.hashes.get(digest)
        # one wire story in two papers is two sources
        before = same if same and self.given.outlet in ("", same.outlet) else None
        draft = self._draft(name, data, kind, None)
        outlet = self.given.outlet or value(draft, "outlet") or (before.outlet if before else "")
        if not outlet:
            raise ContentError(
                name,
                0,
                "the capture does not say who published it",
                'give it: --outlet "The Example"',
            )
        version_of = (
            before.version_of if before else recognise(draft, outlet, self.known, self.given.url)
        )
        if not before and (other := next((a for a in self.known if a.id == version_of), None)):
            draft = self._draft(name, data, kind, as_draft(other))
        if not (before and before.partial):
            self._refuse_stub(name, data, kind, draft)
        stem = before.id if before else self._stem(name, draft, outlet)
        ending = Path(name).suffix.lower() if name != "-" else ".txt"
        original = (
            before.original
            if before and before.original
            else Original(file=f"originals/{stem}{ending}", sha256=digest)
        )
        added = self._added(stem, data, draft, version_of, original, before)
        if not before:
            self.taken.add(stem)
            self.known = [*self.known, as_article(stem, draft, outlet)]
            self.hashes[digest] = self.known[-1]
        return added

    def _draft(self, name: str, data: bytes, kind: str, other: Draft | None) -> Draft:
        given = self.given
        try:
            draft = capture(
                data,
                kind,
                keep=given.keep,
                outlet=given.outlet,
                agency=given.agency,
                drop_after=given.drop_after,
                rules=given.rules,
                other=other,
            )
        except ValueError as fault:
            raise ContentError(
                name, 0, str(fault), MENDS.get(kind, "look whether the page was saved whole")
            ) from None
        if not any(p.role == "body" for p in draft.paragraphs):
            raise ContentError(
                name,
                0,
                "no paragraph of an article is left in this capture",
                "overrule a rule with --keep RULE; --dry-run shows which rule left what out",
            )
        return draft

    def _refuse_stub(self, name: str, data: bytes, kind: str, draft: Draft) -> None:
        source = data.decode("utf-8", "replace") if kind in PAGES else ""
        if not self.given.partial and (stub := paywalled(draft, source)):
            raise ContentError(
                name,
                0,
                stub,
                "save the page where the whole article is shown, or add --partial so that its"
                " silence counts for nothing",
            )

    def _stem(self, name: str, draft: Draft, outlet: str) -> str:
        given = self.given
        if given.name and given.name in self.taken:
            raise ContentError(name, 0, f"{given.name}.md exists already", "choose another --name")
        return given.name or _free_name(
            outlet, given.published or value(draft, "published"), given.captured, self.taken
        )

    def _added(
        self,
        stem: str,
        data: bytes,
        draft: Draft,
        version_of: str,
        original: Original,
        before: Article | None,
    ) -> Added:
        path = self.folder / f"{stem}.md"
        given = as_given_before(self.given, before, draft) if before else self.given
        text = to_markdown(draft, given, version_of=version_of, original=original)
        old = path.read_text(encoding="utf-8") if before and path.exists() else ""
        return Added(
            name=stem,
            path=path,
            text=text,
            draft=draft,
            given=given,
            version_of=version_of,
            original=original,
            stored=self.folder / original.file,
            data=data,
            before=old,
            kept=bool(old) and not self.given.overwrite,
            traces=(
                traces(data.decode("utf-8", "replace"))
                if re.search(r"\.x?html?$|\.mht(?:ml)?$", original.file)
                else ()
            ),
            hints=(*self._hints(draft, version_of), *_doubts(draft, given)),
        )

    def _hints(self, draft: Draft, version_of: str) -> tuple[str, ...]:
        """Paragraphs of the capture that is there already which only it has, and which read like
        what is not the article."""
        other = next((a for a in self.known if a.id == version_of), None)
        if other is None:
            return ()
        here = {" ".join(p.text.lower().split()) for p in draft.paragraphs}
        everything = (*self.given.rules, *pattern_rules())
        return tuple(
            f"{other.id}.md holds “{p.text[:70]}…”, which this capture lacks and which reads like a"
            f" {rule.name}: look whether it is the article's"
            for p in other.paragraphs
            if p.role == "body" and " ".join(p.text.lower().split()) not in here
            for rule in [
                next((r for r in everything if r.fits(p.text) or r.fits_weakly(p.text)), None)
            ]
            if rule
        )

    def again_beside(self, item: Added, all_of_them: Iterable[Added]) -> Added:
        """The first of several captures of one article that were given together, read again with
        what the next one shows."""
        other = next(
            (o for o in all_of_them if o.version_of == item.name and not item.before), None
        )
        if other is None:
            return item
        try:
            draft = self._draft(
                item.path.name, item.data, KINDS[Path(item.original.file).suffix], other.draft
            )
        except ContentError:
            # with the other's help nothing would be left of it: it stays as it was read alone
            return item
        return self._added(item.name, item.data, draft, item.version_of, item.original, None)


def _doubts(draft: Draft, given: Given) -> tuple[str, ...]:
    """What a person should look at: a missing headline, a day of publication that the capture
    contradicts, another language."""
    out = []
    found = metadata(draft, given)
    if "headline" not in found:
        out.append('headline: none was found, and the pages will say so. Give it: --headline "…"')
    said, shown = given.published[:10], value(draft, "published")[:10]
    if said and shown and said != shown:
        where = draft.metadata["published"].where
        out.append(
            f"published: you said {said}, and the capture itself says {shown} ({where}); what you"
            " said is written, look which is right"
        )
    language = found["language"].value if "language" in found else "en"
    if isinstance(language, str) and language.split("-")[0].lower() != "en":
        out.append(
            f"language: {language} ({found['language'].where}); figures, dates and speakers are"
            " read in English only, so its cells will say so"
        )
    return tuple(out)


def with_day(item: Added, day: str) -> Added:
    """The same article with its day of publication, as a person gave it when asked."""
    given = replace(item.given, published=day)
    text = to_markdown(item.draft, given, version_of=item.version_of, original=item.original)
    return replace(item, given=given, text=text)


def remove(content: Path, story_id: str, name: str) -> tuple[list[Path], list[ContentError]]:
    """The files that an article is made of, its original among them, and what stands against taking
    them out; nothing is removed."""
    folder = content / story_id
    errors: list[ContentError] = []
    if not ID.fullmatch(story_id) or not (folder / "index.md").exists():
        return [], [
            ContentError(
                str(folder),
                0,
                "there is no such story",
                "look at the folders in the content folder",
            )
        ]
    articles = _load(folder, story_id, [])
    stem = name.removesuffix(".md")
    path = folder / f"{stem}.md"
    if not ID.fullmatch(stem) or stem == "index" or not path.is_file():
        return [], [
            ContentError(
                str(path), 0, "there is no such article", nearest(stem, [a.id for a in articles])
            )
        ]
    for other in articles:
        if other.version_of == stem and other.id != stem:
            errors.append(
                ContentError(
                    str(folder / f"{other.id}.md"),
                    0,
                    f"says `version_of: {stem}`",
                    "remove that line, or this article first",
                )
            )
    found = [path]
    article = next((a for a in articles if a.id == stem), None)
    if article is None:  # its front matter is faulty: the original is known by its name
        found += sorted((folder / "originals").glob(f"{stem}.*"))
    elif article.original:
        stored = (folder / article.original.file).resolve()
        shared = any(
            o.original and o.id != stem and o.original.file == article.original.file
            for o in articles
        )
        if (
            stored.is_file()
            and stored.is_relative_to((folder / "originals").resolve())
            and not shared
        ):
            found.append(folder / article.original.file)
    return found, errors


def _free_name(outlet: str, published: str, captured: str, taken: set[str]) -> str:
    base = slug(outlet) or "article"
    base = f"{base}-article" if base in RESERVED_ARTICLES else base
    day = (captured or published)[:10]
    options = [base, *([f"{base}.{day}"] if day else []), *(f"{base}-{n}" for n in range(2, 1000))]
    return next(o for o in options if o not in taken)


def write(added: Iterable[Added]) -> None:
    """Write the articles and keep their originals byte for byte: all of them, or none; an original
    is in place before its article is.

    Raises :class:`ContentError` where the system does not let us write.
    """
    files: list[tuple[Path, bytes]] = []
    for item in added:
        if not item.kept:
            files += [(item.stored, item.data), (item.path, item.text.encode("utf-8", "replace"))]
    try:
        write_whole(files)
    except OSError as fault:
        raise unreadable(str(fault.filename or files[0][0]), fault) from None
