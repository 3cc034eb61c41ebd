"""A fact: one figure or date of one source with the words around it, which say what it is about.

Facts are what rows are made of. Two facts are about the same thing when what is counted, the unit, the words of their
sentences and the match of their paragraphs say so — never because their numbers are equal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from site_gen.compare.synonyms import synonym
from site_gen.model import HEADLINE, Annotated, Date, Figure, Place, Statement
from site_gen.units import base, dimension
from site_gen.words import NUMBER_WORDS, STOP_WORDS, sentence_at, stem, words

WINDOW = 500
"""Characters around a fact that say what it is about: a long sentence."""
SHORT = 4
"""A sentence of fewer words that tell something ("He was 45.") takes the one before it in."""
NEAR = 7
"""Words on either side of a fact that stand next to it."""
SAID = frozenset("said says told tweeted wrote announced statement interview reporters added according".split())
"""Words beside the day of a statement, which is seldom the day of what is told."""
NAME = re.compile(r"(?<!^)(?<![.!?“\"] )\b[A-ZÀ-Þ][\w’']+")
""" A word that starts with a capital elsewhere than at the head of a sentence."""
DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:,? [A-Z][a-z.]+)?(?: \([^)]{2,30}\))?\s+[—–-]+\s")
""" "LOWER OSTER — " at the head of a report: where it was written, not what a sentence is about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A figure or date with its context. ``context``: stem → nearness (0.4 to 1), of its sentence, without the fact's own words."""

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
    """What the values can be compared in: a unit's dimension, a currency, or the empty string for counts."""
    value: str
    """A date's TIMEX3 value; empty for figures."""
    age: bool
    """Whether the figure is somebody's age, which is no stretch of time, and another person's says nothing of it."""
    head: str
    counted: str
    said_by: str
    context: Mapping[str, float]
    near: Mapping[str, float]
    """The words next to it, as stem → nearness."""
    beside: frozenset[str]
    """The words next to it as they stand, with those that tell little."""
    names: frozenset[str]
    """The names in its sentence; those in its paragraph for an age, whose sentence often has none."""
    when: tuple[tuple[float, float], ...]
    """The day or stretch that its sentence names closest to it, without that of a statement and without itself."""
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
            place=Place(article=self.source, paragraph=self.paragraph, start=self.start, end=self.end), text=self.text, hedge=self.hedge,
            low=self.low, high=self.high, unit=self.unit, said_by=self.said_by, value=self.value,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """A source's facts, in order of place, and in how many of its paragraphs each word stands."""

    source: str
    facts: tuple[Fact, ...]
    seen: Counter[str]
    paragraphs: int


def facts(source: Annotated) -> Side:
    """The facts of one source. Nothing here depends on the other sources, so that adding an article changes no fact."""
    seen: Counter[str] = Counter()
    for paragraph in source.article.all_text:
        seen.update({synonym(stem(w)) for _, _, w in words(paragraph.text)})
    found: list[Figure | Date] = sorted([*source.figures, *source.dates], key=lambda f: (f.paragraph, f.start, -f.end))
    return Side(source=source.article.id, facts=tuple(_of(source, found)), seen=seen, paragraphs=len(source.article.all_text))


def _of(source: Annotated, found: Sequence[Figure | Date]) -> Iterable[Fact]:
    article = source.article
    times = Counter(_worth(f) for f in found)
    beside = Counter((f.paragraph, type(f)) for f in found)
    said_before: set[object] = set()
    days = [_day(article.paragraph(d.paragraph).text, d) for d in source.dates if d.first and d.last]
    for fact in found:
        text = article.paragraph(fact.paragraph).text
        first, last = _sentence(text, fact)
        tokens = [(s + first, e + first, w) for s, e, w in words(text[first:last])]
        worth = _worth(fact)
        common = {
            "source": article.id, "paragraph": fact.paragraph, "start": fact.start, "end": fact.end, "text": fact.text, "said_by": fact.said_by,
            "context": _context(tokens, fact), "near": _near(tokens, fact), "beside": frozenset(_beside(tokens, fact, NEAR)), "names": frozenset(m[0].lower() for m in NAME.finditer(text, *((0, len(text)) if _is_age(fact) else (first, last)))),
            "when": _nearest([d for d in days if d[0] == fact.paragraph and first <= d[1] < last and d[1] != fact.start], fact),
            "names_beside": frozenset(m[0].lower() for m in NAME.finditer(text, *_reach(tokens, fact))),
            "quoted": any(q.paragraph == fact.paragraph and q.start <= fact.start < q.end for q in source.quotations),
            "said": any(w in SAID for w in _beside(tokens, fact, 3)), "first": worth not in said_before, "times": times[worth],
            "alone": beside[fact.paragraph, type(fact)] == 1, "published": article.published.day.toordinal() if article.published else 0,
        }  # fmt: skip
        if fact.paragraph != HEADLINE:
            said_before.add(worth)
        if isinstance(fact, Figure):
            low, high = (None if v is None else base(v, fact.unit) for v in (fact.low, fact.high))
            yield Fact(
                kind="figure", hedge=fact.hedge, low=low, high=high, unit=fact.unit, dimension=dimension(fact.unit), value="",
                age=_is_age(fact), head=fact.head, counted=fact.counted, **common,  # type: ignore[arg-type]
            )  # fmt: skip
        elif fact.first and fact.last:
            yield Fact(
                kind="date", hedge=fact.bound, low=float(fact.first.toordinal()), high=float(fact.last.toordinal()), unit="", dimension="",
                value=fact.value, age=False, head=fact.granularity, counted="", **common,  # type: ignore[arg-type]
            )  # fmt: skip


