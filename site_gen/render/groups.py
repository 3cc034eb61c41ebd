"""The values of a row by who gives them: sources of one origin stand together and count once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from site_gen.language.words import sentence_at
from site_gen.model import (
    Cell,
    Comparison,
    DateValue,
    FigureValue,
    Row,
    Statement,
    can_both_be_true,
)
from site_gen.model.message import Message, count, day_in_words, say
from site_gen.render.marks import Mark, marked
from site_gen.render.memory import known
from site_gen.render.messages import say_html


@dataclass(frozen=True, slots=True)
class Line:
    """The sources of one origin that give a value, and what there is to say of it beside."""

    outlets: tuple[str, ...]
    notes: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A value with the origins that give it. ``state``: "odd" for who stands alone against the
    others, "new" for what a later report or another named source explains, else empty."""

    text: Markup
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...]
    state: str = ""

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that give it."""
        return tuple(dict.fromkeys(o for line in self.lines for o in line.outlets))

    @property
    def first(self) -> Statement:
        """The statement whose words stand for the value."""
        return self.cells[0].statements[0]

    @property
    def count(self) -> str:
        """The outlet, or how many there are, and how many origins where those are fewer."""
        outlets, origins = len(self.outlets), len(self.lines)
        told = self.outlets[0] if outlets == 1 else outlets_in_words(outlets)
        if origins == outlets:
            return told
        if origins == 1:
            return say("{outlets}, one origin", outlets=told)
        return say("{outlets}, {origins}", outlets=told, origins=origins_in_words(origins))


NAMED = 2
"""Outlets of one text that a column or a lane names."""
ONE_TEXT = say("one text, which counts once")
"""What stands beside outlets of one origin."""
_OUTLETS = (
    *(say("No outlets"), say("One outlet"), say("Two outlets"), say("Three outlets")),
    *(say("Four outlets"), say("Five outlets"), say("Six outlets"), say("Seven outlets")),
    *(say("Eight outlets"), say("Nine outlets"), say("Ten outlets")),
)
_ORIGINS = (
    *(say("no origins"), say("one origin"), say("two origins"), say("three origins")),
    *(say("four origins"), say("five origins"), say("six origins"), say("seven origins")),
    *(say("eight origins"), say("nine origins"), say("ten origins")),
)


def outlets_in_words(number: int) -> Message:
    """ "Three outlets": a small count as a word, a larger one in digits."""
    if number < len(_OUTLETS):
        return _OUTLETS[number]
    return count("{n} outlet", "{n} outlets", number)


def origins_in_words(number: int) -> Message:
    """ "three origins"."""
    if number < len(_ORIGINS):
        return _ORIGINS[number]
    return count("{n} origin", "{n} origins", number)


def one_name(outlets: Sequence[str]) -> str:
    """Outlets of one text as a name: two by name, more as the first and how many beside it."""
    if len(outlets) <= NAMED:
        return " + ".join(outlets)
    return say("{outlet} + {n} more", outlet=outlets[0], n=len(outlets) - 1)


def value_groups(comparison: Comparison, row: Row) -> tuple[Group, ...]:
    """The values of a row, that of most origins first; who stands alone is told from the rest."""
    memory = known(comparison)
    before: tuple[Row, tuple[Group, ...]] | None = memory.get(("groups", row.id))
    if before is None or before[0] is not row:
        memory["groups", row.id] = before = (row, _value_groups(comparison, row))
    return before[1]


def _value_groups(comparison: Comparison, row: Row) -> tuple[Group, ...]:
    by: dict[object, list[Cell]] = {}
    key = _words if _set_apart(row) else _key
    for cell in row.cells:
        by.setdefault(key(cell.statements[0]), []).append(cell)
    groups = [_group(comparison, row, cells) for cells in by.values()]
    order = sorted(range(len(groups)), key=lambda n: _rank(groups[n], n))
    ranked = [groups[n] for n in order]
    if row.disputed and row.kind != "quotation":
        return tuple(_told_apart(ranked))
    if row.shown == "conflict" and row.kind != "quotation":
        ranked.sort(key=lambda g: _day(comparison, g))
        last = len(ranked) - 1
        return tuple(_as(g, "new") if n == last else g for n, g in enumerate(ranked))
    return tuple(ranked)


def _set_apart(row: Row) -> bool:
    """Whether an editor says that the values are not the same, which the machine takes for one."""
    ruling = row.ruling
    return (
        ruling is not None
        and ruling.verdict in ("compatible", "conflict")
        and (row.verdict == "agree")
    )


def _words(statement: Statement) -> object:
    return " ".join(statement.text.casefold().split()).strip("“”\"'.,")


def _rank(group: Group, place: int) -> tuple[int, int, int]:
    """What most origins give first, then what most outlets give, then the order of the row."""
    return -len(group.lines), -len(group.outlets), place


def _as(group: Group, state: str) -> Group:
    return Group(group.text, group.lines, group.cells, state)


def _told_apart(ranked: Sequence[Group]) -> list[Group]:
    """The groups, with those of the fewest origins marked that cannot be true beside the first."""
    most = ranked[0]
    against = [g for g in ranked[1:] if not _together(most, g)]
    fewest = min((len(g.lines) for g in against), default=0)
    if not fewest or fewest >= len(most.lines):
        return list(ranked)
    return [_as(g, "odd") if g in against and len(g.lines) == fewest else g for g in ranked]


def _together(one: Group, other: Group) -> bool:
    first, second = one.first.value, other.first.value
    return first is None or second is None or can_both_be_true(first, second)


def _day(comparison: Comparison, group: Group) -> str:
    """The day on which a value was first reported, for putting the later one last."""
    days = [
        at.day.isoformat()
        for c in group.cells
        if (at := comparison.story.article(c.source).published)
    ]
    return min(days, default="")


def _key(statement: Statement) -> object:
    """What makes two statements one value."""
    value = statement.value
    if isinstance(value, FigureValue):
        return value.ends, value.hedge, value.dimension
    if isinstance(value, DateValue):
        return value.low, value.high, value.value.partition("T")[2]
    return _words(statement)


def _group(comparison: Comparison, row: Row, cells: Sequence[Cell]) -> Group:
    """A value in the words of the first source that gives it."""
    return Group(
        statement_words(comparison, cells[0].statements[0], row),
        lines_of(comparison, cells, row),
        tuple(cells),
    )


def lines_of(comparison: Comparison, cells: Sequence[Cell], row: Row) -> tuple[Line, ...]:
    """The origins of some cells, a line each."""
    by: dict[str, list[Cell]] = {}
    for cell in cells:
        by.setdefault(comparison.matches.origin_of(cell.source), []).append(cell)
    return tuple(
        Line(
            tuple(dict.fromkeys(comparison.story.article(c.source).outlet for c in found)),
            tuple(dict.fromkeys(n for c in found for n in notes_of(comparison, c, row)))
            + ((ONE_TEXT,) if len(found) > 1 else ()),
            tuple(found),
        )
        for found in by.values()
    )


def notes_of(comparison: Comparison, cell: Cell, row: Row) -> list[str]:
    """What stands beside a value: who says so, how it follows, what stood there before."""
    first = cell.statements[0]
    out: list[str] = []
    if first.said_by and first.speaker_ruled:
        out.append(
            say("said by {speaker}, by an editor’s word", speaker=first.said_by)
            if row.kind == "quotation"
            else say("according to {speaker}, by an editor’s word", speaker=first.said_by)
        )
    elif first.said_by:
        out.append(
            say(
                "said by {speaker}" if row.kind == "quotation" else "according to {speaker}",
                speaker=first.said_by,
            )
        )
    elif row.kind == "quotation":
        out.append(say("speaker not established"))
    if first.reading:
        out.append(say("an editor reads it as {words}", words=first.reading))
    if first.derived:
        out.append(first.derived)
    for was in cell.was:
        article = comparison.story.article(was.place.article)
        at = article.captured or article.published
        out.append(
            say("was “{words}” on {day}", words=was.text, day=day_in_words(at.day))
            if at
            else say("was “{words}”", words=was.text)
        )
    return out


def statement_words(comparison: Comparison, statement: Statement, row: Row) -> Markup:
    """A statement in its own words: of a quotation with the words marked that another alters, of a
    figure that begins a sentence without that capital letter."""
    text, start = statement.text, statement.place.start
    if row.kind == "quotation":
        words = marked(text, [Mark(a - start, b - start, "") for a, b in statement.apart])
        return say_html("“{words}”", words=words)
    paragraph = comparison.story.article(statement.place.article).paragraph(
        statement.place.paragraph
    )
    begins = sentence_at(paragraph.text, start)[0] == start
    if begins and row.kind == "figure" and text[:1].isupper() and text[1:2].islower():
        text = text[0].lower() + text[1:]
    return marked(text, ())
