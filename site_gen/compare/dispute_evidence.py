"""What tells of two values that cannot both be true whether they are of one thing: the evidence of
a dispute, as named numbers.

It looks at what stands around the values, at whether either has a partner that it agrees with, at
how many others could be meant, and at how far apart the values are: two outlets that differ on one
thing seldom differ tenfold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_gen.compare.alike import Pair, bare_weekday, heads
from site_gen.compare.mentions import Context, Mention
from site_gen.fitted.model import Linear
from site_gen.language.synonyms import PEOPLE, root
from site_gen.language.words import stem

BEFORE = frozenset(
    "last previous previously earlier former then before ago compared record".split()
)
"""Beside one value alone, these say that it is of another time."""
PART = frozenset(
    "among including include included each per average alone half adult children women men only"
    " least helped single".split()
)
"""Beside one value alone, these say that it is a part."""
LIGHT = frozenset(
    stem(w)
    for w in """
        made make take took taken get got put give gave people person total altogether around
        near bring brought""".split()
)
"""Words that tell nothing apart."""
WEEK = 6
"""Days between the first and the last of a week."""
LONG_AGO = 90
"""Days before publication from which on a time is not that of the event: a quarter."""
NEXT = 0.6
"""The nearness of the three words on either side."""
_HARM = frozenset((0, 1, 2))
"""Death, injury, missing: the outcomes that a count of people is of or is not of."""
_SURE = 0.01
"""Keeps log odds within five."""

# which numbers of ``same.evidence`` count here as well
_SEEN = {
    "date": (
        """
            same_grain first_mention few_words one_weekday both_said both_days words near bounds
            alone sentence_link contrast clock subjects_apart""".split()
    ),
    "figure": (
        """
            few_words near same_head counted other_head measure duration words_all words
            first_mention sentence_link contrast clock subjects_apart""".split()
    ),
}
_WORDS = (
    "said_same said_other one_quoted foreign_names foreign_words own_words own_words_alike"
    " own_names own_people other_time old_one one_before one_part".split()
)
NAMES = {
    "date": (
        *_SEEN["date"],
        *"blind agreed agreed_both rivals distance close same_side both_ahead news_day same_bound"
        " either_said weekdays years this_week".split(),
        *_WORDS,
    ),
    "figure": (
        *_SEEN["figure"],
        *"blind agreed agreed_both rivals distance close same_unit head_open outcome money count"
        " both_hedged".split(),
        *_WORDS,
        *"outcome_of_one nameless_ages".split(),
    ),
}
"""The numbers of ``dispute_evidence`` for each kind of fact, in order."""

SIGNS = {
    name: sign
    for sign, names in (
        (
            1,
            (
                "same_grain first_mention both_days words near same_head counted words_all blind"
                " close same_side same_bound years said_same same_unit outcome sentence_link"
            ),
        ),
        (
            -1,
            (
                "few_words other_head rivals distance agreed agreed_both news_day either_said"
                " both_said foreign_names foreign_words own_words own_words_alike"
            ),
        ),
        (
            -1,
            (
                "own_names own_people other_time old_one one_before one_part said_other one_quoted"
                " outcome_of_one nameless_ages contrast clock subjects_apart"
            ),
        ),
    )
    for name in names.split()
}
"""What each number can only count for (1) or against (-1)."""


def log_odds(value: float) -> float:
    """Log odds, within about five either way."""
    return math.log((value + _SURE) / (1 + _SURE - value))


def dispute_evidence(
    first: Mention, second: Mention, pair: Pair, seen: Mapping[str, float]
) -> dict[str, float]:
    """What two mentions by themselves tell of a dispute, by name; the same whichever of the two
    comes first. ``seen``: their ``evidence``."""
    of = {name: seen[name] for name in _SEEN[first.kind]}
    return of | at_sight(first, second) | _words_apart(first, second, pair, seen["words"])


def at_sight(first: Mention, second: Mention) -> dict[str, float]:
    """What two mentions tell of a dispute by their values, their holders and where they stand, by
    name: what costs little."""
    holders = [f.said_by.lower().split()[-1:] for f in (first, second)]
    of = {
        "said_same": float(bool(holders[0]) and holders[0] == holders[1]),
        "said_other": float(all(holders) and holders[0] != holders[1]),
        "one_quoted": float(first.context.quoted != second.context.quoted),
    }
    return of | (_of_dates(first, second) if first.kind == "date" else _of_figures(first, second))


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The log odds that two mentions can have at most, of which some numbers are known."""

    rest: float
    weights: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, model: Linear, known: Iterable[str]) -> Ceiling:
        """For a model, and the names of what will be known."""
        names = frozenset(known)
        unknown = [(n, w) for n, w in model.weights.items() if n not in names and w > 0]
        return cls(
            model.added + sum(w * MOST.get(n, 1.0) * MORE for n, w in unknown),
            tuple((n, w) for n, w in model.weights.items() if n in names),
        )

    def odds(self, known: Mapping[str, float]) -> float:
        """For two mentions."""
        return self.rest + sum([w * known[name] for name, w in self.weights])


