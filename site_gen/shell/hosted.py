"""A site inside a host: what MkDocs (or ProperDocs) is given of our pages, and what of the host's
own is changed for them. Nothing of the host is imported here: ``plugin.py`` speaks to it.

Where the whole site is ours, the host gets finished files. Where our stories stand under one path
of a site of its own, the front page, the stories and ordinary pages are pages to the host, too: so
it puts them into its menu and its search; what it renders of them is replaced by ours.
"""

from __future__ import annotations

import base64
import hashlib
import html
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

from site_gen.model import Content, ContentError
from site_gen.model.message import say
from site_gen.render import links
from site_gen.render.catalogue import catalogue
from site_gen.render.links import absolute, encoded
from site_gen.render.site import day_of, newest_first
from site_gen.shell.build import (
    OF_A_WHOLE_SITE,
    SEARCH,
    can_search,
    faults,
    index,
    render_site,
    template_folders,
)
from site_gen.shell.check import check
from site_gen.shell.config import Config, load_config
from site_gen.shell.exchange import write_manifest
from site_gen.shell.gather import pages_by_source
from site_gen.shell.kept import Kept
from site_gen.shell.look import words_of
from site_gen.shell.stamp import stamp, stamp_of_templates

SITEMAP = "sitemap.xml"
IN_THE_MENU = 20
"""So many stories, the newest, stand in a host's menu: it is on each of the host's pages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """What a build made for a host. ``files``: path in the host's site → bytes. ``pages``: path of
    a Markdown file as the host knows it → the page that it stands for, the front page first, then
    the stories, newest first."""

    files: Mapping[str, bytes]
    pages: Mapping[str, HostPage]
    sitemap: str
    within: str
    stamp: str
    searched: bool

    def offered(self) -> Iterator[tuple[str, str, str | bytes]]:
        """What the host is given: path in its site, path of the source as it knows it, content."""
        for path, data in self.files.items():
            yield path, path, data
        for source, shown in self.pages.items():
            yield shown.path, source, shown.markdown

    def source_of(self, source: str, content: Path) -> str | None:
        """The real file behind a page of ours, where there is one: plugins of the host ask when it
        was changed."""
        path = content / source.removeprefix(f"{self.within}/")
        return str(path.resolve()) if source in self.pages and path.is_file() else None

    def write_rest(self, site: Path) -> None:
        """Write what is made of the written site: the search index, and the manifest by which a
        later ``site-gen build`` knows our files, and those that a host made of ours, from others;
        ``ContentError`` where the index cannot be made."""
        tree = site / self.within
        ours = [path.removeprefix(f"{self.within}/") for path, _, _ in self.offered()]
        if self.searched:
            index(tree)
            ours += [p.relative_to(tree).as_posix() for p in tree.glob(f"{SEARCH}/**/*")]
        packed = [] if self.within else [f"{SITEMAP}.gz"]
        there = [path for path in {*ours, *packed} if (tree / path).is_file()]
        write_manifest(tree, there, self.stamp)


@dataclass(frozen=True, kw_only=True, slots=True)
class HostPage:
    """One of our pages as a host shows it in its menu and its search: its path in the host's site,
    its title, and whether the menu has it."""

    path: str
    title: str
    in_menu: bool
    page: bytes

    @property
    def markdown(self) -> str:
        """A Markdown file with that title and no text, for the host to read. Themes print titles as
        HTML, and some plugins read templates in them: here it is words."""
        front = yaml.safe_dump({"title": as_words(self.title)}, allow_unicode=True, width=10_000)
        return f"---\n{front}---\n"

    def searched(self) -> tuple[str, Any]:
        """What a host's search reads of the page: its words as plain HTML, and its headings that
        can be linked to, as Python-Markdown tells them (``toc_tokens``)."""
        reader = _Searched()
        reader.feed(self._main())
        return "".join(reader.parts), reader.headings

    def anchors(self) -> set[str]:
        """Every name of a place in the page."""
        return set(re.findall(r'\sid="([^"]+)"', self._main()))

    def _main(self) -> str:
        whole = self.page.decode()
        found = re.search(r"<main\b[^>]*>(.*)</main>", whole, re.DOTALL)
        return found[1] if found else whole[whole.find("<body") :]


def as_words(text: str) -> str:
    """A text as HTML that says it, with nothing in it that a template could run."""
    return html.escape(text, quote=False).replace("{", "&#123;").replace("}", "&#125;")


_HEADING = re.compile("h[1-6]")
_UNSEARCHED = {"form", "script", "style", "svg"}
_EMPTY = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
_INSIDE_LINES = {"a", "abbr", "b", "bdi", "cite", "code", "del", "em", "i", "ins", "mark", "q"} | {
    "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"
}  # fmt: skip


class _Searched(HTMLParser):
    """The words and the headings of a page, without what our own search passes over, pictures and
    forms."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.headings: list[dict[str, Any]] = []
        self._open = False
        self._left = ""
        self._deep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element opens."""
        named = dict(attrs)
        if tag in _EMPTY:
            if not self._left:
                self.parts.append(" ")
            return
        if self._left:
            self._deep += tag == self._left
        elif "data-pagefind-ignore" in named or tag in _UNSEARCHED:
            self._left, self._deep = tag, 1
        elif _HEADING.fullmatch(tag):
            name = named.get("id")
            self.parts.append(f'<{tag} id="{html.escape(name)}">' if name else f"<{tag}>")
            if name:
                self.headings.append(
                    {"level": int(tag[1]), "id": name, "name": "", "html": "", "children": []}
                )
                self._open = True

    def handle_endtag(self, tag: str) -> None:
        """An element closes."""
        if self._left:
            self._deep -= tag == self._left
            self._left = self._left if self._deep else ""
        elif _HEADING.fullmatch(tag):
            self.parts.append(f"</{tag}>\n")
            self._open = False
        elif tag not in _INSIDE_LINES:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._left:
            return
        self.parts.append(html.escape(data, quote=False))
        if self._open:
            at = self.headings[-1]
            at["name"] = at["html"] = at["name"] + html.escape(data, quote=False)


@contextmanager
def failing(kind: type[Exception]) -> Iterator[None]:
    """Faults of the content are told as a host tells its own: each with file, line and mend."""
    try:
        yield
    except (ContentError, ExceptionGroup) as fault:
        if not (found := list(faults(fault))):
            raise
        raise kind("\n".join(["site-gen found faults:", *(f"  {f}" for f in found)])) from None


def read(path: Path, theme: str | None, env: Mapping[str, str]) -> Config:
    """Our part of a host's configuration; raises an :class:`ExceptionGroup` of its faults.
    ``theme``: the name of the host's theme; none where the whole site is ours."""
    here = Path.cwd()
    path = path.relative_to(here) if path.is_relative_to(here) else path
    config, errors = load_config(path, None, None, env)
    if not config.within and theme is not None and not errors:
        why = f"this site has a theme, `{theme}`, and it is not said where the stories are"
        hint = (
            "write `content: stories` below `- site-gen:`, or for a site of stories alone"
            " `theme: {name: null, custom_dir: templates}`"
        )
        errors.append(ContentError(str(path), 0, why, hint))
    if errors:
        raise ExceptionGroup("the configuration has faults", errors)
    return config


