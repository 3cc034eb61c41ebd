"""Rows with cells and verdicts: what the pages show, and the files that rendering makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from site_gen.model.article import Ruling, Story
from site_gen.model.basics import Absence, Place, Qualifier, Verdict
from site_gen.model.facts import Annotated
from site_gen.model.findings import Findings
from site_gen.model.matches import Matches
from site_gen.model.message import say
from site_gen.model.review import Review
from site_gen.model.spans import DateValue, FigureValue, Value


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What a source says on a row, once: the quoted span, its value, and who says so.

    ``value`` is none for a quotation. ``derived`` tells how a value follows that does not stand
    there.
    """

    place: Place
    text: str
    value: Value | None = None
    said_by: str = ""
    derived: str = ""
    apart: tuple[tuple[int, int], ...] = ()
    """Of a quotation: the spans of the paragraph that another source alters or leaves out."""
    reading: str = ""
    """An editor's reading of the text's words; then ``value`` is of the reading."""
    speaker_ruled: bool = False
    """Whether ``said_by`` is an editor's word."""

    @property
    def hedge(self) -> str:
        """A figure's hedge, a date's bound; empty for a quotation."""
        if isinstance(self.value, FigureValue):
            return self.value.hedge
        return self.value.bound if self.value else ""

    @property
    def ends(self) -> tuple[float | None, float | None]:
        """What a figure says in its own unit; a date's first and last day as ordinals."""
        return (self.value.low, self.value.high) if self.value else (None, None)

    @property
    def unit(self) -> str:
        """A figure's unit."""
        return self.value.unit if isinstance(self.value, FigureValue) else ""

    @property
    def timex(self) -> str:
        """A date's TIMEX3 value, which tells "Tuesday" from "Tuesday night"."""
        return self.value.value if isinstance(self.value, DateValue) else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A source's cell in a row: its statements, the first one first; ``was`` are statements of
    earlier captures."""

    source: str
    statements: tuple[Statement, ...]
    was: tuple[Statement, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One thing on which sources give a figure, a date or a quotation, with the machine's verdict,
    and an editor's."""

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
    """How much a reader loses without it, in points."""
    routine: bool = False
    """Whether it holds what every report names: a weekday, a month, a year, an age."""
    ruling: Ruling | None = None
    lapsed: bool = False
    """Whether the texts say otherwise than when an editor ruled: then the decision holds no more,
    and only label, note and response are kept of it."""
    aliases: tuple[str, ...] = ()
    """Ids that the row would have without some of its sources: a ruling may name it by them."""
    page: int = 1
    """The page of its story's facts on which it stands."""

    @property
    def shown(self) -> str:
        """The verdict that is shown: the editor's where there is one."""
        if self.ruling and self.ruling.different:
            return "single"
        return self.ruling.verdict if self.ruling and self.ruling.verdict else self.verdict

    @property
    def why(self) -> str:
        """The reason that is shown: the editor's where the verdict is; else the machine's."""
        if self.ruling is None or not self.ruling.verdict:
            return self.reason
        return self.ruling.reason or self.ruling.note or say("This is an editor’s verdict.")

    @property
    def reviewed(self) -> bool:
        """Whether an editor decided on it, over what the texts say now."""
        return self.ruling is not None and self.ruling.decides and not self.lapsed

    @property
    def disputed(self) -> bool:
        """Whether the row counts as a difference: a conflict that no qualifier explains."""
        return self.shown == "conflict" and (
            not self.qualifier or bool(self.ruling and self.ruling.verdict)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A story, compared: what ``data.json`` holds and every page of the story shows."""

    story: Story
    annotated: tuple[Annotated, ...]
    matches: Matches
    rows: tuple[Row, ...]
    findings: Findings = field(default_factory=Findings)
    lead: str = ""
    """The id of the row or finding that the story leads with; empty where there is none."""
    runners_up: tuple[str, ...] = ()
    """The ids of the rows or findings that come next."""
    on_findings: tuple[tuple[str, Ruling], ...] = ()
    """By id of a finding beyond the rows, what an editor says of it."""
    review: Review = field(default_factory=Review)
    aligned: bool = True
    """Whether its passages are published: all of them are confirmed, or none need be."""
    withheld: int = 0
    """Findings that are not published because no editor has confirmed them."""

    def ruling(self, finding: str) -> Ruling | None:
        """What an editor says of a finding beyond the rows, if anything."""
        return next((r for name, r in reversed(self.on_findings) if name == finding), None)

    def annotation(self, article: str) -> Annotated:
        """What the finders found in that article; ``KeyError`` where there is none."""
        for item in self.annotated:
            if item.article.id == article:
                return item
        raise KeyError(article)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A file of the site: its path relative to the site's root, with ``/``, and its bytes."""

    path: str
    data: bytes
