"""Rulings: an editor's word on a row, applied beside the machine's verdict and never instead of it.

A ruling names a row by its id, or by an id that the row would have without some of its sources.
``same`` joins rows that the machine kept apart (the verdict over all their cells is the machine's
again), or says that a row is of one thing; ``different`` says that a row's cells are about
different things. A decision is about the values that the editor saw (``of``): over others it
lapses, and the machine's verdict stands again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Literal

from rapidfuzz import fuzz

from site_gen.compare.identity import told_words
from site_gen.compare.verdicts import Judgement
from site_gen.language.words import sentence_at
from site_gen.model import (
    Absence,
    Cell,
    Date,
    Figure,
    Place,
    Qualifier,
    Quotation,
    Row,
    Ruling,
    Statement,
    Value,
)
from site_gen.model.message import and_list, say

POSSIBLY: Literal["possibly the same thing"] = "possibly the same thing"
VERDICTS = {
    "agree": say("agree"),
    "compatible": say("compatible"),
    "conflict": say("differ"),
    "single": say("only one source"),
}
"""What the verdicts are called inside a sentence."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""What tells the rows apart that were one; numbers tell rows with equal words apart."""
SILENT: Absence = "not mentioned"
Fact = Figure | Date | Quotation
Judge = Callable[[str, Sequence[Cell]], Judgement]
"""The verdict over cells of one kind."""


NEARLY = 80.0
"""Likeness of two ids, of 100, from which one is a slip of the other: one or two of ten
characters."""
RECALLS = 50.0
"""Likeness of a ruling's words and a row's, of 100, from which the one recalls the other."""


def row_words(row: Row) -> tuple[str, ...]:
    """The words of a row's values, each once, as a ruling keeps them."""
    said = {told_words(c.statements[0].text): c.statements[0].text for c in row.cells}
    return tuple(said[k] for k in sorted(said))


def lapsed(row: Row, ruling: Ruling) -> bool:
    """Whether a row's values are others than those that the editor saw."""
    return bool(ruling.of) and {told_words(w) for w in ruling.of} != {
        told_words(w) for w in row_words(row)
    }


def corrected(
    rows: Sequence[Row],
    facts: Mapping[Place, Fact],
    value: Callable[[Figure | Date], Value],
    judge: Judge,
) -> tuple[Row, ...]:
    """The rows with an editor's readings and speakers. ``facts``: by place, what an editor
    corrected; ``value``: what a fact says. Rows of which a value or speaker changed are judged
    anew."""
    if not facts:
        return tuple(rows)
    return tuple(_corrected(row, facts, value, judge) for row in rows)


def _corrected(
    row: Row, facts: Mapping[Place, Fact], value: Callable[[Figure | Date], Value], judge: Judge
) -> Row:
    def new(statement: Statement) -> Statement:
        fact = facts.get(statement.place)
        if fact is None:
            return statement
        ruled = statement.speaker_ruled
        who = fact.speaker if isinstance(fact, Quotation) else fact.said_by
        if who != statement.said_by:
            ruled = True
        statement = replace(statement, said_by=who, speaker_ruled=ruled)
        if isinstance(fact, Quotation) or not fact.reading:
            return statement
        return replace(statement, value=value(fact), reading=fact.reading, derived="")

    cells = tuple(replace(c, statements=tuple(map(new, c.statements))) for c in row.cells)
    if cells == row.cells:
        return row
    return _judged(replace(row, cells=cells), judge, sure=row.qualifier != POSSIBLY)


def _judged(row: Row, judge: Judge, *, sure: bool = True) -> Row:
    """A row with the verdict over its cells. Quotations are judged by their words and speakers as
    they stand."""
    if row.kind == "quotation":
        return _quotation_judged(row)
    found = judge(row.kind, row.cells)
    qualifier: Qualifier = found.qualifier if sure or found.verdict == "single" else POSSIBLY
    return replace(
        row, verdict=found.verdict, qualifier=qualifier, reason=found.reason, rule=found.rule
    )


def _quotation_judged(row: Row) -> Row:
    who = {c.statements[0].said_by for c in row.cells} - {""}
    if row.qualifier != "speakers differ" or len(who) > 1:
        return row
    return replace(
        row,
        verdict="agree",
        qualifier="",
        reason=say("By the editor’s word they are of one speaker."),
        rule="same words",
    )


def apply_rulings(rows: Sequence[Row], rulings: Sequence[Ruling], judge: Judge) -> tuple[Row, ...]:
    """The rows with their rulings, also those that are hidden. ``unknown_rulings`` tells of rulings
    whose row is gone."""
    known = _by_id(rows)
    by_row = {row.id: r for r in rulings if (row := _row_of(r, known, rows)) is not None}
    joined = _joins(known, rulings, {name for name, r in by_row.items() if r.hide})
    others: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.id in joined:
            others[joined[row.id]].append(row)
    out = []
    for row in rows:
        if row.id in joined:
            continue
        if row.id in others:
            row = _joined(row, others[row.id], judge)
        found = by_row.get(row.id)
        out.append(row if found is None else _ruled(row, found, judge))
    return tuple(out)


def _row_of(ruling: Ruling, known: Mapping[str, Row], rows: Sequence[Row]) -> Row | None:
    """The row that a ruling is about: that of its id; where the words that gave the id are gone,
    the one row that has most of the values which the editor saw. Over those it lapses."""
    if ruling.row in known or not ruling.row or not ruling.of:
        return known.get(ruling.row)
    seen = {told_words(w) for w in ruling.of}
    shares = [(len(seen & set(map(told_words, row_words(row)))), row) for row in rows]
    most = max((n for n, _ in shares), default=0)
    best = [row for n, row in shares if n == most]
    return best[0] if len(best) == 1 and 2 * most >= len(seen) and most else None


