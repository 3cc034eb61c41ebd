"""Links between two articles: which paragraphs report the same thing, with a score, a kind and the evidence.

The score mixes rarity-weighted overlap of words, seen from both sides, with shared word pairs, names and numbers. A link is
kept where its score reaches a threshold and comes near the best of its row or column, so that one paragraph can answer to
several (splits and merges) without answering to everything.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Indel

from site_gen.match.features import Features
from site_gen.model import Evidence, Link, LinkKind

THRESHOLD = 0.2
"""The least score of a link, chosen on the development sets (``python -m benchmarks links`` prints the F1)."""
NEAR_BEST = 0.8
"""A link must reach this share of the best in its row or in its column: the other side may have a better partner elsewhere."""
EDITED = 0.6
"""From this share of words in common on, the difference is shown by striking and inserting (DESIGN: about 60 %)."""
MIN_SHARED = 2
"""Links rest on at least two shared words, whatever their weight."""


def link_articles(a: Sequence[Features], b: Sequence[Features]) -> tuple[Link, ...]:
    """All links between the paragraphs of two articles, in order. Symmetric: swapping the two swaps the ends only."""
    scored = score_pairs(a, b)
    best_i: dict[int, float] = defaultdict(float)
    best_j: dict[int, float] = defaultdict(float)
    for (i, j), (score, _) in scored.items():
        best_i[i], best_j[j] = max(best_i[i], score), max(best_j[j], score)
    kept = {
        (i, j): (score, evidence)
        for (i, j), (score, evidence) in scored.items()
        if score >= THRESHOLD and score >= NEAR_BEST * min(best_i[i], best_j[j])
    }
    return tuple(_link(a[i], b[j], score, evidence, kept, i, j) for (i, j), (score, evidence) in sorted(kept.items()))


def score_pairs(a: Sequence[Features], b: Sequence[Features]) -> dict[tuple[int, int], tuple[float, tuple[Evidence, ...]]]:
    """Score and evidence of every pair of positions that shares at least two words."""
    postings: dict[str, list[int]] = defaultdict(list)
    for j, right in enumerate(b):
        for word in right.weights:
            postings[word].append(j)
    out = {}
    for i, left in enumerate(a):
        shared: dict[int, list[str]] = defaultdict(list)
        for word in left.weights:
            for j in postings.get(word, ()):
                shared[j].append(word)
        for j, common in shared.items():
            if len(common) >= MIN_SHARED or left.folded == b[j].folded:
                out[i, j] = score(left, b[j], common)
        for j, right in enumerate(b):
            if (i, j) not in out and left.folded == right.folded:
                out[i, j] = (1.0, (Evidence(name="same words", weight=1.0),))
    return out


def score(a: Features, b: Features, common: Sequence[str]) -> tuple[float, tuple[Evidence, ...]]:
    """How sure it is, from 0 to 1, that two paragraphs report the same thing, and why."""
    if a.folded == b.folded:
        return 1.0, (Evidence(name="same words", weight=1.0),)
    weight = sum(min(a.weights[w], b.weights[w]) for w in common)
    of_a, of_b = weight / max(a.total, 1e-9), weight / max(b.total, 1e-9)
    both = math.sqrt(of_a * of_b)
    inside = max(of_a, of_b) * min(1.0, len(common) / 8)
    pairs = len(a.pairs & b.pairs) / max(1, min(len(a.pairs), len(b.pairs)))
    names, numbers = sorted(a.names & b.names), sorted(a.numbers & b.numbers)
    name_share = len(names) / max(1, min(len(a.names), len(b.names)))
    top = sorted(common, key=lambda w: (-a.weights[w], w))[:6]
    parts = [
        Evidence(name="shared words", weight=round(0.5 * both, 3), words=tuple(a.shown[w] for w in top)),
        Evidence(name="one stands in the other", weight=round(0.2 * inside, 3)),
        Evidence(name="shared phrases", weight=round(0.2 * min(1.0, 2 * pairs), 3)),
        Evidence(name="shared names", weight=round(0.08 * name_share, 3), words=tuple(a.shown[w] for w in names[:4])),
        Evidence(name="shared figures or dates", weight=0.08 if numbers else 0.0, words=tuple(numbers[:4])),
    ]
    total = sum(part.weight for part in parts)
    return min(0.999, round(total, 4)), tuple(part for part in parts if part.weight > 0)


def word_likeness(a: str, b: str) -> float:
    """Share of words that two folded texts have in common, in order, from 0 to 1."""
    return Indel.normalized_similarity(a.split(), b.split())


def _link(
    a: Features, b: Features, score: float, evidence: tuple[Evidence, ...], kept: Mapping[tuple[int, int], object], i: int, j: int
) -> Link:
    return Link(a=a.article, i=a.index, b=b.article, j=b.index, score=score, kind=_kind(a, b, kept, i, j), evidence=evidence)


def _kind(a: Features, b: Features, kept: Mapping[tuple[int, int], object], i: int, j: int) -> LinkKind:
    if a.folded == b.folded:
        return "same"
    rows = sum((i, k) in kept for k in (j - 1, j + 1))
    columns = sum((k, j) in kept for k in (i - 1, i + 1))
    if rows and not columns:
        return "split"
    if columns and not rows:
        return "merged"
    if word_likeness(a.folded, b.folded) >= EDITED:
        return "edited"
    longer, shorter = max(a.total, b.total), min(a.total, b.total)
    return "partial" if longer > 2.5 * shorter else "reworded"
