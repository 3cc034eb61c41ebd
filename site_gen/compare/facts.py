"""A fact: one figure or date of one source with the words around it, which say what it is about.

Facts are what rows are made of. Two facts are about the same thing when what is counted, the unit,
the words of their sentences and the match of their paragraphs say so — never because their numbers
are equal.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from site_gen.compare.verdicts import date_interval, figure_interval
from site_gen.language.synonyms import root, sides_taken, synonym
from site_gen.language.units import base, dimension
from site_gen.language.words import NUMBER_WORDS, STOP_WORDS, sentence_at, word_list, words
from site_gen.model import HEADLINE, Annotated, Date, Figure, Place, Statement

WINDOW = 500
"""Characters around a fact that say what it is about: a long sentence."""
PARTS = ("fraction", "one in three")
"""Rules of the finder that read a part of a whole."""
SHORT = 4
"""A sentence of fewer words that tell something ("He was 45.") takes the one before it in."""
NEAR = 7
"""Words on either side of a fact that stand next to it."""
SAID = frozenset(
    "said says told tweeted wrote announced statement interview reporters added according".split()
)
"""Words beside the day of a statement, which is seldom the day of what is told."""
NAME = re.compile(r"(?<!^)(?<![.!?“\"] )\b[A-ZÀ-Þ][\w’']+")
""" A word that starts with a capital elsewhere than at the head of a sentence."""
DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:,? [A-Z][a-z.]+)?(?: \([^)]{2,30}\))?\s+[—–-]+\s")
""" "LOWER OSTER — " at the head of a report: where it was written, not what a sentence is about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A figure or date with its context. ``context``: stem → nearness (0.4 to 1), of its sentence,
    without the fact's own words."""

    kind: Literal["figure", "date"]
    source: str
    paragraph: int
    start: int
    end: int
    text: str
    hedge: str
    low: float | None
    high: float | None
    unit: str
    dimension: str
    """What the values can be compared in: a unit's dimension, a currency, or the empty string for
    counts."""
    value: str
    """A date's TIMEX3 value; empty for figures."""
    age: bool
    """Whether the figure is somebody's age, which is no stretch of time, and another person's says
    nothing of it."""
    head: str
    counted: str
    said_by: str
    context: Mapping[str, float]
    near: Mapping[str, float]
    """The words next to it, as stem → nearness."""
    beside: frozenset[str]
    """The words next to it as they stand, with those that tell little."""
    names: frozenset[str]
    """The names in its sentence; those in its paragraph for an age, whose sentence often has
    none."""
    when: tuple[tuple[float, float], ...]
    """The day or stretch that its sentence names closest to it, without that of a statement and
    without itself."""
    names_beside: frozenset[str]
    """The names among the words next to it."""
    quoted: bool
    said: bool
    """Whether it stands beside "said" and the like: the day of a statement."""
    first: bool
    """Whether the source gives this value here for the first time."""
    times: int
    """How often the source gives this value."""
    alone: bool
    """Whether no other fact of its kind stands in the paragraph."""
    published: int
    """The day of publication as an ordinal; 0 where it is not known."""
    root: str
    """The head's stem, or the word that stands for it."""
    roots: frozenset[str]
    """The words of what is counted, likewise."""
    taken: tuple[frozenset[int], ...]
    """Which outcomes its sentence tells: see ``synonyms.APART``."""
    led_by_with: bool
    """Whether "with" stands right before it: what follows counts the others."""
    least: float
    most: float
    """The values that it allows, both included: see ``verdicts``."""

    @property
    def key(self) -> tuple[str, int, int]:
        """Where the fact stands: source, paragraph, start."""
        return self.source, self.paragraph, self.start

    @property
    def worth(self) -> tuple[object, ...]:
        """Its value, as far as two facts can have the same."""
        return self.kind, self.low, self.high, self.unit

    def statement(self) -> Statement:
        """The fact as a cell shows it."""
        return Statement(
            place=Place(
                article=self.source, paragraph=self.paragraph, start=self.start, end=self.end
            ),
            text=self.text,
            hedge=self.hedge,
            low=self.low,
            high=self.high,
            unit=self.unit,
            said_by=self.said_by,
            value=self.value,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """A source's facts, in order of place, and in how many of its paragraphs each word stands."""

    source: str
    facts: tuple[Fact, ...]
    seen: Counter[str]
    paragraphs: int


def facts(source: Annotated) -> Side:
    """The facts of one source. Nothing here depends on the other sources, so that adding an article
    changes no fact."""
    tokens = {p.index: word_list(p.text) for p in source.article.all_text}
    seen: Counter[str] = Counter()
    for found in tokens.values():
        seen.update({root(w) for _, _, w in found})
    return Side(
        source=source.article.id,
        facts=tuple(_of(source, tokens)),
        seen=seen,
        paragraphs=len(tokens),
    )


@dataclass(frozen=True, slots=True)
class _Around:
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
        return frozenset(name for start, end, name in self.names if first <= start and end <= last)

    def beside(self, reach: int) -> list[str]:
        return [w for _, _, w in (*self.before[-reach:], *self.after[:reach])]

    @property
    def said(self) -> bool:
        return not SAID.isdisjoint(self.beside(3))


@dataclass(frozen=True, slots=True)
class _Read:
    """A paragraph, read once for all of its facts: its words, those that tell something as their
    roots, and its names."""

    text: str
    tokens: Sequence[Token]
    kept: Sequence[Token]
    names: Sequence[Token]


def _read(text: str, tokens: Sequence[Token]) -> _Read:
    kept = [
        (s, e, root(w))
        for s, e, w in tokens
        if w not in STOP_WORDS and w not in NUMBER_WORDS and len(w) > 1 and not w[0].isdigit()
    ]
    return _Read(
        text, tokens, kept, [(m.start(), m.end(), m[0].lower()) for m in NAME.finditer(text)]
    )


def _around(fact: Figure | Date, read: _Read) -> _Around:
    text, tokens = read.text, read.tokens
    first, last = _sentence(text, fact, tokens)
    inside = tokens[bisect_left(tokens, (first,)) : bisect_left(tokens, (last,))]
    before = inside[: bisect_left(inside, (fact.start,))]
    while before and before[-1][1] > fact.start:
        before = before[:-1]
    kept = read.kept[bisect_left(read.kept, (first,)) : bisect_left(read.kept, (last,))]
    return _Around(
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


def _of(source: Annotated, tokens: Mapping[int, Sequence[Token]]) -> Iterable[Fact]:
    article = source.article
    found: list[Figure | Date] = sorted(
        [*source.figures, *source.dates], key=lambda f: (f.paragraph, f.start, -f.end)
    )
    read = {n: _read(article.paragraph(n).text, tokens[n]) for n in {f.paragraph for f in found}}
    places = [_around(f, read[f.paragraph]) for f in found]
    times = Counter(_worth(f) for f in found)
    beside = Counter((f.paragraph, type(f)) for f in found)
    before: set[object] = set()
    for at in places:
        fact = at.fact
        worth = _worth(fact)
        context = _context(at)
        days = [
            p.fact
            for p in places
            if p.fact.paragraph == fact.paragraph
            and p.fact is not fact
            and at.first <= p.fact.start < at.last
            and not p.said
        ]
        reach = (0, len(at.text)) if _is_age(fact) else (at.first, at.last)
        common = {
            "source": article.id,
            "paragraph": fact.paragraph,
            "start": fact.start,
            "end": fact.end,
            "text": fact.text,
            "said_by": fact.said_by,
            "context": context,
            "near": _near(at),
            "beside": frozenset(at.beside(NEAR)),
            "names": at.named(*reach),
            "when": _nearest(days, fact),
            "names_beside": at.named(*_reach(at)),
            "quoted": any(
                q.paragraph == fact.paragraph and q.start <= fact.start < q.end
                for q in source.quotations
            ),
            "said": at.said,
            "first": worth not in before,
            "times": times[worth],
            "alone": beside[fact.paragraph, type(fact)] == 1,
            "published": article.published.day.toordinal() if article.published else 0,
            "taken": sides_taken(context),
            "led_by_with": bool(at.before) and at.before[-1][2] == "with",
        }
        if fact.paragraph != HEADLINE:
            before.add(worth)
        if isinstance(fact, Figure):
            unit, low, high = _value(fact)
            least, most = figure_interval(fact.hedge, low, high, unit)
            yield Fact(
                kind="figure",
                hedge=fact.hedge,
                low=low,
                high=high,
                unit=unit,
                dimension=dimension(unit),
                value="",
                age=_is_age(fact),
                head=fact.head,
                counted=fact.counted,
                root=synonym(fact.head),
                roots=frozenset(root(w) for _, _, w in words(fact.counted)),
                least=least,
                most=most,
                **common,  # type: ignore[arg-type]
            )
        elif fact.first and fact.last:
            low, high = float(fact.first.toordinal()), float(fact.last.toordinal())
            yield Fact(
                kind="date",
                hedge=fact.bound,
                low=low,
                high=high,
                unit="",
                dimension="",
                value=fact.value,
                age=False,
                head=fact.granularity,
                counted="",
                root=fact.granularity,
                roots=frozenset(),
                least=date_interval(fact.bound, low, high)[0],
                most=date_interval(fact.bound, low, high)[1],
                **common,  # type: ignore[arg-type]
            )


def _nearest(days: Sequence[Figure | Date], fact: Figure | Date) -> tuple[tuple[float, float], ...]:
    known = [
        (abs(d.start - fact.start), d.first, d.last)
        for d in days
        if isinstance(d, Date) and d.first and d.last
    ]
    return tuple(
        (float(first.toordinal()), float(last.toordinal())) for _, first, last in sorted(known)[:1]
    )


def _reach(at: _Around) -> tuple[int, int]:
    """From where to where the words next to a fact reach."""
    return (at.before[-NEAR:][0][0] if at.before else at.fact.start), (
        at.after[:NEAR][-1][1] if at.after else at.fact.end
    )


def _value(figure: Figure) -> tuple[str, float | None, float | None]:
    """Unit and ends in base units; a part of a whole ("a third", "one in three") as the percentage
    that it is."""
    if (
        not figure.unit
        and figure.rule in PARTS
        and figure.high is not None
        and 0 < figure.high <= 1
    ):
        return "percent", (None if figure.low is None else 100 * figure.low), 100 * figure.high
    low, high = (None if v is None else base(v, figure.unit) for v in (figure.low, figure.high))
    return figure.unit, low, high


def _is_age(fact: Figure | Date) -> bool:
    return isinstance(fact, Figure) and fact.rule.startswith("age")


def _worth(fact: Figure | Date) -> object:
    return (fact.low, fact.high, fact.unit) if isinstance(fact, Figure) else (fact.first, fact.last)


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


Token = tuple[int, int, str]
"""Start and end in the paragraph, and the lower-case word."""


def _context(at: _Around) -> dict[str, float]:
    weights: dict[str, float] = {}
    fact, own = at.fact, isinstance(at.fact, Date)
    for start, end, key in at.kept:
        if not (own and start < fact.end and fact.start < end):
            near = 0.4 + 0.6 / (1.0 + max(0, fact.start - end, start - fact.end) / 60)
            weights[key] = max(weights.get(key, 0.0), near)
    return weights


def _near(at: _Around) -> dict[str, float]:
    weights: dict[str, float] = {}
    for side in (at.before[-NEAR:][::-1], at.after[:NEAR]):
        for steps, (_, _, word) in enumerate(side):
            if word not in STOP_WORDS and not word[0].isdigit():
                key = root(word)
                weights[key] = max(weights.get(key, 0.0), 1 / (1 + steps / 3))
    return weights
