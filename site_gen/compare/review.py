"""What an editor reviews: every finding of a story as one item, the weightiest and least certain
first, and a story without what is hidden or not confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace

from site_gen.compare.identity import mention_id, short_hash
from site_gen.compare.ruled import Node, cue_of, passage_pids, place_of, still_holds
from site_gen.compare.rulings import POSSIBLY, row_words, undecided
from site_gen.model import (
    Annotated,
    Comparison,
    Findings,
    Matches,
    Passage,
    Place,
    Review,
    ReviewItem,
    ReviewKind,
    Row,
    Ruling,
)
from site_gen.model.review import Doubt

LAPSED = 200.0
"""Points of a decision that holds no more: it comes first."""
ORDER = {
    "differ": 100.0,
    "noted": 85.0,
    "words differ": 80.0,
    "stated": 75.0,
    "possible": 70.0,
    "compatible": 60.0,
    "possible passage": 50.0,
    "quotation": 45.0,
    "agree": 40.0,
    "speaker of several": 38.0,
    "passage": 30.0,
    "speaker": 25.0,
    "routine": 20.0,
    "called": 15.0,
    "only here": 12.0,
    "not here": 11.0,
    "notice": 10.0,
    "one source": 5.0,
}
"""Points of each sort of finding: what would do most harm if it were wrong comes first, and what is
less certain before what is more."""
WEIGHS = 5.0
"""A row's own weight is divided by this, up to :data:`MOST`, so that it orders rows of one sort."""
MOST = 9.0
BEGIN = 6
"""Words of a paragraph that a ruling keeps."""
SURE_PASSAGE = 0.8
"""Score from which a passage is called sure."""


def review_items(
    comparison: Comparison, machine: Matches, rows: Sequence[Row]
) -> tuple[ReviewItem, ...]:
    """Everything that an editor may decide on, in order. ``comparison``: with its rulings, and with
    what they hide; ``machine`` and ``rows``: as the machine alone has them."""
    found = [
        *_of_rows(comparison, rows),
        *_of_passages(comparison, machine),
        *_of_findings(comparison),
    ]
    return tuple(sorted(found, key=lambda i: (-i.order, i.key)))


def key_of(target: Sequence[str]) -> str:
    """The address of what a ruling names: the kind of the name, and the name; of a passage a short
    name for its paragraphs."""
    kind, *names = target
    return f"{kind}:{names[0]}" if len(names) == 1 else f"{kind}:g-{short_hash('|'.join(names))}"


def _of_rows(comparison: Comparison, rows: Sequence[Row]) -> Iterator[ReviewItem]:
    machine = {r.id: r for r in rows}
    for row in comparison.rows:
        sort, doubt = _sort_of(machine.get(row.id, row))
        several = len(row.cells) > 1
        target = ("row", row.ruling.row if row.ruling else row.id)
        yield ReviewItem(
            key=f"row:{row.id}",
            target=target,
            kind=row.kind if several else "one source",
            id=row.id,
            of=row_words(row),
            order=ORDER[sort] + min(MOST, row.weight / WEIGHS) + LAPSED * row.lapsed,
            doubt=doubt,
            asked=several,
            ruling=row.ruling,
            lapsed=row.lapsed,
        )


def _sort_of(row: Row) -> tuple[str, Doubt]:
    """The sort of a row, by the machine's verdict, and how certain it is."""
    if len(row.cells) < 2:
        return "one source", "likely"
    if row.routine:
        return "routine", "sure"
    if row.qualifier == POSSIBLY:
        return "possible", "unsure"
    if row.kind == "quotation":
        return ("words differ", "likely") if row.verdict == "conflict" else ("quotation", "sure")
    if row.verdict == "conflict":
        return ("noted" if row.qualifier else "differ"), "likely"
    if row.verdict == "compatible":
        return "compatible", "likely"
    return "agree", "sure"


