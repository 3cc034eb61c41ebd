"""What things are called: the words that sources use in the same place, and how they say that
somebody said something.

Only where alignment proves the place: words between words that both have, in linked sentences laid
on each other, outside quotation marks; and the verbs by which sources give the same quotation. What
is house style (``en/neutral.txt``, ``en/neutral_verbs.txt``) is folded.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from site_gen.compare.aligned import SURE, Pair, Run, span, written
from site_gen.compare.claims import exclude_each_other
from site_gen.compare.headline_verbs import Verbs, headline_verbs
from site_gen.compare.telling import Telling, Told
from site_gen.language.lists import words as listed
from site_gen.language.neutral import Word, everyday_word
from site_gen.language.reading import read
from site_gen.language.words import NUMBER_WORDS, STOP_WORDS, sentence_at
from site_gen.model import (
    Annotated,
    Attribution,
    Called,
    Matches,
    Place,
    Row,
    Statement,
    Term,
    VerbUse,
)

BESIDE = 4
"""Equal words next to a place, on both sides together, an end of both sentences counting as two."""
CONTENT = 2
"""So many of them must tell something."""
LONGEST = 3
"""Words of a term."""
_ARTICLES = frozenset("the a an this that these those his her its their our".split())
_COPULAS = frozenset("is was were are be been being remains remained".split())
_PARTICLES = frozenset("out up off down over away back".split())
_VERBS, _TERMS = frozenset("EVI"), frozenset("EVIn")


@dataclass(frozen=True, slots=True)
class _Use:
    """One side of a place: the words that stand there, where, and what kind of words."""

    text: str
    place: Place
    kind: Literal["thing", "act"]
    keys: tuple[str, ...]


def called(
    pairs: Iterable[Pair], told: Told, rows: Iterable[Row], matches: Matches
) -> tuple[Called, ...]:
    """What things are called otherwise, what is told most often first."""
    found = [
        *_in_place(pairs, told.proper),
        *_of_headlines(told, matches),
        *_of_quotations(rows, told),
    ]
    order = {"reporting verb": 0, "act": 1, "thing": 2}
    return tuple(
        sorted(found, key=lambda c: (-sum(len(t.uses) for t in c.terms), order[c.kind], c.id))
    )


def _in_place(pairs: Iterable[Pair], proper: Set[str]) -> Iterator[Called]:
    """Terms in the same place of linked sentences; the same two terms stand together."""
    together: dict[tuple[tuple[str, ...], ...], list[tuple[_Use, _Use, str]]] = defaultdict(list)
    for pair in pairs:
        for run in pair.runs if pair.alike >= SURE else ():
            if uses := _uses(pair, run, proper):
                one, other = sorted(uses, key=lambda u: (u.keys, u.place.article))
                together[one.keys, other.keys].append((one, other, _about(pair, run)))
    for keys in sorted(together):
        places = together[keys]
        first, second, about = places[0]
        terms = (
            Term(text=first.text, uses=_each_once(p[0].place for p in places)),
            Term(text=second.text, uses=_each_once(p[1].place for p in places)),
        )
        yield Called(
            id=_id("|".join(" ".join(k) for k in keys)),
            kind=first.kind,
            about=about,
            terms=terms,
        )


def _of_headlines(told: Told, matches: Matches) -> Iterator[Called]:
    """What headlines say that somebody does, the same two verbs together."""
    together: dict[tuple[str, str], list[Verbs]] = defaultdict(list)
    for first, second, about in headline_verbs(told, matches):
        one, other = sorted((first, second), key=lambda v: (v[0], v[1].article))
        together[one[0], other[0]].append((one, other, about))
    for keys in sorted(together):
        places = together[keys]
        sides = ([p[0][1] for p in places], [p[1][1] for p in places])
        yield Called(
            id=_id("headline|" + "|".join(keys)),
            kind="act",
            about=places[0][2],
            terms=tuple(_headline_term(side, told) for side in sides),
        )


def _headline_term(places: Sequence[Place], told: Told) -> Term:
    uses = _each_once(places)
    headline = told.article(uses[0].article).article.headline
    return Term(text=headline[uses[0].start : uses[0].end], uses=uses)


def _each_once(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(set(places), key=lambda p: (p.article, p.paragraph, p.start)))


def _uses(pair: Pair, run: Run, proper: Set[str]) -> tuple[_Use, _Use] | None:
    """The two terms of a place, or none where it proves nothing."""
    if run.equal or run.left < 1 or run.right < 1:
        return None
    if run.left + run.right < BESIDE or run.content < CONTENT:
        return None
    if _describes(pair, run):
        return None
    one = _use(pair, 0, run.i1, run.i2, proper)
    other = _use(pair, 1, run.j1, run.j2, proper)
    if one is None or other is None or one.kind != other.kind:
        return None
    joined = "".join(one.keys), "".join(other.keys)
    if (
        joined[0] == joined[1]
        or set(one.keys) & set(other.keys)
        or exclude_each_other(one.keys[0], other.keys[0])
    ):
        return None
    return one, other


def _describes(pair: Pair, run: Run) -> bool:
    """Whether the words of a place stand right before a noun that both have, and so describe it:
    two descriptions of one thing need not mean the same."""
    for side, last in ((0, run.i2), (1, run.j2)):
        words, telling = pair.words[side], (pair.a, pair.b)[side]
        if last >= len(words):
            return False
        between = telling.text[words[last - 1].end : words[last].start] if last else ""
        tags = {t.start: t.tag for t in read(telling.text).tokens}
        before, after = tags.get(words[last - 1].start, ""), tags.get(words[last].start, "")
        if between.strip() or after not in ("n", "M") or before not in ("n", "M"):
            return False
    return True


def _use(pair: Pair, side: int, first: int, last: int, proper: Set[str]) -> _Use | None:
    """A side's term, without an article; none where it is more than words of one kind."""
    words, telling = pair.words[side], (pair.a, pair.b)[side]
    text = [telling.text[w.start : w.end] for w in words]
    first = _behind_article(text, first, last)
    if not 0 < last - first <= LONGEST or telling.in_marks(words[first].start):
        return None
    inner, kinds = _without_particle(text[first:last], _tags(telling, words[first:last]))
    opens = int(first == 0 and inner[0].lower() not in proper)
    if not _is_term(inner, opens) or not set(kinds[opens:]) <= _TERMS:
        return None
    act = kinds[-1] in _VERBS
    if not act and first and text[first - 1].lower() in _COPULAS:
        return None  # what something is said to be is a state, and no name for it
    start, end = span(pair, side, first, last)
    return _Use(
        written(pair, side, first, last),
        Place(article=telling.source, paragraph=telling.paragraph, start=start, end=end),
        "act" if act else "thing",
        tuple(everyday_word(w.replace("-", "")) for w in inner),
    )


