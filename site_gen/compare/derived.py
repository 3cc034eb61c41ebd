"""Dates that follow from each other: "ten days" that begin now, against "until Feb. 20". The step
is shown in the reason.

A sound first version: a duration whose paragraph is linked to one that gives an end date, counted
from a date in the duration's own paragraph or from the day of publication. Where the sum does not
meet the date, nothing is said: the start may be another.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from site_gen.compare.rows import silent
from site_gen.compare.verdicts import judge
from site_gen.model import (
    Annotated,
    Cell,
    DateValue,
    Figure,
    Matches,
    Place,
    Row,
    Statement,
    day_in_words,
)
from site_gen.model.message import say

_BEGIN = re.compile(
    r"\b(?:began|begun|begins?|beginning|start(?:s|ed|ing)?|launch(?:es|ed|ing)?|open(?:s|ed|"
    r"ing)?|under way|underway)\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7}


def with_durations(
    rows: Sequence[Row], sources: Sequence[Annotated], matches: Matches
) -> tuple[Row, ...]:
    """The rows, with a duration's source added to an end-date row that it leads to."""
    by_id = {s.article.id: s for s in sources}
    articles = {s.article.id: s.article for s in sources}
    origin = {s: matches.origin_of(s) for s in matches.sources}
    together = {(a, i): p for p in matches.passages for a, indexes in p.members for i in indexes}
    linked = {(x.a, x.i, x.b, x.j) for x in matches.links} | {
        (x.b, x.j, x.a, x.i) for x in matches.links
    }
    used: set[tuple[str, int, int]] = set()
    out = []
    for row in rows:
        ends = [
            s
            for c in row.cells
            for s in c.statements
            if row.kind == "date" and s.hedge == "until" and s.ends[0] is not None
        ]
        added = []
        for source in matches.sources:
            if not ends or any(c.source == source for c in row.cells):
                continue
            near = [e for e in ends if _near(e.place, source, by_id[source], together, linked)]
            found = next(
                (
                    s
                    for e in near
                    for f in by_id[source].figures
                    if (s := _reaches(f, by_id[source], e))
                ),
                None,
            )
            if found:
                used.add((source, found.place.paragraph, found.place.start))
                added.append(Cell(source=source, statements=(found,)))
        if added:
            cells = tuple(
                sorted((*row.cells, *added), key=lambda c: matches.sources.index(c.source))
            )
            judged = judge("date", cells, articles, origin)
            row = replace(
                row,
                cells=cells,
                silent=silent(sources, {c.source for c in cells}),
                verdict=judged.verdict,
                qualifier=judged.qualifier,
                reason=judged.reason,
                rule="a date follows from a duration",
                origins=len({origin[c.source] for c in cells}),
                weight=row.weight + 10.0 * len(added),
            )
        out.append(row)
    kept = [r for r in out if not _now_elsewhere(r, used)]
    return tuple(sorted(kept, key=lambda r: (-r.weight, r.kind, r.label, r.id)))


def _now_elsewhere(row: Row, used: set[tuple[str, int, int]]) -> bool:
    """A duration that became a cell of an end date no longer needs a row of its own."""
    places = {
        (s.place.article, s.place.paragraph, s.place.start) for c in row.cells for s in c.statements
    }
    return row.kind == "figure" and places <= used


def _near(
    place: Place, source: str, annotated: Annotated, together: dict[Any, Any], linked: set[Any]
) -> bool:
    """Whether the source has a paragraph that is linked to, or shares a passage with, the end
    date's paragraph or its neighbours."""
    for i in (place.paragraph, place.paragraph - 1, place.paragraph + 1):
        passage = together.get((place.article, i))
        if passage and passage.indexes(source):
            return True
        if any((place.article, i, source, p.index) in linked for p in annotated.article.body):
            return True
    return False


def _reaches(figure: Figure, source: Annotated, end: Statement) -> Statement | None:
    """The duration as a statement of its end date, where counting from its start gives exactly that
    day."""
    step = _DAYS.get(figure.unit)
    paragraph = source.article.paragraph(figure.paragraph)
    if (
        not step
        or figure.hedge != "exact"
        or figure.low is None
        or figure.low != figure.high
        or not _BEGIN.search(paragraph.text)
    ):
        return None
    starts = [
        d.first
        for d in source.dates
        if d.paragraph == figure.paragraph and d.granularity == "day" and d.first
    ]
    if not starts and source.article.published:
        starts = [source.article.published.day]
    for start in starts:
        if start.toordinal() + int(figure.low * step) == end.ends[0]:
            last = dt.date.fromordinal(int(end.ends[0]))
            place = Place(
                article=source.article.id,
                paragraph=figure.paragraph,
                start=figure.start,
                end=figure.end,
            )
            return Statement(
                place=place,
                text=figure.text,
                value=DateValue(
                    text=figure.text, value="", bound="until", low=end.ends[0], high=end.ends[1]
                ),
                said_by=figure.said_by,
                derived=say(
                    "“{stretch}” from {start} lead to {end}.",
                    stretch=figure.text,
                    start=day_in_words(start),
                    end=day_in_words(last),
                ),
            )
    return None
