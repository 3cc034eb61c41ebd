"""Building replaces a site only when the new one is whole, and never a folder that is something
else."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from site_gen.model import ContentError
from site_gen.shell import build as building
from site_gen.shell import exchange
from site_gen.shell.build import build
from site_gen.shell.config import Config, load_config, parse_config
from tests.commands import around
from tests.conftest import sample_config


def silent(done: int, total: int, what: str) -> None:
    """No progress."""


def story(root: Path, text: str = "Some 300 people came.") -> Config:
    """A content folder with one story of two articles."""
    folder = root / "content" / "fair"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.md").write_text("---\ntitle: The fair\nsummary: ''\n---\n", encoding="utf-8")
    for name in ("courier", "ledger"):
        (folder / f"{name}.md").write_text(
            f"---\noutlet: {name}\npublished: 2031-06-10\n---\n\n{text}\n", encoding="utf-8"
        )
    return Config(path=None, content=root / "content", out=root / "site")


def test_an_empty_content_folder_is_a_valid_site(tmp_path: Path) -> None:
    """A configuration with an empty content folder builds, and its front page says what to do."""
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Nothing yet\n", encoding="utf-8")
    config, errors = load_config(tmp_path / "mkdocs.yml", None, None, {})
    assert not errors
    build(config, 1, silent)
    front = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert "Nothing yet" in front
    assert "site-gen new" in front


def test_a_bare_content_folder_builds_with_defaults(tmp_path: Path) -> None:
    """No configuration is needed."""
    built = build(story(tmp_path), 1, silent)
    assert built.stories == 1
    assert (tmp_path / "site/fair/courier/vs/ledger/index.html").is_file()


def test_faults_write_nothing(tmp_path: Path) -> None:
    """Where the content has faults, the old site stays as it was."""
    config = story(tmp_path)
    build(config, 1, silent)
    before = (config.out / "fair/index.html").read_bytes()
    (config.content / "fair/courier.md").write_text(
        "---\noutlet: NO\n---\n\nText.\n", encoding="utf-8"
    )
    with pytest.raises(ExceptionGroup) as caught:
        build(config, 1, silent)
    assert [type(e) for e in caught.value.exceptions] == [ContentError]
    assert (config.out / "fair/index.html").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["content", "site"]


def test_a_build_that_breaks_half_way_keeps_the_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error while pages are written leaves the old site whole and no rest beside it."""
    config = story(tmp_path)
    build(config, 1, silent)
    before = {p: p.read_bytes() for p in config.out.rglob("*") if p.is_file()}

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(building, "exchange", full)
    with pytest.raises(OSError, match="no space"):
        build(config, 1, silent)
    assert {p: p.read_bytes() for p in config.out.rglob("*") if p.is_file()} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["content", "site"]


