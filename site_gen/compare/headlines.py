"""How each source opens: its headline beside the others, its first sentence, and in which paragraph
it tells the event that all share.

The shared event is a passage that is surely one thing: the one whose words the headlines use most,
of those that most origins have. In which paragraph a source tells it is the first one that holds
most of what the passage's sentences share; where that is not clear the page says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise, product

from site_gen.compare.telling import Telling, Told
from site_gen.language.counting import MONTHS
from site_gen.language.lists import words as listed
from site_gen.language.neutral import Word, plain_words
from site_gen.language.synonyms import root
from site_gen.language.words import STOP_WORDS, sentences, word_list
from site_gen.model import (
    HEADLINE,
    Annotated,
    Date,
    Figure,
    Headline,
    Matches,
    Passage,
    Place,
    Row,
)

HOLDS = 0.5
"""Share of what the event's sentences have in common from which a sentence tells the event."""
UNSURE = 0.2
"""An earlier sentence that holds so much may tell it as well: then it is not said where the source
does."""
NEAR_HEAD = 2
"""More than half of a passage's sources must tell it in one of so many first paragraphs: what all
tell further down is not what the story is about."""
EARLY = 4.0
"""Paragraphs over which a passage's place counts: the event stands near the head of some source."""


@dataclass(frozen=True, slots=True)
class Event:
    """The passage that all share, and the words that its sentences have in common, with their
    rarity."""

    passage: str
    keys: Mapping[str, float]


def event_of(told: Told, matches: Matches) -> Event | None:
    """The event that the sources share; none where no passage is surely one thing in several
    origins."""
    heads = _headline_words(told)
    best: tuple[float, str] | None = None
    chosen: Event | None = None
    for passage in matches.passages:
        origins = {told.origin[a] for a, _ in passage.members if a in told.tellings}
        if not passage.sure or len(origins) < 2:
            continue
        keys = _common(passage, told)
        firsts = _ordinals(passage, told)
        if sum(n <= NEAR_HEAD for n in firsts) * 2 < len(firsts) + 1:
            continue
        in_heads = sum(weight * heads.get(key, 0) for key, weight in sorted(keys.items()))
        value = (len(origins) * (1.0 + in_heads)) * EARLY / (EARLY + min(firsts) - 1)
        if best is None or (value, passage.id) > best:
            best, chosen = (value, passage.id), Event(passage.id, keys)
    return chosen


def _headline_words(told: Told) -> Mapping[str, int]:
    """Root of a word → the origins whose headline has it, where that is more than one."""
    had: dict[str, set[str]] = {}
    for a in told.sources:
        for _, _, w in word_list(a.article.headline):
            if w not in STOP_WORDS:
                had.setdefault(root(w), set()).add(told.origin[a.article.id])
    return {key: len(origins) for key, origins in had.items() if len(origins) > 1}


def _members(passage: Passage, told: Told) -> Iterable[tuple[str, Telling]]:
    for source, indexes in passage.members:
        for telling in told.tellings.get(source, ()):
            if telling.paragraph in indexes:
                yield source, telling


def _common(passage: Passage, told: Told) -> Mapping[str, float]:
    """The words that the sentences of more than one origin use in a passage."""
    had: dict[str, set[str]] = {}
    weights: dict[str, float] = {}
    for source, telling in _members(passage, told):
        for key, weight in telling.keys.items():
            had.setdefault(key, set()).add(told.origin[source])
            weights[key] = max(weights.get(key, 0.0), weight)
    return {key: weights[key] for key in sorted(had) if len(had[key]) > 1}


def _ordinals(passage: Passage, told: Told) -> list[int]:
    """The number of the first paragraph of a passage in each source."""
    firsts: dict[str, int] = {}
    for source, telling in _members(passage, told):
        firsts.setdefault(source, telling.ordinal)
    return list(firsts.values())


def headlines(
    told: Told, matches: Matches, event: Event | None, lead: Row | None
) -> tuple[Headline, ...]:
    """How each source opens, in the order of the sources. ``lead``: the row that the story leads
    with."""
    stems = {a.article.id: {w.key for w in plain_words(a.article.headline)} for a in told.sources}
    in_lead = _in_headlines(lead)
    several = sum(map(bool, stems.values())) > 1
    out = []
    for source in (s for s in matches.sources if s in stems):
        annotated = told.article(source)
        headline = annotated.article.headline
        place, ordinal = _where(source, told, event)
        out.append(
            Headline(
                source=source,
                size=_size(headline),
                own=_own_words(source, stems, told) if several else (),
                names=_names(headline, told),
                figures=_figures(annotated),
                lead=source in in_lead,
                first=_first(annotated),
                event=place,
                ordinal=ordinal,
            )
        )
    return tuple(out)


