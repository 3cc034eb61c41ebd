"""Fetching: polite, bounded, never from inside a private network; and refreshing what was
fetched. Against a server on this machine."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from site_gen.capture.addresses import copy_at, copy_said, without_bar
from site_gen.model import ContentError
from site_gen.shell import fetch
from site_gen.shell.fetch import Client, Limits
from site_gen.shell.refresh import parse_since
from site_gen.shell.sources import plain_address
from tests.commands import run
from tests.webserver import Reply, Web, article_page, serving

TEXT = """A cable of the gondola snapped on Tuesday above the lake, and some 300 people waited in
the cabins for hours, the fire brigade of the valley said.

The operator said the line would stay closed until June 20 while engineers look at every part
of the cable and at the two towers beside the lake.

“We will not run it before we know why,” said Ada Brandt, who leads the company, at the valley
station on Wednesday."""


@pytest.fixture
def web() -> Iterator[Web]:
    """A running server."""
    with serving() as running:
        yield running


def client(**limits: float) -> Client:
    """A client that may ask this machine and does not wait."""
    return Client(limits=Limits(private=True, pause=0.0, **limits))  # type: ignore[arg-type]


def fault(web: Web, path: str, **limits: float) -> str:
    """What is said of an address that fails."""
    with pytest.raises(ContentError) as said:
        client(**limits).get(web.root + path)
    return str(said.value)


def test_who_asks_is_said(web: Web) -> None:
    """And an address of ours, where there is one."""
    web.pages["/a"] = Reply(body=b"<p>x")
    Client(limits=Limits(private=True, pause=0.0), contact="https://desk.example/").get(
        web.root + "/a"
    )
    assert [path for path, _ in web.asked] == ["/robots.txt", "/a"]
    assert web.asked[1][1]["user-agent"].startswith("site-gen/")
    assert "+https://desk.example/" in web.asked[1][1]["user-agent"]


@pytest.mark.parametrize(("name", "packed"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_packed_answers(web: Web, name: str, packed: object) -> None:
    """They are unpacked, and the size counts unpacked."""
    body = b"<p>" + b"word " * 50_000
    headers = {"Content-Type": "text/html", "Content-Encoding": name}
    web.pages["/a"] = Reply(body=packed(body), headers=headers)  # type: ignore[operator]
    assert client().get(web.root + "/a").data == body
    assert "larger than" in fault(web, "/a", most=100_000)


def test_redirects_are_followed_and_counted(web: Web) -> None:
    """To the end, and no further than the limit; the way is kept."""
    web.pages["/a"] = Reply(status=301, headers={"Location": "/b"})
    web.pages["/b"] = Reply(status=302, headers={"Location": "/c#part"})
    web.pages["/c"] = Reply(body=b"<p>there")
    answer = client().get(web.root + "/a")
    assert answer.address == web.root + "/c"
    assert answer.redirects == (web.root + "/a", web.root + "/b")
    web.pages["/c"] = Reply(status=302, headers={"Location": "/a"})
    assert "leads on more than" in fault(web, "/a")
    web.pages["/c"] = Reply(status=302, headers={"Location": "file:///etc/passwd"})
    assert "no web address" in fault(web, "/a")


def test_slow_answers_end(web: Web) -> None:
    """A byte now and then does not hold us for ever; silence neither."""
    web.pages["/a"] = Reply(body=b"x" * 400, drip=0.05)
    assert "takes longer than 0.4 seconds" in fault(web, "/a", seconds=0.4)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"http://127.0.0.1:{mute.getsockname()[1]}/a"
        with pytest.raises(ContentError, match="robots"):
            client(silence=0.2).get(address)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "not there"),
        (410, "gone for good"),
        (403, "refuses"),
        (401, "password"),
        (429, "left alone"),
        (451, "legal reasons"),
        (500, "a fault"),
        (302, "no page"),
        (204, "no page"),
    ],
)
def test_what_gives_no_page_is_told(web: Web, status: int, words: str) -> None:
    """In words, with the status."""
    web.pages["/a"] = Reply(status=status)
    assert words in fault(web, "/a")
    assert str(status) in fault(web, "/a")


def test_robots_are_heeded(web: Web) -> None:
    """What they refuse is not asked for; where they cannot be had, nothing is (RFC 9309)."""
    web.pages["/a"] = web.pages["/b"] = Reply(body=b"<p>x")
    web.pages["/robots.txt"] = Reply(
        body=b"User-agent: *\nDisallow: /\n\nUser-agent: site-gen\nDisallow: /a\n"
    )
    assert "robots.txt asks" in fault(web, "/a")
    assert client().get(web.root + "/b").status == 200
    assert [p for p, _ in web.asked].count("/a") == 0
    web.pages["/robots.txt"] = Reply(status=503)
    assert "cannot be had" in fault(web, "/b")


def test_a_pause_between_two_requests(web: Web) -> None:
    """Of the host's own length where it says one."""
    web.pages["/a"] = Reply(body=b"<p>x")
    web.pages["/robots.txt"] = Reply(body=b"User-agent: *\nCrawl-delay: 7\n")
    slept: list[float] = []
    asking = Client(limits=Limits(private=True), clock=lambda: 100.0, sleep=slept.append)
    asking.get(web.root + "/a")
    asking.get(web.root + "/a")
    assert slept == [7.0]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/",
        "http://localhost:9/",
        "http://[::1]:9/",
        "http://[::ffff:127.0.0.1]:9/",
        "http://10.0.0.8/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0:9/",
        "http://2130706433:9/",
    ],
)
def test_private_addresses_are_not_asked(address: str) -> None:
    """Also where they are written in other ways."""
    with pytest.raises(ContentError, match="private network"):
        Client().get(address)


