"""Words and sentences of a text with their offsets: what finding, matching and comparing all read.

Everything here is a function of the text alone. Offsets are in characters of the text that was
given.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from site_gen.language.counting import ONES, TENS

WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+\w*")
"""A number with its separators, or a run of letters with inner apostrophes."""

STOP_WORDS = frozenset(
    """
        a about above after again against all also although am among an and any are as at be
        because been before being between both but by can could did do does doing down during
        each few for from further had has have having he her here hers herself him himself his
        how however i if in into is it its itself just may me meanwhile might more most must my
        no nor not now of off on once only or other our out over own per said same say says she
        should since so some such than that the their them then there these they this those
        though through to too told under until up upon us very was we were what when where which
        while who whom whose why will with within without would yet you your mr mrs ms according
        added""".split()
)
"""English words that carry no event of their own; "said" and "told" are among them, since every
report has them."""

NUMBER_WORDS = frozenset((*ONES, *TENS)) | frozenset(
    """
        hundred hundreds thousand thousands million millions billion billions trillion dozen
        dozens half percent per cent first second third""".split()
)
"""Words that are part of numbers: they never say what a number is about."""

_ABBREVIATIONS = frozenset(
    """
        mr mrs ms dr prof gen lt col sgt capt maj cmdr adm sen rep gov pres rev hon st jr sr vs
        etc no nos inc ltd co corp dept univ assn bros jan feb mar apr jun jul aug sept sep oct
        nov dec mon tue tues wed thu thur thurs fri sat sun ala ariz ark calif colo conn del fla
        ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt
        wash wis wyo a.m p.m e.g i.e u.s u.k u.n e.u d.c approx ft mt""".split()
)
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘„«‹(\[—–-]*[A-Z0-9À-ÞА-Я])|[。！？]")


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text as (start, end, lower-case word), apostrophes made straight."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), match[0].lower().replace("’", "'")


@lru_cache(maxsize=1024)
def word_list(text: str) -> tuple[tuple[int, int, str], ...]:
    """``words`` of a paragraph, kept: matching and comparing read the same ones."""
    straight = text.replace("’", "'") if "’" in text else text
    return tuple(
        [(m.start(), m.end(), straight[m.start() : m.end()].lower()) for m in WORD.finditer(text)]
    )


def words_within(text: str, start: int, end: int) -> tuple[tuple[int, int, str], ...]:
    """The words of a paragraph that begin in a span of it."""
    found = word_list(text)
    return found[bisect_left(found, (start,)) : bisect_left(found, (end,))]


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a paragraph as spans that leave no character but blanks between them."""
    cuts = []
    for match in _SENTENCE_END.finditer(text):
        before = text[: match.start()].rsplit(None, 1)[-1:] or [""]
        last = before[0].lstrip("\"'“‘([").lower()
        if (
            match[0].startswith(".")
            and len(match[0]) == 1
            and (last in _ABBREVIATIONS or re.fullmatch(r"\w|(?:\w\.)+\w", last))
        ):
            continue
        cuts.append(match.end())
    spans, start = [], 0
    for cut in [*cuts, len(text)]:
        while start < cut and text[start].isspace():
            start += 1
        end = cut
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            spans.append((start, end))
        start = cut
    return tuple(spans)


def sentence_at(text: str, position: int) -> tuple[int, int]:
    """The span of the sentence that holds a position; the whole text where none does."""
    spans = sentences(text)
    n = bisect_right(spans, (position, len(text))) - 1
    if n >= 0 and spans[n][0] <= position < spans[n][1]:
        return spans[n]
    return 0, len(text)


_IRREGULAR = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "lives": "life",
    "feet": "foot",
    "teeth": "tooth",
    "wives": "wife",
    "knives": "knife",
    "shelves": "shelf",
    "leaves": "leaf",
    "halves": "half",
    "police": "police",
    "wolves": "wolf",
    "servicemen": "serviceman",
    "policemen": "policeman",
    "firemen": "fireman",
    "congressmen": "congressman",
    "buses": "bus",
    "series": "series",
    "species": "species",
    "crises": "crisis",
    "data": "datum",
    "media": "media",
    "news": "news",
    "gas": "gas",
    "died": "die",
    "dying": "die",
    "lying": "lie",
    "lay": "lie",
    "rose": "rise",
    "fell": "fall",
    "was": "be",
    "were": "be",
    "killed": "kill",
    "began": "begin",
    "begun": "begin",
    "went": "go",
    "gone": "go",
    "came": "come",
    "left": "leave",
    "made": "make",
    "took": "take",
    "taken": "take",
    "gave": "give",
    "given": "give",
    "saw": "see",
    "seen": "see",
    "held": "hold",
    "sent": "send",
    "met": "meet",
    "won": "win",
    "lost": "lose",
    "ran": "run",
    "grew": "grow",
    "grown": "grow",
    "told": "tell",
    "said": "say",
}


def singular(word: str) -> str:
    """The singular of an English noun in lower case, by its ending."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and len(word) > 5:
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(
        r"(ss|sh|ch|x|zz|[bprnt]us)es$", word
    ):  # classes, viruses, buses; not houses, causes
        return word[:-2]
    return (
        word[:-1]
        if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is"))
        else word
    )


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A crude stem of a lower-case word, for comparing inflected forms; numbers stay as they
    are."""
    if not word or word[0].isdigit():
        return word.replace(",", "")
    word = word.removesuffix("'s").removesuffix("'")
    word = singular(word)
    for suffix, keep in (
        ("ational", 4),
        ("ization", 4),
        ("isation", 4),
        ("ing", 4),
        ("ied", 3),
        ("edly", 4),
        ("ed", 3),
        ("ly", 4),
        ("er", 4),
        ("ers", 4),
    ):
        if word.endswith(suffix) and len(word) - len(suffix) >= keep:
            word = word[: -len(suffix)] + ("y" if suffix == "ied" else "")
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@lru_cache(maxsize=2048)
def content_stems(text: str) -> frozenset[str]:
    """The stems of the words of a text that are no stop-words, kept: what is withheld and what is
    shown ask the same sentences."""
    return frozenset(map(stem, {word for _, _, word in word_list(text)} - STOP_WORDS))
