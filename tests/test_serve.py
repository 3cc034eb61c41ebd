"""The preview answers this machine's browser and nobody else, follows every edit, leaves nothing on
disk, and nothing that it is asked breaks it."""

from __future__ import annotations

import contextlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from site_gen.shell.config import load_config
from site_gen.shell.preview import Preview, State
from site_gen.shell.serve import PatientProtocol, base_of, bound, server
from tests.commands import around

ARTICLE = """---
outlet: {outlet}
published: 2031-06-1{n}
rights: third-party
---

A cable of the gondola snapped on Tuesday above the lake, and some {people} people waited in the
cabins for hours, the fire brigade of the valley said.
"""
ALONE = "The cook of the inn at the valley station made soup for everyone who came in."
"""The last of many things that one outlet has alone: more than an excerpt shows."""


def make_site(root: Path, url: str = "") -> None:
    """A site of one story of two articles, with a template folder of its own."""
    story = root / "content/gondola"
    story.mkdir(parents=True)
    (root / "templates").mkdir()
    (root / "mkdocs.yml").write_text(
        f"site_name: Our desk\nsite_url: {url}\ntheme:\n  name: null\n  custom_dir: templates\n",
        encoding="utf-8",
    )
    (story / "index.md").write_text("---\ntitle: Cable snaps\n---\n", encoding="utf-8")
    for n, (outlet, people) in enumerate((("Courier", 300), ("Beacon", 320))):
        text = ARTICLE.format(outlet=outlet, people=people, n=n)
        alone = [
            f"Number {k} of the cabins was painted red by pupils of the {k}th class."
            for k in range(12)
        ]
        text += "\n\n".join(["", *alone, ALONE, ""]) if outlet == "Courier" else ""
        (story / f"{outlet.lower()}.md").write_text(text, encoding="utf-8")


class Shown:
    """A running preview: its site's folder, its port, and what it told."""

    def __init__(self, root: Path, port: int, preview: Preview) -> None:
        self.root, self.port, self.preview = root, port, preview
        self.told: list[State] = []

    def get(self, path: str, host: str = "127.0.0.1", more: str = "") -> str:
        """The answer to a GET, head and body."""
        return ask(self.port, f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n")

    def status(self, path: str, host: str = "127.0.0.1") -> int:
        """The status of the answer to a GET."""
        return int(self.get(path, host).split()[1])


def ask(port: int, request: str) -> str:
    """The answer to a request, as text."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as s:
        s.sendall(f"{request}\r\n".encode("latin-1"))
        out = b""
        while part := s.recv(65536):
            out += part
    return out.decode("utf-8", "replace")


@contextlib.contextmanager
def running(root: Path, *, watch: bool = False) -> Iterator[Shown]:
    """A preview of the site in a folder."""
    preview = Preview(reload=lambda: load_config(root / "mkdocs.yml", None, None, {}))
    preview.build()
    made = bound(0)
    serving = server(preview)
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [made]})
    thread.start()
    shown = Shown(root, made.getsockname()[1], preview)
    preview.listeners.append(shown.told.append)
    if watch:
        preview.watch(lambda state, seconds: None)
        time.sleep(0.3)  # the system's watch is set by then
    try:
        yield shown
    finally:
        preview.stop()
        serving.should_exit = True
        thread.join()


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    """A preview that does not watch."""
    make_site(tmp_path)
    with running(tmp_path) as preview:
        yield preview


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Shown]:
    """A preview that follows edits."""
    make_site(tmp_path)
    with running(tmp_path, watch=True) as preview:
        yield preview


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_this_machine_is_answered(shown: Shown, host: str) -> None:
    """By each of its names."""
    assert "Our desk" in shown.get("/", host)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8000"]
)
def test_other_names_get_nothing(shown: Shown, host: str) -> None:
    """A name that was made to lead here (DNS rebinding) reads nothing."""
    for path in ("/", "/gondola/", "/_preview/events", "/_preview/preview.js"):
        answer = shown.get(path, host)
        assert answer.split()[1] == "403"
        assert "Our desk" not in answer


@pytest.mark.parametrize(
    "path",
    [
        "/assets/",
        "/none",
        "/%00",
        "/../mkdocs.yml",
        "/%2e%2e/mkdocs.yml",
        "/..%2fmkdocs.yml",
        "/gondola/..%5c..%5cmkdocs.yml",
        "//etc/passwd",
        "/%ff%fe",
        "/gondola/originals/x.txt",
        "/_preview/serve.py",
        "/_preview/..%2fserve.py",
        "/pagefind/none",
    ],
)
def test_what_is_not_there_is_the_sites_own_page(shown: Shown, path: str) -> None:
    """No folder is listed, nothing outside is read, nothing breaks."""
    answer = shown.get(path)
    assert answer.split()[1] == "404"
    assert "custom_dir" not in answer
    assert "Our desk" in answer


@pytest.mark.usefixtures("search_index")
def test_what_no_index_holds_is_the_sites_own_page(shown: Shown) -> None:
    """Though the index is made for whoever asks for it."""
    answer = shown.get("/pagefind/none")
    assert answer.split()[1] == "404"
    assert "Our desk" in answer


def test_addresses_as_on_pages(shown: Shown) -> None:
    """A folder's page, with and without its last stroke; a file; HEAD."""
    assert shown.status("/gondola/") == 200
    assert "location: /gondola/" in shown.get("/gondola").lower()
    assert shown.status("/gondola/data.json") == 200
    head = ask(shown.port, "HEAD /gondola/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n")
    assert head.split()[1] == "200"
    assert head.endswith("\r\n\r\n")


def test_the_base_path(tmp_path: Path) -> None:
    """The site lies where it will be published, and / leads there."""
    make_site(tmp_path, "https://desk.example/repo/")
    assert base_of("https://desk.example") == "/"
    with running(tmp_path) as preview:
        assert "Our desk" in preview.get("/repo/")
        assert "location: /repo/" in preview.get("/").lower()
        assert preview.status("/gondola/") == 404
        assert preview.status("/repo/gondola/") == 200
        assert preview.status("/repo/_preview/preview.js") == 200


def test_a_page_that_is_known_is_not_sent_again(shown: Shown) -> None:
    """By its tag, until the site is built anew."""
    answer = shown.get("/gondola/")
    tag = re.search(r'etag: ("[^"]+")', answer, re.IGNORECASE)
    assert tag
    again = shown.get("/gondola/", more=f"If-None-Match: {tag[1]}\r\n")
    assert again.split()[1] == "304"
    shown.preview.build()
    assert shown.get("/gondola/", more=f"If-None-Match: {tag[1]}\r\n").split()[1] == "200"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "ODD"])
