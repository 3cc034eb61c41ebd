"""Linked sentences laid word on word: which words of two sources stand in the same place of
otherwise shared text.

Two sentences are laid on each other where their paragraphs are linked and each is the other's most
alike. ``rapidfuzz.distance.Indel`` gives the longest common subsequence of their words; a run of
each side between words that both have stands in the same place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

from site_gen.compare.telling import Telling, Told
from site_gen.language.neutral import Word, plain_words
from site_gen.language.words import STOP_WORDS
from site_gen.model import Matches

LINKED = 0.35
"""Links from this score on are laid word on word."""
ALIKE = 0.35
"""Share of weight, of both sentences together, from which two sentences are laid on each other."""
SURE = 0.45
"""The same from which a single place of them proves anything."""
BESIDE = 3
"""Words on either side of a run that are looked at."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences of different sources laid on each other, with the words of each (offsets in
    the sentence) and how alike they are, from 0 to 1; ``runs``: what the alignment gives."""

    a: Telling
    b: Telling
    alike: float
    words: tuple[Sequence[Word], Sequence[Word]]
    runs: tuple[Run, ...]


class Run(NamedTuple):
    """Words ``i1:i2`` of the one and ``j1:j2`` of the other: equal, or in the same place. ``left``
    and ``right``: so many equal words stand next to it, an end of both sentences counts as two;
    ``content``: so many of these tell something."""

    equal: bool
    i1: int
    i2: int
    j1: int
    j2: int
    left: int = 0
    right: int = 0
    content: int = 0


def aligned(told: Told, matches: Matches) -> tuple[Pair, ...]:
    """The pairs of sentences that are laid on each other, in order of places."""
    by_paragraph: dict[tuple[str, int], list[Telling]] = defaultdict(list)
    for found in told.tellings.values():
        for telling in found:
            by_paragraph[telling.source, telling.paragraph].append(telling)
    scores: dict[tuple[Telling, Telling], float] = {}
    for link in matches.links:
        if link.score >= LINKED:
            for x, y in _may_be_alike(by_paragraph[link.a, link.i], by_paragraph[link.b, link.j]):
                score = _alike(x, y)
                if score >= ALIKE:
                    scores[x, y] = max(score, scores.get((x, y), 0.0))
    best: dict[tuple[Telling, str], float] = defaultdict(float)
    for (x, y), score in scores.items():
        best[x, y.source] = max(best[x, y.source], score)
        best[y, x.source] = max(best[y, x.source], score)
    return tuple(
        _laid(x, y, score)
        for (x, y), score in scores.items()
        if score == best[x, y.source] == best[y, x.source] and x.text != y.text
    )


def _may_be_alike(
    first: Sequence[Telling], second: Sequence[Telling]
) -> Iterator[tuple[Telling, Telling]]:
    """The pairs of sentences of two paragraphs that share one of the rarest words of either: all of
    short ones, of long ones those that few sentences share."""
    if len(first) * len(second) <= FEW:
        yield from ((x, y) for x in first for y in second)
        return
    index: dict[str, list[Telling]] = defaultdict(list)
    for y in second:
        for key in y.keys:
            index[key].append(y)
    for x in first:
        rare = sorted((k for k in x.keys if k in index), key=lambda k: (len(index[k]), k))
        near = [y for k in rare[:RAREST] for y in index[k][:OFTEN]]
        yield from ((x, y) for y in dict.fromkeys(near))


FEW, RAREST, OFTEN = 64, 4, 8
"""Pairs of sentences up to which all are held against each other; beyond, the words of a sentence
that fewest others have, and the sentences that each of them leads to."""


def _alike(item: Telling, other: Telling) -> float:
    """The weight that two sentences share, of the mean of theirs."""
    common = item.keys.keys() & other.keys.keys()
    if not common:
        return 0.0
    shared = sum(item.keys[k] for k in sorted(common))
    return 2 * shared / ((item.total + other.total) or 1.0)


def _laid(item: Telling, other: Telling, score: float) -> Pair:
    left, right = plain_words(item.text), plain_words(other.text)
    ops = Indel.opcodes([w.key for w in left], [w.key for w in right])
    runs: list[Run] = []
    for op in ops:
        equal = op.tag == "equal"
        if runs and not equal and not runs[-1].equal:
            last = runs[-1]
            runs[-1] = Run(False, last.i1, op.src_end, last.j1, op.dest_end)
        else:
            runs.append(Run(equal, op.src_start, op.src_end, op.dest_start, op.dest_end))
    return Pair(
        item, other, score, (left, right), tuple(_between(runs, (item, other), (left, right)))
    )


def _between(
    runs: Sequence[Run],
    of: tuple[Telling, Telling],
    words: tuple[Sequence[Word], Sequence[Word]],
) -> Iterator[Run]:
    """The runs, each with what stands next to it on both sides."""
    for n, run in enumerate(runs):
        if run.equal:
            yield run
            continue
        before, after = (runs[k] if 0 <= k < len(runs) else None for k in (n - 1, n + 1))
        at_left = range(max(before.i1, before.i2 - BESIDE), before.i2) if before else range(0)
        at_right = range(after.i1, min(after.i2, after.i1 + BESIDE)) if after else range(0)
        content = sum(
            of[0].text[words[0][k].start : words[0][k].end].lower() not in STOP_WORDS
            for k in (*at_left, *at_right)
        )
        yield Run(
            False,
            run.i1,
            run.i2,
            run.j1,
            run.j2,
            len(at_left) if before else 2,
            len(at_right) if after else 2,
            content,
        )


def written(pair: Pair, side: int, first: int, last: int) -> str:
    """The words ``first:last`` of a side, as they stand."""
    words, telling = pair.words[side], (pair.a, pair.b)[side]
    return telling.text[words[first].start : words[last - 1].end] if first < last else ""


def span(pair: Pair, side: int, first: int, last: int) -> tuple[int, int]:
    """The span of the words ``first:last`` of a side in its paragraph; where there is none, the
    place at which they would stand, empty."""
    words, telling = pair.words[side], (pair.a, pair.b)[side]
    if first < last:
        return telling.start + words[first].start, telling.start + words[last - 1].end
    at = words[first].start if first < len(words) else len(telling.text)
    return telling.start + at, telling.start + at
