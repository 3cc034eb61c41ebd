"""The finding that a page opens with, its values, its picture, the ledger, the pair and what is
passed on."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from site_gen.compare.weight import ladder
from site_gen.model import Comparison, Content, Row
from site_gen.pipeline import analyse
from site_gen.render.classes import questions
from site_gen.render.groups import one_name, value_groups
from site_gen.render.lead import Finding, findings_of
from site_gen.render.ledger import COLUMNS, ledger, picks, short_label
from site_gen.render.margin import margin
from site_gen.render.marks import Mark, marked
from site_gen.render.pages import days_in_words
from site_gen.render.pair import pair_view
from site_gen.render.share import share
from site_gen.render.site import Site
from site_gen.render.strip import strip
from tests.test_kept import DAY, story

FOUR = """\
Courier | 2031-06-10 | The fire on Quay Street destroyed 14 houses, the fire brigade said on Monday.
Ledger | 2031-06-10 | The fire on Quay Street destroyed nine houses, the brigade said on Monday.
Radio | 2031-06-10 | On Monday the fire on Quay Street destroyed 14 houses, says the brigade.
Beacon | 2031-06-10 | The Quay Street fire of Monday destroyed 14 houses, says the fire brigade.
"""
TWO = """\
Courier | 2031-06-10 | The harbour bridge will cost $1.2 million, the council of Oster said.
Ledger | 2031-06-10 | The harbour bridge will cost $1.9 million, the council of Oster said.
"""
ALIKE = """\
Courier | 2031-06-10 | The harbour bridge will cost $1.2 million, the council of Oster said.
Ledger | 2031-06-10 | The harbour bridge will cost $1.2 million, the council of Oster says.
"""


def leading(text: str) -> tuple[Comparison, Finding]:
    """A story of lines, compared, and what it leads with."""
    comparison = analyse(story(text.strip()))
    return comparison, findings_of(comparison)[0]


def lead_row(comparison: Comparison) -> Row:
    """The row that a story leads with."""
    return next(r for r in comparison.rows if r.id == comparison.lead)


def test_who_stands_alone_is_told_from_the_rest() -> None:
    """Three against one: the majority first, the one coloured, in the title too."""
    comparison, finding = leading(FOUR)
    assert finding.word == "Figures differ"
    assert finding.plain == "14 or nine houses?"
    assert "<b>nine houses</b>" in str(finding.title)
    assert [v.state for v in finding.values] == ["", "odd"]
    assert [v.count for v in finding.values] == ["Three outlets", "Ledger"]
    groups = value_groups(comparison, lead_row(comparison))
    assert sorted(o for g in groups for o in g.outlets) == ["Beacon", "Courier", "Ledger", "Radio"]


def test_nobody_stands_alone_between_two() -> None:
    """One against one: neither is the odd one; a number keeps its scale word."""
    _, finding = leading(TWO)
    assert finding.plain == "The harbour bridge will cost: $1.2 million or $1.9 million?"
    assert not any(v.state for v in finding.values)


def test_a_page_never_opens_on_nothing() -> None:
    """Agreement is said, one outlet is said, and no page says that nothing differs of nothing."""
    _, finding = leading(ALIKE)
    assert "agree" in finding.plain or finding.values
    assert "0 differ" not in finding.plain + finding.why
    _, alone = leading(TWO.splitlines()[0])
    assert alone.plain == "One outlet so far" or alone.values


def test_a_strip_has_a_lane_an_origin_at_its_value() -> None:
    """Lanes stand in the order of the groups, dots inside the picture, nine left of fourteen."""
    comparison, _ = leading(FOUR)
    found = strip(comparison, lead_row(comparison))
    assert found
    assert [lane.name for lane in found.lanes][-1] == "Ledger"
    places = [lane.dot.x for lane in found.lanes]
    assert all(0 <= x <= 100 for x in places)
    assert places[-1] < min(places[:-1])
    assert found.lanes[-1].state == "odd"


def test_no_strip_where_there_is_one_value() -> None:
    """One value makes no picture."""
    comparison, _ = leading(ALIKE)
    assert all(strip(comparison, row) is None for row in comparison.rows)


def test_the_ledger_holds_every_row_once() -> None:
    """Nothing is lost between the data and the page, and a fact has one place."""
    comparison, _ = leading(FOUR)
    found = ledger(comparison)
    lines = [x for p in found["parts"] for x in (*p["rows"], *p["more"])]
    ids = [x["row"].id for x in (*lines, *found["possible"], *found["quotations"])]
    assert sorted(ids) == sorted(r.id for r in comparison.rows)
    assert len(found["columns"]) == 4 <= COLUMNS
    counted = sum(n for *_, n in picks(found["told"]))
    assert found["count"] == counted, "the head of the page and the ledger count alike"
    assert all(len(x["cells"]) == 4 for x in lines)


def test_more_origins_than_columns_stand_in_groups() -> None:
    """Seven origins are no seven columns."""
    names = ("Courier", "Ledger", "Radio", "Beacon", "Gazette", "Pilot", "Herald")
    ways = (
        "The fire on Quay Street destroyed {} houses, the fire brigade said on Monday.",
        "On Monday the Quay Street fire destroyed {} houses, according to the brigade.",
        "Fire destroyed {} houses on Quay Street on Monday, a brigade spokesman reported.",
        "A brigade officer said {} houses were destroyed by the fire on Quay Street.",
        "The Monday blaze on Quay Street has destroyed {} houses, firefighters say.",
        "Quay Street lost {} houses to the fire on Monday, the brigade announced.",
        "After the fire on Quay Street on Monday {} houses are destroyed, says the brigade.",
    )
    lines = [
        f"{name} | 2031-06-10 | {way.format(14 if n else 9)}"
        for n, (name, way) in enumerate(zip(names, ways, strict=True))
    ]
    comparison, _ = leading("\n".join(lines))
    found = ledger(comparison)
    assert found["wide"] == (len(comparison.matches.origins) > COLUMNS)
    assert found["wide"]
    groups = [g for p in found["parts"] for x in p["rows"] for g in x["groups"]]
    assert groups
    assert all(g["count"] for g in groups)


def test_a_pair_holds_every_paragraph_once_with_its_values_marked() -> None:
    """Both texts whole; the values carry the verdict between these two."""
    comparison, _ = leading(FOUR)
    view = pair_view(comparison, "courier", "ledger")
    rows = [m for part in view["parts"] for run in part for m in run["rows"]]
    left = [x["p"].index for m in rows for x in m["left"]]
    assert left == [p.index for p in view["a"].body]
    html = "".join(str(x["html"]) for m in rows for x in m["left"])
    assert re.search(r'<mark class="conflict"[^>]*>14 houses</mark>', html)
    agreeing = pair_view(comparison, "courier", "radio")
    assert [state for state, *_ in agreeing["counts"]] == ["agree"]


def test_the_margin_names_the_rivals() -> None:
    """Beside a paragraph stand the other values with who gives them."""
    comparison, _ = leading(FOUR)
    notes = [n for found in margin(comparison, "ledger")["notes"].values() for n in found]
    rivals = {(str(r["text"]), r["outlets"]) for n in notes for r in n["rivals"]}
    assert ("14 houses", "Beacon, Courier, Radio") in rivals


def test_a_worksheet_asks_what_several_give() -> None:
    """Each question has its sentences and an answer, and stands in the data as a row."""
    comparison, _ = leading(FOUR)
    asked = questions(comparison)
    assert comparison.lead in {q["id"] for q in asked}
    assert all(len(q["sentences"]) > 1 and q["reason"] for q in asked)


def test_what_is_passed_on_is_the_finding_and_cannot_break_out() -> None:
    """The title is the finding; the data is JSON that holds no sign that could end its element."""
    comparison, finding = leading(FOUR.replace("Courier |", "Cou</script><b>rier |"))
    found = share(Site(name="A & B </script>"), comparison, finding)
    assert found["title"].startswith("14 or nine houses?")
    assert not set("<>&") & set(str(found["data"]))
    data = json.loads(str(found["data"]))
    assert data["publisher"]["name"] == "A & B </script>"
    assert len(data["citation"]) == 4
    assert "ClaimReview" not in str(found["data"])


def test_labels_and_days_in_few_words() -> None:
    """A long label keeps the words next to its value; days share their month."""
    long = "On the second day of the strike the company said that [27 trams] had left the depot."
    assert str(short_label(long)) == ("… the company said that <b>27 trams</b> had left the depot.")
    assert str(short_label("Injured <b>")) == "Injured &lt;b&gt;"
    assert days_in_words([DAY, DAY.replace(day=13)]) == "10 to 13 June 2031"
    assert days_in_words([DAY, DAY.replace(month=7)]) == "10 June to 10 July 2031"
    assert days_in_words([]) == ""
    assert one_name(["A", "B"]) == "A + B"
    assert one_name(["A", "B", "C"]) == "A + 2 more"


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_marks_lose_no_character(text: str, spans: list[tuple[int, int]]) -> None:
    """Whatever overlaps, the text is there once, escaped."""
    tags = ("mark", "b")
    marks = [
        Mark(min(a, b, len(text)), min(max(a, b), len(text)), "x", tag=tags[(a + b) % 2])
        for a, b in spans
    ]
    assert marked(text, marks).striptags() == " ".join(marked(text, []).striptags().split())


def test_a_value_that_changed_between_captures_may_lead(sample_content: Content) -> None:
    """Below what differs between outlets, above what is stated differently: old, then new, with a
    link to the change; an article whose wording alone changed does not."""
    gondola = next(s for s in sample_content.stories if s.id == "oster-gondola")
    comparison = analyse(gondola)
    order = ladder(comparison.rows, comparison.findings, comparison.matches.versions)
    assert "versions:courier" in order
    assert order.index("versions:courier") > order.index(comparison.lead)
    told = replace(comparison, lead="versions:courier", runners_up=())
    (finding,) = findings_of(told)
    assert finding.plain == "Oster Valley Courier: “Twelve people”, then “Fourteen people”"
    assert finding.word == "Figure changed"
    assert re.fullmatch(r"oster-gondola/courier/versions/index\.html#c-1-\d+", finding.link)
    single = [v for v in comparison.matches.versions if len(v.captures) == 1]
    assert not any(n.startswith("versions:") for n in ladder((), comparison.findings, single))
