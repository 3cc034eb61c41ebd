"""``site-gen publish``: the built site as a commit on a branch of its repository. Shell.

Git itself does the work, through its plumbing: a tree is written from the site's folder with an
index of its own, a commit is made on top of the branch as the remote has it, and pushed on the
condition that the branch is still there (``--force-with-lease``). Neither the working tree nor any
local branch is touched, and wherever it is cut off, the remote has the old site or the new one.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_gen.model import ContentError
from site_gen.shell.exchange import MANIFEST, built_from, written_by_us

NOT_JEKYLL = ".nojekyll"
"""The file by which GitHub Pages shows files as they are."""
CNAME = "CNAME"
"""The file in which GitHub Pages keeps a site's own host name."""
_PLAIN = (
    *("-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"),
    *("-c", "core.autocrlf=false", "-c", "core.safecrlf=false"),
)
_LONG = 600
"""Seconds that a push may take."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """Where a site is published: the remote and the branch, the message of the commit, whether
    earlier commits stay, and the host name of its own."""

    remote: str = "origin"
    branch: str = "gh-pages"
    message: str = "Publish the site"
    history: bool = True
    cname: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What was pushed, or would be: the commit, and how many files are new, changed and gone; all
    of them 0 where the branch has this site already."""

    commit: str
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def nothing(self) -> bool:
        """Whether the branch has this very site."""
        return not (self.added or self.changed or self.removed)


