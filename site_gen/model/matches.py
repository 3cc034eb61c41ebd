"""What matching finds between articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from site_gen.model.article import Ruling
from site_gen.model.basics import Consequence, LinkKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """One reason for a link: its name, its weight in the score, and the words that show it."""

    name: str
    weight: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """Paragraph ``i`` of article ``a`` and paragraph ``j`` of article ``b`` report the same thing.
    ``score`` is 0 to 1."""

    a: str
    i: int
    b: str
    j: int
    score: float
    kind: LinkKind
    spans: tuple[tuple[int, int], tuple[int, int]] | None = None
    """The sentence of each paragraph that speaks most for the other's, in characters."""
    evidence: tuple[Evidence, ...] = ()
    difference: Difference | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """Paragraphs of at least two sources that report the same particular thing. ``members``:
    (article, indexes) by article."""

    id: str
    members: tuple[tuple[str, tuple[int, ...]], ...]
    score: float
    sure: bool = True
    """Whether it is surely the same particular thing; "possibly the same" where not."""
    page: int = 1
    """The page of its story's passages on which it stands."""
    ruling: Ruling | None = None
    lapsed: bool = False
    """Whether it has paragraphs that the editor did not see."""

    @property
    def reviewed(self) -> bool:
        """Whether an editor confirmed it as it is now."""
        return self.ruling is not None and self.ruling.decides and not self.lapsed

    def indexes(self, article: str) -> tuple[int, ...]:
        """The paragraphs of that article in this passage, empty where it has none."""
        for name, places in self.members:
            if name == article:
                return places
        return ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A run of a word difference: ``a_start:a_end`` of the first text against ``b_start:b_end`` of
    the second.

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
    """How two texts differ: ``segments`` where striking and inserting can be read, else the spans
    of each that both share."""

    segments: tuple[Segment, ...] = ()
    shared_a: tuple[tuple[int, int], ...] = ()
    shared_b: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What became of a paragraph between two captures. ``consequence`` names the weightiest kind of
    difference."""

    kind: Literal["same", "edited", "moved", "added", "removed", "split", "merged"]
    before: tuple[int, ...]
    after: tuple[int, ...]
    consequence: Consequence = ""
    details: tuple[tuple[Consequence, str, str], ...] = ()
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
    """The captures of one article, oldest first; ``speaks`` is the capture that speaks for it in
    the comparison."""

    captures: tuple[str, ...]
    speaks: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Overlap:
    """How much of the text of source ``a`` stands in ``b`` and the other way round, as shares from
    0 to 1."""

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
    """What matching found. ``sources`` are the ids of the captures that speak, in the order of the
    columns."""

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
