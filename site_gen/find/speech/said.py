"""Said-phrases: who says, tells, writes or finds something, with pronouns resolved within the article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from site_gen.language.words import sentence_at
from site_gen.model import Paragraph

REACH = 400
"""Characters around a quotation or a figure in which its speaker is looked for: a long sentence."""
_CLAIMS = (
    "said|says|say|told|tells|adds|wrote|writes|tweeted|stated|estimated|estimates|warned|warns|claimed|claims|argued|argues|acknowledged|insisted|insists|noted|notes|"
    "details|explained|explains|testified|confirmed|confirms|recalled|suggested|suggests|concluded|concludes|predicted|predicts|alleged|alleges|asserted|asserts|stressed|"
    "conceded|concedes|contended|contends|complained|complains|pointed out|points out|revealed|reveals|responded|replied|maintained|maintains|posited|reported|reports|"
    "announced|cited|cites|described how|described having|pointed to|found|finds|shows|showed|calculated|calculates|counted|counts|projected|projects|believes|countered|remarked|observed|speculated"
)
"""Verbs whose subject vouches for what follows: what it gives as a figure or date is its own."""
VERBS = f"{_CLAIMS}|added|declared|called|continued|asked|asks|answered|posted|shouted|cried|admitted|admits|was quoted as saying|were quoted as saying|rejected|dismissed|criticised|criticized|praised|branded|put|described|labeled|labelled|accused|joked|quipped|charged|began|urged|vowed|promised|pledged"
"""Verbs that stand beside quotation marks."""
_NAME = r"(?:[A-Z][\w.’'-]*|de|van|von|al|bin|of|the|and|for|[A-Z]\.)"
_GROUP_WORDS = frozenset("police people family staff crew couple pair team group council company firm agency department".split())
_GROUPS = "officials|aides|prosecutors|lawmakers|investigators|police|authorities|critics|supporters|experts|analysts|researchers|scientists|sources|witnesses|lawyers|advisers|leaders|rescuers|residents|organizers|organisers|doctors|economists|women|polls|reports|documents|records|Democrats|Republicans"
"""Plural speakers that stand without an article."""
_SPEAKER = rf"(?:(?:[Tt]he|[Aa]|[Aa]n|[Oo]ne|[Aa]nother|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\s+(?:[\w’'/-]+\s+){{0,4}}?[\w’'-]+|[A-Z][\w.-]*['’]s\s+(?:[\w-]+\s+){{0,4}}?[\w-]+|(?:[\w-]+\s+){{0,2}}?(?:{_GROUPS})|(?:[\w-]+\s+){{0,3}}?[A-Z][\w.’'-]*(?:\s+{_NAME}){{0,6}}|[Hh]e|[Ss]he|[Tt]hey|[Ii]t)"
_GROUP = re.compile(rf"(?:(?:[Tt]he|[Ss]everal|[Ss]ome|[Mm]any|[Oo]ther)\s)?(?:[\w-]+\s){{0,2}}?(?:{_GROUPS})\b")
_SUBJECT = re.compile(
    rf"(?P<s>{_SPEAKER})(?:\s+\([^()]{{1,40}}\))?(?:,(?P<ap>[^,]{{2,160}}),)?(?:\s+(?:released|published|conducted|issued)\s+[\w.]+(?:\s+[\w.]+)?)?\s+(?:(?:has|have|had|also|later|himself|herself|further|then|\w+ly)\s+){{0,3}}(?P<v>{VERBS})\b"
)
_VERB_FIRST = re.compile(
    rf"(?:(?:[,?!]?[”\"]|[,?!]’)\s+(?P<v>{VERBS})|^(?P<v2>Added|Said|Wrote|Tweeted))\s+(?P<s>{_SPEAKER})(?<![’'])(?<![’']s)(?!\w|[’']s\b)"
)
_BARE = re.compile(rf"(?:[,?!]?[”\"]|[,?!]’)\s+(?P<s>(?:[a-z-]+\s){{0,2}}[a-z]+s)\s+(?P<v>{VERBS})\b")
"""Several who say something after a quotation ("drivers said")."""
_READS = re.compile(
    r"(?P<s>(?:[Tt]he|[Aa]n?|[Oo]ne) (?:[\w’'-]+ ){0,2}?(?:notice|letter|sign|note|message|statement|e-?mail|memo|report|leaflet|poster|banner|plaque|inscription|card))\b"
    r"[^.“”\":]{0,80}?\b(?P<v>read|reads|ran|stated|states|declared|set)\b[^.“”\":]{0,40}:"
)
"""What a notice or a letter says, word by word."""
_HELD_BY = re.compile(r"\s(?:[a-z-]+\s){1,3}(?P<s>[A-Z][\w’'-]+\s[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)")
""" "said Vale press secretary Ines Orth": whose secretary it is comes first."""
_DOCUMENT = re.compile(
    r"(?:^|(?<=[.!?] ))In (?P<s>(?:the|a|an|its|his|her|their) (?:[\w’'/-]+ ){0,4}?(?:poll|report|survey|study|statement|filing|lawsuit|letter|indictment|memo|complaint|ruling|census))\b(?=[, ])"
)
"""What a sentence begins with when it reports what stands in a document."""
_REPORT_THAT = re.compile(
    r"\b(?:after|following|despite|amid|over)\s(?P<s>an?\s(?:[\w-]+\s){0,2}?(?:report|study|survey|analysis|memo|lawsuit|indictment|complaint|review|audit))\s+that\b(?!\s(?:is|was|has|had|will|would|could)\b)"
)
"""A document that the rest of the sentence reports ("after a report that ...")."""
_REMARKS = re.compile(
    rf"\b(?:comments|remarks|estimates?|forecasts?|analysis|testimony)\s(?:from|by)\s(?P<s>[A-Z][\w.’'-]*(?:\s+{_NAME}){{0,4}}),[^,]{{2,90}},\s*$"
)
"""Whose remarks a participle goes on with ("comments from Mark Vale, an economist, projecting that ...")."""
_INTRODUCTION = re.compile(r"(?:In|On|At|After|During|Following|With|Before|When|While|As|Despite|Since)\b")
"""How a sentence begins whose subject comes after a comma."""
_STANDS = "stands"
"""The verb of what a sentence reports from a document."""
_BESIDE = "beside"
"""The verb of what the subject of a sentence says beside what it does."""
_ANY_VERB = re.compile(rf"\b(?:{VERBS}|Added|Said|Wrote|Tweeted)\b")
_CLAIM = re.compile(_CLAIMS)
_PARTICIPLE = re.compile(
    r"(?:,|\b(?:words|after|by))\s+(?:\w+ly\s)?(?P<v>saying|writing|noting|arguing|claiming|estimating|insisting|predicting|projecting|warning|stating|alleging|tweeting)\b(?!\s+(?:about|of)\b)"
)
"""What the subject of a sentence says beside what it does ("The mayor apologised, saying that ...")."""
_THAT = re.compile(
    r"(?:\s(?:on|in|at|via|through)\s(?:an?|the|its|his|her|their)\s\w+|\s(?!(?:an?|the|its|his|her|their|plans?)\b)[\w.,]+){0,5}?\s+that\b|(?:\s\w+){0,2}\."
)
_STUDY = re.compile(
    r"\b(?:poll|survey|study|report|analysis|census|review|audit|inquiry|investigation|institute|university|researchers|scientists|auditors|economists|project|cent(?:er|re)|figures|data|office)\b",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:\s\w+ly)?\s+with\b")
_QUOTED = re.compile(r"“[^”]*”?|(?<!\w)\"[^\"]*\"")
_MARKS = frozenset(',?!”"')
_TITLES = r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Sgt|Capt|Prof|Rev)\.|President|Senator|Representative|Governor|Justice|Judge|Secretary|Speaker|Mayor|Minister|Chancellor|Sheriff|Chief|Professor|General"
_PERSON = re.compile(
    rf"(?:(?:{_TITLES})\s+)+[A-Z][\w’'-]+(?:\s+[A-Z][\w.’'-]*){{0,3}}|(?<![\w’'-])(?!(?:But|And|In|On|At|The|For|While|When|After|Before|As|If|By|From|Mr|Ms|Mrs|Dr)\b)[A-Z][a-z]+(?:\s+[A-Z]\.)*(?:\s+[A-Z][a-z][\w’'-]*){{1,2}}"
)
_NO_PERSON = re.compile(
    r"\b(?:Party|Republicans?|Democrats?|Democratic|New|North|South|East|West|National|Federal|Supreme|White|World|Security|Police|House|Senate|Court|University|College|Department|States?|Street|County|City|News|Post|Times|Journal|Gazette|Courier|Beacon|Ledger|Committee|Council|Union|Act|Agency|Office|Bank|Company|Center|Centre|Institute|School|Bureau|Twitter|Facebook|Congress|America|Council|Valley|Lake|River|Bridge|Group|Service|Association|Administration|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|June|July|August|September|October|November|December)\b"
)
_FULL_NAME = re.compile(r"[A-Z][\w.’'-]*(?:\s+(?:[A-Z][\w.’'-]*|de|van|von|al|bin)){1,4}")
_LEADS = frozenset("as while though although but and that when because which whom since after before if where".split())
_PRONOUNS = frozenset(["he", "she", "they", "it", "who"])
_NO_SPEAKER = frozenset(
    [
        "it",
        "this",
        "that",
        "these",
        "those",
        "there",
        "which",
        "what",
        "anyone",
        "everyone",
        "someone",
        "somebody",
        "nobody",
        "everybody",
        "i",
        "we",
        "you",
        "who",
        "and",
        "but",
        "when",
        "as",
        "if",
        "while",
        "so",
        "then",
        "now",
        "also",
        "still",
        "since",
        "because",
        "although",
        "though",
        "however",
        "meanwhile",
        "more",
        "most",
        "many",
        "some",
        "all",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "after",
        "before",
        "about",
    ]
)
_NOT_LAST = frozenset(
    "is are was were be been being has have had do does did will would can could may might then first also later now soon still again who which that as and or but of in on at to for".split()
)
_PREPOSITIONS = frozenset("of in on at to for with by from like".split())
_RELATIVE = re.compile(r"\b(?:that|what|which|whom)\s+(?=[A-Z])")
_TRIM = re.compile(
    r"^(?:(?:And|But|When|As|If|While|Then|Also|Meanwhile|In|On|At|By|For|After|Before|However|Although|Though|Since|Still)\s+)+"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A said-phrase: its span in the paragraph, and who says; pronouns are resolved within the article."""

    start: int
    end: int
    speaker: str
    claims: bool
    """Whether the verb vouches for what follows, and not only introduces a quotation."""
    document: bool = False
    """Whether it is a document that the sentence reports from ("In the poll, ...")."""
    closes: bool = False
    """Whether it stands after quoted words: what follows it is the article's own, unless it says more ("adding that")."""


