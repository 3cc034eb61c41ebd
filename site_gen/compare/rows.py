"""Rows: facts of different sources about the same thing, grouped best first, each with a verdict.

Every fact stands in exactly one row; most rows hold one source. Repeats within one source are
gathered first. Two groups are merged while the sureness of their best pair reaches the threshold,
the mean over all pairs holds, and neither has a source of the other. Values that cannot both be
true come together only where everything around them says that they are the same thing
(``disputes.py``).
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations

from site_gen.compare.alike import THRESHOLD, Pair, RowModels, agree, comparable, evidence, shipped
from site_gen.compare.candidates import Numbered, Pairing, Unit, pairs, speaking
from site_gen.compare.disputes import LEAST, disputes
from site_gen.compare.labels import label
from site_gen.compare.mentions import Mention, Side, mentions
from site_gen.compare.verdicts import Judgement, judge
from site_gen.compare.weight import routine, weight
from site_gen.grouping import Groups, merge_best_first
from site_gen.model import (
    HEADLINE,
    Absence,
    Annotated,
    Article,
    Cell,
    DateValue,
    Link,
    Matches,
    Place,
    Row,
    Statement,
)
from site_gen.model.message import joined, say

POSSIBLE = 0.2
"""From this sureness two mentions that stand alone are shown as possibly the same thing: half the
threshold."""
MOST_REPEATS = 20
"""A fact is held against this many earlier ones of the same value, so that a table of numbers stays
fast."""
UNEQUAL = 0.5
UNEQUAL_SPANS = 0.65
"""The least sureness for figures that are not equal, and for stretches of time among them: of those
from 0.4 on that a reader saw, a third were of two things."""
MEAN = 0.6
"""The mean sureness between two groups, as a share of the threshold, below which they are kept
apart."""
MEAN_APART = 0.9
"""The same where they are in dispute: a value that differs from one of a group must be held against
the others too."""
SAME_MATTER = 0.3
"""Share of the words of the shorter sentence from which a source says the same value of the same
thing again."""


def compare_facts(
    sources: Sequence[Annotated],
    matches: Matches,
    was: Mapping[tuple[str, int, int], tuple[Statement, ...]],
    models: RowModels | None = None,
) -> tuple[Row, ...]:
    """All rows of figures and dates. ``was``: what earlier captures said in the place of a mention
    (source, paragraph, start); ``models``: others than the shipped ones."""
    sides = [mentions(source) for source in sorted(sources, key=lambda s: s.article.id)]
    values = {side.source: {m.worth for m in side.mentions} for side in sides}
    articles = {s.article.id: s.article for s in sources}
    origin = {s: matches.origin_of(s) for s in matches.sources}
    rows = []
    for group in _group(sides, matches.links, models or shipped()):
        cells = tuple(
            _cell(source, members, was)
            for source, members in sorted(
                group.members.items(), key=lambda g: matches.sources.index(g[0])
            )
        )
        kind = next(iter(group.members.values()))[0].kind
        judged = judge(kind, cells, articles, origin)
        (ident, *aliases), origins = (
            _ids(group.members, articles),
            len({origin[s] for s in group.members}),
        )
        if not group.sure and judged.verdict != "single":
            judged = replace(
                judged,
                qualifier="possibly the same thing",
                reason=joined(" ", [say("Little says that this is one thing."), judged.reason]),
            )
        judged = _expected(judged, group.members, articles)
        rows.append(
            Row(
                id=ident,
                aliases=tuple(aliases),
                kind=kind,
                label=label(group.members, articles),
                cells=cells,
                silent=_honest(silent(sources, set(group.members)), group.members, values),
                verdict=judged.verdict,
                qualifier=judged.qualifier,
                reason=judged.reason,
                rule=judged.rule,
                origins=origins,
                weight=weight(group.members, judged, origins) if group.sure else 0.0,
                routine=group.sure and len(group.members) > 1 and routine(group.members, judged),
            )
        )
    return unique_ids(sorted(_once(rows), key=lambda r: (-r.weight, r.kind, r.label, r.id)))


def _expected(
    judged: Judgement, group: Mapping[str, Sequence[Mention]], articles: Mapping[str, Article]
) -> Judgement:
    """What one source expects and another reports is no contradiction: it says so."""
    firsts = [found[0] for found in group.values()]
    ahead = [m for m in firsts if m.context.ahead]
    past = [m for m in firsts if not m.context.ahead and (m.high or 0) <= m.context.published]
    if (judged.verdict, judged.qualifier) != ("conflict", "") or firsts[0].kind != "date":
        return judged
    if not ahead or not past or len(ahead) + len(past) < len(firsts):
        return judged
    told = past[0]
    return Judgement(
        verdict="conflict",
        qualifier="expected",
        reason=say(
            "“{ahead}” ({outlet}) is what was expected or planned;"
            " “{told}” ({other}) is what is reported.",
            ahead=ahead[0].text,
            outlet=articles[ahead[0].source].outlet,
            told=told.text,
            other=articles[told.source].outlet,
        ),
        rule="expected and reported",
    )


def _once(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, those that quote the very words of another as routine: both figures of "52-48"
    stand in one text."""
    seen: set[tuple[Place, ...]] = set()
    for row in rows:
        places = tuple(c.statements[0].place for c in row.cells)
        again = len(places) > 1 and places in seen and row.verdict != "conflict"
        seen.add(places)
        yield replace(row, routine=True, weight=row.weight / 2) if again else row


