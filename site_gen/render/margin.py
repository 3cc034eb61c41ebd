"""What stands beside an article's paragraphs: the verdict on each value, with what the others say;
and the article's own finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from site_gen.model import Cell, Comparison, Row
from site_gen.model.message import and_list, count
from site_gen.render.groups import Group, value_groups
from site_gen.render.ledger import picks, short_label
from site_gen.render.marks import Mark
from site_gen.render.memory import known
from site_gen.render.rows import row_link, row_state, section_of, verdict_words

RIVALS = 3
"""Other values that a note names."""


def margin(comparison: Comparison, article: str) -> dict[str, Any]:
    """Notes by paragraph, marks by paragraph, the article's finding and its counts by verdict;
    empty where the article is another capture of one that speaks for it."""
    memory, key = known(comparison), ("margin", article)
    if key not in memory:
        memory[key] = _margin(comparison, article)
    found: dict[str, Any] = memory[key]
    return found


def _margin(comparison: Comparison, article: str) -> dict[str, Any]:
    mine = [
        (row, cell)
        for row in comparison.rows
        for cell in row.cells
        if cell.source == article and section_of(row) != "possible"
    ]
    shared = [(row, cell) for row, cell in mine if len(row.cells) > 1 and row.origins > 1]
    notes: dict[int, list[dict[str, Any]]] = {}
    marks: dict[int, list[Mark]] = {}
    for row, cell in shared:
        state, _ = row_state(row)
        note = _note(comparison, row, cell)
        notes.setdefault(cell.statements[0].place.paragraph, []).append(note)
        for s in cell.statements:
            spans = s.apart if row.kind == "quotation" else ((s.place.start, s.place.end),)
            for start, end in spans:
                mark = Mark(start, end, state, verdict_words(row))
                marks.setdefault(s.place.paragraph, []).append(mark)
    told: dict[str, int] = {}
    for row, _ in mine:
        if row.kind != "quotation":
            told[section_of(row)] = told.get(section_of(row), 0) + 1
    return {
        "notes": notes,
        "marks": marks,
        "finding": _finding(comparison, shared),
        "told": picks(told),
    }


def _note(comparison: Comparison, row: Row, cell: Cell) -> dict[str, Any]:
    """The verdict on a value, with the other values and who gives them."""
    state, sign = row_state(row)
    return {
        "state": state,
        "sign": sign,
        "word": verdict_words(row),
        "label": short_label(row.label) if row.kind != "quotation" else "",
        "link": row_link(comparison.story.id, row),
        "rivals": _others(comparison, row, cell)[:RIVALS],
        "same": _same(comparison, row, cell),
        "was": list(dict.fromkeys(w.text for w in cell.was)),
    }


def _mine(groups: Sequence[Group], cell: Cell) -> Group:
    return next(g for g in groups if cell in g.cells)


def _others(comparison: Comparison, row: Row, cell: Cell) -> list[dict[str, Any]]:
    """The values that are not this article's, with the outlets that give each."""
    groups = value_groups(comparison, row)
    mine = _mine(groups, cell)
    return [
        {"text": g.text, "outlets": ", ".join(g.outlets), "names": _few(g.outlets)}
        for g in groups
        if g is not mine
    ]


def _few(outlets: Sequence[str]) -> str:
    """The names of one or two outlets, else how many there are."""
    if len(outlets) < 3:
        return and_list(outlets)
    return count("{n} outlet", "{n} outlets", len(outlets))


def _same(comparison: Comparison, row: Row, cell: Cell) -> str:
    """The other outlets that give the same value."""
    mine = _mine(value_groups(comparison, row), cell)
    own = comparison.story.article(cell.source).outlet
    return ", ".join(o for o in mine.outlets if o != own)


def _finding(
    comparison: Comparison, shared: Sequence[tuple[Row, Cell]]
) -> Mapping[str, Any] | None:
    """The weightiest row on which another source gives another value."""
    for section in ("differ", "noted", "compatible"):
        for row, cell in shared:
            if section_of(row) == section and row.kind != "quotation":
                groups = value_groups(comparison, row)
                return {**_note(comparison, row, cell), "text": _mine(groups, cell).text}
    return None
