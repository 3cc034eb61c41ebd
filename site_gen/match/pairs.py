"""Links between two articles: which paragraphs report the same thing, with a score, a kind and the
evidence.

Two logistic regressions read the evidence (``evidence.py``): one a pair by itself, the second the
pair beside all others (``context.py``); near copies of one text and articles written apart have
regressions of their own (``fitted/links.json``, made by ``python -m benchmarks fit``). A link is
kept where its probability reaches a threshold and comes near the best of its row or column, so that
one paragraph can answer to several (splits and merges) without answering to everything.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from operator import mul
from typing import Literal

from rapidfuzz.distance import Indel

from site_gen.fitted.model import Linear, linear, load
from site_gen.grouping import longest_run
from site_gen.match import context, evidence, numbers_of_pairs
from site_gen.match.features import Features
from site_gen.model import Evidence, Link, LinkKind

Cell = tuple[int, int]
ReadingKind = Literal["near", "apart", "sentences"]
THRESHOLD = 0.3
"""The least probability of a link, chosen on the development sets (``python -m benchmarks fit``
prints the F1)."""
NEAR_BEST = 0.6
"""A link must reach this share of the best in its row or in its column: the other side may have a
better partner elsewhere."""
EDITED = 0.6
"""From this share of words in common on, the difference is shown by striking and inserting (DESIGN:
about 60 %)."""
REPEATED = 64
"""A text that stands eight times in each of two articles is furniture: it is not linked each with
each."""
NEAR_COPIES = 0.5
"""Two articles are near copies from this mean of their paragraphs' best scores on: versions and
rewrites of the development sets have 0.6 to 0.9, outlets' own reports 0.13 to 0.42."""
CONTAINED = 0.95
"""Share of the lighter paragraph's weight from which it may stand in the other as a whole."""
WORDS_INSIDE = 5
"""A paragraph of more words that stands whole in another is linked with it: it was split or
merged."""
SURE = 3.0
"""The log odds of such a link: 95 in 100."""
ONE_SENTENCE = 1.2
"""Sentences a paragraph up to which two articles are read sentence by sentence: the development
sets of sentences have 1.0, news stories 1.4 to 2."""
BOUNDS: Mapping[ReadingKind, evidence.Bound] = {
    "near": evidence.Bound(kept=3, floor=0.07, unlikely=0.01),
    "sentences": evidence.Bound(kept=3, floor=0.07, unlikely=0.04),
    "apart": evidence.Bound(kept=6, floor=0.05, unlikely=0.05, words=2),
}
"""Between independent reports the right partner is often not the most alike: of the pairs that a
reader of ``stories/`` puts together 80 in 100 are among the best three, 91 among the best six.
Leaving the unlikely ones out costs nothing in five folds. Two paragraphs of news that share one
telling word have nothing in common: a sub-heading is no partner."""
ORDERED = 0.3
"""Paragraphs are called moved where the sure pairs of two articles go in one order this far: two of
three pairs of them."""

GROUPS: Mapping[str, str] = {
    **dict.fromkeys(numbers_of_pairs.NAMES, "shared words"),
    **dict.fromkeys("names names_none".split(), "names"),
    **dict.fromkeys("numbers numbers_none dates dates_none".split(), "figures and dates"),
    **dict.fromkeys("quoted quoted_none quoted_one speakers".split(), "quotations and speakers"),
    **dict.fromkeys(
        "best_share least_share best_margin least_margin".split(), "nearer than others"
    ),
    **dict.fromkeys(
        "diagonal beside away place_gap leads early late".split(), "neighbours and place"
    ),
    "carried": "names",
}
"""What readers are told each number of the evidence is."""


