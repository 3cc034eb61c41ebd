"""``check`` tells everything that would break a build: names, links, sizes, YAML that has no end.
Each is one clear fault."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_gen.shell.build import build
from site_gen.shell.check import check
from site_gen.shell.config import load_config
from tests.test_build import silent, story

ARTICLE = "---\noutlet: Courier\n---\n\nSome 300 people came.\n"


def messages(root: Path) -> str:
    """Every fault of the site in ``root``, in lines."""
    config, errors = load_config(
        root / "mkdocs.yml" if (root / "mkdocs.yml").exists() else None,
        root / "content",
        root / "site",
        {},
    )
    return "\n".join(map(str, [*errors, *check(config)[1]]))


@pytest.mark.parametrize("name", ["feed.xml", "index.html", "robots.txt", "data", "outlets"])
def test_a_story_cannot_be_named_like_what_the_site_makes(tmp_path: Path, name: str) -> None:
    """The name is told, and what it is the name of."""
    story(tmp_path)
    (tmp_path / "content" / name).mkdir()
    (tmp_path / "content" / name / "index.md").write_text(
        "---\ntitle: T\nsummary: s\n---\n", encoding="utf-8"
    )
    (tmp_path / "content" / name / "courier.md").write_text(ARTICLE, encoding="utf-8")
    assert name in messages(tmp_path)


@pytest.mark.parametrize("name", ["data.json", "index.html", "rows.csv"])
def test_an_article_cannot_be_named_like_a_file_of_its_story(tmp_path: Path, name: str) -> None:
    """An article's page is a folder of its name."""
    story(tmp_path)
    (tmp_path / f"content/fair/{name}.md").write_text(ARTICLE, encoding="utf-8")
    assert "is the name of a file that each story has" in messages(tmp_path)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"schema/own.json": "{}"}, "schema is for the schemas"),
        ({"data/rows.csv": "a"}, "data is for the tables"),
        ({"outlets/index.html": "x"}, "outlets is for the pages of the outlets"),
        ({"guide.md": "# A", "guide/index.md": "# B"}, "at the address of"),
        ({"a/b.txt/c.md": "# C", "a/b.txt/c/index.html": "x"}, "at the address of"),
        ({"extra/notes/index.html": "x", "extra/notes.md": "# N"}, "at the address of"),
        ({"x/y.md": "# Y", "x/y/index.html/z.txt": "z"}, "needs a folder where the file of"),
        ({"n" * 230 + ".md": "# N"}, "too long for an address"),
    ],
    ids=lambda v: next(iter(v))[:20] if isinstance(v, dict) else "",
)
def test_two_sources_of_one_address(tmp_path: Path, files: dict[str, str], told: str) -> None:
    """Nothing overwrites anything in silence."""
    story(tmp_path)
    for name, text in files.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert told in messages(tmp_path)


def test_long_names_of_tags_and_outlets_build(tmp_path: Path) -> None:
    """An address made of a name is cut, and names that then are alike get a number."""
    config = story(tmp_path)
    long = "a" * 260
    (config.content / "fair/index.md").write_text(
        f"---\ntitle: T\ntags: [{long}1, {long}2, C, C++, 'C#', c, '!!!', '???']\n---\n",
        encoding="utf-8",
    )
    (config.content / "fair/courier.md").write_text(
        f"---\noutlet: {long}\n---\n\nSome 300 people came.\n", encoding="utf-8"
    )
    build(config, 1, silent)
    page = (config.out / "fair/index.html").read_text(encoding="utf-8")
    tags = {p.parent.name for p in config.out.glob("tags/*/index.html")}
    assert len(tags) == 8
    assert all(f'href="../tags/{t}/index.html"' in page for t in tags)


def test_links_with_blanks_and_letters_beyond_ascii_lead_somewhere(tmp_path: Path) -> None:
    """As MkDocs does it, a link may be written with blanks or percent codes."""
    config = story(tmp_path)
    (config.content / "guide").mkdir()
    (config.content / "guide/über uns.md").write_text("# Wir\n", encoding="utf-8")
    (config.content / "guide/index.md").write_text(
        "# G\n\n[us](<über uns.md>) and [us](%C3%BCber%20uns.md)\n", encoding="utf-8"
    )
    build(config, 1, silent)
    page = (config.out / "guide/index.html").read_text(encoding="utf-8")
    assert page.count('href="%C3%BCber%20uns/index.html"') == 2
    assert (config.out / "guide/über uns/index.html").is_file()


