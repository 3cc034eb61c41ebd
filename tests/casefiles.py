"""Cases as files that a person can add to: a title, a line with one dot, the input, a dot, what is
expected, a dot.

Lines above the first title that start with ``#`` are notes; ``# key: value`` sets something for the
whole file. A folder without a case, or a file that does not read as cases, fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_gen.model import Article, Paragraph
from site_gen.yaml_lines import parse_moment

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One case: where it stands, its title, input and expectation, and the settings of its file."""

    file: str
    line: int
    title: str
    given: str
    expected: str
    settings: dict[str, str]

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.title}"


def cases(kind: str) -> list[Case]:
    """All cases of a kind, in order; ``ValueError`` where there is none."""
    out: list[Case] = []
    for path in sorted((FOLDER / kind).glob("*.case")):
        out += _of_file(path)
    if not out:
        raise ValueError(f"tests/cases/{kind} holds no case")
    return out


def _of_file(path: Path) -> list[Case]:
    lines = path.read_text(encoding="utf-8").splitlines()
    settings: dict[str, str] = {}
    at = 0
    while at < len(lines) and (lines[at].startswith("#") or not lines[at].strip()):
        if match := re.fullmatch(r"# (\w+): (.+)", lines[at]):
            settings[match[1]] = match[2]
        at += 1
    out = []
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        title, start = lines[at].strip(), at + 1
        try:
            first = lines.index(".", at)
            second = lines.index(".", first + 1)
            third = lines.index(".", second + 1)
        except ValueError:
            raise ValueError(
                f"{path.name}:{start}: a case has a title, `.`, input, `.`, expectation, `.`"
            ) from None
        if first != at + 1:
            raise ValueError(f"{path.name}:{start}: a `.` must stand below the title")
        out.append(
            Case(
                path.name,
                start,
                title,
                "\n".join(lines[first + 1 : second]),
                "\n".join(lines[second + 1 : third]),
                settings,
            )
        )
        at = third + 1
    return out


def sources(given: str) -> Iterator[Article]:
    """The sources of a case: each line is a paragraph of its outlet, with "# " its headline."""
    told: dict[tuple[str, str], list[str]] = {}
    for line in given.split("\n"):
        outlet, day, text = line.split(" | ", 2)
        told.setdefault((outlet, day), []).append(text)
    for (outlet, day), texts in told.items():
        headline = next((t.removeprefix("# ") for t in texts if t.startswith("# ")), "")
        texts = [t for t in texts if not t.startswith("# ")]
        paragraphs = tuple(
            Paragraph(index=n, role="body", text=text, pid=f"p-{n}") for n, text in enumerate(texts)
        )
        name = outlet.lower().replace(" ", "-")
        yield Article(
            id=name,
            outlet=outlet,
            path=f"case/{name}.md",
            paragraphs=paragraphs,
            published=parse_moment(day),
            headline=headline,
        )
