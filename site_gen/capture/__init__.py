"""Capture: whatever a person saved → neutral blocks → a clean article, with what was left out and
why.

``capture(data, kind)`` is pure; reading files and writing the article is the shell's
(``site_gen/shell/add.py``).
"""

from __future__ import annotations

from dataclasses import replace

from site_gen.capture.assemble import Wishes, assemble
from site_gen.capture.docx import read_docx
from site_gen.capture.html import decode_html, page_of_mhtml, read_html, read_metadata
from site_gen.capture.markdown import read_markdown
from site_gen.capture.pdf import read_pdf
from site_gen.capture.rules import PatternRule
from site_gen.capture.text import LONGEST, decode, read_text, without_targets
from site_gen.language.which import language_of
from site_gen.model import Block, Draft, Found

KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".pdf": "pdf",
    ".docx": "docx",
}
"""File endings that are read, and the reader for each."""
MOST_BLOCKS = 30_000
"""Blocks in a capture, at most; the longest live blogs and comment pages have some thousands."""
LONGEST_MARKDOWN = 300_000
"""Characters of Markdown, at most: its parser keeps a record of every mark, and an article of
300,000 characters is a book already."""


def capture(
    data: bytes,
    kind: str,
    *,
    keep: frozenset[str] = frozenset(),
    outlet: str = "",
    agency: str = "",
    drop_after: str = "",
    rules: tuple[PatternRule, ...] = (),
    other: Draft | None = None,
    charset: str = "",
) -> Draft:
    """A capture as a draft of an article. ``kind`` is one of the values of ``KINDS``; ``keep``
    names rules not to apply.

    ``outlet`` and ``agency``, where they are known, let a masthead or a credit be recognised by its
    name; ``drop_after``, ``rules`` and ``other`` are those of :class:`Wishes`; ``charset`` is what
    a server said of the bytes. Raises
    ``ValueError`` with a sentence for people where the capture holds no text.
    """
    blocks, metadata = _read(data, kind, charset)
    if not blocks:
        raise ValueError("the capture holds no text")
    if len(blocks) > MOST_BLOCKS:
        raise ValueError(f"the capture holds {len(blocks):,} blocks of text, more than any article")
    names = {"masthead": outlet, "agency credit": agency}
    return _with_language(
        assemble(
            blocks,
            metadata,
            Wishes(keep=keep, names=names, drop_after=drop_after, rules=rules, other=other),
        )
    )


def _with_language(draft: Draft) -> Draft:
    """The draft with the language of its text, where that is clear: small words tell more than what
    a page says of itself."""
    found = language_of(" ".join(p.text for p in draft.paragraphs if p.role == "body"))
    said = draft.metadata.get("language")
    if not found or (said and said.value == found) or (said is None and found == "en"):
        return draft
    return replace(
        draft, metadata={**draft.metadata, "language": Found(value=found, where="its small words")}
    )


def _read(data: bytes, kind: str, charset: str) -> tuple[list[Block], dict[str, Found]]:
    if kind in ("html", "mhtml"):
        page, address = page_of_mhtml(data) if kind == "mhtml" else (decode_html(data, charset), "")
        metadata = read_metadata(page)
        if address.startswith(("http://", "https://")):
            metadata.setdefault("url", Found(value=address, where="address of the web archive"))
        return read_html(page), metadata
    if kind == "pdf":
        return read_pdf(data)
    if kind == "docx":
        return read_docx(data), {}
    text = decode(data)
    if len(text) > (LONGEST_MARKDOWN if kind == "markdown" else LONGEST):
        raise ValueError(f"the capture holds {len(text):,} characters, more than any article")
    return read_markdown(text) if kind == "markdown" else (read_text(without_targets(text)), {})
