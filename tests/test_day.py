"""The whole day with it, from the wheel: begin a site, add links, look, follow an edit, fetch
again, check, build, publish, and read what was published."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import urllib.error
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from playwright.sync_api import Browser, expect

from site_gen.shell.init import SCAFFOLD, init
from tests.commands import run
from tests.conftest import ROOT
from tests.static import showing
from tests.test_fetch import TEXT
from tests.test_publish import AS, git
from tests.webserver import Reply, article_page, serving


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a wheel in an environment of its own, which takes the libraries from here."""
    place = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", str(place), str(ROOT)], check=True)
    wheel = next(place.glob("*.whl"))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place / "env")], check=True)
    python = place / "env/bin/python"
    target = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    install = [*pip, "--python", str(python), "install", "--no-deps", str(wheel)]
    subprocess.run(install, check=True)
    # a line in a .pth file is read as a path; the editable install here is not followed from there
    (Path(target) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "env/bin/site-gen"


class Desk:
    """A person at a terminal in a site's folder."""

    def __init__(self, command: Path, place: Path) -> None:
        self.command, self.place = command, place

    def __call__(self, *words: str, code: int = 0) -> str:
        done = subprocess.run(
            [str(self.command), *words],
            cwd=self.place,
            capture_output=True,
            text=True,
            env={**os.environ, **AS},
        )
        out = done.stdout + done.stderr
        assert "Traceback" not in out, out
        assert done.returncode == code, out
        return out


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.found.append(value)
            if name == "id" and value:
                self.ids.add(value)


def dead_links(start: str) -> list[str]:
    """The addresses of a site that lead nowhere, every page of it read."""
    pages: dict[str, _Addresses | None] = {}
    wanted: list[tuple[str, str]] = [(start, "")]
    asked: set[tuple[str, str]] = set()
    dead: list[str] = []
    while wanted:
        address, fragment = wanted.pop()
        if (address, fragment) in asked:
            continue
        asked.add((address, fragment))
        if address not in pages:
            pages[address] = _read(address)
            page = pages[address]
            for found in page.found if page else ():
                there, part = urldefrag(urljoin(address, found))
                if there.startswith(start):
                    wanted.append((there, part))
        page = pages[address]
        if page is None or (fragment and page.ids and fragment not in page.ids):
            dead.append(f"{address}#{fragment}")
    return dead


def _read(address: str) -> _Addresses | None:
    try:
        with urllib.request.urlopen(address) as answer:
            data = answer.read()
            kind = answer.headers.get_content_type()
    except urllib.error.HTTPError:
        return None
    page = _Addresses()
    if kind == "text/html":
        page.feed(data.decode("utf-8"))
    return page


@pytest.fixture
def preview(installed: Path, tmp_path: Path) -> Iterator[list[subprocess.Popen[str]]]:
    """Previews that were started; each is ended with the test."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for one in started:
        one.terminate()
        one.communicate(timeout=20)


def test_the_whole_day(
    installed: Path,
    tmp_path: Path,
    browser: Browser,
    preview: list[subprocess.Popen[str]],
) -> None:
    """From nothing to a published site without a dead link."""
    Desk(installed, tmp_path)("init", "desk", "--name", "Our desk", "--sample")
    desk = Desk(installed, tmp_path / "desk")
    desk("new", "gondola", "--title", "Cable snaps above the lake")
    with serving() as web:
        other = TEXT.replace("some 300", "about 320").replace("Ada Brandt", "Ms Ada Brandt")
        addresses = [web.page("/a", TEXT), web.page("/b", other, site="Evening Beacon")]
        (desk.place / "list.csv").write_text(
            "url,outlet,published\n" + "".join(f"{a},,\n" for a in addresses), encoding="utf-8"
        )
        assert "2 captures: 2 new" in desk("add", "gondola", "list.csv", "--private")

        started = subprocess.Popen(
            [str(installed), "serve", "--port", "0"],
            cwd=desk.place,
            stdout=subprocess.PIPE,
            text=True,
        )
        preview.append(started)
        assert started.stdout
        line = next(x for x in started.stdout if x.startswith("Preview:"))
        at = re.search(r"http://\S+", line)
        assert at
        page = browser.new_page()
        page.goto(f"{at[0]}gondola/harbour-courier/")
        expect(page.locator("main")).to_contain_text("some 300 people")
        article = desk.place / "content/gondola/harbour-courier.md"
        text = article.read_text(encoding="utf-8")
        article.write_text(text.replace("on Tuesday above", "above"), encoding="utf-8")
        expect(page.locator("main")).to_contain_text("snapped above the lake")
        article.write_text(text, encoding="utf-8")
        expect(page.locator("main")).to_contain_text("on Tuesday above the lake")
        page.close()

        web.pages["/a"] = Reply(body=article_page(TEXT.replace("300", "340")).encode())
        assert "1 changed, 1 unchanged" in desk("refresh", "--private")
    assert "no faults" in desk("check", "--strict")
    desk("build", "--quiet")
    assert list((desk.place / "site/gondola/harbour-courier").glob("versions/index.html")) or list(
        (desk.place / "site/gondola").glob("*/versions/index.html")
    )

    git(tmp_path, "init", "-q", "--bare", "remote.git")
    git(desk.place, "remote", "add", "origin", "../remote.git")
    git(desk.place, "add", ".")
    listed = git(desk.place, "ls-files").splitlines()
    assert not [n for n in listed if "originals" in n or n.startswith("site/")]
    git(desk.place, "commit", "-q", "-m", "The gondola")
    assert "pushed" in desk("publish")
    (tmp_path / "web").mkdir()
    git(tmp_path / "web", "clone", "-q", "-b", "gh-pages", "../remote.git", "repo")
    with showing(tmp_path / "web") as root:
        assert dead_links(f"{root}repo/") == []


def test_a_new_site_is_whole(tmp_path: Path) -> None:
    """With and without the sample: no fault, nothing doubtful, and it builds."""
    for words in ((), ("--sample",)):
        place = tmp_path / f"desk{len(words)}"
        run("init", str(place), "--name", 'The "desk": #1', *words, cwd=tmp_path)
        assert "no faults" in run("check", "--strict", cwd=place)
        run("build", "--quiet", cwd=place)
        assert (place / "site/index.html").is_file()


def test_init_touches_nothing_that_is_there(tmp_path: Path) -> None:
    """A folder that is not empty, a file."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert "not empty: mine.txt" in run("init", cwd=tmp_path, code=1)
    assert "this is a file" in run("init", "mine.txt", cwd=tmp_path, code=1)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_every_file_of_the_scaffold_is_written(tmp_path: Path) -> None:
    """None is shipped in vain; the watch is off."""
    written = init(tmp_path / "desk", "X", sample=True, git=False)
    shipped = [p for p in SCAFFOLD.rglob("*") if p.is_file()]
    assert len(written) == len(shipped)
    watch = (tmp_path / "desk/.github/workflows/watch.yml").read_text(encoding="utf-8")
    assert not re.search(r"^\s*schedule:", watch, re.MULTILINE)
    assert "{name}" not in "".join(p.read_text(encoding="utf-8") for p in written)
