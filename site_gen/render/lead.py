"""The finding that a story opens with, and the two that come next: a short title in the sources'
own words, the values with who gives each, and one picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from site_gen.model import Comparison, OnlyHere, Row, StatedDifferently
from site_gen.render.findings import WORDS, quoted_at
from site_gen.render.groups import Group, Line, number_word, value_groups
from site_gen.render.links import story_page
from site_gen.render.marks import Mark, marked
from site_gen.render.rows import row_state, section_of, tally, verdict_words
from site_gen.render.strip import Strip, strip

MOST_GROUPS = 3
"""Values that stand beside each other; the rest is counted."""
LONG_TITLE = 24
"""Characters above which a title is set smaller."""
SHORT_LABEL = 28
"""Characters of a label that fits before the values: "Injured: 14 or 9?"."""
SCALES = ("hundred", "thousand", "million", "billion", "trillion", "dozen")
"""Words that belong to a number, and are never left out of one."""
FEW_WORDS = 2
"""Words that differ in a quotation and tell a reader something by themselves."""
NO_WORDS = Markup("")
NOTHING_DIFFERS = "No figure, date or quotation of one outlet contradicts another’s."


@dataclass(frozen=True, slots=True)
class Value:
    """A value at display size. ``long`` words are set smaller."""

    text: Markup
    count: str
    lines: tuple[Line, ...]
    state: str = ""
    long: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What a story leads with, or what comes next. ``link`` is a page of the site with a
    fragment; ``about``: what the values are of, in a source's words."""

    state: str
    sign: str
    word: str
    title: Markup
    link: str
    about: Markup = NO_WORDS
    values: tuple[Value, ...] = ()
    more: int = 0
    strip: Strip | None = None
    why: str = ""
    silent: tuple[str, ...] = ()
    """The outlets whose captures do not mention it."""

    @property
    def long(self) -> bool:
        """Whether the title must be set smaller."""
        return len(self.title.striptags()) > LONG_TITLE

    @property
    def plain(self) -> str:
        """The title as text, for the head of a page and for those who pass it on."""
        return self.title.striptags()


def findings_of(comparison: Comparison) -> tuple[Finding, ...]:
    """The finding that the story leads with, and those that come next; one always, and it never
    says that nothing differs where nothing was compared."""
    names = [n for n in (comparison.lead, *comparison.runners_up) if n]
    found = [f for n in names if (f := _finding(comparison, n))]
    return tuple(found) or (_nothing(comparison),)


def _finding(comparison: Comparison, name: str) -> Finding | None:
    link = f"{story_page(comparison.story.id)}#{name}"
    row = next((r for r in comparison.rows if r.id == name), None)
    if row is not None:
        return _of_row(comparison, row, link)
    only = next((o for o in comparison.findings.only_here if o.id == name), None)
    if only is not None:
        return _of_only(comparison, only, link)
    if name == "headlines":
        return _of_headlines(comparison, link)
    stated = next((s for s in comparison.findings.stated if s.id == name), None)
    return _of_stated(comparison, stated, link) if stated is not None else None


def finding_of(comparison: Comparison, row: Row) -> Finding:
    """A row as a finding."""
    return _of_row(comparison, row, f"{story_page(comparison.story.id)}#{row.id}")


def can_embed(row: Row) -> bool:
    """Whether a row can be shown inside another page: several origins give it, and it is surely one
    thing."""
    return row.origins > 1 and section_of(row) in (
        "differ",
        "noted",
        "compatible",
        "agree",
        "quotations",
    )


def _of_row(comparison: Comparison, row: Row, link: str) -> Finding:
    groups = value_groups(comparison, row)
    state, sign = row_state(row)
    prefix, about = _label(row)
    title = _title(comparison, row, groups)
    quiet = tally(comparison.rows)["differ"] == 0 and row.shown != "conflict"
    return Finding(
        state=state,
        sign=sign,
        word=verdict_words(row),
        title=Markup("{}{}").format(prefix, title if prefix else _capital(title)),
        link=link,
        about=about,
        values=tuple(_value(g, row) for g in groups[:MOST_GROUPS]),
        more=max(0, len(groups) - MOST_GROUPS),
        strip=strip(comparison, row),
        silent=_silent(comparison, row),
        why=NOTHING_DIFFERS if quiet else row.reason,
    )


