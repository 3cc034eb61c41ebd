"""What is compared of a paragraph: its stems with their rarity, names, numbers, quoted words and
character n-grams.

How rare a word is tells ``language/rarity.py``.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from site_gen.language.rarity import rarity
from site_gen.language.words import STOP_WORDS, sentences, stem, word_list
from site_gen.model import Annotated, Date, Figure, Paragraph, Quotation

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PRONOUN = re.compile(r"^\W*(?:He|She|They|His|Her|Their)\b")
PREFIX = 5
"""Words of one beginning of so many letters are taken for inflections or relatives of one another
("Russia", "Russian")."""
FIRST_CODE, CODES = 0x10000, 0x100000
"""Characters that stand for stems: the planes beyond the first; a story has fewer stems."""
BITS = 8192
"""Bits for each class of n-grams; in very long stories two n-grams may share one."""
GRAM = 4
"""Characters in an n-gram: the middle of the 3 to 5 that served best alone on the development
sets."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph: its span in characters, and stem → rarity."""

    start: int
    end: int
    weights: Mapping[str, float]
    total: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Features:
    """A paragraph as the aligner sees it. ``weights``: stem → rarity; ``shown``: stem → the word as
    written.

    ``position`` is its ordinal among the body paragraphs, ``place`` that from 0 to 1. ``soft`` is
    ``weights`` by beginnings of words. The n-grams are bits of integers, the rare, the middling and
    the common ones apart: how many two paragraphs share is one operation.
    """

    article: str
    index: int
    position: int
    place: float
    order: tuple[str, ...]
    weights: Mapping[str, float]
    shown: Mapping[str, str]
    total: float
    soft: Mapping[str, float]
    names: frozenset[str]
    numbers: frozenset[tuple[float | None, float | None]]
    dates: frozenset[str]
    quoted: frozenset[str]
    speakers: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    grams: tuple[int, int, int]
    gram_sizes: tuple[int, int, int]
    gram_sum: int
    folded: str
    sentences: tuple[Sentence, ...]
    called: frozenset[str]
    """Its names, and those that its pronouns stand for: those of the paragraph before, where it
    begins with "he", "she" or "they"."""
    coded: str
    """``order``, one character a stem: what two paragraphs have in common in order is counted on
    these."""


def stems(text: str) -> list[tuple[str, str, bool]]:
    """Stem, word as written, and whether it is a name, for each word that is not a stop-word; CJK
    text by characters."""
    return [word[1:] for word in placed_stems(text)]


def placed_stems(text: str) -> list[tuple[int, str, str, bool]]:
    """``stems``, each behind the place where its word begins."""
    out: list[tuple[int, str, str, bool]] = []
    sentence_start = True
    cjk = bool(_CJK.search(text))
    closed = text + " "  # so that a character stands behind every word
    for start, end, word in word_list(text):
        raw = text[start:end]
        if cjk and _CJK.search(raw):
            out += [(start, c, c, False) for c in raw]
            continue
        if word not in STOP_WORDS and (len(word) > 1 or word.isdigit()):
            out.append((start, stem(word), raw, not sentence_start and raw[0].isupper()))
        sentence_start = closed[end] in ".!?"
    return out


def folded(text: str) -> str:
    """A text without what is noise between captures: case, quote style and where a point stands
    beside a mark, dashes, dots, blanks."""
    plain = text.lower().translate(_ONE_FORM)
    if "'" in plain:
        plain = _DOUBLE.sub('"', plain)
    plain = _DOTS.sub("...", plain)
    if '"' in plain:
        plain = _POINT_BEHIND.sub(r'\1"', plain)
    return " ".join(plain.split())


_ONE_FORM = str.maketrans({**dict.fromkeys("‘’`´", "'"), **dict.fromkeys("“”„«»", '"')}) | (
    str.maketrans(dict.fromkeys("‐‑–—−", "-"))
)
_DOUBLE = re.compile(r"(?<!\w)'(?=\S)|(?<=[\w.,!?])'(?!\w)")
"""Single marks that stand for double ones."""
_DOTS = re.compile(r"\.\s?\.\s?\.|…")
_POINT_BEHIND = re.compile(r'"([.,])')


def features(articles: Iterable[Annotated]) -> dict[tuple[str, int], Features]:
    """The features of every body paragraph of those articles, by (article, index)."""
    bodies: list[_Body] = []
    seen: Counter[str] = Counter()
    grams: Counter[str] = Counter()
    for annotated in articles:
        body = annotated.article.body
        facts = _Facts.of(annotated)
        for position, paragraph in enumerate(body):
            found = placed_stems(paragraph.text)
            plain = folded(paragraph.text)
            own = _grams(plain)
            place = position / max(1, len(body) - 1)
            bodies.append(_Body(facts, position, place, paragraph, found, plain, own))
            seen.update({s for _, s, _, _ in found})
            grams.update(own)
    count = len(bodies)
    rare = {word: rarity(word, n, count) for word, n in seen.items()}
    places = _gram_places(grams, count)
    codes = {word: chr(FIRST_CODE + n % CODES) for n, word in enumerate(sorted(seen))}
    out: dict[tuple[str, int], Features] = {}
    before: tuple[str, frozenset[str]] = ("", frozenset())
    for one in bodies:
        name, text = one.facts.article, one.paragraph.text
        known = before[1] if before[0] == name and _PRONOUN.search(text) else frozenset()
        made = _features(one, rare, places, known, codes)
        out[name, one.paragraph.index] = made
        before = name, made.names or known
    return out


