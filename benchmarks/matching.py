"""How long matching and comparing take: a pair of articles, stories of ten and of fifty outlets
made of the corpus, rows of five articles."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice
from pathlib import Path

from benchmarks import read
from site_gen.compare.rows import compare_facts
from site_gen.match.features import features
from site_gen.match.pairs import link_articles
from site_gen.model import Annotated
from site_gen.pipeline import annotate, match

OUTLETS = (10, 50)


def speed(corpus: Path) -> Iterator[tuple[str, float]]:
    """Milliseconds of one core for the links of a pair, features made; seconds for the matching of
    many outlets, annotations made."""
    stories = [[annotate(a) for a in s.articles] for s in read.stories(corpus)]
    best, pairs = float("inf"), 0
    made = [(features(s), s) for s in stories]
    for _ in range(3):
        start, pairs = time.process_time(), 0
        for of, sides in made:
            bodies = [[of[s.article.id, p.index] for p in s.article.body] for s in sides]
            for a, b in combinations(bodies, 2):
                link_articles(a, b)
                pairs += 1
        best = min(best, time.process_time() - start)
    yield "links, ms a pair", round(1000 * best / pairs, 2)
    everyone = [s for story in stories for s in story]
    for count in OUTLETS:
        chosen = [
            replace(s, article=replace(s.article, id=f"a{n}", url="", version_of=""))
            for n, s in enumerate(islice(everyone, count))
        ]
        start = time.process_time()
        match({s.article.id: s for s in chosen})
        yield f"matching {count} outlets, seconds", round(time.process_time() - start, 2)
    yield from comparing(stories)


def comparing(stories: Sequence[Sequence[Annotated]]) -> Iterator[tuple[str, float]]:
    """Milliseconds of one core for rows and quotation rows of five articles, after finders and
    links: three on one event, two on another."""
    work = []
    for one, two in zip(stories, [*stories[1:], *stories[:1]], strict=True):
        five = {
            f"a{n}": replace(s, article=replace(s.article, id=f"a{n}", url="", version_of=""))
            for n, s in enumerate([*one[:3], *two[:2]])
        }
        work.append(([five[s] for s in sorted(five)], match(five)))
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for sources, matches in work:
            compare_facts([s for s in sources if s.article.id in matches.sources], matches, {})
        best = min(best, time.process_time() - start)
    yield "rows of five articles, ms", round(1000 * best / len(work), 2)