@pytest.mark.skipif(
    os.name == "nt", reason="needs a file system that takes any bytes: run it on Linux"
)
def test_names_that_are_no_utf8_and_links_are_told(tmp_path: Path) -> None:
    """A file that is not read is named."""
    story(tmp_path)
    (tmp_path / "real.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "content/fair/linked.md").symlink_to(tmp_path / "real.md")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "content/other").symlink_to(tmp_path / "elsewhere")
    Path(os.fsdecode(os.fsencode(str(tmp_path)) + b"/content/fair/b\xff.md")).write_text(
        ARTICLE, encoding="utf-8"
    )
    told = messages(tmp_path)
    assert "linked.md: this link leads" in told
    assert "content/other: this link leads" in told
    assert "the name of this file is not UTF-8" in told


def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No permission is a fault with the file's name, not a traceback."""
    story(tmp_path)
    usual = Path.open

    def refuse(self: Path, *args: object, **named: object) -> object:
        if self.name == "courier.md":
            raise PermissionError(13, "Permission denied", str(self))
        return usual(self, *args, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert "courier.md: this cannot be read or written (Permission denied)" in messages(tmp_path)


def test_a_file_that_is_too_large_is_told(tmp_path: Path) -> None:
    """A Markdown file over the limit is not read."""
    story(tmp_path)
    (tmp_path / "content/fair/courier.md").write_text("x" * 5_100_000, encoding="utf-8")
    assert "larger than 5 MB" in messages(tmp_path)


def test_a_site_inside_its_content_is_not_content(tmp_path: Path) -> None:
    """Building twice gives the same pages, wherever the site lies."""
    story(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_dir: content/site\n", encoding="utf-8")
    config, errors = load_config(tmp_path / "mkdocs.yml", None, None, {})
    assert not errors
    first = build(config, 1, silent)
    assert build(config, 1, silent) == first


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{k}: &{k} [{', '.join(['*' + p] * 9)}]\n"
            for p, k in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        "extra: &a\n  b: *a\n",
        "extra: &a [*a]\n",
        "extra: " + "[" * 60 + "]" * 60 + "\n",
    ],
    ids=["alias bomb", "alias of itself", "list of itself", "deep"],
)
def test_yaml_without_end_is_one_fault(tmp_path: Path, text: str) -> None:
    """Neither a hang nor a traceback."""
    story(tmp_path)
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert "nested too deeply" in messages(tmp_path)


def test_settings_that_would_publish_or_run_something_else(tmp_path: Path) -> None:
    """A content folder elsewhere, and an address in the menu that is none."""
    story(tmp_path)
    (tmp_path / "mkdocs.yml").write_text(
        "docs_dir: /etc\nnav:\n  - X: javascript://alert\n", encoding="utf-8"
    )
    told = messages(tmp_path)
    assert "`docs_dir: /etc` leads out" in told
    (tmp_path / "mkdocs.yml").write_text("nav:\n  - X: javascript://alert\n", encoding="utf-8")
    config, _ = load_config(tmp_path / "mkdocs.yml", None, None, {})
    assert "javascript://alert, which is no web address" in "\n".join(map(str, check(config)[1]))


def test_pictures_of_other_hosts_are_links_and_told(tmp_path: Path) -> None:
    """No page loads anything from elsewhere."""
    config = story(tmp_path)
    (config.content / "guide").mkdir()
    (config.content / "guide/index.md").write_text(
        "# G\n\n![a cat](https://example.org/cat.png) ![b](//example.org/b.png)\n", encoding="utf-8"
    )
    assert [n.line for n in check(config)[0].notes] == [3, 3]
    build(config, 1, silent)
    page = (config.out / "guide/index.html").read_text(encoding="utf-8")
    assert "<img" not in page
    assert "a cat (https://example.org/cat.png)" in page


def test_controls_and_turned_directions_are_not_published(tmp_path: Path) -> None:
    """What a terminal or a page would obey is shown, or left out."""
    config = story(tmp_path, "Some 300\x07 people \u202ecame\u202c here.")
    build(config, 1, silent)
    page = (config.out / "fair/courier/index.html").read_text(encoding="utf-8")
    assert "\x07" not in page
    assert "\u202e" not in page


def test_cells_that_a_spreadsheet_would_run_are_guarded(tmp_path: Path) -> None:
    """A formula in an outlet's name opens as text."""
    config = story(tmp_path, "Some 300 people came to the fair in the town.")
    (config.content / "fair/courier.md").write_text(
        '---\noutlet: "=cmd()"\n---\n\nSome 300 people came to the fair.\n', encoding="utf-8"
    )
    build(config, 1, silent)
    assert ",'=cmd()," in (config.out / "fair/figures.csv").read_text(encoding="utf-8")


def test_an_edit_is_never_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full leaves every file as it was."""
    from site_gen.shell.files import write_whole

    old = tmp_path / "a.md"
    old.write_text("long" * 100, encoding="utf-8")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole([(tmp_path / "b.md", b"new"), (old, b"short")])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.md"]
    assert old.read_text(encoding="utf-8") == "long" * 100
