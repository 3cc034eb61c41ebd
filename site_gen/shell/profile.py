"""Where a build's time goes, by stage: ``site-gen build --profile``. Shell.

Python's own profiler counts each function; a function of the interpreter itself (sorting, regular
expressions, joining) counts for the one that calls it. Counting takes time too, so shares are to be
read, not seconds.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import Any, TypeVar

T = TypeVar("T")
PACKAGE = Path(__file__).parent.parent
HOTTEST = 10
_LIBRARIES = {
    "jinja2": "templates",
    "markupsafe": "templates",
    "markdown_it": "reading",
    "mdit_py_plugins": "reading",
    "yaml": "reading",
    "rapidfuzz": "match",
    "subprocess.py": "search index",
    "selectors.py": "search index",
    "zlib": "cache",
}
"""A library, or a file of Python's own → what it is used for."""
_SHELL = {
    "cache.py": "cache",
    "kept_pages.py": "cache",
    "stored.py": "cache",
    "inputs.py": "cache",
    "tree.py": "writing",
    "exchange.py": "writing",
    "gather.py": "reading",
    "config.py": "reading",
}
_CORE = {"content.py": "reading", "markdown.py": "reading", "yaml_lines.py": "reading"}
Function = tuple[str, int, str]


def profiled(run: Callable[[], T]) -> tuple[T, str]:
    """What ``run`` gives, and a table of its time by stage, of its hottest functions and of the
    memory that it took, as text."""
    counting = cProfile.Profile()
    found = counting.runcall(run)
    return found, "\n".join(_told(pstats.Stats(counting)))


def _told(counted: pstats.Stats) -> Iterator[str]:
    stats: dict[Function, Any] = counted.stats  # type: ignore[attr-defined]
    own: Counter[Function] = Counter()
    for function, (_, _, seconds, _, callers) in stats.items():
        if function[0] != "~" or not callers:
            own[function] += seconds
            continue
        for caller, (_, _, part, _) in callers.items():
            own[caller] += part
    stages: Counter[str] = Counter()
    for function, seconds in own.items():
        stages[stage_of(function[0])] += seconds
    whole = sum(stages.values()) or 1.0
    yield f"{'stage':<24}{'seconds':>9}{'share':>8}"
    for stage, seconds in stages.most_common():
        yield f"{stage:<24}{seconds:>9.2f}{seconds / whole:>8.0%}"
    yield ""
    yield f"{'hottest functions':<58}{'calls':>10}{'seconds':>9}"
    for function, seconds in own.most_common(HOTTEST):
        path, line, name = function
        shown = f"{PurePath(path).parent.name}/{PurePath(path).name}:{line} {name}"
        yield f"{shown[:57]:<58}{stats[function][1]:>10,}{seconds:>9.2f}"
    if peak := peak_memory():
        yield ""
        yield f"peak memory: {peak:.0f} MB"


def stage_of(path: str) -> str:
    """The stage that a file of code belongs to: "find: dates", "match", "render" …"""
    parts = PurePath(path).parts
    if path.startswith(str(PACKAGE)):
        inner = PurePath(path).relative_to(PACKAGE).parts
        if inner[0] == "find" and len(inner) > 2:
            return f"find: {inner[1]}"
        if inner[0] == "shell":
            return _SHELL.get(inner[-1], "command line")
        if inner[0] == "templates":
            return "templates"
        return _CORE.get(inner[0], inner[0].removesuffix(".py"))
    for name, stage in _LIBRARIES.items():
        if name in parts:
            return stage
    return "templates" if path.endswith((".html", ".xml")) else "Python"


def peak_memory() -> float:
    """Megabytes that this process or one that it started has taken at most; 0 where the system does
    not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    found = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return max(found) / (1e6 if sys.platform == "darwin" else 1e3)
