"""The desk lets nobody in but its editor, runs nothing of what is typed, and loses nothing: two
tabs, two editors, edits outside, a kill in the middle of a write."""

from __future__ import annotations

import itertools
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from site_gen.front_matter import read_rulings
from site_gen.shell.config import load_config
from site_gen.shell.preview import Preview
from site_gen.shell.reviewing import Refused, Reviewing
from tests.test_desk import DAY, STORY, TOKEN, Shown, make, running

FIRST = "row:r-723927b6"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Shown]:
    """A running desk."""
    index = make(tmp_path)
    with running(tmp_path, index) as shown:
        yield shown


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


# ── who may


def test_without_the_token_nothing_is_shown(desk: Shown) -> None:
    """No page, whatever the cookie says; the link of the terminal lets in, and the cookie is kept
    from scripts and other sites."""
    for there in ("", f"{STORY}/", f"{STORY}/rulings", f"{STORY}/state", f"{STORY}/add"):
        for cookie in ("", f"site-gen-desk-{desk.port}=wrong", "site-gen-desk-1=" + TOKEN):
            status, _, text = desk.ask("GET", f"/desk/{there}", Cookie=cookie)
            assert status == 403, there
            assert "token" in text
            assert "gondola" not in text.lower()
    assert desk.ask("GET", "/desk/?token=wrong")[0] == 403
    status, headers, _ = desk.ask("GET", f"/desk/?token={TOKEN}")
    assert (status, headers["location"]) == (303, "/desk/")
    assert "HttpOnly" in headers["set-cookie"]
    assert "samesite=strict" in headers["set-cookie"].lower()
    status, headers, _ = desk.ask("GET", f"/desk/{STORY}/", Cookie=desk.cookie)
    assert status == 200
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "wrong",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "https://127.0.0.1"},
        {"Cookie": ""},
        {"Cookie": "site-gen-desk-1=x"},
        {"Host": "desk.example"},
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/json"},
        {"Content_Type": "multipart/form-data; boundary=x"},
    ],
    ids=lambda w: "-".join(f"{k}={v}" for k, v in w.items()),
)
def test_a_form_of_another_site_changes_nothing(desk: Shown, wrong: dict[str, str]) -> None:
    """Neither a foreign origin, nor a missing cookie, nor another form of body."""
    before = desk.index.read_bytes()
    fields = decision(desk)
    status, _ = desk.post(f"{STORY}/decide", fields, **wrong)
    assert status in (403, 415)
    assert desk.index.read_bytes() == before


def test_a_form_without_its_own_token_changes_nothing(desk: Shown) -> None:
    """The cookie alone is not enough."""
    before = desk.index.read_bytes()
    for token in ("", "x", TOKEN):
        assert desk.post(f"{STORY}/decide", decision(desk, token=token))[0] == 403
    assert desk.index.read_bytes() == before


def test_a_get_changes_nothing(desk: Shown) -> None:
    """Every address that changes something answers to POST alone."""
    before = desk.index.read_bytes()
    query = urlencode(decision(desk))
    for name in ("decide", "undo", "take-out", "edit", "keep"):
        for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"):
            status = desk.ask(method, f"/desk/{STORY}/{name}?{query}", Cookie=desk.cookie)[0]
            assert status in (404, 405), (method, name)
    assert desk.ask("GET", "/desk/name?name=x", Cookie=desk.cookie)[0] in (404, 405, 409)
    assert desk.index.read_bytes() == before


def test_no_address_leads_out(desk: Shown) -> None:
    """A story's name is a folder of the content, and nothing else."""
    for name in (
        "..",
        "%2e%2e",
        "..%2f..",
        "oster-gondola%2f..",
        "%00",
        ".git",
        "guide",
        "x" * 300,
    ):
        status = desk.ask("GET", f"/desk/{name}/", Cookie=desk.cookie)[0]
        assert status in (400, 404, 409), name
    fields = decision(desk) | {"name": "../index", "index": "0", "text": "x", "what": "paragraph"}
    assert desk.post(f"{STORY}/edit", fields)[0] == 409


