"""The command line as a person uses it: new, add, check, build, serve; one clear error a fault,
never a traceback."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from site_gen.shell import terminal
from tests.commands import around, run
from tests.conftest import ROOT

CAPTURE = """Cable snaps above the lake

By Tomas Reyl

June 10, 2031

A cable of the gondola snapped on Tuesday above the lake, and some 300 people
waited in the cabins for hours.

Related: Who pays for the gondola

The operator said the line would stay closed until June 20 while engineers look at every
part of the cable.
"""


def test_a_day_with_it(tmp_path: Path) -> None:
    """new, add, add again, check, build: the README's day, in an empty folder."""
    run("new", "gondola", "--title", "Cable snaps", cwd=tmp_path)
    (tmp_path / "courier.txt").write_text(CAPTURE, encoding="utf-8")
    report = run("add", "gondola", "courier.txt", "--outlet", "Harbour Courier", cwd=tmp_path)
    assert "2 paragraphs" in report
    assert "related link" in report
    assert re.search(r"published\s+2031-06-10\s+date line", report)
    article = (tmp_path / "content/gondola/harbour-courier.md").read_text(encoding="utf-8")
    assert "rights: third-party" in article
    original = tmp_path / "content/gondola/originals/harbour-courier.txt"
    assert original.read_text(encoding="utf-8") == CAPTURE
    second = CAPTURE.replace("some 300", "some 310").replace("June 10", "June 11")
    report = run("add", "gondola", "-", "--outlet", "Harbour Courier", cwd=tmp_path, stdin=second)
    assert "another capture of harbour-courier.md" in report
    report = run(
        "add",
        "gondola",
        "-",
        "--outlet",
        "Evening Beacon",
        "--published",
        "2031-06-11",
        cwd=tmp_path,
        stdin=(
            "Up to 320 people waited in the cabins of the gondola when its cable snapped above the"
            " lake."
        ),
    )
    assert "1 paragraph," in report
    assert "no faults" in run("check", cwd=tmp_path)
    assert "1 story" in run("build", cwd=tmp_path)
    assert (tmp_path / "site/gondola/harbour-courier/versions/index.html").is_file() or (
        tmp_path / "site/gondola/harbour-courier.2031-06-11/versions/index.html"
    ).is_file()


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    """The report without the files."""
    run("new", "gondola", cwd=tmp_path)
    assert "would be written" in run(
        "add", "gondola", "-", "--outlet", "Courier", "--dry-run", cwd=tmp_path, stdin=CAPTURE
    )
    assert sorted(p.name for p in (tmp_path / "content/gondola").iterdir()) == ["index.md"]


def test_keep_overrules_a_rule(tmp_path: Path) -> None:
    """What a rule would leave out stays where a person says so."""
    run("new", "gondola", cwd=tmp_path)
    run(
        "add",
        "gondola",
        "-",
        "--outlet",
        "Courier",
        "--keep",
        "related link",
        cwd=tmp_path,
        stdin=CAPTURE,
    )
    assert "\nRelated: Who pays" in (tmp_path / "content/gondola/courier.md").read_text(
        encoding="utf-8"
    )


def test_one_bad_file_writes_none(tmp_path: Path) -> None:
    """All faults of all files in one run, and nothing is written half."""
    run("new", "gondola", cwd=tmp_path)
    (tmp_path / "good.txt").write_text(CAPTURE, encoding="utf-8")
    (tmp_path / "bad.exe").write_bytes(b"MZ\x00\x00")
    (tmp_path / "empty.txt").write_text("  \n", encoding="utf-8")
    out = run(
        "add",
        "gondola",
        "good.txt",
        "bad.exe",
        "empty.txt",
        "missing.txt",
        "--outlet",
        "Courier",
        cwd=tmp_path,
        code=1,
    )
    assert "bad.exe: files of the type `.exe` are not read" in out
    assert "empty.txt: the capture holds no text" in out
    assert "missing.txt: this file cannot be read" in out
    assert "3 faults; nothing was written." in out
    assert sorted(p.name for p in (tmp_path / "content/gondola").iterdir()) == ["index.md"]


WRONG = {
    "no such story": (["add", "nowhere", "-", "--outlet", "A"], "there is no such story"),
    "a name that is none": (["new", "../escape"], "cannot be a story's name"),
    "a reserved name": (["new", "search"], "cannot be a story's name"),
    "a date that is none": (["new", "fair", "--date", "soon"], "is not a date"),
    "no content folder": (["build"], "there is no such content folder"),
    "no configuration": (["build", "-f", "nothing.yml"], "there is no such configuration file"),
}


