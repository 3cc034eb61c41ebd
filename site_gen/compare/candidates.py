"""Which mentions of two sources are held against each other.

All of one shape in ordinary articles. Of long ones (a table of results, a live blog) those that
share the rarest words, so many for each mention, so that twice the text is twice the pairs.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from site_gen.compare.mentions import Mention

Unit = Sequence[Mention]
"""A mention with its repeats within one source."""
Numbered = tuple[int, Unit]
Shape = tuple[str, str, bool]
LARGE = 4000
"""Pairs of one shape up to which all are looked at: sixty figures against sixty."""
BEST = 8
"""Of more, so many for each: a figure seldom has two that could be meant."""
COMMON = 24
"""A word that stands beside more mentions of one source than this pairs none, where there are too
many pairs."""
HELD = 4
"""So many repeats of a value speak for it: the first ones, and those in linked paragraphs."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two units of different sources that may be of one thing: their numbers, how sure that is, and
    the two mentions that show it. ``disputed``: their values cannot both be true."""

    x: int
    y: int
    sure: float
    first: Mention
    second: Mention
    disputed: bool = False


def shape(unit: Unit) -> Shape:
    """Kind, dimension and whether it is an age: others cannot be compared."""
    return unit[0].kind, unit[0].dimension, unit[0].age


def pairs(
    ours: Sequence[Numbered], theirs: Sequence[Numbered], linked: Mapping[int, frozenset[int]]
) -> Iterator[tuple[Numbered, Numbered]]:
    """The units of two sources that are held against each other, in order.

    ``linked``: for each paragraph of the first source, those of the second that it has a link to.
    """
    sides: tuple[dict[Shape, list[Numbered]], ...] = (defaultdict(list), defaultdict(list))
    for side, units in zip(sides, (ours, theirs), strict=True):
        for n, unit in units:
            side[shape(unit)].append((n, unit))
    for kind, left in sides[0].items():
        right = sides[1].get(kind, [])
        if len(left) * len(right) <= LARGE:
            yield from ((one, two) for one in left for two in right)
        else:
            yield from _likely(left, right, linked)


def _likely(
    left: Sequence[Numbered], right: Sequence[Numbered], linked: Mapping[int, frozenset[int]]
) -> Iterator[tuple[Numbered, Numbered]]:
    """The best of each row and column by the rare words that both have, their values among them."""
    scores = _by_words(left, right)
    at: dict[int, list[int]] = defaultdict(list)
    for y, (_, unit) in enumerate(right):
        at[unit[0].paragraph].append(y)
    for x, (_, unit) in enumerate(left):
        for paragraph in sorted(linked.get(unit[0].paragraph, ())):
            for y in at[paragraph][:BEST]:
                scores[x, y] += 1.0
    best: dict[tuple[int, int], list[tuple[float, int, int]]] = defaultdict(list)
    for (x, y), score in scores.items():
        best[0, x].append((-score, x, y))
        best[1, y].append((-score, x, y))
    kept = {(x, y) for found in best.values() for _, x, y in sorted(found)[:BEST]}
    yield from ((left[x], right[y]) for x, y in sorted(kept))


def _by_words(left: Sequence[Numbered], right: Sequence[Numbered]) -> dict[tuple[int, int], float]:
    """What shared words and values tell of two units; a value that stands very often is paired the
    k-th with the k-th."""
    postings: tuple[dict[object, list[int]], ...] = (defaultdict(list), defaultdict(list))
    for side, units in zip(postings, (left, right), strict=True):
        for n, (_, unit) in enumerate(units):
            for key in _keys(unit):
                side[key].append(n)
    scores: dict[tuple[int, int], float] = defaultdict(float)
    for key, here in postings[0].items():
        there = postings[1].get(key, [])
        few = len(here) <= COMMON and len(there) <= COMMON
        if there and (few or isinstance(key, tuple)):
            tells = math.log(1 + 2 * COMMON / (len(here) + len(there))) if few else 1.0
            pairs_ = product(here, there) if few else zip(here, there, strict=False)
            for x, y in pairs_:
                scores[x, y] += tells
    return scores


def _keys(unit: Unit) -> set[object]:
    """What a unit can be found by: the words around it and its value."""
    first = unit[0]
    return {*first.context.words, first.worth}


def speaking(
    unit: Unit, other: Unit, linked: Mapping[int, frozenset[int]]
) -> list[tuple[Mention, Mention]]:
    """The mentions of two units that are held against each other: all, but for values that stand
    very often, of which the first ones and the linked ones are."""
    if len(unit) <= HELD and len(other) <= HELD:
        return [(x, y) for x in unit for y in other]
    chosen = {(x.key, y.key): (x, y) for x in unit[:HELD] for y in other[:HELD]}
    places: dict[int, list[Mention]] = defaultdict(list)
    for y in other:
        places[y.paragraph].append(y)
    more = 0
    for x in unit:
        for paragraph in sorted(linked.get(x.paragraph, ())):
            if more < HELD * HELD and places[paragraph]:
                y = places[paragraph][0]
                chosen[x.key, y.key] = (x, y)
                more += 1
    return [chosen[key] for key in sorted(chosen)]
