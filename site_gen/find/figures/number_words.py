"""The words and signs of numbers, with what they are worth."""

from __future__ import annotations

from site_gen.find.figures.phrases import COUNT_STOP
from site_gen.language import counting

ONES = dict(counting.ONES) | {"nought": 0, "naught": 0}
TENS = counting.TENS
SCALES = {
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "bn": 1e9,
    "mn": 1e6,
    "tn": 1e12,
    "mln": 1e6,
    "bln": 1e9,
    "tln": 1e12,
    "m": 1e6,
    "k": 1e3,
    "b": 1e9,
    "lakh": 1e5,
    "lakhs": 1e5,
    "crore": 1e7,
    "crores": 1e7,
}
VAGUE = {
    "dozens": (12, 100),
    "scores": (20, 100),
    "hundreds": (100, 1000),
    "thousands": (1e3, 1e4),
    "millions": (1e6, 1e7),
    "billions": (1e9, 1e10),
    "trillions": (1e12, 1e13),
    "tens": (10, 100),
}
PARTS = {
    "half": 0.5,
    "third": 1 / 3,
    "quarter": 0.25,
    "fourth": 0.25,
    "fifth": 0.2,
    "sixth": 1 / 6,
    "seventh": 1 / 7,
    "eighth": 0.125,
    "ninth": 1 / 9,
    "tenth": 0.1,
}
PARTS |= {
    word: 1 / (n + 11)
    for n, word in enumerate(
        "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
        " nineteenth twentieth".split()
    )
}
PARTS |= {tens.removesuffix("y") + "ieth": 1 / value for tens, value in TENS.items()}
PARTS |= {
    "hundredth": 0.01,
    "thousandth": 1e-3,
    "millionth": 1e-6,
    "billionth": 1e-9,
    "trillionth": 1e-12,
}
PARTS |= {w + "s": v for w, v in PARTS.items() if w != "half"} | {"halves": 0.5}
SIGNS = {
    "½": 0.5,
    "⅓": 1 / 3,
    "¼": 0.25,
    "¾": 0.75,
    "⅔": 2 / 3,
    "⅛": 0.125,
    "⅙": 1 / 6,
    "⅐": 1 / 7,
    "⅑": 1 / 9,
    "⅒": 0.1,
    "⅕": 0.2,
    "⅖": 0.4,
    "⅗": 0.6,
    "⅘": 0.8,
    "⅚": 5 / 6,
    "⅜": 0.375,
    "⅝": 0.625,
    "⅞": 0.875,
}
NO_THING = COUNT_STOP | frozenset(
    "of more less people in per euro euros dollar dollars pound pounds yen".split()
)
MONEY_THINGS = frozenset(
    "deal bid fine budget contract loan investment programme program project fund grant scheme plan"
    " bill cost loss profit revenue debt bonus offer takeover payout settlement package windfall"
    " upgrade refurbishment extension house home mansion stadium lottery jackpot prize".split()
)
"""What costs millions: "a 15m deal" is money, though no sign says so."""
LARGE = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "dozen": 12.0}
LONG = frozenset("tall long wide high deep away above below".split())
"""After "1.8m" these words say that metres are meant, not millions."""
LONGEST_DIGITS = 18
"""Longer runs of digits are identifiers, not quantities (and a float would not hold them)."""
