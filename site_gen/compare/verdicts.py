"""Verdicts: arithmetic on intervals and hedges, with the reason in one plain sentence.

agree: the same value and hedge. compatible: intervals that can all be true. conflict: intervals
that cannot. The qualifiers keep an update and a figure from another named source apart from a
contradiction. The law is DESIGN's section "Verdicts"; for people it is in
``content/guide/verdicts.md``.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

from site_gen.language.units import dimension
from site_gen.language.words import STOP_WORDS, words
from site_gen.model import Article, Cell, Qualifier, Statement, Verdict

ABOUT = 0.1
"""A value given with "about" stands for values within a tenth of it."""
ROUNDING = 0.05
"""A rounded exact value stands for values that round to it, but never for more than a twentieth of
it."""
VAGUE_HOLDERS = frozenset(
    """
        company firm operator owner management manufacturer maker airline group organisation
        organization agency official officials authority authorities spokesman spokeswoman
        spokesperson statement report executive executives boss""".split()
)
"""Words that say what kind of body speaks and not which."""
DISTANCE = re.compile(
    r"\b(?:ago|last|next|this|later|earlier|yesterday|tomorrow|today|previous|following)\b",
    re.IGNORECASE,
)
"""Words of a date that is told by its distance from the day of publication or from another date."""
WEEKDAY = re.compile(
    r"(?:on |this |next |last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE
)
Interval = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A verdict with its qualifier, its reason in one sentence, and the name of the rule that gave
    it."""

    verdict: Verdict
    qualifier: Qualifier
    reason: str
    rule: str


def _ends(days: Days) -> tuple[Interval, Interval]:
    """The stretches in which an extent begins and ends: a year where its value names years."""
    reach = [{4: 366, 7: 31}.get(len(part), 1) - 1 for part in days.value.split("/")]
    low, high = (
        (-math.inf if days.low is None else days.low),
        (math.inf if days.high is None else days.high),
    )
    return (low, low + reach[0]), (high - reach[-1], high)


def figure_interval(hedge: str, low: float | None, high: float | None, unit: str) -> Interval:
    """The values that a figure allows, in base units, both ends included."""
    low = -math.inf if low is None else low
    high = math.inf if high is None else high
    if hedge == "about":
        return low - ABOUT * abs(low), high + ABOUT * abs(high)
    if hedge == "exact" and low == high:
        slack = min(_half_step(low, bool(unit) and dimension(unit) != "time"), ROUNDING * abs(low))
        return low - slack, high + slack
    if hedge == "order":
        return low, high * (1 - 1e-9)  # "dozens" ends below a hundred
    return low, high


def _half_step(value: float, measured: bool) -> float:
    """Half a unit of the last digit that is given; counts below 1000 are taken as counted out,
    measures and shares as rounded."""
    if value != int(value):
        return 0.5 * 10.0 ** -len(f"{value:.6f}".rstrip("0").partition(".")[2])
    if abs(value) < 1000:
        return 0.5 if measured else 0.0
    step = 1
    while value % (step * 10) == 0:
        step *= 10
    return step / 2


def date_interval(hedge: str, low: float | None, high: float | None) -> Interval:
    """The days that a date allows, as ordinals; "until" and "since" name their day, not the
    stretch."""
    low = -math.inf if low is None else low
    high = math.inf if high is None else high
    return (low - 3, high + 3) if hedge == "about" else (low, high)


def can_both_be_true(kind: str, first: Statement, second: Statement) -> bool:
    """Whether two statements can be true together. Two extents ("1967 to 1979") must begin together
    and end together."""
    if kind == "date":
        x, y = (date_interval(s.hedge, s.low, s.high) for s in (first, second))
    else:
        x, y = (figure_interval(s.hedge, s.low, s.high, s.unit) for s in (first, second))
    return meet(x, y) if kind != "date" else days_meet(first, second, x, y)


def meet(item: Interval, other: Interval) -> bool:
    """Whether two intervals have a value in common."""
    return item[0] <= other[1] and other[0] <= item[1]


class Days(Protocol):
    """What a date is compared by: a statement, or a fact."""

    @property
    def text(self) -> str:
        """The words of the source."""

    @property
    def value(self) -> str:
        """The TIMEX3 value."""

    @property
    def low(self) -> float | None:
        """The first day, as an ordinal."""

    @property
    def high(self) -> float | None:
        """The last day, as an ordinal."""


