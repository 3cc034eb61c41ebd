"""What a number measures: the unit behind it, its sign and its currency, and measures that go on in
a smaller unit."""

from __future__ import annotations

import re
from collections.abc import Set

from site_gen.find.figures.number_words import LONG
from site_gen.find.figures.ranges import Scanner
from site_gen.find.figures.tokens import HYPHENS, Number, Token, tokens
from site_gen.language.units import (
    CURRENCY_SIGNS,
    DEGREES,
    MONEY_WORDS,
    NATIONAL_MONEY,
    SUBUNITS,
    UNITS,
)
from site_gen.language.words import singular

COMPOUND = {
    "foot": ("inch", 12.0),
    "stone": ("pound-mass", 14.0),
    "pound-mass": ("ounce", 16.0),
    "hour": ("minute", 60.0),
    "minute": ("second", 60.0),
    "day": ("hour", 24.0),
    "year": ("month", 12.0),
    "metre": ("centimetre", 100.0),
    "mile": ("yard", 1760.0),
}
"""A unit → the one that counts on from it ("6ft 2in"), and how many of that it has."""
_COUNTRIES = {"HK": "HKD", "US": "USD", "NZ": "NZD"}
"""Whose dollars they are, with a blank between: "US $2 million". One letter alone can be a word ("A
$900 fine")."""
_LONGEST_UNIT = max(len(tokens(name)) for name in UNITS)
_BRITISH = re.compile(
    r"£|\bpence\b|\b(?:sterling|Brit\w+|UK|U\.K\.|England|English|London|Scot\w+|Wales|Welsh|"
    r"fine[sd]?|pay|paid|cost|price|raised?|rais(?:es|ing)|donat\w+|charit\w+|funds?|earn\w*|"
    r"salar\w+|promis\w+|compensat\w+|award\w*|budget|invest\w*|debts?|worth|spen[dt]\w*|fees?|"
    r"grants?|prize|bonus|refund\w*|owed?)\b"
)


