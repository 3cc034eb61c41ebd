"""What of a sentence stands in no other origin's text: a name, a figure, words in quotation marks,
a document, rare words.

Some of them prove that the sentence tells something of its own: a number, a document, a quotation
of somebody whom no other origin quotes. That it names somebody in passing, uses rare words, or
quotes another sentence of a speech that all report, does not: of 160 sentences that were read
beside the other articles, one in five with no more than that was told elsewhere in other words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_gen.compare.telling import (
    Telling,
    Told,
    initials,
    name_runs,
    runs_of_three,
    size_of,
)
from site_gen.language.counting import MONTHS, WEEKDAYS
from site_gen.language.lists import words as listed
from site_gen.language.rarity import rarity_in_news
from site_gen.language.synonyms import root
from site_gen.language.words import STOP_WORDS, stem, word_list, words_within
from site_gen.model import Anchor, Annotated, Figure, Quotation

LEAST_QUOTED = 5
"""Words in quotation marks that are a statement of their own."""
ROUNDED = 0.2
"""Values this near each other may be one, rounded otherwise: "more than 5", "5.6 billion"."""
TELLING, LEAST_TELLING = 2.0, 3
"""Rarity in news of a word that tells something, and how many a quotation has that can be
understood alone: "I don't see how that's possible" has none."""
NEW_RUNS = 0.8
"""Share of a quotation's three words in a row that stand in no other origin's text."""
RARE_NAME, RARE = 4.0, 4.4
"""Rarity in news of a name that tells something ("American" does not), and of a word that few
reports use: one document in fifty, and in eighty."""
RARE_WORDS, LONG_WORD = 3, 4
"""So many rare words, each of so many letters, are shown as words that no other has."""
_NO_NAMES = frozenset((*MONTHS, *WEEKDAYS))
_VAGUE = frozenset("dozen dozens hundreds thousands millions billions handful several".split())


def anchors(telling: Telling, annotated: Annotated, told: Told) -> tuple[Anchor, ...]:
    """The words of a sentence that stand in no other origin's text, in order; none where they do
    not show that the sentence tells something of its own."""
    text = annotated.article.paragraph(telling.paragraph).text
    proof = [
        *_numbers(telling, annotated, text, told),
        *_words_of_others(telling, annotated, text, told),
    ]
    if not _proves(proof, telling, annotated, told):
        return ()
    named = [
        (a, b)
        for a, b in name_runs(text, telling.start, telling.end, told.proper)
        if _new_name(text[a:b], told)
    ]
    found = [
        *(Anchor(kind="name", start=a, end=b) for a, b in named),
        *proof,
        *_rare_words(telling, text, named, told),
    ]
    return tuple(sorted(found, key=lambda x: (x.start, x.kind)))


def _proves(found: Sequence[Anchor], telling: Telling, annotated: Annotated, told: Told) -> bool:
    """Whether one of the anchors shows that a sentence tells something of its own."""
    return any(
        a.kind in ("figure", "document")
        or (a.kind == "quotation" and _quoted_only_here(a, telling, annotated, told))
        for a in found
    )


def _quoted_only_here(anchor: Anchor, telling: Telling, annotated: Annotated, told: Told) -> bool:
    """Whether a quotation has a speaker by name whom no other origin quotes."""
    for q in annotated.quotations:
        if q.paragraph == telling.paragraph and q.start == anchor.start and q.speaker:
            last = q.speaker.split()[-1].lower()
            return q.speaker[0].isupper() and len(told.quoted.get(last, ())) < 2
    return False


def _within(fact: Figure | Quotation, telling: Telling) -> bool:
    return fact.paragraph == telling.paragraph and telling.start <= fact.start < telling.end


def _numbers(telling: Telling, annotated: Annotated, text: str, told: Told) -> Iterator[Anchor]:
    for f in annotated.figures:
        if _within(f, telling) and _new_figure(f, text, told.origin[telling.source], told):
            yield Anchor(kind="figure", start=f.start, end=f.end)


def _words_of_others(
    telling: Telling, annotated: Annotated, text: str, told: Told
) -> Iterator[Anchor]:
    """Quotations and documents."""
    for q in annotated.quotations:
        if _within(q, telling) and q.statement and _new_words(q.text, told):
            yield Anchor(kind="quotation", start=q.start, end=min(q.end, telling.end))
    for x in annotated.attributions:
        paragraph, start, end = x.source
        here = x.kind == "document" and x.cue[0] == paragraph == telling.paragraph
        inside = here and telling.start <= start < telling.end
        if inside and _alone(text[start:end].split()[-1], told):
            yield Anchor(kind="document", start=start, end=end)


def _rare_words(
    telling: Telling, text: str, named: Sequence[tuple[int, int]], told: Told
) -> Iterator[Anchor]:
    """Rare words, each once, where there are several."""
    found: dict[str, tuple[int, int]] = {}
    for a, b, w in words_within(text, telling.start, telling.end):
        if w not in found and _is_plain(text, a, b, w) and _alone(w, told):
            found[w] = (a, b)
    if len(found) >= RARE_WORDS:
        yield from (
            Anchor(kind="words", start=a, end=b)
            for a, b in found.values()
            if not any(x <= a < y for x, y in named)
        )


def _is_plain(text: str, start: int, end: int, word: str) -> bool:
    """Whether a word is written small, is no half of one with a hyphen, and is rare in news."""
    if not word.isalpha() or text[start].isupper() or len(word) < LONG_WORD:
        return False
    hyphened = text[start - 1 : start] == "-" or text[end : end + 1] == "-"
    return not hyphened and word not in STOP_WORDS and rarity_in_news(stem(word)) >= RARE


def _alone(word: str, told: Told) -> bool:
    """Whether no other origin uses a word."""
    return len(told.had.get(root(word.lower()), ())) < 2


def _new_name(name: str, told: Told) -> bool:
    """Whether no part of a name stands in another origin's text, and one is rare: "American" is
    not."""
    parts = [w for _, _, w in word_list(name) if len(w) > 1]
    own = [w for w in parts if w not in _NO_NAMES and w not in listed("titles")]
    return (
        bool(own)
        and len(own[-1]) > 2
        and all(_alone(w, told) for w in own)
        and any(rarity_in_news(stem(w)) >= RARE_NAME for w in own)
        and all(len(told.short.get(letters, ())) < 2 for letters in initials(name))
    )


def _new_figure(figure: Figure, text: str, origin: str, told: Told) -> bool:
    """Whether no other origin gives that value, or in a unit one near it, which may be the same
    rounded; and it is a number, not one or two of something or an age."""
    size = size_of(figure)
    if (not figure.unit and size <= 2) or figure.unit in ("year", "years"):
        return False
    vague = {w for _, _, w in word_list(figure.text)} & _VAGUE
    if vague or text[max(0, figure.start - 2) : figure.start] == ", ":
        return False
    near = ROUNDED * size if figure.unit else 0.0
    return not any(
        abs(other - size) <= near for other, of in told.sizes[figure.unit] if of != origin
    )


def _new_words(text: str, told: Told) -> bool:
    """Whether another origin has none of the words of a quotation, three in a row."""
    found = [w for _, _, w in word_list(text)]
    content = {stem(w) for w in found if w.isalpha() and rarity_in_news(stem(w)) >= TELLING}
    if len(found) < LEAST_QUOTED or len(content) < LEAST_TELLING:
        return False
    runs = list(runs_of_three(text))
    new = sum(len(told.runs.get(run, ())) < 2 for run in runs)
    return new >= NEW_RUNS * len(runs)
