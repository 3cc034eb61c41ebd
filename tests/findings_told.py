"""The findings of a comparison as lines that a person reads, for ``cases/findings``."""

from __future__ import annotations

from collections.abc import Iterator

from site_gen.model import Comparison, Place


def told(comparison: Comparison) -> Iterator[str]:
    """Every finding as a line: its kind, and what it says, set apart by " | "."""
    story, found = comparison.story, comparison.findings

    def text(place: Place) -> str:
        return story.article(place.article).paragraph(place.paragraph).text[place.start : place.end]

    def outlet(source: str) -> str:
        return story.article(source).outlet

    for o in found.only_here:
        yield f"only | {outlet(o.place.article)} | {text(o.place)}"
    for n in found.not_here:
        yield f"not here | {outlet(n.source)} | {' / '.join(sorted(map(text, n.told)))}"
    for h in found.headlines:
        headline = story.article(h.source).headline
        yield f"headline | {outlet(h.source)} | {'; '.join(headline[a:b] for a, b in h.own)}"
        yield f"event | {outlet(h.source)} | {h.ordinal}"
    for s in found.speakers:
        voices = "; ".join(sorted(f"{outlet(v.source)} {v.quoted} + {v.told}" for v in s.voices))
        yield f"quoted | {s.name} | {s.kind} | {voices}"
    for c in found.called:
        yield f"called | {c.kind} | {' / '.join(sorted(t.text for t in c.terms))}"
    for d in found.stated:
        yield f"stated | {d.kind} | {' / '.join(sorted(text(side[0].words) for side in d.sides))}"
    for k in found.notices:
        yield f"notice | {outlet(k.place.article)} | {k.kind} | {text(k.place)}"