class Measures:
    """Reads units over the tokens of one paragraph."""

    text: str
    items: list[Token]
    scan: Scanner
    hidden: Set[int]

    def _compound(self, unit: str, at: int) -> tuple[str, float, float, int] | None:
        """ "6ft 2in", "2 hours and 15 minutes": the smaller unit, how many the larger one has, the
        rest, and the token after it."""
        smaller = COMPOUND.get(unit)
        k = at + (self.scan.text(at) == "and")
        number = self.scan.number(k) if smaller and self.scan.text(k) not in ("a", "an") else None
        if (
            smaller is None
            or number is None
            or number.low != number.high
            or number.low >= smaller[1]
            or number.order
            or k in self.hidden
        ):
            return None
        tail = self._unit_after(number.last)
        if (
            tail is None
            and unit == "foot"
            and self.scan.text(number.last) == "in"
            and self.scan.joined(number.last)
        ):
            tail = "inch", 1.0, number.last + 1
        if (
            tail is None
            or tail[0] != smaller[0]
            or (
                self.scan.text(tail[2]) == "of" and self.scan.text(tail[2] + 1) in ("which", "them")
            )
        ):
            return None
        return smaller[0], smaller[1], number.low, tail[2]

    def _unit_after(self, at: int) -> tuple[str, float, int] | None:
        """Unit, factor and the token after it, where a unit starts at token ``at``."""
        hyphen = self.scan.text(at) in HYPHENS and self.scan.text(at) != "" and self.scan.joined(at)
        k = at + 1 if hyphen else at
        money_skip = k + 1 if self.scan.text(k) in ("u.s", "us", "american") else k
        if (
            code := NATIONAL_MONEY.get((self.scan.text(k), singular(self.scan.text(k + 1))))
        ) and not hyphen:
            return code, 1.0, k + 2
        if self.scan.text(money_skip) in MONEY_WORDS and not (
            hyphen and not self.scan.joined(at + 1)
        ):
            word = self.scan.text(money_skip)
            return (
                MONEY_WORDS[word],
                SUBUNITS.get(word.rstrip("s"), SUBUNITS.get(word, 1.0)),
                money_skip + 1,
            )
        return self._touching(at) or self._listed(k, hyphen)

    def _touching(self, at: int) -> tuple[str, float, int] | None:
        """A unit that touches its number: "2in", "11st", "41C", "5€"."""
        sign = self.items[at].raw if at < len(self.items) else ""
        touching = self.scan.joined(at) and self.items[at - 1].raw[-1:].isdecimal()
        if touching and self.scan.text(at) in ("in", "st"):
            return ("inch" if self.scan.text(at) == "in" else "stone"), 1.0, at + 1
        if self.scan.text(at) == "stone" and not self.scan.text(at + 1).isalpha():
            return "stone", 1.0, at + 1
        if (
            sign in DEGREES
            and self.scan.joined(at)
            and len(self.items[at - 1].raw) > 1
            and self.items[at - 1].raw[-1].isdecimal()
        ):
            return DEGREES[sign], 1.0, at + 1
        if (
            sign in CURRENCY_SIGNS
            and self.scan.joined(at)
            and not self.scan.text(at + 1)[:1].isdecimal()
        ):
            return CURRENCY_SIGNS[sign], 1.0, at + 1
        return None

    def _listed(self, at: int, hyphen: bool) -> tuple[str, float, int] | None:
        """A unit of the table that begins at token ``at``, the longest one."""
        for size in range(min(_LONGEST_UNIT, len(self.items) - at), 0, -1):
            phrase = " ".join(
                self.text[self.items[at].start : self.items[at + size - 1].end]
                .lower()
                .replace("’", "'")
                .split()
            )
            if phrase == "nm" and self.items[at].raw == "Nm":
                return "newton metre", 1.0, at + 1
            if phrase == "m" and (
                self.scan.text(at + 1) in LONG
                or self.scan.text(at + 2) in LONG
                or (not hyphen and self.scan.joined(at))
            ):
                return "metre", 1.0, at + 1
            if phrase in ("w", "m2", "min") and self.items[at].raw.isupper() is (phrase != "w"):
                continue
            if phrase in UNITS and not (
                phrase == "second" or (phrase == "times" and not self._is_multiple(at))
            ):
                unit = UNITS[phrase].name
                end = at + size
                aged = (
                    unit in ("year", "month", "week", "day")
                    and self.scan.text(end) in HYPHENS
                    and self.scan.text(end + 1).startswith("old")
                )
                if aged:
                    return unit, 1.0, end + 2
                if unit in ("year", "month", "week", "day") and self.scan.text(end) == "old":
                    return unit, 1.0, end + 1
                return unit, 1.0, end
        return None

    def _is_multiple(self, at: int) -> bool:
        return self.scan.text(at + 1) in (
            "as",
            "more",
            "the",
            "higher",
            "larger",
            "greater",
            "that",
            "its",
            "what",
            "bigger",
        )

    def _signed(
        self, number: Number, unit: str, factor: float, first: int, last: int
    ) -> tuple[str, float, int]:
        """Unit, factor and first token with a minus sign, the country of a dollar sign, and pounds
        told apart."""
        if self._minus(first):
            factor, first = -factor, first - (2 if self.scan.text(first - 2) == "minus" else 1)
        elif (
            first > 1
            and self.items[first - 1].raw == "-"
            and self.scan.joined(first)
            and self.items[first - 2].raw in CURRENCY_SIGNS
        ):
            unit, factor, first = CURRENCY_SIGNS[self.items[first - 2].raw], -factor, first - 2
        country = self.items[first - 1].raw if first else ""
        if unit == "USD" and self.items[first].raw == "$" and country in _COUNTRIES:
            unit, first = _COUNTRIES[country], first - 1
        if (
            unit == "GBP"
            and self.scan.text(last - 1) in ("pound", "pounds")
            and not self._british(number)
        ):
            unit = "pound-mass"
        return unit, factor, first

    def _british(self, number: Number) -> bool:
        """Whether "pounds" are money here: millions of them are, and a text that speaks of Britain
        means money."""
        return number.low >= 1e6 or bool(_BRITISH.search(self.text))

    def _minus(self, first: int) -> bool:
        """ "-12", "−5%", "minus 12", "negative $3 million": a sign that touches the number and
        stands apart from what is before it."""
        sign = self.scan.text(first - 1)
        if sign in ("minus", "negative") or (
            sign
            and sign in HYPHENS
            and self.scan.joined(first)
            and self.scan.text(first - 2) == "minus"
        ):
            return True
        if (
            sign not in ("-", "−", "–")
            or not sign
            or not self.scan.joined(first)
            or self.scan.joined(first - 1)
        ):
            return False
        if self.scan.text(first - 2)[:1].isdecimal() or self.items[first - 2].raw[:1].isupper() * (
            first > 1
        ):
            return False  # "5 -10" is a range, "COVID -19" a name
        number = first + (self.items[first].raw in CURRENCY_SIGNS)
        found = self.scan.number(number)
        measured = number > first or (
            found is not None and self._unit_after(found.last) is not None
        )
        return measured or self.scan.text(first - 2) in (
            "to",
            "at",
            "of",
            "was",
            "is",
            "reached",
            "hit",
            "by",
            "around",
            "about",
            "below",
            "",
        )
