"""A story in figures: what each source covers, how much of it is its own, whom it quotes, when it
came. Counts and shares, for research; they say nothing of how good a report is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from site_gen.compare.telling import Told
from site_gen.model import (
    Matches,
    Moment,
    NotHere,
    OnlyHere,
    Profile,
    Share,
    Speaker,
)

LINKED = 0.5
"""A link from this score on says that another origin tells a sentence."""
DAY = 24 * 60


def profiles(
    told: Told,
    matches: Matches,
    voices: Sequence[Speaker],
    shares: Iterable[Share],
    only: Sequence[OnlyHere],
    missing: Sequence[NotHere],
) -> tuple[Profile, ...]:
    """The sources of a story in figures, in their order; those in a language that is not read are
    left out."""
    of = {s.source: s for s in shares}
    firsts = _first(told)
    out = []
    for source in matches.sources:
        if source not in told.tellings:
            continue
        annotated = told.article(source)
        kinds = [s.kind for s in voices if any(v.source == source for v in s.voices)]
        share = of[source]
        coverage, passages = _coverage(source, told, matches)
        out.append(
            Profile(
                source=source,
                origin=told.origin[source],
                words=share.words,
                paragraphs=len(annotated.article.body),
                figures=len(annotated.figures),
                dates=len(annotated.dates),
                quotations=sum(q.statement for q in annotated.quotations),
                speakers=len(kinds),
                named=kinds.count("named") + kinds.count("organisation"),
                unnamed=kinds.count("unnamed"),
                documents=kinds.count("document"),
                media=kinds.count("media"),
                quoted_share=_share(share.quoted, share.words),
                told_share=_share(share.told, share.words),
                passages=passages,
                coverage=coverage,
                overlap=_overlap(source, told, matches),
                originality=_originality(source, told, matches),
                only_here=sum(source in o.sources for o in only),
                not_here=sum(n.source == source and n.elsewhere is None for n in missing),
                captures=len(matches.versions_of(source).captures),
                published=str(annotated.article.published or ""),
                first=source in firsts,
                after=_after(annotated.article.published, told),
            )
        )
    return tuple(out)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _others(source: str, told: Told) -> bool:
    """Whether another origin is there to be compared with."""
    return any(told.origin[a.article.id] != told.origin[source] for a in told.sources)


def _coverage(source: str, told: Told, matches: Matches) -> tuple[float | None, int]:
    """The share of the passages of at least two origins that a source has, and how many there
    are."""
    shared = [
        p
        for p in matches.passages
        if p.sure and len({told.origin[a] for a, _ in p.members if a in told.tellings}) > 1
    ]
    if not shared:
        return None, 0
    has = sum(bool(p.indexes(source)) for p in shared)
    return round(has / len(shared), 4), len(shared)


def _overlap(source: str, told: Told, matches: Matches) -> float | None:
    """The largest share of a source's text that stands in one other source, word for word."""
    if len(told.sources) < 2:
        return None
    found = [o.share_of_a for o in matches.overlaps if o.a == source]
    found += [o.share_of_b for o in matches.overlaps if o.b == source]
    return max(found, default=0.0)


def _originality(source: str, told: Told, matches: Matches) -> float | None:
    """The share of a source's words in sentences that no link leads from to another origin."""
    if not _others(source, told):
        return None
    spans: dict[int, list[tuple[int, int]]] = {}
    for link in matches.links:
        if link.score < LINKED or not link.spans or told.origin[link.a] == told.origin[link.b]:
            continue
        if link.a == source:
            spans.setdefault(link.i, []).append(link.spans[0])
        if link.b == source:
            spans.setdefault(link.j, []).append(link.spans[1])
    words = own = 0
    for t in told.tellings[source]:
        size = len(t.text.split())
        words += size
        linked = any(a < t.end and t.start < b for a, b in spans.get(t.paragraph, ()))
        own += 0 if linked else size
    return _share(own, words)


def _moments(told: Told) -> dict[str, Moment]:
    return {a.article.id: a.article.published for a in told.sources if a.article.published}


def _first(told: Told) -> frozenset[str]:
    """The sources that reported first, as far as their times tell: where one has only a day, all of
    that day are first."""
    moments = _moments(told)
    if len(moments) < 2:
        return frozenset()
    day = min(m.day for m in moments.values())
    of_day = {s: m for s, m in moments.items() if m.day == day}
    if any(m.time is None for m in of_day.values()):
        return frozenset(of_day)
    earliest = min(m.order for m in of_day.values())
    return frozenset(s for s, m in of_day.items() if m.order == earliest)


def _after(moment: Moment | None, told: Told) -> int | None:
    """Minutes after the first report; whole days where either gives only a day."""
    moments: Sequence[Moment] = list(_moments(told).values())
    if moment is None or len(moments) < 2:
        return None
    first = min(moments, key=lambda m: m.order)
    if moment.time is None or first.time is None:
        return max(0, (moment.day - min(m.day for m in moments)).days) * DAY
    return round((_instant(moment) - _instant(first)).total_seconds() / 60)


def _instant(moment: Moment) -> dt.datetime:
    """A moment with a clock time in UTC; one without a zone as it stands."""
    return dt.datetime.fromisoformat(moment.order)
