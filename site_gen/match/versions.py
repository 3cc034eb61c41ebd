"""Versions: the captures of one article in order, and what changed from one to the next, most
consequential first."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from rapidfuzz.distance import Indel, LCSseq

from site_gen.grouping import Groups, longest_run
from site_gen.match.diff import word_diff
from site_gen.match.features import folded, stems
from site_gen.model import Annotated, Article, Change, Consequence, Paragraph, Step, Versions
from site_gen.model.message import say

RANK = {
    "figure": 0,
    "date": 1,
    "name": 2,
    "quotation": 3,
    "attribution": 4,
    "hedge": 5,
    "wording": 6,
    "order": 7,
    "typography": 8,
    "": 9,
}
"""Consequence of a change, weightiest first."""
EDITED = 0.5
"""Paragraphs of two captures with at least this share of words in common are one paragraph that was
edited."""


BROKEN = 0.8
"""A paragraph is split or merged where so many of its words, in order, are those of the two."""


def group_captures(articles: Iterable[Article]) -> tuple[tuple[Article, ...], ...]:
    """Captures of one article together, oldest first: the same url, or named by ``version_of``;
    groups in order of id."""
    articles = sorted(articles, key=lambda a: a.id)
    by_id = {a.id: a for a in articles}
    together = Groups(by_id)
    urls: dict[str, str] = {}
    for article in articles:
        for other in (article.version_of, urls.get(article.url, "") if article.url else ""):
            if other in by_id:
                together.join(article.id, other)
        if article.url:
            urls.setdefault(article.url, article.id)

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

    return tuple(tuple(sorted((by_id[i] for i in group), key=order)) for group in together.all())


def versions(captures: Sequence[Annotated]) -> Versions:
    """The captures of one article, given oldest first. The latest text speaks, in the first capture
    that has it."""
    if len(captures) == 1:
        alone = captures[0].article.id
        return Versions(captures=(alone,), speaks=alone, steps=())
    texts = [[folded(p.text) for p in c.article.body] for c in captures]
    speaks = next(c for c, text in zip(captures, texts, strict=True) if text == texts[-1])
    steps = tuple(step(a, b) for a, b in itertools.pairwise(captures))
    return Versions(
        captures=tuple(c.article.id for c in captures), speaks=speaks.article.id, steps=steps
    )


def step(before: Annotated, after: Annotated) -> Step:
    """What changed from one capture to the next."""
    old, new = before.article.body, after.article.body
    pairs = _align([folded(p.text) for p in old], [folded(p.text) for p in new])
    kept = longest_run(pairs)
    changes = [_change(before, after, old[i], new[j], moved=(i, j) not in kept) for i, j in pairs]
    lost = set(range(len(old))) - {i for i, _ in pairs}
    gained = set(range(len(new))) - {j for _, j in pairs}
    whole = _broken(before, after, pairs, lost, gained)
    changes = [
        c
        for c in changes
        if not any(set(c.before) <= set(w.before) and set(c.after) <= set(w.after) for w in whole)
    ] + whole
    lost -= {n for n, p in enumerate(old) for w in whole if p.index in w.before}
    gained -= {n for n, p in enumerate(new) for w in whole if p.index in w.after}
    changes += [_one_sided(before, old[i], "removed") for i in sorted(lost)] + [
        _one_sided(after, new[j], "added") for j in sorted(gained)
    ]
    place = {p.index: n for n, p in enumerate(new)}
    changes.sort(
        key=lambda c: (
            RANK[c.consequence],
            place.get(c.after[0], 0) if c.after else c.before[0],
            c.before,
        )
    )
    titles = before.article.headline, after.article.headline
    headline = word_diff(*titles) if all(titles) and titles[0] != titles[1] else ()
    return Step(
        before=before.article.id, after=after.article.id, changes=tuple(changes), headline=headline
    )


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
    words_old, words_new = (
        {i: old[i].split() for i in free_old},
        {j: new[j].split() for j in free_new},
    )
    alike = sorted(
        (-Indel.normalized_similarity(words_old[i], words_new[j]), abs(i - j), i, j)
        for i in sorted(free_old)
        for j in sorted(free_new)
    )
    for negative, _, i, j in alike:
        if -negative >= EDITED and i in free_old and j in free_new:
            pairs.append((i, j))
            free_old.discard(i)
            free_new.discard(j)
    return sorted(pairs)


def _broken(
    before: Annotated,
    after: Annotated,
    pairs: Sequence[tuple[int, int]],
    lost: set[int],
    gained: set[int],
) -> list[Change]:
    """Paragraphs split in two and two merged into one: an unmatched neighbour whose words stand in
    the other capture's whole."""
    old, new = before.article.body, after.article.body
    out, used = [], set[int]()
    for i, j in pairs:
        for k in (j + 1, j - 1):
            if (
                k in gained
                and k not in used
                and _made_of(old[i].text, sorted_texts := [new[n].text for n in sorted((j, k))])
            ):
                used.add(k)
                out.append(
                    _whole_change(
                        "split",
                        before,
                        after,
                        [old[i]],
                        [new[n] for n in sorted((j, k))],
                        old[i].text,
                        " ".join(sorted_texts),
                    )
                )
                break
    used.clear()
    for i, j in pairs:
        for k in (i + 1, i - 1):
            if (
                k in lost
                and k not in used
                and _made_of(new[j].text, sorted_texts := [old[n].text for n in sorted((i, k))])
            ):
                used.add(k)
                out.append(
                    _whole_change(
                        "merged",
                        before,
                        after,
                        [old[n] for n in sorted((i, k))],
                        [new[j]],
                        " ".join(sorted_texts),
                        new[j].text,
                    )
                )
                break
    return out


