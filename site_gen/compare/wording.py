"""What one outlet did to another's words inside quotation marks: the same, cut, or altered.

Words are compared folded: case, marks, contractions ("we're"), abbreviations (I.R.S.), numerals,
"&" and masked letters tell nothing. What an outlet itself marks as left out or put in ("…", "[the
mayor]") is a cut, and so are words at either end and long stretches that one leaves out. An
alteration is a word of weight that the other has not in that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import ratio

from site_gen.language.counting import ONES, TENS
from site_gen.language.lists import table
from site_gen.language.lists import words as listed
from site_gen.language.words import STOP_WORDS, stem, words

Kind = Literal["same words", "cut", "altered words"]
_MARKED = re.compile(r"\[[^\]]*\]|\([^)]*\)|…|\.{3}|\. \. \.")
"""What an outlet put into or cut out of a quotation, and says so."""
_WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}|\d+(?:[.,:]\d+)*|[^\W\d_][^\W\d_*]*\*[\w*]*"
    r"|[^\W\d_]+(?:[’'][^\W\d_]+)*|\d+\w*|[&%]"
)
_LISTS = table("wording")
_SHORT = {
    key.removeprefix("full "): full for key, full in _LISTS.items() if key.startswith("full ")
}
_ENDS = (("n't", "not"), ("'re", "are"), ("'ll", "will"), ("'ve", "have"), ("'d", "would"))
_HOSTS = frozenset(_LISTS["hosts"])
FILLERS = frozenset(_LISTS["fillers"])
"""Words that a speaker puts in without saying anything."""
STRONG = frozenset(_LISTS["strong"])
"""Words that tell little elsewhere but change what a sentence says."""
POINTING = frozenset(_LISTS["pointing"])
"""Words that stand for what was named before."""
TITLES = listed("titles")
"""Words that may stand before a name or not."""
RUN = 4
"""Words in a row that two quotations must have in common, unless one is wholly part of the
other."""
ALIKE = 0.6
"""Share of the shorter quotation's words that the other must have in order."""
DENSE = 0.75
"""Share of the words of the stretch that both quote, long cuts not counted, that both must have:
below it the two are two sentences."""
LONG = 4
"""So many words left out in one place are a cut, and no slip."""
ANCHOR = 3
"""The stretch that both quote begins and ends with so many words in a row."""
SLIP = 2
"""So many words that two quotations end with otherwise are an alteration, and not two ends."""
ISLAND = 1
"""So few equal words between two changes make them one: "this president" against "President
Trump"."""
SPELT = 70.0
"""Likeness of two names, of 100, from which one is the other spelt otherwise ("Gadhafi",
"Qaddafi")."""


class Word(NamedTuple):
    """A folded word, and the span of the text that it stands for."""

    key: str
    start: int
    end: int
    name: bool


@dataclass(frozen=True, slots=True)
class Quoted:
    """The words of a quotation, and after how many of them the outlet marks something as left out
    or put in."""

    words: tuple[Word, ...]
    gaps: frozenset[int]
    keys: tuple[str, ...]
    """The folded words."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of one quotation (from ``a`` to ``b``) in the place of words of the other (``c`` to
    ``d``); either may be none. ``inside``: not at an end of what both quote."""

    a: int
    b: int
    c: int
    d: int
    inside: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """How two quotations of the same words differ. ``alike``: from 0 to 1; ``altered``: the changes
    that make it an alteration; ``cut``: what one of them leaves out."""

    kind: Kind
    alike: float
    altered: tuple[Change, ...] = ()
    cut: tuple[Change, ...] = ()


@lru_cache(maxsize=2048)
def quoted(text: str) -> Quoted:
    """A quotation, folded."""
    found: list[Word] = []
    gaps: set[int] = set()
    marks = [*_MARKED.finditer(text), None]
    at = 0
    for mark in marks:
        end = mark.start() if mark else len(text)
        for match in _WORD.finditer(text, at, end):
            name = match[0][0].isupper() and bool(found)
            for key in _folded(match[0]):
                found.append(Word(key, match.start(), match.end(), name))
        if mark:
            gaps.add(len(found))
            at = mark.end()
    return Quoted(tuple(found), frozenset(gaps - {0, len(found)}), tuple([w.key for w in found]))


def plain(text: str) -> Iterator[str]:
    """The words of a quotation as they stand, without what the outlet put in."""
    for part in _MARKED.split(text):
        yield from (w for _, _, w in words(part))


@lru_cache(maxsize=30_000)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(_parts(word))


def _parts(word: str) -> Iterator[str]:
    low = word.lower().replace("’", "'").replace(".", "") if word[0].isalpha() else word
    if low in _SHORT:
        yield from _SHORT[low]
        return
    for ending, full in _ENDS:
        if low.endswith(ending) and low != ending:
            yield from (low.removesuffix(ending), full)
            return
    if low.endswith("'s") and low[:-2] in _HOSTS:
        yield from (low[:-2], "is")
    elif low in ONES or low in TENS:
        yield str({**ONES, **TENS}[low])
    else:
        yield low.replace(",", "") if low[0].isdigit() else low


