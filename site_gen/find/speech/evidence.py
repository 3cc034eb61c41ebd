"""Named evidence for who says what: of a cue with a phrase that can be its source, and of a stretch
of text with a cue.

Each feature is a word that can be read: what it is about, the side (L, R), a place, tags
(``language/reading.py``). The weights are fitted (``fitted/attribution.json``). Nothing here
decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from site_gen.find.speech.cues import Cue
from site_gen.find.speech.reach import Stretch
from site_gen.language.lists import words
from site_gen.language.reading import NounPhrase, Reading

_SHOWN = 6
"""Tags between a phrase and a cue that are told in full."""
_TAIL = 5
"""Tokens between a cue and the end or the beginning of its unit that are told: "police said on
Monday."."""
DATE_LINE = 5
"""Tokens of a place and a dash that can stand before what the first sentence says."""
_PASSIVE = frozenset(("was", "were", "been", "be", "is", "are"))
_NEGATIVE = frozenset(("not", "never", "no"))


def tags(reading: Reading, first: int, last: int) -> str:
    """The tags of a stretch in one word; long ones by their first and last."""
    found = "".join([t.tag for t in reading.tokens[first:last]])
    return found if len(found) <= _SHOWN else f"{found[:2]}~{found[-3:]}"


def tag(reading: Reading, number: int, first: int, last: int) -> str:
    """The tag of a token of a unit; ``^`` before it and ``$`` after it."""
    return "^" if number < first else "$" if number >= last else reading.tokens[number].tag


def negated(reading: Reading, cue: Cue, first: int) -> bool:
    """Whether the cue's verb is denied: "did not say"."""
    near = reading.tokens[max(first, cue.token - 2) : cue.token]
    return any(t.lower in _NEGATIVE or t.lower.endswith(("n't", "n’t")) for t in near)


def passive(reading: Reading, cue: Cue, first: int) -> bool:
    """Whether the cue's verb is passive: "was told"."""
    return cue.form == "past" and any(
        t.lower in _PASSIVE for t in reading.tokens[max(first, cue.token - 2) : cue.token]
    )


def source_evidence(reading: Reading, cue: Cue, phrase: NounPhrase, rank: int) -> list[str]:
    """What speaks for and against a phrase as the source of a cue. ``rank``: 0 for the nearest
    phrase on its side, and so on."""
    tokens = reading.tokens
    first, last = reading.sentences[cue.sentence]
    head, at = tokens[phrase.head], cue.token
    left = phrase.last <= at
    side = "L" if left else "R"
    place = f"{side}{rank}"
    lead = tokens[phrase.first].tag
    before, after = (
        tag(reading, phrase.first - 1, first, last),
        tag(reading, phrase.last, first, last),
    )
    ahead, next_one = tag(reading, at - 1, first, last), tag(reading, at + 1, first, last)
    gap = (phrase.last, at) if left else (at + 1, phrase.first)
    verbs = sum([t.tag in "VX" for t in tokens[gap[0] : gap[1]]])
    out = [
        f"kind {cue.kind}",
        f"place {place}",
        f"between {side} {tags(reading, *gap)}",
        f"verb {place} {cue.lemma}",
        f"form {place} {cue.form} {lead}{head.tag}",
        f"shape {lead}{head.tag}",
        f"before {side} {before}",
        f"after {side} {after}",
        f"around {side} {ahead}{next_one}",
        f"behind {place} {next_one}{tag(reading, at + 2, first, last)}",
        f"verbs {side} {min(3, verbs)}",
        f"led {side} {tokens[phrase.first - 1].lower if before in 'PSXC' else before}",
    ]
    if head.tag in "nO":
        out += [f"head {head.lower}", f"head {side} {head.lower}"]
    elif head.lower in words("calendar_names"):
        out.append("calendar")
    if lead == "M" and head.tag == "M":
        out.append(f"name {side} {min(3, phrase.last - phrase.first)}")
    if reading.quoted[phrase.head]:
        out.append(f"quoted {side}")
    if left:
        auxiliary = next((t.lower for t in reversed(tokens[gap[0] : gap[1]]) if t.tag == "X"), "")
        if auxiliary:
            out.append(f"auxiliary {auxiliary}")
        if passive(reading, cue, first):
            out.append("passive")
    if negated(reading, cue, first):
        out.append("negated")
    return out


class Group(NamedTuple):
    """A cue and its source in a unit: the tokens that they take up, and what is known of them."""

    cue: Cue
    phrase: NounPhrase
    first: int
    last: int
    probability: float
    passive: bool
    negated: bool


class Near(NamedTuple):
    """Where a stretch stands beside a group of its own unit: stretches, cues and clauses between,
    and what cuts them apart."""

    rank: int
    path: str
    cues: int
    clauses: int
    quotes: str


