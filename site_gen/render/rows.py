"""What rows are called on the pages, in which section they stand, and the sentences that they
quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from site_gen.language.words import sentence_at
from site_gen.model import Comparison, Row, Statement
from site_gen.model.message import say
from site_gen.render.links import facts_page
from site_gen.render.marks import Mark, marked
from site_gen.render.memory import known
from site_gen.render.paragraphs import moment, place_link, place_words

POSSIBLY = "possibly the same thing"
SECTIONS = (
    "differ",
    "noted",
    "compatible",
    "agree",
    "routine",
    "quotations",
    "possible",
    "single",
)
"""The sections of a story's page, in order."""
SIGNS = {"conflict": "≠", "compatible": "≈", "agree": "=", "single": "1"}
WORDS = {
    "conflict": say("Figures differ"),
    "compatible": say("Compatible"),
    "agree": say("Agree"),
    "single": say("Only one source"),
}

EXPLAINED = {
    "updated": say("Updated"),
    "sources cited differ": say("Sources cited differ"),
    "expected": say("Expected otherwise"),
}
"""What a difference is called that something explains."""


def row_link(story: str, row: Row) -> str:
    """The address of a row."""
    return f"{facts_page(story, row.page)}#{row.id}"


def verdict_words(row: Row) -> str:
    """What the verdict is called on the page."""
    if row.ruling and row.ruling.different:
        return say("Different things")
    if row.qualifier == POSSIBLY and not row.ruling:
        return say("Possibly the same thing")
    if row.kind == "quotation":
        if row.qualifier == "speakers differ" and row.shown == "conflict":
            return say("Speakers differ")
        return {
            "conflict": say("Words differ"),
            "compatible": say("Cut differently"),
            "agree": say("Same words"),
            "single": say("Only one origin"),
        }[row.shown]
    if row.shown == "conflict" and not row.disputed and row.qualifier in EXPLAINED:
        return EXPLAINED[row.qualifier]
    if row.shown == "conflict" and row.kind == "date":
        return say("Dates differ")
    if row.shown == "single" and len(row.cells) > 1:
        return say("One origin")
    return WORDS[row.shown]


def row_state(row: Row) -> tuple[str, str]:
    """The class and the sign under which a row is shown: a difference that something explains is
    noted and not counted."""
    if row.qualifier == POSSIBLY and not row.ruling:
        return "noted", "?"
    if row.disputed or row.shown != "conflict":
        return row.shown, SIGNS[row.shown]
    return "noted", "↻" if row.qualifier == "updated" else "⇄"


def sentence_view(comparison: Comparison, statement: Statement) -> dict[str, Any]:
    """The sentence that a statement stands in, with the statement marked."""
    memory, key = known(comparison), ("sentence", statement.place)
    if key not in memory:
        memory[key] = _sentence_view(comparison, statement)
    view: dict[str, Any] = memory[key]
    return view


def _sentence_view(comparison: Comparison, statement: Statement) -> dict[str, Any]:
    article = comparison.story.article(statement.place.article)
    text = article.paragraph(statement.place.paragraph).text
    start = sentence_at(text, statement.place.start)[0]
    end = max(
        statement.place.end,
        sentence_at(text, max(statement.place.start, statement.place.end - 1))[1],
    )
    html = marked(
        text[start:end], [Mark(statement.place.start - start, statement.place.end - start, "said")]
    )
    return {
        "html": html,
        "outlet": article.outlet,
        "published": moment(article.published),
        "place": place_words(article, statement.place.paragraph),
        "link": place_link(comparison.story.id, article, statement.place.paragraph),
    }


def section_of(row: Row) -> str:
    """The section of the story page in which a row stands."""
    if row.routine and not row.ruling:
        return "routine"
    if row.kind == "quotation":
        return "quotations"
    if row.qualifier == POSSIBLY and not (row.ruling and (row.ruling.verdict or row.ruling.same)):
        return "possible"
    if row.shown == "conflict":
        return "differ" if row.disputed else "noted"
    return row.shown


def tally(rows: Sequence[Row]) -> dict[str, int]:
    """How many rows of figures and dates stand in each section."""
    out = dict.fromkeys(SECTIONS, 0)
    for row in rows:
        out[section_of(row)] += 1
    return out
