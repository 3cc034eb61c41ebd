"""What `check` finds doubtful, in each of its forms; what `explain` reads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import around, run
from tests.test_fetch import TEXT
from tests.test_serve import make_site
from tests.webserver import article_page


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site without a fault and without a doubt."""
    make_site(tmp_path)
    assert "no faults." in run("check", "--strict", cwd=tmp_path)
    return tmp_path


def put(site: Path, front: str, text: str = "", name: str = "ledger") -> None:
    """Add an article to the story."""
    body = text or (site / "content/gondola/beacon.md").read_text(encoding="utf-8").split("---")[2]
    (site / f"content/gondola/{name}.md").write_text(
        f"---\noutlet: Ledger\nrights: own\n{front}---\n\n{body}\n", encoding="utf-8"
    )


FOREIGN = """The council of Vell voted on Thursday for a new swimming pool beside the old school.

Its roof will be made of larch wood, and the architects expect two winters of work.
"""


@pytest.mark.parametrize(
    ("front", "text", "words"),
    [
        ("language: xq\n", "", "the code of no language"),
        ("published: 2031-06-11\n", FOREIGN, "shares next to nothing"),
        ("url: https://x.example/2031/06/20/cable\npublished: 2031-06-11\n", "", "address says"),
        (
            'published: 2031-06-11\nleft_out:\n- {rule: date line, text: "June 14, 2031"}\n',
            "",
            "own date line says 2031-06-14",
        ),
    ],
)
def test_what_is_doubtful(site: Path, front: str, text: str, words: str) -> None:
    """It is told and is no fault; with --strict it is."""
    put(site, front, text)
    said = run("check", cwd=site)
    assert words in said
    assert "1 doubtful" in said
    assert words in run("check", "--strict", cwd=site, code=1)
    run("build", "--quiet", cwd=site)


def test_what_is_not_doubtful(site: Path) -> None:
    """A day of difference, a language that there is, a partial capture, another capture of one
    article."""
    put(site, "published: 2031-06-11\nurl: https://x.example/2031/06/12/cable\n")
    put(site, "language: uk\n", "Канатна дорога зупинилася.", "ukrainian")
    put(site, "partial: true\n", FOREIGN, "partial")
    put(site, "version_of: ledger\ncaptured: 2031-06-20\n", FOREIGN, "ledger.2")
    assert "no faults." in run("check", "--strict", cwd=site)


def test_names_too_long(site: Path) -> None:
    """Of outlets and of files."""
    put(site, "", name="a" * 120)
    path = site / "content/gondola/courier.md"
    long = "The Harbour and Valley Courier " * 3
    text = path.read_text(encoding="utf-8").replace("Courier", long)
    path.write_text(text, encoding="utf-8")
    said = run("check", cwd=site)
    assert "the outlet's name has" in said
    assert "the file's name has 120" in said


def test_for_programs_and_for_github(site: Path) -> None:
    """The same findings; the exit code is that of the text."""
    put(site, "language: xq\noutlett: x\n")
    put(site, "language: xq\n", name="other")
    found = json.loads(run("check", "--format", "json", cwd=site, code=1))
    assert [(f["level"], f["file"], f["line"]) for f in found] == [
        ("error", "content/gondola/ledger.md", 5),
        ("warning", "content/gondola/other.md", 0),
    ]
    lines = run("check", "--format", "github", cwd=site, code=1).splitlines()
    assert lines[0].startswith("::error file=content/gondola/ledger.md,line=5::`outlett` is not")
    assert lines[1].startswith("::warning file=content/gondola/other.md::")
    (site / "content/gondola/ledger.md").unlink()
    (site / "content/gondola/other.md").unlink()
    assert json.loads(run("check", "--format", "json", cwd=site)) == []
    assert run("check", "--format", "github", cwd=site) == ""


def test_explain_reads_captures(tmp_path: Path) -> None:
    """A saved page as `add` reads it; a file that is not there is an error, a text is not."""
    (tmp_path / "page.html").write_text(article_page(TEXT), encoding="utf-8")
    said = run("explain", "page.html", cwd=tmp_path)
    assert "some 300 people" in said
    assert "2021-06-08" in said  # the Tuesday before the page's own day
    for name in ("none.html", "content/none.md", "./none.txt", "none.docx"):
        assert "no such file" in run("explain", name, cwd=tmp_path, code=1)
    assert "300" in run("explain", "Some 300 people waited.", cwd=tmp_path)
    assert "no figure" in run("explain", "Nothing", cwd=tmp_path)


BARE = """
import sys
class Without:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1].split(","):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Without())
from site_gen.shell.cli import main
main(sys.argv[2:])
"""
EXTRAS = (
    "brotli,lxml,mammoth,pagefind,protego,pypdf,starlette,trafilatura,urllib3,uvicorn,watchfiles"
)


@pytest.mark.parametrize(
    ("words", "extra"),
    [
        ("add gondola https://x.example/cable", "add"),
        ("add gondola page.html --outlet X", "add"),
        ("add gondola page.pdf --outlet X", "add"),
        ("add gondola page.docx --outlet X", "add"),
        ("refresh", "add"),
        ("serve --port 0", "serve"),
    ],
)
def test_without_the_extras(site: Path, words: str, extra: str) -> None:
    """What needs one says which."""
    for name, data in (("page.html", b"<p>x"), ("page.pdf", b"%PDF-1.4"), ("page.docx", b"PK")):
        (site / name).write_bytes(data)
    put(site, "url: https://x.example/cable\n")
    bare = [sys.executable, "-c", BARE, EXTRAS]
    done = subprocess.run(
        [*bare, *words.split()], cwd=site, env=around(), capture_output=True, text=True
    )
    assert done.returncode == 1
    assert f"pip install 'site-gen[{extra}]'" in done.stderr


def test_without_the_extras_the_rest_goes(site: Path) -> None:
    """A site is checked."""
    put(site, "url: https://x.example/cable\n")
    bare = [sys.executable, "-c", BARE, EXTRAS, "check"]
    subprocess.run(bare, cwd=site, env=around(), check=True, capture_output=True)


def test_a_fault_of_our_own_is_one_line(site: Path) -> None:
    """And shows where it is when that is asked for."""
    broken = [sys.executable, "-c", BARE, "jinja2", "build"]
    done = subprocess.run(broken, cwd=site, env=around(), capture_output=True, text=True)
    assert done.returncode == 1
    assert "site-gen itself failed: ModuleNotFoundError" in done.stderr
    assert "Traceback" not in done.stderr
    told = around(SITE_GEN_DEBUG="1")
    done = subprocess.run(broken, cwd=site, capture_output=True, text=True, env=told)
    assert "Traceback" in done.stderr


def test_an_address_of_another_kind(site: Path) -> None:
    """It is no file that is missing."""
    assert "no address of the web" in run("add", "gondola", "ftp://x.example/", cwd=site, code=1)
