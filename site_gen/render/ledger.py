"""The ledger: one line a fact, one column an origin, what differs first. Above ``COLUMNS`` origins
values stand in groups with those who give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from site_gen.model import Cell, Comparison, Row
from site_gen.model.message import joined, say
from site_gen.render.groups import (
    NAMED,
    ONE_TEXT,
    Group,
    lines_of,
    one_name,
    statement_words,
    value_groups,
)
from site_gen.render.lead import can_embed
from site_gen.render.links import embed_page
from site_gen.render.paragraphs import HEDGE_WORDS, place_link, place_words
from site_gen.render.reviewed import row_review
from site_gen.render.rows import row_state, section_of, sentence_view, verdict_words
from site_gen.render.titles import with_brackets

COLUMNS = 6
"""Origins that have a column each: so many fit beside each other without scrolling."""
FILTERS = 20
"""Outlets that a reader can choose among: as many as the style sheet has rules for."""
SINGLES = 8
"""Facts of one source that stand in the ledger; the rest is folded away."""
LONG_LABEL, NEAR = 56, 4
"""Characters from which a label that is a sentence is cut, and the words on either side of its
value that it keeps."""
PARTS = (
    ("differ", "conflict", say("Differ")),
    ("noted", "noted", say("Explained: a later report, another source cited, an expectation")),
    ("compatible", "compatible", say("Compatible: not the same words, all can be true")),
    ("agree", "agree", say("Agree")),
    ("routine", "agree", say("Weekdays, months, years and ages that several name")),
    ("single", "single", say("Only one source")),
)
"""Section, class and heading of each part of the ledger, in order."""


def ledger(comparison: Comparison, page: int = 1) -> dict[str, Any]:
    """A page of the ledger of a story: its columns, its parts with their lines, and what can be
    chosen. ``all_told`` counts what all its pages have."""
    columns = _columns(comparison)
    wide = len(columns) > COLUMNS
    by: dict[str, list[Row]] = {}
    every: dict[str, int] = {}
    for row in comparison.rows:
        section = section_of(row)
        every[section] = every.get(section, 0) + 1
        if row.page == page:
            by.setdefault(section, []).append(row)
    number = {o: n for n, o in enumerate(_outlets(comparison)[:FILTERS], 1)}

    def lines(rows: Sequence[Row]) -> list[dict[str, Any]]:
        return [_line(comparison, r, columns, number, wide=wide) for r in rows]

    parts: list[dict[str, Any]] = [
        {"name": name, "state": state, "title": title, "rows": lines(by[name]), "more": []}
        for name, state, title in PARTS
        if name in by
    ]
    for part in parts:
        if part["name"] == "single":
            part["rows"], part["more"] = part["rows"][:SINGLES], part["rows"][SINGLES:]
    told: dict[str, int] = {p["name"]: len(p["rows"]) + len(p["more"]) for p in parts}
    return {
        "columns": columns,
        "wide": wide,
        "span": 3 if wide else len(columns) + 2,
        "parts": parts,
        "count": sum(n for *_, n in picks(told)),
        "told": told,
        "all_told": {name: every[name] for name, *_ in PARTS if name in every},
        "outlets": [(n, o) for o, n in number.items()],
        "possible": lines(by.get("possible", [])),
        "quotations": [_quotation(comparison, r) for r in by.get("quotations", [])],
    }


CHOICES = (
    ("conflict", "≠", say("differ"), ("differ",)),
    ("noted", "⇄ ↻", say("explained"), ("noted",)),
    ("compatible", "≈", say("compatible"), ("compatible",)),
    ("agree", "=", say("agree"), ("agree",)),
    ("single", say("One source"), say("in one source"), ("single",)),
)
"""What can be chosen: class, sign, word, and the parts that it shows."""


def picks(told: Mapping[str, int]) -> list[tuple[str, str, str, int]]:
    """The verdicts that a reader can choose, with how many facts have each."""
    counted = [(s, m, w, sum(told.get(p, 0) for p in parts)) for s, m, w, parts in CHOICES]
    return [c for c in counted if c[3]]


def told_in_words(told: Mapping[str, int]) -> str:
    """How many facts there are of each verdict: "16 facts: 1 differs, 2 explained"; what there is
    none of is not named."""
    found = picks(told)
    if len(found) < 2:
        return ""
    words = [
        say("1 differs") if state == "conflict" and n == 1 else say("{n} {verdict}", n=n, verdict=w)
        for state, _, w, n in found
    ]
    total = sum(n for *_, n in found)
    return say("{n} facts: {verdicts}", n=total, verdicts=joined(", ", words))


def _outlets(comparison: Comparison) -> list[str]:
    names = [comparison.story.article(s).outlet for s in comparison.matches.sources]
    return list(dict.fromkeys(names))


def _columns(comparison: Comparison) -> list[dict[str, Any]]:
    """A column for each origin, in the order of its first source."""
    by: dict[str, list[str]] = {}
    for source in comparison.matches.sources:
        by.setdefault(comparison.matches.origin_of(source), []).append(source)
    out = []
    for sources in by.values():
        names = list(dict.fromkeys(comparison.story.article(s).outlet for s in sources))
        shared = (
            say("one text: {outlets}", outlets=", ".join(names))
            if len(names) > NAMED
            else say("one text")
        )
        note = shared if len(sources) > 1 else ""
        out.append({"sources": sources, "name": one_name(names), "note": note})
    return out


def _line(
    comparison: Comparison,
    row: Row,
    columns: Sequence[dict[str, Any]],
    number: dict[str, int],
    *,
    wide: bool,
) -> dict[str, Any]:
    state, sign = row_state(row)
    outlets = {comparison.story.article(c.source).outlet for c in row.cells}
    groups = value_groups(comparison, row)
    ruled = row.ruling is not None and bool(row.ruling.verdict)
    return {
        "row": row,
        "state": state,
        "sign": sign,
        "word": verdict_words(row),
        "label": short_label(row.label),
        "chosen": " ".join(f"o{n}" for o, n in number.items() if o in outlets),
        "cells": [] if wide else [_cell(comparison, row, groups, c) for c in columns],
        "groups": [_grouped(g) for g in groups] if wide else [],
        "outlets": len(outlets),
        "embed": embed_page(comparison.story.id, row.id) if can_embed(row) else "",
        # an editor's verdict is told with its reason, beside the machine's
        "why": "" if ruled else row.reason if row.shown == "conflict" or row.ruling else "",
        "review": row_review(row),
        "sentences": [sentence_view(comparison, s) for c in row.cells for s in c.statements],
    }


@lru_cache(maxsize=4096)
def short_label(label: str) -> Markup:
    """A label with the words next to its value: the sentence is one tap away."""
    before, mark, rest = label.partition("[")
    value, _, after = rest.partition("]")
    if not mark or len(label) <= LONG_LABEL:
        return with_brackets(label)
    found, following = before.split(), after.split()
    head = ("… " if len(found) > NEAR else "") + " ".join(found[-NEAR:])
    tail = " ".join(following[:NEAR]) + (" …" if len(following) > NEAR else "")
    space = " " if after[:1] == " " else ""
    return with_brackets(f"{head} [{value}]{space}{tail}".strip())


def _grouped(group: Group) -> dict[str, Any]:
    outlets = group.outlets
    return {
        "text": group.text,
        "state": group.state,
        "count": len(outlets),
        "names": ", ".join(outlets) if len(outlets) <= 3 else "",
    }


def _cell(
    comparison: Comparison, row: Row, groups: Sequence[Group], column: dict[str, Any]
) -> dict[str, Any]:
    """What an origin gives: its values in its own words, or that it is silent and why."""
    mine = [c for c in row.cells if c.source in column["sources"]]
    if not mine:
        why = {w for s, w in row.silent if s in column["sources"]}
        return {"silent": _absence(why), "name": column["name"]}
    first = mine[0]
    group = next(g for g in groups if first in g.cells)
    article = comparison.story.article(first.source)
    said = first.statements[0]
    bound = said.hedge if row.kind == "date" and said.hedge in ("since", "until", "about") else ""
    return {
        "name": column["name"],
        "text": statement_words(comparison, said, row),
        "bound": HEDGE_WORDS[bound] if bound and not said.derived else "",
        "state": group.state,
        "ditto": row.shown == "agree" and _again(comparison, row, first),
        "notes": _notes(comparison, row, mine, column),
        "place": place_words(article, said.place.paragraph),
        "link": place_link(comparison.story.id, article, said.place.paragraph),
    }


ABSENCES = {
    "capture is partial": say("capture is partial"),
    "language is not read": say("language is not read"),
    "same value, not matched": say("same value, not matched"),
}


def _absence(why: Iterable[str]) -> str:
    """Why an origin has no value, where it is more than silence."""
    return joined(", ", [ABSENCES[w] for w in sorted(why) if w in ABSENCES])


def _again(comparison: Comparison, row: Row, cell: Cell) -> bool:
    """Whether a cell repeats the words of one before it, in the order of the columns."""
    place = {s: n for n, s in enumerate(comparison.matches.sources)}
    words = cell.statements[0].text.casefold()
    return any(
        place[c.source] < place[cell.source] and c.statements[0].text.casefold() == words
        for c in row.cells
    )


def _notes(
    comparison: Comparison, row: Row, cells: Sequence[Cell], column: dict[str, Any]
) -> list[str]:
    """What stands below a value: who says it, what it was, what else the source says."""
    told = [n for line in lines_of(comparison, cells, row) for n in line.notes]
    out = [n for n in told if n != ONE_TEXT]
    first = cells[0].statements[0].text
    for s in (s for c in cells for s in c.statements):
        if s.text.casefold() != first.casefold():
            out.append(say("also: {words}", words=s.text))
    silent = [s for s in column["sources"] if s not in {c.source for c in cells}]
    if silent:
        names = dict.fromkeys(comparison.story.article(c.source).outlet for c in cells)
        out.append(say("in {outlets} only", outlets=", ".join(names)))
    return list(dict.fromkeys(out))


def _quotation(comparison: Comparison, row: Row) -> dict[str, Any]:
    """A quotation that several sources give, its wordings side by side."""
    state, sign = row_state(row)
    wordings = []
    for group in value_groups(comparison, row):
        places = []
        for cell in group.cells:
            article = comparison.story.article(cell.source)
            paragraph = cell.statements[0].place.paragraph
            places.append(
                {
                    "outlet": article.outlet,
                    "place": place_words(article, paragraph),
                    "link": place_link(comparison.story.id, article, paragraph),
                }
            )
        wordings.append(
            {
                "text": Markup(group.text),
                "places": places,
                "notes": list(dict.fromkeys(n for line in group.lines for n in line.notes)),
            }
        )
    return {
        "row": row,
        "state": state,
        "sign": sign,
        "word": verdict_words(row),
        "all": wordings,
        "review": row_review(row),
        "embed": embed_page(comparison.story.id, row.id) if can_embed(row) else "",
    }
