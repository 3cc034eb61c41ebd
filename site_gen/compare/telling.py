"""A story's sentences, read once for all lists beyond numbers: what each tells, how rare that is,
and which of it stands in which origin's text.

Every capture of an origin counts for it, and so do headlines, headings and captions: "no other text
has it" is said of all of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TypedDict

from site_gen.language.lists import phrases
from site_gen.language.marks import quoted_spans
from site_gen.language.neutral import Word, plain_words
from site_gen.language.rarity import rarity
from site_gen.language.synonyms import root, roots
from site_gen.language.words import STOP_WORDS, sentences, stem, word_list, words_within
from site_gen.model import Annotated, Figure, Matches, Paragraph, Place

_OPENS = re.compile(r"(?:^|[.!?:;]\s*[\"'“”‘’)\]]*\s*|[“\"‘]\s*|\s[—–-]+\s+)$")


Run = tuple[str, str, str]
"""Three words in a row."""


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """A sentence of a body: where it is, the number of its paragraph in the body, and the roots of
    its words with their rarity."""

    source: str
    paragraph: int
    ordinal: int
    start: int
    end: int
    text: str
    keys: Mapping[str, float]
    total: float
    quoted: tuple[tuple[int, int], ...]
    """What stands inside quotation marks, with the marks, in characters of the sentence."""

    def in_marks(self, at: int) -> bool:
        """Whether a place of the sentence stands inside quotation marks."""
        return any(a <= at < b for a, b in self.quoted)

    @property
    def place(self) -> Place:
        """Its span."""
        return Place(article=self.source, paragraph=self.paragraph, start=self.start, end=self.end)


@dataclass(frozen=True)
class Told:
    """All that a story's sources tell. ``had``: root of a word → the origins that use it;
    ``sizes``: unit → values with their origins; ``runs``: three words in a row, of those that stand
    in quotations → origins."""

    sources: tuple[Annotated, ...]
    origin: Mapping[str, str]
    tellings: Mapping[str, tuple[Telling, ...]]
    had: Mapping[str, Set[str]]
    sizes: Mapping[str, Sequence[tuple[float, str]]]
    runs: Mapping[Run, Set[str]]
    quoted: Mapping[str, Set[str]]
    """Last name of a speaker, small → the origins that quote them."""
    short: Mapping[str, Set[str]]
    """Initials of names, and names in initials, small → the origins that have either."""
    proper: Set[str]
    """Words that the story writes large within a sentence, and never small: parts of names."""

    @cached_property
    def by_key(self) -> Mapping[str, tuple[Telling, ...]]:
        """Root of a word → the sentences that hold it."""
        out: dict[str, list[Telling]] = defaultdict(list)
        for source in sorted(self.tellings):
            for telling in self.tellings[source]:
                for key in telling.keys:
                    out[key].append(telling)
        return {key: tuple(found) for key, found in out.items()}

    @cached_property
    def running(self) -> str:
        """The bodies as they stand, without points: where a name is looked up."""
        return "\n".join(
            p.text
            for a in self.sources
            for p in a.article.body
            if not _is_title(p.text, plain_words(p.text))
        ).replace(".", "")

    @cached_property
    def proper_roots(self) -> Set[str]:
        """The roots of the words that are parts of names."""
        return {root(w) for w in self.proper}

    def article(self, source: str) -> Annotated:
        """A source by its id."""
        return next(a for a in self.sources if a.article.id == source)

    def speaks(self, source: str) -> bool:
        """Whether a source's silence counts: its language is read, and its capture whole."""
        annotated = self.article(source)
        return annotated.read and not annotated.article.partial

    def likeness(self, telling: Telling) -> dict[Telling, float]:
        """The sentences of other origins that share words with one, with the share of its weight
        that they hold."""
        shared: dict[Telling, float] = defaultdict(float)
        own = self.origin[telling.source]
        for key, weight in telling.keys.items():
            for other in self.by_key[key]:
                if self.origin[other.source] != own:
                    shared[other] += weight
        return {other: value / (telling.total or 1.0) for other, value in shared.items()}


