"""Values as stretches: what a figure or a date allows, and whether two of them agree, can both be
true, or cannot.

Here and nowhere else. A figure allows what its own words can tell: "$3.5 billion" is what rounds to
it, from 3.45 up to but not including 3.55 billion; "about 300" is what somebody calls about 300.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from site_gen.language.units import base, dimension

_DIGITS = re.compile(r"\d[\d,]*(?:\.(\d+))?(?:[\s-]*(\w+))?")
_SCALES = {"thousand": 3, "k": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9, "b": 9}
_SCALES |= {"trillion": 12, "tn": 12, "hundred": 2}
COUNTED_OUT = 1000
"""Whole counts below this are taken as counted out; measures and shares as rounded."""
ROUNDING = 0.05
"""A whole value with noughts at its end stands for what rounds to it, but never for more than a
twentieth of it: "10,000" is no 14,000."""
ORDER = 1e-9
""" "Dozens" ends below a hundred."""
WEEK = 7
AROUND_THE_HOUR, AROUND_THE_MINUTE = 30, 5
"""Minutes: a full hour is rounded, and outlets tell minutes from their own clocks."""
_CLOCK = re.compile(r"(\d\d):(\d\d)")
_WEEKDAY = re.compile(
    r"(?:on |this |next |last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of numbers. An open end is not part of it; ends may be infinite."""

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common."""
        low = self.low if self.low > other.low else other.low
        high = self.high if self.high < other.high else other.high
        if low != high:
            return low < high
        # they touch: in a point that is an open end of neither
        return not (
            (self.open_low and self.low == low)
            or (other.open_low and other.low == low)
            or (self.open_high and self.high == high)
            or (other.open_high and other.high == high)
        )


_PARTS_OF_DAY = {
    "MO": Interval(0, 12 * 60),
    "AF": Interval(12 * 60, 18 * 60),
    "EV": Interval(16 * 60, 24 * 60),
    "NI": Interval(18 * 60, 30 * 60),
}
"""TIMEX3's words of the day in minutes; "night" goes on after midnight."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureValue:
    """What a figure says. ``low`` and ``high``: in ``unit``, ``None`` for an open end; ``step``:
    what its words can tell apart, in the same unit, 0 where it is counted out."""

    hedge: str
    low: float | None
    high: float | None
    unit: str = ""
    step: float = 0.0
    allowed: Interval = field(init=False, repr=False, compare=False)
    """The values that it allows, in the base unit of its dimension."""
    ends: tuple[float | None, float | None] = field(init=False, repr=False, compare=False)
    """Its two ends in the base unit of its dimension."""

    def __post_init__(self) -> None:
        low, high = self.low, self.high
        found = Interval(-math.inf if low is None else low, math.inf if high is None else high)
        if self.hedge == "about":
            slack = [self.step if math.isfinite(v) else 0.0 for v in (found.low, found.high)]
            found = Interval(found.low - slack[0], found.high + slack[1])
        elif self.hedge == "exact" and low is not None and low == high and self.step:
            found = Interval(low - self.step / 2, low + self.step / 2, open_high=True)
        elif self.hedge == "order" and found.low < found.high:
            found = Interval(found.low, found.high * (1 - ORDER))
        first, last = base(found.low, self.unit), base(found.high, self.unit)
        # a step that is too small for a float leaves the number itself
        scaled = Interval(first, last, found.open_low, found.open_high and first < last)
        object.__setattr__(self, "allowed", scaled)
        ends = tuple(None if v is None else base(v, self.unit) for v in (low, high))
        object.__setattr__(self, "ends", ends)

    @classmethod
    def read(
        cls, text: str, hedge: str, low: float | None, high: float | None, unit: str
    ) -> FigureValue:
        """The value of a figure as it is worded in ``text``."""
        return cls(hedge=hedge, low=low, high=high, unit=unit, step=_step(text, hedge, low, unit))

    @property
    def dimension(self) -> str:
        """What it can be compared in; empty for a count of things."""
        return dimension(self.unit)

    def same(self, other: FigureValue) -> bool:
        """Whether the two give one value with one hedge, in whatever unit."""
        return (self.ends, self.hedge, self.dimension) == (other.ends, other.hedge, other.dimension)

    def can_both_be_true(self, other: FigureValue) -> bool:
        """Whether some number is allowed by both."""
        return self.allowed.meets(other.allowed)


def _step(text: str, hedge: str, low: float | None, unit: str) -> float:
    """What the words of a figure can tell apart: the last digit that they give."""
    if low is None or not low:
        return 0.0
    value = abs(low)
    worded = _worded(text)
    digits = _last_digit(value)
    if hedge == "about":
        return _about(value, worded or digits)
    if value != int(value) or (worded and worded < 1 <= value):
        return worded or digits
    measured = bool(unit) and dimension(unit) != "time"
    if value < COUNTED_OUT:
        return min(1.0, 2 * ROUNDING * value) if measured else 0.0
    decimals = worded and worded < digits
    return worded if decimals else min(digits, 2 * ROUNDING * value)


