"""The workflows: linted, with current actions, and their shell steps run as written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from benchmarks import records
from site_gen.shell.cache import FOLDER
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
OF_A_SITE = [ROOT / "site_gen/scaffold" / name for name in ("pages.yml", "watch.yml")]
"""The workflows that `init` writes into a site."""
TOOLS = Path(sys.executable).parent


def tool(name: str) -> str:
    """The path of a linter; the test is skipped where it is missing."""
    path = shutil.which(name, path=f"{TOOLS}{os.pathsep}{os.environ['PATH']}")
    if not path:
        pytest.skip(f"{name} is missing: pip install {name}")
    return path


def test_there_are_three() -> None:
    """One tests, one publishes, one releases."""
    assert [p.name for p in WORKFLOWS] == ["ci.yml", "pages.yml", "release.yml"]


def test_they_are_valid() -> None:
    """By GitHub's own schema."""
    done = subprocess.run(
        [
            tool("check-jsonschema"),
            "--builtin-schema",
            "vendor.github-workflows",
            *map(str, WORKFLOWS + OF_A_SITE),
        ],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_they_are_safe(tmp_path: Path) -> None:
    """No finding of zizmor, offline. A site's watch keeps its token to push with: that one is
    meant."""
    place = tmp_path / ".github/workflows"
    place.mkdir(parents=True)
    for path in OF_A_SITE:
        text = path.read_text(encoding="utf-8")
        (place / path.name).write_text(
            text.replace("persist-credentials: true", "persist-credentials: false"),
            encoding="utf-8",
        )
    shutil.copy2(ROOT / ".github/zizmor.yml", tmp_path / ".github/zizmor.yml")
    done = subprocess.run(
        [tool("zizmor"), "--offline", "--no-progress", str(ROOT / ".github"), str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_publishing_checks_builds_and_deploys() -> None:
    """The steps in their order, and the address of the pages handed to the build."""
    jobs = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8"))[
        "jobs"
    ]
    steps = [s.get("run") or s["uses"].split("@")[0] for s in jobs["build"]["steps"]]
    assert steps[2:] == [
        "actions/configure-pages",
        "actions/cache",
        "make check",
        "make site",
        "actions/upload-pages-artifact",
    ]
    assert jobs["build"]["steps"][5]["env"]["SITE_URL"] == "${{ steps.pages.outputs.base_url }}/"
    assert jobs["build"]["steps"][3]["with"]["path"] == FOLDER
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}


def test_shell_steps_run_as_written(tmp_path: Path) -> None:
    """The steps of pages.yml in a copy of the project that shares the installed environment; pages
    name the address they get."""
    names = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    if not (ROOT / ".venv/.ready").exists():
        pytest.skip("this checkout has no .venv: run `make test`, which makes it")
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    os.utime(ROOT / ".venv/.ready")
    base = "https://example.org/repo"
    for step in yaml.safe_load(
        (tmp_path / ".github/workflows/pages.yml").read_text(encoding="utf-8")
    )["jobs"]["build"]["steps"]:
        if "run" in step:
            env = {
                k: v.replace("${{ steps.pages.outputs.base_url }}", base)
                for k, v in step.get("env", {}).items()
            }
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                cwd=tmp_path,
                env={**os.environ, **env},
                capture_output=True,
                text=True,
            )
            assert done.returncode == 0, done.stdout + done.stderr
    assert f'rel="canonical" href="{base}/oster-gondola/"' in (
        tmp_path / "site/oster-gondola/index.html"
    ).read_text(encoding="utf-8")
    assert re.search(
        rf"<loc>{base}/</loc>", (tmp_path / "site/sitemap.xml").read_text(encoding="utf-8")
    )


def test_the_fitted_models_are_those_of_their_features() -> None:
    """Whoever changes a feature of a fitted model has to fit again."""
    assert not list(records.stale())
