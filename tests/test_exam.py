"""The slow suites of ``make exam`` (long runs of the property tests are started there too, by SITE_GEN_EXAMPLES)."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_gen.build import build
from site_gen.config import Config

pytestmark = pytest.mark.exam


def test_the_corpus_builds_without_a_fault(bench_data: Path, tmp_path: Path) -> None:
    """50 real stories, 150 articles: every page is written, every offset quotes its text."""
    built = build(Config(path=None, content=bench_data / "corpus", out=tmp_path / "site"), 2, lambda done, total, what: None)
    assert built.stories == 50
    assert built.pages > 400
