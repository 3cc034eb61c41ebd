"""The invented cases of ``tests/cases/``: conflicts and look-alikes, and who says a quotation.

A conflict counts as found where a row that counts as a difference holds its two values. Any other
such row, there or in a look-alike, is false.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from site_gen.find.speech import find_speech
from site_gen.model import Paragraph, Row, Story
from site_gen.pipeline import analyse
from tests import casefiles


@dataclass(frozen=True)
class Invented:
    """A case as a story, with the row that is expected, or none where nothing may differ."""

    id: str
    title: str
    story: Story
    row: Mapping[str, Any] | None
    kind: str
    """What a look-alike is: "update", "other holder" and so on; empty for a conflict."""

    @property
    def one_thing(self) -> bool:
        """Whether its two values are of one thing, and something else explains why they are not in
        dispute."""
        return self.kind in ("update", "other holder", "rounding", "granularity")


def cases(kind: str) -> list[Invented]:
    """The cases of a folder of ``tests/cases``: ``conflicts`` or ``no_conflicts``, and those of the
    press, ``conflicts_more`` and ``no_conflicts_more``."""
    out = []
    for case in casefiles.cases(kind):
        story = Story(
            id="case",
            title=case.title,
            path=f"{case.file}/index.md",
            articles=tuple(casefiles.sources(case.given)),
        )
        row = None
        if kind.startswith("conflicts"):
            cells: dict[str, tuple[int, str]] = {}
            left = [part.strip() for part in case.expected.split(";")]
            for article in story.articles:
                place = next(
                    (p.index for p in article.paragraphs if left and left[0] in p.text), None
                )
                if place is not None:
                    cells[article.id] = (place, left.pop(0))
            if left:
                raise ValueError(
                    f"{case.file}:{case.line}: “{left[0]}” does not stand in the outlet that is"
                    " next in order"
                )
            row = {"cells": cells, "verdict": "conflict"}
        out.append(
            Invented(
                case.file.removesuffix(".case"),
                case.title,
                story,
                row,
                "" if row else case.expected.strip(),
            )
        )
    return out


def judged(rows: Sequence[Row], wanted: Mapping[str, Any] | None) -> tuple[int, int, int]:
    """Whether the expected difference is shown (0 or 1), 1 for the case, and how many other
    differences are shown."""
    shown = [r for r in rows if r.kind != "quotation" and r.disputed]
    right = [r for r in shown if wanted and _holds(r, wanted["cells"])]
    return int(bool(right)), 1, len(shown) - len(right)


def _holds(row: Row, cells: Mapping[str, tuple[int, str]]) -> bool:
    hit = 0
    for cell in row.cells:
        wanted = cells.get(cell.source)
        hit += bool(wanted) and any(
            s.place.paragraph == wanted[0] and _words(s.text) & _words(wanted[1])
            for s in cell.statements
            if wanted
        )
    return hit > 1


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


@dataclass(frozen=True)
class Speakers:
    """How many quotations there are, how many were found, with the right speaker, with the right
    title or affiliation, and how many more were found."""

    quotations: int
    found: int
    speaker: int
    role: int
    extra: int
    wrong: tuple[str, ...]
    named_wrong: int
    """With a name that is not the speaker's."""


def speakers() -> Speakers:
    """Who says the quotations of ``tests/cases/speakers``; a speaker is right where the fullest
    name that the article gives is."""
    total = found = right = roles = extra = named = 0
    wrong = []
    for case in casefiles.cases("speakers"):
        paragraphs = [
            Paragraph(index=n, role="body", text=text, pid=f"p-{n}")
            for n, text in enumerate(case.given.split("\n"))
        ]
        left = [q for q in find_speech(paragraphs).quotations if q.statement]
        wanted = (
            [line.split(" | ") for line in case.expected.split("\n")]
            if case.expected != "none"
            else []
        )
        total += len(wanted)
        for quoted, speaker, role in wanted:
            at = next((n for n, q in enumerate(left) if bare(q.text) == bare(quoted)), None)
            if at is None:
                wrong.append(f"{case}: not found: {quoted}")
                continue
            q = left.pop(at)
            found += 1
            said = re.sub(r"^(?:the|an?) ", "", (q.speaker or "-").lower())
            right += said == speaker.lower()
            roles += (q.role or "-").lower() == role.lower()
            named += said not in ("-", speaker.lower())
            if said != speaker.lower():
                wrong.append(f"{case}: {quoted}: {q.speaker or '-'} instead of {speaker}")
        extra += len(left)
        wrong += [f"{case}: no quotation: {q.text}" for q in left]
    return Speakers(total, found, right, roles, extra, tuple(wrong), named)


def bare(text: str) -> str:
    """Words without the marks around them."""
    return text.strip().strip('“”"‘’').strip()


def conflicts() -> tuple[int, int, int, int, int]:
    """Conflicts found, conflict cases, false differences beside them, look-alikes in which
    something is said to differ, look-alikes."""
    found = [judged(analyse(c.story).rows, c.row) for c in cases("conflicts")]
    alike = [judged(analyse(c.story).rows, None) for c in cases("no_conflicts")]
    return (
        sum(f[0] for f in found),
        len(found),
        sum(f[2] for f in found),
        sum(a[2] > 0 for a in alike),
        len(alike),
    )
