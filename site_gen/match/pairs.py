"""Links between two articles: which paragraphs report the same thing, with a score, a kind and the
evidence.

Two logistic regressions read the evidence (``evidence.py``): one a pair by itself, the second the
pair beside all others (``context.py``). Their weights are constants (``weights.py``), fitted on
development data by ``python -m benchmarks fit``. A link is kept where its probability reaches a
threshold and comes near the best of its row or column, so that one paragraph can answer to several
(splits and merges) without answering to everything.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from operator import mul

from rapidfuzz.distance import Indel

from site_gen.match import context, evidence, weights
from site_gen.match.features import Features
from site_gen.model import Evidence, Link, LinkKind

Cell = tuple[int, int]
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
ORDERED = 0.3
"""Paragraphs are called moved where the sure pairs of two articles go in one order this far: two of
three pairs of them."""

_ORDERED = context.NAMES.index("ordered")
_FIRST = tuple(weights.FIRST[n] for n in evidence.NAMES)
_SECOND = tuple(weights.SECOND[n] for n in evidence.NAMES)
_CONTEXT = tuple(weights.SECOND[f"context {n}"] for n in context.NAMES)
_STRANGERS = tuple(weights.STRANGERS[n] for n in evidence.NAMES)
_STRANGE_CONTEXT = tuple(weights.STRANGERS[f"context {n}"] for n in context.NAMES)
_GROUPS: Mapping[str, str] = {
    **dict.fromkeys(evidence.NAMES, "shared words"),
    **dict.fromkeys("names names_none".split(), "names"),
    **dict.fromkeys("numbers numbers_none dates dates_none".split(), "figures and dates"),
    **dict.fromkeys("quoted quoted_none quoted_one speakers".split(), "quotations and speakers"),
    **dict.fromkeys(
        "best_share least_share best_margin least_margin".split(), "nearer than others"
    ),
    **dict.fromkeys("diagonal beside away place_gap leads".split(), "neighbours and place"),
}
"""What readers are told each number of the evidence is."""


def _told() -> Iterator[tuple[str, tuple[tuple[int, float], ...], float]]:
    """Each group with its numbers' places and weights, and what they come to between strangers."""
    carried = _CONTEXT[0]  # what the second reading makes of the first one's log odds
    for group in dict.fromkeys(_GROUPS.values()):
        parts = tuple(
            (n, _FIRST[n] * carried + _SECOND[n])
            for n, name in enumerate(evidence.NAMES)
            if _GROUPS[name] == group
        )
        yield group, parts, sum(_STRANGERS[n] * w for n, w in parts)


_TOLD = tuple(_told())
_USUAL_CONTEXT = sum(map(mul, _STRANGE_CONTEXT[1:], _CONTEXT[1:]))


def link_articles(left: Sequence[Features], right: Sequence[Features]) -> tuple[Link, ...]:
    """All links between the paragraphs of two articles, in order. Symmetric: swapping the two swaps
    the ends only."""
    grid = evidence.base_scores(left, right)
    rows = {cell: evidence.evidence(left, right, grid, cell) for cell in grid.candidates()}
    first = {
        cell: weights.FIRST["added"] + sum(map(mul, _FIRST, row)) for cell, row in rows.items()
    }
    seen = context.context(first, len(left), len(right))
    added = weights.SECOND["added"]
    odds = {
        cell: round(added + sum(map(mul, _SECOND, row)) + sum(map(mul, _CONTEXT, seen[cell])), 9)
        for cell, row in rows.items()
    }
    same = _identical(left, right)
    kept = keep(odds) | same
    moved = (
        _moved(kept)
        if any(numbers[_ORDERED] >= ORDERED for numbers in seen.values())
        else set[Cell]()
    )
    return tuple(
        Link(
            a=left[i].article,
            i=left[i].index,
            b=right[j].article,
            j=right[j].index,
            score=1.0 if (i, j) in same else min(0.999, round(probability(odds[i, j]), 4)),
            kind=_kind(left[i], right[j], kept, moved, i, j),
            evidence=(Evidence(name="same words", weight=1.0),)
            if (i, j) in same
            else _explain(
                left[i], right[j], rows[i, j], seen[i, j], evidence.shared(left[i], right[j], grid)
            ),
        )
        for i, j in sorted(kept)
    )


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
    common: Sequence[str],
) -> tuple[Evidence, ...]:
    """What each kind of evidence adds to the log odds against two paragraphs that are not linked,
    the weightiest first, with the words that show it; what adds less than 0.1 is left out."""
    sums = {group: sum([row[n] * w for n, w in parts]) - usual for group, parts, usual in _TOLD}
    sums["the other pairs"] = sum(map(mul, seen[1:], _CONTEXT[1:])) - _USUAL_CONTEXT
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


def _chain(kept: set[Cell]) -> set[Cell]:
    """A longest run of links in which neither side goes back: what is left out of it stands
    elsewhere in the other article."""
    tails: list[int] = []  # for each length, the least end of a run in the second article
    ends: list[Cell] = []
    before: dict[Cell, Cell | None] = {}
    for cell in sorted(kept):
        at = bisect_right(tails, cell[1])
        before[cell] = ends[at - 1] if at else None
        tails[at:] = [cell[1], *tails[at + 1 :]]
        ends[at:] = [cell, *ends[at + 1 :]]
    out: set[Cell] = set()
    step = ends[-1] if ends else None
    while step is not None:
        out.add(step)
        step = before[step]
    return out


def _moved(kept: set[Cell]) -> set[Cell]:
    """The links off the longest run in order whose paragraphs have no partner in it: the others are
    repeated, split or merged."""
    chain = _chain(kept)
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
