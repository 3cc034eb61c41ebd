"""``site-gen new`` and ``site-gen add``: from a saved file to an article in a story's folder. Shell: reads and writes files."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from site_gen import markdown
from site_gen.capture import KINDS, capture
from site_gen.capture.rules import rule_names
from site_gen.content import ID, RESERVED_ARTICLES, RESERVED_STORIES, RIGHTS, read_content
from site_gen.match.origins import runs
from site_gen.model import Article, ContentError, Draft, Found, Original, Paragraph
from site_gen.yaml_lines import nearest, parse_moment

LARGEST = 50_000_000
"""Captures over 50 MB are refused: no article is that long."""
SAME_ARTICLE = 0.5
"""A capture of the same outlet is a version of an article where half of the shorter text's runs of six words stand in the other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What the command line says of a capture; it wins over what the capture says."""

    outlet: str = ""
    headline: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""
    published: str = ""
    captured: str = ""
    language: str = ""
    partial: bool = False
    rights: str = ""
    name: str = ""
    keep: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """What ``add`` makes of one file: the article's path and text, the original to keep, and what to tell."""

    name: str
    path: Path
    text: str
    draft: Draft
    version_of: str
    original: Path | None
    data: bytes


def slug(text: str) -> str:
    """An address made of a title or a name: a-z, 0-9 and ``-``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def new_story(content: Path, story: str, title: str, date: str, tags: Iterable[str]) -> Path:
    """Create a story's folder with its ``index.md``; raises :class:`ContentError` where it cannot be made."""
    index = content / story / "index.md"
    if not ID.fullmatch(story) or story in RESERVED_STORIES:
        raise ContentError(
            story, 0, f"`{story}` cannot be a story's name", "use a-z, 0-9, - and no reserved word, for example `ferry-grounding`"
        )
    if index.exists():
        raise ContentError(str(index), 0, "this story exists already", f"add captures to it with `site-gen add {story} FILE`")
    if date:
        try:
            parse_moment(date)
        except ValueError as fault:
            raise ContentError(story, 0, f"`--date {date}` {fault}", "write a day, for example 2022-02-10") from None
    front: dict[str, Any] = {
        "title": title or story.replace("-", " ").capitalize(),
        "summary": "",
        "date": date or None,
        "tags": list(tags),
    }
    index.parent.mkdir(parents=True, exist_ok=True)
    index.write_text(f"---\n{_dump(front)}---\n", encoding="utf-8")
    return index


def prepare(content: Path, story_id: str, sources: Iterable[tuple[str, bytes]], given: Given) -> tuple[list[Added], list[ContentError]]:
    """The articles that the captures make, in order, and every fault; nothing is written. ``sources``: (file name, bytes)."""
    errors: list[ContentError] = []
    folder = content / story_id
    if not (folder / "index.md").exists():
        return [], [ContentError(str(folder), 0, "there is no such story", f"create it: site-gen new {story_id} --title '…'")]
    errors += _faults(given)
    known = _load(folder, story_id, errors)
    taken = {p.stem for p in folder.glob("*.md")}
    hashes = {a.original.sha256: a for a in known if a.original}
    out: list[Added] = []
    for name, data in sources:
        try:
            added = _prepare_one(folder, name, data, given, known, taken, hashes)
        except ContentError as fault:
            errors.append(fault)
            continue
        out.append(added)
        taken.add(added.name)
        known = [*known, _as_article(added.name, added.draft, given.outlet or _value(added.draft, "outlet"))]
    return out, errors


def _load(folder: Path, story_id: str, errors: list[ContentError]) -> list[Article]:
    files = {f"{story_id}/{p.name}": p.read_bytes() for p in sorted(folder.glob("*.md"))}
    content, faults = read_content(files)
    errors += faults
    return list(content.stories[0].articles) if content.stories else []


def _faults(given: Given) -> list[ContentError]:
    out = []
    for key in ("published", "captured"):
        if value := getattr(given, key):
            try:
                parse_moment(value)
            except ValueError as fault:
                out.append(
                    ContentError(
                        f"--{key}", 0, f"`{value}` {fault}", "write a day, 2022-02-10, or a time with its zone, 2022-02-10T14:05+01:00"
                    )
                )
    if given.rights and given.rights not in RIGHTS:
        out.append(
            ContentError(
                "--rights", 0, f"`{given.rights}` is not one of {', '.join(RIGHTS)}", "own: you wrote it; licensed: you may publish it"
            )
        )
    if given.name and (not ID.fullmatch(given.name) or given.name in RESERVED_ARTICLES):
        out.append(ContentError("--name", 0, f"`{given.name}` cannot be an article's name", "use a-z, 0-9, -, . and no reserved word"))
    for rule in sorted(given.keep - rule_names()):
        out.append(ContentError("--keep", 0, f"`{rule}` is no rule", nearest(rule, rule_names())))
    if given.published and given.captured and not out and given.captured[:10] < given.published[:10]:
        out.append(
            ContentError(
                "--captured", 0, f"`{given.captured}` is before the day of publication, {given.published}", "correct one of the two"
            )
        )
    if given.url and not re.match(r"https?://[^\s/]+", given.url):
        out.append(ContentError("--url", 0, f"`{given.url}` is not a web address", "it must start with https:// or http://"))
    return out


