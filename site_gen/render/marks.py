"""Text with marks: overlapping spans → nested-free HTML. Everything is escaped here, nowhere
else."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from markupsafe import Markup

from site_gen.model import Segment
from site_gen.model.message import joined, say
from site_gen.render.messages import HtmlMessage, escaped, row_of_html, say_html


class Mark(NamedTuple):
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
    wanted = [m for m in marks if m.start < m.end]
    if not wanted:
        return Markup(escaped(text))
    wanted.sort(key=lambda m: (m.start, -m.end, m.classes))
    out: list[str] = []
    at = 0
    for mark in wanted:
        start, end, *_ = mark
        if start < at:
            return _in_one(_overlapping(text, wanted))
        if start > at:
            out.append(escaped(text[at:start]))
        out.append(_piece(escaped(text[start:end]), (mark,)))
        at = end
    if at < len(text):
        out.append(escaped(text[at:]))
    return _in_one(out)


def _overlapping(text: str, marks: Sequence[Mark]) -> list[str]:
    """The pieces of a text between the ends of its marks, which are in order."""
    cuts = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    out: list[str] = []
    here: list[Mark] = []
    told = 0
    for start, end in itertools.pairwise(cuts):
        here = [m for m in here if m.end > start]
        while told < len(marks) and marks[told].start <= start:
            here.append(marks[told])
            told += 1
        piece = escaped(text[start:end])
        out.append(_piece(piece, here) if here else piece)
    return out


class Spans:
    """Some spans of a text, of which it is asked whether others meet them: in long texts often."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self.firsts = [first for first, _ in ordered]
        self.reached = list(itertools.accumulate((last for _, last in ordered), max))

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them overlaps a span."""
        begun = bisect_left(self.firsts, end)
        return begun > 0 and self.reached[begun - 1] > start


def _in_one(parts: Sequence[str]) -> Markup:
    """Parts of HTML in a row; what they say in our words stays a message."""
    if any(type(p) is HtmlMessage for p in parts):
        return row_of_html([p if type(p) is HtmlMessage else Markup(p) for p in parts])
    return Markup("".join(parts))  # each is escaped already


_TITLED = '<mark class="{classes}" title="{title}">{text}</mark>'


def _piece(text: str, marks: Sequence[Mark]) -> str:
    """A piece of HTML with all its marks in one element."""
    if len(marks) == 1:
        mark = marks[0]
        bold, titles, classes = mark.tag == "b", [mark.title], mark.classes
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
