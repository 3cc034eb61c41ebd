"""The fields of an article's front matter that are more than a word: days, addresses, originals."""

from __future__ import annotations

import datetime as dt
import re

from site_gen.model import (
    LeftOut,
    Moment,
    Original,
)
from site_gen.yaml_lines import Reader


def day(reader: Reader, key: str) -> dt.date | None:
    """A day, or nothing."""
    moment = reader.moment(key)
    return moment.day if moment else None


def check_zones(reader: Reader, published: Moment | None, captured: Moment | None) -> None:
    """Complain where one moment has a zone of time and the other has none: no order fits them."""
    if published and captured and captured.order[:10] < published.order[:10]:
        reader.error(
            "captured",
            f"`captured: {captured}` is before `published: {published}`",
            "a page is captured after it was published; correct one of the two",
        )


def address(reader: Reader, key: str) -> str:
    """An address that a page may link to: http or https, else a fault."""
    url = reader.text(key)
    if url and not re.match(r"https?://[^\s/]+", url, re.IGNORECASE):
        reader.error(
            key, f"`{key}: {url}` is not a web address", "it must start with https:// or http://"
        )
        return ""
    return url


def archive(reader: Reader) -> tuple[str, ...]:
    """Addresses of copies in archives."""
    links = reader.texts("archive")
    for link in links:
        if not re.match(r"https?://[^\s/]+", link, re.IGNORECASE):
            reader.error(
                "archive",
                f"`archive: {link}` is not a web address",
                "it must start with https:// or http://",
            )
    return links


def original(reader: Reader) -> Original:
    """The original of a capture: its file name and its SHA-256."""
    out = Original(
        file=reader.text("file", required=True), sha256=reader.text("sha256", required=True).lower()
    )
    if out.file.startswith(("/", "\\")) or ".." in out.file or ":" in out.file:
        reader.error(
            "file", f"`file: {out.file}` leaves the story's folder", "name a file under originals/"
        )
    if out.sha256 and not re.fullmatch(r"[0-9a-f]{64}", out.sha256):
        reader.error(
            "sha256", "`sha256` is not 64 hexadecimal digits", "copy it from `sha256sum FILE`"
        )
    reader.finish()
    return out


def left_out(reader: Reader) -> LeftOut:
    """A block that ``add`` left out, with its rule."""
    out = LeftOut(text=reader.text("text", required=True), rule=reader.text("rule", required=True))
    reader.finish()
    return out
