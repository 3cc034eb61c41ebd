"""Quotation rows: the same words inside quotation marks in several sources, also where one cut
them, altered them or gave them to somebody else.

What one did to the words is told by ``wording.py``. An altered word inside quotation marks is a
finding; so is a second speaker.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from site_gen.compare.rows import silent, unique_ids
from site_gen.compare.verdicts import VAGUE_HOLDERS
from site_gen.compare.wording import Change, Quoted, Wording, compare_words, plain, quoted
from site_gen.grouping import Groups, merge_best_first
from site_gen.language.lists import words as listed
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
from site_gen.model.message import and_list, joined, say

LEAST = 3
"""Fewer words are a set phrase: any two people may say them."""
FEW = 4
"""Shorter ones are one quotation only where both sources name the speaker."""
SURE = ("said beside it", "according to")
"""Rules by which a speaker is named in the quotation's own sentence: only then is it said that two
sources name two."""
LEAST_OF_TWO = 8
"""Words from which the same words in two mouths are said to be given to two people. On real stories
a shorter one was a wrong speaker each time that a reader looked: there the page stays silent."""
OFTEN = 24
"""Words in a row that stand in more quotations of one source than this are a refrain: they pair
none, but equal quotations in their order."""
DOCUMENTS = frozenset(listed("documents"))
SHOWN = 12
"""Words of a cut that a reason shows."""
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
    """A quotation of a source, with its repeats in one paragraph, and its words."""

    source: str
    quotations: tuple[Quotation, ...]
    words: Quoted

    @property
    def first(self) -> Quotation:
        """The quotation that speaks for its repeats."""
        return self.quotations[0]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two quotations of different sources that give the same words: their numbers, what one did to
    the other, and how alike they are, from 0 to 1."""

    x: int
    y: int
    kind: Kind
    alike: float
    wording: Wording


def compare_quotations(sources: Sequence[Annotated], matches: Matches) -> tuple[Row, ...]:
    """One row for each quotation that stands in at least two sources."""
    found = [said for s in sorted(sources, key=lambda s: s.article.id) for said in _said(s)]
    told = {(p.x, p.y): p for x, y in _candidates(found) if (p := compare(x, y, found)) is not None}
    groups = Groups(range(len(found)))

    def may_join(first: Sequence[int], second: Sequence[int]) -> bool:
        """A source has one quotation in a row, or the halves of one around its said-phrase."""
        places: dict[str, set[int]] = defaultdict(set)
        for n in (*first, *second):
            places[found[n].source].add(found[n].first.paragraph)
        return all(len(at) == 1 for at in places.values())

    ranked = sorted(told.values(), key=lambda p: (-p.alike, p.x, p.y))
    merge_best_first(groups, ((p.x, p.y) for p in ranked), may_join)
    origin = {s: matches.origin_of(s) for s in matches.sources}
    rows = [
        _row(found, members, told, sources, matches, origin)
        for members in groups.all()
        if len(members) > 1
    ]
    return unique_ids(sorted(rows, key=lambda r: (-r.weight, r.label, r.id)))


def _said(source: Annotated) -> Iterator[Said]:
    """The quotations of a source that are long enough, equal ones of a paragraph together."""
    equal: dict[tuple[object, ...], list[Quotation]] = defaultdict(list)
    for q in sorted(source.quotations, key=lambda q: (q.paragraph, q.start)):
        found = quoted(q.text)
        if len(found.words) >= LEAST:
            equal[q.paragraph, found.keys, q.speaker, q.statement].append(q)
    for together in equal.values():
        yield Said(source.article.id, tuple(together), quoted(together[0].text))


