"""Rows over whole stories: order and strangers change nothing, ids last, an editor's word is
applied, and changed verdicts are told."""

from __future__ import annotations

import itertools
import json
import random
from dataclasses import replace

import pytest

from benchmarks import invented
from site_gen.compare.rulings import nearest_row, unknown_rulings
from site_gen.model import Article, Row, Ruling, Story
from site_gen.pipeline import analyse, by_machine
from site_gen.render.data import as_json
from site_gen.shell.against import changes
from tests import casefiles


def story(text: str, rulings: tuple[Ruling, ...] = ()) -> Story:
    """A story of lines ``outlet | day | paragraph``."""
    return Story(
        id="case",
        title="Case",
        path="case/index.md",
        articles=tuple(casefiles.sources(text)),
        rulings=rulings,
    )


def told(rows: tuple[Row, ...]) -> set[tuple[object, ...]]:
    """What rows that several sources share say, whatever their order."""
    return {
        (
            r.id,
            r.kind,
            r.verdict,
            r.qualifier,
            frozenset((c.source, tuple(s.text for s in c.statements)) for c in r.cells),
        )
        for r in rows
        if len(r.cells) > 1
    }


FIRE = """\
Courier | 2031-06-10 | A fire in the Hallin cannery killed nine people on Monday, firemen said.
Courier | 2031-06-10 | The hall had been built in 1974 and held 40 tonnes of oil.
Ledger | 2031-06-10 | Nine people died on Monday in a fire in the cannery at Hallin.
Ledger | 2031-06-10 | About 40 tonnes of oil burned in the hall, which dates from 1974."""
STRANGER = """\
Chess Monthly | 2031-06-10 | The Varn chess club elected a treasurer after a quarrel on biscuits.
Chess Monthly | 2031-06-10 | Its 31 members meet in a tavern; the oldest joined in 1988."""


def test_an_unrelated_article_changes_no_other_row() -> None:
    """Every row of the invented conflicts and of the fire is the same beside an article on
    something else."""
    for given in (FIRE, *(c.given for c in casefiles.cases("conflicts")[::4])):
        alone = analyse(story(given))
        beside = analyse(story(given + "\n" + STRANGER))
        assert told(alone.rows) == told(beside.rows)


@pytest.mark.parametrize("kind", ["conflicts", "no_conflicts"])
def test_rows_do_not_depend_on_the_order_of_articles(kind: str) -> None:
    """Verdicts are symmetric: which article is named first changes nothing."""
    for case in invented.cases(kind)[::3]:
        shuffled = list(case.story.articles)
        random.Random(case.id).shuffle(shuffled)
        assert told(analyse(case.story).rows) == told(
            analyse(replace(case.story, articles=tuple(reversed(shuffled)))).rows
        )


def test_verdicts_are_symmetric_in_the_names_of_the_sources() -> None:
    """Articles that swap their ids give the same verdicts on the same texts."""
    for case in invented.cases("conflicts")[::5]:
        a, b, *rest = case.story.articles
        swapped = (replace(a, id="zz-last"), replace(b, id="aa-first"), *rest)

        def verdicts(of: Story) -> list[tuple[str, str, list[str]]]:
            return sorted(
                (r.verdict, r.qualifier, sorted(c.statements[0].text for c in r.cells))
                for r in analyse(of).rows
                if len(r.cells) > 1
            )

        assert verdicts(case.story) == verdicts(replace(case.story, articles=swapped))


def test_row_ids_survive_edits_elsewhere() -> None:
    """A paragraph more, another number elsewhere, a third source: a ruling still names its row."""
    row = next(
        r
        for r in analyse(story(FIRE)).rows
        if len(r.cells) > 1 and r.kind == "figure" and "tonnes" not in r.cells[0].statements[0].text
    )
    edited = (
        FIRE.replace("40 tonnes", "45 tonnes")
        + "\nLedger | 2031-06-10 | The mayor visited the ruin."
    )
    third = (
        edited
        + "\nAvon Post | 2031-06-10 | A fire in the Hallin cannery killed nine people on Monday."
    )
    for text in (edited, third):
        rows = analyse(story(text)).rows
        assert not unknown_rulings(rows, (Ruling(row=row.id),))


