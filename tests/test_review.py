"""What must be reviewed is not published before; what was decided is told, listed and exported."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from site_gen.compare.review import review_items
from site_gen.content import read_content
from site_gen.model import Quotation, Ruling, Story
from site_gen.pipeline import analyse, by_machine, ruled
from site_gen.shell.cli import main
from tests.test_rulings import ROOT, items_of, sample


def make(root: Path, review: str, rulings: str = "") -> None:
    """A site of one sample story."""
    shutil.copytree(ROOT / "content/oster-gondola", root / "content/oster-gondola")
    config = f"site_name: Ours\ndocs_dir: content\nplugins:\n- site-gen:\n    review: {review}\n"
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    index = root / "content/oster-gondola/index.md"
    text = index.read_text(encoding="utf-8")
    text = re.sub(r"summary: .*\n", "", text.replace("\n---\n", f"\n{rulings}---\n", 1))
    index.write_text(text, encoding="utf-8")


def run(root: Path, *args: str) -> tuple[int, str]:
    """A command in a site's folder: exit code and what it says."""
    result = CliRunner().invoke(main, [args[0], "-f", str(root / "mkdocs.yml"), *args[1:]])
    return result.exit_code, result.output


def test_only_what_is_confirmed_is_published(tmp_path: Path) -> None:
    """Nothing of the rest: no row, no verdict, no pair of articles, no table line, no speaker."""
    row = next(r for r in analyse(sample("oster-gondola")).rows if r.verdict == "conflict")
    make(
        tmp_path,
        "required",
        f"rulings:\n- row: {row.id}\n  same: true\n  editor: L. Fisk\n  date: 2031-07-01\n",
    )
    code, told = run(tmp_path, "check")
    assert code == 0
    assert "33 of 34 findings wait for review, and so are not published" in told
    assert run(tmp_path, "check", "--strict")[0] == 1
    assert run(tmp_path, "build", "--quiet")[0] == 0
    site = tmp_path / "site/oster-gondola"
    page = (site / "index.html").read_text(encoding="utf-8")
    assert page.count('<tr class="f ') == 1
    assert f'id="{row.id}"' in page
    assert "Reviewed by L. Fisk on 1 July 2031: 1 of 34 findings" in page
    assert "wait for an editor’s review and are not shown" in page
    assert "none differs" not in page
    for gone in ("passages.html", "vs"):
        assert not (site / gone).exists(), gone
    assert len((site / "rows.csv").read_text(encoding="utf-8").splitlines()) <= 8
    quotations = (site / "quotations.csv").read_text(encoding="utf-8").splitlines()
    assert len(quotations) == 1


def test_nothing_confirmed_is_a_page_without_a_claim(tmp_path: Path) -> None:
    """It says what waits, and never that nothing differs."""
    make(tmp_path, "required")
    assert run(tmp_path, "build", "--quiet")[0] == 0
    page = (tmp_path / "site/oster-gondola/index.html").read_text(encoding="utf-8")
    assert "Machine, unreviewed: 34 findings" in page
    assert '<tr class="f' not in page.split('id="sources"')[0]
    assert "wait for an editor’s review and are not shown" in page
    front = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    for claim in ("contradicts another", "share no passage", "was matched to another"):
        assert claim not in page, claim
        assert claim not in front, claim
    for words in ("agree on", "differ", "Only in"):
        main_part = page.split("<main")[1].split('id="sources"')[0]
        assert words not in main_part.replace("different", ""), words


def test_the_review_is_told_and_shown(tmp_path: Path) -> None:
    """Without the requirement everything is shown, and marked as what it is."""
    make(tmp_path, "shown")
    code, told = run(tmp_path, "check")
    assert code == 0
    assert "wait" not in told
    assert run(tmp_path, "build", "--quiet")[0] == 0
    page = (tmp_path / "site/oster-gondola/index.html").read_text(encoding="utf-8")
    assert page.count("Machine, unreviewed.") > 10


def test_a_ruling_that_says_or_names_nothing_is_a_fault(tmp_path: Path) -> None:
    """Each with its line and how to mend it."""
    make(
        tmp_path,
        "shown",
        "rulings:\n- row: r-1\n  finding: q-1\n  same: true\n- same: true\n"
        "- finding: q-1\n  value: x\n- paragraphs: [p-1]\n  same: true\n- finding: q-2\n",
    )
    code, told = run(tmp_path, "check")
    assert code == 1
    for words in (
        "names both `row` and `finding`",
        "the ruling names nothing",
        "`value` is said of a mention alone",
        "one paragraph is no passage",
        "the ruling says nothing",
    ):
        assert words in told, words


def test_decisions_are_listed_and_exported(tmp_path: Path) -> None:
    """As labelled pairs, with the texts that they are about."""
    import json

    row = next(r for r in analyse(sample("oster-gondola")).rows if r.verdict == "conflict")
    make(
        tmp_path,
        "shown",
        f"rulings:\n- row: {row.id}\n  same: true\n  editor: L. Fisk\n  date: 2031-07-01\n",
    )
    code, told = run(tmp_path, "rulings", "list")
    assert code == 0
    assert "one thing" in told
    code, told = run(tmp_path, "rulings", "export", "--out", str(tmp_path / "x.json"))
    assert code == 0, told
    data = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    (story,) = data["stories"]
    (labelled,) = story["comparison"]
    assert labelled["verdict"] == "conflict"
    for source, (index, words) in labelled["cells"].items():
        assert words in story["articles"][source]["paragraphs"][index]["text"]
    assert run(tmp_path, "rulings", "list", "no-such")[0] == 1


