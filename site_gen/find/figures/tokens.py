"""The tokens of a text as numbers are read, and a number over them."""

from __future__ import annotations

import re
from typing import NamedTuple

TOKEN = re.compile(
    r"""
    # signs of money: $US before digits, codes before digits, A$, plain signs
    \$(?:US|A|C|NZ)(?=\d) | (?<!\w)(?:RM|USD|EUR|GBP)(?=[ ]?\d) | (?<!\w)[A-Z]{1,3}\$ | [$€£¥₹₽₩₴]
    # a comma for the point, where a unit or a scale follows: 3,5 percent
    | (?<![\d.,])\d{1,3},\d{1,2}(?=\s?(?:%|(?:percent|per[ ]cent|million|billion|trillion|bn|mn|
      euros?|seconds?|minutes?|hours?|metres?|meters?|kilomet|km|kg|degrees?|tonnes?|litres?|
      points?)\b))
    # a number that begins with its point: .406
    | (?<![\w.])\.\d+
    # thousands set apart by blanks, plain ones and those that do not break
    | (?<![\d.,])(?:\d{1,2}(?:[ ]\d{3})+ | \d{3}(?:[ ]\d{3})*[ ]000
      | \d{1,3}(?:[\u00a0\u202f]\d{3})+)(?![\d.,])
    # thousands set apart by commas; any other run of digits
    | \d+(?:,\d{3})+(?:\.\d+)?(?!\d) | \d+(?:\.\d+)?
    # a word, a fraction or a sign, anything else
    | [^\W\d_]+(?:['’][^\W\d_]+)? | [½⅓¼¾⅔⅛⅙⅐⅑⅒⅕⅖⅗⅘⅚⅜⅝⅞%°] | [^\w\s]
    """,
    re.VERBOSE,
)

HYPHENS = "-‐‑"
DASHES = "-‐‑–—"


class Token(NamedTuple):
    """A token: its text in lower case, and its span. ``raw`` keeps the case."""

    text: str
    raw: str
    start: int
    end: int


class Number(NamedTuple):
    """Tokens ``first`` to ``last`` (excluded) are one number or range. ``order`` marks a vague
    magnitude ("dozens")."""

    first: int
    last: int
    low: float
    high: float
    order: bool = False
    word: bool = False
    rule: str = "number"


def tokens(text: str) -> list[Token]:
    """The tokens of a text."""
    straight = text.replace("’", "'")
    new = tuple.__new__
    return [
        new(Token, (straight[m.start() : m.end()].lower(), m[0], m.start(), m.end()))
        for m in TOKEN.finditer(text)
    ]
