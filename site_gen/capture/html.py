"""Reader for saved web pages: main text by trafilatura → blocks. Our rules come after it, in ``assemble``."""

from __future__ import annotations

from collections.abc import Iterator

from site_gen.capture.text import clean
from site_gen.model import Block


def read_html(page: str) -> list[Block]:
    """The blocks of a page's main text; an empty list where it has none. Needs the extra ``[add]``."""
    import trafilatura
    from lxml import etree

    xml = trafilatura.extract(page, output_format="xml", include_comments=False, include_tables=True, include_images=False)
    if not xml:
        return []
    main = etree.fromstring(xml.encode()).find("main")
    return [] if main is None else list(_blocks(main))


def _blocks(node: object) -> Iterator[Block]:
    for child in node:  # type: ignore[attr-defined]
        if child.tag in ("list", "quote", "table", "row") and len(child):
            yield from _blocks(child)
            continue
        text = " ".join(clean("".join(child.itertext())).split())
        if text:
            yield Block(text=text, heading=child.tag == "head")