def _made_of(whole: str, parts: Sequence[str]) -> bool:
    """Whether one paragraph is two others put together, and each of them is a part of it."""
    words = folded(whole).split()
    if Indel.normalized_similarity(words, folded(" ".join(parts)).split()) < BROKEN:
        return False
    return all(
        LCSseq.similarity(words, part := folded(text).split()) >= BROKEN * len(part)
        for text in parts
    )


def _whole_change(
    kind: Literal["split", "merged"],
    before: Annotated,
    after: Annotated,
    paragraph: Sequence[Paragraph],
    quotation: Sequence[Paragraph],
    first: str,
    second: str,
) -> Change:
    details = (
        tuple(_details(before, after, paragraph, quotation))
        if folded(first) != folded(second)
        else ()
    )
    return Change(
        kind=kind,
        before=tuple(x.index for x in paragraph),
        after=tuple(x.index for x in quotation),
        consequence=min(
            (d[0] for d in details),
            key=lambda c: RANK[c],
            default="order" if folded(first) == folded(second) else "wording",
        ),
        details=details,
        segments=word_diff(first, second),
    )


def _change(
    before: Annotated, after: Annotated, paragraph: Paragraph, quotation: Paragraph, *, moved: bool
) -> Change:
    details = (
        tuple(_details(before, after, [paragraph], [quotation]))
        if paragraph.text != quotation.text
        else ()
    )
    if paragraph.text == quotation.text:
        return Change(
            kind="moved" if moved else "same",
            before=(paragraph.index,),
            after=(quotation.index,),
            consequence="order" if moved else "",
        )
    noise = folded(paragraph.text) == folded(quotation.text)
    consequence: Consequence = min(
        (d[0] for d in details), key=lambda c: RANK[c], default="typography" if noise else "wording"
    )
    if noise and moved:
        consequence = "order"
    return Change(
        kind="moved" if moved else "edited",
        before=(paragraph.index,),
        after=(quotation.index,),
        consequence=consequence,
        details=details,
        segments=word_diff(paragraph.text, quotation.text),
    )


