"""findings: what the lists beyond numbers hold over a folder of stories, and what they cost.

``python -m benchmarks findings FOLDER`` prints how many items each list has, and its share of the
CPU of a build (analysis and pages). ``python -m benchmarks sheets FOLDER OUT SEED`` writes what a
reader needs who did not write the program: the articles of twelve stories drawn by chance as text,
and a JSON file of items for each list, with their sentences; what is right in them, a person says.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import read
from site_gen import pipeline
from site_gen.language.words import sentence_at
from site_gen.model import Comparison, Place
from site_gen.render.site import Site
from site_gen.render.story import StoryRenderer

STORIES, ITEMS = 12, 40
"""Stories of a reading, and items of each list at most."""
LISTS = ("only_here", "not_here", "headlines", "speakers", "called", "stated", "notices")
TEMPLATES = Path(__file__).parent.parent / "templates"


def run(folder: Path) -> dict[str, float]:
    """The number of items of each list, and ``share``, that of the CPU of a build."""
    stories = read.stories(folder)
    spent = {"findings": 0.0, "speech": 0.0}
    with _clocked(spent):
        start = time.process_time()
        compared = [pipeline.analyse(s) for s in stories]
        anywhere: dict[str, str] = defaultdict(lambda: "index.html")
        site = Site(name="", assets=anywhere, tags=anywhere)
        renderer = StoryRenderer(site, [str(TEMPLATES)])
        for comparison in compared:
            renderer.story(comparison, full=False)
        whole = time.process_time() - start
    counts: dict[str, float] = defaultdict(int)
    for comparison in compared:
        found = comparison.findings
        for name in (
            "only_here",
            "not_here",
            "headlines",
            "speakers",
            "called",
            "stated",
            "notices",
        ):
            counts[name] += len(getattr(found, name))
    return {**counts, "stories": len(stories), "share": round(sum(spent.values()) / whole, 3)}


class _clocked:
    """While open, the time of the lists and of the speech that they need is counted."""

    def __init__(self, spent: dict[str, float]) -> None:
        from site_gen.find import speech

        self.places: list[tuple[Any, str, str]] = [
            (pipeline, "find_beyond", "findings"),
            (speech, "attributions", "speech"),
        ]
        self.spent, self.kept = spent, [getattr(m, n) for m, n, _ in self.places]

    def __enter__(self) -> None:
        for (module, name, key), function in zip(self.places, self.kept, strict=True):
            setattr(module, name, self._counted(function, key))

    def __exit__(self, *_: object) -> None:
        for (module, name, _), function in zip(self.places, self.kept, strict=True):
            setattr(module, name, function)

    def _counted(self, function: Callable[..., Any], key: str) -> Callable[..., Any]:
        def counted(*args: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args)
            finally:
                self.spent[key] += time.process_time() - start

        return counted


def sheets(folder: Path, out: Path, seed: int) -> None:
    """Write the reading sheets of some stories into ``out``."""
    chance = random.Random(seed)
    stories = list(read.stories(folder))
    chance.shuffle(stories)
    items: dict[str, list[dict[str, Any]]] = defaultdict(list)
    out.mkdir(parents=True, exist_ok=True)
    for story in stories[:STORIES]:
        comparison = pipeline.analyse(story)
        (out / f"{story.id}.txt").write_text(_as_text(comparison), encoding="utf-8")
        for name, item in _items(comparison):
            items[name].append({"story": story.id, **item})
    for name, found in sorted(items.items()):
        chance.shuffle(found)
        read.write_json(
            out / f"{name}.json", [{"n": n, **i} for n, i in enumerate(found[:ITEMS], 1)]
        )
        print(f"{name:10} {min(len(found), ITEMS)} of {len(found)}")


def _as_text(comparison: Comparison) -> str:
    story = comparison.story
    return "\n\n".join(
        f"##### {s}: {story.article(s).headline}\n"
        + "\n".join(f"[{n}] {p.text}" for n, p in enumerate(story.article(s).body, 1))
        for s in comparison.matches.sources
    )


def _items(comparison: Comparison) -> Iterator[tuple[str, dict[str, Any]]]:
    story, found = comparison.story, comparison.findings

    def text(place: Place | None) -> str:
        if place is None:
            return ""
        return story.article(place.article).paragraph(place.paragraph).text[place.start : place.end]

    def sentence(place: Place) -> str:
        whole = story.article(place.article).paragraph(place.paragraph).text
        start, end = sentence_at(whole, place.start)
        marked = f"[[{whole[place.start : place.end]}]]"
        return whole[start : place.start] + marked + whole[place.end : max(end, place.end)]

    for o in found.only_here:
        words = [text(replace(o.place, start=a.start, end=a.end)) for a in o.anchors]
        yield "only", {"source": o.place.article, "sentence": text(o.place), "words": words}
    for n in found.not_here:
        told = [{p.article: text(p)} for p in n.told]
        yield "nothere", {"source": n.source, "told by": told, "elsewhere": text(n.elsewhere)}
    for h in found.headlines:
        headline = story.article(h.source).headline
        yield (
            "headlines",
            {
                "source": h.source,
                "headline": headline,
                "own words": [headline[a:b] for a, b in h.own],
                "names": [headline[a:b] for a, b in h.names],
                "figures": [headline[a:b] for a, b in h.figures],
                "event in paragraph": h.ordinal,
                "its sentence": text(h.event),
            },
        )
    for s in found.speakers:
        voices = [
            {
                "source": v.source,
                "quoted": v.quoted,
                "told": v.told,
                "said": [
                    {
                        "verb": u.verb,
                        "quoted": [text(replace(u.place, start=a, end=b)) for a, b in u.quoted],
                        "told": [text(replace(u.place, start=a, end=b)) for a, b in u.told],
                        "paragraph": story.article(v.source).paragraph(u.place.paragraph).text,
                    }
                    for u in v.utterances
                ],
            }
            for v in s.voices
        ]
        yield "quoted", {"speaker": s.name, "role": s.role, "kind": s.kind, "in": voices}
    for c in found.called:
        terms = {t.text: [{p.article: sentence(p)} for p in t.uses] for t in c.terms}
        yield "called", {"kind": c.kind, "about": c.about, "terms": terms}
    for d in found.stated:
        sides = [[{x.sentence.article: sentence(x.words)} for x in side] for side in d.sides]
        yield "stated", {"kind": d.kind, "sides": sides}
