"""Words of time that name no day: "now", "recently", "every day", "several years". They are no
facts to compare, and are kept apart.

Values are TIMEX3's: PRESENT_REF, PAST_REF, FUTURE_REF, P1D for what recurs, PXY for a stretch of
unknown length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["reference", "recurring", "stretch"]


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A word of time in a text: offsets in characters, what kind it is, and its TIMEX3 value."""

    start: int
    end: int
    kind: Kind
    value: str


_UNITS = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "week": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "centurie": "CE",
}
_WORDS: tuple[tuple[Kind, str, str], ...] = (
    (
        "reference",
        "PRESENT_REF",
        (
            r"now|currently|nowadays|at present|at the moment|right now|these days|"
            r"today(?=['’]s (?:world|society))|current(?= [a-z])"
        ),
    ),
    (
        "reference",
        "PAST_REF",
        (
            r"recently|recent(?= (?!years|months|weeks|days|decades|quarters)[a-z])|"
            r"more recently|lately|the past(?=[.,;:’”\"]|$| (?:and|as|is|was|when|but|that|to|or|"
            r"for|he|she|they|it|we|I)\b)|the recent past|recent times|(?:several|a few|some|"
            r"many) (?:years|months|weeks|days|decades) ago|(?:years|months|weeks|days|decades|"
            r"centuries) ago"
        ),
    ),
    (
        "reference",
        "FUTURE_REF",
        (
            r"soon(?! (?:as|after)\b)|the future|the near future|coming (?:years|months|weeks|"
            r"days)|future(?= (?:generations|years))"
        ),
    ),
    ("recurring", "P1D", r"daily|every day|each day|a day(?=[.,;]|$| (?:and|in|for|to)\b)"),
    ("recurring", "P1W", r"weekly|every week|each week"),
    ("recurring", "P1M", r"monthly|every month|each month"),
    ("recurring", "P1Y", r"annually|yearly|every year|each year"),
    ("recurring", "PT1H", r"hourly|every hour"),
)
_FIXED = re.compile(
    "|".join(rf"(?P<w{n}>\b(?:{words})\b)" for n, (_, _, words) in enumerate(_WORDS)), re.IGNORECASE
)
_STRETCH = re.compile(
    r"\b(?:(?:several|a few|many|some|the (?:past|last|next) (?:few|several)|"
    r"a couple of) (?P<unit>second|minute|hour|day|week|month|quarter|year|decade|centurie)s|"
    r"recent (?P<recent>day|week|month|year|decade)s|(?P<plural>day|week|month|year|decade|"
    r"centurie)s(?= (?:of|later|before|after|earlier|to)\b)|(?<=\bfor )(?P<bare>minute|hour|day|"
    r"week|month|year|decade|centurie)s|(?<=\bfor )(?:a|an) (?P<single>minute|hour|day|week|"
    r"month|year|decade|century)|(?<=\bwithin )(?:a|an) (?P<within>minute|hour|day|week|month|"
    r"year|decade|century))\b",
    re.IGNORECASE,
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EACH = re.compile(
    r"\b(?:(?:each|every)"
    rf" (?P<each>{'|'.join(_DAYS)})|(?P<plural>{'|'.join(_DAYS)})s|(?P<nights>{'|'.join(_DAYS)})"
    r" (?:nights|mornings|afternoons|evenings))\b",
    re.IGNORECASE,
)


def find_time_words(text: str) -> Iterator[TimeWord]:
    """The words of time in a text that name no day, in no particular order; they may overlap dates
    and figures."""
    for match in _FIXED.finditer(text):
        kind, value, _ = _WORDS[int((match.lastgroup or "w0")[1:])]
        yield TimeWord(match.start(), match.end(), kind, value)
    for match in _STRETCH.finditer(text):
        single = match["single"] or match["within"]
        unit = _UNITS[
            (single or match["unit"] or match["recent"] or match["plural"] or match["bare"]).lower()
        ]
        number = "1" if single else "X"
        yield TimeWord(
            match.start(),
            match.end(),
            "stretch",
            f"PT{number}{unit[1]}" if unit.startswith("T") else f"P{number}{unit}",
        )
    for match in _EACH.finditer(text):
        day = _DAYS.index((match["each"] or match["plural"] or match["nights"]).lower()) + 1
        yield TimeWord(match.start(), match.end(), "recurring", f"XXXX-WXX-{day}")
