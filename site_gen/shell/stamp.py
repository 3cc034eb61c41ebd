"""What a site was built from, as one number: whether a built site is that of the content now.
Shell: reads the templates."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from pathlib import Path

from site_gen import RULES_VERSION, __version__
from site_gen.shell.config import Config
from site_gen.shell.gather import Gathered

_PLACES = ("path", "content", "out", "templates")
"""Settings that are places on a machine, and no part of what is built."""


def stamp(config: Config, gathered: Gathered, folders: tuple[str, ...]) -> str:
    """The SHA-256, in hexadecimal, of everything that a build reads: content, settings, templates,
    the program's and the rules' version."""
    out = hashlib.sha256(f"{__version__} {RULES_VERSION}\n".encode())
    for field in fields(config):
        if field.name not in _PLACES:
            out.update(f"{field.name}={getattr(config, field.name)!r}\n".encode("utf-8", "replace"))
    # story by story: the text of all of them at once would be a second content in memory
    for part in (*gathered.content.stories, *gathered.content.documents):
        out.update(repr(part).encode("utf-8", "replace"))
    for name, data in sorted(gathered.files.items()):
        out.update(f"{name} {hashlib.sha256(data).hexdigest()}\n".encode("utf-8", "replace"))
    out.update(stamp_of_templates(folders).encode())
    return out.hexdigest()


def stamp_of_templates(folders: tuple[str, ...]) -> str:
    """The SHA-256, in hexadecimal, of the files in folders of templates, each folder once."""
    out = hashlib.sha256()
    for root in dict.fromkeys(Path(folder).resolve() for folder in folders):
        for path in sorted(p for p in root.rglob("*") if p.is_file()):
            data = path.read_bytes()
            name = path.relative_to(root).as_posix()
            out.update(f"{name} {hashlib.sha256(data).hexdigest()}\n".encode("utf-8", "replace"))
    return out.hexdigest()
