"""YAML in which every value knows its line, for error messages that name it.

The text is composed to nodes and never constructed to Python objects, so no tag can run anything;
what a field may be is decided by whoever reads the field (:class:`Reader`). Faults are collected,
not raised, so that one run reports all.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import TypeVar

import yaml

from site_gen.model import ContentError, Moment

Node = yaml.Node
T = TypeVar("T")
_BASE = "tag:yaml.org,2002:"
MAX_DEPTH = 40
"""Deeper nesting than this is refused: no front matter needs it, and an alias can nest without
end."""
MAX_NODES = 100_000
"""More values than this, aliases written out, are refused: a few lines of aliases can stand for
billions."""


def compose(
    text: str, path: str, first_line: int, errors: list[ContentError]
) -> yaml.MappingNode | None:
    """The mapping that ``text`` holds; ``None`` where it is empty or faulty (then ``errors`` has
    grown).

    ``first_line`` is the line of the file, counted from 1, on which ``text`` starts.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        problem = (fault.problem or "cannot be read").strip()
        hint = (
            "indent with spaces, not with tabs"
            if "'\\t'" in problem
            else "put values with a colon or a quote inside in quotes"
        )
        errors.append(
            ContentError(
                path,
                first_line + (mark.line if mark else 0),
                f"this is not valid YAML: {problem}",
                hint,
            )
        )
        return None
    except yaml.YAMLError as fault:
        errors.append(
            ContentError(
                path,
                first_line,
                f"this is not valid YAML: {str(fault).splitlines()[0]}",
                "save the file as UTF-8 text",
            )
        )
        return None
    except RecursionError:
        errors.append(
            ContentError(path, first_line, "this YAML is nested too deeply", "keep values flat")
        )
        return None
    if node is None:
        return None
    if not _bounded(node):
        errors.append(
            ContentError(
                path,
                first_line,
                "this YAML is nested too deeply, or its aliases stand for too much",
                "keep values flat",
            )
        )
        return None
    if not isinstance(node, yaml.MappingNode):
        errors.append(
            ContentError(
                path,
                first_line,
                "this YAML is not a list of `key: value` lines",
                "write for example `title: A title`",
            )
        )
        return None
    return node


def _bounded(node: Node) -> bool:
    """Whether a document, its aliases written out, stays within ``MAX_DEPTH`` and ``MAX_NODES``; an
    alias of itself does not."""
    todo, count = [(node, 0)], 0
    while todo:
        at, depth = todo.pop()
        count += 1
        if depth > MAX_DEPTH or count > MAX_NODES:
            return False
        if isinstance(at, yaml.MappingNode):
            todo += [(part, depth + 1) for pair in at.value for part in pair]
        elif isinstance(at, yaml.SequenceNode):
            todo += [(part, depth + 1) for part in at.value]
    return True


