"""Quotations and who says them.

Straight and curly marks, a said-phrase before or after, "according to". Spans leave the marks out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from site_gen.find.speech.attribution import according
from site_gen.find.speech.said import REACH, Said, last_person, last_persons, said_phrases
from site_gen.find.speech.speakers import people, resolve
from site_gen.language.words import sentence_at
from site_gen.model import Paragraph, Quotation

_QUOTE = re.compile(
    r"(?:“|(?<![\d\w])\")(?P<text>[^“”\"]{2,}?)[”\"]|“(?P<open>[^“”]{2,})$|^\s*\"(?P<open2>[^\"]{2,})$"
    r"|(?<!\w)‘(?P<single>(?:[^‘’]|(?<=\w)’(?=[\w ]))+[,.?!…])’(?!\w)|(?<!\w)‘(?P<short>(?:[^‘’]|(?<=\w)’(?=\w))+)’(?!\w)"
)
"""A quotation is closed; one that stays open fills its paragraph, and goes on in the next. Single marks are told from apostrophes."""
_NAMED_AFTER = re.compile(r"\s(?P<s>[A-Z][\w’'-]+(?:\s[A-Z]\.)?(?:\s[A-Z][\w’'-]+){1,2}),\s")
_PASSIVE = re.compile(r"\s+(?:was|were|is|are)\b")
_SPEAKS = re.compile(
    r"\b(?:spoke|speaks|protested|apologi[sz]ed|agreed|disagreed|objected|laughed|smiled|nodded|shrugged|angry|furious|proud|delighted|relieved|defiant|blunt)\b"
)
"""What somebody does or feels who then speaks."""
_INTRODUCES = re.compile(r"[^“”\"‘.]{0,40}:\s*[“\"‘]")
"""A said-phrase whose own quotation follows."""
BESIDE = "said beside it"
"""The rule by which a speaker is sure: the said-phrase stands in the quotation's own sentence."""
LEAST = 4
"""Fewer words in quotation marks are a set phrase, unless somebody is named who says them."""


def find_quotations(paragraphs: Iterable[Paragraph], said: Mapping[int, tuple[Said, ...]] | None = None) -> tuple[Quotation, ...]:
    """The quotations in an article's paragraphs, in order, with their speakers.

    A quotation's speaker is that of the said-phrase in its sentence, else of the nearest one in its paragraph; a paragraph that is all
    quotation goes on with the speaker before it. ``said``: the said-phrases, where they are known already.
    """
    listed = list(paragraphs)
    phrases = said_phrases(listed) if said is None else said
    out: list[Quotation] = []
    going_on, introduced, subject = "", "", ""
    subjects = last_persons(listed)
    speakers = {s.speaker.split()[-1] for here in phrases.values() for s in here} | {n.split()[-1] for n in people(listed).roles}
    for paragraph in listed:
        text, here = paragraph.text, phrases.get(paragraph.index, ())
        spoken = ""
        for match in _QUOTE.finditer(text):
            start, end = match.span(match.lastgroup or "text")
            words = len(text[start:end].split())
            speaker, rule = _speaker(text, match.start(), match.end(), here)
            if not speaker and words >= LEAST and not _PASSIVE.match(text, match.end()):
                alone = bool(re.match(r"\s*[“\"‘]", text))
                speaker, rule = spoken or (going_on or introduced if alone else ""), "goes on"
                if not speaker and text[start].isupper() and text[end - 1] in ".?!":
                    rule = "follows its subject"
                    speaker = _subject_before(text, match.start(), speakers) or (
                        subject if subject and subject.split()[-1] in speakers else ""
                    )
            spoken = speaker or spoken
            told = (words >= LEAST or (words == LEAST - 1 and bool(speaker))) and not _titled(text[start:end], speaker)
            out.append(Quotation(
                paragraph=paragraph.index, start=start, end=end, text=text[start:end], speaker=speaker, statement=told, rule=rule if speaker else "nobody is named",
            ))  # fmt: skip
        subject = subjects.get(paragraph.index, "") or subject
        introduced = here[-1].speaker if here and text.rstrip().endswith(":") else ""
        going_on = spoken
    return tuple(out)


def _subject_before(text: str, start: int, speakers: Set[str]) -> str:
    """Whoever the sentence before a quotation that nobody is said to say is about, where they speak elsewhere or are told to speak or feel."""
    before = text[:start].rstrip()
    sentence = before[sentence_at(before, len(before) - 1)[0] :] if before else ""
    person = last_person(sentence)
    return person if person and (person.split()[-1] in speakers or _SPEAKS.search(sentence)) else ""


def _titled(text: str, speaker: str) -> bool:
    """Whether words in quotation marks are the title of a work: capitals throughout, no end of a sentence, nobody who says them."""
    long = [w for w in text.split() if len(w) > 3]
    return not speaker and text[-1] not in ".,?!…" and bool(long) and sum(w[:1].isupper() for w in long) > len(long) / 2


def with_names(quotations: Iterable[Quotation], paragraphs: Iterable[Paragraph]) -> tuple[Quotation, ...]:
    """The quotations with their speakers' full names, and with title or affiliation, as far as the article gives them."""
    known = people(paragraphs)
    named = ((q, *resolve(q.speaker, known)) for q in quotations)
    return tuple(replace(q, speaker=name, role=role) for q, name, role in named)


def _speaker(text: str, start: int, end: int, said: Sequence[Said]) -> tuple[str, str]:
    """Who says the words at ``start:end``, and by which rule: the said-phrase beside the quotation, in its sentence, or nearest in its paragraph."""
    first, last = sentence_at(text, start)
    last = max(last, sentence_at(text, max(start, end - 1))[1])
    after = [s for s in said if end - 3 <= s.start <= end + 4 and s.end > end and not _INTRODUCES.match(text, s.end)]
    if after:
        return after[0].speaker, BESIDE
    named = _NAMED_AFTER.match(text, end)
    if named and any(end <= s.start and s.end <= last for s in said):
        return named["s"], BESIDE  # "…,” Ines Vale, the mayor of the town, a port in the north, said"
    before = [s for s in said if first <= s.start and s.end <= start]
    if before:
        return before[-1].speaker, BESIDE
    inside = [s for s in said if end <= s.start and s.end <= last and not _INTRODUCES.match(text, s.end)]
    if inside:
        return inside[0].speaker, BESIDE
    if holder := according(text[max(first, start - REACH) : start] + " " + text[end : min(last, end + REACH)]):
        return holder, "according to"
    complete = text[end - 2 : end - 1] in ".?!"  # what follows a whole sentence tells something else
    outside = [s for s in said if not any(q.start() <= s.start and s.end <= q.end() for q in _QUOTE.finditer(text))]
    outside = [s for s in outside if s.end <= start or not (complete or _INTRODUCES.match(text, s.end))]
    near = min(outside, key=lambda s: min(abs(s.start - end), abs(start - s.end)), default=None)
    return (near.speaker if near and min(abs(near.start - end), abs(start - near.end)) <= REACH else ""), "nearest"
