"""``site-gen check``: everything that a build would complain about. Shell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from site_gen.model import ContentError, Row, Ruling, Story
from site_gen.shell.cache import NO_CACHE, Cache, key_of
from site_gen.shell.config import Config
from site_gen.shell.gather import Gathered, gather
from site_gen.shell.kept_pages import remembered
from site_gen.shell.look import theme_faults, words_of

if TYPE_CHECKING:
    from site_gen.pipeline import Machine


def check(
    config: Config, cache: Cache = NO_CACHE, *, rulings: bool = True
) -> tuple[Gathered, list[ContentError]]:
    """Everything that a build would complain about; what was found of a story before comes from the
    ``cache``. Without ``rulings``, those are looked at only where something else is wrong: who
    renders the stories has to compare them anyway, and meets :class:`workers.Unruly`."""
    gathered = gather(config, cache)
    errors = [*gathered.errors, *words_of(config)[1], *theme_faults(config, gathered.files)]
    if rulings or errors:
        errors += faults_of_rulings(config, gathered, cache)
    return gathered, sorted(errors, key=lambda e: e.key)


def faults_of_rulings(
    config: Config, gathered: Gathered, cache: Cache = NO_CACHE
) -> list[ContentError]:
    """The faults of the rulings of all stories; what was found before comes from the ``cache``."""
    found: list[ContentError] = []
    for story in gathered.content.stories:
        if story.rulings:
            place = str(config.content / story.path)
            key = gathered.keys.get(story.id)
            found += remembered(
                cache,
                key_of("rulings", key, place) if key else "",
                partial(_compared_and_checked, story, place),
            )
    return sorted(found, key=lambda e: e.key)


def _compared_and_checked(story: Story, path: str) -> list[ContentError]:
    from site_gen.pipeline import by_machine  # with all finders: only where a story has rulings

    return ruling_faults(story, by_machine(story), path)


def ruling_faults(story: Story, machine: Machine, path: str) -> list[ContentError]:
    """The rulings of a story that name what the machine did not find in it, or that cannot be read.
    ``path``: that of the story's file, as it is told."""
    if not story.rulings:
        return []
    from site_gen.compare.rulings import unknown_rulings
    from site_gen.pipeline import gone, misread

    rows = machine.rows
    return [
        *(
            ContentError(
                path,
                r.line,
                f"the ruling names `{name}`, which is no row of this story",
                _nearest_row(rows, r, name),
            )
            for r, name in unknown_rulings(rows, story.rulings)
            if not r.of
        ),
        *(
            ContentError(
                path,
                r.line,
                f"the ruling names `{name}`, which is nothing of this story",
                "its text may have changed: take the ruling out, or rule anew on the desk",
            )
            for r, name in gone(story, machine)
            if not r.of
        ),
        *(ContentError(path, r.line, why, hint) for r, why, hint in misread(story, machine)),
    ]


def _nearest_row(rows: Sequence[Row], ruling: Ruling, name: str) -> str:
    from site_gen.compare.rulings import nearest_row

    row = nearest_row(rows, ruling, name)
    if row is None:
        return (
            "the story's page shows the id of each row; take the ruling out where its row is gone"
            " for good"
        )
    values = "; ".join(c.statements[0].text for c in row.cells)
    return f"did you mean `{row.id}` (“{row.label}”: {values})?"
