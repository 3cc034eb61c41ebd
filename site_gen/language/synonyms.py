"""Words that outlets use for one another when they tell one event: a small table of the project's
own.

Each line is one thing. Words are given in their plain form; ``synonym`` knows their inflections as
far as ``stem`` does. Words of one line of ``APART`` count different outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from site_gen.language.lists import phrases
from site_gen.language.words import stem, word_list

_GROUPS = """
troop soldier serviceman personnel force
death dead fatality life kill killed killing die died dying victim died
injury injured wounded wound hurt casualty injure
missing unaccounted
person people individual
passenger traveller traveler
resident inhabitant citizen villager townspeople local
ship vessel warship boat
plane aircraft jet
car vehicle
home house household
job position post
worker employee staff workforce
lawmaker legislator senator congressman representative
child kid pupil schoolchild
officer policeman police
protester demonstrator marcher
prisoner convict inmate
hostage captive
vote ballot
country nation state
company firm
town city
begin began begun start commence launch beginning
end finish conclude expire expiry
elect election elected
found founded establish established establishment foundation
build built construct construction
buy bought purchase acquire acquisition
sell sold sale
price cost fare
fine penalty
damage loss
pay paid payment
protest demonstration rally march
attack assault raid
blast explosion explode
fire blaze
crash collision collide accident
quake earthquake tremor
flood flooding
arrest detain custody apprehend arrested detained
jail prison imprison imprisoned bars
free release freed
kidnap abduct abduction kidnapping
approve approval pass adopt adoption
increase rise rose risen raise growth grow grew
cut reduce reduction lower drop fall fell fallen decline decrease
arrive arrival arrived reach
resign resignation resigned
evacuate evacuation evacuated
steal stole stolen theft robbery burglary
escape escaped breakout flee fled
meet meeting met talks summit
close closure closed shut
reopen reopening reopened
return returned back
temperature thermometer degree degrees
speed speeding
trapped trap stuck
deploy deployment deployed
inspect inspection inspected
erupt eruption erupted
bury burial buried funeral
reject rejected rejection
trial tried
"""
SYNONYMS: Mapping[str, str] = {
    form: line.split()[0]
    for line in reversed(_GROUPS.strip().splitlines())
    for word in line.split()
    for form in (word, stem(word))
}
"""A word, plain or as its stem → the word that stands for its line."""


def synonym(head: str) -> str:
    """The head noun, or the word that stands for its group."""
    return SYNONYMS.get(head, head)


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """A lower-case word as its stem, or the word that stands for its group."""
    return synonym(stem(word))


@lru_cache(maxsize=1024)
def roots(text: str) -> frozenset[str]:
    """The roots of all words of a paragraph, kept: who has a word, and how many use it."""
    return frozenset([root(w) for w in {w for _, _, w in word_list(text)}])


def _forms(line: str) -> frozenset[str]:
    return frozenset(
        SYNONYMS.get(form, form) for word in line.split() for form in (word, stem(word))
    )


APART = tuple(
    tuple(_forms(word) for word in group.split())
    for group in (
        "death injury missing rescue evacuate arrest displace infect survive",
        "hold lose gain",
        "increase cut",
        "hire fire",
        "approve reject",
        "begin end",
        "death bury",
        "arrest trial",
    )
)
"""Words of one line count different things: figures whose sentences hold different ones of them are
not about the same thing."""
PEOPLE = _forms(
    """person resident worker passenger child student troop officer protester prisoner hostage
    miner survivor victim man woman crew farmer teenager teacher doctor tourist skier fan spectator
    visitor guest customer refugee migrant voter member volunteer firefighter neighbour neighbor
    boy girl driver sailor fisherman climber hiker pilgrim striker trader patient nurse family adult
    pensioner senior"""
)
"""Heads that count human beings: "people" may be any of them."""

KINDS = _forms(
    "child woman man boy girl adult teenager student pensioner crew passenger driver soldier"
    " officer worker tourist"
)
"""Heads that count a kind of people, and so perhaps a part of them."""


def sides_taken(context: Iterable[str]) -> dict[int, frozenset[int]]:
    """For each line of ``APART`` of which a context holds words, which columns they stand in."""
    found: dict[int, set[int]] = {}
    for word in context:
        for line, column in _PLACES.get(word, ()):
            found.setdefault(line, set()).add(column)
    return {line: frozenset(columns) for line, columns in sorted(found.items())}


def opposed(first: Mapping[int, frozenset[int]], second: Mapping[int, frozenset[int]]) -> bool:
    """Whether two contexts take different sides of a line (killed against injured)."""
    return any(line in second and not columns & second[line] for line, columns in first.items())


def contrasts(told: Iterable[str]) -> dict[int, frozenset[int]]:
    """For each line of ``contrasts.txt`` of which some words, in lower case, are: which columns
    they stand in."""
    found: dict[int, set[int]] = {}
    for word in told:
        for line, column in _contrast_places().get(stem(word), ()):
            found.setdefault(line, set()).add(column)
    return {line: frozenset(columns) for line, columns in sorted(found.items())}


@cache
def _contrast_places() -> Mapping[str, Sequence[tuple[int, int]]]:
    out: dict[str, list[tuple[int, int]]] = {}
    for line, told in enumerate(phrases("contrasts")):
        for column, words in enumerate(told.split()):
            for word in words.split("+"):
                out.setdefault(stem(word), []).append((line, column))
    return out


_PLACES: dict[str, list[tuple[int, int]]] = {}
for _line, _row in enumerate(APART):
    for _column, _words in enumerate(_row):
        for _word in _words:
            _PLACES.setdefault(_word, []).append((_line, _column))