def test_odd_methods(shown: Shown, method: str) -> None:
    """Nothing can be changed from here."""
    answer = ask(shown.port, f"{method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n")
    assert answer.split()[1] == "405"


def test_odd_requests_do_not_stop_it(shown: Shown) -> None:
    """Broken off, no request at all, an endless head."""
    socket.create_connection(("127.0.0.1", shown.port)).close()
    assert "400" in ask(shown.port, "nonsense\r\n")
    endless = f"GET / HTTP/1.1\r\nHost: localhost\r\nX: {'y' * 200_000}\r\n"
    with contextlib.suppress(OSError):
        assert "400" in ask(shown.port, endless)
    assert shown.status("/") == 200


def test_slow_clients_are_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that begins a request and does not end it; others are served meanwhile."""
    make_site(tmp_path)
    monkeypatch.setattr(PatientProtocol, "patience", 0.5)
    with running(tmp_path) as preview:
        slow = [socket.create_connection(("127.0.0.1", preview.port)) for _ in range(50)]
        for s in slow:
            s.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert preview.status("/") == 200
        for s in slow:
            s.settimeout(10)
            assert s.recv(100) == b""
            s.close()


def test_two_hundred_clients_at_once(shown: Shown) -> None:
    """Each gets the whole page."""
    with ThreadPoolExecutor(200) as many:
        answers = list(many.map(lambda _: shown.get("/gondola/"), range(200)))
    assert all(a.rstrip().endswith("</html>") for a in answers)


def test_a_taken_port(tmp_path: Path) -> None:
    """The next free one is taken; after the last there is none."""
    with bound(0) as first:
        port = first.getsockname()[1]
        if port < 65535:
            with bound(port) as second:
                assert second.getsockname()[1] > port
    with socket.socket() as taken:
        with contextlib.suppress(OSError):  # where somebody else has it, that is what is wanted
            taken.bind(("127.0.0.1", 65535))
        taken.listen()
        with pytest.raises(OSError, match=r"."):
            bound(65535)


def test_whole_texts_with_what_publishing_leaves_out_marked(shown: Shown) -> None:
    """On the article's page."""
    page = shown.get("/gondola/courier/")
    assert "The cook of the inn" in re.sub(r"<[^>]+>", "", page)
    assert re.search(r'<mark class="[^"]*withheld[^>]*>[^<]*The cook of the inn', page)
    assert "left out when the site is published" in page


def test_an_edit_is_in_the_open_browser(watched: Shown, browser: Browser) -> None:
    """Of content, of a template, of the configuration; the page reloads itself."""
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{watched.port}/gondola/courier/")
    path = watched.root / "content/gondola/courier.md"
    path.write_text(path.read_text(encoding="utf-8").replace("300", "345"), encoding="utf-8")
    expect(page.locator("main")).to_contain_text("some 345 people")
    (watched.root / "templates/base.html").write_text(
        "<!doctype html><title>x</title><body><p>Ours: {{ title }}</p></body>",
        encoding="utf-8",
    )
    expect(page.locator("body")).to_contain_text("Ours:")
    (watched.root / "templates/base.html").unlink()
    expect(page.locator("main")).to_contain_text("some 345 people")
    config = watched.root / "mkdocs.yml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("Our desk", "Their desk"), encoding="utf-8"
    )
    expect(page.locator("header.top")).to_contain_text("Their desk")
    page.close()


