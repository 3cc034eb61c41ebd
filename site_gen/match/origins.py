"""Origins: sources that share their text — wire copy, reprints, trimmed and edited reprints —
counted once.

Containment by runs of words: the share of one article's words that stand in runs of five that the
other has too. Unlike Jaccard resemblance it finds a copy that was cut to a third (Broder 1997), and
unlike a count of whole runs it finds one in which every sixth word was changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, combinations

from site_gen.grouping import Groups
from site_gen.language.words import word_list
from site_gen.model import Article, Origin, Overlap
from site_gen.model.message import say

RUN = 5
"""Words in a run: at four, reports of one event share set phrases; at six, an edited copy falls
apart (``benchmarks/copies.py``)."""
COPY = 0.43
"""Sources are of one origin where so much of one's text stands in the other: on the development
corpus two outlets' own reports of one event share at most 41 %, their quotations, and the most
edited of the copies made there 46 %."""
TRACE = 0.05
"""Overlaps below this share are not recorded: set phrases and official titles reach it."""

LEAST = 20
"""Fewer shared runs (about two sentences in a row) are no evidence of a common text, unless the
texts are equal."""

Run = tuple[str, ...]


def runs(article: Article) -> tuple[tuple[Run, ...], ...]:
    """The runs of five words of an article's body by paragraph, in order; a shorter paragraph is
    one run."""
    out: list[tuple[Run, ...]] = []
    for paragraph in article.body:
        found = [w for _, _, w in word_list(paragraph.text)]
        if len(found) <= RUN:
            out.append((tuple(found),))
        else:
            out.append(tuple(zip(*[found[n:] for n in range(RUN)], strict=False)))
    return tuple(out)


def run_set(article: Article) -> frozenset[Run]:
    """The runs of an article, each once."""
    return frozenset(run for listed in runs(article) for run in listed)


def overlaps(articles: Sequence[Article]) -> tuple[Overlap, ...]:
    """For every pair of sources, which share of each stands in the other; pairs that share next to
    nothing are left out."""
    found = {a.id: runs(a) for a in articles}
    sets = {name: frozenset(chain.from_iterable(listed)) for name, listed in found.items()}
    out = []
    for a, b in combinations(sorted(found), 2):
        shared = sets[a] & sets[b]
        if not shared or (len(shared) < LEAST and not shared >= sets[a] and not shared >= sets[b]):
            continue
        of_a, of_b = _covered(found[a], shared), _covered(found[b], shared)
        if max(of_a, of_b) >= TRACE and (len(shared) >= LEAST or of_a == of_b == 1.0):
            out.append(Overlap(a=a, b=b, share_of_a=round(of_a, 4), share_of_b=round(of_b, 4)))
    return tuple(out)


def _covered(paragraphs: Sequence[Sequence[Run]], shared: frozenset[Run]) -> float:
    """The share of an article's words that stand in a shared run."""
    total = covered = 0
    for listed in paragraphs:
        total += len(listed) - 1 + len(listed[-1])
        reached = 0
        for n, run in enumerate(listed):
            if run in shared:
                covered += n + len(run) - max(n, reached)
                reached = n + len(run)
    return covered / max(1, total)


def origins(articles: Sequence[Article], found: Iterable[Overlap]) -> tuple[Origin, ...]:
    """The sources grouped by origin, each source in exactly one."""
    groups = Groups(a.id for a in articles)
    strong = sorted(
        (o for o in found if max(o.share_of_a, o.share_of_b) >= COPY),
        key=lambda o: (-max(o.share_of_a, o.share_of_b), o.a, o.b),
    )
    why: dict[str, str] = {}
    outlet = {a.id: a.outlet for a in articles}
    for o in strong:
        groups.join(o.a, o.b)
        inner, outer, share = (
            (o.a, o.b, o.share_of_a) if o.share_of_a >= o.share_of_b else (o.b, o.a, o.share_of_b)
        )
        for member in groups.of(o.a):
            why[member] = say(
                "{percent} % of the text in {outlet} stands in {other} word for word",
                percent=round(100 * share),
                outlet=outlet[inner],
                other=outlet[outer],
            )
    agencies = {a.id: a.agency for a in articles}
    out = []
    for members in groups.all():
        credit = sorted({agencies[m] for m in members if agencies[m]})
        evidence = why.get(members[0], "") if len(members) > 1 else ""
        if evidence and credit:
            evidence = say(
                "{evidence}; credited to {agencies}",
                evidence=evidence,
                agencies=", ".join(credit),
            )
        out.append(Origin(id=f"o-{members[0]}", sources=members, evidence=evidence))
    return tuple(out)