def _honest(
    absent: tuple[tuple[str, Absence], ...],
    group: Mapping[str, Sequence[Mention]],
    values: Mapping[str, Set[object]],
) -> tuple[tuple[str, Absence], ...]:
    """Not "not mentioned" where the source gives the same value in a place that was not matched.
    ``values``: source → what its mentions are worth."""
    given = {m.worth for found in group.values() for m in found}
    return tuple(
        (
            (source, "same value, not matched")
            if why == "not mentioned" and not values[source].isdisjoint(given)
            else (source, why)
        )
        for source, why in absent
    )


def silent(sources: Sequence[Annotated], given: set[str]) -> tuple[tuple[str, Absence], ...]:
    """The sources that have no cell, and why their silence does or does not count."""
    out: list[tuple[str, Absence]] = []
    for source in sources:
        if source.article.id not in given:
            absence: Absence = "not mentioned"
            if not source.read:
                absence = "language is not read"
            elif source.article.partial:
                absence = "capture is partial"
            out.append((source.article.id, absence))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions of one thing: source → its mentions, the one that the others bear out best first;
    and whether it is sure that it is one thing."""

    members: Mapping[str, Sequence[Mention]]
    sure: bool


def _group(sides: Sequence[Side], links: Sequence[Link], models: RowModels) -> list[Group]:
    """The mentions in groups of one thing each."""
    units: list[Numbered] = list(enumerate(unit for side in sides for unit in repeats(side)))
    of: dict[str, list[Numbered]] = defaultdict(list)
    for n, unit in units:
        of[unit[0].source].append((n, unit))
    between: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        between[min(link.a, link.b), max(link.a, link.b)].append(link)
    told: list[Pairing] = []
    for a, b in combinations(sides, 2):
        pair = Pair.of(a, b, between[a.source, b.source], models)
        held = list(pairs(of[a.source], of[b.source], pair.linked))
        agreed = meeting(held, pair)
        told += [*agreed, *disputes(held, pair, agreed)]
    return _merged([unit for _, unit in units], told)


def meeting(held: Iterable[tuple[Numbered, Numbered]], pair: Pair) -> list[Pairing]:
    """The pairs of units of two sources whose values can both be true, with the two mentions that
    show it best."""
    out = []
    for (x, unit), (y, other) in held:
        if agree(unit[0], other[0]):
            told = [
                (pair.sureness(evidence(f, g, pair), f.kind), f, g)
                for f, g in speaking(unit, other, pair.linked)
                if comparable(f, g)
            ]
            if told:
                best = max(told, key=lambda t: (t[0], t[1].key, t[2].key))
                out.append(Pairing(x, y, *best))
    return out


def _merged(units: Sequence[Unit], told: Sequence[Pairing]) -> list[Group]:
    """The units in groups, best first; then second values, then what is possibly one thing."""
    ranked = sorted(told, key=lambda p: (-p.sure, units[p.x][0].key, units[p.y][0].key))
    scores = {(p.x, p.y): p.sure for p in told}
    sure = [p for p in ranked if p.sure >= _least(p)]
    apart = {(p.x, p.y) for p in told if p.disputed}
    groups = Groups(range(len(units)))
    for p in sure:
        between = _Between(units, scores, apart, p.disputed)
        merge_best_first(groups, [(p.x, p.y)], between.may_join)
    _add_second_values(groups, units, [p for p in sure if (p.x, p.y) not in apart])
    backed: dict[tuple[str, int, int], float] = defaultdict(float)
    for p in sure:
        if groups.together(p.x, p.y):
            for mention in (p.first, p.second):
                backed[mention.key] += p.sure
    possible = _possible(groups, [p for p in ranked if POSSIBLE <= p.sure < _least(p)])
    return [
        Group(_cells(members, units, backed), not possible.intersection(members))
        for members in groups.all()
    ]


@dataclass(frozen=True, slots=True)
class _Between:
    """What speaks for joining two groups: how sure their pairs are, and which are in dispute."""

    units: Sequence[Unit]
    scores: Mapping[tuple[int, int], float]
    apart: Set[tuple[int, int]]
    disputed: bool

    def may_join(self, first: Sequence[int], second: Sequence[int]) -> bool:
        """Whether neither has a source of the other and the pairs hold: in the mean, and each of
        them where a group is in dispute, so that a third source comes in on its own evidence."""
        units = self.units
        if {units[n][0].source for n in first} & {units[n][0].source for n in second}:
            return False
        cells = [(min(x, y), max(x, y)) for x in first for y in second]
        values = [self.scores.get(cell, 0.0) for cell in cells]
        members = [*first, *second]
        disputed = any((min(x, y), max(x, y)) in self.apart for x, y in combinations(members, 2))
        if disputed and min(values) < LEAST * MEAN_APART:
            return False
        least = LEAST * MEAN_APART if self.disputed else THRESHOLD * MEAN
        return math.fsum(values) / len(values) >= least


def _least(pairing: Pairing) -> float:
    """From where on two units are of one thing: surest where their values are not the same, and can
    both be true of many things."""
    if pairing.disputed:
        return LEAST
    first, second = pairing.first, pairing.second
    if first.kind == "date" or first.value.ends == second.value.ends:
        return THRESHOLD
    return UNEQUAL_SPANS if first.dimension == "time" and not first.age else UNEQUAL


def _cells(
    members: Sequence[int], units: Sequence[Unit], backed: Mapping[tuple[str, int, int], float]
) -> dict[str, list[Mention]]:
    cells: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(
        (m for n in members for m in units[n]),
        key=lambda m: (
            m.hedge == "order",
            -backed.get(m.key, 0.0),
            m.paragraph == HEADLINE,
            m.paragraph,
            m.start,
        ),
    ):
        cells[mention.source].append(mention)
    return dict(sorted(cells.items()))


def _add_second_values(groups: Groups[int], units: Sequence[Unit], sure: Sequence[Pairing]) -> None:
    """A value that stands alone joins the row in which its source already has one, where another
    source bears it out."""
    for p in sure:
        for one, other in ((p.x, p.y), (p.y, p.x)):
            if (
                len(groups.of(one)) == 1
                and len(groups.of(other)) > 1
                and any(_second_value(units[one][0], units[n][0]) for n in groups.of(other))
            ):
                groups.join(one, other)


def _second_value(first: Mention, second: Mention) -> bool:
    """Whether two mentions are of one source and can both be true of one thing: "tens of thousands
    of troops" and "up to 30,000 troops"."""
    return (
        first.source == second.source
        and first.kind == "figure"
        and first.root == second.root
        and agree(first, second)
    )


