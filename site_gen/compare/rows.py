"""Rows: facts of different sources about the same thing, grouped best first, each with a verdict.

Every fact stands in exactly one row; most rows hold one source. Repeats within one source are
gathered first. Two groups are merged while the sureness of their best pair reaches the threshold,
the mean over all pairs holds, and neither has a source of the other. Values that cannot both be
true come together only where everything around them says that they are the same thing
(``disputes.py``).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations

from site_gen.compare.disputes import disputes
from site_gen.compare.facts import Fact, Side, facts
from site_gen.compare.labels import label
from site_gen.compare.same import THRESHOLD, Pair, agree, comparable, sureness
from site_gen.compare.verdicts import judge
from site_gen.model import HEADLINE, Absence, Annotated, Cell, Matches, Row, Statement

POSSIBLE = 0.15
"""From this sureness two facts that stand alone are shown as possibly the same thing: half the
threshold."""
MOST_REPEATS = 20
"""A fact is held against this many earlier ones of the same value, so that a table of numbers stays
fast."""
MEAN = 0.6
"""The mean sureness between two groups, as a share of the threshold, below which they are kept
apart."""
MEAN_APART = 0.9
"""The same where they are in dispute: a value that differs from one of a group must be held against
the others too."""
SAME_MATTER = 0.3
"""Share of the words of the shorter sentence from which a source says the same value of the same
thing again."""

Unit = Sequence[Fact]
"""A fact with its repeats within one source."""


def compare_facts(
    sources: Sequence[Annotated],
    matches: Matches,
    was: Mapping[tuple[str, int, int], tuple[Statement, ...]],
) -> tuple[Row, ...]:
    """All rows of figures and dates. ``was``: what earlier captures said in the place of a fact
    (source, paragraph, start)."""
    sides = [facts(source) for source in sorted(sources, key=lambda s: s.article.id)]
    by_source = {side.source: side.facts for side in sides}
    linked: dict[tuple[str, int, str, int], float] = {}
    for link in matches.links:
        linked[link.a, link.i, link.b, link.j] = linked[link.b, link.j, link.a, link.i] = link.score
    groups = _group(sides, linked)
    articles = {s.article.id: s.article for s in sources}
    origin = {s: matches.origin_of(s) for s in matches.sources}
    rows = []
    for group, sure in groups:
        cells = tuple(
            _cell(source, members, was)
            for source, members in sorted(group.items(), key=lambda g: matches.sources.index(g[0]))
        )
        kind = next(iter(group.values()))[0].kind
        judged = judge(kind, cells, articles, origin)
        (ident, *aliases), origins = _ids(group), len({origin[s] for s in group})
        if not sure and judged.verdict != "single":
            judged = replace(
                judged,
                qualifier="possibly the same thing",
                reason=f"Little says that this is one thing. {judged.reason}",
            )
        rows.append(
            Row(
                id=ident,
                aliases=tuple(aliases),
                kind=kind,
                label=label(group, articles),
                cells=cells,
                silent=_honest(silent(sources, set(group)), group, by_source),
                verdict=judged.verdict,
                qualifier=judged.qualifier,
                reason=judged.reason,
                rule=judged.rule,
                origins=origins,
                weight=_weight(group, judged.verdict, origins) if sure else 0.0,
            )
        )
    return unique_ids(sorted(rows, key=lambda r: (-r.weight, r.kind, r.label, r.id)))


def _honest(
    absent: tuple[tuple[str, Absence], ...],
    group: Mapping[str, Sequence[Fact]],
    by_source: Mapping[str, Sequence[Fact]],
) -> tuple[tuple[str, Absence], ...]:
    """Not "not mentioned" where the source gives the same value in a place that was not matched."""
    values = {(f.kind, f.low, f.high, f.unit) for facts in group.values() for f in facts}
    return tuple(
        (source, "same value, not matched")
        if why == "not mentioned"
        and any((f.kind, f.low, f.high, f.unit) in values for f in by_source[source])
        else (source, why)
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


def _group(
    sides: Sequence[Side], linked: Mapping[tuple[str, int, str, int], float]
) -> list[tuple[dict[str, list[Fact]], bool]]:
    """The facts in groups of one thing each: source → its facts, the one that the others bear out
    best first; and whether it is sure."""
    units: list[tuple[int, Unit]] = list(
        enumerate(unit for side in sides for unit in repeats(side))
    )
    of: dict[str, list[tuple[int, Unit]]] = defaultdict(list)
    for n, unit in units:
        of[unit[0].source].append((n, unit))
    told: dict[tuple[int, int], tuple[float, Fact, Fact]] = {}
    apart: set[tuple[int, int]] = set()
    for a, b in combinations(sides, 2):
        pair = Pair(a, b, linked)
        found = meeting(of[a.source], of[b.source], pair)
        told |= found
        against = disputes(
            of[a.source], of[b.source], pair, {cell: t[0] for cell, t in found.items()}
        )
        told |= against
        apart |= against.keys()
    return _merged([unit for _, unit in units], told, apart)


def meeting(
    ours: Sequence[tuple[int, Unit]], theirs: Sequence[tuple[int, Unit]], pair: Pair
) -> dict[tuple[int, int], tuple[float, Fact, Fact]]:
    """The pairs of units of two sources whose values can both be true: numbers → sureness, and the
    two facts that show it."""
    out = {}
    for x, unit in ours:
        for y, other in theirs:
            if (
                unit[0].kind == other[0].kind
                and unit[0].dimension == other[0].dimension
                and agree(unit[0], other[0])
            ):
                told = [
                    (sureness(f, g, pair), f, g) for f in unit for g in other if comparable(f, g)
                ]
                if told:
                    out[x, y] = max(told, key=lambda t: (t[0], t[1].key, t[2].key))
    return out


def _merged(
    units: Sequence[Unit],
    told: Mapping[tuple[int, int], tuple[float, Fact, Fact]],
    apart: Set[tuple[int, int]],
) -> list[tuple[dict[str, list[Fact]], bool]]:
    """Best first. ``apart``: the pairs that are in dispute."""
    scores = {cell: t[0] for cell, t in told.items()}
    ranked = sorted(
        scores.items(), key=lambda s: (-s[1], units[s[0][0]][0].key, units[s[0][1]][0].key)
    )
    sure = [cell for cell, score in ranked if score >= THRESHOLD]
    group = {n: frozenset({n}) for n in range(len(units))}
    for x, y in sure:
        a, b = group[x], group[y]
        apart_by_source = not {units[n][0].source for n in a} & {units[n][0].source for n in b}
        if (
            a is not b
            and apart_by_source
            and _may_join(a, b, scores, MEAN_APART if (x, y) in apart else MEAN)
        ):
            for n in a | b:
                group[n] = a | b
    _add_second_values(group, units, [cell for cell in sure if cell not in apart])
    backed: dict[tuple[str, int, int], float] = defaultdict(float)
    for cell in sure:
        if group[cell[0]] is group[cell[1]]:
            for fact in told[cell][1:]:
                backed[fact.key] += scores[cell]
    possible = _possible(group, [cell for cell, score in ranked if POSSIBLE <= score < THRESHOLD])
    out = []
    for members in set(group.values()):
        cells: dict[str, list[Fact]] = defaultdict(list)
        for fact in sorted(
            (f for n in members for f in units[n]),
            key=lambda f: (
                f.hedge == "order",
                -backed[f.key],
                f.paragraph == HEADLINE,
                f.paragraph,
                f.start,
            ),
        ):
            cells[fact.source].append(fact)
        out.append((dict(sorted(cells.items())), members not in possible))
    return sorted(out, key=lambda g: [f.key for facts in g[0].values() for f in facts])


def _add_second_values(
    group: dict[int, frozenset[int]], units: Sequence[Unit], sure: Sequence[tuple[int, int]]
) -> None:
    """A value that stands alone joins the row in which its source already has one, where another
    source bears it out."""
    for x, y in sure:
        for one, other in ((x, y), (y, x)):
            if (
                len(group[one]) == 1
                and len(group[other]) > 1
                and any(_second_value(units[one][0], units[n][0]) for n in group[other])
            ):
                joined = group[one] | group[other]
                for n in joined:
                    group[n] = joined


def _second_value(first: Fact, second: Fact) -> bool:
    """Whether two facts are of one source and can both be true of one thing: "tens of thousands of
    troops" and "up to 30,000 troops"."""
    return (
        first.source == second.source
        and first.kind == "figure"
        and first.root == second.root
        and agree(first, second)
    )


