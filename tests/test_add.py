"""What ``add`` and ``remove`` promise beyond reading: edits stay, captures help each other, a
person is told what to look at."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from site_gen.shell.add import prepare
from site_gen.shell.recognise import LARGEST
from site_gen.shell.sources import Source
from site_gen.shell.written import Given
from tests.commands import around, run
from tests.test_cli import CAPTURE

ARTICLE = "content/gondola/courier.md"
APPEAL = "Readers like you keep our reporters on the road in every weather and in every valley."


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with one story in which one capture stands."""
    run("new", "gondola", cwd=tmp_path)
    (tmp_path / "c.txt").write_text(CAPTURE, encoding="utf-8")
    run("add", "gondola", "c.txt", "--outlet", "Courier", cwd=tmp_path)
    return tmp_path


def test_adding_again_changes_nothing(site: Path) -> None:
    """The very same file is known, and nothing is written."""
    before = (site / ARTICLE).read_text(encoding="utf-8")
    assert "nothing to do" in run("add", "gondola", "c.txt", "--outlet", "Courier", cwd=site)
    # one wire story in two papers is two sources, byte for byte alike as they may be
    assert "beacon.md: written" in run(
        "add", "gondola", "c.txt", "--outlet", "Beacon", "--dry-run", cwd=site
    ).replace("would be written", "written")
    assert (site / ARTICLE).read_text(encoding="utf-8") == before
    assert sorted(p.name for p in (site / "content/gondola").glob("*.md")) == [
        "courier.md",
        "index.md",
    ]


def test_a_persons_edits_are_kept(site: Path) -> None:
    """Adding again says what it would overwrite, and overwrites only when told to."""
    path = site / ARTICLE
    made = path.read_text(encoding="utf-8")
    edited = made.replace("the cabins for hours", "the cabins until midnight")
    path.write_text(edited, encoding="utf-8")
    report = run("add", "gondola", "c.txt", "--outlet", "Courier", cwd=site)
    assert "what you have edited is kept" in report
    assert re.search(r"-A cable .*midnight", report)
    assert path.read_text(encoding="utf-8") == edited
    run("add", "gondola", "c.txt", "--outlet", "Courier", "--overwrite", cwd=site)
    assert path.read_text(encoding="utf-8") == made


def test_drop_after(site: Path) -> None:
    """Everything below the block with those words is left out, and listed as such; words that no
    block holds are told."""
    text = CAPTURE + "\nSome more words.\n\nAnd more.\n"
    run(
        "add",
        "gondola",
        "-",
        "--outlet",
        "Beacon",
        "--drop-after",
        "line would stay  CLOSED",
        cwd=site,
        stdin=text,
    )
    article = (site / "content/gondola/beacon.md").read_text(encoding="utf-8")
    assert article.count("rule: dropped by hand") == 2
    assert "no block holds" in run(
        "add",
        "gondola",
        "-",
        "--outlet",
        "B2",
        "--drop-after",
        "zebra",
        cwd=site,
        stdin=text + "\nx\n",
        code=1,
    )


def test_a_sites_own_rules(site: Path) -> None:
    """They stand in mkdocs.yml, come first, and can be overruled like any other."""
    (site / "mkdocs.yml").write_text(
        "plugins:\n  - site-gen:\n      rules:\n        - name: weather line\n          any:"
        " ['^Weather in the valley']\n          most: 12\n",
        encoding="utf-8",
    )
    text = CAPTURE + "\nWeather in the valley: rain\n"
    assert "weather line" in run(
        "add", "gondola", "-", "--outlet", "Beacon", "--dry-run", cwd=site, stdin=text
    )
    kept = run(
        "add",
        "gondola",
        "-",
        "--outlet",
        "Beacon",
        "--dry-run",
        "--keep",
        "weather line",
        cwd=site,
        stdin=text,
    )
    assert "Weather in the valley" not in kept


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("{any: ['a']}", "`name` is missing"),
        ("{name: x}", "has no `any`"),
        ("{name: x, any: ['(']}", "no regular expression"),
        ("{name: x, any: ['a'], most: many}", "not a number of words"),
        ("{name: x, any: ['a'], than: rest}", "not a key that is known"),
    ],
)
def test_faulty_rules_are_told_with_their_line(site: Path, rule: str, words: str) -> None:
    """Each with file, line and how to mend it."""
    (site / "mkdocs.yml").write_text(
        f"plugins:\n  - site-gen:\n      rules:\n        - {rule}\n", encoding="utf-8"
    )
    report = run("check", cwd=site, code=1)
    assert words in report
    assert "mkdocs.yml:4" in report


