"""Data of a story: ``data.json`` and the CSV files beside it, the same model as the pages, places
as paragraph, start and end."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from site_gen import RULES_VERSION, __version__
from site_gen.language.units import rounded
from site_gen.model import Annotated, Comparison, Page, Row, Ruling, Statement
from site_gen.render.columns import plain
from site_gen.render.json_text import json_text
from site_gen.render.keys import key_rows
from site_gen.render.records import as_plain
from site_gen.render.tables import csvw, day, tables, to_csv

SCHEMA = 1
"""Version of the form of ``data.json``."""


def data_pages(comparison: Comparison, cut: Collection[str] = ()) -> tuple[Page, ...]:
    """``data.json`` and the CSV files of one story; ``cut`` are the articles that are excerpts."""
    story = comparison.story.id
    made = tables(comparison)
    body = json_text(as_json(comparison, cut)) + "\n"
    return (
        Page(path=f"{story}/data.json", data=body.encode()),
        *(Page(path=f"{story}/{name}.csv", data=to_csv(*table)) for name, table in made.items()),
        Page(path=f"{story}/csv-metadata.json", data=csvw(comparison.story.title)),
    )


def as_json(comparison: Comparison, cut: Collection[str] = ()) -> dict[str, Any]:
    """The whole comparison as plain values."""
    story, matches = comparison.story, comparison.matches
    return {
        "generator": f"site-gen {__version__}",
        "schema": SCHEMA,
        "rules": RULES_VERSION,
        "story": {
            "id": story.id,
            "title": story.title,
            "summary": story.summary,
            "date": plain(story.date),
            "tags": list(story.tags),
        },
        "on_findings": _on_findings(comparison),
        "review": _review(comparison),
        "sources": list(matches.sources),
        "articles": [
            _article(a)
            | {
                "excerpt": a.article.id in cut,
                "key": [r.id for r in key_rows(comparison, a.article.id)],
            }
            for a in comparison.annotated
        ],
        "links": [
            {
                "a": x.a,
                "i": x.i,
                "b": x.b,
                "j": x.j,
                "score": x.score,
                "kind": x.kind,
                "spans": [list(span) for span in x.spans or ()],
                "evidence": [
                    {"name": e.name, "weight": e.weight, "words": list(e.words)} for e in x.evidence
                ],
            }
            for x in matches.links
        ],
        "passages": [
            {
                "id": p.id,
                "score": p.score,
                "sure": p.sure,
                "reviewed": p.reviewed,
                "members": {a: list(i) for a, i in p.members},
            }
            for p in matches.passages
        ],
        "versions": [
            {
                "captures": list(v.captures),
                "speaks": v.speaks,
                "steps": [
                    {
                        "before": s.before,
                        "after": s.after,
                        "changes": [
                            {
                                "kind": c.kind,
                                "before": list(c.before),
                                "after": list(c.after),
                                "consequence": c.consequence,
                                "details": [
                                    {"kind": k, "before": x, "after": y} for k, x, y in c.details
                                ],
                            }
                            for c in s.changes
                        ],
                    }
                    for s in v.steps
                ],
            }
            for v in matches.versions
        ],
        "origins": [
            {"id": o.id, "sources": list(o.sources), "evidence": o.evidence}
            for o in matches.origins
        ],
        "overlaps": [
            {"a": o.a, "b": o.b, "share_of_a": o.share_of_a, "share_of_b": o.share_of_b}
            for o in matches.overlaps
        ],
        "lead": comparison.lead,
        "runners_up": list(comparison.runners_up),
        "findings": as_plain(comparison.findings),
        "rows": [_row(r) for r in comparison.rows],
    }


def _article(annotated: Annotated) -> dict[str, Any]:
    a = annotated.article
    return {
        "id": a.id,
        "outlet": a.outlet,
        "headline": a.headline,
        "url": a.url,
        "authors": list(a.authors),
        "agency": a.agency,
        "published": plain(a.published),
        "captured": plain(a.captured),
        "version_of": a.version_of,
        "language": a.language,
        "partial": a.partial,
        "rights": a.rights,
        "note": a.note,
        "archive": list(a.archive),
        "read": annotated.read,
        "original": {"file": a.original.file, "sha256": a.original.sha256} if a.original else None,
        "left_out": [{"text": x.text, "rule": x.rule} for x in a.left_out],
        "paragraphs": [
            {"index": p.index, "id": p.pid, "role": p.role, "text": p.text} for p in a.paragraphs
        ],
        "figures": [
            {
                "paragraph": f.paragraph,
                "start": f.start,
                "end": f.end,
                "text": f.text,
                "hedge": f.hedge,
                "low": f.low,
                "high": f.high,
                "unit": f.unit,
                "counted": f.counted,
                "head": f.head,
                "said_by": f.said_by,
                "rule": f.rule,
                "reading": f.reading,
            }
            for f in annotated.figures
        ],
        "dates": [
            {
                "paragraph": d.paragraph,
                "start": d.start,
                "end": d.end,
                "text": d.text,
                "value": d.value,
                "first": plain(d.first),
                "last": plain(d.last),
                "granularity": d.granularity,
                "bound": d.bound,
                "said_by": d.said_by,
                "rule": d.rule,
                "reading": d.reading,
            }
            for d in annotated.dates
        ],
        "quotations": [
            {
                "paragraph": q.paragraph,
                "start": q.start,
                "end": q.end,
                "text": q.text,
                "speaker": q.speaker,
                "role": q.role,
                "statement": q.statement,
                "rule": q.rule,
            }
            for q in annotated.quotations
        ],
    }


def _statement(statement: Statement, kind: str) -> dict[str, Any]:
    p = statement.place
    low, high = (day(v) if kind == "date" else rounded(v) for v in statement.ends)
    return {
        "article": p.article,
        "paragraph": p.paragraph,
        "start": p.start,
        "end": p.end,
        "text": statement.text,
        "hedge": statement.hedge,
        "low": low,
        "high": high,
        "unit": statement.unit,
        "said_by": statement.said_by,
        "value": statement.timex,
        "derived": statement.derived,
        "apart": [list(span) for span in statement.apart],
        "reading": statement.reading,
        "speaker_ruled": statement.speaker_ruled,
    }


def _row(row: Row) -> dict[str, Any]:
    ruling = row.ruling
    return {
        "id": row.id,
        "kind": row.kind,
        "label": row.label,
        "verdict": row.verdict,
        "qualifier": row.qualifier,
        "reason": row.reason,
        "rule": row.rule,
        "origins": row.origins,
        "weight": row.weight,
        "routine": row.routine,
        "silent": dict(row.silent),
        "shown": row.shown,
        "cells": [
            {
                "source": c.source,
                "statements": [_statement(s, row.kind) for s in c.statements],
                "was": [_statement(s, row.kind) for s in c.was],
            }
            for c in row.cells
        ],
        "aliases": list(row.aliases),
        "reviewed": row.reviewed,
        "lapsed": row.lapsed,
        "ruling": _ruling(ruling) if ruling else None,
    }


def _review(comparison: Comparison) -> dict[str, Any]:
    review = comparison.review
    return {
        "done": review.done,
        "total": review.total,
        "editors": list(review.editors),
        "last": review.last,
        "not_shown": comparison.withheld,
    }


def _on_findings(comparison: Comparison) -> list[dict[str, Any]]:
    return [{"finding": name, "ruling": _ruling(r)} for name, r in comparison.on_findings]


def _ruling(ruling: Ruling) -> dict[str, Any]:
    return {
        "verdict": ruling.verdict,
        "same": list(ruling.same),
        "one_thing": ruling.one_thing,
        "different": ruling.different,
        "right": ruling.right,
        "label": ruling.label,
        "note": ruling.note,
        "reason": ruling.reason,
        "editor": ruling.editor,
        "date": ruling.date,
        "response": ruling.response,
    }
