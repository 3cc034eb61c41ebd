"""The review desk: a finding with the sentences that it rests on, and the list of all findings.

It is shown in the local preview alone; no site has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markupsafe import Markup

from site_gen.model import (
    HEADLINE,
    NOBODY,
    Annotated,
    Article,
    Attribution,
    Comparison,
    Date,
    Figure,
    Passage,
    Place,
    Quotation,
    ReviewItem,
    Row,
    Ruling,
    Speaker,
)
from site_gen.model.message import joined, say
from site_gen.render.findings import WORDS as STATED
from site_gen.render.groups import value_groups
from site_gen.render.ledger import short_label
from site_gen.render.links import story_page
from site_gen.render.marks import Mark, marked
from site_gen.render.paragraphs import moment, place_link, place_words
from site_gen.render.readings import evidence_words, read_as
from site_gen.render.reviewed import review_words
from site_gen.render.rows import row_link, row_state, verdict_words
from site_gen.render.synopsis import passage_label
from site_gen.render.titles import row_title

KINDS = {
    "figure": say("figure"),
    "date": say("date"),
    "quotation": say("quotation"),
    "passage": say("passage"),
    "speaker": say("speaker"),
    "stated": say("stated differently"),
    "called": say("what things are called"),
    "only here": say("only in one origin"),
    "not here": say("not in a source"),
    "notice": say("correction or update"),
    "one source": say("fact of one source"),
}
"""What each sort of finding is called."""
DOUBTS = {
    "sure": say("much speaks for it"),
    "likely": say("likely"),
    "unsure": say("little speaks for it"),
}
SAMPLE = 6
"""Utterances of a speaker, and members of a passage, that are shown at once; the rest is folded."""
SHORT_LABEL = 40
"""Characters of a label that stands before its values; a longer one is a sentence."""
SHORT = 90
"""Characters of a title in the list."""
NAME = re.compile(
    r"\b[A-Z][\w’'.-]*[\w’'](?:\s+(?:(?:of|de|la|van|von|der|den|al|bin|ibn|and|the)\s+)*"
    r"[A-Z][\w’'.-]*[\w’'])*"
)
"""What stands in a text like a name: words with capitals in a row."""
MOST_NAMES = 80
"""Names of an article among which a speaker is chosen."""


def queue_view(
    comparison: Comparison, items: Iterable[ReviewItem], here: str
) -> list[dict[str, Any]]:
    """The list of findings: each with its key, sign, title and state."""
    rows = {r.id: r for r in comparison.rows}
    return [
        {
            "key": item.key,
            "title": _title(comparison, item, rows.get(item.id)),
            "kind": KINDS[item.kind],
            "done": item.done,
            "decision": decision_words(item.ruling) if item.done and item.ruling else "",
            "lapsed": item.lapsed,
            "doubt": DOUBTS[item.doubt],
            "here": item.key == here,
            **_sign(item, rows.get(item.id)),
        }
        for item in items
    ]


def _sign(item: ReviewItem, row: Row | None) -> dict[str, str]:
    if row is not None:
        state, sign = row_state(row)
        return {"state": state, "sign": sign, "word": verdict_words(row)}
    sign = {"passage": "¶", "speaker": "“", "stated": "⇄", "one source": "1"}.get(item.kind, "·")
    return {"state": "single", "sign": sign, "word": KINDS[item.kind]}


def _title(comparison: Comparison, item: ReviewItem, row: Row | None) -> Markup | str:
    """What a finding is called in the list, short."""
    if row is not None:
        values = row_title(comparison, row, value_groups(comparison, row))
        if row.kind == "quotation" or not _is_label(row.label):
            return values
        return Markup("{}: {}").format(row.label, values)
    if item.kind == "passage":
        passage = _passage(comparison, item)
        return passage_label(comparison, passage) if passage else say("A passage taken apart")
    if item.kind == "speaker":
        who = _speaker(comparison, item)
        return _cut(joined(", ", [p for p in (who.name, who.role) if p]))
    places = _places(comparison, item)
    article = comparison.story.article(places[0].article)
    text = article.paragraph(places[0].paragraph).text[places[0].start : places[0].end]
    return _cut(text)


def _is_label(label: str) -> bool:
    """Whether a label is a short name; else it is the words of a sentence around its value."""
    return "[" not in label and "…" not in label and len(label) <= SHORT_LABEL


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + " …"


def _passage(comparison: Comparison, item: ReviewItem) -> Passage | None:
    return next((p for p in comparison.matches.passages if p.id == item.id), None)


def _speaker(comparison: Comparison, item: ReviewItem) -> Speaker:
    return next(s for s in comparison.findings.speakers if s.id == item.id)


def _places(comparison: Comparison, item: ReviewItem) -> tuple[Place, ...]:
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


def decision_words(ruling: Ruling) -> str:
    """What an editor decided, in a few words."""
    told = []
    if ruling.hide:
        told.append(say("hidden"))
    if ruling.different:
        told.append(say("different things"))
    if ruling.one_thing or ruling.same:
        told.append(say("one thing"))
    if ruling.right:
        told.append(say("right"))
    if ruling.verdict:
        told.append(say("verdict: {verdict}", verdict=VERDICTS[ruling.verdict]))
    if ruling.value:
        told.append(say("read as {words}", words=ruling.value))
    if ruling.speaker:
        nobody = ruling.speaker == NOBODY
        told.append(say("nobody") if nobody else say("said by {name}", name=ruling.speaker))
    return joined(", ", told) if told else say("a note")


VERDICTS = {
    "agree": say("agree"),
    "compatible": say("compatible"),
    "conflict": say("differ"),
    "single": say("only one source"),
}
"""The verdicts that an editor may give."""


def item_view(comparison: Comparison, item: ReviewItem, machine: Row | None) -> dict[str, Any]:
    """A finding with all that an editor decides on. ``machine``: the row before rulings."""
    row = next((r for r in comparison.rows if r.id == item.id), None)
    shown = machine or row
    view: dict[str, Any] = {
        "key": item.key,
        "kind": KINDS[item.kind],
        "sort": item.kind,
        "title": _title(comparison, item, row),
        "done": item.done,
        "lapsed": item.lapsed,
        "review": review_words(item.ruling, lapsed=item.lapsed),
        "decision": decision_words(item.ruling) if item.ruling else "",
        "ruling": item.ruling,
        "doubt": DOUBTS[item.doubt],
        "question": _question(item),
        "page": row_link(comparison.story.id, row) if row else story_page(comparison.story.id),
        "id": item.id,
        "about": short_label(row.label) if row and not _is_label(row.label) else "",
        "label": row.label if row and _is_label(row.label) else "",
        "verdict": verdict_words(shown) if shown else KINDS[item.kind],
        "state": row_state(shown)[0] if shown else "single",
        "sign": row_state(shown)[1] if shown else "·",
        "reason": shown.reason if shown else "",
        "rule": shown.rule if shown else "",
        "evidence": [],
        "out": [],
    }
    if row is not None:
        view["sides"], view["mentions"] = _row_sides(comparison, row)
    elif item.kind == "passage":
        view |= _passage_sides(comparison, item)
    elif item.kind == "speaker":
        view["sides"], view["mentions"] = _speaker_sides(comparison, item)
    else:
        view["sides"], view["mentions"] = _finding_sides(comparison, item), []
    view["names"] = {
        a.article.id: names_in(a)
        for a in comparison.annotated
        if any(m["article"] == a.article.id for m in view["mentions"])
    }
    return view


def _question(item: ReviewItem) -> str:
    return {
        "passage": say("Do these paragraphs report the same particular thing?"),
        "speaker": say("Are these words said by them?"),
        "stated": say("Is this stated differently?"),
        "called": say("Are these words for one thing?"),
        "only here": say("Does no other source say this?"),
        "not here": say("Is this missing there?"),
        "notice": say("Is this a correction or an update?"),
        "one source": say("Is this read rightly?"),
        "quotation": say("Are these the same words of one speaker?"),
    }.get(item.kind, say("Are these values of one thing?"))


def _side(
    comparison: Comparison, place: Place, marks: Sequence[Mark], *, around: bool = True
) -> dict[str, Any]:
    """A paragraph with its marks, between the one before it and the one after it."""
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


def _row_sides(
    comparison: Comparison, row: Row
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
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
            sides.append(_side(comparison, place, marks, around=not number))
            fact = next(_facts_at(annotated, place), None)
            if fact is not None:
                mentions.append(_mention(annotated.article, fact, place, statement.said_by))
    places = [s.place for c in row.cells for s in c.statements]
    return _together(sides), sorted(mentions, key=lambda m: places.index(m["place"]))


def _together(sides: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sides with the same words as one, under the names of all that have them."""
    out: dict[str, dict[str, Any]] = {}
    for side in sides:
        known = out.setdefault(str(side["html"]), side)
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


