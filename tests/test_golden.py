"""Golden files: the sample story's rows in words, and the guide's page of rules. ``make golden``
writes them anew; look at the difference before you commit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from site_gen.rulebook import as_markdown
from tests.conftest import ROOT

GOLDEN = Path(__file__).parent / "golden" / "oster-gondola.rows.txt"


RULES = ROOT / "content" / "guide" / "rules.md"


def test_the_guide_holds_the_rules_as_they_are(request: pytest.FixtureRequest) -> None:
    """The guide's page of rules is what the tables say."""
    if request.config.getoption("--golden"):
        RULES.write_text(as_markdown(), encoding="utf-8")
    assert RULES.read_text(encoding="utf-8") == as_markdown(), "make golden writes it anew"


def test_rows_of_the_sample_story(sample_site: Path, request: pytest.FixtureRequest) -> None:
    """Verdict, label, cells and reason of every row that several sources share."""
    data = json.loads((sample_site / "oster-gondola/data.json").read_text(encoding="utf-8"))
    lines = []
    for row in data["rows"]:
        if len(row["cells"]) > 1:
            cells = "; ".join(f"{c['source']}: {c['statements'][0]['text']}" for c in row["cells"])
            lines.append(
                f"{row['id']} {row['verdict']} {row['qualifier'] or '-'} | {row['label']} | {cells}"
                f" | {row['reason']}"
            )
    text = "\n".join(lines) + "\n"
    if request.config.getoption("--golden"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
