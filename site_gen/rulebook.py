"""The rule book: every named rule with its reason and examples, for ``explain`` and the guide.

The tables are those that the finders use; nothing is written down twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from site_gen.capture.rules import pattern_rules
from site_gen.compare import no_dispute
from site_gen.find.dates import context
from site_gen.find.dates import rules as dates
from site_gen.find.dates.examples import PUBLISHED
from site_gen.find.figures.exclusions import EXCLUSIONS
from site_gen.find.speech.vetoes import VETOES


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule as it is shown: its name, why it is there, what it takes and what it must not."""

    name: str
    why: str
    takes: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rules of one kind, with what the kind is for."""

    title: str
    about: str
    entries: tuple[Entry, ...]


def _shown(example: str) -> str:
    """An example with its span in bold, and its value behind an arrow."""
    example = example.replace(" | ", " — against — ")
    text, _, value = example.rpartition(" = ") if " = " in example else (example, "", "")
    marked = text.replace("[", "**").replace("]", "**")
    return f"{marked} → {value}" if value else marked


@cache
def tables() -> tuple[Table, ...]:
    """The rules by kind, in the order in which they are asked."""
    dated = [Entry(r.name, r.why, r.examples, r.counterexamples) for r in dates.RULES]
    told = [Entry(r.name, r.why, r.examples, r.counterexamples) for r in context.RULES]
    none = [Entry(r.name, r.why, r.examples, r.counterexamples) for r in EXCLUSIONS]
    veto = [Entry(v.name, v.why, v.examples, v.counterexamples) for v in VETOES]
    apart = [
        Entry(r.name, r.why, r.examples, r.counterexamples)
        for r in (*no_dispute.AT_SIGHT, *no_dispute.BY_EVIDENCE)
    ]
    left = [Entry(r.name, "", r.like + r.like_weak, r.unlike) for r in pattern_rules()]
    return (
        Table(
            "Dates",
            f"What is read as a date, in an article of {PUBLISHED}. The first rule that fits a"
            " place takes it.",
            tuple(dated),
        ),
        Table(
            "Dates that the text resolves",
            "Asked when the dates above are known: they count from what the article named before.",
            tuple(told),
        ),
        Table(
            "Numbers that are no figures",
            "No figure is looked for in what these take.",
            tuple(none),
        ),
        Table(
            "Who gives a figure, who vouches for a date: vetoes",
            "A source whose words hold a figure gives it, unless one of these speaks against it."
            " Then nobody is shown.",
            tuple(veto),
        ),
        Table(
            "Why two values are no difference",
            "Two values that cannot both be true are shown as a difference only where none of these"
            " speaks. Each example is two sentences of two outlets.",
            tuple(apart),
        ),
        Table(
            "What is no part of an article",
            "Blocks of a capture that `add` leaves out; each is kept, with the rule's name.",
            tuple(left),
        ),
    )


@cache
def by_name() -> Mapping[str, Entry]:
    """Rules of dates and exclusions by their name."""
    return {e.name: e for table in tables()[:3] for e in table.entries}


def as_markdown() -> str:
    """The guide's page of rules."""
    lines = [
        "# Rules",
        "",
        "Each rule has a name, a reason and examples; these run as tests, and a test takes each",
        "rule out in turn and fails where no example notices. `site-gen explain` names the rule",
        "of each finding. The page is made from the tables of the program by `make golden`; the",
        "sentences are invented.",
    ]
    for table in tables():
        lines += ["", f"## {table.title}", "", table.about, ""]
        reasons = any(entry.why for entry in table.entries)
        heads = ["rule", *(["why"] if reasons else []), "examples"]
        lines += ["| " + " | ".join(heads) + " |", "| --- " * len(heads) + "|"]
        for entry in table.entries:
            shown = [_shown(x) for x in entry.takes] + [f"not: {_shown(x)}" for x in entry.leaves]
            cells = [entry.name, *([entry.why] if reasons else []), " · ".join(shown)]
            lines.append("| " + " | ".join(_cell(c) for c in cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip()