def _passage_sides(comparison: Comparison, item: ReviewItem) -> dict[str, Any]:
    """The paragraphs of a passage, what links them, and which one could be left out."""
    passage = _passage(comparison, item)
    pids = {
        p.pid: (a.article.id, p.index)
        for a in reversed(comparison.annotated)
        for p in a.article.body
        if a.article.id in comparison.matches.sources
    }
    nodes = (
        [(a, i) for a, indexes in passage.members for i in indexes]
        if passage
        else sorted(pids[p] for p in item.target[1:] if p in pids)
    )
    order = {s: n for n, s in enumerate(comparison.matches.sources)}
    nodes.sort(key=lambda n: (order.get(n[0], 0), n[1]))
    inside = [x for x in comparison.matches.links if (x.a, x.i) in nodes and (x.b, x.j) in nodes]
    spans: dict[tuple[str, int], set[tuple[int, int]]] = {}
    for x in inside:
        if x.spans:
            spans.setdefault((x.a, x.i), set()).add(x.spans[0])
            spans.setdefault((x.b, x.j), set()).add(x.spans[1])
    sides: list[dict[str, Any]] = []
    for article, index in nodes:
        text = comparison.story.article(article).paragraph(index).text
        marks = [Mark(s, e, "shared") for s, e in sorted(spans.get((article, index), ()))]
        place = Place(article=article, paragraph=index, start=0, end=len(text))
        sides.append(_side(comparison, place, marks))
    sides = _together(sides)
    articles = comparison.story.article
    evidence = [
        {
            "title": joined(
                " ",
                [f"{articles(x.a).outlet} ¶ {x.i + 1}", "–", f"{articles(x.b).outlet} ¶ {x.j + 1}"],
            ),
            "lines": [evidence_words(e) for e in x.evidence],
            "score": x.score,
        }
        for x in inside
    ]
    out = [
        {
            "pid": articles(a).paragraph(i).pid,
            "words": say(
                "{outlet} {place}", outlet=articles(a).outlet, place=place_words(articles(a), i)
            ),
        }
        for a, i in nodes
        if len({n[0] for n in nodes}) > 2
    ]
    return {"sides": sides, "mentions": [], "evidence": evidence, "out": out}


