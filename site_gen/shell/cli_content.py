"""The commands that write and read content: new, add, remove, explain."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_gen.shell.terminal import config_options, fail, fault_at, read_config

if TYPE_CHECKING:
    from site_gen.model import Article
    from site_gen.shell.add import Added


@click.command()
@click.argument("story")
@click.option("--title", default="", help="The story's title.")
@click.option("--date", default="", help="The day of the event, as 2031-05-03.")
@click.option("--tag", "tags", multiple=True, help="A tag; may be given several times.")
@config_options
def new(
    story: str,
    title: str,
    date: str,
    tags: tuple[str, ...],
    config_file: Path | None,
    content: Path | None,
) -> None:
    """Start a story: a folder with its index.md.

    \b
    Example:
      site-gen new ferry-grounding --title "Ferry runs aground off Cape Marrow" --date 2031-05-03
    """
    from site_gen.model import ContentError
    from site_gen.shell.add import new_story

    config = read_config(config_file, content)
    try:
        index = new_story(config.content, story, title, date, tags)
    except ContentError as fault:
        fail([fault])
    click.echo(
        f"{index}: written. Next: site-gen add {story} SAVED-PAGE.txt --outlet NAME --published DAY"
    )


@click.command()
@click.argument("story")
@click.argument("files", nargs=-1, required=True, metavar="FILE... | -")
@click.option(
    "--outlet", default="", help="Who published it. Required where the capture does not say."
)
@click.option(
    "--published", default="", help="When it was published: 2031-05-03, or 2031-05-03T21:40+01:00."
)
@click.option("--captured", default="", help="When the page was saved, in the same form.")
@click.option("--headline", default="", help="The headline, where the capture lacks it.")
@click.option("--url", default="", help="The article's address.")
@click.option("--author", "authors", multiple=True, help="An author; may be given several times.")
@click.option("--agency", default="", help="The news agency that it comes from.")
@click.option("--language", default="", help="Its language, for example fr. [en]")
@click.option("--rights", default="", help="own, licensed or third-party. [third-party]")
@click.option(
    "--name", default="", help="The article's file name without .md. [made from the outlet]"
)
@click.option(
    "--partial", is_flag=True, help="The capture is cut off: its silence counts for nothing."
)
@click.option(
    "--keep",
    multiple=True,
    metavar="RULE",
    help="Do not leave out what this rule leaves out; may be given several times.",
)
@click.option(
    "--drop-after",
    default="",
    metavar="TEXT",
    help="Leave out everything below the first block that holds these words.",
)
@click.option(
    "--overwrite",
    is_flag=True,
    help="Where this very file was added before: write the article anew, over a person's edits.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report for programs.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but faults.")
@config_options
def add(
    story: str,
    files: tuple[str, ...],
    keep: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    config_file: Path | None,
    content: Path | None,
    **given: Any,
) -> None:
    """Add captures to a story.

    A capture is a saved page (.html, .mhtml), a PDF, text copied from either (.txt, or - for
    standard input), or Markdown (.md).

    \b
    Examples:
      site-gen add ferry-grounding courier.txt --outlet "Harbour Courier" --published 2031-05-03
      site-gen add ferry-grounding saved-page.html
      xclip -o | site-gen add ferry-grounding - --outlet "Evening Beacon" --published 2031-05-04
      site-gen add ferry-grounding page.txt --outlet "Courier" --keep "related link" --dry-run
      site-gen add ferry-grounding a.pdf --outlet "Courier" --drop-after "Additional reporting by"
    """
    import logging

    from site_gen.shell import add as adding
    from site_gen.shell import report
    from site_gen.shell.written import Given

    # the readers' own words on odd pages are not for people; ours say what is wrong
    logging.disable(logging.CRITICAL)
    config = read_config(config_file, content)
    said = Given(keep=frozenset(keep), rules=config.rules, **given)
    sources, errors = adding.read_captures(files, sys.stdin.buffer)
    added, faults = adding.prepare(config.content, story, sources, said)
    if errors or faults:
        fail([*errors, *faults])
    if not (quiet or as_json or "-" in files) and sys.stdin.isatty():
        added = [_asked(item) for item in added]
    if not dry_run:
        from site_gen.model import ContentError

        try:
            adding.write(added)
        except ContentError as fault:
            fail([fault])
    if as_json:
        click.echo(report.as_json(added, dry_run))
    elif not quiet:
        for item in added:
            report.say(item, dry_run)


def _asked(item: Added) -> Added:
    """The article with the day of publication that a person gives when asked; unchanged where it is
    known or they do not know it."""
    from site_gen.shell.add import with_day
    from site_gen.shell.written import metadata
    from site_gen.yaml_lines import parse_moment

    while not item.kept and "published" not in metadata(item.draft, item.given):
        day = click.prompt(
            f"{item.path.name}: when was it published? (2031-05-03; empty if unknown)",
            default="",
            show_default=False,
        ).strip()
        if not day:
            break
        try:
            parse_moment(day)
        except ValueError as fault:
            click.echo(f"`{day}` {fault}", err=True)
            continue
        item = with_day(item, day)
    return item


@click.command()
@click.argument("text", metavar="TEXT | FILE | -")
@click.argument("other", metavar="[FILE]", default="")
@click.option(
    "--published",
    default="",
    help="The day on which it was published: words like “Thursday” count from it.",
)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def explain(text: str, other: str, published: str, as_json: bool) -> None:
    """What is read in a text, or why the paragraphs of two articles are linked.

    One text: every figure, date and quotation with its span, value and the rule that found it.
    Two files: every link between their paragraphs with its probability, its kind and the evidence
    that made it, as log odds.

    \b
    Examples:
      site-gen explain "Some 300 people waited on Thursday, he said." --published 2031-06-12
      site-gen explain content/ferry-grounding/courier.md
      site-gen explain content/ferry-grounding/courier.md content/ferry-grounding/gazette.md
      xclip -o | site-gen explain - --published 2031-06-12 --json
    """
    from site_gen.shell.explain import explained, linked, say, say_links

    first = _article_of(text, published)
    if not other:
        say(explained(first), as_json)
        return
    if not Path(other).is_file():
        fail(
            [
                fault_at(
                    other,
                    "there is no such file",
                    "name two articles' files, for example a.md b.md",
                )
            ]
        )
    second = _article_of(other, published)
    say_links(linked(first, second), (first, second), as_json)


def _article_of(text: str, published: str) -> Article:
    from site_gen.shell.explain import read_article

    name = (
        text
        if text == "-" or (len(text) < 300 and "\n" not in text and Path(text).is_file())
        else ""
    )
    try:
        source = (
            sys.stdin.read()
            if name == "-"
            else Path(name).read_text(encoding="utf-8")
            if name
            else text
        )
        return read_article(source, name, published)
    except (OSError, UnicodeDecodeError):
        fail([fault_at(name, "this file cannot be read as UTF-8 text", "look at its name")])
    except ValueError as fault:
        fail(
            [
                fault_at(
                    "--published", f"`{published}` {fault}", "write a day, for example 2031-06-12"
                )
            ]
        )


@click.command("remove")
@click.argument("story")
@click.argument("article")
@click.option("--dry-run", is_flag=True, help="Show what would be removed, and remove nothing.")
@config_options
def remove_command(
    story: str, article: str, dry_run: bool, config_file: Path | None, content: Path | None
) -> None:
    """Take an article and its original out of a story.

    \b
    Example:
      site-gen remove ferry-grounding harbour-courier
    """
    from site_gen.shell.add import remove

    try:
        found, faults = remove(read_config(config_file, content).content, story, article)
    except OSError as fault:
        fail(
            [
                fault_at(
                    str(fault.filename or story),
                    f"cannot be read ({fault.strerror or fault})",
                    "look at its rights",
                )
            ]
        )
    if faults:
        fail(faults)
    for path in found:
        try:
            if not dry_run:
                path.unlink()
        except OSError as fault:
            fail(
                [
                    fault_at(
                        str(path),
                        f"cannot be removed ({fault.strerror or fault})",
                        "look at its rights and its folder's",
                    )
                ]
            )
        click.echo(f"{path}: {'would be removed' if dry_run else 'removed'}")
