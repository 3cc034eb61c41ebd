"""Values on one scale: a line for each origin, its value as a dot, what a hedge leaves room for as
a bar, earlier values hollow. Positions are percent of the width, so that text keeps its size."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from site_gen.language.units import base
from site_gen.model import (
    Comparison,
    DateValue,
    FigureValue,
    Row,
    Statement,
    Value,
)
from site_gen.model.message import day_in_words, joined, number_in_words, say, short_day
from site_gen.render.groups import Group, one_name, value_groups
from site_gen.render.messages import capital, join_html
from site_gen.render.paragraphs import number_words

LINE = 30
"""Pixels of a line: the height of the names beside it."""
EDGE, SPAN = 4.0, 92.0
"""Percent at which a scale begins, and that it covers."""
ROOM = 0.12
"""Share of the stretch between the values that is left free on either side."""
MOST_LINES = 8
LONGEST_LABEL = 16
TICKS = 5
NARROW = 26
"""Characters that fit below a scale on a phone."""
WIDE_BAR, CROWDED = 40.0, 70.0
"""Percent: a bar that holds its words, and where words stand on the left since there is no room on
the right."""
YEARS = 400
"""Days from which a scale is marked by years: days without their year would tell nothing."""
FAR = 400.0
"""Values of which one is so many times another are better read than drawn."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A value of a line: ``x`` in percent, its words, and on which side of it they stand."""

    x: float
    label: str
    side: Literal["left", "middle", "right"]


@dataclass(frozen=True, slots=True)
class Lane:
    """A line of the picture. ``bar``: where it begins and how wide it is, in percent; none where
    the value is exact."""

    name: str
    y: int
    dot: Dot
    state: str
    ring: bool
    bar: tuple[float, float] | None
    was: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """The picture: ``ticks`` are places in percent with their words."""

    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]
    words: str

    @property
    def axis(self) -> int:
        """Where the scale stands, in pixels."""
        return LINE * len(self.lanes)

    @property
    def key(self) -> Markup:
        """What the signs mean, of those that are drawn."""
        told = (
            (say("hollow: an earlier value"), any(x.was for x in self.lanes)),
            (say("ringed: several outlets, one text"), any(x.ring for x in self.lanes)),
            (say("bars: what the words leave room for"), any(x.bar for x in self.lanes)),
        )
        return capital(join_html("; ", (words for words, there in told if there)))


@dataclass(frozen=True, slots=True)
class _Scale:
    """A stretch of values, in their unit."""

    low: float
    high: float

    def x(self, value: float) -> float:
        """A place in percent, inside the picture."""
        at = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(EDGE + SPAN * at, 1)


def strip(comparison: Comparison, row: Row) -> Strip | None:
    """A row's values on one scale; none where it has no two values, several units, an end that is
    open on both sides, or values too far apart to be seen together."""
    groups = value_groups(comparison, row)
    told = [s for c in row.cells for s in (c.statements[0], *c.was)]
    points = [p for s in told for p in _points(s)]
    if row.kind == "quotation" or not _drawable(told, points):
        return None
    wide = max(points) - min(points)
    scale = _Scale(min(points) - ROOM * wide, max(points) + ROOM * wide)
    lanes = [lane for g in groups for lane in _lanes(row, g, scale)][:MOST_LINES]
    lanes = [_at(lane, n) for n, lane in enumerate(lanes)]
    words = joined("; ", (_told(x) for x in lanes))
    return Strip(tuple(lanes), _ticks(row, scale, told[0].value), words)


def _told(lane: Lane) -> str:
    """A line in words."""
    was = [say(", before that {value}", value=w.label) for w in lane.was]
    return joined("", [say("{name}: {value}", name=lane.name, value=lane.dot.label), *was])


def _drawable(told: Sequence[Statement], points: Sequence[float]) -> bool:
    """Whether values can stand on one scale."""
    if len({s.unit for s in told}) > 1 or any(not _points(s) for s in told):
        return False
    if len(set(points)) < 2:
        return False
    low, high = min(abs(p) for p in points), max(abs(p) for p in points)
    dated = isinstance(told[0].value, DateValue)
    return dated or high <= FAR * max(low, 1e-9)


def _points(statement: Statement) -> list[float]:
    """The ends of a statement's value that are known."""
    return [v for v in statement.ends if v is not None and math.isfinite(v)]


def _at(lane: Lane, number: int) -> Lane:
    y = LINE * number + LINE // 2
    return Lane(lane.name, y, lane.dot, lane.state, lane.ring, lane.bar, lane.was)


def _lanes(row: Row, group: Group, scale: _Scale) -> list[Lane]:
    """A line for each origin that gives a value."""
    out = []
    for line in group.lines:
        first = line.cells[0].statements[0]
        places = [p for s in line.cells[0].was for p in _points(s)[:1]]
        now = _middle(first)
        was = tuple(
            Dot(scale.x(p), _label(s, row), "left" if p <= now else "right")
            for s, p in zip(line.cells[0].was, places, strict=False)
        )
        bar = _bar(first, scale)
        dot = _placed(scale.x(now), _label(first, row), bar, alone=not was)
        out.append(
            Lane(one_name(line.outlets), 0, dot, group.state, len(line.outlets) > 1, bar, was)
        )
    return out


