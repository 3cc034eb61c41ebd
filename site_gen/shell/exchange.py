"""Putting a new site in the place of an old one: one build at a time, nothing of anybody else's
touched. Shell.

The new tree is written beside the old one (``.site.new``), then two renames exchange them, and what
the old folder holds that no build of ours wrote (``.git``, ``CNAME``, a person's own files) is
moved over. A manifest in the site names what a build wrote: only that is ever removed. Wherever a
build is cut off, :func:`recover` finds either tree whole and finishes or undoes the exchange.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from site_gen.model import ContentError

MANIFEST = ".site-gen-manifest.json"
"""The list of the files that a build wrote, in the site's folder."""
KEPT = ("CNAME",)
"""What a person puts into a site's folder before the first build: this, and hidden entries such as
``.git`` and ``.nojekyll``."""
LISTED = 8
"""So many names stand in a message."""
POLL = 0.1
"""Seconds between two looks whether another build has ended."""


def beside(out: Path, what: str) -> Path:
    """The path of the new tree, the old tree or the lock: beside the site, on the same disk,
    hidden."""
    return out.parent / f".{out.name}.{what}"


@contextmanager
def one_at_a_time(out: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a site's folder; where another build holds it, ``tell`` who, and wait. A
    lock ends with its process."""
    path = beside(out, "lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = _opened(path, tell)
    try:
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        yield
    finally:
        # while it is held: whoever waits sees that its file is gone and opens the new one
        path.unlink(missing_ok=True)
        handle.close()


def _opened(path: Path, tell: Callable[[str], None]) -> IO[str]:
    told = False
    while True:
        handle = path.open("a+", encoding="utf-8")
        if _locked(handle) and _is_there(handle, path):
            return handle
        if not told:
            handle.seek(0)
            tell(
                f"another build (process {handle.read().strip() or 'unknown'}) writes this site;"
                " waiting for it"
            )
            told = True
        handle.close()
        time.sleep(POLL)


def _is_there(handle: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle.fileno()), path.stat())
    except OSError:
        return False


def _locked(handle: IO[str]) -> bool:
    """Whether the lock on an open file could be taken at once."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            lock = getattr(msvcrt, "locking")  # noqa: B009 - only Windows has it
            lock(handle.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009
        except OSError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def written_by_us(folder: Path) -> frozenset[str] | None:
    """The files that a build wrote there, by its manifest; ``None`` where there is no manifest that
    can be read."""
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return frozenset(f for f in files if isinstance(f, str)) | {MANIFEST}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def built_from(folder: Path) -> str:
    """The stamp of what a site was built from; empty where its manifest does not say it."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["from"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return said if isinstance(said, str) else ""


def files_below(folder: Path) -> Iterator[str]:
    """Every file below a folder, relative, with ``/``; links are files and are not followed."""
    waiting = [""]
    while waiting:
        at = waiting.pop()
        with os.scandir(folder / at) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{at}{entry.name}/")
                else:
                    yield f"{at}{entry.name}"


def _strangers(folder: Path, ours: frozenset[str]) -> list[str]:
    return sorted(f for f in files_below(folder) if f not in ours)


def refuse_foreign(out: Path, content: Path, here: Path) -> None:
    """Raise where the site would stand on something that is not ours: the content, a person's
    folder, a file."""
    if content.resolve().is_relative_to(out) or here.resolve().is_relative_to(out):
        raise ContentError(
            str(out),
            0,
            "the site would replace the folder that holds the content",
            "build into another folder with --out",
        )
    if out.exists() and not out.is_dir():
        raise ContentError(
            str(out), 0, "this is a file, not a folder", "build into a folder with --out"
        )
    if out.is_dir() and not os.access(out, os.W_OK | os.X_OK):
        raise ContentError(
            str(out),
            0,
            "this folder cannot be written",
            "look at its rights, or build into another folder with --out",
        )
    if out.is_dir() and written_by_us(out) is None:
        others = sorted(
            e.name for e in out.iterdir() if not (e.name.startswith(".") or e.name in KEPT)
        )
        if others:
            raise ContentError(
                str(out),
                0,
                f"this folder holds something else than a site of site-gen: {_listed(others)}",
                "empty it, or build into another folder with --out",
            )
    for what in ("old", "new"):
        rest = beside(out, what)
        if rest.is_symlink() or (rest.exists() and not _is_rest(rest)):
            raise ContentError(
                str(rest),
                0,
                "a build needs this name, and it is not a rest of an earlier build",
                "move it away",
            )


def _is_rest(folder: Path) -> bool:
    """Whether a folder beside the site is what a build left: it holds a manifest, finished or
    begun."""
    return folder.is_dir() and ((folder / MANIFEST).is_file() or not any(folder.iterdir()))


def _listed(names: list[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more" if more > 0 else "")


def recover(out: Path, spare: Path | None = None) -> Path:
    """Put right what an interrupted build left, and give the folder for the new tree: an empty one,
    or the ``spare`` tree, where that is there.

    The old tree without a new one in its place goes back; with one, it gives over what is not ours
    and goes.
    """
    old, fresh = beside(out, "old"), beside(out, "new")
    if old.exists() and not out.exists():
        old.rename(out)
    elif old.exists():
        _hand_over(old, out)
    if fresh.exists():
        # holds only what a build wrote: strangers go from the old tree to the site, never here
        shutil.rmtree(fresh)
    if spare is None or not _moved(spare, fresh):
        fresh.mkdir(parents=True)
    (fresh / MANIFEST).write_text("{}", encoding="utf-8")
    return fresh


def write_manifest(site: Path, files: Iterable[str], made_from: str) -> None:
    """Write the list of the files in a site's folder that a build has written. ``made_from``: the
    stamp of what it was built from."""
    told = {"from": made_from, "files": sorted(files)}
    (site / MANIFEST).write_text(
        json.dumps(told, ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )


def _moved(old: Path, new: Path) -> bool:
    """Whether a folder could be given another name: it is there, on the same disk."""
    try:
        old.rename(new)
    except OSError:
        return False
    return True


def exchange(
    out: Path, made_from: str = "", spare: Path | None = None, files: Iterable[str] | None = None
) -> None:
    """Put the new tree in the place of the old one; raises :class:`ContentError` where a page would
    stand on a person's file. ``made_from``: the stamp of what it was built from; ``spare``: where
    the old tree is kept for the next build; ``files``: of the new tree, where they are known."""
    old, fresh = beside(out, "old"), beside(out, "new")
    new = sorted(f for f in (files or files_below(fresh)) if f != MANIFEST)
    write_manifest(fresh, new, made_from)
    others: list[str] | None = None
    if out.exists():
        others = _refuse_collisions(out, frozenset(new))
        out.rename(old)
    fresh.rename(out)
    if old.exists():
        _hand_over(old, out, spare, others)


def _refuse_collisions(out: Path, new: frozenset[str]) -> list[str]:
    """The files of the site that are not ours; a fault where a page would stand on one."""
    others = _strangers(out, written_by_us(out) or frozenset())
    if not others:
        return others
    folders = {p.as_posix() for f in new for p in Path(f).parents}
    taken = [
        f
        for f in others
        if f in new or f in folders or any(p.as_posix() in new for p in Path(f).parents)
    ]
    if taken:
        raise ContentError(
            str(out),
            0,
            f"pages of the site would be written over files that no build wrote: {_listed(taken)}",
            "move these files away, or rename what makes the pages",
        )
    return others


def _hand_over(
    old: Path, out: Path, spare: Path | None = None, others: list[str] | None = None
) -> None:
    """Move what is not ours (``others``, where it is known) from the old tree to the new one, and
    remove the rest of the old tree, or make it the spare one."""
    ours = written_by_us(old) or frozenset()
    top, our_top = sorted(e.name for e in old.iterdir()), {f.partition("/")[0] for f in ours}
    for name in top:  # whole entries first: a .git folder goes over in one rename
        if name not in our_top and not (out / name).exists():
            (old / name).rename(out / name)
    stay = False
    for name in _strangers(old, ours) if others is None else others:
        target = out / name
        if not os.path.lexists(old / name):
            continue  # went over with its folder
        if target.exists():
            stay = True
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            (old / name).rename(target)
    if stay or spare is None or spare.exists() or not _moved(old, spare):
        _remove(old, ours)


def _remove(old: Path, ours: Iterable[str]) -> None:
    """Remove the files that are ours, the manifest last, and then the folders that are empty."""
    for name in ours:
        if name != MANIFEST:
            (old / name).unlink(missing_ok=True)
    for root, _, _ in sorted(os.walk(old), reverse=True):
        if Path(root) != old and not any(Path(root).iterdir()):
            Path(root).rmdir()
    if [e.name for e in old.iterdir()] in ([], [MANIFEST]):
        (old / MANIFEST).unlink(missing_ok=True)
        old.rmdir()
