"""Named evidence for who says what: features of a cue with a phrase that can be its source, and of a stretch of text with a cue.

Each feature is a word that can be read ("left", "after a comma", "that"); the weights are fitted (``fitted/attribution.json``). Nothing
here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from site_gen.find.speech.cues import Cue
from site_gen.find.speech.reach import Near, Stretch
from site_gen.language.lists import words
from site_gen.language.reading import NounPhrase, Reading

_SHOWN = 6
"""Tags between a phrase and a cue that are told in full."""


def tags(reading: Reading, first: int, last: int) -> str:
    """The tags of a stretch in one word; long ones by their first and last."""
    found = "".join(t.tag for t in reading.tokens[first:last])
    return found if len(found) <= _SHOWN else f"{found[:2]}~{found[-3:]}"


def tag(reading: Reading, n: int, first: int, last: int) -> str:
    """The tag of a token of a sentence; ``^`` before it and ``$`` after it."""
    return "^" if n < first else "$" if n >= last else reading.tokens[n].tag


def source_evidence(reading: Reading, cue: Cue, phrase: NounPhrase, rank: int) -> Iterator[str]:
    """What speaks for and against a phrase as the source of a cue. ``rank``: 0 for the nearest phrase on its side, and so on."""
    tokens = reading.tokens
    first, last = reading.sentences[cue.sentence]
    head = tokens[phrase.head]
    left = phrase.last <= cue.token
    side = "L" if left else "R"
    between = tags(reading, phrase.last, cue.token) if left else tags(reading, cue.token + 1, phrase.first)
    lead = tokens[phrase.first].tag
    yield f"k={cue.kind}"
    yield f"s={side}{rank}"
    yield f"b={side}:{between}"
    yield f"l={side}{rank}:{cue.lemma}"
    yield f"f={side}{rank}:{cue.form}:{lead}{head.tag}"
    yield f"h={lead}{head.tag}"
    yield f"p={side}:{tag(reading, phrase.first - 1, first, last)}"
    yield f"a={side}:{tag(reading, phrase.last, first, last)}"
    yield f"c={side}:{tag(reading, cue.token - 1, first, last)}_{tag(reading, cue.token + 1, first, last)}"
    yield f"cc={side}{rank}:{tag(reading, cue.token + 1, first, last)}{tag(reading, cue.token + 2, first, last)}"
    if head.tag in "nO":
        yield f"w={head.lower}"
        yield f"w={side}:{head.lower}"
    elif head.lower in words("calendar_names"):
        yield "day"
    if tokens[phrase.first].tag == "M" and head.tag == "M":
        yield f"n={side}:{min(3, phrase.last - phrase.first)}"
    if reading.quoted[phrase.head]:
        yield f"q={side}"
    before = tokens[phrase.first - 1].lower if phrase.first > first else "^"
    yield f"pw={side}:{before if tag(reading, phrase.first - 1, first, last) in 'PSXC^' else '*'}"
    verbs = sum(t.tag in "VX" for t in tokens[min(phrase.last, cue.token + 1) : max(cue.token, phrase.first)])
    yield f"v={side}{min(3, verbs)}"
    if left:
        auxiliary = next((t.lower for t in reversed(tokens[phrase.last : cue.token]) if t.tag == "X"), "")
        if auxiliary:
            yield f"x={auxiliary}"
        if cue.form == "past" and any(t.lower in ("was", "were", "been", "be", "is", "are") for t in tokens[max(first, cue.token - 2) : cue.token]):
            yield "passive"
    if any(tokens[n].lower in ("not", "n't", "never", "no") for n in range(max(first, cue.token - 2), cue.token)):
        yield "negated"


def reach_evidence(reading: Reading, cue: Cue, group: tuple[int, int], stretch: Stretch, near: Near) -> Iterator[str]:
    """What speaks for and against a stretch as what is said. ``group``: the tokens of cue and source together."""
    first, last = reading.sentences[cue.sentence]
    side = "L" if stretch.last <= group[0] else "R" if stretch.first >= group[1] else "I"
    quoted = "q" if stretch.quoted else "u"
    where = f"{side}{quoted}"
    rank = min(4, near.rank)
    after = tag(reading, group[1], first, last)
    ahead = tag(reading, group[0] - 1, first, last)
    opener = reading.tokens[group[1]].lower if group[1] < last else "$"
    opener = opener if after in "SPDXCOR$" else after
    start = reading.tokens[stretch.first].lower
    start = start if reading.tokens[stretch.first].tag in "SPXCO" else reading.tokens[stretch.first].tag
    yield f"w={where}{rank}"
    yield f"k={where}{rank}:{cue.kind}"
    yield f"l={where}{min(2, rank)}:{cue.lemma}"
    yield f"o={where}{rank}:{opener}"
    yield f"e={where}{rank}:{ahead}_{after}"
    yield f"b={where}:{stretch.boundary}"
    yield f"br={where}{rank}:{stretch.boundary}:{opener if side == 'R' else ahead}"
    yield f"t={where}{rank}:{start}"
    yield f"p={where}:{near.path}"
    yield f"x={where}:{min(2, near.cues)}:{min(2, near.clauses)}"
    yield f"f={where}{rank}:{cue.form}:{near.source_side}"
    yield f"n={where}:{near.source_tag}:{cue.kind}"
    yield f"z={where}{rank}:{'end' if group[1] >= last - 1 else 'in'}:{'start' if group[0] <= first + 1 else 'in'}"
    yield f"g={where}:{min(6, stretch.last - stretch.first)}"
    if stretch.quoted:
        yield f"same={near.same_quote}"
    yield f"s={min(9, int(10 * near.source))}:{side}"
    if near.passive:
        yield f"passive={where}"
    if near.negated:
        yield f"not={where}"