def tell(captures: Iterable[Annotated], matches: Matches) -> Told:
    """Everything that a story's captures tell; captures in a language that is not read tell
    nothing."""
    listed = [a for a in captures if a.read]
    speaking = {c: v.speaks for v in matches.versions for c in v.captures}
    origin = {c: matches.origin_of(s) for c, s in speaking.items()}
    words = _Words(_runs_of_quotations(listed))
    for of, p in ((origin[a.article.id], p) for a in listed for p in a.article.all_text):
        words.add(p, of)
    sources = [a for a in listed if a.article.id in matches.sources]
    rare = _rarities(sources)
    return Told(
        sources=tuple(sources),
        origin=origin,
        tellings={a.article.id: tuple(_tellings(a, rare)) for a in sources},
        had=words.had,
        runs=words.runs,
        short=words.short,
        proper=words.proper,
        **_facts(listed, origin),
    )


def _runs_of_quotations(captures: Iterable[Annotated]) -> Iterator[Run]:
    """Three words in a row, of all quotations of the captures."""
    for quotation in (q for a in captures for q in a.quotations if q.statement):
        yield from runs_of_three(quotation.text)


class _Words:
    """The words of the captures with their origins, while they are gathered; ``large`` and
    ``small``: those written so within a sentence. ``asked``: the runs that somebody will ask
    for."""

    def __init__(self, asked: Iterable[Run]) -> None:
        self.asked = frozenset(asked)
        self.had: dict[str, set[str]] = defaultdict(set)
        self.runs: dict[Run, set[str]] = defaultdict(set)
        self.short: dict[str, set[str]] = defaultdict(set)
        self.large: set[str] = set()
        self.small: set[str] = set()

    def add(self, paragraph: Paragraph, origin: str) -> None:
        """Note the words of a paragraph of that origin."""
        for key in roots(paragraph.text):
            self.had[key].add(origin)
        for run in self.asked.intersection(runs_of_three(paragraph.text)):
            self.runs[run].add(origin)
        for letters in initials(paragraph.text):
            self.short[letters].add(origin)
        self._case(paragraph)

    def _case(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        found = plain_words(text)
        self.small.update([w for a, b, _ in found if (w := text[a:b])[0].islower()])
        if paragraph.role == "body" and not _is_title(text, found):
            self.large.update(
                [
                    text[a:b]
                    for a, b, _ in found
                    if text[a].isupper() and not _OPENS.search(text[max(0, a - 8) : a])
                ]
            )

    @property
    def proper(self) -> Set[str]:
        """The words that are written large, and never small."""
        return {_plain(w) for w in self.large} - {_plain(w) for w in self.small}


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s")


def runs_of_three(text: str) -> Iterable[Run]:
    """The words of a text, three in a row."""
    found = [w for _, _, w in word_list(text)]
    return zip(found, found[1:], found[2:], strict=False)


_RUN = re.compile(r"[A-ZÀ-Þ][\w’'-]*(?:\s(?:of|for|the|and|on)){0,2}(?:\s[A-ZÀ-Þ][\w’'-]*)+")
_SHORT = re.compile(r"\b(?:[A-Z]\.){2,}|\b[A-Z]{2,6}\b")


def initials(text: str) -> set[str]:
    """The names in initials of a text ("N.A.T.O."), and the initials of its runs of capitalised
    words of three and more, in small letters."""
    out = {m[0].replace(".", "").lower() for m in _SHORT.finditer(text)}
    for match in _RUN.finditer(text):
        capitals = [w[0] for w in match[0].split() if w[0].isupper() and w not in ("The", "A")]
        if len(capitals) > 2:
            out.add("".join(capitals).lower())
    return out


def _rarities(sources: Iterable[Annotated]) -> Mapping[str, float]:
    """How rare each stem of the bodies is."""
    seen: Counter[str] = Counter()
    paragraphs = 0
    for p in (p for a in sources for p in a.article.body):
        paragraphs += 1
        seen.update({stem(w) for _, _, w in word_list(p.text)})
    return {word: rarity(word, n, paragraphs) for word, n in seen.items()}


class _Facts(TypedDict):
    """What ``Told`` holds of facts."""

    sizes: Mapping[str, Sequence[tuple[float, str]]]
    quoted: Mapping[str, Set[str]]


def _facts(captures: Iterable[Annotated], origin: Mapping[str, str]) -> _Facts:
    """The values and speakers of the captures, with their origins."""
    sizes: dict[str, list[tuple[float, str]]] = defaultdict(list)
    quoted: dict[str, set[str]] = defaultdict(set)
    for a in captures:
        of = origin[a.article.id]
        for f in a.figures:
            sizes[f.unit].append((size_of(f), of))
        for q in (q for q in a.quotations if q.statement and q.speaker):
            quoted[q.speaker.split()[-1].lower()].add(of)
    return {"sizes": sizes, "quoted": quoted}


def size_of(figure: Figure) -> float:
    """A figure as one number: its upper end, or its lower where that is open."""
    value = figure.high if figure.high is not None else figure.low
    return abs(value or 0.0)


def _is_title(text: str, found: Sequence[Word]) -> bool:
    """Whether a paragraph is set like a title, most words with a capital."""
    long = [w for w in found if w.end - w.start > 3]
    return sum(text[w.start].isupper() for w in long) > TITLE * len(long)


TITLE = 0.6
"""Share of the longer words with a capital from which a paragraph is set like a title."""


def _tellings(annotated: Annotated, rare: Mapping[str, float]) -> Iterator[Telling]:
    for ordinal, p in enumerate(annotated.article.body, 1):
        found, marks = word_list(p.text), quoted_spans(p.text)
        n = 0
        for start, end in sentences(p.text):
            keys: dict[str, float] = {}
            while n < len(found) and found[n][0] < end:
                word = found[n][2]
                if word not in STOP_WORDS and (len(word) > 1 or word.isdigit()):
                    keys[root(word)] = rare[stem(word)]
                n += 1
            yield Telling(
                annotated.article.id,
                p.index,
                ordinal,
                start,
                end,
                p.text[start:end],
                keys,
                sum(keys.values()),
                tuple(
                    (max(0, q.opens - start), min(end, q.closes) - start)
                    for q in marks
                    if q.opens < end and start < q.closes
                ),
            )


def is_furniture(text: str) -> bool:
    """Whether a sentence tells nothing of the story: a credit, a link, a note on the article."""
    low = text.lower()
    return any(phrase in low for phrase in phrases("furniture"))


def name_runs(text: str, start: int, end: int, proper: Set[str]) -> Iterator[tuple[int, int]]:
    """The runs of capitalised words in a span of a paragraph that are names. A word that opens a
    sentence is part of one where the story writes it large elsewhere too, or a name goes on."""
    run: tuple[int, int] | None = None
    opens = False
    for a, b, word in words_within(text, start, end):
        if not text[a].isupper() or word in STOP_WORDS or word.startswith("i'"):
            if run and not opens:
                yield run
            run = None
        elif run and text[run[1] : a] in _INSIDE:
            run, opens = (run[0], b), False
        else:
            if run and not opens:
                yield run
            run, opens = (
                (a, b),
                bool(_OPENS.search(text[max(0, a - BEFORE) : a])) and word not in proper,
            )
    if run and not opens:
        yield run


BEFORE = 64
"""Characters before a word that tell whether it opens a sentence."""
_INSIDE = (" ", ". ", ".", "-", "’s ", "'s ")
"""What stands between the words of one name."""


def sources_by_origin(told: Told) -> Mapping[str, Sequence[str]]:
    """Origin → its sources, in order of their ids."""
    out: dict[str, list[str]] = defaultdict(list)
    for a in told.sources:
        out[told.origin[a.article.id]].append(a.article.id)
    return {origin: sorted(names) for origin, names in out.items()}
