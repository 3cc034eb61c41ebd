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

    def text(self, i: int) -> str:
        """The lower-case text of a token, empty past the end."""
        return self.items[i].text if 0 <= i < len(self.items) else ""

    def joined(self, i: int) -> bool:
        """Whether token ``i`` follows the one before without a blank."""
        return 0 < i < len(self.items) and self.items[i - 1].end == self.items[i].start

    def number(self, i: int) -> Number | None:
        """The longest number at ``i``: vague, fraction or plain."""
        return self._vague(i) or self._fraction(i) or self._plain(i)

    def _plain(self, i: int) -> Number | None:
        t = self.text(i)
        digits = t[:1].isdecimal() or (t[:1] == "." and len(t) > 1)
        if digits and len(t) > LONGEST_DIGITS:
            return None
        if digits:
            value, j = _read_digits(t), i + 1
            if self.text(j) in SIGNS:
                value, j = value + SIGNS[self.text(j)], j + 1
            elif part := self._slashed(i):
                return Number(i, i + 3, part, part, rule="fraction")
            elif self.text(j).isdigit() and not self.joined(j) and (part := self._slashed(j)):
                value, j = self._scale(value + part, j + 3)
                return Number(i, j, value, value, rule="digits")
            value, j = self._scale(value, j)
            if self.text(j - 1) in SCALES:
                value, j = self._and_a_part(value, j)
            return Number(i, j, value, value, rule="digits")
        if t in SIGNS:
            return Number(i, i + 1, SIGNS[t], SIGNS[t], rule="fraction sign")
        return self._words(i)

    def _slashed(self, i: int) -> float:
        """ "1/2", "3/4" at token ``i``: a proper fraction of the kinds that measures use; 0 where
        there is none."""
        over, under = self.text(i), self.text(i + 2)
        whole = (
            self.text(i + 1) == "/"
            and self.joined(i + 1)
            and self.joined(i + 2)
            and self.text(i + 3) != "/"
        )
        if (
            not whole
            or under not in ("2", "3", "4", "5", "8", "16")
            or not over.isdigit()
            or not 0 < int(over) < int(under)
        ):
            return 0.0
        return int(over) / int(under)

    def _scale(self, value: float, j: int) -> tuple[float, int]:
        k = j + 1 if self.text(j) in HYPHENS and self.text(j) and self.joined(j) else j
        t = self.text(k)
        if t == "m" and (self.text(k + 1) in LONG or self._metres(k)):
            return value, j
        if t in SCALES and (len(t) > 1 or (self.joined(k) and k == j)):
            value, j = value * SCALES[t], k + 1
            if self.text(j) in SCALES and len(self.text(j)) > 2:
                value, j = value * SCALES[self.text(j)], j + 1
        elif t == "hundred":
            value, j = self._scale(value * 100, k + 1)
        return value, j

    def _metres(self, k: int) -> bool:
        """Whether an "m" that touches its number stands before one thing ("a 15m yacht"): metres.
        Millions stand before many, or before money."""
        if (
            not self.joined(k)
            or self.items[k].raw != "m"
            or (k > 1 and self.text(k - 2)[-1:] in "$€£¥₹₽₩₴" and self.text(k - 2))
        ):
            return False
        word = self.text(k + 1)
        if word and word in HYPHENS and self.joined(k + 1):
            return self.text(k + 2) in LONG or self.text(k + 2) in (
                "tall",
                "long",
                "wide",
                "deep",
                "high",
            )
        following = self.text(k + 2)
        plain = (
            word.isalpha()
            and word not in NO_THING
            and not head_of(word)
            and word not in MONEY_THINGS
        )
        return plain and not head_of(following) and following not in MONEY_THINGS

    def _one_of(self, i: int) -> tuple[float, int]:
        """ "A hundred", "a dozen": one of it; "hundred thousand": a hundred of it; else nothing
        yet."""
        if self.text(i) in ("a", "an") and self.text(i + 1) in (
            "hundred",
            "thousand",
            "million",
            "billion",
            "trillion",
            "dozen",
        ):
            return 1.0, i + 1
        if self.text(i) == "hundred" and self.text(i + 1) in ("thousand", "million", "billion"):
            return 100.0, i + 1
        return 0.0, i

    def _words(self, i: int) -> Number | None:
        """Number words: "one hundred and twenty-three thousand four hundred"."""
        total, named = 0.0, False
        part, j = self._one_of(i)
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
                and j > i
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
        return Number(i, j, value, value, word=True, rule="number words")

    def _and_a_part(self, value: float, j: int) -> tuple[float, int]:
        """ "One and a half", "three and two thirds", "two point seven one", "a million and a half":
        what a number goes on with."""
        whole = SCALES.get(self.text(j - 1), 1.0) if len(self.text(j - 1)) > 1 else 1.0
        if hyphened := self._hyphened_part(j):
            return value + hyphened[0], hyphened[1]
        if self.text(j) == "and" and (found := self._part(j + 1)):
            value, j = value + found[0] * whole, found[1]
            scale = SCALES.get(self.text(j), 1.0) if len(self.text(j)) > 2 else 1.0
            return (value * scale, j + 1) if scale > 1 and value < 1000 else (value, j)
        digits, k = "", j + 1
        if self.text(j) == "point" and self.text(k) in TENS:
            value_of, after = self._tens(k)
            return value + float(f"0.{value_of}"), after
        while self.text(j) == "point" and 0 <= ONES.get(self.text(k), -1) < 10:
            digits, k = digits + str(ONES[self.text(k)]), k + 1
        if self.text(j) == "point" and not digits and 10 <= ONES.get(self.text(k), 0) < 20:
            digits, k = str(ONES[self.text(k)]), k + 1
        return self._scale(value + float(f"0.{digits}"), k) if digits else (value, j)

    def _hyphened_part(self, j: int) -> tuple[float, int] | None:
        """ "-and-a-half" at token ``j``: the part, and the token after it."""
        names = [self.text(k) for k in range(j, j + 6)]
        if (
            len(names) < 6
            or names[1] != "and"
            or names[3] not in ("a", "one")
            or names[5] not in PARTS
        ):
            return None
        hyphens = all(names[k] and names[k] in HYPHENS and self.joined(j + k) for k in (0, 2, 4))
        return (PARTS[names[5]], j + 6) if hyphens else None

    def _tens(self, k: int) -> tuple[int, int]:
        """ "Fifty-four", "nineteen", "three" at token ``k``, and the token after it."""
        if self.text(k) in ONES:
            return ONES[self.text(k)], k + 1
        value = TENS[self.text(k)]
        following = k + 2 if self.text(k + 1) and self.text(k + 1) in HYPHENS else k + 1
        one = ONES.get(self.text(following), 0)
        return (value + one, following + 1) if 0 < one < 10 else (value, k + 1)

    def _part(self, k: int) -> tuple[float, int] | None:
        """A proper fraction in words at token ``k`` ("a half", "two thirds", "fifty-four
        hundredths"), and the token after it."""
        if (
            self.text(k) in ("a", "one")
            and self.text(k + 1) in PARTS
            and not self.text(k + 1).endswith("s")
        ):
            return PARTS[self.text(k + 1)], k + 2
        if (
            self.text(k) == "one"
            and self.text(k + 1) in HYPHENS
            and self.text(k + 1)
            and self.text(k + 2) in PARTS
        ):
            return PARTS[self.text(k + 2)], k + 3
        if self.text(k) not in TENS and not 1 < ONES.get(self.text(k), 0) < 20:
            return None
        count, after = self._tens(k)
        name = self.text(after)
        if name not in PARTS or not name.endswith("s") or count * PARTS[name] >= 1:
            return None
        return count * PARTS[name], after + 1

    def _over(self, value: float, j: int) -> tuple[float, int]:
        """ "Twenty-one fifths": a number in words that counts parts. Quarters and seconds are
        seldom parts after a larger number."""
        name = self.text(j)
        if (
            name in PARTS
            and name.endswith("s")
            and name not in ("quarters", "halves")
            and value > 9
        ):
            return value * PARTS[name], j + 1
        return value, j

    def _vague(self, i: int) -> Number | None:
        t = self.text(i)
        if t == "half" and self.text(i + 1) in ("million", "billion", "trillion"):
            value = 0.5 * SCALES[self.text(i + 1)]
            return Number(i, i + 2, value, value, word=True, rule="half a million")
        if (
            t in ("half", "quarter")
            and self.text(i + 1) == "a"
            and self.text(i + 2)
            in ("dozen", "million", "billion", "trillion", "hundred", "thousand")
        ):
            value = PARTS[t] * ({"dozen": 12.0, "hundred": 100.0} | SCALES)[self.text(i + 2)]
            return Number(i, i + 3, value, value, word=True, rule="half a million")
        if (
            t == "half"
            and self.text(i + 1) in ("a", "an")
            and self.text(i + 2)
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
            return Number(i, i + 2, 0.5, 0.5, word=True, rule="half a unit")
        if (
            t == "a"
            and self.text(i + 1) == "half"
            and self.text(i + 2) in HYPHENS
            and self.text(i + 3) in ("dozen", "million", "billion")
        ):
            value = 0.5 * ({"dozen": 12.0} | SCALES)[self.text(i + 3)]
            return Number(i, i + 4, value, value, word=True, rule="half a million")
        if (
            t == "half"
            and self.text(i + 1) in HYPHENS
            and self.text(i + 1)
            and self.text(i + 2) == "dozen"
        ):
            return Number(i, i + 3, 6, 6, word=True, rule="half a dozen")
        if (
            t in ("a", "the")
            and self.text(i + 1) in ("couple", "pair")
            and self.text(i + 2) == "of"
        ):
            size = LARGE.get(self.text(i + 3), 1.0)
            return (
                Number(i, i + 3 + (size > 1), 2 * size, 2 * size, word=True, rule="a couple of")
                if t == "a"
                else None
            )
        few = 1 if t == "several" else 2 if t == "a" and self.text(i + 1) == "few" else 0
        if few and self.text(i + few) in LARGE:
            size = LARGE[self.text(i + few)]
            return Number(
                i, i + few + 1, size, 10 * size, order=True, word=True, rule="several hundred"
            )
        if (
            t not in VAGUE
            or (t == "tens" and self.text(i + 1) != "of")
            or (t == "scores" and self.text(i + 1) != "of")
        ):
            return None
        low, high = VAGUE[t]
        j = i + 1
        while (
            self.text(j) == "of" and self.text(j + 1) in VAGUE and VAGUE[self.text(j + 1)][0] > low
        ):
            factor = VAGUE[self.text(j + 1)][0]
            low, high, j = low * factor, high * factor, j + 2
        if j == i + 1 and t == "tens":
            return None
        return Number(i, j, float(low), float(high), order=True, word=True, rule="vague magnitude")

    def _fraction(self, i: int) -> Number | None:
        t = self.text(i)
        if t == "half" and self.text(i - 1) not in (
            "first",
            "second",
            "other",
            "last",
            "latter",
            "-",
        ):
            j = i + 1
            return (
                Number(i, j, 0.5, 0.5, word=True, rule="fraction")
                if self.text(j)
                in ("of", "the", "its", "their", "his", "her", "a", "-", "that", "to")
                or self.text(i - 1)
                in ("about", "nearly", "almost", "than", "by", "in", "over", "roughly")
                else None
            )
        if t in ("a", "one") and self.text(i + 1) in PARTS and self.text(i + 2) == "of":
            return self._part_of_large(i, i + 2, PARTS[self.text(i + 1)])
        count = ONES.get(t, 0)
        k = i + 2 if self.text(i + 1) and self.text(i + 1) in HYPHENS else i + 1
        if (
            0 < count < 10
            and self.text(k) in PARTS
            and self.text(k) != "half"
            and (count > 1) == self.text(k).endswith("s")
        ):
            return self._part_of_large(i, k + 1, count * PARTS[self.text(k)])
        return None

    def _part_of_large(self, i: int, j: int, part: float) -> Number:
        """ "Three quarters of a million" is 750,000; a part of anything else is a fraction."""
        if (
            self.text(j) == "of"
            and self.text(j + 1) == "a"
            and len(self.text(j + 2)) > 2
            and self.text(j + 2) in SCALES
        ):
            value = part * SCALES[self.text(j + 2)]
            return Number(i, j + 3, value, value, word=True, rule="part of a million")
        return Number(i, j, part, part, word=True, rule="fraction")


def _read_digits(text: str) -> float:
    """The value of digits with their separators; one comma before one or two digits is a decimal
    one."""
    if re.fullmatch(r"\d{1,3},\d{1,2}", text):
        return float(text.replace(",", "."))
    return float(re.sub(r"[, \u00a0\u202f]", "", text))
