"""What ``check`` found, for people, programs and GitHub. Shell."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from site_gen.capture.rules import DATE_LINE, iso_day
from site_gen.compare.doubts import doubts
from site_gen.model import Article, ContentError, Story
from site_gen.shell.config import Config
from site_gen.shell.gather import Gathered
from site_gen.shell.waiting import review_doubts

Level = Literal["error", "warning"]


def all_doubts(config: Config, gathered: Gathered) -> list[ContentError]:
    """What a person should look at though it is no fault, in order."""
    out = list(gathered.notes)
    for story in gathered.content.stories:
        for doubt in (*doubts(story, _dated(story)), *_languages(story)):
            path = str(config.content / doubt.path)
            out.append(ContentError(path, doubt.line, doubt.message, doubt.hint))
        out += review_doubts(config, story)
    return sorted(out, key=lambda d: d.key)


def _dated(story: Story) -> dict[str, dt.date]:
    """The days that articles' own date lines give: ``add`` keeps these lines among what it left
    out."""
    return {a.id: day for a in story.articles if (day := _own_day(a)) is not None}


def _own_day(article: Article) -> dt.date | None:
    for left in article.left_out:
        match = DATE_LINE.fullmatch(left.text) if left.rule == "date line" else None
        if match and (day := iso_day(match)):
            return dt.date.fromisoformat(day[:10])
    return None


def _languages(story: Story) -> Iterator[ContentError]:
    """Codes of languages that the world's list (CLDR) does not have."""
    others = [a for a in story.articles if a.language.split("-")[0].lower() != "en"]
    if not others:
        return
    from babel import Locale

    known = Locale("en").languages
    for article in others:
        if article.language.replace("_", "-").split("-")[0].lower() not in known:
            why = f"`language: {article.language}` is the code of no language"
            hint = "two or three letters, for example fr, de, uk"
            yield ContentError(article.path, 0, why, hint)


def told(found: Sequence[tuple[Level, ContentError]], form: str) -> str:
    """The findings as one JSON list, or as lines by which GitHub marks them in the files."""
    if form == "github":
        return "\n".join(_for_github(level, fault) for level, fault in found)
    rows = [
        {
            "level": level,
            "file": fault.path,
            "line": fault.line,
            "message": fault.message,
            "hint": fault.hint,
        }
        for level, fault in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _for_github(level: Level, fault: ContentError) -> str:
    """A workflow command (GitHub Docs, "Workflow commands for GitHub Actions")."""
    path = Path(fault.path).as_posix()
    line = f",line={fault.line}" if fault.line else ""
    text = f"{fault.message}. {fault.hint}" if fault.hint else fault.message
    return f"::{level} file={_escaped(path, ':,')}{line}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    for mark in ("%", "\r", "\n", *more):
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text
