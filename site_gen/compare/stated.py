"""States set otherwise: of two linked sentences one negates or hedges what the other asserts, has a
state that excludes the other's, or a name that is spelled otherwise in the same place.

It is shown as "stated differently", never as "differ": words are compared, no facts. A word more or
less counts only where shared words hold the place on both sides; a state only where both sentences
say it of the same thing and neither leaves it open. What is weaker is not shown.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import Indel

from site_gen.compare.aligned import SURE, Pair, Run, span
from site_gen.compare.claims import Claim, Claims, claims, exclude_each_other
from site_gen.compare.telling import Telling, Told
from site_gen.language.lists import table
from site_gen.language.lists import words as listed
from site_gen.language.neutral import folded_word, plain_words
from site_gen.language.words import STOP_WORDS
from site_gen.model import Place, Stated, StatedDifferently
from site_gen.model.findings import StateKind

BESIDE = 4
"""Equal words next to the place on both sides together, an end of both sentences counting as
two."""
CONTENT: Mapping[StateKind, int] = {"negated": 1, "hedged": 1, "opposite": 2, "name": 2}
"""How many of them tell something: what one side only has more is held by less."""
LONGEST = 5
"""Words of a run in which a state is looked for."""
SPELLED_ALIKE, SHORTEST_NAME = 0.65, 5
"""Letters that two names have in common, in order, of all of theirs, and the shorter one's letters
from which they are compared: "Norfolk" and "Norwalk" have 0.71."""


def stated_differently(pairs: Iterable[Pair], told: Told) -> tuple[StatedDifferently, ...]:
    """The pairs that are stated differently, the most alike first; the same two sentences once for
    each kind."""
    all_ = (f for pair in pairs for f in (*_in_place(pair, told), *_of_one_thing(pair)))
    found = [f for f in all_ if f.texts[0] != f.texts[1]]
    groups: dict[tuple[str, ...], list[_Found]] = defaultdict(list)
    for f in found:
        groups[f.kind, *sorted(f.texts)].append(f)
    made = [m for of in groups.values() for m in _apart(of)]
    return tuple(sorted(made, key=lambda s: (-s.score, s.id)))


@dataclass(frozen=True, slots=True)
class _Found:
    """Two sentences stated differently: the words of each, as they are compared and as places, and
    the sentences."""

    kind: StateKind
    texts: tuple[str, str]
    sentences: tuple[str, str]
    sides: tuple[Stated, Stated]
    score: float


def _apart(found: Sequence[_Found]) -> Iterator[StatedDifferently]:
    """What is stated by the same words, by what its sentences are about: those that share one
    stand together."""
    left = sorted(
        found, key=lambda f: (-f.score, f.sides[0].sentence.article, f.sides[0].words.start)
    )
    while left:
        first, *rest = left
        members, places = [first], {s.sentence for s in first.sides}
        for f in rest:
            if places & {s.sentence for s in f.sides}:
                members.append(f)
                places |= {s.sentence for s in f.sides}
        left = [f for f in rest if f not in members]
        yield _together(members)


def _together(members: Sequence[_Found]) -> StatedDifferently:
    by: dict[str, set[Stated]] = defaultdict(set)
    for f in members:
        for text, side in zip(f.texts, f.sides, strict=True):
            by[text].add(side)
    one, other = sorted(
        (tuple(sorted(sides, key=_order)) for sides in by.values()), key=lambda s: _order(s[0])
    )
    kind = members[0].kind
    told = "|".join([kind, *sorted(by), *sorted({s for f in members for s in f.sentences})])
    return StatedDifferently(
        id="s-" + hashlib.sha256(told.encode()).hexdigest()[:8],
        kind=kind,
        sides=(one, other),
        score=max(f.score for f in members),
    )


def _order(side: Stated) -> tuple[str, int, int]:
    return side.sentence.article, side.sentence.paragraph, side.words.start


def _in_place(pair: Pair, told: Told) -> Iterator[_Found]:
    """What a place that shared words hold tells."""
    if pair.alike < SURE:
        return
    for run in pair.runs:
        if run.equal or not run.left or not run.right:
            continue
        if run.left + run.right < BESIDE:
            continue
        kind = _kind(pair, run, told)
        if kind and run.content >= CONTENT[kind]:
            yield _item(pair, kind, span(pair, 0, run.i1, run.i2), span(pair, 1, run.j1, run.j2))


def _of_one_thing(pair: Pair) -> Iterator[_Found]:
    """What both sentences say of the same thing, one the contrary of the other."""
    one, other = claims(pair.a.text, pair.a.quoted), claims(pair.b.text, pair.b.quoted)
    if one.open or other.open:
        return
    for key in sorted(one.of.keys() & other.of.keys()):
        for x, y in product(one.of[key], other.of[key]):
            if x.denied != y.denied and _one_thing(x, y, one, other):
                texts = (_asserted(x), _asserted(y))
                yield _item(pair, "negated", _whole(pair.a, x), _whole(pair.b, y), texts)
    for x, y in product(_alone(one, other), _alone(other, one)):
        if x.subject == y.subject and exclude_each_other(x.key, y.key):
            yield _item(pair, "opposite", _whole(pair.a, x), _whole(pair.b, y))


def _alone(one: Claims, other: Claims) -> list[Claim]:
    """What the one asserts of something that it names, and the other has no word of."""
    return [
        c
        for key, found in sorted(one.of.items())
        if key not in other.of
        for c in found
        if c.subject and not c.denied
    ]


def _one_thing(item: Claim, rival: Claim, one: Claims, other: Claims) -> bool:
    """Whether a claim and its denial are of one thing: of the same subject; or "no charges" against
    the same one of whom the other says "charged"."""
    if item.subject and rival.subject:
        return item.subject == rival.subject
    denied, asserted, of = (item, rival, one) if item.denied else (rival, item, other)
    return denied.absent and bool(asserted.subject) and asserted.subject in of.words


def _whole(telling: Telling, claim: Claim) -> tuple[int, int]:
    """The span of a claim in its paragraph."""
    return telling.start + claim.start, telling.start + claim.end


def _kind(pair: Pair, run: Run, told: Told) -> StateKind | None:
    """How a place is stated otherwise, if it is."""
    sides = (_texts(pair, 0, run.i1, run.i2), _texts(pair, 1, run.j1, run.j2))
    if max(len(s) for s in sides) > LONGEST or _quoted(pair, run):
        return None
    if _negated(pair, sides):
        return "negated"
    if _hedged(pair, sides):
        return "hedged"
    if all(sides) and _opposite(*sides) and not _diminished(pair, run):
        return "opposite"
    if all(sides) and _names(pair, run, told):
        return "name"
    return None


def _texts(pair: Pair, side: int, first: int, last: int) -> list[str]:
    telling = (pair.a, pair.b)[side]
    return [telling.text[w.start : w.end] for w in pair.words[side][first:last]]


def _quoted(pair: Pair, run: Run) -> bool:
    """Whether the place stands inside quotation marks on either side: that is a quotation's."""
    for side, at in ((0, run.i1), (1, run.j1)):
        telling, words = (pair.a, pair.b)[side], pair.words[side]
        if telling.in_marks(words[min(at, len(words) - 1)].start):
            return True
    return False


