"""What an article changed between captures: changed paragraphs with words struck and inserted, what
stayed below them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal

from markupsafe import Markup, escape

from site_gen.model import Article, Change, Comparison, Paragraph, Segment, Step
from site_gen.render.marks import struck


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
