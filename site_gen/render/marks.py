"""Text with marks: overlapping spans → nested-free HTML. Everything is escaped here, nowhere
else."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from site_gen.model import Segment
from site_gen.model.message import joined, say
from site_gen.render.messages import HtmlMessage, join_html, say_html


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
    marks = sorted(
        (m for m in marks if m.start < m.end), key=lambda m: (m.start, -m.end, m.classes)
    )
    cuts = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    out: list[Markup] = []
    for start, end in itertools.pairwise(cuts):
        piece = escape(text[start:end])
        here = [m for m in marks if m.start <= start and end <= m.end]
        out.append(_piece(piece, here) if here else piece)
    return _in_one(out)


def _in_one(parts: Sequence[Markup]) -> Markup:
    """Parts in a row; what they say in our words stays a message."""
    if any(isinstance(p, HtmlMessage) for p in parts):
        return join_html("", parts)
    return Markup("".join(parts))  # each is escaped already


def _piece(text: Markup, marks: Sequence[Mark]) -> Markup:
    """A piece of text with all its marks in one element."""
    if all(m.tag == "b" for m in marks):
        return Markup(f"<b>{text}</b>")
    classes = " ".join(dict.fromkeys(c for m in marks for c in m.classes.split()))
    titles = list(dict.fromkeys(m.title for m in marks if m.title))
    if not titles:
        return Markup(f'<mark class="{escape(classes)}">{text}</mark>')
    template = '<mark class="{classes}" title="{title}">{text}</mark>'
    return say_html(template, classes=classes, title=joined("; ", titles), text=text)


def struck(
    texts: tuple[str, str], segments: Sequence[Segment], side: Literal["a", "b", "both"]
) -> Markup:
    """One side of a word difference, or both in one line: ``<del>`` and ``<ins>`` with words for
    those who do not see them."""
    a, b = texts
    out: list[Markup] = []
    for s in segments:
        if s.op == "equal":
            out.append(escape(a[s.a_start : s.a_end] if side == "a" else b[s.b_start : s.b_end]))
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
