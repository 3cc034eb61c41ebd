"""The table of ``make bench``: every benchmark whose data is present, run and scored by its own
scorer."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import (
    attribution,
    captures,
    copies,
    dates,
    figures,
    finders,
    findings,
    fit_attribution,
    fit_links,
    fit_rows,
    group,
    invented,
    links,
    long_stories,
    matching,
    read,
    roundtrip,
    seeds,
    stories,
)
from tests.browser import FLAGS, find


def score(script: Path, *args: str | Path) -> Any:
    """What a scorer prints as JSON."""
    done = subprocess.run(
        [sys.executable, str(script), *map(str, args)], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[0])


Row = tuple[str, str, float | int | str]


def of_seeds(captured: Path, out: Path) -> Iterator[Row]:
    """The five real captures."""
    scorer = captured.parent / "gold" / "score.py"
    if scorer.exists():
        seeds.run(captured, out / "seeds.json")
        for key, value in score(scorer, out / "seeds.json", "--json").items():
            yield "seeds", key, value


def of_captures(bench: Path, out: Path) -> Iterator[Row]:
    """Saved pages."""
    if (bench / "captures").is_dir() and importlib.util.find_spec("trafilatura"):
        captures.run(bench / "captures", out / "captures.json")
        result = score(bench / "captures" / "score.py", out / "captures.json", "--json")
        yield "captures", "F1", round(100 * result["F1"], 1)
        yield "captures", "exactly right", round(100 * result["accuracy"], 1)
        for key, number in captures.speed(bench / "captures"):
            yield "captures", key, number
    browser = find() if (bench / "corpus").is_dir() else ""
    for name, shares in (
        roundtrip.run(bench / "corpus", 20, browser, FLAGS).items() if browser else ()
    ):
        yield f"round trip, {name}", "words", round(100 * shares["words"], 1)
        yield f"round trip, {name}", "paragraphs", round(100 * shares["paragraphs"], 1)


def of_finders(bench: Path, out: Path) -> Iterator[Row]:
    """Dates and figures."""
    for docs in sorted((bench / "dates").glob("*.docs.jsonl")):
        name = docs.name.removesuffix(".docs.jsonl")
        dates.run(docs, out / f"{name}.jsonl")
        for key, value in score(
            bench / "dates" / "score.py", name, out / f"{name}.jsonl", "--json"
        ).items():
            yield f"dates {name}", key, value
    for texts in sorted((bench / "figures").glob("*.jsonl")):
        figures.run(texts, out / texts.name)
        for key, value in score(
            bench / "figures" / "score.py", texts, out / texts.name, "--json"
        ).items():
            yield f"figures {texts.stem}", key, value["F1"]


def of_attribution(bench: Path, out: Path) -> Iterator[Row]:
    """Who says it, as it is shown, and by weights that did not see the publisher."""
    folder = bench / "attribution"
    if not folder.is_dir():
        return
    attribution.run(folder / "polnear.docs.jsonl", out / "attribution.jsonl")
    lines = out / "attribution.jsonl"
    for key, found in score(folder / "score.py", lines, "--data", folder, "--json").items():
        yield "who says it, articles fitted on", f"{key} F1", found["F1"]
    if importlib.util.find_spec("sklearn"):
        _, unseen = fit_attribution.fitted(folder)
        for key, scores in fit_attribution.unseen_scores(folder, unseen).items():
            for name, value in scores.items():
                yield "who says it, unseen publishers", f"{key} {name}", value


def of_halves(bench: Path, out: Path) -> Iterator[Row]:
    """The two halves of each set beside each other."""
    for docs in sorted((bench / "dates").glob("*.docs.jsonl")):
        name = docs.name.removesuffix(".docs.jsonl")
        order = {r["doc"]: n for n, r in enumerate(read.json_lines(docs))}
        for half in (0, 1):
            folder = out / f"{name}-{half}"
            for kind in ("docs", "gold"):
                rows = read.json_lines(bench / "dates" / f"{name}.{kind}.jsonl")
                read.write_lines(
                    folder / f"{name}.{kind}.jsonl",
                    (r for r in rows if order[r["doc"]] % 2 == half),
                )
            dates.run(folder / f"{name}.docs.jsonl", folder / "out.jsonl")
            result = score(
                bench / "dates" / "score.py", name, folder / "out.jsonl", "--data", folder, "--json"
            )
            for key in ("value", "strict", "dates"):
                yield f"half {half + 1} of dates {name}", key, result[key]
    texts = bench / "figures" / "newsquant-dev.jsonl"
    if texts.is_file():
        for half, part in enumerate(finders.halves(texts, out, "id")):
            figures.run(part, out / f"newsquant-{half}.jsonl")
            for key, value in score(
                bench / "figures" / "score.py", part, out / f"newsquant-{half}.jsonl", "--json"
            ).items():
                yield f"half {half + 1} of figures newsquant-dev", key, value["F1"]


def of_matching(bench: Path, out: Path) -> Iterator[Row]:
    """Links between texts, whole stories, and piles of texts."""
    if sets := sorted((bench / "align").glob("*.json")):
        links.run(out / "links.jsonl", sets)
        for key, value in score(
            bench / "align" / "score.py", out / "links.jsonl", *sets, "--json"
        ).items():
            yield "links", key, value
        yield from of_unseen(bench)
    if (bench / "corpus").is_dir():
        for key, value in copies.run(bench / "corpus").items():
            yield "near-copies, one origin", key, round(value, 1)
    if (bench / "stories").is_dir():
        stories.run(bench / "stories", out / "stories")
        pairs = [
            x
            for f in sorted(bench.glob("stories/*/gold.yml"))
            for x in (f.parent, out / "stories" / f"{f.parent.name}.json")
        ]
        for key, value in score(bench / "stories" / "score.py", *pairs, "--json").items():
            yield "stories", key, value["f1"]
    if (bench / "group" / "docs.jsonl").is_file():
        group.run(bench / "group" / "docs.jsonl", out / "group.json")
        yield "group", "B3 F1", score(bench / "group" / "score.py", out / "group.json")["B3 F1"]


def of_unseen(bench: Path) -> Iterator[Row]:
    """The link model on what it was not fitted on; nothing without scikit-learn."""
    if importlib.util.find_spec("sklearn") is None:
        print(
            "links unseen: pip install -e .[fit] to fit the model without a part and score that"
            " part",
            file=sys.stderr,
        )
        return
    work = fit_links.tasks(bench)
    for name, f1 in fit_links.unseen(work):
        for key, value in f1.items():
            yield f"links {name}", key, round(value, 1)


def of_invented(bench: Path) -> Iterator[Row]:
    """The invented cases: conflicts, look-alikes and speakers; and all models of rows on what they
    were not fitted on."""
    found, many, beside, taken, alike = invented.conflicts()
    yield "invented conflicts", "found, percent", round(100 * found / many, 1)
    yield "invented conflicts", f"found, of {many}", found
    yield "invented conflicts", "other differences shown", beside
    yield "invented look-alikes", "said to differ, percent", round(100 * taken / alike, 1)
    yield "invented look-alikes", f"said to differ, of {alike}", taken
    told = invented.speakers()
    yield "invented quotations", f"found, of {told.quotations}", told.found
    yield (
        "invented quotations",
        "speaker right, percent",
        round(100 * told.speaker / told.quotations, 1),
    )
    yield (
        "invented quotations",
        "title or affiliation right, percent",
        round(100 * told.role / told.quotations, 1),
    )
    yield "invented quotations", "another person shown as speaker", told.named_wrong
    yield "invented quotations", "found though none", told.extra
    if (bench / "stories").is_dir() and importlib.util.find_spec("sklearn"):
        for key, (hit, gold, mine) in fit_rows.unseen(fit_rows.load()).items():
            if key not in fit_rows.SETS:
                yield "rows in five folds", f"{key} F1", round(200 * hit / max(1, gold + mine), 1)
            elif key.startswith("conflicts"):
                yield "rows in five folds", f"{key}: found of {gold}", hit
            else:
                yield "rows in five folds", f"{key}: said to differ of {gold}", mine


def of_speed(bench: Path) -> Iterator[Row]:
    """Building the corpus."""
    if (bench / "corpus").is_dir():
        # in a process of its own: its peak memory is not that of a scorer before it
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks", "speed", str(bench / "corpus")],
            check=True,
            capture_output=True,
            text=True,
        )
        for key, value in json.loads(done.stdout).items():
            yield "speed corpus", key, value
        for key, number in finders.speed(bench / "corpus"):
            yield "speed finders", key, number
        for key, number in finders.linear():
            yield "speed finders", key, number
        for key, number in matching.speed(bench / "corpus"):
            yield "speed matching", key, number
    for key, number in long_stories.speed():
        yield "speed long stories", key, number


def rows(bench: Path, captured: Path | None, out: Path) -> Iterator[Row]:
    """(benchmark, measure, value) for everything that is present."""
    if captured:
        yield from of_seeds(captured, out)
    for part in (of_captures, of_finders, of_attribution, of_halves, of_matching):
        yield from part(bench, out)
    yield from of_invented(bench)
    yield from of_findings(bench)
    yield from of_speed(bench)


def of_findings(bench: Path) -> Iterator[Row]:
    """The lists beyond numbers: items, and their share of the CPU of a build."""
    if (bench / "corpus").is_dir():
        for name, value in findings.run(bench / "corpus").items():
            share = name == "share"
            yield "beyond numbers", name, f"{value:.1%}" if share else int(value)


def print_table(bench: Path | None, captured: Path | None) -> int:
    """Print one line a figure; 1 where there is no data."""
    if bench is None or not bench.is_dir():
        print("no benchmark data: set SITE_GEN_BENCH to its folder", file=sys.stderr)
        return 1
    last, start = "", time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        for name, measure, value in rows(bench, captured, Path(place)):
            print(f"{name if name != last else '':32} {measure:44} {value:>8}", flush=True)
            last = name
    print(f"{'':32} {'all, seconds':44} {time.perf_counter() - start:>8.0f}")
    return 0
