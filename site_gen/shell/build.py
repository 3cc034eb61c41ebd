"""``site-gen build`` and ``check``: reads the content folder, runs the pipeline, writes the site.
Shell.

How the new tree takes the place of the old one is in ``exchange.py``.
"""

from __future__ import annotations

import datetime as dt
import gc
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import Any

from site_gen.model import Comparison, Content, ContentError, Page, Story
from site_gen.model.message import say
from site_gen.pipeline import analyse
from site_gen.render import links
from site_gen.render.excerpts import excerpted
from site_gen.render.links import listed
from site_gen.render.pages import Renderer
from site_gen.render.site import NavItem, Site, Summary, summarise
from site_gen.render.story import StoryRenderer
from site_gen.render.whole import all_tables, site_pages
from site_gen.shell.against import Change, changes
from site_gen.shell.cache import NO_CACHE, Cache, key_of
from site_gen.shell.check import check
from site_gen.shell.config import Config, NavEntry
from site_gen.shell.exchange import (
    beside,
    exchange,
    one_at_a_time,
    recover,
    refuse_foreign,
    written_by_us,
)
from site_gen.shell.gather import Gathered, pages_by_source
from site_gen.shell.inputs import inputs_of
from site_gen.shell.kept_pages import (
    KIND,
    AnyPage,
    Made,
    keep,
    remembering,
    site_key,
)
from site_gen.shell.look import assets, words_of
from site_gen.shell.stamp import stamp
from site_gen.shell.tree import Tree, note_all, noted_of, searched_pages, untouched

PARALLEL_FROM = 6
"""From this many stories on, worker processes pay for their start."""
SEARCH = "pagefind"
"""The folder of the search index in a site."""
OF_A_WHOLE_SITE = ("404.html", "robots.txt")
"""Files that mean something at the root of a host alone, and nothing inside another site."""
Progress = Callable[[int, int, str], None]
"""Called with the number of stories done, their total, and what was just done."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What a build made; ``unchanged`` where the site was that already."""

    stories: int
    pages: int
    files: int
    unchanged: bool = False


def template_folders(config: Config) -> tuple[str, ...]:
    """The folders in which templates are looked for: the site's own, then those that come with the
    package."""
    package = Path(__file__).parent.parent
    ours = (
        package / "templates" if (package / "templates").is_dir() else package.parent / "templates"
    )
    own = [str(config.templates)] if config.templates and config.templates.is_dir() else []
    return tuple(dict.fromkeys([*own, str(ours)]))


def site_of(
    config: Config, content: Content, folders: tuple[str, ...], search: bool
) -> tuple[Site, list[Page]]:
    """What every page knows of a site, and its files of style, script and pictures."""
    pages = pages_by_source(content)
    titles = {d.path: d.title for d in content.documents} | {
        s.path: s.title for s in content.stories
    }
    nav = tuple(
        NavItem(title=e.title or titles.get(e.target, e.target), path=pages.get(e.target, e.target))
        for e in config.nav
        if "://" in e.target or e.target in pages
    ) or tuple(
        NavItem(title=d.title, path=links.document_page(d.path))
        for d in content.documents
        if d.path.endswith("/index.md")
    )
    tags = links.named_pages("tags", (t for s in content.stories for t in s.tags))
    paths, files = assets(config, folders)
    theme = config.look.theme
    return (
        Site(
            name=config.name,
            url=config.url,
            description=config.description,
            nav=nav,
            assets=paths,
            search=search,
            tags=tags,
            language=config.look.language,
            words=words_of(config)[0],
            logo=theme.logo,
            favicon=theme.favicon,
            footer=theme.footer,
            chapters=_chapters(config.nav, titles, pages),
            marks_withheld=config.marks_withheld,
            review_required=config.review_required,
            back=_back(config),
        ),
        files,
    )


def _back(config: Config) -> NavItem | None:
    """The way to the site in which this one stands, as many folders up as its path has."""
    if not config.within:
        return None
    up = "../" * (config.within.count("/") + 1)
    return NavItem(title=config.host or say("The whole site"), path=f"{up}{links.FRONT}")


def _chapters(
    nav: Sequence[NavEntry], titles: Mapping[str, str], pages: Mapping[str, str]
) -> tuple[tuple[NavItem, ...], ...]:
    """The sections of the menu with more than one page of the content folder."""
    found = (
        tuple(
            NavItem(title=p.title or titles.get(p.target, p.target), path=pages[p.target])
            for p in e.pages
            if p.target in pages
        )
        for e in nav
    )
    return tuple(c for c in found if len(c) > 1)


