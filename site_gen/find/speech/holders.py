"""Who gives a figure, and who vouches for a date: the source of the stretch that holds it, where
the words between do not speak against it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from site_gen.find.speech.attribute import Said, facts_threshold, threshold
from site_gen.find.speech.grounds import SHARE, Place
from site_gen.find.speech.named import Named, Speakers
from site_gen.find.speech.vetoes import VETOES


class Holders:
    """Answers who gives the facts of one article."""

    def __init__(self, said: Sequence[Said], speakers: Speakers) -> None:
        self.speakers = speakers
        self.of: dict[int, list[Said]] = {}
        for s in said:
            self.of.setdefault(s.paragraph, []).append(s)

    def holder(self, text: str, paragraph: int, start: int, end: int, *, date: bool) -> str:
        """Who gives the figure, or vouches for the date, at ``start:end`` of a paragraph; empty
        where the article does, or it is not established."""
        said = self._at(paragraph, start)
        if not date and (poll := self._poll(text, paragraph, start, end, said)):
            return poll
        if said is None or said.probability < (
            threshold(True) if said.quoted else facts_threshold()
        ):
            return ""
        if any(
            v.speaks(Place(text, start, end, said))
            for v in VETOES
            if (v.dates if date else v.figures)
        ):
            return ""
        return _worded(self.speakers.source(said.source))

    def _at(self, paragraph: int, start: int) -> Said | None:
        here = self.of.get(paragraph, [])
        n = bisect_right(here, start, key=lambda s: s.start) - 1
        return here[n] if n >= 0 and start < here[n].end else None

    def _poll(self, text: str, paragraph: int, start: int, end: int, said: Said | None) -> str:
        """The poll from which a share comes in the sentences behind its name, until somebody else
        says something."""
        if (said is not None and said.quoted) or not SHARE.search(text[start : end + 9]):
            return ""
        here = self.of.get(paragraph, [])
        n = bisect_right(here, start, key=lambda s: s.start)
        before = [
            s
            for s in here[max(0, n - _LOOK) : n + 1]
            if s.cue_paragraph == paragraph and s.cue_start < start
        ]
        last = max(before, key=lambda s: s.cue_start, default=None)
        if last is None or last.kind != "document" or last.lemma not in _POLLS:
            return ""
        led = text[: last.source.start].rstrip().rpartition(" ")[2].lower() == "in"
        return last.source.text if led else ""


_LOOK = 40
"""Stretches back in which a poll must be named."""
_POLLS = frozenset("poll polls survey surveys census".split())


def _worded(named: Named) -> str:
    """A source as the article words it, with the full name where a pronoun stood."""
    return named.worded or named.name
