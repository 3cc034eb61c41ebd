"""The command that begins a site: init."""

from __future__ import annotations

from pathlib import Path

import click

from site_gen.shell.terminal import fail


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--name", default="Side by side", show_default=True, help="The site's name.")
@click.option("--sample", is_flag=True, help="With an invented story, to look around.")
@click.option("--no-git", is_flag=True, help="Do not make the folder a git repository.")
def init(folder: Path, name: str, sample: bool, no_git: bool) -> None:
    """Begin a site in an empty folder, ready for `git push`.

    Written are the configuration, the content folder, the workflows that publish to GitHub Pages
    and that keep watch (off), .gitignore, a check before every commit, and a README that says what
    may be published.

    \b
    Examples:
      site-gen init my-site --name "Our desk" --sample
      mkdir my-site; cd my-site; site-gen init
    """
    from site_gen.model import ContentError
    from site_gen.shell.init import init as begin

    try:
        files = begin(folder, name, sample=sample, git=not no_git)
    except ContentError as fault:
        fail([fault])
    for path in files:
        click.echo(f"{path}: written")
    there = "" if folder == Path() else f"cd {folder}; "
    click.echo(f"Next: {there}site-gen new STORY --title '…', then site-gen add STORY URL-OR-FILE")
