"""Figures of several numbers: multiples, scores, "one in three", "between ... and ..."."""

from __future__ import annotations

from site_gen.find.figures.names import Names
from site_gen.find.figures.phrases import (
    MULTIPLES,
)
from site_gen.find.figures.tokens import DASHES, HYPHENS, Number
from site_gen.language.units import CURRENCY_SIGNS, UNITS


class Combined(Names):
    """Reads figures that more than one number makes, over the tokens of one paragraph."""

    def _multiple(self, at: int) -> Number | None:
        """ "twice", "doubled": a multiple in one word."""
        value = MULTIPLES.get(self.scan.text(at))
        return (
            Number(at, at + 1, value, value, word=True, rule="multiple")
            if value
            and self.scan.text(at - 1) not in ("once", "think")
            and not (
                self.scan.text(at).startswith("doubl")
                and self.scan.text(at + 1) in ("down", "back", "over", "as")
            )
            else None
        )

    def _article_as_one(self, at: int) -> Number | None:
        """ "more than a week": the article counts where a hedge stands before it and a unit of time
        behind it."""
        unit = UNITS.get(self.scan.text(at + 1))
        if self.scan.text(at) not in ("a", "an") or unit is None or unit.dimension != "time":
            return None
        n = Number(at, at + 1, 1, 1, word=True, rule="a as one")
        return None if self._hedge(n, at, 1, 1)[0] == "exact" else n

    def _score(self, number: Number) -> Number | None:
        """ "52-48", "97 to 1" after a vote: two figures."""
        j = number.last
        if number.word or not (
            self.scan.text(j) in DASHES
            and self.scan.text(j)
            and self.scan.joined(j)
            and self.scan.joined(j + 1)
        ):
            return None
        second = self.scan.number(j + 1)
        if (
            second is None
            or second.word
            or second.last - 1 in self.hidden
            or not (self.items[number.first].text.isdigit() and self.items[j + 1].text.isdigit())
        ):
            return None
        after = self.scan.text(second.last)
        if (
            second.low > number.low
            or after in UNITS
            or after in "%"
            or (after in HYPHENS and self.scan.joined(second.last))
        ):
            return None if number.low < second.low or after else second
        return second

    def _one_in(self, number: Number) -> Number | None:
        """ "one in three", "one-in-three": one share."""
        out_of = self.scan.text(number.last) == "out" and self.scan.text(number.last + 1) == "of"
        if (
            self._hyphen(number.last)
            and self.scan.text(number.last + 1) == "in"
            and self._hyphen(number.last + 2)
        ):
            second = self.scan.number(number.last + 3)
            if second is not None and number.low < second.low <= 1000:
                return Number(
                    number.first,
                    second.last,
                    number.low / second.low,
                    number.low / second.low,
                    word=True,
                    rule="one in three",
                )
        if (
            not (self.scan.text(number.last) == "in" or out_of)
            or number.low not in (1, 2, 3, 4, 9)
            or (not number.word and number.low != 1 and not out_of)
        ):
            return None
        second = self.scan.number(number.last + 1 + out_of)
        if (
            second is None
            or second.low < 2
            or second.low > 1000
            or second.last - 1 in self.hidden
            or self.scan.text(second.last) in UNITS
        ):
            return None
        share = number.low / second.low
        return Number(number.first, second.last, share, share, word=True, rule="one in three")

    def _hyphen(self, at: int) -> bool:
        return (
            bool(self.scan.text(at))
            and self.scan.text(at) in HYPHENS
            and self.scan.joined(at)
            and self.scan.joined(at + 1)
        )

    def _between(self, number: Number) -> Number | None:
        signed = number.first > 0 and self.items[number.first - 1].raw in CURRENCY_SIGNS
        if (
            self.scan.text(number.first - 1 - signed) != "between"
            or self.scan.text(number.last) != "and"
        ):
            return None
        k = number.last + 1 + (self.scan.text(number.last + 1).upper() in CURRENCY_SIGNS)
        second = self.scan.number(k)
        if second is None or not number.low < second.high:
            return None
        return Number(
            number.first,
            second.last,
            number.low * self.scan.borrowed(number, second),
            second.high,
            rule="between",
        )
