"""Small decisions that nothing else notices when they break: thresholds, reasons, units, sides."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

from site_gen.compare.weight import lead
from site_gen.grouping import Groups, longest_run, merge_best_first
from site_gen.language.synonyms import opposed, sides_taken
from site_gen.match.origins import COPY, origins
from site_gen.match.pairs import NEAR_BEST, keep
from site_gen.match.passages import passages
from site_gen.model import Article, Link, Moment, Overlap, Paragraph, Story
from site_gen.pipeline import analyse
from site_gen.render.rows import verdict_words
from site_gen.render.synopsis import overlap_matrix
from site_gen.render.tables import tables, to_csv
from site_gen.render.timeline import SPAN, timeline
from tests import casefiles

DAY = dt.date(2031, 6, 10)


def story(text: str) -> Story:
    """A story of lines ``outlet | day | paragraph``."""
    return Story(id="case", title="Case", path="c", articles=tuple(casefiles.sources(text)))


def test_a_link_comes_near_the_best_of_its_row_or_column() -> None:
    """One that is far from the best of both is left out, whatever its probability."""
    best, far, near = 4.0, 0.0, 3.0  # probabilities of .98, .5, .95
    assert keep({(0, 0): best, (0, 1): far, (1, 1): best}) == {(0, 0), (1, 1)}
    assert keep({(0, 0): best, (0, 1): near, (1, 1): best}) == {(0, 0), (0, 1), (1, 1)}
    assert 0.5 < NEAR_BEST < 0.9


def link(a: str, i: int, b: str, j: int, score: float) -> Link:
    """A link between two paragraphs."""
    return Link(a=a, i=i, b=b, j=j, score=score, kind="reworded")


def test_one_weak_link_does_not_chain_two_passages() -> None:
    """Two pairs that one link of four connects stay two passages."""
    links = [
        link("a", 0, "b", 0, 0.9),
        link("c", 0, "d", 0, 0.9),
        link("b", 0, "c", 0, 0.61),
    ]
    nodes = {(name, 0): 0 for name in "abcd"}
    found = passages(links, nodes, {node: node[0] for node in nodes})
    members = {tuple(name for name, _ in p.members) for p in found}
    assert ("a", "b") in members
    assert ("c", "d") in members
    assert ("a", "b", "c", "d") not in members


def test_what_is_not_sure_is_possibly_the_same() -> None:
    """A link below the mark makes a passage apart."""
    nodes = {("a", 0): 0, ("b", 0): 0}
    for score, sure in ((0.4, False), (0.9, True)):
        (found,) = passages([link("a", 0, "b", 0, score)], nodes, {n: n[0] for n in nodes})
        assert found.sure is sure


def test_a_link_with_better_partners_on_both_sides_is_not_sure() -> None:
    """The rescue is told in one paragraph, the quotation in another; the words across tie them."""
    links = [
        link("a", 0, "b", 0, 0.99),
        link("a", 1, "b", 1, 0.99),
        link("a", 0, "b", 1, 0.7),
    ]
    nodes = {(name, n): n for name in "ab" for n in (0, 1)}
    found = passages(links, nodes, {node: f"{node[0]}{node[1]}" for node in nodes})
    assert {p.members for p in found} == {
        (("a", (0,)), ("b", (0,))),
        (("a", (1,)), ("b", (1,))),
    }


def article(name: str) -> Article:
    """An article of one paragraph."""
    text = Paragraph(index=0, role="body", text=name, pid="p")
    return Article(id=name, outlet=name, path=name, paragraphs=(text,))


def test_origins_share_more_than_quotations() -> None:
    """Just below the mark two articles are two origins, at it they are one."""
    sources = [article("a"), article("b")]
    for share, count in ((COPY - 0.01, 2), (COPY, 1)):
        found = origins(sources, [Overlap(a="a", b="b", share_of_a=share, share_of_b=0.1)])
        assert len(found) == count


def test_killed_is_not_injured() -> None:
    """Outcomes are set apart; the same outcome in two words is not."""
    killed, dead, hurt = (sides_taken([w]) for w in ("kill", "death", "injury"))
    assert opposed(sides_taken(["death"]), hurt)
    assert not opposed(killed, dead)


UPDATE = """\
Courier | 2031-06-10T08:00Z | The fire in the Hallin cannery killed nine people, firemen said.
Ledger | 2031-06-10T18:00Z | The fire in the Hallin cannery killed 14 people, firemen said."""


def test_an_update_is_called_one() -> None:
    """It is no "figures differ", and does not count."""
    row = next(r for r in analyse(story(UPDATE)).rows if r.qualifier == "updated")
    assert verdict_words(row) == "Updated"
    assert not row.disputed


EXPECTED = """\
Courier | 2031-06-09 | The trial of Edda Roon will begin on June 10.
Courier | 2031-06-09 | Nothing else is known.
Ledger | 2031-06-12 | The trial of Edda Roon began on June 12.
Ledger | 2031-06-12 | A storm had hit the town."""


def test_what_was_expected_is_no_contradiction() -> None:
    """One source tells what was planned, another what happened: it says so and does not count."""
    row = next(r for r in analyse(story(EXPECTED)).rows if r.qualifier)
    assert (row.verdict, row.qualifier) == ("conflict", "expected")
    assert verdict_words(row) == "Expected otherwise"
    assert not row.disputed


def test_a_partial_capture_does_not_fail_to_mention() -> None:
    """Its cell says why it is silent."""
    whole = story(UPDATE + "\nGazette | 2031-06-10 | The mayor of Hallin opened a fair.")
    third = next(a for a in whole.articles if a.outlet == "Gazette")
    for partial, why in ((False, "not mentioned"), (True, "capture is partial")):
        articles = tuple(
            replace(a, partial=partial) if a.id == third.id else a for a in whole.articles
        )
        row = analyse(replace(whole, articles=articles)).rows[0]
        assert dict(row.silent)[third.id] == why


LENGTHS = """\
Courier | 2031-06-10 | The new bridge across the Hallin gorge is 1.2 kilometres long.
Ledger | 2031-06-10 | The new bridge across the Hallin gorge is 1,200 metres long."""


def test_a_value_stands_in_its_unit() -> None:
    """1.2 with kilometre, 1200 with metre, also in what an article said before."""
    comparison = analyse(story(LENGTHS))
    written = to_csv(*tables(comparison)["rows"]).decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(written)))
    shown = {(line["text"], float(line["low"]), line["unit"]) for line in found if line["text"]}
    assert ("1.2 kilometres", 1.2, "kilometre") in shown
    assert ("1,200 metres", 1200.0, "metre") in shown


def test_an_earlier_value_keeps_its_unit() -> None:
    """What a capture said before stands in its unit too."""
    text = "The new bridge across the Hallin gorge is {} long and was opened by the mayor."
    made = [
        Article(
            id=name,
            outlet=outlet,
            path=name,
            url=outlet,
            published=Moment(day=DAY),
            captured=Moment(day=DAY + dt.timedelta(days=n)),
            paragraphs=(Paragraph(index=0, role="body", text=text.format(length), pid="p"),),
        )
        for n, (name, outlet, length) in enumerate(
            (
                ("a1", "Courier", "1.2 kilometres"),
                ("a2", "Courier", "1.4 kilometres"),
                ("b", "Ledger", "1.4 kilometres"),
            )
        )
    ]
    rows = analyse(Story(id="s", title="S", path="s", articles=tuple(made))).rows
    was = [w for r in rows for c in r.cells for w in c.was]
    assert [(w.text, w.ends, w.unit) for w in was] == [("1.2 kilometres", (1.2, 1.2), "kilometre")]


def test_second_values_join_their_row() -> None:
    """A source that gives two values of one thing has a cell with both."""
    text = """\
