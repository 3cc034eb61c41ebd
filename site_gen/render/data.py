"""Data of a story: ``data.json`` and CSV files, the same model as the pages, places as paragraph, start and end."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from site_gen import RULES_VERSION, __version__
from site_gen.model import HEADLINE, Annotated, Article, Comparison, Moment, Page, Paragraph, Row, Statement
from site_gen.units import stated

SCHEMA = 1
"""Version of the form of ``data.json``."""


def data_pages(comparison: Comparison, cut: Collection[str] = ()) -> tuple[Page, ...]:
    """``data.json`` and the CSV files of one story; ``cut`` are the articles that are excerpts."""
    story = comparison.story.id
    tables = {"rows": rows_table(comparison), "figures": figures_table(comparison), "dates": dates_table(comparison),
              "quotations": quotations_table(comparison), "passages": passages_table(comparison)}  # fmt: skip
    body = json.dumps(as_json(comparison, cut), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return (
        Page(path=f"{story}/data.json", data=body.encode()),
        *(Page(path=f"{story}/{name}.csv", data=to_csv(*table)) for name, table in tables.items()),
    )


def to_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as CSV (RFC 4180, UTF-8)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(["" if v is None else v for v in row] for row in rows)
    return out.getvalue().encode()


# ── data.json ────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_json(comparison: Comparison, cut: Collection[str] = ()) -> dict[str, Any]:
    """The whole comparison as plain values."""
    story, matches = comparison.story, comparison.matches
    return {
        "generator": f"site-gen {__version__}", "schema": SCHEMA, "rules": RULES_VERSION,
        "story": {"id": story.id, "title": story.title, "summary": story.summary, "date": _plain(story.date), "tags": list(story.tags)},
        "sources": list(matches.sources),
        "articles": [_article(a) | {"excerpt": a.article.id in cut} for a in comparison.annotated],
        "links": [{"a": x.a, "i": x.i, "b": x.b, "j": x.j, "score": x.score, "kind": x.kind,
                   "evidence": [{"name": e.name, "weight": e.weight, "words": list(e.words)} for e in x.evidence]} for x in matches.links],
        "passages": [{"id": p.id, "score": p.score, "members": {a: list(i) for a, i in p.members}} for p in matches.passages],
        "versions": [{"captures": list(v.captures), "speaks": v.speaks, "steps": [
            {"before": s.before, "after": s.after, "changes": [
                {"kind": c.kind, "before": list(c.before), "after": list(c.after), "consequence": c.consequence,
                 "details": [{"kind": k, "before": x, "after": y} for k, x, y in c.details]} for c in s.changes]} for s in v.steps]} for v in matches.versions],
        "origins": [{"id": o.id, "sources": list(o.sources), "evidence": o.evidence} for o in matches.origins],
        "overlaps": [{"a": o.a, "b": o.b, "share_of_a": o.share_of_a, "share_of_b": o.share_of_b} for o in matches.overlaps],
        "rows": [_row(r) for r in comparison.rows],
    }  # fmt: skip


def _plain(value: Moment | dt.date | None) -> str | None:
    return None if value is None else str(value)


def _article(annotated: Annotated) -> dict[str, Any]:
    a = annotated.article
    return {
        "id": a.id, "outlet": a.outlet, "headline": a.headline, "url": a.url, "authors": list(a.authors), "agency": a.agency,
        "published": _plain(a.published), "captured": _plain(a.captured), "version_of": a.version_of, "language": a.language,
        "partial": a.partial, "rights": a.rights, "note": a.note, "archive": list(a.archive), "read": annotated.read,
        "original": {"file": a.original.file, "sha256": a.original.sha256} if a.original else None,
        "left_out": [{"text": x.text, "rule": x.rule} for x in a.left_out],
        "paragraphs": [{"index": p.index, "id": p.pid, "role": p.role, "text": p.text} for p in a.paragraphs],
        "figures": [{"paragraph": f.paragraph, "start": f.start, "end": f.end, "text": f.text, "hedge": f.hedge, "low": f.low, "high": f.high,
                     "unit": f.unit, "counted": f.counted, "head": f.head, "said_by": f.said_by, "rule": f.rule} for f in annotated.figures],
        "dates": [{"paragraph": d.paragraph, "start": d.start, "end": d.end, "text": d.text, "value": d.value, "first": _plain(d.first),
                   "last": _plain(d.last), "granularity": d.granularity, "bound": d.bound, "said_by": d.said_by, "rule": d.rule} for d in annotated.dates],
        "quotations": [{"paragraph": q.paragraph, "start": q.start, "end": q.end, "text": q.text, "speaker": q.speaker, "statement": q.statement,
                        "rule": q.rule} for q in annotated.quotations],
    }  # fmt: skip


def _statement(s: Statement, kind: str) -> dict[str, Any]:
    p = s.place
    low, high = (_day(v) if kind == "date" else stated(v, s.unit) for v in (s.low, s.high))
    return {"article": p.article, "paragraph": p.paragraph, "start": p.start, "end": p.end, "text": s.text, "hedge": s.hedge, "low": low,
            "high": high, "unit": s.unit, "said_by": s.said_by, "derived": s.derived}  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    ruling = row.ruling
    return {
        "id": row.id, "kind": row.kind, "label": row.label, "verdict": row.verdict, "qualifier": row.qualifier, "reason": row.reason, "rule": row.rule,
        "origins": row.origins, "silent": dict(row.silent), "shown": row.shown,
        "cells": [{"source": c.source, "statements": [_statement(s, row.kind) for s in c.statements], "was": [_statement(s, row.kind) for s in c.was]} for c in row.cells],
        "ruling": {"verdict": ruling.verdict, "label": ruling.label, "note": ruling.note, "reason": ruling.reason, "editor": ruling.editor,
                   "date": ruling.date, "response": ruling.response} if ruling else None,
    }  # fmt: skip


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

Table = tuple[Sequence[str], list[Sequence[Any]]]
_PLACE = ("story", "article", "outlet", "published", "paragraph", "paragraph_id", "start", "end", "text")


def _place(comparison: Comparison, article: Article, paragraph: Paragraph, start: int, end: int) -> tuple[Any, ...]:
    number = "headline" if paragraph.index == HEADLINE else paragraph.index
    return (
        comparison.story.id,
        article.id,
        article.outlet,
        _plain(article.published),
        number,
        paragraph.pid,
        start,
        end,
        paragraph.text[start:end],
    )


def rows_table(comparison: Comparison) -> Table:
    """One line a statement of a row, and one for each source that is silent on it."""
    head = ("story", "row", "kind", "label", "verdict", "qualifier", "reason", "source", "outlet", "article", "paragraph", "start", "end", "text",
            "hedge", "low", "high", "unit", "said_by", "state")  # fmt: skip
    out: list[Sequence[Any]] = []
    for row in comparison.rows:
        lead = (comparison.story.id, row.id, row.kind, row.label, row.shown, row.qualifier, row.reason)
        for cell in row.cells:
            outlet = comparison.story.article(cell.source).outlet
            for state, statements in (("now", cell.statements), ("was", cell.was)):
                for s in statements:
                    number = "headline" if s.place.paragraph == HEADLINE else s.place.paragraph
                    low, high = (_day(v) if row.kind == "date" else stated(v, s.unit) for v in (s.low, s.high))
                    out.append(
                        (
                            *lead,
                            cell.source,
                            outlet,
                            s.place.article,
                            number,
                            s.place.start,
                            s.place.end,
                            s.text,
                            s.hedge,
                            low,
                            high,
                            s.unit,
                            s.said_by,
                            state,
                        )
                    )
        for source, why in row.silent:
            out.append((*lead, source, comparison.story.article(source).outlet, source, *[None] * 9, why))
    return head, out


def _day(value: float | None) -> str | None:
    return None if value is None else dt.date.fromordinal(int(value)).isoformat()


def figures_table(comparison: Comparison) -> Table:
    """One line a figure of every capture."""
    out: list[Sequence[Any]] = []
    for a in comparison.annotated:
        for f in a.figures:
            place = _place(comparison, a.article, a.article.paragraph(f.paragraph), f.start, f.end)
            out.append((*place, f.hedge, f.low, f.high, f.unit, f.counted, f.said_by, f.rule))
    return (*_PLACE, "hedge", "low", "high", "unit", "counted", "said_by", "rule"), out


def dates_table(comparison: Comparison) -> Table:
    """One line a date of every capture."""
    out: list[Sequence[Any]] = []
    for a in comparison.annotated:
        for d in a.dates:
            place = _place(comparison, a.article, a.article.paragraph(d.paragraph), d.start, d.end)
            out.append((*place, d.value, _plain(d.first), _plain(d.last), d.granularity, d.bound, d.said_by, d.rule))
    return (*_PLACE, "value", "first", "last", "granularity", "bound", "said_by", "rule"), out


def quotations_table(comparison: Comparison) -> Table:
    """One line a quotation of every capture."""
    out: list[Sequence[Any]] = []
    for a in comparison.annotated:
        for q in a.quotations:
            out.append((*_place(comparison, a.article, a.article.paragraph(q.paragraph), q.start, q.end), q.speaker, q.statement))
    return (*_PLACE, "speaker", "statement"), out


def passages_table(comparison: Comparison) -> Table:
    """One line a paragraph of every passage."""
    out: list[Sequence[Any]] = []
    for passage in comparison.matches.passages:
        for name, indexes in passage.members:
            article = comparison.story.article(name)
            for index in indexes:
                p = article.paragraph(index)
                out.append((comparison.story.id, passage.id, passage.score, name, article.outlet, index, p.pid, p.text))
    return ("story", "passage", "score", "article", "outlet", "paragraph", "paragraph_id", "text"), out