def _denials(words: Iterable[str]) -> int:
    deny = table("negations")["deny"]
    return sum(w.lower().replace("’", "'") in deny for w in words)


def _negated(pair: Pair, sides: Sequence[Sequence[str]]) -> bool:
    """Whether one side denies in this place what the other asserts, and neither denies anything
    else."""
    if sum(_denials(s) for s in sides) != 1:
        return False
    whole = [_denials(_texts(pair, side, 0, len(pair.words[side]))) for side in (0, 1)]
    return sum(whole) == 1 and _same_but(sides, "deny")


def _hedged(pair: Pair, sides: Sequence[Sequence[str]]) -> bool:
    """Whether one side leaves open in this place what the other asserts without any word that
    leaves it open."""
    lists = table("negations")
    opens = {*lists["hedge"], *lists["open"], *lists["condition"]}
    has = [any(w.lower() in lists["hedge"] for w in s) for s in sides]
    if has[0] == has[1] or not _same_but(sides, "hedge"):
        return False
    plain = 0 if has[1] else 1
    return not any(w.lower() in opens for w in _texts(pair, plain, 0, len(pair.words[plain])))


def _same_but(sides: Sequence[Sequence[str]], name: str) -> bool:
    """Whether two sides tell the same but for the words of a list."""
    gone = table("negations")[name]
    told = [
        {folded_word(w) for w in s if w.lower() not in STOP_WORDS and w.lower() not in gone}
        for s in sides
    ]
    return told[0] == told[1]


