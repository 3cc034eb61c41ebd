"""fit-rows: the weights by which two facts are held to be about the same thing →
``site_gen/compare/weights.py``.

``python -m benchmarks fit-rows FILE`` trains logistic regressions for figures and dates apart: two
on the labelled rows of ``stories/``, one with all evidence and one that sees no value; then one for
values that differ, on those rows and on the invented conflicts and look-alikes of ``tests/cases/``.
It prints F1 of rows, verdicts and conflicts, how many of the invented conflicts are found and how
many look-alikes are taken for one: fitted on everything, and in five folds, each scored with
weights that did not see it. scikit-learn does the fitting: ``pip install -e .[fit]``.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from benchmarks import invented, neutral, read, records
from site_gen.compare import alike, dispute_evidence
from site_gen.compare.alike import KINDS, Pair, RowModels
from site_gen.compare.candidates import pairs
from site_gen.compare.disputes import candidates
from site_gen.compare.mentions import Mention, Side, mentions
from site_gen.compare.rows import compare_facts, meeting, repeats
from site_gen.fitted.model import Linear
from site_gen.model import Comparison, Story
from site_gen.pipeline import annotate, match

STRENGTH = 0.1
"""Inverse strength of the regularisation: the best of 0.03, 0.1 and 0.3 in five folds."""
FOLDS = 5
SETS = ("conflicts", "no_conflicts", "conflicts_more", "no_conflicts_more")
CASES = {"stories": 1.0, "conflicts": 3.0, "no_conflicts": 3.0}
HARD = 1.0
"""Weight of a pair of a set: the plain invented cases are few, and each was thought out; the others
are meant to be hard."""
Tally = dict[str, tuple[int, int, int]]
NOTHING = RowModels(
    **{p: {k: Linear(0.0, {}) for k in KINDS} for p in ("same", "blind", "dispute")}
)
"""For evidence that no model is asked of."""


@dataclass(frozen=True)
class Labelled:
    """A story with the rows that a reader found; ``set`` is ``stories``, ``conflicts`` or
    ``no_conflicts``."""

    set: str
    id: str
    comparison: Comparison
    rows: Sequence[Mapping[str, Any]]
    undecided: bool = False
    """Whether values that differ may still be of one thing here."""

    def sides(self) -> list[Side]:
        """The mentions of each source."""
        return [
            mentions(self.comparison.annotation(s)) for s in sorted(self.comparison.matches.sources)
        ]

    def pairs(self, models: RowModels) -> Iterator[Pair]:
        """Every two sources side by side."""
        for a, b in itertools.combinations(self.sides(), 2):
            yield Pair.of(a, b, self.comparison.matches.links, models)


@dataclass(frozen=True)
class Sample:
    """Two facts of different sources: their evidence, and whether the labels put them into one row
    (weight 0: they do not say)."""

    kind: str
    evidence: Mapping[str, float]
    same: bool
    weight: float


def load() -> list[Labelled]:
    """The labelled stories and the invented cases, matched but not yet compared."""
    folder = Path(os.environ["SITE_GEN_BENCH"]) / "stories"
    out = []
    for story in read.stories(folder):
        gold = (
            yaml.safe_load((folder / story.id / "gold.yml").read_text(encoding="utf-8")).get(
                "comparison"
            )
            or []
        )
        out.append(_labelled("stories", story.id, story, gold))
    for kind in SETS:
        for case in invented.cases(kind):
            out.append(
                _labelled(kind, case.id, case.story, [case.row] if case.row else [], case.one_thing)
            )
    return out


def _labelled(
    kind: str, ident: str, story: Story, rows: Sequence[Mapping[str, Any]], undecided: bool = False
) -> Labelled:
    annotated = {a.id: annotate(a) for a in sorted(story.articles, key=lambda a: a.id)}
    comparison = Comparison(
        story=story, annotated=tuple(annotated.values()), matches=match(annotated), rows=()
    )
    return Labelled(kind, ident, comparison, rows, undecided)


def fits(fact: Mention, cell: tuple[str, int, str]) -> bool:
    """Whether a mention is what a labelled cell names: source, paragraph and words."""
    return (
        fact.source == cell[0]
        and fact.paragraph == cell[1]
        and bool(_tokens(fact.text) & _tokens(cell[2]))
    )


def _tokens(text: object) -> set[str]:
    return set(re.findall(r"[\w']+", str(text).lower()))


def samples(work: Sequence[Labelled]) -> Iterator[Sample]:
    """Every pair of comparable facts of the stories. Repeats of a labelled pair elsewhere in the
    articles are left undecided."""
    for item in work:
        if item.set != "stories":
            continue
        rows = [[(a, *cell) for a, cell in row["cells"].items()] for row in item.rows]
        of = {side.source: side.mentions for side in item.sides()}
        worth = [
            {(f.source, f.worth) for c in cells for f in of.get(c[0], ()) if fits(f, c)}
            for cells in rows
        ]
        for pair in item.pairs(NOTHING):
            for f, g in itertools.product(pair.a.mentions, pair.b.mentions):
                if alike.comparable(f, g):
                    agreed = alike.agree(f, g)
                    hit = [
                        n
                        for n, cells in enumerate(rows)
                        if any(fits(f, c) for c in cells) and any(fits(g, c) for c in cells)
                    ]
                    right = any((item.rows[n]["verdict"] != "conflict") == agreed for n in hit)
                    again = any(
                        (f.source, f.worth) in values and (g.source, g.worth) in values
                        for values in worth
                    )
                    yield Sample(
                        f.kind,
                        alike.evidence(f, g, pair),
                        right,
                        1.0 if right or not (hit or again) else 0.0,
                    )


def disputed(work: Sequence[Labelled], models: RowModels) -> Iterator[Sample]:
    """Every pair of values that do not meet, with the evidence of a dispute as the first two models
    see it."""
    for item in work:
        labels = [
            [(a, *cell) for a, cell in row["cells"].items()]
            for row in item.rows
            if row["verdict"] == "conflict"
        ]
        for pair in item.pairs(models):
            ours = list(enumerate(repeats(pair.a)))
            theirs = list(enumerate(repeats(pair.b), len(ours)))
            held = list(pairs(ours, theirs, pair.linked))
            for c in candidates(held, pair, meeting(held, pair), every=True):
                right = any(
                    any(
                        fits(c.first, x) and fits(c.second, y)
                        for x, y in itertools.permutations(cells, 2)
                    )
                    for cells in labels
                )
                told = not item.undecided or c.evidence["blind"] < 0
                weight = CASES.get(item.set, HARD) * told
                yield Sample(c.first.kind, c.evidence, right, weight)


def fit(work: Sequence[Labelled]) -> RowModels:
    """All three models: the third sees the mentions through the first two."""
    found = list(samples(work))
    seen = RowModels(
        same=fit_on(found, alike.NAMES), blind=fit_on(found, alike.BLIND), dispute=NOTHING.dispute
    )
    apart = fit_on(list(disputed(work, seen)), dispute_evidence.NAMES, dispute_evidence.SIGNS)
    return replace(seen, dispute=apart)


def fit_on(
    work: Sequence[Sample], names: Mapping[str, Sequence[str]], signs: Mapping[str, int] = {}
) -> dict[str, Linear]:
    """The regressions of each kind over some samples. ``signs``: names whose weight has one."""
    import numpy as np
    from sklearn.preprocessing import StandardScaler

    out: dict[str, Linear] = {}
    for kind, columns in names.items():
        part = [s for s in work if s.kind == kind and s.weight]
        scaler = StandardScaler()
        x = scaler.fit_transform(np.array([[s.evidence[c] for c in columns] for s in part]))
        y, w = np.array([s.same for s in part]), np.array([s.weight for s in part])
        coefficients, intercept = _logistic(x, y, w, [signs.get(c, 0) for c in columns])
        weights = coefficients / scaler.scale_
        added = float(intercept - (weights * scaler.mean_).sum())
        out[kind] = Linear(added, dict(zip(columns, map(float, weights), strict=True)))
    return out


def _logistic(x: Any, y: Any, w: Any, signs: Sequence[int]) -> tuple[Any, float]:
    """Logistic regression with an L2 penalty in which a weight may be held to one sign: evidence
    must not count against what it shows."""
    import numpy as np
    from scipy.optimize import minimize

    def loss(v: Any) -> tuple[float, Any]:
        z = x @ v[:-1] + v[-1]
        p = 1 / (1 + np.exp(-z))
        value = (w * (np.logaddexp(0, z) - y * z)).sum() + (v[:-1] ** 2).sum() / (2 * STRENGTH)
        slope = w * (p - y)
        return value, np.append(x.T @ slope + v[:-1] / STRENGTH, slope.sum())

    bounds = [(0, None) if s > 0 else (None, 0) if s < 0 else (None, None) for s in signs]
    best = minimize(
        loss,
        np.zeros(x.shape[1] + 1),
        jac=True,
        method="L-BFGS-B",
        bounds=[*bounds, (None, None)],
        options={"maxiter": 3000},
    )
    return best.x[:-1], float(best.x[-1])


def score(work: Sequence[Labelled], models: RowModels) -> Tally:
    """Hits, labelled and found: pairs of cells by the rules of the scorer of ``stories/``; invented
    cases as a whole."""
    tally: Tally = {}
    for item in work:
        sources = [item.comparison.annotation(s) for s in item.comparison.matches.sources]
        rows = compare_facts(sources, item.comparison.matches, {}, models)
        if item.set == "stories":
            found = neutral.rows(replace(item.comparison, rows=rows), lambda _, n: n)
            value = _score(item.rows, found)
        else:
            value = {item.set: invented.judged(rows, item.rows[0] if item.rows else None)}
        add(tally, value)
    return tally


def add(tally: Tally, value: Tally) -> None:
    """Add counts to counts."""
    for key, (hit, gold, found) in value.items():
        h, g, f = tally.get(key, (0, 0, 0))
        tally[key] = (h + hit, g + gold, f + found)


def _score(gold: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]) -> Tally:
    def cells(rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, Any, str]]:
        return [
            ((a, *r["cells"][a]), (b, *r["cells"][b]), r["verdict"])
            for r in rows
            for a, b in itertools.combinations(sorted(r["cells"]), 2)
        ]

    g, f = cells(gold), cells(found)
    used: tuple[set[int], set[int]] = (set(), set())
    hits = []
    for (i, x), (j, y) in itertools.product(enumerate(g), enumerate(f)):
        near = all(
            p[:2] == q[:2] and _tokens(p[2]) & _tokens(q[2])
            for p, q in zip(x[:2], y[:2], strict=True)
        )
        if near and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            hits.append((i, j))
    verdict = sum(g[i][2] == f[j][2] for i, j in hits)
    both = sum(g[i][2] == f[j][2] == "conflict" for i, j in hits)
    many = sum(x[2] == "conflict" for x in g), sum(x[2] == "conflict" for x in f)
    return {
        "rows": (len(hits), len(g), len(f)),
        "verdict": (verdict, len(g), len(f)),
        "conflict": (both, *many),
    }


def show(name: str, tally: Tally) -> None:
    """Print counts as F1."""
    parts = [
        f"{k} {200 * h / max(1, g + f):.1f} ({h} of {g}, {f} found)"
        for k, (h, g, f) in tally.items()
        if k not in SETS
    ]
    for k in SETS:
        h, g, f = tally.get(k, (0, 0, 0))
        parts.append(
            f"{k}: {h} of {g}, false {f}"
            if k.startswith("conflicts")
            else f"look-alikes taken for one: {f} of {g}"
        )
    print(f"{name:14} " + "  ".join(parts), flush=True)


def run(out: Path) -> None:
    """Fit on everything, write the models, and print how good the rows are on what they saw and on
    what they did not see."""
    work = load()
    whole = fit(work)
    show("fitted on all", score(work, whole))
    apart = unseen(work)
    show("in five folds", apart)
    write(out, whole, apart)


def unseen(work: Sequence[Labelled]) -> Tally:
    """The counts in five folds of stories and cases, each scored with weights that did not see
    it."""
    tally: Tally = {}
    for fold in range(FOLDS):
        away = {
            item.id
            for kind in ("stories", *SETS)
            for item in [w for w in work if w.set == kind][fold::FOLDS]
        }
        add(
            tally,
            score([w for w in work if w.id in away], fit([w for w in work if w.id not in away])),
        )
    return tally


def write(out: Path, models: RowModels, apart: Tally) -> None:
    """The record of the models: weights to five digits, and how good they are on unseen folds."""
    parts = {
        f"{part} {kind}": getattr(models, part)[kind]
        for part in ("same", "blind", "dispute")
        for kind in KINDS
    }
    scores = {
        name: round(200 * hit / max(1, gold + found), 1)
        for name, (hit, gold, found) in apart.items()
        if name not in SETS
    }
    scores |= {
        name: f"{found} of {gold}" if name.startswith("conflicts") else f"{false} of {gold}"
        for name in SETS
        for found, gold, false in [apart[name]]
    }
    records.write(out, "rows", parts, scores, FOLDS)
