"""Which kind of capture a file is, and which article of a story it is a capture of. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from site_gen.capture import KINDS
from site_gen.capture.docx import NO_DOCX
from site_gen.match.features import folded
from site_gen.match.origins import run_set
from site_gen.model import Article, ContentError, Draft, Paragraph

LARGEST = 50_000_000
"""Captures over 50 MB are refused: no article is that long."""
SAME_ARTICLE = 0.5
"""A capture of the same outlet is a version of an article where half of the shorter text's runs of
six words stand in the other."""


PAGES = ("html", "mhtml")
MENDS = {"pdf": "or copy its text into a .txt file"}


def ending_of(name: str) -> str:
    """The ending of a file's name, in small letters; standard input is text."""
    return Path(name).suffix.lower() if name != "-" else ".txt"


def kind_of(name: str, ending: str, data: bytes) -> str:
    """The reader for a file, by its ending; ``ContentError`` where there is none, or the file is
    too large or no text."""
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
    elif KINDS[ending] == "docx":
        if not data.startswith(b"PK"):
            raise ContentError(name, 0, NO_DOCX, "save an older document as .docx")
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
    addresses = {url, value(draft, "url")} - {""}
    best: tuple[float, str] = (0.0, "")
    for article in known:
        if article.outlet != outlet:
            continue
        if article.url in addresses:
            return article.id
        share = shared(draft, article)
        if share >= SAME_ARTICLE and share > best[0] and not (addresses and article.url):
            best = (share, article.id)
    return best[1]


def same_text(draft: Draft, article: Article) -> bool:
    """Whether a capture has the words of one that is there already: headline, paragraphs, headings
    and captions, but for case, marks, dashes and blanks, as in the list of what an article
    changed."""

    def told(paragraphs: Iterable[Paragraph]) -> list[tuple[str, str]]:
        return [(p.role, folded(p.text)) for p in paragraphs]

    return told(draft.paragraphs) == told(article.paragraphs) and folded(
        value(draft, "headline")
    ) == folded(article.headline)


def shared(draft: Draft, article: Article) -> float:
    """The share of the shorter text's runs of six words that stand in the other: 0 to 1."""
    mine, other = run_set(as_article("new", draft, article.outlet)), run_set(article)
    return len(mine & other) / max(1, min(len(mine), len(other)))


def as_article(name: str, draft: Draft, outlet: str, url: str = "") -> Article:
    """A draft as the article that it will be, for comparison."""
    paragraphs = tuple(Paragraph(index=p.index, role=p.role, text=p.text) for p in draft.paragraphs)
    return Article(
        id=name,
        outlet=outlet,
        path="",
        paragraphs=paragraphs,
        headline=value(draft, "headline"),
        url=url or value(draft, "url"),
    )


def value(draft: Draft, key: str) -> str:
    """A field of a draft that has one value, else empty."""
    found = draft.metadata.get(key)
    return found.value if found and isinstance(found.value, str) else ""
