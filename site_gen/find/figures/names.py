"""Numbers that are part of a name, or a pronoun: no figures."""

from __future__ import annotations

import re

from site_gen.find.figures.hedges import Hedged
from site_gen.find.figures.phrases import (
    NAMES_WITH_NUMBERS,
    NOT_AFTER_ONE,
    NOT_BEFORE_ONE,
    NUMBERED_THINGS,
    head_of,
)
from site_gen.find.figures.tokens import HYPHENS, Number, Token
from site_gen.language.units import UNITS


class Names(Hedged):
    """Tells numbers from names over the tokens of one paragraph."""

    def _is_name(self, number: Number) -> bool:
        """ "Boeing 737", "Section 215": a number that belongs to the name before it."""
        before = self.items[number.first - 1] if number.first else None
        if before is None or (number.word and number.low > 12):
            return False
        after_word = (
            before.raw[:1].isupper() or before.text == "iphone"
        ) and before.text in NAMES_WITH_NUMBERS
        after_word = after_word or (before.text in NUMBERED_THINGS and not number.word)
        glued = self.scan.joined(number.first) and (
            before.raw.isalpha()
            or (
                before.text in HYPHENS
                and number.first > 1
                and self.scan.joined(number.first - 1)
                and self.items[number.first - 2].raw[-1:].isalpha()
                and self.items[number.first - 2].text != "minus"
                and not number.word
            )
        )
        return after_word or glued or self._in_a_name(number, before)

    def _in_a_name(self, number: Number, before: Token) -> bool:
        """ "the Big 12.", "Note 20 Ultra": a small number between a capitalised word within a
        sentence and what is no thing counted."""
        raw = self.items[number.first].raw
        if (
            re.fullmatch(r"\d\.0", raw)
            and before.raw[:1].isupper()
            and number.last == number.first + 1
        ):
            return True  # "Web 2.0"
        plain = (
            not number.word
            and number.last == number.first + 1
            and raw.isdecimal()
            and number.low < 1000
        )
        within = (
            number.first > 1
            and self.items[number.first - 2].raw not in (".", "!", "?", '"', "“", ":")
            and not self.scan.joined(number.first)
        )
        if not (plain and within and before.raw[:1].isupper() and before.raw[1:2].islower()):
            return False
        after = self.items[number.last].raw if number.last < len(self.items) else "."
        named = (
            after[:1].isupper()
            and after[1:2].islower()
            and not head_of(after.lower())
            and after.lower() not in UNITS
        )
        return after in (".", ";", ")", "’s", "'s") or named

    def _is_pronoun(self, number: Number) -> bool:
        """ "one of the", "no one", "the one": not a count, unless a hedge or a noun says so."""
        if (
            not number.word
            or number.low != 1
            or number.last != number.first + 1
            or self.scan.text(number.first) != "one"
        ):
            return number.word and number.low == 0 and number.high == 0
        before, after = self.scan.text(number.first - 1), self.scan.text(number.last)
        if before in NOT_BEFORE_ONE or after in NOT_AFTER_ONE:
            return True
        if after in UNITS and UNITS[after].dimension != "multiple":
            return False
        hyphened = (
            after in HYPHENS
            and after != ""
            and self.scan.joined(number.last)
            and self.scan.text(number.last + 1).isalpha()
        )
        if hyphened:
            return self.scan.text(number.last + 1) in ("time", "off", "of", "sided", "stop")
        return self._hedge(number, number.first, 1, 1)[0] == "exact"
