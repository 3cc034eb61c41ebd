"""Ranges of two numbers, over tokens: "5 to 6 percent", "two or three hundred"."""

from __future__ import annotations

from site_gen.find.figures.number_words import (
    SCALES,
)
from site_gen.find.figures.numbers import Numbers
from site_gen.find.figures.tokens import DASHES, Number


class Scanner(Numbers):
    """Reads numbers and ranges off a list of tokens."""

    def range_from(self, first: Number) -> Number | None:
        """A range that starts with that number: "20 to 30", "20-30", "$2 million to $3 million"
        (the unit signs skipped)."""
        j = first.last
        sign = self.text(j)
        if sign not in ("to", "or", "through") and not (sign and sign in DASHES):
            return None
        k = j + 1
        if self.text(k)[-1:] in "$€£¥₹₽₩₴" and self.text(k):
            k += 1
        second = self._plain(k)
        if second is None or second.order or first.order:
            return None
        low, high = first.low, second.high
        low *= (
            self.borrowed(first, second)
            if not (self.text(k - 1)[-1:] in "$€£¥₹₽₩₴" and self.text(k - 1))
            else self.scale_of(first, second)
        )
        if not low < high or (sign == "or" and high > 3 * low):
            return None
        return Number(
            first.first, second.last, low, high, word=first.word and second.word, rule="range"
        )

    def borrowed(self, first: Number, second: Number) -> float:
        """What the first number takes from the second: "2 to 3 million", "two or three hundred",
        "10 to 15,000"."""
        if (scale := self.scale_of(first, second)) > 1:
            return scale
        if (
            second.word
            and self.text(second.last - 1) == "hundred"
            and first.word
            and first.low < 10
            and second.high < 1000
        ):
            return 100.0
        thousands = (
            "," in self.text(second.first)
            and second.last == second.first + 1
            and second.high % 1000 == 0
        )
        plain = self.text(first.first).isdigit() and first.last == first.first + 1
        return (
            1000.0
            if thousands
            and plain
            and 1 < first.low < 1000
            and 1000 * first.low < second.high <= 20_000 * first.low
            else 1.0
        )

    def scale_of(self, first: Number, second: Number) -> float:
        """ "2 to 3 million": the first number takes the scale of the second; 1 where it has its own
        or there is none."""
        scale = next(
            (
                SCALES[self.text(k)]
                for k in range(second.first, second.last)
                if len(self.text(k)) > 1 and self.text(k) in SCALES
            ),
            1.0,
        )
        own = any(
            self.text(k) in SCALES and len(self.text(k)) > 1 for k in range(first.first, first.last)
        )
        return scale if scale > 1 and not own and first.low < 1000 else 1.0