Courier | 2031-06-10 | Varn sent tens of thousands of troops to the Issa river, the minister said.
Courier | 2031-06-10 | Up to 30,000 troops are at the Issa river, the minister told the assembly.
Ledger | 2031-06-10 | Varn sent up to 30,000 troops to the Issa river, the minister said."""
    row = next(r for r in analyse(story(text)).rows if len(r.cells) > 1)
    cell = next(c for c in row.cells if len(c.statements) > 1)
    assert {s.text for s in cell.statements} >= {"Up to 30,000 troops"}


def test_the_overlap_table_is_read_by_rows() -> None:
    """A short copy stands wholly in the long article, and not the other way round."""
    copied = " ".join(f"The word number {n} of this report stands in both." for n in range(12))
    more = " ".join(f"Another thing, the {n}th, stands in one alone." for n in range(40))
    articles = tuple(
        Article(
            id=name,
            outlet=name,
            path=name,
            paragraphs=(Paragraph(index=0, role="body", text=text, pid="p"),),
        )
        for name, text in (("a", copied), ("b", f"{copied} {more}"))
    )
    matrix = overlap_matrix(analyse(Story(id="s", title="S", path="s", articles=articles)))
    assert matrix
    rows = {r["article"].id: r["shares"] for r in matrix["rows"]}
    assert rows["a"][1] == 1.0
    assert rows["b"][0] < 0.5


def test_the_timeline_covers_its_span() -> None:
    """A day just within is drawn, one just outside stands in the table alone."""
    for days, drawn in ((SPAN - 1, True), (SPAN + 2, False)):
        day = DAY + dt.timedelta(days=days)
        closes = f"{day:%B} {day.day}, 2031"
        text = f"Courier | 2031-06-10 | The bridge opened on June 9, 2031, and closes on {closes}."
        found = timeline(analyse(story(text)))
        assert found
        labels = {dot.label for line in found["lines"] for dot in line["dots"]}
        assert any(f"{day.day} {day:%B}" in label for label in labels) is drawn


def test_a_story_leads_with_what_differs() -> None:
    """Else with what weighs most; with nothing where only one source speaks."""
    apart = story(UPDATE.replace("T08:00Z", "").replace("T18:00Z", ""))
    comparison = analyse(apart)
    first = next(r for r in comparison.rows if r.id == comparison.lead)
    assert first.shown == "conflict"
    assert lead(analyse(story(UPDATE.split("\n")[0])).rows) == ""


def test_groups_merge_best_first_with_a_veto() -> None:
    """And runs in order are the longest."""
    groups = Groups(range(4))
    merge_best_first(groups, [(0, 1), (1, 2), (2, 3)], lambda a, b: len(a) + len(b) < 3)
    assert groups.all() == [(0, 1), (2, 3)]
    assert longest_run([(0, 2), (1, 0), (2, 1), (3, 3)]) == {(1, 0), (2, 1), (3, 3)}