def _joins(known: Mapping[str, Row], rulings: Sequence[Ruling], hidden: Set[str]) -> dict[str, str]:
    """Which row's cells are added to which, by id. Joins are followed to their end: what was joined
    to a row goes with it. A row that an editor hides is joined to nothing."""
    into: dict[str, str] = {}

    def end(name: str) -> str:
        while name in into:
            name = into[name]
        return name

    for ruling in rulings:
        row = known.get(ruling.row)
        for other in (known.get(name) for name in ruling.same):
            if row is None or other is None or other.kind != row.kind or other.id in hidden:
                continue
            if end(other.id) != end(row.id):
                into[end(other.id)] = end(row.id)
    return {name: end(name) for name in into}


def _ruled(row: Row, ruling: Ruling, judge: Judge) -> Row:
    gone = lapsed(row, ruling)
    if gone:
        ruling = undecided(ruling)
    label = ruling.label or row.label
    if ruling.one_thing and row.qualifier == POSSIBLY:
        row = _judged(row, judge)
    return replace(row, ruling=ruling, label=label, lapsed=gone)


def undecided(ruling: Ruling) -> Ruling:
    """A ruling without its decision, which holds no more: its label, note and response are left."""
    return replace(
        ruling, verdict="", different=False, one_thing=False, right=False, hide=False, reason=""
    )


def _by_id(rows: Sequence[Row]) -> dict[str, Row]:
    known = {alias: row for row in reversed(rows) for alias in row.aliases}
    return known | {row.id: row for row in rows}


def _joined(row: Row, others: Sequence[Row], judge: Judge) -> Row:
    """A row with the cells of others; a source that stands in several has a cell with all of its
    statements."""
    cells: dict[str, Cell] = {}
    for cell in (c for r in (row, *others) for c in r.cells):
        mine = cells.get(cell.source)
        cells[cell.source] = (
            replace(mine, statements=mine.statements + cell.statements, was=mine.was + cell.was)
            if mine
            else cell
        )
    judged = _judged(replace(row, cells=tuple(cells.values()), qualifier=""), judge)
    silent = tuple((s, why) for s, why in row.silent if s not in cells)
    aliases = tuple(
        dict.fromkeys(a for r in (row, *others) for a in (r.id, *r.aliases) if a != row.id)
    )
    return replace(
        row,
        cells=tuple(cells.values()),
        silent=silent,
        verdict=judged.verdict,
        qualifier=judged.qualifier,
        reason=judged.reason,
        rule=judged.rule,
        aliases=aliases,
        # of one origin the verdict would be that
        origins=1 if judged.verdict == "single" else max(2, *(r.origins for r in (row, *others))),
        weight=max(r.weight for r in (row, *others)) + 10.0 * (len(cells) - len(row.cells)),
    )


def set_apart(rows: Sequence[Row], text_of: Callable[[Place], str]) -> tuple[Row, ...]:
    """The rows, each that an editor says is of different things as a row a source: that is what it
    then is. ``text_of`` gives the words of a place's paragraph."""
    out: list[Row] = []
    for row in rows:
        if row.ruling and row.ruling.different and len(row.cells) > 1:
            out += _apart(row, text_of)
        else:
            out.append(row)
    return tuple(out)


def _apart(row: Row, text_of: Callable[[Place], str]) -> Iterator[Row]:
    names = [c.source for c in row.cells]
    for number, cell in enumerate(row.cells):
        place = cell.statements[0].place
        text = text_of(place)
        first, last = sentence_at(text, place.start)
        told = f"{text[first : place.start]}[{cell.statements[0].text}]{text[place.end : last]}"
        yield replace(
            row,
            id=row.id if not number else f"{row.id}-{LETTERS[number % len(LETTERS)]}",
            label=told.strip(),
            cells=(cell,),
            silent=(*row.silent, *((n, SILENT) for n in names if n != cell.source)),
            verdict="single",
            qualifier="",
            reason=say(
                "By the editor’s word these are different things: {values}."
                " The machine’s verdict on them: {verdict}.",
                values=and_list([c.statements[0].text for c in row.cells]),
                verdict=VERDICTS[row.verdict],
            ),
            rule="an editor’s word",
            aliases=row.aliases if not number else (),
            origins=1,
            routine=False,
        )


def unknown_rulings(
    rows: Sequence[Row], rulings: Sequence[Ruling]
) -> tuple[tuple[Ruling, str], ...]:
    """The rulings that name no row of the story, with the id that they name (a hidden row is known:
    it is given before it is hidden)."""
    known = _by_id(rows)
    named = ((r, name) for r in rulings for name in (r.row, *r.same) if name)
    return tuple(
        (r, name)
        for r, name in named
        if name not in known and not (name == r.row and _row_of(r, known, rows))
    )


def nearest_row(rows: Sequence[Row], ruling: Ruling, name: str) -> Row | None:
    """The row that a ruling most likely means: one with nearly that id, else one whose label and
    values its own words recall."""
    told = " ".join((ruling.label, ruling.note, ruling.reason)).strip()

    def likeness(row: Row) -> float:
        own = " ".join((row.label, *(s.text for c in row.cells for s in c.statements)))
        typed = max(fuzz.ratio(name, other) for other in (row.id, *row.aliases))
        return max(
            typed if typed >= NEARLY else 0.0,
            fuzz.token_set_ratio(told.lower(), own.lower()) if told else 0.0,
        )

    best = max(rows, key=lambda r: (likeness(r), len(r.cells), r.weight, r.id), default=None)
    return best if best and (likeness(best) >= RECALLS or len(best.cells) > 1) else None
