"""Whom "he", "she", "they" or "it" can mean: the one that fits, or nobody. A wrong name is worse than none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from site_gen.find.speech.people import People
from site_gen.language.lists import table
from site_gen.language.marks import quoted_spans
from site_gen.model import Paragraph

_WORD = re.compile(r"[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ][\w’'-]*")
_HEADS_SENTENCE = re.compile(r"(?:^|[.!?][”\"’']?\s+)(?:[“\"‘'])?(?:\w+ly,?\s|But\s|And\s|(?:[A-Z][\w.’'-]*\s){0,3})?$")
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
    """The persons of an article with every place where they are named, and what pronoun fits each."""

    people: People
    mentions: tuple[Mention, ...]
    pronouns: Mapping[str, str] = field(default_factory=dict)

    def one(self, pronoun: str, paragraph: int, start: int, earlier: Sequence[str], known: Mapping[str, str]) -> str:
        """The person for whom "he" or "she" at that place stands; empty unless one alone fits.

        Looked for in the paragraph, then in one after another above it: in the first that names somebody who fits, one alone must, or one
        must lead its sentences and have spoken last. ``earlier``: the sources before, the last one last, as full names. ``known``: what
        pronouns before have shown of persons.
        """
        for back in range(NEAR + 1):
            found = [m for m in self.mentions if m.paragraph == paragraph - back and (back or m.start < start)]
            found = [m for m in found if known.get(m.name, pronoun) == pronoun]
            names = list(dict.fromkeys(m.name for m in found))
            if len(names) == 1:
                alone = {m.name for m in self.mentions if known.get(m.name, pronoun) == pronoun} == set(names)
                leads = any(m.leads for m in found) and not back
                return names[0] if known.get(names[0]) or leads or alone or earlier[-1:] == names else ""
            if names:
                sure = [n for n in names if known.get(n) == pronoun]
                leading = list(dict.fromkeys(m.name for m in found if m.leads))
                last = earlier[-1] if earlier else ""
                if last in names and (leading[-1:] == [last] or sure == [last]):
                    return last
                return leading[0] if len(leading) == 1 and sure == leading and not last else ""
        return ""


@cache
def genders() -> Mapping[str, str]:
    """Given names and nouns for persons, in lower case → the pronoun that fits."""
    out: dict[str, str] = {}
    for name in ("persons", "given_names"):
        lists = table(name)
        both = set(lists["he"]) & set(lists["she"])
        out |= {word: pronoun for pronoun, members in lists.items() for word in members if word not in both}
    return out


_DESCRIBED = re.compile(r"(?P<name>[A-ZÀ-Þ][\w’'-]+(?:\s[A-Z]\.)?(?:\s[A-ZÀ-Þ][\w’'-]+){1,2}),\s(?:who\b|whose\b|\d\d,)")
"""What only a person is: one who does something, one of an age."""


def cast(paragraphs: Iterable[Paragraph], people: People, speaking: Iterable[str] = ()) -> Cast:
    """Everybody whom an article names, wherever it does. ``speaking``: names of sources."""
    mentions: list[Mention] = []
    pronouns: dict[str, str] = {}
    bearers = genders()
    for name, role in people.roles.items():
        for word in role.lower().split():
            if word in bearers:
                pronouns.setdefault(name, bearers[word])
    for name in sorted(set(people.full.values())):
        first = bearers.get(name.split()[0].lower())
        if first:
            pronouns.setdefault(name, first)
    # a capitalised run is a person where something says so: a given name, a title, a form of address
    listed = list(paragraphs)
    described = {m["name"] for p in listed for m in _DESCRIBED.finditer(p.text)}
    persons = set(pronouns) | set(people.roles) | set(speaking) | described
    known = {key: name for key, name in people.full.items() if name in persons}
    for paragraph in listed:
        if paragraph.role in ("heading", "headline"):
            continue
        text = paragraph.text
        marks = [(q.opens, q.closes) for q in quoted_spans(text)]
        last_end = -1
        for match in _WORD.finditer(text):
            word = re.sub(r"['’]s$", "", match[0])
            full = known.get(word)
            if full is None or match.start() < last_end or any(a <= match.start() < b for a, b in marks):
                continue
            if text.startswith(full, match.start()):
                last_end = match.start() + len(full)
            address = text[max(0, match.start() - 5) : match.start()].split()
            if address and address[-1].lower() in bearers:
                pronouns[full] = bearers[address[-1].lower()]
            leads = bool(_HEADS_SENTENCE.search(text[max(0, match.start() - 60) : match.start()]))
            mentions.append(Mention(paragraph.index, match.start(), full, leads))
    return Cast(people, tuple(mentions), pronouns)
