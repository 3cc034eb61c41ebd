"""Pages: a comparison through the templates, as (path, bytes). The environment is made once for
each process."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import jinja2
import mdurl

from site_gen import RULES_VERSION, __version__
from site_gen.markdown import to_html
from site_gen.model import Comparison, Document, Page, day_in_words
from site_gen.render import links
from site_gen.render.classes import questions
from site_gen.render.data import data_pages
from site_gen.render.excerpts import FILLER, GAP, IN_DATA, SHOWN_GAP, excerpted, withheld
from site_gen.render.findings import findings_view, share_words
from site_gen.render.keys import SHOWN, keys_view
from site_gen.render.lead import can_embed, finding_of, findings_of
from site_gen.render.ledger import ledger, picks, told_in_words
from site_gen.render.margin import margin
from site_gen.render.pair import pair_view
from site_gen.render.paragraphs import article_view, moment, number_words
from site_gen.render.share import share
from site_gen.render.site import NavItem, Site, Summary, choices
from site_gen.render.synopsis import (
    coverage,
    origins_view,
    overlap_matrix,
    pairs_view,
    passages_view,
)
from site_gen.render.tables import COLUMNS
from site_gen.render.timeline import timeline
from site_gen.render.versions import step_view

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@lru_cache(maxsize=4)
def environment(folders: tuple[str, ...]) -> jinja2.Environment:
    """The template environment over those folders, the first one that has a file wins. Everything
    is escaped."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(list(folders)),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    env.filters["moment"] = moment
    env.filters["day"] = day_in_words
    env.filters["number"] = number_words
    env.filters["share"] = share_words
    env.filters["plural"] = lambda n, one, many=None: f"{n} {one if n == 1 else many or one + 's'}"
    return env


def days_in_words(days: Sequence[dt.date]) -> str:
    """The first and the last of some days, sorted: "10 to 13 June 2031"."""
    if not days or days[0] == days[-1]:
        return day_in_words(days[0]) if days else ""
    first, last = day_in_words(days[0]), day_in_words(days[-1])
    for shared in (last.partition(" ")[2], last.rpartition(" ")[2]):
        if first.endswith(" " + shared):
            return f"{first.removesuffix(' ' + shared)} to {last}"
    return f"{first} to {last}"


