"""The records that pass between the stages. Read this file first, ``pipeline.py`` second.

capture ─→ content ─→ **Story** ─find→ **Annotated** ─match→ **Matches** ─compare→ **Comparison** ─render→ **Page**

All records are frozen, keyword-only and slotted, with tuples inside. Places are positions, never copies of text: a
paragraph is named by its ``index`` in its article, a span by ``start`` and ``end`` in characters (Unicode code points)
of ``Paragraph.text``, half open, so that ``text[start:end]`` is what is quoted. The headline is paragraph ``HEADLINE``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

HEADLINE = -1
"""Index of the paragraph that holds an article's headline."""

Role = Literal["headline", "body", "heading", "caption"]
Hedge = Literal["exact", "about", "more_than", "less_than", "at_most", "order"]
Bound = Literal["exact", "since", "until", "about"]
LinkKind = Literal["same", "edited", "reworded", "moved", "split", "merged", "partial"]
Verdict = Literal["agree", "compatible", "conflict", "single"]
Qualifier = Literal["", "updated", "sources cited differ", "possibly the same thing"]
Absence = Literal["not mentioned", "capture is partial", "language is not read"]


class ContentError(Exception):
    """One fault in what a person wrote: where it is, what is wrong and how to mend it.

    ``path`` is shown as given; ``line`` counts from 1, and 0 means the file as a whole.
    """

    def __init__(self, path: str, line: int, message: str, hint: str = "") -> None:
        super().__init__(path, line, message, hint)
        self.path, self.line, self.message, self.hint = path, line, message, hint

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}" + (f"\n    hint: {self.hint}" if self.hint else "")

    @property
    def key(self) -> tuple[str, int, str]:
        """Sort key: by file, line and message."""
        return self.path, self.line, self.message


