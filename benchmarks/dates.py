"""dates: documents → TIMEX3 expressions. Durations are figures for us; they are handed in as TIMEX3
durations here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import read
from site_gen.find.dates import find_dates
from site_gen.find.dates.time_words import find_time_words
from site_gen.find.figures import find_figures
from site_gen.model import Date, Figure, Paragraph

_UNITS = {
    "year": "Y",
    "month": "M",
    "week": "W",
    "day": "D",
    "decade": "DE",
    "century": "CE",
    "hour": "H",
    "minute": "M",
    "second": "S",
}
_KINDS = {"reference": "DATE", "recurring": "SET", "stretch": "DURATION"}
_AGE = re.compile(r"^[\d.]+$|years? old|-year-old|\d+s$", re.IGNORECASE)
"""Ages are figures with the unit year; TIMEX3 marks none."""
_EARLIER = re.compile(r"(?:earlier|later|sometime)(?: in)? (?=this|last|next)", re.IGNORECASE)
"""Part of our date's words, and a signal outside of TIMEX3's extent."""
_LEAD = re.compile(
    r"\b(?:the )?(?:past|last|next|first|previous|coming|final) $|\bthe $", re.IGNORECASE
)
_CLOCK = ("hour", "minute", "second")


def run(docs: Path, out: Path) -> None:
    """Read every document."""
    read.write_lines(out, (x for doc in read.json_lines(docs) for x in expressions(doc)))


def expressions(doc: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The expressions of one document, offsets into its text."""
    published = dt.date.fromisoformat(doc["dct"][:10]) if doc.get("dct") else None
    for start, text in paragraphs(doc["text"]):
        p = Paragraph(index=0, role="body", text=text)
        dates = find_dates([p], published)
        for d in dates:
            if parts := _two(d):
                yield from (
                    {
                        "doc": doc["doc"],
                        "start": start + a,
                        "end": start + b,
                        "text": text[a:b],
                        "type": "DATE",
                        "value": v,
                    }
                    for a, b, v in parts
                )
                continue
            kind = "TIME" if "T" in d.value else "DATE"
            at = d.start + (len(m[0]) if (m := _EARLIER.match(d.text)) else 0)
            yield {
                "doc": doc["doc"],
                "start": start + at,
                "end": start + d.end,
                "text": text[at : d.end],
                "type": kind,
                "value": d.value,
            }
        taken = [(d.start, d.end) for d in dates]
        for f in find_figures([p], [(0, d.start, d.end) for d in dates]):
            if f.unit in _UNITS and not _AGE.search(f.text):
                at = _from(text, f.start)
                taken.append((at, f.end))
                yield {
                    "doc": doc["doc"],
                    "start": start + at,
                    "end": start + f.end,
                    "text": text[at : f.end],
                    "type": "DURATION",
                    "value": _duration(f),
                }
        for w in find_time_words(text):
            if not any(w.start < last and first < w.end for first, last in taken):
                taken.append((w.start, w.end))
                yield {
                    "doc": doc["doc"],
                    "start": start + w.start,
                    "end": start + w.end,
                    "text": text[w.start : w.end],
                    "type": _KINDS[w.kind],
                    "value": w.value,
                }


def _two(d: Date) -> list[tuple[int, int, str]]:
    """A range is one date for us, and its two ends for TIMEX3."""
    ends = d.value.split("/")
    split = re.search(r"\s(?:to|through|until|and)\s", d.text)
    if len(ends) != 2 or not split:
        return []
    first = re.match(r"(?:from|between)\s+", d.text)
    return [
        (d.start + (first.end() if first else 0), d.start + split.start(), ends[0]),
        (d.start + split.end(), d.end, ends[1]),
    ]


def _from(text: str, start: int) -> int:
    """Where TIMEX3's extent of a duration begins: with "the past" and the like, which are no part
    of our figure."""
    lead = _LEAD.search(text, max(0, start - 30), start)
    return lead.start() if lead else start


def _duration(f: Figure) -> str:
    value = f.low if f.low is not None else f.high
    number = "X" if f.hedge == "order" or value is None else f"{value:g}"
    return ("PT" if f.unit in _CLOCK else "P") + number + _UNITS[f.unit]


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a document with their offsets; line ends become blanks of the same
    length."""
    at = 0
    for piece in text.split("\n\n"):
        if piece.strip():
            yield at, piece.replace("\n", " ")
        at += len(piece) + 2
