"""captures: saved pages → {id: {"articleBody": text}}, by the reader and the rules of ``add``.

The benchmark's body holds an article's closing line of copyright, which ``add`` keeps apart: it is put back.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from benchmarks import read
from site_gen.capture import capture

CLOSING = ("republication notice",)


def run(folder: Path, out: Path) -> None:
    """Read every page of ``folder``/html."""
    result = {}
    for path in sorted((folder / "html").glob("*.html.gz")):
        try:
            draft = capture(gzip.decompress(path.read_bytes()), "html")
            body = [p.text for p in draft.paragraphs if p.role in ("body", "heading")]
            body += [x.text for x in draft.left_out if x.rule in CLOSING]
        except ValueError:
            body = []
        result[path.name.removesuffix(".html.gz")] = {"articleBody": "\n\n".join(body)}
    read.write_json(out, result)
