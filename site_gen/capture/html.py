"""Reader for saved web pages: main text by trafilatura → blocks; metadata from what the page says
of itself.

Our rules come after it, in ``assemble``. Nothing in a page is run or fetched: it is parsed as text
and only text comes out.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from email import message_from_bytes
from email.policy import default
from html import unescape
from typing import Any

from site_gen.capture.dom import leaves
from site_gen.capture.main_text import ELSEWHERE, choose
from site_gen.capture.prepare import prepared
from site_gen.capture.rules import DATE_LINE, iso_day
from site_gen.capture.text import LONGEST, clean, legacy
from site_gen.model import Block, Found
from site_gen.yaml_lines import parse_moment

MISSING = "saved pages need an extra: pip install 'site-gen[add]'"
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_JSON_LD = re.compile(
    r"<script\b[^<>]{1,400}\btype\s*=\s*[\"']?application/ld\+json[\"']?[^<>]{0,400}>",
    re.IGNORECASE,
)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_META = re.compile(r"<meta\b([^>]{1,4000})>", re.IGNORECASE)
_CANONICAL = re.compile(r"<link\b([^>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_HEAD = 400_000
"""Metadata is looked for in this many characters from the top."""
_ARTICLE_TYPES = (
    "newsarticle",
    "article",
    "reportagenewsarticle",
    "blogposting",
    "analysisnewsarticle",
    "opinionnewsarticle",
    "backgroundnewsarticle",
    "liveblogposting",
)
_NAMES = {
    "og:title": "headline",
    "twitter:title": "headline",
    "og:url": "url",
    "og:site_name": "outlet",
    "article:published_time": "published",
    "og:article:published_time": "published",
    "date": "published",
    "dc.date.issued": "published",
    "parsely-pub-date": "published",
    "author": "authors",
    "parsely-author": "authors",
    "byl": "authors",
    "dc.creator": "authors",
}
"""Names of ``<meta>`` that pages use, and the metadata they are."""


_UNSURE = ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii")
"""What servers say that do not know; a page's own word is better."""