def _speaker_sides(
    comparison: Comparison, item: ReviewItem
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What a speaker is said to say, and the words by which it is."""
    who = _speaker(comparison, item)
    sides, mentions = [], []
    for voice in who.voices:
        annotated = comparison.annotation(voice.source)
        for n, said in enumerate(voice.utterances, 1):
            marks = [Mark(a, b, "noted") for a, b in said.quoted]
            marks += [Mark(a, b, "shared") for a, b in said.told]
            if said.cue.paragraph == said.place.paragraph:
                marks.append(Mark(said.cue.start, said.cue.end, "names"))
            found = _attribution(annotated, said.cue)
            if found and found.source[0] == said.place.paragraph:
                marks.append(Mark(found.source[1], found.source[2], "names"))
            sides.append(_side(comparison, said.place, marks))
            text = annotated.article.paragraph(said.place.paragraph).text
            mentions.append(
                {
                    "place": said.cue,
                    "article": annotated.article.id,
                    "outlet": annotated.article.outlet,
                    "words": _cut(text[said.place.start : said.place.end]),
                    "read_as": say("by the words “{words}”", words=_cue_words(annotated, said.cue)),
                    "rule": "",
                    "speaker": found.speaker if found else who.name,
                    "reading": "",
                    "has_value": False,
                    "number": n,
                }
            )
    return sides, mentions


def _cue_words(annotated: Annotated, cue: Place) -> str:
    return annotated.article.paragraph(cue.paragraph).text[cue.start : cue.end]


def _attribution(annotated: Annotated, cue: Place) -> Attribution | None:
    at = (cue.paragraph, cue.start, cue.end)
    return next((a for a in annotated.attributions if a.cue == at), None)


def _finding_sides(comparison: Comparison, item: ReviewItem) -> list[dict[str, Any]]:
    stated = next((s for s in comparison.findings.stated if s.id == item.id), None)
    if stated:
        return [
            _side(comparison, s.sentence, [Mark(s.words.start, s.words.end, "noted")])
            for s in stated.stated()
        ]
    gone = next((n for n in comparison.findings.not_here if n.id == item.id), None)
    places = [*_places(comparison, item), *([gone.elsewhere] if gone and gone.elsewhere else [])]
    return [_side(comparison, p, [Mark(p.start, p.end, "noted")]) for p in places]


def stated_words(kind: str) -> str:
    """What a kind of statement is called."""
    return STATED[kind]


def names_in(annotated: Annotated) -> list[str]:
    """The names in an article among which its speaker is chosen: those who speak in it first, then
    what stands there like a name."""
    speak = [a.speaker for a in annotated.attributions] + [q.speaker for q in annotated.quotations]
    texts = (p.text for p in annotated.article.all_text)
    written = sorted({m[0].rstrip(".") for text in texts for m in NAME.finditer(text)})
    found = dict.fromkeys(name for name in (*sorted(filter(None, speak)), *written) if name)
    return list(found)[:MOST_NAMES]
