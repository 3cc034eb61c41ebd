"""Putting things together: union-find, best-first merging, longest runs in order.

Best-first merging with a veto is what keeps one weak pair from chaining two groups; transitive
closure is for what is certain (one address, one text).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Groups(Generic[Item]):
    """Items in groups; each begins alone. The smaller of two joined groups moves, so that n items
    cost n log n steps."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._of: dict[Item, list[Item]] = {item: [item] for item in items}

    def of(self, item: Item) -> Sequence[Item]:
        """The group that an item is in, in no order."""
        return self._of[item]

    def together(self, first: Item, second: Item) -> bool:
        """Whether two items are in one group."""
        return self._of[first] is self._of[second]

    def join(self, first: Item, second: Item) -> None:
        """Put the groups of two items together."""
        small, large = sorted((self._of[first], self._of[second]), key=len)
        if small is not large:
            large += small
            for item in small:
                self._of[item] = large

    def all(self) -> list[tuple[Item, ...]]:
        """Every group, in order within and without."""
        known = {id(group): group for group in self._of.values()}
        return sorted(tuple(sorted(group)) for group in known.values())  # type: ignore[type-var]


def merge_best_first(
    groups: Groups[Item],
    pairs: Iterable[tuple[Item, Item]],
    may_join: Callable[[Sequence[Item], Sequence[Item]], bool],
) -> None:
    """Join the groups of each pair, given best first, where nothing speaks against it."""
    for x, y in pairs:
        if not groups.together(x, y) and may_join(groups.of(x), groups.of(y)):
            groups.join(x, y)


def longest_run(pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """A longest choice of pairs in which neither number goes back (patience sorting, Fredman 1975);
    n log n."""
    tails: list[int] = []  # for each length, the least second number that a run ends with
    ends: list[tuple[int, int]] = []
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for pair in sorted(pairs):
        at = bisect_right(tails, pair[1])
        before[pair] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(pair[1])
            ends.append(pair)
        else:
            tails[at], ends[at] = pair[1], pair
    out: set[tuple[int, int]] = set()
    step = ends[-1] if ends else None
    while step is not None:
        out.add(step)
        step = before[step]
    return out
