"""The catalogue: every visible word is in it, English needs none, and German, other locales and
right-to-left scripts follow from ``mkdocs.yml`` alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Browser

from site_gen.model.message import (
    and_list,
    count,
    day_in_words,
    joined,
    number_in_words,
    say,
    short_day,
    weekday_in_words,
)
from site_gen.render.catalogue import Catalogue, Words, catalogue, direction, read_words
from site_gen.render.messages import capital, join_html, plain, say_html
from site_gen.render.pages import in_another
from site_gen.shell.build import render_site
from site_gen.shell.check import check
from site_gen.shell.config import Config, load_config
from site_gen.shell.gather import gather
from site_gen.shell.look import words_of
from tests.conftest import sample_config
from tests.messages import LOCALE, POT, every_message, template, updated

SHIPPED = sorted(LOCALE.glob("*.po"))
DAY = dt.date(2031, 6, 10)


def in_language(config: Config, language: str) -> Config:
    """A configuration in another language."""
    return replace(config, look=replace(config.look, language=language))


def german(*pairs: tuple[str, str | tuple[str, ...]]) -> Catalogue:
    """A small German catalogue."""
    words = tuple((k, v if isinstance(v, tuple) else (v,)) for k, v in pairs)
    return catalogue("de", words)


def test_a_message_is_english_and_remembers_what_it_was_made_of() -> None:
    """It is a string like any other, and a catalogue says it anew; values are never templates."""
    told = say("{outlets} give the same value.", outlets=and_list(["A", "B", "{outlets}"]))
    assert told == "A, B and {outlets} give the same value."
    de = german(
        ("{outlets} give the same value.", "Denselben Wert nennen {outlets}."),
        ("{first} and {last}", "{first} und {last}"),
    )
    assert de.told(told) == "Denselben Wert nennen A, B und {outlets}."
    assert and_list(["A"]) == "A"
    assert de.told("words of a source") == "words of a source"


def test_days_numbers_and_plurals_follow_the_language() -> None:
    """By the Unicode CLDR."""
    de = german(("{n} word", ("{n} Wort", "{n} Wörter")))
    assert de.told(day_in_words(DAY)) == "10. Juni 2031"
    assert de.told(short_day(DAY)) == "10. Juni"
    assert de.told(weekday_in_words(DAY)) == "Dienstag"
    assert de.told(number_in_words(1234567.5)) == "1.235.000"
    assert de.told(count("{n} word", "{n} words", 1)) == "1 Wort"
    assert de.told(count("{n} word", "{n} words", 1200)) == "1.200 Wörter"
    assert de.count("{n} word", "{n} words", 2) == "2 Wörter"
    american = catalogue("en_US", ())
    assert american.told(day_in_words(DAY)) == "June 10, 2031"
    assert day_in_words(DAY) == "10 June 2031"


def test_markup_stays_markup_and_what_is_no_markup_is_escaped() -> None:
    """In English and in another language."""
    told = say_html("“{words}”", words="<b>&</b>")
    assert told == "“&lt;b&gt;&amp;&lt;/b&gt;”"
    de = german(("“{words}”", "„{words}“"), ("or", "oder"))
    assert de.told(told) == "„&lt;b&gt;&amp;&lt;/b&gt;“"
    assert de.told(plain(told)) == "„<b>&</b>“"
    assert de.told(capital(join_html("", [say_html("or")]))) == "Oder"
    assert de.text("or {x}", x="<i>") == "or &lt;i&gt;"
    assert de.told(joined("; ", [say("or"), "<i>"])) == "oder; <i>"


def test_the_template_of_the_catalogue_is_up_to_date() -> None:
    """``make messages`` writes it anew."""
    assert POT.read_bytes() == template(), "run `make messages`"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_a_shipped_language_says_everything(path: Path) -> None:
    """Nothing is left in English, nothing is doubtful, nothing is said that no page says."""
    assert path.read_bytes() == updated(path), "run `make messages`"
    found = read_po(BytesIO(path.read_bytes()), locale=path.stem)
    empty = [m.id for m in found if m.id and (m.fuzzy or not m.string or not all(m.string))]
    assert not empty
    assert len(read_words(path.read_bytes())) == len(every_message())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_a_translation_keeps_holes_and_edges(path: Path) -> None:
    """What a sentence names is named in each language, and blanks at its edges stay."""
    found = read_po(BytesIO(path.read_bytes()), locale=path.stem)
    for message in found:
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else message.id
        told = (message.string,) if isinstance(message.string, str) else message.string
        holes = set(re.findall(r"{\w+}", ids[-1]))
        assert set(re.findall(r"{\w+}", told[-1])) == holes, ids
        assert [t[:1] == " " for t in told] == [i[:1] == " " for i in ids], ids
        assert [t[-1:] == " " for t in told] == [i[-1:] == " " for i in ids], ids


class _Texts(HTMLParser):
    """The texts of a page and of those attributes that a reader is told."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Labels and titles count; scripts and code do not."""
        self.inside += tag in ("script", "style", "code")
        self.found += [v for k, v in attrs if v and k in ("aria-label", "title", "alt")]

    def handle_endtag(self, tag: str) -> None:
        """The end of a script."""
        self.inside -= tag in ("script", "style", "code")

    def handle_data(self, data: str) -> None:
        """A text."""
        if not self.inside:
            self.found.append(data)


