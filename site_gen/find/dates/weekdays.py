"""Weekdays that a count or a month fixes: "the first Tuesday in November", "a week ago Tuesday",
"Monday week". For the date rules."""

from __future__ import annotations

import datetime as dt
import re

from site_gen.find.dates.calendar import DAY, nth_weekday
from site_gen.find.dates.relative import whole
from site_gen.find.dates.tense import Context, looks_ahead, looks_back
from site_gen.language.counting import MONTHS, WEEKDAYS

_NTH = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "last": -1,
    "final": -1,
}


def ordinal_weekday(match: re.Match[str], context: Context) -> str:
    """ "The first Tuesday in November": of the year that is named, else of the one nearest to
    publication that fits the tense."""
    weekday, month, nth = (
        WEEKDAYS[match["weekday"].lower()],
        MONTHS[match["month"].lower().rstrip(".")],
        _NTH[match["nth"].lower()],
    )
    if match["year"]:
        day = _in_month(int(match["year"]), month, weekday, nth)
        return day.isoformat() if day else ""
    if not context.published:
        return ""
    years = (context.published.year - 1, context.published.year, context.published.year + 1)
    days = [day for y in years if (day := _in_month(y, month, weekday, nth))]
    if looks_ahead(context):
        days = [d for d in days if d >= context.published] or days
    elif looks_back(context):
        days = [d for d in days if d <= context.published] or days
    published = context.published
    if not days or published is None:
        return ""
    return min(days, key=lambda d: abs((d - published).days)).isoformat()


def _in_month(year: int, month: int, weekday: int, nth: int) -> dt.date | None:
    """That weekday of a month; ``None`` where the month has no fifth one."""
    day = nth_weekday(year, month, weekday, nth)
    return day if day.month == month else None


def weeks_ago_weekday(match: re.Match[str], context: Context) -> str:
    """ "A week ago Tuesday": as many weeks before the last Tuesday."""
    if not context.published:
        return ""
    back = (context.published.weekday() - WEEKDAYS[match["weekday"].lower()]) % 7
    return (context.published - (back + 7 * whole(match["count"])) * DAY).isoformat()


def weekday_week(match: re.Match[str], context: Context) -> str:
    """ "Monday week", "a week from Monday": as many weeks after the coming Monday."""
    if not context.published:
        return ""
    weeks = whole(match["count"]) if match["count"] else 1
    word = (match["weekday"] or match["weekday2"]).lower()
    if word in ("today", "tomorrow"):
        return (context.published + (7 * weeks + (word == "tomorrow")) * DAY).isoformat()
    ahead = (WEEKDAYS[word] - context.published.weekday()) % 7 or 7
    return (context.published + (ahead + 7 * weeks) * DAY).isoformat()
