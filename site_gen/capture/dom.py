"""A page's tree as leaf blocks: every run of text between two block borders, with what the tree
says of its place.

Parsed by lxml, never run: scripts, forms, pictures and what is hidden give no text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from site_gen.capture.text import clean

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section"
    " summary table tbody td tfoot th thead tr ul".split()
)
_SILENT = frozenset(
    "audio button canvas embed head iframe input link math meta noscript object option script"
    " select style svg template textarea video".split()
)
"""Elements whose content is not text of the page."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?|assistive-text)(?:$|[\s_-])",
    re.IGNORECASE,
)
DEEPEST = 400
"""Elements nested deeper than this are read as if they stood at this depth; real pages stay below
60."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One run of text. ``path``: the elements around it, outermost first, as (number, tag, class
    and id); numbers are in document order."""

    text: str
    path: tuple[tuple[int, str, str], ...]
    linked: int
    """How many of its characters stand in links."""
    emphasis: int = 0
    """How many of its characters are set bold or italic."""

    @property
    def tag(self) -> str:
        """The innermost block element."""
        return self.path[-1][1] if self.path else "body"

    @property
    def link_density(self) -> float:
        """The share of its characters that stand in links, 0 to 1."""
        return min(1.0, self.linked / max(1, len(self.text)))

    @property
    def titles(self) -> bool:
        """Whether a paragraph is set like a subheading: short, bold or italic as a whole, and no
        sentence."""
        short = (
            len(self.text) <= 80
            and len(self.text.split()) <= 12
            and self.text[-1] not in '.!?…:;,”"'
        )
        return self.tag == "p" and short and self.emphasis >= 0.9 * len(self.text)


@dataclass(slots=True)
class _Run:
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    emphasis: int = 0

    def add(self, text: str | None, in_link: bool, emphatic: bool) -> None:
        if text:
            self.parts.append(text)
            size = len(" ".join(text.split()))
            self.linked += size if in_link else 0
            self.emphasis += size if emphatic else 0


def leaves(page: str) -> list[Leaf]:
    """The leaf blocks of a page in document order."""
    from lxml import html

    try:
        root = html.document_fromstring(page)
    except (ValueError, html.etree.ParserError):
        return []
    return _rows(_Walk().over(root))


def _rows(found: list[Leaf]) -> list[Leaf]:
    """The cells of one row of a table, where they hold plain text, as one leaf: ``2030 |
    41,000``."""
    out: list[Leaf] = []
    for leaf in found:
        row = _row_of(leaf)
        if out and row and _row_of(out[-1]) == row:
            last = out[-1]
            out[-1] = Leaf(
                f"{last.text} | {leaf.text}",
                last.path,
                last.linked + leaf.linked,
                last.emphasis + leaf.emphasis,
            )
        else:
            out.append(leaf)
    return out


def _row_of(leaf: Leaf) -> int:
    """The number of the row in which a leaf is a whole cell; 0 elsewhere."""
    if (
        len(leaf.path) >= 2
        and leaf.tag in ("td", "th")
        and leaf.path[-2][1] == "tr"
        and len(leaf.text) <= 200
    ):
        return leaf.path[-2][0]
    return 0


class _Walk:
    """Document order by an explicit stack, so that no depth of nesting ends the program."""

    def __init__(self) -> None:
        self.out: list[Leaf] = []
        self.run = _Run()
        self.path: list[tuple[int, str, str]] = []
        self.count = 0
        self.breaks = 0

    def over(self, root: Any) -> list[Leaf]:
        stack: list[tuple[str, Any, bool, bool]] = [("open", root, False, False)]
        while stack:
            what, node, in_link, emphatic = stack.pop()
            if what == "tail":
                self.run.add(node, in_link, emphatic)
                self.breaks = 0 if node.strip() else self.breaks
            elif what == "close":
                self._flush()
                self.path.pop()
            else:
                self._open(node, in_link, emphatic, stack)
        self._flush()
        return self.out

    def _open(
        self, node: Any, in_link: bool, emphatic: bool, stack: list[tuple[str, Any, bool, bool]]
    ) -> None:
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in _SILENT or _is_hidden(node):
            return
        if tag == "br":
            self.breaks += 1
            self.run.add("\n", False, False)
            if self.breaks >= 2:
                self._flush()
            return
        block = tag in _BLOCKS
        if block:
            self._flush()
            self.count += 1
            entry = (self.count, tag, f"{node.get('class') or ''} {node.get('id') or ''}".strip())
            self.path.append(entry)
            stack.append(("close", None, False, False))
        in_link = in_link or tag == "a"
        emphatic = emphatic or tag in ("b", "strong", "i", "em")
        children: list[tuple[str, Any, bool, bool]] = []
        if node.text:
            children.append(("tail", node.text, in_link, emphatic))
        for child in node:
            children.append(("open", child, in_link, emphatic))
            if child.tail:
                children.append(("tail", child.tail, in_link, emphatic))
        stack.extend(reversed(children))

    def _flush(self) -> None:
        text = " ".join(clean("".join(self.run.parts)).split())
        if text:
            self.out.append(
                Leaf(text, tuple(self.path[:DEEPEST]), self.run.linked, self.run.emphasis)
            )
        self.run, self.breaks = _Run(), 0


def _is_hidden(node: Any) -> bool:
    return bool(
        node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or _HIDDEN.search(node.get("style") or "")
        or _UNSEEN.search(node.get("class") or "")
    )
