"""Whether two mentions of different sources are of the same thing: the evidence as named numbers,
and how sure it makes us.

A mention is held against another by what is counted, the unit, the words of their sentences, their
places and the match of their paragraphs. Two weightings of that evidence are shipped
(``fitted/rows.json``, made by ``python -m benchmarks fit``): one for values that can both be true,
which may count that they are equal; and one that sees no value at all, for values that cannot both
be true: only what stands around two numbers can say that they are the same thing told differently.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from site_gen.compare.mentions import Mention, Side
from site_gen.fitted.model import Linear, linear
from site_gen.language.synonyms import PEOPLE, opposed
from site_gen.model import HEADLINE, Link, can_both_be_true

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
"""The numbers of ``evidence`` that tell of one thing where the values can both be true."""
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
THRESHOLD = 0.4
"""The least sureness at which two mentions are held to be of the same thing. In five folds of
``stories/`` F1 is the same from 0.27 to 0.45; here 81 in 100 rows are the labels', at 0.3 73."""
FEW = 10
"""Numbers up to this one are equal by chance all the time."""
EARLY = 3
"""Paragraphs up to this one tell the news itself."""
KINDS = ("date", "figure")


@dataclass(frozen=True, kw_only=True, slots=True)
class RowModels:
    """What makes rows: for each kind of mention the model for values that can both be true, the one
    that sees no value, and the one for values that cannot."""

    same: Mapping[str, Linear]
    blind: Mapping[str, Linear]
    dispute: Mapping[str, Linear]


def shipped() -> RowModels:
    """The models of ``fitted/rows.json``."""
    return RowModels(
        **{
            part: {kind: linear("rows", f"{part} {kind}") for kind in KINDS}
            for part in ("same", "blind", "dispute")
        }
    )