def _outside(texts: list[str]) -> Iterator[str]:
    """What stands in no brackets; they may be nested."""
    depth = 0
    for text in texts:
        kept = []
        for character in text:
            depth += (character == "⟦") - (character == "⟧")
            kept.append(character if not depth and character not in "⟦⟧" else " ")
        yield "".join(kept)


def test_every_visible_word_is_in_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """With each message in brackets, what stands outside of brackets is the sources' own, a name of
    a file or an id, or a day."""
    bracketed: Words = tuple(
        (m[0], tuple(f"⟦{form}⟧" for form in m)) for m in sorted(every_message())
    )
    monkeypatch.setattr("site_gen.shell.build.words_of", lambda config: (bracketed, []))
    config = in_language(sample_config(Path("unused")), "de")
    gathered = gather(config)
    articles = [a for s in gathered.content.stories for a in s.articles]
    told = [config.name, config.description]
    told += [t for s in gathered.content.stories for t in (s.title, s.summary, s.note, *s.tags)]
    told += [t for a in articles for t in (a.headline, a.outlet, a.agency, *a.authors)]
    told += [p.text for a in articles for p in a.paragraphs]
    told += [t for a in articles for x in a.left_out for t in (x.text, x.rule)]
    told += [t for d in gathered.content.documents for t in (d.title, d.text)]
    known = set(re.findall(r"[a-z]{3,}", " ".join(told).lower()))
    known |= set("stories guide site gen utc usd sha juni mai sept dez".split())
    known |= {"say", "admit", "confirm", "tell", "report"}  # verbs of the sources, in plain form
    strange: dict[str, str] = {}
    for page in render_site(config, gathered, 1, lambda done, total, what: None):
        if page.path.endswith(".html") and not page.path.startswith("guide/"):
            texts = _Texts()
            texts.feed(page.data.decode())
            for text in _outside(texts.found):
                own = re.sub(
                    r"https?:\S+|\S+\.(?:json|csv|txt|html|md)|\b[or]-[0-9a-f]+|[0-9a-f]{64}",
                    "",
                    text,
                )
                words = {w.lower() for w in re.findall(r"[A-Za-z]{3,}", own)} - known
                if words:
                    strange[text.strip()] = page.path
    assert not strange


@pytest.mark.parametrize("language", ["xx", "de/../x", "klingonisch"])
def test_a_language_that_nobody_knows_is_an_error(tmp_path: Path, language: str) -> None:
    """With the line that names it."""
    fault = faults(tmp_path, f"theme:\n  name: null\n  locale: {language}\n")
    assert "mkdocs.yml:3" in fault
    assert language in fault


def test_a_language_without_a_catalogue_says_how_to_add_one(tmp_path: Path) -> None:
    """And one that the site brings along is taken, over what is shipped."""
    text = "theme:\n  name: null\n  custom_dir: own\n  locale: fr\n"
    fault = faults(tmp_path, text)
    assert "no catalogue of `fr`" in fault
    assert "locale/fr.po" in fault
    (tmp_path / "own" / "locale").mkdir(parents=True)
    (tmp_path / "own" / "locale" / "fr.po").write_text('msgid "Search"\nmsgstr "Recherche"\n')
    config, errors = load_config(tmp_path / "mkdocs.yml", None, None, {})
    assert not errors
    assert words_of(config) == ((("Search", ("Recherche",)),), [])


