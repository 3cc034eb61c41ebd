"""``site-gen build`` and ``check``: reads the content folder, runs the pipeline, writes the site.
Shell.

How the new tree takes the place of the old one is in ``exchange.py``.
"""

from __future__ import annotations

import datetime as dt
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

from site_gen.compare.rulings import nearest_row, unknown_rulings
from site_gen.model import Comparison, Content, ContentError, Page, Row, Ruling, Story
from site_gen.model.message import say
from site_gen.pipeline import analyse, by_machine, gone, misread
from site_gen.render import links
from site_gen.render.excerpts import excerpted
from site_gen.render.links import listed
from site_gen.render.pages import Renderer
from site_gen.render.site import NavItem, Site, Summary, summarise
from site_gen.render.story import StoryRenderer
from site_gen.render.whole import all_tables, site_pages
from site_gen.shell.against import Change, changes
from site_gen.shell.config import Config, NavEntry
from site_gen.shell.exchange import exchange, one_at_a_time, recover, refuse_foreign
from site_gen.shell.gather import Gathered, gather, pages_by_source
from site_gen.shell.look import assets, theme_faults, words_of
from site_gen.shell.stamp import stamp

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
    """What a build made."""

    stories: int
    pages: int
    files: int


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


Made = tuple[tuple[Page, ...], Summary]
"""A story's pages, and what the pages that list stories show of it."""
Run = Callable[[list[Job], int], Iterator[Made]]


def render_story(job: Job) -> Made:
    """One story from content to pages: what a worker process does."""
    return render_compared(job, analyse(job[0], required=job[1].review_required))


def render_compared(job: Job, comparison: Comparison) -> Made:
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
) -> Iterator[Page]:
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
    if jobs < 2 or len(work) < PARALLEL_FROM:
        yield from map(render_story, work)
        return
    with ProcessPoolExecutor(
        max_workers=jobs, mp_context=get_context("spawn"), initializer=_end_with_parent
    ) as pool:
        yield from pool.map(render_story, work)


def _end_with_parent() -> None:
    """A worker ends when the process that started it does, however that ended: nobody would take
    its results."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def check(config: Config) -> tuple[Gathered, list[ContentError]]:
    """Everything that a build would complain about."""
    gathered = gather(config)
    errors = [*gathered.errors, *words_of(config)[1], *theme_faults(config, gathered.files)]
    for story in gathered.content.stories:
        if story.rulings:
            errors += _check_rulings(config, story)
    return gathered, sorted(errors, key=lambda e: e.key)


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


def _check_rulings(config: Config, story: Story) -> list[ContentError]:
    machine = by_machine(story)
    rows, path = machine.rows, str(config.content / story.path)
    return [
        *(
            ContentError(
                path,
                r.line,
                f"the ruling names `{name}`, which is no row of this story",
                _nearest_row(rows, r, name),
            )
            for r, name in unknown_rulings(rows, story.rulings)
            if not r.of
        ),
        *(
            ContentError(
                path,
                r.line,
                f"the ruling names `{name}`, which is nothing of this story",
                "its text may have changed: take the ruling out, or rule anew on the desk",
            )
            for r, name in gone(story, machine)
            if not r.of
        ),
        *(ContentError(path, r.line, why, hint) for r, why, hint in misread(story, machine)),
    ]


def _nearest_row(rows: Sequence[Row], ruling: Ruling, name: str) -> str:
    row = nearest_row(rows, ruling, name)
    if row is None:
        return (
            "the story's page shows the id of each row; take the ruling out where its row is gone"
            " for good"
        )
    values = "; ".join(c.statements[0].text for c in row.cells)
    return f"did you mean `{row.id}` (“{row.label}”: {values})?"


def build(
    config: Config, jobs: int, progress: Progress, tell: Callable[[str], None] = lambda words: None
) -> Built:
    """Build the site; raises an :class:`ExceptionGroup` of :class:`ContentError` where the content
    has faults, and writes nothing.

    Where another build writes the same folder, ``tell`` is called with who does, and this one waits
    for it.
    """
    gathered, errors = check(config)
    if errors:
        raise ExceptionGroup("the content has faults", errors)
    out = config.out.resolve()  # where the site is a link, the folder behind it is exchanged
    refuse_foreign(out, config.content, Path.cwd())
    with one_at_a_time(out, tell):
        refuse_foreign(out, config.content, Path.cwd())
        return _build(config, gathered, out, jobs, progress)


def _build(config: Config, gathered: Gathered, out: Path, jobs: int, progress: Progress) -> Built:
    fresh = recover(out)
    count = pages = 0
    try:
        search = bool(gathered.content.stories) and can_search()
        for page in render_site(config, gathered, jobs, progress, search=search):
            if config.within and page.path in OF_A_WHOLE_SITE:
                continue
            target = fresh / page.path
            if not target.resolve().is_relative_to(fresh.resolve()):
                raise ContentError(
                    page.path, 0, "this page would be written outside the site", "rename its source"
                )
            if target.exists():
                raise ContentError(page.path, 0, "two sources make this page", "rename one of them")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.data)
            count += 1
            pages += page.path.endswith(".html")
        if search:
            count += index(fresh)
        exchange(out, stamp(config, gathered, template_folders(config)))
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return Built(stories=len(gathered.content.stories), pages=pages, files=count)


def can_search() -> bool:
    """Whether the extra for the search index is there."""
    return importlib.util.find_spec("pagefind") is not None


def index(tree: Path) -> int:
    """Make the search index of a tree with Pagefind (extra ``[search]``); its own widgets are not
    needed. The number of files."""
    command = [sys.executable, "-m", "pagefind", "--site", str(tree), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ContentError(
            str(tree),
            0,
            "the search index could not be made: " + (done.stderr or done.stdout).strip()[-300:],
            "pip install 'site-gen[search]' anew",
        )
    for widget in (tree / "pagefind").glob("pagefind-*.*"):
        if "ui" in widget.name or "highlight" in widget.name:
            widget.unlink()
    return sum(p.is_file() for p in (tree / "pagefind").rglob("*"))


def faults(error: BaseException) -> Iterable[ContentError]:
    """The content faults in an exception or a group of them."""
    if isinstance(error, ContentError):
        yield error
    elif isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from faults(inner)
