"""The lists of a language, read from its folder: plain files that a person can edit. Read once,
when a finder first asks.

A file holds lines; what follows ``#`` is a note. ``word: more words`` is an entry of a table, and a
key may have several lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

LANGUAGE = "en"


@cache
def lines(name: str, language: str = LANGUAGE) -> tuple[str, ...]:
    """The lines of a list without notes and blank ones. ``FileNotFoundError`` where the language
    has no such list."""
    text = (resources.files("site_gen.language") / language / f"{name}.txt").read_text(
        encoding="utf-8"
    )
    return tuple(line for raw in text.splitlines() if (line := raw.partition("#")[0].strip()))


@cache
def words(name: str, language: str = LANGUAGE) -> frozenset[str]:
    """All words of a list whose lines have no keys."""
    return frozenset(word for line in lines(name, language) for word in line.split())


@cache
def phrases(name: str, language: str = LANGUAGE) -> tuple[str, ...]:
    """The lines of a list, one phrase each, in their order."""
    return lines(name, language)


@cache
def table(name: str, language: str = LANGUAGE) -> Mapping[str, tuple[str, ...]]:
    """Key → words, for a list of ``key: words`` lines, in their order."""
    out: dict[str, list[str]] = {}
    for line in lines(name, language):
        key, _, rest = line.partition(":")
        out.setdefault(key.strip(), []).extend(rest.split())
    return MappingProxyType({key: tuple(found) for key, found in out.items()})


@cache
def genders(language: str = LANGUAGE) -> Mapping[str, str]:
    """Given names and nouns for persons, in lower case → the pronoun that fits; empty for those
    that both bear."""
    out: dict[str, str] = {}
    for name in ("persons", "given_names"):
        lists = table(name, language)
        both = set.intersection(*(set(members) for members in lists.values()))
        out |= {
            word: "" if word in both else pronoun
            for pronoun, members in lists.items()
            for word in members
        }
    return MappingProxyType(out)
