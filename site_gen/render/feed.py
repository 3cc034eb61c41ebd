"""Entries of the feed: a story as it appears, and each change of an article, with the change itself
in the entry."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from site_gen.model import Article, Change, Comparison, Moment, Step
from site_gen.model.message import say
from site_gen.render.links import story_page, versions_page
from site_gen.render.rows import section_of, verdict_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An entry: ``key`` is unique and does not change; ``updated`` is a time of RFC 3339, from the
    content, never the clock."""

    key: str
    title: str
    path: str
    updated: str
    html: str


def entries(comparison: Comparison) -> tuple[Entry, ...]:
    """The entries of a story; none where no article says when it was published or captured, or the
    story is not to be listed."""
    story = comparison.story
    moments = sorted(
        (m for a in story.articles for m in (a.published, a.captured) if m), key=lambda m: m.order
    )
    if not moments or story.noindex:
        return ()
    out = [
        Entry(
            key=f"{story.id}/",
            title=story.title,
            path=story_page(story.id),
            updated=rfc3339(moments[-1]),
            html=str(_rows(comparison)),
        ),
    ]
    for versions in comparison.matches.versions:
        for step in versions.steps:
            after = story.article(step.after)
            at = after.captured or after.published
            if step.changed and at:
                out.append(
                    Entry(
                        key=f"{story.id}/{versions.captures[0]}/{step.after}",
                        title=say(
                            "{outlet} changed: {headline}",
                            outlet=after.outlet,
                            headline=after.headline or story.title,
                        ),
                        path=versions_page(story.id, versions.speaks),
                        updated=rfc3339(at),
                        html=str(_changes(story.article(step.before), after, step)),
                    )
                )
    return tuple(out)


def rfc3339(moment: Moment) -> str:
    """A moment as the feed writes it; in UTC; a day without a clock time is its midnight."""
    return f"{moment.order}T00:00:00Z" if moment.time is None else f"{moment.order}Z"


def _rows(comparison: Comparison) -> Markup:
    """The summary, and the rows on which sources differ, a line each."""
    out = [Markup("<p>{}</p>").format(comparison.story.summary)] if comparison.story.summary else []
    lines = [
        Markup("<li><strong>{}</strong> ({}): {}</li>").format(
            r.label, verdict_words(r).lower(), r.why
        )
        for r in comparison.rows
        if r.kind != "quotation" and section_of(r) in ("differ", "noted")
    ]
    return Markup("").join([*out, Markup("<ul>"), *lines, Markup("</ul>")] if lines else out)


def _changes(before: Article, after: Article, step: Step) -> Markup:
    """What changed, weightiest first, words struck and inserted in one line."""
    return Markup("").join(_change(before, after, c) for c in step.changed)


def _change(before: Article, after: Article, change: Change) -> Markup:
    if not change.after:
        return Markup("<p><del>{}</del></p>").format(before.paragraph(change.before[0]).text)
    text = after.paragraph(change.after[0]).text
    if not change.before:
        return Markup("<p><ins>{}</ins></p>").format(text)
    if not change.segments:
        return Markup("<p>Moved: {}</p>").format(text)
    old, out = before.paragraph(change.before[0]).text, []
    for s in change.segments:
        if s.op == "equal":
            out.append(escape(text[s.b_start : s.b_end]))
        elif s.op == "delete":
            out.append(Markup("<del>{}</del> ").format(old[s.a_start : s.a_end].rstrip()))
        else:
            out.append(Markup("<ins>{}</ins> ").format(text[s.b_start : s.b_end].rstrip()))
    return Markup("<p>{}</p>").format(Markup("").join(out))
