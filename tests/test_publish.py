"""Publishing to a branch: against bare repositories on this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from site_gen.shell import publish as publishing
from site_gen.shell.publish import Git, Target
from tests.commands import run
from tests.test_serve import make_site

AS = {
    "GIT_AUTHOR_NAME": "Desk",
    "GIT_AUTHOR_EMAIL": "desk@example.org",
    "GIT_COMMITTER_NAME": "Desk",
    "GIT_COMMITTER_EMAIL": "desk@example.org",
}


def git(folder: Path, *words: str) -> str:
    """What git prints; it must not fail."""
    done = subprocess.run(
        ["git", *words], cwd=folder, env={**os.environ, **AS}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def in_a_repository(
    place: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None]
) -> Path:
    """The folder of a site, which ``make`` writes, in a repository whose remote is beside it."""
    for key, value in AS.items():
        monkeypatch.setenv(key, value)
    git(place, "init", "-q", "--bare", "remote.git")
    root = place / "desk"
    root.mkdir()
    make(root)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "content", "mkdocs.yml")
    git(root, "commit", "-q", "-m", "Content")
    git(root, "remote", "add", "origin", "../remote.git")
    return root


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built site in a repository whose remote is beside it."""
    root = in_a_repository(tmp_path, monkeypatch, make_site)
    run("build", "-q", cwd=root)
    return root


def published(site: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """The files on the remote's branch."""
    place = site.parent / "clone"
    shutil.rmtree(place, ignore_errors=True)
    git(site.parent, "clone", "-q", "-b", branch, "remote.git", "clone")
    return {
        p.relative_to(place).as_posix(): p.read_bytes()
        for p in place.rglob("*")
        if p.is_file() and ".git" not in p.parts
    }


def edit(site: Path) -> None:
    """Change the content and build."""
    path = site / "content/gondola/courier.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("some 3", "some 13"), encoding="utf-8")
    run("build", "-q", cwd=site)


def commits(site: Path) -> int:
    """How many commits the remote's branch has."""
    return int(git(site.parent / "remote.git", "rev-list", "--count", "gh-pages"))


def test_the_site_is_on_the_branch(site: Path) -> None:
    """Byte for byte, with .nojekyll; the working tree and its branches stay as they are."""
    before = git(site, "branch"), git(site, "status", "--porcelain")
    assert "would be pushed" in run("publish", "--dry-run", cwd=site)
    assert not git(site.parent / "remote.git", "for-each-ref")
    assert "pushed" in run("publish", cwd=site)
    files = published(site)
    built = {
        p.relative_to(site / "site").as_posix(): p.read_bytes()
        for p in (site / "site").rglob("*")
        if p.is_file()
    }
    assert files == built | {".nojekyll": b""}
    assert (git(site, "branch"), git(site, "status", "--porcelain")) == before
    assert "has this site already" in run("publish", cwd=site)


def test_history_and_none(site: Path) -> None:
    """Each publication is a commit; with --no-history there is one."""
    run("publish", cwd=site)
    edit(site)
    said = json.loads(run("publish", "--json", cwd=site))
    assert said["pushed"]
    assert said["changed"] > 0
    assert commits(site) == 2
    edit(site)
    run("publish", "--no-history", cwd=site)
    assert commits(site) == 1


def test_the_host_name_stays(site: Path) -> None:
    """Once it is there; and it can be given."""
    run("publish", "--cname", "desk.example", cwd=site)
    edit(site)
    run("publish", cwd=site)
    assert published(site)["CNAME"] == b"desk.example\n"


def test_a_stale_site_is_refused(site: Path) -> None:
    """Of other content, another configuration, or none at all."""
    path = site / "content/gondola/courier.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    assert "changed since this site was built" in run("publish", cwd=site, code=1)
    run("build", "-q", cwd=site)
    (site / "mkdocs.yml").write_text("site_name: Other\n", encoding="utf-8")
    assert "changed since this site was built" in run("publish", cwd=site, code=1)
    shutil.rmtree(site / "site")
    assert "no built site here" in run("publish", cwd=site, code=1)


def test_something_else_is_not_replaced(site: Path) -> None:
    """A branch that is no site of ours; the branch of the sources; unless that is said."""
    git(site, "push", "-q", "origin", "main:gh-pages")
    assert "holds something else" in run("publish", cwd=site, code=1)
    assert "the branch that you are on" in run("publish", "--branch", "main", cwd=site, code=1)
    run("publish", "--force", cwd=site)
    assert "index.html" in published(site)


def test_where_there_is_no_remote(site: Path, tmp_path: Path) -> None:
    """No such remote, no repository, a remote that is gone: one clear fault each."""
    assert "no remote `upstream`" in run("publish", "--remote", "upstream", cwd=site, code=1)
    shutil.move(tmp_path / "remote.git", tmp_path / "moved.git")
    assert "git ls-remote" in run("publish", cwd=site, code=1)
    shutil.rmtree(site / ".git")
    assert "in no git repository" in run("publish", cwd=site, code=1)


def test_a_competing_push_is_not_overwritten(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody publishes between our look and our push."""
    run("publish", cwd=site)
    git(site.parent, "clone", "-q", "-b", "gh-pages", "remote.git", "other")
    edit(site)
    real = publishing._push

    def late(ours: Git, target: Target, commit: str, old: str) -> None:
        (site.parent / "other/more.txt").write_text("theirs", encoding="utf-8")
        git(site.parent / "other", "add", "more.txt")
        git(site.parent / "other", "commit", "-q", "-m", "Theirs")
        git(site.parent / "other", "push", "-q")
        real(ours, target, commit, old)

    monkeypatch.setattr(publishing, "_push", late)
    with pytest.raises(publishing.ContentError, match="published meanwhile"):
        publishing.publish(site / "site", site, Target(), _stamp(site))
    assert published(site)["more.txt"] == b"theirs"


def _stamp(site: Path) -> str:
    from site_gen.shell.exchange import built_from

    return built_from(site / "site")


@pytest.mark.parametrize("after", range(1, 9))
def test_a_kill_in_the_middle(site: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Whichever of git's commands is the last: the branch has the old site or the new one, and the
    next run goes through."""
    run("publish", cwd=site)
    old = published(site)
    edit(site)
    real, calls = Git.run, [0]

    def cut(self: Git, *words: str, **more: object) -> str:
        calls[0] += 1
        if calls[0] > after:
            raise KeyboardInterrupt
        return real(self, *words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Git, "run", cut)
    with pytest.raises(KeyboardInterrupt):
        publishing.publish(site / "site", site, Target(), _stamp(site))
    monkeypatch.undo()
    for key, value in AS.items():
        monkeypatch.setenv(key, value)
    assert published(site) == old
    run("publish", cwd=site)
    assert published(site) != old


def test_a_part_of_another_site_is_not_published_alone(site: Path) -> None:
    """It would take the place of the whole site on the branch."""
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("plugins:\n  - site-gen: {content: content, path: stories}\n")
    assert "of another site, which would be lost" in run("publish", cwd=site, code=1)
