"""Quotations and who says them; and who says what stands outside quotation marks.

A sound first version: straight and curly marks, a said-phrase before or after, "according to". Spans leave the marks out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from site_gen.model import Paragraph, Quotation
from site_gen.words import sentence_at

_QUOTE = re.compile(r"(?:“|(?<![\d\w])\")(?P<text>[^“”\"]{2,}?)[”\"]|^\s*“(?P<open>[^“”\"]{2,})$")
"""A quotation is closed; one that stays open fills its paragraph, and goes on in the next."""
VERBS = (
    "said|says|say|told|tells|added|adds|wrote|writes|tweeted|announced|declared|stated|reported|reports|estimated|estimates|warned|"
    "claimed|claims|argued|acknowledged|insisted|noted|explained|testified|confirmed|recalled|put|called|continued|asked|replied|"
    "suggested|concluded|predicted|alleged|accused|described|labeled|labelled|counted|asserted|stressed|found|shows|showed"
)
_NAME = r"(?:[A-Z][\w.’'-]*|de|van|von|al|bin|of|the|and|for|[A-Z]\.)"
_SPEAKER = rf"(?:(?:[Tt]he|[Aa]|[Aa]n|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\s+(?:[\w’'-]+\s+){{0,4}}?[\w’'-]+|(?:[\w-]+\s+){{0,3}}?[A-Z][\w.’'-]*(?:\s+{_NAME}){{0,6}}|[Hh]e|[Ss]he|[Tt]hey)"
_AFTER = re.compile(
    rf"^[\s,”\"]*(?:(?P<s1>{_SPEAKER})(?:,[^,]{{2,60}},)?\s+(?:has\s+|have\s+|had\s+|also\s+|later\s+)?(?:{VERBS})\b|(?:{VERBS})\s+(?P<s2>{_SPEAKER}))"
)
_SUBJECT = re.compile(
    rf"(?P<s>{_SPEAKER})(?:,[^,]{{2,80}},)?\s+(?:has\s+|have\s+|had\s+|also\s+|later\s+|himself\s+|herself\s+)?(?P<v>{VERBS})\b"
)
_ACCORDING = re.compile(r"\b[Aa]ccording\s+to\s+(?P<s>[\w’'.-]+(?:\s+[\w’'&.-]+){0,7})")
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


def find_quotations(paragraphs: Iterable[Paragraph]) -> tuple[Quotation, ...]:
    """The quotations in an article's paragraphs, in order, with the speaker that the sentence or the one before names."""
    out: list[Quotation] = []
    for paragraph in paragraphs:
        last = ""
        for match in _QUOTE.finditer(paragraph.text):
            start, end = match.span("text" if match["text"] is not None else "open")
            text = paragraph.text[start:end]
            speaker = speaker_of(paragraph.text, match.start(), match.end()) or (
                last if out and out[-1].paragraph == paragraph.index else ""
            )
            last = speaker or last
            words = len(text.split())
            out.append(Quotation(
                paragraph=paragraph.index, start=start, end=end, text=text, speaker=speaker, statement=words >= 4,
                rule="quotation marks",
            ))  # fmt: skip
    return tuple(out)


def speaker_of(text: str, start: int, end: int) -> str:
    """Who says the words at ``start:end`` of a paragraph; empty where its sentence names nobody."""
    first, last = sentence_at(text, start)
    last = max(last, sentence_at(text, max(start, end - 1))[1])
    after = _AFTER.match(text[end : min(last, end + REACH)])
    if after:
        return _clean(after["s1"] or after["s2"])
    before = text[max(first, start - REACH) : start]
    subjects = list(_SUBJECT.finditer(before))
    if subjects:
        return _clean(subjects[-1]["s"])
    return _according(text[max(first, start - REACH) : min(last, end + REACH)])


def _according(sentence: str) -> str:
    """The holder after "according to": its words up to the first that cannot belong to a name or a noun phrase."""
    match = _ACCORDING.search(sentence)
    if not match:
        return ""
    words: list[str] = []
    for word in match["s"].split():
        if word.lower() in _HOLDER_ENDS and words:
            break
        words.append(word)
        if word.endswith(".") and len(word) > 3 and word not in ("Gov.", "Sen.", "Rep.", "Prof."):
            break
    return _clean(" ".join(words))


def attribution(text: str, start: int, end: int, quotations: Iterable[tuple[int, int, str]]) -> str:
    """Who a figure or date at ``start:end`` comes from: the speaker of the quotation around it, or of its sentence."""
    for a, b, speaker in quotations:
        if a <= start and end <= b:
            return speaker
    first, last = sentence_at(text, start)
    first, last = max(first, start - REACH), min(last, end + REACH)
    sentence = text[first:last]
    at = start - first
    for match in _SUBJECT.finditer(sentence):
        if match.end() <= at:
            name = _clean(match["s"])
            if name:
                return name
    if holder := _according(sentence):
        return holder
    for match in re.finditer(rf",\s+(?P<s>{_SPEAKER})(?:,[^,]{{2,60}},)?\s+(?:has\s+|have\s+)?(?:{VERBS})\b", sentence):
        if match.start() >= end - first:
            return _clean(match["s"])
    return ""


def _clean(speaker: str) -> str:
    """A speaker's name without what the pattern took too much; empty for a pronoun or no name at all."""
    name = _TRIM.sub("", speaker.strip().lstrip("-–— ").rstrip(",.;:"))
    words = name.split()
    while words and words[-1].lower() in _NOT_LAST:
        words.pop()
    name = " ".join(words)
    if len(words) > 1 and words[0].lower() in ("a", "an") and not any(w[0].isupper() for w in words[1:]) and _PREPOSITIONS & set(words):
        return ""
    if not words or words[0].lower() in _PRONOUNS | _NO_SPEAKER or len(words) > 10:
        return ""
    return name