def _placed(place: float, label: str, bar: tuple[float, float] | None, *, alone: bool) -> Dot:
    """A value with its words where there is room: inside a wide bar, else beside."""
    if bar is None:
        return Dot(place, label, "left" if place > CROWDED and alone else "right")
    start, width = bar
    if width >= WIDE_BAR:
        return Dot(round(start + width / 2, 1), label, "middle")
    if start + width > CROWDED:
        return Dot(start, label, "left")
    return Dot(round(start + width, 1), label, "right")


def _middle(statement: Statement) -> float:
    points = _points(statement)
    return sum(points) / len(points)


def _bar(statement: Statement, scale: _Scale) -> tuple[float, float] | None:
    """What the words of a value leave room for, clipped to the picture; none for an exact one."""
    value = statement.value
    low, high = statement.ends
    if value is None or (statement.hedge == "exact" and low == high):
        return None
    if isinstance(value, DateValue) and low == high:
        return None
    first, last = _room(value)
    start, end = scale.x(first), scale.x(last)
    return start, round(max(end - start, 1.0), 1)


def _room(value: Value) -> tuple[float, float]:
    """The stretch that a value allows, in its own unit."""
    allowed, ends = value.allowed, value.ends
    factor = 1.0
    if isinstance(value, FigureValue):
        factor = base(1.0, value.unit) - base(0.0, value.unit)
    low = -math.inf if value.low is None or ends[0] is None else value.low
    high = math.inf if value.high is None or ends[1] is None else value.high
    if math.isfinite(low) and ends[0] is not None and math.isfinite(allowed.low):
        low -= (ends[0] - allowed.low) / factor
    if math.isfinite(high) and ends[1] is not None and math.isfinite(allowed.high):
        high += (allowed.high - ends[1]) / factor
    return low, high


def _label(statement: Statement, row: Row) -> str:
    """A value beside its dot: a hedged one in its own words where they are short."""
    low, high = statement.ends
    if row.kind == "date" and (low == high or len(statement.text) > LONGEST_LABEL):
        return _days(low, high) or statement.text
    if len(statement.text) <= LONGEST_LABEL and (statement.hedge != "exact" or low != high):
        return statement.text
    if low is None or high is None or low != high:
        return statement.text[: LONGEST_LABEL - 1] + (
            "…" if len(statement.text) >= LONGEST_LABEL else ""
        )
    return compact(low)


def _days(low: float | None, high: float | None) -> str:
    ends = [_day(v) for v in (low, high) if v is not None]
    found = list(dict.fromkeys(ends))
    return (
        say("{low} to {high}", low=found[0], high=found[1]) if len(found) > 1 else joined("", found)
    )


def _day(ordinal: float) -> str:
    """ "20 June 2031"."""
    return day_in_words(dt.date.fromordinal(round(ordinal)))


SIZES = ((1e12, say("{n} trillion")), (1e9, say("{n} billion")), (1e6, say("{n} million")))


def compact(value: float) -> str:
    """A number as a label: "1.2 million"."""
    for size, word in SIZES:
        if abs(value) >= size:
            return say(word, n=number_in_words(value / size))
    return number_words(value)


def _ticks(row: Row, scale: _Scale, value: Value | None) -> tuple[tuple[float, str], ...]:
    """Some round places of the scale."""
    if row.kind == "date" and scale.high - scale.low > YEARS:
        return _years(scale)
    step = _step((scale.high - scale.low) / TICKS)
    if row.kind == "date" or (isinstance(value, FigureValue) and not value.unit):
        step = max(1.0, step)
    first = math.ceil(scale.low / step)
    last = math.floor(scale.high / step)
    places = [round(n * step, 10) for n in range(first, last + 1)]
    if row.kind == "date":
        told: list[str] = [short_day(dt.date.fromordinal(round(p))) for p in places]
    else:
        told = [compact(p) for p in places]
    every = math.ceil(sum(len(t) + 2 for t in told) / NARROW)
    found = list(zip(places, told, strict=True))[:: max(1, every)]
    return tuple((scale.x(p), t) for p, t in found)


def _years(scale: _Scale) -> tuple[tuple[float, str], ...]:
    """The first days of some years of the scale."""
    first, last = (dt.date.fromordinal(round(v)).year for v in (scale.low, scale.high))
    step = max(1, round(_step(max(1, last - first) / TICKS)))
    starts = [(year, dt.date(year, 1, 1).toordinal()) for year in range(first, last + 2, step)]
    return tuple((scale.x(day), str(y)) for y, day in starts if scale.low <= day <= scale.high)


def _step(rough: float) -> float:
    """The next round step: one, two or five of a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough * (1 - 1e-9))
