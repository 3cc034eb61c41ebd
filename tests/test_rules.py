"""Every named rule has examples that hold, and none can be taken out without one of them noticing.

``make exam`` takes each rule out in turn, ``make test`` a sample of them.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest

from site_gen.capture.rules import PatternRule, pattern_rules
from site_gen.compare import no_dispute
from site_gen.compare.alike import Pair, evidence, shipped
from site_gen.compare.dispute_evidence import dispute_evidence
from site_gen.compare.mentions import Mention, mentions
from site_gen.find.dates import context, find_dates
from site_gen.find.dates import rules as date_rules
from site_gen.find.dates.examples import PUBLISHED
from site_gen.find.figures import exclusions, find_figures
from site_gen.find.figures.phrases import HEDGES_AFTER, HEDGES_BEFORE
from site_gen.find.speech import grounds, vetoes
from site_gen.language.lists import lines
from site_gen.model import Article, Moment, Paragraph
from site_gen.pipeline import annotate, match
from site_gen.rules import Rule, example, spans

DAY = dt.date.fromisoformat(PUBLISHED)
SAMPLE = 12
"""So many rules of each table are taken out in ``make test``."""


def paragraph(text: str) -> Paragraph:
    """A paragraph of its own."""
    return Paragraph(index=0, role="body", text=text, pid="p-0")


def sampled(names: list[str]) -> list[object]:
    """All names: those beyond a sample, chosen by a fixed seed, are for ``make exam``."""
    chosen = set(random.Random(7).sample(sorted(names), min(SAMPLE, len(names))))
    return [n if n in chosen else pytest.param(n, marks=pytest.mark.exam) for n in names]


DATE_RULES: dict[str, Rule] = {r.name: r for r in (*date_rules.RULES, *context.RULES)}
EXCLUSIONS = {r.name: r for r in exclusions.EXCLUSIONS}
VETOES = {v.name: v for v in vetoes.VETOES if v.examples}


def dated(rule: Rule) -> bool:
    """Whether the rule's example reads as it says."""
    marked, _, value = rule.examples[0].rpartition(" = ")
    wanted = example(marked)
    found = find_dates([paragraph(wanted.text)], DAY)
    return any(
        (d.start, d.end, d.value, d.rule) == (wanted.start, wanted.end, value, rule.name)
        for d in found
    )


@pytest.mark.parametrize("name", DATE_RULES)
def test_a_date_rule_takes_its_example_and_not_its_counterexample(name: str) -> None:
    """The span, the value and the rule are as the example says."""
    rule = DATE_RULES[name]
    assert dated(rule)
    for marked in rule.counterexamples:
        other = example(marked)
        found = find_dates([paragraph(other.text)], DAY)
        assert not [
            d for d in found if d.rule == name and d.start < other.end and other.start < d.end
        ]


