"""Cases as files: each reads like a note of what the tool should make of a sentence."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from benchmarks import invented
from site_gen.capture import capture
from site_gen.find.dates import find_dates
from site_gen.find.figures import find_figures
from site_gen.find.speech import find_speech
from site_gen.match.diff import word_diff
from site_gen.match.features import features
from site_gen.match.pairs import link_articles
from site_gen.match.versions import step
from site_gen.model import HEADLINE, Annotated, Article, Moment, Paragraph, Story
from site_gen.pipeline import analyse, annotate
from tests.casefiles import Case, cases, sources


def paragraph(text: str) -> Paragraph:
    """A paragraph of its own."""
    return Paragraph(index=0, role="body", text=" ".join(text.split("\n")), pid="p-0")


def published(case: Case) -> dt.date | None:
    """The day of publication that the case's file sets."""
    return (
        dt.date.fromisoformat(case.settings["published"]) if "published" in case.settings else None
    )


def show(value: float | None) -> str:
    """A value as the cases write it."""
    return "-" if value is None else f"{value:g}" if value != int(value) else str(int(value))


@pytest.mark.parametrize("case", cases("dates"), ids=str)
def test_dates(case: Case) -> None:
    """Words, value and bound of every date, in order."""
    found = find_dates([paragraph(case.given)], published(case))
    assert (
        "\n".join(
            f"{d.text} = {d.value}" + (f" {d.bound}" if d.bound != "exact" else "") for d in found
        )
        == case.expected
    )


@pytest.mark.parametrize("case", cases("figures"), ids=str)
def test_figures(case: Case) -> None:
    """Words, hedge, interval, unit and what is counted of every figure, in order."""
    p = paragraph(case.given)
    dates = find_dates([p], published(case))
    found = find_figures([p], [(0, d.start, d.end) for d in dates])
    lines = [
        " | ".join((f.text, f.hedge, show(f.low), show(f.high), f.unit or "-", f.counted or "-"))
        for f in found
    ]
    assert "\n".join(lines) == case.expected


@pytest.mark.parametrize("case", cases("said_by"), ids=str)
def test_said_by(case: Case) -> None:
    """Who gives each figure, in order; paragraphs are set apart by a blank line."""
    body = [paragraph(t) for t in case.given.split("\n\n")]
    paragraphs = tuple(replace(p, index=n, pid=f"p-{n}") for n, p in enumerate(body))
    article = Article(id="a", outlet="Oster Courier", path="a.md", paragraphs=paragraphs)
    assert (
        "\n".join(f"{f.text} | {f.said_by or '-'}" for f in annotate(article).figures)
        == case.expected
    )


def two(case: Case) -> tuple[Annotated, Annotated]:
    """The two articles of a case that a line "--" sets apart."""
    day = published(case)
    parts = case.given.split("\n").index("--")
    lines = case.given.split("\n")
    sides = []
    for name, texts in (("a", lines[:parts]), ("b", lines[parts + 1 :])):
        body = tuple(
            Paragraph(index=n, role="body", text=t, pid=f"p-{n}")
            for n, t in enumerate(t for t in texts if t)
        )
        moment = Moment(day=day) if day else None
        sides.append(
            annotate(
                Article(id=name, outlet=name, path=f"{name}.md", paragraphs=body, published=moment)
            )
        )
    return sides[0], sides[1]


@pytest.mark.parametrize("case", cases("links"), ids=str)
def test_links(case: Case) -> None:
    """Which paragraphs of two articles are linked, and how; the other way round, the same."""
    sides = two(case)
    of = features(sides)
    a, b = ([of[s.article.id, p.index] for p in s.article.body] for s in sides)
    found = link_articles(a, b)
    assert ("\n".join(f"{x.i + 1} {x.j + 1} {x.kind}" for x in found) or "none") == case.expected
    assert sorted((x.j, x.i, x.score) for x in link_articles(b, a)) == sorted(
        (x.i, x.j, x.score) for x in found
    )


@pytest.mark.parametrize("case", cases("versions"), ids=str)
def test_versions(case: Case) -> None:
    """What changed between two captures, most consequential first."""
    changes = [c for c in step(*two(case)).changes if c.consequence]
    lines = [
        " | ".join(
            [f"{c.kind} {c.consequence}", *(f"{k}: {old} > {new}" for k, old, new in c.details)]
        )
        for c in changes
    ]
    assert "\n".join(lines) == case.expected


@pytest.mark.parametrize("case", cases("quotations"), ids=str)
def test_quotations(case: Case) -> None:
    """Words and speaker of every quotation, in order."""
    found = find_speech([paragraph(case.given)]).quotations
    assert "\n".join(f"{q.text} | {q.speaker or '-'}" for q in found) == case.expected


