"""Nothing is lost on the desk: two tabs, two editors, edits outside, a kill in the middle of a
write; and nobody’s word is taken for another’s."""

from __future__ import annotations

import hashlib
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from playwright.sync_api import Browser, expect

from site_gen.front_matter import read_rulings
from site_gen.shell.config import load_config
from site_gen.shell.opened import Refused
from site_gen.shell.preview import Preview
from site_gen.shell.reviewing import Reviewing
from tests.commands import around
from tests.desk import DAY, STORY, TOKEN, Shown, make, running

FIRST = "row:r-723927b6"


def decision(desk: Shown, **more: str) -> dict[str, str]:
    """The fields of a form that says "same thing" of the first finding."""
    opened = desk.reviewing.open(STORY)
    item = opened.items[0]
    return {
        "token": desk.form_token(),
        "key": item.key,
        "standing": opened.standing(item),
        "act": "same",
        "show": "waiting",
    } | more


# ── two of everything


def test_two_tabs(desk: Shown, browser: Browser) -> None:
    """The second tab's decision on what is decided already is not made; it sees what holds."""
    context = browser.new_context()
    first, second = context.new_page(), context.new_page()
    second.route("**/events", lambda route: route.abort())  # it does not hear of the first one
    first.goto(f"{desk.at}?token={TOKEN}")
    first.goto(f"{desk.at}{STORY}/")
    second.goto(f"{desk.at}{STORY}/")
    with first.expect_navigation():
        first.keyboard.press("y")
    with second.expect_navigation():
        second.keyboard.press("n")
    expect(second.locator(".refused")).to_contain_text("Somebody decided on this meanwhile")
    (ruling,) = desk.rulings
    assert ruling["same"] is True
    context.close()


def test_two_editors_at_once(tmp_path: Path) -> None:
    """Two desks on one folder decide on different findings at the same time: all are written."""
    index = make(tmp_path)
    desks = []
    for name in ("A", "B"):
        preview = Preview(reload=lambda: load_config(tmp_path / "mkdocs.yml", None, None, {}))
        preview.config = preview.reload()[0]
        desks.append(Reviewing(preview=preview, today=lambda: DAY, editor=name))
    items = desks[0].open(STORY).asked[:16]
    refused: list[str] = []

    def work(desk: Reviewing, mine: list[str]) -> None:
        for key in mine:
            opened = desk.open(STORY)
            item = opened.item(key)
            try:
                desk.decide(STORY, key, opened.standing(item), {"note": key}, what="x")
            except Refused as fault:
                refused.append(str(fault))

    keys = [i.key for i in items]
    threads = [
        threading.Thread(target=work, args=(desk, keys[n::2])) for n, desk in enumerate(desks)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rulings = read_rulings(index.read_text(encoding="utf-8"))
    assert refused == []
    assert sorted(str(r["note"]) for r in rulings) == sorted(keys)
    assert {r["editor"] for r in rulings} == {"A", "B"}
    assert not list(index.parent.glob(".*"))


def test_an_edit_outside_is_kept(desk: Shown) -> None:
    """What a text editor wrote meanwhile is read again, never written over; undo leaves it."""
    fields = decision(desk)
    text = desk.index.read_text(encoding="utf-8")
    desk.index.write_text(
        text.replace("title: Gondola", "title: The gondola  # mine\nnoindex: true\nsummary_: x"),
        encoding="utf-8",
    )
    assert desk.post(f"{STORY}/decide", fields)[0] == 409  # a fault in the file: nothing is written
    desk.index.write_text(
        text.replace("title: Gondola", "# mine\ntitle: The gondola"), encoding="utf-8"
    )
    assert desk.post(f"{STORY}/decide", fields)[0] == 303
    now = desk.index.read_text(encoding="utf-8")
    assert "# mine\ntitle: The gondola" in now
    desk.index.write_text(now.replace("The gondola", "That gondola"), encoding="utf-8")
    desk.post(f"{STORY}/undo", {"token": fields["token"]})
    assert desk.rulings == []
    assert "That gondola" in desk.index.read_text(encoding="utf-8")


def test_undo_does_not_take_away_what_somebody_else_wrote(desk: Shown) -> None:
    """A ruling that was changed by hand since is not taken back."""
    fields = decision(desk)
    desk.post(f"{STORY}/decide", fields)
    text = desk.index.read_text(encoding="utf-8")
    changed = text.replace("same: true", "verdict: agree")
    desk.index.write_text(changed, encoding="utf-8")
    status, body = desk.post(f"{STORY}/undo", {"token": fields["token"]})
    assert status == 409
    assert "Somebody changed this ruling" in body
    assert desk.index.read_text(encoding="utf-8") == changed


WRITER = """
import sys, itertools
from pathlib import Path
from site_gen.shell.config import load_config
from site_gen.shell.preview import Preview
from site_gen.shell.reviewing import Reviewing
preview = Preview(reload=lambda: load_config(Path(sys.argv[1]), None, None, {}))
preview.config = preview.reload()[0]
desk = Reviewing(preview=preview, today=lambda: "2031-07-01", editor="A")
desk.open("oster-gondola")
print("ready", flush=True)
for n in itertools.count():
    opened = desk.open("oster-gondola")
    item = opened.asked[n % 6]
    said = {"note": "n" * (n % 900 + 1)}
    desk.decide("oster-gondola", item.key, opened.standing(item), said, what="x")
"""


def test_a_kill_in_the_middle_of_a_write_loses_nothing(tmp_path: Path) -> None:
    """Killed at six moments, the file is whole each time, and the next desk goes on."""
    index = make(tmp_path)
    title = "title: Gondola cable snaps above Lake Oster"
    chance = random.Random(7)
    for _ in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "mkdocs.yml")],
            stdout=subprocess.PIPE,
            env=around(),
            text=True,
        ) as process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            time.sleep(chance.random() * 0.4)
            os.kill(process.pid, signal.SIGKILL)
        text = index.read_text(encoding="utf-8")
        assert "# ours, please keep" in text
        assert title in text
        assert text.endswith("every feature has something to show here.\n")
        read_rulings(text)
    preview = Preview(reload=lambda: load_config(tmp_path / "mkdocs.yml", None, None, {}))
    preview.config = preview.reload()[0]
    desk = Reviewing(preview=preview, today=lambda: DAY, editor="A")
    opened = desk.open(STORY)
    item = opened.asked[8]
    desk.decide(STORY, item.key, opened.standing(item), {"same": True}, what="x")
    assert read_rulings(index.read_text(encoding="utf-8"))


