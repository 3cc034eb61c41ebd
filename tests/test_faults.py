"""What machines do to a build: it is killed, the disk is full, the content changes meanwhile, names
come in other forms, the clock and the language are others. The site is whole, and its bytes are the
same."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from site_gen.shell import build as building
from site_gen.shell import workers
from site_gen.shell.build import build
from site_gen.shell.check import check
from site_gen.shell.config import Config, load_config
from tests.commands import apart, around
from tests.test_serve import make_site

MOMENTS = 20
KILLER = """
import json, os, signal, sys
from pathlib import Path
from site_gen.shell.cli import main
from tests.templates import compiled_once
left = 0
def counted(name):
    real = getattr(Path, name)
    def call(*args, **more):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **more)
    setattr(Path, name, call)
for name in ("write_bytes", "rename", "unlink", "rmdir", "mkdir"):
    counted(name)
def build(root, at):
    global left
    left = at
    os.chdir(root)
    main(["build", "--quiet", "--jobs", "1"], standalone_mode=False)
    return at - left
compiled_once()
print(build(sys.argv[1], 10**9), flush=True)
for line in sys.stdin:
    process = os.fork()
    if process == 0:
        build(*json.loads(line))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
"""
"""Builds a site and prints how often it touched the disk; then, for each further site, a copy of
this process that has read everything builds it and kills itself at the n-th time."""


def tree(folder: Path) -> dict[str, str]:
    """The files of a site by name, with their hashes."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def config_of(root: Path) -> Config:
    """The configuration of the site in a folder."""
    config, errors = load_config(root / "mkdocs.yml", None, None, {})
    assert not errors
    return config


def quietly(root: Path) -> dict[str, str]:
    """Build a site; its files."""
    build(config_of(root), 1, lambda done, total, what: None)
    return tree(root / "site")


def edit(root: Path) -> None:
    """Change one figure of the content."""
    path = root / "content/gondola/courier.md"
    path.write_text(path.read_text(encoding="utf-8").replace("300", "345"), encoding="utf-8")


@dataclass(frozen=True, kw_only=True, slots=True)
class Killer:
    """A site that was built, whose content changed since; the new site's files; how often a build
    touches the disk; and the process that makes builds which are killed."""

    source: Path
    new: dict[str, str]
    touches: int
    process: subprocess.Popen[str]

    def __call__(self, root: Path, at: int) -> int:
        """Build a site, and be killed at that time; the exit code."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([str(root), at]) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@pytest.fixture(scope="module")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    """Whoever kills builds."""
    root = tmp_path_factory.mktemp("killed")
    make_site(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "pagefind", None)
        quietly(root)
        environment = around()
    edit(root)
    copy = root.with_name(root.name + "-new")
    shutil.copytree(root, copy)
    with subprocess.Popen(
        [sys.executable, "-c", KILLER, str(copy)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        touches = int(process.stdout.readline())
        yield Killer(source=root, new=tree(copy / "site"), touches=touches, process=process)


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_build_that_is_killed(tmp_path: Path, killer: Killer, moment: int) -> None:
    """At any of twenty moments: the old site is whole, or the new one; and the next build goes
    through."""
    root = tmp_path / "desk"
    shutil.copytree(killer.source, root)
    old = tree(root / "site")
    at = 1 + moment * (killer.touches - 1) // (MOMENTS - 1)
    assert killer(root, at) == -9
    # between two renames the old site stands beside its place, whole, and is put back by the next
    here = root / "site" if (root / "site").exists() else root / ".site.old"
    assert tree(here) in (old, killer.new)
    assert quietly(root) == killer.new
    assert not [p.name for p in root.glob(".site.*") if p.name != ".site.lock"]


def test_a_full_disk(tmp_path: Path) -> None:
    """One clear fault; the old site stays, nothing is left beside it."""
    resource = pytest.importorskip("resource", reason="this system has no limits to set")
    make_site(tmp_path)
    old = quietly(tmp_path)
    edit(tmp_path)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))

    done = subprocess.run(
        [sys.executable, "-B", "-m", "site_gen", "build"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=around(),
        preexec_fn=limited,
        check=False,
    )
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(tmp_path / "site") == old
    assert not (tmp_path / ".site.new").exists()


def test_content_that_changes_during_a_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site is that of the moment at which the build began."""
    make_site(tmp_path)
    first = quietly(tmp_path)
    real = workers.render_story

    def meanwhile(job: workers.Job) -> workers.Made:
        edit(tmp_path)
        (tmp_path / "content/gondola/beacon.md").unlink(missing_ok=True)
        return real(job)

    monkeypatch.setattr(workers, "render_story", meanwhile)
    assert quietly(tmp_path) == first


def test_names_in_either_form(tmp_path: Path) -> None:
    """A name with an accent, as one sign or as two (as some systems keep it), makes one address;
    both beside one another are a fault."""
    sites = []
    for form in ("NFC", "NFD"):
        root = tmp_path / form
        root.mkdir()
        make_site(root)
        (root / "content/guide").mkdir()
        name = unicodedata.normalize(form, "über.md")  # type: ignore[arg-type]
        (root / "content/guide" / name).write_text("# Über uns\n", encoding="utf-8")
        sites.append(quietly(root))
    assert sites[0] == sites[1]
    (tmp_path / "NFD/content/guide" / unicodedata.normalize("NFC", "über.md")).write_text("# X\n")
    _, errors = check(config_of(tmp_path / "NFD"))
    assert "same name" in str(errors[0])


def test_names_that_differ_in_capitals_only(tmp_path: Path) -> None:
    """Two such files would be one on other systems."""
    make_site(tmp_path)
    (tmp_path / "content/guide").mkdir()
    (tmp_path / "content/guide/about.md").write_text("# A\n", encoding="utf-8")
    (tmp_path / "content/guide/About.md").write_text("# B\n", encoding="utf-8")
    if len(list((tmp_path / "content/guide").iterdir())) == 1:
        pytest.skip("this system's disk does not tell capitals apart: run it on one that does")
    _, errors = check(config_of(tmp_path))
    assert "capital" in str(errors[0])


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "de_DE.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"PYTHONHASHSEED": "77", "PYTHONUTF8": "0", "LC_ALL": "POSIX"},
    ],
    ids=["kiritimati", "los-angeles", "posix"],
)
def test_zones_and_locales(tmp_path: Path, elsewhere: dict[str, str]) -> None:
    """Change no byte."""
    make_site(tmp_path)
    here = quietly(tmp_path)
    shutil.rmtree(tmp_path / "site")
    subprocess.run(
        [sys.executable, "-m", "site_gen", "build", "--quiet"],
        cwd=tmp_path,
        env=around(**elsewhere),
        check=True,
    )
    assert tree(tmp_path / "site") == here


def test_workers_change_no_byte(tmp_path: Path) -> None:
    """One or three."""
    make_site(tmp_path)
    for n in range(8):
        shutil.copytree(tmp_path / "content/gondola", tmp_path / f"content/gondola-{n}")
    one = quietly(tmp_path)
    done = apart("build", "--quiet", "--jobs", "3", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "site") == one


def test_an_output_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another user's site, a disk that is read only: said before anything is done."""
    make_site(tmp_path)
    old = quietly(tmp_path)
    edit(tmp_path)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(building.ContentError, match="cannot be written"):
        quietly(tmp_path)
    assert tree(tmp_path / "site") == old
