"""Stories inside a site that MkDocs, ProperDocs or Zensical makes of other pages, by its theme."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.hosts import (
    ADDRESS,
    HERE,
    MANIFEST,
    OWN,
    QUIET,
    ZENSICAL,
    Host,
    differing,
    environment,
    install,
    make_own,
    tree,
)
from tests.static import showing
from tests.test_serve import make_site

HOSTILE = 'The boathouse keeper <img src=x onerror="window.hit=1"> counted the boats twice.'
"""Text of a capture that would run in a page that takes it for HTML."""
THEMES = {
    "mkdocs": "theme: mkdocs",
    "readthedocs": "theme: readthedocs",
    "own": "theme:\n  name: null\n  custom_dir: frame",
    "material": "theme: material",
    "instant": "theme:\n  name: material\n  features: [navigation.instant, navigation.tabs]",
}
FRAME = """<!doctype html><title>{{ page.title }}</title><body>
{% for item in nav %}{% if item.children %}{% for c in item.children %}
<a href="{{ c.url|url }}">{{ c.title }}</a>{% endfor %}{% else %}
<a href="{{ item.url|url }}">{{ item.title }}</a>{% endif %}{% endfor %}{{ page.content }}</body>"""


def _has(host: str, theme: str) -> bool:
    """Whether an environment has a theme; ProperDocs comes without."""
    return theme == "own" or (theme in ("material", "instant")) == (host == "material")


THEMED = [
    pytest.param((host, theme), id=f"{host}-{theme}", marks=[] if here else pytest.mark.exam)
    for host in ("here", *OWN)
    for theme in THEMES
    if _has(host, theme) and not (host == "properdocs" and theme != "own")
    for here in (host == "here" and theme != "own",)
]


@pytest.fixture(params=THEMED)
def themed(
    request: pytest.FixtureRequest, installed: dict[str, Host], tmp_path: Path
) -> tuple[Host, Path, str]:
    """A host, a site of its own with stories in it, and the theme."""
    name, theme = request.param
    return environment(name, installed), make_host(tmp_path, THEMES[theme]), theme


def make_host(root: Path, theme: str = "theme: mkdocs", content: str = "stories") -> Path:
    """A site of another kind with a story in a folder."""
    make_site(root / "made")
    shutil.copytree(root / "made/content", root / content)
    article = root / content / "gondola/beacon.md"
    article.write_text(article.read_text(encoding="utf-8") + f"\n{HOSTILE}\n", encoding="utf-8")
    (root / content / "gondola/originals").mkdir()
    (root / content / "gondola/originals/courier.txt").write_text("as it came", encoding="utf-8")
    (root / content / "choose.md").write_text("# How we choose\n\nBy lot.\n", encoding="utf-8")
    (root / "docs").mkdir(exist_ok=True)
    (root / "frame").mkdir()
    (root / "frame/main.html").write_text(FRAME, encoding="utf-8")
    (root / "docs/index.md").write_text(
        "# Our desk\n\nSee [the gondola](stories/gondola/index.md#h-ledger) and"
        " [about](about.md).\n",
        encoding="utf-8",
    )
    (root / "docs/about.md").write_text("# About\n\nWho we are.\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(
        f"site_name: Our desk\nsite_url: {ADDRESS}\n{theme}\nvalidation: {{anchors: warn}}\n"
        f"plugins:\n  - search\n  - site-gen:\n      content: {content}\n",
        encoding="utf-8",
    )
    return root


def here_alone(page: Page) -> None:
    """Nothing but this machine is asked: themes load scripts from elsewhere."""

    def only_here(route: Route) -> None:
        if route.request.url.startswith("http://127.0.0.1"):
            route.continue_()
        else:
            route.abort()

    page.route("**/*", only_here)


def test_stories_inside_another_site(
    themed: tuple[Host, Path, str], tmp_path: Path, browser: Browser
) -> None:
    """Under one path, with our look, in the menu, the search and the sitemap, with a way back;
    nothing that is not ours is changed, and no source is published."""
    host, root, theme = themed
    host.build(root, env=QUIET)
    host.site_gen(root, "build", "-q", "--out", "ours/stories")
    site = tree(root / "site")
    stories = {k.removeprefix("stories/"): v for k, v in site.items() if k.startswith("stories/")}
    assert differing(tree(root / "ours/stories"), stories) == []
    assert {"index.html", "gondola/index.html", "choose/index.html", MANIFEST} <= stories.keys()
    assert not {"404.html", "robots.txt"} & stories.keys()
    assert b"as it came" not in b"".join(site.values())
    assert not [name for name in site if name.endswith(".md")]

    index = json.loads(site["search/search_index.json"])["docs"]
    found = {d["location"]: d for d in index}
    words = [d["text"] for d in index if d["location"].startswith("stories/gondola/")]
    assert any("cabins for hours" in text for text in words)
    assert not any("On this page" in text for text in words)
    assert found["stories/gondola/"]["title"] == "Cable snaps"
    assert "stories/gondola/#h-ledger" in found
    assert {"", "about/", "stories/", "stories/choose/"} <= found.keys()

    listed = re.findall(r"<loc>(.*?)</loc>", site["sitemap.xml"].decode())
    assert len(listed) == len(set(listed))
    assert f"{ADDRESS}about/" in listed
    ours = re.findall(r"<loc>(.*?)</loc>", stories["sitemap.xml"].decode())
    assert (set(ours) <= set(listed)) == (theme != "instant")
    assert f"{ADDRESS}stories/gondola/courier/" in ours

    (tmp_path / "shown").mkdir()
    shutil.copytree(root / "site", tmp_path / "shown/desk")
    with showing(tmp_path / "shown") as address:
        page = browser.new_page()
        here_alone(page)
        page.goto(f"{address}desk/")
        page.locator('a[href$="stories/gondola/"]').first.dispatch_event("click")
        expect(page.locator("h1")).to_have_text("Cable snaps")
        expect(page.locator("a.back")).to_have_text("← Our desk")
        page.locator("a.back").click()
        expect(page).to_have_url(f"{address}desk/index.html")
        if theme not in ("own",):
            _search(page, f"{address}desk/", theme)
        page.close()


def _search(page: Page, address: str, theme: str) -> None:
    """Find a word of a story with the host's search and follow what it found; what a capture holds
    runs nowhere."""
    if theme in ("material", "instant"):
        page.goto(address)
        field = page.locator("[data-md-component=search-query]")
        field.dispatch_event("focus")
        expect(page.get_by_text("Type to start searching")).to_be_attached(timeout=15_000)
        field.press_sequentially("boathouse")
        result = page.locator("a.md-search-result__link").first
    elif theme == "readthedocs":
        page.goto(f"{address}search.html?q=boathouse")
        result = page.locator("#mkdocs-search-results a").first
    else:
        page.goto(address)
        page.locator("[data-bs-target='#mkdocs_search_modal']").first.dispatch_event("click")
        field, result = (
            page.locator("#mkdocs-search-query"),
            page.locator("#mkdocs-search-results a").first,
        )
        for _ in range(15):  # what is typed before its index is there finds nothing
            field.fill("")
            field.press_sequentially("boathouse")
            with contextlib.suppress(AssertionError):
                expect(result).to_be_visible(timeout=1_000)
                break
    expect(result).to_be_visible(timeout=15_000)
    assert page.evaluate("window.hit") is None
    assert page.locator("img[onerror]").count() == 0
    result.dispatch_event("click")
    expect(page.locator("a.back")).to_be_visible()


def test_where_the_stories_stand_is_free(tmp_path: Path) -> None:
    """In the folder of the host's pages, under another path, in a menu that names them, with flat
    addresses: nothing of the folder but what we make of it is published."""
    root = make_host(tmp_path, content="docs/cases")
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("validation: {anchors: warn}\n", "")
    config.write_text(
        text
        + "      path: desk/compared\n      name: Compared\n      theme: {locale: de}\n"
        + "use_directory_urls: false\nnav:\n  - index.md\n  - about.md\n"
        + "  - Told twice: desk/compared/gondola/index.md\n",
        encoding="utf-8",
    )
    index = root / "docs/index.md"
    index.write_text("# Our desk\n\n[All](desk/compared/index.md)\n", encoding="utf-8")
    HERE.build(root)
    site = tree(root / "site")
    assert not [n for n in site if n.startswith("cases")]
    assert b"as it came" not in b"".join(site.values())
    front = site["index.html"].decode()
    assert re.search(r'href="desk/compared/gondola/index.html"[^>]*>\s*Told twice', front)
    assert front.count("desk/compared/gondola") == 1
    page = site["desk/compared/gondola/index.html"].decode()
    assert '<html lang="de">' in page
    assert '<a class="back" href="../../../index.html">' in page
    assert re.search(r'<a href="../index.html">\s*Compared', page)
    assert f'rel="canonical" href="{ADDRESS}desk/compared/gondola/"' in page


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "      content: stories\n",
            "      full_text: false\n",
            "it is not said where the stories",
        ),
        ("content: stories", "contnt: stories", "mkdocs.yml:8: `contnt` is not a key"),
        ("content: stories", "content: ..", "is not a folder of its own"),
        ("content: stories", "content: .", "is not a folder of its own"),
        ("content: stories", "content: nowhere", "there is no such content folder"),
        ("content: stories", "content: stories\n      path: Über", "cannot be a path of the site"),
        ("content: stories", "content: stories\n      path: about", "makes the page about/index"),
        ("site_name", "INHERIT: base.yml\nsite_name", "another configuration is inherited"),
    ],
)
def test_what_is_wrong_with_the_options_is_said(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    """With file, line and mend; nothing is written."""
    root = make_host(tmp_path)
    (root / "base.yml").write_text("site_name: Base\n", encoding="utf-8")
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert old in text
    config.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = HERE.run("build", cwd=root)
    assert done.returncode == 1
    assert said in done.stderr.replace("\n", " ")
    assert "hint: " in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((root / "site").rglob("*.html"))


@pytest.mark.exam
def test_zensical_beside_us(tmp_path: Path) -> None:
    """It ignores plugins of Python: what the guide says of it is so."""
    host = install(tmp_path / "zensical", "zensical", ZENSICAL)
    root = make_host(tmp_path / "host", "theme: material")
    config = root / "mkdocs.yml"
    menu = "nav:\n  - index.md\n  - about.md\n  - Compared: stories/index.html\n"
    config.write_text(config.read_text(encoding="utf-8") + menu, encoding="utf-8")
    (root / "docs/index.md").write_text("# Our desk\n\nWelcome.\n", encoding="utf-8")
    done = host.run("build", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (root / "site/stories").exists()
    before = tree(root / "site")
    host.site_gen(root, "build", "-q")
    after = tree(root / "site")
    assert {k: v for k, v in after.items() if not k.startswith("stories/")} == before
    assert (root / "site/stories/gondola/index.html").is_file()
    assert 'href="./stories/index.html"' in (root / "site/index.html").read_text("utf-8")
    assert "gondola" not in (root / "site/search.json").read_text("utf-8")
    assert "gondola" not in (root / "site/sitemap.xml").read_text("utf-8")

    # a site that is wholly ours: it stops, with the originals copied already
    own = tmp_path / "own"
    own.mkdir()
    make_own(own)
    (own / "content/gondola/originals").mkdir()
    (own / "content/gondola/originals/courier.txt").write_text("as it came", encoding="utf-8")
    assert host.run("build", cwd=own).returncode != 0
    assert (own / "site/gondola/originals/courier.txt").is_file()
