"""Stretches: the pieces of a paragraph that somebody can be said to say, and where each stands
beside each cue.

A quotation is one stretch, however many sentences it holds; outside the marks a clause is one.
Units are sentences joined where a quotation holds their border.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from site_gen.language.reading import Reading

_CUTS = frozenset(",;:-()")
_GOES_ON = frozenset("OXVESR")


class Stretch(NamedTuple):
    """Tokens ``first:last`` of a unit; ``boundary`` names what stands before them."""

    first: int
    last: int
    quoted: bool
    boundary: str


def units(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Ranges of tokens: the sentences, joined where the border of two stands inside quotation
    marks."""
    out: list[tuple[int, int]] = []
    for first, last in reading.sentences:
        inside = first > 0 and reading.quoted[first] and reading.quoted[first - 1]
        if out and (inside or _says_after(reading, out[-1], first, last)):
            out[-1] = (out[-1][0], last)
        else:
            out.append((first, last))
    return tuple(out)


_ASIDE_LENGTH = 12
"""Tokens of a sentence that only says who said what stands before it."""


def _says_after(reading: Reading, before: tuple[int, int], first: int, last: int) -> bool:
    """Whether a sentence only says who asked or cried what stands in marks before it: "“Why should
    we stop?” Tom Ott demanded."."""
    tokens = reading.tokens
    if (
        last - first > _ASIDE_LENGTH
        or tokens[before[1] - 1].tag != "Q"
        or before[1] - before[0] < 3
    ):
        return False
    if tokens[before[1] - 2].tag not in "?!…-" or any(reading.quoted[first:last]):
        return False
    verb = next((n for n in range(first, last) if tokens[n].tag in "VE"), -1)
    return verb > first and all(tokens[n].tag in "MnDGHOR" for n in range(first, verb))


def stretches(
    reading: Reading, first: int, last: int, groups: Sequence[tuple[int, int]]
) -> tuple[Stretch, ...]:
    """The stretches of a unit outside the groups (cue and source together), in order."""
    cutter = _Cutter(reading, first, last, groups)
    for i in range(first, last):
        cutter.step(i)
    cutter.close(last)
    return tuple(cutter.out)


class _Cutter:
    """Goes over a unit once, token by token, and cuts it into stretches."""

    def __init__(
        self, reading: Reading, first: int, last: int, groups: Sequence[tuple[int, int]]
    ) -> None:
        self.tokens, self.quoted, self.last = reading.tokens, reading.quoted, last
        self.grouped = {
            i
            for a, b in groups
            for i in range(max(a, first), min(b, last))
            if not reading.quoted[i]
        }
        self.out: list[Stretch] = []
        self.start, self.boundary = -1, "^"

    def close(self, end: int) -> None:
        """End the stretch that is open; one without a word is none."""
        start = self.start
        if start >= 0 and any(self.tokens[i].text[0].isalnum() for i in range(start, end)):
            self.out.append(Stretch(start, end, self.quoted[start], self.boundary))
        self.start = -1

    def step(self, at: int) -> None:
        """Take the next token into the open stretch, or let it cut."""
        token = self.tokens[at]
        if self.start >= 0 and self.quoted[self.start] != self.quoted[at]:
            self.close(at)
        if self.quoted[at]:
            if self.start < 0:
                self.start, self.boundary = at, "q"
            return
        mark = token.tag in "qQ" or token.tag in _CUTS
        if mark or at in self.grouped:
            self.close(at)
            self.boundary = token.tag if mark else "cue"
        elif self.start >= 0 and self._begins_clause(at):
            self.close(at)
            self.start, self.boundary = at, token.lower
        elif self.start < 0:
            self.start = at
            if token.tag in "SC":
                self.boundary = f"{self.boundary if len(self.boundary) == 1 else ''}{token.lower}"

    def _begins_clause(self, at: int) -> bool:
        token = self.tokens[at]
        following = self.tokens[at + 1].tag if at + 1 < self.last else "$"
        return (
            token.tag == "S" or token.lower == "but" or (token.tag == "C" and following in _GOES_ON)
        )
