"""The desk lets nobody in but its editor, and runs nothing of what is typed."""

from __future__ import annotations

import itertools
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from site_gen.shell.config import load_config
from tests.desk import STORY, TOKEN, Shown, make

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
