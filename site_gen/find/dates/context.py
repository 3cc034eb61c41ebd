"""Dates that the text itself resolves: "the same day", "a year earlier" after a quarter, "the 1988
third quarter", "10 p.m. Wednesday".

These rules run after those of ``rules.py``, over the dates that are found: they look for the
nearest date before them that is fine enough, or join neighbours into one expression. Names and
codes follow TIMEX3.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from site_gen.find.dates.calendar import DAY, SEASONS, add_months, interval, week_value
from site_gen.find.dates.examples import EXAMPLES
from site_gen.rules import Rule


@dataclass(frozen=True, slots=True)
class Hit:
    """A date in its paragraph: offsets in characters, TIMEX3 value, and the rule that found it."""

    start: int
    end: int
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the text has said before: the values of the dates found so far, the last one last, and
    the day of publication."""

    values: Sequence[str]
    published: dt.date | None

    def latest(self, pattern: str) -> str:
        """The last value that fits the pattern as a whole; empty where there is none."""
        return next((v for v in reversed(self.values) if re.fullmatch(pattern, v)), "")

    def day(self) -> dt.date | None:
        """The last day that was named."""
        value = self.latest(r"\d{4}-\d\d-\d\d(?:T.*)?")
        span = interval(value) if value else None
        return span[0] if span else None

    def year(self) -> int:
        """The year of the last date that was named; 0 where none was."""
        value = self.latest(r"\d{4}(?:-.*)?")
        return int(value[:4]) if value else 0

    def quarter(self) -> tuple[int, int] | None:
        """Year and number of the newest quarter that was named, else of the last one that ended
        before publication."""
        named = [v for v in self.values if re.fullmatch(r"\d{4}-Q[1-4]", v)]
        past = [
            v
            for v in named
            if self.published is None
            or (int(v[:4]), 3 * int(v[6]) - 2) <= (self.published.year, self.published.month)
        ]
        if past or named:
            # the newest one: "a year earlier" has named an older one since
            value = max(past or named)
            return int(value[:4]), int(value[6])
        if self.published is None:
            return None
        before = add_months(self.published, -3)
        return before.year, (before.month + 2) // 3


@dataclass(frozen=True, kw_only=True, slots=True)
class ContextRule(Rule):
    """A named rule; ``value`` is given the match, the paragraph's text and what is known before the
    match. Where the paragraph, in lower case, holds none of ``needs``, it is not tried."""

    needs: frozenset[str]
    pattern: re.Pattern[str]
    value: Callable[[re.Match[str], str, Known], str]


def _rule(
    name: str,
    needs: Iterable[str],
    pattern: re.Pattern[str],
    value: Callable[[re.Match[str], str, Known], str],
) -> ContextRule:
    why, example, other = EXAMPLES[name]
    return ContextRule(
        name=name,
        why=why,
        examples=(example,),
        counterexamples=(other,) if other else (),
        needs=frozenset(needs),
        pattern=pattern,
        value=value,
    )


_PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _moved(unit: str, count: int, known: Known) -> str:
    """The date ``count`` units away from the one that the text named last, as fine as the unit."""
    if unit == "year":
        year = known.year()
        return str(year + count) if year else ""
    day = known.day()
    if unit == "month":
        named = known.latest(r"\d{4}-\d\d(?:-\d\d.*)?")
        if not named:
            return ""
        moved = add_months(dt.date(int(named[:4]), int(named[5:7]), 1), count)
        return f"{moved.year}-{moved.month:02d}"
    if day is None:
        return ""
    if unit == "week":
        return week_value(day + 7 * count * DAY)
    part = f"T{_PARTS[unit]}" if unit in _PARTS else ""
    return (day + count * DAY).isoformat() + part


def _same(match: re.Match[str], text: str, known: Known) -> str:
    unit = match["unit"].lower()
    if unit == "quarter":
        return known.latest(r"\d{4}-Q[1-4]")
    if unit in SEASONS:
        return f"{known.year()}-{SEASONS[unit][0]}" if known.year() else ""
    return _moved(unit, 0, known)


def _next_to(match: re.Match[str], text: str, known: Known) -> str:
    unit = match["unit"].lower()
    if match["rel"].lower() in ("next", "previous") and unit in ("week", "month", "year"):
        # "the next year" looks ahead from publication more often than from a date in the text
        return ""
    return _moved(unit, 1 if match["rel"].lower() in ("following", "next") else -1, known)


