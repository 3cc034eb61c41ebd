"""The project's templates, compiled once for all tests of a process: each site of a test has a
folder of its own, for which they would be compiled anew, and that is nine tenths of a small
build."""

from __future__ import annotations

from collections.abc import MutableMapping
from types import CodeType
from typing import Any

import jinja2

from site_gen.render.pages import _Folders

_COMPILED: dict[tuple[object, ...], CodeType] = {}


def _load(
    self: _Folders,
    environment: jinja2.Environment,
    name: str,
    globals: MutableMapping[str, Any] | None = None,
) -> jinja2.Template:
    """A template from its text; what is compiled depends on the text, its file and the catalogue,
    whose words may be put in at once."""
    source, file, unchanged = self.get_source(environment, name)
    told = environment.globals["_"].__self__  # type: ignore[attr-defined]
    key = (source, name, file, told.language, tuple(sorted((told.words or {}).items())))
    if key not in _COMPILED:
        _COMPILED[key] = environment.compile(source, name, file)
    code = _COMPILED[key]
    return environment.template_class.from_code(environment, code, globals or {}, unchanged)


def compiled_once() -> None:
    """From here on templates are compiled once in this process."""
    _Folders.load = _load  # type: ignore[method-assign]
