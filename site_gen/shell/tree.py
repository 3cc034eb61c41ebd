"""The tree of a new site: what did not change since the last build is the old file, not a new one.
Shell.

The cache notes of each file that a build wrote its SHA-256, its size and when it was written. Where
a page has the same bytes, and the old file was not touched since, the new tree gets a second name
of it (a hard link); so unchanged files keep their times, and nothing is written for them.

The tree that a build replaces is not taken down, which can cost more than all the rest: it waits in
the cache as the spare one, and the next build goes on from it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from site_gen.model import ContentError
from site_gen.shell.cache import Cache, key_of, version_of
from site_gen.shell.exchange import MANIFEST, files_below
from site_gen.shell.kept_pages import AnyPage, KeptPage

KIND = "written"
TWICE = "two sources make this page"
Noted = Mapping[str, Sequence[Any]]
"""File of a site → SHA-256, size in bytes, time of its last change in nanoseconds."""


@dataclass(slots=True)
class Tree:
    """A tree that is being written into ``fresh``, while the old site stands in ``old``.
    ``reused``: something stands in ``fresh`` already, from an earlier build."""

    fresh: Path
    old: Path
    noted: Noted = field(default_factory=dict)
    reused: bool = False
    written: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    _folders: set[str] = field(default_factory=set)
    """Folders of the new tree that are there, from its root."""

    def add(self, page: AnyPage) -> None:
        """Write a page; ``ContentError`` where it would stand outside the site or on another."""
        if page.path.startswith("/") or ".." in page.path.split("/"):
            why = "this page would be written outside the site"
            raise ContentError(page.path, 0, why, "rename its source")
        if page.path in self.written:
            raise ContentError(page.path, 0, TWICE, "rename one of them")
        if isinstance(page, KeptPage):
            sha256 = page.sha256
        else:
            sha256 = hashlib.sha256(page.data).hexdigest()
        if not self.linked(page.path, sha256):
            target = self._free(page.path)
            target.write_bytes(page.data)
            found = target.stat()
            self.written[page.path] = (sha256, found.st_size, found.st_mtime_ns)

    def linked(self, path: str, sha256: str) -> bool:
        """Whether the old file has these bytes and could be taken over; ``ContentError`` where
        another page stands in its place."""
        known = self.noted.get(path)
        if not known or known[0] != sha256:
            return False
        source = f"{self.old}/{path}"
        try:
            found = os.stat(source, follow_symlinks=False)  # noqa: PTH116 - a path costs as much
            if [found.st_size, found.st_mtime_ns] != list(known[1:]):
                return False
            if not (self.reused and _same(f"{self.fresh}/{path}", found)):
                os.link(source, self._free(path))
        except OSError:  # gone, or a file system without second names
            return False
        self.written[path] = (sha256, found.st_size, found.st_mtime_ns)
        return True

    def _free(self, path: str) -> Path:
        """The place of a page, with its folder and nothing in it. What an earlier build left there
        goes: a file of it may be one of the site's, too, and is not written into."""
        target = self.fresh / path
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            if self.reused:
                self._make_room(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        if self.reused and not target.is_dir():
            target.unlink(missing_ok=True)
        elif self.reused and not any(p.startswith(f"{path}/") for p in self.written):
            shutil.rmtree(target)
        if target.exists():
            raise ContentError(path, 0, TWICE, "rename one of them")
        return target

    def clear(self) -> None:
        """Remove what stood there before and is not of this build."""
        if not self.reused:
            return
        for path in list(files_below(self.fresh)):
            if path in self.written or path == MANIFEST:
                continue
            (self.fresh / path).unlink()
            for folder in PurePosixPath(path).parents[:-1]:
                with suppress(OSError):  # not empty
                    (self.fresh / folder).rmdir()

    def take_over(self, folder: str) -> bool:
        """Whether everything that was noted below a folder, and something was, could be taken
        over."""
        names = [path for path in self.noted if path.startswith(folder)]
        return bool(names) and all(self.linked(path, self.noted[path][0]) for path in names)

    def note(self, path: str) -> None:
        """Note a file that something else wrote into the tree."""
        target = self.fresh / path
        found = target.stat()
        sha256 = hashlib.sha256(target.read_bytes()).hexdigest()
        self.written[path] = (sha256, found.st_size, found.st_mtime_ns)

    def _make_room(self, target: Path) -> None:
        """Remove a file of an earlier build in whose place a folder is wanted."""
        for folder in target.parents:
            if folder == self.fresh:
                return
            name = folder.relative_to(self.fresh).as_posix()
            if name not in self.written and (folder.is_file() or folder.is_symlink()):
                folder.unlink()


def _same(path: str, found: os.stat_result) -> bool:
    """Whether a path is a name of that very file."""
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), found)  # noqa: PTH116
    except OSError:
        return False


def spare_of(cache: Cache, out: Path) -> Path | None:
    """Where the tree that a build of that site replaces waits for the next one; none without a
    cache."""
    return cache.spare(_key(out))


def _key(out: Path) -> str:
    return key_of("written", str(out))


def noted_of(cache: Cache, out: Path) -> dict[str, Any]:
    """What the cache noted of the site in that folder: ``files`` as :data:`Noted`, and what else
    :func:`note_all` was given."""
    data = cache.get(KIND, _key(out))
    try:
        found = json.loads(data) if data is not None else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def searched_pages(written: Noted) -> str:
    """What a search index is made of: one number for all pages with their bytes, and Pagefind."""
    pages = sorted((path, told[0]) for path, told in written.items() if path.endswith(".html"))
    made_of = [version_of("pagefind"), *pages]
    return hashlib.sha256(json.dumps(made_of).encode("utf-8", "surrogatepass")).hexdigest()


def note_all(cache: Cache, tree: Tree, out: Path, **more: Any) -> None:
    """Note what a build wrote there."""
    told = {"files": tree.written, **more}
    cache.put(KIND, _key(out), json.dumps(told).encode("utf-8", "surrogatepass"))


def untouched(out: Path, noted: Noted) -> bool:
    """Whether every file that was noted is there, with its size and time."""
    try:
        for path, known in noted.items():
            found = os.stat(f"{out}/{path}", follow_symlinks=False)  # noqa: PTH116
            if found.st_size != known[1] or found.st_mtime_ns != known[2]:
                return False
        return True
    except OSError:
        return False
