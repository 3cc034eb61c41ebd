"""Words as they are compared where what a thing is called matters: forms of one word, and words of
``en/neutral.txt``, are one; synonyms are not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from site_gen.language.lists import lines
from site_gen.language.words import stem

_WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}(?![a-z])"  # U.S., G.O.P.
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?%?|%"
    r"|[^\W\d_]+(?:[-'’][^\W\d_]+|\*+[^\W\d_]*)*"
)


class Word(NamedTuple):
    """A word of a text: its span, and the form in which it is compared."""

    start: int
    end: int
    key: str


@lru_cache(maxsize=1024)
def plain_words(text: str) -> tuple[Word, ...]:
    """The words of a text, dotted and hyphenated ones whole, each with the form in which it is
    compared."""
    new = tuple.__new__
    return tuple([new(Word, (m.start(), m.end(), folded_word(m[0]))) for m in _WORD.finditer(text)])


@lru_cache(maxsize=65536)
def folded_word(word: str) -> str:
    """The form in which a word is compared: small, without a genitive, as its stem, and the first
    of the words that name the same neutrally."""
    low = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    bare = low.replace(".", "") if "." in low and not low[0].isdigit() else low
    known = _listed("neutral")
    return known.get(low) or known.get(bare) or known.get(stem(bare)) or stem(bare)


@lru_cache(maxsize=65536)
def everyday_word(word: str) -> str:
    """The same, and words that all outlets use for one another every day are one
    (``en/everyday.txt``)."""
    folded = folded_word(word)
    known = _listed("everyday")
    return known.get(word.lower()) or known.get(folded) or folded


@cache
def _listed(name: str) -> Mapping[str, str]:
    out: dict[str, str] = {}
    for line in lines(name):
        words = line.split()
        key = stem(words[0].replace(".", ""))
        for word in words:
            out.setdefault(word, key)
            out.setdefault(stem(word.replace(".", "")), key)
    return out
