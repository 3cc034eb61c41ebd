"""Rows: facts of different sources about the same thing, grouped best first, each with a verdict.

Every fact stands in exactly one row; most rows hold one source. Two groups are merged while the sureness of their best pair
reaches the threshold, the mean over all pairs holds, and neither has a source of the other — repeats within one source
are gathered first.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from site_gen.compare.facts import Fact, facts, opposed, synonym
from site_gen.compare.verdicts import can_both_be_true, judge
from site_gen.model import HEADLINE, Absence, Annotated, Cell, Matches, Row, Statement
from site_gen.words import stem, words

THRESHOLD = 0.4
"""The least sureness at which two facts are held to be about the same thing."""
DISPUTE = 0.6
"""Facts that contradict each other need more: a wrong "figures differ" is the worst thing that a page can say."""
MOST_REPEATS = 20
"""A fact is held against this many earlier ones of the same value, so that a table of numbers stays fast."""
NEWS_DAY = 0.25
"""What is taken off where both dates are bare weekdays: the day of the news stands in every report."""
SPECIFIC = 0.35
"""What is added where both give the same number of three digits or more, or with a decimal: two such numbers are seldom equal by chance."""
MEAN = 0.75
"""The mean sureness between two groups, as a share of the threshold, below which they are kept apart."""


def compare_facts(
    sources: Sequence[Annotated], matches: Matches, was: Mapping[tuple[str, int, int], tuple[Statement, ...]]
) -> tuple[Row, ...]:
    """All rows of figures and dates. ``was``: what earlier captures said in the place of a fact (source, paragraph, start)."""
    by_source = facts(sources)
    linked: dict[tuple[str, int, str, int], float] = {}
    for link in matches.links:
        linked[link.a, link.i, link.b, link.j] = linked[link.b, link.j, link.a, link.i] = link.score
    for passage in matches.passages:
        nodes = [(a, i) for a, indexes in passage.members for i in indexes]
        for (a, i), (b, j) in combinations(nodes, 2):
            if a != b:
                linked.setdefault((a, i, b, j), 0.25)
                linked.setdefault((b, j, a, i), 0.25)
    groups = _group(by_source, linked)
    articles = {s.article.id: s.article for s in sources}
    origin = {s: matches.origin_of(s) for s in matches.sources}
    rows = []
    for group in groups:
        cells = tuple(_cell(source, members, was) for source, members in sorted(group.items(), key=lambda g: matches.sources.index(g[0])))
        kind = next(iter(group.values()))[0].kind
        judged = judge(kind, cells, articles, origin)
        rows.append(Row(
            id=_row_id(kind, group, articles), kind=kind, label=_label(group), cells=cells, silent=_honest(silent(sources, set(group)), group, by_source),
            verdict=judged.verdict, qualifier=judged.qualifier, reason=judged.reason, rule=judged.rule,
            origins=len({origin[s] for s in group}), weight=_weight(group, judged.verdict),
        ))  # fmt: skip
    return unique_ids(sorted(rows, key=lambda r: (-r.weight, r.kind, r.label, r.id)))


def _honest(
    absent: tuple[tuple[str, Absence], ...], group: Mapping[str, Sequence[Fact]], by_source: Mapping[str, Sequence[Fact]]
) -> tuple[tuple[str, Absence], ...]:
    """Not "not mentioned" where the source gives the same value in a place that was not matched."""
    values = {(f.kind, f.low, f.high, f.unit) for facts in group.values() for f in facts}
    return tuple(
        (source, "same value, not matched")
        if why == "not mentioned" and any((f.kind, f.low, f.high, f.unit) in values for f in by_source[source])
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


def sureness(a: Fact, b: Fact, linked: Mapping[tuple[str, int, str, int], float]) -> float:
    """How sure it is, from 0 to 1, that two facts of different sources are about the same thing."""
    if a.kind != b.kind or a.dimension != b.dimension or a.age != b.age:
        return 0.0
    link = linked.get((a.source, a.paragraph, b.source, b.paragraph), 0.0)
    common = a.context.keys() & b.context.keys()
    shared = sum(min(a.context[w], b.context[w]) for w in common)
    overlap = shared / max(1e-9, min(a.total, b.total)) if len(common) > 1 else 0.5 * shared / max(1e-9, a.total, b.total)
    meet = can_both_be_true(a.kind, a.statement(), b.statement())
    equal = (a.low, a.high) == (b.low, b.high)
    if a.kind == "date":
        return _same_date_row(a, b, link, overlap, meet, equal)
    head = _heads(a, b)
    if a.age and not meet:
        return 0.0  # two ages are of two people, as far as a machine can tell
    if head < 0 or opposed(a.context, b.context):
        return 0.0
    score = (
        0.5 * min(1.0, overlap * 1.5)
        + 0.3 * min(1.0, link * 0.8)
        + 0.2 * head
        + (SPECIFIC if equal and _specific(a) else 0.2 if equal else 0.05 if meet else 0.0)
    )
    if min(len(a.context), len(b.context)) < 3 and not link:
        score -= 0.15
    return min(1.0, score)


def _same_date_row(a: Fact, b: Fact, link: float, overlap: float, meet: bool, equal: bool) -> float:
    """Dates: only where their days meet, or "until"/"since" of linked sentences differ; a bare weekday in common tells little."""
    bounds = {a.hedge, b.hedge} - {"about", "exact"}
    if len(bounds) == 2:
        return 0.0
    if not meet:
        return 0.4 * min(1.0, overlap * 1.5) + 0.4 * min(1.0, link * 0.8) if bounds and a.hedge == b.hedge else 0.0
    width = min((a.high or 0) - (a.low or 0), (b.high or 0) - (b.low or 0))
    near = NEWS_DAY if _news_day(a) and _news_day(b) else 0.0
    return max(
        0.0,
        min(
            1.0,
            0.5 * min(1.0, overlap * 1.5)
            - near
            + 0.35 * min(1.0, link * 0.8)
            + (0.15 if equal else 0.0)
            + (0.2 if equal and bounds else 0.0)
            + (0.05 if width > 6 else 0.0),
        ),
    )


def _specific(fact: Fact) -> bool:
    """Whether a figure is one that hardly two things in a story have: 134, 1.43 million; not 12, 200 or 50 percent."""
    value = fact.low if fact.low is not None else fact.high
    digits = f"{value or 0:.10g}".replace(".", "").strip("0")
    return len(digits) > 2 and "e" not in digits


def _news_day(fact: Fact) -> bool:
    """ "Thursday", "today": reports of one event name its day all the time, which makes no row by itself."""
    return fact.head in ("day", "time") and not any(c.isdigit() for c in fact.text)


def _heads(a: Fact, b: Fact) -> float:
    """1 for the same thing counted, 0 where one is not said, -1 where they are different things."""
    if a.dimension:
        return 0.5
    x, y = synonym(a.head), synonym(b.head)
    if x and y:
        if x == y or _inside(x, b) or _inside(y, a):
            return 1.0
        return -1.0
    return 0.3 if (x and _inside(x, b)) or (y and _inside(y, a)) else 0.0


def _inside(head: str, fact: Fact) -> bool:
    return head in {synonym(w) for w in fact.counted.lower().split()}


def _group(by_source: Mapping[str, Sequence[Fact]], linked: Mapping[tuple[str, int, str, int], float]) -> list[dict[str, list[Fact]]]:
    units: list[list[Fact]] = []
    for source in sorted(by_source):
        units += _repeats(by_source[source])
    scores: dict[tuple[int, int], float] = {}
    for x, y in combinations(range(len(units)), 2):
        if units[x][0].source != units[y][0].source and units[x][0].kind == units[y][0].kind:
            best = max(sureness(a, b, linked) for a in units[x] for b in units[y])
            if best > 0:
                scores[x, y] = best
    group = {n: frozenset({n}) for n in range(len(units))}
    for (x, y), best in sorted(scores.items(), key=lambda s: (-s[1], units[s[0][0]][0].key, units[s[0][1]][0].key)):
        a, b = group[x], group[y]
        if a is b or {units[n][0].source for n in a} & {units[n][0].source for n in b}:
            continue
        if best >= THRESHOLD and _may_join(a, b, units, scores):
            for n in a | b:
                group[n] = a | b
    out = []
    for members in set(group.values()):
        cells: dict[str, list[Fact]] = defaultdict(list)
        for n in sorted(members):
            cells[units[n][0].source] += units[n]
        out.append(dict(cells))
    return sorted(out, key=lambda g: [f.key for facts in g.values() for f in facts])


def _may_join(a: frozenset[int], b: frozenset[int], units: Sequence[Sequence[Fact]], scores: Mapping[tuple[int, int], float]) -> bool:
    pairs = [(min(x, y), max(x, y)) for x in a for y in b]
    values = [scores.get(pair, 0.0) for pair in pairs]
    if sum(values) / len(values) < THRESHOLD * MEAN:
        return False
    meeting = {pair: _meet(units[pair[0]], units[pair[1]]) for pair in pairs}
    backed = {n for pair, value in zip(pairs, values, strict=True) if meeting[pair] and value >= THRESHOLD for n in pair}
    return all(not (not meeting[pair] and value < DISPUTE and not backed & set(pair)) for pair, value in zip(pairs, values, strict=True))


def _meet(a: Sequence[Fact], b: Sequence[Fact]) -> bool:
    return any(can_both_be_true(f.kind, f.statement(), g.statement()) for f in a for g in b)


def _repeats(found: Sequence[Fact]) -> list[list[Fact]]:
    """Facts of one source that say the same again: the same value of the same thing in a sentence on the same matter."""
    out: list[list[Fact]] = []
    alike: dict[tuple[object, ...], list[list[Fact]]] = defaultdict(list)
    for fact in found:
        key = (fact.kind, fact.low, fact.high, fact.unit, synonym(fact.head))
        for unit in alike[key][-MOST_REPEATS:]:
            first = unit[0]
            common = first.context.keys() & fact.context.keys()
            shared = sum(min(first.context[w], fact.context[w]) for w in common)
            if len(common) > 1 and shared >= 0.3 * min(first.total, fact.total):
                unit.append(fact)
                break
        else:
            out.append([fact])
            alike[key].append(out[-1])
    return out


def _cell(source: str, members: Sequence[Fact], was: Mapping[tuple[str, int, int], tuple[Statement, ...]]) -> Cell:
    ordered = sorted(members, key=lambda f: (f.paragraph == HEADLINE, f.paragraph, f.start))
    earlier = [s for f in ordered for s in was.get(f.key, ())]
    return Cell(source=source, statements=tuple(f.statement() for f in ordered), was=tuple(dict.fromkeys(earlier)))


def _row_id(kind: str, group: Mapping[str, Sequence[Fact]], articles: Mapping[str, object]) -> str:
    """An id from the first source's own words, so that edits to other paragraphs and articles do not move it."""
    source = min(group)
    fact = min(group[source], key=lambda f: (f.paragraph == HEADLINE, f.paragraph, f.start))
    about = sorted(fact.context, key=lambda w: (-fact.context[w], w))[:4]
    seed = "|".join([kind, fact.dimension, synonym(fact.head), source, fact.text.lower(), *sorted(about)])
    return "r-" + hashlib.sha256(seed.encode()).hexdigest()[:8]


