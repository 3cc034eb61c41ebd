"""fit links: the models of links, from the development data alone → ``fitted/links.json``.

For near copies, independent articles and texts of sentences apart it trains two logistic
regressions, one on the evidence of a pair and one that sees the others beside it, on the five sets
of ``align/`` and the stories of ``stories/``. It prints
F1 by set: fitted on all of it, and in five folds, each reported by a model that did not see it.
scikit-learn does the fitting: ``pip install -e .[fit]``.
"""

from __future__ import annotations

import itertools
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks import read, records
from benchmarks.links import sides_of
from site_gen.fitted.model import Linear
from site_gen.match import context, evidence, numbers_of_pairs
from site_gen.match.features import Features, features
from site_gen.match.pairs import BOUNDS, NEAR_BEST, THRESHOLD, Reading, ReadingKind, keep, kind_of
from site_gen.pipeline import annotate

Cell = tuple[int, int]
FOLDS = 5
STRENGTH: Mapping[ReadingKind, float] = {"near": 0.3, "apart": 1.0, "sentences": 0.005}
"""Inverse of the regularisation: the best of 0.003 to 1 in five folds; the sets of sentences are
unlike one another, and only what is true of all of them helps."""
KINDS: tuple[ReadingKind, ...] = ("near", "apart", "sentences")


@dataclass(frozen=True)
class Task:
    """Two articles of a set: their candidates with the evidence, and the links that are right."""

    set: str
    id: str
    size: tuple[int, int]
    cells: Sequence[Cell]
    rows: Sequence[Sequence[float]]
    kind: ReadingKind
    """Which reading is for it, as the program chooses it."""
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
            out.append(task_of(path.stem, task["id"], a, b, gold, ignore))
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
            out.append(task_of("stories", story.id, a, b, gold, frozenset()))
    return out


def task_of(
    name: str,
    ident: str,
    a: Sequence[Features],
    b: Sequence[Features],
    gold: frozenset[Cell],
    ignore: frozenset[Cell],
) -> Task:
    """Two articles of a set as a task. ``gold``, ``ignore``: pairs of positions among the body
    paragraphs that are right, and of which nothing is known."""
    grid = evidence.base_scores(a, b)
    kind = kind_of(grid, a, b)
    looks = evidence.looks(a, b, grid, BOUNDS[kind])
    return Task(
        name,
        ident,
        (len(a), len(b)),
        list(looks),
        [(*look, *evidence.rest(a, b, grid, c)) for c, look in looks.items()],
        kind,
        gold,
        ignore,
    )


