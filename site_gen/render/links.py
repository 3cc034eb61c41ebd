"""Addresses within a site: every link is relative, and names its ``index.html``, so that pages work
from ``file://`` too."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache

import mdurl

from site_gen.markdown import slug
from site_gen.model import Paragraph
from site_gen.render.paging import part_of

_PLAIN = re.compile(r"[A-Za-z0-9/\-_.~!$&'()*+,;=:@]*")
"""What stands in an address as it is: nearly every path of a site."""
_ODD = frozenset(("", ".", ".."))
"""Parts of a path that lead elsewhere than down."""
FRONT = "index.html"
METHOD = "method/index.html"
"""How the pages of a site are made: what each verdict means, and how often the machine is right."""


def front_page(number: int) -> str:
    """The front page, or a further one of the list of stories."""
    return FRONT if number == 1 else f"page/{number}/index.html"


def base_path(site_url: str) -> str:
    """The path under which a site stands on its host, with ``/`` at both ends: what a 404 page,
    shown anywhere, links from."""
    return "/" + site_url.split("://", 1)[-1].partition("/")[2] if site_url else "/"


LONGEST = 80
"""Characters of an address that is made of a name."""


def named_pages(folder: str, names: Iterable[str]) -> dict[str, str]:
    """A page for each name in a folder; names that would share an address ("C", "C++") get a
    number, in their order."""
    out: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names), key=lambda n: (n.lower(), n)):
        base = slug(name)[:LONGEST].strip("-") or "section"
        address, number = base, 1
        while address in taken:
            number += 1
            address = f"{base}-{number}"
        taken.add(address)
        out[name] = f"{folder}/{address}/index.html"
    return out


def encoded(path: str) -> str:
    """A path as it stands in an address: everything but letters, digits and plain signs as percent
    codes."""
    if _PLAIN.fullmatch(path):
        return path
    return mdurl.encode(path, exclude="/-_.~!$&'()*+,;=:@", keep_escaped=False)


def story_page(story: str) -> str:
    """The story's comparison at a glance."""
    return f"{story}/index.html"


def facts_page(story: str, page: int) -> str:
    """Where a story's facts stand: on its own page, and on further ones where they are many."""
    return story_page(story) if page == 1 else f"{story}/facts/{page}/index.html"


def passages_page(story: str, page: int = 1) -> str:
    """The N-way synopsis, or a further page of it."""
    return f"{story}/passages/index.html" if page == 1 else f"{story}/passages/{page}/index.html"


def article_page(story: str, article: str, part: int = 1) -> str:
    """One capture of an article, or a further part of a long one."""
    more = "" if part == 1 else f"part/{part}/"
    return f"{story}/{article}/{more}index.html"


def paragraph_page(story: str, article: str, paragraph: Paragraph) -> str:
    """The address of a paragraph."""
    return f"{article_page(story, article, part_of(paragraph.index))}#{paragraph.pid}"


def pair_page(story: str, left: str, right: str, part: int = 1) -> str:
    """Two articles side by side, or a further part of two long ones; the page of a pair stands
    once, under the first of the two ids."""
    first, second = sorted((left, right))
    more = "" if part == 1 else f"part/{part}/"
    return f"{story}/{first}/vs/{second}/{more}index.html"


def versions_page(story: str, article: str) -> str:
    """What an article changed between its captures."""
    return f"{story}/{article}/versions/index.html"


def embed_page(story: str, row: str) -> str:
    """One row by itself, for showing inside another page."""
    return f"{story}/embed/{row}/index.html"


def worksheet_page(story: str) -> str:
    """The story for a class: what the outlets say, with the verdicts hidden."""
    return f"{story}/worksheet/index.html"


def answers_page(story: str) -> str:
    """The worksheet's answers."""
    return f"{story}/answers/index.html"


def listed(path: str) -> bool:
    """Whether a page of a story is one that search engines are told of: not what repeats the
    story's sentences for a class or inside another page."""
    return not {"embed", "worksheet", "answers"} & set(path.split("/")[1:])


def document_page(path: str) -> str:
    """The page of an ordinary Markdown file: ``guide/formats.md`` →
    ``guide/formats/index.html``."""
    stem = path.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return f"{stem}.html"
    return f"{stem}/index.html"


def relative(here: str, there: str) -> str:
    """The link from one page of the site to another, which may carry a fragment."""
    path, mark, fragment = (there, "", "") if there.endswith(".html") else there.partition("#")
    if path == here and mark:
        return f"#{fragment}"
    way = _way(here[: here.rfind("/") + 1], path)
    return f"{way}#{fragment}" if mark else way


@lru_cache(maxsize=65536)
def _way(folder: str, path: str) -> str:
    """The address of a page as seen from a folder, which ends with ``/`` unless it is the site's
    own: each page of a folder links to the same ones."""
    here, there = folder.split("/")[:-1], path.split("/")
    if not _ODD.isdisjoint(here) or not _ODD.isdisjoint(there):
        return encoded(posixpath.relpath(path, folder or "."))
    same = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        same += 1
    return encoded("/".join([".."] * (len(here) - same) + there[same:]) or ".")


def absolute(site_url: str, path: str) -> str:
    """The public address of a page, without ``index.html``; empty where the site's address is not
    known."""
    return site_url + encoded(path.removesuffix("index.html")) if site_url else ""
