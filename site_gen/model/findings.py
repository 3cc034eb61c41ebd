"""What editors compare beyond numbers: who tells what alone, headlines, who is quoted, what things
are called, states set otherwise, corrections, and a story in figures.

Everything here quotes, counts or sets side by side; nothing of it judges. A ``Place`` names the
words; text is looked up when shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from site_gen.model.basics import Place, SourceKind

AnchorKind = Literal["name", "figure", "quotation", "document", "words"]
NamingKind = Literal["thing", "act", "reporting verb"]
StateKind = Literal["negated", "opposite", "hedged", "name"]
NoticeKind = Literal["correction", "clarification", "update", "editor's note", "retraction"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchor:
    """Words of a sentence that stand in no other origin's text, and what they are."""

    kind: AnchorKind
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OnlyHere:
    """A sentence that one origin has and no other: nothing in any other text is like it, and its
    anchors stand nowhere else. ``sources``: those of the origin that have it."""

    id: str
    place: Place
    origin: str
    sources: tuple[str, ...]
    weight: float
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NotHere:
    """What at least two other origins report and this source's origin does not. ``told``: the
    sentence of each source that has it; ``elsewhere``: where this source may say it after all."""

    id: str
    source: str
    passage: str
    told: tuple[Place, ...]
    weight: float
    elsewhere: Place | None = None

    def places(self) -> tuple[Place, ...]:
        """Every span that it names."""
        return (*self.told, self.elsewhere) if self.elsewhere else self.told


@dataclass(frozen=True, kw_only=True, slots=True)
class Headline:
    """How a source opens. ``own``: spans of the headline's words that no other headline of the
    story has; ``names`` and ``figures``: spans in it; ``lead``: whether the value that the story
    leads with is in it; ``first``: the first sentence of the body; ``event``: the sentence in
    which the source tells the event that all share, and ``ordinal`` that paragraph's number in the
    body, from 1; 0 where it is not established."""

    source: str
    size: int
    """Letters and digits of the headline's words that tell something."""
    own: tuple[tuple[int, int], ...]
    names: tuple[tuple[int, int], ...]
    figures: tuple[tuple[int, int], ...]
    lead: bool
    first: Place | None
    event: Place | None
    ordinal: int

    def places(self) -> tuple[Place, ...]:
        """The spans that it names, beside the headline's own."""
        return tuple(p for p in (self.first, self.event) if p)


@dataclass(frozen=True, kw_only=True, slots=True)
class Utterance:
    """What a source gives to a speaker in one place: its spans in quotation marks and in other
    words, and the verb. ``place`` reaches from the first word to the last."""

    place: Place
    quoted: tuple[tuple[int, int], ...]
    told: tuple[tuple[int, int], ...]
    words: tuple[int, int]
    """How many words of each sort."""
    verb: str
    cue: Place
    """The words that say that somebody says it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """A speaker in one source: the words that it gives to them inside quotation marks and in other
    words, where, and how it names them."""

    source: str
    quoted: int
    told: int
    utterances: tuple[Utterance, ...]
    named: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Speaker:
    """Somebody who is quoted, over all sources; one row over several outlets only where name and
    role agree. ``role``: as the source that words it longest does."""

    id: str
    name: str
    role: str
    kind: SourceKind
    voices: tuple[Voice, ...]

    def places(self) -> Iterator[Place]:
        """Every span that it names."""
        for voice in self.voices:
            yield voice.named
            for said in voice.utterances:
                yield from (said.place, said.cue)


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """How much of a source's body is somebody's words: words in all, inside quotation marks, in
    other words, by kind of speaker, and those whose speaker is not established."""

    source: str
    words: int
    quoted: int
    told: int
    kinds: tuple[tuple[SourceKind, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One of the words for a thing: as the first source writes it, and where each one stands."""

    text: str
    uses: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Called:
    """The words that different sources use in the same place: of the same thing or act, or
    for saying the same quotation. ``about``: what proves the place, in a source's words."""

    id: str
    kind: NamingKind
    about: str
    terms: tuple[Term, ...]

    def places(self) -> tuple[Place, ...]:
        """Every span that it names."""
        return tuple(p for t in self.terms for p in t.uses)


@dataclass(frozen=True, kw_only=True, slots=True)
class VerbUse:
    """How often a source uses a verb of saying, in its plain form, for words that it gives to a
    speaker, and where."""

    source: str
    verb: str
    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stated:
    """One side of a statement: its sentence, and the words in it that differ; they are empty where
    the other has one more."""

    sentence: Place
    words: Place


@dataclass(frozen=True, kw_only=True, slots=True)
class StatedDifferently:
    """Linked sentences of which one negates, hedges or sets otherwise what the other states;
    ``sides``: each way of stating it, with every sentence that has it. ``score``: how alike the
    two most alike sentences are, from 0 to 1."""

    id: str
    kind: StateKind
    sides: tuple[tuple[Stated, ...], tuple[Stated, ...]]
    score: float

    def stated(self) -> tuple[Stated, ...]:
        """The sentences of both sides."""
        return (*self.sides[0], *self.sides[1])

    def places(self) -> Iterator[Place]:
        """Every span that it names."""
        for one in self.stated():
            yield from (one.sentence, one.words)


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """A correction or update in an article's own words. ``rows``: ids of the comparison rows that
    it speaks of; ``paragraphs``: the indexes of the article's paragraphs that it speaks of."""

    id: str
    kind: NoticeKind
    place: Place
    rows: tuple[str, ...]
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """A source in figures, for research.

    ``coverage``: the share of the passages of at least two origins that it has, from 0 to 1, of
    ``passages`` such; ``overlap``: the largest share of its text that stands in one other origin;
    ``originality``: the share of its words in sentences that are linked to no other origin. Each is
    none where there is no other origin, or the source is not read. ``after``: minutes (days as
    whole days) after the story's first report; none where either has no time.
    """

    source: str
    origin: str
    words: int
    paragraphs: int
    figures: int
    dates: int
    quotations: int
    speakers: int
    named: int
    unnamed: int
    documents: int
    media: int
    quoted_share: float
    told_share: float
    passages: int
    coverage: float | None
    overlap: float | None
    originality: float | None
    only_here: int
    not_here: int
    captures: int
    published: str
    first: bool
    after: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """All of it, each list in the order in which a reader wants it."""

    only_here: tuple[OnlyHere, ...] = ()
    not_here: tuple[NotHere, ...] = ()
    headlines: tuple[Headline, ...] = ()
    event: str = ""
    """The passage that holds the event which all share; empty where none is established."""
    speakers: tuple[Speaker, ...] = ()
    shares: tuple[Share, ...] = ()
    called: tuple[Called, ...] = ()
    verbs: tuple[VerbUse, ...] = ()
    stated: tuple[StatedDifferently, ...] = ()
    notices: tuple[Notice, ...] = ()
    profiles: tuple[Profile, ...] = ()

    def places(self) -> Iterator[Place]:
        """Every span that they name."""
        yield from (o.place for o in self.only_here)
        yield from (n.place for n in self.notices)
        yield from (p for n in self.not_here for p in n.places())
        yield from (p for h in self.headlines for p in h.places())
        yield from (p for s in self.speakers for p in s.places())
        yield from (p for c in self.called for p in c.places())
        yield from (p for s in self.stated for p in s.places())
        yield from (p for v in self.verbs for p in v.places)
