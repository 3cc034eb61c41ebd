"""A fact: one figure or date of one source with the words around it, which say what it is about.

Facts are what rows are made of. Two facts are about the same thing when what is counted, the unit, the words of their
sentences and the match of their paragraphs say so — never because their numbers are equal.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from site_gen.model import HEADLINE, Annotated, Date, Figure, Place, Statement
from site_gen.units import base, dimension
from site_gen.words import NUMBER_WORDS, STOP_WORDS, sentence_at, stem, words

_GROUPS = (
    ("troop", "soldier", "serviceman", "personnel", "force"),
    ("death", "dead", "fatality", "life", "kill", "die", "victim"),
    ("injury", "injured", "wounded", "wound", "hurt", "casualty"),
    ("person", "people", "individual"),
    ("passenger", "traveller", "traveler"),
    ("resident", "inhabitant", "citizen"),
    ("ship", "vessel", "warship", "boat"),
    ("home", "house", "household"),
    ("job", "position", "post"),
    ("lawmaker", "legislator", "senator", "congressman", "representative"),
    ("child", "kid"),
    ("officer", "policeman", "police"),
    ("protester", "demonstrator"),
    ("vote", "ballot"),
)
"""Nouns that outlets use for one another when they count the same thing. A small table of the project's own."""
SYNONYMS = {form: group[0] for group in _GROUPS for word in group for form in (word, stem(word))}


WINDOW = 500
"""Characters around a fact that say what it is about: a long sentence."""
DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:,? [A-Z][a-z.]+)?(?: \([^)]{2,30}\))?\s+[—–-]+\s")
""" "LOWER OSTER — " at the head of a report: where it was written, not what a sentence is about."""


def _forms(words_: str) -> frozenset[str]:
    return frozenset(SYNONYMS.get(form, form) for word in words_.split() for form in (word, stem(word)))


APART = tuple(
    tuple(_forms(word) for word in group.split())
    for group in (
        "death injury missing rescue evacuate arrest detain displace infect survive",
        "hold lose gain",
        "rise fall",
        "increase decrease",
        "hire fire",
    )
)
"""Words of one line count different things: figures whose sentences hold different ones of them are not about the same thing."""


def opposed(a: Mapping[str, float], b: Mapping[str, float]) -> bool:
    """Whether two contexts speak of different outcomes (killed against injured)."""
    for line in APART:
        left, right = ({n for n, forms in enumerate(line) if forms & c.keys()} for c in (a, b))
        if left and right and not left & right:
            return True
    return False


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A figure or date with its context. ``context``: stem → rarity, of its sentence, without the fact's own words."""

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
    age: bool
    """Whether the figure is somebody's age, which is no stretch of time, and another person's says nothing of it."""
    head: str
    counted: str
    said_by: str
    context: Mapping[str, float]
    shown: Mapping[str, str]
    total: float

    @property
    def dimension(self) -> str:
        """What the values can be compared in: a unit's dimension, a currency, or the empty string for counts."""
        return dimension(self.unit)

    @property
    def key(self) -> tuple[str, int, int]:
        """Where the fact stands: source, paragraph, start."""
        return self.source, self.paragraph, self.start

    def statement(self) -> Statement:
        """The fact as a cell shows it."""
        return Statement(
            place=Place(article=self.source, paragraph=self.paragraph, start=self.start, end=self.end), text=self.text, hedge=self.hedge,
            low=self.low, high=self.high, unit=self.unit, said_by=self.said_by,
        )  # fmt: skip


def synonym(head: str) -> str:
    """The head noun, or the word that stands for its group."""
    return SYNONYMS.get(head, head)


def facts(sources: Sequence[Annotated]) -> dict[str, tuple[Fact, ...]]:
    """The facts of each source, in order of place. Rarity is measured over the sentences of all sources."""
    sentences: Counter[str] = Counter()
    count = 0
    for source in sources:
        for paragraph in source.article.all_text:
            seen = {stem(w) for _, _, w in words(paragraph.text)}
            sentences.update(seen)
            count += 1
    return {source.article.id: tuple(_of(source, sentences, count)) for source in sources}


def _of(source: Annotated, seen: Counter[str], count: int) -> Iterable[Fact]:
    found: list[Figure | Date] = sorted([*source.figures, *source.dates], key=lambda f: (f.paragraph, f.start, -f.end))
    for fact in found:
        text = source.article.paragraph(fact.paragraph).text
        context, shown = _context(text, fact, seen, count)
        common = {
            "source": source.article.id, "paragraph": fact.paragraph, "start": fact.start, "end": fact.end, "text": fact.text, "said_by": fact.said_by,
            "context": context, "shown": shown, "total": sum(context.values()),
        }  # fmt: skip
        if isinstance(fact, Figure):
            low, high = (None if v is None else base(v, fact.unit) for v in (fact.low, fact.high))
            yield Fact(
                kind="figure", hedge=fact.hedge, low=low, high=high, unit=fact.unit, age=fact.rule.startswith("age"), head=fact.head,
                counted=fact.counted, **common,  # type: ignore[arg-type]
            )  # fmt: skip
        elif fact.first and fact.last:
            yield Fact(
                kind="date", hedge=fact.bound, low=float(fact.first.toordinal()), high=float(fact.last.toordinal()), unit="", age=False,
                head=fact.granularity, counted="", **common,  # type: ignore[arg-type]
            )  # fmt: skip


def _context(text: str, fact: Figure | Date, seen: Counter[str], count: int) -> tuple[dict[str, float], dict[str, str]]:
    dateline = DATELINE.match(text)
    first, last = (0, len(text)) if fact.paragraph == HEADLINE else sentence_at(text, fact.start)
    weights: dict[str, float] = {}
    shown: dict[str, str] = {}
    if dateline and first == 0:
        first = dateline.end()
    first, last = max(first, fact.start - WINDOW), min(last, fact.end + WINDOW)
    for start, end, word in words(text[first:last]):
        inside = start + first < fact.end and fact.start < end + first
        if word in STOP_WORDS or word in NUMBER_WORDS or len(word) < 2 or word[0].isdigit() or (inside and isinstance(fact, Date)):
            continue
        key = synonym(stem(word))
        near = 1.0 / (1.0 + max(0, (fact.start - (end + first)), ((start + first) - fact.end)) / 60)
        rarity = math.log((count + 1) / (seen[stem(word)] + 0.5)) * (0.4 + 0.6 * near)
        weights[key] = max(weights.get(key, 0.0), rarity)
        shown.setdefault(key, text[first + start : first + end])
    return weights, shown
