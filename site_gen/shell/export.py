"""What editors decided in a story: as lines, or as labelled pairs to learn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from site_gen.compare.review import review_items
from site_gen.compare.ruled import Node
from site_gen.model import Comparison, ReviewItem, Row, Story
from site_gen.pipeline import body_pids, by_machine, ruled
from site_gen.render.desk import KINDS, decision_words

FORM = 1
"""Version of the form of the exported file."""


def counted(stories: Sequence[dict[str, Any]]) -> str:
    """What was exported, in numbers."""
    pairs = sum(len(list(combinations(r["cells"], 2))) for s in stories for r in s["comparison"])
    apart = sum(len(s["different"]["comparison"]) for s in stories)
    passages = sum(len(s["passages"]) + len(s["different"]["passages"]) for s in stories)
    return (
        f"{len(stories)} stories, {pairs} pairs of values that are of one thing,"
        f" {apart} rows taken apart, {passages} passages decided on"
    )


def lines(story: Story) -> Iterator[str]:
    """The rulings of a story, a line each: place in the file, what they name, what they decide."""
    machine = by_machine(story)
    comparison = ruled(story, machine)
    items = review_items(comparison, machine.matches, machine.rows)
    of = {i.ruling: i for i in items if i.ruling}
    yield f"{story.id}: {len(story.rulings)} rulings"
    for ruling in story.rulings:
        item = of.get(ruling)
        what = KINDS[item.kind] if item else ruling.target[0]
        holds = " (holds no more: the texts changed)" if item and item.lapsed else ""
        who = " ".join(w for w in (ruling.editor, ruling.date) if w)
        words = "; ".join(ruling.of)
        name = " ".join(ruling.target[1:])
        yield f"  {ruling.line}: {what} {name} {words}: {decision_words(ruling)}{holds} [{who}]"


def labelled(story: Story) -> dict[str, Any]:
    """What editors decided in a story, in the form of a hand-labelled story (``story``,
    ``passages``, ``comparison``), with the articles' files beside it and what was taken apart under
    ``different``. Only what was decided stands there: nothing is said of the rest."""
    machine = by_machine(story)
    comparison = ruled(story, machine)
    items = review_items(comparison, machine.matches, machine.rows)
    rows = {r.id: r for r in comparison.rows}
    one = [(i, rows[i.id]) for i in items if i.done and i.id in rows and _one_thing(i, rows[i.id])]
    apart = [rows[i.id] for i in items if i.done and i.id in rows and _apart(i)]
    together, taken = _passages(comparison, items)
    return {
        "story": story.title,
        "id": story.id,
        "articles": {
            s: {
                "outlet": story.article(s).outlet,
                "published": str(story.article(s).published or ""),
                "paragraphs": [
                    {"role": p.role, "text": p.text} for p in story.article(s).paragraphs
                ],
            }
            for s in comparison.matches.sources
        },
        "passages": together,
        "comparison": [
            {"about": r.label, "cells": _cells(r), "verdict": r.shown, "kind": r.kind}
            for _, r in one
        ],
        "different": {
            "passages": taken,
            "comparison": [{"about": r.label, "cells": _cells(r), "kind": r.kind} for r in apart],
        },
        "speakers": [
            {"mention": r.mention, "words": list(r.of), "speaker": r.speaker}
            for r in story.rulings
            if r.mention and r.speaker
        ],
    }


def _one_thing(item: ReviewItem, row: Row) -> bool:
    ruling = item.ruling
    said = ruling is not None and not (ruling.different or ruling.hide)
    return said and len(row.cells) > 1 and row.kind != "quotation"


def _apart(item: ReviewItem) -> bool:
    ruling = item.ruling
    return ruling is not None and ruling.different and item.kind in ("figure", "date")


def _cells(row: Row) -> dict[str, list[Any]]:
    """Source → paragraph and words of its first statement."""
    return {
        c.source: [c.statements[0].place.paragraph, c.statements[0].text]
        for c in row.cells
        if c.statements[0].place.paragraph >= 0
    }


def _passages(
    comparison: Comparison, items: Sequence[ReviewItem]
) -> tuple[list[dict[str, list[int]]], list[list[list[Any]]]]:
    """The passages that were confirmed, as source → paragraphs, and the pairs of paragraphs that
    were taken apart."""
    sources = set(comparison.matches.sources)
    at: dict[str, list[Node]] = {}
    for node, pid in body_pids(comparison.annotated).items():
        if node[0] in sources:
            at.setdefault(pid, []).append(node)
    together = []
    for item in items:
        if item.kind == "passage" and item.done and item.ruling and item.ruling.one_thing:
            passage = next(p for p in comparison.matches.passages if p.id == item.id)
            together.append({a: list(i) for a, i in passage.members})
    taken = []
    for ruling in comparison.story.rulings:
        if ruling.paragraphs and ruling.different:
            first, *others = ruling.paragraphs
            pairs = [(x, y) for o in others for x in at.get(first, ()) for y in at.get(o, ())]
            taken += [[list(x), list(y)] for x, y in pairs if x[0] != y[0]]
    return together, taken
