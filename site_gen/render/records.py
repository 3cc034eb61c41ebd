"""A record as plain values for JSON, and the JSON Schema of its class: both are read from its
fields, so that they cannot differ."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}


def as_plain(value: Any) -> Any:
    """A record as dictionaries, lists and plain values."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple):
        return [as_plain(v) for v in value]
    if is_dataclass(kind):
        return {name: as_plain(getattr(value, name)) for name in _names(kind)}
    return value


@lru_cache(maxsize=256)
def _names(kind: Any) -> tuple[str, ...]:
    """The names of a record's fields."""
    return tuple(f.name for f in fields(kind))


def schema_of(kind: Any) -> dict[str, Any]:
    """The JSON Schema of a record's class, or of the type of a field. ``TypeError`` for a type that
    no record has."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        properties = {f.name: schema_of(hints[f.name]) for f in fields(kind)}
        return {
            "type": "object",
            "properties": properties,
            "required": sorted(properties),
            "additionalProperties": False,
        }
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(x) for x in inner]}
    if origin is tuple and inner[-1:] == (Ellipsis,):
        return {"type": "array", "items": schema_of(inner[0])}
    if origin is tuple:
        return {
            "type": "array",
            "prefixItems": [schema_of(x) for x in inner],
            "items": False,
            "minItems": len(inner),
        }
    raise TypeError(f"no schema for {kind}")
