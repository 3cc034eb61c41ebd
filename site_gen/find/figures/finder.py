"""Figures in running text: hedge, number, unit, what is counted, and the spans to leave alone.

The definition is the project's guide page on figures: counts, money, shares, measures, durations,
ages and multiples are figures; years, dates, ordinals, identifiers and "one" as a pronoun are not.
Spans of dates are handed in and masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from site_gen.find.figures.carry import carried
from site_gen.find.figures.counted import Counted
from site_gen.find.figures.exclusions import EXCLUSIONS
from site_gen.find.figures.measures import Measures
from site_gen.find.figures.numbers import (
    DASHES,
    HYPHENS,
    ONES,
    PARTS,
    SIGNS,
    TENS,
    VAGUE,
    Number,
    Scanner,
    Token,
    tokens,
)
from site_gen.find.figures.phrases import (
    HEDGES_AFTER,
    HEDGES_BEFORE,
    MULTIPLES,
    NAMES_WITH_NUMBERS,
    NEGATIONS,
    NOT_AFTER_ONE,
    NOT_BEFORE_ONE,
    NUMBERED_THINGS,
    head_of,
)
from site_gen.language.units import CURRENCY_SIGNS, UNITS
from site_gen.language.words import singular
from site_gen.model import Figure, Hedge, Paragraph
from site_gen.rules import spans

Span = tuple[int, int, int]
"""Paragraph, start, end."""


def find_figures(paragraphs: Iterable[Paragraph], masked: Iterable[Span]) -> tuple[Figure, ...]:
    """The figures in an article's paragraphs, in order. ``masked`` are spans of dates, in which no
    figure is looked for."""
    hidden: dict[int, list[tuple[int, int]]] = {}
    for index, start, end in masked:
        hidden.setdefault(index, []).append((start, end))
    out: list[Figure] = []
    for paragraph in paragraphs:
        out += _Reader(paragraph, hidden.get(paragraph.index, ())).figures()
    return tuple(out)


_DIGIT = re.compile(r"\d|\b(?:one|half|quarter|[Nn]umber|[Tt]op|[Gg]roup of|two-|three-)")
_STEPS = frozenset(
    "by up down rose fell gained climbed dropped increased decreased jumped slid surged rise fall"
    " gain climb drop lost added".split()
)
"""Words before a change that is followed by where it led: "rose 5 percent to 10 percent"."""
_STARTS = frozenset(
    (
        *ONES,
        *TENS,
        *VAGUE,
        *SIGNS,
        *PARTS,
        *MULTIPLES,
        "a",
        "an",
        "the",
        "half",
        "quarter",
        "hundred",
        "thousand",
        "several",
    )
)
"""Words that a number can begin with, beside digits."""
_HEDGES = {
    word: [(p, h) for p, h in HEDGES_BEFORE if p[-1] == word]
    for word in {p[-1] for p, _ in HEDGES_BEFORE}
}
"""The hedges that stand before a number, by their last word."""
_OLD = re.compile(r"\bold(?:er)?\b|\byounger\b")
_KIN = frozenset(
    "brother sister son daughter wife husband mother father friend partner cousin nephew niece"
    " uncle aunt grandson granddaughter colleague".split()
)


def _apart(items: list[Token], ends: Sequence[int]) -> list[Token]:
    """The tokens, with "7 450" in two where a date ends inside: "on July 7 450 officers left"."""
    inside = list(ends)
    out: list[Token] = []
    for token in items:
        cut = next((e for e in inside if token.start < e < token.end), 0) if " " in token.raw else 0
        if not cut:
            out.append(token)
            continue
        first, rest = token.raw[: cut - token.start], token.raw[cut - token.start :].lstrip()
        out += [
            Token(first, first, token.start, cut),
            Token(rest, rest, token.end - len(rest), token.end),
        ]
    return out


class _Reader(Measures, Counted):
    """One pass over one paragraph."""

    def __init__(self, paragraph: Paragraph, masked: Sequence[tuple[int, int]]) -> None:
        self.paragraph, self.text = paragraph, paragraph.text
        self.items = _apart(tokens(self.text), [end for _, end in masked])
        self.scan = Scanner(self.items)
        covered = bytearray(len(self.text))
        for start, end in [
            *masked,
            *(
                (a, b)
                for a, b, _ in (spans(EXCLUSIONS, self.text) if _DIGIT.search(self.text) else ())
            ),
        ]:
            covered[start:end] = b"\x01" * (end - start)
        self.hidden = (
            {i for i, t in enumerate(self.items) if 1 in covered[t.start : t.end]}
            if 1 in covered
            else set()
        )

    def figures(self) -> list[Figure]:
        out: list[Figure] = []
        i = 0
        while i < len(self.items):
            word = self.items[i].text
            if word not in _STARTS and not word[0].isdecimal() and word[0] != ".":
                i += 1
                continue
            number = (
                None
                if i in self.hidden
                else self.scan.number(i) or self._multiple(i) or self._article_as_one(i)
            )
            if number is None or number.last - 1 in self.hidden:
                i += 1
                continue
            found, i = self._at(number)
            out += found
        return carried(self.text, out)

    def _at(self, number: Number) -> tuple[list[Figure], int]:
        """The figures that a number makes, and the token after them."""
        one_in = self._one_in(number)
        if self._is_name(number) or (one_in is None and self._is_pronoun(number)):
            return [], number.last
        if split := self._score(number):
            return [
                self._make(number, split.last),
                self._make(split, split.last, number.first),
            ], split.last
        if decade := self._age_in_tens(number):
            return [decade], number.last + 1
        wide = one_in or self._range(number) or self._between(number)
        number = wide if wide and wide.last - 1 not in self.hidden else number
        figure, last = self._build(number)
        return ([figure] if figure else []), max(last, number.last)

    def _range(self, n: Number) -> Number | None:
        """ "20 to 30", "5 percent to 6 percent"; "by 5 to 10" is a step and where it led, and so is
        "rose 5 percent to 10 percent"."""
        signed = n.first > 0 and self.items[n.first - 1].raw in CURRENCY_SIGNS
        before = self.scan.text(n.first - 1 - signed)
        if (
            before == "by"
            and self.scan.text(n.last) == "to"
            and (signed or self.scan.text(n.last - 1) in ("million", "billion"))
        ):
            return None
        if found := self.scan.range_from(n):
            return found
        tail = self._unit_after(n.last)
        joint = self.scan.text(tail[2]) if tail else ""
        change = before == "from" and any(
            self.scan.text(x) in _STEPS for x in range(max(0, n.first - 5), n.first - 1)
        )
        if (
            tail is None
            or joint not in ("to", "and")
            or (joint == "and" and before != "between")
            or change
        ):
            return None
        if before in _STEPS and tail[0] != "percent":
            return None
        second = self.scan.number(tail[2] + 1)
        other = self._unit_after(second.last) if second else None
        if (
            second is None
            or other is None
            or other[0] != tail[0]
            or second.order
            or n.order
            or not n.low < second.high
        ):
            return None
        return Number(n.first, second.last, n.low, second.high, rule="range with units")

    def _is_name(self, n: Number) -> bool:
        """ "Boeing 737", "Section 215": a number that belongs to the name before it."""
        before = self.items[n.first - 1] if n.first else None
        if before is None or (n.word and n.low > 12):
            return False
        after_word = (
            before.raw[:1].isupper() or before.text == "iphone"
        ) and before.text in NAMES_WITH_NUMBERS
        after_word = after_word or (before.text in NUMBERED_THINGS and not n.word)
        glued = self.scan.joined(n.first) and (
            before.raw.isalpha()
            or (
                before.text in HYPHENS
                and n.first > 1
                and self.scan.joined(n.first - 1)
                and self.items[n.first - 2].raw[-1:].isalpha()
                and self.items[n.first - 2].text != "minus"
                and not n.word
            )
        )
        return after_word or glued or self._in_a_name(n, before)

    def _in_a_name(self, n: Number, before: Token) -> bool:
        """ "the Big 12.", "Note 20 Ultra": a small number between a capitalised word within a
        sentence and what is no thing counted."""
        raw = self.items[n.first].raw
        if re.fullmatch(r"\d\.0", raw) and before.raw[:1].isupper() and n.last == n.first + 1:
            return True  # "Web 2.0"
        plain = not n.word and n.last == n.first + 1 and raw.isdecimal() and n.low < 1000
        within = (
            n.first > 1
            and self.items[n.first - 2].raw not in (".", "!", "?", '"', "“", ":")
            and not self.scan.joined(n.first)
        )
        if not (plain and within and before.raw[:1].isupper() and before.raw[1:2].islower()):
            return False
        after = self.items[n.last].raw if n.last < len(self.items) else "."
        named = (
            after[:1].isupper()
            and after[1:2].islower()
            and not head_of(after.lower())
            and after.lower() not in UNITS
        )
        return after in (".", ";", ")", "’s", "'s") or named

    def _is_pronoun(self, n: Number) -> bool:
        """ "one of the", "no one", "the one": not a count, unless a hedge or a noun says so."""
        if not n.word or n.low != 1 or n.last != n.first + 1 or self.scan.text(n.first) != "one":
            return n.word and n.low == 0 and n.high == 0
        before, after = self.scan.text(n.first - 1), self.scan.text(n.last)
        if before in NOT_BEFORE_ONE or after in NOT_AFTER_ONE:
            return True
        if after in UNITS and UNITS[after].dimension != "multiple":
            return False
        hyphened = (
            after in HYPHENS
            and after != ""
            and self.scan.joined(n.last)
            and self.scan.text(n.last + 1).isalpha()
        )
        if hyphened:
            return self.scan.text(n.last + 1) in ("time", "off", "of", "sided", "stop")
        return self._hedge(n, n.first, 1, 1)[0] == "exact"

    def _multiple(self, i: int) -> Number | None:
        """ "twice", "doubled": a multiple in one word."""
        value = MULTIPLES.get(self.scan.text(i))
        return (
            Number(i, i + 1, value, value, word=True, rule="multiple")
            if value
            and self.scan.text(i - 1) not in ("once", "think")
            and not (
                self.scan.text(i).startswith("doubl")
                and self.scan.text(i + 1) in ("down", "back", "over", "as")
            )
            else None
        )

    def _article_as_one(self, i: int) -> Number | None:
        """ "more than a week": the article counts where a hedge stands before it and a unit of time
        behind it."""
        unit = UNITS.get(self.scan.text(i + 1))
        if self.scan.text(i) not in ("a", "an") or unit is None or unit.dimension != "time":
            return None
        n = Number(i, i + 1, 1, 1, word=True, rule="a as one")
        return None if self._hedge(n, i, 1, 1)[0] == "exact" else n

    def _score(self, n: Number) -> Number | None:
        """ "52-48", "97 to 1" after a vote: two figures."""
        j = n.last
        if n.word or not (
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
            or not (self.items[n.first].text.isdigit() and self.items[j + 1].text.isdigit())
        ):
            return None
        after = self.scan.text(second.last)
        if (
            second.low > n.low
            or after in UNITS
            or after in "%"
            or (after in HYPHENS and self.scan.joined(second.last))
        ):
            return None if n.low < second.low or after else second
        return second

    def _one_in(self, n: Number) -> Number | None:
        """ "one in three", "one-in-three": one share."""
        out_of = self.scan.text(n.last) == "out" and self.scan.text(n.last + 1) == "of"
        if self._hyphen(n.last) and self.scan.text(n.last + 1) == "in" and self._hyphen(n.last + 2):
            second = self.scan.number(n.last + 3)
            if second is not None and n.low < second.low <= 1000:
                return Number(
                    n.first,
                    second.last,
                    n.low / second.low,
                    n.low / second.low,
                    word=True,
                    rule="one in three",
                )
        if (
            not (self.scan.text(n.last) == "in" or out_of)
            or n.low not in (1, 2, 3, 4, 9)
            or (not n.word and n.low != 1 and not out_of)
        ):
            return None
        second = self.scan.number(n.last + 1 + out_of)
        if (
            second is None
            or second.low < 2
            or second.low > 1000
            or second.last - 1 in self.hidden
            or self.scan.text(second.last) in UNITS
        ):
            return None
        share = n.low / second.low
        return Number(n.first, second.last, share, share, word=True, rule="one in three")

    def _hyphen(self, k: int) -> bool:
        return (
            bool(self.scan.text(k))
            and self.scan.text(k) in HYPHENS
            and self.scan.joined(k)
            and self.scan.joined(k + 1)
        )

    def _between(self, n: Number) -> Number | None:
        signed = n.first > 0 and self.items[n.first - 1].raw in CURRENCY_SIGNS
        if self.scan.text(n.first - 1 - signed) != "between" or self.scan.text(n.last) != "and":
            return None
        k = n.last + 1 + (self.scan.text(n.last + 1).upper() in CURRENCY_SIGNS)
        second = self.scan.number(k)
        if second is None or not n.low < second.high:
            return None
        return Number(
            n.first, second.last, n.low * self.scan.borrowed(n, second), second.high, rule="between"
        )

    def _build(self, n: Number) -> tuple[Figure | None, int]:
        first, last = n.first, n.last
        unit, factor = "", 1.0
        loose, last = self._loosened(last)
        sign = self.items[first - 1].raw if first else ""
        if sign in CURRENCY_SIGNS:
            unit, first = CURRENCY_SIGNS[sign], first - 1
        over = n.rule == "fraction" and self.scan.text(last) in (
            "a",
            "an",
        )  # "half a percentage point"
        tail = self._unit_after(last + over) if not unit else None
        if tail:
            unit, factor, last = tail
        elif (
            not unit
            and not n.word
            and self.scan.text(last) in ("-",)
            and self.scan.joined(last)
            and not self.scan.text(last + 1).isalpha()
        ):
            return None, last
        if (
            not unit
            and n.order
            and self.scan.text(last) == "of"
            and (money := self._unit_after(last + 1))
        ):
            unit, factor, last = money
        rule = n.rule
        if not unit and self._is_age(n):
            unit, rule = "year", "age"
        unit, factor, first = self._signed(n, unit, factor, first, last)
        counted, end = ("", last) if unit else self._counted(last)
        if unit == "percent" and self.scan.text(last) == "of":
            counted, end = self._counted(last)
        if n.rule == "multiple":
            counted, end = "", last
        least, most = sorted((n.low * factor, n.high * factor))
        if unit and (more := self._compound(unit, last)):
            least, most = (abs(v) * more[1] + more[2] for v in (least, most))
            unit, last = more[0], more[3]
        hedge, first, low, high = self._hedge(n, first, least, most)
        if loose and hedge in ("exact", "about"):
            hedge, low, high = loose, low, (None if loose == "more_than" else high)
        end = max(end, last)
        before = end
        hedge, low, high, end = self._hedge_after(hedge, low, high, end)
        if end > before and not unit and not counted:
            counted, end = self._counted(end)
        if unit in ("year", "month", "week", "day") and _OLD.search(
            self.text[self.items[first].start : self.items[end - 1].end]
        ):
            rule = "age"
        return self._figure(first, end, hedge, low, high, unit, counted, rule), end

    def _loosened(self, j: int) -> tuple[Hedge | None, int]:
        """ "30-odd", "200-plus", "200+", "200-strong": the hedge that touches a number, and the
        token after it."""
        if self.scan.text(j) == "+" and self.scan.joined(j):
            return "more_than", j + 1
        if (
            self.scan.text(j)
            and self.scan.text(j) in HYPHENS
            and self.scan.joined(j)
            and self.scan.joined(j + 1)
        ):
            found: dict[str, Hedge] = {"odd": "about", "plus": "more_than", "strong": "exact"}
            if hedge := found.get(self.scan.text(j + 1)):
                return hedge, j + 2
        return None, j

    def _age_in_tens(self, n: Number) -> Figure | None:
        """ "In her 30s": an age from 30 to 39."""
        tens = (
            not n.word
            and self.scan.text(n.last) == "s"
            and self.scan.joined(n.last)
            and n.low % 10 == 0
            and 20 <= n.low <= 90
        )
        whose = self.scan.text(n.first - 1) in (
            "his",
            "her",
            "their",
            "my",
            "our",
            "your",
            "mid",
            "early",
            "late",
            "-",
        )
        return (
            self._figure(n.first, n.last + 1, "exact", n.low, n.low + 9, "year", "", "age in tens")
            if tens and whose
            else None
        )

    def _is_age(self, n: Number) -> bool:
        """ "Mr. Vale, 41, said", "the skier, 45, said": a bare number between commas after a person
        is an age; "21 or older" is one too."""
        before, after = self.scan.text(n.first - 1), self.scan.text(n.last)
        if n.low != int(n.low) or not 0 < n.low < 120:
            return False
        if [after, self.scan.text(n.last + 1)] in (
            ["or", "older"],
            ["or", "younger"],
            ["and", "older"],
            ["and", "under"],
        ):
            return True
        earlier = self.scan.text(n.first - 2)
        if (before == "aged" and not n.word) or (
            before == "of" and earlier in ("boy", "girl", "child", "man", "woman")
        ):
            return True
        if (
            before in ("was", "is", "turned")
            and earlier in ("he", "she", "who")
            and after in (".", ",", ";", "")
        ):
            return True
        known = after == "," and self.scan.text(n.first - 3) in (
            "the",
            "a",
            "an",
            "his",
            "her",
            "their",
        )
        name = (
            known
            or earlier in _KIN
            or self.scan.text(n.first - 3) in ("jr", "sr")
            or (n.first > 1 and self.items[n.first - 2].raw[:1].isupper())
        )
        return (
            not n.word
            and before in (",", "age")
            and after in (",", ".", ";", "")
            and (name or before != ",")
        )

    def _hedge(
        self, n: Number, first: int, low: float, high: float
    ) -> tuple[Hedge, int, float | None, float | None]:
        for phrase, hedge in _HEDGES.get(self.scan.text(first - 1), ()):
            size = len(phrase)
            if first >= size and all(
                self.scan.text(first - size + x) == w for x, w in enumerate(phrase)
            ):
                if (
                    hedge in ("more_than", "less_than")
                    and phrase[0] in ("more", "less", "over", "under", "fewer")
                    and self._negated(first - size)
                ):
                    hedge = "at_most" if hedge == "more_than" else "more_than"
                if n.order and hedge in ("about", "at_most"):
                    return "order", first - size, low, high
                return (
                    hedge,
                    first - size,
                    (low if hedge in ("about", "more_than") else None),
                    (high if hedge in ("about", "less_than", "at_most") else None),
                )
        return ("order" if n.order else "exact"), first, low, high

    def _negated(self, first: int) -> bool:
        """ "will not cost more than": a negation in the few words before a hedge turns it round."""
        return any(self.scan.text(n) in NEGATIONS for n in range(max(0, first - 4), first))

    def _hedge_after(
        self, hedge: Hedge, low: float | None, high: float | None, end: int
    ) -> tuple[Hedge, float | None, float | None, int]:
        for phrase, after in HEDGES_AFTER:
            if all(self.scan.text(end + x) == w for x, w in enumerate(phrase)) and hedge == "exact":
                size = end + len(phrase)
                return (
                    after,
                    (low if after in ("more_than", "about") else None),
                    (high if after != "more_than" else None),
                    size,
                )
        return hedge, low, high, end

    def _make(self, n: Number, last: int, first: int | None = None) -> Figure:
        return self._figure(
            n.first if first is None else first,
            last,
            "exact",
            n.low,
            n.high,
            "",
            "",
            "score" if n.rule == "digits" else n.rule,
        )

    def _figure(
        self,
        first: int,
        last: int,
        hedge: Hedge,
        low: float | None,
        high: float | None,
        unit: str,
        counted: str,
        rule: str,
    ) -> Figure:
        start, end = self.items[first].start, self.items[last - 1].end
        rounded = [None if x is None else float(f"{x:.12g}") for x in (low, high)]
        return Figure(
            paragraph=self.paragraph.index,
            start=start,
            end=end,
            text=self.text[start:end],
            hedge=hedge,
            low=rounded[0],
            high=rounded[1],
            unit=unit,
            counted=counted,
            head=_head(counted),
            rule=rule,
        )


def _head(counted: str) -> str:
    found = [t for t in tokens(counted) if t.raw[0].isalpha()]
    return singular(found[-1].text) if found else ""
