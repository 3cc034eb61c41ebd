"""``site-gen init``: the files of a new site. Shell."""

from __future__ import annotations

import json
import subprocess
from importlib import metadata
from pathlib import Path

from site_gen import __version__
from site_gen.model import ContentError
from site_gen.shell.files import unreadable, write_whole

SCAFFOLD = Path(__file__).parent.parent / "scaffold"
FILES = {
    "mkdocs.yml": "mkdocs.yml",
    "index.md": "content/index.md",
    "gitignore": ".gitignore",
    "requirements.txt": "requirements.txt",
    "pre-commit.yaml": ".pre-commit-config.yaml",
    "pages.yml": ".github/workflows/pages.yml",
    "watch.yml": ".github/workflows/watch.yml",
    "README.md": "README.md",
}
"""Files as they come with the package → as they stand in a site."""
SAMPLE = "ferry-grounding"
_NAMED = ("mkdocs.yml", "index.md", "README.md", "requirements.txt")
"""Files in which ``{name}`` and ``{requirement}`` stand for the site's own."""


def init(folder: Path, name: str, *, sample: bool, git: bool) -> list[Path]:
    """Write a new site into a folder that is empty or not there; the files. ``git``: make it a
    repository where it is in none. ``ContentError`` where something is there already."""
    taken = sorted(p.name for p in folder.iterdir() if p.name != ".git") if folder.is_dir() else []
    if folder.exists() and not folder.is_dir():
        raise ContentError(str(folder), 0, "this is a file", "name a folder")
    if taken:
        raise ContentError(
            str(folder),
            0,
            f"this folder is not empty: {', '.join(taken[:5])}",
            "begin in an empty folder: site-gen init my-site",
        )
    files = [(folder / there, _text(here, name)) for here, there in FILES.items()]
    if sample:
        files += [
            (folder / "content" / SAMPLE / p.name, p.read_bytes())
            for p in sorted((SCAFFOLD / "sample").glob("*.md"))
        ]
    try:
        # git keeps no empty folder, and MkDocs asks for this one
        write_whole([*files, (folder / "templates" / ".gitkeep", b"")])
    except OSError as fault:
        raise unreadable(str(fault.filename or folder), fault) from None
    if git:
        _repository(folder)
    return [path for path, _ in files]


def _text(here: str, name: str) -> bytes:
    text = (SCAFFOLD / here).read_text(encoding="utf-8")
    if here in _NAMED:
        plain = name.replace("\\", "\\\\").replace('"', '\\"') if here != "README.md" else name
        text = text.replace("{name}", plain).replace("{requirement}", requirement())
    return text.encode("utf-8", "replace")


def requirement() -> str:
    """How pip is told to install this very program: by its version, or by the address that it was
    installed from (PEP 610)."""
    try:
        said = metadata.distribution("site-gen").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        said = None
    found = json.loads(said) if said else {}
    url, vcs = found.get("url", ""), found.get("vcs_info", {})
    if vcs and url.startswith("https://"):
        at = vcs.get("commit_id") or vcs.get("requested_revision") or "main"
        return f"site-gen[add,search] @ {vcs.get('vcs', 'git')}+{url}@{at}"
    return f"site-gen[add,search]=={__version__}"


def _repository(folder: Path) -> None:
    """A repository, where git is there and none is above; what git says against it is no fault."""
    try:
        inside = subprocess.run(
            ["git", "rev-parse", "--is-inside-work-tree"],
            cwd=folder,
            capture_output=True,
            check=False,
        )
        if inside.returncode:
            subprocess.run(
                ["git", "init", "--quiet", "--initial-branch=main"],
                cwd=folder,
                capture_output=True,
                check=False,
            )
    except OSError:
        return
