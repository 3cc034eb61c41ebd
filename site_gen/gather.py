"""Reading a content folder and its configuration, with every fault that can be told without comparing. Shell."""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pathspec

from site_gen.config import Config
from site_gen.content import read_content
from site_gen.markdown import targets
from site_gen.model import Content, ContentError
from site_gen.render import links
from site_gen.yaml_lines import nearest


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """A content folder as read: stories and pages, files to copy as they are, and every fault."""

    content: Content
    files: dict[str, bytes]
    errors: list[ContentError]


def gather(config: Config) -> Gathered:
    """Read the content folder; faults of the configuration's menu are among the errors."""
    root = config.content
    if not root.is_dir():
        fault = ContentError(str(root), 0, "there is no such content folder", "create it, or name another with --content")
        return Gathered(content=Content(stories=(), documents=()), files={}, errors=[fault])
    pages, others = {}, {}
    skip = pathspec.PathSpec.from_lines("gitwildmatch" if not hasattr(pathspec, "GitIgnoreSpec") else "gitignore", config.exclude)
    for path in _walk(root):
        name = path.relative_to(root).as_posix()
        if skip.match_file(name):
            continue
        if name.endswith(".md"):
            pages[name] = path.read_bytes()
        else:
            others[name] = path
    content, errors = read_content(pages)
    errors = [_in_folder(root, e) for e in errors]
    story_folders = {s.id for s in content.stories}
    files = {n: p.read_bytes() for n, p in others.items() if n.split("/")[0] not in story_folders and "/" in n}
    errors += _check_originals(root, content) + _check_nav(config, content) + _check_links(root, content, set(files))
    return Gathered(content=content, files=files, errors=sorted(errors, key=lambda e: e.key))


def _walk(root: Path) -> Iterator[Path]:
    """Every regular file below a folder in order; hidden files, originals and links that lead out are passed over."""
    for folder, names, files in os.walk(root):
        names[:] = sorted(n for n in names if not n.startswith(".") and n != "originals")
        for name in sorted(files):
            path = Path(folder) / name
            if not name.startswith(".") and path.is_file() and path.resolve().is_relative_to(root.resolve()):
                yield path


def _in_folder(root: Path, fault: ContentError) -> ContentError:
    return ContentError(str(root / fault.path), fault.line, fault.message, fault.hint)


def _check_originals(root: Path, content: Content) -> list[ContentError]:
    """Originals that are present must have the SHA-256 that the article names."""
    out = []
    for story in content.stories:
        for article in story.articles:
            if article.original:
                path = root / story.id / article.original.file
                if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != article.original.sha256:
                    out.append(
                        ContentError(
                            str(root / article.path),
                            0,
                            f"{article.original.file} is not the file that was added: its SHA-256 differs",
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
                out.append(ContentError(str(root / document.path), document.line + line, fault, nearest(there, known)))
    return out


def _check_nav(config: Config, content: Content) -> list[ContentError]:
    pages = pages_by_source(content)
    out = []
    for entry in config.nav:
        if "://" not in entry.target and entry.target not in pages:
            out.append(
                ContentError(
                    str(config.path),
                    entry.line,
                    f"`nav` names {entry.target}, which is not in {config.content}",
                    nearest(entry.target, pages),
                )
            )
    return out
