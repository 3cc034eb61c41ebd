"""What all commands share: options, faults as words, progress. Prints to the terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    import rich.progress

    from site_gen.model import ContentError
    from site_gen.shell.config import Config

DEBUG = "SITE_GEN_DEBUG"
"""The variable with which a fault of our own shows where it is."""
SLOW = 1.0
"""Seconds after which a running command shows its progress."""


class Progress:
    """A line of progress on a terminal once a command has run for a second: what is at hand, how
    much is done, how much a second, and the time left; nothing when quiet or redirected."""

    def __init__(self, quiet: bool) -> None:
        self.quiet, self.start = quiet or not sys.stderr.isatty(), time.monotonic()
        self.bar: rich.progress.Progress | None = None
        self.task: Any = None

    def __call__(self, done: int, total: int, what: str) -> None:
        """``done`` of ``total`` are done; ``what`` is at hand."""
        if self.quiet or time.monotonic() - self.start < SLOW:
            return
        if self.bar is None:
            import rich.progress
            from rich.console import Console

            self.bar = rich.progress.Progress(
                rich.progress.TextColumn("{task.description}"),
                rich.progress.BarColumn(),
                rich.progress.MofNCompleteColumn(),
                rich.progress.TextColumn("{task.fields[rate]}"),
                rich.progress.TimeRemainingColumn(),
                rich.progress.TextColumn("left"),
                console=Console(stderr=True),
                transient=True,
            )
            self.bar.start()
            self.task = self.bar.add_task("", total=total, rate="")
        rate = f"{done / (time.monotonic() - self.start):.1f} a second"
        self.bar.update(self.task, completed=done, description=what[:40], rate=rate)

    def stop(self) -> float:
        """End the line and give the seconds since the start."""
        if self.bar is not None:
            self.bar.stop()
        return time.monotonic() - self.start


class Group(click.Group):
    """Commands in the order in which a person needs them."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the system refuses is one clear fault, whatever command met it."""
        if os.environ.get("NO_COLOR"):  # no-color.org
            ctx.color = False
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - who reads us has gone
            sys.exit(1)
        except OSError as fault:
            from site_gen.shell.files import printable, unreadable

            fail([unreadable(printable(str(fault.filename or "this folder")), fault)])
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as fault:
            if os.environ.get(DEBUG):
                raise
            why = f"site-gen itself failed: {type(fault).__name__}: {fault}"
            fail([fault_at("site-gen", why, f"{DEBUG}=1 shows where; please report it")])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(self.commands)


def config_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that name configuration and content."""
    for option in (
        click.option(
            "-f",
            "--config-file",
            type=click.Path(path_type=Path),
            help="The configuration file. [mkdocs.yml]",
        ),
        click.option(
            "--content",
            type=click.Path(path_type=Path),
            help="The content folder, in place of `docs_dir`.",
        ),
    ):
        command = option(command)
    return command


def read_config(config_file: Path | None, content: Path | None, out: Path | None = None) -> Config:
    """The configuration; where it has faults, they are said and the program ends."""
    if config_file is not None and not config_file.is_file():
        fail(
            [
                fault_at(
                    str(config_file),
                    "there is no such configuration file",
                    "leave -f out to build with defaults",
                )
            ]
        )
    config, errors = load(config_file, content, out)
    if errors:
        fail(errors)
    return config


def load(
    config_file: Path | None, content: Path | None, out: Path | None
) -> tuple[Config, list[ContentError]]:
    """The configuration and what is wrong with it, as it is on disk and in the environment now."""
    from site_gen.shell.config import find_config, load_config

    return load_config(find_config(config_file, content, Path()), content, out, os.environ)


def fault_at(path: str, message: str, hint: str) -> ContentError:
    """A fault of a file, or of an option."""
    from site_gen.model import ContentError

    return ContentError(path, 0, message, hint)


def tell(errors: Iterable[ContentError], what: str = "note") -> None:
    """Say what does not end the program."""
    for fault in sorted(errors, key=lambda e: e.key):
        click.echo(f"{click.style(what, fg='yellow')} {fault}", err=True)


def fail(errors: Iterable[ContentError]) -> NoReturn:
    """Say the faults in order and end with exit code 1."""
    found = sorted(errors, key=lambda e: e.key)
    for fault in found:
        click.echo(f"{click.style('error', fg='red')} {fault}", err=True)
    click.echo(
        f"{len(found)} {'fault' if len(found) == 1 else 'faults'}; nothing was written.", err=True
    )
    sys.exit(1)


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 story", "2 stories"."""
    return f"{number} {one if number == 1 else many}"