def days_meet(first: Days, second: Days, item: Interval, other: Interval) -> bool:
    """Whether two dates can be the same: ``item`` and ``other`` are the days that they allow."""
    if "/" in first.value and "/" in second.value:
        return all(meet(p, q) for p, q in zip(_ends(first), _ends(second), strict=True))
    return meet(item, other) or another_week(first, second)


def another_week(first: Days, second: Days) -> bool:
    """Whether one names a weekday and the other a day a week before or after ours that is that
    weekday: which week is meant is our reading."""
    bare = [bool(WEEKDAY.fullmatch(s.text)) for s in (first, second)]
    return (
        bare[0] != bare[1]
        and first.low is not None
        and second.low is not None
        and first.low == first.high
        and second.low == second.high
        and abs(first.low - second.low) == 7
    )


def same(first: Statement, second: Statement) -> bool:
    """Whether two statements give the same value with the same hedge; a date's "since" or "until"
    is no hedge of its day."""
    if first.derived or second.derived:
        return (first.low, first.high) == (second.low, second.high)
    if first.value and second.value:
        return (first.value, first.low, first.high) == (second.value, second.low, second.high) and {
            first.hedge,
            second.hedge,
        } != {
            "since",
            "until",
        }
    return (first.low, first.high, first.hedge, first.unit) == (
        second.low,
        second.high,
        second.hedge,
        second.unit,
    )


def judge(
    kind: str, cells: Sequence[Cell], articles: Mapping[str, Article], origin: Mapping[str, str]
) -> Judgement:
    """The verdict over a row's cells. ``origin``: source → origin; cells of one origin count once,
    unless one of them changed the value."""
    copies = [
        (a, b)
        for a, b in combinations(cells, 2)
        if origin[a.source] == origin[b.source] and not _meet(kind, a, b)
    ]
    if len({origin[c.source] for c in cells}) < 2 and not copies:
        outlets = len(cells)
        why = (
            "Matched to no other source."
            if outlets == 1
            else f"{_names(cells, articles)} share one text, which counts once."
        )
        return Judgement(verdict="single", qualifier="", reason=why, rule="one origin")
    apart = copies + [
        (a, b)
        for a, b in combinations(cells, 2)
        if origin[a.source] != origin[b.source] and not _meet(kind, a, b)
    ]
    if apart:
        return _conflict(kind, apart, articles)
    common = next(
        (
            s
            for s in cells[0].statements
            if all(any(same(s, t) for t in c.statements) for c in cells[1:])
        ),
        None,
    )
    if common:
        derived = next((s.derived for c in cells for s in c.statements if s.derived), "") or (
            _resolved(cells) if kind == "date" else ""
        )
        reason = f"{_names(cells, articles)} give the same {'date' if kind == 'date' else 'value'}."
        return Judgement(
            verdict="agree",
            qualifier="",
            reason=reason + (f" {derived}" if derived else ""),
            rule="same value and hedge",
        )
    return Judgement(
        verdict="compatible",
        qualifier="",
        reason=_compatible(kind, cells),
        rule="intervals overlap",
    )


def _resolved(cells: Sequence[Cell]) -> str:
    """How a date that is told by its distance reads, where another source gives it by its name
    ("eight years ago" is 2014)."""
    texts = {c.statements[0].text.lower() for c in cells}
    told = next((c.statements[0] for c in cells if DISTANCE.search(c.statements[0].text)), None)
    return f"“{told.text}” is {told.value}." if told and len(texts) > 1 else ""


def _meet(kind: str, first: Cell, second: Cell) -> bool:
    return any(can_both_be_true(kind, s, t) for s in first.statements for t in second.statements)


def _conflict(
    kind: str, apart: Sequence[tuple[Cell, Cell]], articles: Mapping[str, Article]
) -> Judgement:
    a, b = apart[0]
    s, t = a.statements[0], b.statements[0]
    quoted = _by_value(apart, articles)
    if all(_holders_differ(x, y) for x, y in apart):
        reason = f"{quoted} come from different named sources: {s.said_by} and {t.said_by}."
        return Judgement(
            verdict="conflict",
            qualifier="sources cited differ",
            reason=reason,
            rule="named holders differ",
        )
    if kind == "figure" and all(_is_update(x, y, articles) for x, y in apart):
        early, late = sorted((a, b), key=lambda c: _when(articles[c.source]))
        reason = (
            f"“{early.statements[0].text}” ({articles[early.source].outlet},"
            f" {_day(articles[early.source])}) is the earlier report; “{late.statements[0].text}”"
            f" ({articles[late.source].outlet}, {_day(articles[late.source])}) is a later one."
        )
        return Judgement(
            verdict="conflict", qualifier="updated", reason=reason, rule="later report, later value"
        )
    return Judgement(
        verdict="conflict",
        qualifier="",
        reason=f"{quoted} cannot both be true.",
        rule="intervals do not meet",
    )


