"""Articles on the desk: seen before they are kept, corrected in place, and taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from site_gen.content import read_content
from site_gen.shell.desk_articles import Articles
from site_gen.shell.fetch import Client, Limits
from tests.desk import STORY, Shown
from tests.webserver import Reply, article_page, serving

TEXT = """Cable car stops above the lake

By Ina Holm

12 June 2031

A cable of the Oster gondola broke on Tuesday, and 312 passengers waited in the cabins for hours.

The rescue service brought all of them down before midnight, its chief Edda Roon said.

Support our work: become a member today.
"""


def files(desk: Shown) -> dict[str, bytes]:
    """Every file of the story."""
    folder = desk.index.parent
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_pasted_text_is_seen_kept_and_taken_back(desk: Shown, page: Page) -> None:
    """By keyboard: what is made of it, with what is left out; nothing is written before."""
    before = files(desk)
    page.goto(f"{desk.at}{STORY}/add")
    page.get_by_label("Text or HTML").focus()
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Morning Star")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("#h-made")).to_contain_text("oster-gondola/morning-star.md")
    expect(page.locator("main")).to_contain_text("312 passengers waited")
    expect(page.locator("main")).to_contain_text("become a member")
    expect(page.get_by_role("heading", name="Left out")).to_be_visible()
    assert files(desk) == before
    with page.expect_navigation():
        page.keyboard.press("y")
    expect(page.locator("#told")).to_contain_text("morning-star.md")
    made = (desk.index.parent / "morning-star.md").read_text(encoding="utf-8")
    assert "outlet: Morning Star" in made
    assert any((desk.index.parent / "originals").glob("morning-star*"))
    page.goto(f"{desk.at}{STORY}/")
    with page.expect_navigation():
        page.keyboard.press("u")
    assert files(desk) == before


def test_what_a_rule_left_out_can_be_kept(desk: Shown, page: Page) -> None:
    """Looked at again with the rule overruled."""
    page.goto(f"{desk.at}{STORY}/add")
    page.get_by_label("Text or HTML").fill(TEXT)
    page.get_by_label("Outlet").fill("Morning Star")
    page.get_by_role("button", name="Look at it").click()
    box = page.locator("input[name=keep]").first
    box.check()
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#h-made")).to_be_visible()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "nothing was pasted"),
        ({"text": "x"}, "did you mean"),
        ({"text": TEXT}, "does not say who published it"),
        ({"text": TEXT, "outlet": "A", "published": "yesterday"}, "is not a date"),
        ({"link": "ftp://example.org/x", "outlet": "A"}, "no address of the web"),
        ({"link": "http://127.0.0.1:1/x", "outlet": "A"}, "private"),
        ({"link": "http://[::1]/x", "outlet": "A"}, "private"),
        ({"link": "http://169.254.169.254/latest", "outlet": "A"}, "private"),
    ],
)
def test_what_cannot_be_read_is_told(desk: Shown, fields: dict[str, str], words: str) -> None:
    """In words, and nothing is written; no address of this machine or its network is asked."""
    before = files(desk)
    status, body = desk.post(f"{STORY}/add", {"token": desk.form_token()} | fields)
    assert status in (200, 409)
    if words != "did you mean":
        assert words in body, body[body.find("refused") : body.find("refused") + 600]
    assert files(desk) == before


def test_a_link_is_fetched(desk: Shown, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `add` fetches it."""
    with serving() as web:
        text = "Twelve passengers waited on the ferry for hours, its captain said on Friday."
        web.pages["/ferry"] = Reply(
            body=article_page(f"{text}\n\n{text} Nobody was hurt.").encode()
        )
        monkeypatch.setattr(
            Articles, "_client", lambda self: Client(limits=Limits(private=True, pause=0.0))
        )
        page.goto(f"{desk.at}{STORY}/add")
        page.get_by_label("or a link").fill(f"{web.root}/ferry")
        page.get_by_label("Outlet").fill("Morning Star")
        page.get_by_role("button", name="Look at it").click()
        expect(page.locator("#h-made")).to_be_visible()
        expect(page.locator("dl")).to_contain_text("/ferry")


def test_a_paragraph_a_role_and_a_day_are_corrected(desk: Shown, page: Page) -> None:
    """In place: nothing else of the file changes, and undo gives it back."""
    path = desk.index.parent / "courier.md"
    before = path.read_bytes()
    page.goto(f"{desk.at}{STORY}/articles?name=courier")
    first = page.locator("form.para").first
    words = first.locator("textarea").input_value()
    first.locator("textarea").fill(words.replace("312", "313"))
    first.get_by_role("button", name="Write").click()
    expect(page.locator("#told")).to_contain_text("paragraph 1")
    assert path.read_text(encoding="utf-8") == before.decode().replace("312", "313", 1)
    first = page.locator("form.para").first
    first.locator("select").select_option("caption")
    first.get_by_role("button", name="Write").click()
    text = path.read_text(encoding="utf-8")
    content, errors = read_content(
        {f"x/{p.name}": p.read_bytes() for p in desk.index.parent.glob("*.md")}
    )
    assert errors == []
    assert content.stories[0].article("courier").paragraphs[0].role == "caption"
    page.get_by_label("Published").fill("2031-06-11")
    page.locator("form.fields").get_by_role("button", name="Write").click()
    assert "2031-06-11" in path.read_text(encoding="utf-8")
    page.get_by_label("Published").fill("the other day")
    page.locator("form.fields").get_by_role("button", name="Write").click()
    expect(page.locator(".refused")).to_contain_text("is not a date")
    page.goto(f"{desk.at}{STORY}/articles?name=courier")
    for _ in range(3):
        page.get_by_role("button", name="Undo").click()
    assert path.read_bytes() == before
    assert text


def test_an_article_that_changed_meanwhile_is_not_written_over(desk: Shown, page: Page) -> None:
    """The other's words stay."""
    path = desk.index.parent / "courier.md"
    page.goto(f"{desk.at}{STORY}/articles?name=courier")
    other = path.read_text(encoding="utf-8").replace("312 passengers", "three hundred passengers")
    path.write_text(other, encoding="utf-8")
    first = page.locator("form.para").first
    first.locator("textarea").fill("Mine.")
    first.get_by_role("button", name="Write").click()
    expect(page.locator(".refused")).to_contain_text("changed outside")
    assert path.read_text(encoding="utf-8") == other
