"""The review desk: a finding with the sentences that it rests on, and the list of all findings.

It is shown in the local preview alone; no site has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from site_gen.model import (
    NOBODY,
    Comparison,
    ReviewItem,
    Row,
    Ruling,
)
from site_gen.model.message import joined, say
from site_gen.render.desk_sides import (
    cut,
    finding_sides,
    names_in,
    passage_of,
    passage_sides,
    places_of,
    row_sides,
    speaker_of,
    speaker_sides,
)
from site_gen.render.groups import value_groups
from site_gen.render.ledger import short_label
from site_gen.render.links import story_page
from site_gen.render.pages import QUOTED_VERDICTS, VERDICTS
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
SHORT_LABEL = 40
"""Characters of a label that stands before its values; a longer one is a sentence."""


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
    if row is not None and row.kind == "quotation":
        return cut(row.label)  # with its marks
    if row is not None:
        values = row_title(comparison, row, value_groups(comparison, row))
        if not _is_label(row.label):
            return values
        return Markup("{}: {}").format(row.label, values)
    if item.kind == "passage":
        passage = passage_of(comparison, item)
        return passage_label(comparison, passage) if passage else say("A passage taken apart")
    if item.kind == "speaker":
        who = speaker_of(comparison, item)
        return cut(joined(", ", [p for p in (who.name, who.role) if p]))
    places = places_of(comparison, item)
    article = comparison.story.article(places[0].article)
    text = article.paragraph(places[0].paragraph).text[places[0].start : places[0].end]
    return cut(text)


def _is_label(label: str) -> bool:
    """Whether a label is a short name; else it is the words of a sentence around its value."""
    return "[" not in label and "…" not in label and len(label) <= SHORT_LABEL


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


def item_view(comparison: Comparison, item: ReviewItem, machine: Row | None) -> dict[str, Any]:
    """A finding with all that an editor decides on. ``machine``: the row before rulings."""
    row = next((r for r in comparison.rows if r.id == item.id), None)
    verdicts = QUOTED_VERDICTS if item.kind == "quotation" else VERDICTS
    view: dict[str, Any] = {
        "verdicts": list(verdicts.items()),
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
        "page": story_page(comparison.story.id),
        "id": item.id,
        "about": "",
        "label": "",
        "evidence": [],
        "out": [],
        "more": [],
        "mentions": [],
        "reason": "",
        "rule": "",
    }
    if row is not None:
        view |= _row_view(comparison, row, machine or row)
    elif item.kind == "passage":
        view |= passage_sides(comparison, item)
    elif item.kind == "speaker":
        view |= speaker_sides(comparison, item)
    else:
        view["sides"] = finding_sides(comparison, item)
    spoken = {m["article"] for m in view["mentions"]}
    everybody = {s.name for s in comparison.findings.speakers}
    view["names"] = {
        a.article.id: names_in(a, everybody) for a in comparison.annotated if a.article.id in spoken
    }
    return view


def _row_view(comparison: Comparison, row: Row, machine: Row) -> dict[str, Any]:
    """What is shown of a row: the machine's verdict, and the sentences as they are read now."""
    state, sign = row_state(machine)
    label = _is_label(row.label)
    return {
        "page": row_link(comparison.story.id, row),
        "about": "" if label else short_label(row.label),
        "label": row.label if label else "",
        "verdict": verdict_words(machine),
        "state": state,
        "sign": sign,
        "reason": machine.reason,
        "rule": machine.rule,
        **row_sides(comparison, row),
    }


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
