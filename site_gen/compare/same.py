"""Whether two facts of different sources are about the same thing: the evidence as numbers, and how
sure it makes us.

A fact is held against another by what is counted, the unit, the words of their sentences, their
places and the match of their paragraphs. Two weightings of that evidence are shipped
(``weights.py``, fitted by ``python -m benchmarks fit-rows``): one for values that can both be true,
which may count that they are equal; and one that sees no value at all, for values that cannot both
be true: only what stands around two numbers can say that they are the same thing told differently.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from site_gen.compare import weights
from site_gen.compare.facts import Fact, Side
from site_gen.compare.verdicts import days_meet
from site_gen.language.synonyms import PEOPLE, opposed
from site_gen.model import HEADLINE

Links = Mapping[tuple[str, int, str, int], float]

NAMES = {
    "date": tuple(
        """
            meet equal this_week same_grain weekday_and_date first_mention few_words wide
            one_weekday early link both_said news_day both_days words words_weekdays width_ratio
            headline near bounds alone apart names""".split()
    ),
    "figure": tuple(
        """
            meet equal small words_meet few_words specific near both_quoted early same_head
            names near_equal same_hedge counted other_head measure duration times words_all
            first_mention percent""".split()
    ),
}
"""The numbers of ``evidence`` for each kind of fact, in order."""
BLIND = {
    "date": tuple(
        """
            same_grain weekday_and_date first_mention few_words one_weekday early link both_said
            both_days words words_weekdays near bounds alone apart names""".split()
    ),
    "figure": tuple(
        "few_words near both_quoted early same_head names counted other_head measure duration"
        " words_all words link first_mention".split()
    ),
}
"""The numbers that do not look at the values."""
THRESHOLD = 0.3
"""The least sureness at which two facts are held to be about the same thing: the best in five folds
of ``stories/``, where 0.27 to 0.36 differ by little."""
FEW = 10
"""Numbers up to this one are equal by chance all the time."""
EARLY = 3
"""Paragraphs up to this one tell the news itself."""


@dataclass(slots=True)
class Pair:
    """Two sources, side by side: how rare each word is in the two of them, and what follows from
    it. Nothing of a third source is in it, but through ``links``."""

    a: Side
    b: Side
    links: Links
    news_day: float = 0.0
    _rarity: dict[str, float] = field(default_factory=dict)
    _weighed: dict[tuple[str, int, int], tuple[dict[str, float], float]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        """The day that both speak of most."""
        days = Counter(
            f.low
            for side in (self.a, self.b)
            for f in side.facts
            if f.kind == "date" and f.head in ("day", "time")
        )
        self.news_day = (
            min(days.items(), key=lambda d: (-d[1], d[0] or 0))[0] or 0.0 if days else 0.0
        )

    def rarity(self, word: str) -> float:
        """How much a word tells here: the logarithm of paragraphs over those that it stands in."""
        known = self._rarity.get(word)
        if known is None:
            count, seen = (
                self.a.paragraphs + self.b.paragraphs,
                self.a.seen[word] + self.b.seen[word],
            )
            known = self._rarity[word] = math.log((count + 1) / (seen + 0.5)) if seen else 0.0
        return known

    def weighed(self, fact: Fact) -> tuple[dict[str, float], float]:
        """The words of a fact's sentence with their weights, and the sum of these."""
        known = self._weighed.get(fact.key)
        if known is None:
            weights_ = {w: near * self.rarity(w) for w, near in fact.context.items()}
            known = self._weighed[fact.key] = weights_, sum(weights_.values())
        return known

    def near(self, first: Fact, second: Fact) -> float:
        """The share of the words next to two facts that both have, from 0 to 1."""
        common = first.near.keys() & second.near.keys()
        if not common:
            return 0.0
        both = sum(min(first.near[w], second.near[w]) * self.rarity(w) for w in common)
        least = min(sum(v * self.rarity(w) for w, v in f.near.items()) for f in (first, second))
        return both / max(1e-9, least)


def agree(first: Fact, second: Fact) -> bool:
    """Whether the values of two facts of one kind can both be true."""
    if first.kind == "date":
        return days_meet(first, second, (first.least, first.most), (second.least, second.most))
    return first.least <= second.most and second.least <= first.most


def comparable(first: Fact, second: Fact) -> bool:
    """Whether two facts can be about the same thing at all: of one kind, in one dimension, not
    killed against injured."""
    if first.kind != second.kind or first.dimension != second.dimension or first.age != second.age:
        return False
    if first.age:
        return True
    if (
        first.kind == "figure"
        and not first.dimension
        and first.least <= second.most
        and second.least <= first.most
        and heads(first, second) < 0
        and not {first.root, second.root} <= PEOPLE
    ):
        few = first.low != second.low or (first.low or 0) <= FEW
        if few or first.context.keys().isdisjoint(second.context):
            return False  # two towers are not two cabins, but 42 members may be 42 senators
    return not opposed(first.taken, second.taken)


def sureness(first: Fact, second: Fact, pair: Pair) -> float:
    """The probability, as fitted, that two comparable facts whose values can both be true are about
    the same thing."""
    return probability(evidence(first, second, pair), first.kind, NAMES[first.kind], weights.SAME)


