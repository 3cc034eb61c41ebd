"""Other people's text: articles with ``rights: third-party`` are published as excerpts.

Shown are the sentences that a shared row, a shared passage or a change between captures needs, and
the words of each figure, date and quotation themselves. All other characters are replaced one for
one by ``FILLER`` before anything is rendered, so that no file of the site can hold them, and every
offset still quotes its text. Pages show a run of fillers as "[…]".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from site_gen.language.words import content_stems, sentence_at, sentences
from site_gen.model import (
    Annotated,
    Article,
    Comparison,
    Date,
    Figure,
    LeftOut,
    Paragraph,
    Place,
    Quotation,
    Step,
)

FILLER = "\uf8f0"
IN_DATA = "\u2588"
"""What data files hold in place of each withheld character: a full block, so that offsets stay
those of the capture."""
GAP = re.compile(f"{FILLER}+(?:\\s*{FILLER}+)*")
SHOWN_GAP = "[…]"
LONGEST_SPAN = 400
"""Characters of a quotation that are shown for its own sake; a longer one only where a row or
passage needs it."""
SHARED = 2
"""A sentence of a passage is shown where it shares at least two words with another source's
paragraph there."""
SHOWN_ALONE = 5
"""Sentences that are shown of what a source has alone: as many as its page shows at first."""
Spans = dict[tuple[str, int], set[tuple[int, int]]]


def withheld(comparison: Comparison) -> tuple[str, ...]:
    """The ids of the articles that are published as excerpts."""
    return tuple(a.id for a in comparison.story.articles if a.rights == "third-party")


def excerpted(comparison: Comparison) -> Comparison:
    """The comparison with the text of third-party articles cut down to what the pages need."""
    names = set(withheld(comparison))
    if not names:
        return comparison
    needed = _needed(comparison)
    articles = {a.id: _cut(a, needed) if a.id in names else a for a in comparison.story.articles}
    return replace(
        comparison,
        story=replace(
            comparison.story, articles=tuple(articles[a.id] for a in comparison.story.articles)
        ),
        annotated=tuple(replace(a, article=articles[a.article.id]) for a in comparison.annotated),
    )


def hidden(comparison: Comparison) -> dict[tuple[str, int], list[tuple[int, int]]]:
    """By article and paragraph, the spans that :func:`excerpted` leaves out."""
    names = set(withheld(comparison))
    return {
        (a.id, p.index): [(m.start(), m.end()) for m in GAP.finditer(p.text)]
        for a in excerpted(comparison).story.articles
        if a.id in names
        for p in a.paragraphs
    }


def _cut(article: Article, needed: Spans) -> Article:
    paragraphs = tuple(
        replace(p, text=_mask(p.text, needed.get((article.id, p.index), set())))
        for p in article.paragraphs
    )
    left_out = tuple(LeftOut(text=FILLER * len(x.text), rule=x.rule) for x in article.left_out)
    return replace(article, paragraphs=paragraphs, left_out=left_out)


def _mask(text: str, keep: Iterable[tuple[int, int]]) -> str:
    out = [FILLER] * len(text)
    for start, end in keep:
        # the text's own, so that it does not read as withheld
        out[start:end] = text[start:end].replace(FILLER, "\ufffd")
    return "".join(out)


def _needed(comparison: Comparison) -> Spans:
    out: Spans = defaultdict(set)
    for annotated in comparison.annotated:
        _facts(annotated, out)
    for row in comparison.rows:
        if len(row.cells) > 1:
            for s in (s for c in row.cells for s in (*c.statements, *c.was)):
                place = s.place
                text = comparison.story.article(place.article).paragraph(place.paragraph).text
                last = sentence_at(text, max(place.start, place.end - 1))[1]
                out[place.article, place.paragraph].add(
                    (sentence_at(text, place.start)[0], max(last, place.end))
                )
    _passages(comparison, out)
    for place in _of_findings(comparison):
        out[place.article, place.paragraph].add((place.start, place.end))
    for versions in comparison.matches.versions:
        for step in versions.steps:
            _changes(comparison, step, out)
    return out


def _of_findings(comparison: Comparison) -> Iterator[Place]:
    """The sentences that the findings quote; of what a source has alone, the weightiest few; of
    speakers, how they are named and the verbs."""
    found = comparison.findings
    yield from _alone(o.place for o in found.only_here)
    yield from (p for h in found.headlines for p in h.places())
    yield from (p for s in found.stated for p in s.places())
    for voice in (v for s in found.speakers for v in s.voices):
        yield from (voice.named, *(u.cue for u in voice.utterances))
    for use in (p for c in found.called for p in c.places()):
        yield _sentence(comparison, use)
    for verb in found.verbs:
        yield from verb.places
    yield from (n.place for n in found.notices)


def _alone(places: Iterable[Place]) -> Iterator[Place]:
    """The first few places of each article."""
    seen: dict[str, int] = defaultdict(int)
    for place in places:
        seen[place.article] += 1
        if seen[place.article] <= SHOWN_ALONE:
            yield place


def _sentence(comparison: Comparison, place: Place) -> Place:
    """The sentence that holds a place."""
    text = comparison.story.article(place.article).paragraph(place.paragraph).text
    start, end = sentence_at(text, place.start)
    return replace(place, start=start, end=max(end, place.end))


def _facts(annotated: Annotated, out: Spans) -> None:
    """The words of each figure, date and quotation."""
    facts: list[Figure | Date | Quotation] = [
        *annotated.figures,
        *annotated.dates,
        *annotated.quotations,
    ]
    for fact in facts:
        if fact.end - fact.start > LONGEST_SPAN:
            continue
        out[annotated.article.id, fact.paragraph].add((fact.start, fact.end))


def _passages(comparison: Comparison, out: Spans) -> None:
    for passage in comparison.matches.passages:
        members = [
            (a, comparison.story.article(a).paragraph(i))
            for a, indexes in passage.members
            for i in indexes
        ]
        stems = {(a, p.index): content_stems(p.text) for a, p in members}
        for a, p in members:
            others = set().union(*(s for (b, _), s in stems.items() if b != a))
            for start, end in sentences(p.text):
                if len(content_stems(p.text[start:end]) & others) >= SHARED:
                    out[a, p.index].add((start, end))


def _changes(comparison: Comparison, step: Step, out: Spans) -> None:
    """The sentences that a change touches; of a paragraph that only one capture has, the first
    sentence."""
    before, after = comparison.story.article(step.before), comparison.story.article(step.after)
    for change in step.changed:
        if change.before and change.after:
            old, new = before.paragraph(change.before[0]), after.paragraph(change.after[0])
            for s in change.segments:
                if s.op != "equal":
                    _around(out, step.before, old, s.a_start, s.a_end)
                    _around(out, step.after, new, s.b_start, s.b_end)
        else:
            for name, article, indexes in (
                (step.before, before, change.before),
                (step.after, after, change.after),
            ):
                for i in indexes:
                    _around(out, name, article.paragraph(i), 0, 1)


def _around(out: Spans, article: str, paragraph: Paragraph, start: int, end: int) -> None:
    first = sentence_at(paragraph.text, min(start, max(0, len(paragraph.text) - 1)))[0]
    out[article, paragraph.index].add(
        (
            first,
            sentence_at(paragraph.text, max(start, end - 1))[1] if end > start else max(first, end),
        )
    )
