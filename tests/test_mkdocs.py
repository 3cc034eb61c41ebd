"""The plugin of MkDocs in MkDocs itself, for a site that is wholly ours. The exam runs the same in
environments of their own: MkDocs, ProperDocs, with the theme Material."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.commands import around
from tests.conftest import ROOT
from tests.hosts import ADDED, HERE, OWN, QUIET, Host, differing, environment, make_own, tree
from tests.test_publish import git, in_a_repository

HOSTS = ["here", *(pytest.param(name, marks=pytest.mark.exam) for name in OWN)]


@pytest.fixture(params=HOSTS)
def host(request: pytest.FixtureRequest, installed: dict[str, Host]) -> Host:
    """A host of a site that is wholly ours."""
    return environment(request.param, installed)


@pytest.mark.usefixtures("search_index")
def test_the_projects_own_site_has_the_same_bytes(host: Host, tmp_path: Path) -> None:
    """`mkdocs build --strict` and `site-gen build` on one configuration."""
    host.site_gen(ROOT, "build", "-q", "--out", str(tmp_path / "ours"), env=QUIET)
    host.build(ROOT, "-f", "mkdocs.yml", "-d", str(tmp_path / "theirs"), env=QUIET)
    ours, theirs = tree(tmp_path / "ours"), tree(tmp_path / "theirs")
    assert len(ours) > 150
    assert differing(ours, theirs) == []
    assert theirs.keys() - ours.keys() == ADDED


def test_what_a_host_would_drop_or_add_is_as_ours(host: Host, tmp_path: Path) -> None:
    """Names that it excludes, files of a theme, a 404 page and a sitemap that it would render."""
    make_own(tmp_path, "[site-gen, search]")
    content, templates = tmp_path / "content", tmp_path / "templates"
    (content / "gondola/originals").mkdir()
    (content / "gondola/originals/courier.txt").write_text("as it came", encoding="utf-8")
    (content / "templates").mkdir()
    (content / "templates/list.md").write_text("# Templates of letters\n", encoding="utf-8")
    (content / "files").mkdir()
    (content / "files/notes.markdown").write_text("# Not rendered\n", encoding="utf-8")
    (content / "files/README.md").write_text("# A page\n", encoding="utf-8")
    (content / "files/page.html").write_text("<p>{{ not a template }}", encoding="utf-8")
    (templates / "notes.txt").write_text("for ourselves", encoding="utf-8")
    (templates / "404.html").write_text(
        '{% extends "base.html" %}{% block main %}<h1>{{ _("Not found") }}</h1>{% endblock %}',
        encoding="utf-8",
    )
    config = tmp_path / "mkdocs.yml"
    whole = config.read_text(encoding="utf-8")
    theme = "  custom_dir: templates\n"
    whole = whole.replace(theme, f"{theme}  static_templates: [404.html, tag.html]\n")
    config.write_text(whole, encoding="utf-8")
    host.site_gen(tmp_path, "build", "-q", "--out", "ours")
    host.build(tmp_path, "-d", str(tmp_path / "theirs"))
    ours, theirs = tree(tmp_path / "ours"), tree(tmp_path / "theirs")
    # the host's own search adds its index, which is empty
    added = {*ADDED, "search/search_index.json"}
    assert theirs.keys() - ours.keys() == added
    assert differing(ours, theirs, added) == []
    assert {"templates/list/index.html", "files/notes.markdown", "files/page.html"} <= ours.keys()
    assert b"as it came" not in b"".join(theirs.values())
    assert b"for ourselves" not in b"".join(theirs.values())
    # and our own program takes the folder for its own
    host.site_gen(tmp_path, "build", "-q", "--out", "theirs")
    after = tree(tmp_path / "theirs")
    assert after.pop("search/search_index.json")  # another's file stays
    assert after == ours


def test_a_fault_leaves_the_old_site(host: Host, tmp_path: Path) -> None:
    """Each fault with its line and mend, exit code 1, no traceback."""
    make_own(tmp_path)
    host.build(tmp_path)
    before = tree(tmp_path / "site")
    for name in ("beacon", "courier"):
        path = tmp_path / f"content/gondola/{name}.md"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("outlet: ", "outlt: ", 1), encoding="utf-8")
    done = host.run("build", cwd=tmp_path)
    assert done.returncode == 1
    for name in ("beacon", "courier"):
        assert f"content/gondola/{name}.md:2: `outlt` is not a key" in done.stderr
    assert "did you mean `outlet`?" in done.stderr
    assert "Traceback" not in done.stderr
    assert str(tmp_path) not in done.stderr
    assert tree(tmp_path / "site") == before


@pytest.mark.exam
def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    """A repository in the site's folder, and a host name of its own, outlive both programs."""
    make_own(tmp_path)
    (tmp_path / "content/CNAME").write_text("desk.example.org\n", encoding="utf-8")
    HERE.build(tmp_path)
    (tmp_path / "site/.git").mkdir()
    (tmp_path / "site/.git/HEAD").write_text("ref: refs/heads/main", encoding="utf-8")
    HERE.build(tmp_path)
    HERE.site_gen(tmp_path, "build", "-q")
    assert (tmp_path / "site/.git/HEAD").is_file()
    assert (tmp_path / "site/CNAME").read_text(encoding="utf-8") == "desk.example.org\n"