# ── capture ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One block of a capture as a reader gives it: text without markup, lines of one paragraph joined.

    ``heading`` is the reader's hint that the source marked it as a heading; ``caption`` likewise.
    """

    text: str
    heading: bool = False
    caption: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """A block that ``add`` left out, word for word, and the name of the rule that left it out."""

    text: str
    rule: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What ``capture`` makes of one file: paragraphs with roles, what was left out, and metadata with its sources."""

    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[LeftOut, ...] = ()
    metadata: Mapping[str, Found] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A metadata value and where it came from (``command line``, ``byline``, ``date line`` …)."""

    value: str | tuple[str, ...]
    where: str


# ── content ──────────────────────────────────────────────────────────────────────────────────────────────────────────


_MONTHS = "January February March April May June July August September October November December".split()


def day_in_words(day: dt.date) -> str:
    """A day as a reader writes it, "10 February 2022", whatever the locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A calendar day, or a point in time with its zone."""

    day: dt.date
    time: dt.time | None = None

    @property
    def in_words(self) -> str:
        """ "10 February 2022, 14:05 UTC+01:00", whatever the locale."""
        clock = f", {self.time:%H:%M}" if self.time else ""
        zone = f" {self.time.tzname()}" if self.time and self.time.tzinfo else ""
        return f"{day_in_words(self.day)}{clock}{zone}"

    def __str__(self) -> str:
        if self.time is None:
            return self.day.isoformat()
        return dt.datetime.combine(self.day, self.time).isoformat(timespec="minutes")

    @property
    def order(self) -> str:
        """A string that sorts moments in time; a day without a clock time sorts before the times of that day."""
        if self.time is None:
            return self.day.isoformat()
        at = dt.datetime.combine(self.day, self.time)
        return (at.astimezone(dt.UTC) if at.tzinfo else at).strftime("%Y-%m-%dT%H:%M:%S")


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A block of an article. ``index`` counts all blocks from 0; ``pid`` is its permalink; ``line`` its line in the file."""

    index: int
    role: Role
    text: str
    pid: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """The capture as it came: a file under ``originals/`` and its SHA-256 in hexadecimal."""

    file: str
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One capture of one outlet's article."""

    id: str
    outlet: str
    path: str
    paragraphs: tuple[Paragraph, ...]
    headline: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""
    published: Moment | None = None
    captured: Moment | None = None
    version_of: str = ""
    original: Original | None = None
    left_out: tuple[LeftOut, ...] = ()
    language: str = "en"
    partial: bool = False
    rights: str = "third-party"
    note: str = ""
    archive: tuple[str, ...] = ()

    @property
    def body(self) -> tuple[Paragraph, ...]:
        """The body paragraphs: what is matched."""
        return tuple(p for p in self.paragraphs if p.role == "body")

    @property
    def all_text(self) -> tuple[Paragraph, ...]:
        """The headline, where there is one, and every block: what the finders read."""
        head = (Paragraph(index=HEADLINE, role="headline", text=self.headline, pid="headline"),) if self.headline else ()
        return head + self.paragraphs

    def paragraph(self, index: int) -> Paragraph:
        """The paragraph of that index (``HEADLINE`` for the headline); ``IndexError`` where there is none."""
        if index == HEADLINE:
            return Paragraph(index=HEADLINE, role="headline", text=self.headline, pid="headline")
        if not 0 <= index < len(self.paragraphs):
            raise IndexError(index)
        return self.paragraphs[index]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """An editor's word on a comparison row."""

    row: str
    line: int = 0
    verdict: str = ""
    label: str = ""
    hide: bool = False
    note: str = ""
    reason: str = ""
    editor: str = ""
    date: str = ""
    response: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One event: the articles about it, sorted by id, and what an editor says of it."""

    id: str
    title: str
    path: str
    articles: tuple[Article, ...]
    summary: str = ""
    date: dt.date | None = None
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    noindex: bool = False
    note: str = ""

    def article(self, article_id: str) -> Article:
        """The article of that id; ``KeyError`` where there is none."""
        for article in self.articles:
            if article.id == article_id:
                return article
        raise KeyError(article_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """An ordinary page in Markdown. ``path`` is relative to the content folder, with ``/``."""

    path: str
    title: str
    text: str
    line: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """Everything that a content folder holds."""

    stories: tuple[Story, ...]
    documents: tuple[Document, ...]


# ── find ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A quantity: ``text`` is the shortest span with hedge, number and what is counted.

    ``low`` and ``high`` are in base terms (1.2 million → 1200000; 14 percent → 14, unit ``percent``); ``None`` is open.
    ``counted`` is the noun phrase without hedge and number, ``head`` its head noun in the singular, lower case.
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
    """A point or stretch of calendar time. ``value`` is TIMEX3's; ``first`` and ``last`` are the days it covers, both included.

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
    """Words inside quotation marks; the span leaves the marks out. ``speaker`` is empty where the text names none."""

    paragraph: int
    start: int
    end: int
    text: str
    speaker: str = ""
    statement: bool = True
    rule: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Annotated:
    """An article with what the finders found; ``read`` is false where they do not read its language."""

    article: Article
    figures: tuple[Figure, ...] = ()
    dates: tuple[Date, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    read: bool = True


# ── match ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One reason for a link: its name, its weight in the score, and the words that show it."""

    name: str
    weight: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Paragraph ``i`` of article ``a`` and paragraph ``j`` of article ``b`` report the same thing. ``score`` is 0 to 1."""

    a: str
    i: int
    b: str
    j: int
    score: float
    kind: LinkKind
    evidence: tuple[Evidence, ...] = ()
    difference: Difference | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """Paragraphs of at least two sources that report the same particular thing. ``members``: (article, indexes) by article."""

    id: str
    members: tuple[tuple[str, tuple[int, ...]], ...]
    score: float

    def indexes(self, article: str) -> tuple[int, ...]:
        """The paragraphs of that article in this passage, empty where it has none."""
        for name, places in self.members:
            if name == article:
                return places
        return ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A run of a word difference: ``a_start:a_end`` of the first text against ``b_start:b_end`` of the second.

    ``noise`` marks a difference of quote style, dash, spacing or case only.
    """

    op: Literal["equal", "delete", "insert"]
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    noise: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """How two texts differ: ``segments`` where striking and inserting can be read, else the spans of each that both share."""

    segments: tuple[Segment, ...] = ()
    shared_a: tuple[tuple[int, int], ...] = ()
    shared_b: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What became of a paragraph between two captures. ``consequence`` names the weightiest kind of difference."""

    kind: Literal["same", "edited", "moved", "added", "removed", "split", "merged"]
    before: tuple[int, ...]
    after: tuple[int, ...]
    consequence: Literal["figure", "date", "name", "quotation", "wording", "order", "typography", ""] = ""
    details: tuple[tuple[str, str, str], ...] = ()
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """The changes from one capture to the next, most consequential first."""

    before: str
    after: str
    changes: tuple[Change, ...]
    headline: tuple[Segment, ...] = ()

    @property
    def changed(self) -> tuple[Change, ...]:
        """The changes that a reader would call one: neither unchanged nor typography only."""
        return tuple(c for c in self.changes if c.consequence not in ("", "typography"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Versions:
    """The captures of one article, oldest first; ``speaks`` is the capture that speaks for it in the comparison."""

    captures: tuple[str, ...]
    speaks: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Overlap:
    """How much of the text of source ``a`` stands in ``b`` and the other way round, as shares from 0 to 1."""

    a: str
    b: str
    share_of_a: float
    share_of_b: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Sources that share their text. ``evidence`` says how that is known, in words."""

    id: str
    sources: tuple[str, ...]
    evidence: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Matches:
    """What matching found. ``sources`` are the ids of the captures that speak, in the order of the columns."""

    sources: tuple[str, ...]
    links: tuple[Link, ...]
    passages: tuple[Passage, ...]
    versions: tuple[Versions, ...]
    origins: tuple[Origin, ...]
    overlaps: tuple[Overlap, ...]

    def origin_of(self, source: str) -> str:
        """The id of the origin that a source belongs to."""
        return next(o.id for o in self.origins if source in o.sources)

    def versions_of(self, article: str) -> Versions:
        """The captures that an article belongs to."""
        return next(v for v in self.versions if article in v.captures)


# ── compare ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A span of a paragraph of an article."""

    article: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What a source says on a row, once: the quoted span, its value in words and as an interval, and who says so.

    For a date, ``low`` and ``high`` are proleptic ordinals of its first and last day.
    """

    place: Place
    text: str
    hedge: str
    low: float | None
    high: float | None
    unit: str = ""
    said_by: str = ""
    derived: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A source's cell in a row: its statements, the first one first; ``was`` are statements of earlier captures."""

    source: str
    statements: tuple[Statement, ...]
    was: tuple[Statement, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One thing on which sources give a figure, a date or a quotation, with the machine's verdict, and an editor's."""

    id: str
    kind: Literal["figure", "date", "quotation"]
    label: str
    cells: tuple[Cell, ...]
    silent: tuple[tuple[str, Absence], ...]
    verdict: Verdict
    qualifier: Qualifier
    reason: str
    rule: str
    origins: int
    weight: float = 0.0
    ruling: Ruling | None = None

    @property
    def shown(self) -> str:
        """The verdict that is shown: the editor's where there is one."""
        return self.ruling.verdict if self.ruling and self.ruling.verdict else self.verdict

    @property
    def disputed(self) -> bool:
        """Whether the row counts as a difference: a conflict that no qualifier explains."""
        return self.shown == "conflict" and (not self.qualifier or bool(self.ruling and self.ruling.verdict))


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A story, compared: what ``data.json`` holds and every page of the story shows."""

    story: Story
    annotated: tuple[Annotated, ...]
    matches: Matches
    rows: tuple[Row, ...]

    def annotation(self, article: str) -> Annotated:
        """What the finders found in that article; ``KeyError`` where there is none."""
        for item in self.annotated:
            if item.article.id == article:
                return item
        raise KeyError(article)


# ── render ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A file of the site: its path relative to the site's root, with ``/``, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class NavItem:
    """An entry of the site's menu: its title and the path of the page in the site, or a web address."""

    title: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What every page of a site needs to know of it. ``url`` is empty or ends with ``/``; ``assets``: name → path in the site."""

    name: str
    url: str = ""
    description: str = ""
    nav: tuple[NavItem, ...] = ()
    assets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """A story as the front page shows it. Counts are of rows that several origins share."""

    id: str
    title: str
    summary: str
    date: dt.date | None
    outlets: tuple[str, ...]
    origins: int
    captures: int
    changed: int
    conflicts: int
    compatible: int
    agree: int
    noindex: bool = False