@pytest.mark.parametrize(("args", "words"), WRONG.values(), ids=WRONG.keys())
def test_wrong_calls_are_told_what_to_do(tmp_path: Path, args: list[str], words: str) -> None:
    """Exit code 1, one line that says what is wrong, and a hint."""
    out = run(*args, cwd=tmp_path, stdin="Text.", code=1)
    assert words in out
    assert "hint: " in out


def test_options_of_add_are_checked(tmp_path: Path) -> None:
    """Every wrong option is told, all in one run."""
    run("new", "fair", cwd=tmp_path)
    out = run(
        "add",
        "fair",
        "-",
        "--outlet",
        "A",
        "--published",
        "tomorrow",
        "--rights",
        "mine",
        "--url",
        "x",
        "--name",
        "Ä",
        cwd=tmp_path,
        stdin="Text here.",
        code=1,
    )
    for option in ("--published", "--rights", "--url", "--name"):
        assert f"error {option}: " in out


def test_check_names_every_fault(tmp_path: Path) -> None:
    """Two faults in two files, one run."""
    run("new", "fair", cwd=tmp_path)
    for name in "ab":
        (tmp_path / f"content/fair/{name}.md").write_text(
            "---\noutlet: NO\n---\n\nText.\n", encoding="utf-8"
        )
    out = run("check", cwd=tmp_path, code=1)
    assert "content/fair/a.md:2" in out
    assert "content/fair/b.md:2" in out


def test_check_tells_verdicts_that_changed_since_an_earlier_build(tmp_path: Path) -> None:
    """An edited article changes a verdict; no news is told too, and a folder without a build is a
    fault."""
    run("new", "gondola", "--title", "Gondola", cwd=tmp_path)
    for outlet in ("Courier", "Ledger"):
        told = {
            "Courier": "on Tuesday above the lake.",
            "Ledger": "as the morning shift began. Rescuers came by boat and by sledge.",
        }[outlet]
        text = (
            "Cable snaps\n\nA cable of the Oster gondola snapped and fourteen people were injured"
            f" {told}\n"
        )
        (tmp_path / "capture.txt").write_text(text, encoding="utf-8")
        run(
            "add",
            "gondola",
            "capture.txt",
            "--outlet",
            outlet,
            "--published",
            "2031-06-10",
            "-q",
            cwd=tmp_path,
        )
    run("build", "-q", cwd=tmp_path)
    assert "0 verdicts changed" in run("check", "--against", "site", cwd=tmp_path)
    ledger = tmp_path / "content/gondola/ledger.md"
    ledger.write_text(
        ledger.read_text(encoding="utf-8").replace("fourteen", "nine"), encoding="utf-8"
    )
    out = run("check", "--against", "site", cwd=tmp_path)
    assert "→ conflict" in out
    assert "the text of ledger changed" in out
    assert "holds no earlier build" in run("check", "--against", "content", cwd=tmp_path, code=1)


@pytest.mark.parametrize(
    "command",
    "- init new add remove refresh serve check build publish explain".split(),
)
def test_help_has_an_example(command: str, tmp_path: Path) -> None:
    """Every command shows how it is used."""
    out = run(*([command] if command != "-" else []), "--help", cwd=tmp_path)
    assert "site-gen " in out
    assert "xample" in out or "A day with it" in out


def test_quiet_says_nothing(tmp_path: Path) -> None:
    """Nothing but faults."""
    run("new", "fair", cwd=tmp_path)
    assert run("add", "fair", "-", "--outlet", "A", "-q", cwd=tmp_path, stdin=CAPTURE) == ""
    assert run("check", "-q", cwd=tmp_path) == run("build", "-q", cwd=tmp_path) == ""


def test_serve_shows_the_site_on_this_machine_only(tmp_path: Path) -> None:
    """The preview answers on 127.0.0.1 and stops when it is told to."""
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: Preview\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "site_gen",
        "serve",
        "-f",
        str(config),
        "--content",
        str(ROOT / "content"),
        "--port",
        "0",
    ]
    with subprocess.Popen(
        command, cwd=tmp_path, env=around(), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            lines = iter(process.stdout)
            address = next(
                m[0] for line in lines if (m := re.search(r"http://127\.0\.0\.1:\d+/", line))
            )
            with urllib.request.urlopen(address + "oster-gondola/index.html") as answer:
                assert b"Gondola cable snaps" in answer.read()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)
    assert process.returncode == 0


