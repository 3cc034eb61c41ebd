"""The records of fitted models under ``site_gen/fitted``: their weights, what they were made from,
and how good they are on folds that they did not see.

``python -m benchmarks fit --check`` compares the fingerprint of the code that makes the evidence
with the one in the record: whoever changes a feature has to fit again.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import site_gen
from site_gen.fitted.model import Linear

PACKAGE = Path(site_gen.__file__).parent
FEATURES = {
    "links": (
        "language/rarity.py",
        "match/features.py",
        "match/evidence.py",
        "match/numbers_of_pairs.py",
        "match/context.py",
    ),
    "rows": (
        "compare/mentions.py",
        "compare/alike.py",
        "compare/dispute_evidence.py",
        "compare/disputes.py",
    ),
    "group": ("group/terms.py", "group/alike.py"),
}
"""The code that makes the evidence of each record."""
DATA = {"links": ("align", "stories"), "rows": ("stories",), "group": ("group",)}
"""What each is fitted on, under ``SITE_GEN_BENCH``."""
FIT = "python -m benchmarks fit"


def code(name: str) -> str:
    """The fingerprint of the code that makes a record's evidence, without comments and
    docstrings."""
    told = hashlib.sha256()
    for file in FEATURES[name]:
        told.update(_bare((PACKAGE / file).read_text(encoding="utf-8")).encode())
    return told.hexdigest()[:16]


def _bare(source: str) -> str:
    """Source without comments, docstrings and empty lines."""
    tree = ast.parse(source)
    gone: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for child in body if isinstance(body, list) else []:
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                gone |= set(range(child.lineno, (child.end_lineno or child.lineno) + 1))
    kept = []
    for number, line in enumerate(source.splitlines(), 1):
        bare = line.split("  # ")[0].strip()
        if number not in gone and bare and not bare.startswith("#"):
            kept.append(bare)
    return "\n".join(kept)


def data(name: str) -> str:
    """The fingerprint of the data that a record is fitted on."""
    told = hashlib.sha256()
    for folder in DATA[name]:
        for path in sorted((Path(os.environ["SITE_GEN_BENCH"]) / folder).rglob("*")):
            if path.is_file() and path.suffix in (".json", ".jsonl", ".yml", ".md"):
                told.update(path.read_bytes())
    return told.hexdigest()[:16]


def write(
    out: Path,
    name: str,
    models: Mapping[str, Linear],
    scores: Mapping[str, Any],
    folds: int,
    usual: Mapping[str, Mapping[str, float]] | None = None,
) -> None:
    """Write the record of some models. ``usual``: what their numbers are without what is looked
    for."""
    record = {
        "made by": FIT,
        "data": {"folders": list(DATA[name]), "sha256": data(name)},
        "features": {"files": list(FEATURES[name]), "sha256": code(name)},
        "unseen": {"folds": folds, **scores},
        "models": {
            part: {
                "added": float(f"{model.added:.5g}"),
                "weights": {k: float(f"{v:.5g}") for k, v in model.weights.items()},
            }
            for part, model in models.items()
        },
    }
    if usual:
        record["usual"] = {
            part: {k: float(f"{v:.5g}") for k, v in values.items()}
            for part, values in usual.items()
        }
    out.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def stale(folder: Path | None = None) -> Iterable[str]:
    """One line for each record whose features changed since it was fitted."""
    for name in FEATURES:
        path = (folder or PACKAGE / "fitted") / f"{name}.json"
        known = json.loads(path.read_text(encoding="utf-8"))["features"]["sha256"]
        if known != code(name):
            yield f"{path.name}: the code of its features changed; run `{FIT}` on the data"