def near_evidence(
    reading: Reading, unit: tuple[int, int], group: Group, stretch: Stretch, near: Near
) -> list[str]:
    """What speaks for and against a stretch as what a cue of its own unit gives."""
    first, last = unit
    tokens, cue = reading.tokens, group.cue
    side = "L" if stretch.last <= group.first else "R" if stretch.first >= group.last else "I"
    where = side + ("q" if stretch.quoted else "u")
    place = f"{where}{min(4, near.rank)}"
    after, ahead = tag(reading, group.last, first, last), tag(reading, group.first - 1, first, last)
    opener = tokens[group.last].lower if after in "SPDXCOR" else after
    lead = tokens[stretch.first]
    start = lead.lower if lead.tag in "SPXCO" else lead.tag
    source = tokens[group.phrase.head].tag
    source_side = "L" if group.phrase.last <= cue.token else "R"
    ends = ("end" if group.last >= last - 1 else "in") + (
        "start" if group.first <= first + 1 else "in"
    )
    out = [
        f"near {place}",
        f"near kind {place} {cue.kind}",
        f"near verb {where}{min(2, near.rank)} {cue.lemma}",
        f"near opener {place} {opener}",
        f"near marks {place} {ahead}{after}",
        f"near cut {where} {stretch.boundary}",
        f"near cuts {place} {stretch.boundary} {opener if side == 'R' else ahead}",
        f"near start {place} {start}",
        f"near path {where} {near.path}",
        f"near others {where} {min(2, near.cues)} {min(2, near.clauses)}",
        f"near form {place} {cue.form} {source_side}",
        f"near source {where} {source} {cue.kind}",
        f"near ends {place} {ends}",
        f"near length {where} {min(6, stretch.last - stretch.first)}",
        f"near sure {side} {min(9, int(10 * group.probability))}",
    ]
    out.append(f"near ahead {place} {ahead}")
    out.append(
        f"near closes {place}"
        f" {ahead}{tag(reading, _behind_the_day(reading, group.last, last), first, last)}"
    )
    rest = last - group.last
    closing = "" if rest > _TAIL else tags(reading, group.last, last)
    out.append(f"near tail {where} {ahead} {closing or 'long'}")
    if group.first - first <= _TAIL:
        out.append(f"near lead {where} {after} {tags(reading, first, group.first)}")
    if side == "L" and near.rank == 0 and ahead == "," and not stretch.quoted:
        finite = any(t.tag in "XVE" for t in tokens[stretch.first : stretch.last])
        begins = stretch.first <= first + DATE_LINE
        # "The bridge will cost a lot, the ministry said"
        out.append(f"near whole {finite} {begins} {source_side} {cue.kind}")
    if stretch.quoted:
        out.append(f"near quotes {near.quotes}")
    if group.passive:
        out.append(f"near passive {where}")
    if group.negated:
        out.append(f"near negated {where}")
    return out


def _behind_the_day(reading: Reading, at: int, last: int) -> int:
    """The token behind a day that a cue names: "said on Monday, ..." goes on at the comma."""
    tokens, days = reading.tokens, words("calendar_names")
    if at + 1 < last and tokens[at].tag in "PR" and tokens[at + 1].lower in days:
        at += 2
    elif at < last and tokens[at].lower in days:
        at += 1
    return at + 1 if at < last and tokens[at].lower in days else at


@dataclass(frozen=True, slots=True)
class Far:
    """A group of an earlier unit, and how far: in this paragraph (``units`` between) or in the one
    before."""

    group: Group
    head: str
    head_tag: str
    same: bool
    units: int
    beside: str
    cues: int
    ends_with: str


def far_evidence(
    reading: Reading, order: tuple[int, int, int], stretch: Stretch, own_cue: bool, far: Far
) -> list[str]:
    """What speaks for and against a stretch as what the last cue of an earlier unit gives.

    ``order``: the stretch's number in its unit, how many the unit has, and the unit's number in its
    paragraph.
    """
    tokens = reading.tokens
    number, count, unit = order
    kind = f"far {'here' if far.same else 'above'} {'q' if stretch.quoted else 'u'}"
    step = min(3, far.units) if far.same else 0
    alone = stretch.quoted and count == 1
    lead = tokens[stretch.first]
    start = lead.lower if lead.tag in "OSPXC" else lead.tag
    closing = tokens[stretch.last].text if stretch.last < len(tokens) else "$"
    return [
        f"{kind} {step}",
        f"{kind} kind {step} {far.group.cue.kind}",
        f"{kind} verb {far.group.cue.lemma}",
        f"{kind} beside {far.beside} {step}",
        f"{kind} alone {alone} {far.beside} {tokens[0].tag == 'q'} {unit == 0}",
        f"{kind} cut {own_cue} {number == 0} {stretch.boundary} {step}",
        f"{kind} source {far.head_tag} {min(9, int(10 * far.group.probability))}",
        f"{kind} start {start}",
        f"{kind} above {far.ends_with} {unit == 0} {alone}",
        f"{kind} length {min(12, stretch.last - stretch.first) // 2} {closing[:1]}",
        f"{kind} many {count} {step}",
        f"{kind} head {far.head}",
        f"{kind} cues {min(3, far.cues)} {step} {alone}",
    ]
