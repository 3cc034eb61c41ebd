"""Calendar arithmetic on TIMEX3 values: from a value to the days that it covers, and from a day to
a value.

Values follow ISO-TimeML's TIMEX3 (TempEval-3): ``2022-02-10``, ``2022-W05`` (ISO week),
``2022-02``, ``2022``, ``199`` (a decade), ``19`` (a century), ``2014/2015`` (a span),
``2022-02-09TEV``, ``2016-SU``, ``2016-Q2``.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from site_gen.language.counting import ONES, TENS

DAY = dt.timedelta(days=1)
YEAR = r"(?:1[5-9]|20)\d\d"
"""A year in digits, as a pattern."""
SEASONS = {
    "spring": ("SP", 3),
    "summer": ("SU", 6),
    "fall": ("FA", 9),
    "autumn": ("FA", 9),
    "winter": ("WI", 12),
}
"""Season → TIMEX3 code and the month in which it begins (meteorological, northern)."""

_ONES_OF = {word: n for word, n in ONES.items() if 1 <= n <= 9}
_TEENS_OF = {word: n for word, n in ONES.items() if n >= 10}
TENS_WORDS = (
    rf"(?:(?:{'|'.join(TENS)})[ -](?:{'|'.join(_ONES_OF)})\b|"
    rf"(?:{'|'.join(TENS)})\b(?![ -](?:{'|'.join(_ONES_OF)}))|(?:{'|'.join(_TEENS_OF)})\b)"
)
"""The last two digits of a year in words."""


def spelled(text: str) -> int:
    """ "Ninety-six" as 96: the number that words of ``TENS_WORDS`` say."""
    return sum(
        TENS.get(w, _ONES_OF.get(w, _TEENS_OF.get(w, 0))) for w in re.split(r"[ -]", text.lower())
    )


def month_span(year: int, month: int, count: int = 1) -> tuple[dt.date, dt.date]:
    """First and last day of ``count`` months from that month on."""
    first = dt.date(year, month, 1)
    end = year * 12 + month - 1 + count - 1
    last_year, last_month = divmod(end, 12)
    return first, dt.date(
        last_year, last_month + 1, calendar.monthrange(last_year, last_month + 1)[1]
    )


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The nth Monday … Sunday (0–6) of a month; the last one where ``nth`` is -1."""
    if nth < 0:
        last = add_months(dt.date(year, month, 1), 1) - DAY
        return last - ((last.weekday() - weekday) % 7) * DAY
    first = dt.date(year, month, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * DAY


def week_value(day: dt.date) -> str:
    """The ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def interval(value: str) -> tuple[dt.date, dt.date, str] | None:
    """First day, last day and granularity of a TIMEX3 value; ``None`` where it covers no days of
    the calendar."""
    try:
        return _interval(value)
    except (ValueError, OverflowError):
        return None


def _interval(value: str) -> tuple[dt.date, dt.date, str] | None:
    if "/" in value:
        parts = [interval(part) for part in value.split("/", 1)]
        if parts[0] is None or parts[1] is None:
            return None
        return parts[0][0], parts[1][1], "span"
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(T.*)?", value):
        day = dt.date(int(m[1]), int(m[2]), int(m[3]))
        return day, day, "time" if m[4] else "day"
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = dt.date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return (
            (monday + 5 * DAY if m[3] else monday),
            monday + 6 * DAY,
            "weekend" if m[3] else "week",
        )
    if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return (*month_span(int(m[1]), int(m[2])), "month")
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        start = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[m[2]]
        return (*month_span(int(m[1]), start, 3), "season")
    if m := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return (*month_span(int(m[1]), 3 * int(m[2]) - 2, 3), "quarter")
    if m := re.fullmatch(r"(\d{4})-H([12])", value):
        return (*month_span(int(m[1]), 6 * int(m[2]) - 5, 6), "half")
    for pattern, width, name in (
        (r"\d{4}", 1, "year"),
        (r"\d{3}", 10, "decade"),
        (r"\d{2}", 100, "century"),
    ):
        if re.fullmatch(pattern, value) and int(value) > 0:
            first = int(value) * width
            return dt.date(first, 1, 1), dt.date(first + width - 1, 12, 31), name
    return None
