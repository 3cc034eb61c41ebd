"""Which addresses a site has, before a page is rendered: what ``check`` needs to tell that two
sources want the same one.

Whole folders belong to stories and to what is generated; ordinary pages and copied files must stay
outside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_gen.model import Content, ContentError
from site_gen.render import links

FILES_OF_A_STORY = frozenset(
    [
        "index.html",
        "data.json",
        "csv-metadata.json",
        *(f"{t}.csv" for t in ("rows", "figures", "dates", "quotations", "passages")),
    ]
)
"""What stands in a story's folder beside its articles' folders."""
GENERATED = {
    "feed.xml": "the feed",
    "sitemap.xml": "the sitemap",
    "robots.txt": "the file for robots",
    "404.html": "the page for what is not found",
    "assets": "style sheet and script",
    "outlets": "the pages of the outlets",
    "tags": "the pages of the tags",
    "search": "the search page",
    "method": "the page of the method",
    "data": "the tables of all stories",
    "schema": "the schemas",
    "pagefind": "the search index",
    "page": "further pages of the front page",
}
"""Files and folders that the site makes itself, at its top."""
LONGEST_NAME = 200
"""Bytes of one part of an address: file systems allow 255, and a name gets an ending."""


def faults(content: Content, files: Iterable[str]) -> list[ContentError]:
    """Sources whose pages would stand at an address that is taken, or that is too long. Paths are
    relative to the content folder."""
    out: list[ContentError] = []
    owners: dict[str, str] = {}
    tops = dict(GENERATED) | {s.id: f"the story {s.path}" for s in content.stories}
    tops |= {alias: f"a former name of {s.path}" for s in content.stories for alias in s.aliases}
    out += _of_stories(content)
    for page, source in _others(content, files):
        top = page.split("/")[0]
        if top in tops:
            out.append(
                ContentError(
                    source,
                    0,
                    f"this would stand at {page}, and {top} is for {tops[top]}",
                    "rename it, or its folder",
                )
            )
            continue
        for part in page.split("/"):
            out += _too_long(source, part)
        if page in owners:
            out.append(
                ContentError(
                    source,
                    0,
                    f"this would stand at the address of {owners[page]}",
                    "rename one of the two",
                )
            )
        owners.setdefault(page, source)
    for page, source in owners.items():
        above = page.split("/")[:-1]
        for n in range(1, len(above) + 1):
            if (file := "/".join(above[:n])) in owners:
                out.append(
                    ContentError(
                        source,
                        0,
                        f"this needs a folder where the file of {owners[file]} stands",
                        "rename one of the two",
                    )
                )
    return out


def _of_stories(content: Content) -> Iterator[ContentError]:
    """Names of stories and articles that are taken or too long."""
    for story in content.stories:
        if story.id in GENERATED or story.id == links.FRONT:
            what = GENERATED.get(story.id, "the front page")
            yield ContentError(
                story.path, 0, f"`{story.id}` is the name of {what}", "rename the folder"
            )
        for name in (story.id, *story.aliases):
            yield from _too_long(story.path, name)
        for article in story.articles:
            if article.id in FILES_OF_A_STORY:
                yield ContentError(
                    article.path,
                    0,
                    f"`{article.id}` is the name of a file that each story has",
                    "rename the article",
                )
            yield from _too_long(article.path, article.id)


def _others(content: Content, files: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pages and files that are no story's: address and source."""
    for document in content.documents:
        yield links.document_page(document.path), document.path
    for name in sorted(files):
        yield name, name


def _too_long(source: str, name: str) -> list[ContentError]:
    length = len(name.encode("utf-8", "replace"))
    if length <= LONGEST_NAME:
        return []
    return [
        ContentError(
            source,
            0,
            f"“{name[:30]}…” is {length} bytes long, too long for an address",
            f"use at most {LONGEST_NAME}",
        )
    ]