def test_a_fault_is_an_overlay_over_the_last_good_page(watched: Shown, browser: Browser) -> None:
    """With file, line and mend; it goes when it is mended."""
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{watched.port}/gondola/courier/")
    path = watched.root / "content/gondola/courier.md"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("outlet:", "outlett:"), encoding="utf-8")
    overlay = page.locator(".site-gen-faults")
    expect(overlay).to_contain_text("courier.md:2")
    expect(overlay).to_contain_text("did you mean `outlet`")
    expect(page.locator("main")).to_contain_text("some 300 people")
    page.reload()
    expect(overlay).to_contain_text("courier.md:2")
    path.write_text(good, encoding="utf-8")
    expect(overlay).to_have_count(0)
    page.close()


def test_a_preview_can_begin_with_faults(tmp_path: Path, browser: Browser) -> None:
    """They are shown, and the site is as soon as they are mended."""
    make_site(tmp_path)
    path = tmp_path / "content/gondola/courier.md"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("outlet:", "outlett:"), encoding="utf-8")
    with running(tmp_path, watch=True) as preview:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{preview.port}/gondola/")
        expect(page.locator("body")).to_contain_text("courier.md:2")
        path.write_text(good, encoding="utf-8")
        expect(page.locator("h1")).to_contain_text("Cable snaps")
        page.close()


def test_only_the_story_that_changed_is_compared_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit costs what it touches."""
    make_site(tmp_path)
    other = tmp_path / "content/other"
    other.mkdir()
    for p in (tmp_path / "content/gondola").iterdir():
        (other / p.name).write_bytes(p.read_bytes())
    asked: list[str] = []
    from site_gen.shell import kept

    real = kept.by_machine
    monkeypatch.setattr(kept, "by_machine", lambda story: asked.append(story.id) or real(story))
    preview = Preview(reload=lambda: load_config(tmp_path / "mkdocs.yml", None, None, {}))
    preview.build()
    path = other / "courier.md"
    path.write_text(path.read_text(encoding="utf-8").replace("300", "301"), encoding="utf-8")
    preview.build()
    preview.kept.forget()  # a template: nothing is compared anew
    preview.build()
    index = other / "index.md"
    named = index.read_text(encoding="utf-8").replace("title: ", "title: New ", 1)
    index.write_text(named, encoding="utf-8")  # nor for a story's title or rulings
    preview.build()
    assert asked == ["gondola", "other", "other"]


@pytest.mark.usefixtures("search_index")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_leaves_nothing(tmp_path: Path, sign: signal.Signals) -> None:
    """No text in any temporary folder, however it ends; no port that stays taken."""
    site, place = tmp_path / "site", tmp_path / "tmp"
    site.mkdir()
    place.mkdir()
    make_site(site)
    with subprocess.Popen(
        [sys.executable, "-m", "site_gen", "serve", "--port", "0"],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=around(TMPDIR=str(place)),
    ) as run:
        assert run.stdout
        lines = []
        for line in run.stdout:
            lines.append(line)
            if line.startswith("Preview:"):
                break
        port = int(re.search(r":(\d+)/", lines[-1])[1])  # type: ignore[index]
        assert "Our desk" in ask(port, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n")
        found = ask(
            port, "GET /pagefind/pagefind.js HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        )
        assert found.split()[1] == "200"
        run.send_signal(sign)
        assert run.wait(20) in (0, -9)
        assert "Traceback" not in run.stdout.read()
        assert not [p for p in place.rglob("*") if p.is_file()]
        assert sorted(p.name for p in site.iterdir()) == ["content", "mkdocs.yml", "templates"]
    with pytest.raises(OSError, match=r"."):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def test_a_faulty_template_is_a_fault(tmp_path: Path) -> None:
    """With file and line; the last good site stays."""
    make_site(tmp_path)
    preview = Preview(reload=lambda: load_config(tmp_path / "mkdocs.yml", None, None, {}))
    pages = preview.build().pages
    (tmp_path / "templates/article.html").write_text("<p>\n{% if x %}", encoding="utf-8")
    preview.kept.forget()
    state = preview.build()
    assert state.pages == pages
    assert "templates/article.html:2" in str(state.faults[0])
    (tmp_path / "templates/article.html").write_text("{{ none.of.this }}", encoding="utf-8")
    preview.kept.forget()
    assert "asks for what is not there" in str(preview.build().faults[0])


@pytest.mark.usefixtures("search_index")
def test_the_search_works_in_a_preview(shown: Shown, browser: Browser) -> None:
    """Its index is made when it is first asked for, and is in memory like all else."""
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{shown.port}/search/")
    page.locator("input[type=search]").fill("soup")
    expect(page.locator("main a[href*='courier']").first).to_be_visible()
    page.close()
    assert not (shown.root / "site").exists()
