"""A source's key figures and dates: the rows that it has a cell in, the most telling first, each
with its sentence, place and holder."""

from __future__ import annotations

from typing import Any

from site_gen.model import Comparison, Row
from site_gen.render.rows import row_link, row_state, sentence_view, verdict_words

SHOWN = 8
"""Key figures and dates that a page shows before a reader asks for more: as many as fit on a
screen."""


def key_rows(comparison: Comparison, article: str) -> tuple[Row, ...]:
    """The rows of figures and dates of which the article has a cell, in the order of the story's
    rows, those that several sources share first."""
    mine = [
        r
        for r in comparison.rows
        if r.kind != "quotation" and any(c.source == article for c in r.cells)
    ]
    return tuple(sorted(mine, key=lambda r: len(r.cells) < 2))


def keys_view(comparison: Comparison, article: str) -> list[dict[str, Any]]:
    """The key figures and dates as an article's page lists them."""
    out = []
    for row in key_rows(comparison, article):
        cell = next(c for c in row.cells if c.source == article)
        first = cell.statements[0]
        state, sign = row_state(row)
        out.append(
            {
                "text": first.text,
                "said_by": first.said_by,
                "label": row.label,
                "state": state,
                "sign": sign,
                "word": verdict_words(row),
                "link": row_link(comparison.story.id, row),
                "sentence": sentence_view(comparison, first),
                "more": list(
                    dict.fromkeys(s.text for s in cell.statements[1:] if s.text != first.text)
                ),
            }
        )
    return out
