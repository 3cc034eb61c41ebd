"""fit: the weights of the link model, from the development data alone →
``site_gen/match/weights.py``.

``python -m benchmarks fit FILE`` trains two logistic regressions, one on the evidence of a pair and
one that sees the others beside it, on the five sets of ``align/`` and the stories of ``stories/``,
each set with the same weight. It prints F1 by set: fitted on all of it; in five folds, each
reported by a model that did not see it; and leaving out one set after the other. scikit-learn does
the fitting: ``pip install -e .[fit]``.
"""

from __future__ import annotations

import itertools
import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks import read
from benchmarks.links import sides_of
from site_gen.match import context, evidence
from site_gen.match.features import Features, features
from site_gen.match.pairs import NEAR_BEST, THRESHOLD, keep
from site_gen.pipeline import annotate

Cell = tuple[int, int]
FOLDS = 5


@dataclass(frozen=True)
class Task:
    """Two articles of a set: their candidates with the evidence, and the links that are right."""

    set: str
    id: str
    size: tuple[int, int]
    cells: Sequence[Cell]
    rows: Sequence[Sequence[float]]
    gold: frozenset[Cell]
    ignore: frozenset[Cell]


def tasks(folder: Path) -> list[Task]:
    """Every pair of articles of the development data, indexes as positions among the body
    paragraphs."""
    out = []
    for path in sorted((folder / "align").glob("*.json")):
        for task in json.loads(path.read_text(encoding="utf-8")):
            a, b = sides_of(task)
            gold, ignore = (
                frozenset((i, j) for i, j in task.get(k) or []) for k in ("gold", "ignore")
            )
            out.append(_task(path.stem, task["id"], a, b, gold, ignore))
    for story in read.stories(folder / "stories"):
        passages = yaml.safe_load(
            (folder / "stories" / story.id / "gold.yml").read_text(encoding="utf-8")
        )["passages"]
        sides = [annotate(a) for a in sorted(story.articles, key=lambda a: a.id)]
        of = features(sides)
        for x, y in itertools.combinations(sides, 2):
            p, q = ({p.index: n for n, p in enumerate(s.article.body)} for s in (x, y))
            pairs = [
                (i, j)
                for g in passages
                for i in g.get(x.article.id, ())
                for j in g.get(y.article.id, ())
            ]
            gold = frozenset((p[i], q[j]) for i, j in pairs if i in p and j in q)
            a, b = ([of[s.article.id, k] for k in order] for s, order in ((x, p), (y, q)))
            out.append(_task("stories", story.id, a, b, gold, frozenset()))
    return out


def _task(
    name: str,
    ident: str,
    a: Sequence[Features],
    b: Sequence[Features],
    gold: frozenset[Cell],
    ignore: frozenset[Cell],
) -> Task:
    grid = evidence.base_scores(a, b)
    cells = grid.candidates()
    return Task(
        name,
        ident,
        (len(a), len(b)),
        cells,
        [evidence.evidence(a, b, grid, c) for c in cells],
        gold,
        ignore,
    )


Model = Callable[[Sequence[Sequence[float]]], list[float]]


