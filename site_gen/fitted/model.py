"""A fitted model: a logistic regression over named features, as data. Weights are whole numbers,
hundredths of log odds."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

SCALE = 100
"""A weight of 100 is one unit of log odds."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression. A feature that the model does not know has no weight."""

    bias: int
    weights: Mapping[str, int]

    def odds(self, features: Iterable[str]) -> int:
        """The log odds of an example with these features, in hundredths."""
        get = self.weights.get
        total = self.bias
        for name in features:
            total += get(name, 0)
        return total

    def probability(self, features: Iterable[str]) -> float:
        """The probability, 0 to 1."""
        return logistic(self.odds(features))


@dataclass(frozen=True, slots=True)
class Linear:
    """A logistic regression over numbers: log odds for each unit of each named number. A number
    that the model does not name has no weight."""

    added: float
    weights: Mapping[str, float]

    def odds(self, numbers: Mapping[str, float]) -> float:
        """The log odds of an example. ``KeyError`` where a number that has a weight is missing."""
        return self.added + sum([w * numbers[name] for name, w in self.weights.items()])

    def probability(self, numbers: Mapping[str, float]) -> float:
        """The probability, 0 to 1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.odds(numbers)))))


@lru_cache(maxsize=8192)
def logistic(odds: float) -> float:
    """Probability of log odds in hundredths."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds / SCALE))))


@cache
def load(name: str) -> Mapping[str, Any]:
    """The record of a fitted model in this folder: its models, thresholds, and how they were made
    and measured."""
    found: Mapping[str, Any] = json.loads(
        (resources.files("site_gen.fitted") / f"{name}.json").read_text(encoding="utf-8")
    )
    return found


@cache
def model(name: str, part: str) -> Model:
    """One model of a record."""
    record = load(name)["models"][part]
    return Model(bias=record["bias"], weights=record["weights"])


@cache
def linear(name: str, part: str) -> Linear:
    """One model over numbers of a record."""
    record = load(name)["models"][part]
    return Linear(added=record["added"], weights=record["weights"])
