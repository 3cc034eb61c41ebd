"""Tables of words around a number: hedges, names that carry numbers, and words that end a counted
noun phrase."""

from __future__ import annotations

import re
from typing import cast

from site_gen.language.lists import lines, words
from site_gen.model import Hedge


def _hedges(where: str) -> tuple[tuple[tuple[str, ...], Hedge], ...]:
    """The hedges that stand there, the longest first: their words, and what they mean."""
    out = []
    for line in lines("hedges"):
        head, _, phrase = line.partition(": ")
        side, meaning = head.split()
        if side == where:
            out.append((tuple(phrase.split()), cast(Hedge, meaning)))
    return tuple(sorted(set(out), key=lambda x: (-len(x[0]), x[0])))


HEDGES_BEFORE = _hedges("before")
"""Hedges that stand before the number (the guide's table), the longest first."""

HEDGES_AFTER = _hedges("after")

NAMES_WITH_NUMBERS = words("names_with_numbers")
"""Words before a number that make it part of a name, where they are capitalised ("Section 215",
"Boeing 737")."""

NUMBERED_THINGS = frozenset(
    "category phase page chapter verse grade appendix bus tram gate platform".split()
)
"""Words before a number that make it a name also in lower case ("a category 4 storm")."""

NEGATIONS = frozenset(
    """
        not never cannot can't won't didn't doesn't don't isn't wasn't wouldn't couldn't neither
        nor""".split()
)

MULTIPLES = {
    "twice": 2.0,
    "doubled": 2.0,
    "doubling": 2.0,
    "tripled": 3.0,
    "tripling": 3.0,
    "quadrupled": 4.0,
    "thrice": 3.0,
}

NOT_BEFORE_ONE = frozenset(
    "no any every each some this that the which only another such square day number loved another's"
    " anyone's".split()
)
NOT_AFTER_ONE = frozenset(
    """
        of another that who which is was has had can could would should will may might must day
        time way thing side hand reason point more last can't or for to in on at by as but and
        where""".split()
)

COUNT_STOP = words("ends_a_count")
"""Words that end the noun phrase after a number. Verbs in -ed that stand directly after a plural
end it in any case."""

_PLURAL = re.compile(r"[a-z]{2,}s")
_PLURALS = frozenset(
    "people men women children police troops aircraft personnel servicemen crew staff cattle sheep"
    " fish feet lives media officers policemen firemen congressmen".split()
)
_NOT_PLURAL = frozenset(
    "is was has this his its us plus thus across class less mass press process campus series status"
    " bus previous various serious religious famous business congress access gas address success"
    " loss pass cross boss glass as always perhaps focus respectively towards".split()
)


def head_of(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun: the head of what is counted."""
    return word in _PLURALS or (
        bool(_PLURAL.fullmatch(word))
        and word not in _NOT_PLURAL
        and not word.endswith(("ous", "ss"))
    )