MOST = {"blind": 5.0, "distance": 5.0}
"""The most that a number can be that is not between 0 and 1."""
MORE = 1 + 1e-6
"""Shares may be more than 1 by what rounding adds."""


def _words_apart(first: Mention, second: Mention, pair: Pair, alike: float) -> dict[str, float]:
    """What each says beside its value and the other does not: where two sentences are alike, a word
    of their own tells two things apart."""
    elsewhere = {side.source: side.seen for side in (pair.a, pair.b)}
    sides = ((first, second), (second, first))
    names = [
        sum(
            root(n.removesuffix("'s").removesuffix("’s")) not in elsewhere[y.source]
            for n in x.context.names
        )
        for x, y in sides
    ]
    foreign = [
        sum(w not in elsewhere[y.source] and w not in LIGHT for w in x.context.near)
        for x, y in sides
    ]
    own = [
        sum(w not in y.context.words and w not in LIGHT for w in x.context.near) for x, y in sides
    ]
    return {
        "foreign_names": float(min(names) > 0),
        "foreign_words": min(3, *foreign) / 3,
        "own_words": min(3, *own) / 3,
        "own_words_alike": min(3, *own) / 3 * alike,
        "own_names": float(all(bool(x.context.names_beside - y.context.names) for x, y in sides)),
        "own_people": float(
            all(
                any(
                    w in PEOPLE and near >= NEXT and w not in y.context.words and w not in LIGHT
                    for w, near in x.context.near.items()
                )
                for x, y in sides
            )
        ),
        "other_time": float(other_time(first, second)),
        "old_one": float(_old(first) != _old(second)),
        "one_before": _one(first, second, BEFORE),
        "one_part": _one(first, second, PART),
    }


def other_time(first: Mention, second: Mention) -> bool:
    """Whether both sentences name a time, and not the same: two seasons or years, or days more than
    a quarter apart."""
    if not _tells_a_time(first.context) or not _tells_a_time(second.context):
        return False  # the day of the news stands in every report
    (p, q), (r, s) = first.context.when[0], second.context.when[0]
    far = LONG_AGO if max(q - p, s - r) < WEEK else 0
    return p - s > far or r - q > far


def _tells_a_time(context: Context) -> bool:
    """Whether its sentence names a time that is not the day of the news."""
    return any(q - p >= WEEK or abs(p - context.published) > WEEK for p, q in context.when)


def _old(mention: Mention) -> bool:
    """Whether its sentence puts it into a time long past."""
    day = mention.context.published
    return bool(day) and any(q < day - LONG_AGO for _, q in mention.context.when)


def _one(first: Mention, second: Mention, words: frozenset[str]) -> float:
    return float(bool(words & first.context.beside) != bool(words & second.context.beside))


def _of_dates(first: Mention, second: Mention) -> dict[str, float]:
    days = min(
        abs((first.low or 0) - (second.low or 0)), abs((first.high or 0) - (second.high or 0))
    )
    near = min(abs((f.low or 0) - f.context.published) for f in (first, second))
    return {
        "distance": math.log1p(days) / 4,
        "close": float(days <= 14 if first.head == "day" else days < 1500),
        "same_side": float(
            ((first.high or 0) >= first.context.published)
            == ((second.high or 0) >= second.context.published)
        ),
        "both_ahead": float(all((f.low or 0) > f.context.published for f in (first, second))),
        "news_day": float(
            any((f.low or 0) <= f.context.published <= (f.high or 0) for f in (first, second))
        ),
        "same_bound": float(first.hedge == second.hedge != "exact"),
        "either_said": float(first.context.said or second.context.said),
        "weekdays": float(bare_weekday(first) and bare_weekday(second)),
        "years": float(first.head == second.head == "year"),
        "this_week": float(near <= 7),
    }


def _of_figures(first: Mention, second: Mention) -> dict[str, float]:
    x, y = abs(first.size), abs(second.size)
    apart = abs(math.log(max(x, 0.01) / max(y, 0.01)))
    return {
        "distance": min(apart, 5.0),
        "close": float(apart < 0.7),
        "same_unit": float(first.unit == second.unit),
        "head_open": float(heads(first, second) in (0.0, 0.3)),
        "outcome": float(not outcomes(first).isdisjoint(outcomes(second))),
        "money": float(len(first.unit) == 3 and first.unit.isupper()),
        "outcome_of_one": float(
            not first.age and bool(outcomes(first) & _HARM) != bool(outcomes(second) & _HARM)
        ),
        "nameless_ages": float(first.age and not first.context.names & second.context.names),
        "count": float(not first.dimension),
        "both_hedged": float(first.hedge != "exact" and second.hedge != "exact"),
    }


def outcomes(mention: Mention) -> frozenset[int]:
    """Which of death, injury, rescue and the like its sentence tells."""
    return mention.context.taken.get(0, frozenset())
