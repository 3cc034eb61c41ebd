"""Markdown: blocks of an article as plain text, ordinary pages as HTML, and plain text written as
Markdown.

Parsing is markdown-it-py's CommonMark with raw HTML off, so that a capture can contain no markup of
its own. ``blocks(write(...))`` gives the same texts back, which a property test holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.attrs import attrs_block_plugin

from site_gen.model import Paragraph

ATTRIBUTES = ["id", "class", "lang", "title"]
"""The attributes that a line in braces may give a block of an ordinary page: none that can run
anything."""
NESTING = 100
"""Levels of nesting that are read; the parser drops what is deeper, so quotation marks in a row are
cut before."""
_OPEN = re.compile(r"(?:\[\s{0,3}){12,}")
"""So many brackets in a row open no link; the parser would look for the end of each of them in
turn."""
_DEEP = re.compile(r"^(?:[ \t]{0,3}>[ \t]?){9,}", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class TextBlock:
    """A block as plain text. ``line`` counts from 0 in the parsed text; ``unknown`` is a role that
    does not exist; ``image``: nothing but pictures."""

    role: str
    text: str
    line: int
    unknown: str = ""
    image: bool = False
    end: int = 0
    """The line after its last one."""


@cache
def _article_parser(roles: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": NESTING}).disable(
        ["html_block", "html_inline", "reference"]
    )
    return parser.use(attrs_block_plugin) if roles else parser


@cache
def _page_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return parser.use(anchors_plugin, max_level=3, permalink=False, slug_func=slug).use(
        attrs_block_plugin, allowed=ATTRIBUTES
    )


def slug(text: str) -> str:
    """A readable address: lower case, letters and digits joined by ``-``."""
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-_") or "section"


def _inline_text(tokens: Iterable[Token]) -> str:
    out = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            out.append(" ")
        elif token.type == "image":
            out.append(_inline_text(token.children or []) or token.content)
        elif token.type in ("text", "code_inline", "text_special"):
            out.append(token.content)
    return "".join(out)


def blocks(text: str, *, roles: bool = True) -> list[TextBlock]:
    """The blocks of an article: each paragraph, heading, list item and code block with its role and
    line.

    Without ``roles``, lines like ``{.caption}`` are text: a capture does not know them.
    """
    text = _OPEN.sub(lambda m: m[0].replace("[", "\\["), _DEEP.sub("> ", text))
    out: list[TextBlock] = []
    item, depth, end, role, unknown = "", 0, 0, "body", ""
    for token in _article_parser(roles).parse(text):
        if token.type == "list_item_open":
            item = f"{token.info}{token.markup} " if token.info else ""
        elif token.type in ("paragraph_open", "heading_open"):
            classes = str(token.attrs.get("class", "")).split()
            role = (
                "heading"
                if token.type == "heading_open"
                else "caption"
                if "caption" in classes
                else "body"
            )
            unknown = next((c for c in classes if c not in ("caption",)), "")
            depth, end = token.map or (0, 0)
        elif token.type == "inline":
            content = (item + _inline_text(token.children or [])).strip()
            if content:
                image = all(
                    t.type in ("image", "softbreak") or not t.content.strip()
                    for t in token.children or []
                )
                out.append(
                    TextBlock(
                        role=role, text=content, line=depth, unknown=unknown, image=image, end=end
                    )
                )
            item = ""
        elif token.type in ("code_block", "fence"):
            content = " ".join(token.content.split())
            if content:
                first, last = token.map or (0, 0)
                out.append(TextBlock(role="body", text=content, line=first, end=last))
    return out


def plain(text: str) -> str:
    """One line of Markdown as plain text."""
    return _inline_text(
        MarkdownIt("commonmark", {"html": False}).parseInline(text)[0].children or []
    )


def to_html(text: str, link: Callable[[str], str] = str) -> str:
    """An ordinary page as HTML. ``link`` maps the address of each link and image to the one to
    write."""
    tokens = _page_parser().parse(text)
    for token in _walk(tokens):
        if token.type == "image" and _elsewhere(str(token.attrs.get("src", ""))):
            _as_link(token)
        for name in ("href", "src"):
            if name in token.attrs:
                token.attrs[name] = link(str(token.attrs[name]))
    parser = _page_parser()
    return str(parser.renderer.render(tokens, parser.options, {}))


def _elsewhere(address: str) -> bool:
    """Whether a picture's address names a host: such a picture is never loaded."""
    return "://" in address or address.startswith("//") or address.lower().startswith("data:")


def _as_link(token: Token) -> None:
    """Turn a picture of another host into its words and its address, as text."""
    words = token.content or "picture"
    token.type, token.tag, token.content, token.children = (
        "text",
        "",
        f"{words} ({token.attrs.pop('src')})",
        [],
    )


def pictures(text: str) -> list[tuple[str, int]]:
    """The addresses of pictures of other hosts on a page, each with its line, counted from 0."""
    return [
        (address, line) for kind, address, line in _addresses(text) if kind and _elsewhere(address)
    ]


@lru_cache(maxsize=1024)
def _addresses(text: str) -> tuple[tuple[bool, str, int], ...]:
    """Whether it is a picture's, the address, and the line, of every link and picture. Kept: a
    preview asks for the same pages after every edit."""
    return tuple(
        (child.type == "image", str(child.attrs[name]), token.map[0] if token.map else 0)
        for token in _page_parser().parse(text)
        for child in token.children or []
        for name in ("href", "src")
        if name in child.attrs
    )


def _walk(tokens: Sequence[Token]) -> Iterable[Token]:
    for token in tokens:
        yield token
        yield from _walk(token.children or [])


# ── writing
# ──────────────────────────────────────────────────────────────────────────────────────────────────

_INLINE = re.compile(r"([\\`*_\[\]<>])|&(?=#?\w+;)|!(?=\[)")
_LINE_START = re.compile(r"(#{1,6}(?=\s|$)|[-+*=~](?=.*)|\{|>|:(?=:))")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def escape(text: str) -> str:
    """Plain text, on one line, as Markdown that reads back as the same text."""
    line = " ".join(text.split(" ")).replace("\n", " ").replace("\t", " ").strip()
    line = _INLINE.sub(lambda m: "\\" + m[0], line)
    if _LINE_START.match(line) and not line.startswith("\\"):
        line = "\\" + line
    line = _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line
    return line


def write(paragraphs: Iterable[Paragraph]) -> str:
    """The Markdown of an article's blocks, a blank line between them."""
    out = []
    for p in paragraphs:
        mark = {"heading": "## ", "caption": "{.caption}\n"}.get(p.role, "")
        line = escape(p.text)
        if p.role == "heading":
            line = re.sub(r"(#+)$", r"\\\1", line)
        out.append(mark + line)
    return "\n\n".join(out) + "\n"


def targets(text: str) -> list[tuple[str, int]]:
    """The addresses of a page's links and pictures, each with its line, counted from 0."""
    return [(address, line) for _, address, line in _addresses(text)]
