"""Quotations and who says them, as far as the text establishes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from site_gen.find.speech.attribute import Said
from site_gen.find.speech.named import Named, Speakers
from site_gen.language.marks import Quoted, quoted_spans
from site_gen.model import Paragraph, Quotation

BESIDE = "said beside it"
"""The rule by which a speaker is sure: the verb of saying stands in the quotation's own
sentence."""
GOES_ON = "goes on"
"""The speaker is that of the quotation or sentence before."""
SIGNED = "signed"
UNSURE = "speaker not established"
NOBODY = "nobody is named"
LEAST = 4
"""Fewer words in quotation marks are a set phrase, unless somebody is named who says them."""
LONGEST_TITLE = 6
"""Words, each with a capital, that are a title whoever names it: "Fox News Sunday.", with the point
inside as some papers set it."""
_NAMED_BEHIND = re.compile(
    r",?\s(?:(?:\w+ed|\w+s)\s(?:[A-Z][\w’'-]+\s?){1,3}|(?:[A-Z][\w.’'-]+\s){1,4}\w+(?:ed|"
    r"s)\b(?<!was)(?<!is)(?<!has))"
)
"""A name and a verb right behind a quotation: "…!” Mina Osei thundered"."""
_INTRODUCED = re.compile(r":\s*$")
_SIGNATURE = re.compile(
    r"\s*[–—-]{1,2}\s*(?P<s>(?:[\w.’'-]+\s){0,5}[A-ZÀ-Þ][\w’'-]+(?:,[^.]{2,60})?)\.?\s*$"
)
"""A name behind a dash that ends the paragraph."""


def find_quotations(
    paragraphs: Iterable[Paragraph], said: Sequence[Said], speakers: Speakers
) -> tuple[Quotation, ...]:
    """The quotations in an article's paragraphs, in order, with their speakers; spans leave the
    marks out."""
    stretches: dict[tuple[int, int], Said] = {}
    for s in said:
        if s.quoted:
            stretches[s.paragraph, s.start] = s
    out: list[Quotation] = []
    for paragraph in paragraphs:
        marks = quoted_spans(paragraph.text)
        for mark in marks:
            found = _stretch_in(stretches, paragraph, mark)
            named, rule = _speaker(paragraph.text, mark, found, speakers)
            text = paragraph.text[mark.start : mark.end]
            if not mark.closed and len(text.split()) < 2:
                continue
            out.append(
                Quotation(
                    paragraph=paragraph.index,
                    start=mark.start,
                    end=mark.end,
                    text=text,
                    speaker=named.name,
                    role=named.role,
                    statement=_is_statement(text, named.name),
                    rule=rule,
                )
            )
    return tuple(out)


def _stretch_in(
    stretches: dict[tuple[int, int], Said], paragraph: Paragraph, mark: Quoted
) -> Said | None:
    """The stretch that fills a quotation: it begins with its first word."""
    for at in range(mark.start, min(mark.end, mark.start + 4)):
        if (paragraph.index, at) in stretches:
            return stretches[paragraph.index, at]
    return None


def _speaker(text: str, mark: Quoted, found: Said | None, speakers: Speakers) -> tuple[Named, str]:
    if signed := _SIGNATURE.match(text, mark.closes):
        return speakers.as_worded(signed["s"].split(",")[0]), SIGNED
    if found is None:
        return Named(), NOBODY
    if not found.near and _NAMED_BEHIND.match(text, mark.closes):
        # somebody else does something with these words: a verb that is not known
        return (
            Named(),
            UNSURE,
        )
    if not found.near and _INTRODUCED.search(text, max(0, mark.opens - 3), mark.opens):
        # something introduces these words that is not understood: nobody of before says them
        return (
            Named(),
            UNSURE,
        )
    named = speakers.of(found)
    if not named.name:
        return Named(), UNSURE if found.probability > 0.5 else NOBODY
    return named, BESIDE if found.near else GOES_ON


def _is_statement(text: str, speaker: str) -> bool:
    words = len(text.split())
    return (words >= LEAST or (words == LEAST - 1 and bool(speaker))) and not _titled(text, speaker)


_SMALL = frozenset("with from over into that upon than your this when what about without".split())
"""Small words that titles write without a capital."""


def _titled(text: str, speaker: str) -> bool:
    """Whether words in quotation marks are the title of a work: capitals throughout, and few, or
    nobody who says them."""
    long = [w for w in text.split() if len(w) > 3 and w.lower() not in _SMALL]
    capitals = sum(w[:1].isupper() for w in long)
    if (
        len(text.split()) <= LONGEST_TITLE
        and len(long) > 1
        and capitals == len(long)
        and not text.isupper()
        and text[-1] not in "?!…"
    ):
        return True
    return not speaker and text[-1] not in ".,?!…" and bool(long) and capitals > len(long) / 2
