"""The commands that write and read content: new, add, remove, explain."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_gen.shell.terminal import (
    Progress,
    config_options,
    fail,
    fault_at,
    read_config,
    tell,
)

if TYPE_CHECKING:
    from site_gen.model import Article, ContentError
    from site_gen.shell.add import Added
    from site_gen.shell.config import Config
    from site_gen.shell.fetch import Client


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
    from site_gen.shell.folder import new_story

    config = read_config(config_file, content)
    try:
        index = new_story(config.content, story, title, date, tags)
    except ContentError as fault:
        fail([fault])
    click.echo(
        f"{index}: written. Next: site-gen add {story} URL-OR-FILE --outlet NAME --published DAY"
    )


@click.command()
@click.argument("story")
@click.argument("captures", nargs=-1, required=True, metavar="FILE|URL|FOLDER|LIST...")
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
@click.option(
    "--skip-failed",
    is_flag=True,
    help="Write the others where a capture cannot be read; without it, all are written or none.",
)
@click.option(
    "--private", is_flag=True, help="Addresses of this machine and of local networks are meant."
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report for programs.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but faults.")
@config_options
def add(
    story: str,
    captures: tuple[str, ...],
    skip_failed: bool,
    private: bool,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    config_file: Path | None,
    content: Path | None,
    **given: Any,
) -> None:
    """Add captures to a story.

    A capture is a saved page (.html, .mhtml), a PDF, a Word document (.docx), text copied from any
    of them (.txt, or - for standard input), Markdown (.md), or a web address, which is fetched
    once. A folder stands for the captures in it. A list (.csv, .yml) names one capture a line:
    file or url, outlet, published.

    \b
    Examples:
      site-gen add ferry-grounding courier.txt --outlet "Harbour Courier" --published 2031-05-03
      site-gen add ferry-grounding https://courier.example/ferry-aground
      site-gen add ferry-grounding saved-page.html report.docx printed.pdf
      site-gen add ferry-grounding captures.csv --skip-failed
      site-gen add ferry-grounding saved-pages/ --dry-run
      xclip -o | site-gen add ferry-grounding - --outlet "Evening Beacon" --published 2031-05-04
      site-gen add ferry-grounding page.txt --outlet "Courier" --keep "related link" --dry-run
      site-gen add ferry-grounding a.pdf --outlet "Courier" --drop-after "Additional reporting by"
    """
    import logging

    from site_gen.shell import add as adding
    from site_gen.shell import report, sources
    from site_gen.shell.written import Given

    # the readers' own words on odd pages are not for people; ours say what is wrong
    logging.disable(logging.CRITICAL)
    config = read_config(config_file, content)
    said = Given(keep=frozenset(given.pop("keep")), rules=config.rules, **given)
    wanted, errors, notes = sources.items(captures, said)
    # what is wrong with the story or the options is said before anything is fetched
    _, before = adding.prepare(config.content, story, (), said)
    if before or (errors and not skip_failed):
        fail([*errors, *before])
    progress = Progress(quiet or as_json)
    client = partial(polite_client, config, private)
    read, unread = sources.read(wanted, sys.stdin.buffer, client, progress)
    progress.stop()
    added, faults = adding.prepare(config.content, story, read, said)
    errors += [*unread, *faults]
    _skip(errors, skip_failed and bool(added))
    tell(() if quiet else notes)
    if not (quiet or as_json or "-" in captures):
        added = [_asked(item) for item in added]
    _write(added, dry_run)
    if as_json:
        click.echo(report.as_json(added, dry_run))
    elif not quiet:
        report.say_all(added, errors, dry_run)
    if errors:
        sys.exit(1)


def _skip(errors: list[ContentError], goes_on: bool) -> None:
    """Say what failed; where the rest is not to be written all the same, that is the end."""
    if errors and not goes_on:
        fail(errors)
    tell(errors, "skipped")


def _write(added: list[Added], dry_run: bool) -> None:
    from site_gen.model import ContentError
    from site_gen.shell.add import write

    try:
        write(() if dry_run else added)
    except ContentError as fault:
        fail([fault])


def polite_client(config: Config, private: bool) -> Client:
    """A client for pages, with the site's address as who asks; where the extra for it is missing,
    the program ends and says so."""
    try:
        from site_gen.shell.fetch import Client, Limits
    except ImportError:
        fail(
            [
                fault_at(
                    "addresses",
                    "fetching pages needs an extra",
                    "pip install 'site-gen[add]', or save the page and add the file",
                )
            ]
        )
    pause = 0.0 if private else Limits().pause
    return Client(limits=Limits(private=private, pause=pause), contact=config.url)


def _asked(item: Added) -> Added:
    """The article with the day of publication that a person gives when asked; unchanged where it is
    known or they do not know it."""
    from site_gen.shell.add import with_day
    from site_gen.shell.written import metadata
    from site_gen.yaml_lines import parse_moment

    while (
        sys.stdin.isatty() and not item.kept and "published" not in metadata(item.draft, item.given)
    ):
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
    from site_gen.shell.explain import is_file, read_article, read_capture

    name = text if text == "-" or is_file(text) else ""
    try:
        if name.lower().endswith((".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".docx")):
            return read_capture(Path(name), published)
        source = (
            sys.stdin.read()
            if name == "-"
            else Path(name).read_text(encoding="utf-8")
            if name
            else text
        )
        return read_article(source, name, published)
    except FileNotFoundError:
        fail(
            [
                fault_at(
                    text, "there is no such file", "name a file, or give a text with blanks in it"
                )
            ]
        )
    except (OSError, UnicodeDecodeError):
        fail([fault_at(name, "this file cannot be read as UTF-8 text", "look at its name")])
    except ValueError as fault:
        where, mend = (
            ("--published", "write a day, for example 2031-06-12")
            if published and str(fault).startswith(("is not", "has a"))
            else (name, "look at the file")
        )
        said = f"`{published}` {fault}" if where == "--published" else str(fault)
        fail([fault_at(where, said, mend)])


@click.command("remove")
@click.argument("story")
@click.argument("article")
@click.option("--undo", is_flag=True, help="Put back the article of that name removed last.")
@click.option("--dry-run", is_flag=True, help="Show what would be removed, and remove nothing.")
@config_options
def remove_command(
    story: str,
    article: str,
    undo: bool,
    dry_run: bool,
    config_file: Path | None,
    content: Path | None,
) -> None:
    """Take an article and its original out of a story.

    They are moved to .site-gen/removed/ beside the configuration, which is no part of the site and
    not of its repository, and --undo puts them back.

    \b
    Examples:
      site-gen remove ferry-grounding harbour-courier
      site-gen remove ferry-grounding harbour-courier --undo
    """
    from site_gen.model import ContentError
    from site_gen.shell.files import unreadable
    from site_gen.shell.folder import put_back, remove, take_out

    config = read_config(config_file, content)
    try:
        if undo:
            for path in put_back(config.home, config.content, story, article):
                click.echo(f"{path}: put back")
            return
        found, faults = remove(config.content, story, article)
        if faults:
            fail(faults)
        if not dry_run:
            place = take_out(
                config.home, config.content / story, article.removesuffix(".md"), found
            )
    except ContentError as fault:
        fail([fault])
    except OSError as fault:
        fail([unreadable(str(fault.filename or story), fault)])
    for path in found:
        click.echo(f"{path}: {'would be removed' if dry_run else 'removed'}")
    if not dry_run:
        click.echo(f"kept in {place}; back with: site-gen remove {story} {article} --undo")