def _fit(
    work: Sequence[Task], rows: Sequence[Sequence[Sequence[float]]]
) -> tuple[Model, list[float]]:
    """Log odds as a function of the numbers, and its weights (the first is added); every set counts
    the same."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    share = Counter({t.set: 0 for t in work})
    for t in work:
        share[t.set] += sum(c in t.gold for c in t.cells)
    x = np.array([r for one in rows for r in one])
    y = np.array([c in t.gold for t in work for c in t.cells])
    w = np.array([0.0 if c in t.ignore else 1000 / share[t.set] for t in work for c in t.cells])
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(max_iter=3000).fit(scaler.transform(x), y, sample_weight=w)
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return (lambda r: list(np.array(r) @ weights + intercept) if len(r) else []), [
        intercept,
        *map(float, weights),
    ]


def _second(task: Task, odds: Sequence[float]) -> list[list[float]]:
    seen = context.context(dict(zip(task.cells, odds, strict=True)), *task.size)
    return [[*row, *seen[c]] for c, row in zip(task.cells, task.rows, strict=True)]


def _first(task: Task, weights: Sequence[float]) -> Iterator[float]:
    for row in task.rows:
        yield weights[0] + sum(w * v for w, v in zip(weights[1:], row, strict=True))


def _train(
    work: Sequence[Task],
) -> tuple[Callable[[Task], dict[Cell, float]], list[float], list[float]]:
    first, one = _fit(work, [t.rows for t in work])
    second, two = _fit(work, [_second(t, first(t.rows)) for t in work])

    def scores(task: Task) -> dict[Cell, float]:
        return dict(zip(task.cells, second(_second(task, first(task.rows))), strict=True))

    return scores, one, two


def _f1(work: Sequence[Task], odds: Sequence[dict[Cell, float]]) -> dict[str, float]:
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for task, of in zip(work, odds, strict=True):
        mine, gold = keep(of) - task.ignore, task.gold - task.ignore
        for n, value in enumerate((len(mine & gold), len(gold), len(mine))):
            tally[task.set][n] += value
    return {
        name: 200 * hit / max(1, gold + found) for name, (hit, gold, found) in sorted(tally.items())
    }


def _show(name: str, f1: dict[str, float]) -> None:
    mean = [v for k, v in f1.items() if k != "stories"]
    print(
        f"{name:16} "
        + "  ".join(f"{k} {v:.1f}" for k, v in f1.items())
        + f"  align mean {sum(mean) / len(mean):.1f}"
    )


def run(out: Path) -> None:
    """Fit on all, write the weights, and print how good it is on what it saw and on what it did not
    see."""
    work = tasks(Path(os.environ["SITE_GEN_BENCH"]))
    scores, one, two = _train(work)
    strangers = [
        row
        for t in work
        for c, row in zip(t.cells, _second(t, list(_first(t, one))), strict=True)
        if c not in t.gold
    ]
    write(out, one, two, [sum(column) / len(strangers) for column in zip(*strangers, strict=True)])
    print(f"threshold {THRESHOLD}, near best {NEAR_BEST}")
    _show("fitted on all", _f1(work, [scores(t) for t in work]))
    for name, f1 in unseen(work):
        _show(name, f1)


def unseen(work: Sequence[Task]) -> Iterator[tuple[str, dict[str, float]]]:
    """F1 by set of models that did not see what they are scored on: in five folds of tasks and
    stories, and leaving out a set at a time."""
    ids = sorted({(t.set, t.id) for t in work})
    fold = {key: n % FOLDS for n, key in enumerate(ids)}
    parts: dict[Any, Callable[[Task], dict[Cell, float]]] = {
        k: _train([t for t in work if fold[t.set, t.id] != k])[0] for k in range(FOLDS)
    }
    yield "in five folds", _f1(work, [parts[fold[t.set, t.id]](t) for t in work])
    sets = sorted({t.set for t in work})
    parts = {s: _train([t for t in work if t.set != s])[0] for s in sets}
    yield "its set left out", _f1(work, [parts[t.set](t) for t in work])


def write(
    out: Path, one: Sequence[float], two: Sequence[float], strangers: Sequence[float]
) -> None:
    """The weights as a module, in the order of the names."""
    names = (
        ["added", *evidence.NAMES],
        ["added", *evidence.NAMES, *(f"context {n}" for n in context.NAMES)],
    )
    lines = [
        (
            '"""The weights of the link model: log odds added for each unit of evidence. Written by'
            ' ``python -m benchmarks fit``, not by hand."""'
        ),
        "",
    ]
    parts = (
        ("FIRST", names[0], one, "The first reading: a pair by itself."),
        ("SECOND", names[1], two, "The second reading: the pair beside the other pairs."),
        (
            "STRANGERS",
            names[1][1:],
            strangers,
            (
                "The mean of each number over candidates that are no links: what evidence is told"
                " against."
            ),
        ),
    )
    for title, keys, values, told in parts:
        lines.append(f"{title} = {{")
        lines += [
            f'    "{key}": {float(f"{value:.5g}")},'
            for key, value in zip(keys, values, strict=True)
        ]
        lines += ["}", f'"""{told}"""']
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
