"""The order of the stages, and nothing else: ``analyse(story)`` finds, matches and compares.

What one stage needs of another passes through here: spans to mask, speakers, what earlier captures
said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import combinations

from site_gen.compare.derived import with_durations
from site_gen.compare.findings import find_beyond
from site_gen.compare.mentions import value_of
from site_gen.compare.quotations import compare_quotations
from site_gen.compare.review import confirmed, review_items, review_of, without_hidden
from site_gen.compare.rows import compare_facts
from site_gen.compare.ruled import correct, mentions_of, rule_links, rule_passages
from site_gen.compare.rulings import Fact, apply_rulings, corrected, set_apart
from site_gen.compare.verdicts import Judgement, judge
from site_gen.compare.weight import ladder, lead
from site_gen.find.dates import find_dates
from site_gen.find.figures import find_figures
from site_gen.find.speech import find_speech
from site_gen.match.diff import difference
from site_gen.match.features import Features, features
from site_gen.match.origins import origins, overlaps
from site_gen.match.pairs import link_articles
from site_gen.match.passages import passages
from site_gen.match.versions import group_captures, versions
from site_gen.memory import NO_MEMORY, Memory
from site_gen.model import (
    NOBODY,
    Annotated,
    Article,
    Cell,
    Comparison,
    ContentError,
    Date,
    Figure,
    Link,
    Matches,
    Paragraph,
    Passage,
    Place,
    Quotation,
    Row,
    Ruling,
    Statement,
    Story,
    Versions,
)

READ_LANGUAGES = ("en",)
"""Languages that the finders read; the subtag after a hyphen (``en-GB``) does not matter."""

RUNNERS_UP = 2
"""Findings that a page names after the one it leads with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Machine:
    """What the machine says of a story, before an editor's word: the articles with what was found
    in them, by id, the matches, and the rows."""

    annotated: Mapping[str, Annotated]
    matches: Matches
    rows: tuple[Row, ...]


def analyse(story: Story, *, required: bool = False) -> Comparison:
    """A story, compared. Pure: the same story gives the same comparison, whatever the order of its
    articles was. ``required``: with what an editor has confirmed alone.

    Raises :class:`ContentError` where a span does not quote its text: that would be our fault, and
    must not be published.
    """
    machine = by_machine(story)
    return published(ruled(story, machine), machine, required=required)


def by_machine(story: Story, memory: Memory = NO_MEMORY) -> Machine:
    """A story as the machine compares it. Its rulings do not matter, nor does the ``memory`` to the
    result."""
    articles = sorted(story.articles, key=lambda a: a.id)
    annotated = {a.id: memory.found(a, partial(annotate, a)) for a in articles}
    matches = match(annotated, memory)
    return Machine(annotated=annotated, matches=matches, rows=_rows(annotated, matches))


def ruled(story: Story, machine: Machine) -> Comparison:
    """A story with its rulings on what the machine says of it; also what they hide is there.

    Raises as :func:`analyse` does.
    """
    rulings = story.rulings
    annotated, facts = _corrected(machine.annotated, rulings)
    matches = _with_links(annotated, machine.matches, rulings)
    judged = _judge(annotated, matches)
    rows = corrected(machine.rows, facts, value_of, judged)
    rows = apply_rulings(rows, rulings, judged)
    shown = tuple(r for r in rows if not (r.ruling and r.ruling.hide))
    first = lead(shown)
    findings = find_beyond(
        annotated.values(), matches, shown, next((r for r in shown if r.id == first), None)
    )
    comparison = Comparison(
        story=story,
        annotated=tuple(annotated.values()),
        matches=matches,
        rows=rows,
        findings=findings,
        on_findings=tuple((r.finding, r) for r in rulings if r.finding),
    )
    verify(comparison)
    return comparison


