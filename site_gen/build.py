"""``site-gen build`` and ``check``: reads the content folder, runs the pipeline, writes the site. Shell.

The new tree is written beside the old one and put in its place by renaming, so that a site is never half written; what an
interrupted build left behind is put right at the next start.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pathspec

from site_gen.compare.rulings import unknown_rulings
from site_gen.config import Config
from site_gen.content import read_content
from site_gen.model import Content, ContentError, Page, Story
from site_gen.pipeline import analyse, before_rulings
from site_gen.render import links
from site_gen.render.pages import Renderer, summarise
from site_gen.render.site import NavItem, Site, Summary
from site_gen.yaml_lines import nearest

ASSETS = ("site.css", "site.js")
PARALLEL_FROM = 6
"""From this many stories on, worker processes pay for their start."""
Progress = Callable[[int, int, str], None]
"""Called with the number of stories done, their total, and what was just done."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """A content folder as read: stories and pages, files to copy as they are, and every fault."""

    content: Content
    files: dict[str, bytes]
    errors: list[ContentError]


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What a build made."""

    stories: int
    pages: int
    files: int


def template_folders(config: Config) -> tuple[str, ...]:
    """The folders in which templates are looked for: the site's own, then those that come with the package."""
    package = Path(__file__).parent
    ours = package / "templates" if (package / "templates").is_dir() else package.parent / "templates"
    own = [str(config.templates)] if config.templates and config.templates.is_dir() else []
    return tuple(dict.fromkeys([*own, str(ours)]))


def gather(config: Config) -> Gathered:
    """Read the content folder; faults of the configuration's menu are among the errors."""
    root = config.content
    if not root.is_dir():
        fault = ContentError(str(root), 0, "there is no such content folder", "create it, or name another with --content")
        return Gathered(content=Content(stories=(), documents=()), files={}, errors=[fault])
    pages, others = {}, {}
    skip = pathspec.PathSpec.from_lines("gitwildmatch" if not hasattr(pathspec, "GitIgnoreSpec") else "gitignore", config.exclude)
    for path in _walk(root):
        name = path.relative_to(root).as_posix()
        if skip.match_file(name):
            continue
        if name.endswith(".md"):
            pages[name] = path.read_bytes()
        else:
            others[name] = path
    content, errors = read_content(pages)
    errors = [_in_folder(root, e) for e in errors]
    story_folders = {s.id for s in content.stories}
    files = {n: p.read_bytes() for n, p in others.items() if n.split("/")[0] not in story_folders and "/" in n}
    errors += _check_originals(root, content) + _check_nav(config, content)
    return Gathered(content=content, files=files, errors=sorted(errors, key=lambda e: e.key))


def _walk(root: Path) -> Iterator[Path]:
    """Every regular file below a folder in order; hidden files, originals and links that lead out are passed over."""
    for folder, names, files in os.walk(root):
        names[:] = sorted(n for n in names if not n.startswith(".") and n != "originals")
        for name in sorted(files):
            path = Path(folder) / name
            if not name.startswith(".") and path.is_file() and path.resolve().is_relative_to(root.resolve()):
                yield path


def _in_folder(root: Path, fault: ContentError) -> ContentError:
    return ContentError(str(root / fault.path), fault.line, fault.message, fault.hint)


def _check_originals(root: Path, content: Content) -> list[ContentError]:
    """Originals that are present must have the SHA-256 that the article names."""
    out = []
    for story in content.stories:
        for article in story.articles:
            if article.original:
                path = root / story.id / article.original.file
                if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != article.original.sha256:
                    out.append(
                        ContentError(
                            str(root / article.path),
                            0,
                            f"{article.original.file} is not the file that was added: its SHA-256 differs",
                            "put the capture back as it came, or add it anew",
                        )
                    )
    return out


def _pages_by_source(content: Content) -> dict[str, str]:
    """Path of a Markdown file in the content folder → path of its page."""
    out = {d.path: links.document_page(d.path) for d in content.documents}
    for story in content.stories:
        out[story.path] = links.story_page(story.id)
        out |= {a.path: links.article_page(story.id, a.id) for a in story.articles}
    return out


def _check_nav(config: Config, content: Content) -> list[ContentError]:
    pages = _pages_by_source(content)
    out = []
    for entry in config.nav:
        if "://" not in entry.target and entry.target not in pages:
            out.append(
                ContentError(
                    str(config.path),
                    entry.line,
                    f"`nav` names {entry.target}, which is not in {config.content}",
                    nearest(entry.target, pages),
                )
            )
    return out


def _site(config: Config, content: Content, folders: tuple[str, ...]) -> tuple[Site, list[Page]]:
    pages = _pages_by_source(content)
    titles = {d.path: d.title for d in content.documents} | {s.path: s.title for s in content.stories}
    nav = tuple(
        NavItem(title=e.title or titles.get(e.target, e.target), path=pages.get(e.target, e.target))
        for e in config.nav if "://" in e.target or e.target in pages
    ) or tuple(NavItem(title=d.title, path=links.document_page(d.path)) for d in content.documents if d.path.endswith("/index.md"))  # fmt: skip
    assets, files = {}, []
    for name in ASSETS:
        data = next(Path(f, name).read_bytes() for f in folders if Path(f, name).is_file())
        stem, _, ending = name.rpartition(".")
        path = f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{ending}"
        assets[name] = path
        files.append(Page(path=path, data=data))
    return Site(name=config.name, url=config.url, description=config.description, nav=nav, assets=assets), files


