"""Views across all sources: the passages side by side, the coverage matrix, the table of
origins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from site_gen.language.words import STOP_WORDS, content_stems, sentences, stem, word_list
from site_gen.model import Comparison, Passage
from site_gen.model.message import say
from site_gen.render.excerpts import FILLER
from site_gen.render.links import pair_page
from site_gen.render.margin import margin
from site_gen.render.marks import Mark, Spans, marked
from site_gen.render.paragraphs import moment, place_link
from site_gen.render.reviewed import review_words

LABEL_WORDS = 12
ALONE = 400
"""Paragraphs that no passage holds which the page of the passages repeats, over all sources: every
paragraph stands on its article's own page."""
SIDE_BY_SIDE = 8
"""Sources of a passage that stand side by side; further ones are folded."""
CELLS = 600
"""Cells of the table of who reports what on the story's page; the rest is with the passages."""


def passages_view(comparison: Comparison) -> list[dict[str, Any]]:
    """For each page: its passages as cards with a cell a source; and on the first one, for each
    source the paragraphs that only it has."""
    also, ends = linked_apart(comparison), _ends(comparison)
    values = {s: margin(comparison, s)["marks"] for s in comparison.matches.sources}
    listed = sorted(comparison.matches.passages, key=lambda p: (p.page, not p.sure))
    views = [
        (p, _passage(comparison, p, also, values, ends) | {"number": n})
        for n, p in enumerate(listed, 1)
    ]
    last = max((p.page for p in listed), default=1)
    return [
        {
            "passages": [view for p, view in views if p.page == page and p.sure],
            "possible": [view for p, view in views if p.page == page and not p.sure],
            "alone": _alone(comparison, also) if page == last else [],
        }
        for page in range(1, last + 1)
    ]


