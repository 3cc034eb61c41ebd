"""Who makes the pages of stories: this process, others of this machine, or those of a cluster
(``cluster.py``). Shell.

What is made does not depend on who makes it, and comes in the order of the stories.
"""

from __future__ import annotations

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from typing import Any, TypeAlias, TypeVar

from site_gen.memory import NO_MEMORY, Memory
from site_gen.model import Comparison, Page, Story
from site_gen.pipeline import by_machine, published, ruled
from site_gen.render.excerpts import excerpted
from site_gen.render.site import Site, Summary, summarise
from site_gen.render.story import StoryRenderer
from site_gen.shell.cache import Cache, key_of
from site_gen.shell.check import ruling_faults
from site_gen.shell.compiled import keep_compiled
from site_gen.shell.kept_pages import KIND, Made, keep, remembering, site_key
from site_gen.shell.parts import Parts

PARALLEL_FROM = 6
"""From this many stories on, worker processes pay for their start."""
AT_ONCE = 16
"""Stories that are under way for each worker: enough that a long one holds up nobody, and few
enough that their pages do not fill the memory."""

T = TypeVar("T")
R = TypeVar("R")
Job: TypeAlias = tuple[Story, Site, tuple[str, ...], bool]
"""A story, the site, the folders of templates, and whether third-party text is published in
full."""
Pages: TypeAlias = tuple[tuple[Page, ...], Summary]


@dataclass(frozen=True, slots=True)
class Pool:
    """Workers: how to get an executor of :mod:`concurrent.futures`, and how many tasks it is given
    before the first is done.

    ``pack`` and ``make``: what is sent of a job to workers that do not share this machine's
    folders, and what they do with it; none for those that do.
    """

    open: Callable[[], AbstractContextManager[Executor]]
    at_once: Callable[[Executor], int]
    pack: Callable[[Job], Any] | None = None
    make: Callable[[Any], Pages] | None = None


Workers: TypeAlias = "int | Pool"
"""So many processes of this machine, or a pool of others."""
Run: TypeAlias = Callable[[list[Job], Workers], Iterator[Made]]


class Unruly(Exception):
    """A story has rulings that name what is not there: its content has to be checked."""


def render_story(job: Job, memory: Memory = NO_MEMORY) -> Pages:
    """One story from content to pages: what a worker does. :class:`Unruly` where its rulings have
    faults."""
    story, required = job[0], job[1].review_required
    machine = by_machine(story, memory)
    if ruling_faults(story, machine, story.path):
        raise Unruly(story.id)
    return render_compared(job, published(ruled(story, machine), machine, required=required))


def render_compared(job: Job, comparison: Comparison) -> Pages:
    """The pages of a story that is compared already."""
    _, site, folders, full = job
    pages = StoryRenderer(site, folders).story(comparison, full=full)
    return pages, summarise(comparison if full else excerpted(comparison))


def _render_and_keep(task: tuple[Job, Cache, str]) -> Made:
    """A story's pages, put into the cache."""
    job, cache, key = task
    keep_compiled(cache, job[1], job[2])
    parts = Parts(cache, job[0].id)
    made = render_story(job, parts)
    parts.keep()
    return keep(cache, key, *made)


def run_jobs(work: list[Job], workers: Workers) -> Iterator[Made]:
    """The pages of stories in their order."""
    if isinstance(workers, Pool) and workers.pack and workers.make:
        yield from run_tasks(workers.make, map(workers.pack, work), len(work), workers)
    else:
        yield from run_tasks(render_story, work, len(work), workers)


def from_cache(cache: Cache, keys: Mapping[str, str]) -> Run:
    """The pages of stories as the cache has them, and otherwise made and kept. ``keys``: story →
    what it was read from."""

    def run(work: list[Job], workers: Workers) -> Iterator[Made]:
        if cache.folder is None or not work:
            yield from run_jobs(work, workers)
            return
        shared = site_key(*work[0][1:])
        tasks = [(job, cache, key_of(KIND, keys[job[0].id], shared)) for job in work]
        yield from remembering(cache, [t[2] for t in tasks], fresh(workers), tasks)

    def fresh(workers: Workers) -> Callable[[list[tuple[Job, Cache, str]]], Iterator[Made]]:
        def here(left: list[tuple[Job, Cache, str]]) -> Iterator[Made]:
            yield from run_tasks(_render_and_keep, left, len(left), workers)

        def away(left: list[tuple[Job, Cache, str]]) -> Iterator[Made]:
            # the cache is a folder of this machine
            made = run_jobs([job for job, _, _ in left], workers)
            for (_, _, key), (pages, summary) in zip(left, made, strict=True):
                yield keep(cache, key, pages, summary)

        return away if isinstance(workers, Pool) and workers.pack else here

    return run


def run_tasks(
    make: Callable[[T], Made], tasks: Iterable[T], count: int, workers: Workers
) -> Iterator[Made]:
    """What is made of each of so many tasks, in their order; by others where that pays."""
    if isinstance(workers, int):
        if workers < 2 or count < PARALLEL_FROM:
            yield from map(make, tasks)
            return
        workers = local_pool(workers)
    if count:
        with workers.open() as executor:
            yield from in_order(executor, make, tasks, workers.at_once)


def in_order(
    executor: Executor,
    make: Callable[[T], R],
    tasks: Iterable[T],
    at_once: Callable[[Executor], int],
) -> Iterator[R]:
    """What an executor makes of each task, in their order; as many are under way as ``at_once``
    says, so that what is sent and what comes back never fill the memory."""
    left, waiting = iter(tasks), deque[Future[R]]()
    try:
        while True:
            room = max(1, at_once(executor)) - len(waiting)
            waiting.extend(executor.submit(make, task) for task in islice(left, max(0, room)))
            if not waiting:
                return
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def local_pool(jobs: int) -> Pool:
    """So many processes of this machine."""
    return Pool(
        open=lambda: ProcessPoolExecutor(
            max_workers=jobs, mp_context=get_context("spawn"), initializer=_begin
        ),
        at_once=lambda _: jobs * AT_ONCE,
    )


RARELY = (50_000, 20, 100)
"""Objects and rounds between two searches for rings of objects: they cost an eighth of a build,
and it makes few rings."""


def _begin() -> None:
    """A worker looks for rings rarely, and ends when the process that started it does, however that
    ended: nobody would take its results."""
    gc.set_threshold(*RARELY)
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
