"""How rare a word is in news: a background list of how many documents use it.

Rarity is inverse document frequency (Spärck Jones 1972), measured half on the story's own
paragraphs, where a word that all of them use tells nothing about which say the same thing, and half
on the background list.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

OWN_SHARE = 0.5
"""How much the story's own paragraphs say about a word's rarity, against the background list."""
UNLISTED = 4.0
"""Documents taken to use a word that the background list does not hold (it holds words of 20
documents and more)."""


@cache
def background() -> tuple[int, Mapping[str, int]]:
    """The number of background documents, and how many of them use each listed stem (written by
    ``benchmarks/background.py``)."""
    first, *lines = (
        files("site_gen.language").joinpath("background.txt").read_text("utf-8").splitlines()
    )
    return int(first), {word: int(count) for word, count in (line.split() for line in lines)}


def rarity(word: str, seen: int, paragraphs: int) -> float:
    """How much a stem that ``seen`` of a story's ``paragraphs`` use tells, from its use there and
    in the background."""
    own = math.log((paragraphs + 1) / (seen + 0.5))
    return OWN_SHARE * own + (1 - OWN_SHARE) * rarity_in_news(word)


@lru_cache(maxsize=65536)
def rarity_in_news(word: str) -> float:
    """How much a stem tells by how few background documents use it: 0 to 5.5."""
    documents, listed = background()
    return math.log((documents + 1) / (listed.get(word, UNLISTED) + 0.5))
