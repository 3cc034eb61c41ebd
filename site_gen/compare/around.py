"""What stands around a figure or date in its paragraph: its sentence and clause, the words beside
it, the names, the day."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from site_gen.language.synonyms import root
from site_gen.language.words import NUMBER_WORDS, STOP_WORDS, sentence_at
from site_gen.model import HEADLINE, Date, Figure

WINDOW = 500
"""Characters around a fact that say what it is about: a long sentence."""
SHORT = 4
"""A sentence of fewer words that tell something ("He was 45.") takes the one before it in."""
NEAR = 7
"""Words on either side of a fact that stand next to it."""
BREAKS = frozenset(',;:—–()“”"')
LINKS = frozenset(
    "and but while which who whose whom that when where because although though after before since"
    " unless if including among".split()
)
"""Words that begin a clause or another part of a list."""
SAID = frozenset(
    "said says told tweeted wrote announced statement interview reporters added according".split()
)
"""Words beside the day of a statement, which is seldom the day of what is told."""
NAME = re.compile(r"(?<!^)(?<![.!?“\"] )\b[A-ZÀ-Þ][\w’']+")
""" A word that starts with a capital elsewhere than at the head of a sentence."""
DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:,? [A-Z][a-z.]+)?(?: \([^)]{2,30}\))?\s+[—–―-]+\s")
""" "LOWER OSTER — " at the head of a report: where it was written, not what a sentence is about."""

Token = tuple[int, int, str]
"""Start and end in the paragraph, and the lower-case word."""


@dataclass(frozen=True, slots=True)
class Around:
    """A figure or date with its sentence: its span, and the words in it before and after the
    fact."""

    fact: Figure | Date
    text: str
    first: int
    last: int
    tokens: Sequence[Token]
    before: Sequence[Token]
    after: Sequence[Token]
    kept: Sequence[Token]
    """The words of the sentence that tell something, as their roots."""
    names: Sequence[Token]
    """The names of the paragraph, in lower case."""

    def named(self, first: int, last: int) -> frozenset[str]:
        """The names between two places of the paragraph."""
        inside = self.names[bisect_left(self.names, (first,)) : bisect_left(self.names, (last,))]
        return frozenset(name for _, end, name in inside if end <= last)

    def beside(self, reach: int) -> list[str]:
        """So many words on either side, as they stand in lower case."""
        return [w for _, _, w in (*self.before[-reach:], *self.after[:reach])]

    @property
    def said(self) -> bool:
        """Whether "said" or the like stands beside it."""
        return not SAID.isdisjoint(self.beside(3))

    def told_in(self, first: int, last: int) -> list[str]:
        """The words between two places, as they stand in lower case."""
        return [w for s, e, w in self.tokens if first <= s and e <= last]

    @property
    def reach(self) -> tuple[int, int]:
        """From where to where the words next to the fact reach."""
        before, after = self.before[-NEAR:], self.after[:NEAR]
        return (before[0][0] if before else self.fact.start), (
            after[-1][1] if after else self.fact.end
        )

    def words(self) -> dict[str, float]:
        """The words of the sentence that tell something, with their nearness, 0.4 to 1; a date's
        own words are not among them."""
        weights: dict[str, float] = {}
        fact, own = self.fact, isinstance(self.fact, Date)
        for start, end, key in self.kept:
            if not (own and start < fact.end and fact.start < end):
                near = 0.4 + 0.6 / (1.0 + max(0, fact.start - end, start - fact.end) / 60)
                weights[key] = max(weights.get(key, 0.0), near)
        return weights

    def near(self) -> dict[str, float]:
        """The words next to the fact with their nearness, up to 1."""
        weights: dict[str, float] = {}
        for side in (self.before[-NEAR:][::-1], self.after[:NEAR]):
            for steps, (_, _, word) in enumerate(side):
                if word not in STOP_WORDS and not word[0].isdigit():
                    key = root(word)
                    weights[key] = max(weights.get(key, 0.0), 1 / (1 + steps / 3))
        return weights


@dataclass(frozen=True, slots=True)
class Read:
    """A paragraph, read once for all of its facts: its words, those that tell something as their
    roots, and its names."""

    text: str
    tokens: Sequence[Token]
    kept: Sequence[Token]
    names: Sequence[Token]


def read_words(text: str, tokens: Sequence[Token]) -> Read:
    """A paragraph's words, read for all of its facts."""
    kept = [
        (s, e, root(w))
        for s, e, w in tokens
        if w not in STOP_WORDS and w not in NUMBER_WORDS and len(w) > 1 and not w[0].isdigit()
    ]
    return Read(
        text, tokens, kept, [(m.start(), m.end(), m[0].lower()) for m in NAME.finditer(text)]
    )


def around(fact: Figure | Date, read: Read) -> Around:
    """A fact with its sentence."""
    text, tokens = read.text, read.tokens
    first, last = _sentence(text, fact, tokens)
    inside = tokens[bisect_left(tokens, (first,)) : bisect_left(tokens, (last,))]
    before = inside[: bisect_left(inside, (fact.start,))]
    while before and before[-1][1] > fact.start:
        before = before[:-1]
    kept = read.kept[bisect_left(read.kept, (first,)) : bisect_left(read.kept, (last,))]
    return Around(
        fact,
        text,
        first,
        last,
        inside,
        before,
        inside[bisect_left(inside, (fact.end,)) :],
        kept,
        read.names,
    )


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a paragraph names, without those of a statement, in order of place."""

    starts: Sequence[int]
    days: Sequence[Date]

    @classmethod
    def of(cls, places: Iterable[Around]) -> Days:
        """The days among the facts of a paragraph."""
        found = [
            p.fact
            for p in places
            if isinstance(p.fact, Date) and p.fact.first and p.fact.last and not p.said
        ]
        return cls([d.start for d in found], found)

    def nearest(self, at: Around) -> tuple[tuple[float, float], ...]:
        """The day of the same sentence that stands nearest to a fact, itself left out."""
        here = bisect_left(self.starts, at.fact.start)
        known = [
            (abs(d.start - at.fact.start), d.first, d.last)
            for d in self.days[max(0, here - 2) : here + 3]
            if d is not at.fact and d.first and d.last and at.first <= d.start < at.last
        ]
        return tuple((float(p.toordinal()), float(q.toordinal())) for _, p, q in sorted(known)[:1])


def _sentence(text: str, fact: Figure | Date, tokens: Sequence[Token]) -> tuple[int, int]:
    """The span that says what a fact is about: its sentence without a dateline, cut where it is
    very long."""
    dateline = DATELINE.match(text)
    first, last = (0, len(text)) if fact.paragraph == HEADLINE else sentence_at(text, fact.start)
    if dateline and first == 0 and dateline.end() <= fact.start:
        first = dateline.end()
    inside = tokens[bisect_left(tokens, (first,)) : bisect_left(tokens, (last,))]
    if first and sum(w not in STOP_WORDS for _, _, w in inside) < SHORT:
        first = sentence_at(text, first - 2)[0]
    return max(first, fact.start - WINDOW), min(max(last, fact.end), fact.end + WINDOW)
