"""What a row is about, in a source's own words: its sentence around the fact, with a gap where each
source puts its own value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_gen.compare.around import DATELINE
from site_gen.compare.mentions import Mention
from site_gen.language.words import STOP_WORDS, sentence_at, words
from site_gen.model import HEADLINE, Article

GAP = "…"
"""Stands where each source gives its value."""
LONGEST = 11
"""Words of a label, the gap not counted."""
_CLAUSE = set(',;:()“”"—–')


def label(group: Mapping[str, Sequence[Mention]], articles: Mapping[str, Article]) -> str:
    """The clearest of the sources' phrasings: the one that shares most with the others, the
    shortest among equals."""
    members = [facts[0] for facts in group.values()]
    shared = {
        w
        for f in members
        for w in f.context.words
        if sum(w in g.context.words for g in members) > 1
    } or set().union(*(f.context.words for f in members))

    def rank(fact: Mention) -> tuple[float, int, int, tuple[str, int, int]]:
        told = len(shared & fact.context.near.keys())
        return -told, fact.paragraph == HEADLINE, len(fact.context.words), fact.key

    fact = min(members, key=rank)
    text = articles[fact.source].paragraph(fact.paragraph).text
    first, last = (0, len(text)) if fact.paragraph == HEADLINE else sentence_at(text, fact.start)
    dateline = DATELINE.match(text)
    if dateline and first == 0 and dateline.end() <= fact.start:
        first = dateline.end()
    return _capital(
        _around(
            text[first : max(last, fact.fact.end)],
            fact.start - first,
            fact.fact.end - first,
            getattr(fact.fact, "counted", ""),
        )
    )


def _around(sentence: str, start: int, end: int, counted: str) -> str:
    """The words of the clause around a span: those after it first, since they say what happened,
    then those before."""
    if counted and sentence[start:end].endswith(counted):
        end -= len(counted)
    after = _words(sentence, end, _until(sentence, end))
    before = _words(sentence, _since(sentence, start), start)
    if all(w.lower() in STOP_WORDS for w in before):
        before = []
    if len(before) + min(len(after), 4) <= LONGEST:
        left, right = before, after[: LONGEST - len(before)]
    else:  # half a clause reads worse than none, where enough follows
        right = after[:LONGEST]
        left = [] if len(right) > 3 else before[-(LONGEST - len(right)) :]
    if not any(w.lower() not in STOP_WORDS for w in (*left, *right)):
        left = _words(sentence, 0, start)[-LONGEST:]
    return " ".join([*left, GAP, *right]).strip(" ,;:")


def _words(text: str, start: int, end: int) -> list[str]:
    spans = [(s + start, e + start) for s, e, _ in words(text[start:end])]
    if not spans:
        return []
    return text[spans[0][0] : spans[-1][1]].split()


def _until(text: str, at: int) -> int:
    """Where the clause ends that goes on at ``at``; a short first piece ("in Oster, ...") takes the
    next one in."""
    for n in range(at + 1, len(text)):
        if (
            text[n] in _CLAUSE
            and len(text[at:n].split()) > 2
            and not text[n - 1 : n + 2].replace(",", "").replace(":", "").isdigit()
        ):
            return n
    return len(text)


def _since(text: str, at: int) -> int:
    """Where the clause begins that ends at ``at``."""
    for n in range(at - 1, 0, -1):
        if (
            text[n] in _CLAUSE
            and not text[n - 1 : n + 2].replace(",", "").replace(":", "").isdigit()
        ):
            inner = text[n + 1 : at].lower().split()
            if len(inner) > 2 or (inner and all(w in STOP_WORDS for w in inner)):
                return n + 1
    return 0


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