def test_a_redirect_into_the_private_network(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each address of the way is looked at when it is connected to: names that change are no way
    in."""
    port = int(web.root.rpartition(":")[2])
    web.pages["/a"] = Reply(status=302, headers={"Location": f"http://inside.example:{port}/b"})
    web.pages["/b"] = Reply(body=b"<p>secret")
    real = fetch._addresses

    def resolved(host: str, at: int, private: bool) -> list[str]:
        if host == "news.example":
            return ["127.0.0.1"]
        return real("127.0.0.1" if host == "inside.example" else host, at, private)

    monkeypatch.setattr(fetch, "_addresses", resolved)
    with pytest.raises(ContentError, match="private network"):
        Client(limits=Limits(pause=0.0)).get(f"http://news.example:{port}/a")
    assert "/b" not in [path for path, _ in web.asked]


@pytest.mark.parametrize(
    "address",
    ["http://", "http://a:b@127.0.0.1/", "https://exa mple/", "http://[::1", "http://x:y/"],
)
def test_addresses_that_are_none(address: str) -> None:
    """One clear fault each."""
    with pytest.raises(ContentError):
        client(silence=0.2).get(address)


def test_copies_in_archives() -> None:
    """Their moment and their page's own address, from the address or the header."""
    address = "https://web.archive.org/web/20210610083000/https://courier.example/cable?x=1"
    copy = copy_at(address)
    assert copy
    assert copy.original == "https://courier.example/cable?x=1"
    assert copy.moment == dt.datetime(2021, 6, 10, 8, 30, tzinfo=dt.UTC)
    assert without_bar(address).startswith("https://web.archive.org/web/20210610083000id_/https")
    assert copy_at(without_bar(address)) == copy
    assert copy_at("https://courier.example/20210610083000/cable") is None
    assert copy_at("https://web.archive.org/web/20219910083000/https://x.example/") is None
    said = copy_said(
        "https://archive.example/abc",
        {
            "memento-datetime": "Thu, 10 Jun 2021 08:30:00 GMT",
            "link": '<https://courier.example/cable>; rel="original", <x>; rel="timegate"',
        },
    )
    assert said
    assert (said.original, said.moment) == ("https://courier.example/cable", copy.moment)


def test_what_follows_readers_is_left_out() -> None:
    """And nothing else of an address."""
    assert plain_address("https://a.example/x?id=7&utm_source=y&fbclid=z#top") == (
        "https://a.example/x?id=7"
    )
    assert plain_address("https://a.example/x?a=%20b&c") == "https://a.example/x?a=%20b&c"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with a story."""
    run("new", "gondola", cwd=tmp_path)
    return tmp_path


def test_an_address_becomes_an_article(site: Path, web: Web) -> None:
    """With its address, moment, and the answer beside the original; again it is nothing to do."""
    address = web.page("/cable", TEXT)
    run("add", "gondola", address + "?utm_source=x", "--private", cwd=site)
    article = (site / "content/gondola/harbour-courier.md").read_text(encoding="utf-8")
    assert f"url: {address}\n" in article
    assert "captured: 20" in article
    originals = site / "content/gondola/originals"
    assert (originals / "harbour-courier.html").read_bytes() == web.pages["/cable"].body
    record = json.loads((originals / "harbour-courier.http.json").read_text(encoding="utf-8"))
    assert record["headers"]["content-type"] == "text/html"
    assert record["asked"] == address + "?utm_source=x"
    web.pages["/cable"].body = article_page(TEXT, furniture="Changed menu").encode()
    assert "nothing to do" in run("add", "gondola", address, "--private", cwd=site)
    assert len(list((site / "content/gondola").glob("*.md"))) == 2
    assert "private network" in run("add", "gondola", address, cwd=site, code=1)


def test_a_copy_in_an_archive_becomes_an_article(site: Path, web: Web) -> None:
    """Captured on the day of the copy; the address is the article's own."""
    path = "/web/20210611093000/https://courier.example/cable"
    address = web.page(path, TEXT)
    run("add", "gondola", address, "--private", cwd=site)
    article = (site / "content/gondola/harbour-courier.md").read_text(encoding="utf-8")
    assert "url: https://courier.example/cable\n" in article
    assert "captured: 2021-06-11T09:30+00:00\n" in article
    assert f"archive:\n- {address}\n" in article


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r"])
def test_the_servers_charset_counts(site: Path, web: Web, charset: str) -> None:
    """Where the page does not say it."""
    text = TEXT + "\n\nКанатная дорога над озером остановилась, сказал начальник станции."
    page = article_page(text).encode(charset, "replace")
    headers = {"Content-Type": f"text/html; charset={charset}"}
    web.pages["/cable"] = Reply(body=page, headers=headers)
    run("add", "gondola", web.root + "/cable", "--private", cwd=site)
    article = (site / "content/gondola/harbour-courier.md").read_text(encoding="utf-8")
    assert "Канатная дорога" in article


def test_what_is_no_article(site: Path, web: Web) -> None:
    """A picture, an empty page."""
    web.pages["/p"] = Reply(body=b"\x89PNG", headers={"Content-Type": "image/png"})
    said = run("add", "gondola", web.root + "/p", "--private", cwd=site, code=1)
    assert "image/png" in said


def test_a_list(site: Path, web: Web) -> None:
    """Files and addresses in one run, with one report; what fails is told with its line, and
    nothing is written unless that is said."""
    (site / "saved").mkdir()
    (site / "saved/c.txt").write_text(TEXT.replace("300", "310"), encoding="utf-8")
    address = web.page("/cable", TEXT)
    (site / "saved/list.csv").write_text(
        f"file,url,outlet,published\nc.txt,,Evening Beacon,2021-06-11\n,{address},,\n"
        f",{web.root}/none,Other,2021-06-12\n",
        encoding="utf-8",
    )
    said = run("add", "gondola", "saved/list.csv", "--private", cwd=site, code=1)
    assert "/none: the page is not there" in said
    assert len(list((site / "content/gondola").glob("*.md"))) == 1
    said = run("add", "gondola", "saved/list.csv", "--private", "--skip-failed", cwd=site, code=1)
    assert "3 captures: 2 new, 1 skipped" in said
    names = sorted(p.name for p in (site / "content/gondola").glob("*.md"))
    assert names == ["evening-beacon.md", "harbour-courier.md", "index.md"]
    (site / "list.yml").write_text(
        "---\n- file: saved/c.txt\n  outlet: Third\n  published: 2021-06-11\n"
        "  authors: [Ada Brandt, Tom Reyl]\n",
        encoding="utf-8",
    )
    run("add", "gondola", "list.yml", cwd=site)
    third = (site / "content/gondola/third.md").read_text(encoding="utf-8")
    assert "- Tom Reyl" in third


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("l.csv", "outlet\nx\n", "names neither"),
        ("l.csv", "file,outlt\nx,y\n", "did you mean `outlet`"),
        ("l.csv", "file,published\nc.txt,2021-13-40\n", "l.csv:2: published"),
        ("l.csv", "file,outlet\n,Beacon\n", "l.csv:2: this line names no file"),
        ("l.csv", "file,outlet\na,b,c,d\n", "has 4 cells"),
        ("l.csv", "", "names neither"),
        ("l.csv", "file\n", "is empty"),
        ("l.yml", "", "is empty"),
        ("l.yml", "a: b\n", "no list of captures"),
        ("l.yml", "- file: x\n- outlet: Beacon\n", "l.yml:2: this line names no file"),
        ("l.yml", "- url: ftp://x/\n", "no web address"),
        ("l.yml", "- fil: x\n", "did you mean `file`"),
    ],
)
def test_faulty_lists(site: Path, name: str, text: str, words: str) -> None:
    """File, line and mend; nothing is fetched or written."""
    (site / name).write_text(text, encoding="utf-8")
    assert words in run("add", "gondola", name, cwd=site, code=1)


