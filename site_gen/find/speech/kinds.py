"""What sort of source somebody is: a person by name, a body, persons without a name, a document, or
other media; nothing where the words do not tell.

A definite description ("the former governor") stands for somebody whom the article names: it is no
unnamed source. A capitalised word of which nothing says that it is a person's or a body's name is
nobody; neither is one of two who speak together, or "his campaign".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from site_gen.find.speech.named import Named, Speakers
from site_gen.find.speech.people import COURTESY, names_a_person, split_run
from site_gen.language.lists import genders, table, words
from site_gen.language.words import NUMBER_WORDS
from site_gen.model import SourceKind

_TIES = frozenset(
    "of for in at from with on to who that familiar by close briefed and involved".split()
)
_DEFINITE = frozenset(("the", "this", "that"))
_POINTED_AT = frozenset(
    "source official person spokesman spokeswoman spokesperson aide witness adviser advisor staffer"
    " insider diplomat lawyer attorney analyst expert".split()
)
"""Heads that "the" makes nobody of: "the official said" is still unnamed."""
_NOT_FIRST = frozenset(
    "of for in at from with on to who whose which as met by and but than like other".split()
)
_SOMEBODYS = frozenset(
    """
        statement interview tweet post email speech remark testimony letter article memo answer
        reply note video""".split()
)
"""Documents that are somebody's words: alone they name nobody."""
_SOME_BODY = frozenset(
    "company board agency group department committee office firm panel team organization"
    " organisation association center centre institute network".split()
)
"""Bodies of which "the" says only that they were named before."""
_NOT_LAST = frozenset("nevertheless also later instead meanwhile still then though".split())
_POSSESSIVE = re.compile(r"(?:his|her|their|its|my|our|whose)\s", re.IGNORECASE)
_NO_ROLE = re.compile(
    r"^(?:republican|democrat|conservative|liberal|man|woman)$"
    r"|\b(?:organi[sz]ation|group|company|agency|firm|his|her|their)[’']?s?\s"
    r"|\d|\bof (?:two|three|four|five|six|seven)\b|[’']s$",
    re.IGNORECASE,
)
"""What stands beside a name and is no role: an age, a party, "the group's" something."""


