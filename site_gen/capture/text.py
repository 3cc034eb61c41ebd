"""Reader for plain text: text copied from a page or a PDF → blocks, hard-wrapped lines joined."""

from __future__ import annotations

import itertools
import re
import unicodedata

from site_gen.model import Block

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2028": "\n", "\u2029": "\n\n"})  # fmt: skip
FULL = 0.8
"""A line that fills this share of the page's width was broken by the page, not by the writer."""
WIDEST = 140
"""Lines of hard-wrapped text are not longer than this; longer ones are paragraphs on one line."""


def decode(data: bytes) -> str:
    """Bytes as text: UTF-8, UTF-16 with a mark, else Windows-1252, which gives every byte a character. NFC, ``\\n`` only."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return clean(text)


def clean(text: str) -> str:
    """Text without invisible characters, ligatures and odd blanks, in NFC with ``\\n`` line ends. Form feeds become blank lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    text = _CONTROL.sub("", _INVISIBLE.sub("", text.translate(_LIGATURES)))
    return unicodedata.normalize("NFC", text)


_TARGETS = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\s]{0,2000}\)")
_ADDRESS = re.compile(r"<(https?://[^<>\s]{1,2000})>")


def without_targets(text: str) -> str:
    """Copied text with ``[words](address)`` as its words and ``<address>`` as the address; nothing else in it is Markdown."""
    return _ADDRESS.sub(r"\1", _TARGETS.sub(r"\1", text))


def read_text(text: str) -> list[Block]:
    """The blocks of a plain text: separated by blank lines, or one a line where lines are paragraphs."""
    groups = [[line.strip() for line in group.split("\n") if line.strip()] for group in re.split(r"\n[ \t]*\n", text)]
    groups = [g for g in groups if g]
    width = _width(groups)
    return [Block(text=" ".join(paragraph.split())) for group in groups for paragraph in _paragraphs(group, width)]


def _width(groups: list[list[str]]) -> int:
    """The width at which the text was wrapped: the longest line that another one follows; 0 where it was not."""
    inner = [len(line) for group in groups for line in group[:-1]]
    if not inner or max(inner) > WIDEST or max(inner) < 40:
        return 0
    full = sum(n >= FULL * max(inner) for n in inner)
    return max(inner) if full >= 0.5 * len(inner) else 0


def _paragraphs(lines: list[str], width: int) -> list[str]:
    out = [lines[0]]
    for before, line in itertools.pairwise(lines):
        first_word = line.split(" ", 1)[0]
        filled = width and len(before) + 1 + len(first_word) > FULL * width
        flows_on = not re.search(r"[.!?:;…][\"'”’)]*$", before) and (line[:1].islower() or before.endswith((",", "-")))
        if filled or flows_on:
            out[-1] = out[-1][:-1] + line if _hyphenated(out[-1], line) else f"{out[-1]} {line}"
        else:
            out.append(line)
    return out


def _hyphenated(before: str, line: str) -> bool:
    """Whether a word was broken at the line's end: a hyphen after a letter, and a lower-case letter on the next line."""
    return (
        bool(re.search(r"[a-z]{2}-$", before))
        and bool(re.match(r"[a-z]{2}", line))
        and not re.search(r"\b(?:self|ex|non|co|pro|anti|re|pre|mid|well|half|so)-$", before)
    )
