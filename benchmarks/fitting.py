"""Fitting logistic regressions over named evidence, and what they give on folds that they did not
see. Needs ``pip install '.[fit]'``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from site_gen.fitted.model import SCALE

STRENGTH = 0.3
"""Inverse of the regularisation; between 0.1 and 1 nothing changes by half a point."""
SEEN = 5
"""Evidence that fewer examples have gets no weight."""
SMALLEST = 8
"""Weights below this, in hundredths, are left out of a record."""


@dataclass
class Examples:
    """Examples with their evidence, whether each is right, its fold and its weight."""

    evidence: list[list[str]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    folds: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, evidence: list[str], right: bool, fold: str, weight: float = 1.0) -> None:
        """One example more."""
        self.evidence.append(evidence)
        self.right.append(right)
        self.folds.append(fold)
        self.weights.append(weight)


@dataclass(frozen=True)
class Fitted:
    """A fitted model as it is written."""

    bias: int
    weights: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"bias": self.bias, "weights": self.weights}


def _matrix(evidence: Sequence[list[str]], names: dict[str, int]) -> Any:
    import numpy
    from scipy.sparse import csr_matrix

    columns: list[int] = []
    ends = [0]
    for found in evidence:
        columns += sorted({names[f] for f in found if f in names})
        ends.append(len(columns))
    return csr_matrix((numpy.ones(len(columns)), columns, ends), shape=(len(evidence), len(names)))


def names_of(examples: Examples) -> dict[str, int]:
    """The evidence that at least ``SEEN`` examples have, numbered in order."""
    counts = Counter(f for found in examples.evidence for f in set(found))
    return {
        name: n for n, name in enumerate(sorted(f for f, count in counts.items() if count >= SEEN))
    }


def _regression() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300, random_state=0)


def fit(examples: Examples) -> Fitted:
    """Fit on all examples; weights rounded to hundredths."""
    names = names_of(examples)
    model = _regression().fit(
        _matrix(examples.evidence, names), examples.right, sample_weight=examples.weights
    )
    weights = {name: round(SCALE * model.coef_[0][n]) for name, n in names.items()}
    return Fitted(
        round(SCALE * float(model.intercept_[0])),
        {k: w for k, w in weights.items() if abs(w) >= SMALLEST},
    )


def out_of_fold(examples: Examples) -> list[float]:
    """The probability of each example from a model that did not see its fold."""
    import numpy

    matrix = _matrix(examples.evidence, names_of(examples))
    right, folds, weights = (
        numpy.array(examples.right),
        numpy.array(examples.folds),
        numpy.array(examples.weights),
    )
    out = numpy.zeros(len(right))

    def one(fold: str) -> None:
        rest = folds != fold
        model = _regression().fit(matrix[rest], right[rest], sample_weight=weights[rest])
        out[~rest] = model.predict_proba(matrix[~rest])[:, 1]

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, sorted(set(examples.folds))))
    return [float(p) for p in out]
