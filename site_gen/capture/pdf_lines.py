"""The lines of a page of a PDF in reading order: pieces on one baseline, drop caps, columns.
Lengths are in points, y upwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_NARROW, _WIDE = frozenset("iljtfrI.,;:'’‘!|()[] -"), frozenset("mwMW—%@")
_SAME_LINE = 0.35
"""Pieces whose baselines differ by less than this share of their size stand on one line."""
_APART = 1.0
"""Pieces on one line that are farther apart than this many sizes are in different columns."""
_GLYPHS = 8
"""A line of more pieces than this, nearly all of one letter, was set letter by letter: its words
are told by their distances."""
_WORD_GAP = 0.12
"""A gap between letters that is wider than the usual one by this share of the size is a blank:
blanks are a quarter of it or more."""
_DROP = 1.5
"""A single letter this many times as large as the text begins its paragraph over several lines: a
drop cap."""
GAP = 1.25
"""A step between lines larger than this many usual steps begins a paragraph."""
EDGE = 0.1
"""Running heads and feet stand in this share of the page at its top and bottom."""
SMALL, LARGE = 0.92, 1.12
"""Type smaller or larger than this many times the text's is a caption or a heading."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text as the file holds it: its place, size and face."""

    x: float
    y: float
    size: float
    text: str
    bold: bool
    turned: bool
    """Whether it is written upwards or aslant, or so small or large that it is no text to read: a
    watermark, a mark of printers."""

    @property
    def right(self) -> float:
        """Where it ends, about."""
        return self.x + width(self.text, self.size)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page: its left and right edge, baseline, size, and the column it stands
    in."""

    x: float
    right: float
    y: float
    size: float
    text: str
    bold: bool
    page: int
    column: int = 0


def width(text: str, size: float) -> float:
    """How wide a text is about, from the usual widths of narrow, wide and other letters in text
    faces."""
    return size * sum(
        0.28 if c in _NARROW else 0.85 if c in _WIDE else 0.64 if c.isupper() else 0.49
        for c in text
    )


def lines_of(pieces: Sequence[Piece], page: int) -> list[Line]:
    """Pieces on one baseline and near one another, joined from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.y, p.x)):
        if rows and abs(rows[-1][0].y - piece.y) <= _SAME_LINE * min(rows[-1][0].size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    out: list[Line] = []
    for row in rows:
        row.sort(key=lambda p: p.x)
        run = [row[0]]
        for before, piece in pairwise(row):
            if piece.x - before.right > _APART * max(piece.size, before.size):
                out.append(line_of(run, page))
                run = []
            run.append(piece)
        out.append(line_of(run, page))
    return out


def line_of(run: Sequence[Piece], page: int) -> Line:
    """The pieces of one line, joined."""
    text = run[0].text
    by_glyph = sum(len(p.text) == 1 for p in run) > 0.7 * len(run) and len(run) > _GLYPHS
    gaps = sorted(b.x - a.right for a, b in pairwise(run)) if by_glyph else []
    word = gaps[len(gaps) // 2] + _WORD_GAP * run[0].size if gaps else 0.0
    for before, piece in pairwise(run):
        if by_glyph:
            text += ("" if piece.x - before.right < word else " ") + piece.text
            continue
        near = piece.x - before.right < 0.12 * piece.size and not re.search(r"[,.;:]$", text)
        glued = near and before.size != piece.size
        text = f"{text}{piece.text}" if glued else f"{text} {piece.text}"
    weight = Counter({p.size: 0 for p in run})
    for p in run:
        weight[p.size] += len(p.text)
    size = max(weight.items(), key=lambda item: (item[1], item[0]))[0]
    bold = sum(len(p.text) for p in run if p.bold) > 0.5 * sum(len(p.text) for p in run)
    return Line(run[0].x, max(p.right for p in run), run[0].y, size, text, bold, page)


def with_drop_caps(lines: list[Line]) -> list[Line]:
    """The lines with a drop cap put before the line that it begins."""
    body = body_size(lines)
    out = list(lines)
    vocabulary = set(re.findall(r"[a-z]+", " ".join(line.text for line in lines).lower()))
    for cap in [
        line
        for line in lines
        if len(line.text) == 1 and line.text.isalpha() and line.size > _DROP * body
    ]:
        beside = [
            line
            for line in out
            if line is not cap
            and line.x >= cap.x + 0.3 * cap.size
            and line.x - cap.right < 2 * cap.size
            and cap.y - body <= line.y <= cap.y + cap.size
            and abs(line.size - body) < 0.6
        ]
        if not beside:
            continue
        first = max(beside, key=lambda line: line.y)
        found = re.match(r"[a-z]*", first.text.lower())
        word = found[0] if found else ""
        alone = (
            cap.text in "AIO"
            and len(word) > 1
            and word in vocabulary
            and (cap.text + word).lower() not in vocabulary
        )
        out[out.index(first)] = replace(
            first, text=f"{cap.text}{' ' if alone else ''}{first.text}", x=cap.x
        )
        out.remove(cap)
    return out


def columns(lines: Sequence[Line], height: float) -> list[Line]:
    """The lines of one page in reading order: bands between lines that span the gutters, and in a
    band column by column."""
    lines = sorted(lines, key=lambda line: (-line.y, line.x))
    gutters = _gutters(lines, height)
    if not gutters:
        return list(lines)
    text = body_size(lines)
    alone = Counter(round(line.y) for line in lines)
    out: list[Line] = []
    band: list[Line] = []
    for line in lines:
        across = any(line.x < g - 1 and line.right > g + 0.5 * line.size for g in gutters)
        # the last line of a title or paragraph that goes across
        ends = bool(
            out
            and not band
            and alone[round(line.y)] == 1
            and out[-1].column == 0
            and abs(out[-1].x - line.x) < 3
            and abs(out[-1].size - line.size) < 0.6
            and out[-1].y - line.y < 1.8 * line.size
        )
        large = line.size > LARGE * text and not any(
            other is not line
            and abs(other.y - line.y) < line.size
            and (other.x < g) != (line.x < g - 1)
            for g in gutters
            for other in lines
        )
        if across or ends or large:
            out += _by_column(band, gutters)
            out.append(line)
            band = []
        else:
            band.append(line)
    return out + _by_column(band, gutters)


def _by_column(band: Iterable[Line], gutters: Sequence[float]) -> list[Line]:
    placed = [replace(line, column=1 + sum(line.x >= g - 1 for g in gutters)) for line in band]
    return sorted(placed, key=lambda line: (line.column, -line.y, line.x))


def _gutters(lines: Sequence[Line], height: float) -> list[float]:
    """Where a column begins beside another: a left edge that many lines share, with text to the
    left of it at the same height."""
    inner = [line for line in lines if EDGE * height * 0.5 < line.y < height * (1 - EDGE * 0.5)]
    edges = Counter(round(line.x / 3) for line in inner)
    need = max(4, 0.12 * len(inner))
    starts = sorted(
        edge * 3.0 - 2.0
        for edge, _ in edges.items()
        if edges[edge] + edges[edge + 1] >= need and edges[edge] >= edges[edge - 1]
    )
    out: list[float] = []
    for start in starts:
        right = [line for line in inner if abs(line.x - start) <= 6]
        beside = [
            line
            for line in inner
            if line.x < start - 40 and any(abs(line.y - r.y) < 2 * line.size for r in right)
        ]
        clear = [line for line in beside if line.right <= start + 0.5 * line.size]
        if (
            len(beside) >= 4
            and len(clear) >= 0.8 * len(beside)
            and (not out or start - out[-1] > 40)
        ):
            out.append(start)
    return out


def body_size(lines: Iterable[Line]) -> float:
    """The size in which most of the text is set."""
    weight: Counter[float] = Counter()
    for line in lines:
        weight[round(line.size, 1)] += len(line.text)
    return max(weight.items(), key=lambda item: (item[1], item[0]))[0] if weight else 10.0
