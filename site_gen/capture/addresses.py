"""What an address and an answer say of a capture: a copy in a web archive, its day, the page's own
address. Pure.

Archives of the Memento kind (RFC 7089) write the moment of the copy as 14 digits before the page's
address, and say it in the header ``Memento-Datetime``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

_COPY = re.compile(r"(https?://[^/]+/(?:[^/]+/)*?)(\d{14})([a-z]{2}_)?/(https?:/{1,2}[^\s]+)")
_RAW = ("web.archive.org",)
"""Archives that give a page without their own bar where ``id_`` follows the digits."""
_ORIGINAL = re.compile(r"<([^<>]+)>\s*;[^<]*\brel=\"?original\"?", re.IGNORECASE)
ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "multipart/related": ".mhtml",
}
"""Media types that are read, and the ending under which such a capture is kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """A copy in a web archive: where it is, the page that it is a copy of, and the moment of the
    copy."""

    address: str
    original: str
    moment: dt.datetime | None = None


def copy_at(address: str) -> Copy | None:
    """The copy that an archive's address leads to; ``None`` where it is no such address."""
    match = _COPY.fullmatch(address)
    if not match:
        return None
    moment = None
    try:
        moment = dt.datetime.strptime(match[2], "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    original = re.sub(r"^(https?):/(?=[^/])", r"\1://", match[4])
    return Copy(address=f"{match[1]}{match[2]}/{original}", original=original, moment=moment)


def without_bar(address: str) -> str:
    """The address at which an archive gives the page as it was, without its own bar; the same where
    none is known."""
    match = _COPY.fullmatch(address)
    if not match or match[1].split("/")[2].lower() not in _RAW:
        return address
    return f"{match[1]}{match[2]}id_/{match[4]}"


def copy_said(address: str, headers: Mapping[str, str]) -> Copy | None:
    """The copy that an answer says it is (``headers`` with small letters); ``None`` where it is
    none."""
    try:
        moment = parsedate_to_datetime(headers.get("memento-datetime", ""))
    except (ValueError, TypeError):
        return copy_at(address)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    of_address = copy_at(address)
    said = _ORIGINAL.search(headers.get("link", ""))
    original = said[1] if said else of_address.original if of_address else ""
    if not re.match(r"https?://[^\s/]+", original):
        original = ""
    plain = of_address.address if of_address else address
    return Copy(address=plain, original=original, moment=moment.astimezone(dt.UTC))


def media_type(headers: Mapping[str, str]) -> tuple[str, str]:
    """The media type and the charset that an answer names, both in small letters; empty where it
    names none."""
    kind, *rest = headers.get("content-type", "").split(";")
    charset = next(
        (
            value.strip().strip("\"'").lower()
            for name, _, value in (part.partition("=") for part in rest)
            if name.strip().lower() == "charset"
        ),
        "",
    )
    return kind.strip().lower(), charset


def ending_of(address: str, headers: Mapping[str, str], data: bytes) -> str:
    """The ending under which an answer is kept, ``.html`` …; empty where it is nothing that is
    read."""
    kind, _ = media_type(headers)
    if kind in ENDINGS:
        return ENDINGS[kind]
    if data[:5] == b"%PDF-":
        return ".pdf"
    if kind in ("", "application/octet-stream") and re.search(
        rb"<(?:!doctype html|html|head|body|article)\b", data[:4096], re.IGNORECASE
    ):
        return ".html"
    found = re.search(r"\.(pdf|docx|txt|md)$", address.partition("?")[0].lower())
    octets = kind in ("", "application/octet-stream", "binary/octet-stream")
    return f".{found[1]}" if found and octets else ""