def test_a_second_capture_shows_what_is_not_the_article(site: Path) -> None:
    """What only one capture holds and reads weakly like an appeal is left out of it, and told of
    the other."""
    longer = CAPTURE.replace("Related:", APPEAL + "\n\nRelated:").replace("300", "310")
    report = run(
        "add",
        "gondola",
        "-",
        "--outlet",
        "Courier",
        "--published",
        "2031-06-11",
        cwd=site,
        stdin=longer,
    )
    assert re.search(r"Readers like you.*fundraising appeal", report)
    run("new", "other", cwd=site)
    run("add", "other", "-", "--outlet", "Courier", cwd=site, stdin=longer)
    assert (
        APPEAL in (site / "content/other/courier.md").read_text(encoding="utf-8").split("---\n")[2]
    )
    report = run("add", "other", "c.txt", "--outlet", "Courier", cwd=site)
    assert "reads like a fundraising appeal" in report


def test_two_captures_given_together_help_each_other(site: Path) -> None:
    """Also the one that is read first."""
    run("new", "other", cwd=site)
    (site / "a.txt").write_text(
        CAPTURE.replace("Related:", APPEAL + "\n\nRelated:"), encoding="utf-8"
    )
    run("add", "other", "a.txt", "c.txt", "--outlet", "Courier", cwd=site)
    first = (site / "content/other/courier.md").read_text(encoding="utf-8").split("---\n", 2)
    assert APPEAL not in first[2]
    assert "rule: fundraising appeal" in first[1]


def test_doubtful_blocks_are_marked(site: Path) -> None:
    """What came in and reads weakly like something else has a question mark in the report."""
    report = run(
        "add",
        "gondola",
        "-",
        "--outlet",
        "Beacon",
        "--dry-run",
        cwd=site,
        stdin=CAPTURE + "\n" + APPEAL + "\n",
    )
    assert re.search(r"^\? +Readers like you", report, re.MULTILINE)


def test_the_report_for_programs(site: Path) -> None:
    """One object a capture, with the same facts."""
    said = json.loads(
        run(
            "add",
            "gondola",
            "-",
            "--outlet",
            "Beacon",
            "--json",
            cwd=site,
            stdin=CAPTURE + "\nOne more line of text.\n",
        )
    )
    assert said[0]["file"] == "content/gondola/beacon.md"
    assert said[0]["written"] is True
    assert said[0]["metadata"]["published"] == {"value": "2031-06-10", "from": "date line"}
    assert [x["rule"] for x in said[0]["left_out"]] == ["byline", "date line", "related link"]


def test_a_paywalls_stub(site: Path) -> None:
    """It is refused with the reason, unless the person says that it is partial."""
    stub = CAPTURE.split("\n\nRelated")[0] + "\n\nSubscribe to continue reading this article.\n"
    assert "paywall's stub" in run(
        "add", "gondola", "-", "--outlet", "Beacon", cwd=site, stdin=stub, code=1
    )
    run("add", "gondola", "-", "--outlet", "Beacon", "--partial", cwd=site, stdin=stub)
    assert "partial: true" in (site / "content/gondola/beacon.md").read_text(encoding="utf-8")


def test_a_whole_article_with_a_newsletter_box_is_no_stub(site: Path) -> None:
    """Boxes are everywhere."""
    run(
        "add",
        "gondola",
        "-",
        "--outlet",
        "Beacon",
        cwd=site,
        stdin=CAPTURE + "\nSign up for our newsletter\n",
    )


def test_traces_of_a_person_are_told(site: Path) -> None:
    """An account name, an address and a token in a saved page; none of them is printed whole."""
    (site / "p.html").write_text(
        "<html><body><header>Logged in as <b>Ada Brandt</b></header><input type=email"
        " value='ada@valley.example'><script>var"
        ' s={"access_token":"abcdefghijklmnopqrstuvwxyz123456"}</script><article>'
        + "".join(f"<p>{line}</p>" for line in CAPTURE.split("\n\n")[3:])
        + "</article></body></html>",
        encoding="utf-8",
    )
    report = run(
        "add", "gondola", "p.html", "--outlet", "Beacon", "--published", "2031-06-10", cwd=site
    )
    assert all(
        f"looks like {kind}" in report
        for kind in ("an account name", "an e-mail address", "a token")
    )
    assert "ada@valley.example" not in report
    assert "abcdefghij" not in report


