"""attribution: articles → stretches of text with who vouches for them, exactly as the program shows
it.

A stretch below the threshold is left out: "not established". ``source`` is the holder as the
article words it, ``name`` whom that means.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import read
from benchmarks.fit_attribution import PARAGRAPH
from site_gen.find.speech.attribute import attribute, threshold
from site_gen.find.speech.named import Speakers
from site_gen.model import Paragraph


def run(docs: Path, out: Path) -> None:
    """Write a line for each stretch that has a holder."""
    read.write_lines(out, (line for doc in read.json_lines(docs) for line in _of(doc)))


def _of(doc: dict[str, Any]) -> Iterator[dict[str, Any]]:
    places = list(PARAGRAPH.finditer(doc["text"]))
    paragraphs = [Paragraph(index=n, role="body", text=m[0]) for n, m in enumerate(places)]
    said = attribute(paragraphs)
    speakers = Speakers(paragraphs, said)
    for s in said:
        if s.probability >= threshold(s.quoted):
            start = places[s.paragraph].start()
            name = speakers.of(s).name
            yield {
                "id": doc["id"],
                "start": start + s.start,
                "end": start + s.end,
                "source": s.source.text,
                **({"name": name} if name else {}),
            }