def _possible(groups: Groups[int], thin: Sequence[Pairing]) -> set[int]:
    """Pairs of units that stand alone and of which a little says that they are one thing: the best
    partners are put together; their numbers."""
    out: set[int] = set()
    for p in thin:
        if len(groups.of(p.x)) == len(groups.of(p.y)) == 1:
            groups.join(p.x, p.y)
            out |= {p.x, p.y}
    return out


def repeats(side: Side) -> list[Unit]:
    """Mentions of one source that say the same again: the same value of the same thing in a
    sentence on the same matter."""
    out: list[list[Mention]] = []
    alike: dict[tuple[object, ...], list[list[Mention]]] = defaultdict(list)
    for mention in side.mentions:
        told = mention.value.value if isinstance(mention.value, DateValue) else mention.value.hedge
        key = (*mention.worth, told, mention.root)
        for unit in alike[key][-MOST_REPEATS:]:
            if _same_matter(unit[0], mention, side):
                unit.append(mention)
                break
        else:
            out.append([mention])
            alike[key].append(out[-1])
    return list(out)


def _same_matter(first: Mention, second: Mention, side: Side) -> bool:
    x, y = first.context.words, second.context.words
    common = x.keys() & y.keys()
    if len(common) < 2:
        return False

    def rare(of: Mapping[str, float], among: Iterable[str]) -> float:
        return math.fsum([of[w] / side.seen[w] for w in among if side.seen[w]])

    return min(rare(x, common), rare(y, common)) >= SAME_MATTER * min(rare(x, x), rare(y, y))


