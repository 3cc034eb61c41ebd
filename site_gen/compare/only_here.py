"""Only here: what one origin tells and no other text has.

That is said only of a sentence that nothing is like and of which something stands in no other
origin's text at all (``anchors.py``). It may leave out much that only one has; it says nothing
wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from site_gen.compare.anchors import anchors
from site_gen.compare.notices import notice_kind
from site_gen.compare.telling import Telling, Told, is_furniture, sources_by_origin
from site_gen.language.words import stem, word_list
from site_gen.model import Anchor, Annotated, Matches, OnlyHere

LIKE = 0.25
"""Share of a sentence's weight in one sentence of another origin from which that may tell it."""
LIKE_PARAGRAPH = 0.3
"""The same for one paragraph of another origin."""
LINKED = 0.5
"""A link from this score on, through this sentence, says that another origin tells it."""
LEAST_WORDS = 7
"""Shorter sentences carry no fact of their own."""
LEAST = 5.0
"""Points from which a sentence is shown."""
GIST = 6
"""The rarest words of a sentence by which it is known again in another text of its origin."""
LONG_AGO = 366
"""Days before publication from which on a date is background."""
POINTS: Mapping[str, float] = {
    "quotation": 5.0,
    "name": 4.0,
    "figure": 4.0,
    "document": 4.0,
    "words": 2.5,
}
"""What a reader loses with each kind of anchor, the first in full, further ones in part."""
FURTHER, MOST_FURTHER = 0.25, 2
LEADS, LEAD = 3.0, 2
"""Points of a sentence in the first paragraphs."""
BACKGROUND = 4.0
"""Points taken from a sentence whose dates all lie long ago."""


def only_here(told: Told, matches: Matches) -> tuple[OnlyHere, ...]:
    """The sentences that one origin alone has, the weightiest first; none where there is one origin
    only."""
    by_origin = sources_by_origin(told)
    if len(by_origin) < 2:
        return ()
    linked = _linked(matches, told)
    out: list[OnlyHere] = []
    for origin, names in by_origin.items():
        seen: dict[tuple[str, ...], int] = {}
        for source in names:
            annotated = told.article(source)
            for telling in told.tellings[source]:
                key = _gist(telling)
                if key in seen:
                    found = out[seen[key]]
                    if source not in found.sources:
                        out[seen[key]] = replace(found, sources=(*found.sources, source))
                    continue
                item = _item(telling, annotated, told, linked, origin)
                if item:
                    seen[key] = len(out)
                    out.append(item)
    order = {s: n for n, s in enumerate(matches.sources)}
    return tuple(sorted(out, key=lambda o: (-o.weight, order[o.place.article], o.id)))


def _gist(telling: Telling) -> tuple[str, ...]:
    """What makes two sentences of one origin one: their words, without a mark or a little word."""
    rare = sorted(telling.keys, key=lambda k: (-telling.keys[k], k))[:GIST]
    return tuple(sorted(rare))


def _linked(matches: Matches, told: Told) -> Mapping[tuple[str, int], Sequence[tuple[int, int]]]:
    """The spans of each paragraph through which a link leads to another origin."""
    out: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for link in matches.links:
        if link.score >= LINKED and link.spans and told.origin[link.a] != told.origin[link.b]:
            out.setdefault((link.a, link.i), []).append(link.spans[0])
            out.setdefault((link.b, link.j), []).append(link.spans[1])
    return out


def _item(
    telling: Telling,
    annotated: Annotated,
    told: Told,
    linked: Mapping[tuple[str, int], Sequence[tuple[int, int]]],
    origin: str,
) -> OnlyHere | None:
    """A sentence as an item, where it is only here."""
    text = annotated.article.paragraph(telling.paragraph).text
    if len(telling.text.split()) < LEAST_WORDS or is_furniture(telling.text) or notice_kind(text):
        return None
    spans = linked.get((telling.source, telling.paragraph), ())
    if any(a < telling.end and telling.start < b for a, b in spans):
        return None
    found = anchors(telling, annotated, told)
    if not found or _is_fragment(telling):
        return None
    like, paragraph = _like(telling, told)
    if like >= LIKE or paragraph >= LIKE_PARAGRAPH:
        return None
    weight = _weight(telling, annotated, found, like)
    if weight < LEAST:
        return None
    return OnlyHere(
        id=_id(telling.text),
        place=telling.place,
        origin=origin,
        sources=(telling.source,),
        weight=weight,
        anchors=found,
    )


def _like(telling: Telling, told: Told) -> tuple[float, float]:
    """How much of a sentence the most alike sentence, and paragraph, of another origin holds."""
    alike = told.likeness(telling)
    paragraphs: dict[tuple[str, int], set[str]] = {}
    for other in alike:
        held = paragraphs.setdefault((other.source, other.paragraph), set())
        held |= telling.keys.keys() & other.keys.keys()
    most = max(
        (sum(telling.keys[k] for k in sorted(held)) for held in paragraphs.values()), default=0.0
    )
    return max(alike.values(), default=0.0), most / (telling.total or 1.0)


def _is_fragment(telling: Telling) -> bool:
    """Whether a sentence stands in quotation marks as a whole: who says it is told elsewhere."""
    whole = [a <= 1 and b >= len(telling.text.rstrip()) - 1 for a, b in telling.quoted]
    return any(whole)


def _weight(telling: Telling, annotated: Annotated, found: Sequence[Anchor], like: float) -> float:
    """How much a reader loses without it, in points."""
    kinds: dict[str, int] = {}
    for anchor in found:
        kinds[anchor.kind] = kinds.get(anchor.kind, 0) + 1
    points = sum(
        POINTS[k] * (1 + FURTHER * min(MOST_FURTHER, n - 1)) for k, n in sorted(kinds.items()) if n
    )
    if telling.ordinal <= LEAD:
        points += LEADS
    published = annotated.article.published
    days = [
        d.last
        for d in annotated.dates
        if d.paragraph == telling.paragraph and telling.start <= d.start < telling.end and d.last
    ]
    if published and days and all((published.day - d).days > LONG_AGO for d in days):
        points -= BACKGROUND
    return round(points * (1 - like) - telling.ordinal / 50, 4)


def _id(text: str) -> str:
    plain = " ".join(stem(w) for _, _, w in word_list(text))
    return "o-" + hashlib.sha256(f"only|{plain}".encode()).hexdigest()[:8]
