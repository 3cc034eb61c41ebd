"""The evidence that two paragraphs report the same thing, as numbers: what the link model weighs.

First a simple score of every pair of paragraphs that share words (``base_scores``), then the whole
evidence of the pairs that are among the best of their row or column (``evidence``). All of it is
symmetric: swapping the articles gives the same numbers.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import truediv
from typing import Any

from rapidfuzz.distance import LCSseq

from site_gen.match.features import Features

Cell = tuple[int, int]
KEPT = 3
"""Candidates are among that many best of their row or their column: a paragraph seldom answers to
more."""
FLOOR = 0.07
"""Pairs below this base score are not weighed: of 25,800 candidates on the development sets eight
such would be links, three of them rightly."""
COMMON = 60
"""A word that more paragraphs of one article use than this pairs none: what is kept of two articles
grows with their length only."""
LARGE = 20_000
"""Pairs of paragraphs from which on two articles are long: 140 paragraphs each."""
BEST = 12
"""Pairs kept of each row and column of long articles: enough for ``KEPT`` and for its
neighbours."""
ANCHOR = 0.3
"""Two paragraphs that are each other's best with at least this base score tell in what order the
articles go."""

NAMES = (
    "words_both words_min words_max soft_both soft_max phrases grams_rare grams_mid grams_all names"
    " names_none numbers numbers_none dates dates_none quoted quoted_none quoted_one speakers"
    " length_ratio short rarest top_three count in_order best_share least_share best_margin"
    " least_margin diagonal beside level away place_gap leads votes_both votes_max votes_sum alone"
    " words_log words_square words_level words_max_log soft_square"
).split()
"""The numbers of ``evidence``, in order."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The base scores of two articles, with the best of each row and column, and how well the order
    of the sure pairs agrees.

    ``choices``: for each word of both, how many pairs of paragraphs it could speak for.
    """

    scores: Mapping[Cell, float]
    choices: Mapping[str, int]
    rows: Mapping[int, Sequence[float]]
    columns: Mapping[int, Sequence[float]]
    level: float
    monotone: float
    expected: Mapping[int, float]
    expected_back: Mapping[int, float]

    def candidates(self) -> tuple[Cell, ...]:
        """The pairs worth weighing: those near the best of their row or column."""
        least_i = {i: best[:KEPT][-1] for i, best in self.rows.items()}
        least_j = {j: best[:KEPT][-1] for j, best in self.columns.items()}
        return tuple(
            cell
            for cell, score in sorted(self.scores.items())
            if score >= FLOOR and (score >= least_i[cell[0]] or score >= least_j[cell[1]])
        )


def base_scores(first: Sequence[Features], second: Sequence[Features]) -> Grid:
    """Rarity-weighted overlap of words, seen from both sides, for every pair of positions that
    shares one.

    Of two long articles only the best of each row and column are kept, so that memory grows with
    their length and not with its square.
    """
    counts = (
        Counter(word for x in first for word in x.weights),
        Counter(word for x in second for word in x.weights),
    )
    choices = {
        w: n * counts[1][w]
        for w, n in counts[0].items()
        if n <= COMMON and 0 < counts[1][w] <= COMMON
    }
    large = len(first) * len(second) > LARGE
    scores = _overlaps(first, second, choices, BEST if large else 0)
    if large:
        scores |= {
            (i, j): score for (j, i), score in _overlaps(second, first, choices, BEST).items()
        }
        scores = dict(sorted(scores.items()))
    rows: dict[int, list[float]] = defaultdict(list)
    columns: dict[int, list[float]] = defaultdict(list)
    for (i, j), s in scores.items():
        rows[i].append(s)
        columns[j].append(s)
    for values in (*rows.values(), *columns.values()):
        values.sort(reverse=True)
    tops = [v[0] for v in rows.values()] + [v[0] for v in columns.values()]
    level = sum(tops) / len(tops) if tops else 0.0
    anchors = [
        (i, j) for (i, j), s in scores.items() if s >= ANCHOR and s == rows[i][0] == columns[j][0]
    ]
    back = [(j, i) for i, j in anchors]
    monotone = _monotone(anchors)
    return Grid(
        scores,
        choices,
        rows,
        columns,
        level,
        monotone,
        _expected(anchors, len(first), len(second)),
        _expected(back, len(second), len(first)),
    )


def _overlaps(
    first: Sequence[Features], second: Sequence[Features], choices: Mapping[str, int], best: int
) -> dict[Cell, float]:
    """The weight that two paragraphs share, of the geometric mean of their weights. With ``best``,
    only so many of each row are kept."""
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for j, right in enumerate(second):
        for word, weight in right.weights.items():
            if word in choices:
                postings[word].append((j, weight))
    roots = [math.sqrt(x.total) or 1.0 for x in second]
    out: dict[Cell, float] = {}
    for i, left in enumerate(first):
        sums = [0.0] * len(second)
        for word, weight in left.weights.items():
            for j, other in postings.get(word, ()):
                sums[j] += weight if weight < other else other
        root = math.sqrt(left.total) or 1.0
        row = [(s / (root * roots[j]), j) for j, s in enumerate(sums) if s]
        if best:
            row = sorted(row, key=lambda r: (-r[0], r[1]))[:best]
        for score, j in row:
            out[i, j] = score
    return out


def _monotone(anchors: Sequence[Cell]) -> float:
    """How much two articles agree in the order of their sure pairs: 0 where half of the pairs of
    anchors are crossed, 1 where none is."""
    if len(anchors) < 3:
        return 0.0
    pairs = [
        (x, y)
        for x, y in itertools.combinations(sorted(anchors), 2)
        if x[0] != y[0] and x[1] != y[1]
    ]
    same = sum((x[0] < y[0]) == (x[1] < y[1]) for x, y in pairs)
    return max(0.0, 2 * same / len(pairs) - 1) if pairs else 0.0


def _expected(anchors: Sequence[Cell], rows: int, columns: int) -> dict[int, float]:
    """Where each row of one article falls in the other by its anchors, as a share of it: between
    two anchors in proportion."""
    points = [
        (-1.0, -1.0),
        *((float(i), float(j)) for i, j in sorted(anchors)),
        (float(rows), float(columns)),
    ]
    out = {}
    at = 0
    for i in range(rows):
        while at + 2 < len(points) and points[at + 1][0] <= i:
            at += 1
        (x0, y0), (x1, y1) = points[at], points[at + 1]
        out[i] = (y0 + (y1 - y0) * (i - x0) / max(1e-9, x1 - x0)) / max(1, columns)
    return out


def evidence(
    first: Sequence[Features], second: Sequence[Features], grid: Grid, cell: Cell
) -> tuple[float, ...]:
    """The numbers of one pair, in the order of ``NAMES``."""
    i, j = cell
    x, y = first[i], second[j]
    base = grid.scores[cell]
    common = shared(x, y, grid)
    least = [min(x.weights[w], y.weights[w]) for w in common]
    choices = [grid.choices[w] for w in common]
    votes = sum(map(truediv, least, choices))
    rarities = sorted(least)[-3:]
    total_x, total_y = x.total or 1e-9, y.total or 1e-9
    root = math.sqrt(total_x * total_y)
    weight = base * root
    of_x, of_y = weight / total_x, weight / total_y
    soft = _least(x.soft, y.soft)
    grams = [(p & q).bit_count() for p, q in zip(x.grams, y.grams, strict=True)]
    row, column = grid.rows[i], grid.columns[j]
    shares = base / row[0], base / column[0]
    margins = (
        base - (row[0] if base < row[0] else row[1] if len(row) > 1 else 0.0),
        base - (column[0] if base < column[0] else column[1] if len(column) > 1 else 0.0),
    )
    shorter, longer = sorted((len(x.order), len(y.order)))
    get = grid.scores.get
    away = (
        abs(grid.expected[i] - j / len(second)) + abs(grid.expected_back[j] - i / len(first))
    ) / 2
    return (
        base,
        min(of_x, of_y),
        max(of_x, of_y),
        soft / root,
        soft / min(total_x, total_y),
        len(x.pairs & y.pairs) / max(1, min(len(x.pairs), len(y.pairs))),
        grams[0] / max(1, min(x.gram_sizes[0], y.gram_sizes[0])),
        grams[1] / max(1, min(x.gram_sizes[1], y.gram_sizes[1])),
        2 * sum(grams) / max(1, sum(x.gram_sizes) + sum(y.gram_sizes)),
        _share(x.names, y.names, x, y),
        _none(x.names, y.names),
        min(2, len(x.numbers & y.numbers)) / 2,
        _none(x.numbers, y.numbers),
        float(bool(x.dates & y.dates)),
        _none(x.dates, y.dates),
        _share(x.quoted, y.quoted, x, y),
        _none(x.quoted, y.quoted),
        float(bool(x.quoted) != bool(y.quoted)),
        float(bool(x.speakers & y.speakers)),
        math.log((shorter + 1) / (longer + 1)),
        math.log(shorter + 1),
        rarities[-1] / 5,
        sum(rarities) / 15,
        math.log(len(common) + 1),
        LCSseq.similarity(x.order, y.order) / max(1, shorter),
        max(shares),
        min(shares),
        max(margins),
        min(margins),
        max(get((i - 1, j - 1), 0.0), get((i + 1, j + 1), 0.0)),
        max(get((i, j - 1), 0.0), get((i, j + 1), 0.0), get((i - 1, j), 0.0), get((i + 1, j), 0.0)),
        grid.level,
        away * grid.monotone,
        abs(x.place - y.place),
        float(x.position == 0 and y.position == 0),
        votes / root,
        votes / min(total_x, total_y),
        votes / 10,
        math.log(choices.count(1) + 1),
        math.log(base + 0.02),
        base * base,
        base / max(grid.level, 0.05),
        math.log(max(of_x, of_y) + 0.02),
        soft * soft / (total_x * total_y),
    )


def shared(item: Features, other: Features, grid: Grid) -> list[str]:
    """The words that two paragraphs share and that tell anything, in the order of the alphabet."""
    return sorted((item.weights.keys() & other.weights.keys()) & grid.choices.keys())


def _least(paragraph: Mapping[str, float], quotation: Mapping[str, float]) -> float:
    """What two sets of weights have in common."""
    return math.fsum(
        [min(paragraph[key], quotation[key]) for key in paragraph.keys() & quotation.keys()]
    )


def _share(
    paragraph: frozenset[str], quotation: frozenset[str], item: Features, other: Features
) -> float:
    """The weight of the words that two sets share, of the lighter of the two."""
    both = paragraph & quotation
    if not both:
        return 0.0
    of_x, of_y = (
        math.fsum([f.weights.get(w, 0.0) for w in words])
        for f, words in ((item, paragraph), (other, quotation))
    )
    return math.fsum(
        [min(item.weights.get(w, 0.0), other.weights.get(w, 0.0)) for w in both]
    ) / max(1e-9, min(of_x, of_y))


def _none(paragraph: frozenset[Any], quotation: frozenset[Any]) -> float:
    """Whether both have some and share none."""
    return float(bool(paragraph) and bool(quotation) and not paragraph & quotation)