def _in_headlines(lead: Row | None) -> Set[str]:
    """The sources that have a row's value in their headline."""
    statements = [s for c in (lead.cells if lead else ()) for s in c.statements]
    return {s.place.article for s in statements if s.place.paragraph == HEADLINE}


def _size(headline: str) -> int:
    """Letters and digits of a headline's words that tell something."""
    return sum(
        w.end - w.start
        for w in plain_words(headline)
        if headline[w.start : w.end].lower() not in STOP_WORDS
    )


def _own_words(
    source: str, stems: Mapping[str, Set[str]], told: Told
) -> tuple[tuple[int, int], ...]:
    """The words of a source's headline that no other source's has."""
    others = set().union(*(found for s, found in stems.items() if s != source))
    short = _initials(a.article.headline for a in told.sources if a.article.id != source)
    return _own(told.article(source).article.headline, others, short, told)


def _own(
    headline: str, others: Set[str], short: tuple[Set[str], Set[str]], told: Told
) -> tuple[tuple[int, int], ...]:
    """The words of a headline that no other has, neighbours together; "Donald" is none where
    another has "Trump"."""
    out: list[tuple[int, int]] = []
    words = plain_words(headline)
    fuller = [
        (a, b)
        for a, b in _names(headline, told)
        if next((w.key for w in reversed(words) if a <= w.start < b), "") in others
    ]
    known = _abbreviated(headline, words, short)
    for word in words:
        plain = headline[word.start : word.end].lower().replace("’", "'")
        if {plain, plain.split("'")[0]} & STOP_WORDS or word.start in known or "*" in plain:
            continue
        if _stands_in(word.key, others) or any(a <= word.start < b for a, b in fuller):
            continue
        if out and not headline[out[-1][1] : word.start].strip():
            out[-1] = (out[-1][0], word.end)
        else:
            out.append((word.start, word.end))
    return tuple(out)


def _stands_in(key: str, others: Set[str]) -> bool:
    """Whether a word, or another of its family ("fail", "failure", "arming", "armed"), is among
    others."""
    if key in others:
        return True
    own = _ENDING.sub("", key)
    return any(
        min(len(key), len(o)) >= FAMILY
        and abs(len(key) - len(o)) <= ENDING
        and (key.startswith(o) or o.startswith(key))
        for o in others
    ) or (len(own) > 2 and any(own == _ENDING.sub("", o) for o in others))


FAMILY, ENDING = 4, 4
"""Letters from which a word that begins another is taken for one of its family, and the letters
that it may have more: "oversight" is none of "over"."""
_ENDING = re.compile(r"(?:ing|ed|es|s|e)$")


def _initials(headlines_: Iterable[str]) -> tuple[Set[str], Set[str]]:
    """The short forms in headlines ("N.C.", "NRA") and the initials of runs of capitalised words in
    them, both in small letters."""
    short: set[str] = set()
    long: set[str] = set()
    for headline in headlines_:
        words = [headline[w.start : w.end] for w in plain_words(headline)]
        short |= {_letters(w) for w in words if len(_letters(w)) > 1 and _letters(w).isupper()}
        for n, size in product(range(len(words)), (2, 3, 4)):
            run = words[n : n + size]
            if len(run) == size and all(w[0].isupper() for w in run):
                long.add("".join(w[0] for w in run))
    return {s.lower() for s in short}, {s.lower() for s in long}


def _letters(word: str) -> str:
    return word.replace(".", "")


def _abbreviated(
    headline: str, words: Sequence[Word], others: tuple[Set[str], Set[str]]
) -> Set[int]:
    """The starts of the words that another headline has in short, or in full: "N.C." and "North
    Carolina"."""
    short, long = others
    out: set[int] = set()
    texts = [headline[w.start : w.end] for w in words]
    for n, text in enumerate(texts):
        letters = _letters(text)
        if len(letters) > 1 and letters.isupper() and letters.lower() in long:
            out.add(words[n].start)
        for size in (2, 3, 4):
            run = texts[n : n + size]
            initials = "".join(w[0] for w in run)
            if len(run) == size and initials.isupper() and initials.lower() in short:
                out |= {w.start for w in words[n : n + size]}
    return out


