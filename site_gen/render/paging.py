"""Long stories on several pages. No page may be more than a browser shows at once: twenty sources
with a thousand passages are read page by page, never by waiting.

The bounds are counts of what is shown, chosen so that a page stays under 15,000 nodes where twenty
sources give each fact (``tests/test_paging.py`` counts them). A story of ordinary length has one
page of each kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from site_gen.model import Comparison, Paragraph, Passage, Row

T = TypeVar("T")
STATEMENTS = 600
"""Statements in the facts of one page: each is shown with its sentence."""
IN_PASSAGES = 240
"""Paragraphs in the passages of one page."""
PARAGRAPHS = 250
"""Paragraphs of an article on one page."""
MATCHES = 200
"""Matches of a pair on one page."""


def paged(comparison: Comparison) -> Comparison:
    """The comparison with the page of each row and of each passage."""
    rows = tuple(_numbered(comparison.rows, _statements, STATEMENTS, _row_on))
    matches = comparison.matches
    passages = tuple(_numbered(matches.passages, _paragraphs, IN_PASSAGES, _passage_on))
    if rows == comparison.rows and passages == matches.passages:
        return comparison
    return replace(comparison, rows=rows, matches=replace(matches, passages=passages))


def _numbered(
    items: Iterable[T], size: Callable[[T], int], most: int, on: Callable[[T, int], T]
) -> Iterable[T]:
    """Each item with its page: as many as ``most`` allows, and one at least."""
    page, held = 1, 0
    for item in items:
        if held and held + size(item) > most:
            page, held = page + 1, 0
        held += size(item)
        yield on(item, page) if page > 1 else item


def _statements(row: Row) -> int:
    return sum(len(c.statements) for c in row.cells)


def _paragraphs(passage: Passage) -> int:
    return sum(len(indexes) for _, indexes in passage.members)


def _row_on(row: Row, page: int) -> Row:
    return replace(row, page=page)


def _passage_on(passage: Passage, page: int) -> Passage:
    return replace(passage, page=page)


def part_of(paragraph: int) -> int:
    """The page of an article on which a paragraph stands, from 1; ``paragraph`` is its index, and
    the headline stands on the first."""
    return max(paragraph, 0) // PARAGRAPHS + 1


def parts_of(paragraphs: Sequence[Paragraph]) -> int:
    """How many pages an article has."""
    return part_of(len(paragraphs) - 1)


def in_parts(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """A list in runs of at most so many; one run, empty, of nothing."""
    return [items[n : n + most] for n in range(0, len(items), most)] or [items]
