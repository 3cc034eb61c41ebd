"""What was made before, kept on disk by what it was made of: ``.site-gen-cache/`` beside the
configuration. Shell.

An entry is a file under the SHA-256 of everything that it depends on: the bytes that it was made
of, the settings, and the program itself with the libraries that it uses. Its first line is the
SHA-256 of that key and of the rest: what is damaged reads as not there, and is made anew. Entries
are written beside their places and renamed, so that two builds at once see whole ones; what no
build has used for a while goes. Nothing in an entry can run: it is JSON, or bytes of pages.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache as once
from importlib import metadata
from pathlib import Path

FOLDER = ".site-gen-cache"
SPARE = "spare"
KEPT_DAYS = 30
"""Days after which an entry that no build has used goes."""
_USED_AGAIN = 86400.0
"""Seconds after which the use of an entry is noted anew."""
_MADE_WITH = (
    *("babel", "jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "mdurl"),
    *("pyyaml", "rapidfuzz"),
)
"""The libraries whose version is part of what a page was made of."""


def shipped_templates() -> Path:
    """The folder of the templates that come with the program: inside the package, and beside it in
    a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


@once
def program() -> str:
    """The SHA-256 of the program: its files, and the versions of the libraries and of Unicode's
    tables that pages are made with."""
    root, templates = Path(__file__).parent.parent, shipped_templates()
    # wherever the templates stand, it is the same program
    files = {
        path.relative_to(base).as_posix(): path
        for base, folder in ((root, root), (templates.parent, templates))
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    out = hashlib.sha256()
    for name in sorted(files):
        data = hashlib.sha256(files[name].read_bytes()).hexdigest()
        out.update(f"{name} {data}\n".encode())
    out.update(f"Unicode {unicodedata.unidata_version}\n".encode())
    for name in _MADE_WITH:
        out.update(f"{name} {version_of(name)}\n".encode())
    return out.hexdigest()


def version_of(library: str) -> str:
    """The version of an installed library; a dash where there is none."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "-"


def key_of(*parts: str | bytes) -> str:
    """The key of what is made of these parts by this program."""
    out = hashlib.sha256(program().encode())
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        out.update(f"{len(data)}:".encode())
        out.update(data)
    return out.hexdigest()


def _sum(key: str, data: bytes) -> str:
    """What tells that an entry is whole, and that it is the one of that key."""
    out = hashlib.sha256(key.encode())
    out.update(data)
    return out.hexdigest()


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of entries; ``None`` for none, which keeps nothing. Unless it ``writes``, what is
    there is read and nothing on disk is touched."""

    folder: Path | None
    writes: bool = True

    def get(self, kind: str, key: str) -> bytes | None:
        """An entry, where it is there and whole."""
        path = self.path(kind, key)
        if path is None:
            return None
        try:
            said, _, data = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if said.decode("ascii", "replace") != _sum(key, data):
            return None
        self._used(path)
        return data

    def put(self, kind: str, key: str, data: bytes) -> bool:
        """Keep an entry; false where it cannot be written, which harms nobody."""
        path = self.path(kind, key)
        if path is None or not self.writes:
            return False
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_sum(key, data).encode() + b"\n" + data)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            return False
        return True

    def path(self, kind: str, key: str) -> Path | None:
        """Where an entry is, or would be."""
        return self.folder / kind / key[:2] / key[2:] if self.folder else None

    def spare(self, key: str) -> Path | None:
        """Where a whole tree is kept, which is no entry: it holds second names of files."""
        if self.folder is None:
            return None
        place = self.folder / SPARE / key
        with suppress(OSError):
            place.parent.mkdir(exist_ok=True)
        return place

    def _used(self, path: Path) -> None:
        if not self.writes:
            return
        try:
            if time.time() - path.stat().st_mtime > _USED_AGAIN:
                os.utime(path)
        except OSError:
            pass

    def entries(self) -> Iterable[Path]:
        """Every file of the cache but its note to git."""
        if self.folder is None or not self.folder.is_dir():
            return []
        kinds = [p for p in self.folder.iterdir() if p.is_dir() and p.name != SPARE]
        return [p for kind in kinds for p in kind.rglob("*") if p.is_file()]

    def prune(self, now: float | None = None) -> int:
        """Remove what no build has used for :data:`KEPT_DAYS` days; how many entries went. It looks
        once a day. ``now``: seconds since the epoch."""
        now = time.time() if now is None else now
        if self._looked_at(now):
            return 0
        oldest = now - KEPT_DAYS * 86400
        gone = 0
        for path in self.entries():
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
                    gone += 1
            except OSError:
                continue
        for tree in (self.folder / SPARE).glob("*") if self.folder else ():
            with suppress(OSError):
                if tree.stat().st_mtime < oldest:
                    shutil.rmtree(tree)
        return gone

    def _looked_at(self, now: float) -> bool:
        """Whether somebody looked for old entries today; from now on, somebody did."""
        if self.folder is None:
            return True
        mark = self.folder / ".looked"
        try:
            if abs(now - mark.stat().st_mtime) < _USED_AGAIN:
                return True
        except OSError:
            pass
        with suppress(OSError):
            mark.write_bytes(b"")
            os.utime(mark, (now, now))
        return False

    def clear(self) -> None:
        """Remove everything."""
        if self.folder and self.folder.is_dir():
            shutil.rmtree(self.folder)


NO_CACHE = Cache(None)


def opened(home: Path, *, used: bool = True, new: bool = True, writes: bool = True) -> Cache:
    """The cache of a site, in the folder of its configuration, with a note that git passes over it.
    ``used``: false for none; ``new``: whether it is made where there is none; without ``writes`` it
    is only read, where it is there."""
    folder = home / FOLDER
    if not used or not (new or folder.is_dir()):
        return NO_CACHE
    if not writes:
        return Cache(folder, writes=False) if folder.is_dir() else NO_CACHE
    try:
        folder.mkdir(exist_ok=True)
        note = folder / ".gitignore"
        if not note.exists():
            note.write_text("# made anew by any build; safe to remove\n*\n", encoding="utf-8")
    except OSError:
        return NO_CACHE
    return Cache(folder)
