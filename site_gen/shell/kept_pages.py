"""The pages of stories in the cache: one entry a story, with its pages packed one by one, so that
only what is written is unpacked. Shell."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from site_gen.model import ContentError, Page
from site_gen.shell.cache import Cache, key_of
from site_gen.shell.stamp import stamp_of_templates
from site_gen.shell.stored import NotStored, from_text, to_text

if TYPE_CHECKING:
    from site_gen.render.site import Site, Summary

PACKED = 1
"""zlib's level: pages shrink to a sixth; the highest would take ten times as long for a tenth
less."""
KIND = "pages"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that is in the cache: its path in the site, the SHA-256 of its bytes, and where they
    are."""

    path: str
    sha256: str
    place: Path
    start: int
    length: int

    @property
    def data(self) -> bytes:
        """Its bytes; ``ContentError`` where the cache was changed meanwhile."""
        try:
            with self.place.open("rb") as handle:
                handle.seek(self.start)
                data = zlib.decompress(handle.read(self.length))
        except (OSError, zlib.error):
            data = b""
        if hashlib.sha256(data).hexdigest() != self.sha256:
            why = "this was changed while a build read it"
            raise ContentError(str(self.place), 0, why, "build again")
        return data


AnyPage: TypeAlias = Page | KeptPage
Made: TypeAlias = "tuple[tuple[AnyPage, ...], Summary]"
"""A story's pages, and what the pages that list stories show of it."""


def site_key(site: Site, folders: tuple[str, ...], full: bool) -> str:
    """What the pages of all stories depend on beside the stories."""
    return key_of("site", repr(site), stamp_of_templates(folders), str(full))


def keep(cache: Cache, key: str, pages: Sequence[AnyPage], summary: Summary) -> Made:
    """The pages of a story, put into the cache where that can be done."""
    packed = [zlib.compress(p.data, PACKED) for p in pages]
    told = [
        [p.path, hashlib.sha256(p.data).hexdigest(), len(data)]
        for p, data in zip(pages, packed, strict=True)
    ]
    head = json.dumps([told, to_text(summary).decode("ascii")]).encode("ascii")
    if not cache.put(KIND, key, b"\n".join((head, b"".join(packed)))):
        return tuple(pages), summary
    return _pages(cache, key, head, told), summary


def kept(cache: Cache, key: str) -> Made | None:
    """The pages of a story as the cache has them; none where it has not, or what it has is
    damaged."""
    data = cache.get(KIND, key)
    if data is None:
        return None
    from site_gen.render.site import Summary  # with all of rendering: only where pages are read

    head = data.partition(b"\n")[0]
    try:
        told, summary = json.loads(head)
        found = from_text(summary.encode("ascii"))
        if not isinstance(found, Summary):
            return None
        return _pages(cache, key, head, told), found
    except (NotStored, ValueError, TypeError, AttributeError):
        return None


def _pages(cache: Cache, key: str, head: bytes, told: Sequence[Any]) -> tuple[KeptPage, ...]:
    place = cache.path(KIND, key) or Path()
    at = 64 + 1 + len(head) + 1  # behind the sum and the head, each with the end of its line
    out = []
    for path, sha256, length in told:
        out.append(KeptPage(path, sha256, place, at, length))
        at += length
    return tuple(out)


def remembering(
    cache: Cache, keys: Sequence[str], run: Callable[[list[Any]], Iterator[Made]], work: list[Any]
) -> Iterator[Made]:
    """Each piece of work in its order: as the cache has it, or else as ``run`` makes it of what is
    left, in the same order. ``keys``: of each piece."""
    found = [kept(cache, key) for key in keys]
    fresh = run([job for job, made in zip(work, found, strict=True) if made is None])
    for made in found:
        yield made if made is not None else next(fresh)


def remembered(
    cache: Cache, key: str, find: Callable[[], Sequence[ContentError]]
) -> Sequence[ContentError]:
    """The faults under that key of the cache, or those that are found, which are kept; without a
    key nothing is."""
    data = cache.get("faults", key) if key else None
    if data is not None:
        with suppress(NotStored):
            return list(from_text(data))
    found = list(find())
    if key:
        cache.put("faults", key, to_text(found))
    return found