@pytest.mark.parametrize(
    "moment", ["before the exchange", "between the renames", "after the exchange"]
)
def test_an_interrupted_build_is_recovered(tmp_path: Path, moment: str) -> None:
    """Wherever a build was cut off, the next one starts from a whole site and leaves no rest."""
    config = story(tmp_path)
    build(config, 1, silent)
    (config.out / ".git").mkdir()
    (config.out / ".git/HEAD").write_text("ref", encoding="utf-8")
    for kept in ("CNAME", ".nojekyll", "fair/notes.txt"):
        (config.out / kept).write_text(kept, encoding="utf-8")
    old, new = tmp_path / ".site.old", tmp_path / ".site.new"
    fresh = exchange.recover(config.out.resolve())
    (fresh / "fair").mkdir(parents=True)
    (fresh / "fair/index.html").write_text("half", encoding="utf-8")
    if moment != "before the exchange":
        config.out.rename(old)
    if moment == "after the exchange":
        (fresh / exchange.MANIFEST).write_text('{"files": ["fair/index.html"]}', encoding="utf-8")
        fresh.rename(config.out)
    assert list(exchange.recover(config.out.resolve()).iterdir()) == [new / exchange.MANIFEST]
    assert (config.out / "fair/index.html").is_file()
    assert not old.exists()
    build(config, 1, silent)
    assert (config.out / ".git/HEAD").read_text(encoding="utf-8") == "ref"
    assert [
        (config.out / k).read_text(encoding="utf-8")
        for k in ("CNAME", ".nojekyll", "fair/notes.txt")
    ] == [
        "CNAME",
        ".nojekyll",
        "fair/notes.txt",
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["content", "site"]


def test_old_pages_go_when_their_source_goes(tmp_path: Path) -> None:
    """A removed article leaves no page behind."""
    config = story(tmp_path)
    build(config, 1, silent)
    (config.content / "fair/ledger.md").unlink()
    build(config, 1, silent)
    assert not (config.out / "fair/ledger").exists()


def test_a_folder_that_is_no_site_is_never_replaced(tmp_path: Path) -> None:
    """Somebody's documents stay."""
    config = story(tmp_path)
    config.out.mkdir()
    (config.out / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(ContentError, match="something else than a site"):
        build(config, 1, silent)
    assert (config.out / "thesis.txt").read_text(encoding="utf-8") == "years of work"


@pytest.mark.parametrize("name", [".site.old", ".site.new"])
def test_a_folder_with_a_name_that_a_build_uses_stays(tmp_path: Path, name: str) -> None:
    """What stands beside the site under our names and is not a rest of ours is refused, not
    removed."""
    config = story(tmp_path)
    (tmp_path / name).mkdir()
    (tmp_path / name / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(ContentError, match="needs this name"):
        build(config, 1, silent)
    assert (tmp_path / name / "thesis.txt").is_file()


def test_a_strangers_file_in_a_site_stays_and_is_never_written_over(tmp_path: Path) -> None:
    """Only what a manifest names is removed; a page that would stand on a person's file is refused
    with its name."""
    config = story(tmp_path)
    build(config, 1, silent)
    (config.out / "thesis").mkdir()
    (config.out / "thesis/one.txt").write_text("years", encoding="utf-8")
    build(config, 1, silent)
    assert (config.out / "thesis/one.txt").read_text(encoding="utf-8") == "years"
    (config.content / "thesis.md").write_text("# Thesis\n", encoding="utf-8")
    (config.out / "thesis/index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(ContentError, match=r"thesis/index\.html"):
        build(config, 1, silent)
    assert (config.out / "thesis/index.html").read_text(encoding="utf-8") == "mine"


def test_two_builds_at_once_give_a_whole_site(tmp_path: Path) -> None:
    """The second waits and says for whom; every file of the last one is there."""
    config = story(tmp_path)
    build(config, 1, silent)
    whole = sorted(p.relative_to(config.out) for p in config.out.rglob("*"))
    command = [sys.executable, "-m", "site_gen", "build", "--jobs", "1"]
    with exchange.one_at_a_time(config.out.resolve(), lambda words: None):
        both = [
            subprocess.Popen(
                command,
                cwd=tmp_path,
                env=around(),
                stderr=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                text=True,
            )
            for _ in "ab"
        ]
        assert all("another build" in (b.stderr.readline() if b.stderr else "") for b in both)
    assert [b.wait(60) for b in both] == [0, 0]
    for b in both:
        b.communicate()
    assert sorted(p.relative_to(config.out) for p in config.out.rglob("*")) == whole
    assert sorted(p.name for p in tmp_path.iterdir()) == [".site-gen-cache", "content", "site"]


def test_workers_end_with_the_build_that_started_them(tmp_path: Path) -> None:
    """A build that is killed leaves no process behind, and the next one is whole."""
    config = many(tmp_path, 40)
    command = [sys.executable, "-m", "site_gen", "build", "--jobs", "2", "-q"]
    build_process = subprocess.Popen(command, cwd=tmp_path, env=around())
    workers: list[int] = []
    for _ in range(600):
        workers = [
            int(w)
            for w in (
                Path(f"/proc/{build_process.pid}/task/{build_process.pid}/children")
                .read_text(encoding="utf-8")
                .split()
            )
        ]
        if len(workers) > 2 and (tmp_path / ".site.new").exists():
            break
        time.sleep(0.02)
    build_process.kill()
    build_process.wait()
    for _ in range(500):
        if not any(alive(w) for w in workers):
            break
        time.sleep(0.02)
    assert workers
    assert not any(alive(w) for w in workers)
    build(config, 1, silent)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".site-gen-cache", "content", "site"]


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and is not yet taken note of does not."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


def many(root: Path, stories: int) -> Config:
    """A content folder with that many stories."""
    config = story(root)
    for n in range(stories):
        folder = config.content / f"story-{n}"
        folder.mkdir()
        for file in (config.content / "fair").glob("*.md"):
            (folder / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return config


def test_the_content_is_never_replaced(tmp_path: Path) -> None:
    """Building into the folder above the content is refused."""
    config = story(tmp_path)
    with pytest.raises(ContentError, match="would replace the folder that holds the content"):
        build(Config(path=None, content=config.content, out=tmp_path), 1, silent)


def test_an_original_that_changed_is_told(tmp_path: Path) -> None:
    """A capture whose bytes are not those that were added is a fault."""
    config = story(tmp_path)
    article = config.content / "fair/courier.md"
    text = article.read_text(encoding="utf-8").replace(
        "outlet", f"original: {{file: originals/c.txt, sha256: {'0' * 64}}}\noutlet", 1
    )
    article.write_text(text, encoding="utf-8")
    (config.content / "fair/originals").mkdir()
    (config.content / "fair/originals/c.txt").write_text("other", encoding="utf-8")
    _, errors = building.check(config)
    assert "its SHA-256 differs" in str(errors[0])


def test_a_ruling_on_no_row_is_told_with_the_nearest(tmp_path: Path) -> None:
    """An editor's word on a row that is gone is not lost in silence."""
    config = story(tmp_path, "Some 300 people came to the fair in the town.")
    (config.content / "fair/index.md").write_text(
        "---\ntitle: The fair\nrulings:\n  - row: r-00000000\n    verdict: agree\n---\n",
        encoding="utf-8",
    )
    _, errors = building.check(config)
    assert errors[0].line == 4
    assert "which is no row of this story" in str(errors[0])


def test_a_ruling_wins_and_is_shown_as_one(tmp_path: Path) -> None:
    """The editor's verdict stands beside the machine's."""
    config = story(tmp_path, "Some 300 people came to the fair in the town.")
    build(config, 1, silent)
    row = json.loads((config.out / "fair/data.json").read_text(encoding="utf-8"))["rows"][0]["id"]
    ruling = (
        f"rulings:\n  - row: {row}\n    verdict: conflict\n    reason: They counted different"
        " days.\n    editor: Lena Fisk\n"
    )
    (config.content / "fair/index.md").write_text(
        f"---\ntitle: The fair\n{ruling}---\n", encoding="utf-8"
    )
    build(config, 1, silent)
    page = (config.out / "fair/index.html").read_text(encoding="utf-8")
    assert "Editor’s ruling by Lena Fisk" in page
    assert "They counted different days." in page


def test_rulings_in_front_matter_join_rows_and_take_them_apart(tmp_path: Path) -> None:
    """``same`` and ``different`` are read, applied, and shown as an editor's word; an outlet's
    response stands beside it."""
    config = story(
        tmp_path, "Some 300 people came to the fair in the town. The fair opened in 1974."
    )
    build(config, 1, silent)
    rows = json.loads((config.out / "fair/data.json").read_text(encoding="utf-8"))["rows"]
    shared = next(r for r in rows if len(r["cells"]) > 1)
    ruling = (
        f"rulings:\n  - row: {shared['id']}\n    different: true\n    response: We counted the"
        " stalls.\n"
    )
    (config.content / "fair/index.md").write_text(
        f"---\ntitle: The fair\n{ruling}---\n", encoding="utf-8"
    )
    build(config, 1, silent)
    after = json.loads((config.out / "fair/data.json").read_text(encoding="utf-8"))["rows"]
    ruled = next(r for r in after if r["id"] == shared["id"])
    assert (ruled["shown"], ruled["ruling"]["different"], ruled["ruling"]["response"]) == (
        "single",
        True,
        "We counted the stalls.",
    )


def test_configuration_faults_have_lines() -> None:
    """A key twice, a menu that is no list, an option that does not exist."""
    errors: list[ContentError] = []
    parse_config(
        "site_name: A\nsite_name: B\nnav: x\nplugins:\n  - site-gen:\n      colour: red\n",
        Path("mkdocs.yml"),
        {},
        errors,
    )
    assert [(e.line, e.message.split("`")[1]) for e in sorted(errors, key=lambda e: e.line)] == [
        (2, "site_name"),
        (3, "nav"),
        (6, "colour"),
    ]


def test_configuration_reads_env_and_carries_other_tags() -> None:
    """``!ENV`` as in MkDocs; Python tags are not run and not complained about where they are not
    ours."""
    errors: list[ContentError] = []
    text = (
        "site_url: !ENV [SITE_URL, OTHER, 'https://default.example']\nsite_name: !ENV"
        " NAME\nmarkdown_extensions:\n  - x: !!python/name:os.system\nhooks: !relative x\n"
    )
    config = parse_config(text, Path("mkdocs.yml"), {"OTHER": "https://a.example/b"}, errors)
    assert not errors
    assert config.url == "https://a.example/b/"
    assert config.name == "Side by side"


def test_the_menu_must_lead_somewhere(tmp_path: Path) -> None:
    """A page that the menu names and the content lacks is a fault with its line."""
    story(tmp_path)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A\nnav:\n  - Guide: guide/idnex.md\n", encoding="utf-8"
    )
    config, _ = load_config(tmp_path / "mkdocs.yml", None, None, {})
    _, errors = building.check(config)
    assert str(errors[0]).split(": ")[0].endswith("mkdocs.yml:3")


def test_excluded_files_are_not_published(tmp_path: Path) -> None:
    """``exclude_docs`` takes patterns as git ignores files."""
    story(tmp_path)
    (tmp_path / "content/drafts").mkdir()
    (tmp_path / "content/drafts/secret.md").write_text("# Secret\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A\nexclude_docs: |\n  drafts/\n", encoding="utf-8"
    )
    config, _ = load_config(tmp_path / "mkdocs.yml", None, None, {})
    build(config, 1, silent)
    assert not list(config.out.rglob("secret*"))


def test_the_sample_has_no_faults(tmp_path: Path) -> None:
    """What every newcomer sees first is clean."""
    assert building.check(sample_config(tmp_path / "site"))[1] == []


def test_what_a_person_put_into_the_site_stays(tmp_path: Path) -> None:
    """A CNAME and hidden entries, such as a git worktree, survive a build."""
    config = story(tmp_path)
    build(config, 1, silent)
    (config.out / "CNAME").write_text("compare.example", encoding="utf-8")
    (config.out / ".git").mkdir()
    (config.out / ".git/HEAD").write_text("ref", encoding="utf-8")
    build(config, 1, silent)
    assert (config.out / "CNAME").read_text(encoding="utf-8") == "compare.example"
    assert (config.out / ".git/HEAD").is_file()


def test_a_site_behind_a_link_is_built_there(tmp_path: Path) -> None:
    """The link stays a link, build after build."""
    config = story(tmp_path)
    (tmp_path / "real").mkdir()
    config.out.symlink_to(tmp_path / "real")
    for _ in range(2):
        build(config, 1, silent)
    assert config.out.is_symlink()
    assert (tmp_path / "real/index.html").is_file()


def test_dead_links_of_pages_are_faults(tmp_path: Path) -> None:
    """A link of an ordinary page that leads to nothing is told with its line; one to a story or a
    page is not."""
    config = story(tmp_path)
    (config.content / "about").mkdir()
    (config.content / "about/index.md").write_text(
        "# About\n\n[a story](../fair/index.md), [an"
        " article](../fair/courier.md)\n\n[nothing](nope.md)\n",
        encoding="utf-8",
    )
    _, errors = building.check(config)
    assert [(Path(e.path).name, e.line) for e in errors] == [("index.md", 5)]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_edges_of_the_calendar(tmp_path: Path, day: str) -> None:
    """Words that lead beyond the calendar are no dates."""
    config = story(
        tmp_path,
        "It rained yesterday and will clear tomorrow, last month, next year and 40 years ago.",
    )
    for name in ("courier", "ledger"):
        path = config.content / f"fair/{name}.md"
        path.write_text(
            path.read_text(encoding="utf-8").replace("2031-06-10", day), encoding="utf-8"
        )
    build(config, 1, silent)


def test_noindex_is_said_on_every_page_of_a_story(tmp_path: Path) -> None:
    """Search engines are asked on each page."""
    config = story(tmp_path)
    index = config.content / "fair/index.md"
    index.write_text(
        index.read_text(encoding="utf-8").replace("summary", "noindex: true\nsummary"),
        encoding="utf-8",
    )
    build(config, 1, silent)
    pages = sorted((config.out / "fair").rglob("*.html"))
    assert len(pages) > 3
    assert all('name="robots" content="noindex"' in p.read_text(encoding="utf-8") for p in pages)
