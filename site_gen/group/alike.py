"""How sure it is that two articles report the same event: cosines of what they are told by, weighed
by a fitted model."""

from __future__ import annotations

import math
from collections.abc import Mapping

from site_gen.fitted.model import linear
from site_gen.group.terms import KINDS, Vectors

MODEL = ("group", "alike")


def evidence(one: Vectors, other: Vectors) -> dict[str, float]:
    """The cosine of each kind of term, from 0 to 1; that of words also as its root, since the step
    from little to some tells more than that from much to most."""
    out = {kind: _cosine(x, y) for kind, x, y in zip(KINDS, one, other, strict=True)}
    out["words, root"] = math.sqrt(out["words"])
    return out


def _cosine(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum([weight * other[term] for term, weight in one.items() if term in other])


def odds(one: Vectors, other: Vectors) -> float:
    """The log odds that two articles report the same event."""
    return linear(*MODEL).odds(evidence(one, other))
