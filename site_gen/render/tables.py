"""The CSV files of a story, and their description as CSV on the Web (W3C, Metadata Vocabulary for
Tabular Data, 2015).

``COLUMNS`` says what each column is; the tables are made in its order, and the description is made
of it, so that the two cannot differ.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from site_gen import RULES_VERSION
from site_gen.language.units import rounded
from site_gen.model import Comparison, Row, Statement
from site_gen.render.columns import PLACE, number, place, plain
from site_gen.render.finding_tables import FINDING_COLUMNS, finding_tables

_FORMULA = frozenset("=+-@\t\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection)."""

_ROW = (
    (
        "row",
        "string",
        "Id of the comparison row it stands in; empty for captures that another capture speaks for",
    ),
    (
        "verdict",
        "string",
        "The row's verdict as it is shown: agree, compatible, conflict or single",
    ),
    (
        "qualifier",
        "string",
        "updated, sources cited differ, expected, words or speakers differ, where it applies",
    ),
)
COLUMNS: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "rows": (
        ("story", "string", "The story's id: its folder"),
        ("row", "string", "The row's id, and its anchor on the story's page"),
        ("kind", "string", "figure, date or quotation"),
        (
            "label",
            "string",
            (
                "What the row is about, in a source's words; … stands where each source gives its"
                " value"
            ),
        ),
        (
            "verdict",
            "string",
            (
                "The verdict as it is shown: agree, compatible, conflict or single; an editor's"
                " where there is one"
            ),
        ),
        ("machine_verdict", "string", "The machine's verdict"),
        (
            "qualifier",
            "string",
            "updated, sources cited differ, expected, words or speakers differ, where it applies",
        ),
        ("reason", "string", "Why, in one sentence; an editor's where the verdict is"),
        ("rule", "string", "The rule that gave the verdict"),
        ("origins", "integer", "How many texts of their own the sources have"),
        ("source", "string", "The source of this line: an article's id"),
        ("outlet", "string", "Its outlet"),
        ("article", "string", "The capture that is quoted: the source itself, or an earlier one"),
        ("paragraph", "string", "Index of the paragraph, from 0 over all blocks, or “headline”"),
        ("start", "integer", "First character of the span, counted in Unicode code points from 0"),
        ("end", "integer", "First character behind the span"),
        ("text", "string", "The span, word for word"),
        (
            "hedge",
            "string",
            (
                "exact, about, more_than, less_than, at_most or order; for a date exact, since,"
                " until or about"
            ),
        ),
        (
            "low",
            "string",
            (
                "Lower end of the value in the unit beside it, or a date's first day; empty where"
                " it is open"
            ),
        ),
        (
            "high",
            "string",
            (
                "Upper end of the value in the unit beside it, or a date's last day; empty where it"
                " is open"
            ),
        ),
        ("unit", "string", "The unit; empty for counts, dates and quotations"),
        (
            "said_by",
            "string",
            "Who says so, as the article words it; empty where the article itself does",
        ),
        ("derived", "string", "The step by which the value follows from another, where it does"),
        (
            "state",
            "string",
            (
                "now, was (an earlier capture), or why the source has no cell: not mentioned, and"
                " so on"
            ),
        ),
    ),
    "figures": (
        *PLACE,
        ("hedge", "string", "exact, about, more_than, less_than, at_most or order"),
        ("low", "number", "Lower end in the unit beside it; empty where it is open"),
        ("high", "number", "Upper end in the unit beside it; empty where it is open"),
        ("unit", "string", "The unit; empty for counts"),
        ("counted", "string", "What is counted, as written"),
        (
            "said_by",
            "string",
            "Who says so, as the article words it; empty where the article itself does",
        ),
        ("rule", "string", "The rule that read it"),
        *_ROW,
    ),
    "dates": (
        *PLACE,
        ("value", "string", "TIMEX3 value"),
        ("first", "date", "First day that it covers"),
        ("last", "date", "Last day that it covers"),
        ("granularity", "string", "day, week, month, year and so on"),
        ("bound", "string", "exact, since, until or about"),
        (
            "said_by",
            "string",
            "Who says so, as the article words it; empty where the article itself does",
        ),
        ("rule", "string", "The rule that read it"),
        *_ROW,
    ),
    "quotations": (
        *PLACE,
        (
            "speaker",
            "string",
            "The fullest name that the article gives; empty where it names nobody",
        ),
        ("role", "string", "Title or affiliation, as the article words it"),
        ("statement", "boolean", "Whether it is a statement, and no set phrase or title of a work"),
        ("rule", "string", "The rule that named the speaker"),
        *_ROW,
    ),
    "passages": (
        ("story", "string", "The story's id: its folder"),
        ("passage", "string", "The passage's id"),
        ("score", "number", "Mean probability of its links, from 0 to 1"),
        ("sure", "boolean", "Whether it is surely the same thing, or possibly"),
        ("article", "string", "The article's id within the story"),
        ("outlet", "string", "Who published it"),
        ("paragraph", "integer", "Index of the paragraph, from 0 over all blocks"),
        (
            "paragraph_id",
            "string",
            "The paragraph's permanent id in the address of the article's page",
        ),
        ("text", "string", "The paragraph"),
    ),
    **FINDING_COLUMNS,
}
"""For each file: name, datatype of XML Schema and meaning of each column, in order."""
Table = tuple[Sequence[str], list[Sequence[Any]]]
Span = tuple[str, int, int, int]


def tables(comparison: Comparison) -> dict[str, Table]:
    """All tables of a story: name → head and lines."""
    of = _rows_by_span(comparison)
    made: dict[str, Iterable[Sequence[Any]]] = {
        "rows": _rows(comparison),
        "figures": _figures(comparison, of),
        "dates": _dates(comparison, of),
        "quotations": _quotations(comparison, of),
        "passages": _passages(comparison),
        **finding_tables(comparison),
    }
    return {name: (head(name), list(lines)) for name, lines in made.items()}


