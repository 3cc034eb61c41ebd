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
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.nav import Section
from mkdocs.structure.toc import get_toc
from mkdocs.utils import is_markdown_file

from site_gen.shell import hosted
from site_gen.shell.cache import opened
from site_gen.shell.kept import Kept

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from site_gen.shell.config import Config

log = get_plugin_logger(__name__)


class SiteGenPlugin(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """Stories in a site that MkDocs builds: the whole site, or under one path of it."""

    def __init__(self) -> None:
        self.kept, self.serving = Kept(), False
        self.ours: Config
        self.made: hosted.Made

    def load_config(self, *given: Any, **named: Any) -> tuple[list[Any], list[Any]]:
        """Our options are read by ourselves in :meth:`on_config`: faults then have their lines."""
        self.config = LegacyConfig(())
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """A plugin that has this event lives as long as the server, and keeps what was made of
        stories that an edit does not touch."""
        self.serving = command == "serve"
        if dirty:
            raise PluginError("site-gen: with --dirty, withdrawn pages stay: build without it")

    def on_config(self, config: MkDocsConfig) -> None:
        """Read our part of the configuration; where the whole site is ours, the host has no pages
        that its menu could name."""
        with hosted.failing(PluginError):
            self.ours = hosted.read(
                Path(str(config.config_file_path)), config.theme.name, os.environ
            )
        if not self.ours.within:
            config.nav = None
        watched = (self.ours.content, self.ours.templates)
        config.watch += [str(p.resolve()) for p in watched if p and p.is_dir()]

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Make every page: before the host empties its folder, so that a fault leaves the old site
        as it was."""
        theirs = hosted.outside(get_files(config), self.ours) if self.ours.within else []
        address = "" if self.serving else config.site_url or ""
        with hosted.failing(PluginError):
            self.kept.cache = opened(self.ours.home)
            self.made = hosted.make(self.ours, self.kept, log.info, address)
            hosted.refuse_collisions(self.made, config.docs_dir, theirs)

    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Our files, in place of all that the host found, or of what it found in our folders."""
        files, made = Files(hosted.outside(files, self.ours) if self.made.within else ()), self.made
        for path, source, content in made.offered():
            if before := files.get_file_from_path(source):
                files.remove(before)
            # included by name: of what is undefined, the host drops dot files and `templates/`
            level = InclusionLevel.NOT_IN_NAV if source in made.pages else InclusionLevel.INCLUDED
            if source not in made.pages and is_markdown_file(source):
                source += ".copied"  # a file that ends like Markdown is no page
            file = File.generated(config, source, content=content, inclusion=level)
            file.dest_uri = path
            file.abs_src_path = made.source_of(source, self.ours.content)
            files.append(file)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Stories in the host's menu, as a section of their own where the menu names none."""
        pages = self.made.pages
        if not pages or any(p.file.src_uri in pages for p in nav.pages):
            return
        found = [files.get_file_from_path(s) for s, shown in pages.items() if shown.in_menu]
        section = Section(hosted.as_words(self.ours.name), [f.page for f in found if f and f.page])
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
        if template_name == hosted.SITEMAP:
            return hosted.with_ours(
                output, self.made, config.site_url or "", config.theme.get("features") or ()
            )
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

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str | None:
        """Our page in place of what the host's theme made of it."""
        shown = self.made.pages.get(page.file.src_uri)
        return shown.page.decode() if shown else None

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """What is made of the written site, when all others have written."""
        with hosted.failing(PluginError):
            self.made.write_rest(Path(config.site_dir))

    def on_serve(self, server: LiveReloadServer, /, **_: Any) -> None:
        """The host's own script reloads a page; ours allow no script but those of the site."""
        server.set_app(hosted.reloading(server.get_app()))