def said_phrases(paragraphs: Iterable[Paragraph]) -> dict[int, tuple[Said, ...]]:
    """The said-phrases of an article by paragraph, in order of their places.

    "He", "she" and "they" are the speaker named last in the paragraph, else the person whom its sentences begin with, else the
    speaker named last in the paragraphs before.
    """
    out: dict[int, tuple[Said, ...]] = {}
    recent, before, subject = "", "", ""
    sex: dict[str, str] = {}
    heard: list[str] = []
    listed = list(paragraphs)
    people = _people(listed)
    for paragraph in listed:
        text = paragraph.text
        plain = _QUOTED.sub(lambda m: " " * len(m[0]), text)
        found: list[Said] = []
        named = ""
        quoted = [m.span() for m in _QUOTED.finditer(text)]
        for start, end, raw, appositive, verb in _raw_phrases(text):
            if any(a < start and end < b for a, b in quoted):
                continue  # what a quoted person says of others names nobody who is quoted
            if verb == _BESIDE:
                first = sentence_at(text, start)[0]
                whose = _REMARKS.search(text[first : start + (text[start : start + 1] == ",")])
                options: tuple[str, ...] = (
                    clean(whose["s"]) if whose else "",
                    *(f.speaker for f in found if f.start >= first),
                    _subject_of(text, first, start, people),
                )
                speaker = next((o for o in options if o), "")
            elif raw.lower() in _FITS:
                group = _group_before(text, start) if raw.lower() == "they" else ""
                options = (
                    group or named,
                    named,
                    _person_before(plain, start, people),
                    recent,
                    _person_before(before, len(before), people),
                    subject,
                    *reversed(sex),
                )
                fitting = [o for o in options if o and _FITS[raw.lower()](o)]
                speaker = next((o for o in fitting if sex.get(_surname(o), raw.lower()) == raw.lower()), fitting[0] if fitting else "")
                if raw.lower() in ("he", "she") and speaker:
                    sex.setdefault(_surname(speaker), raw.lower())
            else:
                speaker = _with_name(raw, appositive)
                named = speaker or named
            if speaker:
                closes = text[start] in _MARKS or text[max(0, start - 2) : max(0, start - 1)] in ("”", '"')
                heard.append(speaker)
                found.append(Said(start, end, speaker, _vouches(verb, speaker, text, end), verb == _STANDS, closes))
        recent, before = named or (found[-1].speaker if found else recent), plain
        subject = _person_before(plain, len(plain), people) or subject
        out[paragraph.index] = tuple(found)
    return out


