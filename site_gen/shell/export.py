"""What editors decided in a story: as lines, or as labelled pairs to learn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any

from site_gen.compare.review import review_items
from site_gen.compare.ruled import Node
from site_gen.model import Article, Comparison, ReviewItem, Row, Story
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
    of = {i.ruling.line: i for i in items if i.ruling}
    yield f"{story.id}: {len(story.rulings)} rulings"
    for ruling in story.rulings:
        item = of.get(ruling.line)
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
    decided = [(i, rows[i.id]) for i in items if i.done and i.id in rows]
    one = [r for i, r in decided if _one_thing(i, r)]
    apart = [r for i, r in decided if _apart(i)]
    return {
        "story": story.title,
        "id": story.id,
        "articles": {s: _article(story.article(s)) for s in comparison.matches.sources},
        "passages": _confirmed_passages(comparison, items),
        "comparison": [
            {"about": r.label, "cells": _cells(r), "verdict": r.shown, "kind": r.kind} for r in one
        ],
        "different": {
            "passages": list(_taken_apart(comparison)),
            "comparison": [{"about": r.label, "cells": _cells(r), "kind": r.kind} for r in apart],
        },
        "speakers": [
            {"mention": r.mention, "words": list(r.of), "speaker": r.speaker}
            for r in story.rulings
            if r.speaker
        ],
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "outlet": article.outlet,
        "published": str(article.published or ""),
        "paragraphs": [{"role": p.role, "text": p.text} for p in article.paragraphs],
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


def _confirmed_passages(
    comparison: Comparison, items: Sequence[ReviewItem]
) -> list[dict[str, list[int]]]:
    """The passages that were confirmed, as source → paragraphs."""
    found = {p.id: p for p in comparison.matches.passages}
    done = [i for i in items if i.kind == "passage" and i.done and i.id in found]
    sure = [found[i.id] for i in done if i.ruling and i.ruling.one_thing]
    return [{a: list(indexes) for a, indexes in p.members} for p in sure]


def _taken_apart(comparison: Comparison) -> Iterator[list[list[Any]]]:
    """The pairs of paragraphs that were taken apart, each as source and paragraph."""
    at: dict[str, list[Node]] = {}
    for node, pid in body_pids(comparison.annotated).items():
        if node[0] in comparison.matches.sources:
            at.setdefault(pid, []).append(node)
    for ruling in comparison.story.rulings:
        first, *others = ruling.paragraphs if ruling.different else ("",)
        for x, y in product(at.get(first, ()), (n for o in others for n in at.get(o, ()))):
            if x[0] != y[0]:
                yield [list(x), list(y)]
