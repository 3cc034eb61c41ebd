"""Quotations and who says them; and who says what stands outside quotation marks.

A sound first version: straight and curly marks, a said-phrase before or after, "according to". Spans leave the marks out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from site_gen.model import Paragraph, Quotation
from site_gen.words import sentence_at

_QUOTE = re.compile(r"(?:“|(?<![\d\w])\")(?P<text>[^“”\"]{2,}?)[”\"]|“(?P<open>[^“”]{2,})$|^\s*\"(?P<open2>[^\"]{2,})$")
"""A quotation is closed; one that stays open fills its paragraph, and goes on in the next."""
_CLAIMS = (
    "said|says|say|told|tells|adds|wrote|writes|tweeted|stated|estimated|estimates|warned|warns|claimed|claims|argued|argues|acknowledged|insisted|insists|noted|notes|"
    "details|explained|explains|testified|confirmed|confirms|recalled|suggested|suggests|concluded|concludes|predicted|predicts|alleged|alleges|asserted|asserts|stressed|"
    "conceded|concedes|contended|contends|complained|complains|pointed out|points out|revealed|reveals|responded|replied|maintained|maintains|posited|reported|reports|"
    "announced|found|finds|shows|showed|calculated|calculates|counted|counts|projected|projects|believes|countered|remarked|observed|speculated"
)
"""Verbs whose subject vouches for what follows: what it gives as a figure or date is its own."""
VERBS = f"{_CLAIMS}|added|declared|called|continued|asked|asks|put|described|labeled|labelled|accused|joked|quipped|charged|began|urged|vowed|promised|pledged"
"""Verbs that stand beside quotation marks."""
_NAME = r"(?:[A-Z][\w.’'-]*|de|van|von|al|bin|of|the|and|for|[A-Z]\.)"
_GROUPS = "officials|aides|prosecutors|lawmakers|investigators|police|authorities|critics|supporters|experts|analysts|researchers|scientists|sources|witnesses|lawyers|advisers|leaders|rescuers|residents|organizers|organisers|doctors|economists|women|polls|reports|documents|records|Democrats|Republicans"
"""Plural speakers that stand without an article."""
_SPEAKER = rf"(?:(?:[Tt]he|[Aa]|[Aa]n|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\s+(?:[\w’'/-]+\s+){{0,4}}?[\w’'-]+|[A-Z][\w.-]*['’]s\s+(?:[\w-]+\s+){{0,4}}?[\w-]+|(?:[\w-]+\s+){{0,2}}?(?:{_GROUPS})|(?:[\w-]+\s+){{0,3}}?[A-Z][\w.’'-]*(?:\s+{_NAME}){{0,6}}|[Hh]e|[Ss]he|[Tt]hey)"
_SUBJECT = re.compile(
    rf"(?P<s>{_SPEAKER})(?:\s+\([^()]{{1,40}}\))?(?:,(?P<ap>[^,]{{2,80}}),)?(?:\s+(?:released|published|conducted|issued)\s+[\w.]+(?:\s+[\w.]+)?)?\s+(?:(?:has|have|had|also|later|himself|herself|further|then|\w+ly)\s+){{0,3}}(?P<v>{VERBS})\b"
)
_VERB_FIRST = re.compile(rf"(?:[,?!]?[”\"]\s+(?P<v>{VERBS})|^(?P<v2>Added|Said|Wrote|Tweeted))\s+(?P<s>{_SPEAKER})")
_DOCUMENT = re.compile(
    r"(?:^|(?<=[.!?] ))In (?P<s>(?:the|a|an|its|his|her|their) (?:[\w’'/-]+ ){0,4}?(?:poll|report|survey|study|statement|filing|lawsuit|letter|indictment|memo|complaint|ruling|census))\b(?=[, ])"
)
"""What a sentence begins with when it reports what stands in a document."""
_ANY_VERB = re.compile(rf"\b(?:{VERBS}|Added|Said|Wrote|Tweeted)\b")
_CLAIM = re.compile(_CLAIMS)
_THAT = re.compile(r"(?:\s[\w.,]+){0,5}?\s+that\b|(?:\s\w+){0,2}\.")
_TITLES = r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Sgt|Capt|Prof|Rev)\.|President|Senator|Representative|Governor|Justice|Judge|Secretary|Speaker|Mayor|Minister|Chancellor|Sheriff|Chief|Professor|General"
_PERSON = re.compile(
    rf"(?:(?:{_TITLES})\s+)+[A-Z][\w’'-]+(?:\s+[A-Z][\w.’'-]*){{0,3}}|(?<![\w’'-])(?!(?:But|And|In|On|At|The|For|While|When|After|Before|As|If|By|From|Mr|Ms|Mrs|Dr)\b)[A-Z][a-z]+(?:\s+[A-Z]\.)*(?:\s+[A-Z][a-z][\w’'-]*){{1,2}}"
)
_NO_PERSON = re.compile(
    r"\b(?:Party|House|Senate|Court|University|College|Department|States?|Street|County|City|News|Post|Times|Journal|Gazette|Courier|Beacon|Ledger|Committee|Council|Union|Act|Agency|Office|Bank|Company|Center|Centre|Institute|School|Bureau|Twitter|Facebook|Congress|America|Council|Valley|Lake|River|Bridge|Group|Service|Association|Administration|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|June|July|August|September|October|November|December)\b"
)
_FULL_NAME = re.compile(r"[A-Z][\w.’'-]*(?:\s+(?:[A-Z][\w.’'-]*|de|van|von|al|bin)){1,4}")
_LEADS = frozenset("as while though although but and that when because which whom since after before if where".split())
_PERSONAL = frozenset(("he", "she", "they"))
_ACCORDING = re.compile(r"\b[Aa]ccording\s+to\s+(?P<s>[\w’'.-]+(?:\s+[\w’'&.-]+){0,11})")
_HOLDER_ENDS = frozenset(
    [
        "who",
        "that",
        "which",
        "in",
        "on",
        "at",
        "after",
        "before",
        "when",
        "but",
        "as",
        "with",
        "from",
        "by",
        "is",
        "was",
        "were",
        "has",
        "had",
        "have",
        "and",
        "while",
        "published",
        "released",
        "issued",
        "made",
        "cited",
        "seen",
        "obtained",
    ]
)
REACH = 400
"""Characters around a quotation or a figure in which its speaker is looked for: a long sentence."""
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


def said_phrases(paragraphs: Iterable[Paragraph]) -> dict[int, tuple[Said, ...]]:
    """The said-phrases of an article by paragraph, in order of their places.

    "He", "she" and "they" are the speaker named last in the paragraph, else the person whom its sentences begin with, else the
    speaker named last in the paragraphs before.
    """
    out: dict[int, tuple[Said, ...]] = {}
    recent, before = "", ""
    listed = list(paragraphs)
    people = _people(listed)
    for paragraph in listed:
        text = paragraph.text
        found: list[Said] = []
        named = ""
        for start, end, raw, appositive, verb in _raw_phrases(text):
            if raw.lower() in _PERSONAL:
                options = (named, _person_before(text, start, people), recent, _person_before(before, len(before), people))
                group = raw.lower() == "they"
                speaker = next((o for o in options if o and (group or _personal(o))), "")
            else:
                speaker = _with_name(raw, appositive)
                named = speaker or named
            if speaker:
                claims = bool(_CLAIM.fullmatch(verb)) and (
                    verb != "announced" or bool(_THAT.match(text, end)) or text[end : end + 1] in ".”"
                )
                found.append(Said(start, end, speaker, claims))
        recent, before = named or (found[-1].speaker if found else recent), text
        out[paragraph.index] = tuple(found)
    return out


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
    if not _ANY_VERB.search(text):
        return [(m.start(), m.end(), m["s"], "", "says") for m in _DOCUMENT.finditer(text)]
    found = [(m.start(), m.end(), m["s"], m["ap"] or "", m["v"]) for m in _SUBJECT.finditer(text)]
    taken = [(f[0], f[1]) for f in found]
    for m in _VERB_FIRST.finditer(text):
        if not any(a < m.end() and m.start() < b for a, b in taken):
            found.append((m.start(), m.end(), m["s"], "", m["v"] or m["v2"].lower()))
    found += [
        (m.start(), m.end(), m["s"], "", "says")
        for m in _DOCUMENT.finditer(text)
        if not any(a < m.end() and m.start() < b for a, b in taken)
    ]
    return sorted((a, b, _pronoun(raw), appositive, verb) for a, b, raw, appositive, verb in found)


def _pronoun(raw: str) -> str:
    """ "The time she" said is what she said."""
    last = raw.split()[-1]
    return last if last.lower() in _PERSONAL else raw


def _with_name(raw: str, appositive: str) -> str:
    """ "His lawyer, Alan Vale, said": the name says more than the description."""
    name = _clean(raw)
    other = _clean(appositive) if _FULL_NAME.fullmatch(appositive.strip()) else ""
    described = not name or re.match(r"(?:[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Tt]he|[Aa]n?)\b|.*['’]s\b", name) or not _FULL_NAME.search(name)
    return other if other and described else name


def _people(paragraphs: Iterable[Paragraph]) -> frozenset[str]:
    """The surnames of the people whom an article names in full or with a title."""
    names = (m[0] for p in paragraphs for m in _PERSON.finditer(p.text) if not _NO_PERSON.search(m[0]))
    return frozenset(_clean(name).split()[-1] for name in names if _clean(name))


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
    return re.sub(r"['’]s$", "", _clean(chosen[0])) if chosen else ""


_BEGINS = re.compile(r"(?:^|[.!?][”\"’']?\s+)(?:But|And|Meanwhile,?|Still,?|While|When|Although|Though|Earlier,?|Later,?)?\s*$")


def find_quotations(paragraphs: Iterable[Paragraph], said: Mapping[int, tuple[Said, ...]] | None = None) -> tuple[Quotation, ...]:
    """The quotations in an article's paragraphs, in order, with their speakers.

    A quotation's speaker is that of the said-phrase in its sentence, else of the nearest one in its paragraph; a paragraph that is all
    quotation goes on with the speaker before it. ``said``: the said-phrases, where they are known already.
    """
    listed = list(paragraphs)
    phrases = said_phrases(listed) if said is None else said
    out: list[Quotation] = []
    going_on, introduced = "", ""
    for paragraph in listed:
        text, here = paragraph.text, phrases.get(paragraph.index, ())
        spoken = ""
        for match in _QUOTE.finditer(text):
            start, end = match.span(match.lastgroup or "text")
            words = len(text[start:end].split())
            speaker = _speaker(text, match.start(), match.end(), here)
            if not speaker and words >= 4:
                speaker = spoken or (going_on or introduced if re.match(r"\s*[“\"]", text) and not here else "")
            spoken = speaker or spoken
            out.append(Quotation(
                paragraph=paragraph.index, start=start, end=end, text=text[start:end], speaker=speaker, statement=words >= 4,
                rule="quotation marks",
            ))  # fmt: skip
        introduced = here[-1].speaker if here and text.rstrip().endswith(":") else ""
        going_on = spoken
    return tuple(out)


def _speaker(text: str, start: int, end: int, said: Sequence[Said]) -> str:
    """Who says the words at ``start:end``: the said-phrase beside the quotation, in its sentence, or nearest in its paragraph."""
    first, last = sentence_at(text, start)
    last = max(last, sentence_at(text, max(start, end - 1))[1])
    after = [s for s in said if end <= s.start <= end + 4]
    if after:
        return after[0].speaker
    before = [s for s in said if first <= s.start and s.end <= start]
    if before:
        return before[-1].speaker
    inside = [s for s in said if end <= s.start and s.end <= last]
    if inside:
        return inside[0].speaker
    if holder := _according(text[max(first, start - REACH) : min(last, end + REACH)]):
        return holder
    outside = [s for s in said if not any(q.start() <= s.start and s.end <= q.end() for q in _QUOTE.finditer(text))]
    near = min(outside, key=lambda s: min(abs(s.start - end), abs(start - s.end)), default=None)
    return near.speaker if near and min(abs(near.start - end), abs(start - near.end)) <= REACH else ""


def _according(sentence: str) -> str:
    """The holder after "according to": its words up to the first that cannot belong to a name or a noun phrase."""
    match = _ACCORDING.search(sentence)
    if not match:
        return ""
    words: list[str] = []
    parts = match["s"].split()
    for n, word in enumerate(parts):
        following = parts[n + 1] if n + 1 < len(parts) else ""
        names = word.lower() in ("at", "from", "by") and (following[:1].isupper() or following == "the") and words
        if word.lower() in _HOLDER_ENDS and words and not names and not (word == "released" and following == "by"):
            break
        words.append(word)
        if word.endswith(".") and len(word) > 3 and "." not in word[:-1] and word not in ("Gov.", "Sen.", "Rep.", "Prof."):
            break
    return _clean(" ".join(words))


def attribution(text: str, start: int, end: int, quotations: Iterable[tuple[int, int, str]], said: Sequence[Said]) -> str:
    """Who a figure or date at ``start:end`` comes from: the speaker of the quotation around it, or of its sentence."""
    for a, b, speaker in quotations:
        if a <= start and end <= b and speaker:
            return speaker
    first, last = sentence_at(text, start)
    first, last = max(first, start - REACH), min(last, end + REACH)
    here = [s for s in said if first <= s.start and s.end <= last and s.claims]
    before = [s for s in here if s.end <= start]
    if holder := _according(text[first:last]):
        at = text.find(holder, first)
        return "" if at <= start and end <= at + len(holder) else holder
    if any(s.start <= start and end <= s.end for s in here):
        return ""
    if before:
        return before[-1].speaker if _reaches(text[before[-1].end : start]) else ""
    after = [s for s in here if s.start >= end and re.search(r",[”\"]?\s*$", text[max(0, s.start - 4) : s.start])]
    return after[0].speaker if after else ""


def _reaches(between: str) -> bool:
    """Whether what is said goes on to the figure: no new main clause begins between the verb and it."""
    return not re.search(r"; |\bbut (?:the|a|he|she|they|it)\b", between)


def _clean(speaker: str) -> str:
    """A speaker's name without what the pattern took too much; empty for a pronoun or no name at all."""
    name = _TRIM.sub("", speaker.strip().lstrip("-–— ").rstrip(",.;:"))
    words = re.sub(r"\s+(?:on|in|at|during)\s+.*$|\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:\s+\w+)?$", "", name).split()
    while words and words[0] in _LEADS:
        words.pop(0)
    if words and re.match(rf"(?:{_TITLES})$", words[0]) and "of" in words[2:]:
        words = words[: words.index("of", 2)]  # "Senator Vale of Hallin"
    while words and words[-1].lower() in _NOT_LAST:
        words.pop()
    name = " ".join(words)
    if len(words) > 1 and words[0].lower() in ("a", "an") and not any(w[0].isupper() for w in words[1:]) and _PREPOSITIONS & set(words):
        return ""
    if not words or words[0].lower() in _PRONOUNS | _NO_SPEAKER or len(words) > 10:
        return ""
    return name
