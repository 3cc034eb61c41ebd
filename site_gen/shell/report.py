"""What ``add`` tells of each capture, for people and as JSON: what came in, what was left out and
why, which value came from where."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from site_gen.shell.written import metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_gen.model import ContentError
    from site_gen.shell.add import Added

_WIDTH = 88


def say(item: Added, dry_run: bool) -> None:
    """Print the report of one capture; blocks of which the reader was not sure are marked with
    ``?``."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(_head(item, dry_run), markup=False)
    if item.version_of and not item.same_as:
        console.print(
            f"another capture of {item.version_of}.md, recognised by its text or address",
            markup=False,
        )
    if item.same_as:
        console.print("the same words as fetched before: nothing to do", markup=False)
        return
    if item.kept:
        _difference(console, item)
        return
    table = Table("what", "value", "from", box=None, pad_edge=False)
    found = metadata(item.draft, item.given)
    for key, value in sorted(found.items()):
        table.add_row(
            key,
            ", ".join(value.value) if isinstance(value.value, tuple) else value.value,
            value.where,
        )
    console.print(table)
    doubtful = [p.text for p in item.draft.paragraphs if p.text in item.draft.doubtful]
    if doubtful:
        unsure = Table("", "came in, but look at it", box=None, pad_edge=False)
        for text in doubtful:
            unsure.add_row("?", _short(text))
        console.print(unsure)
    if item.draft.left_out:
        left = Table("", "left out", "by the rule", box=None, pad_edge=False)
        for block in item.draft.left_out:
            left.add_row(
                "?" if block.text in item.draft.doubtful else "", _short(block.text), block.rule
            )
        console.print(left)
    _notes(console, item, found)


def say_all(added: Sequence[Added], errors: Sequence[ContentError], dry_run: bool) -> None:
    """Print the report of every capture, and of many one line: how many became what."""
    for item in added:
        say(item, dry_run)
    if len(added) + len(errors) > 1:
        _say_sum(added, errors, dry_run)


def _say_sum(added: Sequence[Added], errors: Sequence[ContentError], dry_run: bool) -> None:
    kept = sum(item.kept for item in added)
    versions = sum(bool(item.version_of) and not item.kept for item in added)
    new = len(added) - kept - versions
    parts = [
        f"{new} new",
        f"{versions} other captures of articles that are there" if versions else "",
        f"{kept} there already" if kept else "",
        f"{len(errors)} skipped" if errors else "",
    ]
    said = ", ".join(p for p in parts if p)
    Console(highlight=False, soft_wrap=True).print(
        f"{len(added) + len(errors)} captures: {said}{' (nothing was written)' if dry_run else ''}",
        markup=False,
    )


def _head(item: Added, dry_run: bool) -> str:
    roles = [p.role for p in item.draft.paragraphs]
    what = (
        "is there already, and stays as it is"
        if item.kept
        else "would be written"
        if dry_run
        else "written"
    )
    counts = (
        f"{_many(roles.count('body'), 'paragraph')}, {_many(roles.count('heading'), 'heading')},"
        f" {_many(roles.count('caption'), 'caption')}"
    )
    return f"{item.path}: {what} — {counts}, {_many(len(item.draft.left_out), 'block')} left out"


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _notes(console: Console, item: Added, found: dict[str, Any]) -> None:
    if "published" not in found:
        console.print(
            "published: not known, so words like “Thursday” cannot be resolved. Give it:"
            " --published 2031-05-03",
            style="yellow",
            markup=False,
        )
    for hint in item.hints:
        console.print(hint, style="yellow", markup=False)
    for trace in item.traces:
        console.print(
            f"the saved page holds what looks like {trace.kind} ({trace.shown}); the original stays"
            " on this machine, but do not pass it on unseen",
            style="yellow",
            markup=False,
        )
    if (item.given.rights or "third-party") == "third-party":
        console.print(
            "rights: third-party, written into the file; --rights own or licensed where that is so",
            markup=False,
        )


def _difference(console: Console, item: Added) -> None:
    """What adding anew would change in a file that a person may have edited."""
    lines = list(
        difflib.unified_diff(
            item.before.splitlines(),
            item.text.splitlines(),
            "as it is",
            "as read now",
            lineterm="",
            n=0,
        )
    )
    if not lines:
        console.print("the same capture, read to the same article: nothing to do", markup=False)
        return
    console.print(
        "the same capture; what you have edited is kept. --overwrite would change:", markup=False
    )
    for line in lines[2:]:
        if not line.startswith("@@"):
            console.print(
                f"  {line}", style="red" if line.startswith("-") else "green", markup=False
            )


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def as_json(items: list[Added], dry_run: bool) -> str:
    """The same for programs: one object a capture."""
    return json.dumps([_plain(item, dry_run) for item in items], ensure_ascii=False, indent=2)


def _plain(item: Added, dry_run: bool) -> dict[str, Any]:
    doubtful = item.draft.doubtful
    return {
        "file": str(item.path),
        "written": not (dry_run or item.kept),
        "source": item.source.name,
        "version_of": item.version_of,
        "metadata": {
            key: {
                "value": list(v.value) if isinstance(v.value, tuple) else v.value,
                "from": v.where,
            }
            for key, v in sorted(metadata(item.draft, item.given).items())
        },
        "paragraphs": [
            {"role": p.role, "text": p.text, "doubtful": p.text in doubtful}
            for p in item.draft.paragraphs
        ],
        "left_out": [
            {"rule": x.rule, "text": x.text, "doubtful": x.text in doubtful}
            for x in item.draft.left_out
        ],
        "original": {"file": item.original.file, "sha256": item.original.sha256},
        "traces": [{"kind": t.kind, "shown": t.shown} for t in item.traces],
        "hints": list(item.hints),
    }
