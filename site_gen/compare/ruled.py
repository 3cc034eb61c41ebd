"""An editor's word on mentions, passages and the findings beyond rows: what a text's words mean,
who says them, and which paragraphs report one thing.

The text stays as it is and so do all places; an editor's reading stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations

from site_gen.compare.identity import mention_id, short_hash, told_words
from site_gen.compare.rulings import Fact
from site_gen.model import (
    NOBODY,
    Annotated,
    Article,
    Attribution,
    Date,
    Figure,
    Link,
    Passage,
    Place,
    Quotation,
    Ruling,
)

Read = Callable[[Article, Figure | Date, str], Figure | Date | None]
"""What an editor's words for a figure or a date say, in place of the text's; none where nothing can
be read in them."""
Node = tuple[str, int]


def place_of(article: Article, fact: Fact) -> Place:
    """The span of a figure, date or quotation."""
    return Place(article=article.id, paragraph=fact.paragraph, start=fact.start, end=fact.end)


def cue_of(article: Article, said: Attribution) -> Place:
    """The words by which an attribution is named: those that say that somebody says it."""
    paragraph, start, end = said.cue
    return Place(article=article.id, paragraph=paragraph, start=start, end=end)


def mentions_of(annotated: Annotated) -> Iterator[tuple[str, Fact | Attribution]]:
    """Everything in an article that a ruling can name as a mention, with its name."""
    article = annotated.article
    facts: tuple[Fact, ...] = (*annotated.figures, *annotated.dates, *annotated.quotations)
    for fact in facts:
        yield mention_id(article, place_of(article, fact)), fact
    for said in annotated.attributions:
        yield mention_id(article, cue_of(article, said)), said


def correct(
    annotated: Annotated, rulings: Mapping[str, Ruling], read: Read
) -> tuple[Annotated, dict[Place, Fact]]:
    """An article with an editor's readings and speakers, and what they changed, by place.
    ``rulings``: by mention."""
    article = annotated.article
    said = {mention_id(article, cue_of(article, a)): a for a in annotated.attributions}
    ruled = {a: rulings[name] for name, a in said.items() if name in rulings}
    changed: dict[Place, Fact] = {}

    def new(fact: Fact) -> Fact:
        ruling = rulings.get(mention_id(article, place_of(article, fact)))
        out = _spoken(fact, ruling, ruled)
        if ruling and ruling.value and not isinstance(out, Quotation):
            read_ = read(article, out, ruling.value)
            out = out if read_ is None else read_
        if out != fact:
            changed[place_of(article, fact)] = out
        return out

    figures = tuple(f for f in map(new, annotated.figures) if isinstance(f, Figure))
    dates = tuple(d for d in map(new, annotated.dates) if isinstance(d, Date))
    quotations = tuple(q for q in map(new, annotated.quotations) if isinstance(q, Quotation))
    attributions = (
        *(
            _attributed(a, ruled.get(a) or _of_quotation(a, article, annotated, rulings), annotated)
            for a in annotated.attributions
        ),
        *_given_by_editor(annotated, rulings),
    )
    return (
        replace(
            annotated,
            figures=figures,
            dates=dates,
            quotations=quotations,
            attributions=attributions,
        ),
        changed,
    )


def _spoken(fact: Fact, ruling: Ruling | None, ruled: Mapping[Attribution, Ruling]) -> Fact:
    """A fact with the speaker that an editor gives it, or gives the words in which it stands."""
    speaker = ruling.speaker if ruling else ""
    who = fact.speaker if isinstance(fact, Quotation) else fact.said_by
    if not speaker:
        speaker = next(
            (
                r.speaker
                for a, r in ruled.items()
                if r.speaker and who == a.speaker and _in(fact, a)
            ),
            "",
        )
    if not speaker:
        return fact
    name = "" if speaker == NOBODY else speaker
    if isinstance(fact, Quotation):
        return replace(fact, speaker=name, role=fact.role if name == fact.speaker else "")
    return replace(fact, said_by=name)


def _in(fact: Fact, said: Attribution) -> bool:
    return fact.paragraph == said.paragraph and any(
        start <= fact.start < end for start, end in (*said.quoted, *said.told)
    )


def _of_quotation(
    said: Attribution, article: Article, annotated: Annotated, rulings: Mapping[str, Ruling]
) -> Ruling | None:
    """The ruling on a quotation that an attribution gives: the two are one word of an editor."""
    for q in annotated.quotations:
        if q.speaker == said.speaker and _in(q, said):
            ruling = rulings.get(mention_id(article, place_of(article, q)))
            if ruling and ruling.speaker:
                return ruling
    return None


def _given_by_editor(annotated: Annotated, rulings: Mapping[str, Ruling]) -> Iterator[Attribution]:
    """The quotations to which the machine found no speaker, given to the one whom an editor
    names."""
    for q in annotated.quotations:
        ruling = rulings.get(mention_id(annotated.article, place_of(annotated.article, q)))
        if ruling is None or ruling.speaker in ("", NOBODY):
            continue
        if any(_in(q, a) for a in annotated.attributions):
            continue
        span = (q.start, q.end)
        new = Attribution(
            paragraph=q.paragraph,
            start=q.start,
            end=q.end,
            speaker="",
            role="",
            kind="named",
            source=(q.paragraph, *span),
            verb=":",
            cue=(q.paragraph, *span),
            words=(len(q.text.split()), 0),
            quoted=(span,),
        )
        yield _attributed(new, ruling, annotated)


def _attributed(said: Attribution, ruling: Ruling | None, annotated: Annotated) -> Attribution:
    if ruling is None or not ruling.speaker:
        return said
    if ruling.speaker == NOBODY:
        return replace(said, speaker="", role="")
    known = next((a for a in annotated.attributions if a.speaker == ruling.speaker), None)
    return replace(
        said,
        speaker=ruling.speaker,
        role=known.role if known else "",
        kind=known.kind if known else "named",
    )


def rule_links(
    links: Iterable[Link],
    rulings: Sequence[Ruling],
    pids: Mapping[Node, str],
    difference: Callable[[Link], Link],
) -> tuple[Link, ...]:
    """The links between paragraphs with an editor's word on them: those of paragraphs that report
    different things are taken out; paragraphs of one thing that the machine did not link are
    linked. What the machine linked keeps its score, so that a confirmation moves nothing else.
    ``pids``: the permalink of each body paragraph; ``difference`` tells how two paragraphs differ.

    ``different`` sets the first paragraph apart from the others that the ruling names.
    """
    out = {((x.a, x.i), (x.b, x.j)): x for x in links}
    at: dict[str, list[Node]] = {}
    for node, pid in sorted(pids.items()):
        at.setdefault(pid, []).append(node)
    for ruling in rulings:
        pairs = list(_pairs_of(ruling, at))
        if ruling.different or ruling.hide:
            for pair in pairs:
                out.pop(pair, None)
        elif ruling.one_thing and not any(pair in out for pair in pairs):
            for pair in pairs:
                out[pair] = difference(_link(*pair))
    return tuple(out[pair] for pair in sorted(out))


def _pairs_of(ruling: Ruling, at: Mapping[str, Sequence[Node]]) -> Iterator[tuple[Node, Node]]:
    """The paragraphs of different articles, two by two, that a ruling is about."""
    if not ruling.paragraphs:
        return
    first, *others = ruling.paragraphs
    apart = [(first, other) for other in others]
    for x, y in apart if ruling.different else combinations(ruling.paragraphs, 2):
        for one in at.get(x, ()):
            for other in at.get(y, ()):
                if one[0] != other[0]:
                    yield min(one, other), max(one, other)


def _link(first: Node, second: Node) -> Link:
    """A link that only an editor sees."""
    return Link(a=first[0], i=first[1], b=second[0], j=second[1], score=1.0, kind="reworded")


def rule_passages(
    found: Iterable[Passage], rulings: Sequence[Ruling], pids: Mapping[Node, str]
) -> tuple[Passage, ...]:
    """The machine's passages with an editor's word on them: without the paragraphs that were left
    out, without those that were taken apart, and with those that only an editor sees. Nothing is
    grouped anew, so that a rejection brings up nothing weaker. One that has more paragraphs than
    the editor saw waits again."""
    known = set(pids.values())
    told = [(frozenset(r.paragraphs) & known, r) for r in rulings if r.paragraphs]
    left = (_without(p, told, pids) for p in found)
    out = [_ruled_passage(p, passage_pids(p, pids), told, pids) for p in left if p is not None]
    have = [passage_pids(p, pids) for p in out]
    for names, ruling in told:
        stands = any(names >= own or names <= own for own in have)
        if ruling.one_thing and not stands:
            made = _passage_of(names, ruling, pids)
            out += [made] if made else []
    return tuple(out)


Told = Sequence[tuple[Set[str], Ruling]]


def _without(passage: Passage, told: Told, pids: Mapping[Node, str]) -> Passage | None:
    """A passage without the paragraphs that an editor set apart from all its others; none where
    less than two articles are left, or it was taken apart as a whole."""
    for names, ruling in told:
        own = passage_pids(passage, pids)
        if ruling.hide and own <= names:
            return None
        first = ruling.paragraphs[0]
        if not (ruling.different and first in own and own <= names):
            continue
        members = []
        for article, indexes in passage.members:
            kept = tuple(i for i in indexes if pids[article, i] != first)
            members += [(article, kept)] if kept else []
        if len(members) < 2:
            return None
        passage = replace(passage, members=tuple(members))
    return passage


def _ruled_passage(
    passage: Passage, own: Set[str], told: Told, pids: Mapping[Node, str]
) -> Passage:
    """A passage with the last ruling that confirms it, and the paragraphs that the ruling adds; or
    with one on less of it, which lapses."""
    covering = [(names, r) for names, r in told if r.one_thing and own <= names]
    if covering:
        names, ruling = covering[-1]
        members: dict[str, set[int]] = {a: set(indexes) for a, indexes in passage.members}
        for (article, index), pid in pids.items():
            if pid in names - own:
                members.setdefault(article, set()).add(index)
        told_in = tuple((a, tuple(sorted(members[a]))) for a in sorted(members))
        return replace(passage, members=told_in, sure=True, ruling=ruling)
    within = [r for names, r in told if len(names) > 1 and names < own]
    return replace(passage, ruling=within[-1], lapsed=True) if within else passage


def _passage_of(names: Set[str], ruling: Ruling, pids: Mapping[Node, str]) -> Passage | None:
    """A passage that only an editor sees; none where its paragraphs are of one article or gone."""
    members: dict[str, list[int]] = {}
    for (article, index), pid in sorted(pids.items()):
        if pid in names:
            members.setdefault(article, []).append(index)
    if len(members) < 2:
        return None
    return Passage(
        id="g-" + short_hash("|".join(sorted(names))),
        members=tuple((a, tuple(i)) for a, i in members.items()),
        score=1.0,
        ruling=ruling,
    )


def passage_pids(passage: Passage, pids: Mapping[Node, str]) -> frozenset[str]:
    """The permalinks of a passage's paragraphs."""
    return frozenset(pids[a, i] for a, indexes in passage.members for i in indexes)


def still_holds(ruling: Ruling, now: Iterable[str]) -> bool:
    """Whether a ruling on a finding holds: it has nothing that the editor did not see."""
    return not ruling.of or {told_words(w) for w in now} <= {told_words(w) for w in ruling.of}
