"""Who says each stretch of an article: every cue is weighed against every stretch that it could
give, by fitted evidence.

``Article`` holds the readings; ``sources`` and ``options`` give the candidates with their evidence,
to the fitting command and to ``attribute`` alike, so that what is fitted is what is asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_gen.find.speech.cues import Cue, cues
from site_gen.find.speech.evidence import (
    Far,
    Group,
    Near,
    far_evidence,
    near_evidence,
    negated,
    passive,
    source_evidence,
)
from site_gen.find.speech.reach import Stretch, stretches, units
from site_gen.language.reading import NounPhrase, Reading, read

WIDEST = 14
"""Tokens: a cue and a source further apart than this do not make one group; what stands between may
be said."""
LEAST = 0.15
"""A phrase that is less probable than this is no source, and its cue is not weighed."""
GROUPED = 0.5
"""A source less probable than this does not take its words out of what others say."""
GOOD = 0.4
"""A cue with a source as probable as this is the one that the next sentence goes on with."""
ASKED = 4
"""So many groups on each side of a stretch are weighed."""
FURTHEST = 12
"""A stretch with more stretches than this between it and a cue is not weighed with it."""
_CLAUSES = frozenset((";", "but", "while", "although", "though"))
_SHOWN_CUTS = 4

Key = tuple[int, int]
"""A cue: number of its paragraph, and its number there."""
Chosen = Mapping[Key, tuple[NounPhrase, float]]
"""The source of each cue, with its probability."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, read, with its cues."""

    reading: Reading
    cues: tuple[Cue, ...]


class Option(NamedTuple):
    """A stretch of a paragraph that a cue could give, with the evidence; ``near``: the cue stands
    in the stretch's own unit."""

    paragraph: int
    stretch: Stretch
    cue: Key
    near: bool
    evidence: list[str]
    beyond: bool = False
    """Whether another clause with its own cue stands between a cue and the quotation behind it."""
    between: int = 0
    """So many stretches stand between the two, where they are near."""


def blocks(texts: Sequence[str]) -> list[Block]:
    """The paragraphs of an article, read."""
    return [Block(reading, cues(reading)) for reading in map(read, texts)]


def sources(block: Block, cue: Cue) -> Iterator[tuple[NounPhrase, list[str]]]:
    """The phrases that can be the source of a cue, each with its evidence."""
    left = sum(p.last <= cue.token for p in cue.sources)
    for n, phrase in enumerate(cue.sources):
        rank = 0 if cue.kind == "document" else left - 1 - n if n < left else n - left
        yield phrase, source_evidence(block.reading, cue, phrase, rank)


def options(article: Sequence[Block], chosen: Chosen) -> Iterator[Option]:
    """Every stretch of an article with every cue that could give it."""
    above: tuple[int, Key, Far] | None = None
    for p, block in enumerate(article):
        here: tuple[int, Key, Far] | None = None
        for u, unit in enumerate(units(block.reading)):
            groups = _groups(p, block, unit, chosen)
            if not groups and here is None and (above is None or p - above[0] > 1):
                continue
            order = stretches(block.reading, *unit, [(g.first, g.last) for _, g in groups])
            starts, ends = [s.first for s in order], [s.last for s in order]
            sides = [(bisect_right(ends, g.first), bisect_left(starts, g.last)) for _, g in groups]
            for n, stretch in enumerate(order):
                for k in _nearest(groups, stretch):
                    near = _near(order, n, sides[k], k, groups, stretch)
                    if near is not None:
                        key, group = groups[k]
                        evidence = near_evidence(block.reading, unit, group, stretch, near)
                        beyond = (
                            stretch.quoted
                            and stretch.first >= group.last
                            and near.cues > 0
                            and near.clauses > 0
                        )
                        yield Option(p, stretch, key, True, evidence, beyond, near.rank)
                before = here or above
                if before is not None and p - before[0] <= 1 and (stretch.quoted or not groups):
                    far = _moved(before[2], before[0] == p, u)
                    evidence = far_evidence(
                        block.reading, (n, len(order), u), stretch, bool(groups), far
                    )
                    yield Option(p, stretch, before[1], False, evidence)
            if groups:
                here = (p, *_last(block, groups, order, u))
                above = here


