"""A running desk, and how a test asks it and presses its keys."""

from __future__ import annotations

import contextlib
import re
import shutil
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page

from site_gen.front_matter import read_rulings
from site_gen.model import Content
from site_gen.shell.build import site_of, template_folders
from site_gen.shell.config import load_config
from site_gen.shell.preview import Preview, State
from site_gen.shell.reviewing import Reviewing
from site_gen.shell.serve import bound, server

SAMPLE = Path(__file__).resolve().parent.parent / "content"
TOKEN = "a-token-of-this-run"
STORY, SMALL = "oster-gondola", "hallin-footbridge"
DAY = "2031-07-01"
NO_CONTENT = Content(stories=(), documents=())


def make(root: Path) -> Path:
    """A site of the sample stories; the file of the first."""
    for name in (STORY, "hallin-depot", SMALL):
        shutil.copytree(SAMPLE / name, root / "content" / name)
    (root / "mkdocs.yml").write_text("site_name: Our desk\ndocs_dir: content\n", encoding="utf-8")
    index = root / "content" / STORY / "index.md"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("---\n", "---\n# ours, please keep\n", 1), encoding="utf-8")
    return index


class Shown:
    """A running desk: its site's folder, the story's file, the port and what the desk holds."""

    def __init__(self, root: Path, index: Path, port: int, reviewing: Reviewing) -> None:
        self.root, self.index, self.port, self.reviewing = root, index, port, reviewing
        self.at = f"http://127.0.0.1:{port}/desk/"

    @property
    def rulings(self) -> list[dict[str, object]]:
        """The rulings in the story's file."""
        return read_rulings(self.index.read_text(encoding="utf-8"))

    def ask(
        self, method: str, path: str, body: str = "", **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """A request as any program can make it: status, headers, body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {k.replace("_", "-"): v for k, v in headers.items()}
        connection.request(method, path, body.encode() if body else None, named)
        answer = connection.getresponse()
        told = {k.lower(): v for k, v in answer.getheaders()}
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, told, text

    @property
    def cookie(self) -> str:
        """What a browser that was let in sends."""
        return f"site-gen-desk-{self.port}={TOKEN}"

    def form_token(self) -> str:
        """The token in the forms of this run."""
        page = self.ask("GET", f"/desk/{STORY}/", Cookie=self.cookie)[2]
        found = re.search(r'name="token" value="([^"]+)"', page)
        assert found
        return found[1]

    def post(self, path: str, fields: dict[str, str], **headers: str) -> tuple[int, str]:
        """A form as the desk's own page sends it, but for the headers given."""
        sent = {
            "Cookie": self.cookie,
            "Origin": f"http://127.0.0.1:{self.port}",
            "Content_Type": "application/x-www-form-urlencoded",
        } | headers
        sent = {k: v for k, v in sent.items() if v}
        status, _, text = self.ask("POST", f"/desk/{path}", urlencode(fields), **sent)
        return status, text


@contextlib.contextmanager
def running(root: Path, index: Path, *, watch: bool = False) -> Iterator[Shown]:
    """A preview with its desk."""
    preview = Preview(reload=lambda: load_config(root / "mkdocs.yml", None, None, {}))
    if watch:
        preview.build()
    else:  # the desk needs the style alone; who looks at a page of the site builds it
        preview.config = config = preview.reload()[0]
        _, files = site_of(config, NO_CONTENT, template_folders(config), search=False)
        preview.state = State(pages={p.path: (p.data, "1") for p in files}, name="1")
    reviewing = Reviewing(preview=preview, today=lambda: DAY, editor="L. Fisk")
    made = bound(0)
    serving = server(preview, reviewing, TOKEN)
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [made]})
    thread.start()
    if watch:
        preview.watch(lambda state, seconds: None)
    try:
        yield Shown(root, index, made.getsockname()[1], reviewing)
    finally:
        preview.stop()
        serving.should_exit = True
        thread.join()


def press(page: Page, *keys: str) -> None:
    """Press keys of which the last one leads to another page."""
    *before, last = keys
    for key in before:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(last)