def test_the_site_goes_to_a_branch(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`gh-deploy` to a bare repository on this machine."""
    root = in_a_repository(tmp_path, monkeypatch, make_own)
    host.site_gen(root, "build", "-q", "--out", str(tmp_path / "ours"))
    done = host.run("gh-deploy", "--strict", cwd=root)
    assert done.returncode == 0, done.stderr
    git(tmp_path, "clone", "-q", "-b", "gh-pages", "remote.git", "clone")
    theirs = {k: v for k, v in tree(tmp_path / "clone").items() if not k.startswith(".git/")}
    assert theirs.pop(".nojekyll") == b""
    assert differing(tree(tmp_path / "ours"), theirs) == []


@contextlib.contextmanager
def serving(host: Host, root: Path, *words: str) -> Iterator[str]:
    """The host's own preview of a site: the address of its first page."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
    log = root / "serve.log"
    with log.open("w", encoding="utf-8") as out:
        command = [host.python, "-m", host.module, "serve", "-a", at, *words]
        running = subprocess.Popen(command, cwd=root, stdout=out, stderr=out, env=around())
        try:
            end = time.monotonic() + 60
            while "Serving on" not in log.read_text(encoding="utf-8"):
                assert running.poll() is None, log.read_text(encoding="utf-8")
                assert time.monotonic() < end
                time.sleep(0.1)
            yield re.findall(r"Serving on (\S+)", log.read_text(encoding="utf-8"))[0]
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(30)


def test_the_hosts_preview_follows_an_edit(host: Host, tmp_path: Path, browser: Browser) -> None:
    """Its own script reloads our page, and nothing else may run there; a fault is told, and what
    was edited next is shown."""
    make_own(tmp_path)
    path = tmp_path / "content/gondola/index.md"
    good = path.read_text(encoding="utf-8")
    with serving(host, tmp_path) as address:
        page = browser.new_page()
        refused: list[str] = []
        page.on("console", lambda m: refused.append(m.text) if m.type == "error" else None)
        page.goto(f"{address}gondola/")
        expect(page.locator("h1")).to_contain_text("Cable snaps")
        path.write_text(good.replace("Cable snaps", "Cable parts"), encoding="utf-8")
        expect(page.locator("h1")).to_contain_text("Cable parts", timeout=20_000)
        assert refused == []
        policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
        assert "unsafe" not in policy
        assert "'sha256-" in policy
        path.write_text(good.replace("title:", "titel:"), encoding="utf-8")
        log = tmp_path / "serve.log"
        end = time.monotonic() + 20
        while "did you mean `title`?" not in log.read_text(encoding="utf-8"):
            assert time.monotonic() < end
            time.sleep(0.1)
        template = tmp_path / "templates/base.html"
        ours = (ROOT / "templates/base.html").read_text(encoding="utf-8")
        template.write_text(ours.replace("<body>", "<body data-own>"), encoding="utf-8")
        path.write_text(good.replace("Cable snaps", "Cable holds"), encoding="utf-8")
        expect(page.locator("body[data-own] h1")).to_contain_text("Cable holds", timeout=20_000)
        page.close()


def test_only_the_plugin_knows_mkdocs() -> None:
    """One module speaks to the host, and it is short; without MkDocs everything else runs."""
    files = sorted((ROOT / "site_gen").rglob("*.py"))
    asking = [p for p in files if re.search(r"(?:import|from) mkdocs\b", p.read_text("utf-8"))]
    assert [p.name for p in asking] == ["plugin.py"]
    assert len(asking[0].read_text("utf-8").splitlines()) < 150


UNSAFE = "markdown_extensions:\n  - !!python/object/apply:os.mkdir [ran]\n"


def test_nothing_in_a_configuration_runs(tmp_path: Path) -> None:
    """We read it without running anything; MkDocs itself runs what it names, and the guide says
    so."""
    make_own(tmp_path)
    with (tmp_path / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(UNSAFE)
    HERE.site_gen(tmp_path, "check", "-q")
    HERE.site_gen(tmp_path, "build", "-q")
    assert not (tmp_path / "ran").exists()
    HERE.run("build", cwd=tmp_path)
    assert (tmp_path / "ran").exists()
    guide = (ROOT / "content/guide/mkdocs.md").read_text(encoding="utf-8")
    assert "!!python/object/apply" in guide
