"""The site as every page knows it, and a story as the pages that list stories show it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from site_gen.model import Comparison, Profile, Row, Story
from site_gen.model.message import say
from site_gen.render.catalogue import ENGLISH, Words
from site_gen.render.feed import Entry, entries
from site_gen.render.lead import Finding, finding_of, findings_of
from site_gen.render.rows import section_of


@dataclass(frozen=True, kw_only=True, slots=True)
class NavItem:
    """An entry of the site's menu: its title and the path of the page in the site, or a web
    address."""

    title: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What every page of a site needs to know of it. ``url`` is empty or ends with ``/``;
    ``assets``: name → path in the site.

    ``search`` tells whether the site has a search index.
    """

    name: str
    url: str = ""
    description: str = ""
    nav: tuple[NavItem, ...] = ()
    assets: Mapping[str, str] = field(default_factory=dict)
    search: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)
    """Tag → path of its page."""
    language: str = ENGLISH
    words: Words = ()
    """What the language makes of our words: the catalogue."""
    logo: str = ""
    favicon: str = ""
    """Paths of pictures in the site; empty for the name in letters and our own sign."""
    footer: str = ""
    """A line of the site's own, in Markdown."""
    chapters: tuple[tuple[NavItem, ...], ...] = ()
    """The sections of the menu that have several pages, each in reading order."""
    marks_withheld: bool = False
    """Whether whole texts mark what an excerpt of them leaves out."""
    review_required: bool = False
    """Whether only findings that an editor has confirmed are published."""
    back: NavItem | None = None
    """The first page of the site in which this one stands; its path leads out of this one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleLine:
    """An article of a story as the outlet's page lists it."""

    id: str
    outlet: str
    headline: str
    published: dt.date | None
    captures: int
    changed: bool
    profile: Profile | None = None
    """The article in figures; none where its language is not read."""
    told: tuple[tuple[str, int], ...] = ()
    """How many of its facts that other origins report too stand in each section."""
    lead: Finding | None = None
    """The weightiest row on which another gives another value."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """A story as the pages that list stories show it."""

    id: str
    title: str
    summary: str
    date: dt.date | None
    updated: dt.date | None
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    outlets: tuple[str, ...]
    articles: tuple[ArticleLine, ...]
    entries: tuple[Entry, ...]
    origins: int
    captures: int
    changed: int
    findings: tuple[Finding, ...]
    """What the story leads with first, then what comes next."""
    noindex: bool = False

    @property
    def finding(self) -> Finding:
        """What the story leads with."""
        return self.findings[0]


def _shared_with_others(comparison: Comparison, source: str) -> tuple[Counter[str], Row | None]:
    """How many of a source's facts that other origins report too stand in each section, and the
    weightiest on which another gives another value."""
    mine = [
        (row, section_of(row))
        for row in comparison.rows
        if row.origins > 1
        and row.kind != "quotation"
        and section_of(row) != "possible"
        and any(c.source == source for c in row.cells)
    ]
    apart = [r for name in ("differ", "noted") for r, section in mine if section == name]
    return Counter(section for _, section in mine), apart[0] if apart else None


def _lines(comparison: Comparison) -> list[ArticleLine]:
    """The articles of a story as the pages of their outlets list them."""
    profiles = {p.source: p for p in comparison.findings.profiles}
    lines = []
    for source in comparison.matches.sources:
        told, apart = _shared_with_others(comparison, source)
        article, versions = comparison.story.article(source), comparison.matches.versions_of(source)
        lines.append(
            ArticleLine(
                id=source,
                outlet=article.outlet,
                headline=article.headline,
                published=article.published.day if article.published else None,
                captures=len(versions.captures),
                changed=any(s.changed for s in versions.steps),
                profile=profiles.get(source),
                told=tuple(sorted(told.items())),
                lead=finding_of(comparison, apart) if apart else None,
            )
        )
    return lines


def day_of(story: Story) -> dt.date | None:
    """The day of a story: its own, or that of its first article."""
    first = sorted(a.published.day for a in story.articles if a.published)
    return story.date or (first[0] if first else None)


def newest_first(day: dt.date | None, name: str) -> tuple[bool, int, str]:
    """The key by which stories are listed: the newest first, those without a day last, then by
    name."""
    return day is None, -(day.toordinal() if day else 0), name


def summarise(comparison: Comparison) -> Summary:
    """A story as the pages that list stories show it."""
    story, matches = comparison.story, comparison.matches
    days = sorted(m.day for a in story.articles for m in (a.published, a.captured) if m)
    lines = _lines(comparison)
    return Summary(
        id=story.id,
        title=story.title,
        summary=story.summary,
        date=day_of(story),
        updated=days[-1] if days else story.date,
        tags=story.tags,
        aliases=story.aliases,
        outlets=tuple(dict.fromkeys(x.outlet for x in lines)),
        articles=tuple(lines),
        entries=entries(comparison),
        origins=len(matches.origins),
        captures=len(story.articles),
        changed=sum(x.changed for x in lines),
        findings=findings_of(comparison),
        noindex=story.noindex,
    )


SHARES = (("t", say("Tag"), 12), ("u", say("Outlet"), 16), ("y", say("Year"), 8))
"""What stories can be chosen by: a key, its name, and how many of the 36 numbers of the
style sheet it has."""


def choices(stories: Sequence[Summary]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """By what a reader can choose among stories, the most frequent first; and for each story the
    classes that it carries. What every story has chooses nothing."""
    filters: list[dict[str, Any]] = []
    chosen: dict[str, list[str]] = {s.id: [] for s in stories}
    number = 1
    for key, name, most in SHARES:
        by: dict[str, list[str]] = {}
        for story in stories:
            for word in _words(story, key):
                by.setdefault(word, []).append(story.id)
        useful = [w for w, ids in by.items() if len(ids) < len(stories)]
        ranked = sorted(useful, key=lambda w: (-len(by[w]), w))[:most]
        if len(ranked) > 1:
            found = list(enumerate(ranked, number))
            filters.append({"key": key, "name": name, "choices": found})
            for n, word in found:
                for story_id in by[word]:
                    chosen[story_id].append(f"o{n}")
        number += most
    return filters, {s: " ".join(c) for s, c in chosen.items()}


def _words(story: Summary, key: str) -> tuple[str, ...]:
    """What a story can be chosen by."""
    year = (str(story.date.year),) if story.date else ()
    return {"t": story.tags, "u": story.outlets, "y": year}[key]
