"""Figures in running text: hedge, number, unit, what is counted, and the spans to leave alone.

The definition is the project's guide page on figures: counts, money, shares, measures, durations, ages and multiples are
figures; years, dates, ordinals, identifiers and "one" as a pronoun are not. Spans of dates are handed in and masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from site_gen.find.figures.carry import carried
from site_gen.find.figures.numbers import DASHES, HYPHENS, LONG, ONES, PARTS, SIGNS, TENS, VAGUE, Number, Scanner, Token, tokens
from site_gen.find.figures.phrases import (
    COUNT_STOP,
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
from site_gen.language.lists import words
from site_gen.language.units import CURRENCY_SIGNS, DEGREES, MONEY_WORDS, NATIONAL_MONEY, SUBUNITS, UNITS
from site_gen.language.words import singular
from site_gen.model import Figure, Hedge, Paragraph

Span = tuple[int, int, int]
"""Paragraph, start, end."""

_IDENTIFIER = re.compile(
    r"https?://\S+|\bwww\.\S+|\b[\w.+-]{1,64}@\S+|#\d+|\b[A-Z]+[-/]\d[\w-]*|(?<!\$)\b(?!(?:RM|USD|EUR|GBP)\d)[A-Z]{1,4}\d[\w-]*|\b\d+(?!(?:[KMGT]B|[KMGT]WH?|[KMG]?HZ|KM|KG|KPH|MPH|B?HP|FT|LBS?|MAH|GPA|PPM|PPB|USD|EUR|GBP|MG|CM|MM|DB)\b)[A-Z]{2,}\b|\b\d{3}[-.]\d{4}\b|\b\d{3}[-.]\d{3}[-.]\d{4}\b|\b1-8\d\d-\d{3}-\d{4}\b|(?<![\w])\+\d{1,3}(?:[ -]\d{2,10}){1,5}|\(\d{3,5}\)\s?\d{3,4}[- ]\d{3,4}\b"
    r"|\b(?i:helpline|hotline|phone line|flood line|crisis line|on|at|is|dial|call|ring|text|to)\s(?<=\S\s)\d{3}\s\d{3,4}(?!\d)(?!\s[a-z]+s\b)(?!\s(?:people|percent|million))"
    r"|\b[Tt]ext (?:[A-Z]+ to )?\d{4,6}\b|\b(?i:text|dial|call)\s(?:[A-Z]{2,} to )?\d{3,6}(?=[.,;]|\s(?:or|for|and|to)\b)"
    r"|\b\d{1,2} o['’]clock\b|\b(?:AD|A\.D\.)\s?\d{1,4}\b|\b\d{1,4}(?:(?:\s(?:to|and|or)\s|[-–])\d{1,4})?\s?(?:BCE?\b|B\.\s?C\.(?:\s?E\.)?)(?! [A-Z][a-z])"
    r"|\b9/11\b|\b24/7\b|\b(?!(?:1/[234568]|[23]/[345]|[357]/8)\b(?!/))\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\b\d+(?:\.\d+){2,}|\b(?:\d{0,2}(?<!1)1st|\d{0,2}(?<!1)2nd|\d{0,2}(?<!1)3rd|\d{1,3}th)\b|\b\d{1,2}:\d\d\b|\b\d{1,2}\s?[ap]\.?m\b"
    r"|\bH\.? ?R\.? \d+|\bS\. \d+|\b(?:No|Nos|no)\. ?\d+|\bNo \d{1,3}\b(?! [a-z]+s\b)|(?<![Tt]he )\b[Nn]umber (?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\b(?! (?:of|[a-z]+s)\b)|\b[Tt]he number (?:\d{1,3}|one|two|three|four|five)\b(?! [a-z]+s\b)|\b[Tt]op (?:\d{1,3}|three|four|five|six|eight|ten|twelve|twenty|fifty|hundred)\b(?!\s?(?:%|per))(?!\s[a-z]+s\b)|\bthe (?:group of )?(?:[Gg]roup of )(?:[Ss]even|[Tt]wenty|[Ee]ight)\b"
    r"|\b(?i:jan|feb|apr|aug|sept?|oct|nov|dec)\. \d{1,2}\b(?![,.]\d|%)|\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.? \d{1,2}\b(?![,.]\d|%|-year)"
    r"|\b\d{1,2} (?:January|February|March|April|June|July|August|September|October|November|December)\b"
    r"|\b\d{1,5}(?:-\d{1,5})? (?:[A-Z][\w'’]{0,20}\.? ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Way|Lane|Drive|Boulevard|Blvd|Court|Place|Square|Terrace|Parkway)\b"
    r"|\b7[0-8]7\b(?=s\b| (?:MAX|Max|Dreamliners?|[Jj]ets?|[Aa]ircraft|[Pp]lanes?|[Aa]irliners?)\b)|\b\d{4}s\b"
    r"|\b[Ff]lights? [A-Z]{1,3} ?\d+|\b0\d{2,4} \d{3} \d{3,4}\b|\b[Vv]ersions? \d+(?:\.\d+)*"
    r"|\b(?:half|quarter) (?:past|to) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"|\b(?:one|One)-(?:on|to|by)-one\b|\b(?:one|two|three)-(?:way|sided|fold|time|party)\b"
)


def find_figures(paragraphs: Iterable[Paragraph], masked: Iterable[Span]) -> tuple[Figure, ...]:
    """The figures in an article's paragraphs, in order. ``masked`` are spans of dates, in which no figure is looked for."""
    hidden: dict[int, list[tuple[int, int]]] = {}
    for index, start, end in masked:
        hidden.setdefault(index, []).append((start, end))
    out: list[Figure] = []
    for paragraph in paragraphs:
        out += _Reader(paragraph, hidden.get(paragraph.index, ())).figures()
    return tuple(out)


