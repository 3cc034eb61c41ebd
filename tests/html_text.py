"""Reading built pages as a test does: links, ids, and the text of paragraphs without what the page
adds to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "hr", "input", "line", "circle", "col", "rect"}
ADDED = {"num", "vh", "tag"}
"""Classes of what a page puts inside a paragraph's element that is not the paragraph's text."""


@dataclass
class PageText(HTMLParser):
    """A parsed page: ``ids``, ``links`` (tag, address) and ``texts`` (paragraphs shown in full)."""

    html: str
    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._stack: list[tuple[str, set[str]]] = []
        self._current: list[str] | None = None
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids and links; open a paragraph's text."""
        values = {k: v or "" for k, v in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        for name in ("href", "src"):
            if name in values:
                self.links.append((tag, values[name]))
        if tag not in VOID:
            classes = set(values.get("class", "").split())
            self._stack.append((tag, classes))
            if "text" in classes:
                self._current = []

    def handle_endtag(self, tag: str) -> None:
        """Close a paragraph's text."""
        if tag in VOID:
            return
        opened, classes = self._stack.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"
        if "text" in classes and self._current is not None:
            self.texts.append("".join(self._current).strip())
            self._current = None

    def handle_data(self, data: str) -> None:
        """Collect text that belongs to the paragraph itself."""
        if self._current is not None and not any(c & ADDED for _, c in self._stack):
            self._current.append(data)
