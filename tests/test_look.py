"""The pages as readers meet them: the first screen, choosing without a script, paper, and what
axe-core finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

STORY = "oster-gondola/index.html"
PAGES = (
    "index.html",
    STORY,
    "oster-gondola/courier/index.html",
    "oster-gondola/courier/vs/ledger/index.html",
    "oster-gondola/courier/versions/index.html",
    "oster-gondola/passages/index.html",
    "oster-gondola/worksheet/index.html",
    "oster-gondola/answers/index.html",
    "outlets/index.html",
    "search/index.html",
    "guide/index.html",
    "tags/index.html",
)
"""One page of each type."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def open_page(browser: Browser, site: Path, path: str, width: int, **more: Any) -> Any:
    """A page of the site at that width."""
    context = browser.new_context(viewport={"width": width, "height": 800}, **more)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{path}")
    return page


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_the_first_screen_holds_finding_values_and_picture(
    browser: Browser, sample_site: Path, width: int, height: int
) -> None:
    """Nobody scrolls for the finding; at 1280 px its reason is there too."""
    page = open_page(browser, sample_site, STORY, width)
    shown = ["#finding", ".groups", ".strip"] + ([".lead .why"] if width == 1280 else [])
    for part in shown:
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= height, part
    page.context.close()


def test_rows_are_chosen_without_a_script(browser: Browser, sample_site: Path) -> None:
    """By verdict and by outlet."""
    page = open_page(browser, sample_site, STORY, 1280, java_script_enabled=False)
    agreeing, differing = (
        page.locator(f"#ledger tbody.{s} .f").first for s in ("agree", "conflict")
    )
    assert agreeing.is_visible()
    page.locator("#v-conflict").check(force=True)
    assert differing.is_visible()
    assert not agreeing.is_visible()
    page.locator("#v-all").check(force=True)
    page.get_by_label("Radio Hallin", exact=True).check(force=True)
    assert differing.is_visible()
    assert not page.locator("#ledger tr.f:not(.k.o4):visible").count()
    page.context.close()


def test_sentences_open_in_place_without_a_script(browser: Browser, sample_site: Path) -> None:
    """A tap on a row's sign shows what it quotes."""
    page = open_page(browser, sample_site, STORY, 360, java_script_enabled=False)
    quoted = page.locator("#ledger .sents").first
    assert not quoted.is_visible()
    page.locator("#ledger .more summary").first.click()
    assert quoted.is_visible()
    page.context.close()


def test_an_embedded_row_has_its_citation_and_no_script(
    browser: Browser, sample_site: Path
) -> None:
    """It stands in a frame of 320 px and leads back to the row."""
    path = next((sample_site / "oster-gondola" / "embed").iterdir()) / "index.html"
    page = open_page(browser, sample_site, path.relative_to(sample_site).as_posix(), 320)
    assert page.locator("script").count() == 0
    link = page.locator("a[target=_blank]")
    assert path.parent.name in link.get_attribute("href")
    assert "Gondola cable snaps above Lake Oster" in page.locator("main").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_a_worksheet_hides_its_answers_until_asked_and_on_paper(
    browser: Browser, sample_site: Path
) -> None:
    """The verdict is one tap away on screen, and never printed."""
    page = open_page(browser, sample_site, "oster-gondola/worksheet/index.html", 1280)
    answer = page.locator(".answer .v").first
    assert not answer.is_visible()
    page.locator(".answer summary").first.click()
    assert answer.is_visible()
    page.emulate_media(media="print")
    assert not answer.is_visible()
    assert page.locator(".write").first.is_visible()
    page.context.close()


def test_a_printed_story_is_a_short_briefing(browser: Browser, sample_site: Path) -> None:
    """Two to four pages of A4."""
    page = open_page(browser, sample_site, STORY, 1280)
    edge = dict.fromkeys(("top", "bottom", "left", "right"), "15mm")
    paper = page.pdf(format="A4", print_background=True, margin=edge)
    assert 2 <= paper.count(b"/Type /Page\n") + paper.count(b"/Type /Page ") <= 4
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Browser, sample_site: Path, path: str) -> None:
    """At two widths, light and dark, closed or open: A, AA and best practices."""
    found = []
    for width, scheme, opened in ((1280, "light", True), (320, "dark", False)):
        page = open_page(browser, sample_site, path, width, color_scheme=scheme, bypass_csp=True)
        if opened:
            page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
        result = Axe().run(page, options={"runOnly": RULES})
        found += [(width, scheme, opened, v["id"]) for v in result.response["violations"]]
        page.context.close()
    assert not found


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_when_a_script_arrives(
    browser: Browser, sample_site: Path, path: str
) -> None:
    """What only a script or a server can do has its place before it is shown."""
    places = []
    for script in (False, True):
        page = open_page(browser, sample_site, path, 360, java_script_enabled=script)
        places.append(page.locator("main > *").first.bounding_box())
        page.context.close()
    assert places[0] == places[1]