def test_of_two_rulings_on_one_row_the_chosen_one_is_taken_out(desk: Shown) -> None:
    """By its place in the list, as it was seen."""
    text = desk.index.read_text(encoding="utf-8")
    both = "rulings:\n  - row: r-723927b6\n    note: first\n  - row: r-723927b6\n    note: second\n"
    desk.index.write_text(text.replace("tags:", f"{both}tags:"), encoding="utf-8")
    page = desk.ask("GET", f"/desk/{STORY}/rulings", Cookie=desk.cookie)[2]
    first = re.findall(r'name="standing" value="([^"]+)"', page)[0]
    fields = {"token": desk.form_token(), "number": "0", "standing": first}
    assert desk.post(f"{STORY}/take-out", fields)[0] == 303
    (left,) = desk.rulings
    assert left["note"] == "second"
    assert desk.post(f"{STORY}/take-out", fields)[0] == 409  # it is another one now


def decided(desk: Shown, act: str = "", **more: str) -> tuple[int, str]:
    """A form on the first finding."""
    opened = desk.reviewing.open(STORY)
    item = opened.item(FIRST)
    fields = {
        "token": desk.form_token(),
        "key": item.key,
        "standing": opened.standing(item),
        "mentioned": opened.mentioned,
        "act": act,
    }
    return desk.post(f"{STORY}/decide", fields | more)


def test_a_label_does_not_sign_another_editors_decision(desk: Shown) -> None:
    """Nor does it bring a lapsed one back to life."""
    desk.reviewing.editor = "First"
    decided(desk, "verdict", verdict="agree", reason="They agree")
    desk.reviewing.editor = "Second"
    decided(desk, "label", label="Injured")
    (ruling,) = desk.rulings
    assert (ruling["editor"], ruling["verdict"]) == ("First", "agree")
    path = desk.index.parent / "ledger.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Nine people", "Eleven people"), encoding="utf-8")
    assert desk.reviewing.open(STORY).item(FIRST).lapsed
    decided(desk, "label", label="Hurt")
    (ruling,) = desk.rulings
    assert "verdict" not in ruling
    assert "reason" not in ruling
    assert not desk.reviewing.open(STORY).item(FIRST).done


def test_a_new_decision_has_no_old_reason(desk: Shown) -> None:
    """The reason was for the one before; a reason that was written first is for this one."""
    decided(desk, "note", reason="Asked them.")
    decided(desk, "verdict", verdict="agree", reason="They agree")
    decided(desk, "different")
    (ruling,) = desk.rulings
    assert ruling["different"] is True
    assert "reason" not in ruling
    desk.post(f"{STORY}/undo", {"token": desk.form_token()})
    desk.post(f"{STORY}/undo", {"token": desk.form_token()})
    decided(desk, "same")
    (ruling,) = desk.rulings
    assert ruling["reason"] == "Asked them."


def test_readings_of_two_tabs_do_not_overwrite_each_other(desk: Shown) -> None:
    """The second is refused; an emptied field takes a reading back; what did not change is not
    signed anew."""
    opened = desk.reviewing.open(STORY)
    item = opened.item(FIRST)
    fields = {
        "token": desk.form_token(),
        "key": FIRST,
        "standing": opened.standing(item),
        "mentioned": opened.mentioned,
        "act": "value",
    }
    one, other = "value:m-98dbc1f8", "value:m-53251b8d"
    assert desk.post(f"{STORY}/decide", fields | {one: "15 people", other: ""})[0] == 303
    assert desk.post(f"{STORY}/decide", fields | {one: "16 people"})[0] == 409
    assert [r["value"] for r in desk.rulings] == ["15 people"]
    desk.reviewing.editor = "Second"
    assert decided(desk, "value", **{one: "15 people", other: "14 people"})[0] == 303
    assert [r["editor"] for r in desk.rulings] == ["L. Fisk", "Second"]
    assert decided(desk, "value", **{one: "", other: "14 people"})[0] == 303
    assert [r["value"] for r in desk.rulings] == ["14 people"]


