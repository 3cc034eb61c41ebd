"""A comparison in the neutral form that the scorers of stories/ and seeds read.

The mappings between our words and theirs stand here: paragraphs as ordinals, one cell an article
(its first), headlines, single, "possibly", hidden and quotation rows left out. Captures of one text
are one source for us and several articles there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from site_gen.model import HEADLINE, Annotated, Comparison, Row

Ordinal = Callable[[str, int], int]
_UNITS = {"metre": "metre", "degree celsius": "celsius"}


def figures(
    annotated: Annotated, ordinal: Ordinal, *, headline: bool = False
) -> list[dict[str, Any]]:
    """The figures of an article; those of the headline only where asked for."""
    name = annotated.article.id
    return [
        {
            "paragraph": ordinal(name, f.paragraph),
            "text": f.text,
            "hedge": f.hedge,
            "low": number(f.low),
            "high": number(f.high),
            "unit": _UNITS.get(f.unit, f.unit) or None,
            "counted": f.counted or None,
            "said_by": f.said_by or None,
        }
        for f in annotated.figures
        if _scored(annotated, f.paragraph, headline)
    ]


def dates(
    annotated: Annotated, ordinal: Ordinal, *, headline: bool = False
) -> list[dict[str, Any]]:
    """The dates of an article; those of the headline only where asked for."""
    name = annotated.article.id
    return [
        {"paragraph": ordinal(name, d.paragraph), "text": d.text, "value": d.value}
        for d in annotated.dates if _scored(annotated, d.paragraph, headline)
    ]  # fmt: skip


def _scored(annotated: Annotated, index: int, headline: bool) -> bool:
    return headline if index == HEADLINE else annotated.article.paragraph(index).role == "body"


def number(value: float | None) -> float | int | None:
    """A whole number as an integer."""
    return int(value) if value is not None and value == int(value) else value


def passages(comparison: Comparison, ordinal: Ordinal) -> list[dict[str, list[int]]]:
    """The passages as article → ordinals, and each link across passages as one of two paragraphs.

    A paragraph stands in one passage with us and may be linked to others; there it may be in
    several passages.
    """
    matches = comparison.matches
    of = {(a, i): p.id for p in matches.passages for a, indexes in p.members for i in indexes}
    apart = [
        x for x in matches.links if (x.a, x.i) not in of or of.get((x.a, x.i)) != of.get((x.b, x.j))
    ]
    return [
        {a: [ordinal(a, i) for i in indexes] for a, indexes in p.members} for p in matches.passages
    ] + [{x.a: [ordinal(x.a, x.i)], x.b: [ordinal(x.b, x.j)]} for x in apart]


def rows(comparison: Comparison, ordinal: Ordinal) -> list[dict[str, Any]]:
    """The rows of figures and dates that several sources share."""
    out: list[dict[str, Any]] = []
    for row in comparison.rows:
        if (
            row.kind == "quotation"
            or row.verdict == "single"
            or row.qualifier == "possibly the same thing"
        ):
            continue
        cells = {
            c.source: [ordinal(c.source, place), text]
            for c in row.cells
            for place, text in _first(row, c.source)
        }
        if len(cells) > 1 and not any(
            cells == other["cells"] for other in out
        ):  # both figures of a vote "52-48" stand in one row there
            out.append({"cells": cells, "verdict": row.verdict})
    return out


def _first(row: Row, source: str) -> list[tuple[int, str]]:
    said = [
        s
        for c in row.cells
        if c.source == source
        for s in c.statements
        if s.place.paragraph != HEADLINE
    ]
    return [(said[0].place.paragraph, said[0].text)] if said else []
