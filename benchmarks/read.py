"""Reading the data of the benchmarks: JSON lines, JSON, story folders."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from site_gen.content import read_content
from site_gen.model import Story


def json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write objects as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_json(path: Path, value: Any) -> None:
    """Write one value as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def stories(folder: Path) -> tuple[Story, ...]:
    """The stories of a content folder; a fault in it ends the program with its text."""
    files = {
        str(p.relative_to(folder).as_posix()): p.read_bytes() for p in sorted(folder.rglob("*.md"))
    }
    content, errors = read_content(files)
    if errors:
        raise SystemExit("\n".join(str(e) for e in errors[:20]))
    return content.stories


def story(folder: Path) -> Story:
    """The story of one folder."""
    files = {
        f"{folder.name}/{p.relative_to(folder).as_posix()}": p.read_bytes()
        for p in sorted(folder.rglob("*.md"))
    }
    content, errors = read_content(files)
    if errors:
        raise SystemExit("\n".join(str(e) for e in errors[:20]))
    return content.stories[0]
