"""group: a pile of texts → labels, as ``site-gen group`` finds its stories."""

from __future__ import annotations

from pathlib import Path

from benchmarks import read
from site_gen.group.pile import Item, group
from site_gen.group.terms import terms_of


def run(docs: Path, out: Path) -> None:
    """Label every text."""
    rows = list(read.json_lines(docs))
    stories = group([Item(terms_of(row["text"])) for row in rows])
    labels = {rows[n]["id"]: str(k) for k, story in enumerate(stories) for n in story}
    read.write_json(out, labels)
