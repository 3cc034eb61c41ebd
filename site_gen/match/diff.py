"""Word difference: opcodes on tokens, numbers and dates atomic, as index-only segments; renderers
look the text up.

``rapidfuzz.distance.Indel`` gives the longest common subsequence; then runs that are split by a few
stop-words are merged, so that a reader sees "rose to 14" replaced, not three crumbs. Deletions
stand before insertions. Joining one side's segments gives that side's text back, character for
character (a property test holds it).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from rapidfuzz.distance import Indel

from site_gen.language.counting import MONTH_NAMES, SHORT_MONTHS
from site_gen.language.words import STOP_WORDS
from site_gen.model import Difference, Segment

REPLACED = 4
"""A single word kept amid so many words changed on either side is chance, and a sentence that was
replaced is shown as replaced."""
READABLE = 0.6
"""Below this likeness, striking and inserting is not readable and only what is shared is marked
(DESIGN: about 60 %)."""
_MONTHS = rf"(?:{'|'.join(SHORT_MONTHS)})\.|{'|'.join(MONTH_NAMES)}"
_TOKEN = re.compile(
    rf"(?:{_MONTHS})\s\d{{1,2}}(?!\d)|\d{{1,2}}\s(?:{_MONTHS})(?!\w)"  # Feb. 20
    r"|[$€£¥]?\d+(?:[.,:]\d+)*(?:\s?%|(?:st|nd|rd|th)\b)?"  # 30,000  $1.2  14 %
    r"|(?:[A-Z]\.\s?)+[A-Z][\w’']+|(?:[A-Za-z]\.){2,}"  # J. R. Vale, U.S.
    r"|\w+(?:[’']\w+)*|[^\w\s]"
)
_FOLD = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "−": "-",
        "…": ".",
    }
)


@lru_cache(maxsize=1024)
def _tokens(text: str) -> tuple[tuple[int, int, str], ...]:
    """Tokens that cover the text: each reaches to the start of the next, the first from 0. A
    paragraph is held against many."""
    spans = [m.span() for m in _TOKEN.finditer(text)]
    starts = [0, *(s for s, _ in spans[1:])] if spans else []
    ends = [*(s for s, _ in spans[1:]), len(text)] if spans else []
    plain = text.translate(_FOLD)  # a sign for a sign
    return tuple(
        [
            (a, b, key if (key := plain[s:e].lower()).isalnum() else " ".join(key.split()))
            for a, b, (s, e) in zip(starts, ends, spans, strict=True)
        ]
    )


@lru_cache(maxsize=1024)
def _in_order(text: str) -> tuple[str, ...]:
    """The tokens of a text as they are compared."""
    return tuple([key for _, _, key in _tokens(text)])


def word_diff(first: str, second: str) -> tuple[Segment, ...]:
    """The segments that lead from ``first`` to ``second``: equal, delete and insert, in order."""
    left, right = _tokens(first), _tokens(second)
    if not left or not right:
        return _clean(
            [
                *([("delete", 0, len(first), 0, 0)] if first else []),
                *([("insert", len(first), len(first), 0, len(second))] if second else []),
            ],
            first,
            second,
        )
    runs: list[tuple[bool, int, int, int, int]] = []
    for op in Indel.opcodes([t[2] for t in left], [t[2] for t in right]):
        equal = op.tag == "equal"
        if runs and not equal and not runs[-1][0]:
            last = runs[-1]
            runs[-1] = (False, last[1], op.src_end, last[3], op.dest_end)
        else:
            runs.append((equal, op.src_start, op.src_end, op.dest_start, op.dest_end))
    out: list[tuple[str, int, int, int, int]] = []
    for equal, i1, i2, j1, j2 in _merge(runs, left):
        a1, a2 = _span(left, i1, i2, len(first))
        b1, b2 = _span(right, j1, j2, len(second))
        if equal:
            out.append(("equal", a1, a2, b1, b2))
        else:
            out += [("delete", a1, a2, b1, b1)] if a2 > a1 else []
            out += [("insert", a2, a2, b1, b2)] if b2 > b1 else []
    return _clean(out, first, second)


def _span(
    tokens: Sequence[tuple[int, int, str]], at: int, end: int, length: int
) -> tuple[int, int]:
    start = tokens[at][0] if at < len(tokens) else length
    return start, (tokens[end - 1][1] if end > at else start)


def _merge(
    runs: list[tuple[bool, int, int, int, int]], left: Sequence[tuple[int, int, str]]
) -> list[tuple[bool, int, int, int, int]]:
    """Take an equal run between two changes into the change: two stop-words or marks, or a word or
    two in a sentence that was replaced."""
    out: list[tuple[bool, int, int, int, int]] = []
    for n, run in enumerate(runs):
        equal, i1, i2, j1, j2 = run
        crumb = (
            equal
            and 0 < n < len(runs) - 1
            and _is_crumb([t[2] for t in left[i1:i2]], runs[n - 1], runs[n + 1])
        )
        if (crumb or not equal) and out and not out[-1][0]:
            last = out[-1]
            out[-1] = (False, last[1], i2, last[3], j2)
        else:
            out.append((equal and not crumb, i1, i2, j1, j2))
    return out


def _is_crumb(between: Sequence[str], *changes: tuple[bool, int, int, int, int]) -> bool:
    """Whether a reader is helped by not seeing these few words as kept, amid what changed on both
    sides of them."""
    words = [t for t in between if t not in STOP_WORDS and any(c.isalnum() for c in t)]
    if not words:
        return len(between) <= 2
    around = [min(i2 - i1, j2 - j1) for _, i1, i2, j1, j2 in changes]
    return (
        len(words) == 1
        and len(between) <= 3
        and not words[0][:1].isdigit()
        and min(around) >= REPLACED
    )


def _clean(
    runs: Sequence[tuple[str, int, int, int, int]], first: str, second: str
) -> tuple[Segment, ...]:
    out = []
    for op, a1, a2, b1, b2 in runs:
        noise = op == "equal" and first[a1:a2].rstrip() != second[b1:b2].rstrip()
        out.append(
            Segment(op=cast(Any, op), a_start=a1, a_end=a2, b_start=b1, b_end=b2, noise=noise)
        )
    return tuple(out)


def difference(first: str, second: str) -> Difference:
    """How two matched paragraphs differ: struck and inserted words where that can be read, else
    what they share."""
    if likeness(first, second) >= READABLE:
        return Difference(segments=word_diff(first, second))
    return Difference(shared_a=shared_spans(first, second), shared_b=shared_spans(second, first))


def likeness(first: str, second: str) -> float:
    """Share of tokens that two texts have in common in order, from 0 to 1: above ``READABLE`` a
    difference can be read."""
    return Indel.normalized_similarity(_in_order(first), _in_order(second))


def shared_spans(first: str, second: str) -> tuple[tuple[int, int], ...]:
    """Spans of ``first`` whose words stand in ``second`` too, without stop-words, neighbours
    merged: for texts too unlike to diff."""
    other = _keys(second)
    out: list[tuple[int, int]] = []
    for start, end, key in _telling(first):
        if key in other:
            if out and first[out[-1][1] : start].strip() == "":
                out[-1] = (out[-1][0], end)
            else:
                out.append((start, end))
    return tuple(out)


@lru_cache(maxsize=1024)
def _telling(text: str) -> tuple[tuple[int, int, str], ...]:
    """The tokens that tell something, without the blanks around them."""
    out = []
    for start, end, key in _tokens(text):
        if key not in STOP_WORDS and any(c.isalnum() for c in key):
            raw = text[start:end]
            last = end - (len(raw) - len(raw.rstrip()))
            out.append((start + len(raw) - len(raw.lstrip()), last, key))
    return tuple(out)


@lru_cache(maxsize=1024)
def _keys(text: str) -> frozenset[str]:
    return frozenset(_in_order(text))
