"""The plugin of MkDocs 1.6 and ProperDocs: gives the host our finished pages. The only module that
imports MkDocs; what is made for the host is in ``hosted.py``.
Events in their order: https://www.mkdocs.org/dev-guide/plugins/#events
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from mkdocs.config.base import LegacyConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Section
from mkdocs.structure.toc import get_toc
from mkdocs.utils import is_markdown_file

from site_gen.model import ContentError
from site_gen.shell.build import faults
from site_gen.shell.hosted import SITEMAP, Made, collision, make, read, reloading, with_ours
from site_gen.shell.kept import Kept

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from site_gen.shell.config import Config

log = get_plugin_logger(__name__)
EVERY = 25
"""Stories between two lines of progress."""


class SiteGenPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """Stories in a site that MkDocs builds: the whole site, or under one path of it."""

    def __init__(self) -> None:
        self.kept = Kept()
        self.ours: Config
        self.made: Made

    def load_config(self, *given: Any, **named: Any) -> tuple[list[Any], list[Any]]:
        """Our options are read by ourselves in :meth:`on_config`: faults then have their lines."""
        self.config = LegacyConfig(())
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Nothing is done; a plugin that has this event lives as long as the server, and keeps what
        was made of stories that an edit does not touch."""

    def on_config(self, config: MkDocsConfig) -> None:
        """Read our part of the configuration; where the whole site is ours, the host has no pages
        that its menu could name."""
        self.ours, errors = read(Path(str(config.config_file_path)), config.theme.name, os.environ)
        if errors:
            raise _failed(errors)
        if not self.ours.within:
            config.nav = None
        watched = (self.ours.content, self.ours.templates)
        config.watch += [str(p.resolve()) for p in watched if p and p.is_dir()]

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Make every page: before the host empties its folder, so that a fault leaves the old site
        as it was."""

        def progress(done: int, total: int, what: str) -> None:
            if done % EVERY == 0:
                log.info("%s of %s stories", done, total)

        try:
            self.made = make(self.ours, self.kept, os.cpu_count() or 1, progress)
        except (ContentError, ExceptionGroup) as fault:
            raise _failed(list(faults(fault)) or [fault]) from None

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Our files, in place of all that the host found, or of what it found in our folder."""
        ours, made = self.ours.content.resolve(), self.made
        for file in list(files):
            place = Path(file.src_dir or "", file.src_uri).resolve()
            if not made.within or (file.src_dir and place.is_relative_to(ours)):
                files.remove(file)
        taken = {file.dest_uri: file.src_uri for file in files}
        for path, source, content in made.offered():
            if path in taken:
                raise _failed([collision(Path(config.docs_dir, taken[path]), path)])
            # included by name: of what is undefined, the host drops dot files and `templates/`
            level = InclusionLevel.NOT_IN_NAV if source in made.pages else InclusionLevel.INCLUDED
            if source not in made.pages and is_markdown_file(source):
                source += ".copied"  # a file that ends like Markdown is no page
            file = File.generated(config, source, content=content, inclusion=level)
            file.dest_uri = path
            files.append(file)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Stories in the host's menu, as a section of their own where the menu names none."""
        pages = self.made.pages
        if not pages or any(p.file.src_uri in pages for p in nav.pages):
            return
        found = [files.get_file_from_path(s) for s, shown in pages.items() if shown.in_menu]
        section = Section(self.ours.name, [f.page for f in found if f and f.page])
        for page in section.children:
            page.parent = section
        nav.items.append(section)

    def on_env(self, env: jinja2.Environment, **_: Any) -> jinja2.Environment:
        """Our templates are no templates of the host: where the whole site is ours, it renders
        nothing of its own."""
        empty = jinja2.FunctionLoader(lambda name: "")
        return env if self.made.within else jinja2.Environment(loader=empty)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The sitemap, which a host always writes itself, and what else of ours it would."""
        if template_name == SITEMAP:
            return with_ours(output, self.made, config.theme.get("features") or ())
        ours = self.made.files.get(template_name)
        return output if ours is None else ours.decode()

    def on_page_content(self, html: str, *, page: Page, **_: Any) -> str | None:
        """The words of a page of ours, for the host's search."""
        shown = self.made.pages.get(page.file.src_uri)
        if shown is None:
            return None
        text, headings = shown.searched()
        page.toc, page.present_anchor_ids = get_toc(headings), shown.anchors()
        return text

    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str | None:
        """Our page in place of what the host's theme made of it."""
        shown = self.made.pages.get(page.file.src_uri)
        return shown.page.decode() if shown else None

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """What is made of the written site, when all others have written."""
        self.made.write_rest(Path(config.site_dir))

    def on_serve(self, server: LiveReloadServer, /, **_: Any) -> None:
        """The host's own script reloads a page; ours allow no script but those of the site."""
        server.set_app(reloading(server.get_app()))


def _failed(errors: list[Any]) -> PluginError:
    return PluginError("\n".join(["site-gen found faults:", *(f"  {e}" for e in errors)]))
