"""What two figures beside each other say together: a unit that a neighbour states, a sum in dollars
and cents, two bounds of one interval."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from site_gen.model import Figure

_FORWARD = re.compile(
    r"(?:,)? (?:to|or|and|of the|of an?|out of) (?:about |nearly |some |only )?$|\s?[-–]\s?$"
)
_BACK = re.compile(
    r"\b(?:to|from|at|by|than|and|or|with|was|of|lowest|highest)\s(?:about |nearly |just )?$"
)
_CLOSES = re.compile(r"[.,;)]|$| (?:in|for|on|last|this|a year|from)\b")
_SUBUNIT = re.compile(r"(?:cents?|pence|penny)$")
_AND = re.compile(r",? (?:and|but) ")
_OPPOSITE = ({"more_than", "less_than"}, {"more_than", "at_most"})
_CARRY = 120
"""Characters over which a unit is carried: a clause or two."""


def carried(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Bare numbers with the unit that their neighbour states: "from 4.8 to 4.7 percent", "$84, the
    lowest 74"."""
    out = _together(text, figures)
    for n in range(len(out) - 1, -1, -1):
        f, after = out[n], out[n + 1] if n + 1 < len(out) else None
        if (
            _bare(f)
            and after
            and after.unit
            and not after.counted
            and _FORWARD.fullmatch(text[f.end : after.start])
            and _alike(f, after)
        ):
            out[n] = replace(f, unit=after.unit)
    for n in range(1, len(out)):
        f, before = out[n], out[n - 1]
        if (
            _bare(f)
            and before.unit
            and not before.counted
            and f.start - before.end <= _CARRY
            and not re.search(r"[.;!?]\s", text[before.end : f.start])
            and _BACK.search(text[max(0, f.start - 20) : f.start])
            and _CLOSES.match(text, f.end)
            and _alike(f, before)
        ):
            out[n] = replace(f, unit=before.unit)
    return out


def _together(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """ "13 dollars and 45 cents" is one sum; "more than 100 and fewer than 300" one interval."""
    out: list[Figure] = []
    for f in figures:
        last = out[-1] if out else None
        if (
            last
            and last.paragraph == f.paragraph
            and (joined := _sum(text, last, f) or _bounds(text, last, f))
        ):
            out[-1] = replace(joined, end=f.end, text=text[last.start : f.end])
        else:
            out.append(f)
    return out


def _sum(text: str, whole: Figure, parts: Figure) -> Figure | None:
    if not (
        whole.unit == parts.unit
        and _SUBUNIT.search(parts.text)
        and not _SUBUNIT.search(whole.text)
        and text[whole.end : parts.start] in (" ", " and ")
    ):
        return None
    if (
        whole.low is None
        or whole.low != whole.high
        or parts.low is None
        or parts.low != parts.high
        or parts.low >= 1
        or whole.low % 1
    ):
        return None
    value = round(whole.low + parts.low, 2)
    return replace(whole, low=value, high=value)


def _bounds(text: str, first: Figure, second: Figure) -> Figure | None:
    """Two opposite bounds in one breath. Both ends are open or closed as the words say; the
    interval holds them."""
    if (
        {first.hedge, second.hedge} not in _OPPOSITE
        or not _AND.fullmatch(text[first.end : second.start])
        or (first.unit and second.unit and first.unit != second.unit)
    ):
        return None
    if first.counted and second.counted and first.counted != second.counted:
        return None
    low, high = (first.low, second.high) if first.hedge == "more_than" else (second.low, first.high)
    if low is None or high is None or low >= high:
        return None
    return replace(
        first,
        hedge="exact",
        low=low,
        high=high,
        unit=first.unit or second.unit,
        counted=first.counted or second.counted,
        head=first.head or second.head,
        rule="two bounds",
    )


def _bare(figure: Figure) -> bool:
    return not figure.unit and not figure.counted and figure.rule == "digits"


def _alike(figure: Figure, other: Figure) -> bool:
    """Whether two numbers can be of one unit: no money, time or share is a thousand times the other
    by chance."""
    a, b = (abs(x.low if x.low is not None else x.high or 0.0) for x in (figure, other))
    return (
        other.unit not in ("year", "month", "day", "week", "times")
        and 0.02 <= (a or 1e-9) / (b or 1e-9) <= 50
    )
