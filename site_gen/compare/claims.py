"""What a sentence asserts, word by word: each word that can be a predicate, of what, and whether it
is denied. Read from the coarse tags alone; what they do not tell has no subject, and is compared
with nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from site_gen.language.lists import phrases, table
from site_gen.language.neutral import folded_word
from site_gen.language.reading import NounPhrase, Reading, read
from site_gen.language.words import STOP_WORDS, stem

_CAN_ASSERT = frozenset("EVIn")
_BETWEEN = frozenset("XRVEI")
_DIRECTIONS = frozenset(
    """
        north south east west northeast northwest southeast southwest northern southern eastern
        western upstream downstream""".split()
)
_TELLS = frozenset("EVInMG")
SHORT = 4
"""Letters below which a word asserts nothing that could be compared."""
WIDEST = 6
"""Tokens between a predicate and the phrase that it is said of, or a word that denies it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A word that asserts something: its form for comparing, what it is said of (the same, empty
    where the sentence does not tell), whether it is denied, and its span in the text."""

    key: str
    subject: str
    denied: bool
    absent: bool
    """Whether "no" stands before it: there is no such thing."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of a sentence by their keys; ``open``: whether the sentence leaves open what it
    says, or only says that somebody does."""

    of: Mapping[str, tuple[Claim, ...]]
    open: bool
    words: frozenset[str]
    """All of its words that tell something."""


@lru_cache(maxsize=1024)
def claims(text: str, marks: tuple[tuple[int, int], ...] = ()) -> Claims:
    """The claims of a sentence, outside quotation marks. ``marks``: the spans of it that stand
    inside some which open or close in another sentence."""
    reading = read(text)
    words = [t.lower.replace("’", "'") for t in reading.tokens]
    lists = table("negations")
    leaves_open = {*lists["hedge"], *lists["open"], *lists["condition"]}
    found: dict[str, list[Claim]] = defaultdict(list)
    for n, token in enumerate(reading.tokens):
        plain = token.tag in _CAN_ASSERT and token.text[0].isalpha()
        if not plain or len(token.text) < SHORT or words[n] in STOP_WORDS:
            continue
        if reading.quoted[n] or any(a <= token.start < b for a, b in marks):
            continue
        claim = _claim(reading, n, words)
        if claim:
            found[claim.key].append(claim)
    every = frozenset(folded_word(t.text) for t in reading.tokens if t.tag in _TELLS)
    return Claims(
        {k: tuple(v) for k, v in found.items()}, any(w in leaves_open for w in words), every
    )


def _claim(reading: Reading, at: int, words: Sequence[str]) -> Claim | None:
    """The claim that a word makes; none where it only describes another noun."""
    token = reading.tokens[at]
    deny, lessen = table("negations")["deny"], table("negations")["lessen"]
    if "no" in words[max(0, at - 2) : at] and token.tag in "nV":
        return Claim(folded_word(token.text), "", True, True, token.start, token.end)
    if any(w in lessen for w in words[max(0, at - WIDEST) : at]):
        return None  # "insufficiently equipped and experienced": how far it reaches is not told
    own = next((p for p in reading.phrases if p.first <= at < p.last), None)
    if own is not None and own.head != at:
        return None
    if words[at] in _DIRECTIONS:
        subject = _of_what(reading, at)
        first = at
    else:
        begins = own.first if own is not None else at
        subject = _subject(reading, begins)
        first = subject.first if subject else begins
    denied = any(w in deny for w in words[max(first, at - WIDEST) : at])
    return Claim(
        folded_word(token.text), _head(reading, subject), denied, False, token.start, token.end
    )


def _of_what(reading: Reading, at: int) -> NounPhrase | None:
    """What a direction is told from: the last phrase of "south of the town of Oster"."""
    tokens, found = reading.tokens, None
    while at + 1 < len(tokens) and tokens[at + 1].lower == "of":
        after = reading.beginning.get(at + 2)
        if after is None:
            break
        found, at = after, after.last - 1
    return found


def _subject(reading: Reading, begins: int) -> NounPhrase | None:
    """The phrase that a word is said of: the last one before its auxiliaries, without what "of" or
    "in" ties to it."""
    at = begins
    while begins > 0 and reading.tokens[begins - 1].tag in _BETWEEN and at - begins < WIDEST:
        begins -= 1
    if begins == at:
        return None
    phrase = reading.ending.get(begins)
    if phrase is None and reading.tokens[begins - 1].tag == ",":
        phrase = reading.ending.get(begins - 1)  # "The caretaker, Ina Folk, was missing"
        if phrase is not None and reading.tokens[phrase.head].tag != "M":
            return None
    while phrase is not None and phrase.first > 0:
        if reading.tokens[phrase.first - 1].tag != "P":
            return phrase
        phrase = reading.ending.get(phrase.first - 1)
    return phrase


def _head(reading: Reading, phrase: NounPhrase | None) -> str:
    """The head of a phrase for comparing; empty for a pronoun, which may be anybody."""
    if phrase is None:
        return ""
    token = reading.tokens[phrase.head]
    return "" if token.tag == "O" else folded_word(token.text)


def exclude_each_other(first: str, second: str) -> bool:
    """Whether two words, in lower case or as their stems, are states that exclude each other, or
    one is the other with a prefix that denies it."""
    places = [_states().get(w) or _states().get(stem(w)) or frozenset() for w in (first, second)]
    apart = any(
        line == other_line and column != other_column
        for line, column in places[0]
        for other_line, other_column in places[1]
    )
    short, long = sorted((first, second), key=len)
    return apart or any(long == prefix + short for prefix in _DENYING)


_DENYING = ("un", "in", "il", "im", "non-")


@cache
def _states() -> Mapping[str, frozenset[tuple[int, int]]]:
    """Each word of ``en/states.txt``, and its stem → the lines and columns in which it stands."""
    out: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for line, told in enumerate(phrases("states")):
        for column, words in enumerate(told.split()):
            for word in words.split("+"):
                out[word].add((line, column))
                out[stem(word)].add((line, column))
    return {word: frozenset(places) for word, places in out.items()}
