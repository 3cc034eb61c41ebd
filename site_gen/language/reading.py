"""The reading of a paragraph: tokens with coarse tags, sentences, quotation marks, noun phrases.
What all finders of speech share.

Small and deterministic: a tag is decided by a list, by the form of the word and by its neighbour.
It is no parser; what it cannot tell stays a noun. Offsets are in characters of the paragraph; other
places are indexes of tokens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from site_gen.language.lists import table, words
from site_gen.language.marks import quoted_spans
from site_gen.language.saying import Saying, saying_verbs
from site_gen.language.words import sentences

_TOKEN = re.compile(
    r"""
    \d+(?:[.,:]\d+)*(?:st|nd|rd|th)?%?(?:-[^\W\d_]+)*   # a number with its separators, "47-page"
  | (?:[A-Z]\.){2,}                               # U.S.
  # a title, an initial
  | (?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|St|Jr|Sr|Prof|Rev|Sens|Reps|[A-Z])\.(?=\s|,)
  # a word with inner marks, a plural's genitive
  | [^\W\d_]+(?:[-'’./][^\W\d_]+)*(?:(?<=s)['’](?=\s))?
  | --+ | \S
    """,
    re.VERBOSE,
)
_CLASSES = {
    "determiner": "D",
    "possessive": "H",
    "pronoun": "O",
    "preposition": "P",
    "conjunction": "C",
    "subordinator": "S",
    "auxiliary": "X",
    "adverb": "R",
}
_DASHES = frozenset(("-", "–", "—", "--", "---"))
_BEFORE_NOUN = frozenset("DHG9")
_BEGINS = frozenset((".", "?", "!", "q", "Q", "-", ":", ""))
_ALONE = frozenset("that this these those some many others another several both most one".split())
"""Articles that can stand for what they would stand before: "some said", "one of them"."""
_THAT_POINTS = frozenset(("P", "C", ".", ";", "D", "H", "q", "-", ""))
"""Tags behind which "that" points at something; elsewhere it begins a clause."""
_CONTRACTED = re.compile(r"(?:i|you|he|she|it|we|they|that|there|who|what)['’](?:s|ll|d|ve|re|m)")
_NOUNISH = frozenset("nM9G")
_NUMBER = re.compile(
    r"\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half)$"
)


class Token(NamedTuple):
    """A word or a mark: its span, itself, in lower case, and its tag.

    Tags: D determiner, H possessive, O pronoun, P preposition, C conjunction, S subordinator, X
    auxiliary, R adverb, V verb of saying, E form in -ed, I form in -ing, M capitalised, G genitive,
    9 number, n anything else that has letters; ``(`` and ``)`` quotation marks as ``q`` opening and
    ``Q`` closing; dashes ``-``; other marks are themselves.
    """

    start: int
    end: int
    text: str
    lower: str
    tag: str


_new = tuple.__new__
"""Makes a token without the detour over its keyword arguments: there are thousands."""


class NounPhrase(NamedTuple):
    """A run of tokens ``first:last`` that names or describes somebody or something; ``head`` is its
    last token."""

    first: int
    last: int

    @property
    def head(self) -> int:
        """The token that it is about."""
        return self.last - 1


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph, read. ``sentences`` are ranges of tokens, ``quoted`` tells for each token
    whether it stands inside quotation marks."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    quoted: tuple[bool, ...]
    phrases: tuple[NounPhrase, ...]
    beginning: Mapping[int, NounPhrase]
    """Phrases by their first token."""
    ending: Mapping[int, NounPhrase]
    """Phrases by the token behind them."""

    def between(self, first: int, last: int) -> str:
        """The text from one token to before another."""
        return (
            self.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""
        )


@cache
def _function_words() -> Mapping[str, str]:
    out: dict[str, str] = {}
    for name, members in table("function_words").items():
        for word in members:
            out.setdefault(word, _CLASSES[name])
    return out


@lru_cache(maxsize=1024)
def read(text: str) -> Reading:
    """A paragraph, read; kept, since several finders ask."""
    tokens = tagged(text)
    bounds = _sentence_bounds(text, tokens)
    quoted = _inside_marks(text, tokens)
    phrases = _noun_phrases(tokens, bounds)
    return Reading(
        text,
        tokens,
        bounds,
        quoted,
        phrases,
        {p.first: p for p in phrases},
        {p.last: p for p in phrases},
    )


@lru_cache(maxsize=1024)
def tagged(text: str) -> tuple[Token, ...]:
    """The tokens of a paragraph, or of a part of one, for who needs no more of it."""
    marks: dict[int, str] = {}
    for span in quoted_spans(text):
        marks[span.opens] = "q"
        if span.closed:
            marks[span.closes - 1] = "Q"
    out: list[Token] = []
    before, led = (
        "",
        False,
        # the tag before, and whether an article leads the run of names and nouns that a word goes
        # on
        # with
    )
    for match in _TOKEN.finditer(text):
        word, start = match[0], match.start()
        lower, tag, verb = _word(word)
        if verb is not None and (tag == "n" or before in _BEGINS):
            tag = "n" if verb.both and _as_noun(verb, before, led) else "V"
        elif lower == "that" and before not in _THAT_POINTS:
            tag = "S"
        elif start in marks:
            tag = marks[start]
        out.append(_new(Token, (start, start + len(word), word, lower, tag)))
        before = tag
        led = tag in "DH" or (led and (tag in _NOUNISH or tag == "R"))
    return tuple(out)


@lru_cache(maxsize=30_000)
def _word(word: str) -> tuple[str, str, Saying | None]:
    """A word in lower case, its tag as far as it stands for itself, and the verb of saying that it
    can be."""
    lower = word.lower()
    known = _function_words().get(lower)
    if known:
        return lower, known, None
    first = word[0]
    if not first.isalnum():
        return lower, "-" if word in _DASHES else first, None
    if first.isdigit() or _NUMBER.match(lower):
        return lower, "n" if "-" in word else "9", None
    if word.endswith(("'s", "’s", "s'", "s’")):
        return lower, "G", None
    verb = saying_verbs().get(lower)
    if first.isupper():
        return lower, "M", verb
    if verb is not None:
        return lower, "n", verb
    if _CONTRACTED.fullmatch(lower):
        return lower, "X", None
    return lower, _by_ending(lower), None


def _by_ending(lower: str) -> str:
    if lower.endswith("ly") and len(lower) > 4:
        return "R"
    if (lower.endswith("ed") and len(lower) > 4) or lower in words("irregular_pasts"):
        return "E"
    return "I" if lower.endswith("ing") and len(lower) > 5 else "n"


def _as_noun(verb: Saying, before: str, led: bool) -> bool:
    """Whether a word that is verb and noun is a noun: behind an article, a preposition, or a run
    that an article leads ("the DOJ report")."""
    if verb.form in ("past", "ing"):
        return before in "DH" and verb.form == "ing"
    if before in _BEFORE_NOUN or before == "P":
        return True
    return verb.form == "base" and led and before in "nM"


def _inside_marks(text: str, tokens: tuple[Token, ...]) -> tuple[bool, ...]:
    """Whether each token stands between quotation marks."""
    out = [False] * len(tokens)
    n = 0
    for span in quoted_spans(text):
        while n < len(tokens) and tokens[n].start < span.start:
            n += 1
        while n < len(tokens) and tokens[n].start < span.end:
            out[n] = True
            n += 1
    return tuple(out)


def _sentence_bounds(text: str, tokens: tuple[Token, ...]) -> tuple[tuple[int, int], ...]:
    out: list[tuple[int, int]] = []
    n = 0
    for _, end in sentences(text):
        first = n
        while n < len(tokens) and tokens[n].start < end:
            n += 1
        if n > first:
            out.append((first, n))
    return tuple(out)


def _noun_phrases(
    tokens: tuple[Token, ...], bounds: tuple[tuple[int, int], ...]
) -> tuple[NounPhrase, ...]:
    """Runs of determiner, genitive, number, name and noun; a pronoun is one alone. A participle
    counts before a noun of its run only."""
    out: list[NounPhrase] = []
    for first, last in bounds:
        start = -1
        for n in range(first, last + 1):
            tag = tokens[n].tag if n < last else "."
            follows = tokens[n + 1].tag if n + 1 < last else "."
            inner = start >= 0 and tag in "EI" and follows in "nM" and tokens[n - 1].tag in "DHG"
            joined = start >= 0 and tag == "&" and follows in "MG" and tokens[n - 1].tag == "M"
            if tag in _NOUNISH or inner or joined:
                start = n if start < 0 else start
                continue
            if start >= 0:
                _close(tokens, start, n, out)
                start = -1
            if tag in "DH":
                start = n
            elif tag == "O":
                out.append(NounPhrase(n, n + 1))
    return tuple(out)


def _close(tokens: tuple[Token, ...], start: int, end: int, out: list[NounPhrase]) -> None:
    if tokens[end - 1].tag in "DH" and tokens[end - 1].lower not in _ALONE:
        return
    if (
        tokens[end - 1].tag == "G"
        and end - start == 1
        and tokens[start].tag == "G"
        and tokens[start].lower in ("it's", "it’s")
    ):
        return
    out.append(NounPhrase(start, end))