def _worded(text: str) -> float:
    """The step of a number's last decimal or of its scale word ("$3.5 billion": a hundred million);
    0 where the text has neither."""
    found = _DIGITS.search(text)
    if not found:
        return 0.0
    scale = 10.0 ** _SCALES.get((found[2] or "").lower(), 0)
    if found[1]:
        return float(scale * 10.0 ** -len(found[1]))
    return 0.0


def _last_digit(value: float) -> float:
    """The worth of the last digit of a number that is not 0."""
    if value != int(value):
        return float(10.0 ** -len(f"{value:.6f}".rstrip("0").partition(".")[2]))
    step = 1
    while value % (step * 10) == 0:
        step *= 10
    return float(step)


def _about(value: float, last: float) -> float:
    """How far from a value somebody is who calls it "about" that: half of its last round step, a
    whole one where it has none ("about 141 million" is 140 to 142; "about 300" is 250 to 350)."""
    count = round(value / last)
    if count % 5 == 0 and count > 5:
        return 2.5 * last  # "about 25", "about 1,500": fives are round too
    return last / 2 if count < 10 and last > 1 else last


@dataclass(frozen=True, kw_only=True, slots=True)
class DateValue:
    """What a date says. ``text``: its words; ``value``: TIMEX3's; ``low`` and ``high``: proleptic
    ordinals of its first and last day."""

    text: str
    value: str
    bound: str
    low: float | None
    high: float | None
    allowed: Interval = field(init=False, repr=False, compare=False)
    """The days that it allows; "until" and "since" name their day, not the stretch."""

    def __post_init__(self) -> None:
        slack = 3 if self.bound == "about" else 0
        found = Interval(
            -math.inf if self.low is None else self.low - slack,
            math.inf if self.high is None else self.high + slack,
        )
        object.__setattr__(self, "allowed", found)

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """Its first and last day."""
        return self.low, self.high

    @property
    def weekday(self) -> bool:
        """Whether its words are a weekday's name alone."""
        return bool(_WEEKDAY.fullmatch(self.text))

    @property
    def clock(self) -> Interval | None:
        """The minutes of the day that it allows, where it names a time of day: "11 a.m." is half an
        hour either way, "afternoon" noon to six."""
        told = self.value.partition("T")[2]
        if told in _PARTS_OF_DAY:
            return _PARTS_OF_DAY[told]
        found = _CLOCK.fullmatch(told)
        if not found or self.low != self.high:
            return None
        at = 60 * int(found[1]) + int(found[2])
        slack = AROUND_THE_HOUR if found[2] == "00" else AROUND_THE_MINUTE
        return Interval(at - slack, at + slack)

    def same(self, other: DateValue) -> bool:
        """Whether the two are one date; "since" or "until" is no hedge of its day, but the two are
        not each other."""
        return (self.value, self.low, self.high) == (other.value, other.low, other.high) and {
            self.bound,
            other.bound,
        } != {"since", "until"}

    def can_both_be_true(self, other: DateValue) -> bool:
        """Whether the two can be one date. Two extents ("1967 to 1979") must begin together and end
        together."""
        if "/" in self.value and "/" in other.value:
            return all(p.meets(q) for p, q in zip(self._extent(), other._extent(), strict=True))
        if self.allowed.meets(other.allowed):
            one, another = self.clock, other.clock
            return one is None or another is None or one.meets(another)
        return self.another_week(other)

    def another_week(self, other: DateValue) -> bool:
        """Whether one names a weekday and the other a day a week before or after ours that is that
        weekday: which week is meant is our reading."""
        return (
            self.weekday != other.weekday
            and self.low is not None
            and other.low is not None
            and self.low == self.high
            and other.low == other.high
            and abs(self.low - other.low) == WEEK
        )

    def _extent(self) -> tuple[Interval, Interval]:
        """The stretches in which an extent begins and ends: a year where its value names years."""
        reach = [{4: 365, 7: 31}.get(len(part), 1) - 1 for part in self.value.split("/")]
        low, high = self.allowed.low, self.allowed.high
        return Interval(low, low + reach[0]), Interval(high - reach[-1], high)


Value = FigureValue | DateValue


def can_both_be_true(first: Value, second: Value) -> bool:
    """Whether two values of one kind can be true together; values of two kinds always can."""
    if isinstance(first, FigureValue):
        return not isinstance(second, FigureValue) or first.can_both_be_true(second)
    return not isinstance(second, DateValue) or first.can_both_be_true(second)
