"""What the finders find in an article."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from site_gen.model.article import Article
from site_gen.model.basics import Bound, Hedge, SourceKind


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
    reading: str = ""
    """An editor's reading of the words, whose value this then is."""


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
    reading: str = ""
    """An editor's reading of the words, whose value this then is."""


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
class Attribution:
    """What one verb of saying, or its like, gives to a source in one paragraph: its words inside
    quotation marks and in other words.

    ``speaker`` is empty where the text does not establish who "he" is. ``start:end`` reaches from
    the first of its words to the last; ``quoted`` and ``told`` are the spans of each sort.
    """

    paragraph: int
    start: int
    end: int
    speaker: str
    role: str
    kind: SourceKind
    source: tuple[int, int, int]
    """The words that name the source: paragraph, start and end."""
    verb: str
    """The verb in its plain form; "according to", "document" or ":" where there is none."""
    cue: tuple[int, int, int]
    """The words that say that somebody says it: paragraph, start and end."""
    words: tuple[int, int]
    """How many words it gives inside quotation marks and in other words."""
    quoted: tuple[tuple[int, int], ...] = ()
    told: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Annotated:
    """An article with what the finders found; ``read`` is false where they do not read its
    language."""

    article: Article
    figures: tuple[Figure, ...] = ()
    dates: tuple[Date, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    read: bool = True
