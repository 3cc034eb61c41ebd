"""Disputes: two values of different sources that cannot both be true, and about which everything
else says that they are the same thing.

A wrong "figures differ" is the worst thing that a page can say. A pair is held to be in dispute
only where the fitted evidence (``DISPUTE`` of ``weights.py``) is strong, each value is the other's
best partner, and nothing beside them says that they are parts, remainders, other outcomes or the
same words. The evidence looks at what stands around the values, at whether either has a partner
that it agrees with, at how many others could be meant, and at how far apart the values are: two
outlets that differ on one thing seldom differ tenfold.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from site_gen.compare import weights
from site_gen.compare.facts import Fact
from site_gen.compare.same import (
    BLIND,
    THRESHOLD,
    Pair,
    agree,
    bare_weekday,
    blind_sureness,
    comparable,
    evidence,
    heads,
    probability,
)
from site_gen.language.synonyms import KINDS, PEOPLE, root
from site_gen.language.words import stem

Cell = tuple[int, int]
LEAST = 0.35
"""The least probability of a dispute: of the steps of 0.05 from 0.2 to 0.7 the best for conflicts
of ``stories/`` in five folds. Higher ones find fewer of the invented conflicts and take fewer
look-alikes for one."""
REST = re.compile(
    r"\b(?:other|others|another|more(?! than)|additional|further|remaining|rest|extra)\b",
    re.IGNORECASE,
)
"""Words that count what is left beside a number given before."""
ANAPHORIC = re.compile(
    r"\b(?:same|that|following|previous|next|before|after|earlier|later)\b", re.IGNORECASE
)
"""Dates that are read off another date of the text."""
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
COPY = 0.6
"""Two sentences that share this much of their words are one text, as copies of a wire report
are."""
_HARM = frozenset((0, 1, 2))
"""Death, injury, missing: the outcomes that a count of people is of or is not of."""
_SURE = 0.01
"""Keeps log odds within five."""

# which numbers of ``same.evidence`` count here as well
_SEEN = {
    "date": (
        """
            same_grain first_mention few_words one_weekday both_said both_days words near bounds
            alone""".split()
    ),
    "figure": (
        """
            few_words near same_head counted other_head measure duration words_all words
            first_mention""".split()
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
                " close same_side same_bound years said_same same_unit outcome"
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
                " outcome_of_one nameless_ages"
            ),
        ),
    )
    for name in names.split()
}
"""What each number can only count for (1) or against (-1)."""


def disputes(
    first: Sequence[tuple[int, Sequence[Fact]]],
    second: Sequence[tuple[int, Sequence[Fact]]],
    pair: Pair,
    scores: Mapping[Cell, float],
) -> dict[Cell, tuple[float, Fact, Fact]]:
    """The pairs of units of two sources that are in dispute: (number of one, of the other) →
    probability and the two facts that show it.

    ``scores``: the sureness of the pairs whose values can both be true.
    """
    told: dict[Cell, tuple[float, Fact, Fact]] = {}
    for cell, f, g, of in candidates(first, second, pair, scores):
        told[cell] = probability(of, f.kind, NAMES[f.kind], weights.DISPUTE), f, g
    best: dict[int, float] = defaultdict(float)
    for cell, (score, _, _) in told.items():
        for n in cell:
            best[n] = max(best[n], score)
    return {
        cell: found
        for cell, found in told.items()
        if found[0] >= LEAST and all(found[0] >= best[n] for n in cell)
    }


def candidates(
    first: Sequence[tuple[int, Sequence[Fact]]],
    second: Sequence[tuple[int, Sequence[Fact]]],
    pair: Pair,
    scores: Mapping[Cell, float],
    *,
    every: bool = False,
) -> Iterable[tuple[Cell, Fact, Fact, dict[str, float]]]:
    """The pairs of comparable units whose values do not meet, with the two facts that are most
    alike, and their evidence.

    Those that can be no dispute are left out, unless ``every`` pair is asked for.
    """
    partner: dict[int, float] = defaultdict(float)
    for cell, score in scores.items():
        for n in cell:
            partner[n] = max(partner[n], score)
    ours, theirs = _by_shape(first), _by_shape(second)
    for (x, unit), (y, other) in (
        (one, two)
        for shape, units in ours.items()
        for one in units
        for two in theirs.get(shape, ())
    ):
        possible = [
            (f, g) for f in unit for g in other if (every or _possible(f, g)) and comparable(f, g)
        ]
        if not possible or (x, y) in scores or agree(unit[0], other[0]):
            continue
        f, g = (
            possible[0]
            if len(possible) == 1
            else max(possible, key=lambda p: (blind_sureness(p[0], p[1], pair), p[0].key, p[1].key))
        )
        seen = evidence(f, g, pair)
        of = {
            "blind": log_odds(probability(seen, f.kind, BLIND[f.kind], weights.BLIND)),
            "agreed": log_odds(max(partner[x], partner[y])),
            "agreed_both": log_odds(min(partner[x], partner[y])),
            "rivals": math.log1p(
                _rivals((x, unit), ours, other, partner)
                + _rivals((y, other), theirs, unit, partner)
            ),
        } | dispute_evidence(f, g, pair, seen)
        if every or _may_differ(f, g, of):
            yield (x, y), f, g, of


Shape = tuple[str, str, bool]
Numbered = tuple[int, Sequence[Fact]]


def _by_shape(units: Sequence[Numbered]) -> dict[Shape, list[Numbered]]:
    """Units by kind, dimension and whether they are ages: others cannot be compared."""
    out: dict[Shape, list[Numbered]] = defaultdict(list)
    for n, unit in units:
        out[unit[0].kind, unit[0].dimension, unit[0].age].append((n, unit))
    return out


def _rivals(
    one: Numbered,
    side: Mapping[Shape, Sequence[Numbered]],
    other: Sequence[Fact],
    partner: Mapping[int, float],
) -> int:
    """How many others of a unit's side could be meant by ``other`` as well: of its shape and grain,
    not in agreement with it or with anybody."""
    n, unit = one
    first = unit[0]
    count = 0
    for m, rival in side[first.kind, first.dimension, first.age]:
        if (
            m == n
            or partner.get(m, 0.0) >= THRESHOLD
            or (first.kind == "date" and rival[0].head != first.head)
            or agree(rival[0], other[0])
        ):
            continue
        pair = next(((f, g) for f in rival for g in other if comparable(f, g)), None)
        count += pair is not None and (first.kind == "date" or heads(*pair) >= 0)
    return count


def log_odds(value: float) -> float:
    """Log odds, within about five either way."""
    return math.log((value + _SURE) / (1 + _SURE - value))


def dispute_evidence(
    first: Fact, second: Fact, pair: Pair, seen: Mapping[str, float]
) -> dict[str, float]:
    """What two facts by themselves tell of a dispute, by name; the same whichever of the two comes
    first. ``seen``: their ``evidence``."""
    of = {name: seen[name] for name in _SEEN[first.kind]}
    holders = [f.said_by.lower().split()[-1:] for f in (first, second)]
    of |= {
        "said_same": float(bool(holders[0]) and holders[0] == holders[1]),
        "said_other": float(all(holders) and holders[0] != holders[1]),
        "one_quoted": float(first.quoted != second.quoted),
    }
    of |= _words_apart(first, second, pair, seen["words"])
    return of | (_of_dates(first, second) if first.kind == "date" else _of_figures(first, second))


def _words_apart(first: Fact, second: Fact, pair: Pair, alike: float) -> dict[str, float]:
    """What each says beside its value and the other does not: where two sentences are alike, a word
    of their own tells two things apart."""
    elsewhere = {side.source: side.seen for side in (pair.a, pair.b)}
    sides = ((first, second), (second, first))
    names = [
        sum(
            root(n.removesuffix("'s").removesuffix("’s")) not in elsewhere[y.source]
            for n in x.names
        )
        for x, y in sides
    ]
    foreign = [
        sum(w not in elsewhere[y.source] and w not in LIGHT for w in x.near) for x, y in sides
    ]
    own = [sum(w not in y.context and w not in LIGHT for w in x.near) for x, y in sides]
    return {
        "foreign_names": float(min(names) > 0),
        "foreign_words": min(3, *foreign) / 3,
        "own_words": min(3, *own) / 3,
        "own_words_alike": min(3, *own) / 3 * alike,
        "own_names": float(
            bool(first.names_beside - second.names) and bool(second.names_beside - first.names)
        ),
        "own_people": float(
            all(
                any(
                    w in PEOPLE and near >= NEXT and w not in y.context and w not in LIGHT
                    for w, near in x.near.items()
                )
                for x, y in sides
            )
        ),
        "other_time": float(other_time(first, second)),
        "old_one": float(_old(first) != _old(second)),
        "one_before": _one(first, second, BEFORE),
        "one_part": _one(first, second, PART),
    }


def other_time(first: Fact, second: Fact) -> bool:
    """Whether both sentences name a time, and not the same: two seasons or years, or days more than
    a quarter apart."""
    if not all(
        f.when and (f.when[0][1] - f.when[0][0] >= WEEK or abs(f.when[0][0] - f.published) > WEEK)
        for f in (first, second)
    ):
        return False  # the day of the news stands in every report
    (p, q), (r, s) = first.when[0], second.when[0]
    far = LONG_AGO if max(q - p, s - r) < WEEK else 0
    return p - s > far or r - q > far


def _old(fact: Fact) -> bool:
    """Whether its sentence puts it into a time long past."""
    return bool(fact.when) and bool(fact.published) and fact.when[0][1] < fact.published - LONG_AGO


def _one(first: Fact, second: Fact, words: frozenset[str]) -> float:
    return float(bool(words & first.beside) != bool(words & second.beside))


def _of_dates(first: Fact, second: Fact) -> dict[str, float]:
    days = min(
        abs((first.low or 0) - (second.low or 0)), abs((first.high or 0) - (second.high or 0))
    )
    near = min(abs((f.low or 0) - f.published) for f in (first, second))
    return {
        "distance": math.log1p(days) / 4,
        "close": float(days <= 14 if first.head == "day" else days < 1500),
        "same_side": float(
            ((first.high or 0) >= first.published) == ((second.high or 0) >= second.published)
        ),
        "both_ahead": float(all((f.low or 0) > f.published for f in (first, second))),
        "news_day": float(
            any((f.low or 0) <= f.published <= (f.high or 0) for f in (first, second))
        ),
        "same_bound": float(first.hedge == second.hedge != "exact"),
        "either_said": float(first.said or second.said),
        "weekdays": float(bare_weekday(first) and bare_weekday(second)),
        "years": float(first.head == second.head == "year"),
        "this_week": float(near <= 7),
    }


def _of_figures(first: Fact, second: Fact) -> dict[str, float]:
    x, y = (abs((f.low if f.low is not None else f.high) or 0.0) for f in (first, second))
    apart = abs(math.log(max(x, 0.01) / max(y, 0.01)))
    return {
        "distance": min(apart, 5.0),
        "close": float(apart < 0.7),
        "same_unit": float(first.unit == second.unit),
        "head_open": float(heads(first, second) in (0.0, 0.3)),
        "outcome": float(not first.taken[0].isdisjoint(second.taken[0])),
        "money": float(len(first.unit) == 3 and first.unit.isupper()),
        "outcome_of_one": float(
            not first.age and bool(first.taken[0] & _HARM) != bool(second.taken[0] & _HARM)
        ),
        "nameless_ages": float(first.age and not first.names & second.names),
        "count": float(not first.dimension),
        "both_hedged": float(first.hedge != "exact" and second.hedge != "exact"),
    }


def _possible(first: Fact, second: Fact) -> bool:
    """Whether two facts whose values do not meet can be the same thing told differently, as far as
    single words tell; the cheapest question first."""
    beside = not first.near.keys().isdisjoint(second.near)
    if (first.kind == "date" and not beside) or first.context.keys().isdisjoint(second.context):
        return False
    if first.text.lower() == second.text.lower():
        return False  # the same words, resolved differently by us
    if first.kind == "date":
        if ANAPHORIC.search(first.text) or ANAPHORIC.search(second.text):
            return False  # which day is meant is our reading of the text before
        if any(
            (x.high or 0) < x.published and (y.low or 0) > y.published
            for x, y in ((first, second), (second, first))
        ):
            return False  # one is past, the other is to come
        # "said Monday": the day of a statement
        return not any(f.said and bare_weekday(f) for f in (first, second))
    if first.dimension:
        if not first.age and not beside:
            # measures, money and shares are of many things; what stands next to them must say which
            return False
    elif heads(first, second) <= 0 and first.taken[0].isdisjoint(second.taken[0]):
        return False
    if first.led_by_with != second.led_by_with:
        return False  # "with 11 nations" does not count the one that deals with them
    return (
        bool(REST.search(first.text)) == bool(REST.search(second.text))
        and not _part_of(first, second)
        and not _part_of(second, first)
    )


def _may_differ(first: Fact, second: Fact, of: Mapping[str, float]) -> bool:
    """Whether two facts that are ``_possible`` can be the same thing, as far as their evidence
    tells."""
    if first.kind == "figure" and of["own_names"] and of["words"] >= COPY:
        return False  # one text about two places
    return first.kind == "date" or not any(
        of[name]
        for name in ("other_time", "old_one", "own_people", "nameless_ages", "outcome_of_one")
    )


def _part_of(first: Fact, second: Fact) -> bool:
    """Whether one counts a kind of people ("five children") and the other more people
    altogether."""
    kinds = first.root in KINDS, second.root in KINDS
    return (
        kinds == (True, False)
        and heads(first, second) < 1
        and (first.high or first.low or 0) < (second.low or second.high or 0)
    )