Job = tuple[Story, Site, tuple[str, ...], bool]
"""A story, the site, the folders of templates, and whether third-party text is published in
full."""


Run = Callable[[list[Job], int], Iterator[Made]]


def render_story(job: Job) -> tuple[tuple[Page, ...], Summary]:
    """One story from content to pages: what a worker process does."""
    return render_compared(job, analyse(job[0], required=job[1].review_required))


def _render_and_keep(task: tuple[Job, Cache, str]) -> Made:
    """The same, put into the cache."""
    job, cache, key = task
    return keep(cache, key, *render_story(job))


def from_cache(cache: Cache, keys: Mapping[str, str]) -> Run:
    """The pages of stories as the cache has them, and otherwise made and kept. ``keys``: story →
    what it was read from."""

    def run(work: list[Job], jobs: int) -> Iterator[Made]:
        if cache.folder is None or not work:
            yield from run_jobs(work, jobs)
            return
        shared = site_key(*work[0][1:])
        tasks = [(job, cache, key_of(KIND, keys[job[0].id], shared)) for job in work]
        names = [key for _, _, key in tasks]
        yield from remembering(
            cache, names, lambda left: run_tasks(_render_and_keep, left, jobs), tasks
        )

    return run


def render_compared(job: Job, comparison: Comparison) -> tuple[tuple[Page, ...], Summary]:
    """The pages of a story that is compared already."""
    _, site, folders, full = job
    pages = StoryRenderer(site, folders).story(comparison, full=full)
    return pages, summarise(comparison if full else excerpted(comparison))


def render_site(
    config: Config,
    gathered: Gathered,
    jobs: int,
    progress: Progress,
    *,
    search: bool = False,
    run: Run | None = None,
) -> Iterator[AnyPage]:
    """Every file of the site but the search index. The result does not depend on ``jobs``, nor on
    ``run``, which may keep what :func:`render_story` made before."""
    content, folders = gathered.content, template_folders(config)
    site, files = site_of(config, content, folders, search)
    yield from files
    work = [(story, site, folders, config.full_text) for story in content.stories]
    summaries: list[Summary] = []
    made: dict[str, dt.date | None] = {}
    tables: dict[str, list[bytes]] = {}
    for n, (pages, summary) in enumerate((run or run_jobs)(work, jobs), 1):
        summaries.append(summary)
        for page in pages:
            yield page
            name, _, ending = page.path.rpartition("/")[2].rpartition(".")
            if ending == "html" and listed(page.path):
                made[page.path] = summary.updated
            elif ending == "csv":
                tables.setdefault(name, []).append(page.data)
        progress(n, len(work), summary.title)
    yield from site_pages(
        Renderer(site, folders), summaries, content.documents, pages_by_source(content), made
    )
    yield from all_tables(tables)
    for name, data in gathered.files.items():
        yield Page(path=name, data=data)


def run_jobs(work: list[Job], jobs: int) -> Iterator[Made]:
    """The pages of stories in their order, by so many processes where that pays."""
    yield from run_tasks(render_story, work, jobs)


def run_tasks(make: Callable[[Any], Made], tasks: list[Any], jobs: int) -> Iterator[Made]:
    """What is made of each task, in their order, by so many processes where that pays."""
    if jobs < 2 or len(tasks) < PARALLEL_FROM:
        yield from map(make, tasks)
        return
    with ProcessPoolExecutor(
        max_workers=jobs, mp_context=get_context("spawn"), initializer=_begin
    ) as pool:
        yield from pool.map(make, tasks)


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


def since(config: Config, gathered: Gathered, old: Path) -> tuple[list[Change], list[ContentError]]:
    """The rows whose verdict is another than in an earlier build in ``old``, story by story, and
    what could not be compared."""
    out: list[Change] = []
    errors: list[ContentError] = []
    if not old.is_dir() or not any(old.glob("*/data.json")):
        return [], [
            ContentError(
                str(old),
                0,
                "this folder holds no earlier build",
                "give the folder of a site, in which each story has a data.json",
            )
        ]
    site, _ = site_of(config, gathered.content, template_folders(config), False)
    for story in gathered.content.stories:
        path = old / story.id / "data.json"
        if not path.is_file():
            continue
        pages, _ = render_story((story, site, template_folders(config), config.full_text))
        data = next(p.data for p in pages if p.path == f"{story.id}/data.json")
        try:
            out += changes(json.loads(path.read_bytes()), json.loads(data))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            errors.append(
                ContentError(
                    str(path), 0, "this is no data.json of site-gen", "build the earlier site again"
                )
            )
    return out, errors