def published(comparison: Comparison, machine: Machine, *, required: bool = False) -> Comparison:
    """A comparison as it is published: without what an editor hides, with how far it is reviewed,
    and with what it leads with. ``required``: only what an editor has confirmed."""
    items = review_items(comparison, machine.matches, machine.rows)
    comparison = replace(comparison, review=review_of(items, comparison.story.rulings))
    comparison = without_hidden(comparison, {i.id for i in items if i.lapsed})
    if required:
        comparison = confirmed(comparison, items)
    articles = comparison.story.article
    rows = set_apart(comparison.rows, lambda at: articles(at.article).paragraph(at.paragraph).text)
    comparison = replace(comparison, rows=rows)
    order = ladder(comparison.rows, comparison.findings, comparison.matches.versions)
    return replace(comparison, lead=order[0] if order else "", runners_up=order[1 : 1 + RUNNERS_UP])


def _corrected(
    annotated: Mapping[str, Annotated], rulings: Sequence[Ruling]
) -> tuple[Mapping[str, Annotated], dict[Place, Fact]]:
    """The articles with an editor's readings and speakers, and what they changed."""
    by_id = {r.mention: r for r in rulings if r.mention}
    if not by_id:
        return annotated, {}
    out: dict[str, Annotated] = {}
    facts: dict[Place, Fact] = {}
    for name, item in annotated.items():
        out[name], changed = correct(item, by_id, read_as)
        facts |= changed
    return out, facts


def read_as(article: Article, fact: Figure | Date, words: str) -> Figure | Date | None:
    """A figure or a date with the value that an editor's words give it; its place and its words
    stay. A number alone is of the unit that stands in the text. None where the words hold no such
    thing."""
    told = (Paragraph(index=0, role="body", text=words, pid=""),)
    if isinstance(fact, Date):
        dates = find_dates(told, article.published.day if article.published else None)
        if len(dates) != 1:
            return None
        new = dates[0]
        return replace(
            fact,
            value=new.value,
            first=new.first,
            last=new.last,
            granularity=new.granularity,
            bound=new.bound,
            reading=words,
        )
    counted = f"{words} {fact.counted or 'people'}"
    figures = find_figures(told, []) or find_figures((replace(told[0], text=counted),), [])
    if len(figures) != 1:
        return None
    return replace(
        fact,
        low=figures[0].low,
        high=figures[0].high,
        hedge=figures[0].hedge,
        unit=figures[0].unit or fact.unit,
        rule=figures[0].rule,
        reading=words,
    )


def gone(story: Story, machine: Machine) -> Iterator[tuple[Ruling, str]]:
    """The rulings that name a mention or a paragraph that is not there, with the name."""
    known = {n for a in machine.annotated.values() for n, _ in mentions_of(a)}
    pids = {p.pid for a in machine.annotated.values() for p in a.article.body}
    for ruling in story.rulings:
        yield from ((ruling, pid) for pid in ruling.paragraphs if pid not in pids)
        if ruling.mention and ruling.mention not in known:
            yield ruling, ruling.mention


def misread(story: Story, machine: Machine) -> Iterator[tuple[Ruling, str, str]]:
    """The rulings with a value that cannot be read or a speaker who does not stand in the article,
    each with what is wrong in words, and how to mend it."""
    if not any(r.value or r.speaker for r in story.rulings):
        return
    known = {n: (a, f) for a in machine.annotated.values() for n, f in mentions_of(a)}
    speak = {x.speaker for a in machine.annotated.values() for x in a.attributions}
    for ruling in story.rulings:
        if ruling.mention not in known:
            continue
        item, fact = known[ruling.mention]
        if ruling.speaker and not _names(item.article, ruling.speaker, speak):
            why = f"`speaker: {ruling.speaker}` does not stand in the article"
            yield ruling, why, "give the name as the article writes it, or `none`"
        if not ruling.value:
            continue
        if not isinstance(fact, Figure | Date):
            why = "`value` is said of a figure or a date, and this is neither"
            yield ruling, why, "leave `value` out, or name a figure's or a date's mention"
        elif read_as(item.article, fact, ruling.value) is None:
            why = f"`value: {ruling.value}` cannot be read as one value"
            yield ruling, why, "write it as a text would: 14 people, about 1.2 million, 3 May 2031"


