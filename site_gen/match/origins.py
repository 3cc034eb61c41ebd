"""Origins: sources that share their text — wire copy, reprints, trimmed reprints — counted once.

Containment of word 6-grams: the share of one article's runs of six words that stand in the other. Unlike Jaccard resemblance
it finds a copy that was cut to a third (Broder 1997; the length follows Schleimer, Wilkerson and Aiken 2003).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from site_gen.model import Article, Origin, Overlap
from site_gen.words import words

RUN = 6
COPY = 0.5
"""Sources are of one origin where at least half of the shorter text stands in the other."""
TRACE = 0.05
"""Overlaps below this share are not recorded: set phrases and official titles reach it."""

LEAST = 20
"""Fewer shared runs (about two sentences in a row) are no evidence of a common text, unless the texts are equal."""


def runs(article: Article) -> frozenset[tuple[str, ...]]:
    """The runs of six words of an article's body, within paragraphs."""
    out = set()
    for paragraph in article.body:
        found = [w for _, _, w in words(paragraph.text)]
        out |= {tuple(found[i : i + RUN]) for i in range(max(1, len(found) - RUN + 1))}
    return frozenset(out)


def overlaps(articles: Sequence[Article]) -> tuple[Overlap, ...]:
    """For every pair of sources, which share of each stands in the other; pairs that share next to nothing are left out."""
    grams = {a.id: runs(a) for a in articles}
    out = []
    for a, b in combinations(sorted(grams), 2):
        shared = len(grams[a] & grams[b])
        of_a, of_b = (shared / max(1, len(grams[x])) for x in (a, b))
        whole = of_a == of_b == 1.0
        if max(of_a, of_b) >= TRACE and (shared >= LEAST or whole):
            out.append(Overlap(a=a, b=b, share_of_a=round(of_a, 4), share_of_b=round(of_b, 4)))
    return tuple(out)


def origins(articles: Sequence[Article], found: Iterable[Overlap]) -> tuple[Origin, ...]:
    """The sources grouped by origin, each source in exactly one."""
    group = {a.id: frozenset({a.id}) for a in articles}
    strong = sorted(
        (o for o in found if max(o.share_of_a, o.share_of_b) >= COPY), key=lambda o: (-max(o.share_of_a, o.share_of_b), o.a, o.b)
    )
    why: dict[str, str] = {}
    outlet = {a.id: a.outlet for a in articles}
    for o in strong:
        merged = group[o.a] | group[o.b]
        for member in merged:
            group[member] = merged
        inner, outer, share = (o.a, o.b, o.share_of_a) if o.share_of_a >= o.share_of_b else (o.b, o.a, o.share_of_b)
        why.setdefault(min(merged), "")
        for member in merged:
            why[member] = f"{share:.0%} of the text in {outlet[inner]} stands in {outlet[outer]} word for word"
    agencies = {a.id: a.agency for a in articles}
    out = []
    for members in sorted({tuple(sorted(g)) for g in group.values()}):
        credit = sorted({agencies[m] for m in members if agencies[m]})
        evidence = why.get(members[0], "") if len(members) > 1 else ""
        if evidence and credit:
            evidence += f"; credited to {', '.join(credit)}"
        out.append(Origin(id=f"o-{members[0]}", sources=members, evidence=evidence))
    return tuple(out)
