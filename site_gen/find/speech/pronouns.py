"""Whom "he", "she", "they" or "it" can mean: the one that fits, or nobody. A wrong name is worse
than none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from site_gen.find.speech.people import People
from site_gen.language.lists import genders, words
from site_gen.language.marks import quoted_spans
from site_gen.language.reading import Reading, Token, read
from site_gen.language.words import sentence_at
from site_gen.model import Paragraph

_WHEN = re.compile(r"\b(?:when|where|after|before|while|as|whom|which)\s$")
_WORD = re.compile(r"[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ][\w’'-]*")
_HEADS_SENTENCE = re.compile(
    r"[“\"‘']?(?!\w+ing\b)(?:\w+ly,?\s|But\s|And\s)?(?:(?:The|His|Her|A|"
    r"An)\s)?(?:[a-z]+\s){0,2}?(?:[A-Z][\w.’'-]*\s){0,3}"
)
"""What can stand before a name that its sentence begins with: a title, a trade."""
LOOKED_AT = 40
"""So many mentions of a paragraph are looked at: a longer list of names means nobody."""
NEAR = 4
"""Paragraphs back in which a person must have been named."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named in running text, outside quotation marks: where, and the full name."""

    paragraph: int
    start: int
    name: str
    leads: bool
    """Whether it stands at the head of its sentence."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The persons of an article with every place where they are named, and what pronoun fits
    each."""

    people: People
    mentions: tuple[Mention, ...]
    pronouns: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    proper: frozenset[str] = frozenset()
    """Words with a capital within a sentence somewhere in the article: names, where they begin a
    sentence too."""
    places: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """Names that were looked at: whether the article uses them as those of places."""

    def _stranger(self, paragraph: int, before: int) -> int:
        """Where the last sentence before a place is led by a name of which nothing is known; -1
        where it is not, or is led by a body."""
        reading = read(self.texts.get(paragraph, ""))
        tokens = reading.tokens
        for first, last in reversed(reading.sentences):
            at = _first_word(reading, first, last)
            if at == last or tokens[at].start >= before:
                continue
            phrase = reading.beginning.get(at)
            if phrase is None or tokens[phrase.last - 1].start >= before:
                return -1
            start, end = tokens[at].start, tokens[phrase.last - 1].end
            if any(start <= m.start < end for m in self._in(self.mentions, paragraph, None)):
                return -1
            subject = phrase.last < last and tokens[phrase.last].tag in "VEX,Fn(R"
            return start if subject and self._names_somebody(tokens[at : phrase.last]) else -1
        return -1

    def _names_somebody(self, tokens: Sequence[Token]) -> bool:
        """Whether words are a name, and not that of a body."""
        name = tokens[-1]
        return (
            all(t.tag == "M" for t in tokens)
            and name.text in self.proper
            and not name.text.isupper()
            and name.lower not in words("bodies")
        )

    def _by_surname(self, sources: Sequence[Mention], back: int) -> str:
        """The only source of a paragraph that names nobody else, where the article uses its name as
        that of no place; else empty."""
        name, place = sources[0].name, sources[0].paragraph
        alone = {u.name for u in sources} == {name} and not self._in(self.mentions, place, None)
        return name if alone and back <= 1 and not self._located(name) else ""

    def _located(self, name: str) -> bool:
        """Whether the article uses a name as that of a place; looked for once."""
        if name not in self.places:
            located = re.compile(rf"\b(?:in|near|outside|across|around)\s{re.escape(name)}\b")
            texts = self.texts.values()
            self.places[name] = any(name in text and located.search(text) for text in texts)
        return self.places[name]

    def _another_nearer(self, paragraph: int, start: int, found: Sequence[Mention]) -> bool:
        """Whether the last name before the pronoun stands in its own sentence and another leads it:
        "Falk met Vale, when he said"."""
        first = sentence_at(self.texts.get(paragraph, ""), start)[0]
        here = [m for m in found if m.start >= first]
        return (
            len({m.name for m in here}) > 1
            and here[0].leads
            and here[-1].name != here[0].name
            and _WHEN.search(self.texts[paragraph], here[-1].start, start) is not None
        )

    def _spoken_of(self, pronoun: str, paragraph: int, before: int) -> bool:
        """Whether the pronoun, for somebody named further above, stands before a place of a
        paragraph, outside quotation marks."""
        reading = read(self.texts.get(paragraph, ""))
        return any(
            t.lower == pronoun and not q and t.start < before
            for t, q in zip(reading.tokens, reading.quoted, strict=True)
        )

    @staticmethod
    def _in(mentions: Sequence[Mention], paragraph: int, before: int | None) -> Sequence[Mention]:
        """The last mentions in a paragraph, before a place of it where one is given; ``mentions``
        are in order."""
        last = bisect_left(
            mentions,
            (paragraph + 1, -1) if before is None else (paragraph, before),
            key=lambda m: (m.paragraph, m.start),
        )
        return [m for m in mentions[max(0, last - LOOKED_AT) : last] if m.paragraph == paragraph]

    def one(
        self,
        pronoun: str,
        paragraph: int,
        start: int,
        spoken: Sequence[Mention],
        known: Mapping[str, str],
        unknown: Sequence[Mention] = (),
    ) -> str:
        """The person for whom "he" or "she" at that place stands; empty unless one alone fits.

        Looked for in the paragraph, then in one after another above it; the first that names
        somebody who fits decides. There one alone must fit, or who leads the last sentence must be
        who spoke last, if anybody did. A sentence that somebody else leads, of whom nothing is
        known, means nobody; a pronoun of that kind before the names of a paragraph leads further
        up. ``spoken``: the sources before, in order. ``known``: what pronouns before have shown of
        persons. ``unknown``: sources of whom nothing but a surname is known; such a one is meant
        where nobody else is named beside it and the pronoun follows in the same paragraph or begins
        the next.
        """
        for back in range(NEAR + 1):
            place = paragraph - back
            if any(u.paragraph == place for u in unknown):
                return self._by_surname([u for u in unknown if u.paragraph == place], back)
            before = start if not back else len(self.texts.get(place, ""))
            around = (
                *self._in(self.mentions, place, start if not back else None),
                *self._in(spoken, place, start if not back else None),
            )
            found = [m for m in around if known.get(m.name, pronoun) == pronoun]
            stranger = self._stranger(place, before)
            if not found:
                if stranger >= 0:
                    return ""
                continue
            found.sort(key=lambda m: m.start)
            if not back and self._another_nearer(paragraph, start, found):
                return ""
            if stranger >= 0:
                return ""
            if not any(m.leads for m in found) and self._spoken_of(pronoun, place, found[0].start):
                continue  # "He met Vale": it is somebody whom a paragraph above names
            names = {m.name for m in found}
            speakers = [
                m.name
                for m in self._in(spoken, place, start if not back else None)
                if m.name in names
            ]
            leading = [m.name for m in found if m.leads]
            if len(names) == 1:
                name = found[0].name
                return name if known.get(name) or leading else ""
            if leading and (not speakers or speakers[-1] == leading[-1]):
                return leading[-1] if known.get(leading[-1]) or (speakers and not back) else ""
            return speakers[-1] if speakers and leading[-1:] in ([], speakers[-1:]) else ""
        return ""