def _one_sided(side: Annotated, paragraph: Paragraph, kind: Literal["added", "removed"]) -> Change:
    found = _facts(side, [paragraph])
    consequence: Consequence = next(
        (name for name in found if found[name] and name != "name"), "wording"
    )
    return Change(
        kind=kind,
        before=(paragraph.index,) if kind == "removed" else (),
        after=(paragraph.index,) if kind == "added" else (),
        consequence=consequence,
    )


def _facts(
    side: Annotated, listed: Sequence[Paragraph]
) -> dict[Consequence, list[tuple[object, str]]]:
    """What can change with consequence: (value, words) by kind. A figure's hedge and its speaker
    are looked at apart."""
    here = {p.index for p in listed}
    return {
        "figure": [
            ((f.low or f.high, f.high or f.low, f.unit), f.text)
            for f in side.figures
            if f.paragraph in here
        ],
        "date": [(d.value, d.text) for d in side.dates if d.paragraph in here],
        "name": [
            (name, shown) for p in listed for name, shown, is_name in stems(p.text) if is_name
        ],
        "quotation": [
            (folded(q.text).rstrip(".,;: "), q.text) for q in side.quotations if q.paragraph in here
        ],
    }


def _details(
    before: Annotated,
    after: Annotated,
    paragraph: Sequence[Paragraph],
    quotation: Sequence[Paragraph],
) -> Iterable[tuple[Consequence, str, str]]:
    """(kind, text before, text after) for each figure, date, name and quotation that stands on one
    side only; then changed speakers and hedges."""
    old, new = _facts(before, paragraph), _facts(after, quotation)
    texts = [folded(" ".join(x.text for x in listed)) for listed in (quotation, paragraph)]
    others = list(
        _speakers_and_hedges(
            before, after, {x.index for x in paragraph}, {x.index for x in quotation}
        )
    )
    spoken = {
        word
        for kind, *names in others
        if kind == "attribution"
        for name in names
        for word in name.split()
    }
    for name in old:
        a, b = Counter(v for v, _ in old[name]), Counter(v for v, _ in new[name])
        gone = [text for value, text in old[name] if (a - b)[value]]
        come = [text for value, text in new[name] if (b - a)[value]]
        if (
            name == "name"
        ):  # a name that is only written twice, or begins a sentence now, has not changed
            gone, come = (
                [t for t in dict.fromkeys(listed) if folded(t) not in text and t not in spoken]
                for listed, text in ((gone, texts[0]), (come, texts[1]))
            )
        for n in range(max(len(gone), len(come))):
            yield name, gone[n] if n < len(gone) else "", come[n] if n < len(come) else ""
    yield from others


NOBODY = say("nobody named")


def _speakers_and_hedges(
    before: Annotated, after: Annotated, paragraph: set[int], quotation: set[int]
) -> Iterable[tuple[Consequence, str, str]]:
    """What is said the same way but by somebody else, or with another certainty."""
    said: dict[object, str] = {
        folded(x.text).rstrip(".,;: "): x.speaker
        for x in before.quotations
        if x.paragraph in paragraph
    }
    for x in after.quotations:
        was = said.get(folded(x.text).rstrip(".,;: ")) if x.paragraph in quotation else None
        if was is not None and was != x.speaker:
            yield "attribution", was or NOBODY, x.speaker or NOBODY
    figures = {
        (f.low or f.high, f.high or f.low, f.unit): f
        for f in before.figures
        if f.paragraph in paragraph
    }
    for f in after.figures:
        old = (
            figures.get((f.low or f.high, f.high or f.low, f.unit))
            if f.paragraph in quotation
            else None
        )
        if old and old.hedge != f.hedge:
            yield "hedge", old.text, f.text
        if old and old.said_by != f.said_by:
            yield "attribution", old.said_by or NOBODY, f.said_by or NOBODY
