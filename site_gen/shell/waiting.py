"""What waits for an editor, for ``check``: findings that are not reviewed, decisions that hold no
more, rulings that name nothing. Shell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from site_gen.model import ContentError, Ruling, Story
from site_gen.shell.config import Config

if TYPE_CHECKING:
    from site_gen.pipeline import Machine

AT_THE_DESK = "review them on the desk: site-gen serve --desk"


def review_doubts(config: Config, story: Story) -> Iterator[ContentError]:
    """What an editor should look at in a story."""
    if not story.rulings and not config.review_required:
        return
    # with all finders: only where a story has rulings, or needs them
    from site_gen.compare.review import review_items, review_of
    from site_gen.pipeline import by_machine, ruled

    path = str(config.content / story.path)
    machine = by_machine(story)
    comparison = ruled(story, machine)
    items = review_items(comparison, machine.matches, machine.rows)
    for item in items:
        if item.lapsed and item.ruling:
            why = f"the decision on `{item.ruling.target[-1]}` holds no more: the texts changed"
            yield ContentError(path, item.ruling.line, why, "decide again on the desk")
    named = {i.id for i in items}
    for ruling, name in lost(story, machine, named):
        why = f"the ruling on `{name}` names nothing any more: its text changed"
        yield ContentError(path, ruling.line, why, "take it out, or decide again on the desk")
    review = review_of(items, story.rulings)
    if config.review_required and review.waiting:
        what = "finding waits" if review.waiting == 1 else "findings wait"
        why = f"{review.waiting} of {review.total} {what} for review, and so is not published"
        if review.waiting > 1:
            why = why.replace("so is not", "so are not")
        yield ContentError(path, 0, why, AT_THE_DESK)


def lost(story: Story, machine: Machine, findings: set[str]) -> Iterator[tuple[Ruling, str]]:
    """The rulings of the desk (they keep the words that they are about) that name nothing any more,
    with the name."""
    from site_gen.compare.rulings import unknown_rulings
    from site_gen.pipeline import gone

    for ruling, name in (*unknown_rulings(machine.rows, story.rulings), *gone(story, machine)):
        if ruling.of:
            yield ruling, name
    for ruling in story.rulings:
        if ruling.finding and ruling.finding not in findings:
            yield ruling, ruling.finding