def _silent(comparison: Comparison, row: Row) -> tuple[str, ...]:
    """The outlets that say nothing of a row, in the order of the sources."""
    told = {comparison.story.article(c.source).outlet for c in row.cells}
    names = [comparison.story.article(s).outlet for s, why in row.silent if why == "not mentioned"]
    return tuple(n for n in dict.fromkeys(names) if n not in told)


def _value(group: Group, row: Row) -> Value:
    long = row.kind == "quotation" or len(group.text.striptags()) > LONG_TITLE
    return Value(group.text, group.count, group.lines, group.state, long)


def _label(row: Row) -> tuple[Markup, Markup]:
    """What stands before the values, and what stands below them: a short label is a title's first
    word, a sentence is not."""
    label = row.label
    if row.kind == "quotation":
        speaker = next((s.said_by for c in row.cells for s in c.statements if s.said_by), "")
        return (Markup("{}: ").format(speaker) if speaker else Markup("")), Markup("")
    if len(label) <= SHORT_LABEL and "[" not in label and "…" not in label:
        return Markup("{}: ").format(label), Markup("")
    return Markup(""), with_brackets(label)


def with_brackets(label: str) -> Markup:
    """A label with the place of its value in bold instead of brackets."""
    parts = re.split(r"\[([^\[\]]*)\]", label)
    return Markup("").join(
        Markup("<b>{}</b>").format(p) if n % 2 else escape(p) for n, p in enumerate(parts)
    )


def _title(comparison: Comparison, row: Row, groups: Sequence[Group]) -> Markup:
    """The values in one line: "14 or 9 people?", "first this, then that", or the one value that all
    give."""
    if row.kind == "quotation":
        return _words_title(row, groups)
    if len(groups) == 1:
        return Markup("{}{}").format(_all_agree(comparison, groups[0]), groups[0].text)
    shown = _without_common_end(groups[:MOST_GROUPS])
    if row.shown == "conflict":
        if row.qualifier == "updated" and not row.disputed:
            return Markup(", then ").join(shown)
        return Markup("{}?").format(_listed(shown, groups, "or"))
    return _listed(shown, groups, "and" if row.shown == "agree" else "or")


def _listed(shown: Sequence[Markup], groups: Sequence[Group], word: str) -> Markup:
    """ "A, B or C", the odd one coloured."""
    parts = [
        Markup("<b>{}</b>").format(t) if g.state == "odd" else t
        for t, g in zip(shown, groups, strict=False)
    ]
    head = Markup(", ").join(parts[:-1])
    return Markup("{} {} {}").format(head, word, parts[-1])


def _words_title(row: Row, groups: Sequence[Group]) -> Markup:
    """A quotation's title: the words that differ where they are few, else how many ways it is
    given."""
    if row.qualifier == "speakers differ":
        return Markup("who said it?")
    if len(groups) < 2:
        return Markup("the same words")
    apart = [_apart(g) for g in groups]
    short = len(groups) <= MOST_GROUPS and all(0 < len(a.split()) <= FEW_WORDS for a in apart)
    if short and len({a.casefold() for a in apart}) == len(apart):
        return Markup("{}?").format(_either([Markup("“{}”").format(a) for a in apart]))
    ways = {2: "two", 3: "three"}.get(len(groups), str(len(groups)))
    return Markup("one quotation, {} wordings").format(ways)


def _either(parts: Sequence[Markup]) -> Markup:
    """ "A, B or C"."""
    return Markup("{} or {}").format(Markup(", ").join(parts[:-1]), parts[-1])


def _apart(group: Group) -> str:
    """The words of a quotation that another source alters."""
    said = group.first
    start = said.place.start
    return " … ".join(said.text[a - start : b - start] for a, b in said.apart)


def _all_agree(comparison: Comparison, group: Group) -> str:
    """Who agrees, in a few words."""
    among, given = len(comparison.matches.origins), len(group.lines)
    if given == among:
        return "Both agree: " if among == 2 else f"All {among} agree: "
    return f"{given} of {among} agree: "


def _without_common_end(groups: Sequence[Group]) -> list[Markup]:
    """The values without the words that all end with, but for the last: "14 or 9 people"."""
    texts = [g.text.striptags().split() for g in groups]
    size = 0
    while all(len(t) > size + 1 for t in texts) and len({t[-1 - size] for t in texts}) == 1:
        size += 1
    while size and texts[0][len(texts[0]) - size].lower() in SCALES:
        size -= 1  # "$1.2 or $1.9 million" would leave open what the first one is
    cut = [" ".join(t[: len(t) - size]) for t in texts[:-1]] + [" ".join(texts[-1])]
    return [escape(c) for c in cut]


