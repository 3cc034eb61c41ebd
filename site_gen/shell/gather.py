"""Reading a content folder and its configuration, with every fault that can be told without
comparing. Shell."""

from __future__ import annotations

import hashlib
import os
import posixpath
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import pathspec

from site_gen.content import read_content
from site_gen.markdown import pictures, targets
from site_gen.model import Content, ContentError, Story
from site_gen.render import links, planned
from site_gen.shell.cache import NO_CACHE, Cache, key_of
from site_gen.shell.config import Config
from site_gen.shell.files import printable, read_limited, unreadable
from site_gen.shell.stored import NotStored, from_text, to_text
from site_gen.yaml_lines import nearest

LARGEST = 5_000_000
"""Bytes of a Markdown file: the longest reports have a tenth of it."""
LARGEST_COPY = 100_000_000
"""Bytes of a file that is copied into the site: what GitHub takes at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """A content folder as read: stories and pages, files to copy as they are, every fault, and what
    is worth knowing but no fault."""

    content: Content
    files: dict[str, bytes]
    errors: list[ContentError]
    notes: tuple[ContentError, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    """Story → what it was read from, as the cache calls it; empty without a cache."""


def gather(config: Config, cache: Cache = NO_CACHE) -> Gathered:
    """Read the content folder; faults of the configuration's menu are among the errors. Stories
    that were read before, and had no fault, come from the ``cache``."""
    root = config.content
    if not root.is_dir():
        fault = ContentError(
            str(root),
            0,
            "there is no such content folder",
            "create it, or name another with --content",
        )
        return Gathered(content=Content(stories=(), documents=()), files={}, errors=[fault])
    pages: dict[str, bytes] = {}
    others: dict[str, Path] = {}
    met: dict[str, Path] = {}
    unread: list[ContentError] = []
    skip = pathspec.PathSpec.from_lines(
        "gitwildmatch" if not hasattr(pathspec, "GitIgnoreSpec") else "gitignore", config.exclude
    )
    for path in _walk(root, config.out, unread):
        # some systems keep an accent as a sign of its own: an address has one form
        name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
        if skip.match_file(name):
            continue
        if name.casefold() in met:
            unread.append(_same_name(path, met[name.casefold()]))
            continue
        met[name.casefold()] = path
        if name.endswith(".md"):
            _read(path, LARGEST, name, pages, unread)
        else:
            others[name] = path
    content, errors, keys = _read_stories(pages, cache)
    errors = [_in_folder(root, e) for e in errors] + unread
    story_folders = {s.id for s in content.stories}
    files: dict[str, bytes] = {}
    for name, path in others.items():
        if name == "CNAME" or (name.split("/")[0] not in story_folders and "/" in name):
            _read(path, LARGEST_COPY, name, files, errors)
    errors += [_in_folder(root, e) for e in planned.faults(content, files)]
    errors += (
        _check_originals(root, content)
        + _check_nav(config, content)
        + _check_links(root, content, set(files))
    )
    return Gathered(
        content=content,
        files=files,
        errors=sorted(errors, key=lambda e: e.key),
        notes=tuple(_pictures(root, content)),
        keys=keys,
    )


def _read_stories(
    pages: Mapping[str, bytes], cache: Cache
) -> tuple[Content, list[ContentError], dict[str, str]]:
    """The stories and pages, with the key of each story's folder in the cache."""
    if cache.folder is None:
        return *read_content(pages), {}
    keys = _folder_keys(pages)
    known = {f: s for f, key in keys.items() if (s := _known(cache, key, f)) is not None}
    fresh = {
        name: data
        for name, data in pages.items()
        if name.partition("/")[0] not in known or name.count("/") > 1
    }
    content, errors = read_content(fresh, known.values())
    faulty = {e.path.partition("/")[0] for e in errors}
    for story in content.stories:
        if story.id not in known and story.id not in faulty:
            cache.put("read", keys[story.id], to_text(story))
    return content, errors, {s.id: keys[s.id] for s in content.stories}


def _folder_keys(pages: Mapping[str, bytes]) -> dict[str, str]:
    """Folder of Markdown files → the key of what they hold."""
    folders: dict[str, list[str | bytes]] = {}
    for name in sorted(pages):
        folder, _, rest = name.partition("/")
        if rest and "/" not in rest:
            folders.setdefault(folder, []).extend((name, pages[name]))
    return {folder: key_of("story", *parts) for folder, parts in folders.items()}


def _known(cache: Cache, key: str, folder: str) -> Story | None:
    data = cache.get("read", key)
    try:
        story = from_text(data) if data is not None else None
    except NotStored:
        return None
    return story if isinstance(story, Story) and story.id == folder else None


def _same_name(path: Path, other: Path) -> ContentError:
    one, two = (unicodedata.normalize("NFC", p.name) for p in (path, other))
    how = "in another form of its accents" if one == two else "but for capital letters"
    return ContentError(
        str(path),
        0,
        f"another file has the same name {how}: they are one file on other systems",
        "rename one of the two",
    )