def test_speakers() -> None:
    """Every quotation is found and nothing else is taken for one; most have the right speaker, and
    hardly one a wrong name.

    Where the text does not establish who speaks, nobody is named: a wrong name is ten times worse
    than none.
    """
    measured = invented.speakers()
    assert (measured.found, measured.extra) == (measured.quotations, 0), measured.wrong
    assert measured.speaker >= 0.86 * measured.quotations, measured.wrong
    assert measured.named_wrong <= 0.03 * measured.quotations, measured.wrong


def test_conflicts_and_look_alikes() -> None:
    """Values that differ are found, and what only looks like a difference is left alone, at least
    as often as the guide says."""
    found, of, beside, taken, alike = invented.conflicts()
    assert of >= 40
    assert alike >= 60
    assert found >= 0.7 * of, f"{found} of {of}"
    assert beside <= 2
    assert taken <= 0.08 * alike, f"{taken} of {alike}"


@pytest.mark.parametrize("case", cases("quotation_matches"), ids=str)
def test_quotation_matches(case: Case) -> None:
    """Which quotations two sources share, and what one did to the other's words."""
    given = (
        case.given.replace(" | ", " | 2031-06-10 | ")
        if case.given.count(" | ") == case.given.count("\n") + 1
        else case.given
    )
    articles = tuple(sources(given))
    rows = analyse(Story(id="case", title="Case", path="case/index.md", articles=articles)).rows
    found = []
    for row in (r for r in rows if r.kind == "quotation"):
        ours, theirs = (
            next(c for c in row.cells if (c.source == articles[0].id) == first).statements
            for first in (True, False)
        )
        found += [
            f"{row.rule} | {invented.bare(a.text)} | {invented.bare(b.text)}"
            for a in ours
            for b in theirs
        ]
    lines = (
        [] if case.expected == "none" else [line.split(" | ") for line in case.expected.split("\n")]
    )
    assert sorted(found) == sorted(
        f"{kind} | {invented.bare(a)} | {invented.bare(b)}" for kind, a, b in lines
    )


@pytest.mark.parametrize("case", cases("capture"), ids=str)
def test_capture(case: Case) -> None:
    """Every block of a capture with its role, what was left out and why, and the metadata."""
    draft = capture(case.given.encode(), case.settings.get("kind", "text"))
    lines = [f"{p.role}: {p.text}" for p in draft.paragraphs]
    lines += [f"left out ({x.rule}): {x.text}" for x in draft.left_out]
    lines += [
        f"{k}: {', '.join(v.value) if isinstance(v.value, tuple) else v.value}"
        for k, v in sorted(draft.metadata.items())
    ]
    assert "\n".join(lines) == case.expected


@pytest.mark.parametrize("case", cases("diff"), ids=str)
def test_word_diff(case: Case) -> None:
    """What is struck and inserted."""
    a, b = case.given.split("\n")
    out = ""
    for s in word_diff(a, b):
        if s.op == "equal":
            out += b[s.b_start : s.b_end]
        else:
            out += (
                f"[-{a[s.a_start : s.a_end]}-]"
                if s.op == "delete"
                else f"{{+{b[s.b_start : s.b_end]}+}}"
            )
    assert out == case.expected


@pytest.mark.parametrize("case", cases("verdicts"), ids=str)
def test_verdicts(case: Case) -> None:
    """The verdict of the first row that several sources share."""
    comparison = analyse(
        Story(id="case", title="Case", path="case/index.md", articles=tuple(sources(case.given)))
    )
    shared = [r for r in comparison.rows if len(r.cells) > 1 and r.kind != "quotation"]
    wanted = case.expected.split(" | ")[-1]
    for row in shared:
        told = sorted((c.source, c.statements[0].text) for c in row.cells)
        line = f"{row.verdict} | {row.qualifier or '-'} | {'; '.join(t for _, t in told)}"
        if line.endswith(wanted):
            assert line == case.expected
            return
    assert case.expected == "no row", f"no row has {wanted}: {[r.label for r in shared]}"
    assert not shared


def test_headline_is_a_place() -> None:
    """A figure in a headline is found and named as standing there."""
    story = Story(
        id="s",
        title="S",
        path="s/index.md",
        articles=(
            Article(
                id="a",
                outlet="A",
                path="s/a.md",
                headline="Cable snaps, 14 hurt",
                paragraphs=(paragraph("A cable snapped."),),
            ),
        ),
    )
    figure = analyse(story).annotated[0].figures[0]
    assert (figure.paragraph, figure.text, figure.low) == (HEADLINE, "14", 14)