def unique_ids(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with repeated ids told apart by a number."""
    seen: dict[str, int] = defaultdict(int)
    out = []
    for row in rows:
        seen[row.id] += 1
        out.append(replace(row, id=f"{row.id}-{seen[row.id]}") if seen[row.id] > 1 else row)
    return tuple(out)


def _label(group: Mapping[str, Sequence[Fact]]) -> str:
    """What the row is about, in the sources' own words: what is counted, then the words that its sentences share."""
    members = [f for cell in group.values() for f in cell]
    lead = max(members, key=lambda f: (f.paragraph != HEADLINE, len(f.counted.split()) <= 3, len(f.counted), f.key))
    weight: dict[str, float] = defaultdict(float)
    for fact in members:
        for word, value in fact.context.items():
            weight[word] += value
    own = {synonym(stem(w)) for f in members for _, _, w in words(f.counted)} | {synonym(lead.head)}
    shared = [w for w in weight if len(group) == 1 or sum(any(w in f.context for f in cell) for cell in group.values()) > 1]
    top = sorted((w for w in shared if w not in own), key=lambda w: (-weight[w], w))[: 3 if lead.counted else 4]
    about = ", ".join(next(f.shown[w] for f in members if w in f.shown) for w in sorted(top, key=lambda w: _first_place(members, w)))
    subject = lead.counted or ("" if about else lead.text)
    return " — ".join(part for part in (_capital(subject), about if subject else _capital(about)) if part)


def _first_place(members: Sequence[Fact], word: str) -> tuple[int, int]:
    for n, fact in enumerate(members):
        if word in fact.shown:
            return n, list(fact.shown).index(word)
    return len(members), 0


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _weight(group: Mapping[str, Sequence[Fact]], verdict: str) -> float:
    """Key rows first: those of several sources, disputed ones before others, then those that stand early in the articles."""
    places = [min(max(0, f.paragraph) for f in cell) for cell in group.values()]
    return round(10.0 * (len(group) - 1) + (50.0 if verdict == "conflict" else 0.0) - sum(places) / len(places) / 10, 4)
