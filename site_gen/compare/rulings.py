"""Rulings: an editor's word on a row, applied beside the machine's verdict and never instead of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from site_gen.model import Row, Ruling


def apply_rulings(rows: Sequence[Row], rulings: Sequence[Ruling]) -> tuple[Row, ...]:
    """The rows with their rulings; hidden rows are left out. ``unknown_rulings`` tells of rulings whose row is gone."""
    by_row = {r.row: r for r in rulings}
    out = []
    for row in rows:
        ruling = by_row.get(row.id)
        if ruling is None:
            out.append(row)
        elif not ruling.hide:
            out.append(replace(row, ruling=ruling, label=ruling.label or row.label))
    return tuple(out)


def unknown_rulings(rows: Sequence[Row], rulings: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """The rulings that name no row of the story (a hidden row is known: it is given before it is hidden)."""
    known = {row.id for row in rows}
    return tuple(r for r in rulings if r.row not in known)
