"""Two texts side by side: groups of matched paragraphs in reading order, every paragraph of both
exactly once.

Alike paragraphs are shown with words struck and inserted; below the readable likeness only what
they share is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from markupsafe import Markup, escape

from site_gen.model import Article, Change, Comparison, Link, Paragraph, Segment, Step
from site_gen.render.marks import Mark, marked, struck

KIND_WORDS = {
    "same": "same words",
    "edited": "edited",
    "reworded": "reworded",
    "moved": "moved",
    "split": "split",
    "merged": "merged",
    "partial": "in part",
}


def pair_view(comparison: Comparison, first: str, second: str) -> dict[str, Any]:
    """Two sources side by side."""
    left, right = comparison.story.article(first), comparison.story.article(second)
    links = [x for x in comparison.matches.links if {x.a, x.b} == {first, second}]
    pairs = {(x.i, x.j) if x.a == first else (x.j, x.i): x for x in links}
    overlap = next((o for o in comparison.matches.overlaps if {o.a, o.b} == {first, second}), None)
    rows = _rows(left.body, right.body, pairs)
    return {
        "a": left,
        "b": right,
        "rows": rows,
        "overlap": overlap,
        "matched": sum(bool(r["left"] and r["right"]) for r in rows),
        "only_a": sum(not r["right"] for r in rows),
        "only_b": sum(not r["left"] for r in rows),
    }


def _rows(
    left: Sequence[Paragraph], right: Sequence[Paragraph], pairs: Mapping[tuple[int, int], Link]
) -> list[dict[str, Any]]:
    groups = _groups(left, right, pairs)
    placed = []
    last = -1.0
    for rows, columns in groups:
        if rows:
            last = float(min(rows))
        placed.append((last if rows else -1.0, rows, columns))
    # paragraphs that only the right text has stand after the group that holds the paragraph before
    # them
    home = {j: key for key, rows, columns in placed if rows for j in columns}
    order = []
    for n, (key, rows, columns) in enumerate(placed):
        if not rows:
            earlier = [j for j in home if j < columns[0]]
            key = home[max(earlier)] if earlier else -1.0
        order.append((key, not rows, columns[0] if columns else 0, n))
    return [_row(left, right, placed[n][1], placed[n][2], pairs) for *_, n in sorted(order)]


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


def _row(
    left: Sequence[Paragraph],
    right: Sequence[Paragraph],
    rows: list[int],
    columns: list[int],
    pairs: Mapping[tuple[int, int], Link],
) -> dict[str, Any]:
    texts_a, texts_b = {p.index: p for p in left}, {p.index: p for p in right}
    links = {(i, j): pairs[i, j] for i in rows for j in columns if (i, j) in pairs}
    pair = next(iter(links.values())) if len(rows) == len(columns) == 1 else None
    kinds = list(dict.fromkeys(KIND_WORDS[x.kind] for x in links.values()))
    a = [
        {"p": texts_a[i], "html": _side(texts_a, texts_b, i, True, pair, links.values())}
        for i in rows
    ]
    b = [
        {"p": texts_b[j], "html": _side(texts_a, texts_b, j, False, pair, links.values())}
        for j in columns
    ]
    evidence = [
        {"name": e.name, "words": e.words, "weight": e.weight}
        for x in list(links.values())[:1]
        for e in x.evidence
    ]
    return {"left": a, "right": b, "kinds": kinds, "evidence": evidence}


def _side(
    texts_a: Mapping[int, Paragraph],
    texts_b: Mapping[int, Paragraph],
    index: int,
    left: bool,
    pair: Link | None,
    links: Iterable[Link],
) -> Markup:
    """A paragraph against its partners: struck and inserted where it can be read, else what they
    share marked."""
    text = (texts_a if left else texts_b)[index].text
    if pair and pair.difference and pair.difference.segments:
        return struck(
            (texts_a[pair.i].text, texts_b[pair.j].text),
            pair.difference.segments,
            "a" if left else "b",
        )
    spans: set[tuple[int, int]] = set()
    for link in links:
        if link.difference and (link.i if left else link.j) == index:
            shared = link.difference.shared_a if left else link.difference.shared_b
            spans |= set(shared) or _equal_spans(link.difference.segments, left)
    return marked(text, [Mark(start, end, "shared") for start, end in spans])


def _equal_spans(segments: Sequence[Segment], left: bool) -> set[tuple[int, int]]:
    """What two alike paragraphs share, where they stand in a split or a merger and are not
    struck."""
    return {
        (s.a_start, s.a_end) if left else (s.b_start, s.b_end) for s in segments if s.op == "equal"
    }


def step_view(comparison: Comparison, step: Step) -> dict[str, Any]:
    """What changed between two captures, weightiest first, and what stayed."""
    before, after = comparison.story.article(step.before), comparison.story.article(step.after)
    changes = [_change_view(before, after, c) for c in step.changes]
    real = [c for c in changes if c["change"] in step.changed]
    counts: dict[str, int] = defaultdict(int)
    for c in real:
        for word in c["tags"]:
            counts[word] += 1
    return {
        "before": before,
        "after": after,
        "changes": real,
        "counts": dict(counts),
        "typography": [c for c in changes if c["change"].consequence == "typography"],
        "same": [c for c in changes if c["change"].consequence == ""],
        "headline": _headline(before, after, step.headline),
    }


def _headline(
    before: Article, after: Article, segments: Sequence[Segment]
) -> dict[str, Any] | None:
    pair = (before.headline, after.headline)
    return (
        {"left": struck(pair, segments, "a"), "right": struck(pair, segments, "b")}
        if segments
        else None
    )


def _change_view(before: Article, after: Article, change: Change) -> dict[str, Any]:
    left = [before.paragraph(i) for i in change.before]
    right = [after.paragraph(i) for i in change.after]
    if left and right:
        pair = (" ".join(p.text for p in left), " ".join(p.text for p in right))
        sides = (
            (struck(pair, change.segments, "a"), struck(pair, change.segments, "b"))
            if change.segments
            else (escape(pair[0]), escape(pair[1]))
        )
    else:
        sides = (_whole(left, "a"), _whole(right, "b"))
    return {
        "change": change,
        "left": left,
        "right": right,
        "left_html": sides[0],
        "right_html": sides[1],
        "tags": _tags(change),
    }


def _whole(paragraphs: Sequence[Paragraph], side: Literal["a", "b"]) -> Markup:
    """A paragraph that one capture alone has, struck or underlined as a whole."""
    if not paragraphs:
        return Markup("")
    text = paragraphs[0].text
    size = len(text)
    if side == "a":
        return struck(
            (text, ""), (Segment(op="delete", a_start=0, a_end=size, b_start=0, b_end=0),), "a"
        )
    return struck(
        ("", text), (Segment(op="insert", a_start=0, a_end=0, b_start=0, b_end=size),), "b"
    )


def _tags(change: Change) -> list[str]:
    """What a reader is told of a change, in a few words each."""
    out = []
    for kind, old, new in change.details:
        if old and new:
            out.append(f"{kind} changed")
        else:
            out.append(f"{kind} {'removed' if old else 'added'}")
    if change.kind == "moved":
        out.append("paragraph moved")
    if change.kind in ("split", "merged"):
        out.append("paragraph split" if change.kind == "split" else "paragraphs merged")
    if change.kind in ("added", "removed"):
        out.append(f"paragraph {change.kind}")
    return list(dict.fromkeys(out)) or ["wording changed"]
