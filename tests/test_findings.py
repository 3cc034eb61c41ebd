"""What editors compare beyond numbers: invented stories with each kind and its look-alikes; order,
names and strangers change nothing; silence that does not count; every kind stands in the sample."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import read
from site_gen.compare.notices import notice_kind
from site_gen.find.speech import find_speech
from site_gen.model import Article, Comparison, Paragraph, Story
from site_gen.pipeline import analyse
from site_gen.yaml_lines import parse_moment
from tests.casefiles import Case, cases, sources
from tests.conftest import ROOT
from tests.findings_told import told

STORIES = cases("findings")


def story(articles: tuple[Article, ...]) -> Story:
    """A story of those articles."""
    return Story(id="case", title="Case", path="case/index.md", articles=articles)


def articles_of(case: Case) -> tuple[Article, ...]:
    """The articles of a case."""
    return tuple(sources(case.given))


def fits(line: str, wanted: str) -> bool:
    """Whether a line says what a case expects: the last part of ``only``, ``not here`` and
    ``notice`` is a part of the words, the terms of ``called`` and ``stated`` are."""
    head, _, last = wanted.rpartition(" | ")
    kind = wanted.partition(" | ")[0]
    if kind in ("only", "not here", "notice"):
        return line.startswith(f"{head} | ") and last in line
    if kind in ("called", "stated"):
        return line.startswith(f"{head} | ") and all(w.strip() in line for w in last.split("/"))
    return line == wanted


@pytest.mark.parametrize("case", STORIES, ids=str)
def test_findings(case: Case) -> None:
    """Each kind is found where it is, and no look-alike is taken for it."""
    lines = list(told(analyse(story(articles_of(case)))))
    for wanted in case.expected.split("\n"):
        if wanted.startswith("no "):
            kind, _, words = wanted[3:].partition(" | ")
            assert not [x for x in lines if x.startswith(f"{kind} | ") and words in x], wanted
        else:
            assert any(fits(line, wanted) for line in lines), f"{wanted}\n" + "\n".join(lines)


def test_there_are_stories_of_every_kind() -> None:
    """A dozen stories at least, and each kind present in one and absent from another."""
    assert len(STORIES) >= 12
    lines = [w for case in STORIES for w in case.expected.split("\n")]
    for kind in ("only", "not here", "headline", "event", "quoted", "called", "stated", "notice"):
        assert any(w.startswith(f"{kind} | ") for w in lines), kind
    for kind in ("only", "called", "stated", "notice"):
        assert any(w.startswith(f"no {kind}") for w in lines), kind


@pytest.mark.parametrize("case", STORIES, ids=str)
def test_order_of_articles_changes_nothing(case: Case) -> None:
    """The same comparison, byte for byte, from the articles in another order."""
    articles = articles_of(case)
    assert analyse(story(articles)).findings == analyse(story(articles[::-1])).findings


@pytest.mark.parametrize("case", STORIES, ids=str)
def test_names_of_sources_change_nothing(case: Case) -> None:
    """Other ids and outlets, sorted the other way round: the same lines under other names."""
    articles = articles_of(case)
    names = {a.outlet: f"Paper {n}" for n, a in enumerate(sorted(articles, key=_outlet)[::-1])}
    other = tuple(
        replace(a, id=names[a.outlet].lower().replace(" ", "-"), outlet=names[a.outlet])
        for a in articles
    )

    def renamed(line: str) -> str:
        for old, new in names.items():
            line = line.replace(old, new)
        head, _, last = line.rpartition(" | ")
        return f"{head} | {sorted(last.replace(' / ', '; ').split('; '))}"

    first = Counter(renamed(line) for line in told(analyse(story(articles))))
    second = Counter(renamed(line) for line in told(analyse(story(other))))
    assert first == second


def _outlet(article: Article) -> str:
    return article.outlet


STRANGER = Article(
    id="chess",
    outlet="Chess Monthly",
    path="case/chess.md",
    headline="Biscuits divide chess players",
    published=parse_moment("2032-07-01"),
    paragraphs=tuple(
        Paragraph(index=n, role="body", text=text, pid=f"p-{n}")
        for n, text in enumerate(
            (
                "The Vell chess players elected a secretary after quarrelling over biscuits.",
                "Its 31 participants meet in a tavern whose landlord keeps a parrot.",
            )
        )
    ),
)


@pytest.mark.parametrize("case", STORIES, ids=str)
def test_an_unrelated_article_changes_nothing_else(case: Case) -> None:
    """What is told of the others is the same beside an article on something else."""
    articles = articles_of(case)

    def lines(comparison: Comparison) -> Counter[str]:
        return Counter(x for x in told(comparison) if "Chess Monthly" not in x)

    assert lines(analyse(story(articles))) == lines(analyse(story((*articles, STRANGER))))


def test_silence_that_does_not_count() -> None:
    """A capture that is cut off, one in a language that is not read, and one from a day before are
    not said to leave anything out."""
    case = next(c for c in STORIES if c.file.startswith("11"))
    articles = articles_of(case)
    herald = next(a for a in articles if a.outlet == "Herald")
    others = tuple(a for a in articles if a is not herald)
    assert analyse(story(articles)).findings.not_here
    for change in (
        {"partial": True},
        {"language": "nb"},
        {"published": parse_moment("2032-03-01")},
    ):
        changed = (*others, replace(herald, **change))  # type: ignore[arg-type]
        assert not analyse(story(changed)).findings.not_here, change


def test_a_second_paper_with_the_same_text_is_no_second_origin() -> None:
    """What two papers of one agency have is still only theirs, and both are named."""
    case = next(c for c in STORIES if c.file.startswith("06"))
    articles = articles_of(case)
    herald = next(a for a in articles if a.outlet == "Herald")
    twin = replace(herald, id="post", outlet="Post", path="case/post.md")
    found = analyse(story((*articles, twin))).findings.only_here
    assert [set(o.sources) for o in found if "herald" in o.sources] == [{"herald", "post"}]


SAMPLE = read.stories(ROOT / "content")


def test_the_sample_shows_every_kind() -> None:
    """Every list has something in one of the sample stories."""
    found = [analyse(s).findings for s in SAMPLE]
    for name in (
        "only_here",
        "not_here",
        "headlines",
        "speakers",
        "shares",
        "called",
        "verbs",
        "stated",
        "notices",
        "profiles",
    ):
        assert any(getattr(f, name) for f in found), name
    assert {s.kind for f in found for s in f.speakers} >= {
        "named",
        "organisation",
        "unnamed",
        "document",
        "media",
    }
    assert any(h.ordinal > 1 for f in found for h in f.headlines)
    assert {c.kind for f in found for c in f.called} >= {"act", "reporting verb"}
    assert {s.kind for f in found for s in f.stated} >= {"negated", "opposite"}
    assert any(n.rows for f in found for n in f.notices)
    assert any(n.elsewhere for f in found for n in f.not_here)


def test_profiles_count() -> None:
    """Shares are shares, the first report is marked, and times are told after it."""
    sample = next(s for s in SAMPLE if s.id == "hallin-depot")
    profiles = analyse(sample).findings.profiles
    assert [p.source for p in profiles if p.first] == ["courier"]
    assert [p.after for p in profiles] == sorted(p.after or 0 for p in profiles)
    for p in profiles:
        shares = (p.coverage, p.overlap, p.originality, p.quoted_share, p.told_share)
        assert all(s is not None and 0 <= s <= 1 for s in shares)
        assert p.named + p.unnamed + p.documents + p.media == p.speakers


def test_what_a_story_leads_with() -> None:
    """Values that differ first, then what is stated differently, then headlines that pull apart,
    then what one origin alone has."""
    leads = {s.id: analyse(s).lead for s in SAMPLE}
    assert leads["oster-gondola"].startswith("r-")
    assert leads["hallin-depot"].startswith("s-")
    of = {c.file[:2]: analyse(story(articles_of(c))) for c in STORIES}
    assert of["05"].lead == "headlines"
    assert of["10"].lead.startswith("o-")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Correction: The bridge is 140 metres long.", "correction"),
        ("An earlier version of this article misstated the mayor’s age.", "correction"),
        ("UPDATE (6 p.m.): The road is open.", "update"),
        ("Updated at 6 p.m.: The road is open.", "update"),
        ("This story has been updated.", "update"),
        ("Editor’s note: The author is the mayor’s niece.", "editor's note"),
        ("Clarification: The vote was not binding.", "clarification"),
        ("The council updated its rules.", None),
        ("An earlier version of the bill said nothing of trams.", None),
        ("A correction of the border was agreed in 1921.", None),
        ("The report was updated after the storm.", None),
    ],
)
def test_notices(text: str, kind: str | None) -> None:
    """An article's own notices, and running text that only sounds like one."""
    assert notice_kind(text) == kind


WORDS = st.lists(
    st.sampled_from(
        """Falk Vale said told that the mayor bridge was safe “ ” , . he according to officials and
        a report says will not close on Tuesday “We waited” Ina Folk admitted denied""".split()
    ),
    min_size=1,
    max_size=60,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_attributions_keep_their_offsets(paragraphs: list[list[str]]) -> None:
    """Whatever the words: spans lie in their paragraph, apart from one another, and are counted."""
    listed = [
        Paragraph(index=n, role="body", text=" ".join(p), pid=f"p-{n}")
        for n, p in enumerate(paragraphs)
    ]
    for a in find_speech(listed).attributions:
        text = listed[a.paragraph].text
        spans = sorted((*a.quoted, *a.told))
        assert spans
        assert (a.start, a.end) == (spans[0][0], max(e for _, e in spans))
        assert all(0 <= x < y <= len(text) for x, y in spans)
        assert all(b <= c for (_, b), (c, _) in pairwise(spans))
        assert bool(a.speaker) == bool(a.kind)
        for paragraph, start, end in (a.source, a.cue):
            assert 0 <= start < end <= len(listed[paragraph].text)