def _groups(
    at: int, block: Block, unit: tuple[int, int], chosen: Chosen
) -> list[tuple[Key, Group]]:
    out = []
    first_cue = bisect_left(block.cues, unit[0], key=lambda c: c.token)
    last_cue = bisect_left(block.cues, unit[1], key=lambda c: c.token)
    for n in range(first_cue, last_cue):
        cue, found = block.cues[n], chosen.get((at, n))
        if found is None:
            continue
        phrase, probability = found
        first, last = (
            min(cue.token, phrase.first),
            max(cue.token + 1 + (cue.kind == "according"), phrase.last),
        )
        if last - first > WIDEST or probability < GROUPED:
            first, last = cue.token, cue.token + 1
        reading = block.reading
        group = Group(
            cue,
            phrase,
            first,
            last,
            probability,
            passive(reading, cue, unit[0]),
            negated(reading, cue, unit[0]),
        )
        out.append(((at, n), group))
    return sorted(out, key=lambda g: (g[1].first, g[1].last, g[0]))


def _nearest(groups: Sequence[tuple[Key, Group]], stretch: Stretch) -> range:
    """The groups that are weighed for a stretch: the nearest ones on each side, which keeps a long
    list of names linear."""
    at = bisect_left(groups, stretch.first, key=lambda g: g[1].first)
    return range(max(0, at - ASKED), min(len(groups), at + ASKED))


def _near(
    order: Sequence[Stretch],
    number: int,
    side: tuple[int, int],
    at: int,
    groups: Sequence[tuple[Key, Group]],
    stretch: Stretch,
) -> Near | None:
    """Where a stretch stands beside a group; ``None`` where it is too far. ``side``: how many
    stretches end before the group, and the first behind."""
    group, (before, behind) = groups[at][1], side
    if stretch.last <= group.first:
        between = order[number + 1 : before]
        cuts = [s.boundary for s in between]
        others = sum(
            stretch.last <= g.first < group.first for _, g in groups[max(0, at - ASKED) : at]
        )
    elif stretch.first >= group.last:
        between = order[behind:number]
        cuts = [s.boundary for s in (*between, stretch)]
        others = sum(group.last <= g.first < stretch.first for _, g in groups[at + 1 : at + ASKED])
    else:
        return Near(0, "", 0, 0, "")
    if len(between) > FURTHEST:
        return None
    clauses = sum(cut in _CLAUSES or cut[1:] in _CLAUSES for cut in cuts)
    marks = (
        f"{min(2, sum(s.quoted for s in between))}{min(1, sum(not s.quoted for s in between))}"
        if stretch.quoted
        else ""
    )
    return Near(len(between), " ".join(cuts[:_SHOWN_CUTS]), others, clauses, marks)


def _moved(far: Far, same: bool, unit: int) -> Far:
    return Far(
        far.group,
        far.head,
        far.head_tag,
        same,
        unit - far.units if same else 0,
        far.beside,
        far.cues,
        far.ends_with,
    )


def _last(
    block: Block, groups: Sequence[tuple[Key, Group]], order: Sequence[Stretch], unit: int
) -> tuple[Key, Far]:
    """The cue that what follows may go on with: the last one whose source is good. ``Far.units`` is
    the number of its unit.

    Where somebody is quoted "according to" others, these pass on what was said: what follows goes
    on with who said it.
    """
    said = [g for g in groups if g[1].cue.kind in ("verb", "beside") and g[1].probability > GOOD]
    if said and any(s.quoted for s in order):
        groups = [g for g in groups if g[1].cue.kind != "according"]
    good = [g for g in groups if g[1].probability > GOOD] or groups
    key, group = max(good, key=lambda g: (g[1].probability > 0.6, g[1].cue.token))
    head = block.reading.tokens[group.phrase.head]
    beside = ("Q" if any(s.quoted for s in order) else "u") + (
        "t" if order and order[-1].quoted else "n"
    )
    ends = block.reading.text.rstrip()[-1:]
    return key, Far(
        group,
        head.lower if head.tag in "nO" else head.tag,
        head.tag,
        True,
        unit,
        beside,
        len(groups),
        ends,
    )


def choose(article: Sequence[Block], probability: Callable[[list[str]], float]) -> Chosen:
    """The most probable source of each cue."""
    out: dict[Key, tuple[NounPhrase, float]] = {}
    for p, block in enumerate(article):
        for n, cue in enumerate(block.cues):
            best: tuple[NounPhrase, float] | None = None
            for phrase, evidence in sources(block, cue):
                found = probability(evidence)
                if best is None or found > best[1]:
                    best = phrase, found
            if best is not None and best[1] > LEAST:
                out[p, n] = best
    return out
