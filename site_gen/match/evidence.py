"""The evidence that two paragraphs report the same thing, as numbers: what the link model weighs.

First a simple score of every pair of paragraphs that share words (``base_scores``), then the whole evidence of the pairs that are among the
best of their row or column (``evidence``). All of it is symmetric: swapping the articles gives the same numbers.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from site_gen.match.features import Features

Cell = tuple[int, int]
KEPT = 4
"""Candidates are among that many best of their row or their column: a paragraph seldom answers to more."""
ANCHOR = 0.3
"""Two paragraphs that are each other's best with at least this base score tell in what order the articles go."""

NAMES = (
    "words_both words_min words_max soft_both soft_max phrases grams_rare grams_mid grams_all names names_none numbers numbers_none dates dates_none "
    "quoted quoted_none quoted_one speakers length_ratio short rarest top_three count in_order best_share least_share best_margin least_margin "
    "diagonal beside level away place_gap leads votes_both votes_max votes_sum alone words_log words_square words_level words_max_log soft_square"
).split()
"""The numbers of ``evidence``, in order."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The base scores of two articles, with the best of each row and column, and how well the order of the sure pairs agrees."""

    scores: Mapping[Cell, float]
    shared: Mapping[Cell, Sequence[str]]
    votes: Mapping[Cell, float]
    alone: Mapping[Cell, int]
    rows: Mapping[int, Sequence[float]]
    columns: Mapping[int, Sequence[float]]
    level: float
    monotone: float
    expected: Mapping[int, float]
    expected_back: Mapping[int, float]

    def candidates(self) -> tuple[Cell, ...]:
        """The pairs worth weighing: those near the best of their row or column."""
        return tuple(
            (i, j)
            for (i, j), score in sorted(self.scores.items())
            if score >= self.rows[i][min(KEPT, len(self.rows[i])) - 1] or score >= self.columns[j][min(KEPT, len(self.columns[j])) - 1]
        )


def base_scores(a: Sequence[Features], b: Sequence[Features]) -> Grid:
    """Rarity-weighted overlap of words, seen from both sides, for every pair of positions that shares one."""
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for j, right in enumerate(b):
        for word, weight in right.weights.items():
            postings[word].append((j, weight))
    sums: dict[Cell, float] = defaultdict(float)
    shared: dict[Cell, list[str]] = defaultdict(list)
    votes: dict[Cell, float] = defaultdict(float)
    alone: dict[Cell, int] = defaultdict(int)
    here = Counter(word for left in a for word in left.weights)
    for i, left in enumerate(a):
        for word, weight in left.weights.items():
            there = postings.get(word, ())
            choices = len(there) * here[word]
            for j, other in there:
                least = weight if weight < other else other
                sums[i, j] += least
                votes[i, j] += least / choices
                shared[i, j].append(word)
                if choices == 1:
                    alone[i, j] += 1
    roots_a, roots_b = [math.sqrt(x.total) or 1.0 for x in a], [math.sqrt(x.total) or 1.0 for x in b]
    scores = {(i, j): s / (roots_a[i] * roots_b[j]) for (i, j), s in sums.items()}
    rows: dict[int, list[float]] = defaultdict(list)
    columns: dict[int, list[float]] = defaultdict(list)
    for (i, j), s in scores.items():
        rows[i].append(s)
        columns[j].append(s)
    for values in (*rows.values(), *columns.values()):
        values.sort(reverse=True)
    tops = [v[0] for v in rows.values()] + [v[0] for v in columns.values()]
    level = sum(tops) / len(tops) if tops else 0.0
    anchors = [(i, j) for (i, j), s in scores.items() if s >= ANCHOR and s == rows[i][0] == columns[j][0]]
    back = [(j, i) for i, j in anchors]
    monotone = _monotone(anchors)
    return Grid(
        scores, shared, votes, alone, rows, columns, level, monotone, _expected(anchors, len(a), len(b)), _expected(back, len(b), len(a))
    )


def _monotone(anchors: Sequence[Cell]) -> float:
    """How much two articles agree in the order of their sure pairs: 0 where half of the pairs of anchors are crossed, 1 where none is."""
    if len(anchors) < 3:
        return 0.0
    pairs = [(x, y) for x, y in itertools.combinations(sorted(anchors), 2) if x[0] != y[0] and x[1] != y[1]]
    same = sum((x[0] < y[0]) == (x[1] < y[1]) for x, y in pairs)
    return max(0.0, 2 * same / len(pairs) - 1) if pairs else 0.0


def _expected(anchors: Sequence[Cell], rows: int, columns: int) -> dict[int, float]:
    """Where each row of one article falls in the other by its anchors, as a share of it: between two anchors in proportion."""
    points = [(-1.0, -1.0), *((float(i), float(j)) for i, j in sorted(anchors)), (float(rows), float(columns))]
    out = {}
    at = 0
    for i in range(rows):
        while at + 2 < len(points) and points[at + 1][0] <= i:
            at += 1
        (x0, y0), (x1, y1) = points[at], points[at + 1]
        out[i] = (y0 + (y1 - y0) * (i - x0) / max(1e-9, x1 - x0)) / max(1, columns)
    return out