def _later(match: re.Match[str], text: str, known: Known) -> str:
    unit, ahead = (
        match["unit"].lower(),
        match["way"].lower() in ("later", "after", "afterward", "afterwards"),
    )
    near = text[max(0, match.start() - 400) : match.end() + 60]
    if (
        unit == "year"
        and not ahead
        and re.search(r"\bquarter|\bperiod\b|\bearnings\b|\bnet income\b|\brevenue\b", near)
    ):
        return _year_earlier(known)
    return _moved(unit, 1 if ahead else -1, known)


def _year_ago(match: re.Match[str], text: str, known: Known) -> str:
    """ "A year ago" amid the figures of a quarter is the same quarter of the year before."""
    near = text[max(0, match.start() - 300) : match.end() + 60]
    quarterly = known.latest(r"\d{4}-Q[1-4]") and re.search(
        r"\bquarter|\bperiod\b|\bshare\b|[$£€]|\b(?:revenue|sales|earnings|profit|loss|net)\b", near
    )
    return _year_earlier(known) if quarterly else ""


def _year_earlier(known: Known) -> str:
    quarter = known.quarter() if known.latest(r"\d{4}-Q[1-4]") else None
    if quarter:
        return f"{quarter[0] - 1}-Q{quarter[1]}"
    year = known.year() or (known.published.year if known.published else 0)
    return str(year - 1) if year else ""


def _year_ago_quarter(match: re.Match[str], text: str, known: Known) -> str:
    named = (match["nth"] or "").lower()
    quarter = known.quarter()
    if quarter is None:
        return ""
    year, number = quarter
    return f"{year - 1}-Q{_QUARTERS.get(named, number)}"


def _the_quarter(match: re.Match[str], text: str, known: Known) -> str:
    quarter = known.quarter()
    if match["unit"].lower() == "period" and not known.latest(r"\d{4}-Q[1-4]"):
        return ""
    return f"{quarter[0]}-Q{quarter[1]}" if quarter else ""


def _years_quarter(match: re.Match[str], text: str, known: Known) -> str:
    """ "This year's third quarter", "the 1988 third quarter", "the 1988 quarter"."""
    if match["year"]:
        year = int(match["year"])
    elif match["fiscal"] is not None:
        found = known.quarter()
        return (
            f"{found[0]}-Q{_QUARTERS[match['nth'].lower()] if match['nth'] else found[1]}"
            if found
            else ""
        )
    elif known.published is None:
        return ""
    else:
        year = known.published.year + {"last": -1, "this": 0, "next": 1}[match["rel"].lower()]
    if match["nth"]:
        return f"{year}-Q{_QUARTERS[match['nth'].lower()]}"
    last = known.latest(r"\d{4}-Q[1-4]")
    return f"{year}{last[4:]}" if last else ""


def _weekend(match: re.Match[str], text: str, known: Known) -> str:
    if known.published is None:
        return ""
    monday = known.published - known.published.weekday() * DAY
    return week_value(monday if known.published.weekday() >= 5 else monday - 7 * DAY) + "-WE"


def _decade_past(match: re.Match[str], text: str, known: Known) -> str:
    if known.published is None or (match["count"] and match["count"].lower() not in _TENS):
        return ""
    years = 10 * _TENS.get((match["count"] or "").lower(), 1)
    return f"{known.published.year - years}/{known.published.year}"


