"""The slow suites of ``make exam`` (long runs of the property tests are started there too, by
SITE_GEN_EXAMPLES)."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import many, roundtrip
from site_gen.shell.build import build
from site_gen.shell.config import Config
from tests import browser

pytestmark = pytest.mark.exam


def test_the_corpus_builds_without_a_fault(bench_data: Path, tmp_path: Path) -> None:
    """50 real stories, 150 articles: every page is written, every offset quotes its text."""
    built = build(
        Config(path=None, content=bench_data / "corpus", out=tmp_path / "site"),
        2,
        lambda done, total, what: None,
    )
    assert built.stories == 50
    assert built.pages > 400


def test_5000_stories_build(tmp_path: Path) -> None:
    """A pile of generated stories builds; its front page has 50 of them and is small enough for a
    phone."""
    many.write(tmp_path / "content", 5000)
    built = build(
        Config(path=None, content=tmp_path / "content", out=tmp_path / "site"),
        2,
        lambda done, total, what: None,
    )
    assert built.stories == 5000
    front = (tmp_path / "site/index.html").read_bytes()
    assert len(front) < 60_000
    assert (tmp_path / "site/page/100/index.html").is_file()


def test_articles_come_back_from_pages_and_pdf(bench_data: Path) -> None:
    """20 real articles, printed by a browser with furniture around them: words in order, and
    paragraphs whole."""
    path = browser.find()
    if not path:
        pytest.skip(browser.WHAT_TO_INSTALL)
    rows = roundtrip.run(bench_data / "corpus", 20, path, browser.FLAGS)
    assert rows["html"]["words"] >= 0.99
    assert min(row["words"] for row in rows.values()) >= 0.98
    assert min(row["paragraphs"] for row in rows.values()) >= 0.95
