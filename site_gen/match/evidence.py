"""The evidence that two paragraphs report the same thing, as numbers: what the link model weighs.

First a simple score of every pair of paragraphs that share words (``base_scores``), then what the
pairs that are among the best of their row or column tell at first sight (``quick``), and the rest
of those that are not unlikely then (``rest``). All of it is symmetric: swapping the articles gives
the same numbers.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from operator import truediv
from typing import Any

from rapidfuzz.distance import LCSseq

from site_gen.match.features import Features
from site_gen.match.numbers_of_pairs import Quick, Rest

Cell = tuple[int, int]
COMMON = 60
"""A word that more paragraphs of one article use than this pairs none: what is kept of two articles
grows with their length only."""
LARGE = 20_000
"""Pairs of paragraphs from which on two articles are long: 140 paragraphs each."""
BEST = 12
"""Pairs kept of each row and column of long articles: enough for every ``Bound`` and
for its neighbours."""
ANCHOR = 0.3
"""Two paragraphs that are each other's best with at least this base score tell in what order the
articles go."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bound:
    """Which pairs are weighed: at first sight those among the ``kept`` best of their row or their
    column, from the base score ``floor`` on; then those that are not less than ``unlikely``."""

    kept: int
    floor: float
    unlikely: float
    words: int = 1
    """So many telling words two paragraphs share at least."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The base scores of two articles, with the best of each row and column, and how well the order
    of the sure pairs agrees.

    ``choices``: for each word of both, how many pairs of paragraphs it could speak for.
    """

    scores: Mapping[Cell, float]
    choices: Mapping[str, int]
    frequent: frozenset[str]
    """Words that stand too often to speak for a pair."""
    rows: Mapping[int, Sequence[float]]
    columns: Mapping[int, Sequence[float]]
    level: float
    monotone: float
    expected: Mapping[int, float]
    expected_back: Mapping[int, float]

    def candidates(self, bound: Bound) -> tuple[Cell, ...]:
        """The pairs worth weighing: those near the best of their row or column."""
        least_i = {i: best[: bound.kept][-1] for i, best in self.rows.items()}
        least_j = {j: best[: bound.kept][-1] for j, best in self.columns.items()}
        return tuple(
            cell
            for cell, score in sorted(self.scores.items())
            if score >= bound.floor and (score >= least_i[cell[0]] or score >= least_j[cell[1]])
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
        frozenset(w for w, n in counts[0].items() if counts[1][w] and w not in choices),
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


def looks(
    first: Sequence[Features], second: Sequence[Features], grid: Grid, bound: Bound
) -> dict[Cell, Quick]:
    """The pairs worth weighing, with what they tell at first sight."""
    common = {(i, j): shared(first[i], second[j], grid) for i, j in grid.candidates(bound)}
    return {
        cell: quick(first, second, grid, cell, words)
        for cell, words in common.items()
        if len(words) >= bound.words
    }


def quick(
    first: Sequence[Features],
    second: Sequence[Features],
    grid: Grid,
    cell: Cell,
    common: Set[str],
) -> Quick:
    """What one pair tells at first sight; ``common``: the words that it shares."""
    i, j = cell
    x, y = first[i], second[j]
    base, row, column = grid.scores[cell], grid.rows[i], grid.columns[j]
    least = _least_of(x, y, common)
    votes = math.fsum(map(truediv, least, map(grid.choices.__getitem__, common)))
    least.sort()
    root, lighter = _weights(x, y)
    (a, b, c), (d, e, f) = x.grams, y.grams
    rare = (a & d).bit_count()
    grams = rare + (b & e).bit_count() + (c & f).bit_count()
    shares = base / row[0], base / column[0]
    margins = (
        base - (row[0] if base < row[0] else row[1] if len(row) > 1 else 0.0),
        base - (column[0] if base < column[0] else column[1] if len(column) > 1 else 0.0),
    )
    shorter, longer = sorted((len(x.order), len(y.order)))
    get = grid.scores.get
    away = abs(grid.expected[i] - j / len(second)) + abs(grid.expected_back[j] - i / len(first))
    return Quick(
        words_both=base,
        words_log=math.log(base + 0.02),
        words_max=base * root / lighter,
        phrases=len(x.pairs & y.pairs) / max(1, min(len(x.pairs), len(y.pairs))),
        grams_rare=rare / max(1, min(x.gram_sizes[0], y.gram_sizes[0])),
        grams_all=2 * grams / max(1, x.gram_sum + y.gram_sum),
        names_none=_none(x.names, y.names),
        numbers=min(2, len(x.numbers & y.numbers)) / 2,
        speakers=float(not x.speakers.isdisjoint(y.speakers)),
        length_ratio=math.log((shorter + 1) / (longer + 1)),
        short=math.log(shorter + 1),
        rarest=least[-1] / 5,
        top_three=sum(least[-3:]) / 15,
        many=math.log(len(common) + 1),
        votes_both=votes / root,
        votes_sum=votes / 10,
        best_share=max(shares),
        least_share=min(shares),
        best_margin=max(margins),
        least_margin=min(margins),
        diagonal=max(get((i - 1, j - 1), 0.0), get((i + 1, j + 1), 0.0)),
        beside=max(
            get((i, j - 1), 0.0), get((i, j + 1), 0.0), get((i - 1, j), 0.0), get((i + 1, j), 0.0)
        ),
        level=grid.level,
        away=away / 2 * grid.monotone,
        place_gap=abs(x.place - y.place),
        leads=float(x.position == 0 and y.position == 0),
        early=1 / (1 + max(x.position, y.position)),
    )


def rest(first: Sequence[Features], second: Sequence[Features], grid: Grid, cell: Cell) -> Rest:
    """What else one pair tells."""
    x, y = first[cell[0]], second[cell[1]]
    base = grid.scores[cell]
    common = shared(x, y, grid)
    choices = [grid.choices[w] for w in common]
    votes = math.fsum(map(truediv, _least_of(x, y, common), choices))
    root, lighter = _weights(x, y)
    soft = _least(x.soft, y.soft)
    best = best_sentences(x, y)
    return Rest(
        words_min=base * lighter / root,
        soft_both=soft / root,
        soft_max=soft / lighter,
        grams_mid=(x.grams[1] & y.grams[1]).bit_count()
        / max(1, min(x.gram_sizes[1], y.gram_sizes[1])),
        names=_share(x.names, y.names, x, y),
        numbers_none=_none(x.numbers, y.numbers),
        dates=float(not x.dates.isdisjoint(y.dates)),
        dates_none=_none(x.dates, y.dates),
        quoted=_share(x.quoted, y.quoted, x, y),
        quoted_none=_none(x.quoted, y.quoted),
        quoted_one=float(bool(x.quoted) != bool(y.quoted)),
        in_order=LCSseq.similarity(x.coded, y.coded) / max(1, min(len(x.order), len(y.order))),
        votes_max=votes / lighter,
        alone=math.log(choices.count(1) + 1),
        words_square=base * base,
        words_level=base / max(grid.level, 0.05),
        words_max_log=math.log(base * root / lighter + 0.02),
        soft_square=(soft / root) ** 2,
        sentence_both=best.both,
        sentence_most=best.most,
        sentence_sum=best.sum / 10,
        sentences=math.log(len(x.sentences) * len(y.sentences)),
        carried=float(not x.called.isdisjoint(y.called)),
        late=min(x.place, y.place),
    )


def _weights(item: Features, other: Features) -> tuple[float, float]:
    """The geometric mean of the weights of two paragraphs, and the lighter one's."""
    x, y = item.total or 1e-9, other.total or 1e-9
    return math.sqrt(x * y), min(x, y)


def shared(item: Features, other: Features, grid: Grid) -> Set[str]:
    """The words that two paragraphs share and that tell anything."""
    common = item.weights.keys() & other.weights.keys()
    return common - grid.frequent if grid.frequent else common


def _least_of(item: Features, other: Features, common: Iterable[str]) -> list[float]:
    """The weight of each shared word in the paragraph in which it has less."""
    x, y = item.weights, other.weights
    return [v if (v := x[w]) < (u := y[w]) else u for w in common]


@dataclass(frozen=True, slots=True)
class Best:
    """The two sentences of two paragraphs that are most alike: their numbers, the weight that they
    share of the geometric mean of theirs and of the lighter one's, and that weight."""

    a: int
    b: int
    both: float
    most: float
    sum: float


def best_sentences(item: Features, other: Features) -> Best:
    """The sentences of two paragraphs that speak most for each other."""
    best, most = Best(0, 0, 0.0, 0.0, 0.0), (0.0, 0.0)
    for a, x in enumerate(item.sentences):
        for b, y in enumerate(other.sentences):
            common = x.weights.keys() & y.weights.keys()
            if common:
                # a word is as rare in the one as in the other
                shared = math.fsum([x.weights[w] for w in common])
                both = shared / math.sqrt(x.total * y.total or 1.0)
                if (value := (both * shared, both)) > most:
                    lighter = min(x.total, y.total) or 1.0
                    best, most = Best(a, b, both, shared / lighter, shared), value
    return best


def _least(paragraph: Mapping[str, float], quotation: Mapping[str, float]) -> float:
    """What two sets of weights have in common."""
    return math.fsum(
        [min(paragraph[key], quotation[key]) for key in paragraph.keys() & quotation.keys()]
    )


def _share(
    paragraph: frozenset[str], quotation: frozenset[str], item: Features, other: Features
) -> float:
    """The weight of the words that two sets share, of the lighter of the two."""
    if paragraph.isdisjoint(quotation):
        return 0.0
    both = paragraph & quotation
    of_x, of_y = (
        math.fsum([f.weights.get(w, 0.0) for w in words])
        for f, words in ((item, paragraph), (other, quotation))
    )
    return math.fsum(
        [min(item.weights.get(w, 0.0), other.weights.get(w, 0.0)) for w in both]
    ) / max(1e-9, min(of_x, of_y))


def _none(paragraph: frozenset[Any], quotation: frozenset[Any]) -> float:
    """Whether both have some and share none."""
    return float(bool(paragraph) and bool(quotation) and paragraph.isdisjoint(quotation))
