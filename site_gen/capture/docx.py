"""Word documents (.docx) → blocks, through mammoth, which turns styles into headings and
paragraphs.

Pictures, comments and deleted text are not read; footnotes are left out under a name of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from site_gen.capture.prepare import prepared
from site_gen.capture.text import clean
from site_gen.model import Block

MISSING = "Word documents need an extra: pip install 'site-gen[add]'"
NO_DOCX = "this is no Word document (.docx), whatever its name says"
FOOTNOTE_TEXT = "footnote"
LARGEST_INSIDE = 200_000_000
"""Bytes that a document may unpack to: text of a thousand books; more is an attack."""
MOST_PARTS = 5_000
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
"""
_BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "tr")


def read_docx(data: bytes) -> list[Block]:
    """The blocks of a document in order; ``ValueError`` with a sentence for people where it cannot
    be read."""
    try:
        import lxml.html
        import mammoth
    except ImportError:
        raise ValueError(MISSING) from None
    _refuse_bombs(data)
    try:
        done = mammoth.convert_to_html(
            BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        )
    except Exception:  # whatever a broken document makes mammoth say, it cannot be read
        raise ValueError("this document is damaged") from None
    page, gone = prepared(str(done.value))
    if not page.strip():
        return []
    tree = lxml.html.fragment_fromstring(page, create_parent="div")
    return [*_blocks(tree), *gone]


def _refuse_bombs(data: bytes) -> None:
    try:
        with ZipFile(BytesIO(data)) as parts:
            infos = parts.infolist()
    except (BadZipFile, ValueError, OSError):
        raise ValueError(NO_DOCX) from None
    names = {info.filename for info in infos}
    if "[Content_Types].xml" not in names:
        raise ValueError(NO_DOCX)
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_INSIDE:
        raise ValueError("this document unpacks to more than any article")


def _blocks(tree: object) -> Iterator[Block]:
    """Every block of text once, the innermost of nested ones."""
    first = True
    for element in tree.iter(*_BLOCKS):  # type: ignore[attr-defined]
        if next(element.iterdescendants(*_BLOCKS), None) is not None:
            continue
        parts = element.itertext() if element.tag != "tr" else _cells(element)
        text = " ".join(clean("".join(parts)).split())
        if not text:
            continue
        item = next((e for e in (element, *element.iterancestors("li")) if e.tag == "li"), None)
        note = item is not None and str(item.get("id") or "").startswith(("footnote-", "endnote-"))
        title = element.tag == "h1" and first
        yield Block(
            text=text.removesuffix("↑").rstrip() if note else text,
            heading=element.tag[0] == "h" and not title,
            headline=title,
            caption=element.get("class") == "caption",
            apart=FOOTNOTE_TEXT if note else "",
            marked=True,
        )
        first = False


def _cells(row: object) -> Iterator[str]:
    """The cells of a table's row, parted by commas, as the reader of pages does."""
    for number, cell in enumerate(row.iterchildren("td", "th")):  # type: ignore[attr-defined]
        if number:
            yield " "
        yield from cell.itertext()