def test_remove_takes_the_original_too(site: Path) -> None:
    """The article and its original go; what another article says of it stands against it."""
    second = CAPTURE.replace("300", "310").replace("June 10", "June 11")
    run("add", "gondola", "-", "--outlet", "Courier", cwd=site, stdin=second)
    assert "version_of: courier" in run("remove", "gondola", "courier", cwd=site, code=1)
    run("remove", "gondola", "courier.2031-06-11.md", cwd=site)
    assert "would be removed" in run("remove", "gondola", "courier", "--dry-run", cwd=site)
    run("remove", "gondola", "courier", cwd=site)
    assert [p.name for p in (site / "content/gondola").rglob("*") if p.is_file()] == ["index.md"]
    assert "no such article" in run("remove", "gondola", "courier", cwd=site, code=1)
    assert "no such article" in run("remove", "gondola", "index", cwd=site, code=1)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"<html>", "no PDF"),
        ("a.pdf", b"%PDF-1.4 broken", "damaged"),
        ("a.docx", b"PK", "no Word document"),
        ("a.docx", b"<html>", "no Word document"),
        ("a.odt", b"PK", "are not read"),
        ("a.txt", b"\x00\x01\x02", "binary file"),
        ("a.html", b"<html></html>", "holds no text"),
        ("a.txt", b"word " * 500_000, "more than any article"),
    ],
)
def test_what_cannot_be_read_is_told(site: Path, name: str, data: bytes, words: str) -> None:
    """One clear reason each, exit code 1, nothing written."""
    (site / name).write_bytes(data)
    before = sorted(p.name for p in (site / "content").rglob("*"))
    assert words in run("add", "gondola", name, "--outlet", "Beacon", cwd=site, code=1)
    assert sorted(p.name for p in (site / "content").rglob("*")) == before


def test_nothing_is_written_outside_the_story(site: Path) -> None:
    """Names with dots in them are no stories and no articles."""
    run("new", "other", cwd=site)
    for args in (
        ("add", "../gondola", "c.txt"),
        ("add", "other/../gondola", "c.txt", "--outlet", "B"),
    ):
        assert "no such story" in run(*args, cwd=site, code=1)
    assert "cannot be an article's name" in run(
        "add", "other", "c.txt", "--outlet", "B", "--name", "../x", cwd=site, code=1
    )
    assert "no such" in run("remove", "..", "gondola/courier", cwd=site, code=1)
    assert "no such article" in run("remove", "other", "../gondola/courier", cwd=site, code=1)
    assert (site / ARTICLE).is_file()


def test_a_missing_day_is_asked_for(site: Path) -> None:
    """On a terminal; what is no day is told, and asked for again."""
    pty = pytest.importorskip("pty", reason="a terminal for programs, which this system lacks")
    (site / "d.txt").write_text(CAPTURE.replace("June 10, 2031\n\n", ""), encoding="utf-8")
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "site_gen", "add", "gondola", "d.txt", "--outlet", "Beacon"],
        cwd=site,
        env=around(),
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    os.write(ours, b"soon\n2031-06-12\n")
    said, _ = done.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert "when was it published?" in said
    assert "is not a date" in said
    assert "published: 2031-06-12" in (site / "content/gondola/beacon.md").read_text(
        encoding="utf-8"
    )


def test_reading_anew_needs_nothing_said_again(site: Path) -> None:
    """What the command line said when the capture was added stays: outlet, day, rights and that it
    is partial."""
    stub = (
        CAPTURE.split("\n\nRelated")[0].replace("June 10, 2031\n\n", "")
        + "\n\nSubscribe to continue reading this article.\n"
    )
    (site / "s.txt").write_text(stub, encoding="utf-8")
    run(
        "add",
        "gondola",
        "s.txt",
        "--outlet",
        "Beacon",
        "--published",
        "2031-06-12",
        "--partial",
        "--rights",
        "own",
        cwd=site,
    )
    made = (site / "content/gondola/beacon.md").read_text(encoding="utf-8")
    assert "nothing to do" in run("add", "gondola", "s.txt", cwd=site)
    (site / "content/gondola/beacon.md").write_text(
        made.replace("for hours", "all night"), encoding="utf-8"
    )
    run("add", "gondola", "s.txt", "--overwrite", cwd=site)
    assert (site / "content/gondola/beacon.md").read_text(encoding="utf-8") == made


def test_a_file_over_50_mb(site: Path) -> None:
    """It is refused by its size, unread."""
    given = Given(outlet="Beacon")
    huge = Source(name="huge.txt", data=b"x" * (LARGEST + 1), ending=".txt", given=given)
    added, faults = prepare(site / "content", "gondola", [huge], given)
    assert not added
    assert "larger than 50 MB" in str(faults[0])


def test_a_capture_of_which_the_other_leaves_nothing(site: Path) -> None:
    """Two captures in one command, the second of which left out what is the whole of the first: no
    traceback, the first as read alone."""
    run("new", "other", cwd=site)
    whole = (
        "A cable of the gondola snapped on Tuesday above the lake, and some 300 people waited in"
        " the cabins for hours."
    )
    (site / "a.txt").write_text(f"Subscribe to our work: {whole}\n", encoding="utf-8")
    (site / "b.txt").write_text(f"{whole}\n\n{CAPTURE}\n", encoding="utf-8")
    run(
        "add",
        "other",
        "a.txt",
        "b.txt",
        "--outlet",
        "Courier",
        "--published",
        "2031-06-10",
        cwd=site,
    )
    assert whole in (site / "content/other/courier.md").read_text(encoding="utf-8")
