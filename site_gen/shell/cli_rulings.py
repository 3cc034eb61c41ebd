"""The command for what editors decided: rulings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_gen.shell.terminal import config_options, fail, fault_at, read_config

if TYPE_CHECKING:
    from site_gen.model import Story
    from site_gen.shell.config import Config


@click.command("rulings")
@click.argument("action", type=click.Choice(["export", "list"]))
@click.argument("stories", nargs=-1, metavar="[STORY]…")
@config_options
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write to this file, not to the terminal."
)
def rulings(
    action: str,
    stories: tuple[str, ...],
    config_file: Path | None,
    content: Path | None,
    out: Path | None,
) -> None:
    """What editors decided: a list, or labelled pairs to learn from.

    `export` writes one JSON file with the articles of the stories that have rulings, the rows and
    passages that were confirmed, and those that were taken apart. It holds the articles' whole
    texts: give it to nobody who may not have them. `python -m benchmarks fit --with FILE` shows
    what fitting the models on it would change. Nothing is sent anywhere.

    \b
    Examples:
      site-gen rulings list ferry-grounding
      site-gen rulings export --out decisions.json
    """
    from site_gen.shell.export import FORM, counted, labelled, lines
    from site_gen.shell.files import unreadable, write_whole

    chosen = _chosen(read_config(config_file, content), stories)
    if action == "export":
        found = [labelled(s) for s in chosen]
        text = json.dumps({"form": FORM, "stories": found}, ensure_ascii=False, indent=1) + "\n"
        told = counted(found)
    else:
        text = "".join(f"{line}\n" for s in chosen for line in lines(s))
        told = f"{sum(len(s.rulings) for s in chosen)} rulings"
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        write_whole([(out, text.encode("utf-8"))])
    except OSError as fault:
        fail([unreadable(str(fault.filename or out), fault)])
    click.echo(f"{out}: {told}")


def _chosen(config: Config, names: tuple[str, ...]) -> list[Story]:
    """The stories of those names that have rulings; all that have where none is named."""
    from site_gen.shell.gather import gather

    gathered = gather(config)
    if gathered.errors:
        fail(gathered.errors)
    known = {s.id: s for s in gathered.content.stories}
    if missing := [n for n in names if n not in known]:
        fail([fault_at(n, "there is no such story", "look at the content folder") for n in missing])
    return [s for s in known.values() if s.rulings and (not names or s.id in names)]
