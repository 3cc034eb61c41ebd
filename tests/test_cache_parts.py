"""What a build keeps of a story's parts, of templates and of the tree that it replaced."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import jinja2
import pytest

from site_gen import pipeline
from site_gen.shell.cache import FOLDER, opened
from site_gen.shell.compiled import Compiled
from site_gen.shell.config import load_config
from site_gen.shell.preview import Preview
from site_gen.shell.tree import spare_of
from tests.hosts import tree
from tests.test_cache import afresh, edit, entries, made, two_stories


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The folder of a site of two stories, built once."""
    return two_stories(tmp_path)


def test_of_a_story_that_changed_only_what_changed_is_found_and_matched(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an edited article, what stands in the others is known; of a ruling or a title, everything
    is; and the bytes are those of a new site."""
    asked: list[str] = []
    find, link = pipeline.annotate, pipeline.link_articles
    monkeypatch.setattr(pipeline, "annotate", lambda a: asked.append(a.id) or find(a))
    monkeypatch.setattr(pipeline, "link_articles", lambda *of: asked.append("pair") or link(*of))
    edit(site / "content/other/index.md", "Cable snaps", "Cable parts")
    made(site)
    assert asked == []
    edit(site / "content/other/courier.md", "300", "305")
    made(site)
    assert asked == ["courier", "pair"]
    assert tree(site / "site") == afresh(site)
    asked.clear()
    for entry in sorted((site / FOLDER / "parts").glob("*/*")):
        entry.write_bytes(entry.read_bytes()[:-3] + b"xxx")
    edit(site / "content/other/courier.md", "305", "306")
    made(site)
    assert sorted(asked) == ["beacon", "courier", "pair"]
    assert tree(site / "site") == afresh(site)


def test_a_build_goes_on_from_the_tree_that_the_last_one_replaced(site: Path) -> None:
    """Whatever stood in it: pages of then that are none now, names that were folders and are files,
    or the other way round; nothing of it is published, and nothing of the site is written into."""
    config, _ = load_config(site / "mkdocs.yml", None, None, {})
    edit(site / "content/other/courier.md", "300", "305")
    made(site)
    spare = spare_of(opened(config.home), config.out.resolve())
    assert spare is not None
    assert (spare / "gondola/index.html").samefile(site / "site/gondola/index.html")
    (spare / "secret.html").write_text("of nobody", encoding="utf-8")
    (spare / "left").mkdir()
    (spare / "left/index.html").write_text("of nobody", encoding="utf-8")
    shutil.rmtree(spare / "other")
    (spare / "other").write_text("a file", encoding="utf-8")
    (spare / "index.html").unlink()
    (spare / "index.html").mkdir()
    (spare / "index.html/more.html").write_text("of nobody", encoding="utf-8")
    before = {p: p.stat().st_mtime_ns for p in (site / "site/gondola").rglob("*.html")}
    edit(site / "content/other/courier.md", "305", "306")
    made(site)
    assert tree(site / "site") == afresh(site)
    assert not (site / "site/left").exists()
    assert {p: p.stat().st_mtime_ns for p in before} == before
    (site / "content/about.md").unlink()
    made(site)
    assert tree(site / "site") == afresh(site)
    assert not (site / "site/about").exists()


def test_what_a_person_puts_into_the_site_is_no_part_of_the_spare_tree(site: Path) -> None:
    """It goes over from tree to tree, as before."""
    (site / "site/own.txt").write_text("mine", encoding="utf-8")
    for n in range(305, 308):
        edit(site / "content/other/courier.md", str(n - 1 if n > 305 else 300), str(n))
        made(site)
        assert (site / "site/own.txt").read_text(encoding="utf-8") == "mine"
        assert not list((site / FOLDER / "spare").rglob("own.txt"))


def test_templates_are_compiled_once(tmp_path: Path) -> None:
    """By text, words and program; what is damaged or of another text is compiled anew."""
    cache = opened(tmp_path)

    def shown(text: str, words: str = "en") -> tuple[str, int]:
        asked = []

        class Counting(jinja2.Environment):
            def compile(self, *args: Any, **more: Any) -> Any:
                asked.append(args)
                return super().compile(*args, **more)

        env = Counting(
            loader=jinja2.DictLoader({"a.html": text}), bytecode_cache=Compiled(cache, words)
        )
        return env.get_template("a.html").render(x="seen"), len(asked)

    assert shown("<p>{{ x }}</p>") == ("<p>seen</p>", 1)
    assert shown("<p>{{ x }}</p>") == ("<p>seen</p>", 0)
    assert shown("<p>{{ x }}</p>", "de") == ("<p>seen</p>", 1)
    assert shown("<b>{{ x }}</b>") == ("<b>seen</b>", 1)
    for entry in entries(tmp_path):
        entry.write_bytes(entry.read_bytes()[:-9])
    assert shown("<p>{{ x }}</p>") == ("<p>seen</p>", 1)


def test_a_preview_reads_what_builds_kept_and_leaves_nothing(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is found or matched anew, and no file of the cache is touched."""
    before = {p: p.stat().st_mtime_ns for p in (site / FOLDER).rglob("*")}
    monkeypatch.setattr(pipeline, "annotate", lambda _: pytest.fail("found anew"))
    monkeypatch.setattr(pipeline, "link_articles", lambda *_: pytest.fail("matched anew"))
    preview = Preview(reload=lambda: load_config(site / "mkdocs.yml", None, None, {}))
    state = preview.build()
    assert not state.faults
    assert "other/index.html" in state.pages
    assert {p: p.stat().st_mtime_ns for p in (site / FOLDER).rglob("*")} == before
