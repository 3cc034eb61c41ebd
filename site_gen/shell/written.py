"""An article as it is written into a story's folder: front matter from what is given and found,
then its text as Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import yaml

from site_gen import markdown
from site_gen.capture.rules import PatternRule
from site_gen.model import Draft, Found, Original
from site_gen.yaml_lines import parse_moment


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What the command line says of a capture; it wins over what the capture says."""

    outlet: str = ""
    headline: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    agency: str = ""
    archive: tuple[str, ...] = ()
    published: str = ""
    captured: str = ""
    language: str = ""
    partial: bool = False
    rights: str = ""
    name: str = ""
    keep: frozenset[str] = field(default_factory=frozenset)
    drop_after: str = ""
    rules: tuple[PatternRule, ...] = ()
    overwrite: bool = False
    by_address: frozenset[str] = frozenset()
    """The fields that no person said: they follow from the address that was fetched."""


def slug(text: str) -> str:
    """An address made of a title or a name: a-z, 0-9 and ``-``."""
    plain = (
        unicodedata.normalize("NFKD", text)
        .encode("ascii", "ignore")
        .decode()
        .lower()
        .replace("'", "")
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


SAID_OF_AN_ARTICLE = (
    "outlet",
    "headline",
    "url",
    "authors",
    "agency",
    "published",
    "captured",
    "archive",
    "language",
)
"""The fields of an article's front matter that a capture or a person can give, in their order."""


def metadata(draft: Draft, given: Given) -> dict[str, Found]:
    """The metadata of an article with its sources: the command line wins."""
    out = dict(draft.metadata)
    for key in SAID_OF_AN_ARTICLE:
        if value := getattr(given, key):
            ours = key in given.by_address
            if ours and key == "url" and "url" in out and _same_host(value, str(out["url"].value)):
                continue  # the page's own word for its address is without detours
            where = "the address" if ours else "command line"
            out[key] = Found(value=value, where=where)
    if (
        "captured" in out
        and "published" in out
        and (not given.captured or "captured" in given.by_address)
        and str(out["captured"].value)[:10] < str(out["published"].value)[:10]
    ):
        # a file's own date can be wrong; a page cannot be saved before it is published
        del out["captured"]
    return out


def _same_host(first: str, second: str) -> bool:
    """Whether two addresses are of one host, and the second leads deeper than its front page."""
    one, two = urlsplit(first), urlsplit(second)
    hosts = {(p.netloc or "").lower().removeprefix("www.") for p in (one, two)}
    return len(hosts) == 1 and two.path not in ("", "/")


def to_markdown(draft: Draft, given: Given, *, version_of: str, original: Original | None) -> str:
    """The article's file: front matter, then its text."""
    found = metadata(draft, given)
    front: dict[str, Any] = {}
    for key in SAID_OF_AN_ARTICLE:
        if key in found and not (key == "language" and found[key].value == "en"):
            value = found[key].value
            front[key] = list(value) if isinstance(value, tuple) else value
    if version_of:
        front["version_of"] = version_of
    if given.partial:
        front["partial"] = True
    front["rights"] = given.rights or "third-party"
    if original:
        front["original"] = {"file": original.file, "sha256": original.sha256}
    if draft.left_out:
        front["left_out"] = [{"rule": x.rule, "text": x.text} for x in draft.left_out]
    return whole(f"---\n{dump(front)}---\n\n{markdown.write(draft.paragraphs)}")


def whole(text: str) -> str:
    """A text in which halves of a character (lone surrogates, as JSON can escape them) are joined,
    or shown as what cannot be shown."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Plain(yaml.SafeDumper):
    """Days are written without quotes, as people write them."""


def dump(front: Mapping[str, Any]) -> str:
    """Front matter as YAML."""
    ready = dict(front)
    for key in ("published", "captured", "date"):
        if isinstance(value := ready.get(key), str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            moment = parse_moment(value)
            ready[key] = moment.day
    return str(yaml.dump(ready, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100))
