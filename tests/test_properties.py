"""What holds for every input: nothing is lost, offsets quote their text, the order of files does
not matter."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from site_gen import markdown
from site_gen.capture import capture
from site_gen.capture.text import clean, without_targets
from site_gen.content import read_content
from site_gen.language.words import sentences
from site_gen.match.diff import word_diff
from site_gen.match.evidence import BEST, base_scores
from site_gen.match.features import features
from site_gen.match.origins import overlaps
from site_gen.match.pairs import link_articles
from site_gen.model import Article, Comparison, Paragraph, Story
from site_gen.pipeline import analyse, annotate
from site_gen.render.site import Site
from site_gen.render.story import StoryRenderer
from site_gen.shell.build import template_folders
from site_gen.shell.config import Config
from tests.html_text import PageText
from tests.strategies import phrases, stories

FOLDERS = template_folders(Config(path=None, content=Path(), out=Path()))
SITE = Site(name="Test", assets={"site.css": "assets/site.css", "site.js": "assets/site.js"})


def render(comparison: Comparison) -> dict[str, bytes]:
    """The pages and files of a story."""
    return {p.path: p.data for p in StoryRenderer(SITE, FOLDERS).story(comparison)}


@given(stories())
def test_no_paragraph_is_lost_on_any_page(story: Story) -> None:
    """Every paragraph stands on its article's page, and every body paragraph exactly once on each
    pair page and at least once among the passages, unchanged."""
    comparison = analyse(story)
    files = render(comparison)
    for article in story.articles:
        shown = PageText(files[f"s/{article.id}/index.html"].decode()).texts
        assert shown == [p.text.strip() for p in article.paragraphs]
    sources = comparison.matches.sources
    for n, a in enumerate(sources):
        for b in sources[n + 1 :]:
            first, second = sorted((a, b))
            page = PageText(files[f"s/{first}/vs/{second}/index.html"].decode())
            wanted = Counter(p.text.strip() for x in (a, b) for p in story.article(x).body)
            assert Counter(page.texts) == wanted
    if len(sources) > 1:
        page = PageText(files["s/passages/index.html"].decode())
        wanted = Counter(p.text.strip() for x in sources for p in story.article(x).body)
        # a long paragraph may stand in a second passage by another of its sentences
        assert Counter(page.texts) >= wanted
        assert set(page.texts) == set(wanted)


@given(stories())
def test_versions_page_shows_both_captures_whole(story: Story) -> None:
    """Joining one side of the changes with the unchanged paragraphs gives that capture back."""
    comparison = analyse(story)
    for versions in comparison.matches.versions:
        for step in versions.steps:
            for side, name in (("before", step.before), ("after", step.after)):
                places = [i for c in step.changes for i in getattr(c, side)]
                assert sorted(places) == [p.index for p in story.article(name).body]


@given(stories())
def test_every_offset_quotes_its_text(story: Story) -> None:
    """``text[start:end]`` of each figure, date, quotation and cell in data.json is what it
    quotes."""
    data = json.loads(render(analyse(story))["s/data.json"])
    texts = {(a["id"], p["index"]): p["text"] for a in data["articles"] for p in a["paragraphs"]}
    texts |= {(a["id"], -1): a["headline"] for a in data["articles"]}
    for a in data["articles"]:
        for kind in ("figures", "dates", "quotations"):
            for x in a[kind]:
                assert texts[a["id"], x["paragraph"]][x["start"] : x["end"]] == x["text"] != ""
    for row in data["rows"]:
        for s in (s for c in row["cells"] for s in c["statements"] + c["was"]):
            assert texts[s["article"], s["paragraph"]][s["start"] : s["end"]] == s["text"]


@given(stories(), st.randoms())
def test_order_of_articles_does_not_matter(story: Story, rng: random.Random) -> None:
    """The same articles in any order give the same bytes."""
    shuffled = list(story.articles)
    rng.shuffle(shuffled)
    other = replace(story, articles=tuple(shuffled))
    assert (
        render(analyse(story))["s/index.html"]
        == render(analyse(replace(other, articles=tuple(sorted(shuffled, key=lambda a: a.id)))))[
            "s/index.html"
        ]
    )
    assert analyse(story).rows == analyse(other).rows
    assert analyse(story).matches == analyse(other).matches


@given(stories())
def test_passages_share_a_paragraph_by_other_sentences_alone(story: Story) -> None:
    """Passages hold at least two sources and take contiguous runs; a paragraph of one sentence
    stands in one of them."""
    comparison = analyse(story)
    seen: set[tuple[str, int]] = set()
    for passage in comparison.matches.passages:
        assert len(passage.members) > 1
        for article, indexes in passage.members:
            body = [p.index for p in story.article(article).body]
            places = [body.index(i) for i in indexes]
            assert places == list(range(places[0], places[0] + len(places)))
            texts = {i: story.article(article).paragraph(i).text for i in indexes}
            assert not seen & {(article, i) for i in indexes if len(sentences(texts[i])) < 2}
            seen |= {(article, i) for i in indexes}


@given(phrases, phrases)
def test_word_diff_gives_both_sides_back(a: str, b: str) -> None:
    """Joining one side's segments gives that side's text, whatever the texts are."""
    segments = word_diff(a, b)
    assert "".join(a[s.a_start : s.a_end] for s in segments if s.op != "insert") == a
    assert "".join(b[s.b_start : s.b_end] for s in segments if s.op != "delete") == b


@given(st.lists(phrases, min_size=1, max_size=6), st.sampled_from(["body", "caption", "heading"]))
def test_markdown_gives_paragraphs_back(texts: list[str], role: str) -> None:
    """What ``add`` writes is what ``build`` reads."""
    written = [Paragraph(index=n, role=role, text=t) for n, t in enumerate(texts)]
    read = [(b.role, b.text) for b in markdown.blocks(markdown.write(written))]
    assert read == [(role, t) for t in texts]


@given(
    st.lists(st.lists(phrases, min_size=1, max_size=3).map("\n".join), min_size=1, max_size=8).map(
        "\n\n".join
    )
)
def test_capture_loses_no_word(text: str) -> None:
    """Every word of a text capture is among the paragraphs, in ``left_out``, or in the headline."""
    try:
        draft = capture(text.encode(), "text")
    except ValueError:
        return
    headline = draft.metadata.get("headline")
    kept = " ".join(
        [
            *(p.text for p in draft.paragraphs),
            *(x.text for x in draft.left_out),
            str(headline.value) if headline else "",
        ]
    )
    missing = Counter("".join(without_targets(clean(text)).split())) - Counter(
        "".join(kept.split())
    )
    assert not {c: n for c, n in missing.items() if c != "-"}


@given(phrases)
def test_sentences_leave_nothing_but_blanks_out(text: str) -> None:
    """The sentences of a text cover all of it but blanks."""
    rest, at = "", 0
    for start, end in sentences(text):
        rest += text[at:start]
        at = end
    assert not (rest + text[at:]).strip()


@given(stories())
def test_overlap_is_symmetric(story: Story) -> None:
    """Shares of text are the same from either side."""
    forward = overlaps(story.articles)
    assert forward == overlaps(tuple(reversed(story.articles)))


@given(st.randoms())
def test_order_of_files_does_not_matter(rng: random.Random) -> None:
    """Content reads the same from files in any order."""
    files = {
        f"s/{n}.md": f"---\noutlet: {n}\n---\n\nText {n} of 12 people.\n".encode() for n in "abcd"
    } | {"s/index.md": b"---\ntitle: S\n---\n"}
    items = list(files.items())
    rng.shuffle(items)
    assert read_content(dict(items)) == read_content(files)


@given(stories())
def test_links_are_symmetric_and_identical_paragraphs_are_sure(story: Story) -> None:
    """Swapping two articles swaps the ends of their links; the same words are linked with score 1;
    a score is a probability."""
    sides = [annotate(replace(a, language="en")) for a in story.articles[:2]]
    of = features(sides)
    a, b = ([of[s.article.id, p.index] for p in s.article.body] for s in (sides[0], sides[-1]))
    there, back = link_articles(a, b), link_articles(b, a)
    assert {(x.i, x.j): x.score for x in there} == {(x.j, x.i): x.score for x in back}
    assert all(0 < x.score <= 1 for x in there)
    for left in a:
        for right in b:
            if left.folded == right.folded:
                assert any(
                    (x.i, x.j, x.score) == (left.index, right.index, 1.0)
                    and x.kind in ("same", "moved")
                    for x in there
                )


def test_memory_grows_with_the_length_of_an_article() -> None:
    """Two long articles: what is kept of their pairs is a few for each paragraph, not one for each
    pair of paragraphs."""
    luck, length = random.Random(7), 400
    words = [f"word{n}" for n in range(400)]
    sides = []
    for name in "ab":
        texts = (" ".join(luck.choices(words, k=8)) for _ in range(length))
        body = tuple(
            Paragraph(index=n, role="body", text=t, pid=f"p-{n}") for n, t in enumerate(texts)
        )
        sides.append(annotate(Article(id=name, outlet=name, path=f"{name}.md", paragraphs=body)))
    of = features(sides)
    a, b = ([of[s.article.id, p.index] for p in s.article.body] for s in sides)
    assert length * 12 < len(base_scores(a, b).scores) <= 2 * BEST * length
    assert len(link_articles(a, b)) <= 6 * length
