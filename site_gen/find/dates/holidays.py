"""Days that a name fixes, by year: for the date rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from site_gen.find.dates.calendar import DAY, nth_weekday
from site_gen.find.dates.tense import Context, looks_ahead


def _easter(year: int) -> dt.date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, Nature 13, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


HOLIDAYS: dict[str, Callable[[int], dt.date]] = {
    "christmas eve": lambda y: dt.date(y, 12, 24),
    "christmas day": lambda y: dt.date(y, 12, 25),
    "christmas": lambda y: dt.date(y, 12, 25),
    "boxing day": lambda y: dt.date(y, 12, 26),
    "new year's eve": lambda y: dt.date(y, 12, 31),
    "new year's day": lambda y: dt.date(y, 1, 1),
    "valentine's day": lambda y: dt.date(y, 2, 14),
    "halloween": lambda y: dt.date(y, 10, 31),
    "may day": lambda y: dt.date(y, 5, 1),
    "independence day": lambda y: dt.date(y, 7, 4),
    "the fourth of july": lambda y: dt.date(y, 7, 4),
    "veterans day": lambda y: dt.date(y, 11, 11),
    "bastille day": lambda y: dt.date(y, 7, 14),
    "thanksgiving day": lambda y: nth_weekday(y, 11, 3, 4),
    "thanksgiving": lambda y: nth_weekday(y, 11, 3, 4),
    "labor day": lambda y: nth_weekday(y, 9, 0, 1),
    "memorial day": lambda y: nth_weekday(y, 5, 0, -1),
    "columbus day": lambda y: nth_weekday(y, 10, 0, 2),
    "good friday": lambda y: _easter(y) - 2 * DAY,
    "easter sunday": _easter,
    "easter monday": lambda y: _easter(y) + DAY,
    "easter": _easter,
}
"""Days that a name fixes, by year."""

HOLIDAY_NAMES = "|".join(sorted(HOLIDAYS, key=len, reverse=True)).replace("'", "['’]?")


def holiday(match: re.Match[str], context: Context) -> str:
    """The day that a holiday's name means: of the year that is named, else the nearest that fits
    the tense; empty where it is no date."""
    name = re.sub("’", "'", match["name"].lower())
    find = HOLIDAYS.get(name) or HOLIDAYS[re.sub(r"s (?=eve|day)", "'s ", name)]
    if match["year"]:
        return find(int(match["year"])).isoformat()
    if not context.published or re.match(
        r"\s+(?:tree|card|gift|season|shopping|dinner|party|present|story|carol|egg|break|"
        r"holiday|market|bonus|parade)",
        context.after,
    ):
        return ""
    led = re.search(
        r"\b(?:on|by|before|after|since|until|till|around|at|this|last|next|every|over)\s$",
        context.before,
        re.IGNORECASE,
    )
    if not match["rel"] and not led and re.match(r"[-’']\w|\s+[A-Za-z]", context.after):
        return ""  # "the Thanksgiving address"
    rel = (match["rel"] or "").lower()
    days = [find(context.published.year + shift) for shift in (-1, 0, 1)]
    if rel == "last":
        return max(d for d in days if d < context.published).isoformat()
    if rel == "next" or looks_ahead(context):
        return min(d for d in days if d > context.published).isoformat()
    return min(days, key=lambda d: abs(d - context.published)).isoformat()  # type: ignore[operator]
