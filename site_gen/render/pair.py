"""Two texts beside each other: groups of matched paragraphs in reading order, every paragraph of
both exactly once. Values carry their verdict, words of one's own stand out, what both have recedes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from site_gen.language.words import STOP_WORDS, word_list
from site_gen.model import (
    Article,
    Cell,
    Comparison,
    Link,
    Paragraph,
    Row,
    can_both_be_true,
)
from site_gen.model.message import say
from site_gen.render.groups import statement_words
from site_gen.render.ledger import short_label
from site_gen.render.marks import Mark, Spans, marked
from site_gen.render.paging import MATCHES, in_parts
from site_gen.render.rows import SIGNS, WORDS, row_link, row_state, section_of, verdict_words

KIND_WORDS = {
    "same": say("same words"),
    "edited": say("edited"),
    "reworded": say("reworded"),
    "moved": say("moved"),
    "split": say("split"),
    "merged": say("merged"),
    "partial": say("in part"),
}
EVIDENCE: Mapping[str, str] = {
    "same words": say("same words"),
    "shared words": say("shared words"),
    "names": say("names"),
    "figures and dates": say("figures and dates"),
    "quotations and speakers": say("quotations and speakers"),
    "nearer than others": say("nearer than others"),
    "neighbours and place": say("neighbours and place"),
    "the other pairs": say("the other pairs"),
}
"""What each kind of evidence is called."""
FULL = 0.72
"""Share of its place that a paragraph's mark takes in the overview."""
WEIGHTS = ("conflict", "noted", "compatible", "agree", "")
"""States of a match, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A row that both articles give a value on, as it stands between these two."""

    row: Row
    left: Cell
    right: Cell
    state: str
    sign: str
    word: str

    def cells(self) -> tuple[Cell, Cell]:
        """Both cells, the left one first."""
        return self.left, self.right


@dataclass(slots=True)
class _Match:
    """Paragraphs of both sides that answer each other, by index; one side may be empty."""

    left: list[int]
    right: list[int]
    links: dict[tuple[int, int], Link] = field(default_factory=dict)
    shared: list[Shared] = field(default_factory=list)

    @property
    def state(self) -> str:
        """What the match shows of itself from afar."""
        if not self.left or not self.right:
            return "no"
        found = {s.state for s in self.shared}
        return next((w for w in WEIGHTS if w in found), "")


def pair_view(comparison: Comparison, first: str, second: str) -> dict[str, Any]:
    """Two sources side by side: what differs between them, how their paragraphs line up, and all of
    both texts."""
    left, right = comparison.story.article(first), comparison.story.article(second)
    linked = [x for x in comparison.matches.links if {x.a, x.b} == {first, second}]
    pairs = {(x.i, x.j) if x.a == first else (x.j, x.i): x for x in linked}
    shared = _shared(comparison, first, second)
    matches = _in_order(_groups(left.body, right.body, pairs))
    for m in matches:
        m.links = {(i, j): pairs[i, j] for i in m.left for j in m.right if (i, j) in pairs}
        if m.left and m.right:  # a row has a value on both sides
            m.shared = [s for s in shared if _stands_in(s, m)]
    overlap = next((o for o in comparison.matches.overlaps if {o.a, o.b} == {first, second}), None)
    texts = (left, right)
    return {
        "a": left,
        "b": right,
        "finding": _finding(comparison, shared, left, right),
        "counts": _counts(shared),
        "parts": _parts(comparison, matches, texts, shared=shared),
        "overview": _overview(matches, texts),
        "overlap": overlap,
        **_matched(matches, texts),
    }


def _matched(matches: Sequence[_Match], texts: tuple[Article, Article]) -> dict[str, Any]:
    """How much of the two texts answers each other."""
    both = [m for m in matches if m.left and m.right]
    return {
        "matched": len(both),
        "answered": (sum(len(m.left) for m in both), sum(len(m.right) for m in both)),
        "same": sum(_identical(m, texts) for m in both),
    }


def _shared(comparison: Comparison, first: str, second: str) -> list[Shared]:
    """The rows in which both have a cell; what is only possibly one thing is left out."""
    out = []
    for row in comparison.rows:
        cells = {c.source: c for c in row.cells}
        if first not in cells or second not in cells or section_of(row) == "possible":
            continue
        a, b = cells[first], cells[second]
        state, sign, word = _between(row, a, b)
        out.append(Shared(row, a, b, state, sign, word))
    return out


def _between(row: Row, left: Cell, right: Cell) -> tuple[str, str, str]:
    """State, sign and word of a row as it stands between two of its cells: others may differ where
    these two agree."""
    first, second = left.statements[0], right.statements[0]
    one, other = first.value, second.value
    if one is not None and other is not None and not row.ruling:
        if one.ends == other.ends and first.hedge == second.hedge:
            return "agree", SIGNS["agree"], WORDS["agree"]
        if can_both_be_true(one, other):
            return "compatible", SIGNS["compatible"], WORDS["compatible"]
    state, sign = row_state(row)
    return state, sign, verdict_words(row)


