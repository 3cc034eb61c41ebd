"""captures: saved pages → {id: {"articleBody": text}}, by the reader and the rules of ``add``."""

from __future__ import annotations

import gzip
from pathlib import Path

from benchmarks import read
from site_gen.capture import capture


def run(folder: Path, out: Path) -> None:
    """Read every page of ``folder``/html."""
    result = {}
    for path in sorted((folder / "html").glob("*.html.gz")):
        try:
            paragraphs = capture(gzip.decompress(path.read_bytes()), "html").paragraphs
        except ValueError:
            paragraphs = ()
        body = "\n\n".join(p.text for p in paragraphs if p.role in ("body", "heading"))
        result[path.name.removesuffix(".html.gz")] = {"articleBody": body}
    read.write_json(out, result)
