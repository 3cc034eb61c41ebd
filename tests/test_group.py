"""From a pile to stories: what belongs together comes together, whatever its order; what is there
already stays; nothing is invented and nothing is written by halves."""

from __future__ import annotations

import itertools
import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_gen.fitted.model import load
from site_gen.group.cluster import candidates, clusters
from site_gen.group.pile import Item, group
from site_gen.group.terms import KINDS, Seen, hash_of, telling, terms_of, vectors
from site_gen.model import Content, ContentError
from site_gen.shell import piles
from tests.commands import run
from tests.conftest import ROOT
from tests.test_serve import make_site

SIZE = 7
PAIRS = list(itertools.combinations(range(SIZE), 2))
TABLES = st.integers(0, 10**9).map(
    lambda seed: {pair: random.Random(f"{seed} {pair}").uniform(-5.9, 5.9) for pair in PAIRS}
)
"""The log odds of every two of some articles, no two means the same."""


def grouped(table: dict[tuple[int, int], float], order: list[int]) -> set[frozenset[int]]:
    """The groups of articles that come in another order, by their own numbers."""
    at = {n: k for k, n in enumerate(order)}
    turned = {(min(at[i], at[j]), max(at[i], at[j])): o for (i, j), o in table.items()}
    found = clusters(SIZE, turned, lambda i, j: turned[i, j])
    return {frozenset(order[n] for n in g) for g in found}


@given(TABLES, st.permutations(range(SIZE)))
def test_each_article_is_in_one_group_whatever_the_order(
    table: dict[tuple[int, int], float], order: list[int]
) -> None:
    """None is lost, none stands twice, and who came first does not matter."""
    here = grouped(table, list(range(SIZE)))
    assert sorted(n for g in here for n in g) == list(range(SIZE))
    assert grouped(table, order) == here


@given(TABLES, st.permutations(range(SIZE)))
def test_stories_that_are_there_stay(table: dict[tuple[int, int], float], order: list[int]) -> None:
    """They stay whole and apart, and may take others."""
    there = [order[:2], order[2:4]]
    found = clusters(SIZE, table, lambda i, j: table[i, j], there)
    assert sorted(n for g in found for n in g) == list(range(SIZE))
    homes = [next(k for k, g in enumerate(found) if set(story) <= set(g)) for story in there]
    assert homes[0] != homes[1]


def test_a_chain_is_no_group() -> None:
    """Each is like the next, and the first not like the last."""
    odds = {(a, b): 3.0 if b == a + 1 else -6.0 for a, b in itertools.combinations(range(6), 2)}
    assert max(map(len, clusters(6, odds, lambda i, j: odds[i, j]))) == 2


def test_who_is_compared_with_whom() -> None:
    """Those that share a telling term, in the same days; a day that is not known is near to all."""
    terms = [[1, 2], [2, 3], [9], [2, 9], [1]]
    assert list(candidates(terms, [None] * 5, 7)) == [(0, 1), (0, 3), (1, 3), (2, 3), (0, 4)]
    assert list(candidates(terms, [0, 7, 7, 8, None], 7)) == [(0, 1), (1, 3), (2, 3), (0, 4)]
    assert list(candidates(terms, [0, 1, 2, 3, 4], 0)) == []


def test_terms_are_found_by_their_name() -> None:
    """A word, a name, a number; two texts' weights are those of the pile."""
    terms = terms_of("The ferry Alma Reid ran aground; 14 people left the ferry Alma Reid.")
    for kind, term in (("words", "ferry"), ("names", "alma"), ("numbers", "14")):
        hashes, counts, _ = terms.found[KINDS.index(kind)]
        assert hash_of(kind, term) in hashes
        assert counts[list(hashes).index(hash_of(kind, term))] == (1 if term == "14" else 2)
    seen = Seen(2)
    seen.add(terms)
    seen.add(terms_of("A ferry left the harbour."))
    assert seen.of(hash_of("words", "ferry")) == 2
    assert seen.of(hash_of("words", "aground")) == 1
    told = vectors(terms, seen)
    assert set(told[0]) == {hash_of("words", "ferry"), hash_of("words", "leav")}
    assert sum(w * w for w in told[0].values()) == pytest.approx(1)
    assert telling(terms, seen)[0] == hash_of("words", "ferry")


def test_the_samples_come_back_from_one_pile(sample_content: Content) -> None:
    """All articles of all sample stories, shuffled."""
    articles = [(s.id, a) for s in sample_content.stories for a in s.articles]
    random.Random(4).shuffle(articles)
    items = [
        Item(
            terms_of("\n".join([a.headline, *(p.text for p in a.body)])),
            a.published.day if a.published else None,
        )
        for _, a in articles
    ]
    found = [{articles[n][0] for n in story} for story in group(items)]
    assert all(len(stories) == 1 for stories in found)
    assert len(found) <= len(sample_content.stories) + 1  # one tells it in words of its own


