"""Disputes: two values of different sources that cannot both be true, and about which everything
else says that they are the same thing.

A wrong "figures differ" is the worst thing that a page can say. A pair is held to be in dispute
only where the fitted evidence is strong, each value is the other's best partner, and none of the
rules of ``no_dispute.py`` says that they are parts, remainders, other outcomes or the same
words.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_gen.compare.alike import (
    THRESHOLD,
    Pair,
    agree,
    comparable,
    evidence,
    heads,
    sentence_link,
)
from site_gen.compare.candidates import Numbered, Pairing, Unit, speaking
from site_gen.compare.dispute_evidence import Ceiling, at_sight, dispute_evidence, log_odds
from site_gen.compare.mentions import Mention
from site_gen.compare.no_dispute import may_differ, possible

LEAST = 0.3
"""The least probability of a dispute: in five folds of ``stories/`` four of five shown from here on
are the labels'. Fitted on invented cases alone, every one shown in ``corpus/`` from 0.3 on is truly
in dispute, and half of those from 0.15 on."""

LEAST_ODDS = math.log(LEAST / (1 - LEAST)) - 1e-6
"""The same as log odds, with room for what rounding does."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two units whose values cannot both be true, the two mentions that are most alike, and the
    evidence."""

    x: int
    y: int
    first: Mention
    second: Mention
    evidence: Mapping[str, float]


def disputes(
    held: Iterable[tuple[Numbered, Numbered]], pair: Pair, agreed: Sequence[Pairing]
) -> list[Pairing]:
    """The pairs of units of two sources that are in dispute. ``agreed``: the pairs whose values can
    both be true."""
    told = [
        Pairing(
            c.x, c.y, pair.models.dispute[c.first.kind].probability(c.evidence), c.first, c.second,
            disputed=True,
        )
        for c in candidates(held, pair, agreed)
    ]  # fmt: skip
    best: dict[int, float] = defaultdict(float)
    for found in told:
        for n in (found.x, found.y):
            best[n] = max(best[n], found.sure)
    return [
        found
        for found in told
        if found.sure >= LEAST and found.sure >= max(best[found.x], best[found.y])
    ]


def candidates(
    held: Iterable[tuple[Numbered, Numbered]],
    pair: Pair,
    agreed: Sequence[Pairing],
    *,
    every: bool = False,
) -> Iterator[Candidate]:
    """The pairs of comparable units whose values do not meet, with the two mentions that are most
    alike, and their evidence.

    Those that can be no dispute, or cannot be probable enough for one, are left out, unless
    ``every`` pair is asked for.
    """
    partner = _partners(agreed)
    met = {(found.x, found.y) for found in agreed}
    apart = [
        (one, two)
        for one, two in held
        if (one[0], two[0]) not in met and not agree(one[1][0], two[1][0])
    ]
    rivals = _Rivals.of(apart, partner)
    ceilings: dict[str, Ceiling] = {}
    for (x, unit), (y, other) in apart:
        open_ = _open(speaking(unit, other, pair.linked), every)
        if not open_:
            continue
        of = {
            "agreed": log_odds(max(partner[x], partner[y])),
            "agreed_both": log_odds(min(partner[x], partner[y])),
            "rivals": math.log1p(rivals.of_pair(x, y)),
        }
        if not every and all(_hopeless(f, g, of, pair, ceilings) for f, g in open_):
            continue
        seen = [(evidence(f, g, pair), f, g) for f, g in open_]
        numbers, f, g = max(
            seen, key=lambda e: (pair.blind_odds(e[0], e[1].kind), e[1].key, e[2].key)
        )
        of |= dispute_evidence(f, g, pair, numbers)
        of["blind"] = _within_five(pair.blind_odds(numbers, f.kind))
        if every or may_differ(f, g, of):
            yield Candidate(x, y, f, g, of)


def _partners(agreed: Iterable[Pairing]) -> Mapping[int, float]:
    """How sure the best partner of each unit is that it agrees with; 0 without one."""
    partner: dict[int, float] = defaultdict(float)
    for found in agreed:
        for n in (found.x, found.y):
            partner[n] = max(partner[n], found.sure)
    return partner


def _open(told: Iterable[tuple[Mention, Mention]], every: bool) -> list[tuple[Mention, Mention]]:
    """The pairs of mentions that can be compared and, unless ``every`` one is asked for, be in
    dispute."""
    return [
        (f, g)
        for f, g in told
        if (every or (_share_words(f, g) and possible(f, g))) and comparable(f, g)
    ]


def _hopeless(
    first: Mention,
    second: Mention,
    of: Mapping[str, float],
    pair: Pair,
    ceilings: dict[str, Ceiling],
) -> bool:
    """Whether two mentions cannot come to a dispute, whatever the words around them are: what they
    tell at sight is looked at before the dear evidence."""
    known = {**at_sight(first, second), **of}
    if _below(known, first.kind, pair, ceilings):
        return True
    known |= {
        "near": pair.near(first, second),
        "first_mention": float(first.context.first and second.context.first),
        "sentence_link": sentence_link(first, second, pair),
        "both_said": float(first.context.said and second.context.said),
    }
    return _below(known, f"{first.kind}, words", pair, ceilings)


def _below(known: Mapping[str, float], name: str, pair: Pair, ceilings: dict[str, Ceiling]) -> bool:
    """Whether what is known cannot reach the least odds; the kind of fact begins the ``name``."""
    if name not in ceilings:
        ceilings[name] = Ceiling.of(pair.models.dispute[name.partition(",")[0]], known)
    return ceilings[name].odds(known) < LEAST_ODDS


def _share_words(first: Mention, second: Mention) -> bool:
    """Whether anything in two sentences says that they are of one thing: two words in common, or
    one that stands next to both values; else there is nothing to weigh."""
    one, other = first.context, second.context
    many = len(one.words.keys() & other.words.keys())
    return many > 1 or (many == 1 and not one.near.keys().isdisjoint(other.near))


@dataclass(frozen=True, slots=True)
class _Rivals:
    """For each unit, which units of the other source could be meant as well: of its shape and
    grain, not in agreement with it or with anybody."""

    first: Mapping[int, Mapping[str, frozenset[int]]]
    second: Mapping[int, Mapping[str, frozenset[int]]]
    grain: Mapping[int, str]

    @classmethod
    def of(
        cls, apart: Iterable[tuple[Numbered, Numbered]], partner: Mapping[int, float]
    ) -> _Rivals:
        """From the pairs of units whose values do not meet."""
        sides: tuple[dict[int, dict[str, set[int]]], ...] = ({}, {})
        grain: dict[int, str] = {}
        for (x, unit), (y, other) in apart:
            date = unit[0].kind == "date"
            grain[x], grain[y] = (m.head if date else "" for m in (unit[0], other[0]))
            free = [partner.get(n, 0.0) < THRESHOLD for n in (x, y)]
            if not any(free) or not _could_be(unit, other):
                continue
            if free[0]:
                sides[1].setdefault(y, {}).setdefault(grain[x], set()).add(x)
            if free[1]:
                sides[0].setdefault(x, {}).setdefault(grain[y], set()).add(y)
        frozen = [
            {n: {g: frozenset(s) for g, s in by.items()} for n, by in side.items()}
            for side in sides
        ]
        return cls(frozen[0], frozen[1], grain)

    def of_pair(self, one: int, two: int) -> int:
        """How many others of either source could be meant."""
        ours = self.second.get(two, {}).get(self.grain[one], frozenset())
        theirs = self.first.get(one, {}).get(self.grain[two], frozenset())
        return len(ours) - (one in ours) + len(theirs) - (two in theirs)


def _could_be(unit: Unit, other: Unit) -> bool:
    """Whether the first mentions of two units that can be compared count things that may be one."""
    pair = next(((f, g) for f in unit for g in other if comparable(f, g)), None)
    return pair is not None and (pair[0].kind == "date" or heads(*pair) >= 0)


def _within_five(odds: float) -> float:
    return log_odds(1 / (1 + math.exp(-odds)))
