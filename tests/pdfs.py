"""A small writer of PDF files for tests: lines of text at given places, in one of two faces, on as
many pages as wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Put:
    """A text at a place: points from the left and from the bottom; ``size`` in points."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False


def pdf(pages: Sequence[Sequence[Put]], *, extra: bytes = b"", info: str = "") -> bytes:
    """A PDF of US-letter pages (612 × 792 points) with those texts. ``extra``: bytes of further
    objects; ``info``: an information dictionary."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 612 792] >>".encode()
    )
    for face in ("Times-Roman", "Times-Bold"):
        objects.append(
            (
                f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding /WinAnsiEncoding >>"
            ).encode()
        )
    for n, page in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
            f" /Contents {6 + 2 * n} 0 R >>".encode()
        )
        stream = b"\n".join(
            f"BT /F{2 if p.bold else 1} {p.size} Tf 1 0 0 1 {p.x} {p.y} Tm (".encode()
            + _escaped(p.text)
            + b") Tj ET"
            for p in page
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    if info:
        objects.append(f"<< {info} >>".encode())
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    out += extra
    xref = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(
        f"{p:010d} 00000 n \n".encode() for p in places
    )
    named = f" /Info {len(objects)} 0 R" if info else ""
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{named} >>\n"
    out += f"{trailer}startxref\n{xref}\n%%EOF\n".encode()
    return bytes(out)


def _escaped(text: str) -> bytes:
    return (
        text.replace("\\", "\\\\")
        .replace("(", "\\(")
        .replace(")", "\\)")
        .encode("cp1252", "replace")
    )


def column(
    x: float, top: float, lines: Sequence[str], *, step: float = 12, size: float = 10
) -> list[Put]:
    """Lines below one another; an empty line leaves a gap between paragraphs."""
    out, y = [], top
    for line in lines:
        if line:
            out.append(Put(x, y, line, size))
        y -= step if line else step * 0.7
    return out
