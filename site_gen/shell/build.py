"""``site-gen build`` and ``check``: reads the content folder, runs the pipeline, writes the site.
Shell.

How the new tree takes the place of the old one is in ``exchange.py``.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_gen.model import Content, ContentError, Page
from site_gen.model.message import say
from site_gen.render import links
from site_gen.render.links import listed
from site_gen.render.pages import Renderer
from site_gen.render.site import NavItem, Site, Summary
from site_gen.render.whole import all_tables, site_pages
from site_gen.shell.against import Change, changes
from site_gen.shell.cache import NO_CACHE, Cache, shipped_templates
from site_gen.shell.check import check, faults_of_rulings
from site_gen.shell.compiled import keep_compiled
from site_gen.shell.config import Config, NavEntry
from site_gen.shell.exchange import (
    MANIFEST,
    beside,
    exchange,
    one_at_a_time,
    recover,
    refuse_foreign,
    written_by_us,
)
from site_gen.shell.gather import Gathered, pages_by_source
from site_gen.shell.inputs import inputs_of
from site_gen.shell.kept_pages import AnyPage, Made
from site_gen.shell.look import assets, words_of
from site_gen.shell.stamp import stamp
from site_gen.shell.tree import Tree, note_all, noted_of, searched_pages, spare_of, untouched
from site_gen.shell.workers import Run, Unruly, Workers, from_cache, render_story, run_jobs

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
    own = [str(config.templates)] if config.templates and config.templates.is_dir() else []
    return tuple(dict.fromkeys([*own, str(shipped_templates())]))


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


def render_site(
    config: Config,
    gathered: Gathered,
    workers: Workers,
    progress: Progress,
    *,
    search: bool = False,
    run: Run | None = None,
    cache: Cache = NO_CACHE,
) -> Iterator[AnyPage]:
    """Every file of the site but the search index. The result does not depend on the ``workers``,
    nor on ``run``, which may keep what was made of a story before, nor on the ``cache``, which
    keeps compiled templates.

    Raises an :class:`ExceptionGroup` of :class:`ContentError` where rulings have faults.
    """
    content, folders = gathered.content, template_folders(config)
    site, files = site_of(config, content, folders, search)
    keep_compiled(cache, site, folders)
    yield from files
    work = [(story, site, folders, config.full_text) for story in content.stories]
    summaries: list[Summary] = []
    made: dict[str, dt.date | None] = {}
    tables: dict[str, list[AnyPage]] = {}
    stories = _ruled_well(config, gathered, (run or run_jobs)(work, workers))
    for n, (pages, summary) in enumerate(stories, 1):
        summaries.append(summary)
        for page in pages:
            yield page
            name, _, ending = page.path.rpartition("/")[2].rpartition(".")
            if ending == "html" and listed(page.path):
                made[page.path] = summary.updated
            elif ending == "csv":
                tables.setdefault(name, []).append(page)
        progress(n, len(work), summary.title)
    yield from site_pages(
        Renderer(site, folders), summaries, content.documents, pages_by_source(content), made
    )
    yield from all_tables(tables)
    for name, data in gathered.files.items():
        yield Page(path=name, data=data)


def _ruled_well(config: Config, gathered: Gathered, made: Iterator[Made]) -> Iterator[Made]:
    """What is made of the stories; where rulings have faults, those of all of them are raised."""
    try:
        yield from made
    except Unruly:
        found = faults_of_rulings(config, gathered)
        raise ExceptionGroup("the content has faults", found) from None


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
    workers: Workers,
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
    gathered, errors = check(config, cache, rulings=False)
    if errors:
        raise ExceptionGroup("the content has faults", errors)
    refuse_foreign(out, config.content, Path.cwd())
    with one_at_a_time(out, tell):
        refuse_foreign(out, config.content, Path.cwd())
        built = _build(config, gathered, out, workers, progress, cache, inputs)
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
    workers: Workers,
    progress: Progress,
    cache: Cache,
    inputs: str,
) -> Built:
    spare = spare_of(cache, out)
    fresh = recover(out, spare)
    noted = noted_of(cache, out)
    reused = any(path.name != MANIFEST for path in fresh.iterdir())
    tree = Tree(fresh=fresh, old=out, noted=noted.get("files", {}), reused=reused)
    try:
        search = bool(gathered.content.stories) and can_search()
        run = from_cache(cache, gathered.keys)
        for page in render_site(
            config, gathered, workers, progress, search=search, run=run, cache=cache
        ):
            if not (config.within and page.path in OF_A_WHOLE_SITE):
                tree.add(page)
        tree.clear()
        pages = sum(path.endswith(".html") for path in tree.written)
        searched = _index(tree, noted.get("searched", "")) if search else ""
        count = len(tree.written)
        exchange(out, stamp(config, gathered, template_folders(config)), spare, tree.written)
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
