"""Capture: whatever a person saved → neutral blocks → a clean article, with what was left out and why.

``capture(data, kind)`` is pure; reading files and writing the article is the shell's (``site_gen/add.py``).
"""

from __future__ import annotations

from site_gen.capture.assemble import assemble
from site_gen.capture.html import decode_html, page_of_mhtml, read_html, read_metadata
from site_gen.capture.markdown import read_markdown
from site_gen.capture.text import decode, read_text, without_targets
from site_gen.model import Block, Draft, Found

KINDS = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".mhtml": "mhtml", ".mht": "mhtml",
}  # fmt: skip
"""File endings that are read, and the reader for each."""


def capture(data: bytes, kind: str, *, keep: frozenset[str] = frozenset(), outlet: str = "", agency: str = "") -> Draft:
    """A capture as a draft of an article. ``kind`` is one of the values of ``KINDS``; ``keep`` names rules not to apply.

    ``outlet`` and ``agency``, where they are known, let a masthead or a credit be recognised by its name.
    Raises ``ValueError`` with a sentence for people where the capture holds no text.
    """
    blocks, metadata = _read(data, kind)
    if not blocks:
        raise ValueError("the capture holds no text")
    return assemble(blocks, metadata, keep=keep, names={"masthead": outlet, "agency credit": agency})


def _read(data: bytes, kind: str) -> tuple[list[Block], dict[str, Found]]:
    if kind in ("html", "mhtml"):
        page, address = page_of_mhtml(data) if kind == "mhtml" else (decode_html(data), "")
        metadata = read_metadata(page)
        if address.startswith(("http://", "https://")):
            metadata.setdefault("url", Found(value=address, where="address of the web archive"))
        return read_html(page), metadata
    text = decode(data)
    return read_markdown(text) if kind == "markdown" else (read_text(without_targets(text)), {})