def _opposite(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the two sides hold states that exclude each other, and nothing else that tells."""
    one, other = ([w.lower() for w in s if w.lower() not in STOP_WORDS] for s in (first, second))
    if len(one) != 1 or len(other) != 1:
        return False
    return exclude_each_other(one[0], other[0])


def _diminished(pair: Pair, run: Run) -> bool:
    """Whether a word before either place lessens it: "insufficiently equipped and experienced"."""
    lessen = {*table("negations")["deny"], *table("negations")["lessen"]}
    before = (
        _texts(pair, 0, max(0, run.i1 - NEAR), run.i1),
        _texts(pair, 1, max(0, run.j1 - NEAR), run.j1),
    )
    return any(w.lower() in lessen for side in before for w in side)


NEAR = 5
"""Words before a place in which one that lessens it is looked for."""


def _names(pair: Pair, run: Run, told: Told) -> bool:
    """Whether the two sides are one name in two spellings, or two names that are spelled alike."""
    sides = []
    for side, first, last in ((0, run.i1, run.i2), (1, run.j1, run.j2)):
        words = _texts(pair, side, first, last)
        if not first or len(words) != 1 or not _is_name(words[0], told):
            return False
        sides.append(folded_word(words[0]))
    short, long = sorted(sides, key=len)
    alike = Indel.normalized_similarity(short, long) >= SPELLED_ALIKE
    return alike and len(short) >= SHORTEST_NAME and not long.startswith(short)


def _is_name(word: str, told: Told) -> bool:
    low = word.lower().replace("’", "'").removesuffix("'s")
    return (
        word[0].isupper()
        and low in told.proper
        and low not in listed("titles")
        and low not in listed("calendar_names")
        and not word.isupper()
    )


def _item(
    pair: Pair,
    kind: StateKind,
    one: tuple[int, int],
    other: tuple[int, int],
    texts: tuple[str, str] | None = None,
) -> _Found:
    """``texts``: the words of each side as they are compared, where they are not those of the
    spans."""
    return _Found(
        kind,
        texts or (_plain(pair.a, one), _plain(pair.b, other)),
        (pair.a.text, pair.b.text),
        (_stated(pair.a, one), _stated(pair.b, other)),
        round(pair.alike, 4),
    )


def _asserted(claim: Claim) -> str:
    return f"not {claim.key}" if claim.denied else claim.key


def _plain(telling: Telling, span_: tuple[int, int]) -> str:
    """The words of a span as they are compared."""
    text = telling.text[span_[0] - telling.start : span_[1] - telling.start]
    return " ".join(w.key for w in plain_words(text))


def _stated(telling: Telling, words: tuple[int, int]) -> Stated:
    return Stated(
        sentence=telling.place,
        words=Place(
            article=telling.source, paragraph=telling.paragraph, start=words[0], end=words[1]
        ),
    )