def test_no_site_has_a_desk(tmp_path: Path) -> None:
    """A build makes none, and no story or page can take its address."""
    from site_gen.shell.build import build
    from site_gen.shell.cli import main

    make(tmp_path)
    config, _ = load_config(tmp_path / "mkdocs.yml", None, None, {})
    build(config, 1, lambda done, total, what: None)
    assert not (tmp_path / "site/desk").exists()
    assert not any("desk" in p.name for p in (tmp_path / "site").rglob("*"))
    (tmp_path / "content" / STORY).rename(tmp_path / "content/desk")
    with pytest.raises(ExceptionGroup, match="faults"):
        build(config, 1, lambda done, total, what: None)
    assert main


# ── what is typed

PARTS = (
    "<script>document.title='hit'</script>",
    '"><img src=x onerror="document.title=\'hit\'">',
    "'-document.title='hit'-'",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "javascript:document.title='hit'",
    "&#60;script&#62;",
    "</textarea><script>document.title='hit'</script>",
    "</select><svg onload=\"document.title='hit'\">",
    "- row: r-1\n  hide: true",
    "x: y #z",
    "--- \n---",
    "*a &b !!python/object/apply:os.system ['true']",
    "\u202etxet",
    "\u2028new: line",
    "\x00\x07\x1b[31m",
    "'; DROP TABLE",
    "${7*7}",
    "“„”«»",
    "🙂\u200d" * 3,
)
FIELDS = (
    "label",
    "note",
    "reason",
    "response",
    "value",
    "speaker",
    "join",
    "verdict",
    "out",
    "act",
)


def payloads() -> list[tuple[str, str]]:
    """200 hostile texts, each for one field."""
    return [
        (field, text + suffix)
        for (text, field), suffix in zip(
            itertools.product(PARTS, FIELDS), itertools.cycle(("", " x")), strict=False
        )
    ]


def test_two_hundred_hostile_texts_in_every_field(desk: Shown, browser: Browser) -> None:
    """None is run, none breaks the file or a page: each is refused, or written as the words that it
    is and read back."""
    found = payloads()
    assert len(found) == 200
    token = desk.form_token()
    for field, text in found:
        opened = desk.reviewing.open(STORY)
        item = opened.items[0]
        act = text if field == "act" else field
        if field in ("note", "reason", "response"):
            act = "note"
        name = field
        if field in ("value", "speaker"):
            name = f"{field}:m-98dbc1f8"
        fields = {
            "token": token,
            "key": item.key,
            "standing": opened.standing(item),
            "act": act,
            name: text,
        }
        status, body = desk.post(f"{STORY}/decide", fields)
        assert status in (303, 409), (field, text, body[:300])
        assert "<script>document" not in body
        desk.reviewing.open(STORY)  # reads without a fault
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{desk.at}?token={TOKEN}")
    for there in (f"{STORY}/?show=reviewed", f"{STORY}/?at={FIRST}", f"{STORY}/rulings"):
        page.goto(desk.at + there)
        page.wait_for_timeout(100)
        assert "hit" not in page.title()
    desk.reviewing.preview.build()
    assert desk.reviewing.preview.state.faults == ()
    page.goto(f"http://127.0.0.1:{desk.port}/{STORY}/")
    assert "hit" not in page.title()
    context.close()
    kept = "".join(str(r.get("response", "")) for r in desk.rulings)
    assert "DROP TABLE" in kept or "\U0001f642" in kept


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


def test_a_speaker_must_stand_in_the_article(desk: Shown) -> None:
    """Whatever a form says."""
    opened = desk.reviewing.open(STORY)
    item = opened.items[0]
    fields = {
        "token": desk.form_token(),
        "key": item.key,
        "standing": opened.standing(item),
        "act": "speaker",
        "speaker:m-98dbc1f8": "Nobody Everheard",
    }
    status, body = desk.post(f"{STORY}/decide", fields)
    assert status == 409
    assert "does not stand in the article" in body
    assert desk.rulings == []
