"""What is compared of a paragraph: its stems with their rarity, names, numbers and character n-grams.

Rarity (IDF) is measured on the story's own paragraphs: a word that every paragraph uses tells nothing about which of
them say the same thing (Spärck Jones 1972).
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_gen.model import Annotated, Paragraph
from site_gen.words import STOP_WORDS, stem, words

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Features:
    """A paragraph as the aligner sees it. ``weights``: stem → rarity; ``shown``: stem → the word as written."""

    article: str
    index: int
    place: float
    weights: Mapping[str, float]
    shown: Mapping[str, str]
    total: float
    names: frozenset[str]
    numbers: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    folded: str


def _stems(text: str) -> list[tuple[str, str, bool]]:
    """Stem, word as written, and whether it is a name, for each word that is not a stop-word."""
    out = []
    sentence_start = True
    for start, end, word in words(text):
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
    """A text without what is noise between captures: case, quote style, dashes and blanks."""
    return " ".join(re.sub(r"[‘’`´]", "'", re.sub(r"[“”„«»]", '"', re.sub(r"[‐‑–—−]", "-", text.lower()))).split())


def features(articles: Iterable[Annotated]) -> dict[tuple[str, int], Features]:
    """The features of every body paragraph of those articles, by (article, index)."""
    bodies: list[tuple[Annotated, Paragraph, list[tuple[str, str, bool]]]] = []
    seen: Counter[str] = Counter()
    for annotated in articles:
        for paragraph in annotated.article.body:
            stems = _stems(paragraph.text)
            bodies.append((annotated, paragraph, stems))
            seen.update({s for s, _, _ in stems})
    count = len(bodies)
    out = {}
    for annotated, paragraph, stems in bodies:
        tally = Counter(s for s, _, _ in stems)
        weights = {s: math.log((count + 1) / (seen[s] + 0.5)) * (1 + math.log(n)) for s, n in tally.items()}
        numbers = {f"{f.low}-{f.high}" for f in annotated.figures if f.paragraph == paragraph.index}
        numbers |= {d.value for d in annotated.dates if d.paragraph == paragraph.index and d.granularity not in ("", "time")}
        kept = [s for s, _, _ in stems]
        body = annotated.article.body
        out[annotated.article.id, paragraph.index] = Features(
            article=annotated.article.id,
            index=paragraph.index,
            place=body.index(paragraph) / max(1, len(body) - 1),
            weights=weights,
            shown={s: raw for s, raw, _ in reversed(stems)},
            total=sum(weights.values()),
            names=frozenset(s for s, _, name in stems if name),
            numbers=frozenset(numbers),
            pairs=frozenset(itertools.pairwise(kept)),
            folded=folded(paragraph.text),
        )
    return out
