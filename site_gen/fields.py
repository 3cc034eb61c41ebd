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


def day(r: Reader, key: str) -> dt.date | None:
    """A day, or nothing."""
    moment = r.moment(key)
    return moment.day if moment else None


def check_zones(r: Reader, published: Moment | None, captured: Moment | None) -> None:
    """Complain where one moment has a zone of time and the other has none: they cannot be put in order."""
    if published and captured and captured.order[:10] < published.order[:10]:
        r.error(
            "captured",
            f"`captured: {captured}` is before `published: {published}`",
            "a page is captured after it was published; correct one of the two",
        )


def address(r: Reader, key: str) -> str:
    """An address that a page may link to: http or https, else a fault."""
    url = r.text(key)
    if url and not re.match(r"https?://[^\s/]+", url, re.IGNORECASE):
        r.error(
            key, f"`{key}: {url}` is not a web address", "it must start with https:// or http://"
        )
        return ""
    return url


def archive(r: Reader) -> tuple[str, ...]:
    """Addresses of copies in archives."""
    links = r.texts("archive")
    for link in links:
        if not re.match(r"https?://[^\s/]+", link, re.IGNORECASE):
            r.error(
                "archive",
                f"`archive: {link}` is not a web address",
                "it must start with https:// or http://",
            )
    return links


def original(r: Reader) -> Original:
    """The original of a capture: its file name and its SHA-256."""
    out = Original(
        file=r.text("file", required=True), sha256=r.text("sha256", required=True).lower()
    )
    if out.file.startswith(("/", "\\")) or ".." in out.file or ":" in out.file:
        r.error(
            "file", f"`file: {out.file}` leaves the story's folder", "name a file under originals/"
        )
    if out.sha256 and not re.fullmatch(r"[0-9a-f]{64}", out.sha256):
        r.error("sha256", "`sha256` is not 64 hexadecimal digits", "copy it from `sha256sum FILE`")
    r.finish()
    return out


def left_out(r: Reader) -> LeftOut:
    """A block that ``add`` left out, with its rule."""
    out = LeftOut(text=r.text("text", required=True), rule=r.text("rule", required=True))
    r.finish()
    return out
