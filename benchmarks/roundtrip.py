"""roundtrip: articles → a page with furniture, and the page printed to PDF, by a real browser →
read again → compared.

What goes in: articles with known paragraphs. What is measured: the share of body words that come
back in order, and the share of paragraphs that come back whole and alone, from HTML and from PDF of
one and two columns.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import LCSseq

from benchmarks import read
from site_gen.capture import capture

_CSS = """
body{font:16px/1.5 Georgia,serif;margin:0} .menu li{display:inline-block;margin:0 1em}
main{max-width:44em;margin:auto}
aside,.related{background:#eee} figure{margin:1em 0} figcaption{font-size:80%;color:#555}
@media print{body{font-size:11pt} .menu,aside,.related,.comments,footer{display:none}}
"""
_TWO_COLUMNS = (
    "@media print{body{font-size:9.5pt;line-height:1.3}"
    " .text{columns:2;column-gap:8mm;text-align:justify;hyphens:auto}}"
)
_PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='480'"
    " height='160'%3E%3Crect width='480' height='160' fill='teal'/%3E%3C/svg%3E"
)
_MENU = (
    "Home",
    "World",
    "Politics",
    "Business",
    "Sport",
    "Culture",
    "Weather",
    "Sign in",
    "Subscribe",
)
_TEASERS = (
    "Council votes on the new harbour wall",
    "Why the ferry to Cape Marrow runs late again",
    "Ten walks around the lake for a dry weekend",
)
KEEP = frozenset(("contributors",))
"""The articles hold lines on who reported them; ``add`` would rightly leave them out, and they are
looked for here."""


@dataclass(frozen=True)
class Sheet:
    """One article of the round trip: its title and paragraphs."""

    name: str
    title: str
    paragraphs: tuple[str, ...]


def sheets(folder: Path, number: int) -> Iterator[Sheet]:
    """The first ``number`` articles of 6 to 40 paragraphs, one a story, in the order of their
    names."""
    found = 0
    for story in read.stories(folder):
        for article in story.articles:
            body = tuple(
                p.text for p in article.paragraphs if p.role == "body" and len(p.text.split()) >= 4
            )
            body = (
                body[1:] if not re.search(r"[.!?”\"]$", body[0]) else body
            )  # a headline that the corpus has among the paragraphs
            if 6 <= len(body) <= 40 and found < number:
                found += 1
                yield Sheet(f"{story.id}/{article.id}", article.headline or story.title, body)
                break


def page(sheet: Sheet, *, columns: int = 1) -> str:
    """A page as news sites make them: menu, byline, pictures with captions, a newsletter box,
    related stories, comments, footer."""
    e = html.escape
    parts = []
    for n, text in enumerate(sheet.paragraphs):
        parts.append(f"<p>{e(text)}</p>")
        if n == 1:
            parts.append(
                f'<figure><img src="{_PICTURE}" alt=""><figcaption>The harbour of Cape Marrow on a'
                " quiet morning. Photograph: Ada Brandt/Marrow Pictures</figcaption></figure>"
            )
        if n == 3:
            parts.append(
                '<aside class="newsletter-signup"><h3>The morning letter</h3><p>Sign up for our'
                " newsletter, delivered to your inbox every day.</p><form><input"
                ' name="mail"><button>Sign up</button></form></aside>'
            )
        if n == 5:
            parts.append(
                f'<div class="related-inline"><a href="/a">Read more: {_TEASERS[0]}</a></div>'
            )
    menu = "".join(f'<li><a href="/{m.lower()}">{m}</a></li>' for m in _MENU)
    teasers = "".join(f'<li><a href="/{n}">{t}</a></li>' for n, t in enumerate(_TEASERS))
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{e(sheet.title)} | The"
        " Marrow Gazette</title>"
        f'<meta property="og:title" content="{e(sheet.title, quote=True)}"><meta'
        ' property="og:site_name" content="The Marrow Gazette">'
        f"<style>{_CSS}{_TWO_COLUMNS if columns == 2 else ''}</style></head><body>"
        "<header"
        f' class="menu"><nav><ul>{menu}</ul></nav></header><main><article><h1>{e(sheet.title)}</h1>'
        f'<p class="byline">By Ada Brandt</p><p class="date"><time datetime="2031-05-03">3 May'
        f" 2031</time></p>"
        f'<ul class="share-tools"><li>Share on Facebook</li><li>Copy link</li></ul>'
        f'<div class="text">{"".join(parts)}</div></article>'
        f'<section class="related"><h2>You may also like</h2><ul>{teasers}</ul></section>'
        '<section class="comments"><h2>Comments</h2><p>A reader: this is what I have been saying'
        " for years, and nobody listened to me at all.</p></section>"
        "</main><footer><p>© 2031 The Marrow Gazette. All rights reserved.</p><a"
        " href='/privacy'>Privacy</a></footer></body></html>"
    )


def prints(pages: Iterable[str], browser: str, flags: Iterable[str]) -> Iterator[bytes]:
    """Each page printed to PDF on A4 with a running head, the date and page numbers."""
    from playwright.sync_api import sync_playwright

    style = "font-size:8px;width:100%;padding:0 12mm;display:flex;justify-content:space-between"
    with sync_playwright() as p:
        running = p.chromium.launch(executable_path=browser, args=list(flags))
        try:
            for text in pages:
                tab = running.new_page()
                tab.set_content(text)
                yield tab.pdf(
                    format="A4",
                    display_header_footer=True,
                    header_template=(
                        f'<div style="{style}"><span class="date"></span><span'
                        ' class="title"></span></div>'
                    ),
                    footer_template=(
                        "<div"
                        f' style="{style}"><span>https://gazette.example/marrow</span><span><span'
                        ' class="pageNumber"></span>/<span class="totalPages"></span></span></div>'
                    ),
                    margin={"top": "18mm", "bottom": "18mm", "left": "14mm", "right": "14mm"},
                )
                tab.close()
        finally:
            running.close()


def score(sheet: Sheet, data: bytes, kind: str) -> tuple[float, float, tuple[str, ...]]:
    """Share of words in order, share of paragraphs whole and alone, and the paragraphs that came
    back."""
    back = tuple(
        p.text for p in capture(data, kind, keep=KEEP).paragraphs if p.role in ("body", "heading")
    )
    gold, got = _words(" ".join(sheet.paragraphs)), _words(" ".join(back))
    same = LCSseq.similarity(gold, got) / max(1, len(gold), len(got))
    have = {" ".join(_words(p)) for p in back}
    whole = sum(" ".join(_words(p)) in have for p in sheet.paragraphs) / len(sheet.paragraphs)
    return same, whole, back


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def run(
    folder: Path, number: int, browser: str, flags: Iterable[str]
) -> dict[str, dict[str, float]]:
    """{"html": …, "pdf, one column": …, "pdf, two columns": …}, each with the mean shares of words
    and of paragraphs."""
    given = list(sheets(folder, number))
    rows = {"html": [score(s, page(s).encode(), "html") for s in given]}
    for columns, name in ((1, "pdf, one column"), (2, "pdf, two columns")):
        made = prints((page(s, columns=columns) for s in given), browser, flags)
        rows[name] = [score(s, data, "pdf") for s, data in zip(given, made, strict=True)]
    return {
        name: {
            "words": sum(w for w, _, _ in got) / len(got),
            "paragraphs": sum(p for _, p, _ in got) / len(got),
            "articles": len(got),
        }
        for name, got in rows.items()
    }