def _surname(name: str) -> str:
    return name.split()[-1].removesuffix("’s").removesuffix("'s")


def last_person(text: str) -> str:
    """The person whom a text names last, at the head of a sentence if any; empty where it names none."""
    plain = _QUOTED.sub(lambda m: " " * len(m[0]), text)
    return _person_before(plain, len(plain), frozenset())


def last_persons(paragraphs: Iterable[Paragraph]) -> dict[int, str]:
    """The person whom each paragraph is about at its end: what a quotation without a said-phrase goes with."""
    return {p.index: last_person(p.text) for p in paragraphs}


def _many(name: str) -> bool:
    """Whether "they" can be that speaker: several, or an organisation, not one person."""
    last = name.split()[-1]
    return (
        " and " in name
        or bool(_NO_PERSON.search(name))
        or last in _GROUP_WORDS
        or (last.islower() and last.endswith("s") and not last.endswith("ss"))
    )


def _thing(name: str) -> bool:
    """Whether "it" can be that speaker: an organisation or a document."""
    return bool(_NO_PERSON.search(name)) or (
        bool(re.match(r"(?:[Tt]he|[Aa]n?|[Ii]ts)\s", name)) and not _personal(name.lower()) and not _many(name)
    )


def _vouches(verb: str, speaker: str, text: str, end: int) -> bool:
    """Whether the verb's subject vouches for the rest: "announced that", not "announced a plan"; a study finds shares, the police find bodies."""
    if verb in (_STANDS, _BESIDE):
        return True
    if verb == "announced":
        return bool(_THAT.match(text, end)) or text[end : end + 1] in ".”"
    if verb == "found":
        return bool(_THAT.match(text, end)) or bool(_STUDY.search(speaker))
    return bool(_CLAIM.fullmatch(verb)) and not _WITH.match(text, end)


