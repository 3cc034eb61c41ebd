"""The sample site in a real Chromium: by clicking, without JavaScript, from files, and under a base
path."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page


class Watched:
    """A page that remembers what went wrong: errors on the console, requests that leave the
    site."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.errors, self.left = page, [], []
        page.on(
            "console",
            lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None,
        )
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on(
            "request",
            lambda r: None if r.url.startswith((home, "data:")) else self.left.append(r.url),
        )

    def clean(self) -> None:
        """Nothing went wrong."""
        assert not self.errors
        assert not self.left


def walk(page: Page) -> list[str]:
    """Front page → story → article → pair → versions → passages, by clicking; the heading of each
    page."""
    seen = []
    for step in (
        "Gondola cable snaps above Lake Oster",
        "#sources tbody a",
        "Beside National Ledger",
        "back",
        "What changed between",
        "story",
        "Passages side by side",
    ):
        if step == "back":
            page.go_back()
            continue
        if step == "story":
            page.locator(".kicker a").click()
        elif step.startswith("#"):
            page.get_by_role("region", name="Sources").get_by_role(
                "link", name="Gondola cable snaps"
            ).click()
        else:
            page.get_by_role("link", name=step).first.click()
        seen.append(page.locator("h1").inner_text())
    return seen


EXPECTED = [
    "Gondola cable snaps above Lake Oster",
    "Gondola cable snaps above Lake Oster, stranding hundreds",
    "Oster Valley Courier and National Ledger",
    "What Oster Valley Courier changed: Gondola cable snaps above Lake Oster, stranding hundreds",
    "Gondola cable snaps above Lake Oster",
    "Passages side by side",
]


def headings(found: list[str]) -> list[str]:
    """Headings with their line breaks as blanks."""
    return [" ".join(h.split()) for h in found]


def test_by_clicking_under_a_base_path(browser: Browser, address: str) -> None:
    """Front page → story → article → pair → versions, no console error, no request leaves the
    site."""
    page = browser.new_page()
    watched = Watched(page, address)
    page.goto(address)
    assert headings(walk(page)) == EXPECTED
    watched.clean()
    page.close()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_files(browser: Browser, sample_site: Path, javascript: bool) -> None:
    """The same from file://, with JavaScript on and off."""
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    watched = Watched(page, sample_site.as_uri())
    page.goto(f"{sample_site.as_uri()}/index.html")
    assert headings(walk(page)) == EXPECTED
    assert page.get_by_text("of them seriously").first.is_visible()
    watched.clean()
    context.close()


def every_page(site: Path) -> list[str]:
    """The paths of all pages but 404.html, which only a server shows."""
    return sorted(
        p.relative_to(site).as_posix() for p in site.rglob("*.html") if p.name != "404.html"
    )


@pytest.mark.parametrize(
    ("width", "every"),
    [(320, True), (1280, False), pytest.param(1280, True, marks=pytest.mark.exam)],
)
def test_no_page_scrolls_sideways(
    browser: Browser, sample_site: Path, width: int, every: bool
) -> None:
    """At 320 px, and at 1280 px those of one story and what is no story's, light and dark, nothing
    stands outside the window, and nothing is reported on the console."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    watched = Watched(page, sample_site.as_uri())
    wide = []
    one_story = "oster-gondola/"
    others = {p.parent.name for p in sample_site.glob("*/data.json")} - {one_story[:-1]}
    for path in every_page(sample_site):
        if not every and path.partition("/")[0] in others:
            continue
        page.goto(f"{sample_site.as_uri()}/{path}")
        schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
        for scheme in schemes:  # of the same page: no script asks for it
            page.emulate_media(color_scheme=scheme)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wide.append((path, scheme))
    assert not wide
    watched.clean()
    context.close()


def test_on_a_phone_each_side_is_named(browser: Browser, sample_site: Path) -> None:
    """In one column every cell stands below the other, and says whose words it holds."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{sample_site.as_uri()}/oster-gondola/courier/vs/ledger/index.html")
    lefts = page.evaluate(
        "[...document.querySelectorAll('.pr.stop > [data-o]')].map((c) =>"
        " Math.round(c.getBoundingClientRect().x))"
    )
    assert len(set(lefts)) == 1
    named = "getComputedStyle(document.querySelector('.pr.stop > [data-o]'), '::before').content"
    assert "Courier" in page.evaluate(named)
    page.close()


def test_n_and_p_go_through_the_changes(browser: Browser, sample_site: Path) -> None:
    """n focuses the next change, p the previous."""
    page = browser.new_page()
    page.goto(f"{sample_site.as_uri()}/oster-gondola/courier/versions/index.html")
    page.locator(".diff").first.focus()
    page.keyboard.press("n")
    first = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.innerText") != first
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.innerText") == first
    assert "Twelve" in first
    page.close()


def test_a_link_to_a_row_in_a_closed_section_opens_it(browser: Browser, sample_site: Path) -> None:
    """A permalink is never hidden."""
    page = browser.new_page()
    page.goto(f"{sample_site.as_uri()}/oster-gondola/index.html")
    row = page.locator("details.many tr[id]").first
    assert not row.is_visible()
    page.goto(f"{sample_site.as_uri()}/oster-gondola/index.html#{row.get_attribute('id')}")
    page.reload()
    assert page.locator("details.many tr[id]").first.is_visible()
    page.close()


def test_hostile_text_runs_nothing(browser: Browser, tmp_path: Path) -> None:
    """Markup, scripts and addresses in a capture are text on every page."""
    from site_gen.shell.build import build
    from tests.test_build import silent, story

    nasty = (
        '<script>document.title="ran"</script> <img src=x onerror=alert(1)>'
        ' [x](javascript:alert(1)) " onmouseover="alert(1) 300 people'
    )
    config = story(tmp_path, nasty)
    build(config, 1, silent)
    page = browser.new_page()
    watched = Watched(page, config.out.as_uri())
    page.on("dialog", lambda d: watched.errors.append(d.message))
    for path in every_page(config.out):
        page.goto(f"{config.out.as_uri()}/{path}")
        assert "ran" not in page.title()
        assert page.locator("main script, main img, a[href^='javascript']").count() == 0
    watched.clean()
    page.close()


def test_search_finds_stories_and_articles(browser: Browser, address: str) -> None:
    """The link to it appears, the index is loaded on focus only, a word leads to pages, and nothing
    leaves the site."""
    page = browser.new_page()
    watched = Watched(page, address)
    loaded: list[str] = []
    page.on("request", lambda r: loaded.append(r.url) if "pagefind" in r.url else None)
    page.goto(address)
    page.get_by_role("link", name="Search").click()
    page.locator("#no-search").wait_for(state="hidden")
    assert not loaded
    page.locator("#q").fill("footbridge")
    page.locator("#results a").first.wait_for()
    assert loaded
    titles = page.locator("#results a").all_inner_texts()
    assert any("footbridge" in t.lower() for t in titles)
    page.locator("#results a").first.click()
    assert "hallin-footbridge" in page.url
    watched.clean()
    page.close()


def test_search_is_hidden_where_it_cannot_work(
    browser: Browser, address: str, sample_site: Path
) -> None:
    """Without JavaScript and from files there is no link to it, and its page says why."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.get_by_role("link", name="Search").count() == 0
    context.close()
    page = browser.new_page()
    page.goto(f"{sample_site.as_uri()}/index.html")
    assert page.get_by_role("link", name="Search").count() == 0
    page.goto(f"{sample_site.as_uri()}/search/index.html")
    assert page.locator("#no-search").is_visible()
    assert page.locator("#search").is_hidden()
    page.close()