_TENS = {"two": 2, "three": 3, "four": 4, "five": 5}
_I = re.IGNORECASE
_NTH = r"(?P<nth>first|second|third|fourth)"
_SAME = (
    "day week month year quarter morning afternoon evening night spring summer autumn fall winter"
)
RULES: tuple[ContextRule, ...] = (
    _rule(
        "same",
        (*(f"{word} {unit}" for word in ("same", "that") for unit in _SAME.split()),),
        re.compile(
            r"\b(?:(?:later|earlier|early|late) )?(?:(?:on )?the same|(?:on )?that same|"
            r"that) (?P<unit>day|week|month|year|quarter|morning|afternoon|evening|night|spring|"
            r"summer|autumn|fall|winter)\b(?! (?:a|one|I|we|he|she|they|it|the)\b)",
            _I,
        ),
        _same,
    ),
    _rule(
        "in-the-day",
        (
            "in the day",
            "in day",
            "that the day",
            "that day",
        ),
        re.compile(r"\b(?:later|earlier|late|early) (?:in|that) (?P<the>the )?day\b", _I),
        lambda m, t, k: day.isoformat() if (day := k.day() or k.published) else "",
    ),
    _rule(
        "following",
        (
            "the following ",
            "the next ",
            "the previous ",
            "the preceding ",
        ),
        re.compile(
            r"\bthe (?P<rel>following|next|previous|preceding) (?P<unit>day|week|month|year|"
            r"morning|afternoon|evening|night)\b",
            _I,
        ),
        _next_to,
    ),
    _rule(
        "day-before",
        (*(f"{unit} {way}" for unit in _SAME.split() for way in ("before", "after")),),
        re.compile(
            r"\bthe (?P<unit>day|night|week|month|year) (?P<way>before|after)\b(?=[.,;]|$)", _I
        ),
        lambda m, t, k: _moved(m["unit"].lower(), 1 if m["way"].lower() == "after" else -1, k),
    ),
    _rule(
        "later",
        (
            "a day ",
            "a week ",
            "a month ",
            "a year ",
        ),
        re.compile(
            r"\ba (?P<unit>day|week|month|year) (?P<way>later|earlier|before|afterwards?)\b", _I
        ),
        _later,
    ),
    _rule("year-ago", ("a year ago",), re.compile(r"\ba year ago\b", _I), _year_ago),
    _rule(
        "year-ago-quarter",
        (
            "year-ago",
            "year-earlier",
        ),
        re.compile(
            rf"\b(?:the |its )?(?:comparable |same |corresponding )?year-(?:ago|earlier) (?:{_NTH}"
            r" )?(?:quarter|period)\b|\byear-(?:ago|earlier)\b",
            _I,
        ),
        _year_ago_quarter,
    ),
    _rule(
        "the-quarter",
        (
            "quarter",
            "period",
        ),
        re.compile(
            r"\bthe (?:(?:latest|recent|most recent|just-ended) (?P<unit>quarter|period)|"
            r"(?P<unit2>quarter))\b(?! of\b)",
            _I,
        ),
        lambda m, t, k: _the_quarter(m, t, k) if m["unit"] else _bare_quarter(k),
    ),
    _rule(
        "years-quarter",
        (
            "quarter",
            "period",
        ),
        re.compile(
            r"\b(?:the )?(?:(?P<rel>last|this|next)"
            rf" year['’]s|(?P<year>(?:19|20)\d\d)|fiscal(?P<fiscal>)) (?:{_NTH}[-"
            r" ]quarter|quarter|period)\b",
            _I,
        ),
        _years_quarter,
    ),
    _rule(
        "weekend",
        ("the weekend",),
        re.compile(r"\b(?<=over )the weekend\b|\b(?<=during )the weekend\b", _I),
        _weekend,
    ),
    _rule(
        "past-decade",
        ("decade",),
        re.compile(r"\bthe (?:past|last) (?:(?P<count>two|three|four|five) )?decades?\b", _I),
        _decade_past,
    ),
)
NEEDED = frozenset().union(*(rule.needs for rule in RULES))
"""All words that some rule needs."""


def _bare_quarter(known: Known) -> str:
    found = known.quarter()
    return f"{found[0]}-Q{found[1]}" if found else ""


_ZONE = (
    r"(?:,? (?:[ECMP][SD]T|GMT|BST|CET|CEST|UTC|(?:Eastern|Central|Mountain|Pacific|"
    r"local)(?: (?:standard|daylight))? time))?"
)
_BETWEEN_CLOCK_AND_DAY = re.compile(rf"{_ZONE},?(?: on)? ?", re.IGNORECASE)


def joined(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Neighbours that are one expression: a clock time and its day, a month and "last year"."""
    out: list[Hit] = []
    for hit in hits:
        before = out[-1] if out else None
        whole = _together(text, before, hit) if before else None
        if whole:
            out[-1] = whole
        else:
            out.append(hit)
    return out


def _together(text: str, first: Hit, second: Hit) -> Hit | None:
    between = text[first.end : second.start]
    if len(between) > 30:
        return None
    day = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:T[A-Z]{2})?", second.value)
    if first.rule == "clock" and day and _BETWEEN_CLOCK_AND_DAY.fullmatch(between):
        return Hit(
            first.start,
            second.end,
            f"{day[1]}{first.value[first.value.index('T') :]}",
            "clock and day",
        )
    if (
        first.rule == "bare-month"
        and second.rule == "relative-unit"
        and re.fullmatch(r"(?:,| of)? ", between)
        and re.fullmatch(r"\d{4}", second.value)
    ):
        return Hit(first.start, second.end, second.value + first.value[4:], "month and year")
    return None