def _personal(name: str) -> bool:
    """Whether "he" or "she" can be that speaker: a name, or a person described ("the mayor"), not a law or a report."""
    return bool(re.search(r"[A-Z]", name)) or bool(
        re.search(
            r"(?:man|woman|person|er|or|ist|ian|ant|ent|chief|head|mother|father|official|wife|husband|son|daughter|aide|guide|pilot|witness)$",
            name.split()[-1],
        )
    )


def _raw_phrases(text: str) -> list[tuple[int, int, str, str, str]]:
    """Span, subject, what is said of the subject between commas, and verb of each said-phrase; "said X" after a quotation too."""
    if not _ANY_VERB.search(text) and not _READS.search(text):
        return _beside(text, [(m.start(), m.end(), m["s"], "", _STANDS) for m in (*_DOCUMENT.finditer(text), *_REPORT_THAT.finditer(text))])
    found = [(m.start(), m.end(), m["s"], m["ap"] or "", m["v"]) for m in _SUBJECT.finditer(text)]
    taken = [(f[0], f[1]) for f in found]
    for m in _VERB_FIRST.finditer(text):
        if not any(a < m.end() and m.start() < b for a, b in taken):
            held = _HELD_BY.match(text, m.end()) if m["s"][:1].isupper() and " " not in m["s"] else None
            found.append((m.start(), held.end() if held else m.end(), held["s"] if held else m["s"], "", m["v"] or m["v2"].lower()))
    taken = [(f[0], f[1]) for f in found]
    for m in (*_BARE.finditer(text), *_READS.finditer(text)):
        if not any(a < m.end() and m.start() < b for a, b in taken):
            found.append((m.start(), m.end(), m["s"], "", m["v"]))
    found += [
        (m.start(), m.end(), m["s"], "", _STANDS)
        for m in (*_DOCUMENT.finditer(text), *_REPORT_THAT.finditer(text))
        if not any(a < m.end() and m.start() < b for a, b in taken)
    ]
    return _beside(text, [(a, b, _pronoun(raw), appositive, verb) for a, b, raw, appositive, verb in found])


def _beside(text: str, found: list[tuple[int, int, str, str, str]]) -> list[tuple[int, int, str, str, str]]:
    """The said-phrases with the participles that are none of them, in order."""
    more = [
        (m.start("v"), m.end(), m["v"], "", _BESIDE)
        for m in _PARTICIPLE.finditer(text)
        if not any(a < m.end() and m.start() < b for a, b, *_ in found)
    ]
    return sorted([*found, *more])


