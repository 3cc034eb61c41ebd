"""The command line: words in, words out. Heavy modules are imported in the command that uses
them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from site_gen import __version__

if TYPE_CHECKING:
    from rich.progress import Progress

    from site_gen.add import Added
    from site_gen.config import Config
    from site_gen.model import Article, ContentError

SLOW = 1.0
"""Seconds after which a running command shows its progress."""


class Group(click.Group):
    """Commands in the order in which a person needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(self.commands)


@click.group(
    cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="site-gen")
def main() -> None:
    """Static sites that show, side by side, how several outlets told the same event.

    \b
    A day with it:
      site-gen new ferry-grounding --title "Ferry runs aground off Cape Marrow"
      site-gen add ferry-grounding courier.txt --outlet "Harbour Courier" --published 2031-05-03
      site-gen serve       preview on 127.0.0.1
      site-gen check       everything that a build would complain about, with file and line
      site-gen build       the site, in site/
    """


def _config_options(command: Callable[..., Any]) -> Callable[..., Any]:
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


def _config(config_file: Path | None, content: Path | None, out: Path | None = None) -> Config:
    from site_gen.config import find_config, load_config

    if config_file is not None and not config_file.is_file():
        _fail(
            [
                _fault(
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
        _fail(errors)
    return config


def _fault(path: str, message: str, hint: str) -> ContentError:
    from site_gen.model import ContentError

    return ContentError(path, 0, message, hint)


def _fail(errors: Iterable[ContentError]) -> NoReturn:
    found = sorted(errors, key=lambda e: e.key)
    for fault in found:
        click.echo(f"{click.style('error', fg='red')} {fault}", err=True)
    click.echo(
        f"{len(found)} {'fault' if len(found) == 1 else 'faults'}; nothing was written.", err=True
    )
    sys.exit(1)


@main.command()
@click.argument("story")
@click.option("--title", default="", help="The story's title.")
@click.option("--date", default="", help="The day of the event, as 2031-05-03.")
@click.option("--tag", "tags", multiple=True, help="A tag; may be given several times.")
@_config_options
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
    from site_gen.add import new_story
    from site_gen.model import ContentError

    config = _config(config_file, content)
    try:
        index = new_story(config.content, story, title, date, tags)
    except ContentError as fault:
        _fail([fault])
    click.echo(
        f"{index}: written. Next: site-gen add {story} SAVED-PAGE.txt --outlet NAME --published DAY"
    )


@main.command()
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
@_config_options
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

    from site_gen import add as adding
    from site_gen import report
    from site_gen.written import Given

    logging.disable(
        logging.CRITICAL
    )  # the readers' own words on odd pages are not for people; ours say what is wrong
    config = _config(config_file, content)
    said = Given(keep=frozenset(keep), rules=config.rules, **given)
    sources, errors = adding.read_captures(files, sys.stdin.buffer)
    added, faults = adding.prepare(config.content, story, sources, said)
    if errors or faults:
        _fail([*errors, *faults])
    if not (quiet or as_json or "-" in files) and sys.stdin.isatty():
        added = [_asked(item) for item in added]
    if not dry_run:
        from site_gen.model import ContentError

        try:
            adding.write(added)
        except ContentError as fault:
            _fail([fault])
    if as_json:
        click.echo(report.as_json(added, dry_run))
    elif not quiet:
        for item in added:
            report.say(item, dry_run)


def _asked(item: Added) -> Added:
    """The article with the day of publication that a person gives when asked; unchanged where it is
    known or they do not know it."""
    from site_gen.add import with_day
    from site_gen.written import metadata
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


@main.command()
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
    from site_gen.explain import explained, linked, say, say_links

    first = _article_of(text, published)
    if not other:
        say(explained(first), as_json)
        return
    if not Path(other).is_file():
        _fail(
            [
                _fault(
                    other,
                    "there is no such file",
                    "name two articles' files, for example a.md b.md",
                )
            ]
        )
    second = _article_of(other, published)
    say_links(linked(first, second), (first, second), as_json)


def _article_of(text: str, published: str) -> Article:
    from site_gen.explain import read_article

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
        _fail([_fault(name, "this file cannot be read as UTF-8 text", "look at its name")])
    except ValueError as fault:
        _fail(
            [_fault("--published", f"`{published}` {fault}", "write a day, for example 2031-06-12")]
        )


@main.command("remove")
@click.argument("story")
@click.argument("article")
@click.option("--dry-run", is_flag=True, help="Show what would be removed, and remove nothing.")
@_config_options
def remove_command(
    story: str, article: str, dry_run: bool, config_file: Path | None, content: Path | None
) -> None:
    """Take an article and its original out of a story.

    \b
    Example:
      site-gen remove ferry-grounding harbour-courier
    """
    from site_gen.add import remove

    try:
        found, faults = remove(_config(config_file, content).content, story, article)
    except OSError as fault:
        _fail(
            [
                _fault(
                    str(fault.filename or story),
                    f"cannot be read ({fault.strerror or fault})",
                    "look at its rights",
                )
            ]
        )
    if faults:
        _fail(faults)
    for path in found:
        try:
            if not dry_run:
                path.unlink()
        except OSError as fault:
            _fail(
                [
                    _fault(
                        str(path),
                        f"cannot be removed ({fault.strerror or fault})",
                        "look at its rights and its folder's",
                    )
                ]
            )
        click.echo(f"{path}: {'would be removed' if dry_run else 'removed'}")


class _Progress:
    """A line of progress on a terminal once a command has run for a second; nothing when quiet or
    redirected."""

    def __init__(self, quiet: bool) -> None:
        self.quiet, self.start = quiet or not sys.stderr.isatty(), time.monotonic()
        self.bar: Progress | None = None
        self.task: Any = None

    def __call__(self, done: int, total: int, what: str) -> None:
        if self.quiet or time.monotonic() - self.start < SLOW:
            return
        if self.bar is None:
            from rich.console import Console
            from rich.progress import Progress

            self.bar = Progress(console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task("building", total=total)
        self.bar.update(self.task, completed=done, description=what[:40])

    def stop(self) -> float:
        """End the line and give the seconds since the start."""
        if self.bar is not None:
            self.bar.stop()
        return time.monotonic() - self.start


def _build(config: Config, jobs: int, quiet: bool) -> None:
    """Build, and tell what was built; faults end the program."""
    import signal

    from site_gen.build import build, faults
    from site_gen.model import ContentError

    progress = _Progress(quiet)
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # as by Ctrl-C: what is half written goes
    try:
        built = build(
            config, jobs or os.cpu_count() or 1, progress, lambda words: click.echo(words, err=True)
        )
    except (ContentError, ExceptionGroup) as fault:
        progress.stop()
        found = list(faults(fault))
        if not found:
            raise
        _fail(found)
    except OSError as fault:
        progress.stop()
        _fail(
            [
                _fault(
                    str(fault.filename or config.out),
                    f"cannot be written ({fault.strerror or fault})",
                    "look at its rights and the free space",
                )
            ]
        )
    seconds = progress.stop()
    if not quiet:
        stories = f"{built.stories} {'story' if built.stories == 1 else 'stories'}"
        click.echo(
            f"{config.out}: {stories}, {built.pages} pages, {built.files} files in {seconds:.1f} s"
        )


@main.command()
@_config_options
@click.option(
    "--port",
    default=8000,
    type=click.IntRange(0, 65535),
    show_default=True,
    help="The port; the next free one where it is taken.",
)
@click.option(
    "--jobs", default=0, type=click.IntRange(0, 256), help="Worker processes. [one a core]"
)
def serve(config_file: Path | None, content: Path | None, port: int, jobs: int) -> None:
    """Build the site and show it on 127.0.0.1, for this machine only. Ctrl-C stops it.

    \b
    Example:
      site-gen serve --port 8123
    """
    import signal
    from dataclasses import replace
    from tempfile import TemporaryDirectory

    from site_gen.serve import server

    config = _config(config_file, content)
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(0)
    )  # the folder with full texts goes, however the preview is stopped
    with TemporaryDirectory(prefix="site-gen-") as place:
        # a preview shows third-party text in full, so it must not lie where a published site is
        # expected
        preview = replace(config, out=Path(place) / "site", full_text=True)
        _build(preview, jobs, quiet=False)
        _say_what_is_withheld(config)
        try:
            running = server(preview.out, port)
        except OSError as fault:
            _fail(
                [
                    _fault(
                        f"--port {port}",
                        f"cannot be used ({fault.strerror or fault})",
                        "choose another port",
                    )
                ]
            )
        click.echo(f"Preview: http://127.0.0.1:{running.server_address[1]}/  (Ctrl-C stops it)")
        sys.stdout.flush()
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped")
        finally:
            running.server_close()


def _say_what_is_withheld(config: Config) -> None:
    """Before a preview: which articles a published site shows as excerpts only."""
    from site_gen.gather import gather

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


@main.command("check")
@_config_options
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="OLD_SITE",
    help="List the verdicts that changed since this earlier build, with why.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but faults.")
def check_command(
    config_file: Path | None, content: Path | None, against: Path | None, quiet: bool
) -> None:
    """Every fault in the content, with file, line and how to mend it.

    The exit code is 1 where there is one. With --against, also each row that several sources share
    whose verdict is another than in an earlier build: after an edit, a new article or an upgrade.
    That is news and no fault: the exit code stays 0.

    \b
    Examples:
      site-gen check
      cp -r site old-site; git pull; site-gen check --against old-site
    """
    from site_gen.build import check, since

    config = _config(config_file, content)
    gathered, errors = check(config)
    if not quiet:
        for note in gathered.notes:
            click.echo(f"{click.style('note', fg='yellow')} {note}", err=True)
    if errors:
        _fail(errors)
    if not quiet:
        articles = sum(len(s.articles) for s in gathered.content.stories)
        click.echo(
            f"{config.content}: {len(gathered.content.stories)} stories, {articles} articles,"
            f" {len(gathered.content.documents)} pages; no faults."
        )
    if against is not None:
        found, errors = since(config, gathered, against)
        if errors:
            _fail(errors)
        for change in found:
            click.echo(str(change))
        if not quiet:
            click.echo(
                f"{len(found)} {'verdict' if len(found) == 1 else 'verdicts'} changed since the"
                f" build in {against}."
            )


@main.command()
@_config_options
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder of the site, in place of `site_dir`."
)
@click.option(
    "--jobs", default=0, type=click.IntRange(0, 256), help="Worker processes. [one a core]"
)
@click.option("--full", is_flag=True, help="Publish third-party articles whole, not as excerpts.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but faults.")
def build(
    config_file: Path | None,
    content: Path | None,
    out: Path | None,
    jobs: int,
    full: bool,
    quiet: bool,
) -> None:
    """Build the site. The old one is replaced only when the new one is whole.

    \b
    Examples:
      site-gen build
      site-gen build -f mkdocs.yml --out public
      site-gen build --content my-stories --out /tmp/site
    """
    from dataclasses import replace

    config = _config(config_file, content, out)
    _build(replace(config, full_text=True) if full else config, jobs, quiet)
