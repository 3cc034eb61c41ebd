"""Reader for PDF: text pieces with their places, by pypdf → lines → columns → paragraphs over
columns and pages.

pypdf gives each piece of text with its matrix and font; the layout is ours. Lengths are in points
(1/72 inch), y upwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from site_gen.capture.pdf_lines import (
    EDGE,
    GAP,
    LARGE,
    SMALL,
    Line,
    Piece,
    body_size,
    columns,
    lines_of,
    with_drop_caps,
)
from site_gen.capture.text import LONGEST, clean, joined
from site_gen.model import Block, Found
from site_gen.yaml_lines import parse_moment

MISSING = "PDF needs an extra: pip install 'site-gen[add]'"
TURNED, RUNNING = "turned or tiny text", "running head"
PAGE_RULES = (TURNED, RUNNING)
"""Names of the rules that need the places on a page."""
MOST_PAGES = 400
MOST_PIECES = 400_000
"""More pages or pieces of text than any article's PDF holds: such a file is refused."""
_SHORT = 0.85
"""The last line of a paragraph is shorter than this share of the column; a full line that ends a
sentence may be followed by the same one."""
_BREAKS = 0.03
"""Where fewer lines than this share end with a hyphen, nothing was hyphenated: about one line in
fifteen is, where it is done."""
_STOP = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bGov)(?<!\bSen)(?<!\bRep)(?<!\bGen)"
    r"(?<!\bSt)[.!?…:][\"'”’)\]]*$"
)
"""The end of a sentence; an initial or a title before a name is none."""
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of|von|sur)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]", re.IGNORECASE
)
_PRINT_MARK = re.compile(
    r"(?:https?://|file://)\S+(?:\s+(?:page\s*)?\d+(?:\s*(?:/|of)\s*\d+)?)?|"
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}[:.]\d\d.*",
    re.IGNORECASE,
)
"""What browsers print at the edge of a page: the address, the time of printing."""


def read_pdf(data: bytes) -> tuple[list[Block], dict[str, Found]]:
    """The blocks of a PDF in reading order, and what its metadata says; ``ValueError`` with the
    reason where it cannot be read."""
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        raise ValueError(MISSING) from None
    try:
        pages, info = _pages(pypdf, data)
    except _Enough:
        raise ValueError(
            "this PDF holds more pages or pieces of text than any article; print the article's"
            " pages alone"
        ) from None
    except _Encrypted:
        raise ValueError(
            "this PDF is encrypted; open it, and print it to a new PDF without a password"
        ) from None
    except (
        PyPdfError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
        AssertionError,
        OSError,
        NotImplementedError,
    ) as fault:
        raise ValueError(
            f"this PDF is damaged ({type(fault).__name__}); print it to a new PDF"
        ) from None
    if not any(pieces for pieces, _ in pages):
        raise ValueError(
            "this PDF holds no text, only pictures of pages; make its text readable with an OCR"
            " program (for example ocrmypdf) first"
        )
    lines: list[Line] = []
    turned: list[Block] = []
    for number, (pieces, height) in enumerate(pages, 1):
        lines += columns(
            with_drop_caps(lines_of([p for p in pieces if not p.turned], number)), height
        )
        turned += [Block(text=p.text, apart=TURNED, page=number) for p in pieces if p.turned]
    if sum(len(line.text) for line in lines) > LONGEST:
        raise ValueError(
            "this PDF holds more text than any article; print the article's pages alone"
        )
    heights = [height for _, height in pages]
    return [*_blocks(lines, heights), *turned], _metadata(info)


class _Encrypted(Exception):
    """The PDF needs a password."""


class _Enough(Exception):
    """More pieces than an article has."""


def _pages(pypdf: Any, data: bytes) -> tuple[list[tuple[list[Piece], float]], dict[str, str]]:
    """The pieces of text of each page with the page's height, and the document's information."""
    from io import BytesIO

    reader = pypdf.PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        try:
            opened = reader.decrypt("")
        except (
            Exception
        ):  # a missing cipher and an unknown one are the same to a person: it cannot be opened
            raise _Encrypted from None
        if not opened:
            raise _Encrypted
    out: list[tuple[list[Piece], float]] = []
    left = MOST_PIECES
    for number, page in enumerate(reader.pages):
        if number >= MOST_PAGES:
            raise _Enough
        pieces = _pieces(page, left)
        left -= len(pieces) + 1
        out.append(
            (pieces, float(page.mediabox.width if page.rotation % 180 else page.mediabox.top))
        )
    info = {str(k): str(v) for k, v in dict(reader.metadata or {}).items() if isinstance(v, str)}
    return out, info