class Reader:
    """Reads the fields of one mapping, each once, and reports what is left over as unknown."""

    def __init__(
        self, node: yaml.MappingNode | None, path: str, first_line: int, errors: list[ContentError]
    ) -> None:
        self.path, self.first_line, self.errors = path, first_line, errors
        self.nodes: dict[str, Node] = {}
        self.known: set[str] = set()
        self.start = node.start_mark.line if node is not None else 0
        for key, value in node.value if node else ():
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if key.tag == _BASE + "merge" or not name:
                self.error(
                    key,
                    "merge keys and keys that are not plain text are not read here",
                    "write the keys out",
                )
            elif name in self.nodes:
                self.error(key, f"`{name}` stands here twice", "remove one of the two")
            else:
                self.nodes[name] = value

    def line(self, node: Node | str | None) -> int:
        """The line of a node, or of the value of a key, in the file."""
        if isinstance(node, str):
            node = self.nodes.get(node)
        return self.first_line + (node.start_mark.line if node is not None else self.start)

    def error(self, node: Node | str | None, message: str, hint: str = "") -> None:
        """Report a fault at that node."""
        self.errors.append(ContentError(self.path, self.line(node), message, hint))

    def _take(self, key: str) -> Node | None:
        self.known.add(key)
        return self.nodes.get(key)

    def text(self, key: str, *, required: bool = False) -> str:
        """A string; an empty one where the key is missing."""
        node = self._take(key)
        if node is None:
            if required:
                self.error(
                    None, f"`{key}` is missing", f"add a line `{key}: …` between the `---` lines"
                )
            return ""
        return self._scalar(node, key)

    def _scalar(self, node: Node, key: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.error(
                node, f"`{key}` must be one text, not a list", f'write `{key}: "…"` on one line'
            )
            return ""
        kind = node.tag.removeprefix(_BASE)
        if kind == "null":
            return ""
        if kind == "bool":
            self.error(
                node,
                f"YAML reads `{key}: {node.value}` as yes or no, not as text",
                f'put it in quotes: {key}: "{node.value}"',
            )
        # an escape can name half a character
        node.value = str(node.value).encode("utf-8", "replace").decode()
        return (
            " ".join(str(node.value).split())
            if node.style not in ("|", ">")
            else str(node.value).strip()
        )

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        node = self._take(key)
        if node is None:
            return default
        if isinstance(node, yaml.ScalarNode) and node.tag == _BASE + "bool":
            return node.value.lower() in ("true", "yes", "on")
        self.error(node, f"`{key}` must be true or false", f"write `{key}: true`")
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; a single string counts as a list of one."""
        node = self._take(key)
        if node is None:
            return ()
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(t for t in (self._scalar(item, key) for item in items) if t)

    def choice(self, key: str, allowed: Iterable[str], default: str) -> str:
        """One of the allowed words."""
        value = self.text(key)
        if not value:
            return default
        if value not in (options := sorted(allowed)):
            self.error(
                key, f"`{key}: {value}` is not one of {', '.join(options)}", nearest(value, options)
            )
            return default
        return value

    def moment(self, key: str) -> Moment | None:
        """A day, or a date-time with its zone."""
        node = self._take(key)
        if node is None or (isinstance(node, yaml.ScalarNode) and node.tag == _BASE + "null"):
            return None
        raw = node.value.strip() if isinstance(node, yaml.ScalarNode) else ""
        try:
            return parse_moment(raw)
        except ValueError as fault:
            self.error(
                node,
                f"`{key}: {raw}` {fault}",
                "write a day, 2022-02-10, or a time with its zone, 2022-02-10T14:05+01:00",
            )
            return None

    def mapping(self, key: str) -> Reader | None:
        """A mapping under that key; ``None`` where it is missing."""
        node = self._take(key)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.error(node, f"`{key}` must hold `key: value` lines", f"indent them below `{key}:`")
            return None
        return Reader(node, self.path, self.first_line, self.errors)

    def mappings(self, key: str, read: Callable[[Reader], T]) -> tuple[T, ...]:
        """A list of mappings, each read by ``read``."""
        node = self._take(key)
        if node is None or (isinstance(node, yaml.ScalarNode) and node.tag == _BASE + "null"):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.error(node, f"`{key}` must be a list", "start each entry with `- `")
            return ()
        out = []
        for item in node.value:
            if isinstance(item, yaml.MappingNode):
                reader = Reader(item, self.path, self.first_line, self.errors)
                reader.first_line = self.first_line
                out.append(read(reader))
            else:
                self.error(
                    item,
                    f"an entry of `{key}` must hold `key: value` lines",
                    "see the guide, file formats",
                )
        return tuple(out)

    def finish(self) -> None:
        """Report every key that nobody asked for, with the nearest known one."""
        for name, node in self.nodes.items():
            if name not in self.known:
                self.error(
                    node, f"`{name}` is not a key that is known here", nearest(name, self.known)
                )


LISTED = 20
"""So many known words stand in a hint."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or lists them."""
    options = sorted(known)
    close = get_close_matches(word.lower(), options, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    more = f" and {len(options) - LISTED} more" if len(options) > LISTED else ""
    return "known are " + ", ".join(options[:LISTED]) + more


_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d?:\d\d(?::\d\d)?(?:\.\d+)?)\s*(Z|[+-]\d\d:?\d\d)?)?"
)


def parse_moment(raw: str) -> Moment:
    """``2022-02-10`` or ``2022-02-10T14:05+01:00``; ``ValueError`` says in words what is wrong."""
    match = _MOMENT.fullmatch(raw)
    if not match:
        raise ValueError("is not a date")
    day, time, zone = match.groups()
    try:
        date = dt.date.fromisoformat(day)
        if time is None:
            return Moment(day=date)
        if zone is None:
            raise ValueError("has a time without a zone")
        clock = dt.time.fromisoformat(time.split(".")[0].zfill(5))
        offset = dt.UTC if zone == "Z" else dt.datetime.strptime(zone, "%z").tzinfo
        return Moment(day=date, time=clock.replace(tzinfo=offset))
    except ValueError as fault:
        raise ValueError(
            str(fault) if "zone" in str(fault) else "is not a day of the calendar"
        ) from None