_STEPS = frozenset(
    "by up down rose fell gained climbed dropped increased decreased jumped slid surged rise fall gain climb drop lost added".split()
)
"""Words before a change that is followed by where it led: "rose 5 percent to 10 percent"."""
_STARTS = frozenset(
    (*ONES, *TENS, *VAGUE, *SIGNS, *PARTS, *MULTIPLES, "a", "an", "the", "half", "quarter", "hundred", "thousand", "several")
)
"""Words that a number can begin with, beside digits."""
_HEDGES = {word: [(p, h) for p, h in HEDGES_BEFORE if p[-1] == word] for word in {p[-1] for p, _ in HEDGES_BEFORE}}
"""The hedges that stand before a number, by their last word."""
_OLD = re.compile(r"\bold(?:er)?\b|\byounger\b")
_KIN = frozenset(
    "brother sister son daughter wife husband mother father friend partner cousin nephew niece uncle aunt grandson granddaughter colleague".split()
)
_BRITISH = re.compile(
    r"£|\bpence\b|\b(?:sterling|Brit\w+|UK|U\.K\.|England|English|London|Scot\w+|Wales|Welsh|fine[sd]?|pay|paid|cost|price|raised?|rais(?:es|ing)|donat\w+|charit\w+|funds?|earn\w*|salar\w+|promis\w+|compensat\w+|award\w*|budget|invest\w*|debts?|worth|spen[dt]\w*|fees?|grants?|prize|bonus|refund\w*|owed?)\b"
)
COMPOUND = {
    "foot": ("inch", 12.0), "stone": ("pound-mass", 14.0), "pound-mass": ("ounce", 16.0), "hour": ("minute", 60.0), "minute": ("second", 60.0),
    "day": ("hour", 24.0), "year": ("month", 12.0), "metre": ("centimetre", 100.0), "mile": ("yard", 1760.0),
}  # fmt: skip
"""A unit → the one that counts on from it ("6ft 2in"), and how many of that it has."""
_COUNTRIES = {"HK": "HKD", "US": "USD", "NZ": "NZD"}
"""Whose dollars they are, with a blank between: "US $2 million". One letter alone can be a word ("A $900 fine")."""
_LONGEST_UNIT = max(len(tokens(name)) for name in UNITS)


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
        out += [Token(first, first, token.start, cut), Token(rest, rest, token.end - len(rest), token.end)]
    return out


