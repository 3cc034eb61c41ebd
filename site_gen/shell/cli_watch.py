"""The command that looks at what was captured again: refresh."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_gen.shell.terminal import Progress, config_options, fail, fault_at, read_config

if TYPE_CHECKING:
    from site_gen.shell.refresh import Refreshed


@click.command()
@click.argument("stories", nargs=-1, metavar="[STORY...]")
@click.option(
    "--since",
    default="",
    metavar="DAY|Nd",
    help="Only articles published or captured since: 2031-05-03, or 14d for two weeks.",
)
@click.option("--dry-run", is_flag=True, help="Fetch, say what changed, and write nothing.")
@click.option("--strict", is_flag=True, help="Exit code 1 where an address gives no article.")
@click.option(
    "--private", is_flag=True, help="Addresses of this machine and of local networks are meant."
)
@click.option("--json", "as_json", is_flag=True, help="The report for programs.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what changed or failed.")
@config_options
def refresh(
    stories: tuple[str, ...],
    since: str,
    dry_run: bool,
    strict: bool,
    private: bool,
    as_json: bool,
    quiet: bool,
    config_file: Path | None,
    content: Path | None,
) -> None:
    """Fetch the articles' addresses again, and add a version where the text changed.

    All stories, or those that are named. Changed furniture of a page is no version. Where an
    address fails, shows a paywall or another text, it is said, and nothing of it is written.

    \b
    Examples:
      site-gen refresh
      site-gen refresh ferry-grounding --dry-run
      site-gen refresh --since 14d --json
    """
    import logging

    from site_gen.model import ContentError
    from site_gen.shell import refresh as again
    from site_gen.shell.add import write
    from site_gen.shell.cli_content import polite_client

    logging.disable(logging.CRITICAL)
    config = read_config(config_file, content)
    try:
        day = again.parse_since(since, dt.date.today()) if since else None
    except (ValueError, OverflowError):
        mend = "write a day, 2031-05-03, or a number of days, 14d"
        fail([fault_at("--since", f"`{since}` is no day", mend)])
    wanted, errors = again.due(config.content, stories, day)
    if errors:
        fail(errors)
    progress = Progress(quiet or as_json)
    found = list(again.refresh(wanted, polite_client(config, private), config.rules, progress))
    progress.stop()
    if not dry_run:
        try:
            write([r.added for r in found if r.added])
        except ContentError as fault:
            fail([fault])
    if as_json:
        click.echo(again.as_json(found, dry_run))
    else:
        _say(found, dry_run, quiet)
    if strict and any(r.state == "failed" for r in found):
        sys.exit(1)


def _say(found: list[Refreshed], dry_run: bool, quiet: bool) -> None:
    for r in found:
        name = f"{r.story}/{r.article}"
        if r.state == "failed":
            click.echo(f"{click.style('failed', fg='yellow')} {name}: {r.url}: {r.why}", err=True)
            click.echo(f"    hint: {r.hint}", err=True)
        elif r.added:
            what = "would be written" if dry_run else "written"
            click.echo(f"{click.style('changed', fg='green')} {name}: {r.added.path} {what}")
        elif not quiet:
            click.echo(f"unchanged {name}")
    if not quiet:
        counts = {s: sum(r.state == s for r in found) for s in ("changed", "unchanged", "failed")}
        said = ", ".join(f"{n} {s}" for s, n in counts.items() if n)
        click.echo(
            f"{len(found)} articles with an address: {said}"
            if found
            else "no article has an address (`url`) to look at"
        )
