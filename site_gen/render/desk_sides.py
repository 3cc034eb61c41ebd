"""What a finding rests on, for the desk: its paragraphs with the words marked, its mentions, and
what links them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from site_gen.language.lists import words as listed
from site_gen.language.words import STOP_WORDS
from site_gen.model import (
    HEADLINE,
    Annotated,
    Article,
    Attribution,
    Comparison,
    Date,
    Figure,
    Link,
    Passage,
    Place,
    Quotation,
    ReviewItem,
    Row,
    Speaker,
    Utterance,
)
from site_gen.model.message import joined, say
from site_gen.render.groups import value_groups
from site_gen.render.marks import Mark, marked
from site_gen.render.paragraphs import moment, place_link, place_words
from site_gen.render.readings import evidence_words, read_as
from site_gen.render.rows import row_state

Node = tuple[str, int]
SHORT = 90
"""Characters of a title in the list."""
NAME = re.compile(
    r"[A-Z][\w’'-]*[\w](?:\s+(?:(?:of|de|la|van|von|der|den|al|bin|ibn)\s+)?[A-Z][\w’'-]*[\w])*"
)
"""What stands in a text like a name: words with capitals in a row."""
INSIDE = re.compile(r"[\w,;’\"”)]\s+\Z")
"""What stands before a name that does not begin a sentence."""
MOST_NAMES = 80
"""Names of an article among which a speaker is chosen."""


def cut(text: str) -> str:
    """A text in a line of the list."""
    return text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + " …"


def passage_of(comparison: Comparison, item: ReviewItem) -> Passage | None:
    """The passage of an item; none where an editor took it apart."""
    return next((p for p in comparison.matches.passages if p.id == item.id), None)


def speaker_of(comparison: Comparison, item: ReviewItem) -> Speaker:
    """The speaker of an item."""
    return next(s for s in comparison.findings.speakers if s.id == item.id)


def places_of(comparison: Comparison, item: ReviewItem) -> tuple[Place, ...]:
    """The sentences of a finding that is no row, passage or speaker."""
    found = comparison.findings
    for only in found.only_here:
        if only.id == item.id:
            return (only.place,)
    for gone in found.not_here:
        if gone.id == item.id:
            return gone.told
    for named in found.called:
        if named.id == item.id:
            return tuple(named.places())
    for notice in found.notices:
        if notice.id == item.id:
            return (notice.place,)
    return tuple(s.sentence for s in next(s for s in found.stated if s.id == item.id).stated())


def _side(
    comparison: Comparison,
    place: Place,
    marks: Sequence[Mark],
    *,
    around: bool = True,
    said: str = "",
) -> dict[str, Any]:
    """A paragraph with its marks, between the one before it and the one after it; ``said``: who
    says it, in words."""
    article = comparison.story.article(place.article)
    at = place.paragraph
    near = range(len(article.paragraphs)) if around and at != HEADLINE else range(0)
    head = {
        "outlet": article.outlet,
        "published": moment(article.published),
        "place": place_words(article, at),
        "link": place_link(comparison.story.id, article, at),
    }
    return {
        "heads": [head],
        "said": said,
        "before": article.paragraph(at - 1).text if at - 1 in near else "",
        "html": marked(article.paragraph(at).text, marks),
        "after": article.paragraph(at + 1).text if at + 1 in near else "",
        "language": article.language,
    }


def _facts_at(annotated: Annotated, place: Place) -> Iterator[Figure | Date | Quotation]:
    facts: tuple[Figure | Date | Quotation, ...] = (
        *annotated.figures,
        *annotated.dates,
        *annotated.quotations,
    )
    for fact in facts:
        if (fact.paragraph, fact.start, fact.end) == (place.paragraph, place.start, place.end):
            yield fact


def row_sides(comparison: Comparison, row: Row) -> dict[str, Any]:
    """The paragraphs of a row's statements, each value once before any again, and its mentions."""
    state = row_state(row)[0]
    groups = [g.cells for g in value_groups(comparison, row)]
    cells = [*(g[0] for g in groups), *(c for g in groups for c in g[1:])]
    sides, mentions = [], []
    for cell in cells:
        annotated = comparison.annotation(cell.source)
        for number, statement in enumerate(cell.statements):
            place = statement.place
            marks = [Mark(place.start, place.end, state)]
            marks += [Mark(a, b, "said") for a, b in statement.apart]
            marks += _speaker_marks(annotated, place, statement.said_by)
            said = _said(row, statement.said_by)
            sides.append(_side(comparison, place, marks, around=not number, said=said))
            fact = next(_facts_at(annotated, place), None)
            if fact is not None:
                mentions.append(_mention(annotated.article, fact, place, statement.said_by))
    places = [s.place for c in row.cells for s in c.statements]
    mentions.sort(key=lambda m: places.index(m["place"]))
    return {"sides": _together(sides), "mentions": mentions}


