"""Why two values that cannot both be true are of two things: named rules, asked in order.

What is shown as a difference is said of two outlets; each rule here keeps one kind of false alarm
away, whatever the fitted evidence says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from site_gen.compare.alike import bare_weekday, heads
from site_gen.compare.dispute_evidence import outcomes
from site_gen.compare.mentions import Mention
from site_gen.compare.verdicts import same_holder
from site_gen.language.synonyms import KINDS
from site_gen.rules import Rule

REST = re.compile(
    r"\b(?:other|others|another|more(?! than)|additional|further|remaining|rest|extra)\b",
    re.IGNORECASE,
)
"""Words that count what is left beside a number given before."""
ANAPHORIC = re.compile(
    r"\b(?:same|that|following|previous|next|before|after|earlier|later)\b", re.IGNORECASE
)
"""Dates that are read off another date of the text."""
BESIDE = 0.3
"""This share of the words next to two values speaks for one thing where the sentences do not."""
LINKED = 0.5
"""Sentences that are linked this surely speak for one thing by themselves."""
COPY = 0.6
"""Two sentences that share this much of their words are one text, as copies of a wire report
are."""

Numbers = Mapping[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class NoDispute(Rule):
    """A rule by which two values are of two things. Its examples are two sentences of two outlets,
    with a bar between them, and the values in brackets."""

    speaks: Callable[[Mention, Mention], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class NoDisputeBy(Rule):
    """The same, by what the evidence of the two says."""

    speaks: Callable[[Mention, Mention, Numbers], bool]


def _same_words(first: Mention, second: Mention) -> bool:
    return first.text.lower() == second.text.lower()


def _one_quoted(first: Mention, second: Mention) -> bool:
    return first.context.quoted != second.context.quoted


def _read_off(first: Mention, second: Mention) -> bool:
    return first.kind == "date" and any(ANAPHORIC.search(m.text) for m in (first, second))


def _past_and_ahead(first: Mention, second: Mention) -> bool:
    return first.kind == "date" and any(
        (past.high or 0) < past.context.published and (ahead.low or 0) > ahead.context.published
        for past, ahead in ((first, second), (second, first))
    )


def _day_of_a_statement(first: Mention, second: Mention) -> bool:
    return first.kind == "date" and any(m.context.said and bare_weekday(m) for m in (first, second))


def _other_things(first: Mention, second: Mention) -> bool:
    return (
        first.kind == "figure"
        and not first.dimension
        and heads(first, second) < 0
        and outcomes(first).isdisjoint(outcomes(second))
    )


def _with(first: Mention, second: Mention) -> bool:
    return first.kind == "figure" and first.context.led_by_with != second.context.led_by_with


def _what_is_left(first: Mention, second: Mention) -> bool:
    return first.kind == "figure" and bool(REST.search(first.text)) != bool(
        REST.search(second.text)
    )


def _kind_of_people(first: Mention, second: Mention) -> bool:
    return first.kind == "figure" and (_part_of(first, second) or _part_of(second, first))


def _part_of(first: Mention, second: Mention) -> bool:
    """Whether one counts a kind of people ("five children") and the other more people
    altogether."""
    kinds = first.root in KINDS, second.root in KINDS
    return (
        kinds == (True, False)
        and heads(first, second) < 1
        and (first.high or first.low or 0) < (second.low or second.high or 0)
    )


def _two_places(first: Mention, second: Mention, of: Numbers) -> bool:
    return first.kind == "figure" and bool(of["own_names"]) and of["words"] >= COPY


def _one_word(first: Mention, second: Mention, of: Numbers) -> bool:
    return bool(of["few_words"]) and of["sentence_link"] < LINKED and of["near"] < BESIDE


def _holder_open(first: Mention, second: Mention, of: Numbers) -> bool:
    return bool(of["said_other"]) and same_holder(first.said_by, second.said_by)


def _figure_and(name: str) -> Callable[[Mention, Mention, Numbers], bool]:
    return lambda first, second, of: first.kind == "figure" and bool(of[name])


AT_SIGHT = (
    NoDispute(
        name="the same words",
        why="equal words that were resolved to two days are our reading, not the outlets'",
        speaks=_same_words,
        examples=(),
    ),
    NoDispute(
        name="one inside quotation marks",
        why="what somebody says in a speech is not what an outlet reports",
        speaks=_one_quoted,
        examples=(
            "The lift carried [900 people] on Sunday. | “The lift carried [700 people] on Sunday,”"
            " said Ines Falk.",
        ),
        counterexamples=(
            "The lift carried [900 people] on Sunday. | The lift carried [700 people] on Sunday.",
        ),
    ),
    NoDispute(
        name="read off another date",
        why="which day “the next day” is depends on the text before",
        speaks=_read_off,
        examples=(
            "The gondola opened on 3 March and stopped [the next day]. | The gondola stopped on"
            " [9 March].",
        ),
        counterexamples=("The gondola stopped on [3 March]. | The gondola stopped on [9 March].",),
    ),
    NoDispute(
        name="past and to come",
        why="what has happened and what is planned are two things",
        speaks=_past_and_ahead,
        examples=(
            "The gondola stopped on [2 June 2031]. | The gondola will stop on [20 June 2031].",
        ),
        counterexamples=(
            "The gondola stopped on [2 June 2031]. | The gondola stopped on [5 June 2031].",
        ),
    ),
    NoDispute(
        name="day of a statement",
        why="“said Monday” is the day of the words and not of what they tell",
        speaks=_day_of_a_statement,
        examples=(
            "The gondola was repaired, Ines Falk said [Monday]. | The gondola was repaired on"
            " [Sunday].",
        ),
        counterexamples=(
            "The gondola was repaired on [Monday]. | The gondola was repaired on [Sunday].",
        ),
    ),
    NoDispute(
        name="other things counted",
        why="cabins are no towers",
        speaks=_other_things,
        examples=("The storm damaged [14 cabins]. | The storm damaged [three towers].",),
        counterexamples=("The storm damaged [14 cabins]. | The storm damaged [11 cabins].",),
    ),
    NoDispute(
        name="with so many others",
        why="“with 11 towns” does not count the one that deals with them",
        speaks=_with,
        examples=(
            "Oster signed a treaty with [11 towns]. | The treaty binds [12 towns] at Oster.",
        ),
        counterexamples=(
            "The treaty at Oster binds [11 towns]. | The treaty binds [12 towns] at Oster.",
        ),
    ),
    NoDispute(
        name="what is left",
        why="“three more” are beside a number given before",
        speaks=_what_is_left,
        examples=("The slide buried [nine cabins]. | The slide buried [three more cabins].",),
        counterexamples=("The slide buried [nine cabins]. | The slide buried [three cabins].",),
    ),
    NoDispute(
        name="a kind of people",
        why="children are a part of the people",
        speaks=_kind_of_people,
        examples=("The crash hurt [12 people]. | The crash hurt [five children].",),
        counterexamples=("The crash hurt [12 people]. | The crash hurt [five people].",),
    ),
)
"""The rules that look at the two mentions alone, the cheapest first."""

BY_EVIDENCE = (
    NoDisputeBy(
        name="one text about two places",
        why="two sentences that are one but for a name are of two",
        speaks=_two_places,
        examples=(
            "The storm damaged 14 roofs in the town, and in Oster [30 trees] fell on cars. | The"
            " storm damaged 14 roofs in the town, and in Hallin [50 trees] fell on cars.",
        ),
        counterexamples=(
            "The storm damaged roofs in the town, and in Oster [30 trees] fell on cars. | The storm"
            " damaged roofs in the town, and in Oster [50 trees] fell on cars.",
        ),
    ),
    NoDisputeBy(
        name="one word in common",
        why="one word beside two values does not say that they are of one thing",
        speaks=_one_word,
        examples=(
            "After a long and windy night the mayor thanked [40 guests] at the gondola. | [Nine"
            " guests] sued a hotel that closed in spring.",
        ),
        counterexamples=(
            "The mayor thanked [40 guests] at the gondola. | The mayor thanked [nine guests] at the"
            " gondola.",
        ),
    ),
    NoDisputeBy(
        name="holder not established",
        why="where the company and a named firm may be one, whether two sources speak is open",
        speaks=_holder_open,
        examples=(
            "The gondola carried [900 guests] on Sunday, the company said. | The gondola carried"
            " [700 guests] on Sunday, Gorlin Metals said.",
        ),
        counterexamples=(
            "The gondola carried [900 guests] on Sunday, the police said. | The gondola carried"
            " [700 guests] on Sunday, the police said.",
        ),
    ),
    NoDisputeBy(
        name="another time",
        why="figures of two seasons or years do not contradict each other",
        speaks=_figure_and("other_time"),
        examples=(
            "The gondola carried [900 guests] in 2024. | The gondola carried [700 guests] in 2027.",
        ),
        counterexamples=(
            "The gondola carried [900 guests] in 2024. | The gondola carried [700 guests] in 2024.",
        ),
    ),
    NoDisputeBy(
        name="other people",
        why="the workers and the guests are not one crowd",
        speaks=_figure_and("own_people"),
        examples=(
            "The fire hurt workers, [40 of them]. | The fire hurt tourists, [nine of them].",
        ),
        counterexamples=(
            "The fire hurt workers, [40 of them]. | The fire hurt workers, [nine of them].",
        ),
    ),
    NoDisputeBy(
        name="nameless ages",
        why="an age is somebody's, and no name says that it is the same person's",
        speaks=_figure_and("nameless_ages"),
        examples=(
            "The fire hurt Edda Roon, a [32-year-old] guide. | The fire hurt a [41-year-old]"
            " guide.",
        ),
        counterexamples=(
            "The fire hurt Edda Roon, a [32-year-old] guide. | The fire hurt Edda Roon, a"
            " [41-year-old] guide.",
        ),
    ),
    NoDisputeBy(
        name="an outcome of one",
        why="those hurt are not those on board",
        speaks=_figure_and("outcome_of_one"),
        examples=(
            "The crash killed [nine people] in the cabin. | There were [30 people] in the cabin.",
        ),
        counterexamples=(
            "The crash killed [nine people] in the cabin. | The crash killed [12 people] in the"
            " cabin.",
        ),
    ),
)
"""The rules that ask the evidence."""


def possible(first: Mention, second: Mention) -> bool:
    """Whether two mentions whose values do not meet can be of one thing, as far as they tell by
    themselves."""
    # a plain loop: it runs for every pair of values
    for rule in AT_SIGHT:  # noqa: SIM110
        if rule.speaks(first, second):
            return False
    return True


def may_differ(first: Mention, second: Mention, of: Numbers) -> bool:
    """Whether two mentions that are ``possible`` can be of one thing, as far as their evidence
    tells."""
    for rule in BY_EVIDENCE:  # noqa: SIM110
        if rule.speaks(first, second, of):
            return False
    return True