def _of_passages(comparison: Comparison, machine: Matches) -> Iterator[ReviewItem]:
    matches = comparison.matches
    pids = _pids(comparison.annotated, matches)
    seen: set[frozenset[str]] = set()
    # by the machine's own word: a confirmation does not move a finding in the list
    unsure = {passage_pids(p, pids) for p in machine.passages if not p.sure}
    for passage in matches.passages:
        own = passage_pids(passage, pids)
        seen.add(own)
        yield _of_passage(
            passage, own, matches, _begin(comparison, passage), sure=own not in unsure
        )
    ruled = [r for r in comparison.story.rulings if r.paragraphs and (r.different or r.hide)]
    for passage in machine.passages:
        own = passage_pids(passage, pids)
        last = next((r for r in reversed(ruled) if set(r.paragraphs) == own), None)
        if own not in seen and last:
            gone = replace(passage, id=f"{passage.id}-apart", ruling=last)
            words = _begin(comparison, passage)
            yield _of_passage(gone, own, matches, words, sure=passage.sure)


def _begin(comparison: Comparison, passage: Passage) -> tuple[str, ...]:
    """How each paragraph of a passage begins: what a ruling on it keeps, for people."""
    texts = (
        comparison.story.article(a).paragraph(i).text
        for a, indexes in passage.members
        for i in indexes
    )
    return tuple(sorted({" ".join(text.split()[:BEGIN]) for text in texts}))


def _of_passage(
    passage: Passage,
    own: frozenset[str],
    matches: Matches,
    words: tuple[str, ...],
    *,
    sure: bool,
) -> ReviewItem:
    sort = "passage" if sure else "possible passage"
    doubt: Doubt = "likely"
    if not sure:
        doubt = "unsure"
    elif passage.score >= SURE_PASSAGE:
        doubt = "sure"
    target = ("paragraphs", *sorted(own))
    origins = {matches.origin_of(a) for a, _ in passage.members}
    return ReviewItem(
        key=key_of(target),
        target=target,
        kind="passage",
        id=passage.id,
        of=words,
        order=ORDER[sort] - MOST * passage.score + LAPSED * passage.lapsed,
        doubt=doubt,
        asked=len(origins) > 1,
        ruling=passage.ruling,
        lapsed=passage.lapsed,
    )


def _pids(annotated: Iterable[Annotated], matches: Matches) -> dict[Node, str]:
    return {
        (a.article.id, p.index): p.pid
        for a in annotated
        if a.article.id in matches.sources
        for p in a.article.body
    }


def _of_findings(comparison: Comparison) -> Iterator[ReviewItem]:
    found, articles = comparison.findings, {a.id: a for a in comparison.story.articles}

    def words(places: Iterable[Place]) -> tuple[str, ...]:
        texts = (articles[p.article].paragraph(p.paragraph).text[p.start : p.end] for p in places)
        return tuple(sorted({t for t in texts if t}))

    for who in found.speakers:
        cues = (u.cue for v in who.voices for u in v.utterances)
        of = tuple(sorted({mention_id(articles[c.article], c) for c in cues}))
        sort = "speaker of several" if len(who.voices) > 1 else "speaker"
        yield _item(comparison, "speaker", who.id, of, ORDER[sort], asked=True)
    for pair in found.stated:
        places = (s.sentence for s in pair.stated())
        yield _item(comparison, "stated", pair.id, words(places), ORDER["stated"], asked=True)
    for named in found.called:
        yield _item(comparison, "called", named.id, words(named.places()), ORDER["called"])
    for only in found.only_here:
        weight = ORDER["only here"] + min(1.0, only.weight / 100)
        yield _item(comparison, "only here", only.id, words([only.place]), weight)
    for gone in found.not_here:
        yield _item(comparison, "not here", gone.id, words(gone.told), ORDER["not here"])
    for notice in found.notices:
        yield _item(comparison, "notice", notice.id, words([notice.place]), ORDER["notice"])


def _item(
    comparison: Comparison,
    kind: ReviewKind,
    name: str,
    of: tuple[str, ...],
    order: float,
    *,
    asked: bool = False,
) -> ReviewItem:
    ruling = comparison.ruling(name)
    gone = ruling is not None and not still_holds(ruling, of)
    return ReviewItem(
        key=f"finding:{name}",
        target=("finding", name),
        kind=kind,
        id=name,
        of=of,
        order=order + LAPSED * gone,
        doubt="likely",
        asked=asked,
        ruling=ruling,
        lapsed=gone,
    )


