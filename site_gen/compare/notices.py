"""Corrections and updates in an article's own words, tied to the rows and paragraphs they speak of.

A notice says what it is by its first words ("Correction:", "UPDATE:") or by a set phrase ("An
earlier version of this article said"). It is tied to a row where it gives one of its values, now or
before, beside words of the row's sentence; to the paragraphs that share most of its rare words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from site_gen.compare.identity import short_hash
from site_gen.compare.telling import Telling, Told
from site_gen.language.synonyms import root
from site_gen.language.words import STOP_WORDS, sentence_at, word_list
from site_gen.model import (
    HEADLINE,
    Annotated,
    Cell,
    Matches,
    Notice,
    Paragraph,
    Place,
    Row,
    Statement,
)
from site_gen.model.findings import NoticeKind

_THIS = r"(?:this|our)"
_TEXT = r"(?:article|story|post|report|piece|headline|page|column|version|item)"
_MARKS: tuple[tuple[NoticeKind, re.Pattern[str]], ...] = (
    (
        "retraction",
        re.compile(
            rf"^\W*retract(?:ion|ed)\b[:.\s—–-]|\b{_THIS} {_TEXT} has been retracted\b", re.I
        ),
    ),
    (
        "correction",
        re.compile(
            r"^\W*correct(?:ion|ions|ed)\b(?:\s*\([^)]*\)|\s*,[^:]{1,40})?\s*[:—–-]"
            r"|^\W*CORRECTION\b"
            rf"|\b(?:an|the|our) (?:earlier|previous|original) (?:version|edition)"
            rf"(?: of (?:this|the|our) {_TEXT}\b| (?!of\b))"
            r"[^.]{0,80}\b(?:incorrectly|misstated|mistakenly|erroneously|wrongly|misspelled|"
            r"misspelt|misidentified|gave|said|stated|referred|described|listed|named|reported|"
            r"omitted|included|attributed|quoted|misquoted|had)\b"
            rf"|\b{_THIS} {_TEXT} (?:has been|was) (?:corrected|amended)\b",
            re.I,
        ),
    ),
    (
        "clarification",
        re.compile(
            r"^\W*clarification\b(?:\s*\([^)]*\))?\s*[:—–-]"
            rf"|\b{_THIS} {_TEXT} (?:has been|was) (?:edited|changed|revised) to clarify\b"
            rf"|\b{_THIS} {_TEXT} has been clarified\b",
            re.I,
        ),
    ),
    (
        "editor's note",
        re.compile(r"^\W*editor(?:['’]s|s['’]?)? note\b\s*[:—–.-]?", re.I),
    ),
    (
        "update",
        re.compile(
            r"^\W*UPDATED?\b(?:\s*\d+)?(?:\s*\([^)]*\)|\s*,?\s*\d[^:]{0,40})?\s*[:—–-]"
            r"|^\W*UPDATED?\b"
            r"|^\W*[Uu]pdated (?:at|on) [^:]{1,40}:"
            r"|^\W*[Uu]pdated?(?:\s*\d+)?(?:\s*\([^)]*\)|\s*,[^:]{1,40})?\s*:"
            rf"|(?i:\b{_THIS} {_TEXT} (?:has been|was|is being|will be) updated\b)",
        ),
    ),
)
"""The marks of each kind, the more particular first."""
_HINTS = "retract correct version edition amended clarif editor update".split()
"""Without one of these no mark can fit: looked for first."""
LONGEST = 160
"""A set phrase counts in a paragraph of so many words at most, in its first sentences: in a longer
one somebody writes about corrections."""
TIED = 2
"""Words that a notice and a row's sentence share, beside the value, from which it speaks of the
row; one is enough that the row's label has."""
_OWN = frozenset(
    root(w)
    for w in """
        correction corrected clarification update updated editor note article story post report
        version earlier previous original headline page piece gave give said stated incorrectly
        wrongly mistakenly erroneously misstated error editing number published reflect
        change""".split()
)
"""Words of notices themselves, which tell nothing of what they speak of."""
LIKE = 0.3
"""Share of a notice's weight in one paragraph from which it speaks of that paragraph."""


