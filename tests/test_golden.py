"""One golden file: the sample story's rows in words. ``make golden`` writes it anew; look at the
difference before you commit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden" / "oster-gondola.rows.txt"


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
