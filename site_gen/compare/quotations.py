"""Quotation rows: the same words inside quotation marks in several sources, also where one cut
them, altered them or gave them to somebody else.

Words are compared without case, punctuation and style of marks. What an outlet itself marks as left
out or put in ("…", "[the mayor]") is a cut; any other word that differs inside quotation marks is
an alteration, and a finding. So is a second speaker.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from site_gen.compare.rows import silent, unique_ids
from site_gen.compare.verdicts import VAGUE_HOLDERS
from site_gen.language.words import STOP_WORDS, words
from site_gen.model import (
    Annotated,
    Cell,
    Matches,
    Place,
    Qualifier,
    Quotation,
    Row,
    Statement,
    Verdict,
)

_MARKED = re.compile(r"\[[^\]]*\]|\([^)]*\)|…|\.{3}|\. \. \.")
"""What an outlet put into or cut out of a quotation, and says so."""
LEAST = 3
"""Fewer words are a set phrase: any two people may say them."""
RUN = 4
"""Words in a row that two quotations must have in common, unless one is wholly part of the
other."""
ALIKE = 0.6
"""Share of words in order, of the shorter quotation, from which two are the same quotation."""
SURE = ("said beside it", "according to")
"""Rules by which a speaker is named in the quotation's own sentence: only then is it said that two
sources name two."""
LEAST_OF_TWO = 8
"""Words from which the same words in two mouths are said to be given to two people. On real stories
a shorter one was a wrong speaker each time that a reader looked: there the page stays silent."""
Kind = Literal["same words", "cut", "altered words", "different speakers"]
_VERDICTS: dict[Kind, tuple[Verdict, Qualifier]] = {
    "same words": ("agree", ""),
    "cut": ("compatible", ""),
    "altered words": ("conflict", "words differ"),
    "different speakers": ("conflict", "speakers differ"),
}
_ORDER: tuple[Kind, ...] = ("same words", "cut", "altered words", "different speakers")
"""From the least to the most that a reader should know."""


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation of a source: its words, and its words in pieces between what the outlet marks as
    left out or put in."""

    source: str
    quotation: Quotation
    words: tuple[str, ...]
    pieces: tuple[tuple[str, ...], ...]


def compare_quotations(sources: Sequence[Annotated], matches: Matches) -> tuple[Row, ...]:
    """One row for each quotation that stands in at least two sources."""
    found = [
        said
        for s in sources
        for q in s.quotations
        if len((said := _said(s.article.id, q)).words) >= LEAST
    ]
    outlet = {s.article.id: s.article.outlet for s in sources}
    alike: dict[tuple[int, int], tuple[float, Kind]] = {}
    for x, y in itertools.combinations(range(len(found)), 2):
        if found[x].source != found[y].source and (pair := compare(found[x], found[y])):
            alike[x, y] = pair
    group = {n: frozenset({n}) for n in range(len(found))}
    for x, y in sorted(alike, key=lambda cell: (-alike[cell][0], cell)):
        a, b = group[x], group[y]
        if a is not b and _may_join(a | b, found):
            for n in a | b:
                group[n] = a | b
    origin = {s: matches.origin_of(s) for s in matches.sources}
    rows = []
    for members in sorted({tuple(sorted(g)) for g in group.values() if len(g) > 1}):
        kinds = [alike[pair][1] for pair in itertools.combinations(members, 2) if pair in alike]
        rows.append(
            _row(
                [found[n] for n in members],
                max(kinds, key=_ORDER.index),
                sources,
                matches,
                origin,
                outlet,
            )
        )
    return unique_ids(sorted(rows, key=lambda r: (-r.weight, r.label, r.id)))


def _said(source: str, quotation: Quotation) -> Said:
    pieces = tuple(
        p for part in _MARKED.split(quotation.text) if (p := tuple(w for _, _, w in words(part)))
    )
    return Said(source, quotation, tuple(w for p in pieces for w in p), pieces)


def compare(first: Said, second: Said) -> tuple[float, Kind] | None:
    """How alike two quotations are, from 0 to 1, and what one did to the other; ``None`` where they
    are two quotations."""
    short, long = sorted((first, second), key=lambda s: (len(s.words), s.source))
    same, two = first.words == second.words, _two_speakers(first.quotation, second.quotation)
    if same or _within(short.pieces, long.pieces):
        if not (first.quotation.statement or second.quotation.statement):
            return None  # a title or a set phrase
        if two:
            return (1.0, "different speakers") if same and _sure_of_two(first, second) else None
        if len(short.words) < RUN and not (short.quotation.speaker and long.quotation.speaker):
            return None
        return (
            (1.0, "same words") if same else (0.5 + 0.5 * len(short.words) / len(long.words), "cut")
        )
    runs = [
        op.src_end - op.src_start
        for op in Indel.opcodes(first.words, second.words)
        if op.tag == "equal"
    ]
    share = sum(runs) / len(short.words)
    if two or max(runs, default=0) < RUN or share < ALIKE:
        return None
    return 0.9 * share, "altered words"


