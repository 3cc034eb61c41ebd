"""Who gives a figure, and who vouches for a date: the source of the stretch that holds it, where
the words between do not speak against it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from site_gen.find.speech.attribute import Said, facts_threshold, threshold
from site_gen.find.speech.named import Named, Speakers
from site_gen.language.reading import read
from site_gen.language.saying import saying_verbs
from site_gen.language.words import sentence_at


@dataclass(frozen=True, slots=True)
class Place:
    """A figure or a date in its paragraph's text, and the stretch that holds it."""

    text: str
    start: int
    end: int
    said: Said


@dataclass(frozen=True, slots=True)
class Veto:
    """A reason why the source of a stretch does not give a figure or a date in it. Examples are
    sentences with the words in brackets."""

    name: str
    why: str
    dates: bool
    figures: bool
    speaks: Callable[[Place], bool]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


_KNOWN = re.compile(
    r"(?:\b(?:the|both|all|these|those|this|his|her|its|their)|[\w.]['’]s)\s(?:other\s|last\s|"
    r"first\s|past\s|estimated\s)?$",
    re.IGNORECASE,
)
_IN_PASSING = re.compile(
    r"\b(?:in which|as (?:he|she|they|it|the)|after|following|since|despite|amid|"
    r"during)\s(?:[\w’'-]+\s){0,3}?$",
    re.IGNORECASE,
)
_COMPOUND = re.compile(
    r"[\w.,]+-(?:day|week|month|year|hour|minute|page|member|seat|point|mile|foot|man|person|"
    r"story|storey|game|nation|count)s?\b(?!-old)"
)
_AGE_BEFORE = re.compile(r",\s(?:(?:then|now|aged)\s)?(?:\d{1,3} and )?$")
_AGE_AFTER = re.compile(r"\d{1,3}(?: and \d{1,3})?(?: respectively)?,")
_FOUND_THINGS = frozenset("find count show".split())
_THAT = re.compile(
    r"(?:\s(?:on|in|at|via|through)\s(?:an?|the|its|his|her|their)\s\w+|\s(?!(?:an?|the|its|his|"
    r"her|their|plans?)\b)[\w.,]+){0,5}?\s+that\b"
)
_SHARE = re.compile(r"percent|per cent|%|\bout of\b|\bin \d")


def _definite(place: Place) -> bool:
    if place.said.quoted:
        return False
    before, words = (
        place.text[max(0, place.start - 24) : place.start],
        place.text[place.start : place.end],
    )
    new = re.match(
        r"(?:more|at|over|about|around|nearly|almost|up|fewer|less|tens|dozens|hundreds|"
        r"thousands|millions)\b",
        words,
        re.IGNORECASE,
    )
    return bool(
        (_KNOWN.search(before) and not new)
        or re.match(r"(?:the|both|all|these|those)\s", words, re.IGNORECASE)
    )


def _in_passing(place: Place) -> bool:
    before = place.text[max(0, place.start - 40) : place.start]
    return not place.said.quoted and bool(
        _COMPOUND.match(place.text, place.start) or _IN_PASSING.search(before)
    )


def _announces_a_thing(place: Place) -> bool:
    said = place.said
    if (
        said.quoted
        or said.lemma not in ("announce", "counter")
        or not said.near
        or said.cue_start > place.start
    ):
        return False
    return not _THAT.match(place.text, said.cue_end)


def _age_aside(place: Place) -> bool:
    before = place.text[max(0, place.start - 24) : place.start]
    return bool(_AGE_BEFORE.search(before) and _AGE_AFTER.match(place.text, place.start))


def _only_quotes(place: Place) -> bool:
    verb = next((v for v in saying_verbs().values() if v.lemma == place.said.lemma), None)
    return (
        not place.said.quoted and place.said.kind == "verb" and verb is not None and not verb.claims
    )


def _finds_things(place: Place) -> bool:
    said = place.said
    if said.quoted or said.lemma not in _FOUND_THINGS or said.kind != "verb" or not said.near:
        return False
    source = said.source.text.split()[-1].lower()
    plain = not _THAT.match(place.text, said.cue_end) and said.cue_start < place.start
    return (
        plain
        and not _SHARE.search(place.text[place.start : place.end + 9])
        and not _STUDIES.search(source)
    )


_STUDIES = re.compile(
    r"polls?|surveys?|stud(?:y|ies)|reports?|analys[ie]s|census|review|audit|inquiry|data|"
    r"figures|researchers|scientists|auditors"
)