def decode_html(data: bytes, charset: str = "") -> str:
    """A page's bytes as text: by its mark, by what its server said (``charset``), by what it
    declares, else UTF-8, else what it looks like."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    declared = _CHARSET.search(data[:8192])
    own = declared[1].decode("ascii", "replace") if declared else ""
    names = (own, "utf-8", charset) if charset.lower() in _UNSURE else (charset, own)
    for name in (*(n for n in names if n), "utf-8"):
        try:
            return data.decode("cp1252" if name.lower() in _UNSURE else name)
        except (LookupError, UnicodeDecodeError):
            continue
    return legacy(data)


def page_of_mhtml(data: bytes) -> tuple[str, str]:
    """The page inside a web archive (MHTML, RFC 2557) and its address; ``ValueError`` where it
    holds none."""
    message = message_from_bytes(data, policy=default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            charset = part.get_content_charset()
            if isinstance(body, bytes):
                page = decode_html(body, charset or "")
                return page, str(
                    part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
                )
    raise ValueError("this web archive holds no page")


def read_html(page: str) -> list[Block]:
    """The blocks of a page's main text; an empty list where it has none. ``ValueError`` where the
    extra is not installed."""
    try:
        import trafilatura  # noqa: F401
    except ImportError:
        raise ValueError(MISSING) from None
    page, gone = prepared(page)
    found = leaves(page)
    if sum(len(leaf.text) for leaf in found) > LONGEST:
        raise ValueError(
            "this page holds more text than any article; save the article's own page, or copy its"
            " text into a .txt file"
        )
    kept = _kept_by_trafilatura(page) if found else []
    if not kept:
        return []
    out = list(gone)
    for leaf, choice in zip(found, choose(found, kept), strict=True):
        if choice.apart == ELSEWHERE:
            continue
        out.append(
            Block(
                text=leaf.text,
                heading=leaf.tag in ("h2", "h3", "h4", "h5", "h6", "summary") or leaf.titles,
                marked=True,
                caption=choice.caption,
                headline=leaf.tag == "h1",
                apart=choice.apart,
                sure=choice.sure,
                links=leaf.link_density,
            )
        )
    return out


def _kept_by_trafilatura(page: str) -> list[str]:
    """The texts that trafilatura takes for the article; none where it finds none, or stumbles over
    a broken page."""
    import trafilatura
    from lxml import etree

    try:
        xml = trafilatura.extract(
            page,
            output_format="xml",
            include_comments=False,
            include_tables=True,
            include_images=False,
        )
        root = etree.fromstring(xml.encode(), etree.XMLParser(recover=True)) if xml else None
    except (etree.LxmlError, SyntaxError, ValueError, RecursionError):
        return []
    main = root.find("main") if root is not None else None
    return [] if main is None else list(_texts(main))


def _texts(node: Any) -> Iterator[str]:
    for child in node:
        if child.tag in ("list", "quote", "table", "row") and len(child):
            yield from _texts(child)
        else:
            yield clean("".join(child.itertext()))


# ── metadata
# ──────────────────────────────────────────────────────────────────────────────────────────────────


def read_metadata(page: str) -> dict[str, Found]:
    """What a page says of itself, each value with its source: JSON-LD first, then ``<meta>``, then
    the canonical link."""
    out: dict[str, Found] = {}
    head = page[:_HEAD]
    title = _page_title(head)
    described, known = _json_ld(head)
    for item in sorted(
        described, key=lambda item: not _is_of(item, title)
    ):  # the one whose headline is the page's stands first
        _from_json_ld(item, known, out)
    for match in _META.finditer(head):
        values = _attributes(match[1])
        name = (
            values.get("property") or values.get("name") or values.get("itemprop") or ""
        ).lower()
        if name in _NAMES and (content := values.get("content", "").strip()):
            _note(out, _NAMES[name], content, f"meta {name}")
    for match in _CANONICAL.finditer(head):
        values = _attributes(match[1])
        if values.get("rel", "").lower() == "canonical":
            _note(out, "url", values.get("href", ""), "canonical link")
    _note(out, "published", _marked_time(head), "time element")
    _note(out, "headline", title, "page heading")
    if language := _LANGUAGE.search(head[:4000]):
        _note(out, "language", language[1].lower(), "language of the page")
    return out


_LANGUAGE = re.compile(r"<html\b[^<>]{0,400}?\blang\s*=\s*[\"']?([a-zA-Z]{2,3})\b", re.IGNORECASE)
_H1 = re.compile(r"<h1\b[^<>]{0,800}>(.{1,600}?)</h1", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{1,600})</title", re.IGNORECASE)
_TIME = re.compile(r"<time\b([^<>]{1,600})>", re.IGNORECASE)
_SITE_NAME = re.compile(r"\s+[-–—|·:]\s+[^-–—|·]{2,40}$")
"""What a page's title has behind the headline: the site's name."""


def _page_title(head: str) -> str:
    """The page's only first-rank heading, else its title without the site's name; empty where it
    has neither."""
    headings = [
        text for m in _H1.findall(head) if (text := _line(re.sub(r"<[^<>]{0,400}>", " ", m)))
    ]
    if len(set(headings)) == 1:
        return headings[0]
    title = _TITLE.search(head)
    return _SITE_NAME.sub("", _line(title[1])) if title else ""


def _is_of(item: Mapping[str, Any], title: str) -> bool:
    """Whether a description is of the article that the page shows, by its headline."""
    words = re.findall(r"\w+", _text_of(item.get("headline") or item.get("name")).lower())
    return not title or words == re.findall(r"\w+", title.lower())


def _marked_time(head: str) -> str:
    """The time element that a page marks as the day of publication, else the first behind its
    heading."""
    marked = ""
    start = heading.end() if (heading := _H1.search(head)) else 0
    for match in _TIME.finditer(head):
        values = _attributes(match[1])
        when = values.get("datetime", "")
        says = f"{values.get('class', '')} {values.get('itemprop', '')} {match[1]}".lower()
        if (
            "pubdate" in says
            or "datepublished" in says.replace("-", "")
            or re.search(r"\bpublish|\bposted", says)
        ):
            return when
        if (
            not marked
            and match.start() > start
            and "article" not in head[start : match.start()].lower()[-400:]
        ):
            marked = when
    return marked


def _attributes(text: str) -> dict[str, str]:
    return {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(text)}


def _json_ld(page: str) -> tuple[list[Mapping[str, Any]], dict[str, Mapping[str, Any]]]:
    """The articles that a page describes in JSON-LD, and everything in it that has an ``@id``, by
    that."""
    out: list[Mapping[str, Any]] = []
    known: dict[str, Mapping[str, Any]] = {}
    end = 0
    for match in _JSON_LD.finditer(page):
        if match.start() < end:
            continue  # within the script before it
        closed = _SCRIPT_END.search(page, match.end())
        if closed is None:
            break
        end = closed.start()
        try:
            data = json.loads(page[match.end() : end].strip())
        except (ValueError, RecursionError):
            continue
        todo: list[Any] = [data]
        seen = 0
        while todo and seen < _MOST_ITEMS:
            item = todo.pop(0)
            seen += 1
            if isinstance(item, list):
                todo += item
            elif isinstance(item, dict):
                if isinstance(item.get("@id"), str) and len(item) > 1:
                    known.setdefault(item["@id"], item)
                todo += [
                    v
                    for k, v in item.items()
                    if k in ("@graph", "mainEntity", "mainEntityOfPage")
                    and isinstance(v, list | dict)
                ]
                kinds = item.get("@type")
                if any(
                    str(k).lower() in _ARTICLE_TYPES
                    for k in (kinds if isinstance(kinds, list) else [kinds])
                ):
                    out.append(item)
    return out, known


_MOST_ITEMS = 500
"""Descriptions in one script that are looked at."""


def _named(value: Any, known: Mapping[str, Mapping[str, Any]]) -> str:
    """The name that a person or publisher is given by: in place, by its ``@id``, as a text, or the
    first of a list."""
    if isinstance(value, list):
        return next((name for v in value if (name := _named(v, known))), "")
    if isinstance(value, dict):
        own = value.get("name")
        return (
            own
            if isinstance(own, str)
            else _text_of(known.get(str(value.get("@id")), {}).get("name"))
        )
    return value if isinstance(value, str) else ""


def _text_of(value: Any) -> str:
    """A text, or the first of a list of texts."""
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, str)), "")
    return value if isinstance(value, str) else ""


def _from_json_ld(
    item: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]], out: dict[str, Found]
) -> None:
    _note(out, "headline", _text_of(item.get("headline") or item.get("name")), "JSON-LD headline")
    _note(out, "published", _text_of(item.get("datePublished")), "JSON-LD datePublished")
    _note(out, "url", _text_of(item.get("url")), "JSON-LD url")
    _note(out, "outlet", _named(item.get("publisher"), known), "JSON-LD publisher")
    author = item.get("author")
    people = author if isinstance(author, list) else [author]
    names = [_named(p, known) for p in people]
    if found := tuple(_line(n) for n in names if isinstance(n, str) and n.strip()):
        out.setdefault("authors", Found(value=found, where="JSON-LD author"))


def _note(out: dict[str, Found], key: str, value: Any, where: str) -> None:
    """Keep the first value of a kind that is usable: a date must be one, an address must be a web
    address."""
    if key in out or not isinstance(value, str) or not (text := _line(value)):
        return
    if key == "published":
        text = _day(text)
    elif key == "url" and not re.match(r"https?://[^\s/]+", text):
        return
    if text:
        out[key] = Found(value=tuple(_names([text])) if key == "authors" else text, where=where)


def _names(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for part in re.split(
            r",\s+(?:and\s+)?|\s+and\s+|;\s*", re.sub(r"^by\s+", "", text, flags=re.IGNORECASE)
        ):
            if part.strip() and not part.startswith("http"):
                yield part.strip()


def _line(text: str) -> str:
    return " ".join(clean(unescape(text)).split())


def _day(text: str) -> str:
    """A publication time as the front matter writes it: with its zone, else the day alone; empty
    where it is no date."""
    written = DATE_LINE.match(" ".join(text.split()))
    if written and not written["iso"]:
        return iso_day(written)
    full = re.match(
        r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?", text
    )
    if not full:
        return ""
    day, clock, zone = full.groups()
    raw = (
        f"{day}T{clock}{zone if ':' in zone or zone == 'Z' else zone[:3] + ':' + zone[3:]}"
        if clock and zone
        else day
    )
    try:
        parse_moment(raw)
    except ValueError:
        return ""
    return raw
