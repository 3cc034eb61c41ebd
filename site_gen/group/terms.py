"""What an article is told by, for comparing it with every other of a pile: its words, names,
numbers, what it opens with, and neighbours of both.

A term is a hash of 32 bits (CRC-32) with its kind in it, so that a pile of a hundred thousand
articles takes some kilobytes each and no dictionary of all terms is needed; two terms in one place
of the table of a pile are rare, and then count together.
"""

from __future__ import annotations

import itertools
import math
import zlib
from array import array
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from site_gen.language.rarity import rarity_in_news
from site_gen.language.words import STOP_WORDS, stem, words

KINDS = ("words", "names", "numbers", "lead", "lead names", "name pairs", "word pairs")
LEAD = 40
"""Content words that an article opens with: headline and first sentences."""
LEAD_NAMES = 50
"""Content words among which the first names are looked for."""
MOST = 255
"""A term is counted so often at most."""
COMMON = 0.5
"""A term that so large a share of a pile has tells nothing…"""
PILE = 20
"""…where the pile has so many articles."""
OWN = 0.7
"""How rare a term is in its pile counts for so much, how rare in the news for the rest: the best of
0.3, 0.5, 0.7 and 1 on topics that no fit saw."""
STEPS = 20
"""Steps of one unit in which a term's rarity in the news is kept."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a text: for each of ``KINDS`` the hashes, in their order, how often each stands
    there, and how rare it is in the news."""

    found: tuple[tuple[array[int], bytes, bytes], ...]


def terms_of(text: str) -> Terms:
    """The terms of a text."""
    content: list[str] = []
    names: list[str] = []
    numbers: list[str] = []
    lead_names: list[str] = []
    name_pairs: list[tuple[str, str]] = []
    name_before = ""
    for start, _, word in words(text):
        if word in STOP_WORDS or len(word) < 2:
            name_before = ""
            continue
        term, first = stem(word), text[start]
        name, number = first.isupper(), first.isdigit()
        if (name or number) and len(content) < LEAD_NAMES:
            lead_names.append(term)
        if number:
            numbers.append(term)
        if name:
            names.append(term)
            if name_before:
                name_pairs.append((name_before, term))
        name_before = term if name else ""
        content.append(term)
    word_pairs = list(itertools.pairwise(content))
    alone = (content, names, numbers, content[:LEAD], lead_names)
    found = [_packed(_words(start, bag)) for start, bag in zip(_STARTS, alone, strict=False)]
    pairs = zip(_STARTS[len(alone) :], (name_pairs, word_pairs), strict=True)
    found += [_packed(_pairs(start, bag)) for start, bag in pairs]
    return Terms(tuple(found))


def hash_of(kind: str, term: str) -> int:
    """The number of a term of a kind."""
    return zlib.crc32(term.encode("utf-8", "surrogatepass"), _start(kind))


def _start(kind: str) -> int:
    """A checksum that has read the kind: what follows is read after it."""
    return zlib.crc32(f"{kind}\0".encode())


_STARTS = tuple(map(_start, KINDS))


@lru_cache(maxsize=100_000)
def _known(word: str) -> tuple[bytes, float]:
    """A word's bytes, and how rare it is in the news: asked for with each of its kinds."""
    return word.encode("utf-8", "surrogatepass"), rarity_in_news(word)


Hashed = dict[int, tuple[int, int]]
"""Hash of a term → how often it stands there, and how rare it is."""


def _words(start: int, words: list[str]) -> Hashed:
    hashed: Hashed = {}
    for word, count in Counter(words).items():
        data, rare = _known(word)
        known = zlib.crc32(data, start)
        hashed[known] = (min(count, MOST), min(round(rare * STEPS), 255))
    return hashed


def _pairs(start: int, pairs: list[tuple[str, str]]) -> Hashed:
    hashed: Hashed = {}
    for (one, other), count in Counter(pairs).items():
        first, rare = _known(one)
        second, more = _known(other)
        known = zlib.crc32(b"%b %b" % (first, second), start)
        hashed[known] = (min(count, MOST), min(round((rare + more) * STEPS), 255))
    return hashed


def _packed(hashed: Hashed) -> tuple[array[int], bytes, bytes]:
    order = sorted(hashed)
    return (
        array("I", order),
        bytes([hashed[known][0] for known in order]),
        bytes([hashed[known][1] for known in order]),
    )


class Seen:
    """How many articles of a pile have each term."""

    def __init__(self, articles: int) -> None:
        bits = max(20, min(26, math.ceil(math.log2(max(1, articles) * 512))))
        self.mask = (1 << bits) - 1
        self.table = array("I", bytes(4 << bits))
        self.articles = 0
        self.logs: dict[int, float] = {}
        """How much a term tells that so many articles have, as far as somebody asked."""

    def add(self, terms: Terms) -> None:
        """Count an article."""
        self.articles += 1
        table, mask = self.table, self.mask
        for hashes, _, _ in terms.found:
            for h in hashes:
                table[h & mask] += 1

    def of(self, term: int) -> int:
        """How many articles have that term."""
        return self.table[term & self.mask]

    def useful(self, term: int) -> bool:
        """Whether a term tells anything: another article has it, and not every second one."""
        seen = self.table[term & self.mask]
        return seen > 1 and (self.articles < PILE or seen <= COMMON * self.articles)


Vectors = tuple[dict[int, float], ...]
"""For each of ``KINDS`` the weights of the terms of an article; each of length 1, or empty."""


def vectors(terms: Terms, seen: Seen) -> Vectors:
    """The weights of an article's terms: the rarer in the pile, the more."""
    out = []
    table, mask, logs = seen.table, seen.mask, seen.logs
    most = len(table) if seen.articles < PILE else COMMON * seen.articles
    for hashes, counts, rare in terms.found:
        found: dict[int, float] = {}
        for h, count, news in zip(hashes, counts, rare, strict=True):
            have = table[h & mask]
            if 1 < have <= most:
                if have not in logs:
                    logs[have] = OWN * math.log((seen.articles + 1) / have)
                found[h] = _OFTEN[count] * (logs[have] + _IN_NEWS[news])
        length = math.sqrt(sum([w * w for w in found.values()])) or 1.0
        out.append({h: w / length for h, w in found.items()})
    return tuple(out)


_OFTEN = tuple(1 + math.log(max(1, n)) for n in range(MOST + 1))
_IN_NEWS = tuple((1 - OWN) * n / STEPS for n in range(256))
INDEXED = 12
"""An article is looked for by so many of its terms: on ECB+ 98 % of the true pairs share one, and
6 % of all pairs do."""
LISTED = 200
"""A term that more articles have leads to none of them."""


def telling(terms: Terms, seen: Seen) -> list[int]:
    """The words that tell most of an article, by how often it says them and how few others do."""
    hashes, counts, _ = terms.found[0]
    found = [
        (-count * math.log((seen.articles + 1) / seen.of(h)), h)
        for h, count in zip(hashes, counts, strict=True)
        if seen.useful(h) and seen.of(h) <= LISTED
    ]
    return [h for _, h in sorted(found)[:INDEXED]]