def _beside_the_verb(place: Place) -> bool:
    """A date right behind the verb says when it was said: "said on Tuesday", "told reporters on
    Tuesday that"."""
    said = place.said
    if said.quoted or not said.near or place.start < said.cue_end:
        return False
    if _EARLIER.match(place.text, max(0, place.start - 8), place.end):
        return True
    between = list(read(place.text[said.cue_end : place.start]).tokens)
    that = any(t.tag in "S:,qXVEO" for t in between[1:] or between) or any(
        t.tag in "S:,qX" for t in between
    )
    behind = place.text[place.end : place.end + 40]
    closes = re.match(r"\s*(?:[.,;]|that\b|in\b|at\b|to\b|after\b|before\b|during\b|$)", behind)
    return not that and (len(between) <= 2 or (len(between) <= 6 and bool(closes)))


_EARLIER = re.compile(r".{0,8}?\bearlier\s", re.IGNORECASE)


def _other_clause(place: Place) -> bool:
    """Whether the verb stands in a clause that only concedes, and the figure behind its comma."""
    said = place.said
    if said.quoted or not said.near or said.cue_start > place.start:
        return False
    first = sentence_at(place.text, said.cue_start)[0]
    return (
        bool(_CONCEDES.match(place.text, first)) and "," in place.text[said.cue_end : place.start]
    )


_CONCEDES = re.compile(r"[“\"]?(?:While|Although|Though|Even though|Even as|As)\b")


def _others_remarks(place: Place) -> bool:
    """Whether a participle can go on with what somebody else is said to have remarked: nobody can
    tell whose the number is."""
    said = place.said
    if said.quoted or not said.near or said.source.end > said.cue_start:
        return False
    return bool(_REMARKS.search(place.text, said.source.end, place.start))


_REMARKS = re.compile(
    r"\b(?:comments|remarks|estimates?|forecasts?|analysis|testimony)\s(?:from|by|of)\s[A-Z]"
)


def _gap(place: Place) -> str:
    """The text between the verb and the fact, outside quotation marks; all of the stretch before
    the fact where the verb comes later."""
    said = place.said
    if said.quoted:
        return ""
    first = said.cue_end if said.near and said.cue_start < place.start else said.start
    return place.text[first : place.start]


def _told_by_the_way(place: Place) -> bool:
    """Whether a relative clause holds the fact: "the massacre in which 50 people died", "the post
    that became free this week"."""
    return bool(_RELATIVE.search(_gap(place)))


_RELATIVE = re.compile(
    r"\b(?:which|whom|whose|where|when|who)\b|"
    r"(?<=\w)\s(?<!\bsaid\s)(?<!\bsays\s)(?<!\badded\s)that\s(?:\w+ed|has|had|was|were|is|are|"
    r"became|began|took|came|would)\b"
)


def _date_by_the_way(place: Place) -> bool:
    relative = _NOUN_THAT.search(_gap(place))
    if relative and relative["noun"].lower() not in saying_verbs():
        return True
    return bool(
        _RELATIVE.search(_gap(place))
        or re.search(r"\b(?:after|before|since|as|following|amid|during)\b", _gap(place))
    )


_NOUN_THAT = re.compile(r"(?P<noun>\w+)\sthat\s(?:late\s|early\s|in\s|on\s)?$")


def _tag_of_a_thing(place: Place) -> bool:
    """Whether the date only tells a thing from others of its name: "the 1993 federal law"."""
    named = _ARTICLE_BEFORE.search(place.text, max(0, place.start - 12), place.start)
    return not place.said.quoted and bool(named and _NOUN_BEHIND.match(place.text, place.end))


_ARTICLE_BEFORE = re.compile(r"\b(?:the|a|an|its|their|his|her|our|this)\s$", re.IGNORECASE)
_NOUN_BEHIND = re.compile(
    r"\s(?!(?:that|when|and|or|but|for|in|at|to|of|as|by|with|after|before|because|if|while|"
    r"until|is|was|are|were|will|would|has|had)\b)[a-z]+"
)


def _of_a_participle(place: Place) -> bool:
    """Whether the date belongs to a participle that describes a thing: "a deal announced by the
    mayor this week", "in a notice published Friday"."""
    if place.said.quoted:
        return False
    first = sentence_at(place.text, place.start)[0]
    reading = read(place.text)
    here = [n for n, t in enumerate(reading.tokens) if first <= t.start < place.start]
    verb = next((n for n in reversed(here) if reading.tokens[n].tag in "EVX"), -1)
    if verb < 1 or reading.tokens[verb].tag == "X":
        return False
    behind = [reading.tokens[n] for n in here if n > verb]
    if behind and behind[0].lower == "by":
        return True
    thing = reading.ending.get(verb)
    close = all(t.tag in "PR" for t in behind)
    return (
        close
        and thing is not None
        and thing.first > 0
        and reading.tokens[thing.first - 1].tag in "P"
    )


