"""The timeline of a story: the days that its sources name, as an SVG that needs no script, with a
table that says the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from site_gen.model import Comparison
from site_gen.model.message import day_in_words, joined, say, short_day
from site_gen.render.paragraphs import moment, place_link

WIDTH, LEFT, RIGHT, ROW = 760, 190, 24, 34
SPAN = 45
"""Days before the first and after the last publication that the drawing covers; earlier and later
dates stand in the table."""


@dataclass(frozen=True, slots=True)
class _Dot:
    x: float
    y: float
    label: str
    kind: str


def timeline(comparison: Comparison) -> dict[str, Any] | None:
    """The drawing's points and axis, and the table of all dates by day; ``None`` where no source
    names a day."""
    story = comparison.story
    sources = [comparison.annotation(s) for s in comparison.matches.sources]
    named: dict[dt.date, dict[str, list[tuple[str, str]]]] = {}
    for s in sources:
        for d in s.dates:
            if d.granularity in ("day", "time") and d.first:
                places = named.setdefault(d.first, {}).setdefault(s.article.id, [])
                places.append((d.text, place_link(story.id, s.article, d.paragraph)))
    published = [s.article.published.day for s in sources if s.article.published]
    if not named or not published:
        return None
    first, last = min(published).toordinal() - SPAN, max(published).toordinal() + SPAN
    shown = sorted(d for d in named if first <= d.toordinal() <= last)
    if not shown:
        return None
    low, high = min([*shown, *published]), max([*shown, *published])
    days = max(1, (high - low).days)

    def x(day: dt.date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - low).days / days, 1)

    lines: list[dict[str, Any]] = []
    for n, s in enumerate(sources):
        y = 20 + n * ROW
        dots = [
            _Dot(
                x(d), y, say("{name}: {value}", name=s.article.outlet, value=day_in_words(d)), "pt"
            )
            for d in shown
            if s.article.id in named[d]
        ]
        if s.article.published:
            dots.append(
                _Dot(
                    x(s.article.published.day),
                    y,
                    say("published {day}", day=moment(s.article.published)),
                    "pub",
                )
            )
        lines.append({"outlet": s.article.outlet, "y": y, "dots": dots})
    height = 20 + len(sources) * ROW + 26
    ticks = _ticks(low, high, x)
    table = [
        {
            "day": day_in_words(d),
            "sources": [
                {"outlet": story.article(a).outlet, "places": p}
                for a, p in sorted(named[d].items())
            ],
        }
        for d in sorted(named)
    ]
    return {
        "lines": lines,
        "ticks": ticks,
        "height": height,
        "width": WIDTH,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "axis": height - 34,
        "table": table,
    }


def _ticks(low: dt.date, high: dt.date, item: Any) -> list[dict[str, Any]]:
    """At most six labelled days, ends included."""
    days = (high - low).days
    step = max(1, -(-days // 5))
    marks = [low + dt.timedelta(days=n) for n in range(0, days + 1, step)]
    return [{"x": item(d), "label": _short(d, with_year=d.year != high.year)} for d in marks]


def _short(day: dt.date, *, with_year: bool) -> str:
    """ "10 Feb"."""
    return joined(" ", [short_day(day), str(day.year)]) if with_year else short_day(day)
