"""All lists of what editors compare beyond numbers, in the order in which one needs the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from site_gen.compare.aligned import aligned
from site_gen.compare.called import called, reporting_verbs
from site_gen.compare.headlines import event_of, headlines
from site_gen.compare.not_here import not_here
from site_gen.compare.notices import notices
from site_gen.compare.only_here import only_here
from site_gen.compare.profiles import profiles
from site_gen.compare.quoted import shares, speakers
from site_gen.compare.stated import stated_differently
from site_gen.compare.telling import tell
from site_gen.model import Annotated, Findings, Matches, Row


def find_beyond(
    captures: Iterable[Annotated], matches: Matches, rows: Sequence[Row], lead: Row | None
) -> Findings:
    """What a story's sources tell beyond figures and dates. ``captures``: all of them, those that
    another speaks for too; ``rows``: the comparison's; ``lead``: the row that the story leads with.
    """
    told = tell(captures, matches)
    pairs = aligned(told, matches)
    event = event_of(told, matches)
    only, missing = only_here(told, matches), not_here(told, matches)
    voices, parts = speakers(told, matches), shares(told, matches)
    return Findings(
        only_here=only,
        not_here=missing,
        headlines=headlines(told, matches, event, lead),
        event=event.passage if event else "",
        speakers=voices,
        shares=parts,
        called=called(pairs, told, rows, matches),
        verbs=reporting_verbs(told, matches),
        stated=stated_differently(pairs, told),
        notices=notices(told, rows, matches),
        profiles=profiles(told, matches, voices, parts, only, missing),
    )
