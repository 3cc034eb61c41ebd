"""A story for a class: the facts on which outlets can be compared, each with its sentences, and the
verdict apart, so that readers try first."""

from __future__ import annotations

from typing import Any

from site_gen.model import Comparison
from site_gen.render.lead import Finding, finding_of
from site_gen.render.rows import section_of, sentence_view

QUESTIONS = 12
"""Facts of a worksheet: what a class reads in a lesson, on two sheets of paper."""
_ORDER = ("differ", "noted", "compatible", "quotations", "agree")


def questions(comparison: Comparison) -> list[dict[str, Any]]:
    """The facts of a worksheet: those that tell most of each verdict, in the order of the text, so
    that their place gives no answer away. Each with its sentences and its finding."""
    asked = [
        r for r in comparison.rows if r.origins > 1 and section_of(r) in _ORDER and not r.routine
    ]
    ranked = sorted(asked, key=lambda r: (_ORDER.index(section_of(r)), -r.weight, r.id))
    kept = sorted(ranked[:QUESTIONS], key=lambda r: (_first(comparison, r.id), r.id))
    out = []
    for row in kept:
        finding: Finding = finding_of(comparison, row)
        out.append(
            {
                "id": row.id,
                "kind": row.kind,
                "finding": finding,
                "reason": row.why,
                "sentences": [sentence_view(comparison, c.statements[0]) for c in row.cells],
            }
        )
    return out


def _first(comparison: Comparison, name: str) -> tuple[int, int]:
    """The first paragraph that gives a row, and where in it."""
    row = next(r for r in comparison.rows if r.id == name)
    places = [c.statements[0].place for c in row.cells]
    return min((p.paragraph, p.start) for p in places)