class Renderer:
    """Renders templates for one site: knows the folders of templates and the facts that every page
    shows."""

    def __init__(self, site: Site, folders: Sequence[str]) -> None:
        self.site, self.env = site, environment(tuple(folders))
        self.cuts = True

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

    def _render(self, path: str, template: str, **values: Any) -> str:
        def to(there: str) -> str:
            return there if "://" in there else links.relative(path, there)

        return self.env.get_template(template).render(
            site=self.site,
            here=path,
            to=to,
            links=links,
            canonical=links.absolute(self.site.url, path),
            version=__version__,
            root=links.base_path(self.site.url),
            **values,
        )

    def story(self, comparison: Comparison, *, full: bool = True) -> tuple[Page, ...]:
        """Every page and data file of a story. Unless ``full``, third-party articles are cut down
        to excerpts."""
        cut = () if full else withheld(comparison)
        self.cuts = bool(cut)  # a story that is published whole shows every character as it is
        comparison = excerpted(comparison) if cut else comparison
        story, matches = comparison.story, comparison.matches
        asked = questions(comparison)
        out = [self._story_page(comparison, worksheet=bool(asked))]
        if len(matches.sources) > 1:
            out.append(
                self.page(
                    links.passages_page(story.id),
                    "passages.html",
                    title=f"Passages · {story.title}",
                    story=story,
                    view=passages_view(comparison),
                )
            )
        for annotated in comparison.annotated:
            article = annotated.article
            beside = margin(comparison, article.id)
            view = article_view(comparison, annotated, beside["marks"], beside["notes"]) | {
                "key": keys_view(comparison, annotated.article.id),
                "shown": SHOWN,
                "finding": beside["finding"],
                "told": beside["told"],
            }
            others = [p for p in pairs_view(comparison) if article.id in (p["a"].id, p["b"].id)]
            title = article.headline or f"{article.outlet}: {story.title}"
            out.append(
                self.page(
                    links.article_page(story.id, article.id),
                    "article.html",
                    title=title,
                    story=story,
                    view=view,
                    pairs=others,
                    excerpt=article.id in cut,
                )
            )
        out += self._pairs(comparison)
        out += self._beside(comparison, asked)
        for versions in matches.versions:
            if len(versions.captures) > 1:
                article = story.article(versions.speaks)
                steps = [step_view(comparison, s) for s in versions.steps]
                out.append(
                    self.page(
                        links.versions_page(story.id, article.id),
                        "versions.html",
                        title=f"What {article.outlet} changed · {story.title}",
                        story=story,
                        article=article,
                        versions=versions,
                        steps=steps,
                    )
                )
        data = data_pages(comparison, cut)
        if cut:
            data = tuple(
                Page(path=p.path, data=p.data.replace(FILLER.encode(), IN_DATA.encode()))
                for p in data
            )
        return (*out, *data)

    def _beside(self, comparison: Comparison, asked: Sequence[Any]) -> list[Page]:
        """What other pages show of a story: a page a row to embed, a worksheet and its answers."""
        story = comparison.story
        out = [
            self.page(
                links.embed_page(story.id, row.id),
                "embed.html",
                title=f"{finding.plain} {story.title}",
                story=story,
                f=finding,
            )
            for row in comparison.rows
            if can_embed(row)
            for finding in (finding_of(comparison, row),)
        ]
        if not asked:
            return out
        for answers, path in (
            (False, links.worksheet_page(story.id)),
            (True, links.answers_page(story.id)),
        ):
            name = "Answers" if answers else "Try first"
            out.append(
                self.page(
                    path,
                    "worksheet.html",
                    title=f"{name} · {story.title}",
                    story=story,
                    questions=asked,
                    answers=answers,
                )
            )
        return out

    def _pairs(self, comparison: Comparison) -> list[Page]:
        """A page for each two sources, with links to the pair before and after it."""
        out, every = [], pairs_view(comparison)
        for n, pair in enumerate(every):
            view = pair_view(comparison, *sorted((pair["a"].id, pair["b"].id)))
            beside = {
                "previous": every[n - 1]["page"] if n else "",
                "next": every[n + 1]["page"] if n + 1 < len(every) else "",
            }
            title = f"{view['a'].outlet} and {view['b'].outlet} · {comparison.story.title}"
            values = {"story": comparison.story, "view": view, "beside": beside}
            out.append(self.page(pair["page"], "pair.html", title=title, **values))
        return out

    def _story_page(self, comparison: Comparison, *, worksheet: bool) -> Page:
        story, matches = comparison.story, comparison.matches
        days = sorted(a.article.published.day for a in comparison.annotated if a.article.published)
        lead, *others = findings_of(comparison)
        facts, beyond = ledger(comparison), findings_view(comparison)
        return self.page(
            links.story_page(story.id),
            "story.html",
            title=story.title,
            story=story,
            outlets=list(dict.fromkeys(story.article(s).outlet for s in matches.sources)),
            matches=matches,
            days=days_in_words(days),
            last_day=days[-1:],
            lead=lead,
            others=others,
            share=share(self.site, comparison, lead),
            worksheet=worksheet,
            l=facts,
            picks=picks(facts["told"]),
            facts_told=told_in_words(facts["told"]),
            timeline=timeline(comparison),
            coverage=coverage(comparison),
            origins=origins_view(comparison),
            matrix=overlap_matrix(comparison),
            pairs=pairs_view(comparison),
            beyond=beyond,
            only_count=len(comparison.findings.only_here),
            missing_count=len(comparison.findings.not_here),
            tables=tuple(COLUMNS),
            rules_version=RULES_VERSION,
            note=to_html(story.note) if story.note else "",
            captures={v.speaks: v for v in matches.versions},
        )

    def front(
        self, shown: Sequence[Summary], document: Document | None, *, number: int, last: int
    ) -> Page:
        """A front page: a part of the stories, under the site's own words on the first."""
        intro = self._markdown(document, {}) if document else ""
        title = self.site.name if number == 1 else f"Stories, page {number}"
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
        """An ordinary page. ``pages``: path of a Markdown file in the content folder → path in the
        site; ``up``: its folder's first page."""
        html = self._markdown(document, pages)
        return self.page(
            links.document_page(document.path),
            "document.html",
            title=document.title,
            html=html,
            up=up,
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
