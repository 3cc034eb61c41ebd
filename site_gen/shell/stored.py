"""Records as JSON and back, for the cache: what is read is built of classes that are named here and
of nothing else. Shell.

Each list of the form begins with the sign of what it is; what is no list stands for itself. A
record is its class by number, and its fields in order; the numbers hold for one version of the
program, which is part of every key of the cache.
"""

from __future__ import annotations

import datetime as dt
import json
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from site_gen.model import Annotated, ContentError, Link, Story
from site_gen.model.message import Message
from site_gen.render.messages import HtmlMessage


class NotStored(ValueError):
    """What stands there is nothing that was stored."""


def to_text(value: Any) -> bytes:
    """A value as JSON in ASCII; ``TypeError`` where it holds what is not stored."""
    return json.dumps(_told(value), separators=(",", ":")).encode("ascii")


def from_text(data: bytes) -> Any:
    """The value that :func:`to_text` was given; :class:`NotStored` for anything else."""
    try:
        return _read(json.loads(data))
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, AttributeError) as fault:
        raise NotStored(str(fault)) from fault


@cache
def _classes() -> tuple[type[Any], ...]:
    """Every class of record that is stored: stories, what is found in them, what pages show of
    them, and what their fields can hold; in an order that does not depend on the run."""
    from site_gen.render.site import Summary  # with all of rendering: only where something is read

    found: dict[type[Any], None] = {}

    def look(kind: Any) -> None:
        for inner in typing.get_args(kind):
            look(inner)
        if is_dataclass(kind) and isinstance(kind, type) and kind not in found:
            found[kind] = None
            for hint in typing.get_type_hints(kind).values():
                look(hint)

    for root in (Story, Annotated, Link, Summary):
        look(root)
    return tuple(sorted(found, key=lambda c: (c.__module__, c.__name__)))


@cache
def _numbers() -> dict[type[Any], tuple[int, tuple[str, ...]]]:
    # what a record works out by itself is not stored
    return {c: (n, tuple(f.name for f in fields(c) if f.init)) for n, c in enumerate(_classes())}


def _told(value: Any) -> Any:
    kind = type(value)
    if value is None or kind in (str, int, float, bool):
        return value
    if kind in _TELL:
        return _TELL[kind](value)
    if kind in _numbers():
        number, names = _numbers()[kind]
        return ["r", number, *(_told(getattr(value, name)) for name in names)]
    raise TypeError(f"{kind.__name__} is not stored")


_TELL: dict[type[Any], Callable[[Any], list[Any]]] = {
    tuple: lambda v: ["t", *map(_told, v)],
    list: lambda v: ["l", *map(_told, v)],
    dict: lambda v: ["d", *([_told(k), _told(x)] for k, x in v.items())],
    frozenset: lambda v: ["f", *sorted(v)],
    dt.date: lambda v: ["day", v.isoformat()],
    dt.time: lambda v: ["time", v.isoformat()],
    Markup: lambda v: ["html", str(v)],
    Message: lambda v: [
        *("say", str(v), v.template, _told(dict(v.values))),
        *(v.many, v.number, v.form),
    ],
    HtmlMessage: lambda v: ["tell", str(v), v.template, _told(dict(v.values)), v.form],
    ContentError: lambda v: ["fault", v.path, v.line, v.message, v.hint],
}


def _record(number: int, *values: Any) -> Any:
    kind = _classes()[number]
    _, names = _numbers()[kind]
    if len(names) != len(values):
        raise ValueError("a record of another form")
    # most fields are plain values, which need no call
    read = [_read(v) if type(v) is list else v for v in values]
    return kind(**dict(zip(names, read, strict=True)))


_READ: dict[str, Callable[..., Any]] = {
    "t": lambda *v: tuple([_read(x) if type(x) is list else x for x in v]),
    "l": lambda *v: list(map(_read, v)),
    "d": lambda *v: {_read(k): _read(x) for k, x in v},
    "f": lambda *v: frozenset(v),
    "r": _record,
    "day": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "html": Markup,
    "say": lambda text, template, values, many, number, form: Message(
        text, template, _read(values), many=many, number=number, form=form
    ),
    "tell": lambda text, template, values, form: HtmlMessage(text, template, _read(values), form),
    "fault": ContentError,
}


def _read(value: Any) -> Any:
    if type(value) is not list:
        return value
    return _READ[value[0]](*value[1:])
