"""Words of ours with sources' own words inside, as HTML: what :mod:`site_gen.model.message` is for
plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from markupsafe import Markup, escape

from site_gen.model.message import Message, fill


def escaped(text: str) -> str:
    """A plain text as HTML, the same characters as :func:`markupsafe.escape` and no object of its
    own: most texts have nothing to escape."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "'" in text:
        text = text.replace("'", "&#39;")
    if '"' in text:
        text = text.replace('"', "&#34;")
    return text


class HtmlMessage(Markup):
    """English markup with its template and values; ``form`` "capital" is its one value with a
    capital letter at its head, and "joined" its values in a row."""

    template: str
    values: Mapping[str, Any]
    form: Literal["text", "capital", "joined"]

    def __new__(
        cls,
        text: str = "",
        template: str = "",
        values: Mapping[str, Any] | None = None,
        form: Literal["text", "capital", "joined"] = "text",
    ) -> HtmlMessage:
        self = super().__new__(cls, text)
        self.template, self.values, self.form = template, values or {}, form
        return self


def say_html(template: str, **values: Any) -> HtmlMessage:
    """A sentence of ours; what is not markup among its values is escaped, and the template is
    markup."""
    told = {name: escape(value) for name, value in values.items()}
    return HtmlMessage(fill(template, told), template, values)


def join_html(separator: str, parts: Iterable[str]) -> HtmlMessage:
    """Markup in a row; the separator is text."""
    found = list(parts)
    text = escape(separator).join(found)
    values = {str(n): part for n, part in enumerate(found)}
    return HtmlMessage(text, separator, values, "joined")


def capital(html: Markup) -> Markup:
    """Markup with a capital letter at its head; one that begins with a tag or a sign stays."""
    return HtmlMessage(html[:1].upper() + html[1:], "", {"html": html}, "capital")


def plain(html: Markup) -> Message:
    """Markup as text, for the head of a page and for those who pass it on."""
    return Message(html.striptags(), values={"html": html}, form="plain")
