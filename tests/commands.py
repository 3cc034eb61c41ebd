"""The commands of the site, as a person calls them: in this process, which saves a new Python each
time, or in one of their own, as it is in truth. ``tests/test_processes.py`` holds that both say the
same."""

from __future__ import annotations

import contextlib
import gc
import locale
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from site_gen.shell.cli import main

ROOT = Path(__file__).resolve().parent.parent
AROUND = {"COLUMNS": "200", "SITE_GEN_DEBUG": "1"}
"""The environment of a command: wide lines, and a fault of our own with its traceback."""
WITHOUT_SEARCH = ROOT / "tests" / "without_search"
SIGNALS = (signal.SIGINT, signal.SIGTERM)
SECONDS = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What a command said, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def around(**more: str) -> dict[str, str]:
    """The environment of a process that a test starts: it runs the code of this folder, and makes
    no search index where the test itself makes none."""
    found = [os.environ.get("PYTHONPATH", "")]
    if sys.modules.get("pagefind", main) is None:
        found.insert(0, str(WITHOUT_SEARCH))
    path = os.pathsep.join(filter(None, [str(ROOT), *found]))
    return {**os.environ, "PYTHONPATH": path, **more}


@contextlib.contextmanager
def as_alone(cwd: Path) -> Iterator[None]:
    """What a process has for itself is given back afterwards: the working folder, the environment,
    the locale, handlers of signals, the silence of logging, the search for rings of objects."""
    environment = dict(os.environ)
    spoken = locale.setlocale(locale.LC_ALL)
    handlers = {sign: signal.getsignal(sign) for sign in SIGNALS}
    silent = logging.root.manager.disable
    rings, often = gc.isenabled(), gc.get_threshold()
    try:
        with contextlib.chdir(cwd):
            yield
    finally:
        for key in os.environ.keys() - environment.keys():
            del os.environ[key]
        os.environ.update(environment)
        locale.setlocale(locale.LC_ALL, spoken)
        for sign, handler in handlers.items():
            signal.signal(sign, handler)
        logging.disable(silent)
        (gc.enable if rings else gc.disable)()
        gc.set_threshold(*often)


def called(*words: str, cwd: Path, stdin: str = "", env: Mapping[str, str] | None = None) -> Done:
    """Call a command in this process; a fault of our own is raised."""
    with as_alone(cwd):
        done = CliRunner().invoke(
            main,
            words,
            stdin,
            env={**AROUND, **(env or {})},
            catch_exceptions=False,
            prog_name="python -m site_gen",
        )
    return Done(returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr)


def apart(*words: str, cwd: Path, stdin: str = "", env: Mapping[str, str] | None = None) -> Done:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "site_gen", *words],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        env=around(**{**AROUND, **(env or {})}),
        check=False,
        timeout=SECONDS,
    )
    return Done(returncode=done.returncode, stdout=done.stdout, stderr=done.stderr)


def run(*words: str, cwd: Path, stdin: str = "", code: int = 0) -> str:
    """Call a command in this process and give what it says; a traceback fails whatever the code
    is."""
    done = called(*words, cwd=cwd, stdin=stdin)
    out = done.stdout + done.stderr
    assert "Traceback" not in out, out
    assert done.returncode == code, out
    return out
