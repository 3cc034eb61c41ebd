"""``site-gen refresh``: fetches each article's address again and adds a version where the text
changed. Shell.

What only the page around the article changed is no version: a capture is compared with the latest
one as the list of what an article changed would compare them. Where an address shows a paywall, or
another text than before, nothing is written and it is said.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from site_gen.capture.rules import PatternRule
from site_gen.match.features import folded
from site_gen.match.versions import group_captures
from site_gen.model import Article, ContentError
from site_gen.shell.add import Added, Adder
from site_gen.shell.files import unreadable
from site_gen.shell.folder import load_articles, record_of, refuse_link
from site_gen.shell.recognise import SAME_ARTICLE, as_draft, same_text, shared, value
from site_gen.shell.sources import Item, Source, fetched
from site_gen.shell.written import Given

if TYPE_CHECKING:
    from site_gen.shell.fetch import Client

State = Literal["changed", "unchanged", "failed"]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Refreshed:
    """What became of one article: ``article`` is its latest capture; ``why`` is said where it
    failed, ``added`` is the version where it changed."""

    story: str
    article: str
    url: str
    state: State
    why: str = ""
    hint: str = ""
    added: Added | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """An article that is to be looked at: its story's folder, and its captures, oldest first."""

    folder: Path
    captures: tuple[Article, ...]

    @property
    def last(self) -> Article:
        """The latest capture."""
        return self.captures[-1]

    @property
    def url(self) -> str:
        """The address of the latest capture that has one; empty where none has."""
        return next((a.url for a in reversed(self.captures) if a.url), "")


def parse_since(text: str, today: dt.date) -> dt.date:
    """``2031-05-03``, or ``14d`` for so many days before ``today``; ``ValueError`` where it is
    neither."""
    days = re.fullmatch(r"(\d{1,4})\s?d(?:ays?)?", text.strip())
    return today - dt.timedelta(days=int(days[1])) if days else dt.date.fromisoformat(text.strip())


def due(
    content: Path, stories: Sequence[str], since: dt.date | None
) -> tuple[list[Due], list[ContentError]]:
    """The articles with an address in these stories, or in all of them; those whose latest day is
    before ``since`` are left out. Faulty articles are among the errors."""
    errors: list[ContentError] = []
    out: list[Due] = []
    names = stories or sorted(
        p.name for p in content.glob("*") if (p / "index.md").is_file() and not p.is_symlink()
    )
    for name in names:
        folder = content / name
        try:
            if not (folder / "index.md").is_file():
                mend = "look at the folders in the content folder"
                raise ContentError(str(folder), 0, "there is no such story", mend)
            refuse_link(folder)
            found = load_articles(folder, name, errors)
        except ContentError as fault:
            errors.append(fault)
            continue
        except OSError as fault:
            errors.append(unreadable(str(fault.filename or folder), fault))
            continue
        for captures in group_captures(found):
            article = Due(folder=folder, captures=captures)
            if article.url and (since is None or (_day(captures) or since) >= since):
                out.append(article)
    return out, errors


def _day(captures: Sequence[Article]) -> dt.date | None:
    days = [m.day for a in captures for m in (a.published, a.captured) if m]
    return max(days, default=None)


def refresh(
    wanted: Sequence[Due], client: Client, rules: tuple[PatternRule, ...], progress: Progress
) -> Iterator[Refreshed]:
    """Look at each article again, in order; nothing is written here."""
    adders: dict[Path, Adder] = {}
    for done, article in enumerate(wanted):
        progress(done, len(wanted), article.url)
        folder = article.folder
        if folder not in adders:
            adders[folder] = Adder(folder, load_articles(folder, folder.name, []))
        try:
            added = _again(article, adders[folder], client, rules)
        except ContentError as fault:
            yield _outcome(article, "failed", why=fault.message, hint=fault.hint)
        else:
            yield _outcome(article, "changed" if added else "unchanged", added=added)
    progress(len(wanted), len(wanted), "")


def _outcome(article: Due, state: State, **more: Any) -> Refreshed:
    return Refreshed(
        story=article.folder.name, article=article.last.id, url=article.url, state=state, **more
    )


def _again(
    article: Due, adder: Adder, client: Client, rules: tuple[PatternRule, ...]
) -> Added | None:
    """The version that an article's address gives now; ``None`` where its text is the same."""
    last = article.last
    answer = client.get(article.url, known=_headers(article))
    if answer.unchanged:
        return None
    given = Given(
        outlet=last.outlet,
        url=article.url,
        agency=last.agency,
        language=last.language if last.language != "en" else "",
        rights=last.rights,
        rules=rules,
    )
    source = fetched(answer, Item(name=article.url, given=given))
    draft = adder.draft(source, as_draft(last))
    adder.refuse_stub(source, draft)
    if same_text(draft, last):
        return None
    title = value(draft, "headline")
    if shared(draft, last) < SAME_ARTICLE and folded(title) != folded(last.headline):
        where = f", at {answer.address}" if answer.redirects else ""
        raise ContentError(
            article.url,
            0,
            f"it shows another text than before{where}: “{title[:80]}”",
            "look at it; where it is the article, save the page and add the file",
        )
    added = adder.add(_dated(source, last, draft.metadata))
    return None if added.kept else added


def _dated(source: Source, last: Article, found: Mapping[str, Any]) -> Source:
    """The capture with the day of publication that we know, where the page does not say it."""
    if "published" in found or last.published is None:
        return source
    return replace(source, given=replace(source.given, published=str(last.published)))


def _headers(article: Due) -> Mapping[str, str] | None:
    """What was said of the latest capture when it was fetched; ``None`` where its record is not
    here."""
    original = article.last.original
    if original is None:
        return None
    try:
        record = json.loads(record_of(article.folder / original.file).read_bytes())
        headers = record["headers"]
        same = record["asked"] == article.url and record["sha256"] == original.sha256
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not same or not isinstance(headers, dict):
        return None
    return {str(k): v for k, v in headers.items() if isinstance(v, str)}


def as_json(found: Sequence[Refreshed], dry_run: bool) -> str:
    """The report for programs."""
    rows = [
        {
            "story": r.story,
            "article": r.article,
            "url": r.url,
            "state": r.state,
            "why": r.why,
            "file": str(r.added.path) if r.added else "",
            "written": bool(r.added) and not dry_run,
        }
        for r in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