def _tags(telling: Telling, words: Sequence[Word]) -> list[str]:
    """The coarse tags of some words of a sentence."""
    tags = {t.start: t.tag for t in read(telling.text).tokens}
    return [tags.get(w.start, "") for w in words]


def _without_particle(
    words: Sequence[str], kinds: Sequence[str]
) -> tuple[Sequence[str], Sequence[str]]:
    """ "carried out" as "carried"."""
    if len(words) > 1 and words[-1].lower() in _PARTICLES:
        return words[:-1], kinds[:-1]
    return words, kinds


def _behind_article(text: Sequence[str], first: int, last: int) -> int:
    while first < last and text[first].lower() in _ARTICLES:
        first += 1
    return first


def _is_term(words: Sequence[str], opens: int) -> bool:
    """Whether words can name a thing or an act: letters, no little word, no number, no name.
    ``opens``: how many of them have a capital because the sentence begins with them."""
    plain = all(w.isalpha() or "-" in w for w in words)
    little = any(w.lower() in STOP_WORDS | NUMBER_WORDS for w in words)
    return plain and not little and not any(w[0].isupper() for w in words[opens:])


def _about(pair: Pair, run: Run) -> str:
    """The words around a place, as the first source has them."""
    words, telling = pair.words[0], pair.a
    first, last = max(0, run.i1 - run.left), min(len(words), run.i2 + run.right)
    before = telling.text[words[first].start : words[run.i1].start] if first < run.i1 else ""
    after = telling.text[words[run.i2 - 1].end : words[last - 1].end] if last > run.i2 else ""
    return f"{before.strip()} … {after.strip()}".strip()