def _day(text: str, date: Date) -> tuple[int, int, float, float]:
    """A date's paragraph, place and stretch; the day of a statement is no time of what is told, and has none."""
    assert date.first
    assert date.last
    first, last = _sentence(text, date)
    tokens = [(s + first, e + first, w) for s, e, w in words(text[first:last])]
    said = bool(SAID & set(_beside(tokens, date, 3)))
    return date.paragraph if not said else -2, date.start, float(date.first.toordinal()), float(date.last.toordinal())


def _nearest(days: Sequence[tuple[int, int, float, float]], fact: Figure | Date) -> tuple[tuple[float, float], ...]:
    return tuple((lo, hi) for _, _, lo, hi in sorted(days, key=lambda d: abs(d[1] - fact.start))[:1])


def _reach(tokens: Sequence[Token], fact: Figure | Date) -> tuple[int, int]:
    """From where to where the words next to a fact reach."""
    before = [s for s, e, _ in tokens if e <= fact.start][-NEAR:]
    after = [e for s, e, _ in tokens if s >= fact.end][:NEAR]
    return (before[0] if before else fact.start), (after[-1] if after else fact.end)


def _is_age(fact: Figure | Date) -> bool:
    return isinstance(fact, Figure) and fact.rule.startswith("age")


def _worth(fact: Figure | Date) -> object:
    return (fact.low, fact.high, fact.unit) if isinstance(fact, Figure) else (fact.first, fact.last)


def _sentence(text: str, fact: Figure | Date) -> tuple[int, int]:
    """The span that says what a fact is about: its sentence without a dateline, cut where it is very long."""
    dateline = DATELINE.match(text)
    first, last = (0, len(text)) if fact.paragraph == HEADLINE else sentence_at(text, fact.start)
    if dateline and first == 0 and dateline.end() <= fact.start:
        first = dateline.end()
    if first and len([w for _, _, w in words(text[first:last]) if w not in STOP_WORDS]) < SHORT:
        first = sentence_at(text, first - 2)[0]
    return max(first, fact.start - WINDOW), min(max(last, fact.end), fact.end + WINDOW)


Token = tuple[int, int, str]


def _context(tokens: Sequence[Token], fact: Figure | Date) -> dict[str, float]:
    weights: dict[str, float] = {}
    for start, end, word in tokens:
        inside = start < fact.end and fact.start < end
        if word in STOP_WORDS or word in NUMBER_WORDS or len(word) < 2 or word[0].isdigit() or (inside and isinstance(fact, Date)):
            continue
        key = synonym(stem(word))
        near = 0.4 + 0.6 / (1.0 + max(0, fact.start - end, start - fact.end) / 60)
        weights[key] = max(weights.get(key, 0.0), near)
    return weights


def _beside(tokens: Sequence[Token], fact: Figure | Date, reach: int) -> list[str]:
    before = [w for _, e, w in tokens if e <= fact.start]
    return before[-reach:] + [w for s, _, w in tokens if s >= fact.end][:reach]


def _near(tokens: Sequence[Token], fact: Figure | Date) -> dict[str, float]:
    before = [w for _, e, w in tokens if e <= fact.start][-NEAR:]
    after = [w for s, _, w in tokens if s >= fact.end][:NEAR]
    weights: dict[str, float] = {}
    for side in (before[::-1], after):
        for steps, word in enumerate(side):
            if word not in STOP_WORDS and not word[0].isdigit():
                key = synonym(stem(word))
                weights[key] = max(weights.get(key, 0.0), 1 / (1 + steps / 3))
    return weights
