"""captures: saved pages → {id: {"articleBody": text}}, by the reader and the rules of ``add``.

The benchmark's body holds an article's closing line of copyright, which ``add`` keeps apart: it is
put back.
"""

from __future__ import annotations

import contextlib
import gzip
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import read
from site_gen.capture import capture

CLOSING = ("republication notice",)


def speed(folder: Path) -> Iterator[tuple[str, float]]:
    """Milliseconds for a page after a first one, and seconds of whole commands in processes of
    their own."""
    pages = [gzip.decompress(p.read_bytes()) for p in sorted((folder / "html").glob("*.html.gz"))]
    times = []
    for page in [pages[0], *pages]:
        start = time.perf_counter()
        with contextlib.suppress(ValueError):
            capture(page, "html")
        times.append(1000 * (time.perf_counter() - start))
    times = sorted(times[1:])
    yield "ms a page, median", round(times[len(times) // 2])
    yield "ms a page, nine in ten", round(times[int(0.9 * len(times))])
    with tempfile.TemporaryDirectory() as place:
        saved = Path(place, "page.html")
        saved.write_bytes(pages[len(pages) // 2])
        content = ["--content", str(Path(place, "content"))]
        _command("new", "story", *content)
        yield (
            "seconds, add of one page",
            round(
                _command("add", "story", str(saved), "--outlet", "Courier", "--dry-run", *content),
                2,
            ),
        )
        yield "seconds, --help", round(min(_command("--help") for _ in range(5)), 3)


def _command(*args: str) -> float:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "site_gen", *args],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return time.perf_counter() - start


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
