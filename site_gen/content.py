"""content/ → :class:`~site_gen.model.Content`: front matter and Markdown of stories, articles and
ordinary pages.

Pure: the files come in as a mapping from path to bytes, and every fault of every file is reported
at once. The format is described for people in ``content/guide/formats.md``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, cast

import yaml

from site_gen import markdown
from site_gen.fields import address, archive, check_zones, day, left_out, original
from site_gen.model import (
    Article,
    Content,
    ContentError,
    Document,
    Paragraph,
    Role,
    Ruling,
    Story,
)
from site_gen.yaml_lines import Reader, compose

ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
"""What a story's folder and an article's file stem may be called: they become addresses."""
RESERVED_ARTICLES = {
    "index",
    "passages",
    "originals",
    "data",
    "rows",
    "figures",
    "dates",
    "quotations",
    "vs",
    "versions",
    "embed",
    "worksheet",
    "facts",
    "answers",
}
RESERVED_STORIES = {
    "assets",
    "outlets",
    "search",
    "data",
    "schema",
    "tags",
    "feed",
    "404",
    "page",
    "pagefind",
    "method",
    "desk",
}
RIGHTS = ("own", "licensed", "third-party")
_ARTICLE_ONLY = {
    "outlet",
    "headline",
    "published",
    "captured",
    "version_of",
    "rights",
    "left_out",
    "original",
    "partial",
}
_STORY_ONLY = {"summary", "date", "tags", "aliases", "rulings", "noindex"}
_CONTROLS = (
    {c: "\ufffd" for c in range(32) if c not in (9, 10)}
    | {127: "\ufffd"}
    | dict.fromkeys((*range(8234, 8239), *range(8294, 8298)), "")
)
"""Control characters are shown as what cannot be shown; marks that turn the direction of what
follows are left out: they could show words in another order than they are written in
(CVE-2021-42574)."""
_FENCE = re.compile(r"\A---[ \t]*\n(.*?)(?:\n|\A)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


class _File:
    """A decoded Markdown file: its front matter as a reader, and the text below with its first
    line."""

    def __init__(self, path: str, data: bytes, errors: list[ContentError]) -> None:
        self.path, self.errors, unreadable = path, errors, False
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            line = data[: fault.start].count(b"\n") + 1
            errors.append(
                ContentError(
                    path,
                    line,
                    "this file is not UTF-8 text",
                    "save it as UTF-8; captures of other kinds go through `site-gen add`",
                )
            )
            text, unreadable = "", True
        text = unicodedata.normalize(
            "NFC", text.replace("\r\n", "\n").replace("\r", "\n")
        ).translate(_CONTROLS)
        match = _FENCE.match(text)
        self.has_front_matter = bool(match) or unreadable
        front = match[1] if match else ""
        self.text = text[match.end() :] if match else text
        self.body_line = text[: match.end()].count("\n") + 1 if match else 1
        if text.startswith("---\n") and not match:
            errors.append(
                ContentError(
                    path,
                    1,
                    "the front matter has no closing `---` line",
                    "end it with a line that holds only `---`",
                )
            )
        node = compose(front, path, 2, errors) if front.strip() else None
        self.broken = unreadable or (bool(front.strip()) and node is None)
        self.reader = Reader(node, path, 2, errors)

    @property
    def keys(self) -> set[str]:
        return set(self.reader.nodes)


def read_content(
    files: Mapping[str, bytes], known: Iterable[Story] = ()
) -> tuple[Content, list[ContentError]]:
    """All stories and ordinary pages in ``files`` (path relative to the content folder → bytes of a
    ``.md`` file), with those of other folders that are ``known``. The order does not matter. Faulty
    articles are left out of the result; the faults say why.
    """
    errors: list[ContentError] = []
    parsed = {
        p: _File(p, files[p], errors)
        for p in sorted(files)
        if p.endswith(".md") and "/originals/" not in f"/{p}"
    }
    folders: dict[str, list[_File]] = {}
    documents: list[Document] = []
    for path, file in parsed.items():
        folder = path.rpartition("/")[0]
        folders.setdefault(folder, []).append(file)
    stories = list(known)
    for folder, members in folders.items():
        if folder and _is_story(folder, members):
            stories += [s for s in [_story(folder, members, errors)] if s]
        else:
            documents += [_document(file) for file in members]
    _check_addresses(stories, documents, errors)
    order = sorted(stories, key=lambda s: s.id)
    return Content(
        stories=tuple(order), documents=tuple(sorted(documents, key=lambda d: d.path))
    ), sorted(errors, key=lambda e: e.key)


def _is_story(folder: str, members: list[_File]) -> bool:
    index = f"{folder}/index.md"
    return any(
        (f.keys & _ARTICLE_ONLY if f.path != index else f.keys & _STORY_ONLY) for f in members
    )


def _story(folder: str, members: list[_File], errors: list[ContentError]) -> Story | None:
    index = next((f for f in members if f.path == f"{folder}/index.md"), None)
    if "/" in folder:
        errors.append(
            ContentError(
                folder,
                0,
                "a story must be a folder directly in the content folder",
                f"move it up: {folder.rpartition('/')[2]}/",
            )
        )
        return None
    if not ID.fullmatch(folder) or folder in RESERVED_STORIES:
        errors.append(
            ContentError(
                folder,
                0,
                f"`{folder}` cannot be a story's name",
                "use a-z, 0-9, - and no reserved word, for example `ferry-grounding`",
            )
        )
        return None
    if index is None:
        errors.append(
            ContentError(
                folder,
                0,
                "this story has no index.md",
                f'create {folder}/index.md with a line `title: "…"` between two `---` lines',
            )
        )
    articles = [a for a in (_article(f, errors) for f in members if f is not index) if a]
    _check_versions(articles, errors)
    if index is None:
        return None
    r = index.reader
    story = Story(
        id=folder,
        path=index.path,
        title="" if index.broken else r.text("title", required=True),
        summary=r.text("summary"),
        date=day(r, "date"),
        tags=r.texts("tags"),
        aliases=r.texts("aliases"),
        rulings=r.mappings("rulings", _ruling),
        noindex=r.flag("noindex"),
        note=index.text.strip(),
        articles=tuple(sorted(articles, key=lambda a: a.id)),
    )
    r.finish()
    return story


NAMES = ("row", "paragraphs", "finding", "mention")
"""What a ruling may name: exactly one of these."""
OF_MENTIONS = ("value", "speaker")
"""What is said of a mention alone."""
OF_ROWS = ("verdict", "label")
"""What is said of a row alone."""


def _ruling(reader: Reader) -> Ruling:
    faults = len(reader.errors)
    first = next(iter(reader.nodes.values()), None)
    node = reader.nodes.get("same")
    sure = isinstance(node, yaml.ScalarNode) and node.value.lower() in ("true", "yes", "on")
    out = Ruling(
        row=reader.text("row"),
        paragraphs=reader.texts("paragraphs"),
        finding=reader.text("finding"),
        mention=reader.text("mention"),
        line=reader.line(first),
        verdict=reader.choice("verdict", ("agree", "compatible", "conflict", "single"), ""),
        label=reader.text("label"),
        same=() if sure else reader.texts("same"),
        one_thing=reader.flag("same") if sure else False,
        different=reader.flag("different"),
        right=reader.flag("right"),
        value=reader.text("value"),
        speaker=reader.text("speaker"),
        hide=reader.flag("hide"),
        note=reader.text("note"),
        reason=reader.text("reason"),
        editor=reader.text("editor"),
        date=reader.text("date"),
        response=reader.text("response"),
        of=reader.texts("of"),
    )
    _check_ruling(reader, out)
    said = (out.decides, out.label, out.note, out.response, out.reason)
    if not any(said) and len(reader.errors) == faults:
        reader.error(first, "the ruling says nothing", "add what holds, for example `same: true`")
    reader.finish()
    return out


def _check_ruling(reader: Reader, ruling: Ruling) -> None:
    """Whether a ruling names one thing, and says of it what can be said of such a thing."""
    named = [name for name in NAMES if name in reader.nodes]
    if len(named) != 1:
        what = f"names both `{named[0]}` and `{named[1]}`" if named else "names nothing"
        hint = "begin it with one of " + ", ".join(f"`{n}:`" for n in NAMES)
        reader.error(next(iter(reader.nodes.values()), None), f"the ruling {what}", hint)
        return
    for keys, name in ((OF_MENTIONS, "mention"), (OF_ROWS, "row")):
        for key in keys:
            if key in reader.nodes and named != [name]:
                mend = f"a ruling with `{key}` begins with `{name}: …`"
                reader.error(key, f"`{key}` is said of a {name} alone", mend)
    if len(ruling.paragraphs) == 1:
        mend = "give the permalinks of two or more, of different articles"
        reader.error("paragraphs", "one paragraph is no passage", mend)


def _article(file: _File, errors: list[ContentError]) -> Article | None:
    stem = file.path.rpartition("/")[2].removesuffix(".md")
    if not ID.fullmatch(stem) or stem in RESERVED_ARTICLES:
        errors.append(
            ContentError(
                file.path,
                0,
                f"`{stem}` cannot be an article's name",
                "use a-z, 0-9, -, . and no reserved word, for example `courier.md`",
            )
        )
        return None
    if not file.has_front_matter:
        errors.append(
            ContentError(
                file.path,
                1,
                "this article has no front matter",
                "start the file with `---`, `outlet: …`, `---`",
            )
        )
        return None
    if file.broken:
        return None
    r, before = file.reader, len(errors)
    published, captured = r.moment("published"), r.moment("captured")
    check_zones(r, published, captured)
    source = r.mapping("original")
    fields: dict[str, Any] = {
        "outlet": r.text("outlet", required=True),
        "headline": r.text("headline"),
        "url": address(r, "url"),
        "authors": r.texts("authors"),
        "agency": r.text("agency"),
        "published": published,
        "captured": captured,
        "version_of": r.text("version_of"),
        "original": original(source) if source else None,
        "left_out": r.mappings("left_out", left_out),
        "language": r.text("language") or "en",
        "partial": r.flag("partial"),
        "rights": r.choice("rights", RIGHTS, "third-party"),
        "note": r.text("note"),
        "archive": archive(r),
    }
    r.finish()
    paragraphs = _paragraphs(file, errors)
    if not any(p.role == "body" for p in paragraphs):
        errors.append(
            ContentError(
                file.path,
                file.body_line,
                "this article has no text",
                "write its paragraphs below the front matter, a blank line between them",
            )
        )
    if len(errors) > before:
        return None
    return Article(id=stem, path=file.path, paragraphs=paragraphs, **fields)


def _paragraphs(file: _File, errors: list[ContentError]) -> tuple[Paragraph, ...]:
    seen: dict[str, int] = {}
    out: list[Paragraph] = []
    for block in markdown.blocks(file.text):
        line = file.body_line + block.line
        if block.unknown:
            errors.append(
                ContentError(
                    file.path,
                    line,
                    f"`{{.{block.unknown}}}` is not a role",
                    "a block can be marked {.caption}; headings are written with ##",
                )
            )
        pid = paragraph_id(block.text)
        seen[pid] = seen.get(pid, 0) + 1
        if seen[pid] > 1:
            pid = f"{pid}-{seen[pid]}"
        out.append(
            Paragraph(
                index=len(out), role=cast(Role, block.role), text=block.text, pid=pid, line=line
            )
        )
    return tuple(out)


def paragraph_id(text: str) -> str:
    """A permalink that depends on the paragraph's own words only, so that edits elsewhere do not
    move it."""
    return "p-" + hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


def _check_versions(articles: list[Article], errors: list[ContentError]) -> None:
    by_id = {a.id: a for a in articles}
    for article in articles:
        target = article.version_of
        if target and target not in by_id:
            known = ", ".join(sorted(set(by_id) - {article.id})) or "none"
            errors.append(
                ContentError(
                    article.path,
                    0,
                    f"`version_of: {target}` names no article of this story",
                    f"articles of this story: {known}",
                )
            )
        seen, at = {article.id}, article
        while at.version_of in by_id:
            at = by_id[at.version_of]
            if at.id in seen:
                errors.append(
                    ContentError(
                        article.path,
                        0,
                        f"`version_of` of `{article.id}` leads back to itself",
                        "the first capture has no `version_of`",
                    )
                )
                break
            seen.add(at.id)


def _document(file: _File) -> Document:
    title = ""
    node = file.reader.nodes.get("title")
    if node is not None and isinstance(node.value, str):
        title = node.value
    if not title:
        heading = re.search(r"^#[ \t]+(.+?)[ \t#]*$", file.text, re.MULTILINE)
        title = (
            markdown.plain(heading[1])
            if heading
            else file.path.rpartition("/")[2].removesuffix(".md").replace("-", " ").capitalize()
        )
    return Document(path=file.path, title=title, text=file.text, line=file.body_line)


def _check_addresses(
    stories: list[Story], documents: list[Document], errors: list[ContentError]
) -> None:
    taken = {story.id: story.path for story in stories}
    for story in stories:
        for alias in story.aliases:
            if not ID.fullmatch(alias) or alias in RESERVED_STORIES or alias in taken:
                errors.append(
                    ContentError(
                        story.path,
                        0,
                        f"the alias `{alias}` cannot be used: it is taken or is no address",
                        "use another old name",
                    )
                )
            taken.setdefault(alias, story.path)
    for document in documents:
        first = document.path.split("/")[0].removesuffix(".md")
        if first in taken:
            errors.append(
                ContentError(
                    document.path,
                    0,
                    f"this page would stand at the address of {taken[first]}",
                    "rename one of the two",
                )
            )
