"""A named rule: what it is called, why it is there, and examples on both sides.

Every decision of a finder that reads like "this is one, and that is none" is such an entry. Its
examples run as tests, stand in the guide and in ``explain``; a test takes each entry out in turn
and fails where no example notices. In an example, square brackets mark the span that the rule is
about; in a counterexample, one that looks alike and is not the rule's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What all rules have. ``name`` is unique within its table."""

    name: str
    why: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PatternOf(Rule):
    """A rule that a pattern decides."""

    pattern: re.Pattern[str]


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


@lru_cache(maxsize=16)
def _together(rules: tuple[PatternOf, ...]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    return re.compile("|".join(f"({rule.pattern.pattern})" for rule in rules)), tuple(
        rule.name for rule in rules
    )


def spans(rules: tuple[PatternOf, ...], text: str) -> list[tuple[int, int, str]]:
    """The spans of a text that the rules take, each with the rule's name, in one pass; where two
    take one place, the first rule does.

    The patterns have no groups of their own.
    """
    pattern, names = _together(rules)
    return [(*m.span(), names[(m.lastindex or 1) - 1]) for m in pattern.finditer(text)]
