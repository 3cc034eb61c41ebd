"""Articles to groups: average link, best first, where the mean of the log odds between two groups
decides (hierarchical clustering with unweighted average link, Sokal and Michener 1958).

Chains of articles that are each a little like the next never grow, since every pair counts; and
which pairs are looked at is bounded by an index of rare terms.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

LEAST = -6.0
MOST = 6.0
NEVER = -99.0
"""Log odds are held between the first two: one strange pair should not decide alone. The third are
those of articles that are too far apart in time."""
THRESHOLD = -0.5
"""Mean log odds from which two groups are one; fitted on folds, see ``python -m benchmarks fit
group``."""


def near(one: int | None, other: int | None, window: int) -> bool:
    """Whether two days, by number, are at most ``window`` apart; a day that is not known is near
    to all."""
    return one is None or other is None or abs(one - other) <= window


def candidates(
    telling: Sequence[Iterable[int]], days: Sequence[int | None], window: int
) -> Iterator[tuple[int, int]]:
    """The pairs (earlier, later) of articles, by number, that share a telling term and are near in
    time, each once, in their order."""
    # by term and stretch of days, so that an article meets those of its own days alone
    listed: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    everywhere: dict[int, list[int]] = defaultdict(list)
    for n, (terms, day) in enumerate(zip(telling, days, strict=True)):
        at = None if day is None else day // max(1, window)
        found: set[int] = set()
        for term in terms:
            if at is None:
                found.update(everywhere[term])
            else:
                for stretch in (at - 1, at, at + 1, None):
                    found.update(listed[term, stretch])
            listed[term, at].append(n)
            everywhere[term].append(n)
        yield from ((other, n) for other in sorted(found) if near(days[other], day, window))


def clusters(
    size: int,
    odds: Mapping[tuple[int, int], float],
    ask: Callable[[int, int], float],
    together: Sequence[Sequence[int]] = (),
) -> list[list[int]]:
    """The groups of ``size`` articles, each sorted, in the order of their first.

    ``odds``: of the candidates; ``ask`` gives those of any other two. ``together``: articles that
    are one group from the start, and two such groups stay two. Neither the order of the candidates
    nor that of equal means matters: of equal ones the pair with the lowest numbers goes first.
    """
    return _Groups(size, odds, ask, together).merged()


class _Groups:
    """Groups on their way: each is named by its first article."""

    def __init__(
        self,
        size: int,
        odds: Mapping[tuple[int, int], float],
        ask: Callable[[int, int], float],
        together: Sequence[Sequence[int]],
    ) -> None:
        self.known, self.ask = dict(odds), ask
        self.members = {n: [n] for n in range(size)}
        self.fixed: set[int] = set()
        owner = list(range(size))
        for found in together:
            first, *rest = sorted(found)
            self.fixed.add(first)
            for n in rest:
                owner[n] = first
                self.members[first] += self.members.pop(n)
        self.age = dict.fromkeys(self.members, 0)
        self.sums: dict[int, dict[int, float]] = defaultdict(dict)
        self.heap: list[tuple[float, int, int, int, int]] = []
        pairs = {(min(a, b), max(a, b)) for a, b in ((owner[i], owner[j]) for i, j in odds)}
        for a, b in sorted(pairs):
            if a != b and not (a in self.fixed and b in self.fixed):
                self.sums[a][b] = self.sums[b][a] = self._total(a, b)
                self._push(a, b)

    def _between(self, one: int, other: int) -> float:
        pair = (one, other) if one < other else (other, one)
        found = self.known.get(pair)
        if found is None:
            found = self.known[pair] = self.ask(*pair)
        return max(LEAST, min(MOST, found))

    def _total(self, one: int, other: int) -> float:
        return sum(self._between(i, j) for i in self.members[one] for j in self.members[other])

    def _push(self, one: int, other: int) -> None:
        first, second = min(one, other), max(one, other)
        pairs = len(self.members[first]) * len(self.members[second])
        mean = self.sums[first][second] / pairs
        if mean >= THRESHOLD:
            ages = self.age[first], self.age[second]
            heapq.heappush(self.heap, (-mean, first, second, *ages))

    def merged(self) -> list[list[int]]:
        """Merge what is best, until nothing is good enough."""
        while self.heap:
            _, first, second, *ages = heapq.heappop(self.heap)
            # a pair that was looked at before either grew says nothing any more
            if [self.age.get(first), self.age.get(second)] == ages:
                self._merge(first, second)
        return [self.members[n] for n in sorted(self.members)]

    def _merge(self, first: int, second: int) -> None:
        both = (first, second)
        others = (self.sums[first].keys() | self.sums[second].keys()) - set(both)
        if (first in self.fixed) != (second in self.fixed):
            others -= self.fixed
            self.fixed.add(first)
        sums = {}
        for other in sorted(others):
            known = (self.sums[x].get(other) for x in both)
            sums[other] = sum(
                self._total(x, other) if found is None else found
                for x, found in zip(both, known, strict=True)
            )
        self.members[first] = sorted([*self.members[first], *self.members.pop(second)])
        self.age[first] += 1
        del self.age[second]
        for old in both:
            for other in self.sums.pop(old, {}):
                self.sums[other].pop(old, None)
        for other, total in sums.items():
            self.sums[first][other] = self.sums[other][first] = total
            self._push(first, other)
