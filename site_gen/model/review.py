"""What an editor reviews, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from site_gen.model.article import Ruling

ReviewKind = Literal[
    "figure",
    "date",
    "quotation",
    "passage",
    "speaker",
    "stated",
    "called",
    "only here",
    "not here",
    "notice",
    "one source",
]
Doubt = Literal["sure", "likely", "unsure"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewItem:
    """A finding that an editor confirms, corrects or rejects.

    ``key``: its address, made of the kind of its name and the name ("row:r-1a2b3c4d"); ``target``:
    what a ruling on it names; ``id``: of the row, passage or finding; ``of``: the words that a
    ruling on it would be about.
    """

    key: str
    target: tuple[str, ...]
    kind: ReviewKind
    id: str
    of: tuple[str, ...]
    order: float
    doubt: Doubt
    asked: bool
    """Whether it counts: what every page shows as a finding over several sources. The others are
    reviewed where somebody wants to."""
    ruling: Ruling | None = None
    lapsed: bool = False

    @property
    def done(self) -> bool:
        """Whether an editor has decided, over what the texts say now."""
        return self.ruling is not None and self.ruling.decides and not self.lapsed


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """How many of a story's findings an editor has reviewed, who, and the last day (ISO 8601)."""

    done: int = 0
    total: int = 0
    editors: tuple[str, ...] = ()
    last: str = ""
    lapsed: int = 0
    """How many decisions hold no more, because the texts have changed."""

    @property
    def waiting(self) -> int:
        """How many are left."""
        return self.total - self.done