def test_the_desk_and_explain_say_the_same_words() -> None:
    """How a value was read, by which rule, and what speaks for a link."""
    from site_gen.render.desk import item_view
    from site_gen.render.readings import evidence_words
    from site_gen.shell.explain import explained, linked

    story = sample("oster-gondola")
    machine = by_machine(story)
    comparison = ruled(story, machine)
    told = {
        (a.id, r["paragraph"], r["start"]): (r.get("read_as"), r.get("rule"))
        for a in story.articles
        for r in explained(a)
    }
    seen = 0
    for item in review_items(comparison, machine.matches, machine.rows):
        if item.kind not in ("figure", "date", "quotation"):
            continue
        for mention in item_view(comparison, item, None)["mentions"]:
            place = mention["place"]
            at = (place.article, place.paragraph, place.start)
            assert (str(mention["read_as"]), mention["rule"]) == told[at]
            seen += 1
    assert seen > 20
    one, other = story.article("beacon"), story.article("courier")
    link = linked(one, other)[0]
    assert all(str(evidence_words(e)).strip() for e in link.evidence)


def test_a_confirmation_moves_nothing_in_the_list() -> None:
    """An editor finds every finding where it was."""
    for name in ("oster-gondola", "hallin-depot"):
        story = sample(name)
        before = items_of(story)
        unsure = [i for i in before if i.kind == "passage" and i.doubt == "unsure"]
        told = tuple(Ruling(paragraphs=i.target[1:], one_thing=True, of=i.of) for i in unsure)
        after = items_of(replace(story, rulings=told))
        assert [i.key for i in after] == [i.key for i in before]
        assert sum(i.done for i in after) == len(unsure)


HARBOUR = {
    "courier": """More than 30 boats were tied up in the harbour of Marrow on Monday night, the
harbour master said.

The mayor, Petra Lind, came at dawn. “Nobody slept that night, and nobody will ever forget it,”
Petra Lind said.""",
    "ledger": """At least 30 other boats were tied up in the harbour of Marrow on Monday night, the
harbour master said.

Ms. Lind came on foot, through the rain.

It went on until four.

“Nobody slept that night, and nobody will ever forget it.”""",
}


def harbour(*rulings: Ruling) -> Story:
    """Two reports of one night; the second says who says nothing."""
    files = {"harbour/index.md": b"---\ntitle: A night\n---\n"} | {
        f"harbour/{name}.md": (
            f"---\noutlet: {name.capitalize()}\npublished: 2031-05-0{n}\n---\n\n{text}\n"
        ).encode()
        for n, (name, text) in enumerate(HARBOUR.items(), 3)
    }
    content, errors = read_content(files)
    assert errors == []
    return replace(content.stories[0], rulings=rulings)


def test_an_editors_verdict_stands_with_the_editors_reason() -> None:
    """On the page, the worksheet, the embedded row and in the table: never under the machine's
    reason for another verdict; and values that the editor sets apart are not shown as one."""
    from site_gen.render.groups import value_groups
    from site_gen.render.lead import finding_of
    from site_gen.render.ledger import ledger
    from site_gen.render.tables import tables

    agreed = next(r for r in analyse(harbour()).rows if len(r.cells) == 2 and r.kind == "figure")
    assert agreed.verdict == "agree"
    told = Ruling(row=agreed.id, verdict="compatible", reason="They count otherwise.")
    found = analyse(harbour(told))
    row = next(r for r in found.rows if r.ruling)
    assert finding_of(found, row).why in ("", "They count otherwise.")
    assert row.why == "They count otherwise."
    lines = [x for p in ledger(found)["parts"] for x in p["rows"] if x["row"].id == row.id]
    assert [x["why"] for x in lines] == [""]
    assert len(value_groups(found, row)) == len(
        {c.statements[0].text.casefold() for c in row.cells}
    )
    names, lines_ = tables(found)["rows"]
    at = list(names).index("reason")
    mine = [line for line in lines_ if row.id in line]
    assert {line[at] for line in mine} == {"They count otherwise."}


def test_absences_are_not_signed() -> None:
    """What an editor did not look for is not told as reviewed."""
    from site_gen.render.reviewed import editors_word, row_review

    story = sample("oster-gondola")
    first = analyse(story)
    silent = next(r for r in first.rows if len(r.cells) > 1 and r.silent)
    whole = next(r for r in first.rows if len(r.cells) > 1 and not r.silent)
    told = tuple(
        Ruling(row=r.id, one_thing=True, editor="A", date="2031-07-01") for r in (silent, whole)
    )
    found = {r.id: r for r in analyse(replace(story, rulings=told)).rows}
    assert "machine’s word" in row_review(found[silent.id])
    assert "machine’s word" not in row_review(found[whole.id])
    who = first.findings.speakers[0]
    named = replace(story, rulings=(Ruling(finding=who.id, right=True, editor="A"),))
    assert "machine’s word" in editors_word(analyse(named), who.id, silent=True)


def test_a_speaker_whom_an_editor_names_is_counted_with_that_speaker() -> None:
    """Also where the machine had found nobody, and where the article has the last name alone."""
    from site_gen.compare.ruled import mentions_of, place_of
    from site_gen.pipeline import misread

    machine = by_machine(harbour())
    annotated = machine.annotated["ledger"]
    name, fact = next((n, f) for n, f in mentions_of(annotated) if isinstance(f, Quotation))
    assert fact.speaker == ""
    told = harbour(Ruling(mention=name, speaker="Petra Lind"))
    assert list(misread(told, machine)) == []
    (who,) = [s for s in analyse(told).findings.speakers if s.name == "Petra Lind"]
    assert {v.source for v in who.voices} == {"courier", "ledger"}
    places = [u.place for v in who.voices for u in v.utterances]
    assert place_of(annotated.article, fact) in places
    stranger = harbour(Ruling(mention=name, speaker="Petra Holm"))
    assert len(list(misread(stranger, machine))) == 1