def test_a_folder(site: Path) -> None:
    """Every capture in it; what is none is named."""
    (site / "saved").mkdir()
    (site / "saved/a.txt").write_text(TEXT, encoding="utf-8")
    (site / "saved/b.txt").write_text(TEXT.replace("Tuesday", "Monday"), encoding="utf-8")
    (site / "saved/c.png").write_bytes(b"\x89PNG")
    said = run("add", "gondola", "saved", "--outlet", "Courier", cwd=site)
    assert "c.png: this file of the folder is no capture" in said
    assert "2 captures: 1 new, 1 other captures" in said
    (site / "empty").mkdir()
    assert "no capture is in this folder" in run("add", "gondola", "empty", cwd=site, code=1)


def test_removed_and_put_back(site: Path, web: Web) -> None:
    """Every file of an article, the answer beside its original too; byte for byte."""
    run("add", "gondola", web.page("/cable", TEXT), "--private", cwd=site)
    folder = site / "content/gondola"
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert "--undo" in run("remove", "gondola", "harbour-courier", cwd=site)
    assert [p.name for p in folder.rglob("*") if p.is_file()] == ["index.md"]
    run("remove", "gondola", "harbour-courier", "--undo", cwd=site)
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before
    assert "no such article was taken out" in run(
        "remove", "gondola", "harbour-courier", "--undo", cwd=site, code=1
    )


