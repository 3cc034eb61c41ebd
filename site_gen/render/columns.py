"""What the tables share: the columns of a place, and a place as their values."""

from __future__ import annotations

import datetime as dt
from typing import Any

from site_gen.model import HEADLINE, Article, Comparison, Moment

PLACE: tuple[tuple[str, str, str], ...] = (
    ("story", "string", "The story's id: its folder"),
    ("article", "string", "The article's id within the story"),
    ("outlet", "string", "Who published it"),
    (
        "published",
        "string",
        "When, as a date or a date-time with zone; empty where it is not known",
    ),
    ("paragraph", "string", "Index of the paragraph, from 0 over all blocks, or “headline”"),
    ("paragraph_id", "string", "The paragraph's permanent id in the address of the article's page"),
    ("start", "integer", "First character of the span, counted in Unicode code points from 0"),
    ("end", "integer", "First character behind the span"),
    ("text", "string", "The span, word for word"),
)
"""Name, datatype of XML Schema and meaning of each column of a place."""


def plain(value: Moment | dt.date | None) -> str | None:
    """A date as text."""
    return None if value is None else str(value)


def number(index: int) -> int | str:
    """A paragraph's index, or "headline"."""
    return "headline" if index == HEADLINE else index


def place(
    comparison: Comparison, article: Article, index: int, start: int, end: int
) -> tuple[Any, ...]:
    """The values of a span of an article."""
    p = article.paragraph(index)
    return (
        comparison.story.id,
        article.id,
        article.outlet,
        plain(article.published),
        number(index),
        p.pid,
        start,
        end,
        p.text[start:end],
    )
