"""Reader for plain text: text copied from a page or a PDF → blocks, hard-wrapped lines joined."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable

from site_gen.model import Block

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2028": "\n",
        "\u2029": "\n\n",
    }
)
FULL = 0.8
"""A line that fills this share of the page's width was broken by the page, not by the writer."""
WIDEST = 140
"""Lines of hard-wrapped text are not longer than this; longer ones are paragraphs on one line."""


LONGEST = 2_000_000
"""Characters of text in a capture, at most: a long book has one million; what is longer is no
article, and is refused."""


def decode(data: bytes) -> str:
    """Bytes as text in NFC with ``\\n`` only: UTF-8, UTF-16 with a mark, else the legacy encoding
    that they most look like."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return clean(data.decode("utf-16", errors="replace"))
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return clean(legacy(data))


def legacy(data: bytes) -> str:
    """Bytes that are not UTF-8 as text: Windows-1252, unless so many letters are beyond ASCII that
    it is another alphabet.

    Then charset-normalizer, which comes with the reader of web pages, says which; where it is
    missing, Windows-1252 stays.
    """
    western = data.decode("cp1252", errors="replace")
    letters = [c for c in western[:20_000] if c.isalpha()]
    if sum(ord(c) > 127 for c in letters) <= _FOREIGN * len(letters):
        return western
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return western
    best = from_bytes(data[:50_000], cp_isolation=list(_LEGACY)).best()
    return data.decode(best.encoding, errors="replace") if best else western


_FOREIGN = 0.3
"""No Western language has more letters with marks than this; Vietnamese has about a quarter."""
_LEGACY = (
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1255",
    "cp1256",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "euc_kr",
    "cp1252",
    "cp1250",
    "cp1254",
)
_TWICE_READ = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}"
)
"""What UTF-8 looks like when it was read as Windows-1252: a letter with a mark, then one to three
signs."""


def repaired(text: str) -> str:
    """Text in which UTF-8 that was once read as Windows-1252 (``â€™`` for ``’``) is read right
    again.

    A run is repaired where its bytes are UTF-8; no Western word holds such a run.
    """
    return _TWICE_READ.sub(_once_more, text)


def _once_more(match: re.Match[str]) -> str:
    try:
        raw = b"".join(c.encode("cp1252") if ord(c) > 0xFF else bytes((ord(c),)) for c in match[0])
        return raw.decode("utf-8")
    except UnicodeError:
        return match[0]


def clean(text: str) -> str:
    """Text without invisible characters, ligatures, mojibake and odd blanks, in NFC with ``\\n``
    line ends. Form feeds become blank lines."""
    text = repaired(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    text = _CONTROL.sub("", _INVISIBLE.sub("", text.translate(_LIGATURES)))
    return unicodedata.normalize("NFC", text)


_TARGETS = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\s]{0,2000}\)")
_ADDRESS = re.compile(r"<(https?://[^<>\s]{1,2000})>")


def without_targets(text: str) -> str:
    """Copied text with ``[words](address)`` as its words and ``<address>`` as the address; nothing
    else in it is Markdown."""
    return _ADDRESS.sub(r"\1", _TARGETS.sub(r"\1", text))


def read_text(text: str) -> list[Block]:
    """The blocks of a plain text: separated by blank lines, or one a line where lines are
    paragraphs."""
    groups = [
        [line.strip() for line in group.split("\n") if line.strip()]
        for group in re.split(r"\n[ \t]*\n", text)
    ]
    groups = [g for g in groups if g]
    width = _width(groups)
    return [
        Block(text=" ".join(paragraph.split()))
        for group in groups
        for paragraph in _paragraphs(group, width)
    ]


def _width(groups: list[list[str]]) -> int:
    """The width at which the text was wrapped: the longest line that another one follows; 0 where
    it was not."""
    inner = [len(line) for group in groups for line in group[:-1]]
    if not inner or max(inner) > WIDEST or max(inner) < 40:
        return 0
    longest = max(inner)
    full = sum(n >= FULL * longest for n in inner)
    return max(inner) if full >= 0.5 * len(inner) else 0


def _paragraphs(lines: list[str], width: int) -> list[str]:
    out = [[lines[0]]]
    for before, line in itertools.pairwise(lines):
        first_word = line.split(" ", 1)[0]
        filled = width and len(before) + 1 + len(first_word) > FULL * width
        flows_on = not re.search(r"[.!?:;…][\"'”’)]*$", before) and (
            line[:1].islower() or before.endswith((",", "-"))
        )
        if (filled or flows_on) and not _ITEM.match(line):
            out[-1].append(line)
        else:
            out.append([line])
    return [joined(group) for group in out]


_ITEM = re.compile(r"(?:[-–—•*·▪]|\d{1,3}[.)])\s+\S")
"""A line that begins an item of a list begins a block of its own."""
_KEEP_HYPHEN = re.compile(
    r"\b(?:self|ex|non|co|pro|anti|re|pre|mid|well|half|so|vice|cross|semi|multi|all|post|high|"
    r"low|long|short|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety)-$",
    re.IGNORECASE,
)
"""First parts of words that are written with a hyphen also within a line."""


def joined(lines: Iterable[str], known: frozenset[str] = frozenset(), *, hard: bool = False) -> str:
    """The lines of one paragraph as one text; a word broken by a hyphen at a line's end is whole
    again.

    ``known``: the words of the document, lower case. They decide whether the hyphen belongs to the
    word; where neither form is among them, a hyphen stays after first parts that take one ("non-",
    "self-") and before a capital or a digit. ``hard``: the document breaks words with a hyphen of
    its own kind (U+2010), so that a plain one belongs to the word.
    """
    parts: list[str] = []
    for line in lines:
        if not parts:
            parts.append(line)
            continue
        end, between = _seam(parts[-1][-60:], line[:60], known, hard)  # no word is longer than that
        if end:
            parts[-1] = parts[-1][:-1] + between
        else:
            parts.append(between)
        parts.append(line)
    return "".join(parts)


def _seam(before: str, line: str, known: frozenset[str], hard: bool) -> tuple[bool, str]:
    """Whether the last character of ``before`` goes, and what stands between the two lines."""
    soft = bool(re.search(r"\w[\u00ad\u2010]$", before))
    if not soft and not re.search(r"\w-$", before):
        return False, " "
    first = re.match(r"[^\W\d_]+(?:-\w+)*", line)
    last = re.search(r"[\w-]+$", before[:-1])
    if first is None or last is None:
        return soft, "-" if soft else " " if first is None else ""
    whole, split = (last[0] + first[0]).lower(), f"{last[0]}-{first[0]}".lower()
    belongs = (
        not first[0][:1].islower()
        or "-" in last[0]
        or last[0][-1:].isdigit()
        or split in known
        or bool(_KEEP_HYPHEN.search(f"{last[0]}-"))
    )
    keep = (hard and not soft) or (belongs and whole not in known)
    if keep:
        return soft, "-" if soft else ""
    return True, ""