class _Reader:
    """One pass over one paragraph."""

    def __init__(self, paragraph: Paragraph, masked: Sequence[tuple[int, int]]) -> None:
        self.paragraph, self.text = paragraph, paragraph.text
        self.items = _apart(tokens(self.text), [end for _, end in masked])
        self.scan = Scanner(self.items)
        covered = bytearray(len(self.text))
        for start, end in [*masked, *(m.span() for m in _IDENTIFIER.finditer(self.text))]:
            covered[start:end] = b"\x01" * (end - start)
        self.hidden = {i for i, t in enumerate(self.items) if 1 in covered[t.start : t.end]} if 1 in covered else set()

    def figures(self) -> list[Figure]:
        out: list[Figure] = []
        i = 0
        while i < len(self.items):
            word = self.items[i].text
            if word not in _STARTS and not word[0].isdecimal() and word[0] != ".":
                i += 1
                continue
            number = None if i in self.hidden else self.scan.number(i) or self._multiple(i) or self._article_as_one(i)
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
            return [self._make(number, split.last), self._make(split, split.last, number.first)], split.last
        if decade := self._age_in_tens(number):
            return [decade], number.last + 1
        wide = one_in or self._range(number) or self._between(number)
        number = wide if wide and wide.last - 1 not in self.hidden else number
        figure, last = self._build(number)
        return ([figure] if figure else []), max(last, number.last)

    def _range(self, n: Number) -> Number | None:
        """ "20 to 30", "5 percent to 6 percent"; "by 5 to 10" is a step and where it led, and so is "rose 5 percent to 10 percent"."""
        signed = n.first > 0 and self.items[n.first - 1].raw in CURRENCY_SIGNS
        before = self.scan.text(n.first - 1 - signed)
        if before == "by" and self.scan.text(n.last) == "to" and (signed or self.scan.text(n.last - 1) in ("million", "billion")):
            return None
        if found := self.scan.range_from(n):
            return found
        tail = self._unit_after(n.last)
        joint = self.scan.text(tail[2]) if tail else ""
        change = before == "from" and any(self.scan.text(x) in _STEPS for x in range(max(0, n.first - 5), n.first - 1))
        if tail is None or joint not in ("to", "and") or (joint == "and" and before != "between") or change:
            return None
        if before in _STEPS and tail[0] != "percent":
            return None
        second = self.scan.number(tail[2] + 1)
        other = self._unit_after(second.last) if second else None
        if second is None or other is None or other[0] != tail[0] or second.order or n.order or not n.low < second.high:
            return None
        return Number(n.first, second.last, n.low, second.high, rule="range with units")

    def _is_name(self, n: Number) -> bool:
        """ "Boeing 737", "Section 215": a number that belongs to the name before it."""
        before = self.items[n.first - 1] if n.first else None
        if before is None or (n.word and n.low > 12):
            return False
        after_word = (before.raw[:1].isupper() or before.text == "iphone") and before.text in NAMES_WITH_NUMBERS
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
        """ "the Big 12.", "Note 20 Ultra": a small number between a capitalised word within a sentence and what is no thing counted."""
        plain = not n.word and n.last == n.first + 1 and self.items[n.first].raw.isdecimal() and n.low < 1000
        within = n.first > 1 and self.items[n.first - 2].raw not in (".", "!", "?", '"', "“", ":") and not self.scan.joined(n.first)
        if not (plain and within and before.raw[:1].isupper() and before.raw[1:2].islower()):
            return False
        after = self.items[n.last].raw if n.last < len(self.items) else "."
        named = after[:1].isupper() and after[1:2].islower() and not head_of(after.lower()) and after.lower() not in UNITS
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
        hyphened = after in HYPHENS and after != "" and self.scan.joined(n.last) and self.scan.text(n.last + 1).isalpha()
        if hyphened:
            return self.scan.text(n.last + 1) in ("time", "off", "of", "sided", "stop")
        return self._hedge(n, n.first, 1, 1)[0] == "exact"

    def _multiple(self, i: int) -> Number | None:
        """ "twice", "doubled": a multiple in one word."""
        value = MULTIPLES.get(self.scan.text(i))
        return (
            Number(i, i + 1, value, value, word=True, rule="multiple") if value and self.scan.text(i - 1) not in ("once", "think") else None
        )

    def _article_as_one(self, i: int) -> Number | None:
        """ "more than a week": the article counts where a hedge stands before it and a unit of time behind it."""
        unit = UNITS.get(self.scan.text(i + 1))
        if self.scan.text(i) not in ("a", "an") or unit is None or unit.dimension != "time":
            return None
        n = Number(i, i + 1, 1, 1, word=True, rule="a as one")
        return None if self._hedge(n, i, 1, 1)[0] == "exact" else n

    def _score(self, n: Number) -> Number | None:
        """ "52-48", "97 to 1" after a vote: two figures."""
        j = n.last
        if n.word or not (self.scan.text(j) in DASHES and self.scan.text(j) and self.scan.joined(j) and self.scan.joined(j + 1)):
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
        if second.low > n.low or after in UNITS or after in "%" or (after in HYPHENS and self.scan.joined(second.last)):
            return None if n.low < second.low or after else second
        return second

    def _one_in(self, n: Number) -> Number | None:
        """ "one in three": one share."""
        out_of = self.scan.text(n.last) == "out" and self.scan.text(n.last + 1) == "of"
        if not (self.scan.text(n.last) == "in" or out_of) or n.low not in (1, 2, 3, 4, 9) or (not n.word and n.low != 1 and not out_of):
            return None
        second = self.scan.number(n.last + 1 + out_of)
        if second is None or second.low < 2 or second.low > 1000 or second.last - 1 in self.hidden or self.scan.text(second.last) in UNITS:
            return None
        share = n.low / second.low
        return Number(n.first, second.last, share, share, word=True, rule="one in three")

    def _between(self, n: Number) -> Number | None:
        signed = n.first > 0 and self.items[n.first - 1].raw in CURRENCY_SIGNS
        if self.scan.text(n.first - 1 - signed) != "between" or self.scan.text(n.last) != "and":
            return None
        k = n.last + 1 + (self.scan.text(n.last + 1).upper() in CURRENCY_SIGNS)
        second = self.scan.number(k)
        if second is None or not n.low < second.high:
            return None
        return Number(n.first, second.last, n.low * self.scan.borrowed(n, second), second.high, rule="between")

    def _build(self, n: Number) -> tuple[Figure | None, int]:
        first, last = n.first, n.last
        unit, factor = "", 1.0
        loose, last = self._loosened(last)
        sign = self.items[first - 1].raw if first else ""
        if sign in CURRENCY_SIGNS:
            unit, first = CURRENCY_SIGNS[sign], first - 1
        over = n.rule == "fraction" and self.scan.text(last) in ("a", "an")  # "half a percentage point"
        tail = self._unit_after(last + over) if not unit else None
        if tail:
            unit, factor, last = tail
        elif (
            not unit and not n.word and self.scan.text(last) in ("-",) and self.scan.joined(last) and not self.scan.text(last + 1).isalpha()
        ):
            return None, last
        if not unit and n.order and self.scan.text(last) == "of" and (money := self._unit_after(last + 1)):
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
        low, high = sorted((n.low * factor, n.high * factor))
        if unit and (more := self._compound(unit, last)):
            low, high = (abs(v) * more[1] + more[2] for v in (low, high))
            unit, last = more[0], more[3]
        hedge, first, low, high = self._hedge(n, first, low, high)
        if loose and hedge in ("exact", "about"):
            hedge, low, high = loose, low, (None if loose == "more_than" else high)
        end = max(end, last)
        before = end
        hedge, low, high, end = self._hedge_after(hedge, low, high, end)
        if end > before and not unit and not counted:
            counted, end = self._counted(end)
        if unit in ("year", "month", "week", "day") and _OLD.search(self.text[self.items[first].start : self.items[end - 1].end]):
            rule = "age"
        return self._figure(first, end, hedge, low, high, unit, counted, rule), end

    def _loosened(self, j: int) -> tuple[Hedge | None, int]:
        """ "30-odd", "200-plus", "200+", "200-strong": the hedge that touches a number, and the token after it."""
        if self.scan.text(j) == "+" and self.scan.joined(j):
            return "more_than", j + 1
        if self.scan.text(j) and self.scan.text(j) in HYPHENS and self.scan.joined(j) and self.scan.joined(j + 1):
            found: dict[str, Hedge] = {"odd": "about", "plus": "more_than", "strong": "exact"}
            if hedge := found.get(self.scan.text(j + 1)):
                return hedge, j + 2
        return None, j

    def _compound(self, unit: str, j: int) -> tuple[str, float, float, int] | None:
        """ "6ft 2in", "2 hours and 15 minutes": the smaller unit, how many the larger one has, the rest, and the token after it."""
        smaller = COMPOUND.get(unit)
        k = j + (self.scan.text(j) == "and")
        number = self.scan.number(k) if smaller and self.scan.text(k) not in ("a", "an") else None
        if smaller is None or number is None or number.low != number.high or number.low >= smaller[1] or number.order or k in self.hidden:
            return None
        tail = self._unit_after(number.last)
        if tail is None and unit == "foot" and self.scan.text(number.last) == "in" and self.scan.joined(number.last):
            tail = "inch", 1.0, number.last + 1
        if tail is None or tail[0] != smaller[0] or (self.scan.text(tail[2]) == "of" and self.scan.text(tail[2] + 1) in ("which", "them")):
            return None
        return smaller[0], smaller[1], number.low, tail[2]

    def _unit_after(self, j: int) -> tuple[str, float, int] | None:
        """Unit, factor and the token after it, where a unit starts at token ``j``."""
        hyphen = self.scan.text(j) in HYPHENS and self.scan.text(j) != "" and self.scan.joined(j)
        k = j + 1 if hyphen else j
        money_skip = k + 1 if self.scan.text(k) in ("u.s", "us", "american") else k
        if (code := NATIONAL_MONEY.get((self.scan.text(k), singular(self.scan.text(k + 1))))) and not hyphen:
            return code, 1.0, k + 2
        if self.scan.text(money_skip) in MONEY_WORDS and not (hyphen and not self.scan.joined(j + 1)):
            word = self.scan.text(money_skip)
            return MONEY_WORDS[word], SUBUNITS.get(word.rstrip("s"), SUBUNITS.get(word, 1.0)), money_skip + 1
        sign = self.items[j].raw if j < len(self.items) else ""
        touching = self.scan.joined(j) and self.items[j - 1].raw[-1:].isdecimal()
        if touching and self.scan.text(j) in ("in", "st"):
            return ("inch" if self.scan.text(j) == "in" else "stone"), 1.0, j + 1
        if self.scan.text(j) == "stone" and not self.scan.text(j + 1).isalpha():
            return "stone", 1.0, j + 1
        if sign in DEGREES and self.scan.joined(j) and len(self.items[j - 1].raw) > 1 and self.items[j - 1].raw[-1].isdecimal():
            return DEGREES[sign], 1.0, j + 1
        if sign in CURRENCY_SIGNS and self.scan.joined(j) and not self.scan.text(j + 1)[:1].isdecimal():
            return CURRENCY_SIGNS[sign], 1.0, j + 1
        for size in range(min(_LONGEST_UNIT, len(self.items) - k), 0, -1):
            phrase = " ".join(self.text[self.items[k].start : self.items[k + size - 1].end].lower().replace("’", "'").split())
            if phrase == "nm" and self.items[k].raw == "Nm":
                return "newton metre", 1.0, k + 1
            if phrase == "m" and (self.scan.text(k + 1) in LONG or self.scan.text(k + 2) in LONG or (not hyphen and self.scan.joined(k))):
                return "metre", 1.0, k + 1
            if phrase in ("w", "m2", "min") and self.items[k].raw.isupper() is (phrase != "w"):
                continue
            if phrase in UNITS and not (phrase == "second" or (phrase == "times" and not self._is_multiple(k))):
                unit = UNITS[phrase].name
                end = k + size
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

    def _is_multiple(self, k: int) -> bool:
        return self.scan.text(k + 1) in ("as", "more", "the", "higher", "larger", "greater", "that", "its", "what", "bigger")

    def _counted(self, j: int) -> tuple[str, int]:
        """The noun phrase that starts at token ``j`` (a hyphen or an "of" before it skipped), and the token after it."""
        k = j
        if self.scan.text(k) in HYPHENS and self.scan.text(k) and self.scan.joined(k):
            word = self.scan.text(k + 1)
            return (self.items[k + 1].raw, k + 2) if word.isalpha() else ("", j)
        if (
            self.scan.text(k) == "of"
            and self.scan.text(k + 1) in ("the", "these", "those")
            and (other := self.scan.number(k + 2))
            and not other.order
        ):
            return self._noun_phrase(other.last, other.last)[0], j  # "three of the four men": what the second number counts
        if self.scan.text(k) in ("the", "its", "their", "his", "her", "our") and self.scan.text(k - 1) == "half":
            k += 1
        elif self.scan.text(k) == "of":
            k += 1
            if self.scan.text(k) in ("the", "its", "their", "his", "her", "these", "those", "all", "our"):
                k += 1
        elif self.scan.text(k) in ("more", "other", "additional", "new", "further"):
            k += 1
        return self._noun_phrase(k, j)

    def _noun_phrase(self, k: int, j: int) -> tuple[str, int]:
        """Up to five words that may stand in a noun phrase, up to the first plural; where none is plural, the last noun-like word."""
        start, end = k, k
        while end < len(self.items) and end - start < 5:
            t = self.items[end]
            doing = self._past_verb(end)
            if doing:
                break
            participle = t.text.endswith("ed") or t.text in ("wounded", "injured", "missing", "hurt")
            if participle and head_of(self.scan.text(end + 1)) and t.text not in ("said", "used"):
                end += 1
                continue
            hyphen = t.text in HYPHENS and end > start and self.scan.joined(end) and self.scan.joined(end + 1)
            if not hyphen and (not t.raw[0].isalpha() or t.text in COUNT_STOP or end in self.hidden):
                break
            end += 1
            if head_of(t.text):
                break
        while end > start and not self.items[end - 1].raw[0].isalpha():
            end -= 1
        if end == start or (not head_of(self.items[end - 1].text) and self.items[start].text.endswith("ing") and end == start + 1):
            return "", j
        return self.text[self.items[start].start : self.items[end - 1].end], end

    def _past_verb(self, k: int) -> bool:
        """Whether a word says what those who are counted did: "12 drowned", "40 fled". A participle before a plural tells what they are."""
        word = self.scan.text(k)
        if word in words("past_verbs"):
            return True
        following = self.scan.text(k + 1)
        noun_behind = following.isalpha() and following not in COUNT_STOP and not following.endswith(("ly", "ed"))
        return word.endswith("ed") and len(word) > 4 and word not in ("hundred", "red", "bed", "seed", "shed") and not noun_behind

    def _age_in_tens(self, n: Number) -> Figure | None:
        """ "In her 30s": an age from 30 to 39."""
        tens = not n.word and self.scan.text(n.last) == "s" and self.scan.joined(n.last) and n.low % 10 == 0 and 20 <= n.low <= 90
        whose = self.scan.text(n.first - 1) in ("his", "her", "their", "my", "our", "your", "mid", "early", "late", "-")
        return self._figure(n.first, n.last + 1, "exact", n.low, n.low + 9, "year", "", "age in tens") if tens and whose else None

    def _is_age(self, n: Number) -> bool:
        """ "Mr. Vale, 41, said", "the skier, 45, said": a bare number between commas after a person is an age; "21 or older" is one too."""
        before, after = self.scan.text(n.first - 1), self.scan.text(n.last)
        if n.low != int(n.low) or not 0 < n.low < 120:
            return False
        if [after, self.scan.text(n.last + 1)] in (["or", "older"], ["or", "younger"], ["and", "older"], ["and", "under"]):
            return True
        earlier = self.scan.text(n.first - 2)
        if (before == "aged" and not n.word) or (before == "of" and earlier in ("boy", "girl", "child", "man", "woman")):
            return True
        if before in ("was", "is", "turned") and earlier in ("he", "she", "who") and after in (".", ",", ";", ""):
            return True
        known = after == "," and self.scan.text(n.first - 3) in ("the", "a", "an", "his", "her", "their")
        name = known or earlier in _KIN or (n.first > 1 and self.items[n.first - 2].raw[:1].isupper())
        return not n.word and before in (",", "age") and after in (",", ".", ";", "") and (name or before != ",")

    def _hedge(self, n: Number, first: int, low: float, high: float) -> tuple[Hedge, int, float | None, float | None]:
        for phrase, hedge in _HEDGES.get(self.scan.text(first - 1), ()):
            size = len(phrase)
            if first >= size and all(self.scan.text(first - size + x) == w for x, w in enumerate(phrase)):
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

    def _signed(self, n: Number, unit: str, factor: float, first: int, last: int) -> tuple[str, float, int]:
        """Unit, factor and first token with a minus sign, the country of a dollar sign, and pounds told apart."""
        if self._minus(first):
            factor, first = -factor, first - (2 if self.scan.text(first - 2) == "minus" else 1)
        elif first > 1 and self.items[first - 1].raw == "-" and self.scan.joined(first) and self.items[first - 2].raw in CURRENCY_SIGNS:
            unit, factor, first = CURRENCY_SIGNS[self.items[first - 2].raw], -factor, first - 2
        country = self.items[first - 1].raw if first else ""
        if unit == "USD" and self.items[first].raw == "$" and country in _COUNTRIES:
            unit, first = _COUNTRIES[country], first - 1
        if unit == "GBP" and self.scan.text(last - 1) in ("pound", "pounds") and not self._british(n):
            unit = "pound-mass"
        return unit, factor, first

    def _british(self, n: Number) -> bool:
        """Whether "pounds" are money here: millions of them are, and a text that speaks of Britain means money."""
        return n.low >= 1e6 or bool(_BRITISH.search(self.text))

    def _minus(self, first: int) -> bool:
        """ "-12", "−5%", "minus 12", "negative $3 million": a sign that touches the number and stands apart from what is before it."""
        sign = self.scan.text(first - 1)
        if sign in ("minus", "negative") or (sign and sign in HYPHENS and self.scan.joined(first) and self.scan.text(first - 2) == "minus"):
            return True
        if sign not in ("-", "−", "–") or not sign or not self.scan.joined(first) or self.scan.joined(first - 1):
            return False
        if self.scan.text(first - 2)[:1].isdecimal() or self.items[first - 2].raw[:1].isupper() * (first > 1):
            return False  # "5 -10" is a range, "COVID -19" a name
        number = first + (self.items[first].raw in CURRENCY_SIGNS)
        found = self.scan.number(number)
        measured = number > first or (found is not None and self._unit_after(found.last) is not None)
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

    def _negated(self, first: int) -> bool:
        """ "will not cost more than": a negation in the few words before a hedge turns it round."""
        return any(self.scan.text(n) in NEGATIONS for n in range(max(0, first - 4), first))

    def _hedge_after(self, hedge: Hedge, low: float | None, high: float | None, end: int) -> tuple[Hedge, float | None, float | None, int]:
        for phrase, after in HEDGES_AFTER:
            if all(self.scan.text(end + x) == w for x, w in enumerate(phrase)) and hedge == "exact":
                size = end + len(phrase)
                return after, (low if after in ("more_than", "about") else None), (high if after != "more_than" else None), size
        return hedge, low, high, end

    def _make(self, n: Number, last: int, first: int | None = None) -> Figure:
        return self._figure(
            n.first if first is None else first, last, "exact", n.low, n.high, "", "", "score" if n.rule == "digits" else n.rule
        )

    def _figure(
        self, first: int, last: int, hedge: Hedge, low: float | None, high: float | None, unit: str, counted: str, rule: str
    ) -> Figure:
        start, end = self.items[first].start, self.items[last - 1].end
        rounded = [None if x is None else float(f"{x:.12g}") for x in (low, high)]
        return Figure(
            paragraph=self.paragraph.index, start=start, end=end, text=self.text[start:end], hedge=hedge, low=rounded[0], high=rounded[1],
            unit=unit, counted=counted, head=_head(counted), rule=rule,
        )  # fmt: skip


def _head(counted: str) -> str:
    found = [t for t in tokens(counted) if t.raw[0].isalpha()]
    return singular(found[-1].text) if found else ""