def test_an_editor_joins_rows_and_takes_them_apart() -> None:
    """``same`` makes one row of two, judged over all cells; ``different`` makes a row of each, with
    what the machine said of them."""
    rows = analyse(story(FIRE)).rows
    singles = [r for r in rows if len(r.cells) == 1 and r.kind == "figure"] or [
        r for r in rows if r.kind == "figure"
    ]
    a, b = next((x, y) for x, y in itertools.combinations(rows, 2) if x.kind == y.kind == "figure")
    joined = analyse(story(FIRE, (Ruling(row=a.id, same=(b.id,), editor="Lena Fisk"),))).rows
    assert len(joined) == len(rows) - 1
    one = next(r for r in joined if r.id == a.id)
    assert one.ruling
    assert {s.text for c in one.cells for s in c.statements} == {
        s.text for r in (a, b) for c in r.cells for s in c.statements
    }
    shared = next(r for r in rows if len(r.cells) > 1)
    found = analyse(story(FIRE, (Ruling(row=shared.id, different=True),))).rows
    apart = [r for r in found if r.ruling and r.ruling.different]
    assert [c for r in apart for c in r.cells] == list(shared.cells)
    assert {(r.shown, r.origins, len(r.cells)) for r in apart} == {("single", 1, 1)}
    assert apart[0].id == shared.id
    assert all("The machine’s verdict on them: " in r.reason for r in apart)
    assert singles


def test_a_ruling_on_a_row_that_is_gone_finds_the_nearest() -> None:
    """By a slip in the id, or by what the ruling says."""
    rows = by_machine(story(FIRE)).rows
    row = next(r for r in rows if "tonnes" in r.cells[0].statements[0].text)
    slip = row.id[:-1] + ("0" if row.id[-1] != "0" else "1")
    assert nearest_row(rows, Ruling(row=slip), slip) == row
    assert (
        nearest_row(
            rows, Ruling(row="r-00000000", note="40 tonnes of oil in the hall"), "r-00000000"
        )
        == row
    )
    assert [
        name for _, name in unknown_rulings(rows, (Ruling(row=row.id, same=("r-ffffffff",)),))
    ] == ["r-ffffffff"]


def data(of: Story) -> dict[str, object]:
    """``data.json`` of a story."""
    return dict(json.loads(json.dumps(as_json(analyse(of)))))


def test_changed_verdicts_are_told_with_why() -> None:
    """An edited article, a new one and a ruling are named; an unchanged story has no news."""
    before = data(story(FIRE))
    assert changes(before, data(story(FIRE))) == ()
    edited = changes(before, data(story(FIRE.replace("Nine people died", "Twelve people died"))))
    assert [
        (c.kind, c.before, c.after) for c in edited if "died" in c.label or "killed" in c.label
    ] == [("changed", "agree", "conflict")]
    assert all("the text of ledger changed" in c.why for c in edited)
    row = next(r for r in analyse(story(FIRE)).rows if r.verdict == "agree")
    ruled = changes(before, data(story(FIRE, (Ruling(row=row.id, verdict="conflict"),))))
    assert [(c.row, c.before, c.after, c.why) for c in ruled] == [
        (row.id, "agree", "conflict", ("an editor’s ruling",))
    ]
    assert any(
        "the rules changed" in w
        for c in changes(before | {"rules": 0}, data(story(FIRE.replace("1974", "1984", 1))))
        for w in c.why
    )


def test_one_article_alone_has_single_rows_only() -> None:
    """Nothing to compare is no fault."""
    only = story("Courier | 2031-06-10 | Nine people died.")
    assert {r.verdict for r in analyse(only).rows} == {"single"}
    assert isinstance(only.articles[0], Article)