def test_what_was_fitted_holds_on_topics_that_no_fit_saw() -> None:
    """The record says so; a fit that is worse than the last is not shipped."""
    unseen = load("group")["unseen"]
    assert unseen["B3 F1, 2 folds"] >= 92
    assert unseen["B3 F1, corpus"] >= 96


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A site with a story of one article, and a pile of the sample stories' articles."""
    make_site(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for story in ("oster-gondola", "hallin-depot"):
        for path in sorted((ROOT / "content" / story).glob("*.md")):
            if path.name != "index.md" and "2031" not in path.name:
                (inbox / f"{story}-{path.name}").write_bytes(path.read_bytes())
    kept = tmp_path / "content/depot"
    kept.mkdir()
    (kept / "index.md").write_text("---\ntitle: The depot\n---\n", encoding="utf-8")
    (kept / "one.md").write_bytes((inbox / "hallin-depot-courier.md").read_bytes())
    return tmp_path


def test_a_pile_is_proposed_and_written(pile: Path) -> None:
    """New stories with what their articles share; a story that is there takes its own; a second run
    proposes nothing."""
    told = run("group", "inbox", cwd=pile)
    assert "depot: takes, 3 new of 4 articles" in told
    assert "new story, 5 new of 5 articles" in told
    assert "1 more are there already" in told
    assert "they share: " in told
    before = sorted(p for p in (pile / "content").rglob("*"))
    found = json.loads(run("group", "inbox", "--json", cwd=pile))
    assert sorted(p for p in (pile / "content").rglob("*")) == before
    name = next(f["id"] for f in found if not f["known"])
    assert any(word in name for word in ("gondola", "cable", "oster"))
    assert {a["outlet"] for f in found for a in f["articles"]} >= {"National Ledger"}
    run("group", "inbox", "--apply", "--only", "depot", cwd=pile)
    assert len(list((pile / "content/depot").glob("*.md"))) == 5
    run("group", "inbox", "--apply", cwd=pile)
    assert "no faults" in run("check", cwd=pile)
    again = run("group", "inbox", cwd=pile)
    assert "0 stories, 0 articles alone; 9 more are there already" in again
    assert len(list((pile / "inbox").iterdir())) == 9  # the pile stays


def test_lines_of_json(pile: Path) -> None:
    """A text on each line, with what is known; marks of Markdown in it are words."""
    rows = []
    for path in sorted((pile / "inbox").glob("oster*.md")):
        text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        rows.append({"text": f"{text}\n\n# not a heading", "outlet": path.stem[14:]})
    rows.append({"text": "A bakery opened.", "published": "no day"})
    lines = "\n".join(json.dumps(row) for row in rows)
    (pile / "feed.jsonl").write_text(f"{lines}\n\nno json\n[1]\n", encoding="utf-8")
    told = run("group", "feed.jsonl", "--apply", cwd=pile, code=1)
    assert "feed.jsonl:8: this line is no JSON object with a `text`" in told
    assert "feed.jsonl:9: this line" in told
    assert "new story, 4 new of 4 articles" in told
    made = next(p for p in (pile / "content").iterdir() if p.name not in ("gondola", "depot"))
    article = (made / "beacon.md").read_text(encoding="utf-8")
    assert "rights: third-party" in article
    assert "\\# not a heading" in article


def test_an_article_with_a_fault_is_told(pile: Path) -> None:
    """With its line, and the others are grouped all the same."""
    path = pile / "inbox/oster-gondola-radio.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("outlet:", "outlt:", 1), encoding="utf-8")
    told = run("group", "inbox", cwd=pile, code=1)
    assert re.search(r"oster-gondola-radio\.md:\d+: `outlt` is not a key", told)
    assert "new story, 4 new of 4 articles" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere",), "nowhere: there is no such file or folder"),
        (("inbox", "--only", "elsewhere"), "elsewhere: there is no such proposal"),
        (("texts", "--apply"), "it is not said which outlet published this"),
    ],
)
def test_what_cannot_be_grouped_is_said(pile: Path, words: tuple[str, ...], said: str) -> None:
    """And nothing is written."""
    (pile / "texts").mkdir()
    for path in sorted((pile / "inbox").glob("oster*.md")):
        text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        (pile / "texts" / f"{path.stem}.txt").write_text(text, encoding="utf-8")
    before = sorted((pile / "content").rglob("*"))
    assert said in run("group", *words, cwd=pile, code=1)
    assert sorted((pile / "content").rglob("*")) == before


def test_a_long_file_is_read_by_several_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its order, with the faults of all parts."""
    path = tmp_path / "pile.jsonl"
    rows = [json.dumps({"text": f"The ferry {n} ran aground."}) for n in range(70)]
    path.write_text("\n".join([*rows[:40], "no line", "", *rows[40:]]) + "\n", encoding="utf-8")
    faults: list[ContentError] = []
    alone = list(piles.read_pile([path], faults))
    monkeypatch.setattr(piles, "LONG", 10)
    monkeypatch.setattr(piles, "PORTION", 9)
    more: list[ContentError] = []
    assert list(piles.read_pile([path], more)) == alone
    assert len(alone) == 70
    assert [f.line for f in faults] == [f.line for f in more] == [41]
