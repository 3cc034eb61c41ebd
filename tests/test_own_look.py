"""A site's own colours, fonts, logo and footer from ``mkdocs.yml``, and its own templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from site_gen.render.theme import COLOURS, LEAST_CONTRAST, contrast, too_faint
from site_gen.shell.build import build
from site_gen.shell.check import check
from site_gen.shell.config import Config, load_config
from tests.conftest import ROOT

STORY = ROOT / "content" / "hallin-footbridge"
PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
OWN = """\
site_name: The Oster Desk
docs_dir: content
copyright: "© The Oster Desk, [about us](https://example.org/about)"
theme:
  name: null
  custom_dir: own
  logo: images/logo.svg
  favicon: images/logo.svg
  colors:
    light:
      conflict: "#8a0f3c"
    dark:
      conflict: "#ff9fbf"
  font:
    serif: Literata
    files:
      Literata: fonts/literata.woff2
"""


def a_site(folder: Path, text: str) -> tuple[Config, str]:
    """A site with one story of the sample and that configuration, and what is wrong with it."""
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    target = folder / "content" / STORY.name
    target.mkdir(parents=True, exist_ok=True)
    for path in STORY.glob("*.md"):
        (target / path.name).write_bytes(path.read_bytes())
    config, errors = load_config(folder / "mkdocs.yml", None, folder / "site", {})
    return config, "\n".join(str(e) for e in [*errors, *check(config)[1]])


def test_colours_fonts_logo_and_footer_are_the_sites_own(browser: Browser, tmp_path: Path) -> None:
    """Each reaches every page, and the page loads nothing from elsewhere."""
    (tmp_path / "content" / "images").mkdir(parents=True)
    (tmp_path / "content" / "fonts").mkdir()
    (tmp_path / "content" / "images" / "logo.svg").write_bytes(PIXEL)
    (tmp_path / "content" / "fonts" / "literata.woff2").write_bytes(b"wOF2")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "tags.html").write_text('{% extends "base.html" %}', encoding="utf-8")
    config, faults = a_site(tmp_path, OWN)
    assert not faults
    build(config, 1, lambda done, total, what: None)
    page = browser.new_page(color_scheme="light")
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto((tmp_path / "site" / STORY.name / "index.html").as_uri())
    colour = "getComputedStyle(document.documentElement).getPropertyValue('--conflict')"
    assert "#8a0f3c" in page.evaluate(colour)
    assert page.locator("header.top img").get_attribute("alt") == "The Oster Desk"
    assert page.evaluate("document.querySelector('header.top img').naturalWidth") > 0
    assert "© The Oster Desk" in page.locator("footer").inner_text()
    assert page.locator("footer a[href='https://example.org/about']").count() == 1
    assert "Literata" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert all(u.startswith(("file:", "data:")) for u in asked)
    assert any(u.endswith("literata.woff2") for u in asked)
    page.close()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("    light:\n", "    lite:\n", "`lite`"),
        ('      conflict: "#8a0f3c"', '      konflikt: "#8a0f3c"', "`konflikt` is no colour"),
        ('      conflict: "#8a0f3c"', "      conflict: red", "`conflict: red` is no colour"),
        ('      conflict: "#8a0f3c"', '      conflict: "#e0a0a0"', "contrast of"),
        ("  logo: images/logo.svg", "  logo: images/loga.svg", "images/loga.svg is not in"),
        ("  logo: images/logo.svg", "  logo: logo.exe", "is no picture"),
        ("fonts/literata.woff2", "fonts/literata.zip", "is no font"),
        ("fonts/literata.woff2", "fonts/other.woff2", "fonts/other.woff2 is not in"),
        ("    serif: Literata", '    serif: "x;} body{"', "is no name of a font"),
    ],
)
def test_what_is_wrong_with_a_look_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    """One error each, and no page."""
    for name in ("images/logo.svg", "fonts/literata.woff2"):
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PIXEL)
    assert old in OWN
    _, faults = a_site(tmp_path, OWN.replace(old, new))
    assert told in faults
    assert re.search(r"mkdocs\.yml:\d+", faults)


def test_the_colours_of_the_style_sheet_are_those_that_a_theme_can_change() -> None:
    """Name by name, in light and in dark."""
    text = (ROOT / "templates" / "site.css").read_text(encoding="utf-8").split("}")[0]
    found = dict(re.findall(r"--([\w-]+):light-dark\(([^)]*)\)", text))
    told = {name: tuple(_long(c) for c in pair.split(",")) for name, pair in found.items()}
    assert told == {name: tuple(pair) for name, pair in COLOURS.items()}
    assert not list(too_faint({}))


def _long(colour: str) -> str:
    return "#" + "".join(d * 2 for d in colour[1:]) if len(colour) == 4 else colour


@given(st.integers(0, 0xFFFFFF), st.integers(0, 0xFFFFFF))
def test_contrast_is_between_1_and_21_and_has_no_order(first: int, second: int) -> None:
    """As WCAG defines it."""
    one, other = f"#{first:06x}", f"#{second:06x}"
    assert 1 <= contrast(one, other) <= 21.01
    assert contrast(one, other) == contrast(other, one)


def test_the_contrast_of_black_on_white() -> None:
    """The ends of the scale, and a colour that is just too faint."""
    assert round(contrast("#000", "#ffffff"), 1) == 21
    assert contrast("#777777", "#ffffff") < LEAST_CONTRAST < contrast("#767676", "#ffffff")