def evidence(a: Sequence[Features], b: Sequence[Features], grid: Grid, cell: Cell) -> tuple[float, ...]:
    """The numbers of one pair, in the order of ``NAMES``."""
    i, j = cell
    x, y = a[i], b[j]
    common, votes = grid.shared[cell], grid.votes[cell]
    base = grid.scores[cell]
    rarities = sorted((min(x.weights[w], y.weights[w]) for w in common), reverse=True)
    weight = sum(rarities)
    of_x, of_y = weight / max(x.total, 1e-9), weight / max(y.total, 1e-9)
    small, large = (x.soft, y.soft) if len(x.soft) < len(y.soft) else (y.soft, x.soft)
    soft = sum(min(w, large[key]) for key, w in small.items() if key in large)
    soft_x, soft_y = soft / max(x.total, 1e-9), soft / max(y.total, 1e-9)
    grams = [_contained(p, q) for p, q in zip(x.grams, y.grams, strict=True)]
    sizes = [sum(m.bit_count() for m in f.grams) for f in (x, y)]
    all_grams = 2 * sum((p & q).bit_count() for p, q in zip(x.grams, y.grams, strict=True)) / max(1, sum(sizes))
    row, column = grid.rows[i], grid.columns[j]
    shares = [base / best[0] if best[0] else 0.0 for best in (row, column)]
    margins = [base - (best[0] if base < best[0] else best[1] if len(best) > 1 else 0.0) for best in (row, column)]
    shorter = min(len(x.order), len(y.order))
    diagonal = max(grid.scores.get((i - 1, j - 1), 0.0), grid.scores.get((i + 1, j + 1), 0.0))
    beside = max(grid.scores.get(c, 0.0) for c in ((i, j - 1), (i, j + 1), (i - 1, j), (i + 1, j)))
    away = (abs(grid.expected[i] - j / max(1, len(b))) + abs(grid.expected_back[j] - i / max(1, len(a)))) / 2
    return (
        base,
        min(of_x, of_y),
        max(of_x, of_y),
        math.sqrt(soft_x * soft_y),
        max(soft_x, soft_y),
        len(x.pairs & y.pairs) / max(1, min(len(x.pairs), len(y.pairs))),
        grams[0],
        grams[1],
        all_grams,
        _share(x.names, y.names, x.weights, y.weights),
        _none(x.names, y.names),
        min(2, len(x.numbers & y.numbers)) / 2,
        _none(x.numbers, y.numbers),
        float(bool(x.dates & y.dates)),
        _none(x.dates, y.dates),
        _share(x.quoted, y.quoted, x.weights, y.weights),
        _none(x.quoted, y.quoted),
        float(bool(x.quoted) != bool(y.quoted)),
        float(bool(x.speakers & y.speakers)),
        math.log((shorter + 1) / (max(len(x.order), len(y.order)) + 1)),
        math.log(shorter + 1),
        rarities[0] / 5 if rarities else 0.0,
        sum(rarities[:3]) / 15,
        math.log(len(common) + 1),
        LCSseq.similarity(x.order, y.order) / max(1, shorter),
        max(shares),
        min(shares),
        max(margins),
        min(margins),
        diagonal,
        beside,
        grid.level,
        away * grid.monotone,
        abs(x.place - y.place),
        float(x.position == 0 and y.position == 0),
        votes / math.sqrt(max(x.total, 1e-9) * max(y.total, 1e-9)),
        votes / max(1e-9, min(x.total, y.total)),
        votes / 10,
        math.log(grid.alone.get(cell, 0) + 1),
        math.log(base + 0.02),
        base * base,
        base / max(grid.level, 0.05),
        math.log(max(of_x, of_y) + 0.02),
        soft_x * soft_y,
    )


def _contained(p: int, q: int) -> float:
    least = min(p.bit_count(), q.bit_count())
    return (p & q).bit_count() / least if least else 0.0


def _share(p: frozenset[str], q: frozenset[str], of_p: Mapping[str, float], of_q: Mapping[str, float]) -> float:
    """The weight of what two sets share, of the lighter of the two."""
    if not p or not q:
        return 0.0
    both = sum(min(of_p.get(w, 0.0), of_q.get(w, 0.0)) for w in sorted(p & q))
    return both / max(1e-9, min(sum(of_p.get(w, 0.0) for w in sorted(p)), sum(of_q.get(w, 0.0) for w in sorted(q))))


def _none(p: frozenset[str], q: frozenset[str]) -> float:
    """Whether both have some and share none."""
    return float(bool(p) and bool(q) and not p & q)
