"""Dates that count from the day of publication: "last week", "two years ago", "the end of the
year". For the date rules."""

from __future__ import annotations

import re

from site_gen.find.dates.calendar import DAY, SEASONS, YEAR, add_months, week_value
from site_gen.find.dates.tense import REACH, Context, looks_ahead
from site_gen.language.counting import ONES, TENS

NUMBER_WORDS = (
    dict(ONES)
    | {"twenty": 20, "a": 1, "an": 1, "a couple of": 2, "a couple": 2, "couple": 2}
    | {word: n for word, n in TENS.items() if 30 <= n <= 50}
)


def whole(word: str) -> int:
    """The whole number that digits or a word say."""
    return int(word) if word.isdigit() else NUMBER_WORDS[word.lower()]


_SHIFT = {
    "this": 0,
    "the current": 0,
    "last": -1,
    "the past": -1,
    "past": -1,
    "the last": -1,
    "the previous": -1,
    "next": 1,
    "the next": 1,
    "the coming": 1,
    "the following": 1,
    "this past": -1,
    "this coming": 1,
}


def _weekend(rel: str, shift: int, context: Context) -> str:
    """The weekend of this week from Thursday on or where the clause looks ahead, else the one just
    past."""
    here = context.published
    assert here is not None
    monday = here - here.weekday() * DAY
    if rel in ("last", "this past"):
        monday -= 7 * DAY
    elif shift == 1:
        monday += 7 * DAY
    elif here.weekday() < 3 and not looks_ahead(context):
        monday -= 7 * DAY
    return week_value(monday) + "-WE"


def _from_named_year(rel: str, unit: str, context: Context) -> str:
    """ "The following year" counts from the year that is named before it in the paragraph; without
    one it is no date."""
    named = re.findall(
        rf"\b{YEAR}\b", context.text[max(0, context.start - 4 * REACH) : context.start]
    )
    return (
        f"{int(named[-1]) + (1 if 'following' in rel else -1)}" if named and unit == "year" else ""
    )


def relative_unit(match: re.Match[str], context: Context) -> str:
    """ "Last week", "next year", "the following year"; empty where it is no date."""
    if match["rel"].lower() in ("the following", "the previous"):
        return _from_named_year(match["rel"].lower(), match["unit"].lower(), context)
    if not context.published or re.match(r"['’]s?\s*end\b", context.after):
        return ""
    here, shift, unit = context.published, _SHIFT[match["rel"].lower()], match["unit"].lower()
    if unit == "week":
        # on a weekend, the week that is planned for is the next
        coming = shift == 0 and here.weekday() >= 5 and looks_ahead(context)
        return week_value(here + 7 * (shift + coming) * DAY)
    if unit == "weekend":
        return _weekend(match["rel"].lower(), shift, context)
    if unit == "month":
        day = add_months(here, shift)
        return f"{day.year}-{day.month:02d}"
    if unit == "quarter":
        day = add_months(here, 3 * shift)
        return f"{day.year}-Q{(day.month + 2) // 3}"
    if unit in SEASONS:
        code, start = SEASONS[unit]
        year = here.year
        if shift == -1 and start + 2 >= here.month:
            year -= 1
        if shift == 1 and start <= here.month:
            year += 1
        return f"{year}-{code}"
    if unit == "century":
        return str(here.year // 100 + shift)
    return f"{here.year + shift}" if unit == "year" else f"{here.year // 10 + shift}"


def ago(match: re.Match[str], context: Context) -> str:
    """ "Two years ago": as fine as its unit; decades and centuries count years."""
    if not context.published:
        return ""
    count, unit = whole(match["count"]), match["unit"].lower()
    here = context.published
    if unit.startswith("day"):
        return (here - count * DAY).isoformat()
    if unit.startswith("week"):
        return week_value(here - 7 * count * DAY)
    if unit.startswith("month"):
        day = add_months(here, -count)
        return f"{day.year}-{day.month:02d}"
    count *= 10 if unit.startswith("decade") else 100 if unit.startswith("centur") else 1
    return f"{here.year - count:04d}" if here.year > count else ""


def this_unit(match: re.Match[str], context: Context) -> str:
    """ "The end of the year": the year of publication, unless the text is about another one that it
    names."""
    if not context.published or re.search(rf"\b{YEAR}\b", context.before):
        return ""
    unit = match["unit"].lower()
    if unit == "week":
        return week_value(context.published)
    return {
        "year": f"{context.published.year}",
        "month": f"{context.published:%Y-%m}",
        "decade": f"{context.published.year // 10}",
    }[unit]


def from_now(match: re.Match[str], context: Context) -> str:
    """ "A decade from now"."""
    if not context.published:
        return ""
    count, unit, here = whole(match["count"]), match["unit"].lower(), context.published
    if unit.startswith("day"):
        return (here + count * DAY).isoformat()
    if unit.startswith("week"):
        return week_value(here + 7 * count * DAY)
    if unit.startswith("month"):
        return f"{add_months(here, count):%Y-%m}"
    count *= 10 if unit.startswith("decade") else 100 if unit.startswith("centur") else 1
    return str(here.year + count)


def short_year(match: re.Match[str], context: Context) -> str:
    """ "'08" after a preposition."""
    here = context.published.year if context.published else 2030
    return f"{here // 100 - (int(match['yy']) > here % 100 + 2):02d}{match['yy']}"
