"""How much a reader loses without a row, and which finding a story leads with.

A weight is a sum of plain points: what the verdict is, how many origins give it, whether a headline
or the first paragraphs do, and how rare such a value is. A bare weekday, a month or a year of
the main event is routine, and so are ages and "two turkeys": every report names them. The points
order rows on a page and choose among them; they say nothing of who is right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from site_gen.compare.alike import bare_weekday, specific
from site_gen.compare.mentions import Mention
from site_gen.compare.verdicts import Judgement
from site_gen.model import Findings, Headline, Row, Versions

DISPUTED, EXPLAINED, COMPATIBLE = 50.0, 25.0, 4.0
"""Points of the verdicts; agreement has none."""
ORIGIN = 10.0
"""Points of each origin beyond the first."""
LEAD = 6.0
"""Points of a value that a headline or one of the first two paragraphs gives."""
RARE, MONEY, MANY = 6.0, 4.0, 3.0
"""Points of a number that hardly two things in a story have, of money, of a hundred and more."""
FEW = -3.0
"""Points of a number up to ten."""
DAY = 3.0
"""Points of a day with its month."""
ROUTINE = -14.0
"""Points of a bare weekday, month or year, and of "this week"."""
COUPLE = 2
"""So many of something are no figure that readers look for."""
FIRST = 1
"""The last of the paragraphs that lead an article."""


def weight(group: Mapping[str, Sequence[Mention]], judged: Judgement, origins: int) -> float:
    """The weight of a row of figures or dates."""
    firsts = [found[0] for found in group.values()]
    points = ORIGIN * (origins - 1) + (len(group) - origins)
    if judged.verdict == "conflict":
        points += EXPLAINED if judged.qualifier else DISPUTED
    elif judged.verdict == "compatible":
        points += COMPATIBLE
    if any(m.paragraph <= FIRST for found in group.values() for m in found):
        points += LEAD
    points += max(_rarity(m) for m in firsts)
    places = [min(max(0, m.paragraph) for m in found) for found in group.values()]
    return round(points - sum(places) / len(places) / 10, 4)


def _rarity(mention: Mention) -> float:
    """How rare such a value is in news."""
    if mention.kind == "date":
        return ROUTINE if _plain(mention) else DAY
    money = MONEY if len(mention.unit) == 3 and mention.unit.isupper() else 0.0
    if specific(mention):
        return RARE + money
    size = abs(mention.size)
    return money + (MANY if size >= 100 else FEW if size <= 10 else 0.0)


def _plain(mention: Mention) -> bool:
    """A weekday, a month or a year by itself, "today", "this week", "earlier this month"."""
    if mention.head in ("day", "time"):
        return bare_weekday(mention)
    low, high = mention.value.ends
    wide = (high or 0) - (low or 0)
    return wide < 400 or mention.head == "year"


def _small(mention: Mention) -> bool:
    """What hardly anybody misses: a plain date, an age, one or two of something, a number inside
    quotation marks, which the quotation tells."""
    if mention.kind == "date":
        return _plain(mention)
    count = not mention.dimension and abs(mention.size) <= COUPLE
    return mention.age or count or mention.context.quoted


def routine(group: Mapping[str, Sequence[Mention]], judged: Judgement) -> bool:
    """Whether a row tells no more than what every report names: plain dates, ages, one or two of
    something, that do not differ."""
    return judged.verdict != "conflict" and all(
        _small(m) for found in group.values() for m in found[:1]
    )


def lead(rows: Sequence[Row]) -> str:
    """The id of the row that a story leads with: values that differ; then what a later report or
    another named source explains; then a quotation's words; then the weightiest row of several
    origins. Empty where there is none."""
    told = [(step, r.weight, r.id) for r in rows if (step := _step(r))]
    return max(told)[2] if told else ""


def _step(row: Row) -> int:
    """The step of the ladder that a row stands on, the highest first; 0 for none."""
    if row.kind == "quotation":
        return 2 if row.shown == "conflict" else 0
    if row.shown == "conflict" and row.qualifier != "possibly the same thing":
        return 4 if row.disputed else 3
    return int(row.origins > 1 and not row.routine and row.weight > 0)


def ladder(
    rows: Sequence[Row], findings: Findings, versions: Sequence[Versions] = ()
) -> tuple[str, ...]:
    """The ids of the rows and findings that a story may lead with, in that order: values that
    differ, what explains a difference, a quotation's words; below them an article that changed a
    figure or a quotation between captures, what is stated differently, headlines that pull apart,
    the weightiest things that one origin alone has; then what several agree on."""
    steps = sorted(((_step(r), r.weight, r.id) for r in rows), reverse=True)
    apart = (HEADLINES,) if _pull_apart(findings.headlines) else ()
    return (
        *(name for step, _, name in steps if step > 1),
        *(f"{CHANGED}{v.speaks}" for v in versions if _value_changed(v)),
        *(s.id for s in findings.stated),
        *apart,
        *(o.id for o in findings.only_here if o.weight >= LEADS_ALONE),
        *(name for step, _, name in steps if step == 1),
    )


def _value_changed(versions: Versions) -> bool:
    """Whether an article gave another figure, date or quotation in an earlier capture."""
    return any(
        kind in ("figure", "date", "quotation") and old and new
        for step in versions.steps
        for change in step.changes
        for kind, old, new in change.details
    )


CHANGED = "versions:"
"""What the id of an article's versions begins with, before the id of the capture that speaks."""
HEADLINES = "headlines"
"""The id of the list of headlines: what a story leads with where they pull apart."""
LEADS_ALONE = 6.0
"""Weight from which what one origin alone has may lead a story: a quotation and a name, or either
in a first paragraph."""
OWN_WORDS = 0.5
"""Share of their words that two headlines at least must have alone, to be said to pull apart."""


def _pull_apart(headlines: Sequence[Headline]) -> bool:
    """Whether most of what at least two headlines say stands in no other: they lead with something
    else."""
    told = [h for h in headlines if h.size]
    apart = [h for h in told if sum(b - a for a, b in h.own) >= OWN_WORDS * h.size]
    return len(told) > 1 and len(apart) >= 2
