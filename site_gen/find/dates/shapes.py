"""Parts that date patterns are made of, and days and years from them."""

from __future__ import annotations

import datetime as dt
import re

from site_gen.find.dates.calendar import YEAR as YEAR_IN_DIGITS
from site_gen.find.dates.relative import NUMBER_WORDS
from site_gen.find.dates.tense import Context, looks_ahead, looks_back
from site_gen.language.counting import MONTHS

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
DAYNAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = YEAR_IN_DIGITS
PART = r"(?:morning|afternoon|evening|night)"
PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
VAGUE = (
    r"(?:(?:early|late|mid|later|earlier)[ -](?:in )?|(?:the )?(?:beginning|start|end|"
    r"middle) of (?:the )?)"
)
PREFIX = rf"(?:{DAYNAME}(?: (?P<part>{PART}))?,? )?"
"""A weekday, with a part of the day or none, before a full date."""
COUNT = r"(?:\d{1,3}|" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + ")"
UNIT = r"(?:day|week|month|year|decade|centur(?:y|ie)|quarter)"


def day_value(year: int, month: int, day: int) -> str:
    """A day as a value; empty where there is no such day."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def month_number(word: str) -> int:
    """The number of a month's name or short form, from 1."""
    return MONTHS[word.lower().rstrip(".")]


def with_year(context: Context, month: int, day: int | None) -> int | None:
    """The year of a month, or of a day of it, that has none: the occurrence nearest to publication
    that fits the tense."""
    if not context.published:
        return None
    here = context.published
    options = []
    for year in (here.year - 1, here.year, here.year + 1):
        try:
            first = dt.date(year, month, day or 15)
        except ValueError:
            continue
        gap = (first - here).days
        ahead = gap > 0 if day else (year, month) > (here.year, here.month)
        behind = gap < 0 if day else (year, month) < (here.year, here.month)
        # a day some weeks ahead is likelier than one eleven months back, which would carry its
        # year; a bare month is not
        event = re.match(PAST_EVENT, context.after)
        ended = event or re.search(r"\b(?:ended|began|effective)\s+(?:on )?$", context.before)
        unlikely = 800 if event else 400 if ended or (day is None and looks_back(context)) else 60
        penalty = (
            (200 if behind else 0)
            if looks_ahead(context) and not event
            else unlikely
            if ahead
            else 0
        )
        options.append((abs(gap) + penalty, year))
    return min(options)[1] if options else None


PAST_EVENT = (
    r"(?i:['’]s)?\s(?:\w+\s)?(?:bombings?|attacks?|shootings?|crash|riots?|earthquake|quake|"
    r"killings?|murders?|fire|explosion|blast|massacre|raid|assault|coup|sinking|collapse|"
    r"accident|disaster|outage|protests?|robbery|kidnapping|assassination|insurrection|"
    r"referendum result)\b"
)
"""What has happened when a paper names it by its day: "the Aug. 2 bombing"."""
