"""Passages: paragraphs of several sources that report the same thing, merged best first.

Two groups are merged when the mean score between them holds and every article keeps one contiguous
run of paragraphs. Never by transitive closure: one weak link cannot chain two passages. The result
does not depend on the order of the input.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from site_gen.model import Link, Passage

Node = tuple[str, int]
VETO = 0.2
"""Two groups are merged only where the mean score between their paragraphs of different articles
reaches this; no link counts as 0.

Chosen on stories/ of the development data: from 0.1 to 0.25 the F1 hardly differs."""


def passages(
    links: Iterable[Link], positions: Mapping[Node, int], pids: Mapping[Node, str]
) -> tuple[Passage, ...]:
    """Passages from links. ``positions``: the ordinal of each body paragraph in its article;
    ``pids``: its permalink."""
    scores: dict[Node, dict[Node, float]] = defaultdict(dict)
    for link in links:
        a, b = (link.a, link.i), (link.b, link.j)
        scores[a][b] = scores[b][a] = link.score
    group: dict[Node, frozenset[Node]] = {node: frozenset({node}) for node in scores}
    ranked = sorted(
        {(-s, min(a, b), max(a, b)) for a, row in scores.items() for b, s in row.items()}
    )
    for _, a, b in ranked:
        x, y = group[a], group[b]
        if x is not y and _mean(x, y, scores) >= VETO and _contiguous(x | y, positions):
            merged = x | y
            for node in merged:
                group[node] = merged
    out = []
    for members in sorted({tuple(sorted(g)) for g in group.values() if len({n[0] for n in g}) > 1}):
        by_article: dict[str, list[int]] = defaultdict(list)
        for article, index in members:
            by_article[article].append(index)
        pairs = [scores[a].get(b, 0.0) for a in members for b in members if a[0] < b[0]]
        first = members[0]
        out.append(
            Passage(
                id="g-" + hashlib.sha256(f"{first[0]}:{pids[first]}".encode()).hexdigest()[:8],
                members=tuple(
                    (article, tuple(indexes)) for article, indexes in sorted(by_article.items())
                ),
                score=round(sum(pairs) / len(pairs), 4),
            )
        )
    place = {
        p.id: (sum(positions[a, i[0]] for a, i in p.members) / len(p.members), p.members)
        for p in out
    }
    return tuple(sorted(out, key=lambda p: place[p.id]))


def _mean(
    item: frozenset[Node], other: frozenset[Node], scores: Mapping[Node, Mapping[Node, float]]
) -> float:
    values = [scores[a].get(b, 0.0) for a in sorted(item) for b in sorted(other) if a[0] != b[0]]
    return sum(values) / len(values) if values else 0.0


def _contiguous(nodes: frozenset[Node], positions: Mapping[Node, int]) -> bool:
    by_article: dict[str, list[int]] = defaultdict(list)
    for node in nodes:
        by_article[node[0]].append(positions[node])
    return all(max(p) - min(p) + 1 == len(p) for p in by_article.values())
