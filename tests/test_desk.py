"""The desk: everything by keyboard alone, everything in the file at once, nothing lost, and nothing
that another site or a hostile text can do."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from site_gen.content import read_content
from site_gen.front_matter import read_rulings
from site_gen.pipeline import analyse
from tests.desk import DAY, SMALL, STORY, TOKEN, Shown, make, press, running


def at(page: Page, desk: Shown, kind: str) -> str:
    """Open the first finding of a kind that waits; its key."""
    opened = desk.reviewing.open(STORY)
    item = next(i for i in opened.items if i.kind == kind and not i.done)
    page.goto(f"{desk.at}{STORY}/?at={item.key}&show=everything")
    return item.key


# ── by keyboard alone


def test_a_story_is_opened_decided_and_taken_back_by_keyboard(desk: Shown, page: Page) -> None:
    """From the list of stories into a story, down the list, and back all the way."""
    before = desk.index.read_bytes()
    link = page.get_by_role("link", name="Gondola cable snaps above Lake Oster")
    for _ in range(20):
        page.keyboard.press("Tab")
        if link.evaluate("node => node === document.activeElement"):
            break
    press(page, "Enter")
    expect(page.locator("#title")).to_contain_text("fourteen or nine people?")
    expect(page.locator(".dock button")).to_have_count(2)
    press(page, "y")
    expect(page.locator("#told")).to_be_focused()
    expect(page.locator("#told")).to_have_text("Written: same thing.")
    first = desk.rulings[-1]
    assert first["same"] is True
    assert (first["editor"], first["date"]) == ("L. Fisk", DAY)
    assert first["of"] == ["Fourteen people", "Nine people"]
    expect(page.locator(".que b").first).to_have_text("1 of 34 reviewed")
    press(page, "n")
    assert desk.rulings[-1]["different"] is True
    press(page, "s")  # later: nothing is written
    press(page, "h")
    assert desk.rulings[-1]["hide"] is True
    assert len(desk.rulings) == 3
    text = desk.index.read_text(encoding="utf-8")
    assert text.startswith("---\n# ours, please keep\n")
    for left in (2, 1, 0):
        press(page, "u")
        assert len(desk.rulings) == left
    assert desk.index.read_bytes() == before
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_every_field_by_keyboard(desk: Shown, page: Page) -> None:
    """Another value, another speaker, a label, a verdict with its reason, a note and a response."""
    key = at(page, desk, "figure")
    page.keyboard.press("w")
    page.keyboard.type("fifteen people")
    press(page, "Control+Enter")
    value = desk.rulings[-1]
    assert value["value"] == "fifteen people"
    assert str(value["mention"]).startswith("m-")
    expect(page.locator(".why").first).to_contain_text("cannot both be true")
    page.keyboard.press("p")
    page.keyboard.press("ArrowDown")  # nobody
    press(page, "Control+Enter")
    assert desk.rulings[-1]["mention"] == value["mention"]
    assert desk.rulings[-1]["speaker"] == "none"
    page.keyboard.press("r")
    page.keyboard.press("Control+A")
    page.keyboard.type("Injured")
    press(page, "Enter")
    assert desk.rulings[-1]["label"] == "Injured"
    expect(page.locator("#title")).to_contain_text("Injured:")
    page.keyboard.press("v")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("One counted a cabin only.")
    press(page, "Enter")
    ruling = desk.rulings[-1]
    assert (ruling["verdict"], ruling["label"]) == ("agree", "Injured")
    assert ruling["reason"] == "One counted a cabin only."
    page.goto(f"{desk.at}{STORY}/?at={key}&show=all")
    page.keyboard.press("t")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("The Ledger has mended its article.")
    press(page, "Control+Enter")
    assert desk.rulings[-1]["response"] == "The Ledger has mended its article."
    files = {f"x/{p.name}": p.read_bytes() for p in desk.index.parent.glob("*.md")}
    content, errors = read_content(files)
    assert errors == []
    comparison = analyse(content.stories[0])
    row = next(r for r in comparison.rows if f"row:{r.id}" == key)
    assert (row.shown, row.label, row.reviewed) == ("agree", "Injured", True)
    assert any(s.reading == "fifteen people" for c in row.cells for s in c.statements)
    while desk.rulings:
        press(page, "u")


def test_passages_speakers_and_the_rest_by_keyboard(desk: Shown, page: Page) -> None:
    """Each sort of finding has its decision."""
    at(page, desk, "passage")
    press(page, "y")
    assert desk.rulings[-1]["same"] is True
    assert len(list(desk.rulings[-1]["paragraphs"])) > 1  # type: ignore[call-overload]
    opened = desk.reviewing.open(STORY)
    large = next(
        i for i in opened.items if i.kind == "passage" and not i.done and len(i.target) > 3
    )
    page.goto(f"{desk.at}{STORY}/?at={large.key}&show=everything")
    page.keyboard.press("n")
    page.keyboard.press("Space")
    press(page, "Enter")
    assert desk.rulings[-1]["different"] is True
    at(page, desk, "speaker")
    press(page, "y")
    assert desk.rulings[-1]["right"] is True
    key = at(page, desk, "speaker")
    page.keyboard.press("p")
    page.keyboard.press("ArrowDown")
    press(page, "Control+Enter")
    assert desk.rulings[-1]["speaker"] == "none"
    assert key.startswith("finding:")
    at(page, desk, "quotation")
    press(page, "y")
    at(page, desk, "one source")
    press(page, "y")
    at(page, desk, "only here")
    press(page, "n")
    assert desk.rulings[-1]["hide"] is True
    page.goto(f"{desk.at}hallin-depot/")
    page.keyboard.press("/")
    page.keyboard.type("stated")
    press(page, "Enter")
    expect(page.locator(".kicker").first).to_contain_text("stated differently")
    press(page, "y")
    other = desk.root / "content/hallin-depot/index.md"
    (ruling,) = read_rulings(other.read_text(encoding="utf-8"))
    assert ruling["right"] is True


def test_a_passage_gets_a_paragraph_more(desk: Shown, page: Page) -> None:
    """Of a source that reports it too; then it is confirmed as it is, and stays so."""
    opened = desk.reviewing.open(STORY)
    item = next(i for i in opened.items if i.kind == "passage" and len(i.target) < 5 and not i.done)
    page.goto(f"{desk.at}{STORY}/?at={item.key}&show=everything")
    page.keyboard.press("a")
    page.keyboard.press("ArrowDown")
    press(page, "Control+Enter")
    names = set(desk.rulings[-1]["paragraphs"])  # type: ignore[call-overload]
    assert names > set(item.target[1:])
    now = next(
        i
        for i in desk.reviewing.open(STORY).items
        if i.kind == "passage" and set(i.target[1:]) == names
    )
    assert now.done
    assert not now.lapsed
    assert item.key not in {i.key for i in desk.reviewing.open(STORY).items}


def test_two_facts_of_one_source_are_joined(desk: Shown, page: Page) -> None:
    """What the machine kept apart is put together, and judged over all."""
    opened = desk.reviewing.open(STORY)
    item = next(
        i
        for i in opened.items
        if i.kind == "one source"
        and len([r for r in opened.comparison.rows if r.kind == "figure"]) > 1
        and i.id in {r.id for r in opened.comparison.rows if r.kind == "figure"}
    )
    page.goto(f"{desk.at}{STORY}/?at={item.key}&show=everything")
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    press(page, "Control+Enter")
    assert isinstance(desk.rulings[-1]["same"], list)


def test_keys_can_be_switched_off_and_do_nothing_in_fields(desk: Shown, page: Page) -> None:
    """WCAG 2.1.4; and who types "y" into a field has decided nothing."""
    page.goto(f"{desk.at}{STORY}/")
    page.keyboard.press("/")
    page.keyboard.type("yes, nothing")
    assert desk.rulings == []
    page.keyboard.press("Escape")
    page.locator("#keys").focus()
    page.keyboard.press("Space")
    page.keyboard.press("y")
    page.wait_for_timeout(200)
    assert desk.rulings == []
    page.reload()
    expect(page.locator("#keys")).not_to_be_checked()


def test_a_whole_story_in_one_go(desk: Shown, page: Page) -> None:
    """Pressing "y" to the end: everything that counts is reviewed, and the page says so."""
    total = len(desk.reviewing.open(SMALL).asked)
    page.goto(f"{desk.at}{SMALL}/")
    for _ in range(total):
        press(page, "y")
    expect(page.locator("#title")).to_have_text("All findings are reviewed")
    expect(page.locator(".que b").first).to_have_text(f"{total} of {total} reviewed")
    desk.reviewing.preview.build()
    page.goto(f"http://127.0.0.1:{desk.port}/{SMALL}/")
    expect(page.locator(".review")).to_have_text(
        f"Reviewed by L. Fisk on 1 July 2031: all {total} findings over several sources"
    )


def test_it_works_without_scripts(desk: Shown, browser: Browser) -> None:
    """Forms and links alone."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{desk.at}?token={TOKEN}")
    page.get_by_role("link", name="Gondola cable snaps above Lake Oster").click()
    page.get_by_role("button", name="Same thing").click()
    assert len(desk.rulings) == 1
    page.get_by_role("button", name="Undo").click()
    assert desk.rulings == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_telephone(desk: Shown, browser: Browser, scheme: str) -> None:
    """At 360 px nothing scrolls sideways, and both decisions are on the first screen."""
    context = browser.new_context(
        viewport={"width": 360, "height": 780},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(f"{desk.at}?token={TOKEN}")
    for there in ("", f"{STORY}/", f"{STORY}/rulings", f"{STORY}/articles?name=courier"):
        page.goto(desk.at + there)
        assert page.evaluate("document.documentElement.scrollWidth") == 360, there
    page.goto(f"{desk.at}{STORY}/")
    for button in page.locator(".dock button").all():
        box = button.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 780
    context.close()


def test_what_was_joined_stays_joined_when_it_is_confirmed(desk: Shown, page: Page) -> None:
    """A row with another one's cells is decided; "y" on it takes nothing apart, and the machine's
    verdict is over all of them."""
    opened = desk.reviewing.open(STORY)
    rows = [r for r in opened.comparison.rows if r.kind == "figure"]
    alone = next(r for r in rows if len(r.cells) == 1)
    other = next(
        r for r in rows if len(r.cells) == 1 and r.cells[0].source != alone.cells[0].source
    )
    page.goto(f"{desk.at}{STORY}/?at=row:{alone.id}&show=everything")
    page.keyboard.press("m")
    page.locator("select[name=join]").select_option(other.id)
    press(page, "Control+Enter")
    joined = next(i for i in desk.reviewing.open(STORY).items if i.id == alone.id)
    assert (joined.done, joined.lapsed, len(joined.of)) == (True, False, 2)
    page.goto(f"{desk.at}{STORY}/?at=row:{alone.id}&show=everything")
    expect(page.locator("#now .saying")).to_have_count(2)
    page.keyboard.press("y")
    page.wait_for_timeout(300)
    assert desk.rulings[-1]["same"] == [other.id]


def test_a_note_alone_is_written_and_decides_nothing(desk: Shown, page: Page) -> None:
    """Also a reason; the finding waits on."""
    page.goto(f"{desk.at}{STORY}/")
    page.keyboard.press("t")
    page.keyboard.type("Asked the Ledger.")
    press(page, "Control+Enter")
    assert desk.rulings[-1]["reason"] == "Asked the Ledger."
    expect(page.locator("#told")).to_contain_text("A note decides nothing")
    expect(page.locator(".que b").first).to_have_text("0 of 34 reviewed")
    expect(page.locator("#now .ruling")).to_contain_text("Asked the Ledger.")


def test_what_is_put_off_comes_last(desk: Shown, page: Page) -> None:
    """And is marked in the list."""
    page.goto(f"{desk.at}{SMALL}/")
    first = page.locator("#title").inner_text()
    press(page, "s")
    assert page.locator("#title").inner_text() != first
    expect(page.locator(".que li").first).to_contain_text("later")
    for _ in range(len(desk.reviewing.open(SMALL).asked) - 1):
        press(page, "y")
    assert page.locator("#title").inner_text() == first


def test_what_was_typed_is_kept_when_it_is_refused(desk: Shown, page: Page) -> None:
    """A value that cannot be read: the field is open, with the words in it."""
    page.goto(f"{desk.at}{STORY}/")
    page.keyboard.press("w")
    page.keyboard.type("a great many")
    press(page, "Control+Enter")
    expect(page.locator(".refused")).to_contain_text("cannot be read as one value")
    assert page.locator("#panel-value").evaluate("node => node.open")
    assert page.locator("input[name^='value:']").first.input_value() == "a great many"
    assert desk.rulings == []


def test_a_page_that_was_left_is_not_loaded_anew(tmp_path: Path, browser: Browser) -> None:
    """The file changes with each decision, and the preview tells every open page: the page that the
    decision leads to must come all the same."""
    index = make(tmp_path)
    with running(tmp_path, index, watch=True) as desk:
        page = browser.new_page()
        page.goto(f"{desk.at}?token={TOKEN}")
        page.goto(f"{desk.at}{STORY}/")
        for n in range(5):
            press(page, "yn"[n % 2])
            expect(page.locator("#told")).to_have_text(
                "Written: different things." if n % 2 else "Written: same thing."
            )
        assert len(desk.rulings) == 5
        page.wait_for_timeout(1500)  # the preview has followed: the page is that of the last one
        expect(page.locator(".que b").first).to_have_text("5 of 34 reviewed")
        page.keyboard.press("t")
        page.keyboard.type("half a no")
        text = index.read_text(encoding="utf-8")
        index.write_text(text.replace("title: ", "title: The ", 1), encoding="utf-8")
        expect(page.locator("#outdated")).to_be_visible()
        assert page.locator("textarea[name=reason]").input_value() == "half a no"
        page.close()