@dataclass(frozen=True, slots=True)
class _Facts:
    """What was found in an article, by paragraph."""

    article: str
    figures: Mapping[int, Sequence[Figure]]
    dates: Mapping[int, Sequence[Date]]
    quotations: Mapping[int, Sequence[Quotation]]

    @classmethod
    def of(cls, annotated: Annotated) -> _Facts:
        """The facts of an article, sorted once."""
        return cls(
            annotated.article.id,
            _by_paragraph(annotated.figures),
            _by_paragraph(annotated.dates),
            _by_paragraph(annotated.quotations),
        )


Fact = TypeVar("Fact", Figure, Date, Quotation)


def _by_paragraph(facts: Iterable[Fact]) -> Mapping[int, Sequence[Fact]]:
    out: dict[int, list[Fact]] = {}
    for fact in facts:
        out.setdefault(fact.paragraph, []).append(fact)
    return out


@dataclass(frozen=True, slots=True)
class _Body:
    """A body paragraph as it is first read: ordinal and place, stems with their places, folded
    text and the n-grams of that."""

    facts: _Facts
    position: int
    place: float
    paragraph: Paragraph
    stems: Sequence[tuple[int, str, str, bool]]
    folded: str
    grams: Set[str]


def _features(
    body: _Body,
    rare: Mapping[str, float],
    places: Mapping[str, int],
    carried: frozenset[str],
    codes: Mapping[str, str],
) -> Features:
    paragraph, found = body.paragraph, body.stems
    kept = tuple([s for _, s, _, _ in found])
    tally = Counter(kept)
    names = frozenset([s for _, s, _, name in found if name])
    weights = {s: rare[s] * (1 + math.log(n)) for s, n in sorted(tally.items())}
    soft: dict[str, float] = {}
    for s, weight in weights.items():
        soft[s[:PREFIX]] = soft.get(s[:PREFIX], 0.0) + weight
    here = paragraph.index
    spoken = [q for q in body.facts.quotations.get(here, ()) if q.statement]
    figures = body.facts.figures.get(here, ())
    masks = _masks(body.grams, places)
    sizes = masks[0].bit_count(), masks[1].bit_count(), masks[2].bit_count()
    said = {f.said_by for f in figures} | {q.speaker for q in spoken}
    return Features(
        article=body.facts.article,
        index=here,
        position=body.position,
        place=body.place,
        order=kept,
        weights=weights,
        shown={s: raw for _, s, raw, _ in reversed(found)},
        total=sum(weights.values()),
        soft=soft,
        names=names,
        numbers=frozenset((f.low, f.high) for f in figures),
        dates=frozenset(
            d.value for d in body.facts.dates.get(here, ()) if d.granularity not in ("", "time")
        ),
        quoted=frozenset(s for q in spoken for s, _, _ in stems(q.text)),
        speakers=frozenset(stem(s.split()[-1].lower()) for s in said if s),
        pairs=frozenset(itertools.pairwise(kept)),
        grams=masks,
        gram_sizes=sizes,
        gram_sum=sum(sizes),
        folded=body.folded,
        sentences=tuple(_sentences(paragraph.text, found, rare)),
        called=names | carried,
        coded="".join([codes[s] for s in kept]),
    )


def _sentences(
    text: str, found: Sequence[tuple[int, str, str, bool]], rare: Mapping[str, float]
) -> Iterator[Sentence]:
    """The sentences of a paragraph with the stems that stand in them; the whole of it where it has
    only one that tells something. No word reaches over the end of a sentence."""
    told = []
    spans = sentences(text)
    n = 0
    for start, end in spans if len(spans) > 1 else ():
        weights = {}
        while n < len(found) and found[n][0] < end:
            weights[found[n][1]] = rare[found[n][1]]
            n += 1
        if weights:
            told.append(Sentence(start, end, weights, sum(weights.values())))
    if len(told) < 2:
        weights = {s: rare[s] for _, s, _, _ in found}
        told = [Sentence(0, len(text), weights, sum(weights.values()))]
    yield from told


def _grams(text: str) -> Set[str]:
    return {text[i : i + GRAM] for i in range(len(text) - GRAM + 1)}


def _gram_places(grams: Mapping[str, int], paragraphs: int) -> dict[str, int]:
    """The place of each n-gram in a row of three times ``BITS``, a class each: those of few
    paragraphs tell more than those of many; one of a single paragraph tells nothing."""
    few, many = max(3, paragraphs // 16), max(6, paragraphs // 5)
    taken = [0, 0, 0]
    out = {}
    for gram in sorted(grams):
        n = grams[gram]
        which = 0 if n <= few else 1 if n <= many else 2
        out[gram] = which * BITS + taken[which] % BITS
        taken[which] += 1
    return out


def _masks(grams: Iterable[str], places: Mapping[str, int]) -> tuple[int, int, int]:
    """The bits of a paragraph's n-grams, a number each class."""
    row = bytearray(b"0") * (3 * BITS)
    for place in map(places.__getitem__, grams):
        row[place] = _ONE
    return int(row[:BITS], 2), int(row[BITS : 2 * BITS], 2), int(row[2 * BITS :], 2)


_ONE = ord("1")
