"""Units that a neighbour states: a bare number in the same clause takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from site_gen.model import Figure

_FORWARD = re.compile(r"(?:,)? (?:to|or|and|of the|of an?|out of) (?:about |nearly |some |only )?$|\s?[-–]\s?$")
_BACK = re.compile(r"\b(?:to|from|at|by|than|and|or|with|was|of|lowest|highest)\s(?:about |nearly |just )?$")
_CLOSES = re.compile(r"[.,;)]|$| (?:in|for|on|last|this|a year|from)\b")
_CARRY = 120
"""Characters over which a unit is carried: a clause or two."""


def carried(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Bare numbers with the unit that their neighbour states: "from 4.8 to 4.7 percent", "$84, the lowest 74"."""
    out = list(figures)
    for n in range(len(out) - 1, -1, -1):
        f, after = out[n], out[n + 1] if n + 1 < len(out) else None
        if _bare(f) and after and after.unit and not after.counted and _FORWARD.fullmatch(text[f.end : after.start]) and _alike(f, after):
            out[n] = replace(f, unit=after.unit)
    for n in range(1, len(out)):
        f, before = out[n], out[n - 1]
        if (
            _bare(f) and before.unit and not before.counted and f.start - before.end <= _CARRY and not re.search(r"[.;!?]\s", text[before.end : f.start])
            and _BACK.search(text[max(0, f.start - 20) : f.start]) and _CLOSES.match(text, f.end) and _alike(f, before)
        ):  # fmt: skip
            out[n] = replace(f, unit=before.unit)
    return out


def _bare(f: Figure) -> bool:
    return not f.unit and not f.counted and f.rule == "digits"


def _alike(f: Figure, other: Figure) -> bool:
    """Whether two numbers can be of one unit: no money, time or share is a thousand times the other by chance."""
    a, b = (abs(x.low if x.low is not None else x.high or 0.0) for x in (f, other))
    return other.unit not in ("year", "month", "day", "week", "times") and 0.02 <= (a or 1e-9) / (b or 1e-9) <= 50