def notices(told: Told, rows: Sequence[Row], matches: Matches) -> tuple[Notice, ...]:
    """The notices of the sources, in the order of the sources and of their text."""
    out = []
    for source in matches.sources:
        if source not in told.tellings:
            continue
        annotated = told.article(source)
        for paragraph in annotated.article.paragraphs:
            if kind := notice_kind(paragraph.text):
                out.append(_notice(annotated, paragraph, kind, told, rows))
    return tuple(out)


@lru_cache(maxsize=1024)
def notice_kind(text: str) -> NoticeKind | None:
    """What sort of notice a paragraph is; none where it is running text. Kept: each of its
    sentences asks."""
    low = text.lower()
    if not any(word in low for word in _HINTS) or len(text.split()) > LONGEST:
        return None
    for kind, pattern in _MARKS:
        if pattern.search(text):
            return kind
    return None


def _notice(
    annotated: Annotated, paragraph: Paragraph, kind: NoticeKind, told: Told, rows: Sequence[Row]
) -> Notice:
    source = annotated.article.id
    tied = list(_rows(annotated, paragraph, rows))
    at = [
        s.place.paragraph
        for row in tied
        for c in row.cells
        if c.source == source
        for s in _elsewhere(c, paragraph)
    ]
    told_here = short_hash(f"{annotated.article.outlet}|{paragraph.pid}|{kind}")
    return Notice(
        id=f"k-{told_here}",
        kind=kind,
        place=Place(article=source, paragraph=paragraph.index, start=0, end=len(paragraph.text)),
        rows=tuple(r.id for r in tied),
        paragraphs=tuple(dict.fromkeys(at or _paragraphs(told.tellings[source], paragraph))),
    )


def _keys(text: str) -> set[str]:
    return {root(w) for _, _, w in word_list(text) if w not in STOP_WORDS} - _OWN


def _rows(annotated: Annotated, paragraph: Paragraph, rows: Sequence[Row]) -> Iterator[Row]:
    """The rows of which the notice gives a value of this source, now or in an earlier capture, or
    another value in the same unit."""
    own = _keys(paragraph.text)
    values, units = _values(annotated, paragraph)
    for row in rows:
        for cell in (c for c in row.cells if c.source == annotated.article.id):
            there = _elsewhere(cell, paragraph)
            if not there:
                continue
            given = any(s.ends in values for s in (*there, *cell.was))
            alike = bool(units & {s.unit for s in there if s.unit})
            if (given or alike) and _shares(own, row, there[0], annotated):
                yield row


def _values(
    annotated: Annotated, paragraph: Paragraph
) -> tuple[set[tuple[float | None, float | None]], set[str]]:
    """The values that a notice gives, and the units of its figures."""
    figures = [f for f in annotated.figures if f.paragraph == paragraph.index]
    days = [d for d in annotated.dates if d.paragraph == paragraph.index and d.first and d.last]
    values: set[tuple[float | None, float | None]] = {(f.low, f.high) for f in figures}
    values |= {
        (float(d.first.toordinal()), float(d.last.toordinal())) for d in days if d.first and d.last
    }
    return values, {f.unit for f in figures if f.unit}


def _shares(own: set[str], row: Row, statement: Statement, annotated: Annotated) -> bool:
    """Whether a notice speaks of what a row is about."""
    text = annotated.article.paragraph(statement.place.paragraph).text
    start, end = sentence_at(text, statement.place.start)
    return bool(own & _keys(row.label)) or len(own & _keys(text[start:end])) >= TIED


def _elsewhere(cell: Cell, paragraph: Paragraph) -> list[Statement]:
    """The statements of a cell outside the notice, in the body."""
    return [s for s in cell.statements if s.place.paragraph not in (paragraph.index, HEADLINE)]


def _paragraphs(tellings: Sequence[Telling], notice: Paragraph) -> Iterator[int]:
    """The paragraphs that hold most of what the notice tells, best first; two at most."""
    here = [t for t in tellings if t.paragraph == notice.index]
    keys = {k: w for t in here for k, w in t.keys.items() if k not in _OWN}
    total = sum(keys.values())
    if not total:
        return
    shares: dict[int, set[str]] = {}
    for t in tellings:
        if t.paragraph != notice.index:
            shares.setdefault(t.paragraph, set()).update(keys.keys() & t.keys.keys())
    ranked = sorted((-sum(keys[k] for k in sorted(h)) / total, i) for i, h in shares.items())
    yield from (i for share, i in ranked[:2] if -share >= LIKE)
