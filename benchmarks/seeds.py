"""seeds: the five real captures → the form of the gold's scorer, by the same functions as ``add``
and ``build``.

What a person who adds a capture knows and the capture does not say is given here as it would be on
the command line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks import neutral, read
from site_gen.capture import capture
from site_gen.content import read_content
from site_gen.model import Comparison
from site_gen.pipeline import analyse
from site_gen.shell.recognise import recognise
from site_gen.shell.written import Given, to_markdown

# file prefix → name in the gold file, outlet, day of publication where the capture does not give it
ARTICLES = {
    "000": ("moscow-times-web", "The Moscow Times", "2022-02-10"),
    "001": ("moscow-times-pdf", "The Moscow Times", "2022-02-10"),
    "002": ("home-news", "Home News", "2022-02-10"),
    "003": ("afp-january", "The Moscow Times", ""),
    "004": ("nbc", "NBC News", "2022-02-10"),
}


def run(folder: Path, out: Path) -> None:
    """Add the captures of ``folder`` one after the other, compare, and write the result."""
    comparison = compare(folder)
    ordinals = {a.id: {p.index: n for n, p in enumerate(a.body)} for a in comparison.story.articles}

    def ordinal(article: str, index: int) -> int:
        return ordinals[article].get(index, -1)

    result: dict[str, Any] = {
        "articles": {},
        "passages": neutral.passages(comparison, ordinal),
        "rows": neutral.rows(comparison, ordinal),
    }
    for a in comparison.annotated:
        article = a.article
        result["articles"][article.id] = {
            "headline": article.headline or None,
            "published": str(article.published) if article.published else None,
            "url": article.url,
            "authors": list(article.authors),
            "agency": article.agency or None,
            "body": [p.text for p in article.body],
            "headings": [p.text for p in article.paragraphs if p.role == "heading"],
            "captions": [p.text for p in article.paragraphs if p.role == "caption"],
            "left_out": [{"text": x.text, "rule": x.rule} for x in article.left_out],
            "figures": neutral.figures(a, ordinal, headline=True),
            "dates": neutral.dates(a, ordinal, headline=True),
        }
    read.write_json(out, result)


def compare(folder: Path) -> Comparison:
    """The story of the five captures, as ``new``, five times ``add`` and ``build`` make it."""
    files: dict[str, bytes] = {"drills/index.md": b'---\ntitle: "Joint drills"\nsummary: ""\n---\n'}
    for path in sorted(folder.glob("*.txt")):
        name, outlet, published = ARTICLES[path.name[:3]]
        draft = capture(path.read_bytes(), "text")
        content, _ = read_content(files)
        given = Given(outlet=outlet, published=published)
        known = content.stories[0].articles if content.stories else ()
        version_of = recognise(draft, outlet, known)
        files[f"drills/{name}.md"] = to_markdown(
            draft, given, version_of=version_of, original=None
        ).encode()
    content, errors = read_content(files)
    if errors:
        raise SystemExit("\n".join(map(str, errors)))
    return analyse(content.stories[0])
