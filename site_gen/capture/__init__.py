"""Capture: whatever a person saved → neutral blocks → a clean article, with what was left out and why.

``capture(text, kind)`` is pure; reading files and writing the article is the shell's (``site_gen/add.py``).
"""

from __future__ import annotations

from site_gen.capture.assemble import assemble
from site_gen.capture.markdown import looks_like_markdown, read_markdown
from site_gen.capture.text import decode, read_text
from site_gen.model import Draft, Found

KINDS = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown"}
"""File endings that are read, and the reader for each."""


def capture(data: bytes, kind: str, *, keep: frozenset[str] = frozenset(), outlet: str = "", agency: str = "") -> Draft:
    """A capture as a draft of an article. ``kind`` is one of the values of ``KINDS``; ``keep`` names rules not to apply.

    ``outlet`` and ``agency``, where they are known, let a masthead or a credit be recognised by its name.

    Raises ``ValueError`` with a sentence for people where the capture holds no text.
    """
    text = decode(data)
    metadata: dict[str, Found] = {}
    if kind == "markdown" or looks_like_markdown(text):
        blocks, metadata = read_markdown(text)
    else:
        blocks = read_text(text)
    if not blocks:
        raise ValueError("the capture holds no text")
    return assemble(blocks, metadata, keep=keep, names={"masthead": outlet, "agency credit": agency})
