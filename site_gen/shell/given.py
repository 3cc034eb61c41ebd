"""What a person says of a capture: its faults, and what an earlier capture says already."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from site_gen.capture.rules import rule_names
from site_gen.content import ID, RESERVED_ARTICLES, RIGHTS
from site_gen.model import Article, ContentError, Draft
from site_gen.shell.written import Given
from site_gen.yaml_lines import nearest, parse_moment


def faults_of(given: Given) -> list[ContentError]:
    """What is wrong with the options of ``add``, each with a mend."""
    out = []
    for key in ("published", "captured"):
        if value := getattr(given, key):
            try:
                parse_moment(value)
            except ValueError as fault:
                out.append(
                    ContentError(
                        f"--{key}",
                        0,
                        f"`{value}` {fault}",
                        "write a day, 2022-02-10, or a time with its zone, 2022-02-10T14:05+01:00",
                    )
                )
    if given.rights and given.rights not in RIGHTS:
        out.append(
            ContentError(
                "--rights",
                0,
                f"`{given.rights}` is not one of {', '.join(RIGHTS)}",
                "own: you wrote it; licensed: you may publish it",
            )
        )
    if given.name and (not ID.fullmatch(given.name) or given.name in RESERVED_ARTICLES):
        out.append(
            ContentError(
                "--name",
                0,
                f"`{given.name}` cannot be an article's name",
                "use a-z, 0-9, -, . and no reserved word",
            )
        )
    known = rule_names() | {rule.name for rule in given.rules}
    for rule in sorted(given.keep - known):
        out.append(ContentError("--keep", 0, f"`{rule}` is no rule", nearest(rule, known)))
    if (
        given.published
        and given.captured
        and not out
        and given.captured[:10] < given.published[:10]
    ):
        out.append(
            ContentError(
                "--captured",
                0,
                f"`{given.captured}` is before the day of publication, {given.published}",
                "correct one of the two",
            )
        )
    if given.url and not re.match(r"https?://[^\s/]+", given.url):
        out.append(
            ContentError(
                "--url",
                0,
                f"`{given.url}` is not a web address",
                "it must start with https:// or http://",
            )
        )
    return out


def as_given_before(given: Given, before: Article, draft: Draft) -> Given:
    """What the command line said when the capture was added first: it need not be said again to
    read the file anew."""
    kept = {
        "outlet": before.outlet,
        "headline": before.headline,
        "url": before.url,
        "authors": before.authors,
        "agency": before.agency,
        "published": str(before.published or ""),
        "captured": str(before.captured or ""),
    }
    said: dict[str, Any] = {
        key: value
        for key, value in kept.items()
        if value and not getattr(given, key) and key not in draft.metadata
    }
    language = given.language or (before.language if before.language != "en" else "")
    return replace(
        given,
        **said,
        language=language,
        partial=given.partial or before.partial,
        rights=given.rights or before.rights,
    )
