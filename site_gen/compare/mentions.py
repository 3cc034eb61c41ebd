"""A mention: one figure or date of one source, its value, and the words around it, which say what
it is about.

Mentions are what rows are made of. Two mentions are of the same thing when what is counted, the
unit, the words of their sentences and the match of their paragraphs say so — never because their
numbers are equal.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from site_gen.compare.around import NAME, NEAR, Around, Days, Token, around, read_words
from site_gen.language.lists import words as listed
from site_gen.language.synonyms import contrasts, root, roots, sides_taken, synonym
from site_gen.language.words import STOP_WORDS, word_list, words
from site_gen.model import (
    HEADLINE,
    Annotated,
    Date,
    DateValue,
    Figure,
    FigureValue,
    Place,
    Statement,
)

TITLES = listed("titles")
AHEAD = frozenset("will would expected scheduled plans planned due slated set hopes likely".split())
"""Words of a sentence that tells what is to come."""
MOST_OF_NAME = 6
CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b"
    r"|\b(?:noon|midnight|morning|afternoon|evening|night)\b"
)
PARTS = ("fraction", "one in three")
"""Rules of the finder that read a part of a whole."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """What stands around a figure or date. Nothing here depends on another source."""

    words: Mapping[str, float]
    """Of its sentence without its own words: stem → nearness, 0.4 to 1."""
    near: Mapping[str, float]
    """The words next to it, as stem → nearness."""
    contrasts: Mapping[int, frozenset[int]]
    """What the words of its sentence say of things that are often set against each other: see
    ``synonyms.CONTRASTS``."""
    subject: tuple[str, ...]
    """The name that its sentence begins with, without titles."""
    ahead: bool
    """Whether its sentence tells what is expected or planned."""
    clock: frozenset[str]
    """The times of day that its sentence names."""
    beside: frozenset[str]
    """The words next to it as they stand, with those that tell little."""
    names: frozenset[str]
    """The names in its sentence; those in its paragraph for an age, whose sentence often has
    none."""
    names_beside: frozenset[str]
    """The names among the words next to it."""
    when: tuple[tuple[float, float], ...]
    """The day or stretch that its sentence names closest to it, without that of a statement and
    without itself."""
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
    taken: Mapping[int, frozenset[int]]
    """Which outcomes its sentence tells: see ``synonyms.APART``."""
    led_by_with: bool
    """Whether "with" stands right before it: what follows counts the others."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A figure or date of a source, what it says, and what stands around it."""

    kind: Literal["figure", "date"]
    source: str
    fact: Figure | Date
    value: FigureValue | DateValue
    context: Context
    dimension: str
    """What it can be compared in: a unit's dimension, a currency, or empty for counts and dates."""
    head: str
    """The head noun of what is counted; a date's granularity."""
    root: str
    """The head's stem, or the word that stands for it."""
    roots: frozenset[str]
    """The words of what is counted, likewise."""
    age: bool = False
    """Whether it is somebody's age, which is no stretch of time, and another person's says nothing
    of it."""

    @property
    def paragraph(self) -> int:
        """The index of its paragraph."""
        return self.fact.paragraph

    @property
    def start(self) -> int:
        """Its first character in the paragraph."""
        return self.fact.start

    @property
    def text(self) -> str:
        """Its words."""
        return self.fact.text

    @property
    def said_by(self) -> str:
        """Who vouches for it; empty where nobody is named."""
        return self.fact.said_by

    @property
    def hedge(self) -> str:
        """A figure's hedge or a date's bound."""
        return self.value.hedge if isinstance(self.value, FigureValue) else self.value.bound

    @property
    def unit(self) -> str:
        """A figure's unit; empty for a date."""
        return self.value.unit if isinstance(self.value, FigureValue) else ""

    @property
    def low(self) -> float | None:
        """Its lower end in base units; a date's first day."""
        return self.value.ends[0]

    @property
    def high(self) -> float | None:
        """Its upper end in base units; a date's last day."""
        return self.value.ends[1]

    @property
    def size(self) -> float:
        """Its value as one number, in base units; the lower end of two."""
        low, high = self.value.ends
        return (low if low is not None else high) or 0.0

    @property
    def key(self) -> tuple[str, int, int]:
        """Where it stands: source, paragraph, start."""
        return self.source, self.fact.paragraph, self.fact.start

    @property
    def worth(self) -> tuple[object, ...]:
        """Its value, as far as two mentions can have the same."""
        return self.kind, *self.value.ends, self.unit

    def statement(self) -> Statement:
        """The mention as a cell shows it."""
        fact = self.fact
        return Statement(
            place=Place(
                article=self.source, paragraph=fact.paragraph, start=fact.start, end=fact.end
            ),
            text=fact.text,
            value=self.value,
            said_by=fact.said_by,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """A source's mentions, in order of place, and in how many of its paragraphs each word
    stands."""

    source: str
    mentions: tuple[Mention, ...]
    seen: Counter[str]
    paragraphs: int


def mentions(source: Annotated) -> Side:
    """The mentions of one source. Nothing here depends on the other sources, so that adding an
    article changes none."""
    tokens = {p.index: word_list(p.text) for p in source.article.all_text}
    seen: Counter[str] = Counter()
    for p in source.article.all_text:
        seen.update(roots(p.text))
    return Side(
        source=source.article.id,
        mentions=tuple(_of(source, tokens)),
        seen=seen,
        paragraphs=len(tokens),
    )


def _of(source: Annotated, tokens: Mapping[int, Sequence[Token]]) -> Iterable[Mention]:
    article = source.article
    found: list[Figure | Date] = sorted(
        [*source.figures, *source.dates], key=lambda f: (f.paragraph, f.start, -f.end)
    )
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for q in sorted(source.quotations, key=lambda q: (q.paragraph, q.start)):
        spans[q.paragraph].append((q.start, q.end))
    times = Counter(_worth(f) for f in found)
    names = {m[0].lower() for p in article.all_text for m in NAME.finditer(p.text)}
    before: set[object] = set()
    published = article.published.day.toordinal() if article.published else 0
    for paragraph, inside in groupby(found, key=lambda f: f.paragraph):
        read = read_words(article.paragraph(paragraph).text, tokens[paragraph])
        places = [around(f, read) for f in inside]
        days, many = Days.of(places), Counter(type(p.fact) for p in places)
        known: dict[tuple[int, int], _Sentence] = {}
        for at in places:
            span = at.first, at.last
            if span not in known:
                known[span] = _Sentence.of(at, names)
            worth = _worth(at.fact)
            context = _context(
                at,
                known[span],
                when=days.nearest(at),
                quoted=_within(spans.get(paragraph, []), at.fact.start),
                first=worth not in before,
                times=times[worth],
                alone=many[type(at.fact)] == 1,
                published=published,
            )
            if paragraph != HEADLINE:
                before.add(worth)
            if isinstance(at.fact, Figure):
                yield _of_figure(article.id, at.fact, context)
            elif at.fact.first and at.fact.last:
                yield _of_date(article.id, at.fact, context)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What a sentence tells, whichever of its facts asks."""

    contrasts: Mapping[int, frozenset[int]]
    subject: tuple[str, ...]
    clock: frozenset[str]
    ahead: bool

    @classmethod
    def of(cls, at: Around, names: Set[str]) -> _Sentence:
        """Of the sentence that a fact stands in."""
        return cls(
            contrasts(at.told_in(at.first, at.last)),
            _subject(at, names),
            frozenset(CLOCK.findall(at.text[at.first : at.last].lower())),
            not AHEAD.isdisjoint(at.told_in(at.first, at.last)),
        )


def _context(at: Around, sentence: _Sentence, **told: Any) -> Context:
    words_ = at.words()
    return Context(
        contrasts=sentence.contrasts,
        subject=sentence.subject,
        clock=sentence.clock,
        ahead=sentence.ahead,
        words=words_,
        near=at.near(),
        beside=frozenset(at.beside(NEAR)),
        names=at.named(*((0, len(at.text)) if _is_age(at.fact) else (at.first, at.last))),
        names_beside=at.named(*at.reach),
        said=at.said,
        taken=sides_taken(words_),
        led_by_with=bool(at.before) and at.before[-1][2] == "with",
        **told,
    )


def _subject(at: Around, names: Set[str]) -> tuple[str, ...]:
    """The name that a sentence begins with: words with capitals, the first of them known as a name
    from elsewhere in the article, or one of several."""
    found: list[str] = []
    last = 0
    for start, end, word in at.tokens[:MOST_OF_NAME]:
        parted = found and at.text[last:start].strip(" .")
        if not at.text[start].isupper() or parted:
            break
        last = end
        if word not in TITLES:
            found.append(word.removesuffix("'s").removesuffix("’s"))
    known = len(found) > 1 or (found and found[0] in names)
    return tuple(found) if known and found[0] not in STOP_WORDS else ()


def _within(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a place stands in one of some spans, which are in order and apart."""
    at = bisect_right(spans, (place, math.inf)) - 1
    return at >= 0 and place < spans[at][1]


def _of_figure(source: str, fact: Figure, context: Context) -> Mention:
    value = _value(fact)
    return Mention(
        kind="figure",
        source=source,
        fact=fact,
        value=value,
        context=context,
        dimension=value.dimension,
        head=fact.head,
        root=synonym(fact.head),
        roots=frozenset(root(w) for _, _, w in words(fact.counted)),
        age=_is_age(fact),
    )


def _of_date(source: str, fact: Date, context: Context) -> Mention:
    return Mention(
        kind="date",
        source=source,
        fact=fact,
        value=value_of(fact),
        context=context,
        dimension="",
        head=fact.granularity,
        root=fact.granularity,
        roots=frozenset(),
    )


def value_of(fact: Figure | Date) -> FigureValue | DateValue:
    """What a figure or a date says; a part of a whole ("a third", "one in three") as the percentage
    that it is."""
    if isinstance(fact, Figure):
        return _value(fact)
    return DateValue(
        text=fact.reading or fact.text,
        value=fact.value,
        bound=fact.bound,
        low=float(fact.first.toordinal()) if fact.first else None,
        high=float(fact.last.toordinal()) if fact.last else None,
    )


def _value(figure: Figure) -> FigureValue:
    """What a figure says; a part of a whole ("a third", "one in three") as the percentage that it
    is."""
    low, high, unit = figure.low, figure.high, figure.unit
    if not unit and figure.rule in PARTS and high is not None and 0 < high <= 1:
        low, high, unit = (None if low is None else 100 * low), 100 * high, "percent"
    return FigureValue.read(figure.reading or figure.text, figure.hedge, low, high, unit)


def _is_age(fact: Figure | Date) -> bool:
    return isinstance(fact, Figure) and fact.rule.startswith("age")


def _worth(fact: Figure | Date) -> object:
    return (fact.low, fact.high, fact.unit) if isinstance(fact, Figure) else (fact.first, fact.last)
