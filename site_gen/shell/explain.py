"""``site-gen explain``: what the finders read in a text, each finding with its span, value and
rule. Shell: prints."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from site_gen.capture import KINDS, capture
from site_gen.content import read_content
from site_gen.find.figures.exclusions import EXCLUSIONS
from site_gen.match.features import features
from site_gen.match.pairs import link_articles
from site_gen.model import Annotated, Article, Link, Paragraph
from site_gen.pipeline import annotate
from site_gen.render.readings import evidence_words, read_as
from site_gen.rulebook import by_name
from site_gen.rules import spans
from site_gen.yaml_lines import parse_moment

SHOWN = 110
"""Characters of a paragraph in the list of links: a line of a wide terminal."""


_NAME = re.compile(r"(?:\.{0,2}/)?\S+\.(?:md|txt|text|x?html?|mhtml?|pdf|docx|markdown)|\S+/\S+")


def is_file(text: str) -> bool:
    """Whether what a person gave is a file's name, not a text; one that reads like a name and is
    not there counts, so that it is told."""
    if len(text) >= 300 or "\n" in text:
        return False
    return Path(text).is_file() or bool(_NAME.fullmatch(text))


def read_capture(path: Path, published: str) -> Article:
    """The article of a capture, read as ``add`` reads it; ``ValueError`` where it holds none,
    ``OSError`` where it cannot be read."""
    moment = parse_moment(published) if published else None
    draft = capture(path.read_bytes(), KINDS[path.suffix.lower()])
    said = draft.metadata.get("published")
    if moment is None and said is not None:
        moment = parse_moment(str(said.value))
    language = draft.metadata.get("language")
    return Article(
        id="text",
        outlet="-",
        path=str(path),
        paragraphs=draft.paragraphs,
        published=moment,
        language=str(language.value) if language else "en",
    )


def read_article(source: str, name: str, published: str) -> Article:
    """An article made of a text: of an article's file with its front matter, else of plain
    paragraphs.

    ``ValueError`` where ``published`` is no day; it wins over the file's own.
    """
    moment = parse_moment(published) if published else None
    if source.startswith("---"):
        files = {"x/index.md": b"---\ntitle: x\n---\n", "x/a.md": source.encode()}
        content, _ = read_content(files)
        for article in content.stories[0].articles if content.stories else ():
            return article if moment is None else _with(article, moment)
    blocks = (
        [" ".join(part.split()) for part in source.split("\n\n")]
        if name != ""
        else [" ".join(source.split())]
    )
    paragraphs = tuple(
        Paragraph(index=n, role="body", text=b, pid=f"p-{n}")
        for n, b in enumerate(b for b in blocks if b)
    )
    return Article(id="text", outlet="-", path=name, paragraphs=paragraphs, published=moment)


def _with(article: Article, moment: Any) -> Article:
    return replace(article, published=moment)


def explained(article: Article) -> list[dict[str, Any]]:
    """The findings of an article in the order of their places: kind, words, place, what they were
    read as, and the rule."""
    found: Annotated = annotate(article)
    if not found.read:
        return [
            {
                "kind": "note",
                "text": (
                    f"`{article.language}` is a language that is not read for figures and dates"
                ),
                "paragraph": 0,
                "start": 0,
            }
        ]
    rows: list[dict[str, Any]] = []
    rows += [_row("figure", f, str(read_as(f)), f.rule) for f in found.figures]
    rows += [_row("date", d, str(read_as(d)), d.rule) for d in found.dates]
    rows += [_row("quotation", q, str(read_as(q)), q.rule) for q in found.quotations]
    rows += _left_alone(article, rows)
    return sorted(rows, key=lambda r: (r["paragraph"], r["start"], r["kind"]))


def _row(kind: str, found: Any, read: str, rule: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "text": found.text,
        "paragraph": found.paragraph,
        "start": found.start,
        "end": found.end,
        "read_as": read,
        "rule": rule,
        "why": by_name()[rule].why if rule in by_name() else "",
    }


def _left_alone(article: Article, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Numbers that a named rule takes for no figure, outside what was read."""
    taken = [(r["paragraph"], r["start"], r["end"]) for r in found if r["kind"] != "quotation"]
    out = []
    for paragraph in article.paragraphs:
        for start, end, rule in spans(EXCLUSIONS, paragraph.text):
            at = paragraph.index
            if not any(p == at and a < end and start < b for p, a, b in taken):
                words = paragraph.text[start:end]
                why = by_name()[rule].why
                out.append(
                    {
                        "kind": "no figure",
                        "text": words,
                        "paragraph": at,
                        "start": start,
                        "end": end,
                        "read_as": "left alone",
                        "rule": rule,
                        "why": why,
                    }
                )
    return out


def linked(first: Article, second: Article) -> list[Link]:
    """The links between two articles as a build would make them of a story of these two."""
    sides = [annotate(replace(a, id=name)) for a, name in ((first, "a"), (second, "b"))]
    of = features(sides)
    a, b = ([of[s.article.id, p.index] for p in s.article.body] for s in sides)
    return list(link_articles(a, b))


def say_links(links: list[Link], articles: tuple[Article, Article], as_json: bool) -> None:
    """Print each link with its evidence, as text or as JSON."""
    if as_json:
        rows = [
            {
                "a": x.i,
                "b": x.j,
                "score": x.score,
                "kind": x.kind,
                "evidence": [
                    {"name": e.name, "weight": e.weight, "words": list(e.words)} for e in x.evidence
                ],
            }
            for x in links
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not links:
        click.echo("no paragraph of the one is linked to a paragraph of the other")
    for x in links:
        click.echo(f"¶ {x.i + 1} and ¶ {x.j + 1}: {x.kind}, {x.score:.0%}")
        for article, index in zip(articles, (x.i, x.j), strict=True):
            text = article.paragraph(index).text
            click.echo(
                f"    {text if len(text) <= SHOWN else text[:SHOWN].rsplit(' ', 1)[0] + ' …'}"
            )
        for e in x.evidence:
            click.echo(f"    {evidence_words(e)}")


def say(rows: list[dict[str, Any]], as_json: bool) -> None:
    """Print the findings as a table with the rules that found them, or as JSON."""
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo("no figure, date or quotation was found")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("where", "", "words", "read as", "rule", box=None, pad_edge=False)
    for row in rows:
        if row["kind"] == "note":
            click.echo(row["text"])
            return
        table.add_row(
            f"{row['paragraph'] + 1}:{row['start']}-{row['end']}",
            row["kind"],
            row["text"],
            row["read_as"],
            row["rule"],
        )
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    console.print(table, markup=False)
    used = sorted({row["rule"] for row in rows} & set(by_name()))
    for name in used:
        entry = by_name()[name]
        example = entry.takes[0] if entry.takes else ""
        console.print(f"{name}: {entry.why.rstrip(chr(46))}. For example: {example}", markup=False)