def _stands_in(shared: Shared, match: _Match) -> bool:
    """Whether one side's value stands in this match's paragraphs, and the other's too where it has
    both sides."""
    sides = ((shared.left, match.left), (shared.right, match.right))
    return all(
        any(s.place.paragraph in indexes for s in cell.statements) for cell, indexes in sides
    )


def _finding(
    comparison: Comparison, shared: Sequence[Shared], left: Article, right: Article
) -> dict[str, Any] | None:
    """The weightiest thing on which the two differ, each value with its outlet."""
    found = next((s for w in WEIGHTS[:3] for s in shared if s.state == w), None)
    if found is None:
        return None
    values = [statement_words(comparison, c.statements[0], found.row) for c in found.cells()]
    return {
        "shared": found,
        "label": short_label(found.row.label),
        "sides": list(zip((left.outlet, right.outlet), values, strict=True)),
        "link": row_link(comparison.story.id, found.row),
    }


def _counts(shared: Sequence[Shared]) -> list[tuple[str, str, int]]:
    """How many facts that both give have which state: state, word, count."""
    names = (
        ("conflict", "differ"),
        ("noted", "explained"),
        ("compatible", "compatible"),
        ("agree", "the same"),
    )
    counted = [(state, word, sum(s.state == state for s in shared)) for state, word in names]
    return [c for c in counted if c[2]]


def _in_order(groups: Sequence[tuple[list[int], list[int]]]) -> list[_Match]:
    """Groups in the order of the left text; what only the right text has stands after the group
    that holds the paragraph before it."""
    placed = []
    last = -1.0
    for rows, columns in groups:
        if rows:
            last = float(min(rows))
        placed.append((last if rows else -1.0, rows, columns))
    home = {j: key for key, rows, columns in placed if rows for j in columns}
    order = []
    for n, (key, rows, columns) in enumerate(placed):
        if not rows:
            earlier = [j for j in home if j < columns[0]]
            key = home[max(earlier)] if earlier else -1.0
        order.append((key, not rows, columns[0] if columns else 0, n))
    return [_Match(placed[n][1], placed[n][2]) for *_, n in sorted(order)]


