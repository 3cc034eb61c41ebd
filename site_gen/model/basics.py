"""What all records share: places, closed sets of words, and the one kind of fault that people
see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HEADLINE = -1
"""Index of the paragraph that holds an article's headline."""

Role = Literal["headline", "body", "heading", "caption"]
Hedge = Literal["exact", "about", "more_than", "less_than", "at_most", "order"]
Bound = Literal["exact", "since", "until", "about"]
LinkKind = Literal["same", "edited", "reworded", "moved", "split", "merged", "partial"]
Consequence = Literal[
    "figure",
    "date",
    "name",
    "quotation",
    "attribution",
    "hedge",
    "wording",
    "order",
    "typography",
    "",
]
Verdict = Literal["agree", "compatible", "conflict", "single"]
Qualifier = Literal[
    "",
    "updated",
    "sources cited differ",
    "expected",
    "possibly the same thing",
    "words differ",
    "speakers differ",
]
SourceKind = Literal["named", "organisation", "unnamed", "document", "media", ""]
Absence = Literal[
    "not mentioned", "same value, not matched", "capture is partial", "language is not read"
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A span of a paragraph of an article."""

    article: str
    paragraph: int
    start: int
    end: int


class ContentError(Exception):
    """One fault in what a person wrote: where it is, what is wrong and how to mend it.

    ``path`` is shown as given; ``line`` counts from 1, and 0 means the file as a whole.
    """

    def __init__(self, path: str, line: int, message: str, hint: str = "") -> None:
        super().__init__(path, line, message, hint)
        self.path, self.line, self.message, self.hint = path, line, message, hint

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}" + (f"\n    hint: {self.hint}" if self.hint else "")

    @property
    def key(self) -> tuple[str, int, str]:
        """Sort key: by file, line and message."""
        return self.path, self.line, self.message
