"""What all tests share: the sample site, built once a worker; a browser; and no silent skips under
CI."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, sync_playwright

from site_gen.model import Content
from site_gen.shell.build import build
from site_gen.shell.config import Config, load_config
from site_gen.shell.exchange import one_at_a_time
from site_gen.shell.gather import gather
from tests import browser as chromium
from tests.desk import TOKEN, Shown, make, running
from tests.hosts import HERE, Host
from tests.static import showing
from tests.templates import compiled_once

ROOT = Path(__file__).resolve().parent.parent
compiled_once()
settings.register_profile(
    "site-gen",
    deadline=None,
    max_examples=int(os.environ.get("SITE_GEN_EXAMPLES", "40")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("site-gen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--golden`` writes the golden files anew."""
    parser.addoption("--golden", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The slow suites run only when they are asked for: ``make exam``."""
    if "exam" not in (config.option.markexpr or ""):
        slow = [i for i in items if i.get_closest_marker("exam")]
        config.hook.pytest_deselected(items=slow)
        items[:] = [i for i in items if i not in slow]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where SITE_GEN_NO_SKIPS is set, a skipped test fails with the reason for which it would be
    skipped."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("SITE_GEN_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which is not allowed here: {report.longrepr}"


def sample_config(out: Path) -> Config:
    """The project's own configuration, built into another folder."""
    config, errors = load_config(ROOT / "mkdocs.yml", None, out, {})
    assert not errors
    return config


@pytest.fixture
def search_index() -> None:
    """A test with this one makes the index of the search wherever a site with one is built."""


@pytest.fixture(autouse=True)
def _no_index(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere there is none, as where the extra is missing: it takes longer than all the rest of
    a small site."""
    if "search_index" not in request.fixturenames:
        monkeypatch.setitem(sys.modules, "pagefind", None)


@pytest.fixture(scope="session")
def sample_content() -> Content:
    """The project's own content, as read."""
    gathered = gather(sample_config(Path("unused")))
    assert not gathered.errors
    return gathered.content


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, built by the worker that comes first; it is only read."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    out = shared / "sample" / "site"
    with one_at_a_time(shared / "sample-site", lambda words: None):
        if not out.exists():
            build(sample_config(out), 1, lambda done, total, what: None)
    return out


@pytest.fixture(scope="session")
def address(sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample site served under /some/base/ on 127.0.0.1."""
    root = tmp_path_factory.mktemp("served")
    shutil.copytree(sample_site, root / "some" / "base")
    with showing(root) as at:
        yield f"{at}some/base/"


@pytest.fixture(scope="session")
def captures() -> Path:
    """The folder of real captures."""
    return _folder("SITE_GEN_CAPTURES", "the folder of the five real captures")


@pytest.fixture(scope="session")
def bench_data() -> Path:
    """The folder of benchmark data."""
    return _folder("SITE_GEN_BENCH", "the folder of the benchmark data")


def _folder(variable: str, what: str) -> Path:
    value = os.environ.get(variable)
    if not value or not Path(value).is_dir():
        pytest.skip(f"set {variable} to {what} to run this test")
    return Path(value)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Host]:
    """The environments that were made so far."""
    return {"here": HERE, "": Host(python=str(tmp_path_factory.mktemp("hosts")))}


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that opens a connection fails its test."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a capture reached out")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium without a window."""
    path = chromium.find()
    if not path:
        pytest.skip(chromium.WHAT_TO_INSTALL)
    with sync_playwright() as p:
        running = p.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield running
        running.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Shown]:
    """A running desk."""
    index = make(tmp_path)
    with running(tmp_path, index) as shown:
        yield shown


@pytest.fixture
def page(desk: Shown, browser: Browser) -> Iterator[Page]:
    """A page on the desk, let in by the link of the terminal."""
    page = browser.new_page()
    faults: list[str] = []
    # what is refused answers 409 (RFC 9110, 15.5.10), which a browser notes
    page.on(
        "console",
        lambda m: faults.append(m.text) if m.type == "error" and "409" not in m.text else None,
    )
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.goto(f"{desk.at}?token={TOKEN}")
    yield page
    page.close()
    assert faults == []