def _possible(
    group: dict[int, frozenset[int]], thin: Sequence[tuple[int, int]]
) -> set[frozenset[int]]:
    """Pairs of facts that stand alone and of which a little says that they are one thing: the best
    partners are put together in ``group``."""
    out: set[frozenset[int]] = set()
    for x, y in thin:
        if len(group[x]) == len(group[y]) == 1:
            group[x] = group[y] = frozenset({x, y})
            out.add(group[x])
    return out


def _may_join(
    first: frozenset[int],
    second: frozenset[int],
    scores: Mapping[tuple[int, int], float],
    mean: float,
) -> bool:
    values = [scores.get((min(x, y), max(x, y)), 0.0) for x in first for y in second]
    return sum(values) / len(values) >= THRESHOLD * mean


def repeats(side: Side) -> list[Unit]:
    """Facts of one source that say the same again: the same value of the same thing in a sentence
    on the same matter."""
    out: list[list[Fact]] = []
    alike: dict[tuple[object, ...], list[list[Fact]]] = defaultdict(list)
    for fact in side.facts:
        key = (*fact.worth, fact.hedge if fact.kind == "figure" else fact.value, fact.root)
        for unit in alike[key][-MOST_REPEATS:]:
            if _same_matter(unit[0], fact, side):
                unit.append(fact)
                break
        else:
            out.append([fact])
            alike[key].append(out[-1])
    return list(out)