def outside(files: Iterable[Any], config: Config) -> list[Any]:
    """A host's files that lie neither in our content nor among our templates."""
    ours = [p.resolve() for p in (config.content, config.templates) if p]
    at = [(f, Path(f.src_dir, f.src_uri).resolve() if f.src_dir else None) for f in files]
    return [f for f, place in at if not place or not any(place.is_relative_to(p) for p in ours)]


def refuse_collisions(made: Made, docs: str, theirs: Iterable[Any]) -> None:
    """Raise an :class:`ExceptionGroup` where files of the host, in its folder ``docs``, make pages
    of ours, or are called as they are."""
    sources = {source: path for path, source, _ in made.offered()}
    paths = {path.casefold(): path for path in sources.values()}
    found = []
    for file in (f for f in theirs if f.inclusion.is_included()):
        page = paths.get(file.dest_uri.casefold()) or sources.get(file.src_uri)
        if page:
            why = f"this makes the page {page}, which the stories make, too"
            hint = "rename it, or set another `path` below `- site-gen:`"
            found.append(ContentError(str(Path(docs, file.src_uri)), 0, why, hint))
    if found:
        raise ExceptionGroup("pages collide", found)


EVERY = 25
"""Stories between two lines of progress."""


def make(config: Config, kept: Kept, say_so: Callable[..., None], address: str) -> Made:
    """Everything that a host is given of the site; raises an :class:`ExceptionGroup` of
    :class:`ContentError` where the content has faults. ``say_so`` is told the progress, as a logger
    is; ``address``: that of the host's site, which another plugin may have changed; empty for the
    configuration's."""

    def progress(done: int, total: int, what: str) -> None:
        if done % EVERY == 0:
            say_so("%s of %s stories", done, total)

    if address:
        whole = address if address.endswith("/") else f"{address}/"
        config = replace(config, url=f"{whole}{config.within}/" if config.within else whole)
    gathered, errors = check(config, kept.cache, rulings=False)
    if errors:
        raise ExceptionGroup("the content has faults", errors)
    kept.rendered_with(stamp_of_templates(template_folders(config)))
    searched = bool(gathered.content.stories) and can_search()
    made = render_site(
        config,
        gathered,
        os.cpu_count() or 1,
        progress,
        search=searched,
        run=kept.runner(gathered.keys),
    )
    files = {page.path: page.data for page in made}
    sitemap = files.get(SITEMAP, b"").decode()
    if config.within:
        files = {
            f"{config.within}/{path}": data
            for path, data in files.items()
            if path not in OF_A_WHOLE_SITE
        }
    pages = _pages(config, gathered.content, files) if config.within else {}
    shown = {p.path for p in pages.values()}
    return Made(
        files={path: data for path, data in files.items() if path not in shown},
        pages=pages,
        sitemap=sitemap,
        within=config.within,
        stamp=stamp(config, gathered, template_folders(config)),
        searched=searched,
    )


