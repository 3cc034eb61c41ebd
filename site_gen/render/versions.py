"""What an article changed between captures: changed paragraphs with words struck and inserted, what
stayed below them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal

from markupsafe import Markup, escape

from site_gen.model import Article, Change, Comparison, Paragraph, Segment, Step, Versions
from site_gen.model.message import say
from site_gen.render.marks import struck
from site_gen.render.messages import capital, join_html
from site_gen.render.paragraphs import moment


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


GRAVE = ("figure", "date", "name", "quotation", "attribution", "hedge")
"""Changes that change what an article says, the gravest first."""


def versions_view(comparison: Comparison, versions: Versions) -> dict[str, Any]:
    """All that an article changed: the gravest change first, counts over all steps, and the
    steps."""
    steps = [step_view(comparison, s) | {"number": n} for n, s in enumerate(versions.steps, 1)]
    counts: dict[str, int] = defaultdict(int)
    for step in steps:
        for word, n in step["counts"].items():
            counts[word] += n
    return {
        "versions": versions,
        "steps": steps,
        "counts": sorted(counts.items(), key=lambda c: (-c[1], c[0])),
        "lead": _lead(steps),
    }


def _lead(steps: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The gravest change of a value: what stood there before, and what stands there now."""
    found = []
    for step in steps:
        for place, change in enumerate(step["changes"], 1):
            for kind, old, new in change["change"].details:
                if kind in GRAVE and (old or new):
                    both = not (old and new)
                    found.append((GRAVE.index(kind), both, -step["number"], place, old, new, kind))
    if not found:
        return None
    _, _, number, place, old, new, kind = min(found)
    step = next(s for s in steps if s["number"] == -number)
    before, after = ((a.captured or a.published) for a in (step["before"], step["after"]))
    return {
        "old": old,
        "new": new,
        "word": capital(join_html("", [_named(kind, old, new)])),
        "link": f"#c-{-number}-{place}",
        "before": moment(before) or step["before"].id,
        "after": moment(after) or step["after"].id,
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
    out: list[str] = []
    for kind, old, new in change.details:
        out.append(_named(kind, old, new))
    if change.kind in KINDS:
        out.append(KINDS[change.kind])
    return list(dict.fromkeys(out)) or [say("wording changed")]


KINDS: dict[str, str] = {
    "moved": say("paragraph moved"),
    "split": say("paragraph split"),
    "merged": say("paragraphs merged"),
    "added": say("paragraph added"),
    "removed": say("paragraph removed"),
}
"""What happened to a paragraph as a whole."""
CHANGED: dict[str, tuple[str, str, str]] = {
    "figure": (say("figure changed"), say("figure removed"), say("figure added")),
    "date": (say("date changed"), say("date removed"), say("date added")),
    "name": (say("name changed"), say("name removed"), say("name added")),
    "quotation": (say("quotation changed"), say("quotation removed"), say("quotation added")),
    "attribution": (
        say("attribution changed"),
        say("attribution removed"),
        say("attribution added"),
    ),
    "hedge": (say("hedge changed"), say("hedge removed"), say("hedge added")),
    "wording": (say("wording changed"), say("wording removed"), say("wording added")),
    "order": (say("order changed"), say("order changed"), say("order changed")),
    "typography": (say("typography changed"), say("typography changed"), say("typography changed")),
}
"""What happened to a part of one: changed, removed, added."""


def _named(kind: str, old: str, new: str) -> str:
    """A change of a value in a word or two."""
    changed, removed, added = CHANGED[kind]
    return changed if old and new else removed if old else added
