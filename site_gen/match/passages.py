"""Passages: paragraphs of several sources that report the same thing, merged best first.

Two groups are merged when the mean score between them holds and every article keeps one contiguous
run of paragraphs. Never by transitive closure: one weak link cannot chain two passages. Sure links
make passages; what is less sure makes passages apart, "possibly the same". A paragraph that is
surely linked outside its passage by another sentence stands in a second one: a long paragraph tells
several things. The
result does not depend on the order of the input.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from site_gen.grouping import Groups, merge_best_first
from site_gen.model import Link, Passage

Node = tuple[str, int]
VETO = 0.2
"""Two groups are merged only where the mean score between their paragraphs of different articles
reaches this; no link counts as 0.

Chosen on stories/ of the development data: from 0.1 to 0.25 the F1 hardly differs."""
VETO_SURE = 0.4
"""The same for what is shown as the same particular thing: below it a reader found every twelfth
passage of three outlets chained through one of them."""
SURE = 0.6
"""From this score on a link says that two paragraphs report the same particular thing. In five
folds of stories/ 83 of 100 such links are the labels', of those below it 45."""
NEAR_BEST = 0.8
"""And it must reach this share of the best of one of its two paragraphs."""
Scores = Mapping[Node, Mapping[Node, float]]
NOTHING: Mapping[str, str] = MappingProxyType({})


def passages(
    links: Iterable[Link],
    positions: Mapping[Node, int],
    pids: Mapping[Node, str],
    outlets: Mapping[str, str] = NOTHING,
) -> tuple[Passage, ...]:
    """Passages from links. ``positions``: the ordinal of each body paragraph in its article;
    ``pids``: its permalink; ``outlets``: who published each article, by which an id begins."""
    scores: dict[Node, dict[Node, float]] = defaultdict(dict)
    spans: dict[tuple[Node, Node], tuple[int, int]] = {}
    for link in links:
        a, b = (link.a, link.i), (link.b, link.j)
        scores[a][b] = scores[b][a] = link.score
        if link.spans:
            spans[a, b], spans[b, a] = link.spans
    certain = _certain(scores)
    sure = _grouped(scores, positions, VETO_SURE, lambda a, b: (a, b) in certain)
    of = {node: n for n, members in enumerate(sure) for node in members}
    told = {
        (node, n): {spans.get((node, other)) for other in members if other in scores[node]}
        for n, members in enumerate(sure)
        for node in members
    }
    second = [
        (a, b)
        for a, b in _pairs(scores)
        if (a, b) in certain
        and of.get(a) != of.get(b)
        and any(n in of and spans.get((n, m)) not in told[n, of[n]] for n, m in ((a, b), (b, a)))
    ]
    thin = _grouped(scores, positions, VETO, lambda a, b: a not in of and b not in of)
    found = [
        *((members, True) for members in sure),
        *((members, True) for members in second),
        *((members, False) for members in thin),
    ]
    taken: set[str] = set()

    def first(node: Node) -> tuple[str, int, Node]:
        return outlets.get(node[0], node[0]), positions[node], node

    out = [
        _passage(sorted(members, key=first), sure_, scores, pids, taken) for members, sure_ in found
    ]
    place = {
        p.id: (sum(positions[a, i[0]] for a, i in p.members) / len(p.members), p.members)
        for p in out
    }
    return tuple(sorted(out, key=lambda p: place[p.id]))


def _certain(scores: Scores) -> set[tuple[Node, Node]]:
    """The linked pairs that are surely the same particular thing, either way round: one that has a
    much better partner on both sides tells another thing in like words."""
    best: dict[tuple[Node, str], float] = defaultdict(float)
    for a, row in scores.items():
        for b, score in row.items():
            best[a, b[0]] = max(best[a, b[0]], score)
    return {
        (a, b)
        for a, row in scores.items()
        for b, score in row.items()
        if score >= SURE and score >= NEAR_BEST * min(best[a, b[0]], best[b, a[0]])
    }


def _pairs(scores: Scores) -> list[tuple[Node, Node]]:
    """The linked pairs, best first."""
    ranked = sorted(
        {(-s, min(a, b), max(a, b)) for a, row in scores.items() for b, s in row.items()}
    )
    return [(a, b) for _, a, b in ranked]


def _grouped(
    scores: Scores,
    positions: Mapping[Node, int],
    veto: float,
    counts: Callable[[Node, Node], bool],
) -> list[tuple[Node, ...]]:
    """Groups of several articles, merged best first along the links that count."""
    groups = Groups(scores)
    merge_best_first(
        groups,
        (pair for pair in _pairs(scores) if counts(*pair)),
        lambda x, y: _mean(x, y, scores) >= veto and _contiguous((*x, *y), positions),
    )
    return [g for g in groups.all() if len({n[0] for n in g}) > 1]


def _passage(
    members: Sequence[Node], sure: bool, scores: Scores, pids: Mapping[Node, str], taken: set[str]
) -> Passage:
    """The passage of some paragraphs; its id is of its first paragraph, and of the second too where
    another passage has that."""
    by_article: dict[str, list[int]] = defaultdict(list)
    for article, index in members:
        by_article[article].append(index)
    pairs = [scores[a].get(b, 0.0) for a in members for b in members if a[0] < b[0]]
    ident = _id(pids[members[0]])
    if ident in taken:
        ident = _id("|".join(pids[member] for member in members))
    taken.add(ident)
    return Passage(
        id=ident,
        members=tuple((article, tuple(indexes)) for article, indexes in sorted(by_article.items())),
        score=round(sum(pairs) / len(pairs), 4),
        sure=sure,
    )


def _id(told: str) -> str:
    return "g-" + hashlib.sha256(told.encode()).hexdigest()[:8]


def _mean(
    item: Sequence[Node], other: Sequence[Node], scores: Mapping[Node, Mapping[Node, float]]
) -> float:
    values = [scores[a].get(b, 0.0) for a in sorted(item) for b in sorted(other) if a[0] != b[0]]
    return sum(values) / len(values) if values else 0.0


def _contiguous(nodes: Sequence[Node], positions: Mapping[Node, int]) -> bool:
    by_article: dict[str, list[int]] = defaultdict(list)
    for node in nodes:
        by_article[node[0]].append(positions[node])
    return all(max(p) - min(p) + 1 == len(p) for p in by_article.values())
