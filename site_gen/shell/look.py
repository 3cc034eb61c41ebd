"""Making a site's look from its configuration: the catalogue of its language, its pictures and
fonts, its style sheet. Shell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from site_gen.model import ContentError, Page
from site_gen.render.catalogue import ENGLISH, Words, catalogue, read_words
from site_gen.render.theme import style
from site_gen.shell.config import Config
from site_gen.yaml_lines import nearest

STYLE = "site.css"
FILES = (STYLE, "site.js", "search.js")


def words_of(config: Config) -> tuple[Words, list[ContentError]]:
    """The catalogue of a site's language: what comes with the package, under what the site's own
    ``custom_dir`` has. English needs none."""
    language = config.look.language
    if language == ENGLISH:
        return (), []
    line = dict(config.look.lines).get("locale", 0)
    try:
        catalogue(language, ())
    except ValueError as fault:
        hint = "write the code of a language, for example `locale: de`"
        return (), [ContentError(str(config.path), line, str(fault), hint)]
    found: dict[str, tuple[str, ...]] = {}
    errors = []
    names = list(dict.fromkeys([language.split("-")[0].split("_")[0], language]))
    files = [folder / f"{name}.po" for folder in _folders(config) for name in names]
    there = [f for f in files if f.is_file()]
    for path in there:
        try:
            found |= dict(read_words(path.read_bytes()))
        except (OSError, ValueError) as fault:
            errors.append(
                ContentError(str(path), 0, str(fault), "start from locale/messages.pot again")
            )
    if not there and not language.startswith(ENGLISH):
        shipped = sorted(p.stem for p in _folders(config)[0].glob("*.po"))
        errors.append(
            ContentError(
                str(config.path),
                line,
                f"there is no catalogue of `{language}`",
                f"{nearest(language, shipped) or 'shipped are en, ' + ', '.join(shipped)}; to add"
                f" one, translate site_gen/locale/messages.pot to locale/{language}.po in"
                " `custom_dir`",
            )
        )
    return tuple(sorted(found.items())), errors


def _folders(config: Config) -> list[Path]:
    own = [config.templates / "locale"] if config.templates else []
    return [Path(__file__).parent.parent / "locale", *own]


def theme_faults(config: Config, files: Mapping[str, bytes]) -> Iterator[ContentError]:
    """Pictures and fonts of the theme that are not in the content folder."""
    theme, lines = config.look.theme, dict(config.look.lines)
    for key, name in (("logo", theme.logo), ("favicon", theme.favicon)):
        if name and name not in files:
            yield _missing(config, lines.get(key, 0), name, files)
    for name in theme.font_files.values():
        if name not in files:
            yield _missing(config, lines.get("font", 0), name, files)


def _missing(config: Config, line: int, name: str, files: Mapping[str, bytes]) -> ContentError:
    return ContentError(
        str(config.path),
        line,
        f"{name} is not in {config.content}",
        nearest(name, files) or "put it into a folder there, for example `images/`",
    )


def assets(config: Config, folders: Sequence[str]) -> tuple[dict[str, str], list[Page]]:
    """Style sheet and scripts: name → path in the site, and the files. The site's own colours and
    fonts are at the end of the style sheet."""
    paths, files = {}, []
    theme = config.look.theme
    fonts = {path: f"../{path}" for path in theme.font_files.values()}
    for name in FILES:
        data = next(Path(f, name).read_bytes() for f in folders if Path(f, name).is_file())
        if name == STYLE:
            data += style(theme, fonts).encode()
        stem, _, ending = name.rpartition(".")
        path = f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{ending}"
        paths[name] = path
        files.append(Page(path=path, data=data))
    return paths, files