def _pages(config: Config, content: Content, files: Mapping[str, bytes]) -> dict[str, HostPage]:
    """Our front page, stories and ordinary pages, by the path that a Markdown file for them would
    have in the host's content."""
    told = catalogue(config.look.language, words_of(config)[0])
    places = pages_by_source(content)
    stories = sorted(content.stories, key=lambda s: newest_first(day_of(s), s.id))
    titles = {"index.md": told.told(say("All stories"))}
    titles |= {s.path: s.title for s in stories}
    menu = {"index.md", *(s.path for s in stories[:IN_THE_MENU])}
    titles |= {d.path: d.title for d in content.documents if d.path != "index.md"}
    return {
        f"{config.within}/{source}": HostPage(
            path=path, title=str(title), in_menu=source in menu, page=files[path]
        )
        for source, title in titles.items()
        if (path := f"{config.within}/{places.get(source, links.FRONT)}") in files
    }


INSTANT = "navigation.instant"
"""A feature of the theme Material: what its sitemap lists is loaded into the page that is open, of
which only the frame of the theme is exchanged. Ours have another frame."""


def with_ours(theirs: str, made: Made, address: str, features: Sequence[str]) -> str:
    """The sitemap of a host at that address with our pages as our own sitemap lists them, each
    once; without them where the ``features`` of the host's theme would load them into its own."""
    if not made.within:
        return made.sitemap
    ours = [page.path for page in made.pages.values()]
    places = {html.escape(absolute(address, path)) for path in ours}
    places |= {html.escape(address + encoded(path)) for path in ours}
    entries = re.compile(r"\s*<url>.*?</url>", re.DOTALL)
    found = [] if INSTANT in features else entries.findall(made.sitemap)
    more = "".join(f"\n{entry.strip()}" for entry in found)

    def kept_of(entry: re.Match[str]) -> str:
        at = re.search(r"<loc>\s*(.*?)\s*</loc>", entry[0])
        return "" if at and at[1] in places else entry[0]

    kept = entries.sub(kept_of, theirs)
    head, end, tail = kept.rpartition("</urlset>")
    return f"{head.rstrip()}{more}\n{end}{tail}" if end else theirs


_POLICY = re.compile(rb"(<meta http-equiv=\"Content-Security-Policy\" content=\"[^\"]*script-src)")
_SCRIPT = re.compile(rb"<script>(.*?)</script>\s*</body>", re.DOTALL)


def with_reload(page: bytes) -> bytes:
    """A page of ours as a host serves it, with the script that the host has put before its end
    allowed by the page's own policy: that script alone, by its hash (CSP Level 3, 2.3.1)."""
    script = list(_SCRIPT.finditer(page))
    if not script:
        return page
    inner = script[-1].group(1)
    inner = inner[inner.rfind(b"<script>") + 8 :] if b"<script>" in inner else inner
    digest = base64.b64encode(hashlib.sha256(inner).digest())
    return _POLICY.sub(rb"\1 'sha256-" + digest + rb"'", page, count=1)


Start = Callable[..., Any]


def reloading(app: Any) -> Callable[[Any, Start], list[bytes]]:
    """A WSGI application (PEP 3333) whose pages pass through :func:`with_reload`."""

    def served(environ: Any, start: Start) -> list[bytes]:
        said: list[Any] = []
        found = app(environ, lambda *answer: said.append(answer))
        body = b"".join(found)
        if close := getattr(found, "close", None):
            close()
        status, headers, *rest = said[-1]
        if dict(headers).get("Content-Type", "").startswith("text/html"):
            body = with_reload(body)
            headers = [
                (name, str(len(body)) if name == "Content-Length" else value)
                for name, value in headers
            ]
        start(status, headers, *rest)
        return [body]

    return served
