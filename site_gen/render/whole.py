"""What belongs to the site as a whole: front pages, outlets, tags, feed, sitemap, robots, 404,
redirects, tables of all stories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from site_gen.model import Document, Page
from site_gen.model.message import say
from site_gen.render import links
from site_gen.render.json_text import json_text
from site_gen.render.outlets import outlet_view
from site_gen.render.pages import Renderer
from site_gen.render.schema import ARTICLE_SCHEMA, DATA_SCHEMA
from site_gen.render.site import NavItem, Summary, newest_first
from site_gen.render.tables import COLUMNS, csvw

ON_A_PAGE = 50
"""Stories on one front page: what a phone opens at once."""
IN_THE_FEED = 50
TABLES = tuple(COLUMNS)


def site_pages(
    renderer: Renderer,
    summaries: Sequence[Summary],
    documents: Sequence[Document],
    sources: Mapping[str, str],
    made: Mapping[str, dt.date | None],
) -> Iterator[Page]:
    """Every file that is not one story's. ``sources``: Markdown file → page; ``made``: pages of
    stories → day of their last change."""
    listed = sorted(summaries, key=lambda s: newest_first(s.date, s.id))
    front = next((d for d in documents if d.path == "index.md"), None)
    pages = [
        *_fronts(renderer, listed, front),
        *_outlets(renderer, listed),
        *_tags(renderer, listed),
    ]
    pages += [
        renderer.document(d, sources, _above(d, documents)) for d in documents if d is not front
    ]
    pages += [*_search(renderer, listed), renderer.method()]
    yield from pages
    yield from _redirects(renderer, listed)
    yield renderer.page("404.html", "404.html", title=say("Not found"))
    yield Page(path="schema/data.schema.json", data=_json(DATA_SCHEMA))
    yield Page(path="schema/article.schema.json", data=_json(ARTICLE_SCHEMA))
    hidden = {s.id for s in listed if s.noindex}
    days = {p.path: None for p in pages if p.path.endswith(".html")} | {
        p: d for p, d in made.items() if p.split("/")[0] not in hidden
    }
    newest = max((s.updated for s in listed if s.updated), default=None)
    days[links.FRONT] = newest
    yield from _for_robots(renderer, listed, days)


def _search(renderer: Renderer, listed: Sequence[Summary]) -> Iterator[Page]:
    """The search page, where there is an index; one can choose among the outlets."""
    if renderer.site.search:
        names = sorted({a.outlet for s in listed for a in s.articles}, key=lambda n: (n.lower(), n))
        yield renderer.page("search/index.html", "search.html", title=say("Search"), outlets=names)


def _above(document: Document, documents: Sequence[Document]) -> NavItem | None:
    """The first page of a page's folder."""
    index = f"{document.path.rpartition('/')[0]}/index.md"
    found = next((d for d in documents if d.path == index and d is not document), None)
    return NavItem(title=found.title, path=links.document_page(found.path)) if found else None


def _json(value: object) -> bytes:
    return f"{json_text(value)}\n".encode()


def _fronts(
    renderer: Renderer, listed: Sequence[Summary], document: Document | None
) -> Iterator[Page]:
    """The front page, and further ones beyond ``ON_A_PAGE`` stories."""
    parts = [listed[n : n + ON_A_PAGE] for n in range(0, len(listed), ON_A_PAGE)] or [()]
    for n, part in enumerate(parts, 1):
        yield renderer.front(part, document if n == 1 else None, number=n, last=len(parts))


def _outlets(renderer: Renderer, listed: Sequence[Summary]) -> Iterator[Page]:
    """A page for each outlet with its articles, newest story first, and a list of them all."""
    names = sorted({a.outlet for s in listed for a in s.articles}, key=lambda n: (n.lower(), n))
    places = links.named_pages("outlets", names)
    rows = []
    every = [a.profile for s in listed for a in s.articles if a.profile]
    for name in names:
        articles = [(s, a) for s in listed for a in s.articles if a.outlet == name]
        rows.append(
            {
                "name": name,
                "path": places[name],
                "stories": len({s.id for s, _ in articles}),
                "changed": sum(a.changed for _, a in articles),
            }
        )
        yield renderer.page(
            places[name],
            "outlet.html",
            title=name,
            **outlet_view(articles, every),
        )
    yield renderer.page("outlets/index.html", "outlets.html", title=say("Outlets"), outlets=rows)


def _tags(renderer: Renderer, listed: Sequence[Summary]) -> Iterator[Page]:
    names = sorted({t for s in listed for t in s.tags}, key=lambda n: (n.lower(), n))
    if not names:
        return
    places = links.named_pages("tags", names)
    for name in names:
        yield renderer.page(
            places[name],
            "tag.html",
            title=say("Tag: {name}", name=name),
            stories=[s for s in listed if name in s.tags],
        )
    rows = [
        {"name": n, "path": places[n], "stories": sum(n in s.tags for s in listed)} for n in names
    ]
    yield renderer.page("tags/index.html", "tags.html", title=say("Tags"), tags=rows)


def _redirects(renderer: Renderer, listed: Sequence[Summary]) -> Iterator[Page]:
    """A page at each former name of a story that leads to it."""
    for story in listed:
        for alias in story.aliases:
            yield renderer.page(
                f"{alias}/index.html",
                "redirect.html",
                title=story.title,
                target=links.story_page(story.id),
            )


def _for_robots(
    renderer: Renderer, listed: Sequence[Summary], days: Mapping[str, dt.date | None]
) -> Iterator[Page]:
    """robots.txt always; feed and sitemap where the site's address is known, since both must name
    whole addresses."""
    url = renderer.site.url
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {url}sitemap.xml"] if url else [])]
    yield Page(path="robots.txt", data=("\n".join(lines) + "\n").encode())
    if not url:
        return
    entries = sorted(
        (e for s in listed for e in s.entries), key=lambda e: (e.updated, e.key), reverse=True
    )[:IN_THE_FEED]
    yield renderer.text(
        "feed.xml",
        "feed.xml",
        entries=entries,
        updated=entries[0].updated if entries else "1970-01-01T00:00:00Z",
    )
    yield renderer.text("sitemap.xml", "sitemap.xml", pages=sorted(days.items()))


class Table(Protocol):
    """A story's table: its bytes, read where they are asked for."""

    @property
    def data(self) -> bytes:
        """A head line and the rows."""


def all_tables(files: Mapping[str, Sequence[Table]]) -> Iterator[Page]:
    """The tables of all stories as one file each under ``data/``; the head line stands once. Those
    of one name are held at a time: of many stories they are large."""
    for name in TABLES:
        parts = files.get(name, ())
        if parts:
            head = parts[0].data.split(b"\r\n", 1)[0] + b"\r\n"
            rows = b"".join(part.data.split(b"\r\n", 1)[1] for part in parts)
            yield Page(path=f"data/{name}.csv", data=head + rows)
    if files.get(TABLES[0]):
        yield Page(path="data/csv-metadata.json", data=csvw("All stories"))
