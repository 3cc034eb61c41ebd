"""Rulings: an editor's word on a row, applied beside the machine's verdict and never instead of it.

A ruling names a row by its id, or by an id that the row would have without some of its sources.
``same`` joins rows that the machine kept apart (the verdict over all their cells is the machine's
again); ``different`` says that a row's cells are about different things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from site_gen.compare.verdicts import Judgement
from site_gen.model import Cell, Row, Ruling

Judge = Callable[[str, Sequence[Cell]], Judgement]
"""The verdict over cells of one kind."""


NEARLY = 80.0
"""Likeness of two ids, of 100, from which one is a slip of the other: one or two of ten
characters."""
RECALLS = 50.0
"""Likeness of a ruling's words and a row's, of 100, from which the one recalls the other."""


def apply_rulings(rows: Sequence[Row], rulings: Sequence[Ruling], judge: Judge) -> tuple[Row, ...]:
    """The rows with their rulings; hidden rows are left out. ``unknown_rulings`` tells of rulings
    whose row is gone."""
    known = _by_id(rows)
    joined: dict[str, str] = {}
    for ruling in rulings:
        for other in ruling.same:
            if (
                ruling.row in known
                and other in known
                and known[other] is not known[ruling.row]
                and known[other].kind == known[ruling.row].kind
            ):
                joined[known[other].id] = known[ruling.row].id
    by_row = {known[r.row].id: r for r in rulings if r.row in known}
    others: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.id in joined:
            others[joined[row.id]].append(row)
    out = []
    for row in rows:
        if row.id in joined:
            continue
        if row.id in others:
            row = _joined(row, others[row.id], judge)
        found = by_row.get(row.id)
        if found is None:
            out.append(row)
        elif not found.hide:
            out.append(replace(row, ruling=found, label=found.label or row.label))
    return tuple(out)


def _by_id(rows: Sequence[Row]) -> dict[str, Row]:
    known = {alias: row for row in reversed(rows) for alias in row.aliases}
    return known | {row.id: row for row in rows}


def _joined(row: Row, others: Sequence[Row], judge: Judge) -> Row:
    """A row with the cells of others; a source that stands in several has a cell with all of its
    statements."""
    cells: dict[str, Cell] = {}
    for cell in (c for r in (row, *others) for c in r.cells):
        mine = cells.get(cell.source)
        cells[cell.source] = (
            replace(mine, statements=mine.statements + cell.statements, was=mine.was + cell.was)
            if mine
            else cell
        )
    judged = judge(row.kind, tuple(cells.values()))
    silent = tuple((s, why) for s, why in row.silent if s not in cells)
    aliases = tuple(
        dict.fromkeys(a for r in (row, *others) for a in (r.id, *r.aliases) if a != row.id)
    )
    return replace(
        row,
        cells=tuple(cells.values()),
        silent=silent,
        verdict=judged.verdict,
        qualifier=judged.qualifier,
        reason=judged.reason,
        rule=judged.rule,
        aliases=aliases,
        origins=max(r.origins for r in (row, *others)),
        weight=max(r.weight for r in (row, *others)) + 10.0 * (len(cells) - len(row.cells)),
    )


def unknown_rulings(
    rows: Sequence[Row], rulings: Sequence[Ruling]
) -> tuple[tuple[Ruling, str], ...]:
    """The rulings that name no row of the story, with the id that they name (a hidden row is known:
    it is given before it is hidden)."""
    known = _by_id(rows)
    return tuple((r, name) for r in rulings for name in (r.row, *r.same) if name not in known)


def nearest_row(rows: Sequence[Row], ruling: Ruling, name: str) -> Row | None:
    """The row that a ruling most likely means: one with nearly that id, else one whose label and
    values its own words recall."""
    told = " ".join((ruling.label, ruling.note, ruling.reason)).strip()

    def likeness(row: Row) -> float:
        own = " ".join((row.label, *(s.text for c in row.cells for s in c.statements)))
        typed = max(fuzz.ratio(name, other) for other in (row.id, *row.aliases))
        return max(
            typed if typed >= NEARLY else 0.0,
            fuzz.token_set_ratio(told.lower(), own.lower()) if told else 0.0,
        )

    best = max(rows, key=lambda r: (likeness(r), len(r.cells), r.weight, r.id), default=None)
    return best if best and (likeness(best) >= RECALLS or len(best.cells) > 1) else None