def _between_quotations(place: Place) -> bool:
    """Whether the article's own words bridge two pieces of a quotation: "“…,” the talks on Monday
    “should not …”"."""
    if place.said.quoted:
        return False
    first, last = sentence_at(place.text, place.start)
    return bool(
        _MARK.search(place.text, first, place.start) and _MARK.search(place.text, place.end, last)
    )


_MARK = re.compile(r"[“”\"«»„]")


def _beyond_a_dash(place: Place) -> bool:
    """Whether "according to" stands in an aside between dashes, and the fact outside it."""
    said = place.said
    if said.kind != "according" or not said.near or said.cue_start < place.end:
        return False
    return len(_DASH.findall(place.text, place.end, said.cue_start)) % 2 == 1


_DASH = re.compile(r"\s[–-]+\s|[—―]|\s--\s?")


def _new_clause(place: Place) -> bool:
    return bool(_NEW.search(_gap(place)))


_NEW = re.compile(
    r"\bbut\s(?:the|a|he|she|they|it|this|on|in|if|[A-Z])|;\s|\sas\s(?:he|she|they|it|"
    r"[A-Z][\w.]+)\s\w+ed\b"
)


def _not_said(place: Place) -> bool:
    """Whether the verb is denied: who has not said something vouches for nothing."""
    return (
        not place.said.quoted
        and place.said.near
        and bool(
            _NEGATED.search(place.text, max(0, place.said.cue_start - 24), place.said.cue_start)
        )
    )


_NEGATED = re.compile(
    r"\b(?:not|never|n['’]t|nor|declined to|refused to|without)\s(?:\w+\s)?$|\w+n['’]t\s(?:\w+\s)?$"
)


def _thin_for_a_date(place: Place) -> bool:
    said = place.said
    return (
        said.probability < (SURE_OF_A_DATE if said.near else 1.0)
        if not said.quoted
        else said.probability < SURE_OF_A_DATE
    )


SURE_OF_A_DATE = 0.9
"""A date is mostly the article's own, whoever speaks: of 40 that a reader looked at 14 were, at the
figures' threshold."""

VETOES = (
    Veto(
        "known already",
        "what is definite is known already: the speaker does not give that number",
        False,
        True,
        _definite,
        ("Mayor Ines Falk said the [two men] would meet again.",),
        ("Mayor Ines Falk said [two men] would meet again.",),
    ),
    Veto(
        "age in passing",
        "an age between commas is the article's own",
        True,
        True,
        _age_aside,
        ("Ines Falk said that Edda Roon, then [32], had left.",),
        ("Ines Falk said that Edda Roon was [32].",),
    ),
    Veto(
        "vouches for nothing",
        "the verb stands beside quotation marks and vouches for nothing else",
        True,
        True,
        _only_quotes,
        ("Ines Falk criticised the [14 lifts].",),
        ("Ines Falk said [14 lifts] would close.",),
    ),
    Veto(
        "in passing",
        "a measure that only describes something, or what happened around it, is not what is said",
        False,
        True,
        _in_passing,
        ("Ines Falk said she was hopeful on a [three-hour visit].",),
        ("Ines Falk said the visit took [three hours].",),
    ),
    Veto(
        "announces a thing",
        "who announces a plan does not give each number in it",
        False,
        True,
        _announces_a_thing,
        ("The ministry announced a plan that closes [14 lifts].",),
        ("The ministry announced on its website that it would close [14 lifts].",),
    ),
    Veto(
        "another clause",
        "what somebody said little about is conceded; the main clause is the article's own",
        True,
        True,
        _other_clause,
        ("While the owners said little about the fall, [two guides] have left.",),
        ("The owners said [two guides] have left.",),
    ),
    Veto(
        "others' remarks",
        "a participle behind somebody's remarks can go on with them",
        True,
        True,
        _others_remarks,
        (
            (
                "The council pointed at comments from Mark Falk, projecting that the bridge would"
                " create [160 jobs]."
            ),
        ),
        ("The council pointed at the model, projecting that the bridge would create [160 jobs].",),
    ),
    Veto(
        "finds things",
        "the police find bodies; a study finds shares",
        False,
        True,
        _finds_things,
        ("The police found [12 helmets] in the snow.",),
        ("The survey found [30 percent] of the guests would return.",),
    ),
    Veto(
        "by the way",
        "a relative clause tells what is known already",
        False,
        True,
        _told_by_the_way,
        ("Ines Falk said the fire in which [50 people] died is being looked into.",),
        ("Ines Falk said [50 people] died in the fire.",),
    ),
    Veto(
        "a date by the way",
        "a date in a relative clause or beside an event is the article's own",
        True,
        False,
        _date_by_the_way,
        ("Ines Falk said she wanted the post that became free [this week].",),
        ("Ines Falk said the post would be free [this week].",),
    ),
    Veto(
        "a new clause",
        "what begins anew behind the words of somebody is the article's own",
        True,
        True,
        _new_clause,
        ("Ines Falk said she was innocent, but the council paid [400 euros] to a lawyer.",),
        ("Ines Falk said the council paid [400 euros] to a lawyer.",),
    ),
    Veto(
        "tag of a thing",
        "a year beside a law's name only tells it from others",
        True,
        False,
        _tag_of_a_thing,
        ("Ines Falk said the council would copy the [2019] lift law.",),
        ("Ines Falk said the law was passed in [2019].",),
    ),
    Veto(
        "of a participle",
        "a date beside a participle that describes a thing is the article's own",
        True,
        False,
        _of_a_participle,
        (
            "Ines Falk said she liked the deal announced by the council [this week].",
            "The lift will close, according to a notice published [Friday].",
        ),
        ("Ines Falk said the lift would open [this week].",),
    ),
    Veto(
        "between quotations",
        "what bridges two pieces of a quotation is the article's own",
        True,
        False,
        _between_quotations,
        ("“A mistake,” the talks on [Monday] “should not go on,” Ines Falk said.",),
        ("Ines Falk said the talks would be on [Monday].",),
    ),
    Veto(
        "beyond a dash",
        "an aside between dashes says where the aside comes from",
        True,
        True,
        _beyond_a_dash,
        (
            (
                "The plan needs [eight votes] — a number that it will not get, according to two"
                " members."
            ),
        ),
        ("The plan has [eight votes] so far, according to two members.",),
    ),
    Veto(
        "not said",
        "who has not said something vouches for nothing",
        True,
        True,
        _not_said,
        ("Ines Falk has not said whether the [40 cabins] are safe.",),
        ("Ines Falk has said [40 cabins] are safe.",),
    ),
    Veto(
        "a date's own threshold",
        "a date is mostly the article's own, whoever speaks",
        True,
        False,
        _thin_for_a_date,
        (),
        (),
    ),
    Veto(
        "when it was said",
        "a date beside the verb says when it was said, not what was",
        True,
        False,
        _beside_the_verb,
        ("Ines Falk said on [Tuesday] that the lift was safe.",),
        ("Ines Falk said the lift would open on [Tuesday].",),
    ),
)
"""Why a source does not give a figure or vouch for a date that stands in its stretch, in the order
in which they are asked."""


