"""The command that proposes stories from a pile of articles: group."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_gen.shell.terminal import Progress, config_options, counted, fail, read_config, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from site_gen.group.pile import Item
    from site_gen.model import ContentError
    from site_gen.shell.config import Config
    from site_gen.shell.piles import Piece, Proposal

SHOWN = 8
"""Articles of a proposal that are listed; --json lists all."""


@click.command("group")
@click.argument("pile", nargs=-1, required=True, type=click.Path(path_type=Path))
@config_options
@click.option(
    "--window",
    default=7,
    show_default=True,
    type=click.IntRange(0, 3650),
    help="Days between two reports of one event, at most.",
)
@click.option("--apply", "applied", is_flag=True, help="Write the stories into the content folder.")
@click.option("--only", multiple=True, metavar="STORY", help="Of the proposals, write these alone.")
@click.option("--json", "as_json", is_flag=True, help="The proposals, for programs.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but faults.")
def group_command(
    pile: tuple[Path, ...],
    config_file: Path | None,
    content: Path | None,
    window: int,
    applied: bool,
    only: tuple[str, ...],
    as_json: bool,
    quiet: bool,
) -> None:
    """Propose stories from unsorted articles: which of them report the same event.

    A pile is files or folders of articles: Markdown with front matter, plain text, and .jsonl with
    a text on each line and, where known, outlet, published, headline, url. Stories that are there
    already take new articles. Nothing is written without --apply, and the pile stays as it is; look
    at a proposal before you write it: a machine errs on events that are told alike.

    \b
    Examples:
      site-gen group inbox/
      site-gen group feed.jsonl --window 3 --json
      site-gen group inbox/ --apply --only ferry-marrow-aground
    """
    from site_gen.shell import piles

    config = read_config(config_file, content)
    _refuse(map(str, (p for p in pile if not p.exists())), "there is no such file or folder")
    errors: list[ContentError] = []
    progress = Progress(quiet or as_json)
    read, gone = piles.once(_read(config, pile, errors, progress))
    proposals, alone = piles.propose(read, window, lambda n, of: progress(n, of, "comparing"))
    progress.stop()
    tell(errors)
    _refuse(sorted(set(only) - {p.id for p in proposals}), "there is no such proposal")
    chosen = [p for p in proposals if not only or p.id in only]
    count = counted(sum(not p.story for p, _ in read), "article", "articles")
    stories = counted(len(proposals), "story", "stories")
    again = f"; {gone} more are there already" if gone else ""
    told = f"{count}: {stories}, {counted(len(alone), 'article', 'articles')} alone{again}."
    _say(chosen, told, quiet, as_json)
    if applied:
        _apply(config.content, chosen, quiet or as_json)
    if errors:
        sys.exit(1)


def _refuse(names: Iterable[str], why: str) -> None:
    """End the program where there are such names."""
    from site_gen.model import ContentError

    if faults := [ContentError(name, 0, why, "look at its spelling") for name in names]:
        fail(faults)


def _say(chosen: list[Proposal], count: str, quiet: bool, as_json: bool) -> None:
    """The proposals, in the form that was asked for."""
    if as_json:
        click.echo(json.dumps([_plain(p) for p in chosen], ensure_ascii=False, indent=1))
    elif not quiet:
        for proposal in chosen:
            click.echo(_told(proposal))
        click.echo(count)


def _read(
    config: Config, pile: tuple[Path, ...], errors: list[ContentError], progress: Progress
) -> Iterator[tuple[Piece, Item]]:
    """The articles that stories have, then those of the pile."""
    from site_gen.shell import piles
    from site_gen.shell.gather import gather

    if config.content.is_dir():
        yield from piles.of_stories(config.content, gather(config).content)
    for n, found in enumerate(piles.read_pile(pile, errors), 1):
        progress(n, n, "reading")
        yield found


def _apply(content: Path, chosen: list[Proposal], quiet: bool) -> None:
    from site_gen.shell import piles
    from site_gen.shell.files import unreadable

    if faults := piles.faults_of(chosen):
        fail(faults)
    try:
        written = piles.write(content, chosen)
    except OSError as fault:
        fail([unreadable(str(fault.filename or content), fault)])
    if not quiet:
        click.echo(f"{len(written)} files written below {content}. Next: site-gen check")


def _told(proposal: Proposal) -> str:
    """A proposal for people: its articles, oldest first, and why."""
    kind = "takes" if proposal.known else "new story"
    new = proposal.new
    days = sorted(p.day for p in proposal.pieces if p.day)
    span = f", {days[0]} to {days[-1]}" if days and days[0] != days[-1] else ""
    span = span or (f", {days[0]}" if days else "")
    lines = [f"{proposal.id}: {kind}, {len(new)} new of {len(proposal.pieces)} articles{span}"]
    lines.append(f"    they share: {', '.join(proposal.words) or 'no rare word; look closely'}")
    for piece in new[:SHOWN]:
        said = " · ".join(x for x in (piece.said.get("outlet"), piece.said.get("headline")) if x)
        lines.append(f"    {piece.name}" + (f"  {said[:80]}" if said else ""))
    if len(new) > SHOWN:
        lines.append(f"    and {len(new) - SHOWN} more")
    return "\n".join(lines)


def _plain(proposal: Proposal) -> dict[str, Any]:
    def piece(item: Piece) -> dict[str, Any]:
        day = item.day.isoformat() if item.day else None
        return {"name": item.name, "story": item.story, "day": day, **item.said}

    return {
        "id": proposal.id,
        "known": proposal.known,
        "share": list(proposal.words),
        "articles": [piece(p) for p in proposal.pieces],
    }
