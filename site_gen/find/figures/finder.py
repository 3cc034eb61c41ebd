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
from site_gen.find.figures.number_words import ONES, PARTS, SCALES, SIGNS, TENS, VAGUE
from site_gen.find.figures.phrases import (
    MULTIPLES,
)
from site_gen.find.figures.ranges import Scanner
from site_gen.find.figures.tokens import HYPHENS, Number, Token, tokens
from site_gen.language.units import CURRENCY_SIGNS, UNITS
from site_gen.language.words import singular, word_list
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
        if not _may_count(paragraph.text):
            continue
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
_COUNTING = _STARTS - {"a", "an", "the"} | {"couple", "pair", "few", "dozen", "dozens", *SCALES}
"""Without one of these words, a digit or a span of time behind an article ("more than a week")
nothing is counted."""
_ARTICLE_AND_TIME = re.compile(
    r"(?<!\w)[Aa]n?\s+(?:"
    + "|".join(sorted(re.escape(name) for name, unit in UNITS.items() if unit.dimension == "time"))
    + r")(?!\w)",
    re.IGNORECASE,
)


def _may_count(text: str) -> bool:
    """Whether a paragraph holds anything that a figure can begin with."""
    if _ANY_DIGIT.search(text):
        return True
    found = {word for _, _, word in word_list(text)}
    return not _COUNTING.isdisjoint(found) or bool(_ARTICLE_AND_TIME.search(text))


_ANY_DIGIT = re.compile(rf"[\d{''.join(SIGNS)}]")
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


def _hidden(items: Sequence[Token], length: int, taken: Iterable[tuple[int, int]]) -> set[int]:
    """The tokens that stand in spans of a text of that length."""
    covered = bytearray(length)
    for start, end in taken:
        covered[start:end] = b"\x01" * (end - start)
    return {i for i, t in enumerate(items) if 1 in covered[t.start : t.end]}


