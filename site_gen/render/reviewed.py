"""What a page says of its review: who looked at a finding and when, or that nobody did."""

from __future__ import annotations

from site_gen.model import Comparison, Row, Ruling
from site_gen.model.message import and_list, count, day_in_words, joined, say
from site_gen.yaml_lines import parse_moment


def day_told(day: str) -> str:
    """A ruling's day as a page says it; as it stands where it is no day."""
    try:
        return day_in_words(parse_moment(day).day)
    except ValueError:
        return day


def review_words(ruling: Ruling | None, *, lapsed: bool = False, silent: bool = False) -> str:
    """Whether an editor has reviewed a finding. ``silent``: the page also says of some sources that
    they do not have it, which an editor who saw the others' words has not looked for."""
    told = _reviewed(ruling, lapsed=lapsed)
    if silent and not lapsed and ruling is not None and ruling.decides:
        return joined(" ", [told, say("That others do not say it is the machine’s word.")])
    return told


def _reviewed(ruling: Ruling | None, *, lapsed: bool) -> str:
    if lapsed:
        return say("An editor ruled on this before the texts changed: it waits for review again.")
    if ruling is None or not ruling.decides:
        return say("Machine, unreviewed.")
    if ruling.editor and ruling.date:
        day = day_told(ruling.date)
        return say("Reviewed by {editor} on {day}.", editor=ruling.editor, day=day)
    if ruling.editor:
        return say("Reviewed by {editor}.", editor=ruling.editor)
    return say("Reviewed by an editor.")


def editors_word(comparison: Comparison, finding: str, *, silent: bool = False) -> str:
    """What an editor says of a finding beyond the rows: that it is reviewed, and any note; empty
    where nobody said anything. ``silent`` as with :func:`review_words`."""
    ruling = comparison.ruling(finding)
    if ruling is None:
        return ""
    parts = [review_words(ruling, silent=silent)] if ruling.decides else []
    parts += [w for w in (ruling.reason or ruling.note,) if w]
    if ruling.response:
        parts.append(say("Response of an outlet: {words}", words=ruling.response))
    return joined(" ", parts)


def row_review(row: Row) -> str:
    """The same of a row."""
    silent = any(why == "not mentioned" for _, why in row.silent)
    return review_words(row.ruling, lapsed=row.lapsed, silent=silent)


def story_review(comparison: Comparison) -> str:
    """How far a story is reviewed: by whom, when last, and how many of its findings."""
    review = comparison.review
    if not review.total:
        return ""
    if not review.done:
        return count(
            "Machine, unreviewed: {n} finding", "Machine, unreviewed: {n} findings", review.total
        )
    who = and_list(list(review.editors)) if review.editors else say("an editor")
    told = say("{n} of {total} findings", n=review.done, total=review.total)
    if not review.waiting:
        told = count(
            "{n} finding over several sources",
            "all {n} findings over several sources",
            review.total,
        )
    if not review.last:
        return say("Reviewed by {editor}: {findings}", editor=who, findings=told)
    day = day_told(review.last)
    return say("Reviewed by {editor} on {day}: {findings}", editor=who, day=day, findings=told)


def left_out(comparison: Comparison) -> str:
    """What is not published because it waits; empty where nothing is."""
    if not comparison.withheld:
        return ""
    return count(
        "{n} finding waits for an editor’s review and is not shown.",
        "{n} findings wait for an editor’s review and are not shown.",
        comparison.withheld,
    )