def review_of(items: Iterable[ReviewItem], rulings: Sequence[Ruling]) -> Review:
    """How far a story is reviewed: what is asked of an editor, and what of it is done."""
    asked = [i for i in items if i.asked]
    done = [i for i in asked if i.done]
    by = [i.ruling for i in done if i.ruling]
    return Review(
        done=len(done),
        total=len(asked),
        editors=tuple(sorted({r.editor for r in by if r.editor})),
        last=max((r.date for r in by), default=""),
        lapsed=sum(i.lapsed for i in asked),
    )


def without_hidden(comparison: Comparison, lapsed: Set[str] = frozenset()) -> Comparison:
    """A comparison without the rows and findings that an editor hides, and without decisions on
    findings that hold no more (``lapsed``: their ids)."""
    rows = tuple(r for r in comparison.rows if not (r.ruling and r.ruling.hide))
    holds = {n: undecided(r) if n in lapsed else r for n, r in comparison.on_findings}
    gone = {name for name, r in holds.items() if r.hide or r.different}
    found = _kept(comparison.findings, lambda name: name not in gone)
    told = tuple((name, r) for name, r in holds.items() if name not in gone)
    return replace(comparison, rows=rows, findings=found, on_findings=told)


def _kept(found: Findings, keep: Callable[[str], bool]) -> Findings:
    return replace(
        found,
        speakers=tuple(x for x in found.speakers if keep(x.id)),
        stated=tuple(x for x in found.stated if keep(x.id)),
        called=tuple(x for x in found.called if keep(x.id)),
        only_here=tuple(x for x in found.only_here if keep(x.id)),
        not_here=tuple(x for x in found.not_here if keep(x.id)),
        notices=tuple(x for x in found.notices if keep(x.id)),
    )


def confirmed(comparison: Comparison, items: Sequence[ReviewItem]) -> Comparison:
    """A comparison with what an editor has confirmed alone. Passages and what follows from them are
    there when all of them are reviewed: one of two articles side by side would pass in silence over
    what waits."""
    waiting = [i for i in items if not i.done]
    names = {i.id for i in items if i.done}
    rows = tuple(r for r in comparison.rows if r.id in names)
    aligned = not any(i.kind == "passage" and i.asked for i in waiting)
    found = _confirmed_findings(comparison.findings, waiting, names, aligned=aligned)
    matches = comparison.matches
    places = _places(rows, found)
    return replace(
        comparison,
        rows=rows,
        findings=found,
        matches=matches if aligned else replace(matches, links=(), passages=()),
        aligned=aligned,
        annotated=tuple(_only(a, places) for a in comparison.annotated),
        withheld=len(waiting),
    )


def _confirmed_findings(
    found: Findings, waiting: Sequence[ReviewItem], names: Set[str], *, aligned: bool
) -> Findings:
    """The findings that are confirmed, and the counts that rest on none that waits."""
    speaks = not any(i.kind == "speaker" for i in waiting)
    heads = found.headlines
    if not aligned:
        heads = tuple(replace(h, event=None, ordinal=0, lead=False) for h in heads)
    return replace(
        _kept(found, names.__contains__),
        headlines=heads,
        event=found.event if aligned else "",
        shares=found.shares if speaks else (),
        verbs=found.verbs if speaks else (),
        profiles=() if waiting else found.profiles,
    )


def _places(rows: Iterable[Row], found: Findings) -> frozenset[Place]:
    """The spans of values in rows, and the words by which speakers are said to speak."""
    shown = {s.place for r in rows for c in r.cells for s in (*c.statements, *c.was)}
    return frozenset(
        shown | {u.cue for s in found.speakers for v in s.voices for u in v.utterances}
    )


def _only(annotated: Annotated, places: Set[Place]) -> Annotated:
    """What was found in an article, as far as it stands in rows or is said by speakers that are
    confirmed."""
    article = annotated.article
    return replace(
        annotated,
        figures=tuple(f for f in annotated.figures if place_of(article, f) in places),
        dates=tuple(d for d in annotated.dates if place_of(article, d) in places),
        quotations=tuple(q for q in annotated.quotations if place_of(article, q) in places),
        attributions=tuple(a for a in annotated.attributions if cue_of(article, a) in places),
    )
