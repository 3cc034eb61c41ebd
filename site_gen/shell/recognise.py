"""Which kind of capture a file is, and which article of a story it is a capture of. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from site_gen.capture import KINDS
from site_gen.match.origins import run_set
from site_gen.model import Article, ContentError, Draft, Paragraph

LARGEST = 50_000_000
"""Captures over 50 MB are refused: no article is that long."""
SAME_ARTICLE = 0.5
"""A capture of the same outlet is a version of an article where half of the shorter text's runs of
six words stand in the other."""


PAGES = ("html", "mhtml")
MENDS = {"pdf": "or copy its text into a .txt file"}


def kind_of(name: str, data: bytes) -> str:
    """The reader for a file, by its ending; ``ContentError`` where there is none, or the file is
    too large or no text."""
    ending = Path(name).suffix.lower() if name != "-" else ".txt"
    if ending not in KINDS:
        raise ContentError(
            name,
            0,
            f"files of the type `{ending or 'without an ending'}` are not read",
            f"known are {', '.join(sorted(KINDS))}; copy the text into a .txt file",
        )
    if len(data) > LARGEST:
        raise ContentError(
            name, 0, "the file is larger than 50 MB", "save the article's text alone"
        )
    if KINDS[ending] == "pdf":
        if b"%PDF-" not in data[:1024]:
            raise ContentError(
                name,
                0,
                "this is no PDF, whatever its name says",
                "look at the file; a saved page should end in .html",
            )
    elif b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ContentError(
            name,
            0,
            "this is a binary file, not text",
            "save the page as text, or copy its text into a .txt file",
        )
    return KINDS[ending]


def as_draft(article: Article) -> Draft:
    """An article as the draft that it was."""
    return Draft(paragraphs=article.paragraphs, left_out=article.left_out)


def recognise(draft: Draft, outlet: str, known: Iterable[Article], url: str = "") -> str:
    """The id of the article of which this is another capture, by address or by its text; empty
    where it is a new one."""
    mine = as_article("new", draft, outlet)
    address = url or value(draft, "url")
    grams = run_set(mine)
    best: tuple[float, str] = (0.0, "")
    for article in known:
        if article.outlet != outlet:
            continue
        if address and article.url == address:
            return article.id
        other = run_set(article)
        share = len(grams & other) / max(1, min(len(grams), len(other)))
        if (
            share >= SAME_ARTICLE
            and share > best[0]
            and not (address and article.url and address != article.url)
        ):
            best = (share, article.id)
    return best[1]


def as_article(name: str, draft: Draft, outlet: str) -> Article:
    """A draft as the article that it will be, for comparison."""
    paragraphs = tuple(Paragraph(index=p.index, role=p.role, text=p.text) for p in draft.paragraphs)
    return Article(id=name, outlet=outlet, path="", paragraphs=paragraphs, url=value(draft, "url"))


def value(draft: Draft, key: str) -> str:
    """A field of a draft that has one value, else empty."""
    found = draft.metadata.get(key)
    return found.value if found and isinstance(found.value, str) else ""
