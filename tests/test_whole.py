"""What belongs to the site as a whole: outlets, tags, feed, sitemap, 404, redirects, schemas,
tables, and what is withheld."""

from __future__ import annotations

import csv
import gzip
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import yaml
from markupsafe import Markup

from site_gen.render.excerpts import FILLER, IN_DATA
from site_gen.render.lead import Finding
from site_gen.render.pages import Renderer
from site_gen.render.site import Site, Summary
from site_gen.render.whole import site_pages
from site_gen.shell.build import build, template_folders
from site_gen.shell.config import Config, load_config
from tests.conftest import ROOT, sample_config
from tests.html_text import PageText

URL = "https://example.org/some/base/"
ATOM = "{http://www.w3.org/2005/Atom}"


def silent(done: int, total: int, what: str) -> None:
    """No progress."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site as it is published under an address, with an alias and a story that is not to
    be listed."""
    root = tmp_path_factory.mktemp("published")
    import shutil

    shutil.copytree(ROOT / "content", root / "content")
    (root / "mkdocs.yml").write_text(
        (ROOT / "mkdocs.yml")
        .read_text(encoding="utf-8")
        .replace("custom_dir: templates", "locale: en"),
        encoding="utf-8",
    )
    index = root / "content/oster-gondola/index.md"
    index.write_text(
        index.read_text(encoding="utf-8").replace("tags:", "aliases: [gondola-accident]\ntags:"),
        encoding="utf-8",
    )
    index = root / "content/hallin-footbridge/index.md"
    index.write_text(
        index.read_text(encoding="utf-8").replace("tags:", "noindex: true\ntags:"), encoding="utf-8"
    )
    config, errors = load_config(root / "mkdocs.yml", None, None, {"SITE_URL": URL})
    assert not errors
    build(config, 1, silent)
    return config.out


def test_outlets_list_their_articles(sample_site: Path) -> None:
    """Each outlet has a page with its articles in all stories."""
    page = (sample_site / "outlets/oster-valley-courier/index.html").read_text(encoding="utf-8")
    assert "../../oster-gondola/courier/index.html" in page
    assert "../../hallin-footbridge/courier/index.html" in page
    assert "2 captures, changed" in page
    assert (sample_site / "outlets/index.html").read_text(encoding="utf-8").count(
        "/index.html"
    ) >= 5


def test_tags_list_their_stories(sample_site: Path) -> None:
    """Each tag has a page with its stories."""
    assert "Gondola cable snaps" in (sample_site / "tags/transport/index.html").read_text(
        encoding="utf-8"
    )
    assert "footbridge" not in (sample_site / "tags/transport/index.html").read_text(
        encoding="utf-8"
    )


def test_an_alias_leads_to_the_story(published: Path) -> None:
    """A former name redirects, without JavaScript, and is not listed."""
    page = (published / "gondola-accident/index.html").read_text(encoding="utf-8")
    assert 'http-equiv="refresh" content="0; url=../oster-gondola/index.html"' in page
    assert f'rel="canonical" href="{URL}oster-gondola/"' in page
    assert "gondola-accident" not in (published / "sitemap.xml").read_text(encoding="utf-8")


def test_the_404_page_works_at_any_address(published: Path) -> None:
    """It is shown anywhere, so its links start at the site's root."""
    page = PageText((published / "404.html").read_text(encoding="utf-8"))
    links = [a for _, a in page.links if not a.startswith(("#", "data:"))]
    assert links
    assert all(a.startswith("/some/base/") for a in links)
    assert all((published / a.removeprefix("/some/base/")).exists() for a in links)


def test_the_feed_carries_the_change(published: Path) -> None:
    """An Atom feed with the story and what an article changed, dated by the content."""
    feed = ET.parse(published / "feed.xml").getroot()
    entries = {e.findtext(f"{ATOM}title"): e for e in feed.iter(f"{ATOM}entry")}
    change = entries[
        "Oster Valley Courier changed: Gondola cable snaps above Lake Oster, stranding hundreds"
    ]
    assert change.findtext(f"{ATOM}updated") == "2031-06-12T06:15:00Z"
    assert "<del>Twelve</del> <ins>Fourteen</ins>" in str(change.findtext(f"{ATOM}content"))
    link = change.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{URL}oster-gondola/courier/versions/"
    assert feed.findtext(f"{ATOM}updated") == max(
        str(e.findtext(f"{ATOM}updated")) for e in entries.values()
    )
    assert len({e.findtext(f"{ATOM}id") for e in entries.values()}) == len(entries)
    assert not [t for t in entries if "footbridge" in str(t)], "a story with noindex is in the feed"