def _names(article: Article, who: str, speak: Set[str]) -> bool:
    """Whether an article names somebody so; or by the last name alone, who speaks in the story by
    the full one (``speak``); or nobody is meant."""
    texts = [p.text for p in article.all_text]
    if who == NOBODY or any(who in text for text in texts):
        return True
    last = who.split()[-1]
    return who in speak and any(last in text for text in texts)


def body_pids(annotated: Iterable[Annotated]) -> dict[tuple[str, int], str]:
    """The permalink of each body paragraph, by article and index."""
    return {(a.article.id, p.index): p.pid for a in annotated for p in a.article.body}


def _with_links(
    annotated: Mapping[str, Annotated], matches: Matches, rulings: Sequence[Ruling]
) -> Matches:
    """The matches with an editor's word on links and passages."""
    if not any(r.paragraphs for r in rulings):
        return matches
    of = [annotated[s] for s in matches.sources]
    pids = body_pids(of)
    links = rule_links(matches.links, rulings, pids, lambda x: _with_difference(x, annotated))
    found = rule_passages(matches.passages, rulings, pids)
    return replace(matches, links=links, passages=found)


def _rows(annotated: Mapping[str, Annotated], matches: Matches) -> tuple[Row, ...]:
    sources = [annotated[s] for s in matches.sources]
    rows = compare_facts(sources, matches, earlier(annotated, matches.versions))
    rows = with_durations(rows, sources, matches)
    return (*rows, *compare_quotations(sources, matches))


def _judge(
    annotated: Mapping[str, Annotated], matches: Matches
) -> Callable[[str, Sequence[Cell]], Judgement]:
    articles = {s: annotated[s].article for s in matches.sources}
    origin = {s: matches.origin_of(s) for s in matches.sources}
    return lambda kind, cells: judge(kind, cells, articles, origin)


def verify(comparison: Comparison) -> None:
    """Every figure, date, quotation and cell quotes ``text[start:end]`` of the paragraph that it
    names."""
    story = comparison.story
    spans: list[tuple[Article, int, int, int, str]] = []
    for a in comparison.annotated:
        facts: list[Figure | Date | Quotation] = [*a.figures, *a.dates, *a.quotations]
        spans += [(a.article, x.paragraph, x.start, x.end, x.text) for x in facts]
    for row in comparison.rows:
        for s in (s for c in row.cells for s in (*c.statements, *c.was)):
            spans.append(
                (
                    story.article(s.place.article),
                    s.place.paragraph,
                    s.place.start,
                    s.place.end,
                    s.text,
                )
            )
    for place in comparison.findings.places():
        found = story.article(place.article)
        words = found.paragraph(place.paragraph).text
        if not 0 <= place.start <= place.end <= len(words):
            spans.append((found, place.paragraph, place.start, place.end, "a finding"))
    for article, index, start, end, text in spans:
        paragraph = article.paragraph(index)
        if paragraph.text[start:end] != text or not text:
            raise ContentError(
                article.path,
                paragraph.line,
                f"“{text}” is not what stands at {start}:{end}",
                "this is a fault of site-gen; please report it",
            )


def annotate(article: Article) -> Annotated:
    """An article with its figures, dates and quotations; nothing is guessed in a language that is
    not read."""
    if article.language.split("-")[0].lower() not in READ_LANGUAGES:
        return Annotated(article=article, read=False)
    text = article.all_text
    dates = find_dates(text, article.published.day if article.published else None)
    figures = find_figures(text, [(d.paragraph, d.start, d.end) for d in dates])
    speech = find_speech(text)

    def holder(fact: Figure | Date) -> str:
        words = article.paragraph(fact.paragraph).text
        return speech.holders.holder(
            words, fact.paragraph, fact.start, fact.end, date=isinstance(fact, Date)
        )

    return Annotated(
        article=article,
        figures=tuple(replace(f, said_by=holder(f)) for f in figures),
        dates=tuple(replace(d, said_by=holder(d)) for d in dates),
        quotations=speech.quotations,
        attributions=speech.attributions,
    )


