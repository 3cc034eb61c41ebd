"""links: sets of paragraph pairs → the links that the aligner would show, at its one shipped
setting."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import read
from site_gen.match.features import Features, features
from site_gen.match.pairs import link_articles
from site_gen.model import Article, Paragraph
from site_gen.pipeline import annotate


def _article(name: str, texts: Sequence[str]) -> Article:
    paragraphs = tuple(
        Paragraph(index=i, role="body", text=t, pid=f"p-{i}") for i, t in enumerate(texts)
    )
    return Article(id=name, outlet=name, path=f"{name}.md", paragraphs=paragraphs)


def sides_of(task: Mapping[str, Any]) -> tuple[list[Features], list[Features]]:
    """The two texts of a task as the aligner sees them."""
    sides = [annotate(_article("a", task["A"])), annotate(_article("b", task["B"]))]
    of = features(sides)
    a, b = ([of[s.article.id, p.index] for p in s.article.body] for s in sides)
    return a, b


def run(out: Path, sets: Sequence[Path]) -> None:
    """Link every task of every set."""
    rows = []
    for path in sets:
        for task in json.loads(path.read_text(encoding="utf-8")):
            a, b = sides_of(task)
            rows.append(
                {
                    "set": path.stem,
                    "id": task["id"],
                    "links": [[x.i, x.j] for x in link_articles(a, b)],
                }
            )
    read.write_lines(out, rows)
