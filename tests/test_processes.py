"""Each command in a process of its own, as in truth: it says, writes and answers what it does when
the tests call it in theirs, never with a traceback; and such a call leaves nothing behind."""

from __future__ import annotations

import gc
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import Done, apart, around, as_alone, called
from tests.hosts import tree
from tests.test_cli import CAPTURE
from tests.test_publish import in_a_repository
from tests.test_serve import make_site

COMMANDS = {
    "init": ("init desk --name Ours --sample", 0),
    "init, not empty": ("init", 1),
    "new": ("new fair --title Fair", 0),
    "new, no name": ("new search", 1),
    "add": ("add gondola - --outlet Ledger --published 2031-06-12", 0),
    "add, no such story": ("add fair - --outlet Ledger", 1),
    "remove": ("remove gondola courier", 0),
    "remove, no such article": ("remove gondola ledger", 1),
    "refresh": ("refresh", 0),
    "refresh, no such story": ("refresh fair", 1),
    "check": ("check --strict", 0),
    "check, no earlier build": ("check --against content", 1),
    "build": ("build --json", 0),
    "build, no configuration": ("build -f nothing.yml", 1),
    "publish": ("publish --dry-run", 0),
    "publish, no remote": ("publish --remote upstream", 1),
    "explain": ("explain - --json", 0),
    "explain, two articles": ("explain content/gondola/courier.md content/gondola/beacon.md", 0),
    "explain, no such file": ("explain a.md b.md", 1),
    "rulings": ("rulings list", 0),
    "rulings, no such story": ("rulings export fair", 1),
    "help": ("rulings --help", 0),
    "cache": ("cache", 0),
    "group": ("group content/gondola", 0),
    "serve, no configuration": ("serve -f nothing.yml", 1),
    "no such command": ("biuld", 2),
    "no such option": ("build --fast", 2),
    "version": ("--version", 0),
}
"""What is called → its words, and its exit code."""


def told(done: Done, root: Path) -> tuple[int, str, str]:
    """What a command answered, but for its folder and how long it took."""
    out, err = (
        re.sub(r"[\d.]+ s\b|\"seconds\": [\d.]+|[\d:T.+-]{19,}", "…", text.replace(str(root), "."))
        for text in (done.stdout, done.stderr)
    )
    # the runner of the tests folds the words of a command's help at another column
    return done.returncode, " ".join(out.split()) if out.startswith("Usage:") else out, err


def written(root: Path) -> dict[str, bytes]:
    """The files of a site that a command may write, but for what knows the moment."""
    passed_over = (".git/", ".site-gen-cache/", "repo/")
    return {k: v for k, v in tree(root).items() if not k.startswith(passed_over)}


@pytest.mark.parametrize(("words", "code"), COMMANDS.values(), ids=COMMANDS.keys())
def test_a_process_says_and_does_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, code: int
) -> None:
    """Exit code, both streams and all files."""
    found = []
    ways: tuple[Callable[..., Done], ...] = (called, apart)
    for n, way in enumerate(ways):
        place = tmp_path / str(n)
        place.mkdir()
        root = in_a_repository(place, monkeypatch, make_site)
        if "publish" in words or "cache" in words:
            called("build", "-q", cwd=root)
        done = way(*words.split(), cwd=root, stdin=CAPTURE)
        assert "Traceback" not in done.stdout + done.stderr
        assert done.returncode == code, done.stdout + done.stderr
        found.append((told(done, root), written(root)))
    assert found[0] == found[1]
    assert "".join(found[0][0][1:]).strip() or words == "rulings list"


def test_who_reads_has_gone(tmp_path: Path) -> None:
    """The end of a pipe that is closed, as by `head`, is no fault of ours: no traceback."""
    make_site(tmp_path)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "site_gen", "explain", "Some 300 people waited on Tuesday."],
        cwd=tmp_path,
        env=around(),
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert done.returncode == 1
    assert done.stderr == ""


def test_a_call_in_this_process_leaves_nothing(tmp_path: Path) -> None:
    """Neither a folder, a variable, a handler of a signal, silence of the log, nor another pace of
    the search for rings."""

    def state() -> tuple[object, ...]:
        handlers = [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)]
        streams = (sys.stdin, sys.stdout, sys.stderr)
        rings = (gc.isenabled(), gc.get_threshold())
        return Path.cwd(), dict(os.environ), handlers, streams, rings, logging.root.manager.disable

    before = state()
    make_site(tmp_path)
    for words in ("build -q", "add gondola - --outlet Ledger", "check", "biuld"):
        called(*words.split(), cwd=tmp_path, stdin=CAPTURE)
        assert state() == before
    with as_alone(tmp_path):
        os.environ["SITE_GEN_LEFT"] = "x"
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        logging.disable(logging.CRITICAL)
        gc.disable()
    assert state() == before