def _groups(
    left: Sequence[Paragraph], right: Sequence[Paragraph], pairs: Mapping[tuple[int, int], Link]
) -> list[tuple[list[int], list[int]]]:
    """Paragraph indexes of both sides grouped by their links, each index once; groups in the order
    of the left text."""
    parent: dict[tuple[str, int], tuple[str, int]] = {
        ("a", p.index): ("a", p.index) for p in left
    } | {("b", p.index): ("b", p.index) for p in right}

    def find(item: tuple[str, int]) -> tuple[str, int]:
        while parent[item] != item:
            item = parent[item]
        return item

    for i, j in sorted(pairs):
        x, y = sorted((find(("a", i)), find(("b", j))))
        parent[y] = x
    members: dict[tuple[str, int], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, index in parent:
        members[find((side, index))][side == "b"].append(index)
    return sorted(members.values(), key=lambda g: (not g[0], g[0] or g[1]))


def _identical(match: _Match, texts: tuple[Article, Article]) -> bool:
    """Whether both sides have the same words."""
    if len(match.left) != 1 or len(match.right) != 1:
        return False
    one, other = texts[0].paragraph(match.left[0]), texts[1].paragraph(match.right[0])
    return one.text.split() == other.text.split()


def _parts(
    comparison: Comparison,
    matches: Sequence[_Match],
    texts: tuple[Article, Article],
    *,
    shared: Sequence[Shared],
) -> list[list[dict[str, Any]]]:
    """The matches as the pages show them: each that differs by itself, runs of one side and runs
    of the same words folded."""
    moved = _moves(matches)
    number = 0
    rows = []

    def kind(match: _Match) -> str:
        if not match.right:
            return "left"
        if not match.left:
            return "right"
        return "same" if _identical(match, texts) else ""

    for m in matches:
        name = kind(m)
        number += not name
        row = _row(comparison, m, texts, shared=shared)
        rows.append({**row, "fold": name, "number": number, "moved": moved.get(id(m), 0)})
    return [_runs(part) for part in in_parts(rows, MATCHES)]


def _runs(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of one page, folded where they are of one side or the same. ``first`` and ``last`` are
    the numbers of the matches on the page."""
    out: list[dict[str, Any]] = []
    numbers = [r["number"] for r in rows if not r["fold"]]
    for name, members in groupby(rows, key=lambda r: str(r["fold"])):
        if name:
            out.append({"fold": name, "rows": list(members)})
        else:
            out += [{"fold": "", "rows": [row]} for row in members]
    for run in out:
        run["first"], run["last"] = min(numbers, default=0), max(numbers, default=0)
    return out


def _moves(matches: Sequence[_Match]) -> dict[int, int]:
    """How many matches lower a match stands in the right text than in the left one; negative where
    it stands higher."""
    both = [m for m in matches if m.left and m.right]
    right = sorted(range(len(both)), key=lambda n: min(both[n].right))
    rank = {n: place for place, n in enumerate(right)}
    return {id(m): rank[n] - n for n, m in enumerate(both)}


def _row(
    comparison: Comparison,
    match: _Match,
    texts: tuple[Article, Article],
    *,
    shared: Sequence[Shared],
) -> dict[str, Any]:
    sides = []
    for n, indexes in enumerate((match.left, match.right)):
        cells = [(s, s.cells()[n]) for s in (match.shared if match.links else shared)]
        side = []
        for paragraph in (texts[n].paragraph(i) for i in indexes):
            values = _values(cells, paragraph.index)
            own = _own(paragraph, match, n, values)
            side.append({"p": paragraph, "html": marked(paragraph.text, [*values, *own])})
        sides.append(side)
    links = list(match.links.values())
    return {
        "left": sides[0],
        "right": sides[1],
        "values": [
            {
                "state": s.state,
                "sign": s.sign,
                "word": s.word,
                "label": short_label(s.row.label),
                "link": row_link(comparison.story.id, s.row),
            }
            for s in match.shared
        ],
        "kinds": list(dict.fromkeys(KIND_WORDS[x.kind] for x in links)),
        "evidence": [
            {"name": EVIDENCE[e.name], "words": e.words, "weight": e.weight}
            for x in links[:1]
            for e in x.evidence
        ],
    }


def _values(cells: Iterable[tuple[Shared, Cell]], index: int) -> list[Mark]:
    """The values of a paragraph, each with the class of its verdict; of a quotation the words that
    the other alters."""
    out = []
    for shared, cell in cells:
        for s in (s for s in cell.statements if s.place.paragraph == index):
            if shared.row.kind == "quotation":
                out += [Mark(a, b, shared.state, shared.word) for a, b in s.apart]
            else:
                out.append(Mark(s.place.start, s.place.end, shared.state, shared.word))
    return out


def _own(paragraph: Paragraph, match: _Match, side: int, values: Sequence[Mark]) -> list[Mark]:
    """The words of a matched paragraph that the other side does not have, apart from values."""
    links = [x for n, x in match.links.items() if n[side] == paragraph.index]
    if not links or any(x.difference is None for x in links):
        return []
    known = [span for x in links for span in _both_have(x, side)]
    known += [(v.start, v.end) for v in values]
    return _outside(paragraph.text, known)


def _outside(text: str, known: Sequence[tuple[int, int]]) -> list[Mark]:
    """The words of a text that no known span holds, neighbours as one mark."""
    out: list[tuple[int, int]] = []
    spans = Spans(known)
    for start, end, word in word_list(text):
        if spans.meet(start, end):
            continue
        if out and not text[out[-1][1] : start].strip(" -’'"):
            out[-1] = out[-1][0], end
        elif word not in STOP_WORDS:
            out.append((start, end))
    return [Mark(start, end, "", tag="b") for start, end in out]


def _both_have(link: Link, side: int) -> list[tuple[int, int]]:
    """The spans of one side of a link whose words the other side has too."""
    found = link.difference
    if found is None:
        return []
    equal = [s for s in found.segments if s.op == "equal"]
    ends = [((s.a_start, s.a_end), (s.b_start, s.b_end))[side] for s in equal]
    return [*(found.shared_a, found.shared_b)[side], *ends]


def _overview(matches: Sequence[_Match], texts: tuple[Article, Article]) -> dict[str, Any]:
    """Both texts from afar: a mark for each paragraph, a line for each match, in percent."""
    counts = [len(t.body) for t in texts]
    step = 100 / max(1, *counts)
    place = [{p.index: n * step for n, p in enumerate(t.body)} for t in texts]
    width = step * FULL
    bars: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for m in matches:
        state = "same" if _identical(m, texts) else m.state
        for side, indexes in enumerate((m.left, m.right)):
            bars += [{"side": side, "x": round(place[side][i], 1), "state": state} for i in indexes]
        lines += [
            {
                "from": round(place[0][i] + width / 2, 1),
                "to": round(place[1][j] + width / 2, 1),
                "state": state,
            }
            for i, j in m.links
        ]
    return {"bars": bars, "lines": lines, "width": round(width, 1), "counts": counts}
