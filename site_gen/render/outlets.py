"""An outlet over all stories of the site: how its facts stand beside those of others, and its
articles in figures beside the mean of all outlets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from site_gen.model import Profile
from site_gen.model.message import Message, number_in_words, say

if TYPE_CHECKING:
    from site_gen.render.site import ArticleLine, Summary

TOLD = (
    ("differ", "conflict", "≠", say("differ from another’s")),
    ("noted", "noted", "⇄", say("are explained")),
    ("compatible", "compatible", "≈", say("are compatible")),
    ("agree", "agree", "=", say("agree")),
)
"""Section, class, sign and words of what an outlet shares with others."""
SHARES: tuple[tuple[Message, Callable[[Profile], float | None]], ...] = (
    (say("Coverage"), lambda p: p.coverage),
    (say("Own text"), lambda p: p.originality),
    (say("Share that is somebody’s words"), lambda p: p.quoted_share + p.told_share),
    (say("First to report"), lambda p: float(p.first)),
)
COUNTS: tuple[tuple[Message, Callable[[Profile], float | None]], ...] = (
    (say("Words of an article"), lambda p: float(p.words)),
    (say("Speakers of an article"), lambda p: float(p.speakers)),
    (say("Not named among them"), lambda p: float(p.unnamed)),
    (say("Sentences that only it has, an article"), lambda p: float(p.only_here)),
)
"""What is counted in an article, and how to read it from its profile."""


def outlet_view(
    articles: Sequence[tuple[Summary, ArticleLine]], every: Sequence[Profile]
) -> dict[str, Any]:
    """An outlet's page. ``every``: the profiles of all articles of the site."""
    told: dict[str, int] = {}
    for _, line in articles:
        for section, n in line.told:
            told[section] = told.get(section, 0) + n
    most = max(told.values(), default=0)
    return {
        "articles": articles,
        "stories": len({s.id for s, _ in articles}),
        "changed": sum(a.changed for _, a in articles),
        "told_sum": sum(told.get(section, 0) for section, *_ in TOLD),
        "told": [
            {
                "state": state,
                "sign": sign,
                "word": word,
                "n": told[section],
                "share": round(100 * told[section] / most, 1),
            }
            for section, state, sign, word in TOLD
            if told.get(section)
        ],
        "profile": _profile([a.profile for _, a in articles if a.profile], every),
    }


def _profile(mine: Sequence[Profile], every: Sequence[Profile]) -> dict[str, Any] | None:
    """Means over an outlet's articles and over all; none where no article is read."""
    if not mine:
        return None
    shares = []
    for name, read in SHARES:
        own, whole = mean([read(p) for p in mine]), mean([read(p) for p in every])
        bars = [round(100 * (v or 0.0), 1) for v in (own, whole)]
        shares.append({"name": name, "mine": own, "all": whole, "bar": bars[0], "all_bar": bars[1]})
    counts = [
        {
            "name": name,
            "mine": _figure(mean([read(p) for p in mine])),
            "all": _figure(mean([read(p) for p in every])),
        }
        for name, read in COUNTS
    ]
    return {"articles": len(mine), "shares": shares, "counts": counts}


def _figure(value: float | None) -> str:
    """A mean with one place behind the point, a large one without."""
    if value is None:
        return "–"
    return number_in_words(round(value) if value >= 20 else round(value, 1))


def mean(values: Sequence[float | None]) -> float | None:
    """The mean of the values that there are; none where there is none."""
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None
