"""``python -m benchmarks NAME …``: run one adapter; ``python -m benchmarks table``: all, scored."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import (
    attribution,
    background,
    captures,
    dates,
    figures,
    findings,
    fit_attribution,
    fit_group,
    fit_links,
    fit_rows,
    fit_with,
    group,
    links,
    many,
    peers,
    plots,
    records,
    roundtrip,
    scale,
    scaled,
    seeds,
    speed,
    stories,
    table,
)

USAGE = """usage: python -m benchmarks dates    DOCS.jsonl  OUT.jsonl
       python -m benchmarks figures  TEXTS.jsonl OUT.jsonl
       python -m benchmarks attribution DOCS.jsonl OUT.jsonl
       python -m benchmarks links    OUT.jsonl SET.json [SET.json ...]
       python -m benchmarks stories  FOLDER OUT_FOLDER
       python -m benchmarks captures FOLDER OUT.json
       python -m benchmarks seeds    FOLDER OUT.json
       python -m benchmarks group    DOCS.jsonl OUT.json
       python -m benchmarks speed    CONTENT_FOLDER
       python -m benchmarks findings CONTENT_FOLDER  lists beyond numbers: items, share of a build
       python -m benchmarks sheets   CONTENT_FOLDER OUT_FOLDER SEED  items of them for a reader
       python -m benchmarks roundtrip CORPUS NUMBER  articles to HTML and PDF by a browser, and back
       python -m benchmarks scaled   CONTENT OUT TIMES  copies with names and numbers changed
       python -m benchmarks many     FOLDER NUMBER      write that many invented stories
       python -m benchmarks peers    CONTENT OUT.json [RUNS] [TOOLS]  beside other generators
       python -m benchmarks scale    CONTENT OUT.json [stories] [cluster] [long] [facts] [group]
       python -m benchmarks plots    PEERS.json SCALE.json OUT_FOLDER  the pictures of the guide
       python -m benchmarks fit [attribution] [links] [rows] [group]  fit anew → site_gen/fitted
       python -m benchmarks fit --with FILE          what fitting on an editor's decisions too would
                                     change (site-gen rulings export); nothing is written
       python -m benchmarks fit --check              whether their features changed since they were
       python -m benchmarks fit-attribution FOLDER [site_gen/fitted/attribution.json]
                                     measure who says it on unseen publishers, and fit it anew
       python -m benchmarks background site_gen/language/background.txt count background words anew
       python -m benchmarks table    everything in $SITE_GEN_BENCH and $SITE_GEN_CAPTURES, scored"""
ADAPTERS = {
    m.__name__.rpartition(".")[2]: m.run
    for m in (dates, figures, attribution, stories, captures, seeds, group)
}

MEASURES: Mapping[str, Callable[[Path], Mapping[str, object]]] = {
    "speed": speed.run,
    "findings": findings.run,
}
"""What is measured on a content folder, and printed as JSON."""
FITS = {
    "attribution": lambda out: fit_attribution.report(
        Path(os.environ["SITE_GEN_BENCH"]) / "attribution", out
    ),
    "links": fit_links.run,
    "rows": fit_rows.run,
    "group": fit_group.run,
}
"""In their order: the rows see who gives a figure, and the links."""


def fit(names: list[str]) -> int:
    """Fit models anew, or check that nobody has to; 1 where somebody has, 2 for names of none."""
    if names[:1] == ["--with"] and len(names) == 2:
        fit_with.run(Path(names[1]))
        return 0
    if not set(names) <= {*FITS, "--check"}:
        print(__doc__)
        return 2
    if "--check" in names:
        stale = list(records.stale())
        print("\n".join(stale) or "the fitted models are those of their features")
        return 1 if stale else 0
    for name in names or FITS:
        print(f"{name}:", flush=True)
        FITS[name](records.PACKAGE / "fitted" / f"{name}.json")
    return 0


def generated(name: str, paths: list[Path], number: int) -> None:
    """Write content for measuring size."""
    if name == "many":
        many.write(paths[0], number)
    else:
        print(scaled.write(paths[0], paths[1], number), "stories")


def _runs_and_tools(args: list[str]) -> tuple[int, str]:
    """How often each tool is run, and the folder in which it is looked for first."""
    runs = next((int(a) for a in args if a.isdigit()), 1)
    return runs, next((a for a in args if not a.isdigit()), "")


def _others(args: list[str], paths: list[Path]) -> bool:
    """What is measured, drawn or written apart; false for arguments that fit nothing."""
    match args[:1]:
        case ["peers"] if 2 <= len(paths) <= 4:
            peers.run(paths[0], paths[1], *_runs_and_tools(args[3:]))
        case ["scale"] if len(paths) >= 2 and set(args[3:]) <= scale.PARTS.keys():
            scale.run(paths[0], paths[1], args[3:])
        case ["sheets"] if len(paths) == 3 and args[3].isdigit():
            findings.sheets(paths[0], paths[1], int(args[3]))
        case ["plots"] if len(paths) == 3:
            plots.run(*paths)
        case _:
            return False
    return True


def main(args: list[str]) -> int:
    """Run what the arguments name; 0 on success, 2 for arguments that fit nothing."""
    paths = [Path(a) for a in args[1:]]
    match args[:1]:
        case ["table"] if not paths:
            bench, captured = (
                Path(v) if (v := os.environ.get(k)) else None
                for k in ("SITE_GEN_BENCH", "SITE_GEN_CAPTURES")
            )
            return table.print_table(bench, captured)
        case ["fit"]:
            return fit(args[1:])
        case ["fit-attribution"] if paths:
            fit_attribution.report(paths[0], paths[1] if paths[1:] else None)
        case ["background"] if len(paths) == 1:
            background.run(paths[0])
        case ["links"] if len(paths) > 1:
            links.run(paths[0], paths[1:])
        case ["many" | "scaled"] if len(paths) > 1 and args[-1].isdigit():
            generated(args[0], paths[:-1], int(args[-1]))
        case ["roundtrip"] if len(paths) == 2 and args[2].isdigit():
            from tests import browser

            for name, row in roundtrip.run(
                paths[0], int(args[2]), browser.find(), browser.FLAGS
            ).items():
                print(
                    f"{name:18} words {100 * row['words']:5.1f} %   paragraphs"
                    f" {100 * row['paragraphs']:5.1f} %   of {row['articles']:.0f} articles"
                )
        case [name] if name in MEASURES and len(paths) == 1:
            print(json.dumps(MEASURES[name](paths[0])))
        case [name] if name in ADAPTERS and len(paths) == 2:
            ADAPTERS[name](*paths)
        case _ if not _others(args, paths):
            print(USAGE, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