def _by_value(apart: Sequence[tuple[Cell, Cell]], articles: Mapping[str, Article]) -> str:
    """Each value that does not meet another, with all sources that give it."""
    groups: dict[object, list[Cell]] = {}
    for cell in dict.fromkeys(c for pair in apart for c in pair):
        s = cell.statements[0]
        groups.setdefault((s.low, s.high, s.hedge), []).append(cell)
    parts = [
        f"“{cells[0].statements[0].text}” ({_names(cells, articles)})" for cells in groups.values()
    ]
    return ", ".join(parts[:-1]) + f" and {parts[-1]}"


def _holders_differ(first: Cell, second: Cell) -> bool:
    left, right = ({s.said_by for s in c.statements} for c in (first, second))
    return "" not in left | right and not any(same_holder(x, y) for x in left for y in right)


def same_holder(first: str, second: str) -> bool:
    """Whether two phrases may name one holder: a word in common ("Vale", "Mayor Ines Vale"), or one
    that only says what the other is.

    "The company" may be "Gorlin Metals" and "the management", but neither the police nor the union.
    """
    told = [[w for _, _, w in words(h) if w not in STOP_WORDS] for h in (first, second)]
    x, y = ({w.removesuffix("'s") for w in side} for side in told)
    if x & y or not x or not y:
        return True
    # "the mine's operator" says only what kind of body speaks; "a police spokesman" says which
    vague = [VAGUE_HOLDERS.issuperset(w for w in side if not w.endswith("'s")) for side in told]
    named = [
        any(w[:1].isupper() and w.lower() not in STOP_WORDS for w in h.split())
        for h in (first, second)
    ]
    return all(vague) or (vague[0] and named[1]) or (vague[1] and named[0])


def _when(article: Article) -> str:
    return (
        article.published.order
        if article.published
        else article.captured.order
        if article.captured
        else ""
    )


def _day(article: Article) -> str:
    at = article.published or article.captured
    return at.in_words if at else "undated"


def _is_update(first: Cell, second: Cell, articles: Mapping[str, Article]) -> bool:
    """A later report with a higher count: published later by the clock where both tell it, else on
    a later day."""
    one, two = articles[first.source], articles[second.source]
    clocks = bool(one.published and two.published and one.published.time and two.published.time)
    x, y = (_when(w) if clocks else _when(w)[:10] for w in (one, two))
    if not x or not y or x == y:
        return False
    early, late = (first, second) if x < y else (second, first)
    top = max((s.high if s.high is not None else s.low or 0) for s in early.statements)
    return all((s.low if s.low is not None else s.high or 0) > top for s in late.statements)


def _compatible(kind: str, cells: Sequence[Cell]) -> str:
    texts = list(dict.fromkeys(f"“{c.statements[0].text}”" for c in cells))
    if len(texts) == 1:
        bounds = list(dict.fromkeys(c.statements[0].hedge.replace("_", " ") for c in cells))
        how = (
            f"with different bounds ({', '.join(bounds)})"
            if len(bounds) > 1
            else "beside other values"
        )
        return f"{texts[0]} stands in every source, {how}."
    joined = ", ".join(texts[:-1]) + f" and {texts[-1]}"
    if kind == "date" and any(
        another_week(a.statements[0], b.statements[0]) for a, b in combinations(cells, 2)
    ):
        day = next(s for c in cells for s in c.statements if not WEEKDAY.fullmatch(s.text))
        return (
            f"{joined} can be the same day: “{day.text}” is a"
            f" {dt.date.fromordinal(int(day.low or 1)):%A}."
        )
    if kind == "date":
        return f"{joined} can all be true: they cover the same time with different precision."
    return f"{joined} can all be true."


def _names(cells: Sequence[Cell], articles: Mapping[str, Article]) -> str:
    names = list(dict.fromkeys(articles[c.source].outlet for c in cells))
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"
