"""Stories made by workers of a real cluster on this machine: the same bytes, whatever happens to a
worker; and one clear fault for what a person can mend."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from site_gen.model import ContentError
from site_gen.shell import build as building
from site_gen.shell import cluster
from site_gen.shell.build import build, site_of, template_folders
from site_gen.shell.cache import NO_CACHE, Cache, opened
from site_gen.shell.check import check
from site_gen.shell.cluster import Mismatch, pool_of, render_sent
from site_gen.shell.config import Config, load_config
from site_gen.shell.workers import render_story
from tests.hosts import tree
from tests.test_serve import make_site

STORIES = 8
WORKERS = 3


@dataclass(frozen=True)
class Running:
    """A scheduler and its workers, each a process of its own."""

    address: str
    workers: list[subprocess.Popen[bytes]]


def start(home: Path, name: str, *args: str) -> subprocess.Popen[bytes]:
    """One of dask's programs, in a folder of its own."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *args, "--no-dashboard"]
    log = (home / f"{name}-{args[-1]}.log").open("wb")
    with log:
        return subprocess.Popen(
            [*command, "--host", "127.0.0.1"], cwd=home, stdout=log, stderr=subprocess.STDOUT
        )


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """A scheduler without workers; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path / "cluster"
    home.mkdir()
    process = start(home, "scheduler", "--port", str(port))
    try:
        for _ in range(300):
            with socket.socket() as there:
                if there.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"tcp://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def running(scheduler: str, tmp_path: Path) -> Iterator[Running]:
    """A cluster of several processes."""
    home = tmp_path / "cluster"
    options = ("--nthreads", "1", "--no-nanny", "--local-directory")
    workers = [
        start(home, "worker", scheduler, *options, str(home), "--name", str(n))
        for n in range(WORKERS)
    ]
    try:
        yield Running(scheduler, workers)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A site of several stories with a template of its own."""
    monkeypatch.setattr(building, "can_search", lambda: False)
    make_site(tmp_path)
    for n in range(STORIES - 1):
        other = tmp_path / f"content/other-{n}"
        other.mkdir()
        for path in (tmp_path / "content/gondola").iterdir():
            (other / path.name).write_bytes(path.read_bytes().replace(b"300", b"%d" % (301 + n)))
    own = tmp_path / "templates"
    own.mkdir(exist_ok=True)
    (own / "footer.html").write_text("<p>Made by our own desk</p>\n", encoding="utf-8")
    found, errors = load_config(tmp_path / "mkdocs.yml", None, None, {})
    assert not errors
    return replace(found, templates=own)


def test_the_bytes_are_the_same_though_a_worker_is_killed(
    running: Running, config: Config, tmp_path: Path
) -> None:
    """One of three is killed when the first story has come back: what it was at goes to another.
    What came back is kept here, so that a second build asks the cluster for nothing."""
    build(replace(config, out=tmp_path / "here"), 1, lambda *_: None)
    killed: list[int] = []

    def kill_one(done: int, total: int, what: str) -> None:
        if not killed:
            killed.append(running.workers[0].pid)
            os.kill(killed[0], signal.SIGKILL)

    away = pool_of(running.address, config.templates)
    cache = opened(config.home)
    build(replace(config, out=tmp_path / "away"), away, kill_one, cache=cache)
    assert killed
    assert tree(tmp_path / "away") == tree(tmp_path / "here")
    nowhere = pool_of("tcp://127.0.0.1:1", config.templates)
    build(replace(config, out=tmp_path / "again"), nowhere, lambda *_: None, cache=cache)
    assert tree(tmp_path / "again") == tree(tmp_path / "here")


def refused(config: Config, address: str, out: Path, cache: Cache = NO_CACHE) -> str:
    """The one fault with which a build on a cluster ends; nothing is written."""
    pool = pool_of(address, config.templates)
    with pytest.raises(ContentError) as fault:
        build(replace(config, out=out), pool, lambda *_: None, cache=cache)
    assert not out.exists()
    return str(fault.value)


def test_a_cluster_that_is_not_there(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address that is none, one where nobody answers, and the extra that is missing."""
    monkeypatch.setattr(cluster, "ANSWER", 0.5)
    out = tmp_path / "out"
    assert "tcp://host:8786" in refused(config, "scheduler.example", out)
    assert "dask scheduler" in refused(config, "tcp://127.0.0.1:1", out)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "pip install 'site-gen[cluster]'" in refused(config, "tcp://127.0.0.1:1", out)


def test_a_cluster_without_workers(
    scheduler: str, config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told how to start one."""
    monkeypatch.setattr(cluster, "AWAIT", 0.5)
    assert f"dask worker {scheduler}" in refused(config, scheduler, tmp_path / "out")


def test_a_worker_needs_nothing_of_this_machine(config: Config, tmp_path: Path) -> None:
    """Content and own templates travel: the folder that they came from may be gone. A fault in a
    template is told with the file's name here."""
    gathered, _ = check(config)
    site, _ = site_of(config, gathered.content, template_folders(config), False)
    job = (gathered.content.stories[0], site, template_folders(config), True)
    expected = render_story(job)
    assert config.templates is not None
    pack = pool_of("tcp://127.0.0.1:1", config.templates).pack
    assert pack is not None
    (config.templates / "story.html").write_text("\n{% nonsense %}", encoding="utf-8")
    broken = pool_of("tcp://127.0.0.1:1", config.templates).pack
    assert broken is not None
    sent, faulty = pickle.dumps(pack(job)), pickle.dumps(broken(job))
    config.templates.rename(tmp_path / "gone")
    assert render_sent(pickle.loads(sent)) == expected
    with pytest.raises(ContentError, match=f"{config.templates}/story.html:2: "):
        render_sent(pickle.loads(faulty))


def test_a_worker_with_another_program_is_refused(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes would not be the same."""
    gathered, _ = check(config)
    site, _ = site_of(config, gathered.content, template_folders(config), False)
    pack = pool_of("tcp://127.0.0.1:1", None).pack
    assert pack is not None
    sent = pack((gathered.content.stories[0], site, template_folders(config), True))
    monkeypatch.setattr(cluster, "program", lambda: "another")
    with pytest.raises(Mismatch, match="site-gen"):
        render_sent(sent)
