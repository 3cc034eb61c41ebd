"""The site as every page knows it, and a story as the pages that list stories show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class NavItem:
    """An entry of the site's menu: its title and the path of the page in the site, or a web address."""

    title: str
    path: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What every page of a site needs to know of it. ``url`` is empty or ends with ``/``; ``assets``: name → path in the site."""

    name: str
    url: str = ""
    description: str = ""
    nav: tuple[NavItem, ...] = ()
    assets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """A story as the front page shows it. Counts are of rows that several origins share."""

    id: str
    title: str
    summary: str
    date: dt.date | None
    outlets: tuple[str, ...]
    origins: int
    captures: int
    changed: int
    conflicts: int
    compatible: int
    agree: int
    noindex: bool = False
