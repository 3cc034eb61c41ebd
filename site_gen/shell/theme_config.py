"""The site's own look in ``mkdocs.yml``: the keys under ``theme``, and ``copyright``. What is wrong
with them is told with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from site_gen.render.theme import (
    COLOURS,
    FONT,
    FONT_FILES,
    LEAST_CONTRAST,
    MODES,
    Theme,
    is_colour,
    too_faint,
)
from site_gen.yaml_lines import Reader, nearest

ENGLISH = "en"
PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What ``mkdocs.yml`` says of a site's look: the folder of its own templates, its language and
    theme, and the lines of the keys for messages."""

    custom_dir: str = ""
    language: str = ENGLISH
    theme: Theme = field(default_factory=Theme)
    lines: tuple[tuple[str, int], ...] = ()


def read_look(reader: Reader, theme: Reader | None) -> Look:
    """The look in a configuration file; ``theme`` reads the mapping under ``theme``, where there is
    one."""
    footer = reader.text("copyright")
    if theme is None:
        return Look(theme=Theme(footer=footer))
    custom, language = theme.text("custom_dir"), theme.text("locale") or ENGLISH
    colours = _colours(theme)
    fonts, files = _fonts(theme)
    found = Theme(
        colours=colours,
        fonts=fonts,
        font_files=files,
        logo=_picture(theme, "logo"),
        favicon=_picture(theme, "favicon"),
        footer=footer,
    )
    keys = ("locale", "logo", "favicon", "font")
    lines = tuple((k, theme.line(k)) for k in keys if k in theme.nodes)
    return Look(custom_dir=custom, language=language, theme=found, lines=lines)


def _colours(theme: Reader) -> dict[str, dict[str, str]]:
    """The colours of both modes; what cannot be read on its ground is an error."""
    reader = theme.mapping("colors")
    if reader is None:
        return {}
    out: dict[str, dict[str, str]] = {}
    for mode in MODES:
        inner = reader.mapping(mode)
        for name in inner.nodes if inner else ():
            value = inner.text(name) if inner else ""
            if name not in COLOURS:
                theme.error(
                    inner.nodes[name] if inner else None,
                    f"`{name}` is no colour of the style sheet",
                    nearest(name, COLOURS) or f"known are {', '.join(COLOURS)}",
                )
            elif not is_colour(value):
                theme.error(
                    inner.nodes[name] if inner else None,
                    f"`{name}: {value}` is no colour",
                    "write it as '#rrggbb', in quotes, since # begins a comment",
                )
            else:
                out.setdefault(mode, {})[name] = value
    reader.finish()
    for mode, words, ground, found in too_faint(out):
        theme.error(
            "colors",
            f"words in `{words}` on `{ground}` have a contrast of {found:.1f} in {mode}",
            f"at least {LEAST_CONTRAST} is needed to be read (WCAG 2.2, 1.4.3)",
        )
    return out


def _fonts(theme: Reader) -> tuple[dict[str, str], dict[str, str]]:
    """Families by what they are for, and the files that they come from."""
    reader = theme.mapping("font")
    if reader is None:
        return {}, {}
    fonts = {k: v for k in ("serif", "sans") if (v := reader.text(k))}
    inner = reader.mapping("files")
    files = {k: inner.text(k) for k in inner.nodes} if inner else {}
    reader.finish()
    for name in [*fonts.values(), *files]:
        if not FONT.fullmatch(name):
            theme.error("font", f"`{name}` is no name of a font", "letters, digits and blanks")
    for family, path in files.items():
        if not path.endswith(tuple(FONT_FILES)):
            theme.error(
                "font", f"{path} is no font", f"its name must end in {', '.join(FONT_FILES)}"
            )
        if family not in fonts.values():
            theme.error(
                "font", f"the file of {family} is used nowhere", "name it as `serif` or `sans`"
            )
    good = {f: p for f, p in files.items() if p.endswith(tuple(FONT_FILES))}
    return {k: v for k, v in fonts.items() if FONT.fullmatch(v)}, good


def _picture(theme: Reader, key: str) -> str:
    path = theme.text(key)
    if path and PurePosixPath(path).suffix.lower() not in PICTURES:
        theme.error(
            key, f"`{key}: {path}` is no picture", f"its name must end in {', '.join(PICTURES)}"
        )
        return ""
    return path
