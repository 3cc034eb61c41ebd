"""What a build keeps for the next one: the same bytes, less work, and no harm from what is damaged,
old or in the way."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from site_gen.model import Content, ContentError
from site_gen.model.message import count, day_in_words, say
from site_gen.render.messages import say_html
from site_gen.shell import build as building
from site_gen.shell import cache as keeping
from site_gen.shell import workers
from site_gen.shell.build import Built, build, site_of, template_folders
from site_gen.shell.cache import FOLDER, KEPT_DAYS, Cache, opened
from site_gen.shell.config import Config, load_config
from site_gen.shell.profile import stage_of
from site_gen.shell.stored import NotStored, from_text, to_text
from site_gen.shell.workers import render_story
from tests.commands import around, run
from tests.conftest import sample_config
from tests.hosts import tree
from tests.test_serve import make_site


def made(root: Path, cache: bool = True) -> Built:
    """Build the site of a folder."""
    config, errors = load_config(root / "mkdocs.yml", None, None, {})
    assert not errors
    kept = opened(config.home, used=cache)
    return build(config, 1, lambda done, total, what: None, cache=kept)


def two_stories(root: Path) -> Path:
    """The folder of a site of two stories, built once."""
    make_site(root, "https://example.org/")
    other = root / "content/other"
    other.mkdir()
    for path in (root / "content/gondola").iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    (root / "content/about.md").write_text("# About\n\nUs.\n", encoding="utf-8")
    made(root)
    return root


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """That folder."""
    return two_stories(tmp_path)


def afresh(root: Path) -> dict[str, bytes]:
    """The site as it is built without a cache, elsewhere."""
    config, _ = load_config(root / "mkdocs.yml", None, root / "fresh", {})
    build(config, 1, lambda done, total, what: None)
    return tree(root / "fresh")


def edit(path: Path, old: str, new: str) -> None:
    """Change a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_changed_is_nothing_done(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is read or written; the counts are those of the build that made the site."""
    times = {p: p.stat().st_mtime_ns for p in (site / "site").rglob("*")}
    with monkeypatch.context() as unread:
        unread.setattr(building, "check", lambda *_, **__: pytest.fail("read"))
        again = made(site)
    assert again.unchanged
    assert {p: p.stat().st_mtime_ns for p in (site / "site").rglob("*")} == times
    first = made(site, cache=False)
    assert not first.unchanged
    assert (again.stories, again.pages, again.files) == (first.stories, first.pages, first.files)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/other/courier.md", "300", "305"),
        ("content/other/index.md", "Cable snaps", "Cable parts"),
        ("content/about.md", "Us.", "Who we are."),
        ("mkdocs.yml", "Our desk", "Your desk"),
        ("mkdocs.yml", "https://example.org/", "https://example.com/desk/"),
        ("mkdocs.yml", "name: null", "name: null\n  locale: de"),
        ("mkdocs.yml", "theme:", "plugins: [{site-gen: {full_text: true}}]\ntheme:"),
    ],
)
def test_after_an_edit_the_bytes_are_those_of_a_new_site(
    site: Path, path: str, old: str, new: str
) -> None:
    """Whatever was edited, and back again."""
    before = tree(site / "site")
    edit(site / path, old, new)
    assert not made(site).unchanged
    assert tree(site / "site") == afresh(site) != before
    edit(site / path, new, old)
    made(site)
    assert tree(site / "site") == before


@pytest.mark.usefixtures("search_index")
def test_the_search_index_is_that_of_the_pages(site: Path) -> None:
    """Taken over where no page changed, made anew where one did."""
    index = site / "site/pagefind/pagefind-entry.json"
    before, when = tree(site / "site"), index.stat().st_mtime_ns
    (site / "content/files").mkdir()
    (site / "content/files/notes.txt").write_text("no page", encoding="utf-8")
    made(site)
    assert index.stat().st_mtime_ns == when
    (site / "content/files/notes.txt").unlink()
    edit(site / "content/other/courier.md", "300", "305")
    made(site)
    assert index.stat().st_mtime_ns != when
    assert tree(site / "site") == afresh(site) != before


def test_a_template_of_the_sites_own_counts(site: Path) -> None:
    """One that comes, changes and goes."""
    before = tree(site / "site")
    path = site / "templates/tag.html"
    extended = site / "templates/document.html"
    for text in ('{% extends "base.html" %}{% block main %}<h1>Ours</h1>{% endblock %}', "<p>Bare"):
        extended.write_text(text, encoding="utf-8")
        made(site)
        assert tree(site / "site") == afresh(site) != before
    extended.unlink()
    path.write_text("<p>", encoding="utf-8")
    path.unlink()
    made(site)
    assert tree(site / "site") == before


def test_only_the_story_that_changed_is_compared(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a page whose bytes stayed is the old file, with its time."""
    asked: list[str] = []
    real = workers.render_story
    monkeypatch.setattr(
        workers, "render_story", lambda job, parts=None: asked.append(job[0].id) or real(job, parts)
    )
    kept = site / "site/gondola/index.html"
    before = (kept.stat().st_mtime_ns, kept.stat().st_ino)
    edit(site / "content/other/courier.md", "300", "305")
    made(site)
    assert asked == ["other"]
    assert (kept.stat().st_mtime_ns, kept.stat().st_ino) == before


def test_what_was_touched_in_the_site_is_written_anew(site: Path) -> None:
    """A page that somebody edited, one that is gone, one that is longer."""
    before = tree(site / "site")
    edit(site / "site/gondola/index.html", "Cable", "Table")
    (site / "site/other/index.html").unlink()
    assert not made(site).unchanged
    assert tree(site / "site") == before
    (site / "site/index.html").write_bytes(b"x" * 100_000)
    edit(site / "content/about.md", "Us.", "We.")
    made(site)
    assert tree(site / "site") == afresh(site)


def test_without_its_list_a_site_is_not_taken_for_ours(site: Path) -> None:
    """The list is what tells our files from others."""
    (site / "site/.site-gen-manifest.json").unlink()
    with pytest.raises(ContentError, match="something else than a site"):
        made(site)


def entries(root: Path) -> list[Path]:
    """Every entry of the cache."""
    return sorted(Cache(root / FOLDER).entries())


@pytest.mark.parametrize("harm", ["flipped", "cut", "empty", "other", "folder", "gone"])
def test_a_damaged_cache_is_made_anew(site: Path, harm: str) -> None:
    """Whatever happened to its entries: the same bytes."""
    before = tree(site / "site")
    found = entries(site)
    assert len(found) > 4
    for path in found:
        data = path.read_bytes()
        if harm == "flipped":
            path.write_bytes(data[:-3] + bytes([data[-3] ^ 1]) + data[-2:])
        elif harm == "cut":
            path.write_bytes(data[: len(data) // 2])
        elif harm == "empty":
            path.write_bytes(b"")
        elif harm == "other":  # whole, but another entry's
            path.write_bytes(found[0].read_bytes())
        else:
            path.unlink()
            if harm == "folder":
                path.mkdir()
    (site / "content/about.md").write_text("# About\n\nUs.\n", encoding="utf-8")
    made(site)
    assert tree(site / "site") == before


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    """A file stands in its place: the site is built all the same."""
    make_site(tmp_path)
    (tmp_path / FOLDER).write_text("in the way", encoding="utf-8")
    assert made(tmp_path).pages > 3
    assert (tmp_path / FOLDER).read_text(encoding="utf-8") == "in the way"


def test_another_program_takes_nothing_from_it(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of it, or of a library, makes everything anew."""
    asked: list[str] = []
    real = workers.render_story
    monkeypatch.setattr(
        workers, "render_story", lambda job, parts=None: asked.append(job[0].id) or real(job, parts)
    )
    monkeypatch.setattr(keeping, "program", lambda: "another")
    monkeypatch.setattr("site_gen.shell.inputs.program", lambda: "another")
    made(site)
    assert asked == ["gondola", "other"]


def test_what_nobody_uses_goes(site: Path) -> None:
    """After so many days; what a build used stays."""
    old, *rest = entries(site)
    now = rest[0].stat().st_mtime
    os.utime(old, (now, now - (KEPT_DAYS + 1) * 86400))
    assert Cache(site / FOLDER).prune(now) == 0  # looked for today, by the build
    now += 86400 + 3600
    assert Cache(site / FOLDER).prune(now) == 1
    assert entries(site) == rest
    Cache(site / FOLDER).clear()
    assert not (site / FOLDER).exists()


def test_two_builds_at_once_share_it(site: Path) -> None:
    """Into different folders, from nothing: both whole."""
    before = tree(site / "site")
    Cache(site / FOLDER).clear()
    names = ("one", "two", "three")
    config, _ = load_config(site / "mkdocs.yml", None, None, {})

    def run(name: str) -> None:
        there = Config(**{f: getattr(config, f) for f in config.__slots__} | {"out": site / name})
        build(there, 1, lambda done, total, what: None, cache=opened(config.home))

    threads = [threading.Thread(target=run, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(tree(site / name) == before for name in names)


def test_git_passes_over_it(site: Path) -> None:
    """Its folder holds whole articles."""
    assert "\n*\n" in (site / FOLDER / ".gitignore").read_text(encoding="utf-8")


def test_records_come_back(sample_content: Content) -> None:
    """Stories, and what pages show of them, with the words that another language says anew."""
    config = sample_config(Path("unused"))
    site, _ = site_of(config, sample_content, template_folders(config), False)
    for story in sample_content.stories:
        assert repr(from_text(to_text(story))) == repr(story)
        _, summary = render_story((story, site, template_folders(config), False))
        again = from_text(to_text(summary))
        assert again == summary
        assert repr(again) == repr(summary)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.dates()
    | st.times(timezones=st.just(dt.UTC))
    | st.text().map(Markup)
    | st.dates().map(day_in_words)
    | st.integers(0, 5).map(lambda n: count("{n} word", "{n} words", n))
    | st.text().map(lambda t: say_html("<b>{x}</b>", x=t))
    | st.text().map(lambda t: say("It is {x}.", x=t)),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text(), inner)
        | st.frozensets(st.text())
    ),
    max_leaves=12,
)


@given(VALUES)
def test_values_come_back(value: object) -> None:
    """With their types, and what a message was made of."""
    again = from_text(to_text(value))
    assert again == value
    assert type(again) is type(value)
    assert getattr(again, "template", None) == getattr(value, "template", None)


@given(
    st.recursive(
        st.none() | st.integers() | st.text() | st.sampled_from(["r", "t", "d", "say", "fault"]),
        st.lists,
        max_leaves=8,
    )
)
def test_nothing_else_is_read(value: object) -> None:
    """Whatever JSON stands there, it is a value of ours or nothing, and nothing runs."""
    try:
        found = from_text(json.dumps(value).encode())
    except NotStored:
        return
    assert not callable(found)


def test_a_thing_that_is_no_record_is_not_stored() -> None:
    """Told at once, not when it is read."""
    with pytest.raises(TypeError):
        to_text((1, object()))


def test_it_is_shown_and_cleared(site: Path) -> None:
    """By a command, which says where and how much."""
    told = run("cache", cwd=site)
    assert re.search(r"\.site-gen-cache: \d+ entries, [\d.]+ MB", told)
    assert "removed" in run("cache", "--clear", cwd=site)
    assert "0 entries" in run("cache", cwd=site)
    run("build", "-q", cwd=site)
    assert "nothing changed" in run("build", cwd=site)


def test_where_the_time_goes_is_told_by_stage(site: Path) -> None:
    """Shares of all, the hottest functions, the memory."""
    done = subprocess.run(
        [sys.executable, "-m", "site_gen", "build", "--no-cache", "--profile"],
        cwd=site,
        env=around(),
        capture_output=True,
        text=True,
        check=True,
    )
    table = done.stderr
    shares = [int(found) for found in re.findall(r"(\d+)%$", table, re.MULTILINE)]
    assert 90 <= sum(shares) <= 110
    stages = {line.split("  ")[0] for line in table.splitlines()}
    assert {"match", "compare", "render", "find: dates", "templates", "reading"} <= stages
    assert table.count(".py:") >= 5
    assert os.name == "nt" or re.search(r"peak memory: \d+ MB", table)


def test_a_file_belongs_to_a_stage() -> None:
    """Ours by folder, libraries by what they are for."""
    package = Path(building.__file__).parent.parent
    told = {
        package / "find/dates/finder.py": "find: dates",
        package / "match/pairs.py": "match",
        package / "content.py": "reading",
        package / "shell/tree.py": "writing",
        package / "shell/cli.py": "command line",
        Path("/lib/site-packages/jinja2/runtime.py"): "templates",
        Path("/lib/python3.12/re/__init__.py"): "Python",
    }
    assert {path: stage_of(str(path)) for path in told} == told
