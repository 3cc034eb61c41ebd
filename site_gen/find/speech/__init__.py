"""Speech: who says what. Quotations with their speakers, and who gives a figure or vouches for a
date.

``attribute`` weighs every cue against every stretch; ``Speakers`` names the sources; both are read
once for an article.
"""

from __future__ import annotations

from collections.abc import Iterable

from site_gen.find.speech.attribute import attribute
from site_gen.find.speech.holders import Holders
from site_gen.find.speech.named import Speakers
from site_gen.find.speech.quotes import find_quotations
from site_gen.model import Paragraph, Quotation


def find_speech(paragraphs: Iterable[Paragraph]) -> tuple[tuple[Quotation, ...], Holders]:
    """The quotations of an article, and who gives its facts."""
    listed = list(paragraphs)
    said = attribute(listed)
    speakers = Speakers(listed, said)
    return find_quotations(listed, said, speakers), Holders(said, speakers)


__all__ = ["Holders", "find_speech"]