def _of_quotations(rows: Iterable[Row], told: Told) -> Iterator[Called]:
    """The verbs by which sources give the same quotation, where one is more than "said"."""
    neutral = listed("neutral_verbs")
    for row in rows:
        if row.kind != "quotation" or row.qualifier:
            continue
        verbs: dict[str, list[Place]] = defaultdict(list)
        texts: dict[str, str] = {}
        speakers = set()
        for cell in row.cells:
            annotated = told.article(cell.source)
            found = _attribution(annotated, cell.statements[0])
            if found is None:
                continue
            speakers.add(found.speaker.split()[-1].lower() if found.speaker else "")
            key = "say" if found.verb in neutral else found.verb
            verbs[key].append(_cue(cell.source, found))
            texts.setdefault(key, _cue_text(annotated, found))
        if len(verbs) > 1 and len(speakers - {""}) < 2:
            yield Called(
                id=_id(f"{row.id}|verb"),
                kind="reporting verb",
                about=row.label,
                terms=tuple(
                    Term(text=texts[key], uses=_each_once(verbs[key])) for key in sorted(verbs)
                ),
            )


def _cue(source: str, found: Attribution) -> Place:
    paragraph, start, end = found.cue
    return Place(article=source, paragraph=paragraph, start=start, end=end)


def _cue_text(annotated: Annotated, found: Attribution) -> str:
    paragraph, start, end = found.cue
    return annotated.article.paragraph(paragraph).text[start:end]


def _attribution(annotated: Annotated, statement: Statement) -> Attribution | None:
    """What gives a whole quotation to somebody, by a verb that stands beside it: between the two
    only its source, a listener, a day."""
    place = statement.place
    if len(statement.text.split()) < WHOLE:
        return None
    for a in annotated.attributions:
        here = any(start < place.end and place.start < end for start, end in a.quoted)
        if (
            a.paragraph == place.paragraph
            and here
            and any(_governs(annotated, a, q) for q in a.quoted)
        ):
            return a
    return None


WHOLE = 5
"""Words of a quotation that is a statement: a fragment stands in a clause with its own verb."""
APART = 60
"""Characters between a verb and the quotation that it gives."""
_NEVER = frozenset("speak call describe document charge".split())
"""Verbs that stand beside a quotation and do not give it: "speaking", "charges" may be others."""


def _governs(annotated: Annotated, found: Attribution, quoted: tuple[int, int]) -> bool:
    """Whether the verb of an attribution is the one that gives its quotation."""
    paragraph, start, end = found.cue
    if paragraph != found.paragraph or not found.verb.isalpha() or found.verb in _NEVER:
        return False
    text = annotated.article.paragraph(paragraph).text
    first, last = (end, quoted[0]) if end <= quoted[0] else (quoted[1], start)
    between = text[first:last]
    own = found.source[1:] if found.source[0] == paragraph else (0, 0)
    tokens = read(text).tokens
    at = bisect_left(tokens, first, key=lambda t: t.start)
    verbs = [
        t
        for t in takewhile(lambda t: t.start < last, tokens[at:])
        if t.tag in "VX" and not own[0] <= t.start < own[1]
    ]
    apart = abs(own[0] - start) if own[0] > start else start - own[1]
    edge = quoted[0] if end <= quoted[0] else quoted[1] - 1
    one = sentence_at(text, edge) == sentence_at(text, start)
    return one and len(between) <= APART and not verbs and 0 <= apart <= APART


def reporting_verbs(told: Told, matches: Matches) -> tuple[VerbUse, ...]:
    """For each source the verbs of saying by which it gives words to somebody, most used first."""
    out = []
    for source in matches.sources:
        if source not in told.tellings:
            continue
        annotated = told.article(source)
        uses: dict[str, set[Place]] = defaultdict(set)
        for a in annotated.attributions:
            known = a.speaker and a.verb.isalpha() and a.verb not in _NEVER
            if known and (a.told or any(_governs(annotated, a, q) for q in a.quoted)):
                uses[a.verb].add(_cue(source, a))
        for verb, places in sorted(uses.items(), key=lambda u: (-len(u[1]), u[0])):
            out.append(VerbUse(source=source, verb=verb, places=_each_once(places)))
    return tuple(out)


def _id(told: str) -> str:
    return "c-" + hashlib.sha256(told.encode()).hexdigest()[:8]
