"""Names by which an editor's ruling finds again what it is about.

They are made of words and of the outlet, never of a place in a list or a file's name: so they
survive edits elsewhere, captures added and articles renamed.
"""

from __future__ import annotations

import hashlib

from site_gen.language.words import sentence_at
from site_gen.model import Article, Place


def short_hash(told: str) -> str:
    """Eight hexadecimal digits for a text: among ten thousand names of a story two are the same
    with a chance of one in a hundred."""
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def mention_id(article: Article, place: Place) -> str:
    """The name of a span: its outlet, its sentence, and where in it the span stands."""
    text = article.paragraph(place.paragraph).text
    first, last = sentence_at(text, place.start)
    start = place.start - first
    told = f"{article.outlet}|{text[first:last].strip()}|{start}|{place.end - place.start}"
    return "m-" + short_hash(told)


def told_words(text: str) -> str:
    """Words as rulings keep them: without a difference of case or blanks."""
    return " ".join(text.casefold().split())
