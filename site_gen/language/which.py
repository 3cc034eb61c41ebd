"""Which language a text is in, by its commonest small words; nothing is said where no language is
clear."""

from __future__ import annotations

import re

from site_gen.language.lists import table

LEAST_WORDS = 40
"""A shorter text does not say which language it is in."""
SHARE = 0.12
"""Of a text's words at least this share are the small words of its language: a quarter to a half
are, in prose."""
AHEAD = 1.5
"""The language's small words are this many times as frequent as those of the next."""
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """The language of a text as a subtag of BCP 47 ("de"); empty where it is not clear."""
    found = _WORD.findall(text.lower()[:20_000])
    if len(found) < LEAST_WORDS:
        return ""
    scores = sorted(
        ((sum(w in members for w in found), name) for name, members in _small_words().items()),
        reverse=True,
    )
    (best, name), (second, _) = scores[0], scores[1]
    return name if best >= SHARE * len(found) and best >= AHEAD * second else ""


def _small_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(members) for name, members in table("function_words", "any").items()}
