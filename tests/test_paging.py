"""Long stories: pages instead of waiting, every link and anchor in its place, nothing lost."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from html.parser import HTMLParser
from itertools import pairwise
from posixpath import dirname, join, normpath

import pytest

from site_gen.model import (
    Annotated,
    Article,
    Cell,
    Comparison,
    Evidence,
    Figure,
    FigureValue,
    Link,
    Matches,
    Moment,
    Origin,
    Paragraph,
    Passage,
    Place,
    Row,
    Statement,
    Story,
    Versions,
)
from site_gen.render.links import facts_page, passages_page
from site_gen.render.paging import in_parts, paged, part_of
from site_gen.render.story import StoryRenderer
from tests.test_properties import FOLDERS, SITE

LONG = bool(os.environ.get("SITE_GEN_LONG"))
SOURCES, PASSAGES = (20, 1000) if LONG else (12, 400)
"""`make exam` takes the larger story."""
MOST_NODES = 15_000
DAY = Moment(day=dt.date(2031, 6, 10))
WORDS = "The harbour company of Port Hallin moved {} crates of cod past the lighthouse on day {}."


@lru_cache(maxsize=1)
def long_story() -> Comparison:
    """Many sources that share many passages, each with a figure; two in ten differ."""
    names = [f"outlet-{n:02}" for n in range(SOURCES)]
    articles, annotated = [], []
    for n, name in enumerate(names):
        paragraphs, figures = [], []
        for i in range(PASSAGES):
            value = str(100 + i + (n % 10 == 3 and i % 5 == 0))
            text = WORDS.format(value, i)
            start = text.index(value)
            paragraphs.append(Paragraph(index=i, pid=f"p-{n}-{i}", role="body", text=text, line=i))
            figures.append(
                Figure(
                    paragraph=i,
                    start=start,
                    end=start + len(value),
                    text=value,
                    hedge="exact",
                    low=float(value),
                    high=float(value),
                    unit="",
                    counted="crates",
                    head="crate",
                    said_by="",
                    rule="number",
                )
            )
        article = Article(
            id=name,
            path=f"{name}.md",
            outlet=f"Outlet {n + 1}",
            headline=f"Crates of cod, told by outlet {n + 1}",
            published=DAY,
            paragraphs=tuple(paragraphs),
        )
        articles.append(article)
        annotated.append(Annotated(article=article, figures=tuple(figures)))
    rows = tuple(_row(annotated, i) for i in range(PASSAGES))
    evidence = (Evidence(name="shared words", weight=3.0, words=("harbour", "crates")),)
    links = tuple(
        Link(a=a, i=i, b=b, j=i, score=0.9, kind="reworded", evidence=evidence)
        for a, b in pairwise(names)
        for i in range(PASSAGES)
    )
    passages = tuple(
        Passage(id=f"x-{i}", members=tuple((a, (i,)) for a in names), score=0.9)
        for i in range(PASSAGES)
    )
    matches = Matches(
        sources=tuple(names),
        links=links,
        passages=passages,
        versions=tuple(Versions(captures=(a,), speaks=a, steps=()) for a in names),
        origins=tuple(Origin(id=f"o-{a}", sources=(a,), evidence="") for a in names),
        overlaps=(),
    )
    return Comparison(
        story=Story(id="long", title="A thousand crates", path="long", articles=tuple(articles)),
        annotated=tuple(annotated),
        matches=matches,
        rows=rows,
        lead=rows[0].id,
    )


def _row(annotated: list[Annotated], index: int) -> Row:
    cells = []
    for a in annotated:
        f = a.figures[index]
        place = Place(article=a.article.id, paragraph=index, start=f.start, end=f.end)
        value = FigureValue(hedge="exact", low=f.low, high=f.high, unit="")
        statement = Statement(place=place, text=f.text, value=value)
        cells.append(Cell(source=a.article.id, statements=(statement,)))
    differ = index % 5 == 0
    return Row(
        id=f"r-{index:08x}",
        kind="figure",
        label="Crates of cod moved",
        cells=tuple(cells),
        silent=(),
        verdict="conflict" if differ else "agree",
        qualifier="",
        reason="They cannot both be true." if differ else "They give the same value.",
        rule="intervals do not meet" if differ else "same value and hedge",
        origins=SOURCES,
        weight=float(PASSAGES - index),
    )


class Counted(HTMLParser):
    """Elements and texts of a page, its anchors, and where its links lead."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes = 0
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element."""
        self.nodes += 1
        for key, value in attrs:
            if key == "id" and value:
                self.ids.append(value)
            if key == "href" and value:
                self.links.append(value)

    def handle_data(self, data: str) -> None:
        """A text."""
        self.nodes += 1


@pytest.fixture(scope="module")
def pages() -> Mapping[str, Counted]:
    """The pages of a long story: all but most articles and pairs, which are like the first."""
    renderer = StoryRenderer(SITE, FOLDERS)
    comparison = paged(long_story())
    first = comparison.annotated[0]
    out = {}
    for page in (
        *renderer._facts(comparison, worksheet=True),
        *renderer._passages(comparison),
        *renderer._article(comparison, first, (), excerpt=False),
        *renderer._pair(comparison, "outlet-00", "outlet-01", beside={"previous": "", "next": ""}),
    ):
        counted = Counted()
        counted.feed(page.data.decode())
        out[page.path] = counted
    return out


def test_no_page_of_a_long_story_has_too_many_nodes(pages: Mapping[str, Counted]) -> None:
    """Twenty sources, a thousand passages: every page under 15,000 elements and texts."""
    assert {p: c.nodes for p, c in pages.items() if c.nodes >= MOST_NODES} == {}
    assert len(pages) > 20


def test_every_row_passage_and_paragraph_has_one_place(pages: Mapping[str, Counted]) -> None:
    """On some page, once."""
    seen = Counter(i for c in pages.values() for i in c.ids)
    for index in range(PASSAGES):
        assert seen[f"r-{index:08x}"] == 1
        assert seen[f"x-{index}"] == 1
        assert seen[f"p-0-{index}"] == 1


def test_links_between_the_pages_lead_to_their_anchor(pages: Mapping[str, Counted]) -> None:
    """A row, a passage and a paragraph are found on the page that holds them."""
    checked = 0
    for path, counted in pages.items():
        for link in counted.links:
            target, _, fragment = link.partition("#")
            there = normpath(join(dirname(path), target)) if target else path
            if there in pages and fragment:
                assert fragment in pages[there].ids, (path, link)
                checked += 1
    assert checked > 3000


def test_a_story_of_ordinary_length_has_one_page_of_each_kind() -> None:
    """And the comparison is the same object: nothing is copied."""
    comparison = long_story()
    few = comparison.rows[:10]

    short = replace(
        comparison,
        rows=few,
        matches=replace(comparison.matches, passages=comparison.matches.passages[:5]),
    )
    assert paged(short) is short
    assert {r.page for r in few} == {1}


def test_parts_and_their_addresses() -> None:
    """Counted from 1; the first is at the plain address."""
    assert part_of(-1) == part_of(0) == part_of(249) == 1
    assert part_of(250) == 2
    assert [list(p) for p in in_parts([1, 2, 3], 2)] == [[1, 2], [3]]
    assert in_parts([], 2) == [[]]
    assert facts_page("s", 1) == "s/index.html"
    assert re.fullmatch(r"s/facts/2/index\.html", facts_page("s", 2))
    assert passages_page("s") == "s/passages/index.html"
