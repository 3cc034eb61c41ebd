"""Stories on the workers of a cluster that people already run: dask.distributed, through its
interface of :mod:`concurrent.futures` (extra ``[cluster]``). Shell.

A worker needs the package and nothing else: a story's content, what the site says and the site's
own templates travel with the task. What a lost worker was at is given to another one; only what
came back whole counts.
"""

from __future__ import annotations

import importlib
import logging
import tempfile
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from site_gen.model import ContentError
from site_gen.shell.cache import program, shipped_templates
from site_gen.shell.workers import Job, Pages, Pool, render_story

ANSWER = 10.0
"""Seconds in which the scheduler has to answer."""
AWAIT = 60.0
"""Seconds in which a first worker has to be there: where they are started on demand, that takes a
while."""
AHEAD = 4
"""Stories that are under way for each thread of the cluster: one at work, the others on the way."""
ASKED_EVERY = 50
ATTEMPTS = 3
"""Times that a story which a worker failed at, for a reason of the worker's own, is tried again."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A job as it travels: ``templates``, the site's own, by name; ``folder``, what they are called
    where they come from; ``program``, the one that the pages are to be made by."""

    job: Job
    templates: tuple[tuple[str, bytes], ...]
    folder: str
    program: str


class Mismatch(Exception):
    """A worker runs another version of the program, or of a library that pages are made with."""


def pool_of(address: str, own_templates: Path | None) -> Pool:
    """The workers of the cluster whose scheduler has that address (``tcp://host:8786`` or
    ``tls://…``). ``own_templates``: the site's own templates.

    Opening it raises :class:`ContentError` where the extra is missing, no scheduler answers, or
    there is no worker; working with it, where the cluster is lost or a worker runs another program.
    """
    templates = _texts(own_templates) if own_templates else ()
    told = str(own_templates or "")

    def pack(job: Job) -> Sent:
        return Sent(job=job, templates=templates, folder=told, program=program())

    return Pool(open=lambda: _opened(address), at_once=_Ahead(), pack=pack, make=render_sent)


def _texts(folder: Path) -> tuple[tuple[str, bytes], ...]:
    if not folder.is_dir():
        return ()
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return tuple((p.relative_to(folder).as_posix(), p.read_bytes()) for p in files)


def render_sent(sent: Sent) -> Pages:
    """The pages of a story that came from elsewhere: what a worker of a cluster does."""
    if program() != sent.program:
        raise Mismatch(_said_of_us())
    story, site, _, full = sent.job
    own = [_unpacked(sent.templates)] if sent.templates else []
    try:
        return render_story((story, site, (*own, str(shipped_templates())), full))
    except ContentError as fault:
        place = fault.path
        for folder in own:
            place = place.replace(folder, sent.folder)
        raise ContentError(place, fault.line, fault.message, fault.hint) from None


def _said_of_us() -> str:
    import socket

    from site_gen import __version__

    return f"{socket.gethostname()} has site-gen {__version__}"


@lru_cache(maxsize=2)
def _unpacked(templates: tuple[tuple[str, bytes], ...]) -> str:
    """Those templates in a folder of this process, which goes when it ends."""
    folder = tempfile.TemporaryDirectory(prefix="site-gen-templates-")
    _KEPT.append(folder)
    for name, data in templates:
        path = Path(folder.name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder.name


_KEPT: list[tempfile.TemporaryDirectory[str]] = []
"""Folders that live as long as the process does."""


@contextmanager
def _opened(address: str) -> Iterator[Executor]:
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise _fault(
            address, "the extra for clusters is not installed", "pip install 'site-gen[cluster]'"
        ) from None
    # what the library logs of a lost connection is told as one fault
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:  # a client that does not know the form of an address waits long before it says so
        distributed.comm.get_address_host_port(address, strict=True)
    except ValueError as fault:
        why = f"this is no address of a scheduler ({fault})"
        raise _fault(address, why, "write it as tcp://host:8786") from None
    try:
        client = distributed.Client(address, timeout=ANSWER, set_as_default=False, name="site-gen")
    except (OSError, ValueError, TimeoutError) as fault:
        why = f"no scheduler of dask answers there ({str(fault) or type(fault).__name__})"
        hint = "start one with `dask scheduler`; its address is in what it prints first"
        raise _fault(address, why, hint) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=AWAIT)
        except TimeoutError:
            why = f"the cluster has had no worker for {AWAIT:.0f} s"
            raise _fault(address, why, f"start some with `dask worker {address}`") from None
        executor = client.get_executor(pure=False, retries=ATTEMPTS)
        try:
            with _faults_told(address):
                yield executor
        finally:
            with suppress(Exception):
                executor.shutdown(wait=False)


@contextmanager
def _faults_told(address: str) -> Iterator[None]:
    """What goes wrong on the cluster, as one clear fault."""
    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    try:
        yield
    except Mismatch as fault:
        why = f"a worker runs another program: {fault}"
        hint = "install the same version of the same package on every worker, and here"
        raise _fault(address, why, hint) from None
    except KilledWorker as fault:
        why = f"one story has ended several workers: {str(fault)[:200]}"
        raise _fault(address, why, "give the workers more memory (--memory-limit)") from None
    except (ModuleNotFoundError, AttributeError) as fault:
        if "site_gen" not in str(fault):
            raise
        hint = "pip install site-gen on every worker, in the version that is here"
        raise _fault(address, f"a worker has no site-gen, or another one: {fault}", hint) from None
    except (CommClosedError, CancelledError, OSError) as fault:
        why = f"the cluster was lost: {str(fault) or type(fault).__name__}"
        raise _fault(address, why, "look at the scheduler, and build again") from None


class _Ahead:
    """How many stories are under way on a cluster: as workers come and go, so does this. The
    scheduler is asked at the first of every :data:`ASKED_EVERY` calls."""

    def __init__(self) -> None:
        self.calls, self.stories = 0, 1

    def __call__(self, executor: Executor) -> int:
        if self.calls % ASKED_EVERY == 0:
            threads: dict[str, int] = executor._client.nthreads()  # type: ignore[attr-defined]
            self.stories = AHEAD * sum(threads.values())
        self.calls += 1
        return self.stories


def _fault(address: str, message: str, hint: str) -> ContentError:
    return ContentError(f"--cluster {address}", 0, message, hint)
