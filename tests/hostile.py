"""Hostile captures: seeds of each kind, bent in ways that break readers. The same number gives the
same case, everywhere."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from email.message import EmailMessage

from tests.pdfs import Put, column, pdf

KINDS = ("text", "markdown", "html", "mhtml", "pdf")
_LINES = [
    "A cable of the gondola slipped on Tuesday above",
    "the lake, and some 300 people waited for hours.",
    "",
    "Nobody was hurt, the operator said.",
]
_TEXT = (
    "Cable slips\n\nBy Ada Brandt\n\n"
    + "\n".join(_LINES)
    + "\n\nRelated: Who pays for the gondola\n"
)
_MARKDOWN = (
    f"---\ntitle: Cable slips\nsource: https://beacon.example/a\n---\n\n# Cable slips\n\n{_TEXT}\n-"
    " one\n- two\n\n> quoted\n\n| a | b |\n|---|---|\n"
)
_HTML = (
    '<!doctype html><html><head><meta charset="utf-8"><title>Cable slips</title><meta'
    ' property="og:title" content="Cable slips"><script'
    ' type="application/ld+json">{"@type":"NewsArticle","headline":"Cable'
    ' slips","datePublished":"2031-06-10"}</script></head><body><nav><a'
    " href=/>Home</a></nav><article><h1>Cable slips</h1>"
    + "".join(f"<p>{line} {line}</p>" for line in _LINES if line)
    + "<figure><figcaption>The"
    " lake</figcaption></figure><table><tr><td>a</td></tr></table>"
    "</article><footer>x</footer></body></html>"
)
_WORDS = {
    "text": [
        "\x00",
        "\ufeff",
        "\u202e",
        "\x1b[31m",
        "http://" + "a" * 3000,
        "By " * 400,
        "-\n" * 300,
        "&#x0;",
        "\r",
        "…" * 500,
        "1," * 800,
    ],
    "markdown": [
        "[" * 500,
        "](" * 300,
        "> " * 400,
        "*" * 700,
        "`" * 600,
        "---\n" * 40,
        "![x](y)" * 100,
        "<script>",
        "{.caption}\n" * 50,
        "    " * 200,
        "|" * 500,
        "&amp;" * 300,
        "title: *a\n",
        "<<: {}\n",
    ],
    "html": [
        "<div>" * 600,
        "</p>" * 300,
        "<script>",
        "<!--",
        "<![CDATA[",
        "<svg onload=alert(1)>",
        "<style>",
        "&#99999999;",
        "&lol9;",
        "<table><tr>" * 200,
        "<p " + "a=b " * 400 + ">",
        '<base href="//evil.example/">',
        "<iframe src=http://evil.example/>",
        '<meta http-equiv="refresh" content="0;url=http://evil.example/">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        "<textarea>",
        "<template>",
        '<script type="application/ld+json">' + "[" * 900,
        "<a href=javascript:alert(1)>" * 60,
        "<frameset>",
        "<plaintext>",
        "<math><mtext>",
    ],
    "mhtml": [
        "Content-Type: multipart/mixed; boundary=x\n\n",
        "--" * 400,
        "Content-Transfer-Encoding: base64\n\n",
        "=?utf-8?b?" * 60,
        "Content-Location: ../../../etc/passwd\n",
        "\n" * 300,
        "=\n" * 300,
        "charset=none; ",
    ],
    "pdf": [
        "<<" * 800,
        "[" * 900,
        "endobj\n",
        "stream\n",
        "endstream\n",
        "(" * 900,
        "9999999999 0 R",
        "/Kids [2 0 R]",
        "/Length 99999999",
        "/Filter /FlateDecode",
        "/Filter [/ASCII85Decode /LZWDecode /RunLengthDecode]",
        "BT " * 300,
        " 0 0 0 0 0 0 cm",
        " 1e38 0 0 1e38 0 0 Tm",
        "%" * 500,
        "xref\n0 99999\n",
        "/MediaBox [0 0 0 0]",
        "/MediaBox [a b]",
        "/Parent 2 0 R",
        "/Rotate 91",
        "/Prev 9",
        "/Encrypt 1 0 R",
        "nan",
        "--5",
    ],
}


def _archive() -> bytes:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://beacon.example/cable"
    message.set_content("an archive")
    message.add_alternative(_HTML, subtype="html")
    return message.as_bytes()


_SEEDS: dict[str, Callable[[], bytes]] = {
    "text": _TEXT.encode,
    "markdown": _MARKDOWN.encode,
    "html": _HTML.encode,
    "mhtml": _archive,
    "pdf": lambda: pdf(
        [
            [
                Put(72, 740, "Cable slips", 22, True),
                *column(72, 700, _LINES),
                *column(330, 700, _LINES),
            ],
            [Put(500, 30, "2", 8), *column(72, 700, _LINES)],
        ],
        info="/CreationDate (D:20310611093000)",
    ),
}


def cases(kind: str, number: int, first: int = 0) -> Iterator[tuple[int, bytes]]:
    """``number`` hostile captures of a kind, each with its number, from ``first`` on."""
    seed = _SEEDS[kind]()
    for n in range(first, first + number):
        yield n, _bent(seed, kind, random.Random(f"{kind} {n}"))


def _bent(data: bytes, kind: str, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 9))):
        at, size = chance.randrange(len(out) + 1), chance.choice((1, 4, 30, 200))
        match chance.randrange(7):
            case 0:
                del out[at:]
            case 1:
                out[at : at + size] = chance.randbytes(size)
            case 2:
                out[at:at] = out[at : at + size] * chance.choice((2, 50, 400))
            case 3:
                del out[at : at + size]
            case 4:
                other = _SEEDS[chance.choice(KINDS)]()
                out[at:at] = other[chance.randrange(len(other)) :]
            case _:
                out[at:at] = chance.choice(_WORDS[kind]).encode("utf-8", "surrogatepass")
    return bytes(out[:400_000])