def _alone(
    comparison: Comparison, also: Mapping[tuple[str, int], list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """For each source the paragraphs that stand in no passage."""
    story = comparison.story
    taken = {
        (a, i) for p in comparison.matches.passages for a, indexes in p.members for i in indexes
    }
    alone = []
    for source in comparison.matches.sources:
        article = story.article(source)
        rest = [
            {
                "p": p,
                "number": p.index + 1,
                "link": place_link(story.id, article, p.index),
                "also": also.get((source, p.index), ()),
            }
            for p in article.body
            if (source, p.index) not in taken
        ]
        shown = max(1, ALONE // len(comparison.matches.sources))
        alone.append({"article": article, "count": len(rest), "paragraphs": rest[:shown]})
    return alone


def passage_label(comparison: Comparison, passage: Passage) -> str:
    """The first words of a passage in the source whose paragraph is shortest, and whose words they
    are."""
    found = min(
        (len(t), t, a)
        for a, indexes in passage.members
        for t in [comparison.story.article(a).paragraph(indexes[0]).text]
    )
    shown = found[1].split(FILLER)  # an excerpt has gaps: its longest piece
    cut = max(shown, key=len).split()
    told = " ".join(cut[:LABEL_WORDS]).strip("“”") + ("…" if len(cut) > LABEL_WORDS else "")
    outlet = comparison.story.article(found[2]).outlet
    return say("{outlet}: “{words}”", outlet=outlet, words=told)


def linked_apart(comparison: Comparison) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """The paragraphs that each paragraph is linked to outside its passage: a passage is one run an
    article, and a link may lead out of it."""
    matches, story = comparison.matches, comparison.story
    of = {(a, i): p.id for p in matches.passages for a, indexes in p.members for i in indexes}
    out: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for x in matches.links:
        ends = (x.a, x.i), (x.b, x.j)
        if ends[0] in of and of[ends[0]] == of.get(ends[1]):
            continue
        for (here, there), page in zip(
            (ends, ends[::-1]), [pair_page(story.id, x.a, x.b)] * 2, strict=True
        ):
            article = story.article(there[0])
            out.setdefault(here, []).append(
                {
                    "outlet": article.outlet,
                    "number": there[1] + 1,
                    "link": place_link(story.id, article, there[1]),
                    "page": page,
                }
            )
    return out


def _passage(
    comparison: Comparison,
    passage: Passage,
    also: Mapping[tuple[str, int], list[dict[str, Any]]],
    values: Mapping[str, Mapping[int, Sequence[Mark]]],
    ends: Ends,
) -> dict[str, Any]:
    story = comparison.story
    seen: Counter[str] = Counter()
    for a, indexes in passage.members:
        seen.update(
            frozenset[str]().union(
                *(content_stems(story.article(a).paragraph(i).text) for i in indexes)
            )
        )
    cells = []
    for source in comparison.matches.sources:
        indexes = passage.indexes(source)
        if not indexes:
            continue
        article = story.article(source)
        paragraphs = []
        for i in indexes:
            text = article.paragraph(i).text
            told = values[source].get(i, ())
            shared = _shared(text, seen, told)
            beside = _beside(comparison, passage, source, i, ends=ends)
            paragraphs.append(
                {
                    "number": i + 1,
                    "html": marked(text, [*shared, *beside, *told]),
                    "link": place_link(story.id, article, i),
                    "also": also.get((source, i), ()),
                }
            )
        cells.append(
            {"article": article, "published": moment(article.published), "paragraphs": paragraphs}
        )
    silent = [story.article(s).outlet for s in comparison.matches.sources if not passage.indexes(s)]
    return {
        "passage": passage,
        "review": review_words(passage.ruling, lapsed=passage.lapsed, silent=bool(silent)),
        "label": passage_label(comparison, passage),
        "cells": cells,
        "silent": list(dict.fromkeys(silent)),
    }


def _shared(text: str, seen: Mapping[str, int], told: Sequence[Mark]) -> list[Mark]:
    """The words of a text that stand in another paragraph of the passage too, apart from values;
    neighbours are one mark, so that a run of shared words reads as a run."""
    out: list[tuple[int, int]] = []
    values = Spans((m.start, m.end) for m in told)
    for start, end, word in word_list(text):
        if word in STOP_WORDS or seen.get(stem(word), 0) < 2 or values.meet(start, end):
            continue
        if out and text[out[-1][1] : start].strip(" -") == "":
            out[-1] = out[-1][0], end
        else:
            out.append((start, end))
    return [Mark(start, end, "shared") for start, end in out]


Ends = Mapping[tuple[str, int], Sequence[tuple[str, int, tuple[int, int]]]]
"""A paragraph → the paragraphs that it is linked with, and which of its sentences answers each."""


def _ends(comparison: Comparison) -> Ends:
    out: dict[tuple[str, int], list[tuple[str, int, tuple[int, int]]]] = {}
    for x in comparison.matches.links:
        if x.spans:
            out.setdefault((x.a, x.i), []).append((x.b, x.j, x.spans[0]))
            out.setdefault((x.b, x.j), []).append((x.a, x.i, x.spans[1]))
    return out


def _beside(
    comparison: Comparison, passage: Passage, source: str, index: int, *, ends: Ends
) -> list[Mark]:
    """What of a paragraph no sentence of the passage's links is: it stands beside the matter."""
    inside = {(a, i) for a, indexes in passage.members for i in indexes}
    spans = [span for b, j, span in ends.get((source, index), ()) if (b, j) in inside]
    if not spans:
        return []
    text = comparison.story.article(source).paragraph(index).text
    linked = Spans(spans)
    return [
        Mark(start, end, "beside") for start, end in sentences(text) if not linked.meet(start, end)
    ]


def coverage(comparison: Comparison) -> dict[str, Any]:
    """Passages × sources: who reports what. A silent source is shown as silent, and a partial one
    as partial."""
    story, sources = comparison.story, comparison.matches.sources
    read = {s: comparison.annotation(s) for s in sources}
    rows = []
    for passage in (p for p in comparison.matches.passages if p.sure):
        cells = []
        for s in sources:
            places = passage.indexes(s)
            state = "yes" if places else "partial" if read[s].article.partial else "no"
            words_ = {
                "yes": say("reported in paragraph {n}", n=places[0] + 1) if places else "",
                "partial": say("capture is partial"),
                "no": say("not in this capture"),
            }[state]
            cells.append(
                {
                    "state": state,
                    "words": words_,
                    "link": place_link(story.id, read[s].article, places[0]) if places else "",
                }
            )
        rows.append(
            {
                "passage": passage,
                "label": passage_label(comparison, passage),
                "cells": cells,
                "count": sum(c["state"] == "yes" for c in cells),
            }
        )
    most = max(1, CELLS // max(1, len(sources)))
    return {
        "sources": [story.article(s) for s in sources],
        "rows": rows[:most],
        "count": len(rows),
    }


def origins_view(comparison: Comparison) -> list[dict[str, Any]]:
    """Origins with their sources; those that several share come first, with the evidence."""
    out = []
    for o in sorted(comparison.matches.origins, key=lambda o: (-len(o.sources), o.id)):
        out.append(
            {
                "outlets": [comparison.story.article(s).outlet for s in o.sources],
                "sources": o.sources,
                "evidence": o.evidence,
            }
        )
    return out


def overlap_matrix(comparison: Comparison) -> dict[str, Any] | None:
    """Of each source's words, the share that stands in each other source's text; nothing where no
    two share text."""
    matches, story = comparison.matches, comparison.story
    share = {(o.a, o.b): o.share_of_a for o in matches.overlaps} | {
        (o.b, o.a): o.share_of_b for o in matches.overlaps
    }
    if not share:
        return None
    among = [s for s in matches.sources if any(s in pair for pair in share)]
    rows = [
        {
            "article": story.article(a),
            "shares": [None if a == b else share.get((a, b), 0.0) for b in among],
        }
        for a in among
    ]
    return {"columns": [story.article(s) for s in among], "rows": rows}


def pairs_view(comparison: Comparison) -> list[dict[str, Any]]:
    """Every pair of sources with the number of links and the share of text that both have."""
    sources = comparison.matches.sources if comparison.aligned else ()
    linked = Counter(frozenset((x.a, x.b)) for x in comparison.matches.links)
    out = []
    for n, a in enumerate(sources):
        for b in sources[n + 1 :]:
            links = linked[frozenset((a, b))]
            overlap = next((o for o in comparison.matches.overlaps if {o.a, o.b} == {a, b}), None)
            share = max(overlap.share_of_a, overlap.share_of_b) if overlap else 0.0
            out.append(
                {
                    "a": comparison.story.article(a),
                    "b": comparison.story.article(b),
                    "links": links,
                    "share": share,
                    "page": pair_page(comparison.story.id, a, b),
                }
            )
    return out