def head(name: str) -> tuple[str, ...]:
    """The column names of a table."""
    return tuple(column for column, _, _ in COLUMNS[name])


def to_csv(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as CSV (RFC 4180, UTF-8). A text that a spreadsheet would take for a formula has an
    apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows(_csv_values(row) for row in rows)
    return out.getvalue().encode()


def _csv_values(row: Sequence[Any]) -> list[Any]:
    """The values of a line; what is none the writer leaves empty."""
    return [
        "'" + v
        if isinstance(v, str) and v[:1] in _FORMULA
        else str(v).lower()
        if v is True or v is False
        else v
        for v in row
    ]


def csvw(title: str, *, names: Iterable[str] = tuple(COLUMNS)) -> bytes:
    """``csv-metadata.json``, which describes the CSV files beside it."""
    before, after = _described(tuple(names))
    return (before + json.dumps(title, ensure_ascii=False) + after).encode()


@lru_cache(maxsize=8)
def _described(names: tuple[str, ...]) -> tuple[str, str]:
    """The description of those files before and behind the title: nothing else in it is of one
    story."""
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": None,
        "dc:description": (
            "Figures, dates, quotations, passages and findings of several outlets' articles,"
            " compared."
            f" Version of the rules: {RULES_VERSION}."
        ),
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tables": [
            {
                "url": f"{name}.csv",
                "tableSchema": {
                    "columns": [
                        {
                            "name": column,
                            "titles": column,
                            "datatype": kind,
                            "dc:description": meaning,
                        }
                        for column, kind, meaning in COLUMNS[name]
                    ]
                },
            }
            for name in names
        ],
    }
    before, _, after = json.dumps(described, ensure_ascii=False, indent=1).partition("null")
    return before, after + "\n"


def day(value: float | None) -> str | None:
    """An ordinal as a day."""
    return None if value is None else dt.date.fromordinal(int(value)).isoformat()


def _rows_by_span(comparison: Comparison) -> dict[Span, Row]:
    out: dict[Span, Row] = {}
    found: dict[Span, list[Row]] = defaultdict(list)
    for row in comparison.rows:
        for p in (s.place for c in row.cells for s in c.statements):
            found[p.article, p.paragraph, p.start, p.end].append(row)
    for span, rows in found.items():
        out[span] = max(rows, key=lambda r: (len(r.cells), r.id))
    return out


def _row_of(of: Mapping[Span, Row], span: Span) -> tuple[str, str, str]:
    row = of.get(span)
    return (row.id, row.shown, row.qualifier) if row else ("", "", "")


def _rows(comparison: Comparison) -> Iterator[Sequence[Any]]:
    """One line a statement of a row, and one for each source that is silent on it."""
    for row in comparison.rows:
        lead = (
            comparison.story.id,
            row.id,
            row.kind,
            row.label,
            row.shown,
            row.verdict,
            row.qualifier,
            row.why,
            row.rule,
            row.origins,
        )
        for cell in row.cells:
            outlet = comparison.story.article(cell.source).outlet
            for state, statements in (("now", cell.statements), ("was", cell.was)):
                yield from (
                    (*lead, cell.source, outlet, *_statement(row, s), state) for s in statements
                )
        for source, why in row.silent:
            yield (
                *lead,
                source,
                comparison.story.article(source).outlet,
                source,
                *[None] * 10,
                why,
            )


def _statement(row: Row, statement: Statement) -> tuple[Any, ...]:
    low, high = (day(v) if row.kind == "date" else rounded(v) for v in statement.ends)
    p = statement.place
    return (
        p.article,
        number(p.paragraph),
        p.start,
        p.end,
        statement.text,
        statement.hedge,
        low,
        high,
        statement.unit,
        statement.said_by,
        statement.derived,
    )


def _figures(comparison: Comparison, of: Mapping[Span, Row]) -> Iterator[Sequence[Any]]:
    for a in comparison.annotated:
        for f in a.figures:
            span = (a.article.id, f.paragraph, f.start, f.end)
            yield (
                *place(comparison, a.article, *span[1:]),
                f.hedge,
                f.low,
                f.high,
                f.unit,
                f.counted,
                f.said_by,
                f.rule,
                *_row_of(of, span),
            )


def _dates(comparison: Comparison, of: Mapping[Span, Row]) -> Iterator[Sequence[Any]]:
    for a in comparison.annotated:
        for d in a.dates:
            span = (a.article.id, d.paragraph, d.start, d.end)
            told = (
                d.value,
                plain(d.first),
                plain(d.last),
                d.granularity,
                d.bound,
                d.said_by,
                d.rule,
            )
            yield (*place(comparison, a.article, *span[1:]), *told, *_row_of(of, span))


def _quotations(comparison: Comparison, of: Mapping[Span, Row]) -> Iterator[Sequence[Any]]:
    for a in comparison.annotated:
        for q in a.quotations:
            span = (a.article.id, q.paragraph, q.start, q.end)
            yield (
                *place(comparison, a.article, *span[1:]),
                q.speaker,
                q.role,
                q.statement,
                q.rule,
                *_row_of(of, span),
            )


def _passages(comparison: Comparison) -> Iterator[Sequence[Any]]:
    for passage in comparison.matches.passages:
        for name, indexes in passage.members:
            article = comparison.story.article(name)
            for index in indexes:
                p = article.paragraph(index)
                yield (
                    comparison.story.id,
                    passage.id,
                    passage.score,
                    passage.sure,
                    name,
                    article.outlet,
                    index,
                    p.pid,
                    p.text,
                )