def _candidates(found: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """The pairs of different sources that have three words in a row in common; equal quotations
    that stand very often, in their order."""
    index: dict[object, list[int]] = defaultdict(list)
    equal: dict[tuple[str, ...], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, said in enumerate(found):
        keys = said.words.keys
        equal[keys][said.source].append(n)
        for gram in {keys[i : i + LEAST] for i in range(len(keys) - LEAST + 1)}:
            index[gram].append(n)
    out: set[tuple[int, int]] = set()
    for members in index.values():
        if len(members) <= OFTEN:
            out |= {
                (x, y)
                for i, x in enumerate(members)
                for y in members[i + 1 :]
                if found[x].source != found[y].source
            }
    for by_source in equal.values():
        if sum(map(len, by_source.values())) > OFTEN:
            names = sorted(by_source)
            for i, a in enumerate(names):
                for b in names[i + 1 :]:
                    out |= set(zip(by_source[a], by_source[b], strict=False))
    yield from sorted(out)


def compare(first: int, second: int, found: Sequence[Said]) -> Pairing | None:
    """How two quotations stand to each other; ``None`` where they are two quotations."""
    one, other = found[first], found[second]
    wording = compare_words(one.first.text, other.first.text)
    if wording is None:
        return None
    speakers = _two_speakers(one.first, other.first)
    if wording.kind == "altered words":
        if speakers or not _one_holder(one.first, other.first):
            return None
        return Pairing(first, second, "altered words", wording.alike, wording)
    if not (one.first.statement or other.first.statement):
        return None  # a title or a set phrase
    if speakers:
        sure = wording.alike == 1.0 and _sure_of_two(one, other)
        return Pairing(first, second, "different speakers", 1.0, wording) if sure else None
    short = min(len(s.words.words) for s in (one, other))
    if short < FEW and not (one.first.speaker and other.first.speaker):
        return None
    return Pairing(first, second, wording.kind, wording.alike, wording)


def _holder_words(quotation: Quotation) -> set[str]:
    told = words(f"{quotation.speaker} {quotation.role}")
    return {w.removesuffix("'s") for _, _, w in told} - STOP_WORDS


def _two_speakers(first: Quotation, second: Quotation) -> bool:
    """Whether both are named and no word of name or role is the same; "a neighbour" may have any
    name."""
    if not all(q.speaker and q.speaker.split()[-1][0].isupper() for q in (first, second)):
        return False
    sides = [_holder_words(q) for q in (first, second)]
    return all(side - VAGUE_HOLDERS for side in sides) and not sides[0] & sides[1]


def _one_holder(first: Quotation, second: Quotation) -> bool:
    """Whether two quotations may be of one mouth or document: a word in common, one is silent or a
    role that anybody may have; but what is written is not what somebody says."""
    sides = [_holder_words(q) - VAGUE_HOLDERS for q in (first, second)]
    if not all(sides) or sides[0] & sides[1]:
        return True
    written = [not DOCUMENTS.isdisjoint(side) for side in sides]
    return written[0] == written[1]


def _sure_of_two(first: Said, second: Said) -> bool:
    """Whether two sources name two persons, each in full in the quotation's own sentence, for the
    same whole and long statement."""
    whole = len(first.words.words) >= LEAST_OF_TWO and all(
        s.first.text[:1].isupper() for s in (first, second)
    )
    return whole and all(s.first.rule in SURE and " " in s.first.speaker for s in (first, second))


def _row(
    found: Sequence[Said],
    members: Sequence[int],
    told: Mapping[tuple[int, int], Pairing],
    sources: Sequence[Annotated],
    matches: Matches,
    origin: Mapping[str, str],
) -> Row:
    inside = [p for p in told.values() if p.x in members and p.y in members]
    kind = max((p.kind for p in inside), key=_ORDER.index)
    cells = _cells(found, members, inside, matches)
    origins = len({origin[c.source] for c in cells})
    verdict, qualifier = _VERDICTS[kind]
    outlets = {s.article.id: s.article.outlet for s in sources}
    reason, rule = _reason(kind, inside, cells, found, outlets), str(kind)
    if origins < 2 and kind in ("same words", "cut"):
        verdict, rule = "single", "one origin"
        reason = "The sources share one text, which counts once."
    longest = max((found[n] for n in members), key=lambda s: (len(s.words.words), s.source))
    ids = [
        _id(next(found[n] for n in members if found[n].source == source))
        for source in sorted({found[n].source for n in members})
    ]
    return Row(
        id=ids[0],
        aliases=tuple(i for i in dict.fromkeys(ids) if i != ids[0]),
        kind="quotation",
        label=_shorten(longest.first.text),
        cells=cells,
        silent=silent(sources, {c.source for c in cells}),
        verdict=verdict,
        qualifier=qualifier,
        reason=reason,
        rule=rule,
        origins=origins,
        weight=float(10 * (len(cells) - 1) + (5 if verdict == "conflict" else 0)),
    )


def _cells(
    found: Sequence[Said], members: Sequence[int], inside: Sequence[Pairing], matches: Matches
) -> tuple[Cell, ...]:
    """A cell a source, its quotations in order of place, with what a partner has otherwise."""
    apart = _apart(inside, found)
    cells = []
    for source in sorted({found[n].source for n in members}, key=matches.sources.index):
        of = sorted(
            ((q, n) for n in members if found[n].source == source for q in found[n].quotations),
            key=lambda e: (e[0].paragraph, e[0].start),
        )
        statements = tuple(
            _statement(source, q, apart.get(n, ()) if q is found[n].first else ()) for q, n in of
        )
        cells.append(Cell(source=source, statements=statements))
    return tuple(cells)


def _statement(source: str, quotation: Quotation, apart: Iterable[tuple[int, int]]) -> Statement:
    return Statement(
        place=Place(
            article=source,
            paragraph=quotation.paragraph,
            start=quotation.start,
            end=quotation.end,
        ),
        text=quotation.text,
        said_by=quotation.speaker,
        apart=tuple((quotation.start + a, quotation.start + b) for a, b in apart),
    )


def _apart(
    inside: Sequence[Pairing], found: Sequence[Said]
) -> dict[int, tuple[tuple[int, int], ...]]:
    """For each quotation, the spans of its text that a partner alters or leaves out."""
    spans: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for p in inside:
        changes = p.wording.altered or p.wording.cut
        for n, side in ((p.x, 0), (p.y, 1)):
            for change in changes:
                if span := _span(found[n].words, change, side):
                    spans[n].add(span)
    return {n: tuple(sorted(s)) for n, s in spans.items()}


def _span(of: Quoted, change: Change, side: int) -> tuple[int, int] | None:
    first, last = ((change.a, change.b), (change.c, change.d))[side]
    return (of.words[first].start, of.words[last - 1].end) if first < last else None


def _id(said: Said) -> str:
    told = "quotation|" + " ".join(islice(plain(said.first.text), 8))
    return "r-" + hashlib.sha256(told.encode()).hexdigest()[:8]


def _reason(
    kind: Kind,
    inside: Sequence[Pairing],
    cells: Sequence[Cell],
    found: Sequence[Said],
    outlets: Mapping[str, str],
) -> str:
    names = and_list(dict.fromkeys(outlets[c.source] for c in cells))
    if kind == "same words":
        return say("{outlets} quote the same words.", outlets=names)
    if kind == "different speakers":
        who = joined(
            "; ",
            (
                f"{outlets[c.source]}: {c.statements[0].said_by}"
                for c in cells
                if c.statements[0].said_by
            ),
        )
        return say("The same words are given to different speakers ({who}).", who=who)
    shown = max((p for p in inside if p.kind == kind), key=lambda p: (p.alike, -p.x, -p.y))
    sides = (found[shown.x], found[shown.y])
    if kind == "altered words":
        parts = [_altered(change, sides, outlets) for change in shown.wording.altered]
        return say(
            "{outlets} give the quotation in different words: {changes}.",
            outlets=names,
            changes=joined("; ", parts),
        )
    parts = [_left_out(change, sides, outlets) for change in shown.wording.cut]
    return joined(" ", dict.fromkeys(parts)) or say("One source quotes more of the same words.")


def _altered(change: Change, sides: tuple[Said, Said], outlets: Mapping[str, str]) -> str:
    told = []
    for n, said in enumerate(sides):
        span = _span(said.words, change, n)
        words_ = said.first.text[slice(*span)] if span else ""
        told.append(
            say(
                "“{words}” ({outlet})" if span else "nothing ({outlet})",
                words=words_,
                outlet=outlets[said.source],
            )
        )
    return say("{one} against {other}", one=told[0], other=told[1])


def _left_out(change: Change, sides: tuple[Said, Said], outlets: Mapping[str, str]) -> str:
    """What one of the two leaves out, in the other's words; or how each begins or goes on."""
    spans = [_span(said.words, change, n) for n, said in enumerate(sides)]
    told = [
        _few(said.first.text[slice(*span)]) if span else ""
        for said, span in zip(sides, spans, strict=True)
    ]
    names = [outlets[said.source] for said in sides]
    if all(told):
        both = {"outlet": names[0], "words": told[0], "other": names[1], "instead": told[1]}
        if change.inside:
            return say("{outlet} has “{words}” where {other} has “{instead}”.", **both)
        if change.a:
            return say("{outlet} goes on with “{words}”, {other} with “{instead}”.", **both)
        return say("{outlet} begins with “{words}”, {other} with “{instead}”.", **both)
    short = 0 if not told[0] else 1
    return say("{outlet} leaves out “{words}”.", outlet=names[short], words=told[1 - short])


def _few(text: str) -> str:
    words_ = text.split()
    return " ".join(words_[:SHOWN]) + ("…" if len(words_) > SHOWN else "")


def _shorten(text: str) -> str:
    cut = text.split()
    return "“" + " ".join(cut[:14]) + ("…" if len(cut) > 14 else "").strip() + "”"
