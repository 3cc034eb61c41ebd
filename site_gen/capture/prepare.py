"""What is mended in a saved page before it is read: struck text, marks of footnotes, thousands of
elements inside one paragraph.

What goes is given back, so that it can be listed as left out.
"""

from __future__ import annotations

import re
from html import unescape

from site_gen.capture.text import clean
from site_gen.model import Block

STRUCK = "struck text"
FOOTNOTE = "footnote mark"
MANY_INLINE = 5_000
"""Inline elements in a page beyond which they are dropped, their text kept: readers need quadratic
time for a word-timed transcript."""
_STRUCK = re.compile(
    r"<(del|s|strike)(?:\s[^<>]{0,400})?>(?P<text>.{0,4000}?)</\1\s*>", re.IGNORECASE | re.DOTALL
)
_SUP = re.compile(
    r"<sup(?:\s[^<>]{0,400})?>(?P<text>.{0,600}?)</sup\s*>", re.IGNORECASE | re.DOTALL
)
_INLINE = re.compile(
    r"</?(?:span|b|i|em|strong|font|u|mark|small|tt|bdi|bdo|wbr)(?:\s[^<>]{0,600})?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{0,600}>")
_POWER = {"2": "²", "3": "³"}


def prepared(page: str) -> tuple[str, list[Block]]:
    """The page without what no reader sees as its text, and what went, as blocks that are left
    out."""
    gone: list[Block] = []

    def struck(match: re.Match[str]) -> str:
        if text := _text(match["text"]):
            gone.append(Block(text=text, apart=STRUCK, marked=True))
        return " "

    def raised(match: re.Match[str]) -> str:
        text = _text(match["text"])
        if text in _POWER and re.search(
            r"\b(?:[kcmdµμ]?m|ft|in|yd|mi)$", page[max(0, match.start() - 4) : match.start()]
        ):
            return _POWER[text]
        if "<a" in match["text"].lower() or re.fullmatch(r"\[?[\d*†‡]{1,3}\]?|\[[a-z]\]", text):
            gone.append(Block(text=text, apart=FOOTNOTE, marked=True))
            return ""
        return match[0]

    if re.search(r"<(?:del|s|strike)[\s>]", page, re.IGNORECASE):
        page = _STRUCK.sub(struck, page)
    if re.search(r"<sup[\s>]", page, re.IGNORECASE):
        page = _SUP.sub(raised, page)
    if sum(1 for _ in _INLINE.finditer(page)) > MANY_INLINE:
        page = _INLINE.sub("", page)
    return page, [b for b in gone if b.text]


def _text(markup: str) -> str:
    return " ".join(clean(unescape(_TAG.sub("", markup))).split())
