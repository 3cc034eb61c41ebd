"""Speech: who says what. Quotations with their speakers, and who gives a figure or vouches for a
date.

``attribute`` weighs every cue against every stretch; ``Speakers`` names the sources; both are read
once for an article.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from site_gen.find.speech.attribute import attribute
from site_gen.find.speech.attributions import attributions
from site_gen.find.speech.holders import Holders
from site_gen.find.speech.named import Speakers
from site_gen.find.speech.quotes import find_quotations
from site_gen.model import Attribution, Paragraph, Quotation


class Speech(NamedTuple):
    """What ``find_speech`` finds: quotations, what each source says, and who gives a fact."""

    quotations: tuple[Quotation, ...]
    attributions: tuple[Attribution, ...]
    holders: Holders


def find_speech(paragraphs: Iterable[Paragraph]) -> Speech:
    """The quotations of an article, what its sources say, and who gives its facts."""
    listed = list(paragraphs)
    said = attribute(listed)
    speakers = Speakers(listed, said)
    quotations = find_quotations(listed, said, speakers)
    return Speech(
        quotations,
        attributions(listed, said, quotations, speakers),
        Holders(said, speakers),
    )


__all__ = ["Holders", "Speech", "find_speech"]
