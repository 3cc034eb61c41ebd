"""Days that a name fixes, by year: for the date rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from site_gen.find.dates.calendar import DAY, nth_weekday
from site_gen.find.dates.tense import Context, looks_ahead
from site_gen.language.counting import WEEKDAYS
from site_gen.language.lists import table


def _easter(year: int) -> dt.date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, Nature 13, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


def _day_of(entry: tuple[str, ...]) -> Callable[[int], dt.date]:
    """An entry of the list as the day of a year."""
    match entry:
        case ("easter", days):
            return lambda year: _easter(year) + int(days) * DAY
        case (month, day):
            return lambda year: dt.date(year, int(month), int(day))
        case (month, nth, weekday):
            which = -1 if nth == "last" else int(nth)
            return lambda year: nth_weekday(year, int(month), WEEKDAYS[weekday], which)
        case _:
            raise ValueError(f"no day: {' '.join(entry)}")


HOLIDAYS: dict[str, Callable[[int], dt.date]] = {
    name: _day_of(entry) for name, entry in table("holidays").items()
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
