"""Figures in running text: hedge, number, unit, what is counted, and the spans to leave alone.

The definition is the project's guide page on figures: counts, money, shares, measures, durations,
ages and multiples are figures; years, dates, ordinals, identifiers and "one" as a pronoun are not.
Spans of dates are handed in and masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from site_gen.find.figures.carry import carried
from site_gen.find.figures.combined import Combined
from site_gen.find.figures.counted import Counted
from site_gen.find.figures.exclusions import EXCLUSIONS
from site_gen.find.figures.number_words import ONES, PARTS, SIGNS, TENS, VAGUE
from site_gen.find.figures.phrases import (
    MULTIPLES,
)
from site_gen.find.figures.ranges import Scanner
from site_gen.find.figures.tokens import HYPHENS, Number, Token, tokens
from site_gen.language.units import CURRENCY_SIGNS
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


class _Reader(Combined, Counted):
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
