"""Not here: what at least two other origins report and a source does not.

It is told from passages that are surely one thing: the words that two of their sentences share make
it, and neither a link nor a likeness leads from it to the source. A capture that is cut off or not
read, and an article from before the others, is silent for other reasons.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_gen.compare.identity import short_hash
from site_gen.compare.telling import Telling, Told
from site_gen.model import Matches, NotHere, Passage, Place

SHARED_WEIGHT = 16.0
"""Weight that the sentences of a passage share, from which it tells something particular: about
four words that few reports use."""
HAS, MAY_HAVE = 0.45, 0.3
"""Share of that weight in one paragraph of a source from which the source has it, and in one
sentence from which that may tell it."""
ALIKE = 0.4
"""Share of the heavier of two sentences that they have in common, from which they report the same
particular thing."""
PLAIN = 3
"""So many of the words must be no names: a person and a town alone are no report."""
ALL_OVER = 0.7
"""Share of that weight in a source as a whole from which the source may have it."""
LEADS, LEAD = 3.0, 2
"""Points of what stands in a first paragraph."""


def not_here(told: Told, matches: Matches) -> tuple[NotHere, ...]:
    """For each source whose silence counts, the passages of at least two other origins that it does
    not have, the weightiest first."""
    out = [n for passage in matches.passages for n in _of_passage(passage, told, matches)]
    order = {s: n for n, s in enumerate(matches.sources)}
    return tuple(
        sorted(out, key=lambda n: (n.elsewhere is not None, -n.weight, order[n.source], n.id))
    )


def _of_passage(passage: Passage, told: Told, matches: Matches) -> Iterator[NotHere]:
    """The sources that do not have a passage."""
    origins = {told.origin[a] for a, _ in passage.members if a in told.tellings}
    shared = _shared(passage, told) if passage.sure and len(origins) > 1 else None
    if shared is None or not shared.particular:
        return
    for a in told.sources:
        source = a.article.id
        if told.origin[source] in origins or not told.speaks(source):
            continue
        if _is_older(source, shared, told):
            continue
        silent, place = _silent(source, passage, shared, told, matches)
        if silent:
            yield NotHere(
                id="n-" + short_hash(f"not|{passage.id}|{a.article.outlet}"),
                source=source,
                passage=passage.id,
                told=shared.places,
                weight=round(shared.total / 10 + 2 * (len(origins) - 2) + shared.lead, 4),
                elsewhere=place,
            )


def _is_older(source: str, shared: _Shared, told: Told) -> bool:
    """Whether a source was published on a day before all that tell it: it could not have it."""
    own = told.article(source).article.published
    days = [told.article(p.article).article.published for p in shared.places]
    return own is not None and all(d is not None and own.day < d.day for d in days)


def _silent(
    source: str, passage: Passage, shared: _Shared, told: Told, matches: Matches
) -> tuple[bool, Place | None]:
    """Whether a source does not have it, and where it may have it after all."""
    held = _held(source, shared.keys, told)
    if held.most >= HAS * shared.total:
        return False, None
    near = held.best >= MAY_HAVE * shared.total
    place = held.place if near else _of_the_same(source, shared, told)
    leads = _link_to(source, passage, matches) or held.all >= ALL_OVER * shared.total
    # where something leads there, and no sentence tells where, nobody can say
    return place is not None or not leads, place


def _of_the_same(source: str, shared: _Shared, told: Told) -> Place | None:
    """The sentence of a source that names the same person or body, and two more of the words: it
    may tell in its own words what the others quote."""
    proper = told.proper_roots
    for telling in told.tellings[source]:
        both = shared.keys.keys() & telling.keys.keys()
        heavy = _both(shared.keys, telling.keys) >= SOME * shared.total
        if heavy and both & proper and len(both - proper) >= ALSO:
            return telling.place
    return None


ALSO, SOME = 2, 0.2
"""Words beside a name by which a sentence may tell the same, and the share of the weight that all
of them have."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the sentences of a passage share over origins: words with their rarity, and the sentence
    of each source that holds most of them."""

    keys: Mapping[str, float]
    places: tuple[Place, ...]
    lead: float
    """Points for standing in a first paragraph."""
    alike: float
    """The share of the heavier sentence that they have in common."""
    plain: int
    """How many of the words are no names."""

    @property
    def total(self) -> float:
        """The weight of the words."""
        return sum(self.keys.values())

    @property
    def particular(self) -> bool:
        """Whether they make one particular thing."""
        return self.alike >= ALIKE and self.plain >= PLAIN and self.total >= SHARED_WEIGHT


def _shared(passage: Passage, told: Told) -> _Shared | None:
    """What the two most alike sentences of different origins share, and of every other source the
    sentence that holds most of it."""
    of = {
        a: [t for t in told.tellings.get(a, ()) if t.paragraph in indexes]
        for a, indexes in passage.members
    }
    pair = _most_alike([t for a in sorted(of) for t in of[a]], told)
    if pair is None:
        return None
    x, y = pair
    keys = {k: min(x.keys[k], y.keys[k]) for k in sorted(x.keys.keys() & y.keys.keys())}
    total = sum(keys.values())
    told_by = _tellers(of, keys) | {x.source: x, y.source: y}
    return _Shared(
        keys,
        tuple(told_by[s].place for s in sorted(told_by)),
        LEADS if min(t.ordinal for t in told_by.values()) <= LEAD else 0.0,
        total / (max(x.total, y.total) or 1.0),
        sum(k not in told.proper_roots for k in keys),
    )


def _tellers(of: Mapping[str, Sequence[Telling]], keys: Mapping[str, float]) -> dict[str, Telling]:
    """The sentence of each source that holds most of some words, where that is much."""
    total = sum(keys.values())
    best = {
        s: max(found, key=lambda t: (_both(keys, t.keys), -t.start))
        for s, found in of.items()
        if found
    }
    return {s: t for s, t in best.items() if _both(keys, t.keys) >= HAS * total}


def _most_alike(found: Sequence[Telling], told: Told) -> tuple[Telling, Telling] | None:
    """The two sentences of different origins that share most; none where none share a word."""
    best: tuple[float, Telling, Telling] | None = None
    origins = [told.origin[t.source] for t in found]
    others = {of: [n for n, o in enumerate(origins) if o != of] for of in set(origins)}
    for n, x in enumerate(found):
        of = others[origins[n]]
        for m in of[bisect_right(of, n) :]:
            y = found[m]
            # two sentences share no more than the lighter one has
            if best and min(x.total, y.total) < best[0] * NEARLY:
                continue
            value = 0.0 if x.keys.keys().isdisjoint(y.keys) else _both(x.keys, y.keys)
            if value and (best is None or value > best[0]):
                best = value, x, y
    return best[1:] if best else None


NEARLY = 1 - 1e-9
"""Sums of the same numbers in another order differ by less than this."""


def _both(keys: Mapping[str, float], others: Mapping[str, float]) -> float:
    """The weight of the words that two sets share."""
    return sum(min(keys[k], others[k]) for k in sorted(keys.keys() & others.keys()))


@dataclass(frozen=True, slots=True)
class _Held:
    """How much of some words a source has: in its best paragraph, where, and altogether."""

    most: float
    best: float
    place: Place | None
    all: float


def _held(source: str, keys: Mapping[str, float], told: Told) -> _Held:
    paragraphs: dict[int, set[str]] = {}
    best: tuple[float, Place | None] = (0.0, None)
    for telling in told.tellings[source]:
        both = keys.keys() & telling.keys.keys()
        paragraphs.setdefault(telling.paragraph, set()).update(both)
        value = sum(keys[k] for k in sorted(both))
        if value > best[0]:
            best = value, telling.place
    most = max((sum(keys[k] for k in sorted(h)) for h in paragraphs.values()), default=0.0)
    every: set[str] = set().union(*paragraphs.values()) if paragraphs else set()
    return _Held(most, *best, sum(keys[k] for k in sorted(every)))


def _link_to(source: str, passage: Passage, matches: Matches) -> bool:
    """Whether a link leads from a passage to a source, however weak."""
    members = {(a, i) for a, indexes in passage.members for i in indexes}
    return any(
        ((x.a, x.i) in members and x.b == source) or ((x.b, x.j) in members and x.a == source)
        for x in matches.links
    )
