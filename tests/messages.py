"""Every sentence of ours that a page can show: read out of the code and the templates, for
``site_gen/locale/messages.pot``. ``python -m tests.messages`` writes the file anew, and puts what
is new into each shipped catalogue (``make messages``)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import jinja2
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import nodes

from site_gen.language.units import UNITS
from site_gen.render.paragraphs import plural_of
from tests.conftest import ROOT

LOCALE = ROOT / "site_gen" / "locale"
POT = LOCALE / "messages.pot"
MONEY = {u.name for u in UNITS.values() if u.name.isupper()}
PLAIN, PLURAL = {"say", "say_html", "_"}, {"count", "_n"}
Found = tuple[tuple[str, ...], str]
"""A message, with its plural where it has one, and the file that says it."""


def _texts(node: ast.expr) -> list[str]:
    """The texts that an argument can be: one, or one of either branch."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return []


def in_python(path: Path) -> Iterator[Found]:
    """The messages of a Python file."""
    name = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in PLAIN and node.args:
            for text in _texts(node.args[0]):
                yield (text,), name
        elif node.func.id in PLURAL and len(node.args) > 1:
            one, many = _texts(node.args[0]), _texts(node.args[1])
            if one and many:
                yield (one[0], many[0]), name


def in_template(path: Path) -> Iterator[Found]:
    """The messages of a template."""
    name = path.relative_to(ROOT).as_posix()
    tree = jinja2.Environment().parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in PLAIN | PLURAL:
            texts = [a.value for a in call.args if isinstance(a, nodes.Const)]
            texts = [t for t in texts if isinstance(t, str)]
            if texts:
                yield tuple(texts[: 1 if call.node.name in PLAIN else 2]), name


def every_message() -> dict[tuple[str, ...], list[str]]:
    """Each message with the files that say it, in order of the messages."""
    found: dict[tuple[str, ...], set[str]] = {}
    for path in sorted((ROOT / "site_gen").rglob("*.py")):
        for message, where in in_python(path):
            found.setdefault(message, set()).add(where)
    for path in sorted((ROOT / "templates").glob("*.html")):
        for message, where in in_template(path):
            found.setdefault(message, set()).add(where)
    for unit in sorted({u.name.partition(" per ")[0] for u in UNITS.values()} - MONEY):
        found.setdefault((unit, plural_of(unit)), set()).add("site_gen/language/units.py")
    # one message may be said with a plural here and without one there: the plural holds both
    many = {m[0] for m in found if len(m) > 1}
    kept = {m: w for m, w in found.items() if len(m) > 1 or m[0] not in many}
    return {m: sorted(kept[m]) for m in sorted(kept)}


def template() -> bytes:
    """``messages.pot`` as it should be."""
    catalog = Catalog(
        project="site-gen", header_comment="# The words of a site's pages.", fuzzy=False
    )
    for message, where in every_message().items():
        catalog.add(
            message if len(message) > 1 else message[0],
            locations=[(w, None) for w in where],  # type: ignore[list-item]
        )
    return _written(catalog)


def _written(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=110, omit_header=True, include_lineno=False)
    return out.getvalue()


HEADER = """\
# The words of a site's pages in {name}.
msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plurals};\\n"

"""


def updated(path: Path) -> bytes:
    """A shipped catalogue with an empty place for each message that is new, and without what no
    page says any more."""
    old = read_po(BytesIO(path.read_bytes()), locale=path.stem)
    catalog = Catalog(locale=path.stem)
    for message in every_message():
        key = message if len(message) > 1 else message[0]
        was = old.get(message[0])
        catalog.add(key, was.string if was is not None else None)
    head = HEADER.format(
        name=catalog.locale.english_name if catalog.locale else path.stem,
        code=path.stem,
        plurals=catalog.plural_forms,
    )
    return head.encode() + _written(catalog)


def main() -> None:
    """Write the template, and bring each catalogue up to it."""
    POT.write_bytes(template())
    for path in sorted(LOCALE.glob("*.po")):
        path.write_bytes(updated(path))
        found = read_po(BytesIO(path.read_bytes()), locale=path.stem)
        missing = sum(1 for m in found if m.id and not all([m.string, *m.string]))
        print(f"{path.relative_to(ROOT)}: {missing} to translate")


if __name__ == "__main__":
    main()