def _prepare_one(
    folder: Path, name: str, data: bytes, given: Given, known: list[Article], taken: set[str], hashes: Mapping[str, Article]
) -> Added:
    ending = Path(name).suffix.lower() if name != "-" else ".txt"
    if ending not in KINDS:
        raise ContentError(
            name,
            0,
            f"files of the type `{ending or 'without an ending'}` are not read",
            f"known are {', '.join(sorted(KINDS))}; copy the text into a .txt file",
        )
    if len(data) > LARGEST:
        raise ContentError(name, 0, "the file is larger than 50 MB", "save the article's text alone")
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ContentError(name, 0, "this is a binary file, not text", "save the page as text, or copy its text into a .txt file")
    digest = hashlib.sha256(data).hexdigest()
    if digest in hashes:
        raise ContentError(name, 0, f"this very file is in the story already, as {hashes[digest].id}.md", "nothing needs to be added")
    try:
        draft = capture(data, KINDS[ending], keep=given.keep, outlet=given.outlet, agency=given.agency)
    except ValueError as fault:
        raise ContentError(name, 0, str(fault), "look whether the page was saved whole") from None
    if not any(p.role == "body" for p in draft.paragraphs):
        raise ContentError(
            name,
            0,
            "no paragraph of an article is left in this capture",
            "overrule a rule with --keep RULE; --dry-run shows which rule left what out",
        )
    outlet = given.outlet or _value(draft, "outlet")
    if not outlet:
        raise ContentError(name, 0, "the capture does not say who published it", 'give it: --outlet "The Example"')
    stem = given.name or _free_name(outlet, given.published or _value(draft, "published"), given.captured, taken)
    if given.name and given.name in taken:
        raise ContentError(name, 0, f"{given.name}.md exists already", "choose another --name")
    version_of = recognise(draft, outlet, known, given.url)
    kept = folder / "originals" / f"{stem}{ending}"
    original = Original(file=f"originals/{kept.name}", sha256=digest)
    text = to_markdown(draft, given, version_of=version_of, original=original)
    return Added(name=stem, path=folder / f"{stem}.md", text=text, draft=draft, version_of=version_of, original=kept, data=data)


def _free_name(outlet: str, published: str, captured: str, taken: set[str]) -> str:
    base = slug(outlet) or "article"
    base = f"{base}-article" if base in RESERVED_ARTICLES else base
    day = (captured or published)[:10]
    options = [base, *([f"{base}.{day}"] if day else []), *(f"{base}-{n}" for n in range(2, 1000))]
    return next(o for o in options if o not in taken)


def recognise(draft: Draft, outlet: str, known: Iterable[Article], url: str = "") -> str:
    """The id of the article of which this is another capture, by address or by its text; empty where it is a new one."""
    mine = _as_article("new", draft, outlet)
    address = url or _value(draft, "url")
    grams = runs(mine)
    best: tuple[float, str] = (0.0, "")
    for article in known:
        if article.outlet != outlet:
            continue
        if address and article.url == address:
            return article.id
        other = runs(article)
        share = len(grams & other) / max(1, min(len(grams), len(other)))
        if share >= SAME_ARTICLE and share > best[0] and not (address and article.url and address != article.url):
            best = (share, article.id)
    return best[1]


def _as_article(name: str, draft: Draft, outlet: str) -> Article:
    paragraphs = tuple(Paragraph(index=p.index, role=p.role, text=p.text) for p in draft.paragraphs)
    return Article(id=name, outlet=outlet, path="", paragraphs=paragraphs, url=_value(draft, "url"))


def _value(draft: Draft, key: str) -> str:
    found = draft.metadata.get(key)
    return found.value if found and isinstance(found.value, str) else ""


def metadata(draft: Draft, given: Given) -> dict[str, Found]:
    """The metadata of an article with its sources: the command line wins."""
    out = dict(draft.metadata)
    for key in ("outlet", "headline", "url", "authors", "agency", "published", "captured", "language"):
        if value := getattr(given, key):
            out[key] = Found(value=value, where="command line")
    return out


def to_markdown(draft: Draft, given: Given, *, version_of: str, original: Original | None) -> str:
    """The article's file: front matter, then its text."""
    found = metadata(draft, given)
    front: dict[str, Any] = {}
    for key in ("outlet", "headline", "url", "authors", "agency", "published", "captured", "language"):
        if key in found:
            value = found[key].value
            front[key] = list(value) if isinstance(value, tuple) else value
    if version_of:
        front["version_of"] = version_of
    if given.partial:
        front["partial"] = True
    front["rights"] = given.rights or "third-party"
    if original:
        front["original"] = {"file": original.file, "sha256": original.sha256}
    if draft.left_out:
        front["left_out"] = [{"rule": x.rule, "text": x.text} for x in draft.left_out]
    return f"---\n{_dump(front)}---\n\n{markdown.write(draft.paragraphs)}"


class _Plain(yaml.SafeDumper):
    """Days are written without quotes, as people write them."""


def _dump(front: Mapping[str, Any]) -> str:
    ready = dict(front)
    for key in ("published", "captured", "date"):
        if isinstance(value := ready.get(key), str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            moment = parse_moment(value)
            ready[key] = moment.day
    return str(yaml.dump(ready, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100))


def write(added: Iterable[Added]) -> None:
    """Write the articles and keep their originals byte for byte; an original is in place before its article is."""
    for item in added:
        if item.original:
            item.original.parent.mkdir(parents=True, exist_ok=True)
            item.original.write_bytes(item.data)
        item.path.write_text(item.text, encoding="utf-8")
