"""From a source as the article words it to a name that can be shown, or none.

What is shown as a fact about somebody has a threshold of its own; a pronoun and a definite noun
stand for somebody only where one alone fits.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from site_gen.find.speech.attribute import Said, Source, threshold
from site_gen.find.speech.people import people, resolve
from site_gen.find.speech.pronouns import Cast, Mention, cast
from site_gen.language.lists import genders, words
from site_gen.language.reading import read
from site_gen.model import Paragraph

_SPOKEN_FOR = frozenset("he she".split())
GROUPS_BACK = 3
"""So many sources back a group that "they" can be must have spoken."""
SURE = 0.5
"""A source of a stretch as probable as this has spoken: a pronoun after it can mean it."""
_MANY = frozenset("they them".split())
_NEVER = frozenset(
    "i we you us me it who which that what there this those these one everyone someone nobody"
    " anyone others everybody somebody another nothing something everything none some many several"
    " all both most few any such".split()
)
"""Pronouns that name nobody: the author, the reader, anybody."""


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker as shown: the fullest name that the article gives, title or affiliation, and the
    source as worded. Empty: nobody."""

    name: str = ""
    role: str = ""
    worded: str = ""


class Speakers:
    """Names the sources of one article."""

    def __init__(self, paragraphs: Iterable[Paragraph], said: Sequence[Said]) -> None:
        listed = list(paragraphs)
        self.texts = {p.index: p.text for p in listed}
        self.cast: Cast = cast(listed, people(listed), {s.source.text for s in said if s.near})
        self.order = [s for s in said if s.probability >= threshold(s.quoted)]
        self.names: dict[tuple[int, int], Named] = {}
        self.unknown: list[Mention] = []
        self.told: list[tuple[int, Named]] = []
        self.pronouns = dict(self.cast.pronouns)
        self._name_all(said)
        self.spoken = sorted(
            ((s.source.paragraph, s.source.start), self.source(s.source).name)
            for s in self.order
            if s.near and not s.source.pronoun and self.source(s.source).name
        )
        """Where each source that is named stands, and who it is."""

    def of(self, said: Said) -> Named:
        """Who says a stretch; nobody where it is not established."""
        if said.probability < threshold(said.quoted):
            return Named()
        return self.source(said.source)

    def source(self, source: Source) -> Named:
        """The name of a source; nobody where it is a pronoun that nobody alone fits, or no speaker
        at all."""
        return self.names.get((source.paragraph, source.start), Named())

    def as_worded(self, worded: str) -> Named:
        """The name for words that name somebody."""
        name, role = resolve(worded, self.cast.people)
        if " " not in name and (full := self._addressed(worded, name)):
            name, role = full, self.cast.people.roles.get(full, "")
        return Named(name, role, worded)

    def spoke_last(self, source: Source) -> str:
        """Who spoke last by name before a source, in its paragraph or the one before, where the
        words are surely theirs; empty where nobody did."""
        place = source.paragraph, source.start
        at = bisect_left(self.spoken, place, key=lambda s: s[0]) - 1
        if at < 0 or self.spoken[at][0][0] < source.paragraph - 1:
            return ""
        return self.spoken[at][1]

    def _addressed(self, worded: str, surname: str) -> str:
        """ "Mrs Vose", where two of that name are in the article: the one whom the form of address
        fits."""
        wanted = genders().get(worded.split()[0].lower(), "") if " " in worded else ""
        everybody = {m.name for m in self.cast.mentions} | set(self.cast.people.full.values())
        fitting = [
            n
            for n in everybody
            if wanted and n.split()[-1] == surname and self.pronouns.get(n) == wanted
        ]
        return fitting[0] if len(fitting) == 1 else ""

    def _name_all(self, said: Sequence[Said]) -> None:
        """Sources in the order of the text, each pronoun with what came before it."""
        earlier: list[Mention] = []
        sources = {(s.source.paragraph, s.source.start): s.source for s in said}
        persons = {m.name for m in self.cast.mentions}
        sure = {
            (s.source.paragraph, s.source.start)
            for s in said
            if s.probability > SURE and not self._only_to_say(s)
        }
        for place in sorted(sources):
            source = sources[place]
            named = self._named(source, earlier)
            self.names[place] = named
            self.told.append((source.paragraph, named))
            if place in sure and _may_be_somebody(named, persons):
                self.unknown.append(Mention(source.paragraph, source.start, named.name, True))
            if named.name in persons and place in sure:
                earlier.append(Mention(source.paragraph, source.start, named.name, True))

    def _only_to_say(self, said: Said) -> bool:
        """Whether the verb is an infinitive: who is asked to say something has not said it."""
        text = self.texts.get(said.cue_paragraph, "")
        return said.kind == "verb" and text[: said.cue_start].rstrip().lower().endswith(" to")

    def _named(self, source: Source, earlier: Sequence[Mention]) -> Named:
        if source.pronoun in _SPOKEN_FOR:
            name = self.cast.one(
                source.pronoun,
                source.paragraph,
                source.start,
                earlier,
                self.pronouns,
                self.unknown[-GROUPS_BACK:],
            )
            if name:
                self.pronouns.setdefault(name, source.pronoun)
            return Named(name, self.cast.people.roles.get(name, ""), name) if name else Named()
        if source.pronoun in _MANY or source.pronoun == "it":
            group = self._group(source)
            return Named(group, "", group) if group else Named()
        last = source.text.split()[-1].lower()
        if source.led_by not in ("", "by"):
            return Named()
        if (
            source.pronoun
            or last in _NEVER
            or last in words("never_speak")
            or last in words("calendar_names")
            or not any(c.isalpha() for c in source.text)
        ):
            return Named()
        apposition = self._in_apposition(source)
        return self.as_worded(apposition or _without_lead(source.text))

    def _group(self, source: Source) -> str:
        """The group that spoke last, in this paragraph or the one before, where "they" can be
        it."""
        for paragraph, named in reversed(self.told[-GROUPS_BACK:]):
            if paragraph < source.paragraph - 1 or not named.name:
                return ""
            last = named.worded.split()[-1].lower()
            if source.pronoun == "it":
                return named.worded if last in words("bodies") or last in words("documents") else ""
            several = (
                last.endswith("s")
                and not last.endswith("ss")
                and named.worded.split()[-1][0].islower()
            )
            return (
                named.worded
                if several or " and " in named.worded or last in words("groups")
                else ""
            )
        return ""

    def _in_apposition(self, source: Source) -> str:
        """A name that stands in apposition to a description: "Ina Folk, the mayor, said", "His
        lawyer, Alan Vale, said"."""
        text = self.texts[source.paragraph]
        if source.text.split()[-1][:1].isupper() and not _DESCRIBES.match(source.text):
            return ""
        before = _NAME_BEFORE.search(text[max(0, source.start - 60) : source.start])
        if before and _is_name(before["name"]):
            return before["name"]
        after = _NAME_AFTER.match(text, source.end)
        return after["name"] if after and _is_name(after["name"]) else ""


