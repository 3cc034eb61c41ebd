"""A site's own look: colours, fonts, a logo, a line in the footer. It becomes a few lines at the
end of the style sheet, so that no page needs an inline style."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

COLOURS: Mapping[str, tuple[str, str]] = {
    "paper": ("#faf8f3", "#14161a"),
    "card": ("#ffffff", "#1c1f25"),
    "ink": ("#17181a", "#eceae4"),
    "soft": ("#595c62", "#a9adb5"),
    "rule": ("#d8d2c5", "#3a3f48"),
    "hair": ("#ebe6db", "#272b32"),
    "conflict": ("#a33600", "#ffad78"),
    "conflict-bg": ("#fde8d8", "#40230f"),
    "noted": ("#0b4f8a", "#93c4f3"),
    "noted-bg": ("#e2edf8", "#15293d"),
    "compat": ("#4a5568", "#b9c2d0"),
    "compat-bg": ("#ebedf0", "#272c35"),
    "agree": ("#0f6b4f", "#74d2b0"),
    "agree-bg": ("#e3f1eb", "#122e26"),
}
"""The colours of the style sheet, in light and in dark (``templates/site.css``; a test holds the
two together)."""
ON: Mapping[str, tuple[str, ...]] = {
    "ink": ("paper", "card"),
    "soft": ("paper", "card"),
    "conflict": ("paper", "card", "conflict-bg"),
    "noted": ("paper", "card", "noted-bg"),
    "compat": ("paper", "card", "compat-bg"),
    "agree": ("paper", "card", "agree-bg"),
}
"""What is written in a colour, and what it is written on."""
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3: text of ordinary size."""
MODES = ("light", "dark")
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
FONT = re.compile(r"[A-Za-z][A-Za-z0-9 \-]{0,60}")
FONT_FILES = {".woff2": "woff2", ".woff": "woff", ".ttf": "truetype", ".otf": "opentype"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """What a site changes of the look. ``colours``: "light" or "dark" → name → ``#rrggbb``;
    ``fonts``: "serif" (what sources wrote) or "sans" (what we say) → name of a family;
    ``font_files``: family → path in the content folder; ``logo`` and ``favicon``: paths there."""

    colours: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fonts: Mapping[str, str] = field(default_factory=dict)
    font_files: Mapping[str, str] = field(default_factory=dict)
    logo: str = ""
    favicon: str = ""
    footer: str = ""


def is_colour(text: str) -> bool:
    """Whether this is a colour that a theme can have."""
    return bool(_HEX.fullmatch(text))


def contrast(first: str, second: str) -> float:
    """The contrast of two colours by WCAG 2.2, from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def too_faint(colours: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, str, float]]:
    """What could not be read: the mode, the colour of the words, what they would stand on, and
    their contrast."""
    for n, mode in enumerate(MODES):
        now = {name: pair[n] for name, pair in COLOURS.items()} | dict(colours.get(mode, {}))
        for words, grounds in ON.items():
            for ground in grounds:
                found = contrast(now[words], now[ground])
                if found < LEAST_CONTRAST:
                    yield mode, words, ground, found


def style(theme: Theme, assets: Mapping[str, str]) -> str:
    """The lines that a theme adds to the style sheet; empty where it changes nothing. ``assets``:
    font file → its path beside the style sheet."""
    lines = []
    for family, path in theme.font_files.items():
        kind = next(k for ending, k in FONT_FILES.items() if path.endswith(ending))
        lines.append(
            f'@font-face{{font-family:"{family}";src:url("{assets[path]}") format("{kind}");'
            "font-display:swap}"
        )
    own = []
    for name, pair in COLOURS.items():
        found = [theme.colours.get(mode, {}).get(name, "") for mode in MODES]
        if any(found):
            light, dark = (new or old for new, old in zip(found, pair, strict=True))
            own.append(f"--{name}:light-dark({light},{dark})")
    fallback = {"serif": "Georgia,serif", "sans": '-apple-system,"Segoe UI",Arial,sans-serif'}
    own += [f'--{which}:"{name}",{fallback[which]}' for which, name in theme.fonts.items()]
    if own:
        lines.append(f":root{{{';'.join(own)}}}")
    return "".join(f"{line}\n" for line in lines)
