"""The CSV files of what editors compare beyond numbers: one line a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from site_gen.model import Comparison, Place
from site_gen.render.columns import PLACE, place

_ID = ("finding", "string", "Id of the finding, and its anchor on the story's page")
_BEHIND = PLACE[1:]
FINDING_COLUMNS: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "only_here": (
        *PLACE,
        _ID,
        ("weight", "number", "How much a reader loses without it, in points"),
        ("origin", "string", "The origin that alone has it"),
        ("anchors", "string", "The words that stand in no other origin's text, set apart by |"),
        ("kinds", "string", "What these are: name, figure, quotation, document, words"),
    ),
    "not_here": (
        ("story", "string", "The story's id: its folder"),
        _ID,
        ("source", "string", "The source that does not have it"),
        ("source_outlet", "string", "Its outlet"),
        ("passage", "string", "The passage's id"),
        ("weight", "number", "How much a reader loses without it, in points"),
        ("state", "string", "told: who has it; elsewhere: where the source may say it after all"),
        *_BEHIND,
    ),
    "headlines": (
        ("story", "string", "The story's id: its folder"),
        ("article", "string", "The article's id within the story"),
        ("outlet", "string", "Who published it"),
        ("headline", "string", "The headline, word for word"),
        ("own_words", "string", "Its words that no other headline has, set apart by |"),
        ("names", "string", "The names in it, set apart by |"),
        ("figures", "string", "The figures and dates in it, set apart by |"),
        ("lead", "boolean", "Whether the value that the story leads with is in it"),
        ("first_sentence", "string", "The first sentence of the body"),
        ("event_paragraph", "integer", "Which body paragraph tells the shared event; 0 if unknown"),
        ("event_sentence", "string", "The sentence that tells it"),
    ),
    "speakers": (
        *PLACE,
        _ID,
        ("speaker", "string", "The fullest name that a source of the row gives"),
        ("role", "string", "Title or affiliation, as an article words it"),
        ("kind", "string", "named, organisation, unnamed, document or media"),
        ("verb", "string", "The verb of saying in its plain form, or according to"),
        ("words_quoted", "integer", "Words inside quotation marks in this place"),
        ("words_told", "integer", "Words given in other words in this place"),
    ),
    "called": (
        *PLACE,
        _ID,
        ("kind", "string", "thing, act or reporting verb"),
        ("about", "string", "The words around the place that all sources have, or the quotation"),
        ("term", "string", "The term, as the first source writes it"),
    ),
    "verbs": (
        *PLACE,
        ("verb", "string", "The verb of saying in its plain form"),
    ),
    "stated": (
        *PLACE,
        _ID,
        ("kind", "string", "negated, opposite, hedged or name"),
        ("side", "integer", "1 or 2"),
        ("words", "string", "The words of the sentence that differ; empty where it has none"),
        ("score", "number", "How alike the two sentences are, from 0 to 1"),
    ),
    "notices": (
        *PLACE,
        _ID,
        ("kind", "string", "correction, clarification, update, editor's note or retraction"),
        ("rows", "string", "Ids of the rows that it speaks of, set apart by |"),
        ("paragraphs", "string", "Indexes of the paragraphs that it speaks of, set apart by |"),
    ),
    "sources": (
        ("story", "string", "The story's id: its folder"),
        ("article", "string", "The article's id within the story"),
        ("outlet", "string", "Who published it"),
        ("origin", "string", "The origin that it belongs to"),
        ("words", "integer", "Words of the body"),
        ("paragraphs", "integer", "Paragraphs of the body"),
        ("figures", "integer", "Figures found"),
        ("dates", "integer", "Dates found"),
        ("quotations", "integer", "Statements inside quotation marks"),
        ("speakers", "integer", "Speakers, each once"),
        ("named", "integer", "Persons and organisations among them"),
        ("unnamed", "integer", "Unnamed persons among them"),
        ("documents", "integer", "Documents among them"),
        ("media", "integer", "Other media among them"),
        ("quoted_share", "number", "Share of its words inside quotation marks of a speaker"),
        ("told_share", "number", "Share of its words that give a speaker's in other words"),
        ("passages", "integer", "Passages of at least two origins in the story"),
        ("coverage", "number", "Share of them that it has"),
        ("overlap", "number", "Largest share of its text that stands in one other source"),
        ("originality", "number", "Share of its words in sentences linked to no other origin"),
        ("only_here", "integer", "Sentences that its origin alone has"),
        ("not_here", "integer", "Passages of two other origins that it does not have"),
        ("captures", "integer", "Captures of the article"),
        ("published", "string", "When, as a date or a date-time with zone"),
        ("first", "boolean", "Whether it reported first, as far as the times tell"),
        (
            "after",
            "integer",
            "Minutes after the first report; whole days where only days are known",
        ),
    ),
}
"""For each file: name, datatype of XML Schema and meaning of each column, in order."""
Lines = Iterable[Sequence[Any]]


def finding_tables(comparison: Comparison) -> dict[str, Lines]:
    """The tables of a story's findings: name → lines."""
    return {
        "only_here": _only_here(comparison),
        "not_here": _not_here(comparison),
        "headlines": _headlines(comparison),
        "speakers": _speakers(comparison),
        "called": _called(comparison),
        "verbs": _verbs(comparison),
        "stated": _stated(comparison),
        "notices": _notices(comparison),
        "sources": _sources(comparison),
    }


