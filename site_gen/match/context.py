"""What the other pairs of two articles say about one of them: competitors, neighbours, and the
order of the articles.

A second reading: the first one's probabilities of all candidates are looked at together. Order
counts as far as the sure pairs are in one order: strongly between versions and rewrites, hardly
between independent outlets.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

Cell = tuple[int, int]


class Seen(NamedTuple):
    """What the other pairs tell of one, as the models name it. ``most`` and ``least``: of its row
    and its column."""

    odds: float
    likely: float
    """The first reading's log odds and probability."""
    best_share: float
    least_share: float
    best_margin: float
    least_margin: float
    rivals_most: float
    rivals_least: float
    """The probabilities of all others."""
    diagonal: float
    diagonal_both: float
    beside_most: float
    beside_least: float
    crossing: float
    knight: float
    """The probabilities of its neighbours: in order, beside, against the order, a knight's move
    away."""
    away_ordered: float
    away: float
    """How far it lies off the line of the sure pairs."""
    ordered: float
    """How far the sure pairs go in one order."""
    level_most: float
    level_least: float
    """How much of each article finds a partner."""
    likely_ordered: float


NAMES = Seen._fields
"""The numbers of ``context``, in order."""
SURE = 0.3
"""From this first probability on, a pair that is best in its row and column is an anchor."""
_KNIGHT = ((1, 2), (2, 1), (2, 2), (-1, -2), (-2, -1), (-2, -2))
LARGEST_ODDS = 7.0
"""Log odds beyond this are as good as certain (a thousand to one)."""


def context(
    odds: Mapping[Cell, float], rows: int, columns: int, unlikely: float = 0.0
) -> dict[Cell, Seen]:
    """The numbers of each candidate that is not unlikely, from the log odds of all of them;
    ``rows`` and ``columns``: paragraphs of the two articles."""
    scores = {cell: 1 / (1 + math.exp(-z)) for cell, z in odds.items()}
    by_row: dict[int, list[float]] = defaultdict(list)
    by_column: dict[int, list[float]] = defaultdict(list)
    for (i, j), s in scores.items():
        by_row[i].append(s)
        by_column[j].append(s)
    for values in (*by_row.values(), *by_column.values()):
        values.sort(reverse=True)
    anchors = [
        (i, j, s)
        for (i, j), s in sorted(scores.items())
        if s >= SURE and s == by_row[i][0] == by_column[j][0]
    ]
    ordered = _ordered(anchors)
    levels = [
        sum(v[0] for v in by_row.values()) / max(1, rows),
        sum(v[0] for v in by_column.values()) / max(1, columns),
    ]
    line = _Line(anchors, rows, columns)
    out: dict[Cell, Seen] = {}
    for (i, j), s in scores.items():
        if s < unlikely:
            continue
        row, column = by_row[i], by_column[j]
        shares = s / row[0], s / column[0]
        margins = [
            s - (best[0] if s < best[0] else best[1] if len(best) > 1 else 0.0)
            for best in (row, column)
        ]
        rivals = math.fsum(row) - s, math.fsum(column) - s
        before, after = scores.get((i - 1, j - 1), 0.0), scores.get((i + 1, j + 1), 0.0)
        beside = (
            max(scores.get((i, j - 1), 0.0), scores.get((i, j + 1), 0.0)),
            max(scores.get((i - 1, j), 0.0), scores.get((i + 1, j), 0.0)),
        )
        crossing = max(scores.get((i - 1, j + 1), 0.0), scores.get((i + 1, j - 1), 0.0))
        knight = max([scores.get((i + x, j + y), 0.0) for x, y in _KNIGHT])
        away = line.away(i, j)
        out[i, j] = Seen(
            odds=max(-LARGEST_ODDS, min(LARGEST_ODDS, odds[i, j])),
            likely=s,
            best_share=max(shares),
            least_share=min(shares),
            best_margin=max(margins),
            least_margin=min(margins),
            rivals_most=max(rivals),
            rivals_least=min(rivals),
            diagonal=max(before, after),
            diagonal_both=before + after,
            beside_most=max(beside),
            beside_least=min(beside),
            crossing=crossing,
            knight=knight,
            away_ordered=away * ordered,
            away=away,
            ordered=ordered,
            level_most=max(levels),
            level_least=min(levels),
            likely_ordered=ordered * s,
        )
    return out


def _ordered(anchors: Sequence[tuple[int, int, float]]) -> float:
    """How far the anchors go in one order, from 0 to 1, each pair of them by its weight; few
    anchors say little."""
    same = both = 0.0
    for (i, j, s), (k, m, t) in itertools.combinations(anchors, 2):
        if i != k and j != m:
            both += s * t
            same += s * t * ((i < k) == (j < m))
    return max(0.0, 2 * same / both - 1) * min(1.0, both / 3) if both else 0.0


class _Line:
    """The line of the anchors, from which pairs lie off. What a row tells of the anchors is kept
    while pairs of it are asked for: they come row by row."""

    def __init__(self, anchors: Sequence[tuple[int, int, float]], rows: int, columns: int) -> None:
        self.anchors, self.rows, self.columns = anchors, rows, columns
        self.row = -1
        self.told: list[tuple[int, float, int, float]] = []

    def away(self, at: int, end: int) -> float:
        """How far a pair lies off the line of the anchors near it, as a share of the articles; 0.3
        where there is none."""
        if at != self.row:
            self.row = at
            self.told = [
                (m, s, 1 + abs(k - at), (k - at) / self.rows) for k, m, s in self.anchors if k != at
            ]
        columns = self.columns
        total = off = 0.0
        for m, s, down, share in self.told:
            across = m - end
            if across:
                near = s / (down * (1 + across if across > 0 else 1 - across))
                total += near
                off += near * abs(across / columns - share)
        return off / total if total else 0.3
