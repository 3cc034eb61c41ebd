"""How a figure, a date or a quotation was read, and what speaks for a link, in words: the same on
the desk and in ``site-gen explain``."""

from __future__ import annotations

from site_gen.model import Date, Evidence, Figure, Quotation
from site_gen.model.message import joined, say
from site_gen.render.paragraphs import HEDGE_WORDS

BETWEEN = " · "


def read_as(fact: Figure | Date | Quotation) -> str:
    """What a span was read as: hedge, value, unit, what is counted, who says so; a date's TIMEX3
    value, days, granularity and bound; a quotation's speaker."""
    if isinstance(fact, Quotation):
        if not fact.speaker:
            return say("speaker not named")
        return say("says {speaker}", speaker=fact.speaker)
    parts = _of_figure(fact) if isinstance(fact, Figure) else _of_date(fact)
    if fact.said_by:
        parts.append(say("says {speaker}", speaker=fact.said_by))
    return joined(BETWEEN, [p for p in parts if p])


def _of_figure(figure: Figure) -> list[str]:
    low, high = _number(figure.low), _number(figure.high)
    value = say("{low} to {high}", low=low, high=high) if figure.low != figure.high else low
    counted = say("of {counted}", counted=figure.counted) if figure.counted else ""
    hedge = HEDGE_WORDS[figure.hedge] or say("exact")
    return [hedge, value, figure.unit, counted]


def _of_date(date: Date) -> list[str]:
    days = str(date.first) if date.first else say("no day")
    if date.first != date.last:
        days = say("{low} to {high}", low=str(date.first), high=str(date.last))
    bound = HEDGE_WORDS[date.bound]
    return [date.value, days, date.granularity, bound]


def _number(value: float | None) -> str:
    if value is None:
        return say("open")
    return f"{value:,.6g}" if value < 1e6 else f"{value:,.0f}"


def evidence_words(evidence: Evidence) -> str:
    """One reason for a link: its weight, its name and the words that show it."""
    words = f": {', '.join(evidence.words)}" if evidence.words else ""
    return f"{evidence.weight:+6.2f}  {evidence.name}{words}"