@dataclass(frozen=True)
class Reading:
    """The two readings of one kind of pairs of articles, and what each number usually is between
    paragraphs that are no link: what evidence is told against."""

    first: Linear
    second: Linear
    usual: Mapping[str, float]

    @cached_property
    def weights(self) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
        """The weights in the order of the numbers: first reading, second reading, context."""
        return (
            tuple(self.first.weights[n] for n in numbers_of_pairs.QUICK),
            tuple(self.second.weights[n] for n in numbers_of_pairs.NAMES),
            tuple(self.second.weights[f"context {n}"] for n in context.NAMES),
        )

    @cached_property
    def told(self) -> tuple[tuple[str, tuple[tuple[int, float], ...], float], ...]:
        """Each group of evidence with its numbers' places and weights, and what they come to
        between strangers."""
        one, two, (carried, *_) = self.weights  # what becomes of the first reading's log odds
        out = []
        for group in dict.fromkeys(GROUPS.values()):
            parts = tuple(
                (n, (one[n] * carried if n < len(one) else 0.0) + two[n])
                for n, name in enumerate(numbers_of_pairs.NAMES)
                if GROUPS[name] == group
            )
            usual = sum(self.usual[numbers_of_pairs.NAMES[n]] * w for n, w in parts)
            out.append((group, parts, usual))
        return tuple(out)

    @cached_property
    def usual_context(self) -> float:
        """What the other pairs add between strangers."""
        return sum(
            self.usual[f"context {n}"] * w
            for n, w in zip(context.NAMES[1:], self.weights[2][1:], strict=True)
        )


@cache
def shipped(kind: ReadingKind) -> Reading:
    """A reading of ``fitted/links.json``: of near copies, or of independent articles."""
    return Reading(
        linear("links", f"{kind} first"),
        linear("links", f"{kind} second"),
        load("links")["usual"][kind],
    )


def kind_of(
    grid: evidence.Grid, left: Sequence[Features], right: Sequence[Features]
) -> ReadingKind:
    """Whether two articles are near copies of one text, by how much their paragraphs are alike, or
    were written apart; and then, whether their paragraphs are sentences, as in bulletins and
    retellings."""
    if grid.level >= NEAR_COPIES:
        return "near"
    told = sum(len(x.sentences) for x in (*left, *right))
    return "sentences" if told <= ONE_SENTENCE * (len(left) + len(right)) else "apart"


def link_articles(
    left: Sequence[Features], right: Sequence[Features], reading: Reading | None = None
) -> tuple[Link, ...]:
    """All links between the paragraphs of two articles, in order. Symmetric: swapping the two swaps
    the ends only. ``reading``: another than the shipped one for their kind."""
    grid = evidence.base_scores(left, right)
    kind = kind_of(grid, left, right)
    with_ = reading or shipped(kind)
    one, two, beside = with_.weights
    bound = BOUNDS[kind]
    looks = evidence.looks(left, right, grid, bound)
    first = {cell: with_.first.added + sum(map(mul, one, look)) for cell, look in looks.items()}
    inside = {
        (i, j)
        for (i, j), look in looks.items()
        if look.words_max > CONTAINED and _contained(left[i], right[j])
    }
    first |= {cell: max(first[cell], SURE) for cell in inside}
    seen = context.context(first, len(left), len(right), bound.unlikely)
    rows = {cell: (*looks[cell], *evidence.rest(left, right, grid, cell)) for cell in seen}
    added = with_.second.added
    odds = {
        cell: round(added + sum(map(mul, two, row)) + sum(map(mul, beside, seen[cell])), 9)
        for cell, row in rows.items()
    }
    odds |= {cell: max(odds[cell], SURE) for cell in inside}
    same = _identical(left, right)
    kept = keep(odds) | same
    ordered = any(numbers.ordered >= ORDERED for numbers in seen.values())
    moved = _moved(kept) if ordered else set[Cell]()
    return tuple(
        Link(
            a=left[i].article,
            i=left[i].index,
            b=right[j].article,
            j=right[j].index,
            score=1.0 if (i, j) in same else min(0.999, round(probability(odds[i, j]), 4)),
            kind=_kind(left[i], right[j], kept, moved, i, j),
            spans=_spans(left[i], right[j]),
            evidence=(
                (Evidence(name="same words", weight=1.0),)
                if (i, j) in same
                else _explain(
                    left[i],
                    right[j],
                    rows[i, j],
                    seen[i, j],
                    evidence.shared(left[i], right[j], grid),
                    with_,
                )
            ),
        )
        for i, j in sorted(kept)
    )


def _contained(item: Features, other: Features) -> bool:
    """Whether the whole of a paragraph stands in the other, word for word."""
    short, long = sorted((item.folded, other.folded), key=len)
    return short.count(" ") >= WORDS_INSIDE and short.rstrip(".") in long


def _spans(item: Features, other: Features) -> tuple[tuple[int, int], tuple[int, int]]:
    """The sentences of two linked paragraphs that speak most for each other."""
    best = evidence.best_sentences(item, other)
    x, y = item.sentences[best.a], other.sentences[best.b]
    return (x.start, x.end), (y.start, y.end)