def test_the_sitemap_lists_every_page_once(published: Path) -> None:
    """All pages but 404, redirects, stories that are not to be listed and what repeats a story's
    sentences; the last change from the content."""
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = [str(x.findtext(f"{name}loc")) for x in ET.parse(published / "sitemap.xml").getroot()]
    hidden = ("404.html", "gondola-accident", "hallin-footbridge")
    pages = {p.relative_to(published).as_posix() for p in published.rglob("*.html")}
    again = {"embed", "worksheet", "answers"}
    listed = {p for p in pages if not p.startswith(hidden) and not again & set(p.split("/"))}
    assert sorted(found) == sorted(URL + p.removesuffix("index.html") for p in listed)
    assert f"<loc>{URL}oster-gondola/</loc><lastmod>2031-06-13</lastmod>" in (
        published / "sitemap.xml"
    ).read_text(encoding="utf-8")
    assert f"Sitemap: {URL}sitemap.xml" in (published / "robots.txt").read_text(encoding="utf-8")


def test_pages_name_their_public_address(published: Path) -> None:
    """Canonical links are whole addresses; without a site_url there is neither feed nor sitemap."""
    assert f'rel="canonical" href="{URL}oster-gondola/passages/"' in (
        published / "oster-gondola/passages/index.html"
    ).read_text(encoding="utf-8")


def test_without_an_address_nothing_absolute_is_made(sample_site: Path) -> None:
    """No feed and no sitemap, which would need whole addresses."""
    assert not (sample_site / "feed.xml").exists()
    assert not (sample_site / "sitemap.xml").exists()
    assert "Sitemap" not in (sample_site / "robots.txt").read_text(encoding="utf-8")


