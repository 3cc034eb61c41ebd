"""What a story says of itself to those who pass it on: the finding as its title, and structured
data in the vocabulary of schema.org."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from site_gen.model import Comparison
from site_gen.model.message import count, joined
from site_gen.render import links
from site_gen.render.lead import Finding
from site_gen.render.site import Site


def share(site: Site, comparison: Comparison, lead: Finding) -> dict[str, Any]:
    """The title, the description and the structured data of a story. There is no picture: drawn
    letters are the same bytes everywhere only with a font of our own in every wheel."""
    story = comparison.story
    outlets = dict.fromkeys(story.article(s).outlet for s in comparison.matches.sources)
    title = joined(" ", [lead.plain, story.title])
    description = story.summary or count(
        "How {n} outlet reported it: {outlets}",
        "How {n} outlets reported it: {outlets}",
        len(outlets),
        outlets=", ".join(outlets),
    )
    return {
        "title": title,
        "description": description,
        "data": _script(_data(site, comparison, title, description)),
    }


def _data(site: Site, comparison: Comparison, title: str, description: str) -> dict[str, Any]:
    """The page as a schema.org Article that cites the articles it compares. It is no ClaimReview:
    nothing here says what is true."""
    story = comparison.story
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": title[:110],
        "name": story.title,
        "description": description,
        "publisher": {"@type": "Organization", "name": site.name},
        "citation": [_cited(comparison, s) for s in comparison.matches.sources],
    }
    if story.date:
        found["datePublished"] = story.date.isoformat()
    if site.url:
        found["url"] = links.absolute(site.url, links.story_page(story.id))
    return found


def _cited(comparison: Comparison, source: str) -> dict[str, Any]:
    article = comparison.story.article(source)
    out: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.headline[:110],
        "publisher": {"@type": "Organization", "name": article.outlet},
    }
    if article.published:
        out["datePublished"] = article.published.day.isoformat()
    if article.url:
        out["url"] = article.url
    return out


def _script(data: dict[str, Any]) -> Markup:
    """JSON that cannot end the element that it stands in: no ``<``, ``>`` or ``&``."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