def _capital(title: Markup) -> Markup:
    """The title with a capital letter; one that begins with a mark stays as it is."""
    return Markup(title[:1].upper() + title[1:])


def _of_only(comparison: Comparison, only: OnlyHere, link: str) -> Finding:
    article = comparison.story.article(only.place.article)
    text = article.paragraph(only.place.paragraph).text
    ranked = ("figure", "document", "quotation", "name")
    found = sorted((ranked.index(a.kind), a.start, a.end) for a in only.anchors if a.kind in ranked)
    worth = [
        (text[start:end], any(c.isdigit() for c in text[start:end]) if kind == 0 else kind < 3)
        for kind, start, end in found
    ]
    told = [words for words, alone in worth if alone or " " in words]
    words = next((t for t in told if len(t) <= LONG_TITLE), "")
    marks = [Mark(a.start, a.end, "") for a in only.anchors]
    title = Markup("Only in {}: {}" if words else "Only in {}").format(article.outlet, words)
    quote = quoted_at(comparison, only.place, marks)
    value = Value(
        quote["html"], article.outlet, (Line((quote["published"],), (quote["place"],)),), "", True
    )
    differ = tally(comparison.rows)["differ"]
    return Finding(
        state="single",
        sign="1",
        word="Only one source",
        title=title,
        link=link,
        values=(value,),
        why="" if differ else NOTHING_DIFFERS,
    )


def _of_headlines(comparison: Comparison, link: str) -> Finding:
    told = [h for h in comparison.findings.headlines if comparison.story.article(h.source).headline]
    seen: set[str] = set()
    values = []
    for h in told:
        article, origin = (
            comparison.story.article(h.source),
            comparison.matches.origin_of(h.source),
        )
        if origin in seen:
            continue
        seen.add(origin)
        words = marked(article.headline, [Mark(a, b, "") for a, b in h.own])
        values.append(Value(words, article.outlet, (), "", True))
    differ = tally(comparison.rows)["differ"]
    return Finding(
        state="compatible",
        sign="≈",
        word="Headlines side by side",
        title=Markup("One event, {} headlines").format(number_word(len(values)).lower()),
        link=link,
        values=tuple(values[:MOST_GROUPS]),
        more=max(0, len(values) - MOST_GROUPS),
        why="" if differ else NOTHING_DIFFERS,
    )


def _of_stated(comparison: Comparison, stated: StatedDifferently, link: str) -> Finding:
    values = []
    for side in stated.sides:
        told = side[0]
        words = quoted_at(comparison, told.sentence, [Mark(told.words.start, told.words.end, "")])
        outlets = tuple(
            dict.fromkeys(comparison.story.article(s.sentence.article).outlet for s in side)
        )
        values.append(Value(words["html"], ", ".join(outlets), (), "", True))
    return Finding(
        state="noted",
        sign="⇄",
        word="Stated differently",
        title=_opposed(comparison, stated),
        link=link,
        values=tuple(values[:MOST_GROUPS]),
        why="It compares words: which of them is right is not said.",
    )


def _opposed(comparison: Comparison, stated: StatedDifferently) -> Markup:
    """The words in which two statements differ, or what kind of difference it is."""
    words = []
    for side in stated.sides:
        place = side[0].words
        text = comparison.story.article(place.article).paragraph(place.paragraph).text
        words.append(text[place.start : place.end])
    short = stated.kind in ("opposite", "name")  # a denial's words do not tell what is denied
    if (
        short
        and len(words) > 1
        and all(0 < len(w) <= LONG_TITLE for w in words)
        and len(set(words)) > 1
    ):
        return Markup("{}?").format(Markup(" or ").join(Markup("“{}”").format(w) for w in words))
    return Markup("{}").format(WORDS[stated.kind])


def _nothing(comparison: Comparison) -> Finding:
    """What a page says where there is nothing to lead with."""
    story, matches = comparison.story, comparison.matches
    link = story_page(story.id)
    if len(matches.sources) < 2:
        return Finding(
            state="single",
            sign="1",
            word="Only one source",
            title=Markup("One outlet so far"),
            link=link,
            why="There is nothing to compare it with yet.",
        )
    shared = len(matches.passages)
    told = f"{len(matches.sources)} articles share {shared or 'no'} passage"
    return Finding(
        state="single",
        sign="·",
        word="Nothing to set side by side",
        title=Markup(escape(told + ("" if shared == 1 else "s"))),
        link=link,
        why="No figure, date, quotation or sentence of theirs was matched to another’s.",
    )
