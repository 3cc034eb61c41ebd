"""Saved web pages as captures: hostile ones too. Nothing in them runs, reaches out or breaks the
reader."""

from __future__ import annotations

import contextlib
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.capture import capture
from site_gen.capture.dom import Leaf
from site_gen.capture.main_text import ELSEWHERE, choose

pytestmark = pytest.mark.usefixtures("no_network")

TEXT = (
    "A cable of the gondola snapped on Tuesday above the lake, and some 300 people waited in the"
    " cabins for hours."
)
PAGE = (
    "<html><head><title>Cable"
    f" snaps</title></head><body><article><p>{TEXT}</p>"
    f"<p>{TEXT.replace('Tuesday', 'Monday')}</p></article></body></html>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "iso-8859-2"])
def test_encodings(encoding: str) -> None:
    """A page is read by its mark or by what it declares."""
    page = PAGE.replace(
        "<head>", f'<head><meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    ).replace("lake", "lake Öster")
    assert "lake Öster" in capture(page.encode(encoding), "html").paragraphs[0].text


def test_a_web_archive() -> None:
    """An MHTML file is the page that it holds, with the address it was saved from."""
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://beacon.example/cable"
    message.set_content("an archive")
    message.add_alternative(PAGE, subtype="html")
    draft = capture(message.as_bytes(), "mhtml")
    assert draft.paragraphs[0].text == TEXT
    assert draft.metadata["url"].value == "https://beacon.example/cable"


def test_an_archive_without_a_page() -> None:
    """It is told as such."""
    message = EmailMessage()
    message.set_content("no page")
    with pytest.raises(ValueError, match="holds no page"):
        capture(message.as_bytes(), "mhtml")


HOSTILE = {
    "scripts and handlers": PAGE.replace(
        "<p>", '<script>alert("evil")</script><p onclick="alert(1)">', 1
    ),
    "deep nesting": "<div>" * 3000 + PAGE + "</div>" * 3000,
    "an entity bomb": (
        '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
        + PAGE.replace("</p>", " &c;</p>", 1)
    ),
    "outside files": '<!DOCTYPE html SYSTEM "file:///etc/passwd">' + PAGE,
    "a frame and a base": (
        PAGE.replace(
            "<head>",
            '<head><base href="http://evil.example/"><link rel="stylesheet"'
            ' href="http://evil.example/a.css">',
        ).replace("<p>", '<iframe src="http://evil.example"></iframe><p>', 1)
    ),
    "many unclosed scripts": '<script type="application/ld+json">{' * 2000 + PAGE,
    "JSON-LD that nests": '<script type="application/ld+json">' + "[" * 5000 + "</script>" + PAGE,
    "a line of 2 MB": PAGE.replace("</article>", "<p>" + "word " * 400_000 + "</p></article>"),
    "control characters": PAGE.replace("cable", "ca\x00b\x08le"),
    "cut off": PAGE[: len(PAGE) // 2],
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages(page: str) -> None:
    """Plain text or a clear error; never markup that could run."""
    try:
        draft = capture(page.encode(), "html")
    except ValueError:
        return  # a clear error: ``add`` shows its sentence
    everything = " ".join([*(p.text for p in draft.paragraphs), *(x.text for x in draft.left_out)])
    assert "alert(" not in everything
    assert "root:" not in everything
    assert "\x00" not in everything


PARTS = [
    "<p>",
    "</p>",
    "<div",
    ">",
    "<",
    "&",
    "&#0;",
    "&#x110000;",
    "<!--",
    "-->",
    "<![CDATA[",
    "<article>",
    "<table><tr><td>",
    "<h1>",
    "text of it",
    '"',
    "<meta charset=x>",
    "\x00",
    "<svg><script>",
    "é",
    "水",
]


@given(st.lists(st.sampled_from(PARTS), max_size=60).map("".join))
def test_any_page_is_text_or_an_error(page: str) -> None:
    """Broken markup of every kind never breaks the reader."""
    with contextlib.suppress(ValueError):
        capture(page.encode(), "html")


def test_what_the_reader_took_for_text_is_never_dropped_unsaid() -> None:
    """Sentences that trafilatura keeps are text, or are listed as left out, wherever the page has
    them."""
    lines = [" ".join(f"word{n}x{k}" for k in range(20)) + "." for n in range(13)]
    leaves = [
        Leaf(line, ((1, "body", ""), (2, "article", ""), (3 + n, "p", "")), linked=0)
        for n, line in enumerate(lines[:12])
    ]
    leaves.append(Leaf(lines[12], ((1, "body", ""), (20, "section", ""), (21, "p", "")), linked=0))
    choices = choose(leaves, [leaf.text for leaf in leaves])
    assert [c.apart for c in choices[:12]] == [""] * 12
    assert choices[12].apart not in ("", ELSEWHERE)
