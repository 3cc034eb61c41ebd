"""Cues: the words that say that somebody says something, and the phrases that could be who says it.

A cue is a verb of saying outside quotation marks, "according to", a document that a sentence
reports from, a name before a colon, or any past form that stands beside a closing quotation mark as
a verb of saying does. Which candidate is the source is weighed in ``weigh.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from site_gen.language.lists import words
from site_gen.language.reading import NounPhrase, Reading
from site_gen.language.saying import saying_verbs

_PARTY = re.compile(r"[A-Z]{1,3}-[A-Z]")
"""A party and a state behind a name: "R-S.C."."""
LEFT, RIGHT = 7, 2
"""So many noun phrases to the left of a verb, and to its right, can be its source."""
NEAR = 4
"""Tokens to the right of a verb within which an inverted source begins."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its token, the kind of cue, the verb and its form, the sentence it stands in, and the
    phrases that can be its source."""

    token: int
    kind: str
    lemma: str
    form: str
    sentence: int
    sources: tuple[NounPhrase, ...]


def cues(reading: Reading) -> tuple[Cue, ...]:
    """The cues of a paragraph in order."""
    found: list[Cue] = []
    verbs = saying_verbs()
    tokens, quoted = reading.tokens, reading.quoted
    phrases = reading.phrases
    at = 0
    for n, (first, last) in enumerate(reading.sentences):
        while at < len(phrases) and phrases[at].first < first:
            at += 1
        end = at
        while end < len(phrases) and phrases[end].first < last:
            end += 1
        here = tuple(p for p in phrases[at:end] if not _aside(reading, p, first))
        behind = 0  # the number of phrases that end before the token
        for i in range(first, last):
            token = tokens[i]
            while behind < len(here) and here[behind].last <= i:
                behind += 1
            if quoted[i]:
                continue
            if token.tag == "V":
                verb = verbs[token.lower]
                found.append(Cue(i, "verb", verb.lemma, verb.form, n, _around(here, i, behind)))
            elif token.lower == "according" and i + 1 < last and tokens[i + 1].lower == "to":
                after = tuple(p for p in here[behind : behind + 4] if p.first > i + 1)[:2]
                found.append(Cue(i, "according", "according", "", n, after))
            elif token.tag == "E" and _beside_marks(reading, i, first):
                found.append(Cue(i, "beside", "?", "past", n, _around(here, i, behind)))
            elif token.tag == ":" and i > first:
                subject = reading.ending.get(i)
                if subject is not None and subject in here[max(0, behind - 1) : behind]:
                    leading = here[:1] if here and here[0] is not subject else ()
                    found.append(Cue(i, "colon", ":", "", n, (*leading, subject)))
        found += _documents(reading, here, n, first)
        at = end
    return tuple(sorted(found, key=lambda c: c.token))


def _aside(reading: Reading, phrase: NounPhrase, first: int) -> bool:
    """Whether a phrase is a lone number ("Finch, 71, said") or stands in round brackets
    ("(D-Calif.)"): it speaks for nobody."""
    tokens = reading.tokens
    lone = phrase.last - phrase.first == 1 and tokens[phrase.first].tag == "9"
    party = _PARTY.match(tokens[phrase.first].text)
    return lone or bool(party) or (phrase.first > first and tokens[phrase.first - 1].tag == "(")


def _around(here: tuple[NounPhrase, ...], at: int, behind: int) -> tuple[NounPhrase, ...]:
    before = here[max(0, behind - LEFT) : behind]
    after = tuple(p for p in here[behind : behind + RIGHT + 1] if at < p.first <= at + NEAR)[:RIGHT]
    return before + after


def _beside_marks(reading: Reading, at: int, first: int) -> bool:
    """Whether a past form stands where a verb of saying stands: after a closing mark, or after a
    phrase that does, or before an opening one."""
    tokens = reading.tokens
    if at > first and (
        tokens[at - 1].tag == "Q"
        or (tokens[at - 1].tag == "," and at - 1 > first and tokens[at - 2].tag == "Q")
    ):
        return True
    subject = reading.ending.get(at)
    return (
        subject is not None
        and subject.first > 0
        and tokens[subject.first - 1].tag in "Q,"
        and (
            tokens[subject.first - 1].tag == "Q"
            or (subject.first - 1 > first and tokens[subject.first - 2].tag == "Q")
        )
    )


def _documents(
    reading: Reading, here: tuple[NounPhrase, ...], number: int, first: int
) -> list[Cue]:
    """ "In a poll, ...", "The report, which ...": a sentence that begins with a document may report
    from it."""
    tokens = reading.tokens
    out = []
    for n_phrase, phrase in enumerate(here):
        opens = n_phrase < 2 and (
            phrase.first == first or (phrase.first == first + 1 and tokens[first].tag == "P")
        )
        told = (
            phrase.last < len(tokens)
            and tokens[phrase.last].lower == "that"
            and tokens[phrase.last].tag == "S"
        )
        if (
            (opens or told)
            and tokens[phrase.head].tag == "n"
            and tokens[phrase.head].lower in words("documents")
            and not reading.quoted[phrase.head]
        ):
            out.append(
                Cue(phrase.head, "document", tokens[phrase.head].lower, "", number, (phrase,))
            )
    return out