def _within(short: Sequence[Sequence[str]], long: Sequence[Sequence[str]]) -> bool:
    """Whether the pieces of one stand in the other, in order."""
    text = [w for piece in long for w in piece]
    at = 0
    for piece in short:
        size = len(piece)
        place = next(
            (n for n in range(at, len(text) - size + 1) if text[n : n + size] == list(piece)), None
        )
        if place is None:
            return _bridged(short, long) if len(long) > 1 else False
        at = place + size
    return True


def _bridged(short: Sequence[Sequence[str]], long: Sequence[Sequence[str]]) -> bool:
    """Whether two quotations, both with words that are marked as left out, can be one: the one's
    pieces without its longest stand in the other's order."""
    whole = " ".join(" ".join(p) for p in short)
    return all(" ".join(piece) in whole for piece in long)


def _two_speakers(first: Quotation, second: Quotation) -> bool:
    """Whether both are named and no word of name or role is the same; "a neighbour" may have any
    name."""
    if not all(q.speaker and q.speaker.split()[-1][0].isupper() for q in (first, second)):
        return False
    sides = [
        {w.removesuffix("'s") for _, _, w in words(f"{q.speaker} {q.role}")} - STOP_WORDS
        for q in (first, second)
    ]
    return all(side - VAGUE_HOLDERS for side in sides) and not sides[0] & sides[1]


def _sure_of_two(first: Said, second: Said) -> bool:
    """Whether two sources name two persons, each in full in the quotation's own sentence, for the
    same whole and long statement."""
    whole = len(first.words) >= LEAST_OF_TWO and all(
        s.quotation.text[:1].isupper() for s in (first, second)
    )
    return whole and all(
        s.quotation.rule in SURE and " " in s.quotation.speaker for s in (first, second)
    )


def _may_join(members: frozenset[int], found: Sequence[Said]) -> bool:
    """A source has one quotation in a row, or the halves of one around its said-phrase."""
    places: dict[str, set[int]] = defaultdict(set)
    for n in members:
        places[found[n].source].add(found[n].quotation.paragraph)
    return all(len(at) == 1 for at in places.values())


def _row(
    found: Sequence[Said],
    kind: Kind,
    sources: Sequence[Annotated],
    matches: Matches,
    origin: Mapping[str, str],
    outlet: Mapping[str, str],
) -> Row:
    cells = []
    for source in sorted({s.source for s in found}, key=matches.sources.index):
        quoted = sorted(
            (s.quotation for s in found if s.source == source), key=lambda q: (q.paragraph, q.start)
        )
        cells.append(
            Cell(
                source=source,
                statements=tuple(
                    Statement(
                        place=Place(
                            article=source, paragraph=q.paragraph, start=q.start, end=q.end
                        ),
                        text=q.text,
                        hedge="",
                        low=None,
                        high=None,
                        said_by=q.speaker,
                    )
                    for q in quoted
                ),
            )
        )
    origins = len({origin[s.source] for s in found})
    verdict, qualifier = _VERDICTS[kind]
    if origins < 2 and kind in ("same words", "cut"):
        verdict, reason, rule = (
            "single",
            "The sources share one text, which counts once.",
            "one origin",
        )
    else:
        reason, rule = _reason(cells, kind, outlet), kind
    longest = max(found, key=lambda s: (len(s.words), s.source))
    ids = [
        _id(next(s for s in found if s.source == source))
        for source in sorted({s.source for s in found})
    ]
    return Row(
        id=ids[0],
        aliases=tuple(i for i in dict.fromkeys(ids) if i != ids[0]),
        kind="quotation",
        label=_shorten(longest.quotation.text),
        cells=tuple(cells),
        silent=silent(sources, {s.source for s in found}),
        verdict=verdict,
        qualifier=qualifier,
        reason=reason,
        rule=rule,
        origins=origins,
        weight=float(10 * (len(cells) - 1) + (5 if verdict == "conflict" else 0)),
    )


def _id(said: Said) -> str:
    return "r-" + hashlib.sha256(("quotation|" + " ".join(said.words[:8])).encode()).hexdigest()[:8]


def _reason(cells: Sequence[Cell], kind: Kind, outlet: Mapping[str, str]) -> str:
    outlets = list(dict.fromkeys(outlet[c.source] for c in cells))
    names = outlets[0] if len(outlets) == 1 else ", ".join(outlets[:-1]) + f" and {outlets[-1]}"
    if kind == "same words":
        return f"{names} quote the same words."
    if kind == "cut":
        return "One source quotes more of the same words than another."
    if kind == "different speakers":
        who = "; ".join(
            f"{outlet[c.source]}: {c.statements[0].said_by}"
            for c in cells
            if c.statements[0].said_by
        )
        return f"The same words are given to different speakers ({who})."
    return f"{names} give the quotation in different words."


def _shorten(text: str) -> str:
    cut = text.split()
    return "“" + " ".join(cut[:14]) + ("…" if len(cut) > 14 else "").strip() + "”"
