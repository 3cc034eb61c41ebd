"""The command that shows the site while it is made: serve."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_gen.shell.terminal import (
    Progress,
    config_options,
    fail,
    fault_at,
    load,
    read_config,
    tell,
)

if TYPE_CHECKING:
    from site_gen.shell.config import Config
    from site_gen.shell.preview import Preview, State

MISSING = "the preview needs an extra"


@click.command()
@config_options
@click.option(
    "--port",
    default=8000,
    type=click.IntRange(0, 65535),
    show_default=True,
    help="The port; the next free one where it is taken.",
)
@click.option("--open", "opens", is_flag=True, help="Open it in the browser.")
@click.option("--desk", "at_desk", is_flag=True, help="Open the review desk in the browser.")
@click.option(
    "--editor", default="", metavar="NAME", help="Who decides on the desk. [git's user.name]"
)
@click.option("--no-watch", is_flag=True, help="Build once, and do not look for changes.")
@click.option(
    "--jobs", default=0, type=click.IntRange(0, 256), help="Worker processes. [one a core]"
)
def serve(
    config_file: Path | None,
    content: Path | None,
    port: int,
    opens: bool,
    at_desk: bool,
    editor: str,
    no_watch: bool,
    jobs: int,
) -> None:
    """Show the site on 127.0.0.1, for this machine only, and follow every edit. Ctrl-C stops it.

    An edit of content, templates or mkdocs.yml is in the open browser at once; a fault is shown
    over the last good page, with file, line and how to mend it. Texts are whole here, and what
    publishing leaves out is marked. Of the preview, nothing is written to disk.

    The desk (the second link) shows each finding with its sentences; what is decided there is
    written into the story's front matter at once, in the editor's name.

    \b
    Examples:
      site-gen serve --open
      site-gen serve --port 8123
      site-gen serve --desk --editor "L. Fisk"
    """
    try:
        from site_gen.shell.preview import Preview
        from site_gen.shell.reviewing import Reviewing
        from site_gen.shell.serve import base_of, bound, server
    except ImportError:
        fail([fault_at("serve", MISSING, "pip install 'site-gen[serve]'")])
    # a shell starts what runs in the background with this signal ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    config = read_config(config_file, content)
    preview = Preview(reload=lambda: load(config_file, content, None), jobs=jobs or _cores())
    progress = Progress(False)
    state = preview.build(progress)
    seconds = progress.stop()
    try:
        socket = bound(port)
    except OSError as fault:
        why = f"cannot be used ({fault.strerror or fault})"
        fail([fault_at(f"--port {port}", why, "choose another port")])
    _say_state(state, seconds)
    _say_what_is_withheld(config)
    at = f"http://127.0.0.1:{socket.getsockname()[1]}{base_of(config.url)}"
    if port and socket.getsockname()[1] != port:
        click.echo(f"port {port} is taken")
    import secrets

    token = secrets.token_urlsafe(24)
    desk = f"{at}desk/?token={token}"
    click.echo(f"Preview: {at}  (Ctrl-C stops it)")
    click.echo(f"Desk:    {desk}")
    sys.stdout.flush()
    if not no_watch:
        preview.watch(_say_state)
    if opens or at_desk:
        click.launch(desk if at_desk else at)
    reviewing = Reviewing(
        preview=preview,
        editor=" ".join(editor.split()) or _git_name(config),
        today=lambda: dt.date.today().isoformat(),
    )
    _run(server(preview, reviewing, token), socket, preview)


def _git_name(config: Config) -> str:
    """The name that git writes beside changes of the site; empty where it has none."""
    try:
        done = subprocess.run(
            ["git", "config", "user.name"],
            cwd=config.home if config.home.is_dir() else None,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return " ".join(done.stdout.split())


def _cores() -> int:
    return os.cpu_count() or 1


def _run(running: object, socket: object, preview: Preview) -> None:
    """Serve until a signal; the end is told."""
    try:
        running.run(sockets=[socket])  # type: ignore[attr-defined]
    except KeyboardInterrupt:
        pass
    finally:
        preview.stop()
        click.echo("stopped")


def _say_state(state: State, seconds: float) -> None:
    """One line for a build, or its faults; a preview goes on where nobody reads them any more."""
    with suppress(BrokenPipeError, ValueError):
        if state.faults:
            tell(state.faults, "error")
            click.echo(f"{len(state.faults)} faults; the last good site stays", err=True)
        else:
            click.echo(f"built {len(state.pages)} files in {seconds:.2f} s")


def _say_what_is_withheld(config: Config) -> None:
    """Before a preview: which articles a published site shows as excerpts only."""
    from site_gen.shell.gather import gather

    names = [
        f"{s.id}/{a.id}"
        for s in gather(config).content.stories
        for a in s.articles
        if a.rights == "third-party"
    ]
    if names and not config.full_text:
        shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        click.echo(
            f"{len(names)} third-party articles are shown whole here; a build publishes excerpts of"
            f" them only: {shown}"
        )
