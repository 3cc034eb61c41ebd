"""Views of an article: its paragraphs with their marks, who else has each, its key figures and
dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from site_gen.model import (
    HEADLINE,
    Annotated,
    Article,
    Comparison,
    Date,
    Figure,
    Moment,
)
from site_gen.model.message import count, day_in_words, joined, month_in_words, number_in_words, say
from site_gen.render.links import paragraph_page, passages_page
from site_gen.render.marks import Mark, marked

HEDGE_WORDS = {
    "exact": "",
    "about": say("about"),
    "more_than": say("more than"),
    "less_than": say("less than"),
    "at_most": say("at most"),
    "order": say("order of magnitude"),
    "until": say("until"),
    "since": say("since"),
}


NAMED = 4
"""Paragraphs of the same passage that a note names; the rest is on the page of the passages."""


def moment(at: Moment | None) -> str:
    """A moment as a reader writes it; empty where there is none."""
    return at.in_words if at else ""


def number_words(value: float | None) -> str:
    """A value with thousands separated by commas."""
    return "" if value is None else number_in_words(value)


def figure_words(figure: Figure) -> str:
    """A figure's value as arithmetic reads it."""
    unit = [_many(figure)] if figure.unit else []
    if figure.low is not None and figure.high is not None and figure.low != figure.high:
        ends = say("{low} to {high}", low=number_words(figure.low), high=number_words(figure.high))
        return joined(" ", [ends, *unit])
    value = number_words(figure.low if figure.low is not None else figure.high)
    return joined(" ", (part for part in (HEDGE_WORDS[figure.hedge], value, *unit) if part))


def _many(figure: Figure) -> str:
    """The unit's name, in the plural where the value asks for it; currency codes stay."""
    if figure.unit.isupper():
        return figure.unit
    number = 1 if figure.low == figure.high == 1 else 2
    head, _, rest = figure.unit.partition(" per ")
    told = count(head, plural_of(head), number)
    return say("{unit} per {other}", unit=told, other=say(rest)) if rest else told


def plural_of(unit: str) -> str:
    """The plural of a unit's name."""
    if unit.endswith(("s", "hertz", "horsepower", "percent", "celsius", "fahrenheit")):
        return unit.replace("degree ", "degrees ")
    head, _, last = unit.rpartition(" ")
    known = {"foot": "feet", "inch": "inches", "century": "centuries", "pound-foot": "pound-feet"}
    return f"{head} {known.get(last, last + 's')}".strip()


def date_words(date: Date) -> str:
    """A date's value as the calendar reads it."""
    if date.first is None or date.last is None:
        return date.value
    if date.first == date.last:
        return day_in_words(date.first)
    if date.granularity in ("year", "decade"):
        return (
            date.value if date.granularity == "year" else say("the {decade}0s", decade=date.value)
        )
    if date.granularity == "month":
        return month_in_words(date.first)
    return say("{low} to {high}", low=day_in_words(date.first), high=day_in_words(date.last))


def fact_marks(
    annotated: Annotated, figures: Sequence[str], dates: Sequence[str]
) -> dict[int, list[Mark]]:
    """The marks of each paragraph's figures, dates and quotations. ``figures`` and ``dates``: their
    values in words."""
    out: dict[int, list[Mark]] = {}
    for f, words in zip(annotated.figures, figures, strict=True):
        title: str = say("figure: {value}", value=words)
        out.setdefault(f.paragraph, []).append(Mark(f.start, f.end, "fig", title))
    for d, words in zip(annotated.dates, dates, strict=True):
        title = say("date: {value}", value=words)
        out.setdefault(d.paragraph, []).append(Mark(d.start, d.end, "date", title))
    for q in annotated.quotations:
        title = say("speaker not established") if q.statement else ""
        if q.speaker:
            title = say("said by {speaker}", speaker=q.speaker)
        out.setdefault(q.paragraph, []).append(Mark(q.start, q.end, "quote", title))
    return out


def place_words(article: Article, index: int) -> str:
    """ "¶ 3", or "headline". Paragraphs are numbered for readers from 1, all blocks counted."""
    return say("headline") if index == HEADLINE else f"¶ {index + 1}"


def place_link(story: str, article: Article, index: int) -> str:
    """The address of a paragraph."""
    return paragraph_page(story, article.id, article.paragraph(index))


def article_view(
    comparison: Comparison,
    annotated: Annotated,
    verdicts: Mapping[int, Sequence[Mark]],
    notes: Mapping[int, Sequence[Any]],
) -> dict[str, Any]:
    """Everything that an article's page shows. ``verdicts``: marks of a paragraph's values that
    others give too; ``notes``: what stands beside it."""
    article, story = annotated.article, comparison.story
    elsewhere = _elsewhere(comparison, article.id)
    figures = [figure_words(f) for f in annotated.figures]
    dates = [date_words(d) for d in annotated.dates]
    facts = fact_marks(annotated, figures, dates)
    return {
        "article": article,
        "headline": marked(article.headline, facts.get(HEADLINE, ())) if article.headline else "",
        "published": moment(article.published),
        "captured": moment(article.captured),
        "versions": comparison.matches.versions_of(article.id),
        "speaks": article.id in comparison.matches.sources,
        "read": annotated.read,
        "blocks": [
            {
                "p": p,
                "number": p.index + 1,
                "html": marked(p.text, [*facts.get(p.index, ()), *verdicts.get(p.index, ())]),
                "notes": notes.get(p.index, ()),
                "elsewhere": elsewhere.get(p.index),
            }
            for p in article.paragraphs
        ],
        "figures": [
            {
                "text": f.text,
                "paragraph": f.paragraph,
                "value": words,
                "counted": f.counted,
                "said_by": f.said_by,
                "rule": f.rule,
                "place": place_words(article, f.paragraph),
                "link": place_link(story.id, article, f.paragraph),
            }
            for f, words in zip(annotated.figures, figures, strict=True)
        ],
        "dates": [
            {
                "text": d.text,
                "paragraph": d.paragraph,
                "value": words,
                "bound": HEDGE_WORDS[d.bound],
                "said_by": d.said_by,
                "rule": d.rule,
                "place": place_words(article, d.paragraph),
                "link": place_link(story.id, article, d.paragraph),
            }
            for d, words in zip(annotated.dates, dates, strict=True)
        ],
    }


def _elsewhere(comparison: Comparison, article: str) -> Mapping[int, dict[str, Any]]:
    """For each paragraph of a source: the passage it stands in and the paragraphs of other sources
    there."""
    story, out = comparison.story, {}
    for passage in comparison.matches.passages:
        for index in passage.indexes(article):
            others = [
                {
                    "outlet": story.article(name).outlet,
                    "place": place_words(story.article(name), i),
                    "link": place_link(story.id, story.article(name), i),
                }
                for name, indexes in passage.members
                if name != article
                for i in indexes
            ]
            link = f"{passages_page(story.id, passage.page)}#{passage.id}"
            out[index] = {"link": link, "others": others[:NAMED], "more": len(others[NAMED:])}
    return out