def _fit(
    work: Sequence[Task],
    cells: Sequence[Sequence[Cell]],
    rows: Sequence[Sequence[Sequence[float]]],
    strength: float,
) -> list[float]:
    """The weights of a regression over the numbers (the first is added); every set counts the
    same."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    right: Counter[str] = Counter()
    for t in work:
        right[t.set] += sum(c in t.gold for c in t.cells)
    x = np.array([r for one in rows for r in one])
    y = np.array([c in t.gold for t, of in zip(work, cells, strict=True) for c in of])
    w = np.array(
        [
            0.0 if c in t.ignore else 1000 / max(1, right[t.set])
            for t, of in zip(work, cells, strict=True)
            for c in of
        ]
    )
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(max_iter=3000, C=strength).fit(
        scaler.transform(x), y, sample_weight=w
    )
    weights = model.coef_[0] / scaler.scale_
    return [float(model.intercept_[0] - (weights * scaler.mean_).sum()), *map(float, weights)]


def _odds(weights: Sequence[float], rows: Sequence[Sequence[float]]) -> list[float]:
    return [weights[0] + sum(w * v for w, v in zip(weights[1:], r, strict=True)) for r in rows]


def _second(task: Task, first: Sequence[float]) -> dict[Cell, list[float]]:
    """What the second reading sees of the pairs that are not unlikely at first sight."""
    looks = [row[: len(numbers_of_pairs.QUICK)] for row in task.rows]
    odds = dict(zip(task.cells, _odds(first, looks), strict=True))
    seen = context.context(odds, *task.size, BOUNDS[task.kind].unlikely)
    rows = dict(zip(task.cells, task.rows, strict=True))
    return {c: [*rows[c], *seen[c]] for c in seen}


Readings = dict[ReadingKind, Reading]


def train(work: Sequence[Task]) -> Readings:
    """The readings of each kind, each from the tasks of its kind."""
    out: Readings = {}
    names = (*numbers_of_pairs.NAMES, *(f"context {n}" for n in context.NAMES))
    for kind in KINDS:
        part = [t for t in work if t.kind == kind]
        strength = STRENGTH[kind]
        one = _fit(part, [t.cells for t in part], [_looks(t) for t in part], strength)
        seen = [_second(t, one) for t in part]
        two = _fit(part, [list(s) for s in seen], [list(s.values()) for s in seen], strength)
        strangers = [
            row
            for t, found in zip(part, seen, strict=True)
            for c, row in found.items()
            if c not in t.gold
        ]
        usual = [sum(column) / len(strangers) for column in zip(*strangers, strict=True)]
        out[kind] = Reading(
            Linear(one[0], dict(zip(numbers_of_pairs.QUICK, one[1:], strict=True))),
            Linear(two[0], dict(zip(names, two[1:], strict=True))),
            dict(zip(names, usual, strict=True)),
        )
    return out


def _looks(task: Task) -> list[Sequence[float]]:
    return [row[: len(numbers_of_pairs.QUICK)] for row in task.rows]


def scores(task: Task, readings: Readings) -> dict[Cell, float]:
    """The log odds of a task's candidates."""
    reading = readings[task.kind]
    one, two, beside = reading.weights
    seen = _second(task, [reading.first.added, *one])
    found = _odds([reading.second.added, *two, *beside], list(seen.values()))
    return dict(zip(seen, found, strict=True))


def f1_by_set(work: Sequence[Task], odds: Sequence[dict[Cell, float]]) -> dict[str, float]:
    """F1 in percent, by set."""
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for task, of in zip(work, odds, strict=True):
        mine, gold = keep(of) - task.ignore, task.gold - task.ignore
        for n, value in enumerate((len(mine & gold), len(gold), len(mine))):
            tally[task.set][n] += value
    return {
        name: 200 * hit / max(1, gold + found) for name, (hit, gold, found) in sorted(tally.items())
    }


def show(name: str, f1: dict[str, float]) -> None:
    """Print F1 by set, and the mean of the sets of links."""
    mean = [v for k, v in f1.items() if k != "stories"]
    print(
        f"{name:16} "
        + "  ".join(f"{k} {v:.1f}" for k, v in f1.items())
        + f"  align mean {sum(mean) / len(mean):.1f}"
    )


def run(out: Path) -> None:
    """Fit on all, write the record, and print how good it is on what it saw and on what it did not
    see."""
    work = tasks(Path(os.environ["SITE_GEN_BENCH"]))
    readings = train(work)
    print(f"threshold {THRESHOLD}, near best {NEAR_BEST}")
    show("fitted on all", f1_by_set(work, [scores(t, readings) for t in work]))
    apart = dict(unseen(work))
    for name, f1 in apart.items():
        show(name, f1)
    parts = {
        f"{kind} {part}": getattr(reading, part)
        for kind, reading in readings.items()
        for part in ("first", "second")
    }
    told = {k: round(v, 1) for k, v in apart["in five folds"].items()}
    usual = {kind: r.usual for kind, r in readings.items()}
    records.write(out, "links", parts, told, FOLDS, usual=usual)


def unseen(work: Sequence[Task]) -> Iterator[tuple[str, dict[str, float]]]:
    """F1 by set of models that did not see what they are scored on: in five folds of tasks and
    stories."""
    ids = sorted({(t.set, t.id) for t in work})
    fold = {key: n % FOLDS for n, key in enumerate(ids)}
    parts = {k: train([t for t in work if fold[t.set, t.id] != k]) for k in range(FOLDS)}
    yield "in five folds", f1_by_set(work, [scores(t, parts[fold[t.set, t.id]]) for t in work])
