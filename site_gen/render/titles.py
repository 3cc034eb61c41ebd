"""The titles of rows: their values in one line, in the sources' own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from markupsafe import Markup, escape

from site_gen.model import Comparison, Row
from site_gen.render.groups import Group
from site_gen.render.messages import escaped, join_html, say_html

_IN_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
MOST_GROUPS = 3
"""Values that stand beside each other; the rest is counted."""
SCALES = ("hundred", "thousand", "million", "billion", "trillion", "dozen")
"""Words that belong to a number, and are never left out of one."""
FEW_WORDS = 2
"""Words that differ in a quotation and tell a reader something by themselves."""


def with_brackets(label: str) -> Markup:
    """A label with the place of its value in bold instead of brackets."""
    if "[" not in label:
        return Markup(escaped(label))
    return Markup(_IN_BRACKETS.sub(r"<b>\1</b>", escaped(label)))


def row_title(comparison: Comparison, row: Row, groups: Sequence[Group]) -> Markup:
    """The values in one line: "14 or 9 people?", "first this, then that", or the one value that all
    give."""
    if row.kind == "quotation":
        return _words_title(row, groups)
    if len(groups) == 1:
        return _all_agree(comparison, groups[0])
    shown = _without_common_end(groups[:MOST_GROUPS])
    if row.shown == "conflict":
        if row.qualifier == "updated" and not row.disputed:
            return _then(shown)
        return say_html("{values}?", values=_listed(shown, groups))
    return _listed(shown, groups, last="and" if row.shown == "agree" else "or")


def _then(shown: Sequence[Markup]) -> Markup:
    """ "This, then that"."""
    told = shown[0]
    for value in shown[1:]:
        told = say_html("{earlier}, then {later}", earlier=told, later=value)
    return told


def _listed(
    shown: Sequence[Markup], groups: Sequence[Group], last: Literal["and", "or"] = "or"
) -> Markup:
    """ "A, B or C", the odd one coloured."""
    parts = [
        Markup("<b>{}</b>").format(t) if g.state == "odd" else t
        for t, g in zip(shown, groups, strict=False)
    ]
    return in_a_row(parts, last)


def in_a_row(parts: Sequence[Markup], last: Literal["and", "or"] = "or") -> Markup:
    """ "A, B or C"."""
    return say_html(
        "{first} and {last}" if last == "and" else "{first} or {last}",
        first=join_html(", ", parts[:-1]),
        last=parts[-1],
    )


def _words_title(row: Row, groups: Sequence[Group]) -> Markup:
    """A quotation's title: the words that differ where they are few, else how many ways it is
    given."""
    if row.qualifier == "speakers differ":
        return say_html("who said it?")
    if len(groups) < 2:
        return say_html("the same words")
    apart = [_apart(g) for g in groups]
    short = len(groups) <= MOST_GROUPS and all(0 < len(a.split()) <= FEW_WORDS for a in apart)
    if short and len({a.casefold() for a in apart}) == len(apart):
        return say_html(
            "{values}?", values=in_a_row([say_html("“{words}”", words=a) for a in apart])
        )
    if len(groups) in (2, 3):
        return say_html(
            "one quotation, two wordings" if len(groups) == 2 else "one quotation, three wordings"
        )
    return say_html("one quotation, {n} wordings", n=len(groups))


def _apart(group: Group) -> str:
    """The words of a quotation that another source alters."""
    said = group.first
    start = said.place.start
    return " … ".join(said.text[a - start : b - start] for a, b in said.apart)


def _all_agree(comparison: Comparison, group: Group) -> Markup:
    """Who agrees, in a few words, and on what."""
    among, given = len(comparison.matches.origins), len(group.lines)
    if given < among:
        return say_html("{n} of {all} agree: {value}", n=given, all=among, value=group.text)
    if among == 2:
        return say_html("Both agree: {value}", value=group.text)
    return say_html("All {all} agree: {value}", all=among, value=group.text)


def _without_common_end(groups: Sequence[Group]) -> list[Markup]:
    """The values without the words that all end with, but for the last: "14 or 9 people"."""
    texts = [g.text.striptags().split() for g in groups]
    size = 0
    while all(len(t) > size + 1 for t in texts) and len({t[-1 - size] for t in texts}) == 1:
        size += 1
    while size and texts[0][len(texts[0]) - size].lower() in SCALES:
        size -= 1  # "$1.2 or $1.9 million" would leave open what the first one is
    cut = [" ".join(t[: len(t) - size]) for t in texts[:-1]] + [" ".join(texts[-1])]
    return [escape(c) for c in cut]
