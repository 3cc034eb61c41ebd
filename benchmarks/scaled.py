"""scaled: a content folder several times over, with the names and numbers of each copy changed, so
that no copy can stand for another: ``python -m benchmarks scaled CONTENT OUT TIMES``.

Digits are turned by the number of the copy, and the letters of capitalised words inside a sentence
by so many places of the alphabet, vowels among vowels; the same word gives the same word in one
copy. Front matter but the title stays, so that days and outlets do.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")
_DIGIT = re.compile(r"(?<![\d.,])[1-9](?=\d)")


def write(content: Path, out: Path, times: int) -> int:
    """Write the copies; the number of stories. The first is the folder itself."""
    stories = sorted(p for p in content.iterdir() if (p / "index.md").is_file())
    for n in range(times):
        for story in stories:
            name = story.name if n == 0 else f"{story.name[:60].strip('-')}-{n}"
            home = out / name
            home.mkdir(parents=True, exist_ok=True)
            for path in sorted(story.glob("*.md")):
                text = path.read_text(encoding="utf-8")
                (home / path.name).write_text(changed(text, n), encoding="utf-8")
    if (content / "index.md").is_file():
        shutil.copy(content / "index.md", out / "index.md")
    return len(stories) * times


def changed(text: str, turn: int) -> str:
    """An article's file with the names and numbers of its text changed."""
    if not turn:
        return text
    head, mark, body = text.partition("\n---\n")
    if not mark:
        head, body = "", text
    body = _NAME.sub(lambda m: _turned(m.group(), turn), body)
    body = _DIGIT.sub(lambda m: str((int(m.group()) - 1 + turn) % 9 + 1), body)
    return f"{head}{mark}{body}"


def _turned(word: str, turn: int) -> str:
    out = []
    for sign in word.lower():
        row = VOWELS if sign in VOWELS else CONSONANTS
        out.append(row[(row.index(sign) + turn) % len(row)] if sign in row else sign)
    return "".join(out).capitalize()
