"""A named rule: what it is called, why it is there, and examples on both sides.

Every decision of a finder that reads like "this is one, and that is none" is such an entry. Its
examples run as tests, stand in the guide and in ``explain``; a test takes each entry out in turn
and fails where no example notices. In an example, square brackets mark the span that the rule is
about; in a counterexample, one that looks alike and is not the rule's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What all rules have. ``name`` is unique within its table."""

    name: str
    why: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PatternOf(Rule):
    """A rule that a pattern decides. ``needs`` is a quick look: where a text holds none of these,
    it is not tried."""

    pattern: re.Pattern[str]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """An example without its brackets: the text, and the span that they marked, as offsets."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> str:
        """The words that were marked."""
        return self.text[self.start : self.end]


def example(marked: str) -> Example:
    """An example as it is written, with its span in square brackets. ``ValueError`` where it marks
    none."""
    start, end = marked.find("["), marked.find("]")
    if not 0 <= start < end:
        raise ValueError(f"an example marks its span with [square brackets]: {marked}")
    return Example(marked[:start] + marked[start + 1 : end] + marked[end + 1 :], start, end - 1)


def spans(rules: tuple[PatternOf, ...], text: str) -> list[tuple[int, int, str]]:
    """The spans of a text that the rules take, each with the rule's name, in order: the span that
    begins first, and of two that begin in one place the first rule's; then what begins behind it.

    Each rule is looked for by itself: most texts hold what few of them need. No pattern takes a
    span without a character.
    """
    ahead = []
    for n, rule in enumerate(rules):
        if not rule.needs or any(sign in text for sign in rule.needs):
            found = rule.pattern.search(text)
            if found:
                ahead.append((found.start(), n, found.end()))
    heapify(ahead)
    out: list[tuple[int, int, str]] = []
    at = 0
    while ahead:
        start, n, end = ahead[0]
        if start >= at:
            out.append((start, end, rules[n].name))
            at = end
        found = rules[n].pattern.search(text, at)
        if found:
            heapreplace(ahead, (found.start(), n, found.end()))
        else:
            heappop(ahead)
    return out