def test_refresh_adds_a_version_where_the_text_changed(site: Path, web: Web) -> None:
    """Nothing where only the page around it did; a server that says that nothing changed is
    believed; --dry-run writes nothing."""
    address = web.page("/cable", TEXT)
    web.pages["/cable"].etag = '"one"'
    run("add", "gondola", address, "--private", cwd=site)
    assert "1 unchanged" in run("refresh", "--private", cwd=site)
    assert web.asked[-1][1]["if-none-match"] == '"one"'
    web.pages["/cable"] = Reply(
        body=article_page(TEXT, furniture="Another menu").encode(), etag='"two"'
    )
    assert "1 unchanged" in run("refresh", "--private", cwd=site)
    web.pages["/cable"] = Reply(body=article_page(TEXT.replace("300", "340")).encode())
    said = run("refresh", "gondola", "--private", "--dry-run", cwd=site)
    assert "changed gondola/harbour-courier" in said
    assert len(list((site / "content/gondola").glob("*.md"))) == 2
    rows = json.loads(run("refresh", "--private", "--json", cwd=site))
    assert [(r["state"], r["written"]) for r in rows] == [("changed", True)]
    version = Path(site / rows[0]["file"]).read_text(encoding="utf-8")
    assert "version_of: harbour-courier" in version
    assert "some 340 people" in version
    assert "1 unchanged" in run("refresh", "--private", cwd=site)
    run("check", cwd=site)


def test_refresh_says_what_fails_and_goes_on(site: Path, web: Web) -> None:
    """Gone, a paywall, another page, elsewhere: nothing is written, the others are."""
    for name in ("gone", "wall", "other", "moved", "fine"):
        page = web.page(f"/{name}", TEXT, site=f"The {name} Post")
        run("add", "gondola", page, "--private", cwd=site)
    before = sorted((site / "content/gondola").glob("*.md"))
    web.pages["/gone"] = Reply(status=410)
    stub = TEXT[:150] + " …\n\nSubscribe to continue reading. Already a subscriber?"
    web.page("/wall", stub)
    web.page("/other", "Spring has come to the valley. " * 20, title="Spring in the valley")
    web.pages["/moved"] = Reply(status=301, headers={"Location": "/new"})
    web.page("/new", TEXT.replace("300", "350"))
    said = run("refresh", "--private", "--strict", cwd=site, code=1)
    assert "gone for good" in said
    assert "paywall" in said
    assert "another text than before" in said
    assert "1 changed, 1 unchanged, 3 failed" in said
    after = sorted((site / "content/gondola").glob("*.md"))
    assert len(after) == len(before) + 1
    assert "1 changed" not in run("refresh", "--private", cwd=site)


def test_refresh_since() -> None:
    """A day, or so many days before today."""
    today = dt.date(2021, 6, 20)
    assert parse_since("2021-06-01", today) == dt.date(2021, 6, 1)
    assert parse_since("14d", today) == dt.date(2021, 6, 6)
    with pytest.raises(ValueError, match=r"."):
        parse_since("soon", today)


def test_refresh_leaves_out_what_is_older(site: Path, web: Web) -> None:
    """By --since; and what is wrong is told."""
    run("add", "gondola", web.page("/cable", TEXT), "--private", cwd=site)
    assert "no article has an address" in run(
        "refresh", "--private", "--since", "2999-01-01", cwd=site
    )
    assert "is no day" in run("refresh", "--since", "soon", cwd=site, code=1)
    assert "no such story" in run("refresh", "nowhere", cwd=site, code=1)


def test_the_site_above_is_found(site: Path) -> None:
    """From any folder of it, as git does; not beyond its repository."""
    (site / "mkdocs.yml").write_text("site_name: X\n", encoding="utf-8")
    (site / "c.txt").write_text(TEXT, encoding="utf-8")
    deep = site / "content/gondola"
    run("add", "gondola", "../../c.txt", "--outlet", "Courier", cwd=deep)
    assert (deep / "courier.md").is_file()
    assert "1 article" in run("check", cwd=deep)
    (site / "content/.git").mkdir()
    assert "no such content folder" in run("check", cwd=deep, code=1)
