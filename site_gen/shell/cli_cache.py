"""The command that shows and clears what builds keep for the next one: cache."""

from __future__ import annotations

from pathlib import Path

import click

from site_gen.shell.terminal import config_options, read_config


@click.command()
@config_options
@click.option("--clear", is_flag=True, help="Remove all of it; the next build makes it anew.")
def cache(config_file: Path | None, content: Path | None, clear: bool) -> None:
    """How much builds keep for the next one, in .site-gen-cache/ beside the configuration,
    and where. It is always safe to remove; what no build used for 30 days goes by itself.

    \b
    Examples:
      site-gen cache
      site-gen cache --clear
    """
    from site_gen.shell.cache import FOLDER, KEPT_DAYS, Cache

    folder = read_config(config_file, content).home / FOLDER
    kept = Cache(folder)
    sizes = [path.stat().st_size for path in kept.entries()]
    told = f"{len(sizes)} entries, {sum(sizes) / 1e6:.1f} MB"
    if clear:
        kept.clear()
        click.echo(f"{folder}: {told} removed.")
    else:
        click.echo(f"{folder}: {told}; what no build uses goes after {KEPT_DAYS} days.")
