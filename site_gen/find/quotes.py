"""Quotations and who says them.

Straight and curly marks, a said-phrase before or after, "according to". Spans leave the marks out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from site_gen.find.attribution import according
from site_gen.find.said import REACH, Said, said_phrases
from site_gen.model import Paragraph, Quotation
from site_gen.words import sentence_at

_QUOTE = re.compile(r"(?:“|(?<![\d\w])\")(?P<text>[^“”\"]{2,}?)[”\"]|“(?P<open>[^“”]{2,})$|^\s*\"(?P<open2>[^\"]{2,})$")
"""A quotation is closed; one that stays open fills its paragraph, and goes on in the next."""


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
    if holder := according(text[max(first, start - REACH) : min(last, end + REACH)]):
        return holder
    outside = [s for s in said if not any(q.start() <= s.start and s.end <= q.end() for q in _QUOTE.finditer(text))]
    near = min(outside, key=lambda s: min(abs(s.start - end), abs(start - s.end)), default=None)
    return near.speaker if near and min(abs(near.start - end), abs(start - near.end)) <= REACH else ""
