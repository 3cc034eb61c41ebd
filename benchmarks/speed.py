"""speed: build a content folder cold, again, and after one article changed; wall and CPU seconds,
memory, pages."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def run(content: Path) -> dict[str, float]:
    """Three builds in processes of their own, on a copy of the folder."""
    out: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as place:
        copy, site = Path(place, "content"), Path(place, "site")
        shutil.copytree(content, copy, ignore=shutil.ignore_patterns("gold.yml"))
        for name in ("cold", "warm", "one changed"):
            if name == "one changed":
                article = sorted(p for p in copy.rglob("*.md") if p.name != "index.md")[0]
                article.write_text(
                    article.read_text(encoding="utf-8") + "\nOne more sentence stands here.\n",
                    encoding="utf-8",
                )
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "site_gen",
                    "build",
                    "--quiet",
                    "--content",
                    str(copy),
                    "--out",
                    str(site),
                ],
                check=True,
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            out[f"{name} wall s"] = round(time.perf_counter() - start, 2)
            out[f"{name} CPU s"] = round(
                after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2
            )
        out["peak MB"] = round(after.ru_maxrss / 1024, 1)
        out["pages"] = sum(
            name.endswith(".html") for _, _, names in os.walk(site) for name in names
        )
    return out
