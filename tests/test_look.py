"""The pages as readers meet them: the first screen, choosing without a script, paper, and what
axe-core finds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from site_gen.render.method import MEASURED
from site_gen.shell.build import build
from site_gen.shell.config import load_config
from tests.conftest import ROOT
from tests.contact_sheet import TOLERANCE, changed
from tests.test_serve import make_site

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
    "tags/accident/index.html",
    "outlets/national-ledger/index.html",
    "guide/look/index.html",
    "method/index.html",
)
"""One page of each type."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_SIZE_AND_COLOUR = [
    *("color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"),
    *("css-orientation-lock", "avoid-inline-spacing", "meta-viewport", "hidden-content"),
]
"""Rules of axe whose answer depends on the window, the scheme or what is folded."""
ASKED = {
    "runOnly": RULES,
    "resultTypes": ["violations"],
    "selectors": False,
    "xpath": False,
    "elementRef": False,
}
"""What axe is asked: the rules that are broken, and not where everything stands that keeps them."""


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
@pytest.mark.parametrize(
    "narrow", [OF_SIZE_AND_COLOUR, pytest.param(RULES, marks=pytest.mark.exam)]
)
def test_axe_finds_nothing(
    browser: Browser, sample_site: Path, path: str, narrow: Sequence[str]
) -> None:
    """At two widths, light and dark, closed or open: A, AA and best practices. The narrow dark page
    is asked again what depends on that; the exam asks everything twice."""
    found = []
    for width, scheme, opened, rules in (
        (1280, "light", True, RULES),
        (320, "dark", False, narrow),
    ):
        page = open_page(browser, sample_site, path, width, color_scheme=scheme, bypass_csp=True)
        if opened:
            page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
        result = Axe().run(page, options={**ASKED, "runOnly": rules})
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


@pytest.mark.parametrize("path", [STORY, "index.html", "oster-gondola/courier/index.html"])
def test_in_forced_colours_signs_and_marks_still_tell(
    browser: Browser, sample_site: Path, path: str
) -> None:
    """A verdict is a sign and a word, the odd one out has an outline; axe-core finds nothing."""
    page = open_page(browser, sample_site, path, 1280, forced_colors="active", bypass_csp=True)
    sign = "getComputedStyle(document.querySelector('.v'), '::before').content"
    assert page.evaluate(sign).strip('"') in "≠⇄↻≈=1?"
    assert page.locator(".v").first.inner_text()
    if path == STORY:
        outline = page.evaluate("getComputedStyle(document.querySelector('.g.odd')).outlineStyle")
        assert outline == "dashed"
    result = Axe().run(page, options=ASKED)
    assert not [v["id"] for v in result.response["violations"]]
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
def test_at_twice_the_size_nothing_is_lost(browser: Browser, sample_site: Path, path: str) -> None:
    """200 % zoom of a window of 1280 px is a window of 640 px at twice the density (WCAG 1.4.4);
    letters of twice the size alone fit too."""
    page = open_page(browser, sample_site, path, 640, device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.context.close()


def test_nothing_moves_by_itself(browser: Browser, sample_site: Path) -> None:
    """There is no animation to reduce."""
    page = open_page(browser, sample_site, STORY, 1280)
    moving = """[...document.querySelectorAll('*')].filter((e) => {
        const s = getComputedStyle(e);
        return s.animationName !== 'none' || /[1-9]/.test(s.transitionDuration);
    }).length"""
    assert page.evaluate(moving) == 0
    page.context.close()


@pytest.mark.usefixtures("search_index")
def test_a_page_that_is_not_there_leads_on(browser: Browser, tmp_path: Path) -> None:
    """Served at any depth: with the style sheet, and to the stories, the search and the outlets."""
    make_site(tmp_path, "http://127.0.0.1/")
    config, _ = load_config(tmp_path / "mkdocs.yml", None, None, {})
    build(config, 1, lambda done, total, what: None)
    html = (tmp_path / "site" / "404.html").read_text(encoding="utf-8")
    page = browser.new_page(bypass_csp=True)
    page.goto((tmp_path / "site" / "404.html").as_uri())
    css = (tmp_path / "site").glob("assets/site.*.css")
    page.add_style_tag(path=str(next(css)))
    result = Axe().run(page, options=ASKED)
    assert not [v["id"] for v in result.response["violations"]]
    links = re.findall(r'<p class="btns">.*?</p>', html, re.DOTALL)[0]
    assert [*re.findall(r'href="(.*?)"', links)] == ["/", "/search/", "/outlets/"]
    page.close()


def test_an_article_is_read_before_its_notes_and_names_rivals(
    browser: Browser, sample_site: Path
) -> None:
    """The note that stands beside a value that differs tells what another says."""
    page = open_page(browser, sample_site, "oster-gondola/ledger/index.html", 1280)
    note = page.locator(".pa aside:has(.v.conflict)").first
    assert "Fourteen" in note.inner_text() or "fourteen" in note.inner_text()
    text, beside = note.locator("xpath=..").locator(".text").bounding_box(), note.bounding_box()
    assert text["x"] + text["width"] <= beside["x"]
    page.context.close()


def test_search_tells_type_and_outlet_and_marks_the_words(browser: Browser, address: str) -> None:
    """Results can be narrowed down by the keyboard alone; what matched is marked."""
    page = browser.new_page()
    page.goto(f"{address}search/index.html")
    page.locator("#q").press_sequentially("cable")
    page.wait_for_selector("#results li mark")
    every = page.locator("#results li").count()
    kinds = page.locator("#results .kicker").all_inner_texts()
    assert "Story" in kinds
    assert any(k.startswith("Article · ") for k in kinds)
    page.locator("#f-type").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.locator("#f-type").input_value() == "Article"
    page.wait_for_function(
        """(every) => {
            const kinds = [...document.querySelectorAll('#results .kicker')];
            const articles = kinds.every((k) => k.textContent.startsWith('Article'));
            return kinds.length && kinds.length < every && articles;
        }""",
        arg=every,
    )
    page.close()


def test_the_guide_has_contents_and_leads_on(browser: Browser, sample_site: Path) -> None:
    """Each page of a section names all, and the one before and after it."""
    page = open_page(browser, sample_site, "guide/figures/index.html", 1280)
    assert page.locator(".toc [aria-current=page]").inner_text() == "Figures"
    page.locator("a[rel=next]").click()
    assert page.locator("h1").inner_text() == "Who says it"
    page.locator("a[rel=prev]").click()
    assert page.locator("h1").inner_text() == "Figures"
    page.context.close()


def test_the_method_page_tells_the_measured_figures() -> None:
    """Those of ``accuracy.md``, and no others."""
    accuracy = (ROOT / "content" / "guide" / "accuracy.md").read_text(encoding="utf-8")
    for _, share, _ in MEASURED:
        assert re.search(rf"(?<!\d){share:.1f}(?!\d)", accuracy), share


def test_the_pictures_of_two_builds_are_the_same(browser: Browser, sample_site: Path) -> None:
    """The contact sheet tells a page that changed from one that did not."""
    page = open_page(browser, sample_site, STORY, 360)
    first, again = page.screenshot(), page.screenshot()
    assert changed(first, again) <= TOLERANCE
    page.locator("#finding").evaluate("(e) => { e.textContent = 'Another finding'; }")
    assert changed(first, page.screenshot()) > TOLERANCE
    page.context.close()
