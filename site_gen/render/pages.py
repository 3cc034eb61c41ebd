"""Pages: a comparison through the templates, as (path, bytes). The environment is made once for
each process."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
import mdurl
from markupsafe import Markup

from site_gen import RULES_VERSION, __version__
from site_gen.markdown import to_html
from site_gen.model import ContentError, Document, Page
from site_gen.model.message import day_and_month, day_in_words, say
from site_gen.render import links
from site_gen.render.catalogue import ENGLISH, Catalogue, Words, catalogue, direction
from site_gen.render.engine import Environment
from site_gen.render.excerpts import GAP, SHOWN_GAP
from site_gen.render.findings import share_words
from site_gen.render.messages import html_of
from site_gen.render.method import method_view
from site_gen.render.paragraphs import moment, number_words
from site_gen.render.reviewed import day_told
from site_gen.render.site import NavItem, Site, Summary, choices

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Folders(jinja2.FileSystemLoader):
    """Templates in folders, read again when they change, and also when a file of a folder further
    up begins or ceases to stand before them."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """A template's text, its file, and whether that is still what would be read."""
        text, file, unchanged = super().get_source(environment, template)
        before = [Path(folder, template) for folder in self.searchpath]
        before = before[: before.index(Path(file))]
        return text, file, lambda: unchanged() and not any(p.is_file() for p in before)


@lru_cache(maxsize=4)
def environment(
    folders: tuple[str, ...],
    language: str = ENGLISH,
    words: Words = (),
) -> jinja2.Environment:
    """The template environment over those folders, the first one that has a file wins. Everything
    is escaped, and messages are said in the language of the site."""
    told = catalogue(language, words)
    env = Environment(
        loader=_Folders(list(folders)),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=told.finalize(),
        optimized=False,
    )
    env.globals |= {"_": told.text, "_n": told.count, "language": told.language}
    env.globals["direction"] = told.direction
    env.globals["verdicts"] = VERDICTS
    env.globals["quoted_verdicts"] = QUOTED_VERDICTS
    env.globals["rights"] = RIGHTS
    env.globals["direction_of"] = direction
    env.globals["of_sources"] = in_another(ENGLISH, language)
    env.filters["moment"] = moment
    env.filters["day"] = day_in_words
    env.filters["ruled_on"] = day_told
    env.filters["number"] = number_words
    env.filters["share"] = share_words
    env.filters["join"] = lambda parts, sign="": _joined(told, parts, sign)
    return env


VERDICTS = {
    "agree": say("agree"),
    "compatible": say("compatible"),
    "conflict": say("differ"),
    "single": say("only one source"),
}
"""What a verdict is called inside a sentence."""
QUOTED_VERDICTS = {
    "agree": say("same words"),
    "compatible": say("cut differently"),
    "conflict": say("words differ"),
    "single": say("only one origin"),
}
"""The same of a quotation."""
RIGHTS = {
    "own": say("the site’s own text"),
    "licensed": say("licensed to the site"),
    "third-party": say("another outlet’s text"),
}
"""What the rights to an article's text are called."""


def in_another(language: str, here: str) -> Markup:
    """The attributes of words in a language, on a page in that other one; none where it is the
    same, whatever the country."""
    if re.split("[-_]", language)[0] == re.split("[-_]", here)[0]:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(language, direction(language))


def days_in_words(days: Sequence[dt.date]) -> str:
    """The first and the last of some days, sorted: "10 to 13 June 2031"."""
    if not days or days[0] == days[-1]:
        return day_in_words(days[0]) if days else ""
    first, last = days[0], days[-1]
    start: str = day_in_words(first)
    if first.year == last.year:
        start = str(first.day) if first.month == last.month else day_and_month(first)
    return say("{low} to {high}", low=start, high=day_in_words(last))


def _joined(told: Catalogue, parts: Iterable[Any], sign: str) -> Markup:
    """Words in a row, each in the site's language."""
    return Markup(html_of(sign).join([html_of(told.told(part)) for part in parts]))


