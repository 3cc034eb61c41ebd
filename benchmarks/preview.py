"""How soon an edit is in the open browser: seconds from saving a file to the page that shows it.

    python -m benchmarks.preview

Needs a browser (``make test`` installs one). Of the sample site the story with most articles
is edited ten times, alone and with everything beside it; printed are the median and the slowest.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

EDITS = 10
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print the seconds, for an edit of content, of a template and of the configuration."""
    for alone in (True, False):
        print("the story alone" if alone else "the whole sample")
        _measure(alone)


def _measure(alone: bool) -> None:
    from playwright.sync_api import sync_playwright

    from site_gen.shell.config import load_config
    from site_gen.shell.preview import Preview
    from site_gen.shell.serve import bound, server

    sys.path.insert(0, str(ROOT))
    from tests.browser import FLAGS, find

    with tempfile.TemporaryDirectory() as place, sync_playwright() as p:
        root = Path(place) / "site"
        for name in ("content", "templates"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy2(ROOT / "mkdocs.yml", root)
        if alone:
            _leave_one(root)
        preview = Preview(reload=lambda: load_config(root / "mkdocs.yml", None, None, {}))
        preview.build()
        socket, serving = bound(0), server(preview)
        thread = threading.Thread(target=serving.run, kwargs={"sockets": [socket]}, daemon=True)
        thread.start()
        preview.watch(lambda state, seconds: None)
        time.sleep(1)
        page = p.chromium.launch(executable_path=find() or None, args=list(FLAGS)).new_page()
        story = max(
            (root / "content").glob("*/"),
            key=lambda f: (
                len(list(f.glob("*.md"))) if (f / "index.md").is_file() and f.name != "guide" else 0
            ),
        )
        article = next(f for f in sorted(story.glob("*.md")) if f.name != "index.md")
        page.goto(f"http://127.0.0.1:{socket.getsockname()[1]}/{story.name}/{article.stem}/")
        edits = {
            "content": (article, "\n\nEdit number {} was made at noon.\n"),
            "template": (root / "templates/base.html", "<p>Edit {}</p>"),
            "configuration": (root / "mkdocs.yml", "\ncopyright: Edit {}\n"),
        }
        for what, (path, words) in edits.items():
            before = path.read_text(encoding="utf-8")
            if what == "template":
                before = before.replace("</main>", "MARK</main>")
            took = []
            for n in range(EDITS):
                said = words.format(n)
                new = before.replace("MARK", said) if what == "template" else before + said
                start = time.monotonic()
                with page.expect_event("domcontentloaded"):
                    path.write_text(new, encoding="utf-8")
                took.append(time.monotonic() - start)
                shown = said.strip().removeprefix("copyright: ")
                assert shown.removeprefix("<p>").removesuffix("</p>") in page.inner_text("body")
            print(f"{what:14} median {statistics.median(took):.2f} s, slowest {max(took):.2f} s")
        preview.stop()
        serving.should_exit = True
        thread.join()


def _leave_one(root: Path) -> None:
    """Only the story with most articles stays."""
    folders = [f for f in (root / "content").iterdir() if f.is_dir()]
    most = max((f for f in folders if f.name != "guide"), key=lambda f: len(list(f.glob("*.md"))))
    for folder in folders:
        if folder != most:
            shutil.rmtree(folder)
    (root / "mkdocs.yml").write_text(
        "site_name: One story\ntheme: {name: null, custom_dir: templates}\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
