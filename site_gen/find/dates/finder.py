"""Dates in running text: calendar expressions with their TIMEX3 value, the days they cover, and a
bound.

The rules are the table in ``rules.py``; here they are run over a paragraph, overlaps are settled
(the longer span wins, then the earlier rule), and what the text around says — "until", "since" — is
read. English only.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from site_gen.find.dates import context as dates_before
from site_gen.find.dates import rules as date_rules
from site_gen.find.dates.calendar import interval
from site_gen.find.dates.context import Hit, joined
from site_gen.find.dates.tense import Context
from site_gen.language.words import sentence_at
from site_gen.model import Bound, Date, Paragraph

_UNTIL = re.compile(
    r"\b(?:until|till|through|thru|no later than|not later than|ends?(?: on)?|ending(?: on)?|by|"
    r"expires?(?: on)?|concludes?(?: on)?|to run (?:through|to))\s+(?:the\s+|on\s+)?$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|starting(?: on| in)?|beginning(?: on| in)?)\s+(?:the\s+|on\s+)?$", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:around|about|circa|approximately)\s+$", re.IGNORECASE)


def find_dates(paragraphs: Iterable[Paragraph], published: dt.date | None) -> tuple[Date, ...]:
    """The dates in an article's paragraphs, in order. ``published`` resolves what is relative;
    without it such words are left."""
    out: list[Date] = []
    values: list[str] = []
    for paragraph in paragraphs:
        found = _in_paragraph(paragraph, published, values)
        values += [d.value for d in found]
        out += found
    return tuple(out)


def _in_paragraph(
    paragraph: Paragraph, published: dt.date | None, earlier: Sequence[str]
) -> list[Date]:
    text = paragraph.text
    hits: list[tuple[int, int, int, str, str]] = []
    lower = text.lower()
    present = {word for word in date_rules.NEEDED if word in lower}
    present |= {name for name, sign in date_rules.SIGNS.items() if sign.search(text)}
    for order, rule in enumerate(date_rules.RULES):
        if rule.needs and rule.needs.isdisjoint(present):
            continue
        for match in rule.pattern.finditer(text):
            start, end = match.span("d") if "d" in rule.pattern.groupindex else match.span()
            context = Context(
                published=published,
                text=text,
                start=start,
                end=end,
                sentence=sentence_at(text, start),
            )
            value = _value(rule, match, context)
            if value:
                hits.append((start, -end, order, value, rule.name))
    plain = [Hit(start, -end, value, name) for start, end, _, value, name in _settle(hits)]
    settled = joined(text, _with_context(text, plain, published, earlier))
    return [_date(paragraph, hit) for hit in settled]


def _with_context(
    text: str, plain: list[Hit], published: dt.date | None, earlier: Sequence[str]
) -> list[Hit]:
    """The hits, with those that need what the text said before; they win over a hit that they hold
    whole."""
    out = plain
    lower = text.lower()
    present = {word for word in dates_before.NEEDED if word in lower}
    if not present:
        return out
    for rule in dates_before.RULES:
        if not rule.needs.isdisjoint(present):
            for match in rule.pattern.finditer(text):
                out = _with_match(match, rule, text, out, published, earlier)
    return out


def _with_match(
    match: re.Match[str],
    rule: dates_before.ContextRule,
    text: str,
    hits: list[Hit],
    published: dt.date | None,
    earlier: Sequence[str],
) -> list[Hit]:
    """The hits with what one rule found, where that cuts none of them."""
    start, end = match.span()
    if any(
        h.start < end and start < h.end and not (start <= h.start and h.end <= end) for h in hits
    ):
        return hits
    before = [*earlier, *(h.value for h in hits if h.end <= start)]
    try:
        value = rule.value(match, text, dates_before.Known(before, published))
    except (OverflowError, ValueError):
        return hits
    if not value:
        return hits
    others = (h for h in hits if h.end <= start or h.start >= end)
    return sorted([*others, Hit(start, end, value, rule.name)], key=lambda h: h.start)


def _date(paragraph: Paragraph, hit: Hit) -> Date:
    text = paragraph.text
    # no day is claimed that the text does not name
    span = interval(hit.value) if hit.rule != date_rules.CLOCK_ALONE else None
    first, last, granularity = span if span else (None, None, "")
    return Date(
        paragraph=paragraph.index,
        start=hit.start,
        end=hit.end,
        text=text[hit.start : hit.end],
        value=hit.value,
        first=first,
        last=last,
        granularity=granularity,
        bound=_bound(text, hit.start) if granularity not in ("time", "decade") else "exact",
        rule=hit.rule,
    )


def _value(rule: date_rules.DateRule, match: re.Match[str], context: Context) -> str:
    """The rule's value; none where it lies beyond the calendar (years 1 to 9999)."""
    try:
        return rule.value(match, context)
    except (OverflowError, ValueError):
        return ""


def _settle(hits: list[tuple[int, int, int, str, str]]) -> Sequence[tuple[int, int, int, str, str]]:
    taken: list[tuple[int, int, int, str, str]] = []
    used = bytearray(max((-h[1] for h in hits), default=0))
    for hit in sorted(
        hits, key=lambda h: (h[0] + h[1], h[2], h[0])
    ):  # longest first, then the earlier rule
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