_NAME = (
    r"(?:[A-ZÀ-Þ][\w’'-]*|[A-Z]\.)"
    r"(?:\s(?:[A-ZÀ-Þ][\w’'-]*|[A-Z]\.|de|van|von|der|al|bin|la|le|di|da)){0,4}"
)
_NAME_BEFORE = re.compile(
    rf"(?:^|[\s“\"‘(])(?P<name>{_NAME}),\s(?:(?:\d{{1,3}}|who|then|now)\b,?\s)?$"
)
_NAME_AFTER = re.compile(rf",\s(?P<name>{_NAME})(?=,|\s(?:said|says|told|wrote|added)\b)")
_DESCRIBES = re.compile(r"(?:the|a|an|his|her|their|its|one|[\w.-]+['’]s)\s", re.IGNORECASE)
_LEAD = re.compile(r"(?:and|but|as|when|that|both|even)\s+", re.IGNORECASE)


def _may_be_somebody(named: Named, persons: set[str]) -> bool:
    """Whether a source is one capitalised word that could be a surname nobody gives in full, or
    describes somebody whom nobody names."""
    word = named.name
    if word and word[0].islower() and word.split()[-1] in words("titles"):
        return True
    return (
        bool(word)
        and " " not in word
        and word[0].isupper()
        and word not in persons
        and not word.isupper()
        and word.lower() not in words("bodies")
    )


def _is_name(name: str) -> bool:
    """Whether a capitalised run can be a person's: two words, none of them a day, and no lone
    opening word."""
    parts = name.split()
    return (
        len(parts) > 1
        and not any(p.lower() in words("calendar_names") for p in parts)
        and read(name).tokens[0].tag == "M"
    )


def _without_lead(worded: str) -> str:
    lead = _LEAD.match(worded)
    return worded[lead.end() :] if lead else worded
