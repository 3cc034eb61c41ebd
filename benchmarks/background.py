"""background: how many documents of the development data use each word →
``site_gen/language/background.txt``.

Counts only, and only of words that at least 20 documents use: the list holds no text of anybody.
``python -m benchmarks background OUT`` reads ``corpus/`` and ``dates/`` of ``$SITE_GEN_BENCH``.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import read
from site_gen.match.features import stems

LEAST = 20
"""Documents that must use a word before it is listed."""


def documents(folder: Path) -> Iterator[str]:
    """The text of every article of ``corpus/`` and every document of ``dates/``."""
    for story in read.stories(folder / "corpus"):
        for article in story.articles:
            yield "\n".join(p.text for p in article.body)
    for path in sorted((folder / "dates").glob("*.docs.jsonl")):
        for document in read.json_lines(path):
            yield document["text"]


def run(out: Path) -> None:
    """Write the list: the number of documents, then a word and its documents on a line each, most
    used first."""
    seen: Counter[str] = Counter()
    total = 0
    for text in documents(Path(os.environ["SITE_GEN_BENCH"])):
        total += 1
        seen.update({s for s, _, _ in stems(text)})
    lines = [
        f"{word} {count}"
        for word, count in sorted(seen.items(), key=lambda x: (-x[1], x[0]))
        if count >= LEAST
    ]
    out.write_text("\n".join([str(total), *lines]) + "\n", encoding="utf-8")
