"""The finding that a story opens with, and the two that come next: a short title in the sources'
own words, the values with who gives each, and one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from site_gen.model import Comparison, Headline, OnlyHere, Row, StatedDifferently
from site_gen.model.message import say
from site_gen.render.findings import WORDS, quoted_at
from site_gen.render.groups import Group, Line, value_groups
from site_gen.render.links import story_page, versions_page
from site_gen.render.marks import Mark, marked
from site_gen.render.memory import known
from site_gen.render.messages import capital, join_html, plain, say_html
from site_gen.render.rows import row_link, row_state, section_of, tally, verdict_words
from site_gen.render.strip import Strip, strip
from site_gen.render.titles import MOST_GROUPS, in_a_row, row_title, with_brackets
from site_gen.render.versions import versions_view

LONG_TITLE = 24
"""Characters above which a title is set smaller."""
SHORT_LABEL = 28
"""Characters of a label that fits before the values: "Injured: 14 or 9?"."""
NO_WORDS = Markup("")
NOTHING_DIFFERS = say("No figure, date or quotation of one outlet contradicts another’s.")


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
    first: str = ""
    """What is to be known before the values: that nothing differs."""
    key: str = ""
    """What the marks in the values mean."""
    silent: tuple[str, ...] = ()
    """The outlets whose captures do not mention it."""

    @property
    def long(self) -> bool:
        """Whether the title must be set smaller."""
        return len(self.title.striptags()) > LONG_TITLE

    @property
    def plain(self) -> str:
        """The title as text, for the head of a page and for those who pass it on."""
        return plain(self.title)


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
        return finding_of(comparison, row)
    only = next((o for o in comparison.findings.only_here if o.id == name), None)
    if only is not None:
        return _of_only(comparison, only, link)
    if name.startswith("versions:"):
        return _of_versions(comparison, name.removeprefix("versions:"))
    if name == "headlines":
        return _of_headlines(comparison, link)
    stated = next((s for s in comparison.findings.stated if s.id == name), None)
    return _of_stated(comparison, stated, link) if stated is not None else None


def finding_of(comparison: Comparison, row: Row) -> Finding:
    """A row as a finding."""
    memory = known(comparison)
    before: tuple[Row, Finding] | None = memory.get(("finding", row.id))
    if before is None or before[0] is not row:
        found = _of_row(comparison, row, row_link(comparison.story.id, row))
        memory["finding", row.id] = before = (row, found)
    return before[1]


def _differ(comparison: Comparison) -> int:
    """How many facts differ."""
    memory = known(comparison)
    if "differ" not in memory:
        memory["differ"] = tally(comparison.rows)["differ"]
    number: int = memory["differ"]
    return number


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
    title = row_title(comparison, row, groups)
    quiet = _differ(comparison) == 0 and row.shown != "conflict"
    return Finding(
        state=state,
        sign=sign,
        word=verdict_words(row),
        title=say_html("{prefix}{title}", prefix=prefix, title=title) if prefix else capital(title),
        link=link,
        about=about,
        values=tuple(_value(g, row) for g in groups[:MOST_GROUPS]),
        more=max(0, len(groups) - MOST_GROUPS),
        strip=strip(comparison, row),
        silent=_silent(comparison, row),
        first=NOTHING_DIFFERS if quiet and not comparison.withheld else "",
        why="" if quiet else row.why,
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
        return (say_html("{speaker}: ", speaker=speaker) if speaker else Markup("")), Markup("")
    if len(label) <= SHORT_LABEL and "[" not in label and "…" not in label:
        return say_html("{label}: ", label=label), Markup("")
    return Markup(""), with_brackets(label)


def _of_only(comparison: Comparison, only: OnlyHere, link: str) -> Finding:
    article = comparison.story.article(only.place.article)
    words = _thing(only, article.paragraph(only.place.paragraph).text)
    marks = [Mark(a.start, a.end, "") for a in only.anchors]
    title = (
        say_html("Only in {outlet}: {words}", outlet=article.outlet, words=words)
        if words
        else say_html("Only in {outlet}", outlet=article.outlet)
    )
    quote = quoted_at(comparison, only.place, marks)
    notes = (*_speakers_in(comparison, only), quote["place"])
    value = Value(quote["html"], article.outlet, (Line((quote["published"],), notes),), "", True)
    differ = _differ(comparison)
    return Finding(
        state="single",
        sign="1",
        word=say("Only one outlet has it"),
        title=title,
        link=link,
        values=(value,),
        first="" if differ or comparison.withheld else NOTHING_DIFFERS,
        key=say("Underlined: what no other outlet’s text has."),
    )


def _thing(only: OnlyHere, text: str) -> str | Markup:
    """What a sentence tells that no other outlet's does: a figure, a document, a name, or the words
    in quotation marks."""
    ranked = ("figure", "document", "quotation", "name")
    found = sorted((ranked.index(a.kind), a.start, a.end) for a in only.anchors if a.kind in ranked)
    worth = [
        (text[start:end], any(c.isdigit() for c in text[start:end]) if kind == 0 else kind < 3)
        for kind, start, end in found
    ]
    told = [words for words, alone in worth if alone or " " in words]
    words = next((t for t in told if len(t) <= LONG_TITLE), "")
    if words:
        return words
    own = _longest(only, text)
    return say_html("“{words}”", words=own) if own else ""


def _longest(only: OnlyHere, text: str) -> str:
    """The longest of the words that no other text has, where they are more than one word; of long
    ones the first words."""
    found = [text[a.start : a.end] for a in only.anchors if " " in text[a.start : a.end]]
    short = [f for f in found if len(f) <= LONG_TITLE]
    if short:
        return max(short, key=lambda f: (len(f), f))
    return _cut(found[0]) if found else ""


def _cut(words: str) -> str:
    """The first words of a stretch, as many as a title holds."""
    told = ""
    for word in words.split():
        if len(told) + len(word) + 1 > LONG_TITLE:
            break
        told = f"{told} {word}".strip()
    return f"{told} …" if told else ""


def _speakers_in(comparison: Comparison, only: OnlyHere) -> tuple[str, ...]:
    """Who says the words in quotation marks of a sentence: a reader of it alone sees only "he"."""
    place = only.place
    said = [
        q.speaker
        for q in comparison.annotation(place.article).quotations
        if q.paragraph == place.paragraph
        and q.speaker
        and place.start <= q.start < place.end
        and q.speaker not in quoted_at(comparison, place)["html"]
    ]
    return tuple(say("said by {speaker}", speaker=s) for s in dict.fromkeys(said))


def _headlines_title(comparison: Comparison, told: Sequence[Headline], number: int) -> Markup:
    """What each headline alone has, where that is short; else how many headlines there are."""
    own = []
    for h in told:
        text = comparison.story.article(h.source).headline
        runs = _runs(text, h.own)
        own.append(max(runs, key=lambda r: (len(r.split()), len(r), r), default=""))
    if len(own) in (2, 3) and all(len(w.split()) > 2 and len(w) <= SHORT_LABEL for w in own):
        return in_a_row([say_html("“{words}”", words=w) for w in own])
    if number == 2:
        return say_html("One event, two headlines")
    if number == 3:
        return say_html("One event, three headlines")
    return say_html("One event, {n} headlines", n=number)


def _runs(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """Words that stand side by side in a headline, as one stretch."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and text[out[-1][1] : start].strip(" -–") == "":
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return [text[start:end] for start, end in out]


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
    differ = _differ(comparison)
    return Finding(
        state="compatible",
        sign="≈",
        word=say("Headlines side by side"),
        title=_headlines_title(comparison, told, len(values)),
        link=link,
        values=tuple(values[:MOST_GROUPS]),
        more=max(0, len(values) - MOST_GROUPS),
        first="" if differ or comparison.withheld else NOTHING_DIFFERS,
        key=say("Underlined: words that no other headline has."),
    )


