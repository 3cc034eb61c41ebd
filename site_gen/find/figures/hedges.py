"""The hedge of a number: "about", "more than", "up to", before it or behind."""

from __future__ import annotations

from collections.abc import Sequence

from site_gen.find.figures.measures import Measures
from site_gen.find.figures.phrases import (
    HEDGES_AFTER,
    HEDGES_BEFORE,
    NEGATIONS,
)
from site_gen.find.figures.tokens import Number
from site_gen.model import Hedge

_HEDGES = {
    word: [(p, h) for p, h in HEDGES_BEFORE if p[-1] == word]
    for word in {p[-1] for p, _ in HEDGES_BEFORE}
}
"""The hedges that stand before a number, by their last word."""


_TURNED = frozenset(
    "turn turns turned turning hand hands handed handing take takes took taken taking sign signs"
    " signed signing give gives gave given giving".split()
)
"""Verbs that "over" goes with: what follows is not "more than"."""


class Hedged(Measures):
    """Reads hedges over the tokens of one paragraph."""

    def _hedge(
        self, number: Number, first: int, low: float, high: float
    ) -> tuple[Hedge, int, float | None, float | None]:
        for phrase, hedge in _HEDGES.get(self.scan.text(first - 1), ()):
            size = len(phrase)
            if first >= size and all(
                self.scan.text(first - size + x) == w for x, w in enumerate(phrase)
            ):
                if (
                    hedge in ("more_than", "less_than")
                    and phrase[0] in ("more", "less", "over", "under", "fewer")
                    and self._negated(first - size)
                ):
                    hedge = "at_most" if hedge == "more_than" else "more_than"
                if self._with_its_verb(phrase, first):
                    continue
                if number.order and hedge in ("about", "at_most"):
                    return "order", first - size, low, high
                return (
                    hedge,
                    first - size,
                    (low if hedge in ("about", "more_than") else None),
                    (high if hedge in ("about", "less_than", "at_most") else None),
                )
        return ("order" if number.order else "exact"), first, low, high

    def _with_its_verb(self, phrase: Sequence[str], first: int) -> bool:
        """ "turned over thousands of pages": "over" goes with its verb, and is no hedge."""
        return tuple(phrase) == ("over",) and self.scan.text(first - 2) in _TURNED

    def _negated(self, first: int) -> bool:
        """ "will not cost more than": a negation in the few words before a hedge turns it round."""
        return any(self.scan.text(n) in NEGATIONS for n in range(max(0, first - 4), first))

    def _hedge_after(
        self, hedge: Hedge, low: float | None, high: float | None, end: int
    ) -> tuple[Hedge, float | None, float | None, int]:
        for phrase, after in HEDGES_AFTER:
            if all(self.scan.text(end + x) == w for x, w in enumerate(phrase)) and hedge == "exact":
                size = end + len(phrase)
                return (
                    after,
                    (low if after in ("more_than", "about") else None),
                    (high if after != "more_than" else None),
                    size,
                )
        return hedge, low, high, end
