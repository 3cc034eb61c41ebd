"""captures: saved pages → {id: {"articleBody": text}}, by the reader and the rules of ``add``."""

from __future__ import annotations

import gzip
from pathlib import Path

from benchmarks import read
from site_gen.capture.assemble import assemble
from site_gen.capture.html import read_html


def run(folder: Path, out: Path) -> None:
    """Read every page of ``folder``/html."""
    result = {}
    for path in sorted((folder / "html").glob("*.html.gz")):
        page = gzip.decompress(path.read_bytes()).decode("utf-8", errors="replace")
        blocks = read_html(page)
        body = "\n\n".join(p.text for p in assemble(blocks, {}).paragraphs if p.role in ("body", "heading")) if blocks else ""
        result[path.name.removesuffix(".html.gz")] = {"articleBody": body}
    read.write_json(out, result)