def _pieces(page: Any, most: int) -> list[Piece]:
    out: list[Piece] = []
    steps = 0
    wide, high = float(page.mediabox.right), float(page.mediabox.top)
    turn = {
        90: (0, -1, 1, 0, 0, wide),
        180: (-1, 0, 0, -1, wide, high),
        270: (0, 1, -1, 0, high, 0),
    }.get(page.rotation % 360, (1, 0, 0, 1, 0, 0))

    def count(*_: Any) -> None:
        nonlocal steps
        steps += 1
        if steps > MOST_PIECES:
            raise _Enough

    def see(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        if len(out) >= most:
            raise _Enough
        words = " ".join(clean(text).replace("\n", " ").split())
        a, b, _, d, e, f = _times(_times(tm, cm), turn)
        height = abs(d) * abs(size or 1.0)
        if words:
            name = str((font or {}).get("/BaseFont", "")) if hasattr(font, "get") else ""
            turned = abs(b) > 0.01 * abs(a) or not 1 <= height <= 400
            out.append(
                Piece(
                    e,
                    f,
                    height,
                    words,
                    bool(re.search("bold|black|heavy|semib", name, re.IGNORECASE)),
                    turned,
                )
            )

    page.extract_text(visitor_text=see, visitor_operand_before=count)
    return out


def _times(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...]:
    """The product of two PDF matrices [a b c d e f]."""
    a, b, c, d, e, f = (float(v) for v in first)
    p, q, r, s, t, u = (float(v) for v in second)
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


# ── paragraphs
# ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Placed:
    """A block with the places of its first and last line: page and column."""

    block: Block
    first: tuple[int, int]
    last: tuple[int, int]


def _blocks(lines: Sequence[Line], heights: Sequence[float]) -> list[Block]:
    body = body_size(lines)
    running = _running(lines, heights)
    largest = max((line.size for line in lines if line.page == 1), default=0.0)
    pitch = _pitch(lines, body)
    right = _right_edges(lines, body)
    known = frozenset(re.findall(r"[\w-]+", " ".join(line.text for line in lines).lower()))
    hard = _hyphens_are_hard(lines)
    out: list[_Placed] = []
    group: list[Line] = []

    def close() -> None:
        if group:
            block = _block(group, body, largest, known, hard)
            out.append(
                _Placed(block, (group[0].page, group[0].column), (group[-1].page, group[-1].column))
            )
            group.clear()

    for n, line in enumerate(lines):
        if n in running:
            place = (line.page, line.column)
            out.append(_Placed(Block(text=line.text, apart=RUNNING, page=line.page), place, place))
            continue
        if group and _begins(group[-1], line, pitch, right, body):
            close()
        group.append(line)
    close()
    return _over_breaks(out, known, hard)


def _hyphens_are_hard(lines: Sequence[Line]) -> bool:
    """Whether a plain hyphen at a line's end belongs to its word: the document breaks words with
    U+2010, or does not break them."""
    plain = sum(line.text.endswith("-") for line in lines)
    return any(line.text.endswith("\u2010") for line in lines) or plain < _BREAKS * len(lines)


def _pitch(lines: Sequence[Line], body: float) -> float:
    """The step from one line of text to the next within a paragraph: the lower quartile, as steps
    between paragraphs are larger."""
    steps = [
        a.y - b.y
        for a, b in pairwise(lines)
        if a.page == b.page
        and a.column == b.column
        and abs(a.size - body) < 0.6
        and abs(b.size - body) < 0.6
        and 0 < a.y - b.y < 3 * body
    ]
    return sorted(steps)[len(steps) // 4] if steps else 1.2 * body


def _right_edges(lines: Sequence[Line], body: float) -> dict[tuple[int, int], float]:
    """The right edge of each column of each page: where the long lines of the text end."""
    ends: dict[tuple[int, int], list[float]] = {}
    for line in lines:
        if abs(line.size - body) < 0.6:
            ends.setdefault((line.page, line.column), []).append(line.right)
    return {key: sorted(found)[int(0.9 * (len(found) - 1))] for key, found in ends.items()}


def _begins(
    last: Line, line: Line, pitch: float, right: dict[tuple[int, int], float], body: float
) -> bool:
    """Whether a line begins a block."""
    if abs(last.size - line.size) > 0.6 or (
        last.bold != line.bold and (_STOP.search(last.text) or line.text[:1].isupper())
    ):
        return True
    if last.page != line.page or last.column != line.column:
        return True  # joined again, where a paragraph goes on, by _over_breaks
    step = last.y - line.y
    usual = pitch * line.size / max(1.0, body)
    if step > GAP * usual or step < -0.5:
        return True
    edge = right.get((last.page, last.column), last.right)
    ended = bool(_STOP.search(last.text))
    indented = line.x - last.x > 0.8 * line.size and line.x - last.x < 4 * line.size
    short = last.right < line.x + _SHORT * (edge - line.x)
    return ended and (indented or (short and not line.text[:1].islower()))


def _block(
    group: Sequence[Line], body: float, largest: float, known: frozenset[str], hard: bool
) -> Block:
    text = joined((line.text for line in group), known, hard=hard)
    size = group[0].size
    words = len(text.split())
    headline = group[0].page == 1 and size >= largest - 0.6 and size > LARGE * body and words <= 40
    bold = all(line.bold for line in group) and words <= 14 and not _STOP.search(text)
    return Block(
        text=text,
        heading=not headline and ((size > LARGE * body and words <= 40) or bold),
        headline=headline,
        caption=size < SMALL * body and words <= 60,
        page=group[0].page,
    )


def _over_breaks(placed: Sequence[_Placed], known: frozenset[str], hard: bool) -> list[Block]:
    """Join a paragraph that a column or a page has broken: its first part does not end a
    sentence."""
    out: list[_Placed] = []
    waiting: int | None = None
    interrupted = False
    for item in placed:
        block = item.block
        plain = not (block.apart or block.caption or block.heading or block.headline)
        if plain and waiting is not None:
            before = out[waiting]
            parted = before.last != item.first or interrupted
            broken = (
                parted
                and not _STOP.search(before.block.text)
                and len(before.block.text.split()) >= 4
            )
            if broken and (
                block.text[:1].islower()
                or (len(before.block.text.split()) >= 8 and not interrupted)
                or before.block.text.endswith(("-", "\u2010"))
            ):
                whole = replace(
                    before.block, text=joined((before.block.text, block.text), known, hard=hard)
                )
                out[waiting] = _Placed(whole, before.first, item.last)
                continue
        out.append(item)
        if plain:
            waiting, interrupted = len(out) - 1, False
        elif block.heading and waiting is not None and not _STOP.search(out[waiting].block.text):
            interrupted = True  # a quotation in larger type amid a sentence
        elif block.headline or block.heading:
            waiting = None
    return [item.block for item in out]


def _running(lines: Sequence[Line], heights: Sequence[float]) -> frozenset[int]:
    """The lines that are running heads, feet and page numbers: at a page's edge, and either a mark
    of printing or there on other pages too."""
    edge: dict[int, str] = {}
    for n, line in enumerate(lines):
        height = heights[line.page - 1]
        if not EDGE * height < line.y < (1 - EDGE) * height:
            edge[n] = re.sub(r"\d+", "0", line.text.lower())
    pages: dict[str, set[int]] = {}
    for n, masked in edge.items():
        pages.setdefault(masked, set()).add(lines[n].page)
    return frozenset(
        n
        for n, masked in edge.items()
        if len(pages[masked]) >= 2
        or _PAGE_NUMBER.fullmatch(lines[n].text)
        or _PRINT_MARK.fullmatch(lines[n].text)
    )


def _metadata(info: dict[str, str]) -> dict[str, Found]:
    """The day on which the PDF was made is the day of the capture; titles and authors of PDFs are
    too often those of programs."""
    out: dict[str, Found] = {}
    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", info.get("/CreationDate", ""))
    if made:
        try:
            day = str(parse_moment("-".join(made.groups())))
        except ValueError:
            return out
        out["captured"] = Found(value=day, where="creation date of the PDF")
    return out
