"""The commands that keep a site up to date: refresh and publish."""

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
            f"{len(found)} {'article' if len(found) == 1 else 'articles'} with an address: {said}"
            if found
            else "no article has an address (`url`) to look at"
        )


@click.command()
@click.option("--remote", default="", help="The git remote. [`remote_name`, or origin]")
@click.option("--branch", default="", help="Its branch. [`remote_branch`, or gh-pages]")
@click.option(
    "--message", "-m", default="Publish the site", show_default=True, help="The commit's."
)
@click.option("--no-history", is_flag=True, help="One commit, without those before it.")
@click.option("--cname", default="", help="The site's own host name; what is there stays.")
@click.option("--force", is_flag=True, help="Also over a branch that holds something else.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and push nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report for programs.")
@click.option(
    "--site", type=click.Path(path_type=Path), help="The built site, in place of `site_dir`."
)
@config_options
def publish(
    remote: str,
    branch: str,
    message: str,
    no_history: bool,
    cname: str,
    force: bool,
    dry_run: bool,
    as_json: bool,
    site: Path | None,
    config_file: Path | None,
    content: Path | None,
) -> None:
    """Push the built site to a branch of its repository, for GitHub Pages and its like.

    It is refused where the site is older than the content, where the branch holds something else,
    and where somebody else published meanwhile. Your files and branches stay as they are.

    \b
    Examples:
      site-gen build
      site-gen publish --dry-run
      site-gen publish --branch pages --no-history
    """
    import json

    from site_gen.model import ContentError
    from site_gen.shell import publish as publishing
    from site_gen.shell.build import template_folders
    from site_gen.shell.check import check
    from site_gen.shell.stamp import stamp

    config = read_config(config_file, content, site)
    if config.within:
        why = f"the stories are the part `{config.within}/` of another site, which would be lost"
        fail([ContentError(str(config.path), 0, why, "publish that site: mkdocs gh-deploy")])
    gathered, errors = check(config)
    if errors:
        fail(errors)
    target = publishing.Target(
        remote=remote or config.remote,
        branch=branch or config.branch,
        message=message,
        history=not no_history,
        cname=cname,
    )
    try:
        now = stamp(config, gathered, template_folders(config))
        done = publishing.publish(
            config.out, config.home, target, now, dry_run=dry_run, force=force
        )
    except ContentError as fault:
        fail([fault])
    where = f"{target.remote}/{target.branch}"
    counts = {"added": done.added, "changed": done.changed, "removed": done.removed}
    if as_json:
        said = {"branch": where, "commit": done.commit, "pushed": not (dry_run or done.nothing)}
        click.echo(json.dumps({**said, **counts}))
    elif done.nothing and target.history:
        click.echo(f"{where} has this site already")
    else:
        words = ", ".join(f"{n} {what}" for what, n in counts.items())
        click.echo(f"{where}: {'would be pushed' if dry_run else 'pushed'} ({words} files)")