def compare_words(first: str, second: str) -> Wording | None:
    """What became of the words between two quotations, given as their texts; ``None`` where they
    are two quotations."""
    x, y = quoted(first), quoted(second)
    if x.keys == y.keys:
        return Wording("same words", 1.0)
    short, long = sorted((len(x.words), len(y.words)))
    if not short:
        return None
    ops = [
        (op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end)
        for op in Indel.opcodes(x.keys, y.keys)
    ]
    runs = [b - a for tag, a, b, _, _ in ops if tag == "equal"]
    whole = sum(runs) == short
    if not whole and (max(runs, default=0) < RUN or sum(runs) < ALIKE * short):
        return None
    if whole and not _in_pieces(ops, x if len(x.words) == short else y):
        whole = False
        if max(runs) < RUN:
            return None
    changes = _changes(ops, x, y)
    altered = tuple(c for c in changes if c.inside and _alters(c, x, y))
    if not whole and not _dense(ops, changes):
        return None
    cut = tuple(c for c in changes if c not in altered and _leaves_out(c, x, y))
    alike = sum(runs) / short
    if altered:
        return Wording("altered words", 0.9 * alike, altered, cut)
    return Wording("cut" if cut else "same words", 0.5 * alike + 0.5 * short / long, (), cut)


Op = tuple[str, int, int, int, int]


def _in_pieces(ops: Sequence[Op], part: Quoted) -> bool:
    """Whether the words of the shorter one stand together in the other, but for where it marks a
    gap itself, or the other does."""
    runs = [op for op in ops if op[0] == "equal"]
    return len(runs) <= 1 + len(part.gaps) or min(op[2] - op[1] for op in runs) >= ANCHOR


def _changes(ops: Sequence[Op], first: Quoted, second: Quoted) -> list[Change]:
    """What is not equal, a deletion and an insertion in one place together. A word or two that both
    end with otherwise stand inside."""
    anchors = [
        n
        for n, op in enumerate(ops)
        if op[0] == "equal" and (op[2] - op[1] >= ANCHOR or _ends_with(op, first, second))
    ]
    begin, end = (anchors[0], anchors[-1]) if anchors else (0, len(ops))
    out: list[Change] = []
    for n, (tag, a, b, c, d) in enumerate(ops):
        if tag == "equal":
            continue
        inside = begin < n < end
        ends = (b, d) == (len(first.words), len(second.words)) and n > 0
        if out and a - out[-1].b <= ISLAND and c - out[-1].d <= ISLAND:
            before = out.pop()
            a, c, inside = before.a, before.c, before.inside and inside
        inside |= ends and 0 < b - a <= SLIP and 0 < d - c <= SLIP
        out.append(Change(a, b, c, d, inside))
    return out


def _ends_with(op: Op, first: Quoted, second: Quoted) -> bool:
    """Whether an equal run of two words or more begins or ends one of the quotations, or any run
    both."""
    begins, ends = (op[1] == 0, op[3] == 0), (op[2] == len(first.words), op[4] == len(second.words))
    return all(begins) or all(ends) or (op[2] - op[1] > 1 and (any(begins) or any(ends)))


def _alters(change: Change, first: Quoted, second: Quoted) -> bool:
    """Whether a change inside what both quote is one that a reader should know of."""
    if _marked(change, first, second):
        return False
    ours, theirs = first.words[change.a : change.b], second.words[change.c : change.d]
    if not ours or not theirs:
        more = ours or theirs
        return len(more) < LONG and any(_weighs(w.key) and w.key not in TITLES for w in more)
    if any(POINTING.issuperset(w.key for w in side) for side in (ours, theirs)):
        return False  # "The Earth is not the objective", "That is not the objective"
    return not _one_wording(ours, theirs) and any(_weighs(w.key) for w in (*ours, *theirs))


def _one_wording(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether two runs of words are one: written together ("worldview"), in another order ("either
    with") or spelt otherwise."""
    one, other = [w.key for w in ours], [w.key for w in theirs]
    if "".join(one) == "".join(other) or sorted(one) == sorted(other):
        return True
    return len(one) == len(other) == 1 and _spelt(ours[0], theirs[0])


def _weighs(key: str) -> bool:
    return key in STRONG or (key not in STOP_WORDS and key not in FILLERS)


def _spelt(one: Word, other: Word) -> bool:
    """Whether two words are one in two spellings or forms, or one of them is masked."""
    if "*" in one.key or "*" in other.key:
        return one.key[0] == other.key[0]
    if one.key[0].isdigit() or other.key[0].isdigit():
        return False
    both_names = one.name and other.name
    return stem(one.key) == stem(other.key) or (both_names and ratio(one.key, other.key) >= SPELT)


def _marked(change: Change, first: Quoted, second: Quoted) -> bool:
    """Whether an outlet says itself that it left something out or put something in there."""
    return any(change.a <= gap <= change.b for gap in first.gaps) or any(
        change.c <= gap <= change.d for gap in second.gaps
    )


def _leaves_out(change: Change, first: Quoted, second: Quoted) -> bool:
    """Whether one of the two has words of weight where the other has none or marks a gap."""
    ours, theirs = first.words[change.a : change.b], second.words[change.c : change.d]
    if len(ours) == len(theirs) == 1 and _spelt(ours[0], theirs[0]):
        return False
    return any(_weighs(w.key) for w in (*ours, *theirs)) and (
        not ours or not theirs or not change.inside or _marked(change, first, second)
    )


def _dense(ops: Sequence[Op], changes: Sequence[Change]) -> bool:
    """Whether the stretch that both quote is mostly the same words."""
    inside = [c for c in changes if c.inside]
    equal = sum(b - a for tag, a, b, _, _ in ops if tag == "equal")
    odd = sum(
        max(c.b - c.a, c.d - c.c)
        for c in inside
        if min(c.b - c.a, c.d - c.c) or max(c.b - c.a, c.d - c.c) < LONG
    )
    return equal >= DENSE * (equal + odd)