def match(annotated: Mapping[str, Annotated], memory: Memory = NO_MEMORY) -> Matches:
    """Versions first: the capture that speaks for each article is what is compared with the other
    sources."""
    groups = group_captures(a.article for a in annotated.values())
    captures = tuple(versions([annotated[a.id] for a in group]) for group in groups)
    sources = _columns([annotated[v.speaks].article for v in captures])
    speak = [annotated[s] for s in sources]
    articles = [a.article for a in speak]

    @cache
    def bodies() -> dict[str, list[Features]]:
        of = features(speak)
        return {a.id: [of[a.id, p.index] for p in a.body] for a in articles}

    def linked(one: str, other: str) -> tuple[Link, ...]:
        return link_articles(bodies()[one], bodies()[other])

    links: list[Link] = []
    for a, b in combinations(sorted(sources), 2):
        found = memory.linked(articles, (a, b), partial(linked, a, b))
        links += [_with_difference(link, annotated) for link in found]
    shared = overlaps(articles)
    return Matches(
        sources=sources,
        links=tuple(links),
        passages=_passages(links, speak),
        versions=captures,
        origins=origins(articles, shared),
        overlaps=shared,
    )


def _passages(links: Iterable[Link], sources: Sequence[Annotated]) -> tuple[Passage, ...]:
    positions = {(s.article.id, p.index): n for s in sources for n, p in enumerate(s.article.body)}
    outlets = {s.article.id: s.article.outlet for s in sources}
    return passages(links, positions, body_pids(sources), outlets)


def _with_difference(link: Link, annotated: Mapping[str, Annotated]) -> Link:
    texts = (
        annotated[link.a].article.paragraph(link.i).text,
        annotated[link.b].article.paragraph(link.j).text,
    )
    return replace(link, difference=difference(*texts))


def _columns(articles: Sequence[Article]) -> tuple[str, ...]:
    """The order of the columns: oldest first, then by outlet and id."""

    def order(article: Article) -> tuple[str, str, str]:
        return (
            article.published.order if article.published else "9999",
            article.outlet.lower(),
            article.id,
        )

    return tuple(a.id for a in sorted(articles, key=order))


def earlier(
    annotated: Mapping[str, Annotated], groups: Sequence[Versions]
) -> dict[tuple[str, int, int], tuple[Statement, ...]]:
    """What earlier captures said in the place of each figure and date that changed: (source,
    paragraph, start) → statements."""
    out: dict[tuple[str, int, int], tuple[Statement, ...]] = {}
    for group in groups:
        for step in group.steps:
            if step.after != group.speaks:
                continue
            for change in step.changes:
                for kind, old, new in change.details:
                    if old and new and kind in ("figure", "date"):
                        out |= _replaced(
                            annotated[step.before],
                            annotated[step.after],
                            change.before[0],
                            change.after[0],
                            kind,
                            old,
                            new,
                        )
    return out


def _replaced(
    before: Annotated, after: Annotated, at: int, end: int, kind: str, old: str, new: str
) -> dict[tuple[str, int, int], tuple[Statement, ...]]:
    was = [
        f
        for f in (before.figures if kind == "figure" else before.dates)
        if f.paragraph == at and f.text == old
    ]
    now = [
        f
        for f in (after.figures if kind == "figure" else after.dates)
        if f.paragraph == end and f.text == new
    ]
    if not was or not now:
        return {}
    place = Place(article=before.article.id, paragraph=at, start=was[0].start, end=was[0].end)
    said = Statement(place=place, text=old, value=value_of(was[0]), said_by=was[0].said_by)
    return {(after.article.id, end, now[0].start): (said,)}