def test_data_keeps_to_its_schema(sample_site: Path) -> None:
    """Every data.json is valid by the schema that the site publishes, and the schema itself is
    valid."""
    schema = json.loads((sample_site / "schema/data.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for path in sorted(sample_site.glob("*/data.json")):
        jsonschema.validate(
            json.loads(path.read_text(encoding="utf-8")), schema, jsonschema.Draft202012Validator
        )


def test_front_matter_keeps_to_its_schema(sample_site: Path) -> None:
    """What ``add`` wrote is valid by the published schema, and a wrong key is not."""
    schema = json.loads((sample_site / "schema/article.schema.json").read_text(encoding="utf-8"))
    check = jsonschema.Draft202012Validator(schema)
    for path in sorted((ROOT / "content").glob("*/*.md")):
        text = path.read_text(encoding="utf-8")
        front = yaml.load(text.split("---")[1], yaml.BaseLoader) if text.startswith("---") else {}
        if "outlet" in front:
            check.validate(front)
    assert list(check.iter_errors({"outlet": "A", "oulet": "B"}))


def test_tables_of_the_site_hold_those_of_the_stories(sample_site: Path) -> None:
    """data/*.csv is the stories' tables one below the other, with one head."""
    for name in ("rows", "figures", "dates", "quotations", "passages"):
        whole = list(
            csv.reader(io.StringIO((sample_site / f"data/{name}.csv").read_text(encoding="utf-8")))
        )
        parts = [
            list(csv.reader(io.StringIO(p.read_text(encoding="utf-8"))))
            for p in sorted(sample_site.glob(f"*/{name}.csv"))
            if p.parent.name != "data"
        ]
        assert whole == [parts[0][0], *(row for part in parts for row in part[1:])]


def test_a_front_page_of_5000_stories_opens_on_a_phone(sample_site: Path) -> None:
    """50 stories a page, each page small, every story on exactly one page, and a way to the
    next."""
    base = Summary(
        id="s",
        title="Council backs a bridge across the gorge",
        summary="How four outlets reported the vote.",
        date=None,
        updated=None,
        tags=(),
        aliases=(),
        outlets=("A", "B"),
        articles=(),
        entries=(),
        origins=2,
        captures=3,
        changed=0,
        findings=(
            Finding(
                state="conflict",
                sign="≠",
                word="Figures differ",
                title=Markup("Nine or 14?"),
                link="s/index.html#r-1",
            ),
        ),
    )
    renderer = Renderer(
        Site(name="Many", assets={n: n for n in ("site.css", "site.js", "search.js")}),
        template_folders(sample_config(Path("unused"))),
    )
    summaries = [replace(base, id=f"story-{n}") for n in range(5000)]
    pages = {p.path: p for p in site_pages(renderer, summaries, [], {}, {})}
    fronts = [pages["index.html"], *(pages[f"page/{n}/index.html"] for n in range(2, 101))]
    assert max(len(p.data) for p in fronts) < 60_000
    shown = [
        a
        for p in fronts
        for _, a in PageText(p.data.decode()).links
        if a.endswith("/index.html") and "story-" in a
    ]
    # the newest stands above the list too
    assert len(shown) - 1 == len({a.rpartition("story-")[2] for a in shown}) == 5000
    assert 'href="page/2/index.html"' in fronts[0].data.decode()
    assert "page/101/index.html" not in pages


def third_party(root: Path) -> Config:
    """A story of two third-party articles; each has a sentence that no row, quotation or passage
    needs."""
    folder = root / "content" / "fair"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text("---\ntitle: The fair\nsummary: ''\n---\n", encoding="utf-8")
    for name, outlet, secret in (
        ("courier", "Courier", "violet umbrellas dripped beside doors"),
        ("ledger", "Ledger", "an orchestra tuned its strings"),
    ):
        (folder / f"{name}.md").write_text(
            f"---\noutlet: {outlet}\nurl: https://{name}.example/fair\npublished:"
            " 2031-06-10\nleft_out:\n- rule: related link\n  text: 'Related: marble"
            " staircases'\n---\n\nSome 300 people came to the fair in Lower Oster on Tuesday."
            f" Meanwhile {secret}.\n\nAnd {secret} again.\n",
            encoding="utf-8",
        )
    return Config(path=None, content=root / "content", out=root / "site")


def all_bytes(site: Path) -> bytes:
    """Every byte of a site, compressed files opened."""
    out = b""
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        data = path.read_bytes()
        out += gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    return out


SECRETS = (b"umbrellas", b"orchestra", b"staircases")


@pytest.mark.usefixtures("search_index")
def test_nothing_withheld_is_in_any_file(tmp_path: Path) -> None:
    """Third-party text that no row, quotation or passage needs stands in no file of the site, the
    search index included."""
    config = third_party(tmp_path)
    build(config, 1, silent)
    held = all_bytes(config.out)
    assert not [s for s in SECRETS if s in held]
    assert b"Some 300 people came to the fair" in held
    page = (config.out / "fair/courier/index.html").read_text(encoding="utf-8")
    assert "[…]" in page
    assert FILLER not in page
    assert IN_DATA in (config.out / "fair/data.json").read_text(encoding="utf-8")
    assert "https://courier.example/fair" in page
    data = json.loads((config.out / "fair/data.json").read_text(encoding="utf-8"))
    assert [a["excerpt"] for a in data["articles"]] == [True, True]
    texts = {(a["id"], p["index"]): p["text"] for a in data["articles"] for p in a["paragraphs"]}
    for a in data["articles"]:
        for x in [*a["figures"], *a["dates"]]:
            assert texts[a["id"], x["paragraph"]][x["start"] : x["end"]] == x["text"]


def test_full_text_is_a_deliberate_act(tmp_path: Path) -> None:
    """With full_text everything is published."""
    config = replace(third_party(tmp_path), full_text=True)
    build(config, 1, silent)
    held = all_bytes(config.out)
    assert all(s in held for s in SECRETS)


def test_the_option_is_read_from_the_configuration(tmp_path: Path) -> None:
    """``full_text`` stands under our own plugin entry."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A\nplugins:\n  - search\n  - site-gen:\n      full_text: true\n",
        encoding="utf-8",
    )
    config, errors = load_config(tmp_path / "mkdocs.yml", None, None, {})
    assert not errors
    assert config.full_text