class Holders:
    """Answers who gives the facts of one article."""

    def __init__(self, said: Sequence[Said], speakers: Speakers) -> None:
        self.speakers = speakers
        self.of: dict[int, list[Said]] = {}
        for s in said:
            self.of.setdefault(s.paragraph, []).append(s)

    def holder(self, text: str, paragraph: int, start: int, end: int, *, date: bool) -> str:
        """Who gives the figure, or vouches for the date, at ``start:end`` of a paragraph; empty
        where the article does, or it is not established."""
        said = self._at(paragraph, start)
        if not date and (poll := self._poll(text, paragraph, start, end, said)):
            return poll
        if said is None or said.probability < (
            threshold(True) if said.quoted else facts_threshold()
        ):
            return ""
        if any(
            v.speaks(Place(text, start, end, said))
            for v in VETOES
            if (v.dates if date else v.figures)
        ):
            return ""
        return _worded(self.speakers.source(said.source))

    def _at(self, paragraph: int, start: int) -> Said | None:
        here = self.of.get(paragraph, [])
        n = bisect_right(here, start, key=lambda s: s.start) - 1
        return here[n] if n >= 0 and start < here[n].end else None

    def _poll(self, text: str, paragraph: int, start: int, end: int, said: Said | None) -> str:
        """The poll from which a share comes in the sentences behind its name, until somebody else
        says something."""
        if (said is not None and said.quoted) or not _SHARE.search(text[start : end + 9]):
            return ""
        here = self.of.get(paragraph, [])
        n = bisect_right(here, start, key=lambda s: s.start)
        before = [
            s
            for s in here[max(0, n - _LOOK) : n + 1]
            if s.cue_paragraph == paragraph and s.cue_start < start
        ]
        last = max(before, key=lambda s: s.cue_start, default=None)
        if last is None or last.kind != "document" or last.lemma not in _POLLS:
            return ""
        led = text[: last.source.start].rstrip().rpartition(" ")[2].lower() == "in"
        return last.source.text if led else ""


_LOOK = 40
"""Stretches back in which a poll must be named."""
_POLLS = frozenset("poll polls survey surveys census".split())


def _worded(named: Named) -> str:
    """A source as the article words it, with the full name where a pronoun stood."""
    return named.worded or named.name
