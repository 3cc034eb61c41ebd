"""The sample site in a real Chromium: by clicking, without JavaScript, from files, and under a base path."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from site_gen.serve import server
from tests import browser as chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without a window."""
    path = chromium.find()
    if not path:
        pytest.skip(chromium.WHAT_TO_INSTALL)
    with sync_playwright() as p:
        running = p.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def address(sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample site served under /some/base/ on 127.0.0.1."""
    root = tmp_path_factory.mktemp("served")
    shutil.copytree(sample_site, root / "some" / "base")
    running = server(root, 0)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}/some/base/"
    running.shutdown()
    thread.join()
    running.server_close()


class Watched:
    """A page that remembers what went wrong: errors on the console, requests that leave the site."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.errors, self.left = page, [], []
        page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("request", lambda r: None if r.url.startswith((home, "data:")) else self.left.append(r.url))

    def clean(self) -> None:
        """Nothing went wrong."""
        assert not self.errors
        assert not self.left


def walk(page: Page) -> list[str]:
    """Front page → story → article → pair → versions → passages, by clicking; the heading of each page."""
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
            page.get_by_role("region", name="Sources").get_by_role("link", name="Gondola cable snaps").click()
        else:
            page.get_by_role("link", name=step).first.click()
        seen.append(page.locator("h1").inner_text())
    return seen


EXPECTED = [
    "Gondola cable snaps above Lake Oster",
    "Gondola cable snaps above Lake Oster, stranding hundreds",
    "Oster Valley Courier and National Ledger",
    "2 captures of one article",
    "Gondola cable snaps above Lake Oster",
    "Passages side by side",
]


def headings(found: list[str]) -> list[str]:
    """Headings with their line breaks as blanks."""
    return [" ".join(h.split()) for h in found]


def test_by_clicking_under_a_base_path(browser: Browser, address: str) -> None:
    """Front page → story → article → pair → versions, no console error, no request leaves the site."""
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
    """The paths of all pages."""
    return sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(browser: Browser, sample_site: Path, width: int, scheme: str) -> None:
    """At 320 px and at 1280 px nothing stands outside the window, and nothing is reported on the console."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    watched = Watched(page, sample_site.as_uri())
    wide = []
    for path in every_page(sample_site):
        page.goto(f"{sample_site.as_uri()}/{path}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    assert not wide
    watched.clean()
    context.close()


def test_n_and_p_go_through_the_changes(browser: Browser, sample_site: Path) -> None:
    """n focuses the next change, p the previous."""
    page = browser.new_page()
    page.goto(f"{sample_site.as_uri()}/oster-gondola/courier/versions/index.html")
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
    from site_gen.build import build
    from tests.test_build import silent, story

    nasty = '<script>document.title="ran"</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) " onmouseover="alert(1) 300 people'
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
