"""JSON Schemas (2020-12) that the site publishes: of ``data.json`` and of an article's front
matter."""

from __future__ import annotations

from typing import Any

from site_gen.model import Findings
from site_gen.render.records import schema_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: dict[str, Any] = {"type": "string"}
WHOLE: dict[str, Any] = {"type": "integer"}
NUMBER: dict[str, Any] = {"type": ["number", "null"]}
DAY: dict[str, Any] = {"type": ["string", "null"]}
FLAG: dict[str, Any] = {"type": "boolean"}


def _record(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """An object with exactly those properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(set(properties) - set(optional)),
        "additionalProperties": False,
    }


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_SPAN = {
    "paragraph": {"type": "integer", "minimum": -1},
    "start": WHOLE,
    "end": WHOLE,
    "text": TEXT,
}
_FIGURE = _record(
    {
        **_SPAN,
        "hedge": {"enum": ["exact", "about", "more_than", "less_than", "at_most", "order"]},
        "low": NUMBER,
        "high": NUMBER,
        "unit": TEXT,
        "counted": TEXT,
        "head": TEXT,
        "said_by": TEXT,
        "rule": TEXT,
        "reading": TEXT,
    }
)
_DATE = _record(
    {
        **_SPAN,
        "value": TEXT,
        "first": DAY,
        "last": DAY,
        "granularity": TEXT,
        "bound": {"enum": ["exact", "since", "until", "about"]},
        "said_by": TEXT,
        "rule": TEXT,
        "reading": TEXT,
    }
)
_QUOTATION = _record({**_SPAN, "speaker": TEXT, "role": TEXT, "statement": FLAG, "rule": TEXT})
_PARAGRAPH = _record(
    {"index": WHOLE, "id": TEXT, "role": {"enum": ["body", "heading", "caption"]}, "text": TEXT}
)
_ARTICLE = _record(
    {
        "id": TEXT,
        "outlet": TEXT,
        "headline": TEXT,
        "url": TEXT,
        "authors": _list(TEXT),
        "agency": TEXT,
        "published": DAY,
        "captured": DAY,
        "version_of": TEXT,
        "language": TEXT,
        "partial": FLAG,
        "rights": {"enum": ["own", "licensed", "third-party"]},
        "note": TEXT,
        "archive": _list(TEXT),
        "read": FLAG,
        "original": {
            "anyOf": [
                {"type": "null"},
                _record({"file": TEXT, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}}),
            ]
        },
        "left_out": _list(_record({"text": TEXT, "rule": TEXT})),
        "paragraphs": _list(_PARAGRAPH),
        "figures": _list(_FIGURE),
        "dates": _list(_DATE),
        "quotations": _list(_QUOTATION),
        "excerpt": FLAG,
        "key": _list(TEXT),
    }
)
_STATEMENT = _record(
    {
        "article": TEXT,
        **_SPAN,
        "hedge": TEXT,
        "low": {"type": ["number", "string", "null"]},
        "high": {"type": ["number", "string", "null"]},
        "unit": TEXT,
        "said_by": TEXT,
        "value": TEXT,
        "derived": TEXT,
        "apart": _list(_list({"type": "integer"})),
        "reading": TEXT,
        "speaker_ruled": FLAG,
    }
)
_VERDICT = {"enum": ["agree", "compatible", "conflict", "single"]}
_RULING = _record(
    {
        "verdict": TEXT,
        "same": _list(TEXT),
        "one_thing": FLAG,
        "different": FLAG,
        "right": FLAG,
        "label": TEXT,
        "note": TEXT,
        "reason": TEXT,
        "editor": TEXT,
        "date": TEXT,
        "response": TEXT,
    }
)
_ROW = _record(
    {
        "id": TEXT,
        "aliases": _list(TEXT),
        "kind": {"enum": ["figure", "date", "quotation"]},
        "label": TEXT,
        "verdict": _VERDICT,
        "shown": _VERDICT,
        "qualifier": {
            "enum": [
                "",
                "updated",
                "sources cited differ",
                "expected",
                "possibly the same thing",
                "words differ",
                "speakers differ",
            ]
        },
        "reason": TEXT,
        "rule": TEXT,
        "origins": WHOLE,
        "weight": {"type": "number"},
        "routine": {"type": "boolean"},
        "silent": {"type": "object", "additionalProperties": TEXT},
        "cells": _list(
            _record({"source": TEXT, "statements": _list(_STATEMENT), "was": _list(_STATEMENT)})
        ),
        "reviewed": FLAG,
        "lapsed": FLAG,
        "ruling": {"anyOf": [{"type": "null"}, _RULING]},
    }
)
_CHANGE = _record({
    "kind": TEXT, "before": _list(WHOLE), "after": _list(WHOLE), "consequence": TEXT,
    "details": _list(_record({"kind": TEXT, "before": TEXT, "after": TEXT})),
})  # fmt: skip

DATA_SCHEMA: dict[str, Any] = {
    "$schema": DIALECT,
    "title": "A story's comparison",
    "description": (
        "Places are an article's id, a paragraph's index (-1 is the headline), and start and end in"
        " characters; text[start:end] is what is quoted."
    ),
    **_record(
        {
            "generator": TEXT,
            "schema": {"const": 1},
            "rules": WHOLE,
            "story": _record(
                {"id": TEXT, "title": TEXT, "summary": TEXT, "date": DAY, "tags": _list(TEXT)}
            ),
            "on_findings": _list(_record({"finding": TEXT, "ruling": _RULING})),
            "review": _record(
                {
                    "done": WHOLE,
                    "total": WHOLE,
                    "editors": _list(TEXT),
                    "last": TEXT,
                    "not_shown": WHOLE,
                }
            ),
            "sources": _list(TEXT),
            "articles": _list(_ARTICLE),
            "links": _list(
                _record(
                    {
                        "a": TEXT,
                        "i": WHOLE,
                        "b": TEXT,
                        "j": WHOLE,
                        "score": {"type": "number"},
                        "kind": TEXT,
                        "spans": _list(_list(WHOLE)),
                        "evidence": _list(
                            _record(
                                {"name": TEXT, "weight": {"type": "number"}, "words": _list(TEXT)}
                            )
                        ),
                    }
                )
            ),
            "passages": _list(
                _record(
                    {
                        "id": TEXT,
                        "score": {"type": "number"},
                        "sure": {"type": "boolean"},
                        "reviewed": FLAG,
                        "members": {"type": "object", "additionalProperties": _list(WHOLE)},
                    }
                )
            ),
            "versions": _list(
                _record(
                    {
                        "captures": _list(TEXT),
                        "speaks": TEXT,
                        "steps": _list(
                            _record({"before": TEXT, "after": TEXT, "changes": _list(_CHANGE)})
                        ),
                    }
                )
            ),
            "origins": _list(_record({"id": TEXT, "sources": _list(TEXT), "evidence": TEXT})),
            "overlaps": _list(
                _record(
                    {
                        "a": TEXT,
                        "b": TEXT,
                        "share_of_a": {"type": "number"},
                        "share_of_b": {"type": "number"},
                    }
                )
            ),
            "lead": TEXT,
            "runners_up": _list(TEXT),
            "findings": schema_of(Findings),
            "rows": _list(_ROW),
        }
    ),
}

_MOMENT = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\d([T ]\d\d?:\d\d(:\d\d)?\s*(Z|[+-]\d\d:?\d\d))?$",
}
ARTICLE_SCHEMA: dict[str, Any] = {
    "$schema": DIALECT,
    "title": "Front matter of an article",
    **_record(
        {
            "outlet": TEXT,
            "headline": TEXT,
            "url": {"type": "string", "pattern": "^https?://"},
            "authors": {"anyOf": [TEXT, _list(TEXT)]},
            "agency": TEXT,
            "published": _MOMENT,
            "captured": _MOMENT,
            "version_of": TEXT,
            "original": _record(
                {"file": TEXT, "sha256": {"type": "string", "pattern": "^[0-9a-fA-F]{64}$"}}
            ),
            "left_out": _list(_record({"text": TEXT, "rule": TEXT})),
            "language": TEXT,
            "partial": FLAG,
            "rights": {"enum": ["own", "licensed", "third-party"]},
            "note": TEXT,
            "archive": {"anyOf": [TEXT, _list(TEXT)]},
        },
        optional=(
            "headline",
            "url",
            "authors",
            "agency",
            "published",
            "captured",
            "version_of",
            "original",
            "left_out",
            "language",
            "partial",
            "rights",
            "note",
            "archive",
        ),
    ),
}