class _Reader(Combined, Counted):
    """One pass over one paragraph."""

    def __init__(self, paragraph: Paragraph, masked: Sequence[tuple[int, int]]) -> None:
        self.paragraph, self.text = paragraph, paragraph.text
        self.items = _apart(tokens(self.text), [end for _, end in masked])
        self.scan = Scanner(self.items)
        taken = [*masked]
        if _DIGIT.search(self.text):
            taken += [(a, b) for a, b, _ in spans(EXCLUSIONS, self.text)]
        self.hidden = _hidden(self.items, len(self.text), taken) if taken else set[int]()

    def figures(self) -> list[Figure]:
        out: list[Figure] = []
        i = 0
        for start, word in enumerate(self.scan.words):
            if start < i or (word not in _STARTS and not word[0].isdecimal() and word[0] != "."):
                continue
            i = start
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

    def _range(self, number: Number) -> Number | None:
        """ "20 to 30", "5 percent to 6 percent"; "by 5 to 10" is a step and where it led, and so is
        "rose 5 percent to 10 percent"."""
        signed = number.first > 0 and self.items[number.first - 1].raw in CURRENCY_SIGNS
        before = self.scan.text(number.first - 1 - signed)
        if (
            before == "by"
            and self.scan.text(number.last) == "to"
            and (signed or self.scan.text(number.last - 1) in ("million", "billion"))
        ):
            return None
        if found := self.scan.range_from(number):
            return found
        tail = self._unit_after(number.last)
        joint = self.scan.text(tail[2]) if tail else ""
        change = before == "from" and any(
            self.scan.text(x) in _STEPS for x in range(max(0, number.first - 5), number.first - 1)
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
            or number.order
            or not number.low < second.high
        ):
            return None
        return Number(number.first, second.last, number.low, second.high, rule="range with units")

    def _build(self, number: Number) -> tuple[Figure | None, int]:
        first, last = number.first, number.last
        unit, factor = "", 1.0
        loose, last = self._loosened(last)
        sign = self.items[first - 1].raw if first else ""
        if sign in CURRENCY_SIGNS:
            unit, first = CURRENCY_SIGNS[sign], first - 1
        # "half a percentage point"
        over = number.rule == "fraction" and self.scan.text(last) in (
            "a",
            "an",
        )
        tail = self._unit_after(last + over) if not unit else None
        if tail:
            unit, factor, last = tail
        elif (
            not unit
            and not number.word
            and self.scan.text(last) in ("-",)
            and self.scan.joined(last)
            and not self.scan.text(last + 1).isalpha()
        ):
            return None, last
        if (
            not unit
            and number.order
            and self.scan.text(last) == "of"
            and (money := self._unit_after(last + 1))
        ):
            unit, factor, last = money
        rule = number.rule
        if not unit and self._is_age(number):
            unit, rule = "year", "age"
        unit, factor, first = self._signed(number, unit, factor, first, last)
        counted, end = ("", last) if unit else self._counted(last)
        if unit == "percent" and self.scan.text(last) == "of":
            counted, end = self._counted(last)
        if number.rule == "multiple":
            counted, end = "", last
        least, most = sorted((number.low * factor, number.high * factor))
        if unit and (more := self._compound(unit, last)):
            least, most = (abs(v) * more[1] + more[2] for v in (least, most))
            unit, last = more[0], more[3]
        hedge, first, low, high = self._hedge(number, first, least, most)
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

    def _loosened(self, at: int) -> tuple[Hedge | None, int]:
        """ "30-odd", "200-plus", "200+", "200-strong": the hedge that touches a number, and the
        token after it."""
        if self.scan.text(at) == "+" and self.scan.joined(at):
            return "more_than", at + 1
        if (
            self.scan.text(at)
            and self.scan.text(at) in HYPHENS
            and self.scan.joined(at)
            and self.scan.joined(at + 1)
        ):
            found: dict[str, Hedge] = {"odd": "about", "plus": "more_than", "strong": "exact"}
            if hedge := found.get(self.scan.text(at + 1)):
                return hedge, at + 2
        return None, at

    def _age_in_tens(self, number: Number) -> Figure | None:
        """ "In her 30s": an age from 30 to 39."""
        tens = (
            not number.word
            and self.scan.text(number.last) == "s"
            and self.scan.joined(number.last)
            and number.low % 10 == 0
            and 20 <= number.low <= 90
        )
        whose = self.scan.text(number.first - 1) in (
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
            self._figure(
                number.first,
                number.last + 1,
                "exact",
                number.low,
                number.low + 9,
                "year",
                "",
                "age in tens",
            )
            if tens and whose
            else None
        )

    def _is_age(self, number: Number) -> bool:
        """ "Mr. Vale, 41, said", "the skier, 45, said": a bare number between commas after a person
        is an age; "21 or older" is one too."""
        before, after = self.scan.text(number.first - 1), self.scan.text(number.last)
        if number.low != int(number.low) or not 0 < number.low < 120:
            return False
        if [after, self.scan.text(number.last + 1)] in (
            ["or", "older"],
            ["or", "younger"],
            ["and", "older"],
            ["and", "under"],
        ):
            return True
        earlier = self.scan.text(number.first - 2)
        if (before == "aged" and not number.word) or (
            before == "of" and earlier in ("boy", "girl", "child", "man", "woman")
        ):
            return True
        if (
            before in ("was", "is", "turned")
            and earlier in ("he", "she", "who")
            and after in (".", ",", ";", "")
        ):
            return True
        known = after == "," and self.scan.text(number.first - 3) in (
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
            or self.scan.text(number.first - 3) in ("jr", "sr")
            or (number.first > 1 and self.items[number.first - 2].raw[:1].isupper())
        )
        return (
            not number.word
            and before in (",", "age")
            and after in (",", ".", ";", "")
            and (name or before != ",")
        )

    def _make(self, number: Number, last: int, first: int | None = None) -> Figure:
        return self._figure(
            number.first if first is None else first,
            last,
            "exact",
            number.low,
            number.high,
            "",
            "",
            "score" if number.rule == "digits" else number.rule,
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