_DESCRIBED = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?:\s[A-Z]\.)?(?:\s[A-ZÀ-Þ][\w’'-]+){1,2}),\s(?:who\b|whose\b|\d\d,)"
)
"""What only a person is: one who does something, one of an age."""


def cast(paragraphs: Iterable[Paragraph], people: People, speaking: Iterable[str] = ()) -> Cast:
    """Everybody whom an article names, wherever it does. ``speaking``: names of sources."""
    mentions: list[Mention] = []
    pronouns: dict[str, str] = {}
    bearers = genders()
    both: set[str] = set()
    for name, role in people.roles.items():
        for word in role.lower().split():
            if bearers.get(word):
                pronouns.setdefault(name, bearers[word])
    for name in sorted(set(people.full.values())):
        first = bearers.get(name.split()[0].lower())
        if first:
            pronouns.setdefault(name, first)
        if first == "":
            both.add(name)
    listed = list(paragraphs)
    # a capitalised run is a person where something says so: a given name, a title, a form of
    # address
    described = {m["name"] for p in listed for m in _DESCRIBED.finditer(p.text)}
    persons = set(pronouns) | set(people.roles) | set(speaking) | described | both
    known = {key: name for key, name in people.full.items() if name in persons}
    for paragraph in listed:
        if paragraph.role not in ("heading", "headline"):
            mentions += _mentions(paragraph, known, pronouns)
    texts = {p.index: p.text for p in listed if p.role not in ("heading", "headline")}
    return Cast(
        people,
        tuple(mentions),
        pronouns,
        texts,
        frozenset(w for text in texts.values() for w in _proper(text)),
    )


def _first_word(reading: Reading, first: int, last: int) -> int:
    """The first word of a sentence that stands outside quotation marks; its end where none does."""
    outside = (
        n
        for n in range(first, last)
        if not reading.quoted[n] and reading.tokens[n].tag not in "qQ,"
    )
    return next(outside, last)


def _proper(text: str) -> Iterator[str]:
    """Words with a capital that no sentence and no quotation begins with."""
    tokens = read(text).tokens
    for before, token in pairwise(tokens):
        if token.tag == "M" and before.tag not in ".?!:q" and before.tag not in "…-":
            yield token.text


def _mentions(
    paragraph: Paragraph, known: Mapping[str, str], pronouns: dict[str, str]
) -> Iterator[Mention]:
    """Where a paragraph names somebody outside quotation marks; what a form of address says of them
    goes into ``pronouns``."""
    text, bearers = paragraph.text, genders()
    marks = bytearray(len(text))
    for q in quoted_spans(text):
        marks[q.opens : q.closes] = b"\x01" * (q.closes - q.opens)
    last_end = -1
    for match in _WORD.finditer(text):
        full = known.get(re.sub(r"['’]s$", "", match[0]))
        if full is None or match.start() < last_end or marks[match.start()]:
            continue
        if text.startswith(full, match.start()):
            last_end = match.start() + len(full)
        address = text[max(0, match.start() - 5) : match.start()].split()
        if address and bearers.get(address[-1].lower()):
            pronouns[full] = bearers[address[-1].lower()]
        leads = bool(
            _HEADS_SENTENCE.fullmatch(text, sentence_at(text, match.start())[0], match.start())
        )
        yield Mention(paragraph.index, match.start(), full, leads)
