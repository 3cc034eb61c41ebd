"""The floors that the five real captures must not fall below, by the gold's own scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import seeds

FLOORS = {"body": 95, "roles": 90, "versions": 1, "figures": 80, "dates": 85, "rows": 3}
CEILINGS = {"lost": 0, "false facts": 0, "false conflicts": 0}


@pytest.fixture(scope="module")
def result(captures: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """The score of the five captures."""
    scorer = captures.parent / "gold" / "score.py"
    if not scorer.exists():
        pytest.skip(f"{scorer} is missing: put the gold labels beside the captures")
    out = tmp_path_factory.mktemp("seeds") / "seeds.json"
    seeds.run(captures, out)
    done = subprocess.run(
        [sys.executable, str(scorer), str(out), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("measure", FLOORS)
def test_floor(result: dict[str, float], measure: str) -> None:
    """At least that good."""
    assert result[measure] >= FLOORS[measure]


@pytest.mark.parametrize("measure", CEILINGS)
def test_ceiling(result: dict[str, float], measure: str) -> None:
    """Nothing lost, nothing invented, no false conflict."""
    assert result[measure] <= CEILINGS[measure]
