"""stories: story folders in content format → NAME.json in the neutral form."""

from __future__ import annotations

from pathlib import Path

from benchmarks import neutral, read
from site_gen.pipeline import analyse


def run(folder: Path, out: Path) -> None:
    """Analyse every story of ``folder`` and write one JSON file each into ``out``."""
    for story in read.stories(folder):
        comparison = analyse(story)

        def ordinal(article: str, index: int) -> int:
            return index  # an ordinal counts every paragraph of the file, as ours does

        read.write_json(
            out / f"{story.id}.json",
            {
                "articles": {
                    a.article.id: {
                        "figures": neutral.figures(a, ordinal),
                        "dates": neutral.dates(a, ordinal),
                    }
                    for a in comparison.annotated
                },
                "passages": neutral.passages(comparison, ordinal),
                "rows": neutral.rows(comparison, ordinal),
            },
        )
