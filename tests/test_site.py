"""The sample site, as files: links, traceability, and the same bytes whatever the machine."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import posixpath
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from site_gen.model import Content
from tests.commands import around
from tests.conftest import ROOT
from tests.html_text import PageText


def pages(site: Path) -> dict[str, PageText]:
    """Every page of a site, parsed."""
    return {
        p.relative_to(site).as_posix(): PageText(p.read_text(encoding="utf-8"))
        for p in sorted(site.rglob("*.html"))
    }


def test_no_dead_link_and_no_dead_fragment(sample_site: Path) -> None:
    """Every relative link leads to a file of the site, and every fragment to an id on it; none is
    absolute."""
    found = pages(sample_site)
    dead = []
    for path, page in found.items():
        for tag, address in page.links:
            if address.startswith("data:"):
                continue
            if address.startswith(("http://", "https://")):
                assert tag in ("a", "link"), f"{path} loads {address} from elsewhere"
                continue
            if path == "404.html":
                continue  # shown at any address: tests/test_whole.py looks at its links
            assert not address.startswith("/"), f"{path}: {address} would break under a base path"
            target, _, fragment = unquote(address).partition("#")
            there = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
                if target
                else path
            )
            if not (sample_site / there).is_file() or (
                fragment and fragment not in found[there].ids
            ):
                dead.append((path, address))
    assert not dead


def test_ids_are_unique_on_each_page(sample_site: Path) -> None:
    """A permalink leads to one place."""
    for path, page in pages(sample_site).items():
        assert len(page.ids) == len(set(page.ids)), path


def test_every_page_is_reached_from_the_front(sample_site: Path) -> None:
    """No page is an island."""
    found = pages(sample_site)
    seen, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path in seen or path not in found:
            continue
        seen.add(path)
        for _, address in found[path].links:
            if "://" not in address:
                todo.append(
                    posixpath.normpath(
                        posixpath.join(posixpath.dirname(path), unquote(address).partition("#")[0])
                    )
                )
    assert set(found) - seen == {"404.html"}


def test_data_quotes_its_text(sample_site: Path) -> None:
    """``text[start:end]`` holds for every span of the published data."""
    count = 0
    for path in sorted(sample_site.glob("*/data.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        texts = {
            (a["id"], p["index"]): p["text"] for a in data["articles"] for p in a["paragraphs"]
        } | {(a["id"], -1): a["headline"] for a in data["articles"]}
        for a in data["articles"]:
            for x in [*a["figures"], *a["dates"], *a["quotations"]]:
                assert texts[a["id"], x["paragraph"]][x["start"] : x["end"]] == x["text"]
                count += 1
    assert count > 100


def test_csv_equals_the_data(sample_site: Path) -> None:
    """The tables hold as many figures and dates as data.json, and read as CSV."""
    for folder in sorted(p.parent for p in sample_site.glob("*/data.json")):
        data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
        for kind in ("figures", "dates", "quotations"):
            rows = list(
                csv.DictReader(io.StringIO((folder / f"{kind}.csv").read_text(encoding="utf-8")))
            )
            assert len(rows) == sum(len(a[kind]) for a in data["articles"])
            assert all(r["text"] and r["article"] for r in rows)
        silent = [
            r
            for r in csv.DictReader(io.StringIO((folder / "rows.csv").read_text(encoding="utf-8")))
            if not r["text"]
        ]
        assert len(silent) == sum(len(r["silent"]) for r in data["rows"])


def test_nothing_of_an_original_is_published(sample_site: Path) -> None:
    """Captures as they came stay where they are."""
    assert not [p for p in sample_site.rglob("*") if "originals" in p.parts]


SHOWN = {
    "figures that conflict": ("conflict", "", "figure"),
    "an update": ("conflict", "updated", "figure"),
    "two named sources": ("conflict", "sources cited differ", "figure"),
    "figures that are compatible": ("compatible", "", "figure"),
    "figures that agree": ("agree", "", "figure"),
    "dates that agree": ("agree", "", "date"),
    "one source only": ("single", "", "figure"),
    "a quotation in two wordings": ("conflict", "words differ", "quotation"),
}


@pytest.mark.parametrize(("verdict", "qualifier", "kind"), SHOWN.values(), ids=SHOWN.keys())
def test_the_sample_story_shows_every_verdict(
    sample_site: Path, verdict: str, qualifier: str, kind: str
) -> None:
    """Every newcomer sees each verdict once."""
    data = json.loads((sample_site / "oster-gondola/data.json").read_text(encoding="utf-8"))
    assert any(
        (r["verdict"], r["qualifier"], r["kind"]) == (verdict, qualifier, kind)
        for r in data["rows"]
    )


def test_the_sample_story_shows_versions_origins_and_a_derived_date(sample_site: Path) -> None:
    """A corrected figure, a cut quotation, a moved paragraph; a reprint; ten days that lead to a
    date."""
    data = json.loads((sample_site / "oster-gondola/data.json").read_text(encoding="utf-8"))
    changes = [c for v in data["versions"] for s in v["steps"] for c in s["changes"]]
    assert {"figure", "quotation", "order"} <= {c["consequence"] for c in changes}
    assert any(len(o["sources"]) == 2 for o in data["origins"])
    ends = next(r for r in data["rows"] if r["rule"] == "a date follows from a duration")
    assert ends["verdict"] == "agree"
    assert {s["text"] for c in ends["cells"] for s in c["statements"]} == {"June 20", "ten days"}
    assert any(c["was"] for r in data["rows"] for c in r["cells"])


def test_what_add_left_out_is_shown(sample_site: Path) -> None:
    """The article page lists the appeal and the related link with their rules."""
    page = (sample_site / "oster-gondola/courier.2031-06-10/index.html").read_text(encoding="utf-8")
    assert "fundraising appeal" in page
    assert "related link" in page


def digest(site: Path) -> dict[str, str]:
    """SHA-256 of every file of a site."""
    return {
        p.relative_to(site).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(site.rglob("*"))
        if p.is_file()
    }


def many_stories(place: Path) -> Path:
    """A content folder with enough stories for worker processes."""
    content = place / "content"
    for n in range(4):
        for story in ("oster-gondola", "hallin-footbridge"):
            shutil.copytree(ROOT / "content" / story, content / f"{story}-{n}")
    return content


def test_bytes_do_not_depend_on_the_machine(tmp_path: Path, sample_content: Content) -> None:
    """Hash seed, time zone, locale, number of workers and the order of the folder do not change a
    byte."""
    content = many_stories(tmp_path)
    results = []
    for n, (seed, zone, locale, jobs) in enumerate(
        [
            ("0", "UTC", "C", 1),
            ("7", "Asia/Kolkata", "C.UTF-8", 2),
            ("99", "America/Lima", "POSIX", 3),
        ]
    ):
        out = tmp_path / f"site-{n}"
        env = around(PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale)
        command = [
            sys.executable,
            "-m",
            "site_gen",
            "build",
            "--quiet",
            "--content",
            str(content),
            "--out",
            str(out),
            "--jobs",
            str(jobs),
        ]
        subprocess.run(command, check=True, env=env, cwd=tmp_path)
        results.append(digest(out))
        shutil.move(content, tmp_path / f"moved-{n}")  # a fresh copy: another order on disk
        shutil.copytree(tmp_path / f"moved-{n}", content)
    assert results[0] == results[1] == results[2]
    assert len(results[0]) > 100
