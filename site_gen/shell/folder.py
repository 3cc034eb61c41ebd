"""Stories' folders: started, read, and an article taken out of one and put back. Shell."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Any

from site_gen.content import ID, RESERVED_STORIES, read_content
from site_gen.model import Article, ContentError
from site_gen.shell.files import unreadable, write_whole
from site_gen.shell.written import dump
from site_gen.yaml_lines import nearest, parse_moment

KEPT = ".site-gen/removed"
"""Below a site's folder: articles that were taken out, each as it lay in its story."""


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
    refuse_link(index.parent)
    try:
        write_whole([(index, f"---\n{dump(front)}---\n".encode("utf-8", "replace"))])
    except OSError as fault:
        raise unreadable(str(index), fault) from None
    return index


def refuse_link(folder: Path) -> None:
    """A story's folder that is a link would be written here and not read by a build."""
    if folder.is_symlink():
        raise ContentError(
            str(folder),
            0,
            "this is a link to a folder, which a build does not read",
            "put the folder itself into the content folder",
        )


def load_articles(folder: Path, story_id: str, errors: list[ContentError]) -> list[Article]:
    """The articles of a story's folder that can be read; ``errors`` gets what is wrong with the
    others. ``OSError`` as the system gives it."""
    files = {f"{story_id}/{p.name}": p.read_bytes() for p in sorted(folder.glob("*.md"))}
    content, faults = read_content(files)
    errors += faults
    return list(content.stories[0].articles) if content.stories else []


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
    articles = load_articles(folder, story_id, [])
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
            found += _with_record(folder / article.original.file)
    return found, errors


def _with_record(original: Path) -> list[Path]:
    record = record_of(original)
    return [original, record] if record.is_file() else [original]


def record_of(original: Path) -> Path:
    """Where the record of a fetch lies: beside the original, under the article's name."""
    return original.with_name(f"{original.stem}.http.json")


def _kept(home: Path, story_id: str) -> Path:
    return home / KEPT / story_id


def take_out(home: Path, folder: Path, stem: str, files: Iterable[Path]) -> Path:
    """Move an article's files to where ``put_back`` finds them; the folder that they are in now.

    ``home``: the folder of the site. ``OSError`` as the system gives it.
    """
    place = next(
        p
        for n in count(1)
        if not (p := _kept(home, folder.name) / (stem if n == 1 else f"{stem}~{n}")).exists()
    )
    for path in files:
        target = place / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
    return place


def put_back(home: Path, content: Path, story_id: str, name: str) -> list[Path]:
    """Put the files of the article of that name that was taken out last back into its story; where
    they are now. ``ContentError`` where there is none, or something stands in its place."""
    stem = name.removesuffix(".md")
    kept = _kept(home, story_id)
    found = [p for p in kept.glob("*") if re.fullmatch(re.escape(stem) + r"(?:~\d+)?", p.name)]
    if not ID.fullmatch(story_id) or not ID.fullmatch(stem) or not found:
        names = {p.name.partition("~")[0] for p in kept.glob("*")} if ID.fullmatch(story_id) else ()
        raise ContentError(
            str(kept / stem), 0, "no such article was taken out here", nearest(stem, names)
        )
    last = max(found, key=lambda p: int(p.name.partition("~")[2] or 1))
    files = sorted(p for p in last.rglob("*") if p.is_file())
    targets = [content / story_id / p.relative_to(last) for p in files]
    for target in targets:
        if target.exists():
            raise ContentError(str(target), 0, "this file is there already", "rename it first")
    for path, target in zip(files, targets, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
    shutil.rmtree(last)
    return targets
