"""Clock times, and the day that the text names for them. For the date rules."""

from __future__ import annotations

import re

from site_gen.find.dates.calendar import DAY
from site_gen.find.dates.shapes import (
    DAY_NUMBER,
    DAYNAME,
    MONTH,
    YEAR,
    day_value,
    month_number,
    with_year,
)
from site_gen.find.dates.tense import REACH, Context, looks_ahead
from site_gen.language.counting import WEEKDAYS


def hour_of(match: re.Match[str]) -> str:
    """Hours and minutes of a clock time; empty where there is no such hour."""
    if word := (match["named"] or "").lower():
        return "12:00" if word == "noon" else "00:00"
    hour, minute = (
        int(match["hour"] or match["h24"] or match["hw"]),
        int(match["minute"] or match["m24"] or match["mw"] or 0),
    )
    half = (match["half"] or "").lower().replace(".", "")
    if hour > 23 or (half and hour > 12):
        return ""
    hour = hour % 12 + 12 if half == "pm" else hour % 12 if half == "am" else hour
    return f"{hour:02d}:{minute:02d}"


def clock(match: re.Match[str], context: Context) -> str:
    """A clock time on the day that the text names for it; empty where it names none."""
    hour = hour_of(match) if context.published else ""
    day = _day_of_clock(context) if hour else ""
    return f"{day}T{hour}" if day else ""


def clock_alone(match: re.Match[str], context: Context) -> str:
    """A clock time whose day nobody names: TIMEX3 gives it the day of publication; ``dates.py``
    claims no day for it."""
    hour = hour_of(match)
    return f"{context.published.isoformat()}T{hour}" if context.published and hour else ""


_NAMED_DAY = re.compile(
    rf"\b(?:(?P<weekday>{DAYNAME})|(?P<near>today|tonight|yesterday|tomorrow|this"
    r" (?:morning|afternoon|evening)))\b",
    re.IGNORECASE,
)


_DATED = re.compile(rf",? (?P<month>{MONTH}) (?P<day>{DAY_NUMBER})\b(?!,? \d)")
"""The date that follows a weekday: "Saturday, June 21"."""
_DATED_DAY = re.compile(rf"\b(?P<month>{MONTH}) (?P<day>{DAY_NUMBER})\b(?!,? \d)")
_DATED_AFTER = re.compile(
    rf"(?:,? [ECMP][SD]T|"
    rf",? GMT)?,?(?: on)? (?P<month>{MONTH}) (?P<day>{DAY_NUMBER})\b(?:,? (?P<year>{YEAR}))?"
)


def _day_of_clock(context: Context) -> str:
    """The day of a clock time: named in its sentence, the nearest one, else before it in its
    paragraph. None is made up."""
    assert context.published is not None
    if after := _DATED_AFTER.match(context.text, context.end):
        month, number = month_number(after["month"]), int(re.sub(r"\D", "", after["day"]))
        return day_value(
            int(after["year"] or 0) or with_year(context, month, number) or 1, month, number
        )
    options = [
        (abs(m.start() - context.start), m)
        for m in _NAMED_DAY.finditer(
            context.text,
            max(context.sentence[0], context.start - REACH),
            min(context.sentence[1], context.end + REACH),
        )
    ]
    named = (
        min(options, key=lambda o: o[0])[1]
        if options
        else next(
            iter(
                [
                    *_NAMED_DAY.finditer(
                        context.text, max(0, context.start - 4 * REACH), context.start
                    )
                ][-1:]
            ),
            None,
        )
    )
    if named is None:
        dated = next(
            iter(
                [
                    *_DATED_DAY.finditer(
                        context.text, max(0, context.start - 4 * REACH), context.start
                    )
                ][-1:]
            ),
            None,
        )
        if dated is None:
            return ""
        month, day = month_number(dated["month"]), int(re.sub(r"\D", "", dated["day"]))
        return day_value(with_year(context, month, day) or 1, month, day)
    if dated := _DATED.match(context.text, named.end()):
        month, day = month_number(dated["month"]), int(re.sub(r"\D", "", dated["day"]))
        return day_value(with_year(context, month, day) or 1, month, day)
    if named["near"]:
        return (
            context.published + {"yesterday": -1, "tomorrow": 1}.get(named["near"].lower(), 0) * DAY
        ).isoformat()
    back = (context.published.weekday() - WEEKDAYS[named["weekday"].lower()]) % 7
    return (
        context.published + ((7 - back) % 7 if back and looks_ahead(context) else -back) * DAY
    ).isoformat()
