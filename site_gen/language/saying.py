"""Verbs of saying with their forms: what ``en/saying.txt`` lists, inflected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from site_gen.language.lists import lines

_LINE = re.compile(r"(?P<verb>\w+)\s*(?:\((?P<forms>[^)]*)\))?\s*:\s*(?P<marks>[\w ]*)")


@dataclass(frozen=True, slots=True)
class Saying:
    """A form of a verb of saying: its lemma, its form and the marks of the list.

    ``form``: ``past``, ``third`` (says), ``ing`` or ``base``.
    """

    lemma: str
    form: str
    claims: bool
    listener: bool
    shows: bool
    both: bool


@cache
def saying_verbs() -> Mapping[str, Saying]:
    """Every form of every verb of saying, in lower case."""
    out: dict[str, Saying] = {}
    for line in lines("saying"):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"saying.txt: this line is not `verb (forms): marks`: {line}")
        marks = set(match["marks"].split())
        for word, form in _forms(match["verb"], (match["forms"] or "").split()):
            out.setdefault(
                word,
                Saying(
                    match["verb"],
                    form,
                    "claims" in marks,
                    "listener" in marks,
                    "shows" in marks,
                    "both" in marks,
                ),
            )
    return out


def _forms(verb: str, irregular: list[str]) -> list[tuple[str, str]]:
    """The forms of a verb, each with its kind; irregular ones take the place of those that the
    rules would give."""
    stem = verb[:-1] if verb.endswith("e") else verb
    third = (
        verb[:-1] + "ies"
        if re.search(r"[^aeiou]y$", verb)
        else verb + ("es" if re.search(r"(?:s|sh|ch|x|z|o)$", verb) else "s")
    )
    found = [(form, _kind(form)) for form in irregular]
    kinds = {kind for _, kind in found}
    regular = [(stem + "ed", "past"), (third, "third"), (stem + "ing", "ing")]
    if re.search(r"[^aeiou]y$", verb):
        regular[0] = (verb[:-1] + "ied", "past")
    return [*found, *(r for r in regular if r[1] not in kinds), (verb, "base")]


def _kind(form: str) -> str:
    return "ing" if form.endswith("ing") else "third" if form.endswith("s") else "past"
