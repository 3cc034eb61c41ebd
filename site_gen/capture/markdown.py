"""Reader for Markdown made by a clipper: blocks as plain text, links without their targets, front
matter as metadata."""

from __future__ import annotations

import re

from site_gen import markdown
from site_gen.model import Block, ContentError, Found
from site_gen.yaml_lines import Reader, compose, parse_moment

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)
_KEYS = {
    "title": "headline",
    "headline": "headline",
    "source": "url",
    "url": "url",
    "author": "authors",
    "authors": "authors",
    "byline": "authors",
    "published": "published",
    "date": "published",
    "site": "outlet",
    "publisher": "outlet",
    "outlet": "outlet",
    "captured": "captured",
    "created": "captured",
}
"""Keys that clippers write into front matter, and the metadata they are."""


MOST_BRACKETS = 1000
"""A paragraph with more opening brackets than this holds no links: to look for the end of each
takes quadratic time."""


def read_markdown(text: str) -> tuple[list[Block], dict[str, Found]]:
    """The blocks of a Markdown text, and the metadata of its front matter where it has one."""
    metadata: dict[str, Found] = {}
    front = _FRONT.match(text)
    if front:
        errors: list[ContentError] = []
        reader = Reader(compose(front[1], "capture", 2, errors), "capture", 2, errors)
        for key, name in _KEYS.items():
            values = tuple(v.strip("[]") for v in reader.texts(key)) if key in reader.nodes else ()
            if values and name not in metadata and _usable(name, values[0]):
                metadata[name] = Found(
                    value=values if name == "authors" else values[0], where=f"front matter `{key}`"
                )
        text = text[front.end() :]
    text, gone = _without_marks(text)
    out = [Block(text=g, apart="footnote", marked=True) for g in gone]
    for block in markdown.blocks(_plain_lines(text), roles=False):
        caption = block.role == "caption" or block.image
        out.append(
            Block(
                text=" ".join(block.text.split()),
                heading=block.role == "heading",
                caption=caption,
                marked=True,
            )
        )
    return out, metadata


_FOOTNOTE = re.compile(r"^\[\^[^\]\n]{1,40}\]:[ \t]*([^\n]*)$", re.MULTILINE)
_REFERENCES = (
    re.compile(r"\[\^[^\]\n]{1,40}\](?!:)"),  # [^3]
    re.compile(r"\[\[\d{1,3}\]\]\([^()\s]{0,400}\)|\[\[\d{1,3}\]\](?!\()"),  # [[1]](address)
    re.compile(r"<sup\b[^<>]{0,200}>.{0,400}?</sup>", re.IGNORECASE),
)
_HTML = re.compile(
    r"</?(?:sub|sup|span|div|p|br|u|b|i|em|strong|small|mark|font|a|img|figure|figcaption|"
    r"iframe|center|cite|abbr|time)\b[^<>]{0,400}>",
    re.IGNORECASE,
)
_MARKED = re.compile(r"==(?=\S)([^=\n]{1,400}?)(?<=\S)==")
_CALLOUT = re.compile(r"^(?:>[ \t]?)*\[![\w-]+\][-+]?[ \t]*(.*)$", re.MULTILINE)
_TABLE_RULE = re.compile(r"^(?=[^\n]{0,400}\|)[ \t|:-]{3,400}$\n?", re.MULTILINE)
"""The line below a table's head: nothing but dashes, colons and bars."""
_TABLE_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$", re.MULTILINE)
_NUMBERED = re.compile(r"(?<=\n)(?=\d{1,3}\\?[.)] )")
_IMAGE_ABOVE = re.compile(
    r"!\[(?P<alt>[^\]\[\n]{0,300})\]\([^()\s]{0,2000}\)[ \t]*\n"
    r"(?P<below>[*_][^\n]{1,600}[*_])[ \t]*$",
    re.MULTILINE,
)


def _without_marks(text: str) -> tuple[str, list[str]]:
    """Markdown without a clipper's HTML, footnotes, highlights and callouts, tables a row a
    paragraph; and the footnotes' texts."""
    gone = [" ".join(m[1].split()) for m in _FOOTNOTE.finditer(text)]
    text = _FOOTNOTE.sub("", text)
    for mark in _REFERENCES:
        text = mark.sub("", text)
    text = _CALLOUT.sub(r"> \1\n>", _MARKED.sub(r"\1", _HTML.sub("", text)))
    text = _TABLE_ROW.sub(
        lambda m: "\n" + " · ".join(c.strip() for c in m[1].split("|")) + "\n",
        _TABLE_RULE.sub("", text),
    )
    text = _IMAGE_ABOVE.sub(lambda m: f"![{m['below'].strip('*_')}](x)\n", text)
    return _NUMBERED.sub("\n", text), [g for g in gone if g]


def _usable(name: str, value: str) -> bool:
    """Whether a value can stand in an article's front matter: a day must be one, an address a web
    address."""
    if name in ("published", "captured"):
        try:
            parse_moment(value)
        except ValueError:
            return False
    return name != "url" or bool(re.match(r"https?://[^\s/]+", value))


def _plain_lines(text: str) -> str:
    """Lines without the blanks before them, so that an indented line is not taken for code."""
    plain = "\n".join(
        line.strip(" \t") if not line.lstrip().startswith(("```", "~~~")) else ""
        for line in text.split("\n")
    )
    parts = re.split(r"(\n\n+)", plain)
    return "".join(
        part.replace("[", "\\[") if part.count("[") > MOST_BRACKETS else part for part in parts
    )
