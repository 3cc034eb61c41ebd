"""Stories inside a site that MkDocs, ProperDocs or Zensical makes of other pages, by its theme."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from site_gen.shell.hosted import HostPage, Made, read, with_ours
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
    for here in (host == "here" and theme == "mkdocs",)
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


@pytest.mark.usefixtures("search_index")
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


@pytest.mark.exam
def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    """A page of the host under our path outlives a build of our own program."""
    root = make_host(tmp_path)
    (root / "docs/stories").mkdir()
    (root / "docs/stories/extra.md").write_text("# Extra\n", encoding="utf-8")
    HERE.build(root)
    HERE.site_gen(root, "build", "-q")
    assert (root / "site/stories/extra/index.html").is_file()
    listed = re.findall(r"<loc>(.*?)</loc>", (root / "site/sitemap.xml").read_text("utf-8"))
    assert f"{ADDRESS}stories/extra/" in listed


def test_where_two_pages_would_stand_the_old_site_stays(tmp_path: Path) -> None:
    """Told before the host empties its folder; what the host leaves out is no matter."""
    root = make_host(tmp_path)
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    (root / "docs/stories").mkdir()
    for name in ("index.md", "choose.md"):
        (root / "docs/stories" / name).write_text("# Theirs\n", encoding="utf-8")
    config.write_text(text + "exclude_docs: /stories/\n", encoding="utf-8")
    HERE.build(root)
    before = tree(root / "site")
    assert "stories/choose/index.html" in before
    config.write_text(text + "use_directory_urls: false\n", encoding="utf-8")
    done = HERE.run("build", cwd=root)
    assert done.returncode == 1
    assert done.stderr.count("which the stories make, too") == 2
    assert tree(root / "site") == before


def test_titles_and_words_are_only_words(tmp_path: Path, browser: Browser) -> None:
    """In the menu and the search of the host: marks of HTML and of templates, signs of any sort."""
    root = make_host(tmp_path)
    title = "<img src=x onerror=window.hit=1> A & B {{ 7*7 }} \U0001f600"
    index = root / "stories/gondola/index.md"
    index.write_text(
        f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n", encoding="utf-8"
    )
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8") + '      name: "<b>Side</b>"\n'
    config.write_text(text, encoding="utf-8")
    HERE.build(root)
    with showing(root / "site") as address:
        page = browser.new_page()
        here_alone(page)
        page.goto(address)
        shown = page.locator('a[href$="stories/gondola/"]').first.text_content() or ""
        assert "<img src=x onerror=window.hit=1> A & B {{ 7*7 }}" in shown
        assert page.locator("img[onerror]").count() == 0
        assert page.evaluate("window.hit") is None
        page.close()
    assert "&lt;b&gt;Side&lt;/b&gt;" in (root / "site/index.html").read_text("utf-8")
    found = json.loads((root / "site/search/search_index.json").read_text("utf-8"))["docs"]
    assert any("\U0001f600" in d["title"] for d in found if d["location"] == "stories/gondola/")


@pytest.mark.exam
def test_our_templates_in_the_hosts_folder_stay_there(tmp_path: Path) -> None:
    """Wherever they lie."""
    root = make_host(tmp_path)
    (root / "docs/own").mkdir()
    (root / "docs/own/notes.txt").write_text("for ourselves", encoding="utf-8")
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8") + "      theme: {custom_dir: docs/own}\n"
    config.write_text(text, encoding="utf-8")
    HERE.build(root)
    assert not (root / "site/own").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("content: stories", "content: docs/in\n      enabled: false", "articles whole"),
        ("- site-gen:\n      content: ", "- site-gen: ", "must hold `key: value` lines"),
    ],
)
def test_what_a_host_does_not_ask_us(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Where it does not load the plugin at all: our own program says it."""
    root = make_host(tmp_path)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    done = HERE.run("check", cwd=root, module="site_gen")
    assert done.returncode == 1
    assert said in done.stderr


