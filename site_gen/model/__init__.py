"""The records that pass between the stages. Read this package first, ``pipeline.py`` second.

capture ─→ content ─→ **Story** ─find→ **Annotated** ─match→ **Matches** ─compare→ **Comparison**
─render→ **Page**

All records are frozen, keyword-only and slotted, with tuples inside. Places are positions, never
copies of text: a paragraph is named by its ``index`` in its article, a span by ``start`` and
``end`` in characters (Unicode code points) of ``Paragraph.text``, half open, so that
``text[start:end]`` is what is quoted. The headline is paragraph ``HEADLINE``.
"""

from __future__ import annotations

from site_gen.model.article import (
    Article,
    Block,
    Content,
    Document,
    Draft,
    Found,
    LeftOut,
    Moment,
    Original,
    Paragraph,
    Ruling,
    Story,
    day_in_words,
)
from site_gen.model.basics import (
    HEADLINE,
    Absence,
    Bound,
    Consequence,
    ContentError,
    Hedge,
    LinkKind,
    Qualifier,
    Role,
    Verdict,
)
from site_gen.model.comparison import Cell, Comparison, Page, Place, Row, Statement
from site_gen.model.facts import Annotated, Date, Figure, Quotation
from site_gen.model.matches import (
    Change,
    Difference,
    Evidence,
    Link,
    Matches,
    Origin,
    Overlap,
    Passage,
    Segment,
    Step,
    Versions,
)
from site_gen.model.spans import DateValue, FigureValue, Interval, Value, can_both_be_true

__all__ = [
    "HEADLINE",
    "Absence",
    "Annotated",
    "Article",
    "Block",
    "Bound",
    "Cell",
    "Change",
    "Comparison",
    "Consequence",
    "Content",
    "ContentError",
    "Date",
    "DateValue",
    "Difference",
    "Document",
    "Draft",
    "Evidence",
    "Figure",
    "FigureValue",
    "Found",
    "Hedge",
    "Interval",
    "LeftOut",
    "Link",
    "LinkKind",
    "Matches",
    "Moment",
    "Origin",
    "Original",
    "Overlap",
    "Page",
    "Paragraph",
    "Passage",
    "Place",
    "Qualifier",
    "Quotation",
    "Role",
    "Row",
    "Ruling",
    "Segment",
    "Statement",
    "Step",
    "Story",
    "Value",
    "Verdict",
    "Versions",
    "can_both_be_true",
    "day_in_words",
]
