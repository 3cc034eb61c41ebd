"""What the finders find in an article."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from site_gen.model.article import Article
from site_gen.model.basics import Bound, Hedge


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A quantity: ``text`` is the shortest span with hedge, number and what is counted.

    ``low`` and ``high`` are in base terms (1.2 million → 1200000; 14 percent → 14, unit
    ``percent``); ``None`` is open. ``counted`` is the noun phrase without hedge and number,
    ``head`` its head noun in the singular, lower case.
    """

    paragraph: int
    start: int
    end: int
    text: str
    hedge: Hedge
    low: float | None
    high: float | None
    unit: str = ""
    counted: str = ""
    head: str = ""
    said_by: str = ""
    rule: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Date:
    """A point or stretch of calendar time. ``value`` is TIMEX3's; ``first`` and ``last`` are the
    days it covers, both included.

    ``bound`` tells "until Feb. 20" and "since 2014" from a plain date.
    """

    paragraph: int
    start: int
    end: int
    text: str
    value: str
    first: dt.date | None
    last: dt.date | None
    granularity: str
    bound: Bound = "exact"
    said_by: str = ""
    rule: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quotation:
    """Words inside quotation marks; the span leaves the marks out. ``speaker`` is empty where the
    text names none."""

    paragraph: int
    start: int
    end: int
    text: str
    speaker: str = ""
    role: str = ""
    """The speaker's title or affiliation, as the article words it."""
    statement: bool = True
    rule: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Annotated:
    """An article with what the finders found; ``read`` is false where they do not read its
    language."""

    article: Article
    figures: tuple[Figure, ...] = ()
    dates: tuple[Date, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    read: bool = True
