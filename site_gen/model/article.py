"""Captures, articles and stories: what goes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_gen.model.basics import HEADLINE, Role
from site_gen.model.message import day_in_words, say


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One block of a capture as a reader gives it: text without markup, lines of one paragraph
    joined.

    ``heading`` is the reader's hint that the source marked it as a heading; ``caption`` likewise;
    ``headline`` as the page's first heading. ``apart`` names the reader's rule by which it is not
    text of the article; ``sure`` is false where the reader guessed. ``links``: the share of its
    characters that are links. ``page``: the page of a PDF that it stands on, from 1; 0 elsewhere.
    ``marked``: the source marks headings and paragraphs, so that nothing has to be guessed from how
    a block reads.
    """

    text: str
    heading: bool = False
    caption: bool = False
    headline: bool = False
    apart: str = ""
    sure: bool = True
    links: float = 0.0
    page: int = 0
    marked: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """A block that ``add`` left out, word for word, and the name of the rule that left it out."""

    text: str
    rule: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What ``capture`` makes of one file: paragraphs with roles, what was left out, and metadata
    with its sources."""

    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[LeftOut, ...] = ()
    metadata: Mapping[str, Found] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()
    """Texts of blocks, in or left out, of which the reader was not sure."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A metadata value and where it came from (``command line``, ``byline``, ``date line`` …)."""

    value: str | tuple[str, ...]
    where: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A calendar day, or a point in time with its zone."""

    day: dt.date
    time: dt.time | None = None

    @property
    def in_words(self) -> str:
        """ "10 February 2022, 14:05 UTC+01:00", whatever the locale."""
        if self.time is None:
            return day_in_words(self.day)
        clock = f"{self.time:%H:%M}" + (f" {self.time.tzname()}" if self.time.tzinfo else "")
        return say("{day}, {time}", day=day_in_words(self.day), time=clock)

    def __str__(self) -> str:
        if self.time is None:
            return self.day.isoformat()
        return dt.datetime.combine(self.day, self.time).isoformat(timespec="minutes")

    @property
    def order(self) -> str:
        """A string that sorts moments in time; a day without a clock time sorts before the times of
        that day."""
        if self.time is None:
            return self.day.isoformat()
        at = dt.datetime.combine(self.day, self.time)
        return (
            (at.astimezone(dt.UTC) if at.tzinfo else at)
            .replace(tzinfo=None)
            .isoformat(timespec="seconds")
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A block of an article. ``index`` counts all blocks from 0; ``pid`` is its permalink; ``line``
    its line in the file."""

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
        head = (
            (Paragraph(index=HEADLINE, role="headline", text=self.headline, pid="headline"),)
            if self.headline
            else ()
        )
        return head + self.paragraphs

    def paragraph(self, index: int) -> Paragraph:
        """The paragraph of that index (``HEADLINE`` for the headline); ``IndexError`` where there
        is none."""
        if index == HEADLINE:
            return Paragraph(index=HEADLINE, role="headline", text=self.headline, pid="headline")
        if not 0 <= index < len(self.paragraphs):
            raise IndexError(index)
        return self.paragraphs[index]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """An editor's word on a finding. Exactly one of ``row``, ``paragraphs``, ``finding`` and
    ``mention`` names what it is about."""

    row: str = ""
    """The id of a comparison row."""
    paragraphs: tuple[str, ...] = ()
    """Permalinks of paragraphs of several articles: a passage."""
    finding: str = ""
    """The id of a finding beyond the rows: a speaker, a pair that is stated differently …"""
    mention: str = ""
    """The id of a figure, date, quotation or attribution in its sentence."""
    line: int = 0
    verdict: str = ""
    label: str = ""
    same: tuple[str, ...] = ()
    """Ids of rows that are about the same thing as this one."""
    one_thing: bool = False
    """Whether it is about one thing, as the machine says or supposes (``same: true``)."""
    different: bool = False
    """Whether it is about different things."""
    right: bool = False
    """Whether the machine read rightly what has no "same": a speaker, a fact of one source."""
    value: str = ""
    """The editor's reading of a mention, in the words in which a text would give it."""
    speaker: str = ""
    """Who says a mention; :data:`NOBODY` where the text does not say it."""
    hide: bool = False
    note: str = ""
    reason: str = ""
    editor: str = ""
    date: str = ""
    response: str = ""
    of: tuple[str, ...] = ()
    """The words that the editor saw, of the values or paragraphs ruled on; where they are others
    now, a decision no longer holds. Empty: it holds whatever they are."""

    @property
    def target(self) -> tuple[str, ...]:
        """What it is about: the kind of the name, and the name."""
        if self.paragraphs:
            return ("paragraphs", *sorted(self.paragraphs))
        for kind in ("row", "finding", "mention"):
            if name := getattr(self, kind):
                return (kind, name)
        return ("row", "")

    @property
    def decides(self) -> bool:
        """Whether it says what holds: a label, a note or a response alone does not."""
        return bool(
            self.verdict
            or self.same
            or self.one_thing
            or self.different
            or self.right
            or self.hide
            or self.value
            or self.speaker
        )


NOBODY = "none"
"""The speaker of words of which the text does not say whose they are."""


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
