"""Words of ours that a page can say in another language: an English ``str`` that remembers what it
was made of.

The data files and the core see the English text and nothing else; the catalogue of a site
(``site_gen/render/catalogue.py``) reads the template and its values. Sources' own words are never
part of a template: they are values.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal

Form = Literal[
    "text", "joined", "day", "short day", "day of year", "weekday", "month", "number", "plain"
]
_HOLE = re.compile(r"\{(\w+)\}")
_MONTHS = (
    "January February March April May June July August September October November December".split()
)

_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


class Message(str):
    """English words with their template, its plural, the number that decides between the two, and
    the values that stand in ``{holes}``."""

    template: str
    many: str
    number: float
    values: Mapping[str, Any]
    form: Form

    def __new__(
        cls,
        text: str,
        template: str = "",
        values: Mapping[str, Any] | None = None,
        *,
        many: str = "",
        number: float = 1,
        form: Form = "text",
    ) -> Message:
        self = super().__new__(cls, text)
        self.template, self.many, self.number = template or text, many, number
        self.values, self.form = values or {}, form
        return self


@lru_cache(maxsize=4096)
def _pieces(template: str) -> tuple[str, ...]:
    """A template as text, hole, text, hole … text; templates are few, and filled often."""
    return tuple(_HOLE.split(template))


def fill(template: str, values: Mapping[str, Any]) -> str:
    """A template with its holes filled; a hole without a value stays, and a value is never read as
    a template."""
    if "{" not in template:
        return template
    out = list(_pieces(template))
    for n in range(1, len(out), 2):
        name = out[n]
        out[n] = str(values[name]) if name in values else f"{{{name}}}"
    return "".join(out)


def say(template: str, **values: Any) -> Message:
    """A sentence of ours: ``say("{outlets} give the same", outlets=names)``."""
    return Message(fill(template, values), template, values)


def count(one: str, many: str, number: float, **values: Any) -> Message:
    """A sentence of ours with a number: ``count("{n} word", "{n} words", 3)``."""
    told = {"n": number, **values}
    return Message(fill(one if number == 1 else many, told), one, told, many=many, number=number)


def joined(separator: str, parts: Iterable[str]) -> Message:
    """Messages and words in a row."""
    found = list(parts)
    values = {str(n): part for n, part in enumerate(found)}
    return Message(separator.join(found), separator, values, form="joined")


def and_list(parts: Iterable[str]) -> Message:
    """Words in a row with "and" before the last: "A, B and C"; one stands by itself, of none there
    is nothing."""
    found = list(parts)
    if len(found) < 2:
        return joined("", found)
    return say("{first} and {last}", first=joined(", ", found[:-1]), last=found[-1])


def day_in_words(day: dt.date) -> Message:
    """A day as a reader writes it, "10 February 2022", whatever the locale of the machine."""
    text = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return Message(text, values={"day": day}, form="day")


def day_and_month(day: dt.date) -> Message:
    """ "10 February"."""
    return Message(f"{day.day} {_MONTHS[day.month - 1]}", values={"day": day}, form="day of year")


def short_day(day: dt.date) -> Message:
    """ "10 Feb"."""
    text = f"{day.day} {_MONTHS[day.month - 1][:3]}"
    return Message(text, values={"day": day}, form="short day")


def month_in_words(day: dt.date) -> Message:
    """ "February 2022"."""
    return Message(f"{_MONTHS[day.month - 1]} {day.year}", values={"day": day}, form="month")


def weekday_in_words(day: dt.date) -> Message:
    """ "Thursday"."""
    return Message(_WEEKDAYS[day.weekday()], values={"day": day}, form="weekday")


def number_in_words(value: float, digits: int = 4) -> Message:
    """A value with thousands separated by commas; one with a fraction in so many digits."""
    text = f"{int(value):,}" if value == int(value) else f"{value:,.{digits}g}"
    return Message(text, values={"value": value, "digits": digits}, form="number")
