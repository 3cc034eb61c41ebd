"""What is no fault of a story and yet most often a mistake: an article that shares nothing with the
others, a day of publication that the article's own date line contradicts, names too long to be
read. For ``check``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from site_gen.language.rarity import rarity_in_news
from site_gen.language.words import STOP_WORDS, stem, words
from site_gen.model import Article, ContentError, Story

SHARES_NOTHING = 0.19
"""An article whose words, weighed by how rare they are in news, stand in no other article of its
story to this share of the shorter of the two. Of 150 articles of fifty real stories none is below
0.22 in its own story; nine of ten are below 0.19 in another."""
LONG_OUTLET = 60
"""Characters of an outlet's name that a column's head holds in three lines on a phone."""
LONG_NAME = 100
"""Characters of an article's id: it is a part of every address of its pages, and names of files
end at 255 bytes on every system."""
NEAR = 1
"""Days by which a day may differ: zones of time."""
_IN_ADDRESS = re.compile(r"/(20\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/-]|$)")


def doubts(story: Story, dated: Mapping[str, dt.date]) -> Iterator[ContentError]:
    """What a person should look at in a story, with what to do. ``dated``: by article, the day that
    its own date line gives."""
    for article in story.articles:
        yield from _names(article)
        yield from _day(article, dated.get(article.id))
    yield from _strangers(story)


def _names(article: Article) -> Iterator[ContentError]:
    if len(article.outlet) > LONG_OUTLET:
        why = f"the outlet's name has {len(article.outlet)} characters, and stands above columns"
        yield ContentError(article.path, 0, why, "use the name that readers know")
    if len(article.id) > LONG_NAME:
        why = f"the file's name has {len(article.id)} characters, and is part of addresses"
        yield ContentError(article.path, 0, why, "shorten it")


def _day(article: Article, own: dt.date | None) -> Iterator[ContentError]:
    if article.published is None:
        return
    day = article.published.day
    if own is not None and abs((own - day).days) > NEAR:
        why = f"`published: {day}`, and the article's own date line says {own}"
        yield ContentError(article.path, 0, why, "look which is right")
    found = _IN_ADDRESS.search(article.url)
    if found:
        try:
            of_address = dt.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return
        if abs((of_address - day).days) > NEAR:
            why = f"`published: {day}`, and the article's address says {of_address}"
            yield ContentError(article.path, 0, why, "look which is right")


def _strangers(story: Story) -> Iterator[ContentError]:
    """Articles that are probably about something else; whole ones in English only, by outlets of
    their own."""
    known = [a for a in story.articles if a.language.split("-")[0] == "en" and not a.partial]
    weighed = {a.id: _weighed(a) for a in known}
    for article in known:
        others = [o for o in known if o.id != article.id and o.version_of != article.id]
        if article.version_of or not others or not weighed[article.id]:
            continue
        most = max(_shared(weighed[article.id], weighed[o.id]) for o in others)
        if most < SHARES_NOTHING:
            yield ContentError(
                article.path,
                0,
                "this article shares next to nothing with the others of its story",
                f"look whether it is about “{story.title}”",
            )


def _weighed(article: Article) -> dict[str, float]:
    stems = {
        stem(text[start:end].lower())
        for text in (p.text for p in article.all_text)
        for start, end, _ in words(text)
        if end - start > 1 and text[start:end].lower() not in STOP_WORDS
    }
    return {s: rarity_in_news(s) for s in sorted(stems)}


def _shared(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """The share of the lighter one's weight that stands in the other: 0 to 1."""
    both = sum(weight for name, weight in first.items() if name in second)
    return both / max(1e-9, min(sum(first.values()), sum(second.values())))