def render_story(job: tuple[Story, Site, tuple[str, ...]]) -> tuple[tuple[Page, ...], Summary]:
    """One story from content to pages: what a worker process does."""
    story, site, folders = job
    comparison = analyse(story)
    return Renderer(site, folders).story(comparison), summarise(comparison)


def render_site(config: Config, gathered: Gathered, jobs: int, progress: Progress) -> Iterator[Page]:
    """Every file of the site. The result does not depend on ``jobs``."""
    content, folders = gathered.content, template_folders(config)
    site, assets = _site(config, content, folders)
    yield from assets
    work = [(story, site, folders) for story in content.stories]
    summaries = []
    for n, (pages, summary) in enumerate(_run(work, jobs), 1):
        summaries.append(summary)
        yield from pages
        progress(n, len(work), summary.title)
    renderer = Renderer(site, folders)
    sources = _pages_by_source(content)
    front = next((d for d in content.documents if d.path == "index.md"), None)
    yield renderer.front(summaries, front)
    for document in content.documents:
        if document is not front:
            yield renderer.document(document, sources)
    for name, data in gathered.files.items():
        yield Page(path=name, data=data)


def _run(work: list[tuple[Story, Site, tuple[str, ...]]], jobs: int) -> Iterator[tuple[tuple[Page, ...], Summary]]:
    if jobs < 2 or len(work) < PARALLEL_FROM:
        yield from map(render_story, work)
        return
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(render_story, work)


def check(config: Config) -> tuple[Gathered, list[ContentError]]:
    """Everything that a build would complain about."""
    gathered = gather(config)
    errors = list(gathered.errors)
    for story in gathered.content.stories:
        if story.rulings:
            errors += _check_rulings(config, story)
    return gathered, sorted(errors, key=lambda e: e.key)


def _check_rulings(config: Config, story: Story) -> list[ContentError]:
    rows = before_rulings(story)
    return [
        ContentError(
            str(config.content / story.path),
            r.line,
            f"the ruling on `{r.row}` names no row of this story",
            nearest(r.row, [row.id for row in rows]),
        )
        for r in unknown_rulings(rows, story.rulings)
    ]


def build(config: Config, jobs: int, progress: Progress) -> Built:
    """Build the site; raises an :class:`ExceptionGroup` of :class:`ContentError` where the content has faults, and writes nothing."""
    gathered, errors = check(config)
    if errors:
        raise ExceptionGroup("the content has faults", errors)
    out = config.out
    _refuse_foreign(config)
    recover(out)
    fresh = _beside(out, "new")
    count = pages = 0
    try:
        for page in render_site(config, gathered, jobs, progress):
            target = fresh / page.path
            if not target.resolve().is_relative_to(fresh.resolve()):
                raise ContentError(page.path, 0, "this page would be written outside the site", "rename its source")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(page.data)
            count += 1
            pages += page.path.endswith(".html")
        exchange(out)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return Built(stories=len(gathered.content.stories), pages=pages, files=count)


def _beside(out: Path, what: str) -> Path:
    """The path of the new or the old tree: beside the site, on the same disk, hidden."""
    out = out.absolute()
    return out.parent / f".{out.name}.{what}"


def _refuse_foreign(config: Config) -> None:
    """Never replace a folder that is not a site of ours, nor one that holds the content."""
    out = config.out.absolute()
    if config.content.resolve().is_relative_to(out.resolve()) or Path.cwd().resolve().is_relative_to(out.resolve()):
        raise ContentError(str(out), 0, "the site would replace the folder that holds the content", "build into another folder with --out")
    if out.is_dir() and any(out.iterdir()):
        front = out / "index.html"
        if not front.is_file() or b'name="generator" content="site-gen' not in front.read_bytes()[:4000]:
            raise ContentError(
                str(out), 0, "this folder holds something else than a site of site-gen", "empty it, or build into another folder with --out"
            )
    elif out.exists() and not out.is_dir():
        raise ContentError(str(out), 0, "this is a file, not a folder", "build into a folder with --out")


def recover(out: Path) -> None:
    """Put right what an interrupted build left: a site that was moved away is moved back, a half-written one is removed."""
    old, fresh = _beside(out, "old"), _beside(out, "new")
    if old.exists() and not out.exists():
        old.rename(out)
    for rest in (old, fresh):
        if rest.exists():
            shutil.rmtree(rest)
    fresh.mkdir(parents=True)


def exchange(out: Path) -> None:
    """Put the new tree in the place of the old one by renaming."""
    old, fresh = _beside(out, "old"), _beside(out, "new")
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def faults(error: BaseException) -> Iterable[ContentError]:
    """The content faults in an exception or a group of them."""
    if isinstance(error, ContentError):
        yield error
    elif isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from faults(inner)
