"""What headlines say that somebody does: two verbs behind the same subject and before the same
words.

Headlines of one story are laid on each other as linked sentences are. Only a verb counts here that
a name stands before and two words or a name that both have stand behind: every other place of a
headline may tell another thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import combinations

from rapidfuzz.distance import Indel

from site_gen.compare.claims import exclude_each_other
from site_gen.compare.telling import Told
from site_gen.language.lists import words as listed
from site_gen.language.neutral import Word, everyday_word, folded_word, plain_words
from site_gen.language.words import NUMBER_WORDS, STOP_WORDS
from site_gen.model import HEADLINE, Matches, Place

BEHIND = 2
"""Equal words behind a verb that hold its place."""
_VERB = re.compile(r"[a-z]+(?:s|ed|ing)$")
_PARTICLES = frozenset("on out up off down over back in".split())

Verbs = tuple[tuple[str, Place], tuple[str, Place], str]
"""Two verbs, each as compared and where it stands; and the words around, as the first has them."""


def headline_verbs(told: Told, matches: Matches) -> Iterator[Verbs]:
    """The verbs that stand in the same place of two headlines."""
    sources = [s for s in matches.sources if s in told.tellings]
    texts = {s: told.article(s).article.headline for s in sources}
    for a, b in combinations(sorted(s for s in sources if texts[s]), 2):
        yield from _of_pair((a, texts[a]), (b, texts[b]), told.proper)


Run = tuple[bool, int, int, int, int]


def _of_pair(first: tuple[str, str], second: tuple[str, str], proper: Set[str]) -> Iterator[Verbs]:
    left, right = plain_words(first[1]), plain_words(second[1])
    ops = Indel.opcodes([w.key for w in left], [w.key for w in right])
    runs = _joined(
        [(o.tag == "equal", o.src_start, o.src_end, o.dest_start, o.dest_end) for o in ops]
    )
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        if run[0] or not _holds(first[1], left, before, after, proper):
            continue
        one = _verb(first, left[run[1] : run[2]], proper)
        other = _verb(second, right[run[3] : run[4]], proper)
        if one and other and one[0] != other[0] and not exclude_each_other(one[0], other[0]):
            end = left[min(after[2], after[1] + 3) - 1].end
            subject = _at(first[1], left, before[2] - 1)
            yield one, other, f"{subject} … {first[1][left[after[1]].start : end]}"


def _at(text: str, words: Sequence[Word], at: int) -> str:
    return text[words[at].start : words[at].end]


def _holds(text: str, words: Sequence[Word], before: Run, after: Run, proper: Set[str]) -> bool:
    """Whether a name stands before a place, and enough behind it that is no part of the verb:
    "calls on", "takes on"."""
    if after[2] - after[1] < BEHIND or _at(text, words, after[1]).lower() in _PARTICLES:
        return False
    subject = _at(text, words, before[2] - 1)
    return _bare(subject) in proper or subject.isupper()


def _joined(runs: Sequence[Run]) -> list[Run]:
    """The runs, those that differ next to each other as one."""
    out: list[Run] = []
    for run in runs:
        if out and not run[0] and not out[-1][0]:
            last = out[-1]
            out[-1] = (False, last[1], run[2], last[3], run[4])
        else:
            out.append(run)
    return out


def _bare(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s")


def _verb(
    headline: tuple[str, str], words: Sequence[Word], proper: Set[str]
) -> tuple[str, Place] | None:
    """The verb that a run of words is, with its particle; none where it is more, or another
    word."""
    source, text = headline
    low = [text[w.start : w.end].lower() for w in words]
    if not low or len(low) > 2 or (len(low) == 2 and low[1] not in _PARTICLES):
        return None
    word = low[0]
    if word in proper or word in STOP_WORDS | NUMBER_WORDS or word in listed("neutral_verbs"):
        return None
    if not _VERB.match(word) and word not in listed("irregular_pasts"):
        return None
    if folded_word(word) in {folded_word(v) for v in listed("neutral_verbs")}:
        return None
    place = Place(article=source, paragraph=HEADLINE, start=words[0].start, end=words[-1].end)
    return everyday_word(word), place
