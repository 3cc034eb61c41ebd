"""Text with marks: overlapping spans → nested-free HTML. Everything is escaped here, nowhere
else."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from site_gen.model import Segment
from site_gen.model.message import joined, say
from site_gen.render.messages import HtmlMessage, escaped, row_of_html, say_html


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to mark: its class names, and what a reader is told of it on hovering. ``tag`` "b" is
    for words that only stand out; where it meets another mark, that one is shown."""

    start: int
    end: int
    classes: str
    title: str = ""
    tag: Literal["mark", "b"] = "mark"


def marked(text: str, marks: Iterable[Mark]) -> Markup:
    """The text as HTML with each mark's classes on its span; where marks overlap, the piece carries
    the classes of all."""
    wanted = sorted(
        (m for m in marks if m.start < m.end), key=lambda m: (m.start, -m.end, m.classes)
    )
    if not wanted:
        return Markup(escaped(text))
    cuts = sorted({0, len(text), *(m.start for m in wanted), *(m.end for m in wanted)})
    out: list[str] = []
    here: list[Mark] = []
    told = 0
    for start, end in itertools.pairwise(cuts):
        here = [m for m in here if m.end > start]
        while told < len(wanted) and wanted[told].start <= start:
            here.append(wanted[told])
            told += 1
        piece = escaped(text[start:end])
        out.append(_piece(piece, here) if here else piece)
    return _in_one(out)


def _in_one(parts: Sequence[str]) -> Markup:
    """Parts of HTML in a row; what they say in our words stays a message."""
    if any(type(p) is HtmlMessage for p in parts):
        return row_of_html([p if isinstance(p, Markup) else Markup(p) for p in parts])
    return Markup("".join(parts))  # each is escaped already


_TITLED = '<mark class="{classes}" title="{title}">{text}</mark>'


def _piece(text: str, marks: Sequence[Mark]) -> str:
    """A piece of HTML with all its marks in one element."""
    if len(marks) == 1:
        classes, titles, bold = marks[0].classes, [marks[0].title], marks[0].tag == "b"
        classes = " ".join(classes.split()) if " " in classes else classes
    else:
        classes = " ".join(dict.fromkeys(c for m in marks for c in m.classes.split()))
        titles = list(dict.fromkeys(m.title for m in marks if m.title))
        bold = all(m.tag == "b" for m in marks)
    if bold:
        return f"<b>{text}</b>"
    if not any(titles):
        return f'<mark class="{escaped(classes)}">{text}</mark>'
    title = titles[0] if len(titles) == 1 else joined("; ", titles)
    return HtmlMessage(
        f'<mark class="{escaped(classes)}" title="{escaped(title)}">{text}</mark>',
        _TITLED,
        {"classes": classes, "title": title, "text": Markup(text)},
    )


def struck(
    texts: tuple[str, str], segments: Sequence[Segment], side: Literal["a", "b", "both"]
) -> Markup:
    """One side of a word difference, or both in one line: ``<del>`` and ``<ins>`` with words for
    those who do not see them."""
    a, b = texts
    out: list[str] = []
    for s in segments:
        if s.op == "equal":
            out.append(escaped(a[s.a_start : s.a_end] if side == "a" else b[s.b_start : s.b_end]))
        elif s.op == "delete" and side != "b":
            out.append(_change("del", say("removed"), a[s.a_start : s.a_end]))
        elif s.op == "insert" and side != "a":
            out.append(_change("ins", say("added"), b[s.b_start : s.b_end]))
    return _in_one(out)


def _change(tag: str, word: str, text: str) -> Markup:
    stripped = text.rstrip()
    template = '<{tag}><span class="vh">{word}: </span>{text}</{tag}>{rest}'
    return say_html(
        template,
        tag=tag,
        word=word,
        text=stripped,
        rest=text[len(stripped) :],
    )
