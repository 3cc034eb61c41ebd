"""Files of a content folder, read and written so that nothing is lost: whole or not at all.
Shell."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from site_gen.model import ContentError


def write_whole(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write files: all of them beside their places first, synced to disk, then renamed into place,
    in order.

    Where one cannot be written (rights, a full disk, a limit), none has changed. ``OSError`` as the
    system gives it.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        for path, data in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name[:200]}.part")
            ready.append((part, path))
            with part.open("wb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
            if path.exists():  # who may read it is the owner's word
                part.chmod(path.stat().st_mode & 0o7777)
        for part, path in ready:
            part.replace(path)
    finally:
        for part, _ in ready:
            part.unlink(missing_ok=True)


def read_limited(path: Path, most: int) -> bytes:
    """The bytes of a file; ``ContentError`` where it is larger than ``most``, before it is read;
    ``OSError`` where it cannot be read."""
    if path.stat().st_size > most:
        raise too_large(str(path), most)
    with path.open("rb") as handle:
        data = handle.read(most + 1)
    if len(data) > most:  # a pipe or a device has no size
        raise too_large(str(path), most)
    return data


def too_large(name: str, most: int) -> ContentError:
    """The fault of a file over the limit."""
    return ContentError(
        name, 0, f"the file is larger than {most // 1_000_000} MB", "save the article's text alone"
    )


def unreadable(path: str, fault: OSError) -> ContentError:
    """The fault of a file that the system does not let us read or write."""
    return ContentError(
        path,
        0,
        f"this cannot be read or written ({fault.strerror or fault})",
        "look at its name, its rights and the free space",
    )


def printable(name: str) -> str:
    """A file name as it can be shown: bytes that are no UTF-8 as the replacement character."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