_RELATIVE = re.compile(r"^(?:fellow|another|other|one)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """A source as it is shown: name, role and kind; all empty where nobody is established."""

    name: str = ""
    role: str = ""
    kind: SourceKind = ""


class Sources:
    """Knows the sources of one article by what they are."""

    def __init__(self, speakers: Speakers) -> None:
        self.people = speakers.cast.people
        self.full = frozenset(self.people.full.values())
        self.surnames = {m.name.split()[-1] for m in speakers.cast.mentions}
        self.longest = sorted(self.full, key=lambda n: (-len(n), n))

    def known_as(self, named: Named, worded: str, document: bool) -> Known:
        """The source that a name stands for. ``worded``: as the article words it there;
        ``document``: whether a document is read from."""
        inner = self._named_within(worded.split())
        name, role = inner if inner and inner[0] else self._person(named)
        if not name or _of_another(name, worded):
            return Known()
        if name in self.full and _is_persons(name):
            return Known(name, _sound(role), "named")
        kind = _described(name, worded, document) or self._capitalised(name, role, worded)
        if not kind:
            return Known()
        return Known(name, _sound(role) if kind == "named" else "", kind)

    def _person(self, named: Named) -> tuple[str, str]:
        """Name and role; of "House leader Ina Folk of Oster" the person, where the article names
        her so elsewhere; whoever alone bears the title of "the mayor"."""
        parts = named.name.split()
        if not parts or named.name.lower() in NUMBER_WORDS or not parts[0][0].isalnum():
            return "", ""
        if inner := self._named_within(parts):
            return inner if inner[0] else (named.name, "")
        if named.name.lower() in words("titles"):
            holders = [n for n, r in sorted(self.people.roles.items()) if _bears(named.name, r)]
            return (holders[0], self.people.roles[holders[0]]) if len(holders) == 1 else ("", "")
        return _without_title(parts, named)

    def _named_within(self, parts: Sequence[str]) -> tuple[str, str] | None:
        """The person whose full name stands within other words; an empty name where it only says
        whose somebody is ("a spokesman for Ina Folk")."""
        for full in self.longest:
            inner = full.split()
            for n in range(len(parts) - len(inner) + 1 if len(inner) < len(parts) else 0):
                if list(parts[n : n + len(inner)]) == inner:
                    tied = any(p.lower() in _TIES for p in parts[:n])
                    return ("", "") if tied else (full, self.people.roles.get(full, ""))
        return None

    def _capitalised(self, name: str, role: str, worded: str) -> SourceKind:
        """A name that the article gives in no fuller form: a person's, where a title, a given name,
        a form of address, or a person of that surname says so."""
        parts = name.split()
        if not all(p[:1].isupper() or p[:1] in "d’'" for p in parts):
            return ""
        if parts[-1].lower() in words("no_surnames") | words("bodies"):
            return ""
        before = [w.strip(".").lower() for w in worded.split() if w not in parts]
        addressed = any(w in words("titles") or f"{w}." in COURTESY for w in before)
        given = len(parts) > 1 and parts[0].lower() in genders()
        known = addressed or given or parts[-1] in self.surnames or bool(_sound(role))
        return "named" if known else ""


def _without_title(parts: Sequence[str], named: Named) -> tuple[str, str]:
    """ "Chairman Ina Folk" → the name, and the title as the role where there is none."""
    if len(parts) < 2 or not all(p[:1].isupper() for p in parts):
        return named.name, named.role
    ends = [n for n in range(1, len(parts) - 1) if _is_title(parts[n - 1])]
    if ends:
        return " ".join(parts[ends[-1] :]), named.role or " ".join(parts[: ends[-1]])
    lead, name = split_run(named.name)
    if lead and name and names_a_person(lead.split()[-1].lower().strip(".")):
        return name, named.role or lead
    return named.name, named.role


def _is_title(word: str) -> bool:
    """Whether a word before a full name says what somebody is: "Leader", "Representative-elect"."""
    low = word.lower().strip(".")
    if any(low in names for names in table("given_names").values()):
        return False
    return names_a_person(low) or low.split("-")[0] in words("titles")


def _of_another(name: str, worded: str) -> bool:
    """Whether the words name a body of somebody's, and not them: "the Folk campaign", "his
    office"."""
    last = worded.split()[-1]
    body = last.islower() and last in words("bodies") | words("groups")
    if body and last not in name.lower().split():
        return True
    return bool(_POSSESSIVE.match(worded)) and body


def _bears(title: str, role: str) -> bool:
    return title.lower() in role.lower().replace(",", "").split()


def _is_persons(name: str) -> bool:
    """Whether a full name is a person's: with a given name, or without a word that is none."""
    parts = name.lower().split()
    if parts[0] in genders():
        return True
    no_surname = words("no_surnames") | words("bodies") | words("titles") | words("unnamed")
    return parts[-1] not in no_surname and not _is_media(name.split(), parts, parts[-1])


def _described(name: str, worded: str, document: bool) -> SourceKind:
    """The kind that a description, or the name of a body or outlet, tells by its words."""
    parts = name.replace("’s", "").replace("'s", "").split()
    lower = [p.lower().strip(".,") for p in parts]
    if _is_piece(parts, lower):
        return ""
    head = _head(lower)
    if _is_media(parts, lower, head):
        return "media"
    if document or _forms(head) & (words("documents") | words("documents_other")):
        return "document" if document or not parts[-1][:1].isupper() else ""
    if lower[0] in ("those", "these") or _is_unnamed(parts, lower, head):
        return "" if _is_known(worded, head) else "unnamed"
    return "organisation" if _is_body(parts, lower, head) else ""


def _forms(head: str) -> set[str]:
    return {head, head.removesuffix("s"), f"{head}s"}


def _is_piece(parts: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether words only point at somebody who is named elsewhere, or are cut: "Republican of
    Oster", "the statement", "the company", "of the largest"."""
    if lower[0] in _NOT_FIRST or lower[-1] in _NOT_LAST or lower[-1].endswith("ly"):
        return True
    if lower[0] in words("unnamed") and lower[1:2] == ["of"] and parts[-1][:1].isupper():
        return True
    head = _head(lower)
    bare = len([w for w in lower if w not in ("a", "the", "an")]) == 1
    return bare and (bool(_forms(head) & _SOMEBODYS) or head in _SOME_BODY)


def _is_unnamed(parts: Sequence[str], lower: Sequence[str], head: str) -> bool:
    """Whether a description is of persons."""
    singular = head.removesuffix("s")
    if head in words("unnamed") or singular in words("unnamed"):
        return True
    person = names_a_person(head) or names_a_person(singular)
    return person and parts[lower.index(head)][:1].islower()


def _is_known(worded: str, head: str) -> bool:
    """Whether a description points at somebody whom the article names: "the former governor"."""
    first = (worded.lower().split() or [""])[0]
    return first in _DEFINITE and head not in _POINTED_AT and not head.endswith("s")


def _is_media(parts: Sequence[str], lower: Sequence[str], head: str) -> bool:
    whole = "_".join(lower)
    lists = table("media")
    small = [p for p in parts if p[:1].islower()]
    titled = len(parts) > 1 and not small and lower[-1] in lists["title"]
    titled = titled or (len(parts) > 1 and not small and lower[0] in ("radio", "tv"))
    titled = titled or (lower[-2:] == ["editorial", "board"] and len(parts) > 2)
    named = whole in lists["name"] or whole.removeprefix("the_") in lists["name"]
    return named or head in lists["head"] or titled


def _is_body(parts: Sequence[str], lower: Sequence[str], head: str) -> bool:
    """Whether a name or description is that of a body: "the ministry", "NATO", "Oster Lines"."""
    bodies = words("bodies") | words("groups")
    if head in bodies or head.removesuffix("s") in bodies or lower[-1] in bodies:
        return True
    if any(p[:1].isupper() and low in bodies for p, low in zip(parts, lower, strict=True)):
        return not any(low in genders() for low in lower)
    return len(parts) == 1 and parts[0].isupper() and len(parts[0]) > 1


def _sound(role: str) -> str:
    """A role that says what somebody is; empty where its head is no noun for that."""
    role = _RELATIVE.sub("", role)
    parts = [p.lower().strip(".,") for p in role.split()]
    if not parts or _NO_ROLE.search(role) or role.split()[-1] in COURTESY:
        return ""
    head = _head(parts)
    written = role.split()[parts.index(head)]
    fits = head in words("titles") or head in words("persons_other") or head in words("unnamed")
    return role if fits or (written.islower() and names_a_person(head)) else ""


def _head(lower: Sequence[str]) -> str:
    """The head noun of a description: the word before "of", "for" and the like."""
    cut = next((n for n, w in enumerate(lower) if n and w in _TIES), len(lower))
    return lower[cut - 1]
