"""What is compared of a paragraph: its stems with their rarity, names, numbers, quoted words and
character n-grams.

How rare a word is tells ``language/rarity.py``.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_gen.language.rarity import rarity
from site_gen.language.words import STOP_WORDS, sentences, stem, word_list
from site_gen.model import Annotated, Paragraph

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
    out = []
    sentence_start = True
    for start, end, word in word_list(text):
        raw = text[start:end]
        if _CJK.search(raw):
            out += [(c, c, False) for c in raw]
            continue
        name = raw[0].isupper() and not sentence_start
        sentence_start = end < len(text) and text[end] in ".!?"
        if word not in STOP_WORDS and (len(word) > 1 or word.isdigit()):
            out.append((stem(word), raw, name))
    return out


def folded(text: str) -> str:
    """A text without what is noise between captures: case, quote style and where a point stands
    beside a mark, dashes, dots, blanks."""
    plain = re.sub(r"[‐‑–—−]", "-", re.sub(r"[“”„«»]", '"', re.sub(r"[‘’`´]", "'", text.lower())))
    # single marks and double ones
    plain = re.sub(r"(?<!\w)'(?=\S)|(?<=[\w.,!?])'(?!\w)", '"', plain)
    plain = re.sub(r"\.\s?\.\s?\.|…", "...", plain)
    return " ".join(re.sub(r'"([.,])', r'\1"', plain).split())


def features(articles: Iterable[Annotated]) -> dict[tuple[str, int], Features]:
    """The features of every body paragraph of those articles, by (article, index)."""
    bodies: list[tuple[Annotated, int, Paragraph, list[tuple[str, str, bool]], frozenset[str]]] = []
    seen: Counter[str] = Counter()
    grams: Counter[str] = Counter()
    for annotated in articles:
        for position, paragraph in enumerate(annotated.article.body):
            found = stems(paragraph.text)
            own = _grams(folded(paragraph.text))
            bodies.append((annotated, position, paragraph, found, own))
            seen.update({s for s, _, _ in found})
            grams.update(own)
    count = len(bodies)
    rare = {word: rarity(word, n, count) for word, n in seen.items()}
    classes = _classes(grams, count)
    codes = {word: chr(FIRST_CODE + n % CODES) for n, word in enumerate(sorted(seen))}
    out: dict[tuple[str, int], Features] = {}
    before: tuple[str, frozenset[str]] = ("", frozenset())
    for annotated, position, paragraph, found, own in bodies:
        name = annotated.article.id
        known = before[1] if before[0] == name and _PRONOUN.search(paragraph.text) else frozenset()
        made = _features(annotated, position, paragraph, found, own, rare, classes, known, codes)
        out[name, paragraph.index] = made
        before = name, made.names or known
    return out


def _features(
    annotated: Annotated,
    position: int,
    paragraph: Paragraph,
    found: Sequence[tuple[str, str, bool]],
    grams: frozenset[str],
    rare: Mapping[str, float],
    classes: Mapping[str, tuple[int, int]],
    carried: frozenset[str],
    codes: Mapping[str, str],
) -> Features:
    tally = Counter(s for s, _, _ in found)
    names = frozenset(s for s, _, name in found if name)
    weights = {s: rare[s] * (1 + math.log(n)) for s, n in sorted(tally.items())}
    soft: dict[str, float] = {}
    for s, weight in weights.items():
        soft[s[:PREFIX]] = soft.get(s[:PREFIX], 0.0) + weight
    kept = tuple(s for s, _, _ in found)
    here = paragraph.index
    spoken = [q for q in annotated.quotations if q.paragraph == here and q.statement]
    masks = [0, 0, 0]
    for gram in grams:
        which, bit = classes[gram]
        masks[which] |= bit
    said = {f.said_by for f in annotated.figures if f.paragraph == here} | {
        q.speaker for q in spoken
    }
    return Features(
        article=annotated.article.id,
        index=here,
        position=position,
        place=position / max(1, len(annotated.article.body) - 1),
        order=kept,
        weights=weights,
        shown={s: raw for s, raw, _ in reversed(found)},
        total=sum(weights.values()),
        soft=soft,
        names=names,
        numbers=frozenset((f.low, f.high) for f in annotated.figures if f.paragraph == here),
        dates=frozenset(
            d.value
            for d in annotated.dates
            if d.paragraph == here and d.granularity not in ("", "time")
        ),
        quoted=frozenset(s for q in spoken for s, _, _ in stems(q.text)),
        speakers=frozenset(stem(s.split()[-1].lower()) for s in said if s),
        pairs=frozenset(itertools.pairwise(kept)),
        grams=(masks[0], masks[1], masks[2]),
        gram_sizes=(masks[0].bit_count(), masks[1].bit_count(), masks[2].bit_count()),
        gram_sum=sum(mask.bit_count() for mask in masks),
        folded=folded(paragraph.text),
        sentences=tuple(_sentences(paragraph.text, found, rare)),
        called=names | carried,
        coded="".join([codes[s] for s in kept]),
    )


def _sentences(
    text: str, found: Sequence[tuple[str, str, bool]], rare: Mapping[str, float]
) -> Iterator[Sentence]:
    """The sentences of a paragraph with the stems that stand in them; the whole of it where it has
    only one that tells something."""
    told = []
    for start, end in sentences(text):
        weights = {s: rare[s] for s, _, _ in stems(text[start:end]) if s in rare}
        if weights:
            told.append(Sentence(start, end, weights, sum(weights.values())))
    if len(told) < 2:
        weights = {s: rare[s] for s, _, _ in found}
        told = [Sentence(0, len(text), weights, sum(weights.values()))]
    yield from told


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + GRAM] for i in range(len(text) - GRAM + 1))


def _classes(grams: Mapping[str, int], paragraphs: int) -> dict[str, tuple[int, int]]:
    """Class and bit of each n-gram: those of few paragraphs tell more than those of many; one of a
    single paragraph tells nothing."""
    few, many = max(3, paragraphs // 16), max(6, paragraphs // 5)
    bits = [0, 0, 0]
    out = {}
    for gram in sorted(grams):
        n = grams[gram]
        which = 0 if n <= few else 1 if n <= many else 2
        out[gram] = (which, 1 << bits[which] % BITS)
        bits[which] += 1
    return out
