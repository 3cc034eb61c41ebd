"""A story as the desk opens it: its text, what the machine says, what holds with its rulings, and
what there is to review. Shell: reads files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_gen.compare.review import review_of
from site_gen.compare.rulings import unknown_rulings
from site_gen.front_matter import Fields, difference, fields_of, read_rulings
from site_gen.model import Comparison, ContentError, Review, ReviewItem, Row, Story
from site_gen.pipeline import Machine, gone
from site_gen.shell.build import faults


class Refused(Exception):
    """A change that was not made, with why, for the editor."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A story as it is on disk: its text, what the machine says, what holds with its rulings, and
    what there is to review."""

    story: Story
    path: Path
    text: str
    machine: Machine
    comparison: Comparison
    items: tuple[ReviewItem, ...]

    @property
    def digest(self) -> str:
        """A name for this state of its file and articles."""
        told = f"{self.text}\n{self.story.articles!r}".encode("utf-8", "replace")
        return hashlib.sha256(told).hexdigest()[:16]

    @property
    def review(self) -> Review:
        """How far it is reviewed."""
        return review_of(self.items, self.story.rulings)

    @property
    def asked(self) -> tuple[ReviewItem, ...]:
        """The findings that count."""
        return tuple(i for i in self.items if i.asked)

    def item(self, key: str) -> ReviewItem:
        """A finding by its key; :class:`Refused` where it is gone."""
        for item in self.items:
            if item.key == key:
                return item
        raise Refused("This finding is no longer there: the texts or another ruling changed it.")

    def machine_row(self, item: ReviewItem) -> Row | None:
        """The row of a finding as the machine has it."""
        if item.ruling and item.ruling.same:  # the machine's verdict is over all that were joined
            return next((r for r in self.comparison.rows if r.id == item.id), None)
        return next((r for r in self.machine.rows if r.id == item.id), None)

    @property
    def mentioned(self) -> str:
        """A name for all that is said of mentions: values and speakers."""
        told = repr([sorted(fields_of(r).items()) for r in self.story.rulings if r.mention])
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]

    def standing(self, item: ReviewItem) -> str:
        """A name for what holds of a finding, to see whether somebody else decided meanwhile."""
        told = repr(sorted(fields_of(item.ruling).items())) if item.ruling else ""
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """A change that was made: in words, of which finding, and the files before and after (none: it
    was not there)."""

    what: str
    key: str
    files: tuple[tuple[Path, bytes | None, bytes | None], ...]
    targets: tuple[tuple[tuple[str, ...], dict[str, Any], dict[str, Any]], ...] = ()
    """What each ruling said before and after."""

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The lines that changed, with a mark each."""
        out: list[tuple[str, str]] = []
        for _, before, after in self.files:
            texts = [(b or b"").decode("utf-8", "replace") for b in (before, after)]
            if all(b is None or b"\0" not in b for b in (before, after)):
                out += difference(texts[0], texts[1])
        return out


def files_of_story(folder: Path) -> dict[str, bytes]:
    """The Markdown files of a story, as a build reads them: nothing hidden, no folders."""
    found = (p for p in sorted(folder.glob("*.md")) if not p.name.startswith("."))
    return {f"{folder.name}/{p.name}": p.read_bytes() for p in found if p.is_file()}


def standing_of(fields: Fields) -> str:
    """A name for what a ruling says."""
    told = repr(sorted(fields.items(), key=lambda f: f[0]))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]


def listed(opened: Opened) -> list[dict[str, Any]]:
    """The rulings of a story in order, each with what it says, its place, and whether it still
    names something."""
    lost = {r.line for r, _ in unknown_rulings(opened.machine.rows, opened.story.rulings)}
    lost |= {r.line for r, _ in gone(opened.story, opened.machine)}
    named = {i.id for i in opened.items}
    out = []
    for number, (ruling, fields) in enumerate(
        zip(opened.story.rulings, read_rulings(opened.text), strict=True)
    ):
        missing = ruling.line in lost or bool(ruling.finding and ruling.finding not in named)
        out.append(
            {
                "number": number,
                "ruling": ruling,
                "target": " ".join(ruling.target),
                "lost": missing,
                "standing": standing_of(fields),
            }
        )
    return out


def faults_in(fault: BaseException) -> list[ContentError]:
    """The faults of a story that cannot be opened."""
    return list(faults(fault))