@pytest.mark.parametrize("name", sampled(list(DATE_RULES)))
def test_a_date_rule_cannot_be_taken_out_unnoticed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the rule its example reads otherwise."""
    monkeypatch.setattr(date_rules, "RULES", tuple(r for r in date_rules.RULES if r.name != name))
    monkeypatch.setattr(context, "RULES", tuple(r for r in context.RULES if r.name != name))
    assert not dated(DATE_RULES[name])


@pytest.mark.parametrize("name", EXCLUSIONS)
def test_an_exclusion_takes_its_examples_and_not_its_counterexamples(name: str) -> None:
    """No figure is found in what is excluded."""
    rule = EXCLUSIONS[name]
    for marked in rule.examples:
        wanted = example(marked)
        assert wanted.span in {wanted.text[a:b] for a, b, _ in spans((rule,), wanted.text)}, marked
        found = find_figures([paragraph(wanted.text)], [])
        assert not [f for f in found if f.start < wanted.end and wanted.start < f.end], found
    for marked in rule.counterexamples:
        other = example(marked)
        assert not [
            s for s in spans((rule,), other.text) if s[0] < other.end and other.start < s[1]
        ], marked


@pytest.mark.parametrize("name", sampled(list(EXCLUSIONS)))
def test_an_exclusion_cannot_be_taken_out_unnoticed(name: str) -> None:
    """Without the rule nothing takes the whole span of at least one of its examples."""
    rest = tuple(r for r in exclusions.EXCLUSIONS if r.name != name)
    wanted = [example(m) for m in EXCLUSIONS[name].examples]
    assert any(w.span not in {w.text[a:b] for a, b, _ in spans(rest, w.text)} for w in wanted)


def held(marked: str) -> str:
    """Who gives the marked figure, or vouches for the marked date."""
    wanted = example(marked)
    text = paragraph(wanted.text)
    found = annotate(
        Article(id="a", outlet="A", path="a.md", paragraphs=(text,), published=Moment(day=DAY))
    )
    facts = [
        f for f in (*found.figures, *found.dates) if f.start < wanted.end and wanted.start < f.end
    ]
    assert facts, marked
    return facts[0].said_by


@pytest.mark.parametrize("name", VETOES)
def test_a_veto_speaks_in_its_example_and_not_beside_it(name: str) -> None:
    """The marked number has no holder in the example, and has one in the counterexample."""
    for marked in VETOES[name].examples:
        assert held(marked) == "", marked
    for marked in VETOES[name].counterexamples:
        assert held(marked), marked


@pytest.mark.parametrize("name", sampled(list(VETOES)))
def test_a_veto_cannot_be_taken_out_unnoticed(name: str) -> None:
    """The veto itself speaks in its example, whatever others say there."""
    veto = VETOES[name]
    for marked in veto.examples:
        wanted = example(marked)
        said = next(s for s in _said(wanted.text) if s.start <= wanted.start < s.end)
        place = grounds.Place(wanted.text, wanted.start, wanted.end, said)
        assert veto.speaks(place), marked


def _said(text: str) -> tuple[grounds.Said, ...]:
    from site_gen.find.speech.attribute import attribute

    return attribute([paragraph(text)])


PATTERNS = [(r, n) for r in pattern_rules() for n in range(len(r.patterns))]


@pytest.mark.parametrize("rule", pattern_rules(), ids=lambda r: r.name)
def test_a_capture_rule_has_an_example_for_each_pattern(rule: PatternRule) -> None:
    """Each line fits; what is unlike does not."""
    assert len(rule.like) == len(rule.patterns)
    assert len(rule.like_weak) == len(rule.weak)
    assert [t for t in rule.like if not rule.fits(t)] == []
    assert [t for t in rule.like_weak if not rule.fits_weakly(t)] == []
    assert [t for t in rule.unlike if rule.fits(t)] == []


@pytest.mark.parametrize(
    ("rule", "n"), PATTERNS, ids=lambda v: v.name if isinstance(v, PatternRule) else str(v)
)
def test_a_capture_pattern_cannot_be_taken_out_unnoticed(rule: PatternRule, n: int) -> None:
    """Without the pattern its example does not fit."""
    rest = replace(rule, patterns=rule.patterns[:n] + rule.patterns[n + 1 :])
    assert not rest.fits(rule.like[n])


@pytest.mark.parametrize(
    ("phrase", "meaning"), HEDGES_BEFORE, ids=lambda v: " ".join(v) if isinstance(v, tuple) else v
)
def test_each_hedge_before_a_number_is_read(phrase: tuple[str, ...], meaning: str) -> None:
    """The hedge belongs to the figure, and means what the list says."""
    words = " ".join(phrase)
    found = find_figures([paragraph(f"It held {words} 40 boats.")], [])
    assert [(f.text, f.hedge) for f in found] == [(f"{words} 40 boats", meaning)]


@pytest.mark.parametrize(
    ("phrase", "meaning"), HEDGES_AFTER, ids=lambda v: " ".join(v) if isinstance(v, tuple) else v
)
def test_each_hedge_behind_a_number_is_read(phrase: tuple[str, ...], meaning: str) -> None:
    """The same for what stands behind."""
    words = " ".join(phrase)
    found = find_figures([paragraph(f"It is for those of 40 {words} there.")], [])
    assert [f.hedge for f in found] == [meaning]
    assert found[0].text.endswith(words)


LISTS = [
    "function_words",
    "saying",
    "titles",
    "given_names",
    "names_with_numbers",
    "ends_a_count",
    "past_verbs",
]


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_the_language_are_read(name: str) -> None:
    """A list that is empty, or holds a word twice in one line, is a slip."""
    found = [line.split(":")[-1].split() for line in lines(name)]
    assert found
    assert [words for words in found if len(words) != len(set(words))] == []


def two(marked: str) -> tuple[Mention, Mention, dict[str, float]]:
    """The two marked values of an example, and what their evidence says."""
    sides, links = [], []
    places = []
    annotated = {}
    for name, part in zip("ab", marked.split(" | "), strict=True):
        wanted = example(part)
        places.append((wanted.start, wanted.end))
        text = paragraph(wanted.text)
        annotated[name] = annotate(
            Article(id=name, outlet=name, path=name, paragraphs=(text,), published=Moment(day=DAY))
        )
        sides.append(mentions(annotated[name]))
    links = match(annotated).links
    found = [
        next(m for m in side.mentions if m.start < end and start < m.fact.end)
        for side, (start, end) in zip(sides, places, strict=True)
    ]
    pair = Pair.of(*sides, links, shipped())
    numbers = evidence(found[0], found[1], pair)
    return found[0], found[1], dispute_evidence(found[0], found[1], pair, numbers)


AT_SIGHT = {r.name: r for r in no_dispute.AT_SIGHT if r.examples}
BY_EVIDENCE = {r.name: r for r in no_dispute.BY_EVIDENCE}


@pytest.mark.parametrize("name", [*AT_SIGHT, *BY_EVIDENCE])
def test_a_rule_of_no_dispute_speaks_in_its_example_and_not_beside_it(name: str) -> None:
    """The two values are of two things in the example; in the counterexample no rule says so."""
    for marked in (AT_SIGHT | BY_EVIDENCE)[name].examples:
        first, second, numbers = two(marked)
        if name in AT_SIGHT:
            assert AT_SIGHT[name].speaks(first, second), marked
        else:
            assert BY_EVIDENCE[name].speaks(first, second, numbers), (marked, numbers)
    for marked in (AT_SIGHT | BY_EVIDENCE)[name].counterexamples:
        first, second, numbers = two(marked)
        assert no_dispute.possible(first, second), marked
        assert no_dispute.may_differ(first, second, numbers), (marked, numbers)


@pytest.mark.parametrize("name", sampled([*AT_SIGHT, *BY_EVIDENCE]))
def test_a_rule_of_no_dispute_cannot_be_taken_out_unnoticed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the rule the two values of its example may be in dispute."""
    for table in ("AT_SIGHT", "BY_EVIDENCE"):
        kept = tuple(r for r in getattr(no_dispute, table) if r.name != name)
        monkeypatch.setattr(no_dispute, table, kept)
    first, second, numbers = two((AT_SIGHT | BY_EVIDENCE)[name].examples[0])
    assert no_dispute.possible(first, second)
    assert no_dispute.may_differ(first, second, numbers)
