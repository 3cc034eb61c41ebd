"""The site of a preview: built in memory, built anew as content, templates and configuration
change. Shell.

Nothing is written to disk: a preview shows other people's texts whole, and what was never in a file
cannot be left in one. A fault keeps the last good site and is told beside it.
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from watchfiles import watch

from site_gen.model import ContentError
from site_gen.shell.build import can_search, faults, render_site
from site_gen.shell.cache import opened
from site_gen.shell.check import check
from site_gen.shell.config import Config
from site_gen.shell.kept import Kept

Reload = Callable[[], tuple[Config, list[ContentError]]]
"""Reads the configuration again."""
PATIENT = 120.0
"""Seconds for a search index: Pagefind's pipe can stall over very large ones."""
SETTLE = 25
"""Milliseconds of quiet after which a change is taken up: an editor's rename and write are one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """What a preview shows: the pages by path with their tags (RFC 9110, 8.8.3), the faults that
    keep it from being newer, and a name that is another after each build."""

    pages: dict[str, tuple[bytes, str]]
    faults: tuple[ContentError, ...] = ()
    name: str = ""


@dataclass(slots=True)
class Preview:
    """A site in memory. ``reload`` reads the configuration; ``jobs``: worker processes of the first
    build; ``tell`` is called with each new state, from the thread that builds."""

    reload: Reload
    jobs: int = 1
    state: State = field(default_factory=lambda: State(pages={}))
    listeners: list[Callable[[State], None]] = field(default_factory=list)
    config: Config | None = None
    kept: Kept = field(default_factory=Kept)
    _name: str = field(default_factory=lambda: secrets.token_hex(4))
    _built: int = 0
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)
    _stop: threading.Event = field(default_factory=threading.Event)

    def build(
        self, progress: Callable[[int, int, str], None] = lambda done, total, what: None
    ) -> State:
        """Build once and tell who listens; a fault becomes part of the state."""
        gc.disable()  # looking for rings costs a fifth of a build, and it makes few
        try:
            pages = self._pages(progress)
            found: tuple[ContentError, ...] = ()
        except (ContentError, ExceptionGroup) as fault:
            found = tuple(faults(fault))
            if not found:
                raise
            pages = self.state.pages
        except OSError as fault:
            name = str(fault.filename or "content")
            why = f"cannot be read ({fault.strerror or fault})"
            found = (ContentError(name, 0, why, "look at its rights"),)
            pages = self.state.pages
        except Exception as fault:  # a preview goes on, whatever a build did not foresee
            why = f"site-gen itself failed: {type(fault).__name__}: {fault}"
            found = (ContentError("site-gen", 0, why, "undo the last edit, and report this"),)
            pages = self.state.pages
        finally:
            gc.enable()
        self._built += 1
        self.state = State(pages=pages, faults=found, name=f"{self._name}-{self._built}")
        for listener in list(self.listeners):
            listener(self.state)
        return self.state

    def _pages(self, progress: Callable[[int, int, str], None]) -> dict[str, tuple[bytes, str]]:
        config, errors = self.reload()
        if errors:
            raise ExceptionGroup("the configuration has faults", errors)
        self.config = config
        # what builds keep is read; a preview itself leaves nothing on disk
        self.kept.cache = cache = opened(config.home, writes=False)
        gathered, errors = check(config, cache, rulings=False)
        if errors:
            raise ExceptionGroup("the content has faults", errors)
        shown = replace(
            config,
            full_text=True,
            marks_withheld=not config.full_text,
            review_required=False,
        )
        searched = bool(gathered.content.stories) and can_search()
        run = self.kept.runner(gathered.keys)
        made = render_site(
            shown, gathered, self.jobs, progress, search=searched, run=run, cache=cache
        )
        return {p.path: (p.data, hashlib.sha256(p.data).hexdigest()[:20]) for p in made}

    def watch(self, log: Callable[[State, float], None]) -> None:
        """Build anew on every change until :meth:`stop`; ``log`` is called with the state and the
        seconds that it took."""
        threads = [
            threading.Thread(target=self._watch, args=(paths, deep, log), daemon=True)
            for paths, deep in self._watched()
            if paths
        ]
        for thread in threads:
            thread.start()

    def stop(self) -> None:
        """End the watching."""
        self._stop.set()

    def _watched(self) -> Iterable[tuple[list[Path], bool]]:
        config = self.config
        if config is None:
            config, _ = self.reload()
        folders = [config.content, *([config.templates] if config.templates else [])]
        yield [p for p in folders if p.is_dir()], True
        yield [config.path.parent] if config.path else [], False

    def _watch(self, paths: list[Path], deep: bool, log: Callable[[State, float], None]) -> None:
        config = self.config
        templates = config.templates.resolve() if config and config.templates else None
        for changes in watch(
            *paths,
            recursive=deep,
            debounce=1000,
            step=SETTLE,
            stop_event=self._stop,
            raise_interrupt=False,
            ignore_permission_denied=True,
            watch_filter=self._counts,
        ):
            changed = [Path(name) for _, name in changes]
            with self._one_at_a_time:
                if templates and any(p.is_relative_to(templates) for p in changed):
                    self.kept.forget()
                start = time.monotonic()
                state = self.build()
                log(state, time.monotonic() - start)

    def _counts(self, _: object, name: str) -> bool:
        """Whether a change is of something that a build reads: no hidden file, no original, no part
        of a file that is being written."""
        config = self.config
        path = Path(name)
        if config and config.path and path == config.path.resolve():
            return True
        roots = [p.resolve() for p in (config.content, config.templates) if p] if config else []
        inside = [path.relative_to(r).parts for r in roots if path.is_relative_to(r)]
        return any(
            not any(part.startswith(".") or part == "originals" for part in parts)
            and not name.endswith(("~", ".swp", ".tmp"))
            for parts in inside
        )


async def search_index(pages: dict[str, tuple[bytes, str]]) -> dict[str, bytes]:
    """The files of the search index of a site's pages, made in memory by Pagefind; none without
    that extra, or where it takes longer than :data:`PATIENT`."""
    if not can_search():
        return {}
    try:
        return await asyncio.wait_for(_search_index(pages), PATIENT)
    except TimeoutError:
        return {}


async def _search_index(pages: dict[str, tuple[bytes, str]]) -> dict[str, bytes]:
    from pagefind.index import IndexConfig
    from pagefind.service import PagefindService

    # an index of its own (`async with PagefindIndex`) would write its files to disk at its end
    async with PagefindService() as service:
        index = await service.create_index(IndexConfig())
        for path, (data, _) in pages.items():
            if path.endswith(".html") and b"data-pagefind-body" in data:
                await index.add_html_file(content=data.decode("utf-8"), source_path=path)
        files = await index.get_files()
        await index.delete_index()
        return {f"pagefind/{f['path'].removeprefix('pagefind/')}": f["content"] for f in files}
