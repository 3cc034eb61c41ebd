"""Dates in running text: calendar expressions with their TIMEX3 value, the days they cover, and a bound.

The rules are the table in ``date_rules.py``; here they are run over a paragraph, overlaps are settled (the longer span
wins, then the earlier rule), and what the text around says — "until", "since" — is read. English only.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from site_gen.find import date_rules
from site_gen.find.calendar import interval
from site_gen.model import Bound, Date, Paragraph
from site_gen.words import sentence_at

_UNTIL = re.compile(
    r"\b(?:until|till|through|thru|ends?(?: on)?|ending(?: on)?|by|expires?(?: on)?|concludes?(?: on)?|to run (?:through|to))\s+(?:the\s+|on\s+)?$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|starting(?: on| in)?|beginning(?: on| in)?)\s+(?:the\s+|on\s+)?$", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:around|about|circa|approximately)\s+$", re.IGNORECASE)


def find_dates(paragraphs: Iterable[Paragraph], published: dt.date | None) -> tuple[Date, ...]:
    """The dates in an article's paragraphs, in order. ``published`` resolves what is relative; without it such words are left."""
    out: list[Date] = []
    for paragraph in paragraphs:
        out += _in_paragraph(paragraph, published)
    return tuple(out)


def _in_paragraph(paragraph: Paragraph, published: dt.date | None) -> list[Date]:
    text = paragraph.text
    hits: list[tuple[int, int, int, str, str]] = []
    for order, rule in enumerate(date_rules.RULES):
        if rule.needs and not rule.needs.search(text):
            continue
        for match in rule.pattern.finditer(text):
            start, end = match.span("d") if "d" in rule.pattern.groupindex else match.span()
            context = date_rules.Context(published=published, text=text, start=start, end=end, sentence=sentence_at(text, start))
            value = _value(rule, match, context)
            if value:
                hits.append((start, -end, order, value, rule.name))
    out: list[Date] = []
    for start, negative_end, _, value, name in _settle(hits):
        end = -negative_end
        span = interval(value)
        first, last, granularity = span if span else (None, None, "")
        out.append(Date(
            paragraph=paragraph.index, start=start, end=end, text=text[start:end], value=value, first=first, last=last,
            granularity=granularity, bound=_bound(text, start) if granularity != "time" else "exact", rule=name,
        ))  # fmt: skip
    return out


def _value(rule: date_rules.Rule, match: re.Match[str], context: date_rules.Context) -> str:
    """The rule's value; none where it lies beyond the calendar (years 1 to 9999)."""
    try:
        return rule.value(match, context)
    except (OverflowError, ValueError):
        return ""


def _settle(hits: list[tuple[int, int, int, str, str]]) -> Sequence[tuple[int, int, int, str, str]]:
    taken: list[tuple[int, int, int, str, str]] = []
    used = bytearray(max((-h[1] for h in hits), default=0))
    for hit in sorted(hits, key=lambda h: (h[0] + h[1], h[2], h[0])):  # longest first, then the earlier rule
        if not any(used[hit[0] : -hit[1]]):
            used[hit[0] : -hit[1]] = b"\x01" * (-hit[1] - hit[0])
            taken.append(hit)
    return sorted(taken)


def _bound(text: str, start: int) -> Bound:
    before = text[max(0, start - 30) : start]
    if _UNTIL.search(before):
        return "until"
    if _SINCE.search(before):
        return "since"
    return "about" if _ABOUT.search(before) else "exact"
