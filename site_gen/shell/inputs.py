"""Whether anything that a build reads was touched since the last one: told by sizes and times of
files, without reading them. Shell."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from site_gen.shell.cache import program, version_of
from site_gen.shell.config import Config

PLACES = ("path", "content", "out", "templates")
"""Settings that are places: told whole, however they were written."""


def inputs_of(config: Config) -> str:
    """One number for the state of everything that a build of that configuration reads: content with
    its originals, own templates, the configuration, the program. It holds for this machine; a file
    whose size, time of change and time of its record in the file system (``ctime``, which no
    program sets) are the same counts as the same."""
    folders = [config.content, *([config.templates] if config.templates else [])]
    places = [str(p.resolve()) for p in (config.out, *folders)]
    said = [repr(getattr(config, f.name)) for f in fields(config) if f.name not in PLACES]
    made_by = f"{program()} {version_of('pagefind')}"
    out = hashlib.sha256(f"{made_by} {places} {said}\n".encode("utf-8", "replace"))
    if config.path is not None and config.path.is_file():
        out.update(config.path.read_bytes())
    for folder in folders:
        for line in _files(folder):
            out.update(line.encode("utf-8", "surrogatepass"))
    return out.hexdigest()


def _files(folder: Path) -> Iterator[str]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(n for n in folders if not n.startswith("."))
        for name in sorted([*names, *folders]):
            path = os.path.join(root, name)  # noqa: PTH118 - as os.walk gives them, for speed
            told = path[len(str(folder)) :]
            if name in folders and not os.path.islink(path):  # noqa: PTH114
                continue
            try:
                at = os.stat(path)  # noqa: PTH116
            except OSError:
                yield f"{told} -\n"
                continue
            yield f"{told} {at.st_size} {at.st_mtime_ns} {at.st_ctime_ns}\n"
