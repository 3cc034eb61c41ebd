"""The command line: words in, words out. Heavy modules are imported in the command that uses
them."""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_gen import __version__
from site_gen.shell.cli_cache import cache
from site_gen.shell.cli_content import add, explain, new, remove_command
from site_gen.shell.cli_group import group_command
from site_gen.shell.cli_init import init
from site_gen.shell.cli_rulings import rulings
from site_gen.shell.cli_serve import serve
from site_gen.shell.cli_watch import publish, refresh
from site_gen.shell.terminal import (
    Group,
    Progress,
    config_options,
    counted,
    fail,
    fault_at,
    read_config,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_gen.model import ContentError
    from site_gen.shell.build import Built
    from site_gen.shell.config import Config
    from site_gen.shell.workers import Workers


@click.group(
    cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="site-gen")
def main() -> None:
    """Static sites that show, side by side, how several outlets told the same event.

    \b
    A day with it:
      site-gen init my-site --name "Our desk"; cd my-site
      site-gen new ferry-grounding --title "Ferry runs aground off Cape Marrow"
      site-gen add ferry-grounding https://courier.example/ferry-aground saved-page.html
      site-gen serve       preview on 127.0.0.1, follows every edit
      site-gen check       everything wrong or doubtful, with file and line
      site-gen build       the site, in site/
      site-gen publish     to a branch of its repository
      site-gen refresh     fetch the articles again: what did they change?
    """


for command in (init, new, add, remove_command, refresh, serve):
    main.add_command(command)


def _profiled(make: Callable[[], Built]) -> tuple[Built, str]:
    """What is built, and where the time went."""
    from site_gen.shell.profile import profiled

    return profiled(make)


def _build(
    config: Config, workers: Workers, quiet: bool, as_json: bool, cached: bool, profile: bool
) -> None:
    """Build, and tell what was built; faults end the program."""
    import gc
    import signal

    from site_gen.model import ContentError
    from site_gen.shell.build import build, faults
    from site_gen.shell.cache import opened
    from site_gen.shell.workers import RARELY

    gc.set_threshold(*RARELY)
    progress = Progress(quiet or as_json)
    # as by Ctrl-C: what is half written goes
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    make = partial(
        build,
        config,
        1 if profile else workers,
        progress,
        lambda words: click.echo(words, err=True),
        opened(config.home, used=cached),
    )
    try:
        built, table = _profiled(make) if profile else (make(), "")
    except (ContentError, ExceptionGroup) as fault:
        progress.stop()
        found = list(faults(fault))
        if not found:
            raise
        fail(found)
    except OSError as fault:
        progress.stop()
        fail(
            [
                fault_at(
                    str(fault.filename or config.out),
                    f"cannot be written ({fault.strerror or fault})",
                    "look at its rights and the free space",
                )
            ]
        )
    _tell_built(config, built, progress.stop(), quiet, as_json)
    if table:
        click.echo(f"\n{table}", err=True)


def _tell_built(config: Config, built: Built, seconds: float, quiet: bool, as_json: bool) -> None:
    """What was built, in the form that was asked for."""
    if as_json:
        counts = {"stories": built.stories, "pages": built.pages, "files": built.files}
        click.echo(json.dumps({"site": str(config.out), **counts, "seconds": round(seconds, 2)}))
    elif not quiet:
        same = "nothing changed: " if built.unchanged else ""
        files = f"{built.pages} pages, {built.files} files"
        stories = counted(built.stories, "story", "stories")
        click.echo(f"{config.out}: {same}{stories}, {files} in {seconds:.1f} s")


@main.command("check")
@config_options
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="OLD_SITE",
    help="List the verdicts that changed since this earlier build, with why.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="For people, for programs, or as marks in the files of a pull request.",
)
@click.option("--strict", is_flag=True, help="What is doubtful counts as a fault, too.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but faults.")
def check_command(
    config_file: Path | None,
    content: Path | None,
    against: Path | None,
    form: str,
    strict: bool,
    quiet: bool,
) -> None:
    """Everything wrong or doubtful in the content, with file, line and how to mend it.

    The exit code is 1 where something is wrong, with --strict also where something is doubtful: an
    article that shares nothing with the others, a day that its own date line contradicts, a
    language that does not exist, names too long to be read. With --against, also each row that
    several sources share whose verdict is another than in an earlier build: after an edit, a new
    article or an upgrade. That is news and no fault: the exit code stays 0.

    \b
    Examples:
      site-gen check
      site-gen check --strict --format github
      cp -r site old-site; git pull; site-gen check --against old-site
    """
    from site_gen.shell.cache import opened
    from site_gen.shell.check import check
    from site_gen.shell.checked import all_doubts

    config = read_config(config_file, content)
    gathered, errors = check(config, opened(config.home, new=False))
    doubtful = all_doubts(config, gathered)
    _say_found(errors, doubtful, form, quiet)
    if errors or (strict and doubtful):
        sys.exit(1)
    quiet = quiet or form != "text"
    if not quiet:
        articles = sum(len(s.articles) for s in gathered.content.stories)
        click.echo(
            f"{config.content}: {counted(len(gathered.content.stories), 'story', 'stories')},"
            f" {counted(articles, 'article', 'articles')},"
            f" {counted(len(gathered.content.documents), 'page', 'pages')}; no faults"
            f"{f', {len(doubtful)} doubtful' if doubtful else ''}."
        )
    if against is not None:
        from site_gen.shell.build import since

        found, errors = since(config, gathered, against)
        if errors:
            fail(errors)
        for change in found:
            click.echo(str(change))
        if not quiet:
            click.echo(
                f"{len(found)} {'verdict' if len(found) == 1 else 'verdicts'} changed since the"
                f" build in {against}."
            )


