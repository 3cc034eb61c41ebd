"""Tables of words around a number: hedges, names that carry numbers, and words that end a counted noun phrase."""

from __future__ import annotations

import re

from site_gen.model import Hedge


def _phrases(rows: tuple[tuple[Hedge, str], ...]) -> tuple[tuple[tuple[str, ...], Hedge], ...]:
    out = [(tuple(phrase.split()), hedge) for hedge, phrases in rows for phrase in phrases.split(" | ")]
    return tuple(sorted(out, key=lambda x: (-len(x[0]), x[0])))


HEDGES_BEFORE = _phrases((
    ("about", "about | around | roughly | approximately | some | nearly | almost | an estimated | estimated | close to | circa | just about | near | up around | an average of | in the region of | somewhere around"),
    ("more_than", "more than | over | at least | no fewer than | no less than | not less than | upwards of | upward of | in excess of | exceeding | a minimum of | well over | just over | well more than | slightly more than | above | greater than | larger than | bigger than | higher than | greater than or equal to | more than or equal to | not fewer than | topped | a little more than"),
    ("less_than", "smaller than | lower than | less than or equal to | less than | under | fewer than | just under | below | well under | well below | slightly less than | slightly under"),
    ("at_most", "up to | as many as | as much as | no more than | not more than | at most | a maximum of | as high as | a record of up to"),
))  # fmt: skip
"""Hedges that stand before the number (the guide's table), the longest first."""

HEDGES_AFTER = _phrases((
    ("more_than", "or more | or older | and older | and over | and up | or greater | or over | and above | or higher"),
    ("about", "or so | or thereabouts"),
    ("at_most", "or less | or fewer | or younger | and under | or under"),
))  # fmt: skip

NAMES_WITH_NUMBERS = frozenset(
    """section title article chapter page flight boeing airbus highway route interstate number formula apollo channel proposition
    prop amendment resolution base room type windows iphone group terminal gate runway district ward precinct zone area block phase
    line platform pier berth unit volume vol part act scene grade level category class model mark season episode figure table
    appendix annex paragraph clause rule form schedule lot battalion brigade division squadron regiment company station channel
    radio local sputnik soyuz vostok area sector camp hut cell bay track stage round week day game super fortune ftse nikkei russell stoxx galaxy iphone ipad pixel xbox playstation covid euro p note""".split()
)
"""Words before a number that make it part of a name, where they are capitalised ("Section 215", "Boeing 737")."""

NUMBERED_THINGS = frozenset("category phase page chapter verse grade appendix bus tram gate platform".split())
"""Words before a number that make it a name also in lower case ("a category 4 storm")."""

NEGATIONS = frozenset("not never cannot can't won't didn't doesn't don't isn't wasn't wouldn't couldn't neither nor".split())

MULTIPLES = {"twice": 2.0, "doubled": 2.0, "doubling": 2.0, "tripled": 3.0, "tripling": 3.0, "quadrupled": 4.0, "thrice": 3.0}

NOT_BEFORE_ONE = frozenset(
    "no any every each some this that the which only another such square day number loved another's anyone's".split()
)
NOT_AFTER_ONE = frozenset(
    "of another that who which is was has had can could would should will may might must day time way thing side hand reason point more last can't or for to in on at by as but and where".split()
)

COUNT_STOP = frozenset(
    """a about above across after against ago ahead all along already also although am amid among an and any are as at away back
    be became because been before began being below beneath between both but by called came can claimed come could dead did died do does
    down during each either even ever every except fell for from gathered get go going got had has have he her here him his how however i if in inside
    instead into is it its just killed last later least left less lost made may me meanwhile might more most must my near need needed nor not now of off on once
    one only onto or our out outside over past per rather remain remained rose said saw say says sent she should since so still such than that the
    their them then there these they this those though through throughout till to today together told took toward towards under until up upon us via was
    we went were what when where whether which while who whom whose why will with within without won would yet you your yesterday tomorrow
    early late earlier according worth reported injured wounded missing hurt arrested aboard respectively apart each high wide long tall deep old""".split()
)
"""Words that end the noun phrase after a number. Verbs in -ed that stand directly after a plural end it in any case."""

_PLURAL = re.compile(r"[a-z]{2,}s")
_PLURALS = frozenset(
    "people men women children police troops aircraft personnel servicemen crew staff cattle sheep fish feet lives media officers policemen firemen congressmen".split()
)
_NOT_PLURAL = frozenset(
    "is was has this his its us plus thus across class less mass press process campus series status bus previous various serious religious famous business congress access gas address success loss pass cross boss glass as always perhaps focus respectively towards".split()
)


def head_of(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun: the head of what is counted."""
    return word in _PLURALS or (bool(_PLURAL.fullmatch(word)) and word not in _NOT_PLURAL and not word.endswith(("ous", "ss")))
