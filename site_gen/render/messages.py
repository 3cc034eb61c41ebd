"""Words of ours with sources' own words inside, as HTML: what :mod:`site_gen.model.message` is for
plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from markupsafe import Markup

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


def html_of(value: Any) -> str:
    """A value as HTML: markup as it is, everything else escaped."""
    kind = type(value)
    if kind is str or kind is Message:
        return escaped(value)
    if kind is Markup or kind is HtmlMessage:
        marked: Markup = value
        return marked
    if kind is int:
        return str(value)
    if hasattr(value, "__html__"):
        html: str = value.__html__()
        return html
    return escaped(str(value))


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
        self = str.__new__(cls, text)
        self.template, self.values, self.form = template, values or {}, form
        return self


def say_html(template: str, **values: Any) -> HtmlMessage:
    """A sentence of ours; what is not markup among its values is escaped, and the template is
    markup."""
    told = {name: html_of(value) for name, value in values.items()}
    return HtmlMessage(fill(template, told), template, values)


def join_html(separator: str, parts: Iterable[str]) -> HtmlMessage:
    """Markup in a row; the separator is text, and so is what is no markup among the parts."""
    found = list(parts)
    text = html_of(separator).join([html_of(p) for p in found])
    return _row(text, separator, found)


def row_of_html(parts: Sequence[Markup]) -> HtmlMessage:
    """Markup in a row with nothing between."""
    return _row("".join(parts), "", parts)


def _row(text: str, separator: str, parts: Sequence[str]) -> HtmlMessage:
    names = map(str, range(len(parts)))
    return HtmlMessage(text, separator, dict(zip(names, parts, strict=True)), "joined")


def capital(html: Markup) -> Markup:
    """Markup with a capital letter at its head; one that begins with a tag or a sign stays."""
    return HtmlMessage(html[:1].upper() + html[1:], "", {"html": html}, "capital")


def plain(html: Markup) -> Message:
    """Markup as text, for the head of a page and for those who pass it on."""
    return Message(html.striptags(), values={"html": html}, form="plain")