def _same_matter(first: Fact, second: Fact, side: Side) -> bool:
    common = first.context.keys() & second.context.keys()

    def rare(of: Mapping[str, float], among: frozenset[str] | set[str]) -> float:
        return sum(of[w] / side.seen[w] for w in among if side.seen[w])

    least = min(rare(f.context, set(f.context)) for f in (first, second))
    return (
        len(common) > 1
        and min(rare(f.context, set(common)) for f in (first, second)) >= SAME_MATTER * least
    )


def _cell(
    source: str, members: Sequence[Fact], was: Mapping[tuple[str, int, int], tuple[Statement, ...]]
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


def _row_id(fact: Fact) -> str:
    """An id from one source's own words next to the fact, so that edits to other paragraphs and
    articles do not move it."""
    about = sorted(sorted(fact.near, key=lambda w: (-fact.near[w], w))[:4])
    # the two figures of "52-48" have the same words
    value = [f"{fact.low}", f"{fact.high}"] if fact.kind == "figure" else []
    seed = "|".join(
        [fact.kind, fact.dimension, fact.root, fact.source, fact.text.lower(), *value, *about]
    )
    return "r-" + hashlib.sha256(seed.encode()).hexdigest()[:8]


def _ids(group: Mapping[str, Sequence[Fact]]) -> tuple[str, ...]:
    """The row's id, that of its first source by name, and those that its other sources would give
    it: rulings may name any of them."""
    firsts = [
        min(group[source], key=lambda f: (f.paragraph == HEADLINE, f.paragraph, f.start))
        for source in sorted(group)
    ]
    return tuple(dict.fromkeys(_row_id(f) for f in firsts))


def unique_ids(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with repeated ids told apart by a number."""
    seen: dict[str, int] = defaultdict(int)
    out = []
    for row in rows:
        seen[row.id] += 1
        out.append(replace(row, id=f"{row.id}-{seen[row.id]}") if seen[row.id] > 1 else row)
    return tuple(out)


def _weight(group: Mapping[str, Sequence[Fact]], verdict: str, origins: int) -> float:
    """Key rows first: those of several origins, disputed ones before others, then those of several
    copies, then those that stand early in the articles."""
    places = [min(max(0, f.paragraph) for f in cell) for cell in group.values()]
    shared = 10.0 * (origins - 1) + (len(group) - origins)
    return round(
        shared + (50.0 if verdict == "conflict" else 0.0) - sum(places) / len(places) / 10, 4
    )