def test_a_confirmed_passage_can_be_corrected(desk: Shown) -> None:
    """The build goes on: the decision is doubtful, no fault."""
    from site_gen.shell.check import check
    from site_gen.shell.checked import all_doubts

    opened = desk.reviewing.open(STORY)
    item = next(i for i in opened.items if i.kind == "passage")
    standing = opened.standing(item)
    desk.reviewing.decide(STORY, item.key, standing, {"same": True}, what="x")
    name, index = next(
        (a.id, p.index) for a in opened.story.articles for p in a.body if p.pid == item.target[1]
    )
    fields = {
        "token": desk.form_token(),
        "name": name,
        "digest": hashlib.sha256((desk.index.parent / f"{name}.md").read_bytes()).hexdigest()[:16],
        "what": "paragraph",
        "index": str(index),
        "text": opened.story.article(name).paragraph(index).text + " So it was.",
        "role": "body",
    }
    assert desk.post(f"{STORY}/edit", fields)[0] == 303
    config, _ = load_config(desk.root / "mkdocs.yml", None, None, {})
    gathered, errors = check(config)
    assert errors == []
    assert any("names nothing any more" in d.message for d in all_doubts(config, gathered))


def test_odd_files_and_requests_are_told(desk: Shown) -> None:
    """Never a fault of ours: hidden files of editors, folders with odd names, numbers without end,
    stories that are not there."""
    folder = desk.index.parent
    (folder / ".#index.md").symlink_to("nobody@nowhere.1")
    (folder / "._index.md").write_bytes(b"\x00\x05")
    (folder / "x.md").mkdir()
    (desk.root / "content/hallin-depot/y.md").mkdir()
    for there in ("", f"{STORY}/", f"{STORY}/articles", "hallin-depot/"):
        assert desk.ask("GET", f"/desk/{there}", Cookie=desk.cookie)[0] == 200, there
    token = {"token": desk.form_token()}
    number = token | {"number": "9" * 5000, "standing": "x"}
    assert desk.post(f"{STORY}/take-out", number)[0] == 409
    for name in ("%00", "no-such-story", "..", "x" * 300):
        for act in ("undo", "take-out", "decide", "edit", "keep", "add"):
            status = desk.post(f"{name}/{act}", token)[0]
            assert status in (404, 405, 409), (name, act, status)
    assert not (desk.root / "content/no-such-story").exists()


def test_permissions_are_kept(desk: Shown) -> None:
    """Who may read a file stays its owner's word."""
    desk.index.chmod(0o600)
    assert decided(desk, "same")[0] == 303
    assert desk.index.stat().st_mode & 0o777 == 0o600


def test_a_key_that_is_held_down_decides_once(desk: Shown, browser: Browser) -> None:
    """Nobody sees what flies by."""
    page = browser.new_page()
    page.goto(f"{desk.at}?token={TOKEN}")
    page.goto(f"{desk.at}{STORY}/")
    page.keyboard.down("y")
    for _ in range(15):
        page.wait_for_timeout(60)
        page.keyboard.down("y")  # as the system repeats it
    page.keyboard.up("y")
    page.wait_for_timeout(200)
    assert len(desk.rulings) == 1
    page.close()


def test_a_refused_form_is_not_sent_again(tmp_path: Path, browser: Browser) -> None:
    """A page that answers a form is left for its own address when the files change."""
    index = make(tmp_path)
    with running(tmp_path, index, watch=True) as desk:
        page = browser.new_page()
        page.goto(f"{desk.at}?token={TOKEN}")
        page.goto(f"{desk.at}{STORY}/")
        with page.expect_navigation():
            page.keyboard.press("y")
        page.wait_for_timeout(1200)
        page.route("**/events", lambda route: route.abort())
        page.goto(f"{desk.at}{STORY}/")
        text = index.read_text(encoding="utf-8")
        index.write_text(text.replace("same: true", "verdict: agree"), encoding="utf-8")
        page.unroute("**/events")
        with page.expect_navigation():
            page.keyboard.press("u")
        expect(page.locator(".refused")).to_be_visible()
        text = index.read_text(encoding="utf-8")
        index.write_text(text.replace("verdict: agree", "same: true"), encoding="utf-8")
        page.wait_for_timeout(2000)
        assert len(desk.rulings) == 1  # undo was not sent again
        page.close()


def test_a_speaker_must_stand_in_the_article(desk: Shown) -> None:
    """Whatever a form says."""
    status, body = decided(desk, "speaker", **{"speaker:m-98dbc1f8": "Nobody Everheard"})
    assert status == 409
    assert "does not stand in the article" in body
    assert desk.rulings == []