def keep(odds: Mapping[Cell, float]) -> set[Cell]:
    """The pairs that are shown as links, of log odds by pair."""
    best_i: dict[int, float] = defaultdict(float)
    best_j: dict[int, float] = defaultdict(float)
    scores = {cell: probability(z) for cell, z in odds.items()}
    for (i, j), score in scores.items():
        best_i[i], best_j[j] = max(best_i[i], score), max(best_j[j], score)
    return {
        (i, j)
        for (i, j), score in scores.items()
        if score >= THRESHOLD and score >= NEAR_BEST * min(best_i[i], best_j[j])
    }


def probability(odds: float) -> float:
    """The probability of log odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _identical(first: Sequence[Features], second: Sequence[Features]) -> set[Cell]:
    """The pairs with the same words. Where one text stands very often in both, the first with the
    first, the second with the second."""
    places: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list))
    for side, found in zip((first, second), places, strict=True):
        for n, paragraph in enumerate(side):
            found[paragraph.folded].append(n)
    out: set[Cell] = set()
    for text, here in places[0].items():
        there = places[1].get(text, []) if text else []
        out |= (
            set(product(here, there))
            if len(here) * len(there) <= REPEATED
            else set(zip(here, there, strict=False))
        )
    return out


def _explain(
    item: Features,
    other: Features,
    row: Sequence[float],
    seen: Sequence[float],
    common: Iterable[str],
    reading: Reading,
) -> tuple[Evidence, ...]:
    """What each kind of evidence adds to the log odds against two paragraphs that are not linked,
    the weightiest first, with the words that show it; what adds less than 0.1 is left out."""
    sums = {
        group: sum([row[n] * w for n, w in parts]) - usual for group, parts, usual in reading.told
    }
    beside = sum(map(mul, seen[1:], reading.weights[2][1:]))
    sums["the other pairs"] = beside - reading.usual_context
    top = sorted(common, key=lambda w: (-item.weights[w] - other.weights[w], w))
    words = {
        "shared words": tuple(item.shown[w] for w in top[:6]),
        "names": tuple(item.shown[w] for w in sorted(item.names & other.names)[:4]),
        "figures and dates": tuple(
            sorted(_figure(n) for n in item.numbers & other.numbers)[:3]
            + sorted(item.dates & other.dates)[:3]
        ),
    }
    found = [
        Evidence(name=n, weight=round(v, 2), words=words.get(n, ()) if v > 0 else ())
        for n, v in sums.items()
        if abs(v) >= 0.1
    ]
    return tuple(sorted(found, key=lambda e: (-e.weight, e.name)))


def _figure(interval: tuple[float | None, float | None]) -> str:
    """A figure's interval for readers."""
    low, high = interval
    if low is None or high is None:
        return (
            f"up to {high:,.12g}"
            if high is not None
            else f"{low:,.12g} or more"
            if low is not None
            else "open"
        )
    return f"{low:,.12g}" if low == high else f"{low:,.12g} to {high:,.12g}"


def word_likeness(first: str, second: str) -> float:
    """Share of words that two folded texts have in common, in order, from 0 to 1."""
    return Indel.normalized_similarity(first.split(), second.split())


def _moved(kept: set[Cell]) -> set[Cell]:
    """The links off the longest run in order whose paragraphs have no partner in it: the others are
    repeated, split or merged."""
    chain = longest_run(kept)
    rows, columns = {i for i, _ in chain}, {j for _, j in chain}
    return {(i, j) for i, j in kept - chain if i not in rows and j not in columns}


def _kind(
    first: Features, second: Features, kept: set[Cell], moved: set[Cell], row: int, column: int
) -> LinkKind:
    if first.folded == second.folded:
        return "moved" if (row, column) in moved else "same"
    rows = sum((row, k) in kept for k in (column - 1, column + 1))
    columns = sum((k, column) in kept for k in (row - 1, row + 1))
    if rows and not columns:
        return "split"
    if columns and not rows:
        return "merged"
    if word_likeness(first.folded, second.folded) >= EDITED:
        return "moved" if (row, column) in moved else "edited"
    longer, shorter = max(first.total, second.total), min(first.total, second.total)
    return "partial" if longer > 2.5 * shorter else "reworded"
