"""The number grammar: digits, words, scales, fractions, vague magnitudes and ranges → low and high,
over tokens.

A hand-written scanner over tokens, one step a token and never back: its time is linear in the text.
"""

from __future__ import annotations

import re

from site_gen.find.figures.number_words import (
    LARGE,
    LONG,
    LONGEST_DIGITS,
    MONEY_THINGS,
    NO_THING,
    ONES,
    PARTS,
    SCALES,
    SIGNS,
    TENS,
    VAGUE,
)
from site_gen.find.figures.phrases import head_of
from site_gen.find.figures.tokens import HYPHENS, Number, Token


class Numbers:
    """Reads numbers off a list of tokens. Each method takes a position and gives a number that
    starts there, or ``None``."""

    def __init__(self, items: list[Token]) -> None:
        self.items = items
        self.words = [item.text for item in items]
        self.end = len(items)

    def text(self, at: int) -> str:
        """The lower-case text of a token, empty past the end."""
        return self.words[at] if 0 <= at < self.end else ""

    def joined(self, at: int) -> bool:
        """Whether token ``at`` follows the one before without a blank."""
        return 0 < at < len(self.items) and self.items[at - 1].end == self.items[at].start

    def number(self, at: int) -> Number | None:
        """The longest number at ``at``: vague, fraction or plain."""
        return self._vague(at) or self._fraction(at) or self._plain(at)

    def _plain(self, at: int) -> Number | None:
        t = self.text(at)
        digits = t[:1].isdecimal() or (t[:1] == "." and len(t) > 1)
        if digits and len(t) > LONGEST_DIGITS:
            return None
        if digits:
            value, j = _read_digits(t), at + 1
            if self.text(j) in SIGNS:
                value, j = value + SIGNS[self.text(j)], j + 1
            elif part := self._slashed(at):
                return Number(at, at + 3, part, part, rule="fraction")
            elif self.text(j).isdigit() and not self.joined(j) and (part := self._slashed(j)):
                value, j = self._scale(value + part, j + 3)
                return Number(at, j, value, value, rule="digits")
            value, j = self._scale(value, j)
            if self.text(j - 1) in SCALES:
                value, j = self._and_a_part(value, j)
            return Number(at, j, value, value, rule="digits")
        if t in SIGNS:
            return Number(at, at + 1, SIGNS[t], SIGNS[t], rule="fraction sign")
        return self._words(at)

    def _slashed(self, at: int) -> float:
        """ "1/2", "3/4" at token ``at``: a proper fraction of the kinds that measures use; 0 where
        there is none."""
        over, under = self.text(at), self.text(at + 2)
        whole = (
            self.text(at + 1) == "/"
            and self.joined(at + 1)
            and self.joined(at + 2)
            and self.text(at + 3) != "/"
        )
        if (
            not whole
            or under not in ("2", "3", "4", "5", "8", "16")
            or not over.isdigit()
            or not 0 < int(over) < int(under)
        ):
            return 0.0
        return int(over) / int(under)

    def _scale(self, value: float, at: int) -> tuple[float, int]:
        k = at + 1 if self.text(at) in HYPHENS and self.text(at) and self.joined(at) else at
        t = self.text(k)
        if t == "m" and (self.text(k + 1) in LONG or self._metres(k)):
            return value, at
        if t in SCALES and (len(t) > 1 or (self.joined(k) and k == at)):
            value, at = value * SCALES[t], k + 1
            if self.text(at) in SCALES and len(self.text(at)) > 2:
                value, at = value * SCALES[self.text(at)], at + 1
        elif t == "hundred":
            value, at = self._scale(value * 100, k + 1)
        return value, at

    def _metres(self, at: int) -> bool:
        """Whether an "m" that touches its number stands before one thing ("a 15m yacht"): metres.
        Millions stand before many, or before money."""
        if (
            not self.joined(at)
            or self.items[at].raw != "m"
            or (at > 1 and self.text(at - 2)[-1:] in "$€£¥₹₽₩₴" and self.text(at - 2))
        ):
            return False
        word = self.text(at + 1)
        if word and word in HYPHENS and self.joined(at + 1):
            return self.text(at + 2) in LONG or self.text(at + 2) in (
                "tall",
                "long",
                "wide",
                "deep",
                "high",
            )
        following = self.text(at + 2)
        plain = (
            word.isalpha()
            and word not in NO_THING
            and not head_of(word)
            and word not in MONEY_THINGS
        )
        return plain and not head_of(following) and following not in MONEY_THINGS

    def _one_of(self, at: int) -> tuple[float, int]:
        """ "A hundred", "a dozen": one of it; "hundred thousand": a hundred of it; else nothing
        yet."""
        if self.text(at) in ("a", "an") and self.text(at + 1) in (
            "hundred",
            "thousand",
            "million",
            "billion",
            "trillion",
            "dozen",
        ):
            return 1.0, at + 1
        if self.text(at) == "hundred" and self.text(at + 1) in ("thousand", "million", "billion"):
            return 100.0, at + 1
        return 0.0, at

    def _words(self, at: int) -> Number | None:
        """Number words: "one hundred and twenty-three thousand four hundred"."""
        total, named = 0.0, False
        part, j = self._one_of(at)
        seen = part > 0
        while True:
            t = self.text(j)
            if t in ONES and (
                not named
                or part % 100 == 0
                or (part % 10 == 0 and 0 < ONES[t] < 10 and part % 100 >= 20)
            ):
                part, j, seen, named = part + ONES[t], j + 1, True, True
            elif t in TENS and part % 100 == 0:
                part, j, seen, named = part + TENS[t], j + 1, True, True
                if (
                    self.text(j)
                    and self.text(j) in HYPHENS
                    and 0 < ONES.get(self.text(j + 1), 0) < 10
                ):
                    part, j = part + ONES[self.text(j + 1)], j + 2
            elif t == "hundred" and seen and part < 100:
                part, j, named = (part or 1) * 100, j + 1, True
            elif t == "dozen" and seen:
                part, j = (part or 1) * 12, j + 1
                break
            elif len(t) > 2 and t in SCALES and seen:
                total, part, j = total + (part or 1) * SCALES[t], 0.0, j + 1
                named = False
            elif (
                t == "and"
                and seen
                and j > at
                and self.text(j - 1) in ("hundred", "thousand", "million")
                and (self.text(j + 1) in ONES or self.text(j + 1) in TENS)
                and not self._part(j + 1)
            ):
                j += 1
            else:
                break
            if t in ONES and self.text(j) in ONES:
                break
        if not seen:
            return None
        value, j = self._over(*self._and_a_part(total + part, j))
        return Number(at, j, value, value, word=True, rule="number words")

    def _and_a_part(self, value: float, at: int) -> tuple[float, int]:
        """ "One and a half", "three and two thirds", "two point seven one", "a million and a half":
        what a number goes on with."""
        whole = SCALES.get(self.text(at - 1), 1.0) if len(self.text(at - 1)) > 1 else 1.0
        if hyphened := self._hyphened_part(at):
            return value + hyphened[0], hyphened[1]
        if self.text(at) == "and" and (found := self._part(at + 1)):
            value, at = value + found[0] * whole, found[1]
            scale = SCALES.get(self.text(at), 1.0) if len(self.text(at)) > 2 else 1.0
            return (value * scale, at + 1) if scale > 1 and value < 1000 else (value, at)
        digits, k = "", at + 1
        if self.text(at) == "point" and self.text(k) in TENS:
            value_of, after = self._tens(k)
            return value + float(f"0.{value_of}"), after
        while self.text(at) == "point" and 0 <= ONES.get(self.text(k), -1) < 10:
            digits, k = digits + str(ONES[self.text(k)]), k + 1
        if self.text(at) == "point" and not digits and 10 <= ONES.get(self.text(k), 0) < 20:
            digits, k = str(ONES[self.text(k)]), k + 1
        return self._scale(value + float(f"0.{digits}"), k) if digits else (value, at)

    def _hyphened_part(self, at: int) -> tuple[float, int] | None:
        """ "-and-a-half" at token ``at``: the part, and the token after it."""
        names = [self.text(k) for k in range(at, at + 6)]
        if (
            len(names) < 6
            or names[1] != "and"
            or names[3] not in ("a", "one")
            or names[5] not in PARTS
        ):
            return None
        hyphens = all(names[k] and names[k] in HYPHENS and self.joined(at + k) for k in (0, 2, 4))
        return (PARTS[names[5]], at + 6) if hyphens else None

    def _tens(self, at: int) -> tuple[int, int]:
        """ "Fifty-four", "nineteen", "three" at token ``at``, and the token after it."""
        if self.text(at) in ONES:
            return ONES[self.text(at)], at + 1
        value = TENS[self.text(at)]
        following = at + 2 if self.text(at + 1) and self.text(at + 1) in HYPHENS else at + 1
        one = ONES.get(self.text(following), 0)
        return (value + one, following + 1) if 0 < one < 10 else (value, at + 1)

    def _part(self, at: int) -> tuple[float, int] | None:
        """A proper fraction in words at token ``at`` ("a half", "two thirds", "fifty-four
        hundredths"), and the token after it."""
        if (
            self.text(at) in ("a", "one")
            and self.text(at + 1) in PARTS
            and not self.text(at + 1).endswith("s")
        ):
            return PARTS[self.text(at + 1)], at + 2
        if (
            self.text(at) == "one"
            and self.text(at + 1) in HYPHENS
            and self.text(at + 1)
            and self.text(at + 2) in PARTS
        ):
            return PARTS[self.text(at + 2)], at + 3
        if self.text(at) not in TENS and not 1 < ONES.get(self.text(at), 0) < 20:
            return None
        count, after = self._tens(at)
        name = self.text(after)
        if name not in PARTS or not name.endswith("s") or count * PARTS[name] >= 1:
            return None
        return count * PARTS[name], after + 1

    def _over(self, value: float, at: int) -> tuple[float, int]:
        """ "Twenty-one fifths": a number in words that counts parts. Quarters and seconds are
        seldom parts after a larger number."""
        name = self.text(at)
        if (
            name in PARTS
            and name.endswith("s")
            and name not in ("quarters", "halves")
            and value > 9
        ):
            return value * PARTS[name], at + 1
        return value, at

    def _vague(self, at: int) -> Number | None:
        t = self.text(at)
        if t == "half" and self.text(at + 1) in ("million", "billion", "trillion"):
            value = 0.5 * SCALES[self.text(at + 1)]
            return Number(at, at + 2, value, value, word=True, rule="half a million")
        if (
            t in ("half", "quarter")
            and self.text(at + 1) == "a"
            and self.text(at + 2)
            in ("dozen", "million", "billion", "trillion", "hundred", "thousand")
        ):
            value = PARTS[t] * ({"dozen": 12.0, "hundred": 100.0} | SCALES)[self.text(at + 2)]
            return Number(at, at + 3, value, value, word=True, rule="half a million")
        if (
            t == "half"
            and self.text(at + 1) in ("a", "an")
            and self.text(at + 2)
            in (
                "hour",
                "mile",
                "day",
                "century",
                "decade",
                "second",
                "minute",
                "year",
                "pound",
                "litre",
                "kilometre",
            )
        ):
            return Number(at, at + 2, 0.5, 0.5, word=True, rule="half a unit")
        if (
            t == "a"
            and self.text(at + 1) == "half"
            and self.text(at + 2) in HYPHENS
            and self.text(at + 3) in ("dozen", "million", "billion")
        ):
            value = 0.5 * ({"dozen": 12.0} | SCALES)[self.text(at + 3)]
            return Number(at, at + 4, value, value, word=True, rule="half a million")
        if (
            t == "half"
            and self.text(at + 1) in HYPHENS
            and self.text(at + 1)
            and self.text(at + 2) == "dozen"
        ):
            return Number(at, at + 3, 6, 6, word=True, rule="half a dozen")
        if (
            t in ("a", "the")
            and self.text(at + 1) in ("couple", "pair")
            and self.text(at + 2) == "of"
        ):
            size = LARGE.get(self.text(at + 3), 1.0)
            return (
                Number(at, at + 3 + (size > 1), 2 * size, 2 * size, word=True, rule="a couple of")
                if t == "a"
                else None
            )
        few = 1 if t == "several" else 2 if t == "a" and self.text(at + 1) == "few" else 0
        if few and self.text(at + few) in LARGE:
            size = LARGE[self.text(at + few)]
            return Number(
                at, at + few + 1, size, 10 * size, order=True, word=True, rule="several hundred"
            )
        if (
            t not in VAGUE
            or (t == "tens" and self.text(at + 1) != "of")
            or (t == "scores" and self.text(at + 1) != "of")
        ):
            return None
        low, high = VAGUE[t]
        j = at + 1
        while (
            self.text(j) == "of" and self.text(j + 1) in VAGUE and VAGUE[self.text(j + 1)][0] > low
        ):
            factor = VAGUE[self.text(j + 1)][0]
            low, high, j = low * factor, high * factor, j + 2
        if j == at + 1 and t == "tens":
            return None
        return Number(at, j, float(low), float(high), order=True, word=True, rule="vague magnitude")

    def _fraction(self, at: int) -> Number | None:
        t = self.text(at)
        if t == "half" and self.text(at - 1) not in (
            "first",
            "second",
            "other",
            "last",
            "latter",
            "-",
        ):
            j = at + 1
            return (
                Number(at, j, 0.5, 0.5, word=True, rule="fraction")
                if self.text(j)
                in ("of", "the", "its", "their", "his", "her", "a", "-", "that", "to")
                or self.text(at - 1)
                in ("about", "nearly", "almost", "than", "by", "in", "over", "roughly")
                else None
            )
        if t in ("a", "one") and self.text(at + 1) in PARTS and self.text(at + 2) == "of":
            return self._part_of_large(at, at + 2, PARTS[self.text(at + 1)])
        count = ONES.get(t, 0)
        k = at + 2 if self.text(at + 1) and self.text(at + 1) in HYPHENS else at + 1
        if (
            0 < count < 10
            and self.text(k) in PARTS
            and self.text(k) != "half"
            and (count > 1) == self.text(k).endswith("s")
        ):
            return self._part_of_large(at, k + 1, count * PARTS[self.text(k)])
        return None

    def _part_of_large(self, at: int, end: int, part: float) -> Number:
        """ "Three quarters of a million" is 750,000; a part of anything else is a fraction."""
        if (
            self.text(end) == "of"
            and self.text(end + 1) == "a"
            and len(self.text(end + 2)) > 2
            and self.text(end + 2) in SCALES
        ):
            value = part * SCALES[self.text(end + 2)]
            return Number(at, end + 3, value, value, word=True, rule="part of a million")
        return Number(at, end, part, part, word=True, rule="fraction")


def _read_digits(text: str) -> float:
    """The value of digits with their separators; one comma before one or two digits is a decimal
    one."""
    if re.fullmatch(r"\d{1,3},\d{1,2}", text):
        return float(text.replace(",", "."))
    return float(re.sub(r"[, \u00a0\u202f]", "", text))
