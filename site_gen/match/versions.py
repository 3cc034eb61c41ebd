"""Versions: the captures of one article in order, and what changed from one to the next, most consequential first."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from rapidfuzz.distance import Indel

from site_gen.match.diff import word_diff
from site_gen.match.features import folded
from site_gen.model import Annotated, Article, Change, Consequence, Paragraph, Step, Versions

RANK = {"figure": 0, "date": 1, "quotation": 2, "name": 3, "wording": 4, "order": 5, "typography": 6, "": 7}
"""Consequence of a change, weightiest first."""
EDITED = 0.5
"""Paragraphs of two captures with at least this share of words in common are one paragraph that was edited."""


def group_captures(articles: Iterable[Article]) -> tuple[tuple[Article, ...], ...]:
    """Captures of one article together, oldest first: the same url, or named by ``version_of``; groups in order of id."""
    articles = sorted(articles, key=lambda a: a.id)
    by_id = {a.id: a for a in articles}
    leader = {a.id: a.id for a in articles}

    def find(x: str) -> str:
        while leader[x] != x:
            x = leader[x]
        return x

    urls: dict[str, str] = {}
    for article in articles:
        for other in (article.version_of, urls.get(article.url, "") if article.url else ""):
            if other in by_id:
                a, b = sorted((find(article.id), find(other)))
                leader[b] = a
        if article.url:
            urls.setdefault(article.url, article.id)
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        groups[find(article.id)].append(article)

    def depth(article: Article) -> int:
        steps, at = 0, article
        while at.version_of in by_id and steps <= len(articles):
            steps, at = steps + 1, by_id[at.version_of]
        return steps

    def order(article: Article) -> tuple[str, str, int, str]:
        return (
            article.captured.order if article.captured else "",
            article.published.order if article.published else "",
            depth(article),
            article.id,
        )

    return tuple(tuple(sorted(group, key=order)) for _, group in sorted(groups.items()))


def versions(captures: Sequence[Annotated]) -> Versions:
    """The captures of one article, given oldest first. The latest text speaks, in the first capture that has it."""
    texts = [[folded(p.text) for p in c.article.body] for c in captures]
    speaks = next(c for c, text in zip(captures, texts, strict=True) if text == texts[-1])
    steps = tuple(step(a, b) for a, b in itertools.pairwise(captures))
    return Versions(captures=tuple(c.article.id for c in captures), speaks=speaks.article.id, steps=steps)


def step(before: Annotated, after: Annotated) -> Step:
    """What changed from one capture to the next."""
    old, new = before.article.body, after.article.body
    pairs = _align([folded(p.text) for p in old], [folded(p.text) for p in new])
    kept = _in_order(pairs)
    changes = [_change(before, after, old[i], new[j], moved=(i, j) not in kept) for i, j in pairs]
    lost = set(range(len(old))) - {i for i, _ in pairs}
    gained = set(range(len(new))) - {j for _, j in pairs}
    changes += [_one_sided(before, old[i], "removed") for i in sorted(lost)] + [_one_sided(after, new[j], "added") for j in sorted(gained)]
    place = {p.index: n for n, p in enumerate(new)}
    changes.sort(key=lambda c: (RANK[c.consequence], place.get(c.after[0], 0) if c.after else c.before[0], c.before))
    titles = before.article.headline, after.article.headline
    headline = word_diff(*titles) if all(titles) and titles[0] != titles[1] else ()
    return Step(before=before.article.id, after=after.article.id, changes=tuple(changes), headline=headline)


def _align(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """One-to-one pairs: equal texts first (the k-th with the k-th), then the most alike."""
    pairs, free_old, free_new = [], set(range(len(old))), set(range(len(new)))
    places: dict[str, list[int]] = defaultdict(list)
    for j, text in enumerate(new):
        places[text].append(j)
    for i, text in enumerate(old):
        if places[text]:
            j = places[text].pop(0)
            pairs.append((i, j))
            free_old.discard(i)
            free_new.discard(j)
    words_old, words_new = {i: old[i].split() for i in free_old}, {j: new[j].split() for j in free_new}
    alike = sorted(
        (-Indel.normalized_similarity(words_old[i], words_new[j]), abs(i - j), i, j) for i in sorted(free_old) for j in sorted(free_new)
    )
    for negative, _, i, j in alike:
        if -negative >= EDITED and i in free_old and j in free_new:
            pairs.append((i, j))
            free_old.discard(i)
            free_new.discard(j)
    return sorted(pairs)


def _in_order(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The pairs that kept their order: a longest increasing run. The others were moved."""
    best: list[tuple[int, int]] = []  # (length, previous position)
    for n, (_, j) in enumerate(pairs):
        options = [(best[m][0] + 1, m) for m in range(n) if pairs[m][1] < j]
        best.append(max(options, key=lambda o: (o[0], -o[1]), default=(1, -1)))
    out: set[tuple[int, int]] = set()
    at = max(range(len(pairs)), key=lambda n: (best[n][0], -n), default=-1)
    while at >= 0:
        out.add(pairs[at])
        at = best[at][1]
    return out


def _change(before: Annotated, after: Annotated, p: Paragraph, q: Paragraph, *, moved: bool) -> Change:
    details = tuple(_details(before, after, p, q)) if p.text != q.text else ()
    if p.text == q.text:
        return Change(kind="moved" if moved else "same", before=(p.index,), after=(q.index,), consequence="order" if moved else "")
    noise = folded(p.text) == folded(q.text)
    consequence: Consequence = min((d[0] for d in details), key=lambda c: RANK[c], default="typography" if noise else "wording")
    if noise and moved:
        consequence = "order"
    return Change(
        kind="moved" if moved else "edited",
        before=(p.index,),
        after=(q.index,),
        consequence=consequence,
        details=details,
        segments=word_diff(p.text, q.text),
    )


def _one_sided(side: Annotated, p: Paragraph, kind: Literal["added", "removed"]) -> Change:
    found = _facts(side, p)
    consequence: Consequence = next((name for name in found if found[name]), "wording")
    return Change(
        kind=kind, before=(p.index,) if kind == "removed" else (), after=(p.index,) if kind == "added" else (), consequence=consequence,
    )  # fmt: skip


def _facts(side: Annotated, p: Paragraph) -> dict[Consequence, list[tuple[object, str]]]:
    return {
        "figure": [((f.low, f.high, f.hedge, f.unit), f.text) for f in side.figures if f.paragraph == p.index],
        "date": [(d.value, d.text) for d in side.dates if d.paragraph == p.index],
        "quotation": [(folded(q.text), q.text) for q in side.quotations if q.paragraph == p.index],
    }


def _details(before: Annotated, after: Annotated, p: Paragraph, q: Paragraph) -> Iterable[tuple[Consequence, str, str]]:
    """(kind, text before, text after) for each figure, date and quotation that stands on one side only."""
    old, new = _facts(before, p), _facts(after, q)
    for name in old:
        a, b = Counter(v for v, _ in old[name]), Counter(v for v, _ in new[name])
        gone = [text for value, text in old[name] if (a - b)[value]]
        come = [text for value, text in new[name] if (b - a)[value]]
        for n in range(max(len(gone), len(come))):
            yield name, gone[n] if n < len(gone) else "", come[n] if n < len(come) else ""
