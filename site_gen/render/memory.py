"""What is known of the comparison that is rendered: several pages of a story ask for the same
groups, sentences and notes, which are made once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from site_gen.model import Comparison


class _Same:
    """A comparison as the key of a memory: the very object, not one that is equal."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison

    def __hash__(self) -> int:
        return id(self.comparison)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.comparison is self.comparison


@lru_cache(maxsize=1)
def _known(of: _Same) -> dict[Any, Any]:
    """What was made of the last comparison."""
    return {}


def known(comparison: Comparison) -> dict[Any, Any]:
    """What was made of this comparison so far; keys begin with the name of what is kept. What is
    kept here is read by several pages, and must not be changed."""
    return _known(_Same(comparison))