def _subject_of(text: str, first: int, end: int, people: frozenset[str]) -> str:
    """The person, or the group or body with an article, that the sentence from ``first`` begins with."""
    if m := _PERSON.match(text, first):
        return clean(m[0]) if not _NO_PERSON.search(m[0]) else ""
    if _INTRODUCTION.match(text, first):  # "On Friday, the aide, Ines Vale, wrote ..., saying"
        places = [m.end() for m in re.finditer(r",\s(?:the\s[\w-]+,\s)?", text[first : min(end, first + 200)])]
        found = (_PERSON.match(text, first + at) for at in places)
        if m := next((m for m in found if m and not _NO_PERSON.search(m[0])), None):
            return clean(m[0])
    m = re.compile(r"[A-Z][\w-]+").match(text, first)
    if m and m[0] in people:
        return m[0]
    m = re.compile(r"(?:The|A|An)\s(?:[\w’'-]+\s){0,3}?[\w-]+(?=,?\s\w+ed\b)").match(text, first, end)
    return clean(m[0]) if m else ""


def _pronoun(raw: str) -> str:
    """ "The time she" said is what she said."""
    last = raw.split()[-1]
    return last if last.lower() in _FITS else raw


def _with_name(raw: str, appositive: str) -> str:
    """ "His lawyer, Alan Vale, said": the name says more than the description."""
    name = clean(raw)
    other = clean(appositive) if _FULL_NAME.fullmatch(appositive.strip()) else ""
    described = not name or re.match(r"(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Tt]he|[Aa]n?)\b|.*['’]s\b", name) or not _FULL_NAME.search(name)
    return other if other and described else name


def _people(paragraphs: Iterable[Paragraph]) -> frozenset[str]:
    """The surnames of the people whom an article names in full or with a title."""
    names = (m[0] for p in paragraphs for m in _PERSON.finditer(p.text) if not _NO_PERSON.search(m[0]))
    return frozenset(clean(name).split()[-1] for name in names if clean(name))


def _person_before(text: str, end: int, people: frozenset[str]) -> str:
    """The person named last at the beginning of a sentence before ``end``, else the one named last."""
    found = [(m.start(), m[0]) for m in _PERSON.finditer(text, max(0, end - 3 * REACH), end) if not _NO_PERSON.search(m[0])]
    covered = [(at, at + len(name)) for at, name in found]
    for m in re.finditer(r"(?<![\w’'-])[A-Z][a-z][\w-]*", text[max(0, end - 3 * REACH) : end]):
        at = m.start() + max(0, end - 3 * REACH)
        if m[0] in people and not any(a <= at < b for a, b in covered):
            found.append((at, m[0]))
    found.sort()
    leading = [name for at, name in found if _BEGINS.search(text[max(0, at - 16) : at])]
    chosen = (leading or [name for _, name in found])[-1:]
    return re.sub(r"['’]s$", "", clean(chosen[0])) if chosen else ""


def _group_before(text: str, end: int) -> str:
    """The group of people named last in a paragraph before ``end`` ("several officials")."""
    found = [m[0] for m in _GROUP.finditer(text, max(0, end - REACH), end)]
    return clean(found[-1]) if found else ""


_FITS: dict[str, Callable[[str], bool]] = {"he": _personal, "she": _personal, "they": _many, "it": _thing}
"""Which speakers a pronoun can stand for."""
_BEGINS = re.compile(r"(?:^|[.!?][”\"’']?\s+)(?:But|And|Meanwhile,?|Still,?|While|When|Although|Though|Earlier,?|Later,?)?\s*$")


def clean(speaker: str) -> str:
    """A speaker's name without what the pattern took too much; empty for a pronoun or no name at all."""
    name = _TRIM.sub("", speaker.strip().lstrip("-–— ").rstrip(",.;:"))
    if relative := list(_RELATIVE.finditer(name)):
        name = name[relative[-1].end() :]  # "at what Vale said would be"
    words = re.sub(r"\s+(?:on|in|at|during)\s+.*$|\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+\w+)?$", "", name).split()
    while words and words[0] in _LEADS:
        words.pop(0)
    if words and re.match(rf"(?:{_TITLES})$", words[0]) and "of" in words[2:]:
        words = words[: words.index("of", 2)]  # "Senator Vale of Hallin"
    while words and words[-1].lower() in _NOT_LAST:
        words.pop()
    name = " ".join(words)
    if (
        len(words) > 1
        and words[0].lower() in ("a", "an")
        and not words[1].startswith("spokes")
        and not any(w[0].isupper() for w in words[1:])
        and _PREPOSITIONS & set(words)
    ):
        return ""
    if words and (re.search(r"^[a-z].*['’]s?$", words[-1]) or words[-1].lower() in ("time", "way", "day")):
        return ""
    if not words or words[0].lower() in _PRONOUNS | _NO_SPEAKER or len(words) > 10:
        return ""
    return name