def build(
    config: Config,
    jobs: int,
    progress: Progress,
    tell: Callable[[str], None] = lambda words: None,
    cache: Cache = NO_CACHE,
) -> Built:
    """Build the site; raises an :class:`ExceptionGroup` of :class:`ContentError` where the content
    has faults, and writes nothing.

    Where another build writes the same folder, ``tell`` is called with who does, and this one waits
    for it. What was made before is taken from the ``cache``, and nothing is done where nothing
    changed.
    """
    out = config.out.resolve()  # where the site is a link, the folder behind it is exchanged
    inputs = inputs_of(config) if cache.folder else ""
    if inputs and (same := _same(cache, out, inputs)):
        return same
    gathered, errors = check(config, cache)
    if errors:
        raise ExceptionGroup("the content has faults", errors)
    refuse_foreign(out, config.content, Path.cwd())
    with one_at_a_time(out, tell):
        refuse_foreign(out, config.content, Path.cwd())
        built = _build(config, gathered, out, jobs, progress, cache, inputs)
    cache.prune()
    return built


def _same(cache: Cache, out: Path, inputs: str) -> Built | None:
    """What the last build made, where it had the same inputs and its site was not touched since."""
    noted = noted_of(cache, out)
    rest = any(beside(out, what).exists() for what in ("old", "new"))
    if (
        rest
        or written_by_us(out) is None
        or noted.get("inputs") != inputs
        or not untouched(out, noted["files"])
    ):
        return None
    return Built(**noted["made"], unchanged=True)


def _build(
    config: Config,
    gathered: Gathered,
    out: Path,
    jobs: int,
    progress: Progress,
    cache: Cache,
    inputs: str,
) -> Built:
    fresh = recover(out)
    noted = noted_of(cache, out)
    tree = Tree(fresh=fresh, old=out, noted=noted.get("files", {}))
    try:
        search = bool(gathered.content.stories) and can_search()
        run = from_cache(cache, gathered.keys)
        for page in render_site(config, gathered, jobs, progress, search=search, run=run):
            if not (config.within and page.path in OF_A_WHOLE_SITE):
                tree.add(page)
        pages = sum(path.endswith(".html") for path in tree.written)
        searched = _index(tree, noted.get("searched", "")) if search else ""
        count = len(tree.written)
        exchange(out, stamp(config, gathered, template_folders(config)))
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    built = Built(stories=len(gathered.content.stories), pages=pages, files=count)
    made = {"stories": built.stories, "pages": built.pages, "files": built.files}
    note_all(cache, tree, out, inputs=inputs, made=made, searched=searched)
    return built


def _index(tree: Tree, before: str) -> str:
    """Make the search index of a tree, or take over the old one, where the pages are those that it
    was made of (``before``); what it was made of."""
    made = searched_pages(tree.written)
    if made == before and tree.take_over(f"{SEARCH}/"):
        return made
    shutil.rmtree(tree.fresh / SEARCH, ignore_errors=True)
    index(tree.fresh)
    for path in sorted((tree.fresh / SEARCH).rglob("*")):
        if path.is_file():
            tree.note(path.relative_to(tree.fresh).as_posix())
    return made


def can_search() -> bool:
    """Whether the extra for the search index is there."""
    return importlib.util.find_spec("pagefind") is not None


def index(tree: Path) -> None:
    """Make the search index of a tree with Pagefind (extra ``[search]``); its own widgets are not
    needed."""
    command = [sys.executable, "-m", "pagefind", "--site", str(tree), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ContentError(
            str(tree),
            0,
            "the search index could not be made: " + (done.stderr or done.stdout).strip()[-300:],
            "pip install 'site-gen[search]' anew",
        )
    for widget in (tree / SEARCH).glob("pagefind-*.*"):
        if "ui" in widget.name or "highlight" in widget.name:
            widget.unlink()


def faults(error: BaseException) -> Iterable[ContentError]:
    """The content faults in an exception or a group of them."""
    if isinstance(error, ContentError):
        yield error
    elif isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from faults(inner)
