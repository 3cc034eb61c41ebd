"""What all commands share: options, faults as words, progress. Prints to the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from site_gen.model import ContentError
    from site_gen.shell.config import Config

SLOW = 1.0
"""Seconds after which a running command shows its progress."""


class Group(click.Group):
    """Commands in the order in which a person needs them."""

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
    from site_gen.shell.config import find_config, load_config

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
    config, errors = load_config(
        find_config(config_file, content, Path()), content, out, os.environ
    )
    if errors:
        fail(errors)
    return config


def fault_at(path: str, message: str, hint: str) -> ContentError:
    """A fault of a file, or of an option."""
    from site_gen.model import ContentError

    return ContentError(path, 0, message, hint)


def fail(errors: Iterable[ContentError]) -> NoReturn:
    """Say the faults in order and end with exit code 1."""
    found = sorted(errors, key=lambda e: e.key)
    for fault in found:
        click.echo(f"{click.style('error', fg='red')} {fault}", err=True)
    click.echo(
        f"{len(found)} {'fault' if len(found) == 1 else 'faults'}; nothing was written.", err=True
    )
    sys.exit(1)