def _read(
    path: Path, most: int, name: str, into: dict[str, bytes], errors: list[ContentError]
) -> None:
    """Put a file's bytes under its name, or the fault that stands against it among the others."""
    try:
        into[name] = read_limited(path, most)
    except ContentError as fault:
        errors.append(fault)
    except OSError as fault:
        errors.append(unreadable(str(path), fault))


def _walk(root: Path, out: Path, errors: list[ContentError]) -> Iterator[Path]:
    """Every regular file below a folder in order. Hidden files, originals and a site inside the
    folder are passed over.

    What cannot be read, and links that lead out of the folder or to a folder, are told.
    """
    whole, site = root.resolve(), out.resolve()
    for folder, names, files in os.walk(
        root, onerror=lambda e: errors.append(unreadable(printable(str(e.filename)), e))
    ):
        names[:] = sorted(
            n
            for n in names
            if not n.startswith(".") and n != "originals" and (Path(folder) / n).resolve() != site
        )
        for name in [n for n in names if (Path(folder) / n).is_symlink()]:
            errors.append(_linked(Path(folder) / name))
            names.remove(name)
        for name in sorted(files):
            path = Path(folder) / name
            if name.startswith("."):
                continue
            if printable(name) != name:
                place = printable(str(path))
                errors.append(
                    ContentError(
                        place,
                        0,
                        "the name of this file is not UTF-8",
                        "rename it; addresses are made of names",
                    )
                )
            elif not path.exists() or not path.resolve().is_relative_to(whole):
                errors.append(_linked(path))
            elif path.is_file():
                yield path


def _linked(path: Path) -> ContentError:
    return ContentError(
        str(path),
        0,
        "this link leads to a folder, out of the content folder, or nowhere, and is not read",
        "put the file itself here",
    )


def _pictures(root: Path, content: Content) -> Iterator[ContentError]:
    """Pictures of other hosts in ordinary pages and editors' notes: they are never loaded, a link
    stands in their place."""
    notes = [(s.path, s.note) for s in content.stories]
    for path, text in [*((d.path, d.text) for d in content.documents), *notes]:
        for address, line in pictures(text):
            yield ContentError(
                str(root / path),
                0 if path in {p for p, _ in notes} else line + 1,
                f"the picture {address[:80]} of another host is shown as a link: no page of the"
                " site loads anything from elsewhere",
                "put the file into the content folder, where you may",
            )


def _in_folder(root: Path, fault: ContentError) -> ContentError:
    return ContentError(str(root / fault.path), fault.line, fault.message, fault.hint)


def _check_originals(root: Path, content: Content) -> list[ContentError]:
    """Originals that are present must have the SHA-256 that the article names."""
    out = []
    for story in content.stories:
        for article in story.articles:
            if article.original:
                path = root / story.id / article.original.file
                if (
                    path.is_file()
                    and hashlib.sha256(path.read_bytes()).hexdigest() != article.original.sha256
                ):
                    out.append(
                        ContentError(
                            str(root / article.path),
                            0,
                            f"{article.original.file} is not the file that was added: its SHA-256"
                            " differs",
                            "put the capture back as it came, or add it anew",
                        )
                    )
    return out


def pages_by_source(content: Content) -> dict[str, str]:
    """Path of a Markdown file in the content folder → path of its page."""
    out = {d.path: links.document_page(d.path) for d in content.documents}
    for story in content.stories:
        out[story.path] = links.story_page(story.id)
        out |= {a.path: links.article_page(story.id, a.id) for a in story.articles}
    return out


def _check_links(root: Path, content: Content, files: set[str]) -> list[ContentError]:
    """Links and pictures of ordinary pages that lead to nothing in the content folder."""
    known = pages_by_source(content).keys() | files
    out = []
    for document in content.documents:
        for address, line in targets(document.text):
            target = unquote(address.partition("#")[0])
            if not target or "://" in address or address.startswith(("mailto:", "/", "tel:")):
                continue
            there = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), target))
            if there not in known:
                fault = f"the link to {target} leads to nothing in the content folder"
                out.append(
                    ContentError(
                        str(root / document.path),
                        document.line + line,
                        fault,
                        nearest(there, known),
                    )
                )
    return out


def _check_nav(config: Config, content: Content) -> list[ContentError]:
    pages = pages_by_source(content)
    out = []
    for entry in config.nav:
        if "://" in entry.target:
            if not entry.target.lower().startswith(("https://", "http://")):
                fault = f"`nav` names {entry.target}, which is no web address"
                out.append(
                    ContentError(
                        str(config.path),
                        entry.line,
                        fault,
                        "it must start with https:// or http://",
                    )
                )
        elif entry.target not in pages:
            out.append(
                ContentError(
                    str(config.path),
                    entry.line,
                    f"`nav` names {entry.target}, which is not in {config.content}",
                    nearest(entry.target, pages),
                )
            )
    return out