@pytest.mark.exam
def test_what_cannot_be_done_is_told_without_a_traceback(tmp_path: Path) -> None:
    """A dirty build, and a search index that cannot be made."""
    root = make_host(tmp_path)
    done = HERE.run("build", "--dirty", cwd=root)
    assert (done.returncode, "--dirty" in done.stderr) == (1, True)
    (root / "broken").mkdir()
    (root / "broken/pagefind.py").write_text("raise SystemExit('no index today')", "utf-8")
    done = HERE.run("build", cwd=root, env={"PYTHONPATH": str(root / "broken")})
    assert done.returncode == 1
    assert "no index today" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_hosts_search_passes_over_what_ours_does() -> None:
    """Elements that hold nothing end nothing; without a main part the whole body is read."""
    body = (
        b'<body><nav data-pagefind-ignore>menu</nav><hr data-pagefind-ignore><h2 id="a">One &amp;'
        b" two</h2><p>Three<br>four</p><svg><text>five</text></svg></body>"
    )
    for page in (body, body.replace(b"<nav", b"<main><nav").replace(b"</body>", b"</main>")):
        shown = HostPage(path="x/index.html", title="X", in_menu=True, page=page)
        text, headings = shown.searched()
        assert re.sub("<[^>]*>", " ", text).split() == ["One", "&amp;", "two", "Three", "four"]
        assert [(h["id"], h["name"]) for h in headings] == [("a", "One &amp; two")]
        assert shown.anchors() == {"a"}


@pytest.mark.parametrize("address", [ADDRESS, "http://127.0.0.1:8000/desk/"])
def test_a_sitemap_lists_each_page_once(address: str) -> None:
    """Also where the host's address is another: in its preview, and with versions of a site."""
    page = HostPage(path="stories/index.html", title="All", in_menu=True, page=b"")
    entry = "<url><loc>{}</loc></url>"
    made = Made(
        files={},
        pages={"stories/index.md": page},
        sitemap=f"<urlset>{entry.format(ADDRESS + 'stories/')}</urlset>",
        within="stories",
        stamp="",
        searched=False,
    )
    theirs = f"<urlset>{entry.format(address)}{entry.format(address + 'stories/')}</urlset>"
    for features, ours in (((), [f"{ADDRESS}stories/"]), (("navigation.instant",), [])):
        found = re.findall(r"<loc>(.*?)</loc>", with_ours(theirs, made, address, features))
        assert found == [address, *ours]


WRONG = {
    "      content: stories\n": ("      full_text: false\n", "it is not said where the stories"),
    "content: stories": ("contnt: stories", "mkdocs.yml:8: `contnt` is not a key"),
    "      content": ("      path: a.html\n      content", "cannot be a path of the site"),
    "site-gen:\n": ("site-gen:\n      path: Über\n", "cannot be a path of the site"),
    ": stories": (": ..", "is not a folder of its own"),
    "stories": (".", "is not a folder of its own"),
    "site_name": ("INHERIT: base.yml\nsite_name", "another configuration is inherited"),
    "  - search\n": ("  - site-gen\n", "stands here twice"),
}
"""Of a configuration: what stands there → what else would, and what is said then."""


@pytest.mark.parametrize("old", WRONG)
def test_what_is_wrong_with_the_options_is_said(tmp_path: Path, old: str) -> None:
    """With file, line and mend, as the plugin reads them."""
    root = make_host(tmp_path)
    config = root / "mkdocs.yml"
    new, said = WRONG[old]
    text = config.read_text(encoding="utf-8")
    assert old in text
    config.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ExceptionGroup) as found:
        read(config, "mkdocs", {})
    faults = [str(fault) for fault in found.value.exceptions]
    assert any(said in fault for fault in faults)
    assert all("hint: " in fault for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("content: stories", "contnt: stories", "mkdocs.yml:8: `contnt` is not a key"),
        ("content: stories", "content: nowhere", "there is no such content folder"),
        ("content: stories", "content: stories\n      path: about", "makes the page about/index"),
    ],
)
def test_a_host_says_what_is_wrong(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Exit code 1, no traceback, and nothing is written."""
    root = make_host(tmp_path)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
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