def test_explain_says_why_two_articles_are_linked(tmp_path: Path) -> None:
    """Two files: each link with its probability, kind and evidence; a file that is not there is one
    clear error."""
    (tmp_path / "a.md").write_text(
        "The ferry Marlin ran aground off Vell at noon with 140 people.\n\nThe pier is closed.\n",
        encoding="utf-8",
    )
    (tmp_path / "b.md").write_text(
        "The ferry Marlin ran aground off Vell at noon with 142 people.\n", encoding="utf-8"
    )
    out = run("explain", "a.md", "b.md", cwd=tmp_path)
    assert "¶ 1 and ¶ 1: edited" in out
    assert "shared words: " in out
    rows = json.loads(run("explain", "a.md", "b.md", "--json", cwd=tmp_path))
    assert [(r["a"], r["b"], r["kind"]) for r in rows] == [(0, 0, "edited")]
    assert {"name", "weight", "words"} == set(rows[0]["evidence"][0])
    assert "there is no such file" in run("explain", "a.md", "c.md", cwd=tmp_path, code=1)


def test_explain_shows_what_the_finders_read(tmp_path: Path) -> None:
    """Words, places, values and rules of a text, of standard input and of an article's file; clear
    words where there is nothing."""
    text = (
        "Some 300 people waited on Tuesday, the operator said. “Nobody was hurt at all,” she added."
    )
    out = run("explain", text, "--published", "2031-06-12", cwd=tmp_path)
    assert re.search(
        r"1:0-15 +figure +Some 300 people +about · 300 · of people · says the operator +digits", out
    )
    assert re.search(r"1:26-33 +date +Tuesday +2031-06-10", out)
    assert "quotation" in out
    rows = json.loads(run("explain", "-", "--json", cwd=tmp_path, stdin=text))
    assert next((r["kind"], r["text"]) for r in rows) == ("figure", "Some 300 people")
    assert all(text[r["start"] : r["end"]] == r["text"] for r in rows)
    (tmp_path / "a.md").write_text(
        "---\noutlet: Courier\nlanguage: fr\nrights: own\n---\n\nLe 12 mai, 300 personnes"
        " attendaient.\n",
        encoding="utf-8",
    )
    assert "not read for figures and dates" in run("explain", "a.md", cwd=tmp_path)
    out = run("explain", "The S-400 stood there in May 2030.", cwd=tmp_path)
    assert "no figure" in out
    assert "month-year: A month of a year." in out
    assert "no figure" in run("explain", "Nothing here.", cwd=tmp_path)
    assert "is not a date" in run("explain", "x", "--published", "soon", cwd=tmp_path, code=1)


def test_no_day_is_claimed_for_a_clock_time_that_has_none(tmp_path: Path) -> None:
    """The day of publication stands in the TIMEX3 value only: no row, no timeline and no interval
    is made of it."""
    rows = json.loads(
        run(
            "explain",
            "The cable parted at 2:40 p.m. above the lake.",
            "--published",
            "2031-06-12",
            "--json",
            cwd=tmp_path,
        )
    )
    assert rows[0]["rule"] == "clock, day not named"
    assert "no day" in rows[0]["read_as"]
    rows = json.loads(
        run(
            "explain",
            "On Tuesday the cable parted at 2:40 p.m.",
            "--published",
            "2031-06-12",
            "--json",
            cwd=tmp_path,
        )
    )
    assert "2031-06-10" in rows[1]["read_as"]


def test_the_guide_has_every_command_and_option() -> None:
    """And none that is not there."""
    import click

    from site_gen.shell.cli import main

    guide = (ROOT / "content/guide/commands.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## `site-gen (\w+)[^\n]*\n(.*?)(?=^## |\Z)", guide, re.M | re.S))
    assert set(parts) == set(main.commands)
    everywhere = {"-f", "--config-file", "--content"}
    for name, command in main.commands.items():
        known = {
            word
            for option in command.params
            if isinstance(option, click.Option)
            for word in (*option.opts, *option.secondary_opts)
        }
        told = set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", parts[name]))
        assert known - everywhere <= told, name
        assert told <= known, name
        assert "Example" in (command.help or ""), name


def test_long_work_tells_how_far_how_fast_and_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal, after a while; nothing where nobody looks."""

    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    for quiet in (True, False):
        screen = Screen()
        monkeypatch.setattr(sys, "stderr", screen)
        monkeypatch.setattr(terminal, "SLOW", 0.0)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("COLUMNS", "200")
        progress = terminal.Progress(quiet)
        for done in (1, 2):
            progress(done, 4, "Cable snaps")
        progress.stop()
        shown = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", screen.getvalue())
        if quiet:
            assert shown == ""
        else:
            assert re.search(r"Cable snaps .*2/4 [\d.]+ a second [\d:-]+ left", shown)