def _said(row: Row, who: str) -> str:
    """Who says a statement, as the page says it; nothing where that is not established and matters
    little."""
    if row.kind == "quotation":
        return say("said by {speaker}", speaker=who) if who else say("speaker not established")
    return say("according to {speaker}", speaker=who) if who else ""


def _together(sides: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sides with the same words as one, under the names of all that have them."""
    out: dict[str, dict[str, Any]] = {}
    for side in sides:
        known = out.setdefault(f"{side['html']} {side['said']}", side)
        if known is not side:
            known["heads"] += side["heads"]
    return list(out.values())


def _mention(
    article: Article, fact: Figure | Date | Quotation, place: Place, who: str
) -> dict[str, Any]:
    return {
        "place": place,
        "article": article.id,
        "outlet": article.outlet,
        "words": fact.text,
        "read_as": read_as(fact),
        "rule": fact.rule,
        "speaker": who,
        "reading": "" if isinstance(fact, Quotation) else fact.reading,
        "has_value": not isinstance(fact, Quotation),
    }


def _speaker_marks(annotated: Annotated, place: Place, who: str) -> list[Mark]:
    """Where a paragraph names who says a statement."""
    if not who:
        return []
    for said in annotated.attributions:
        paragraph, start, end = said.source
        inside = any(a <= place.start < b for a, b in (*said.quoted, *said.told))
        if said.speaker == who and said.paragraph == paragraph == place.paragraph and inside:
            return [Mark(start, end, "names")]
    text = annotated.article.paragraph(place.paragraph).text
    at = text.find(who)
    return [Mark(at, at + len(who), "names")] if at >= 0 else []


def passage_sides(comparison: Comparison, item: ReviewItem) -> dict[str, Any]:
    """The paragraphs of a passage, what links them, and which one could be left out."""
    nodes = _nodes(comparison, item)
    inside = [x for x in comparison.matches.links if {(x.a, x.i), (x.b, x.j)} <= set(nodes)]
    spans: dict[Node, set[tuple[int, int]]] = {}
    for x in inside:
        for node, span in zip(((x.a, x.i), (x.b, x.j)), x.spans or (), strict=False):
            spans.setdefault(node, set()).add(span)
    sides = []
    for article, index in nodes:
        text = comparison.story.article(article).paragraph(index).text
        marks = [Mark(s, e, "shared") for s, e in sorted(spans.get((article, index), ()))]
        place = Place(article=article, paragraph=index, start=0, end=len(text))
        sides.append(_side(comparison, place, marks))
    several = len(nodes) > 2
    return {
        "sides": _together(sides),
        "evidence": [_link_view(comparison, x) for x in inside],
        "out": [_out(comparison.story.article(a), i) for a, i in nodes] if several else [],
        "more": list(_more(comparison, nodes)),
    }


def _more(comparison: Comparison, nodes: Sequence[Node]) -> Iterator[dict[str, str]]:
    """The paragraphs that could stand in a passage too: those linked with it first."""
    linked = {
        end
        for x in comparison.matches.links
        for end, other in (((x.a, x.i), (x.b, x.j)), ((x.b, x.j), (x.a, x.i)))
        if other in nodes
    }
    every = [
        (s, p.index) for s in comparison.matches.sources for p in comparison.story.article(s).body
    ]
    for node in sorted(every, key=lambda n: n not in linked):
        if node not in nodes:
            article = comparison.story.article(node[0])
            words = f"{article.outlet} ¶ {node[1] + 1}: {cut(article.paragraph(node[1]).text)}"
            yield {"pid": article.paragraph(node[1]).pid, "words": words}


def _nodes(comparison: Comparison, item: ReviewItem) -> list[Node]:
    """The paragraphs of a passage, in the order of the columns; also of one taken apart."""
    order = {s: n for n, s in enumerate(comparison.matches.sources)}
    names = set(item.target[1:])
    passage = passage_of(comparison, item)
    within = {(a, i) for a, indexes in passage.members for i in indexes} if passage else None
    found = [
        (a.article.id, p.index)
        for a in comparison.annotated
        if a.article.id in order
        for p in a.article.body
        if p.pid in names and (within is None or (a.article.id, p.index) in within)
    ]
    return sorted(found, key=lambda n: (order[n[0]], n[1]))


def _link_view(comparison: Comparison, link: Link) -> dict[str, Any]:
    """What speaks for a link, as ``explain`` says it."""
    one, other = (comparison.story.article(n).outlet for n in (link.a, link.b))
    return {
        "title": f"{one} ¶ {link.i + 1} – {other} ¶ {link.j + 1}",
        "lines": [evidence_words(e) for e in link.evidence],
        "score": link.score,
    }


def _out(article: Article, index: int) -> dict[str, str]:
    """A paragraph that can be left out of its passage."""
    words = joined(" ", [article.outlet, place_words(article, index)])
    return {"pid": article.paragraph(index).pid, "words": words}


def speaker_sides(comparison: Comparison, item: ReviewItem) -> dict[str, Any]:
    """What a speaker is said to say, a side a paragraph, and the words by which it is."""
    who = speaker_of(comparison, item)
    marks: dict[Place, list[Mark]] = {}
    mentions = []
    for voice in who.voices:
        annotated = comparison.annotation(voice.source)
        for said in voice.utterances:
            at = replace(said.place, start=0, end=0)
            found = _attribution(annotated, said.cue)
            marks.setdefault(at, []).extend(_of_utterance(said, found))
            text = annotated.article.paragraph(said.place.paragraph).text
            mentions.append(
                {
                    "place": said.cue,
                    "article": annotated.article.id,
                    "outlet": annotated.article.outlet,
                    "words": cut(text[said.place.start : said.place.end]),
                    "read_as": say("by the words “{words}”", words=_cue_words(annotated, said.cue)),
                    "rule": "",
                    "speaker": found.speaker if found else who.name,
                    "reading": "",
                    "has_value": False,
                }
            )
    sides = [_side(comparison, place, found) for place, found in marks.items()]
    return {"sides": _together(sides), "mentions": mentions}


def _of_utterance(said: Utterance, found: Attribution | None) -> list[Mark]:
    """The marks of what somebody says, and of the words by which it is known."""
    marks = [Mark(a, b, "noted") for a, b in said.quoted]
    marks += [Mark(a, b, "shared") for a, b in said.told]
    if said.cue.paragraph == said.place.paragraph and said.cue.start != said.place.start:
        marks.append(Mark(said.cue.start, said.cue.end, "names"))
    if found and found.source[0] == said.place.paragraph and found.source != found.cue:
        marks.append(Mark(found.source[1], found.source[2], "names"))
    return marks


def _cue_words(annotated: Annotated, cue: Place) -> str:
    return annotated.article.paragraph(cue.paragraph).text[cue.start : cue.end]


def _attribution(annotated: Annotated, cue: Place) -> Attribution | None:
    at = (cue.paragraph, cue.start, cue.end)
    return next((a for a in annotated.attributions if a.cue == at), None)


def finding_sides(comparison: Comparison, item: ReviewItem) -> list[dict[str, Any]]:
    """The sentences of a finding that is no row, passage or speaker."""
    stated = next((s for s in comparison.findings.stated if s.id == item.id), None)
    if stated:
        return [
            _side(comparison, s.sentence, [Mark(s.words.start, s.words.end, "noted")])
            for s in stated.stated()
        ]
    gone = next((n for n in comparison.findings.not_here if n.id == item.id), None)
    places = [*places_of(comparison, item), *([gone.elsewhere] if gone and gone.elsewhere else [])]
    return [_side(comparison, p, [Mark(p.start, p.end, "noted")]) for p in places]


def _without_small(name: str) -> str:
    """A name without what only begins its sentence or stands before it ("As", "The", "Mr"), and
    without the mark of what is theirs."""
    parts = re.sub(r"[’']s\Z", "", name).split()
    before = STOP_WORDS | listed("titles") | {"house", "senate"}
    while parts and parts[0].lower() in before:
        parts = parts[1:]
    while parts and parts[-1].lower() in listed("titles"):
        parts = parts[:-1]
    return " ".join(parts)


SHORTEST = 4
"""Letters of a single word that may be a name: shorter ones are mostly abbreviations."""


def _written(text: str) -> Iterator[str]:
    """What stands in a text like a name: several words, or one that does not begin a sentence."""
    calendar = listed("calendar_names") | STOP_WORDS
    for m in NAME.finditer(text):
        name = _without_small(m[0])
        inside = INSIDE.search(text[max(0, m.start() - 3) : m.start()])
        several = " " in name or (inside and len(name) >= SHORTEST)
        if several and name.lower() not in calendar and not name.isupper():
            yield name


def names_in(annotated: Annotated, others: Iterable[str] = ()) -> list[str]:
    """The names among which an article's speaker is chosen: those who speak in it first, then those
    who speak elsewhere in the story (``others``) and whose last name stands in it, then what stands
    there like a name."""
    speak = [a.speaker for a in annotated.attributions] + [q.speaker for q in annotated.quotations]
    texts = [p.text for p in annotated.article.all_text]
    known = [n for n in others if n and any(n.split()[-1] in text for text in texts)]
    written = sorted({n for text in texts for n in _written(text)})
    found = dict.fromkeys((*sorted(filter(None, speak)), *sorted(known), *written))
    return list(found)[:MOST_NAMES]
