"""dates: documents → TIMEX3 expressions. Durations are figures for us; they are handed in as TIMEX3 durations here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import read
from site_gen.find.dates import find_dates
from site_gen.find.figures import find_figures
from site_gen.model import Figure, Paragraph

_UNITS = {"year": "Y", "month": "M", "week": "W", "day": "D", "decade": "DE", "century": "CE", "hour": "H", "minute": "M", "second": "S"}
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
            kind = "TIME" if "T" in d.value else "DATE"
            yield {"doc": doc["doc"], "start": start + d.start, "end": start + d.end, "text": d.text, "type": kind, "value": d.value}
        for f in find_figures([p], [(0, d.start, d.end) for d in dates]):
            if f.unit in _UNITS:
                yield {
                    "doc": doc["doc"],
                    "start": start + f.start,
                    "end": start + f.end,
                    "text": f.text,
                    "type": "DURATION",
                    "value": _duration(f),
                }


def _duration(f: Figure) -> str:
    value = f.low if f.low is not None else f.high
    number = "X" if f.hedge == "order" or value is None else f"{value:g}"
    return ("PT" if f.unit in _CLOCK else "P") + number + _UNITS[f.unit]


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a document with their offsets; line ends become blanks of the same length."""
    at = 0
    for piece in text.split("\n\n"):
        if piece.strip():
            yield at, piece.replace("\n", " ")
        at += len(piece) + 2
