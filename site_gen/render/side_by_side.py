"""Two texts side by side: groups of matched paragraphs in reading order, every paragraph of both exactly once.

Alike paragraphs are shown with words struck and inserted; below the readable likeness only what they share is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from site_gen.match.diff import READABLE, likeness, shared_spans, word_diff
from site_gen.model import Article, Change, Comparison, Link, Paragraph, Step
from site_gen.render.marks import Mark, marked, struck

KIND_WORDS = {
    "same": "same words", "edited": "edited", "reworded": "reworded", "moved": "moved", "split": "split", "merged": "merged",
    "partial": "in part",
}  # fmt: skip


def pair_view(comparison: Comparison, a: str, b: str) -> dict[str, Any]:
    """Two sources side by side."""
    left, right = comparison.story.article(a), comparison.story.article(b)
    links = [x for x in comparison.matches.links if {x.a, x.b} == {a, b}]
    pairs = {(x.i, x.j) if x.a == a else (x.j, x.i): x for x in links}
    overlap = next((o for o in comparison.matches.overlaps if {o.a, o.b} == {a, b}), None)
    rows = _rows(left.body, right.body, pairs)
    return {
        "a": left, "b": right, "rows": rows, "overlap": overlap,
        "matched": sum(bool(r["left"] and r["right"]) for r in rows), "only_a": sum(not r["right"] for r in rows), "only_b": sum(not r["left"] for r in rows),
    }  # fmt: skip


def _rows(left: Sequence[Paragraph], right: Sequence[Paragraph], pairs: Mapping[tuple[int, int], Link]) -> list[dict[str, Any]]:
    groups = _groups(left, right, pairs)
    placed = []
    last = -1.0
    for rows, columns in groups:
        if rows:
            last = float(min(rows))
        placed.append((last if rows else -1.0, rows, columns))
    # paragraphs that only the right text has stand after the group that holds the paragraph before them
    home = {j: key for key, rows, columns in placed if rows for j in columns}
    order = []
    for n, (key, rows, columns) in enumerate(placed):
        if not rows:
            earlier = [j for j in home if j < columns[0]]
            key = home[max(earlier)] if earlier else -1.0
        order.append((key, not rows, columns[0] if columns else 0, n))
    return [_row(left, right, placed[n][1], placed[n][2], pairs) for *_, n in sorted(order)]


def _groups(left: Sequence[Paragraph], right: Sequence[Paragraph], pairs: Mapping[tuple[int, int], Link]) -> list[tuple[list[int], list[int]]]:
    """Paragraph indexes of both sides grouped by their links, each index once; groups in the order of the left text."""
    parent: dict[tuple[str, int], tuple[str, int]] = {("a", p.index): ("a", p.index) for p in left} | {("b", p.index): ("b", p.index) for p in right}

    def find(x: tuple[str, int]) -> tuple[str, int]:
        while parent[x] != x:
            x = parent[x]
        return x

    for i, j in sorted(pairs):
        x, y = sorted((find(("a", i)), find(("b", j))))
        parent[y] = x
    members: dict[tuple[str, int], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, index in parent:
        members[find((side, index))][side == "b"].append(index)
    return sorted(members.values(), key=lambda g: (not g[0], g[0] or g[1]))


def _row(left: Sequence[Paragraph], right: Sequence[Paragraph], rows: list[int], columns: list[int], pairs: Mapping[tuple[int, int], Link]) -> dict[str, Any]:
    texts_a, texts_b = {p.index: p for p in left}, {p.index: p for p in right}
    links = [pairs[i, j] for i in rows for j in columns if (i, j) in pairs]
    single = len(rows) == len(columns) == 1
    kinds = list(dict.fromkeys(KIND_WORDS[x.kind] for x in links))
    a = [{"p": texts_a[i], "html": _side(texts_a[i].text, [texts_b[j].text for j in columns if (i, j) in pairs], "a", single)} for i in rows]
    b = [{"p": texts_b[j], "html": _side(texts_b[j].text, [texts_a[i].text for i in rows if (i, j) in pairs], "b", single)} for j in columns]
    evidence = [{"name": e.name, "words": e.words, "weight": e.weight, "score": x.score} for x in links[:1] for e in x.evidence]
    same = single and texts_a[rows[0]].text == texts_b[columns[0]].text
    return {"left": a, "right": b, "kinds": kinds, "evidence": evidence, "score": max((x.score for x in links), default=0.0), "same": same}


def _side(text: str, others: Sequence[str], side: str, single: bool) -> Markup:
    """A paragraph against its partners: struck and inserted where it can be read, else what they share marked."""
    if not others:
        return marked(text, ())
    if single and likeness(text, others[0]) >= READABLE:
        pair = (text, others[0]) if side == "a" else (others[0], text)
        return struck(pair, word_diff(*pair), "a" if side == "a" else "b")
    spans = {span for other in others for span in shared_spans(text, other)}
    return marked(text, [Mark(start, end, "shared") for start, end in spans])


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
        "before": before, "after": after, "changes": real, "counts": dict(counts),
        "typography": [c for c in changes if c["change"].consequence == "typography"], "same": [c for c in changes if c["change"].consequence == ""],
        "headline": _headline(before, after),
    }  # fmt: skip


def _headline(before: Article, after: Article) -> dict[str, Any] | None:
    if before.headline == after.headline or not before.headline or not after.headline:
        return None
    pair = (before.headline, after.headline)
    segments = word_diff(*pair)
    return {"left": struck(pair, segments, "a"), "right": struck(pair, segments, "b")}


def _change_view(before: Article, after: Article, change: Change) -> dict[str, Any]:
    left = [before.paragraph(i) for i in change.before]
    right = [after.paragraph(i) for i in change.after]
    if left and right:
        pair = (left[0].text, right[0].text)
        segments = word_diff(*pair)
        sides = (struck(pair, segments, "a"), struck(pair, segments, "b"))
    else:
        sides = (_whole(left, "a"), _whole(right, "b"))
    return {"change": change, "left": left, "right": right, "left_html": sides[0], "right_html": sides[1], "tags": _tags(change)}


def _whole(paragraphs: Sequence[Paragraph], side: str) -> Markup:
    if not paragraphs:
        return Markup("")
    text = paragraphs[0].text
    return struck((text, ""), word_diff(text, ""), "a") if side == "a" else struck(("", text), word_diff("", text), "b")


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
    if change.kind in ("added", "removed"):
        out.append(f"paragraph {change.kind}")
    return list(dict.fromkeys(out)) or ["wording changed"]