class Renderer:
    """Renders templates for one site: knows the folders of templates and the facts that every page
    shows."""

    def __init__(self, site: Site, folders: Sequence[str]) -> None:
        self.site = site
        self.env = environment(tuple(folders), site.language, site.words)
        self.cuts = True
        self.footer = Markup(to_html(site.footer)) if site.footer else ""

    def page(self, path: str, template: str, *, title: str, **values: Any) -> Page:
        """One page of the site; what is withheld of a text is shown as "[…]"."""
        html = self._render(path, template, title=title, **values)
        return Page(path=path, data=(GAP.sub(SHOWN_GAP, html) if self.cuts else html).encode())

    def text(self, path: str, template: str, **values: Any) -> Page:
        """A file in XML: characters that XML does not allow are left out."""
        return Page(
            path=path,
            data=_NOT_XML.sub(
                "", GAP.sub(SHOWN_GAP, self._render(path, template, **values))
            ).encode(),
        )

    def spoken(self, language: str) -> Markup:
        """The attributes of words in a language that is not the site's."""
        return in_another(language, self.site.language)

    def _render(self, path: str, template: str, **values: Any) -> str:
        def to(there: str) -> str:
            return there if "://" in there else links.relative(path, there)

        try:
            return self._rendered(path, template, to, values)
        except jinja2.TemplateSyntaxError as fault:
            name = fault.filename or fault.name or template
            why = f"this template cannot be read: {fault.message}"
            raise ContentError(name, fault.lineno, why, "look at this line") from None
        except jinja2.TemplateError as fault:
            why = f"this template asks for what is not there: {fault.message}"
            raise ContentError(template, 0, why, "look at your own templates") from None

    def _rendered(
        self, path: str, template: str, to: Callable[[str], str], values: Mapping[str, Any]
    ) -> str:
        return self.env.get_template(template).render(
            site=self.site,
            here=path,
            to=to,
            links=links,
            canonical=links.absolute(self.site.url, path),
            program=Markup('<span class="nowrap">site-gen {}</span>').format(__version__),
            version=__version__,
            root=links.base_path(self.site.url),
            footer=self.footer,
            **values,
        )

    def front(
        self, shown: Sequence[Summary], document: Document | None, *, number: int, last: int
    ) -> Page:
        """A front page: a part of the stories, under the site's own words on the first."""
        intro = self._markdown(document, {}) if document else ""
        title = self.site.name if number == 1 else say("Stories, page {n}", n=number)
        filters, chosen = choices(shown)
        return self.page(
            links.front_page(number),
            "front.html",
            title=title,
            stories=shown,
            first=shown[0] if shown and number == 1 else None,
            filters=filters,
            chosen=chosen,
            intro=intro,
            number=number,
            last=last,
        )

    def document(
        self, document: Document, pages: Mapping[str, str], up: NavItem | None = None
    ) -> Page:
        """An ordinary page, with the contents of its section of the menu and the pages before and
        after it. ``pages``: path of a Markdown file in the content folder → path in the site;
        ``up``: its folder's first page."""
        path = links.document_page(document.path)
        chapter = next((c for c in self.site.chapters if path in [x.path for x in c]), ())
        at = [x.path for x in chapter].index(path) if chapter else 0
        return self.page(
            path,
            "document.html",
            title=document.title,
            html=self._markdown(document, pages),
            up=up,
            chapter=chapter,
            previous=chapter[at - 1] if at else None,
            next=chapter[at + 1] if at + 1 < len(chapter) else None,
        )

    def method(self) -> Page:
        """How the pages of a site are made; it leads on to the first section of the menu that has
        several pages."""
        return self.page(
            links.METHOD,
            "method.html",
            title=say("How these pages are made"),
            guide=self.site.chapters[0] if self.site.chapters else (),
            rules_version=RULES_VERSION,
            **method_view(),
        )

    def _markdown(self, document: Document, pages: Mapping[str, str]) -> str:
        from posixpath import dirname, join, normpath

        here = links.document_page(document.path)

        def link(address: str) -> str:
            target, mark, fragment = address.partition("#")
            if "://" in address or not target or target.startswith(("/", "mailto:")):
                return (
                    address
                    if not address.lower().startswith(("javascript:", "data:", "vbscript:"))
                    else "#"
                )
            there = normpath(join(dirname(document.path), mdurl.decode(target)))
            return links.relative(here, pages.get(there, there)) + mark + fragment

        return to_html(document.text, link)
