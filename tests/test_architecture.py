"""The walls of the house: who imports whom, how long a file may be, what the documentation must
name."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import lizard
import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "site_gen"
STAGES = ("capture", "find", "match", "compare", "group", "render")
FOUNDATION = {
    "site_gen",
    "site_gen.model",
    "site_gen.language",
    "site_gen.rules",
    "site_gen.grouping",
    "site_gen.fitted",
    "site_gen.markdown",
    "site_gen.yaml_lines",
    "site_gen.fields",
}
FINDERS = {"dates", "figures", "speech"}
IMPURE = {
    "urllib3",
    "uvicorn",
    "starlette",
    "watchfiles",
    "asyncio",
    "threading",
    "signal",
    "time",
    "locale",
    "socket",
    "urllib",
    "http",
    "subprocess",
    "os",
    "random",
    "tempfile",
    "shutil",
    "requests",
    "logging",
}
LONGEST = 450
FILES = sorted(PACKAGE.rglob("*.py"))
CORE = [p for p in FILES if p.parent.name != "shell" and p.stem != "__main__"]
"""Everything but the shell."""


@cache
def parsed(path: Path) -> ast.Module:
    """A file of the project as a tree, read once: a dozen tests look at each."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> set[str]:
    """The modules that a file imports, those inside functions too."""
    out = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            out |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            out.add(node.module)
            out |= {
                f"{node.module}.{a.name}"
                for a in node.names
                if (PACKAGE.parent / node.module.replace(".", "/") / f"{a.name}.py").exists()
            }
    return out


def name(path: Path) -> str:
    """A file as the module it is."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(
        ".__init__"
    )


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_stage_imports_the_foundation_and_itself(path: Path) -> None:
    """A stage imports nothing of another stage, and the foundation nothing of any stage."""
    module = name(path)
    ours = {m for m in imports(path) if m.split(".")[0] == "site_gen"}
    stage = module.split(".")[1] if module.count(".") else ""
    if stage in STAGES:
        assert not {
            m
            for m in ours
            if m not in FOUNDATION
            and not m.startswith(
                (f"site_gen.{stage}", "site_gen.model.", "site_gen.language.", "site_gen.fitted.")
            )
        }
    elif module in FOUNDATION or stage in ("model", "language") or module == "site_gen.content":
        assert not {
            m
            for m in ours
            if m not in FOUNDATION and not m.startswith(("site_gen.model.", "site_gen.language."))
        }


@pytest.mark.parametrize("path", [p for p in FILES if p.parent.parent.name == "find"], ids=name)
def test_finders_do_not_import_one_another(path: Path) -> None:
    """What one finder needs of another is passed in by the pipeline."""
    others = tuple(f"site_gen.find.{f}" for f in FINDERS - {path.parent.name})
    assert not {m for m in imports(path) if m.startswith(others)}


@pytest.mark.parametrize(
    "path", [p for p in FILES if p.parent.name != "shell" and p.stem != "__main__"], ids=name
)
def test_the_core_touches_nothing_outside(path: Path) -> None:
    """No clock, disk, network, locale or environment outside the shell; the rules' own data file is
    part of the package."""
    assert not {m.split(".")[0] for m in imports(path)} & IMPURE
    calls = [n.func for n in ast.walk(parsed(path)) if isinstance(n, ast.Call)]
    assert not [f for f in calls if isinstance(f, ast.Name) and f.id in ("open", "input", "print")]
    assert not [
        f
        for f in calls
        if isinstance(f, ast.Attribute)
        and f.attr in ("today", "now", "utcnow", "strftime", "getenv", "write_text", "write_bytes")
    ]


@pytest.mark.parametrize(
    "path",
    [*FILES, *sorted((ROOT / "tests").glob("*.py")), *sorted((ROOT / "benchmarks").glob("*.py"))],
    ids=str,
)
def test_files_stay_short(path: Path) -> None:
    """A longer file has a second meaning inside that wants its own."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    """The command line starts without them."""
    top = ast.parse((PACKAGE / "shell/cli.py").read_text(encoding="utf-8")).body
    names = {
        m
        for node in top
        for m in (
            [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not {n.split(".")[0] for n in names} & {
        "rich",
        "jinja2",
        "yaml",
        "rapidfuzz",
        "markdown_it",
        "trafilatura",
        "pypdf",
    }


@pytest.mark.parametrize("path", FILES, ids=name)
def test_public_names_have_docstrings(path: Path) -> None:
    """Every public class and function says what goes in and out."""
    for node in ast.walk(parsed(path)):
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and _is_public(path, node)
        ):
            assert ast.get_docstring(node), f"{path.name}:{node.lineno} {node.name}"


def _is_public(path: Path, node: ast.AST) -> bool:
    outer = [n for n in parsed(path).body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    line = getattr(node, "lineno", 0)
    for top in outer:
        if top.lineno == line:
            return not top.name.startswith("_")
        if isinstance(top, ast.ClassDef) and any(getattr(n, "lineno", 0) == line for n in top.body):
            return not top.name.startswith("_")
    return False


def test_no_machine_paths() -> None:
    """Nothing in the project names a place on the machine where it was made."""
    places = "|".join(("work", "farm", "root"))
    for path in [*FILES, *(ROOT / "content").rglob("*.md"), ROOT / "README.md", ROOT / "Makefile"]:
        assert not re.search(
            rf"(^|[\s\"'=(`])/({places})/", path.read_text(encoding="utf-8"), re.MULTILINE
        ), path


WIDEST = 100
COMPLEX = ROOT / "tests" / "complex_functions.txt"
MOST_BRANCHES = 15
CODE = [*FILES, *sorted((ROOT / "tests").glob("*.py")), *sorted((ROOT / "benchmarks").glob("*.py"))]


@pytest.mark.parametrize("path", CODE, ids=str)
def test_lines_stay_narrow(path: Path) -> None:
    """Two files fit beside each other; patterns too are cut at their alternatives."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert not [(n, len(line)) for n, line in enumerate(lines, 1) if len(line) > WIDEST]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_parameters_have_names(path: Path) -> None:
    """No parameter is one letter, outside lambdas."""
    functions = [n for n in ast.walk(parsed(path)) if isinstance(n, ast.FunctionDef)]
    short = {
        (f.name, a.arg)
        for f in functions
        for a in (*f.args.posonlyargs, *f.args.args, *f.args.kwonlyargs)
        if len(a.arg) == 1 and a.arg != "_"
    }
    assert not short


def test_functions_stay_simple() -> None:
    """No function has more than 15 ways through it, ``and`` and ``or`` counted; those that have
    are listed, may not grow, and leave the list when they are mended."""
    listed: dict[tuple[str, str], int] = {}
    for line in COMPLEX.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            where, function, ways = line.split()
            listed[where, function] = max(int(ways), listed.get((where, function), 0))
    found: dict[tuple[str, str], int] = {}
    for path in FILES:
        for function in lizard.analyze_file(str(path)).function_list:
            key = path.relative_to(ROOT).as_posix(), function.name
            if function.cyclomatic_complexity > MOST_BRANCHES:
                found[key] = max(function.cyclomatic_complexity, found.get(key, 0))
    assert {k: v for k, v in found.items() if v > listed.get(k, 0)} == {}
    assert {k: v for k, v in listed.items() if found.get(k, 0) < v} == {}, "take these out, or down"
