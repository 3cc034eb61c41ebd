"""MkDocs, ProperDocs and themes as hosts of a site: run as programs, from this environment or from
one of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.commands import around, called

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "https://example.org/desk/"
ADDED = {"sitemap.xml.gz"}
"""What the host adds to a site that is ours; the guide lists it."""
MANIFEST = ".site-gen-manifest.json"
SECONDS = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Host:
    """A Python with a host installed, and the module that is the host's program."""

    python: str
    module: str = "mkdocs"

    def run(
        self, *words: str, cwd: Path, env: Mapping[str, str] | None = None, module: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run the host, or another module of its environment."""
        return subprocess.run(
            [self.python, "-m", module or self.module, *words],
            cwd=cwd,
            env=around(**{"PYTHONDONTWRITEBYTECODE": "1", **(env or {})}),
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

    def build(self, cwd: Path, *words: str, env: Mapping[str, str] | None = None) -> str:
        """Build strictly, which must go well; what was said."""
        done = self.run("build", "--strict", *words, cwd=cwd, env=env)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def site_gen(self, cwd: Path, *words: str, env: Mapping[str, str] | None = None) -> None:
        """Run our own program in the host's environment, which must go well: in this process where
        that is this one."""
        done = (
            called(*words, cwd=cwd, env=env)
            if self == HERE
            else self.run(*words, cwd=cwd, env=env, module="site_gen")
        )
        assert done.returncode == 0, done.stdout + done.stderr


HERE = Host(python=sys.executable)


def install(folder: Path, module: str, *requirements: str) -> Host:
    """A new environment with the project as its users install it, and what else is named."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([python, *pip, f"{ROOT}[search]", *requirements], check=True, timeout=SECONDS)
    return Host(python=str(python), module=module)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def differing(
    ours: Mapping[str, bytes], theirs: Mapping[str, bytes], added: Collection[str] = ADDED
) -> list[str]:
    """The files that only one has, or that differ; but for what a host adds, in the site and in the
    list of its files."""
    found = [
        k
        for k in ours.keys() | theirs.keys()
        if k not in added and k != MANIFEST and ours.get(k) != theirs.get(k)
    ]
    one, other = (json.loads(site[MANIFEST]) for site in (ours, theirs))
    other["files"] = [name for name in other["files"] if name not in added]
    return sorted([*found, *([MANIFEST] if one != other else [])])


MATERIAL = "mkdocs-material>=9.5,<10"
ZENSICAL = "zensical>=0.0.73,<0.1"
OWN = {
    "mkdocs": ("mkdocs", f"{ROOT}[search,mkdocs]"),
    "properdocs": ("properdocs", "properdocs>=1.6,<2"),
    "material": ("mkdocs", MATERIAL),
}
"""The environments of the exam: the host's program, and what is installed."""
QUIET = {"SITE_URL": ADDRESS, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


def environment(name: str, installed: dict[str, Host]) -> Host:
    """One of the environments, made where it is not there yet."""
    if name not in installed:
        module, requirement = OWN[name]
        installed[name] = install(Path(installed[""].python, name), module, requirement)
    return installed[name]


def make_own(root: Path, plugins: str = "[site-gen]") -> None:
    """A site that is wholly ours."""
    from tests.test_serve import make_site

    make_site(root, ADDRESS)
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"docs_dir: content\nplugins: {plugins}\n")