def _at(comparison: Comparison, at: Place) -> tuple[Any, ...]:
    article = comparison.story.article(at.article)
    return place(comparison, article, at.paragraph, at.start, at.end)


def _text(comparison: Comparison, at: Place | None) -> str:
    if at is None:
        return ""
    text = comparison.story.article(at.article).paragraph(at.paragraph).text
    return text[at.start : at.end]


def _only_here(comparison: Comparison) -> Iterator[Sequence[Any]]:
    for found in comparison.findings.only_here:
        at = found.place
        text = comparison.story.article(at.article).paragraph(at.paragraph).text
        yield (
            *_at(comparison, at),
            found.id,
            found.weight,
            found.origin,
            "|".join(text[a.start : a.end] for a in found.anchors),
            "|".join(dict.fromkeys(a.kind for a in found.anchors)),
        )


def _not_here(comparison: Comparison) -> Iterator[Sequence[Any]]:
    story = comparison.story
    for found in comparison.findings.not_here:
        lead = (
            story.id,
            found.id,
            found.source,
            story.article(found.source).outlet,
            found.passage,
            found.weight,
        )
        for at in found.told:
            yield (*lead, "told", *_at(comparison, at)[1:])
        if found.elsewhere:
            yield (*lead, "elsewhere", *_at(comparison, found.elsewhere)[1:])


def _headlines(comparison: Comparison) -> Iterator[Sequence[Any]]:
    for found in comparison.findings.headlines:
        article = comparison.story.article(found.source)

        def joined(spans: Sequence[tuple[int, int]], text: str = article.headline) -> str:
            return "|".join(text[a:b] for a, b in spans)

        yield (
            comparison.story.id,
            article.id,
            article.outlet,
            article.headline,
            joined(found.own),
            joined(found.names),
            joined(found.figures),
            found.lead,
            _text(comparison, found.first),
            found.ordinal,
            _text(comparison, found.event),
        )


def _speakers(comparison: Comparison) -> Iterator[Sequence[Any]]:
    for found in comparison.findings.speakers:
        for voice in found.voices:
            for said in voice.utterances:
                yield (
                    *_at(comparison, said.place),
                    found.id,
                    found.name,
                    found.role,
                    found.kind,
                    said.verb,
                    *said.words,
                )


def _called(comparison: Comparison) -> Iterator[Sequence[Any]]:
    for found in comparison.findings.called:
        for term in found.terms:
            for at in term.uses:
                yield (*_at(comparison, at), found.id, found.kind, found.about, term.text)


def _verbs(comparison: Comparison) -> Iterator[Sequence[Any]]:
    for found in comparison.findings.verbs:
        for at in found.places:
            yield (*_at(comparison, at), found.verb)


def _stated(comparison: Comparison) -> Iterator[Sequence[Any]]:
    for found in comparison.findings.stated:
        for side, sentences in enumerate(found.sides, 1):
            for stated in sentences:
                yield (
                    *_at(comparison, stated.sentence),
                    found.id,
                    found.kind,
                    side,
                    _text(comparison, stated.words),
                    found.score,
                )


def _notices(comparison: Comparison) -> Iterator[Sequence[Any]]:
    for found in comparison.findings.notices:
        yield (
            *_at(comparison, found.place),
            found.id,
            found.kind,
            "|".join(found.rows),
            "|".join(map(str, found.paragraphs)),
        )


def _sources(comparison: Comparison) -> Iterator[Sequence[Any]]:
    for p in comparison.findings.profiles:
        yield (
            comparison.story.id,
            p.source,
            comparison.story.article(p.source).outlet,
            *(getattr(p, name) for name, _, _ in FINDING_COLUMNS["sources"][3:]),
        )