@dataclass(slots=True)
class Pair:
    """Two sources, side by side: how rare each word is in the two of them, and what follows from
    it. Nothing of a third source is in it."""

    a: Side
    b: Side
    models: RowModels
    scores: Mapping[tuple[int, int], float]
    """The links: paragraph of ``a`` and of ``b`` → score."""
    spans: Mapping[tuple[int, int], tuple[tuple[int, int], tuple[int, int]]]
    """The sentences that made them, in the same order."""
    linked: Mapping[int, frozenset[int]]
    """The paragraphs of ``b`` that each paragraph of ``a`` has a link to."""
    news_day: float = 0.0
    _rarity: dict[str, float] = field(default_factory=dict)
    _weighed: dict[tuple[str, int, int], tuple[dict[str, float], float]] = field(
        default_factory=dict
    )
    _near: dict[tuple[tuple[str, int, int], int], float] = field(default_factory=dict)

    @classmethod
    def of(cls, first: Side, second: Side, links: Iterable[Link], models: RowModels) -> Pair:
        """The pair with its links, whichever way round these are."""
        here = [x for x in links if {x.a, x.b} == {first.source, second.source}]
        scores = {((x.i, x.j) if x.a == first.source else (x.j, x.i)): x.score for x in here}
        spans = {
            ((x.i, x.j) if x.a == first.source else (x.j, x.i)): (
                x.spans if x.a == first.source else (x.spans[1], x.spans[0])
            )
            for x in here
            if x.spans
        }
        linked: dict[int, set[int]] = defaultdict(set)
        for i, j in scores:
            linked[i].add(j)
        return cls(
            first, second, models, scores, spans, {i: frozenset(js) for i, js in linked.items()}
        )

    def __post_init__(self) -> None:
        """The day that both speak of most."""
        days = Counter(
            m.value.ends[0]
            for side in (self.a, self.b)
            for m in side.mentions
            if m.kind == "date" and m.head in ("day", "time")
        )
        self.news_day = (
            min(days.items(), key=lambda d: (-d[1], d[0] or 0))[0] or 0.0 if days else 0.0
        )

    def link(self, first: Mention, second: Mention) -> float:
        """The score of the link between the paragraphs of two mentions; 0 without one."""
        if first.source == self.a.source:
            return self.scores.get((first.paragraph, second.paragraph), 0.0)
        return self.scores.get((second.paragraph, first.paragraph), 0.0)

    def one_sentence(self, first: Mention, second: Mention) -> bool:
        """Whether two mentions stand in the very sentences that link their paragraphs."""
        one, two = (first, second) if first.source == self.a.source else (second, first)
        spans = self.spans.get((one.paragraph, two.paragraph))
        return bool(spans) and all(
            a <= m.start < b for m, (a, b) in zip((one, two), spans or (), strict=True)
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

    def weighed(self, mention: Mention) -> tuple[dict[str, float], float]:
        """The words of a mention's sentence with their weights, and the sum of these."""
        known = self._weighed.get(mention.key)
        if known is None:
            weights = {w: near * self.rarity(w) for w, near in mention.context.words.items()}
            known = self._weighed[mention.key] = weights, sum(weights.values())
        return known

    def near(self, first: Mention, second: Mention) -> float:
        """The share of the words next to two mentions that both have, from 0 to 1."""
        x, y = first.context.near, second.context.near
        common = x.keys() & y.keys()
        if not common:
            return 0.0
        rarity = self.rarity
        both = sum([(v if (v := x[w]) < (u := y[w]) else u) * rarity(w) for w in sorted(common)])
        one, other = self._beside(first), self._beside(second)
        return both / max(1e-9, one if one < other else other)

    def _beside(self, mention: Mention) -> float:
        """What the words next to a mention weigh."""
        key = (mention.key, mention.fact.end)
        known = self._near.get(key)
        if known is None:
            near = mention.context.near
            known = sum([v * self.rarity(w) for w, v in near.items()])
            self._near[key] = known
        return known

    def sureness(self, numbers: Mapping[str, float], kind: str) -> float:
        """The probability, as fitted, that two comparable mentions whose values can both be true
        are of the same thing, by their ``evidence``."""
        return self.models.same[kind].probability(numbers)

    def blind_odds(self, numbers: Mapping[str, float], kind: str) -> float:
        """The log odds that they are, whatever their values are."""
        return self.models.blind[kind].odds(numbers)


def agree(first: Mention, second: Mention) -> bool:
    """Whether the values of two mentions of one kind can both be true."""
    return can_both_be_true(first.value, second.value)


def comparable(first: Mention, second: Mention) -> bool:
    """Whether two mentions can be of the same thing at all: of one kind, in one dimension, not
    killed against injured."""
    if first.kind != second.kind or first.dimension != second.dimension or first.age != second.age:
        return False
    if first.age:
        return True
    if (
        first.kind == "figure"
        and not first.dimension
        and agree(first, second)
        and heads(first, second) < 0
        and not {first.root, second.root} <= PEOPLE
    ):
        few = first.value.low != second.value.low or (first.value.low or 0) <= FEW
        if few or first.context.words.keys().isdisjoint(second.context.words):
            return False  # two towers are not two cabins, but 42 members may be 42 senators
    return not opposed(first.context.taken, second.context.taken)


def evidence(first: Mention, second: Mention, pair: Pair) -> dict[str, float]:
    """Every number that the weights are for, by name; the same whichever of the two comes first."""
    (x, x_all), (y, y_all) = pair.weighed(first), pair.weighed(second)
    common = x.keys() & y.keys()
    shared = math.fsum([v if (v := x[w]) < (u := y[w]) else u for w in common])
    words = min(1.0, shared / max(1e-9, min(x_all, y_all)))
    near = pair.near(first, second)
    meet = float(agree(first, second))
    equal = float(first.value.ends == second.value.ends)
    p, q = max(0, first.paragraph), max(0, second.paragraph)
    one, other = first.context, second.context
    of = {
        "sentence_link": sentence_link(first, second, pair),
        "subjects_apart": float(_two_names(one.subject, other.subject)),
        "contrast": float(opposed(one.contrasts, other.contrasts)),
        "clock": float(bool(one.clock) and bool(other.clock) and one.clock.isdisjoint(other.clock)),
        "meet": meet,
        "equal": equal,
        "words": words,
        "words_all": shared / max(1e-9, x_all, y_all),
        "few_words": float(len(common) <= 1),
        "near": near,
        "names": min(3, len(first.context.names & second.context.names)) / 3,
        "early": float(max(p, q) <= EARLY),
        "apart": abs(p - q) / 10,
        "link": pair.link(first, second),
        "first_mention": float(first.context.first and second.context.first),
        "headline": float(HEADLINE in (first.paragraph, second.paragraph)),
        "alone": float(first.context.alone and second.context.alone),
        "words_meet": meet * words,
    }
    return of | (
        _of_dates(first, second, pair, words)
        if first.kind == "date"
        else _of_figures(first, second, equal, near)
    )


def sentence_link(first: Mention, second: Mention, pair: Pair) -> float:
    """How sure the link is whose sentences the two mentions stand in."""
    return pair.link(first, second) if pair.one_sentence(first, second) else 0.0


def _two_names(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two names are of two: other last words, or other first names before one last name."""
    if not first or not second or set(first) <= set(second) or set(second) <= set(first):
        return False
    return first[-1] != second[-1] or first[0] != second[0]


def _of_dates(first: Mention, second: Mention, pair: Pair, shared: float) -> dict[str, float]:
    bare = bare_weekday(first), bare_weekday(second)
    (a, b), (c, d) = (
        (low or 0.0, high or 0.0) for low, high in (first.value.ends, second.value.ends)
    )
    wide = [b - a, d - c]
    days = [abs(m.context.published - m.size) for m in (first, second) if m.context.published]
    news = all(
        m.head in ("day", "time") and low <= pair.news_day <= high
        for m, low, high in ((first, a, b), (second, c, d))
    )
    return {
        "this_week": float(bool(days) and min(days) <= 7),
        "same_grain": float(first.head == second.head),
        "both_days": float(first.head == second.head == "day"),
        "weekday_and_date": float(first.head == second.head == "day" and bare[0] != bare[1]),
        "one_weekday": float(bare[0] != bare[1]),
        "news_day": float(news and all(bare)),
        "words_weekdays": shared * all(bare),
        "both_said": float(first.context.said and second.context.said),
        "wide": math.log1p(max(wide)) / 6,
        "width_ratio": abs(math.log1p(wide[0]) - math.log1p(wide[1])) / 6,
        "bounds": float(bool({first.hedge, second.hedge} - {"about", "exact"})),
    }


def _of_figures(first: Mention, second: Mention, equal: float, near: float) -> dict[str, float]:
    head = heads(first, second)
    x, y = first.roots, second.roots
    return {
        "small": equal * (first.size <= 10),
        "specific": equal * specific(first),
        "both_quoted": float(first.context.quoted and second.context.quoted),
        "same_head": float(head == 1),
        "other_head": float(head < 0),
        "near_equal": equal * near,
        "same_hedge": float(first.hedge == second.hedge),
        "counted": len(x & y) / max(1, min(len(x), len(y))),
        "measure": float(bool(first.dimension)),
        "duration": float(first.dimension == "time" and not first.age),
        "times": math.log(first.context.times * second.context.times),
        "percent": float(first.unit == "percent" and second.unit == "percent"),
    }


def specific(mention: Mention) -> bool:
    """Whether a figure is one that hardly two things in a story have: 134, 1.43 million; not 12,
    200 or 50 percent."""
    digits = f"{mention.size:.10g}".replace(".", "").strip("0")
    return len(digits) > 2 and "e" not in digits


def bare_weekday(mention: Mention) -> bool:
    """ "Thursday", "today": reports of one event name its day all the time, which makes no row by
    itself."""
    return mention.head in ("day", "time") and not any(c.isdigit() for c in mention.text)


def heads(first: Mention, second: Mention) -> float:
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