def blind_sureness(first: Fact, second: Fact, pair: Pair) -> float:
    """The probability, as fitted, that two comparable facts are about the same thing, whatever
    their values are."""
    return probability(evidence(first, second, pair), first.kind, BLIND[first.kind], weights.BLIND)


def probability(
    of: Mapping[str, float],
    kind: str,
    names: Sequence[str],
    model: Mapping[str, Mapping[str, float]],
) -> float:
    """What a model makes of the evidence."""
    w = model[kind]
    return 1 / (1 + math.exp(-(w["added"] + sum(w[name] * of[name] for name in names))))


def evidence(first: Fact, second: Fact, pair: Pair) -> dict[str, float]:
    """Every number that the weights are for, by name; the same whichever of the two comes first."""
    (x, x_all), (y, y_all) = pair.weighed(first), pair.weighed(second)
    common = x.keys() & y.keys()
    shared = sum(min(x[w], y[w]) for w in common)
    words_ = min(1.0, shared / max(1e-9, min(x_all, y_all)))
    near = pair.near(first, second)
    meet = float(agree(first, second))
    equal = float((first.low, first.high) == (second.low, second.high))
    p, q = max(0, first.paragraph), max(0, second.paragraph)
    of = {
        "meet": meet,
        "equal": equal,
        "words": words_,
        "words_all": shared / max(1e-9, x_all, y_all),
        "few_words": float(len(common) <= 1),
        "near": near,
        "names": min(3, len(first.names & second.names)) / 3,
        "early": float(max(p, q) <= EARLY),
        "apart": abs(p - q) / 10,
        "link": pair.links.get(
            (first.source, first.paragraph, second.source, second.paragraph), 0.0
        ),
        "first_mention": float(first.first and second.first),
        "headline": float(HEADLINE in (first.paragraph, second.paragraph)),
        "alone": float(first.alone and second.alone),
        "words_meet": meet * words_,
    }
    return of | (
        _of_dates(first, second, pair, words_)
        if first.kind == "date"
        else _of_figures(first, second, equal, near)
    )


def _of_dates(first: Fact, second: Fact, pair: Pair, shared: float) -> dict[str, float]:
    bare = bare_weekday(first), bare_weekday(second)
    wide = [(f.high or 0) - (f.low or 0) for f in (first, second)]
    days = [abs(f.published - (f.low or f.high or 0)) for f in (first, second) if f.published]
    news = all(
        f.head in ("day", "time") and (f.low or 0) <= pair.news_day <= (f.high or 0)
        for f in (first, second)
    )
    return {
        "this_week": float(bool(days) and min(days) <= 7),
        "same_grain": float(first.head == second.head),
        "both_days": float(first.head == second.head == "day"),
        "weekday_and_date": float(first.head == second.head == "day" and bare[0] != bare[1]),
        "one_weekday": float(bare[0] != bare[1]),
        "news_day": float(news and all(bare)),
        "words_weekdays": shared * all(bare),
        "both_said": float(first.said and second.said),
        "wide": math.log1p(max(wide)) / 6,
        "width_ratio": abs(math.log1p(wide[0]) - math.log1p(wide[1])) / 6,
        "bounds": float(bool({first.hedge, second.hedge} - {"about", "exact"})),
    }


def _of_figures(first: Fact, second: Fact, equal: float, near: float) -> dict[str, float]:
    head = heads(first, second)
    x, y = first.roots, second.roots
    value = first.low if first.low is not None else first.high
    return {
        "small": equal * ((value or 0) <= 10),
        "specific": equal * specific(first),
        "both_quoted": float(first.quoted and second.quoted),
        "same_head": float(head == 1),
        "other_head": float(head < 0),
        "near_equal": equal * near,
        "same_hedge": float(first.hedge == second.hedge),
        "counted": len(x & y) / max(1, min(len(x), len(y))),
        "measure": float(bool(first.dimension)),
        "duration": float(first.dimension == "time" and not first.age),
        "times": math.log(first.times * second.times),
        "percent": float(first.unit == "percent" and second.unit == "percent"),
    }


def specific(fact: Fact) -> bool:
    """Whether a figure is one that hardly two things in a story have: 134, 1.43 million; not 12,
    200 or 50 percent."""
    value = fact.low if fact.low is not None else fact.high
    digits = f"{value or 0:.10g}".replace(".", "").strip("0")
    return len(digits) > 2 and "e" not in digits


def bare_weekday(fact: Fact) -> bool:
    """ "Thursday", "today": reports of one event name its day all the time, which makes no row by
    itself."""
    return fact.head in ("day", "time") and not any(c.isdigit() for c in fact.text)


def heads(first: Fact, second: Fact) -> float:
    """1 for the same thing counted, 0.3 where one may be the other, 0 where one is not said, -1
    where they are different things."""
    if first.dimension:
        return 0.5
    x, y = first.root, second.root
    if x and y:
        if x == y or x in second.roots or y in first.roots:
            return 1.0
        return 0.3 if "person" in (x, y) and x in PEOPLE and y in PEOPLE else -1.0
    return 0.3 if (x and x in second.roots) or (y and y in first.roots) else 0.0
