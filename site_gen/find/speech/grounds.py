"""Grounds for which a source does not give a figure, or vouch for a date, in its stretch."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from site_gen.find.speech.attribute import Said
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
SHARE = re.compile(r"percent|per cent|%|\bout of\b|\bin \d")


def definite(place: Place) -> bool:
    """Whether the number is spoken of as known: "the two men"."""
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


def in_passing(place: Place) -> bool:
    """Whether a measure only describes: "a three-hour visit"."""
    before = place.text[max(0, place.start - 40) : place.start]
    return not place.said.quoted and bool(
        _COMPOUND.match(place.text, place.start) or _IN_PASSING.search(before)
    )


def announces_a_thing(place: Place) -> bool:
    """Whether a thing is announced, not its numbers."""
    said = place.said
    if (
        said.quoted
        or said.lemma not in ("announce", "counter")
        or not said.near
        or said.cue_start > place.start
    ):
        return False
    return not _THAT.match(place.text, said.cue_end)


def age_aside(place: Place) -> bool:
    """Whether the number is an age between commas."""
    before = place.text[max(0, place.start - 24) : place.start]
    return bool(_AGE_BEFORE.search(before) and _AGE_AFTER.match(place.text, place.start))


def only_quotes(place: Place) -> bool:
    """Whether the verb vouches for nothing but what stands in marks."""
    verb = next((v for v in saying_verbs().values() if v.lemma == place.said.lemma), None)
    return (
        not place.said.quoted and place.said.kind == "verb" and verb is not None and not verb.claims
    )


def finds_things(place: Place) -> bool:
    """Whether things are found, not shares."""
    said = place.said
    if said.quoted or said.lemma not in _FOUND_THINGS or said.kind != "verb" or not said.near:
        return False
    source = said.source.text.split()[-1].lower()
    plain = not _THAT.match(place.text, said.cue_end) and said.cue_start < place.start
    return (
        plain
        and not SHARE.search(place.text[place.start : place.end + 9])
        and not _STUDIES.search(source)
    )


_STUDIES = re.compile(
    r"polls?|surveys?|stud(?:y|ies)|reports?|analys[ie]s|census|review|audit|inquiry|data|"
    r"figures|researchers|scientists|auditors"
)


def beside_the_verb(place: Place) -> bool:
    """A date right behind a verb says when it was said: "said on Tuesday", "told reporters on
    Tuesday that", and so behind any other verb of saying: "as the Courier reported on Tuesday"."""
    said = place.said
    if not said.quoted and _reported_then(place):
        return True
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


def _reported_then(place: Place) -> bool:
    tokens = read(place.text).tokens
    at = bisect_left(tokens, (place.start,)) - 1
    if at >= 0 and tokens[at].lower in ("on", "earlier", "late", "early"):
        at -= 1
    closes = re.match(r"[.,;]|\sthat\b", place.text[place.end :])
    verb = saying_verbs().get(tokens[at].lower) if at >= 0 and tokens[at].tag == "V" else None
    return verb is not None and verb.form == "past" and verb.claims and bool(closes)


_EARLIER = re.compile(r".{0,8}?\bearlier\s", re.IGNORECASE)


def other_clause(place: Place) -> bool:
    """Whether the verb stands in a clause that only concedes, and the figure behind its comma."""
    said = place.said
    if said.quoted or not said.near or said.cue_start > place.start:
        return False
    first = sentence_at(place.text, said.cue_start)[0]
    return (
        bool(_CONCEDES.match(place.text, first)) and "," in place.text[said.cue_end : place.start]
    )


_CONCEDES = re.compile(r"[“\"]?(?:While|Although|Though|Even though|Even as|As)\b")


def others_remarks(place: Place) -> bool:
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


def told_by_the_way(place: Place) -> bool:
    """Whether a relative clause holds the fact: "the massacre in which 50 people died", "the post
    that became free this week"."""
    return bool(_RELATIVE.search(_gap(place)))


_RELATIVE = re.compile(
    r"\b(?:which|whom|whose|where|when|who)\b|"
    r"(?<=\w)\s(?<!\bsaid\s)(?<!\bsays\s)(?<!\badded\s)that\s(?:\w+ed|has|had|was|were|is|are|"
    r"became|began|took|came|would)\b"
)


def date_by_the_way(place: Place) -> bool:
    """Whether a relative clause or an event beside it holds the date."""
    relative = _NOUN_THAT.search(_gap(place))
    if relative and relative["noun"].lower() not in saying_verbs():
        return True
    return bool(
        _RELATIVE.search(_gap(place))
        or re.search(r"\b(?:after|before|since|as|following|amid|during)\b", _gap(place))
    )


_NOUN_THAT = re.compile(r"(?P<noun>\w+)\sthat\s(?:late\s|early\s|in\s|on\s)?$")


def tag_of_a_thing(place: Place) -> bool:
    """Whether the date only tells a thing from others of its name: "the 1993 federal law"."""
    named = _ARTICLE_BEFORE.search(place.text, max(0, place.start - 12), place.start)
    return not place.said.quoted and bool(named and _NOUN_BEHIND.match(place.text, place.end))


_ARTICLE_BEFORE = re.compile(r"\b(?:the|a|an|its|their|his|her|our|this)\s$", re.IGNORECASE)
_NOUN_BEHIND = re.compile(
    r"\s(?!(?:that|when|and|or|but|for|in|at|to|of|as|by|with|after|before|because|if|while|"
    r"until|is|was|are|were|will|would|has|had)\b)[a-z]+"
)


def of_a_participle(place: Place) -> bool:
    """Whether the date belongs to a participle that describes a thing: "a deal announced by the
    mayor this week", "in a notice published Friday"."""
    if place.said.quoted:
        return False
    first = sentence_at(place.text, place.start)[0]
    reading = read(place.text)
    here = range(bisect_left(reading.tokens, (first,)), bisect_left(reading.tokens, (place.start,)))
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


def between_quotations(place: Place) -> bool:
    """Whether the article's own words bridge two pieces of a quotation: "“…,” the talks on Monday
    “should not …”"."""
    if place.said.quoted:
        return False
    first, last = sentence_at(place.text, place.start)
    return bool(
        _MARK.search(place.text, first, place.start) and _MARK.search(place.text, place.end, last)
    )


_MARK = re.compile(r"[“”\"«»„]")


def beyond_a_dash(place: Place) -> bool:
    """Whether "according to" stands in an aside between dashes, and the fact outside it."""
    said = place.said
    if said.kind != "according" or not said.near or said.cue_start < place.end:
        return False
    return len(_DASH.findall(place.text, place.end, said.cue_start)) % 2 == 1


_DASH = re.compile(r"\s[–-]+\s|[—―]|\s--\s?")


def new_clause(place: Place) -> bool:
    """Whether a clause begins anew between verb and fact."""
    return bool(_NEW.search(_gap(place)))


_NEW = re.compile(
    r"\bbut\s(?:the|a|he|she|they|it|this|on|in|if|[A-Z])|;\s|\sas\s(?:he|she|they|it|"
    r"[A-Z][\w.]+)\s\w+ed\b"
)


def not_said(place: Place) -> bool:
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


def thin_for_a_date(place: Place) -> bool:
    """Whether the source is less sure than a date needs."""
    said = place.said
    return (
        said.probability < (SURE_OF_A_DATE if said.near else 1.0)
        if not said.quoted
        else said.probability < SURE_OF_A_DATE
    )


SURE_OF_A_DATE = 0.9
"""A date is mostly the article's own, whoever speaks: of 40 that a reader looked at 14 were, at the
figures' threshold."""
