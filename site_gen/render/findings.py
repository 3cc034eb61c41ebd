"""Views of what editors compare beyond numbers, as the story page shows them: every item with its
words, its place and a link there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_gen.model import Comparison, Place, Profile
from site_gen.model.message import count, say
from site_gen.render.marks import Mark, marked
from site_gen.render.paragraphs import moment, place_link, place_words
from site_gen.render.reviewed import editors_word

SHOWN = 5
"""Items of a list that a source shows before a reader asks for more, and the most sentences that
an excerpt gives for what one source alone has."""
WORDS = {
    "negated": say("One denies what the other states"),
    "opposite": say("The two exclude each other"),
    "hedged": say("One leaves open what the other states"),
    "name": say("Two spellings of a name"),
}
"""What each kind of statement is called."""
KINDS = {
    "named": say("by name"),
    "organisation": say("organisation"),
    "unnamed": say("not named"),
    "document": say("document"),
    "media": say("other media"),
    "": say("not established"),
}
"""What each kind of speaker is called."""
ANCHORS = {
    "name": say("a name that no other text has"),
    "figure": say("a figure that no other text has"),
    "quotation": say("words in quotation marks that no other text has"),
    "document": say("a document that no other text has"),
    "words": say("words that no other text has"),
}


NOTICES = {
    "correction": say("correction"),
    "clarification": say("clarification"),
    "update": say("update"),
    "editor's note": say("editor’s note"),
    "retraction": say("retraction"),
}
"""What each kind of notice is called."""


def findings_view(comparison: Comparison) -> dict[str, Any]:
    """Everything that the story page shows beyond rows; an empty list where there is nothing."""
    several = len(comparison.matches.origins) > 1
    return {
        "stated": [_stated(comparison, s) for s in comparison.findings.stated],
        "headlines": _headlines(comparison) if several else [],
        "speakers": _speakers(comparison),
        "shares": _shares(comparison),
        "only": _by_source(comparison, _only_here(comparison)),
        "missing": _by_source(comparison, _not_here(comparison)),
        "called": _called(comparison),
        "verbs": _verbs(comparison),
        "notices": _notices(comparison),
        "profiles": [_profile(comparison, p) for p in comparison.findings.profiles],
    }


def quoted_at(comparison: Comparison, place: Place, marks: Iterable[Mark] = ()) -> dict[str, Any]:
    """Words with their outlet, place and link; ``marks`` in characters of the paragraph."""
    article = comparison.story.article(place.article)
    text = article.paragraph(place.paragraph).text
    inside = [
        Mark(m.start - place.start, min(m.end, place.end) - place.start, m.classes, m.title)
        for m in marks
        if place.start <= m.start < place.end
    ]
    return {
        "outlet": article.outlet,
        "published": moment(article.published),
        "place": place_words(article, place.paragraph),
        "link": place_link(comparison.story.id, article, place.paragraph),
        "html": marked(text[place.start : place.end], inside),
    }


def _stated(comparison: Comparison, found: Any) -> dict[str, Any]:
    sides = [
        quoted_at(comparison, s.sentence, [Mark(s.words.start, s.words.end, "apart")])
        for side in found.sides
        for s in side
    ]
    return {
        "id": found.id,
        "word": WORDS[found.kind],
        "sides": sides,
        "editor": editors_word(comparison, found.id),
    }


def _headlines(comparison: Comparison) -> list[dict[str, Any]]:
    out = []
    for h in comparison.findings.headlines:
        article = comparison.story.article(h.source)
        marks = [Mark(a, b, "apart", say("in no other headline")) for a, b in h.own]
        out.append(
            {
                "outlet": article.outlet,
                "published": moment(article.published),
                "headline": marked(article.headline, marks) if article.headline else "",
                "first": quoted_at(comparison, h.first) if h.first else None,
                "lead": h.lead,
                "event": quoted_at(comparison, h.event) if h.event else None,
                "ordinal": h.ordinal,
            }
        )
    return out


def _speakers(comparison: Comparison) -> list[dict[str, Any]]:
    sources = [p.source for p in comparison.findings.shares]
    out = []
    most = max((v.quoted for s in comparison.findings.speakers for v in s.voices), default=0)
    for speaker in comparison.findings.speakers:
        voices = {v.source: v for v in speaker.voices}
        cells = []
        for source in sources:
            voice = voices.get(source)
            cells.append(
                {
                    "outlet": comparison.story.article(source).outlet,
                    "quoted": voice.quoted,
                    "told": voice.told,
                    "bar": _percent(voice.quoted, most),
                    "said": [quoted_at(comparison, u.place) for u in voice.utterances],
                    "link": quoted_at(comparison, voice.utterances[0].place)["link"],
                }
                if voice
                else None
            )
        out.append(
            {
                "speaker": speaker,
                "kind": KINDS[speaker.kind],
                "cells": cells,
                "editor": editors_word(comparison, speaker.id, silent=None in cells),
            }
        )
    return out


def _shares(comparison: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "outlet": comparison.story.article(s.source).outlet,
            "quoted": _percent(s.quoted, s.words),
            "told": _percent(s.told, s.words),
            "kinds": [(KINDS[k], _percent(n, s.words)) for k, n in s.kinds],
        }
        for s in comparison.findings.shares
    ]


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _only_here(comparison: Comparison) -> Iterable[tuple[str, dict[str, Any]]]:
    story = comparison.story
    for found in comparison.findings.only_here:
        marks = [Mark(a.start, a.end, "apart", ANCHORS[a.kind]) for a in found.anchors]
        also = [story.article(s).outlet for s in found.sources if s != found.place.article]
        view = quoted_at(comparison, found.place, marks)
        view |= {"id": found.id, "also": also, "editor": editors_word(comparison, found.id)}
        yield found.place.article, view


def _not_here(comparison: Comparison) -> Iterable[tuple[str, dict[str, Any]]]:
    for found in comparison.findings.not_here:
        yield (
            found.source,
            {
                "id": found.id,
                "told": [quoted_at(comparison, p) for p in found.told],
                "elsewhere": quoted_at(comparison, found.elsewhere) if found.elsewhere else None,
                "editor": editors_word(comparison, found.id),
            },
        )


def _by_source(
    comparison: Comparison, found: Iterable[tuple[str, dict[str, Any]]]
) -> list[dict[str, Any]]:
    """Items grouped by source, in the order of the sources: those that are shown, and the rest."""
    by: dict[str, list[dict[str, Any]]] = {}
    for source, item in found:
        by.setdefault(source, []).append(item)
    return [
        {
            "outlet": comparison.story.article(s).outlet,
            "items": by[s][:SHOWN],
            "more": by[s][SHOWN:],
        }
        for s in comparison.matches.sources
        if s in by
    ]


def _called(comparison: Comparison) -> list[dict[str, Any]]:
    out = []
    for found in comparison.findings.called:
        terms = [
            {"text": t.text, "uses": [quoted_at(comparison, p) for p in t.uses]}
            for t in found.terms
        ]
        out.append(
            {
                "id": found.id,
                "kind": found.kind,
                "about": found.about,
                "terms": terms,
                "editor": editors_word(comparison, found.id),
            }
        )
    return out


def _verbs(comparison: Comparison) -> list[dict[str, Any]]:
    by: dict[str, list[tuple[str, int]]] = {}
    for use in comparison.findings.verbs:
        by.setdefault(use.source, []).append((use.verb, len(use.places)))
    return [
        {"outlet": comparison.story.article(s).outlet, "verbs": verbs} for s, verbs in by.items()
    ]


def _notices(comparison: Comparison) -> list[dict[str, Any]]:
    labels = {r.id: r.label for r in comparison.rows}
    story = comparison.story
    out = []
    for found in comparison.findings.notices:
        article = story.article(found.place.article)
        out.append(
            quoted_at(comparison, found.place)
            | {
                "id": found.id,
                "kind": NOTICES[found.kind],
                "rows": [(r, labels[r]) for r in found.rows if r in labels],
                "editor": editors_word(comparison, found.id),
                "paragraphs": [
                    (place_words(article, i), place_link(story.id, article, i))
                    for i in found.paragraphs
                ],
            }
        )
    return out


def _profile(comparison: Comparison, profile: Profile) -> dict[str, Any]:
    article = comparison.story.article(profile.source)
    return {
        "outlet": article.outlet,
        "profile": profile,
        "published": moment(article.published),
        "after": after_words(profile.after) if not profile.first else say("first"),
    }


def after_words(minutes: int | None) -> str:
    """A time after the first report as readers say it; empty where it is not known."""
    if minutes is None:
        return ""
    if minutes >= 24 * 60:
        days = round(minutes / (24 * 60))
        return count("{n} day later", "{n} days later", days)
    if minutes == 0:
        return say("the same day")
    hours, rest = divmod(minutes, 60)
    if hours:
        return say("{hours} h {minutes} min later", hours=hours, minutes=rest)
    return say("{minutes} min later", minutes=rest)


def share_words(share: float | None) -> str:
    """A share from 0 to 1 as readers see it; a dash where there is none."""
    return "–" if share is None else say("{n} %", n=round(100 * share))
