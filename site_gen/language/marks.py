"""Quotation marks of every kind in a paragraph, and what stands between them.

Curly, straight, low and angled marks, double and single. A single mark is told from an apostrophe
by what stands beside it. A mark that never closes holds to the end of its paragraph: newspapers
leave it open where the next paragraph goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PAIRS = {
    "“": '”"“',
    "„": '“”"',
    "«": "»",
    "‹": "›",
    "»": "«",
    '"': '"”',
    "‘": "’",
    "'": "'",
    "‚": "‘’",
}
"""Opening mark → marks that can close it."""
_SINGLE = frozenset("‘'‚")
_OPENING = re.compile("[" + "".join(_PAIRS) + "]")
_ENDS = frozenset(",.?!…")
LONGEST_SINGLE = 600
"""Characters in which a single mark must close: it does at the first point or comma before a
mark."""
LONGEST_SET_PHRASE = 60
"""Characters in single marks without a closing point: a set phrase, a title; beyond it the mark was
an apostrophe."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between marks: ``start:end`` without the marks, ``opens`` and ``closes`` with them;
    ``closed`` is false where no mark closes."""

    opens: int
    start: int
    end: int
    closes: int
    closed: bool
    single: bool


@lru_cache(maxsize=2048)
def quoted_spans(text: str) -> tuple[Quoted, ...]:
    """The quotations of a paragraph in order, the outermost ones only."""
    out: list[Quoted] = []
    end = 0
    endless: set[str] = set()  # marks for which nothing closes any more: looked for once
    for match in _OPENING.finditer(text):
        at, mark = match.start(), match[0]
        if at < end or mark in endless or not _opens(text, at, mark):
            continue
        found = _single(text, at) if mark in _SINGLE else _double(text, at)
        if found is not None:
            out.append(found)
            end = found.closes
        elif mark not in _SINGLE:
            endless.add(mark)
    return tuple(out)


def _opens(text: str, at: int, mark: str) -> bool:
    """Whether a mark can open a quotation where it stands."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not after or (after.isspace() and mark not in "«»"):
        return False
    if mark == "»" and not (not before or before.isspace() or before in "(["):
        return False
    if mark in "\"'‘":
        return not before or before.isspace() or before in "([—–-/“\"‘'…"
    return True


def _double(text: str, at: int) -> Quoted | None:
    closing = _PAIRS[text[at]]
    first = at + 1
    while text[first : first + 1].isspace():
        first += 1
    for n in range(first, len(text)):
        mark = text[n]
        if mark not in closing:
            continue
        if (
            mark == "“"
            and text[at] == "“"
            and _opens(text, n, mark)
            and not text[n - 1].isalnum()
            and text[n - 1] not in _ENDS
        ):
            break  # the mark before it was never closed: another quotation opens
        if (
            mark == '"'
            and text[at] == '"'
            and text[n + 1 : n + 2].isalnum()
            and text[n - 1].isspace()
        ):
            continue  # a straight mark that opens something inside
        last = n
        while last > first and text[last - 1].isspace():
            last -= 1
        return Quoted(at, first, last, n + 1, True, False) if last > first else None
    ahead = text[max(0, at - 2) : at].strip()
    if text[at] in "“„«" or not ahead or ahead[-1] in ".?!":
        later = next((n for n in range(first, len(text)) if text[n] in "“„«"), len(text))
        end = len(text[:later].rstrip())
        return Quoted(at, first, end, later, False, False) if end - first > 1 else None
    return None


def _single(text: str, at: int) -> Quoted | None:
    """A quotation in single marks: closed behind a point or comma, or short and closed where no
    word goes on."""
    closing = _PAIRS[text[at]]
    first = at + 1
    limit = len(text)
    inner = ""  # the mark that closes a double quotation inside
    for n in range(first + 1, min(limit, first + LONGEST_SINGLE)):
        mark = text[n]
        if inner:
            inner = "" if mark in inner else inner
            continue
        if mark in '“"„«':
            inner = _PAIRS[mark].replace("“", "") or "”"
            continue
        if mark in "”»":
            return None
        if mark not in closing:
            continue
        before, after = text[n - 1], text[n + 1 : n + 2]
        if after.isalnum():
            continue  # an apostrophe
        if before in _ENDS:
            return Quoted(at, first, n, n + 1, True, True)
        if n - first <= LONGEST_SET_PHRASE and not before.isspace():
            if before == "s" and after.isspace() and _closes_later(text, n + 1, closing):
                continue  # "the players' coach"
            return Quoted(at, first, n, n + 1, True, True)
    return None


def _closes_later(text: str, first: int, closing: str) -> bool:
    for n in range(first, min(len(text), first + 300)):
        if text[n] in closing and text[n - 1] in _ENDS and not text[n + 1 : n + 2].isalnum():
            return True
        if text[n] in '‘“"':
            return False
    return False