class Git:
    """Git in one repository; without prompts, in plain English, and not through hooks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: str, env: Mapping[str, str] | None = None) -> str:
        """What a command prints; ``ContentError`` where it fails."""
        done = self._try(words, env)
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            why = next((line for line in said if line.startswith(("fatal:", "error:"))), "")
            raise ContentError(
                f"git {words[0]}", 0, why or "\n".join(said[-3:]) or "it failed", _mend(done.stderr)
            )
        return done.stdout.strip()

    def ask(self, *words: str) -> str:
        """What a command prints; empty where it fails."""
        done = self._try(words, None)
        return "" if done.returncode else done.stdout.strip()

    def _try(
        self, words: Sequence[str], env: Mapping[str, str] | None
    ) -> subprocess.CompletedProcess[str]:
        plain = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
        try:
            return subprocess.run(
                ["git", *_PLAIN, *words],
                cwd=self.folder,
                env={**os.environ, **plain, **(env or {})},
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
                timeout=_LONG,
            )
        except FileNotFoundError:
            raise ContentError("git", 0, "git is not installed", "install it") from None
        except subprocess.TimeoutExpired:
            why = f"it takes longer than {_LONG} seconds"
            raise ContentError(f"git {words[0]}", 0, why, "look at the network") from None


def _mend(said: str) -> str:
    if "Permission denied" in said or "Authentication" in said or "could not read User" in said:
        return "look whether you may push there: git push --dry-run"
    if "tell me who you are" in said:
        return "git config user.name and user.email are missing"
    return "run the command yourself to see more"


def publish(
    site: Path,
    home: Path,
    target: Target,
    digest: str,
    *,
    dry_run: bool = False,
    force: bool = False,
) -> Published:
    """Push a built site; ``ContentError`` where that would publish something else than the site, or
    over something else than a site.

    ``digest``: what the content is now (:func:`built_from` is what the site was built from).
    ``force``: a branch that holds something else may be replaced.
    """
    _refuse(site, digest)
    git = Git(home)
    _refuse_repository(git, target)
    git.run("check-ref-format", f"refs/heads/{target.branch}")
    old = _fetched(git, target)
    if old and not force:
        _refuse_foreign(git, old, target)
    tree = _tree(git, site, old, target)
    counts = _counted(git, old, tree)
    if old and git.run("rev-parse", f"{old}^{{tree}}") == tree and target.history:
        return Published(commit=old)
    parent = ["-p", old] if old and target.history else []
    commit = git.run("commit-tree", tree, *parent, "-m", target.message)
    done = Published(commit=commit, added=counts["A"], changed=counts["M"], removed=counts["D"])
    if not dry_run:
        _push(git, target, commit, old)
    return done


def _refuse(site: Path, digest: str) -> None:
    if not site.is_dir() or written_by_us(site) is None:
        raise ContentError(
            str(site), 0, "there is no built site here", "build it first: site-gen build"
        )
    if built_from(site) != digest:
        raise ContentError(
            str(site),
            0,
            "the content, the configuration or the program changed since this site was built",
            "build it again: site-gen build",
        )


def _refuse_repository(git: Git, target: Target) -> None:
    if git.ask("rev-parse", "--is-inside-work-tree") != "true":
        raise ContentError(
            str(git.folder),
            0,
            "this folder is in no git repository",
            "git init, and git remote add origin ADDRESS",
        )
    remotes = git.ask("remote").split()
    if target.remote not in remotes:
        known = f"known are {', '.join(remotes)}" if remotes else "git remote add origin ADDRESS"
        raise ContentError(
            "--remote", 0, f"there is no remote `{target.remote}` in this repository", known
        )
    if git.ask("symbolic-ref", "--short", "HEAD") == target.branch:
        raise ContentError(
            "--branch",
            0,
            f"`{target.branch}` is the branch that you are on: the site would stand in place of its"
            " sources",
            "name another, for example gh-pages",
        )


def _fetched(git: Git, target: Target) -> str:
    """The commit that the remote's branch is at now, with its objects here; empty where there is no
    such branch."""
    listed = git.run("ls-remote", target.remote, f"refs/heads/{target.branch}")
    commit = listed.split()[0] if listed else ""
    if commit:
        git.run("fetch", "--quiet", "--no-tags", target.remote, commit)
    return commit


def _refuse_foreign(git: Git, old: str, target: Target) -> None:
    names = git.run("ls-tree", "--name-only", old).splitlines()
    if MANIFEST not in names and set(names) - {CNAME, NOT_JEKYLL, "README.md", "LICENSE"}:
        shown = ", ".join(names[:5])
        raise ContentError(
            f"{target.remote}/{target.branch}",
            0,
            f"this branch holds something else than a site of site-gen: {shown}",
            "publish to another branch, or say --force where it may be replaced",
        )


def _tree(git: Git, site: Path, old: str, target: Target) -> str:
    """Git's name for the tree of the site, with the files that GitHub Pages wants beside it."""
    with tempfile.TemporaryDirectory(prefix="site-gen-") as place:
        env = {"GIT_INDEX_FILE": str(Path(place) / "index")}
        there = git.run("rev-parse", "--absolute-git-dir")
        top = Git(site)
        top.run("--git-dir", there, "--work-tree", ".", "add", "--all", "--force", ".", env=env)
        host = target.cname or (
            "" if (site / CNAME).exists() else git.ask("show", f"{old}:{CNAME}")
        )
        beside = {NOT_JEKYLL: ""} | ({CNAME: f"{host}\n"} if host else {})
        for name, text in beside.items():
            file = Path(place) / "file"
            file.write_text(text, encoding="utf-8")
            blob = git.run("hash-object", "-w", "--no-filters", str(file))
            git.run("update-index", "--add", "--cacheinfo", f"100644,{blob},{name}", env=env)
        return git.run("write-tree", env=env)


def _counted(git: Git, old: str, tree: str) -> dict[str, int]:
    before = old or git.run("hash-object", "-t", "tree", "-w", os.devnull)
    lines = git.run("diff-tree", "-r", "--no-renames", "--name-status", before, tree).splitlines()
    marks = [line[:1] for line in lines]
    return {mark: marks.count(mark) for mark in "AMD"}


def _push(git: Git, target: Target, commit: str, old: str) -> None:
    """Push on the condition that nobody else did meanwhile."""
    branch = f"refs/heads/{target.branch}"
    try:
        git.run(
            "push",
            "--quiet",
            "--atomic",
            f"--force-with-lease={branch}:{old}",
            target.remote,
            f"{commit}:{branch}",
        )
    except ContentError as fault:
        now = git.ask("ls-remote", target.remote, branch).split()[:1]
        if now != ([old] if old else []):
            raise ContentError(
                f"{target.remote}/{target.branch}",
                0,
                "somebody else published meanwhile; nothing of it was overwritten",
                "take over what they changed in the content, build and publish again",
            ) from None
        raise fault
