"""Verdicts: arithmetic on intervals and hedges, with the reason in one plain sentence.

agree: the same value and hedge. compatible: intervals that can all be true. conflict: intervals
that cannot. The qualifiers keep an update and a figure from another named source apart from a
contradiction. The law is DESIGN's section "Verdicts"; for people it is in
``content/guide/verdicts.md``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from site_gen.language.words import STOP_WORDS, words
from site_gen.model import (
    Article,
    Cell,
    DateValue,
    FigureValue,
    Qualifier,
    Statement,
    Verdict,
    can_both_be_true,
)
from site_gen.model.message import and_list, joined, say, weekday_in_words

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

HEDGES = {
    "exact": say("exact"),
    "about": say("about"),
    "more_than": say("more than"),
    "less_than": say("less than"),
    "at_most": say("at most"),
    "order": say("order of magnitude"),
    "since": say("since"),
    "until": say("until"),
}
"""What each hedge and bound is called in a reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A verdict with its qualifier, its reason in one sentence, and the name of the rule that gave
    it."""

    verdict: Verdict
    qualifier: Qualifier
    reason: str
    rule: str


def same(first: Statement, second: Statement) -> bool:
    """Whether two statements give the same value with the same hedge; a derived one says its day
    and no more."""
    x, y = first.value, second.value
    if first.derived or second.derived:
        return first.ends == second.ends
    if isinstance(x, FigureValue):
        return isinstance(y, FigureValue) and x.same(y)
    return isinstance(x, DateValue) and isinstance(y, DateValue) and x.same(y)


def judge(
    kind: str, cells: Sequence[Cell], articles: Mapping[str, Article], origin: Mapping[str, str]
) -> Judgement:
    """The verdict over a row's cells. ``origin``: source → origin; cells of one origin count once,
    unless one of them changed the value."""
    copies = [
        (a, b)
        for a, b in combinations(cells, 2)
        if origin[a.source] == origin[b.source] and not _meet(a, b)
    ]
    if len({origin[c.source] for c in cells}) < 2 and not copies:
        outlets = len(cells)
        why = (
            say("Matched to no other source.")
            if outlets == 1
            else say(
                "{outlets} share one text, which counts once.", outlets=_names(cells, articles)
            )
        )
        return Judgement(verdict="single", qualifier="", reason=why, rule="one origin")
    apart = copies + [
        (a, b)
        for a, b in combinations(cells, 2)
        if origin[a.source] != origin[b.source] and not _meet(a, b)
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
        reason = say(
            "{outlets} give the same date." if kind == "date" else "{outlets} give the same value.",
            outlets=_names(cells, articles),
        )
        return Judgement(
            verdict="agree",
            qualifier="",
            reason=joined(" ", [reason, derived]) if derived else reason,
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
    if told is None or len(texts) < 2:
        return ""
    return say("“{words}” is {value}.", words=told.text, value=told.timex)


def _meet(first: Cell, second: Cell) -> bool:
    return any(
        can_both_be_true(s.value, t.value)
        for s in first.statements
        for t in second.statements
        if s.value and t.value
    )


def _conflict(
    kind: str, apart: Sequence[tuple[Cell, Cell]], articles: Mapping[str, Article]
) -> Judgement:
    a, b = apart[0]
    s, t = a.statements[0], b.statements[0]
    quoted = _by_value(apart, articles)
    if all(_holders_differ(x, y) for x, y in apart):
        reason = say(
            "{values} come from different named sources: {holder} and {other}.",
            values=quoted,
            holder=s.said_by,
            other=t.said_by,
        )
        return Judgement(
            verdict="conflict",
            qualifier="sources cited differ",
            reason=reason,
            rule="named holders differ",
        )
    if kind == "figure" and all(_is_update(x, y, articles) for x, y in apart):
        early, late = sorted((a, b), key=lambda c: _when(articles[c.source]))
        reason = say(
            "“{early}” ({outlet}, {day}) is the earlier report;"
            " “{late}” ({other}, {later}) is a later one.",
            early=early.statements[0].text,
            outlet=articles[early.source].outlet,
            day=_day(articles[early.source]),
            late=late.statements[0].text,
            other=articles[late.source].outlet,
            later=_day(articles[late.source]),
        )
        return Judgement(
            verdict="conflict", qualifier="updated", reason=reason, rule="later report, later value"
        )
    return Judgement(
        verdict="conflict",
        qualifier="",
        reason=say("{values} cannot both be true.", values=quoted),
        rule="intervals do not meet",
    )


def _by_value(apart: Sequence[tuple[Cell, Cell]], articles: Mapping[str, Article]) -> str:
    """Each value that does not meet another, with all sources that give it."""
    groups: dict[object, list[Cell]] = {}
    for cell in dict.fromkeys(c for pair in apart for c in pair):
        s = cell.statements[0]
        groups.setdefault((*s.ends, s.hedge, s.timex.partition("T")[2]), []).append(cell)
    return and_list(
        say(
            "“{value}” ({outlets})",
            value=cells[0].statements[0].text,
            outlets=_names(cells, articles),
        )
        for cells in groups.values()
    )


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
    return at.in_words if at else say("undated")


def _is_update(first: Cell, second: Cell, articles: Mapping[str, Article]) -> bool:
    """A later report with a higher count: published later by the clock where both tell it, else on
    a later day."""
    one, two = articles[first.source], articles[second.source]
    clocks = bool(one.published and two.published and one.published.time and two.published.time)
    x, y = (_when(w) if clocks else _when(w)[:10] for w in (one, two))
    if not x or not y or x == y:
        return False
    early, late = (first, second) if x < y else (second, first)
    top = max(_most(s) for s in early.statements)
    return all(_least(s) > top for s in late.statements)


def _most(statement: Statement) -> float:
    """The higher end of a figure that has one, in base units."""
    low, high = statement.value.ends if statement.value else (None, None)
    return (high if high is not None else low) or 0.0


def _least(statement: Statement) -> float:
    """The lower end of a figure that has one, in base units."""
    low, high = statement.value.ends if statement.value else (None, None)
    return (low if low is not None else high) or 0.0


def _compatible(kind: str, cells: Sequence[Cell]) -> str:
    texts = list(dict.fromkeys(c.statements[0].text for c in cells))
    quoted = [say("“{words}”", words=t) for t in texts]
    if len(texts) == 1:
        bounds = list(dict.fromkeys(say(HEDGES[c.statements[0].hedge]) for c in cells))
        if len(bounds) < 2:
            return say("{value} stands in every source, beside other values.", value=quoted[0])
        return say(
            "{value} stands in every source, with different bounds ({bounds}).",
            value=quoted[0],
            bounds=joined(", ", bounds),
        )
    if kind != "date":
        return say("{values} can all be true.", values=and_list(quoted))
    return _other_week(and_list(quoted), cells) or say(
        "{values} can all be true: they cover the same time with different precision.",
        values=and_list(quoted),
    )


def _other_week(values: str, cells: Sequence[Cell]) -> str:
    """Why a weekday and a day a week from ours are one, where two cells are so."""
    days = [v for c in cells if isinstance(v := c.statements[0].value, DateValue)]
    if not any(one.another_week(other) for one, other in combinations(days, 2)):
        return ""
    day = next(v for v in days if not v.weekday)
    return say(
        "{values} can be the same day: “{day}” is a {weekday}.",
        values=values,
        day=day.text,
        weekday=weekday_in_words(dt.date.fromordinal(int(day.low or 1))),
    )


def _names(cells: Sequence[Cell], articles: Mapping[str, Article]) -> str:
    return and_list(dict.fromkeys(articles[c.source].outlet for c in cells))