def _of_versions(comparison: Comparison, source: str) -> Finding | None:
    """The gravest change of a value between an article's captures."""
    versions = comparison.matches.versions_of(source)
    change = versions_view(comparison, versions)["lead"]
    if change is None:
        return None
    outlet = comparison.story.article(source).outlet
    parts = [say_html("“{words}”", words=w) for w in (change["old"], change["new"]) if w]
    then = (
        say_html("{earlier}, then {later}", earlier=parts[0], later=parts[1])
        if len(parts) > 1
        else parts[0]
    )
    return Finding(
        state="noted",
        sign="↻",
        word=change["word"],
        title=say_html("{outlet}: {words}", outlet=outlet, words=then),
        link=f"{versions_page(comparison.story.id, source)}{change['link']}",
        why=say(
            "Between the captures of {earlier} and {later}.",
            earlier=change["before"],
            later=change["after"],
        ),
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
        word=say("Stated differently"),
        title=_opposed(comparison, stated),
        link=link,
        values=tuple(values[:MOST_GROUPS]),
        why=say("It compares words: which of them is right is not said."),
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
        quoted = [say_html("“{words}”", words=w) for w in words]
        return say_html("{values}?", values=in_a_row(quoted))
    return join_html("", [WORDS[stated.kind]])


def _nothing(comparison: Comparison) -> Finding:
    """What a page says where there is nothing to lead with."""
    story, matches = comparison.story, comparison.matches
    link = story_page(story.id)
    if len(matches.sources) < 2:
        return Finding(
            state="single",
            sign="1",
            word=say("Only one source"),
            title=say_html("One outlet so far"),
            link=link,
            why=say("There is nothing to compare it with yet."),
        )
    if comparison.withheld:
        return Finding(
            state="single",
            sign="·",
            word=say("Not yet reviewed"),
            title=say_html("Findings that wait for review: {n}", n=comparison.withheld),
            link=link,
            why=say("This site publishes what an editor has confirmed."),
        )
    shared, articles = len(matches.passages), len(matches.sources)
    return Finding(
        state="single",
        sign="·",
        word=say("Nothing to set side by side"),
        title=say_html("{n} articles share no passage", n=articles)
        if not shared
        else say_html("{n} articles share one passage", n=articles)
        if shared == 1
        else say_html("{n} articles share {passages} passages", n=articles, passages=shared),
        link=link,
        why=say("No figure, date, quotation or sentence of theirs was matched to another’s."),
    )