def _names(headline: str, told: Told) -> tuple[tuple[int, int], ...]:
    """The names in a headline, where every word may have a capital: runs of capitalised words that
    stand so in a body, with a word that the story writes large only."""
    words = [w for w in plain_words(headline) if headline[w.start].isupper()]
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        for last in range(min(len(words), at + LONGEST_NAME), at, -1):
            if _is_name(headline, words[at:last], told):
                end = words[last - 1].start + len(_bare(headline, words[last - 1]))
                out.append((words[at].start, end))
                at = last
                break
        else:
            at += 1
    return tuple(out)


LONGEST_NAME = 5
"""Words of a name."""


def _bare(headline: str, word: Word) -> str:
    """A word as it stands, without a genitive."""
    return headline[word.start : word.end].replace("’", "'").removesuffix("'s")


def _is_name(headline: str, words: Sequence[Word], told: Told) -> bool:
    """Whether a run of words of a headline is a name that a body has: its last word is no title and
    no adjective of a party, and the story does not write it small behind the others."""
    bare = [_bare(headline, w) for w in words]
    small = [b.lower() for b in bare]
    joined = all(headline[a.end : b.start] in (" ", ". ") for a, b in pairwise(words))
    if not joined or not STOP_WORDS.isdisjoint(small):
        return False
    last = small[-1].strip(".")
    if last in listed("titles") | listed("calendar_names") or _ADJECTIVE.search(last):
        return False
    if len(bare) == 1 and last in MONTHS:
        return False
    if not (set(small) & told.proper) - listed("titles"):
        return False
    run = " ".join(bare).replace(".", "")
    otherwise = " ".join([*bare[:-1], small[-1]]).replace(".", "")
    written = run in told.running and (small[-1] in told.proper or otherwise not in told.running)
    return len(bare) == 1 or written


_ADJECTIVE = re.compile(
    r"(?:democratic|catholic|islamic|muslim|(?<!republ)ican|[a-z]ian|ish|ese|french)$"
)
"""Ends of words with a capital that need a noun behind them: "Mexican", "British"."""


def _figures(annotated: Annotated) -> tuple[tuple[int, int], ...]:
    facts: list[Figure | Date] = [*annotated.figures, *annotated.dates]
    return tuple(sorted({(f.start, f.end) for f in facts if f.paragraph == HEADLINE}))


def _first(annotated: Annotated) -> Place | None:
    """The first sentence of the body."""
    article = annotated.article
    for p in article.body:
        if p.text == article.headline:
            continue  # some captures repeat it
        for start, end in sentences(p.text):
            return Place(article=annotated.article.id, paragraph=p.index, start=start, end=end)
    return None


def _where(source: str, told: Told, event: Event | None) -> tuple[Place | None, int]:
    """The sentence in which a source first tells the event, and its paragraph's number; 0 where it
    is not established."""
    if event is None:
        return None, 0
    total = sum(event.keys.values())
    for telling in told.tellings[source]:
        share = sum(event.keys[k] for k in sorted(event.keys.keys() & telling.keys.keys())) / (
            total or 1.0
        )
        if share >= HOLDS:
            best = _best(source, telling.paragraph, told, event.keys)
            return best.place, best.ordinal
        if share >= UNSURE or _tells_headline(telling, told, event):
            return None, 0
    return None, 0


def _tells_headline(telling: Telling, told: Told, event: Event) -> bool:
    """Whether a sentence holds much of its own headline, and that is of the event: it may tell it
    in words of its own."""
    headline = told.article(telling.source).article.headline
    keys = {root(w) for _, _, w in word_list(headline) if w not in STOP_WORDS}
    of_event = len(keys & event.keys.keys()) >= OF_EVENT * len(keys) > 0
    return of_event and len(keys & telling.keys.keys()) >= OF_HEADLINE * len(keys)


OF_EVENT, OF_HEADLINE = 0.3, 0.4
"""Share of a headline's words that are the event's, from which the headline is of it; and share of
them in a sentence, from which that may tell what the headline says."""


def _best(source: str, paragraph: int, told: Told, keys: Mapping[str, float]) -> Telling:
    """The sentence of a paragraph that holds most of some words."""
    found: Sequence[Telling] = [t for t in told.tellings[source] if t.paragraph == paragraph]
    return max(
        found, key=lambda t: (sum(keys[k] for k in sorted(keys.keys() & t.keys.keys())), -t.start)
    )