def _cell(
    source: str,
    members: Sequence[Mention],
    was: Mapping[tuple[str, int, int], tuple[Statement, ...]],
) -> Cell:
    """A source's cell: the mention that the other sources bear out best, then the others in order
    of place."""
    ordered = [
        members[0],
        *sorted(members[1:], key=lambda f: (f.paragraph == HEADLINE, f.paragraph, f.start)),
    ]
    earlier = [s for f in ordered for s in was.get(f.key, ())]
    return Cell(
        source=source,
        statements=tuple(f.statement() for f in ordered),
        was=tuple(dict.fromkeys(earlier)),
    )


def _row_id(mention: Mention, outlet: str) -> str:
    """An id from one outlet's own words next to the mention, so that edits to other paragraphs and
    articles, a capture more and another file name do not move it."""
    near = mention.context.near
    about = sorted(sorted(near, key=lambda w: (-near[w], w))[:4])
    # the two figures of "52-48" have the same words
    value = [f"{mention.low}", f"{mention.high}"] if mention.kind == "figure" else []
    seed = "|".join(
        [
            mention.kind,
            mention.dimension,
            mention.root,
            outlet,
            mention.text.lower(),
            *value,
            *about,
        ]
    )
    return "r-" + hashlib.sha256(seed.encode()).hexdigest()[:8]


def _ids(
    group: Mapping[str, Sequence[Mention]], articles: Mapping[str, Article]
) -> tuple[str, ...]:
    """The row's id, that of its first outlet by name, and those that its other mentions would give
    it: rulings may name any of them."""
    named = [
        [
            _row_id(f, articles[source].outlet)
            for f in sorted(of, key=lambda f: (f.paragraph == HEADLINE, f.paragraph, f.start))
        ]
        for source, of in sorted(group.items(), key=lambda g: (articles[g[0]].outlet, g[0]))
    ]
    firsts, others = [ids[0] for ids in named], [i for ids in named for i in ids[1:]]
    return tuple(dict.fromkeys([*firsts, *others]))


def unique_ids(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with repeated ids told apart by a number."""
    seen: dict[str, int] = defaultdict(int)
    out = []
    for row in rows:
        seen[row.id] += 1
        out.append(replace(row, id=f"{row.id}-{seen[row.id]}") if seen[row.id] > 1 else row)
    return tuple(out)
