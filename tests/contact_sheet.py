"""A picture of every page type, wide and narrow, light, dark and on paper:
``python -m tests.contact_sheet FOLDER`` (``make contact-sheet``) builds the sample, a story in
which nothing differs and one of ten outlets, and writes pictures with a page that shows them all.
``--story FOLDER`` adds a story of one's own.

``--against OTHER`` names the pictures that are not those of an earlier sheet, by the share of their
points that changed.
"""

from __future__ import annotations

import argparse
import html
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, sync_playwright

from site_gen.shell.build import build
from tests import browser as chromium
from tests.conftest import sample_config

STORIES = Path(__file__).parent / "stories"
WIDTHS = (1280, 360)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TALLEST = 4000
"""Pixels of a picture: what nobody scrolls through tells nothing."""
TOLERANCE = 0.002
"""Share of the points of a picture that may be others: letters are drawn a little otherwise from
one release of a browser to the next."""
VISIBLE = 48
"""Steps of 256 by which a point must be lighter or darker to count."""
TYPES = {
    "front": "index.html",
    "story": "oster-gondola/index.html",
    "two": "hallin-footbridge/index.html",
    "quiet": "quiet-harbour/index.html",
    "ten": "ten-outlets/index.html",
    "ten-passages": "ten-outlets/passages/index.html",
    "passages": "oster-gondola/passages/index.html",
    "pair": "oster-gondola/courier/vs/ledger/index.html",
    "article": "oster-gondola/courier/index.html",
    "versions": "oster-gondola/courier/versions/index.html",
    "worksheet": "oster-gondola/worksheet/index.html",
    "answers": "oster-gondola/answers/index.html",
    "outlet": "outlets/national-ledger/index.html",
    "outlets": "outlets/index.html",
    "tag": "tags/accident/index.html",
    "tags": "tags/index.html",
    "search": "search/index.html",
    "method": "method/index.html",
    "guide": "guide/verdicts/index.html",
    "not-found": "404.html",
}
"""Each page type, and the page that stands for it."""


def built(folder: Path, stories: Sequence[Path] = ()) -> Path:
    """A site of the sample, of the stories beside the tests, and of further folders."""
    content = folder / "content"
    config = replace(sample_config(folder / "site"), content=content)
    for source in (sample_config(folder).content, STORIES):
        for path in sorted(source.rglob("*")):
            if path.is_file():
                target = content / path.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
    for story in stories:
        for path in sorted(story.glob("*.md")):
            target = content / story.name / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    build(config, 1, lambda done, total, what: None)
    return folder / "site"


def pictures(
    browser: Browser, site: Path, types: Mapping[str, str] = TYPES
) -> Iterator[tuple[str, bytes]]:
    """Each picture with its name, "story-360-dark"; paper is as wide as A4 is."""
    for name, path in types.items():
        for width in WIDTHS:
            for scheme in SCHEMES:
                page = browser.new_page(viewport={"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.goto(f"{site.as_uri()}/{path}")
                yield f"{name}-{width}-{scheme}", _picture(page, width)
                page.close()
        page = browser.new_page(viewport={"width": 794, "height": 1123})
        page.goto(f"{site.as_uri()}/{path}")
        page.emulate_media(media="print")
        yield f"{name}-print", _picture(page, 794)
        page.close()


def _picture(page: Page, width: int) -> bytes:
    height = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
    return page.screenshot(
        full_page=True,
        clip={"x": 0, "y": 0, "width": width, "height": height},
        animations="disabled",
    )


def changed(one: bytes, other: bytes) -> float:
    """The share of points that are visibly others; 1 where the pictures have another width. Of two
    heights the part that both have counts, and what one has more."""
    first, second = (Image.open(BytesIO(p)).convert("L") for p in (one, other))
    if first.width != second.width:
        return 1.0
    height = min(first.height, second.height)
    box = (0, 0, first.width, height)
    steps = ImageChops.difference(first.crop(box), second.crop(box)).histogram()
    points = sum(steps[VISIBLE:]) + abs(first.height - second.height) * first.width
    return points / (first.width * max(first.height, second.height))


def sheet(folder: Path) -> None:
    """The page that shows all pictures of a folder."""
    figures = "".join(
        f"<figure><figcaption>{html.escape(p.stem)}</figcaption>"
        f'<a href="{p.name}"><img src="{p.name}" alt="" loading="lazy"></a></figure>\n'
        for p in sorted(folder.glob("*.png"))
    )
    style = (
        "body{font:14px sans-serif;margin:1rem}main{display:grid;gap:1rem;"
        "grid-template-columns:repeat(auto-fill,minmax(17rem,1fr))}img{width:100%;max-height:34rem;"
        "object-fit:cover;object-position:top;border:1px solid #999}"
    )
    (folder / "index.html").write_text(
        f'<!doctype html><meta charset="utf-8"><title>Contact sheet</title><style>{style}</style>'
        f"<h1>Contact sheet</h1><main>{figures}</main>",
        encoding="utf-8",
    )


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--story", type=Path, action="append", default=[])
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    site = built(given.folder / "built", given.story)
    types = TYPES | {p.name: f"{p.name}/index.html" for p in given.story}
    others = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=[*chromium.FLAGS]
        )
        for name, data in pictures(browser, site, types):
            (given.folder / f"{name}.png").write_bytes(data)
            print(name, flush=True)
            old = given.against / f"{name}.png" if given.against else None
            if old and old.is_file() and (share := changed(old.read_bytes(), data)) > TOLERANCE:
                others.append(f"{name}: {share:.1%} of its points are others")
        browser.close()
    sheet(given.folder)
    print(f"\n{given.folder / 'index.html'}")
    print("\n".join(others))
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
