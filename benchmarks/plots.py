"""plots: the pictures of the guide's page on speed, of what ``peers`` and ``scale`` measured:

    python -m benchmarks plots PEERS.json SCALE.json OUT_FOLDER

Plain SVG with the figures as text, so that a picture can be read by a machine, too; light and dark
as the reader's system is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

WIDTH, ROW, LABEL, VALUE = 720, 30, 240, 165
STYLE = """text{font:14px system-ui,sans-serif;fill:#1c2024}.soft{fill:#5a6570}
.bar{fill:#8a97a5}.ours{fill:#0b5c8a}rect.paper{fill:#fff}
@media(prefers-color-scheme:dark){text{fill:#e6e9ec}.soft{fill:#a3adb8}
.bar{fill:#6c7986}.ours{fill:#5ab0e6}rect.paper{fill:#15181b}}"""
Bar = tuple[str, float, str]
"""What a bar stands for, its length, and the figure beside it."""


def bars(title: str, rows: Sequence[Bar]) -> str:
    """Bars below one another, those of site-gen in its colour."""
    most = max(length for _, length, _ in rows) or 1.0
    height = ROW * (len(rows) + 1) + 16
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{height}"/>',
        f'<text x="8" y="22" font-weight="600">{escape(title)}</text>',
    ]
    for n, (name, length, told) in enumerate(rows, 1):
        top = n * ROW + 8
        wide = max(1.0, length / most * (WIDTH - LABEL - VALUE))
        kind = "ours" if name.startswith("site-gen") else "bar"
        out += [
            f'<text x="{LABEL - 8}" y="{top + 15}" text-anchor="end">{escape(name)}</text>',
            f'<rect class="{kind}" x="{LABEL}" y="{top}" width="{wide:.1f}" height="20" rx="2"/>',
            f'<text class="soft" x="{LABEL + wide + 8:.1f}" y="{top + 15}">{escape(told)}</text>',
        ]
    return "\n".join([*out, "</svg>", ""])


def run(peers: Path, scale: Path, out: Path) -> None:
    """Draw the pictures into a folder."""
    measured = json.loads(peers.read_text(encoding="utf-8"))
    rows = measured["rows"]
    told: Iterable[Bar] = (
        (name, row["wall"], f"{row['wall']:.1f} s, {row['pages']} pages")
        for name, row in sorted(rows.items(), key=lambda item: item[1]["wall"])
    )
    title = f"Wall seconds for the same {measured['articles']} articles, two cores"
    (out / "speed.svg").write_text(bars(title, list(told)), encoding="utf-8")
    grown = json.loads(scale.read_text(encoding="utf-8"))
    sizes = [(n, r) for n, r in grown.items() if n.endswith(" stories")]
    memory = [(f"site-gen, {n}", r["megabytes"], f"{r['megabytes']} MB") for n, r in sizes]
    title = "Memory of a build in all its processes, at most"
    (out / "memory.svg").write_text(bars(title, memory), encoding="utf-8")
