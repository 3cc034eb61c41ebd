"""The catalogue: what a site's language makes of our words, of days and of numbers.

English is what everything is written in and needs no catalogue. Another language is a file of
gettext (``site_gen/locale/de.po``; a site's own stands in ``locale/`` of its ``custom_dir``), and
days, numbers and plurals follow the Unicode CLDR through Babel.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup, escape

from site_gen.model.message import Message, fill
from site_gen.render.messages import HtmlMessage, html_of

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
RTL = frozenset("ar arc ckb dv fa he ks nqo ps sd syr ug ur yi".split())
"""Languages that are written from right to left (Unicode CLDR 46, ``characterOrder``)."""
Words = tuple[tuple[str, tuple[str, ...]], ...]
"""A template in English, with what the language makes of it: one text, or one for each plural."""


@lru_cache(maxsize=256)
def direction(language: str) -> Literal["ltr", "rtl"]:
    """How a language is written."""
    parts = re.split("[-_]", language.lower())
    return "rtl" if parts[0] in RTL and "latn" not in parts else "ltr"


def read_words(data: bytes) -> Words:
    """The words in a file of gettext; what is not translated, or marked as doubtful, is left out.

    Raises ValueError with a line where the file cannot be read, and where a translation has another
    hole than its English.
    """
    from babel.messages.pofile import PoFileError, read_po

    try:
        found = read_po(BytesIO(data), abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as fault:
        raise ValueError(f"this is no file of gettext: {fault}") from None
    out = []
    for message in found:
        if not message.id or message.fuzzy:
            continue
        ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
        given = message.string or ""
        told = (given,) if isinstance(given, str) else tuple(given)
        if not all(told):
            continue
        strange = {h for t in told for h in _holes(t)} - {h for i in ids for h in _holes(i)}
        if strange:
            raise ValueError(
                f"line {message.lineno}: “{told[0][:40]}” has {{{sorted(strange)[0]}}},"
                " which its English has not"
            )
        out.append((ids[0], told))
    return tuple(out)


@lru_cache(maxsize=2000, typed=True)
def _escaped(text: str) -> Markup:
    """A text as markup: most of a template's words are said once a line."""
    return escape(text)


@lru_cache(maxsize=4096, typed=True)
def _in_english(template: str, names: tuple[str, ...], *values: Any) -> Markup:
    """A template filled: most are said again and again, of the same outlet or number."""
    told = {name: html_of(value) for name, value in zip(names, values, strict=True)}
    return Markup(fill(_escaped(template), told))


def _holes(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A language: its code as HTML writes it, and what it makes of our words."""

    language: str = ENGLISH
    words: Mapping[str, tuple[str, ...]] | None = None
    locale: Locale | None = None

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """How pages in this language are written."""
        return direction(self.language)

    def text(self, template: str, **values: Any) -> Markup:
        """A sentence of a template file, as markup; what is no markup in it is escaped."""
        found = (self.words or {}).get(template, (template,))[0]
        return self._filled(found, values)

    def count(self, one: str, many: str, number: float, **values: Any) -> Markup:
        """A sentence of a template file with a number, ``{n}``."""
        return self._filled(self._plural(one, many, number), {"n": self.number(number), **values})

    def _filled(self, template: str, values: Mapping[str, Any]) -> Markup:
        if not values:
            return _escaped(template)
        if self.locale is None:
            try:
                return _in_english(template, tuple(values), *values.values())
            except TypeError:  # a value that cannot be a key
                pass
        told = {name: html_of(self.told(value)) for name, value in values.items()}
        return Markup(fill(_escaped(template), told))

    def _plural(self, one: str, many: str, number: float) -> str:
        forms = (self.words or {}).get(one)
        if forms is None or self.locale is None:
            return one if number == 1 else many
        rule = self.locale.plural_form(number)
        order = [
            t for t in ("zero", "one", "two", "few", "many") if t in self.locale.plural_form.tags
        ]
        place = order.index(rule) if rule in order else len(order)
        return forms[min(place, len(forms) - 1)]

    def told(self, value: Any) -> Any:
        """A message in this language; anything else as it is."""
        if self.locale is None or not isinstance(value, Message | HtmlMessage):
            return value
        if isinstance(value, HtmlMessage):
            return self._html(value)
        if value.form == "plain":
            return self._html(value.values["html"]).striptags()
        if value.form == "joined":
            return value.template.join(str(self.told(v)) for v in value.values.values())
        if value.form != "text":
            return self._calendar(value)
        template = (
            self._plural(value.template, value.many, value.number)
            if value.many
            else (self.words or {}).get(value.template, (value.template,))[0]
        )
        return fill(template, {n: self.number(v) for n, v in value.values.items()})

    def _html(self, value: Markup) -> Markup:
        if not isinstance(value, HtmlMessage):
            return value
        told = {n: escape(self.told(v)) for n, v in value.values.items()}
        if value.form == "joined":
            return escape(value.template).join(told.values())
        if value.form == "capital":
            html = told["html"]
            return Markup(html[:1].upper() + html[1:])
        return Markup(fill((self.words or {}).get(value.template, (value.template,))[0], told))

    def number(self, value: Any) -> Any:
        """A number as the language writes it; a message in it; anything else as it is."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self.told(value)
        if self.locale is None:
            return value
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.locale)

    def _calendar(self, value: Message) -> str:
        from babel.dates import format_date, format_skeleton

        if value.form == "number":
            return str(self.number(_rounded(value.values["value"], value.values["digits"])))
        day: dt.date = value.values["day"]
        if value.form == "day":
            return format_date(day, "long", locale=self.locale)
        if value.form == "weekday":
            return format_date(day, "EEEE", locale=self.locale)
        skeletons = {"short day": "MMMd", "day of year": "MMMMd", "month": "yMMMM"}
        return format_skeleton(skeletons[value.form], day, locale=self.locale)

    def finalize(self) -> Callable[[Any], Any] | None:
        """What a template does to every value before it shows it; nothing in English."""
        return None if self.locale is None else self.told


def _rounded(value: float, digits: int) -> float:
    return value if value == int(value) else float(f"{value:.{digits}g}")


@lru_cache(maxsize=4)
def catalogue(language: str, words: Words) -> Catalogue:
    """The catalogue of a language; English as it is written has none.

    Raises ValueError where the Unicode CLDR does not know the language.
    """
    if language == ENGLISH:
        return Catalogue()
    from babel import Locale, UnknownLocaleError

    if not _TAG.fullmatch(language):
        raise ValueError(f"`{language}` is not the code of a language")
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise ValueError(f"`{language}` is a language of which nothing is known") from None
    return Catalogue(language.replace("_", "-"), dict(words), locale)