def _say_found(
    errors: list[ContentError], doubtful: list[ContentError], form: str, quiet: bool
) -> None:
    """What check found, in the form that was asked for."""
    from site_gen.shell.checked import Level, told

    if form == "text":
        tell(() if quiet else doubtful)
        if errors:
            fail(errors)
        return
    found: list[tuple[Level, ContentError]] = [("error", e) for e in errors]
    found += [("warning", d) for d in doubtful if not quiet]
    if found or form == "json":
        click.echo(told(found, form))


@main.command()
@config_options
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder of the site, in place of `site_dir`."
)
@click.option(
    "--jobs", default=0, type=click.IntRange(0, 256), help="Worker processes. [one a core]"
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Have the stories made by the workers of a dask cluster: tcp://host:8786.",
)
@click.option("--full", is_flag=True, help="Publish third-party articles whole, not as excerpts.")
@click.option(
    "--no-cache", is_flag=True, help="Make everything anew, and keep nothing for the next time."
)
@click.option(
    "--profile", is_flag=True, help="Tell where the time goes, by stage; one process alone."
)
@click.option("--json", "as_json", is_flag=True, help="What was built, for programs.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but faults.")
def build(
    config_file: Path | None,
    content: Path | None,
    out: Path | None,
    jobs: int,
    cluster: str | None,
    full: bool,
    no_cache: bool,
    profile: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Build the site. The old one is replaced only when the new one is whole.

    What was made before and did not change is taken from .site-gen-cache/, beside the
    configuration; with the same content and settings the bytes are the same either way.

    \b
    Examples:
      site-gen build
      site-gen build -f mkdocs.yml --out public
      site-gen build --content my-stories --out /tmp/site
      site-gen build --no-cache --profile
      site-gen build --cluster tcp://scheduler.example.org:8786
    """
    from dataclasses import replace

    config = read_config(config_file, content, out)
    config = replace(config, full_text=True) if full else config
    workers: Workers = jobs or os.cpu_count() or 1
    if cluster and not profile:
        from site_gen.shell.cluster import pool_of

        workers = pool_of(cluster, config.templates)
    _build(config, workers, quiet, as_json, not no_cache, profile)


for command in (publish, explain, rulings, cache, group_command):
    main.add_command(command)
