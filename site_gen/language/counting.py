"""Months, weekdays and number words, from their lists: word → what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from site_gen.language.lists import table


def _numbered(name: str, first: int) -> Mapping[str, int]:
    entries = table(name).items()
    return MappingProxyType(
        {word: n for n, (key, short) in enumerate(entries, first) for word in (key, *short)}
    )


MONTHS = _numbered("months", 1)
"""Name or short form of a month → its number, in lower case."""
WEEKDAYS = _numbered("weekdays", 0)
"""Name or short form of a weekday → its number, Monday 0."""
ONES = MappingProxyType({word: n for n, word in enumerate(table("numbers")["units"])})
"""Zero to nineteen."""
TENS = MappingProxyType({word: 10 * n for n, word in enumerate(table("numbers")["tens"], 2)})
"""Twenty to ninety."""
MONTH_NAMES = tuple(key.title() for key in table("months"))
WEEKDAY_NAMES = tuple(key.title() for key in table("weekdays"))
SHORT_MONTHS = tuple(word.title() for short in table("months").values() for word in short)
MONTH = "|".join(sorted((*MONTH_NAMES, *SHORT_MONTHS), key=lambda w: (-len(w), w)))
"""A month as a pattern, longer names first, without a point."""