def test_a_broken_catalogue_is_an_error_with_its_file(tmp_path: Path) -> None:
    """Holes that the English has not, and files that are none of gettext."""
    text = "theme:\n  name: null\n  custom_dir: own\n  locale: fr\n"
    (tmp_path / "own" / "locale").mkdir(parents=True)
    path = tmp_path / "own" / "locale" / "fr.po"
    path.write_text('msgid "{n} pages"\nmsgstr "{nombre} pages"\n')
    fault = faults(tmp_path, text)
    assert "fr.po" in fault
    assert "{nombre}" in fault
    path.write_text('msgid "no end\n')
    assert "gettext" in faults(tmp_path, text)


def faults(folder: Path, text: str) -> str:
    """What ``check`` says of a site with that configuration."""
    (folder / "mkdocs.yml").write_text(text)
    (folder / "content").mkdir(exist_ok=True)
    config, errors = load_config(folder / "mkdocs.yml", None, None, {})
    return "\n".join(str(e) for e in [*errors, *check(config)[1]])


def test_words_of_sources_are_marked_where_the_site_speaks_another_language() -> None:
    """An American site needs no mark on English words; a German one does."""
    assert in_another("en", "en_US") == in_another("en-GB", "en") == ""
    assert in_another("en", "de") == ' lang="en" dir="ltr"'
    assert in_another("ar", "en") == ' lang="ar" dir="rtl"'


def test_how_a_language_is_written() -> None:
    """From right to left or from left to right."""
    assert [direction(x) for x in ("he", "ar-EG", "ar_Latn", "en", "de-AT")] == [
        "rtl",
        "rtl",
        "ltr",
        "ltr",
        "ltr",
    ]


def test_a_site_from_right_to_left(browser: Browser, tmp_path: Path) -> None:
    """The page is turned round, sources' words are not, and nothing stands outside the window."""
    config = replace(
        in_language(sample_config(tmp_path / "site"), "he"), templates=tmp_path / "own"
    )
    (tmp_path / "own" / "locale").mkdir(parents=True)
    (tmp_path / "own" / "locale" / "he.po").write_text(
        'msgid "Sources"\nmsgstr "מקורות"\n', encoding="utf-8"
    )
    gathered = gather(config)
    for page in render_site(config, gathered, 1, lambda done, total, what: None):
        target = tmp_path / "site" / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page.data)
    for width in (360, 1280):
        shown = browser.new_page(viewport={"width": width, "height": 800})
        for path in ("oster-gondola", "oster-gondola/courier", "oster-gondola/courier/vs/ledger"):
            shown.goto((tmp_path / "site" / path / "index.html").as_uri())
            assert shown.evaluate("document.documentElement.scrollWidth") <= width, path
            assert shown.evaluate("getComputedStyle(document.body).direction") == "rtl"
        shown.goto((tmp_path / "site" / "oster-gondola" / "index.html").as_uri())
        assert "מקורות" in shown.locator("#sources h2").inner_text()
        quoted = shown.locator("blockquote").first
        assert quoted.get_attribute("dir") == "ltr"
        assert quoted.get_attribute("lang") == "en"
        heading = shown.locator("h1").bounding_box()
        assert heading is not None
        edge = shown.locator("header.top > a").bounding_box()
        assert edge is not None
        assert edge["x"] + edge["width"] > width / 2
        shown.close()


def test_a_german_site_says_nothing_in_english() -> None:
    """Its frame, its verdicts, its days; the data files stay as they are."""
    config = in_language(sample_config(Path("unused")), "de")
    gathered = gather(config)
    pages = {
        p.path: p.data for p in render_site(config, gathered, 1, lambda done, total, what: None)
    }
    english = sample_config(Path("unused"))
    same = {
        p.path: p.data for p in render_site(english, gathered, 1, lambda done, total, what: None)
    }
    story = pages["oster-gondola/index.html"].decode()
    assert '<html lang="de">' in story
    assert "10. bis 13. Juni" in story or "Juni 2031" in story
    assert "Quellen" in story
    for path, data in pages.items():
        if path.endswith((".csv", ".json")):
            assert data == same[path], path
