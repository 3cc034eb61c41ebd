"""Rulings written into a story's front matter, and corrections into an article: line by line, so
that comments, order and layout of everything else stay as they are.

Pure: text in, text out. What comes out is read again before it is given back: where anything but
the one ruling would read otherwise than before, :class:`CannotEdit` is raised, and nothing changes.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import yaml

from site_gen import markdown
from site_gen.model import Paragraph, Role, Ruling

FIELDS = (
    "row",
    "paragraphs",
    "finding",
    "mention",
    "same",
    "different",
    "right",
    "verdict",
    "value",
    "speaker",
    "label",
    "hide",
    "note",
    "reason",
    "response",
    "editor",
    "date",
    "of",
)
"""The fields of a ruling in the order in which they are written."""
TARGETS = FIELDS[:4]
Fields = Mapping[str, Any]
_FENCE = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<front>.*?)(?:\r?\n|(?<=\n))(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL,
)
_PLAIN = re.compile(r"[A-Za-z0-9$€£][\w .’()/+%;?-]*")
_BREAKS = {"\x85": "\\N", "\u2028": "\\L", "\u2029": "\\P", "\ufeff": "\\uFEFF", "\x7f": "\\x7F"}
_NOTHING: Mapping[type, str] = {bool: "false", list: "[]"}
"""What a field holds that says nothing, where it cannot be taken out."""
CONTEXT = 2
"""Lines around a change that a difference shows."""


class CannotEdit(ValueError):
    """A file in which a ruling cannot be written without changing something else; says why."""


def fields_of(ruling: Ruling) -> dict[str, Any]:
    """The fields of a ruling that say something, in the order in which they are written."""
    out: dict[str, Any] = {}
    for name in FIELDS:
        value = getattr(ruling, name)
        if name == "same" and ruling.one_thing:
            value = True
        if value:
            out[name] = list(value) if isinstance(value, tuple) else value
    return out


def target_of(fields: Fields) -> tuple[str, ...]:
    """What the fields of a ruling name: the kind of the name, and the name."""
    for kind in TARGETS:
        if value := fields.get(kind):
            names = sorted(value) if isinstance(value, list | tuple) else [value]
            return (kind, *names)
    return ("row", "")


def read_rulings(text: str) -> list[dict[str, Any]]:
    """The rulings of a story's file, each with its fields; :class:`CannotEdit` where its front
    matter cannot be read."""
    return [dict(_plain_mapping(node)) for node in _front(text).entries()]


def ruling_on(text: str, target: Sequence[str]) -> dict[str, Any]:
    """The fields of the last ruling on a target; empty where there is none."""
    found = [f for f in read_rulings(text) if target_of(f) == tuple(target)]
    return found[-1] if found else {}


def with_ruling(text: str, target: Sequence[str], fields: Fields) -> str:
    """The file's text with the last ruling on that target as ``fields`` give it (which name the
    target too), or with a new one at the end; without it where ``fields`` is empty.

    :class:`CannotEdit` where that cannot be written.
    """
    front = _front(text)
    entries = front.entries()
    known = [n for n, e in enumerate(entries) if target_of(_plain_mapping(e)) == tuple(target)]
    wanted = [_plain_mapping(e) for e in entries]
    if known and fields:
        new = front.changed(entries[known[-1]], fields)
        wanted[known[-1]] = dict(fields)
    elif known:
        new = front.without(known[-1])
        del wanted[known[-1]]
    elif fields:
        new = front.appended(fields)
        wanted.append(dict(fields))
    else:
        return text
    _check(text, new, wanted)
    return new


def without_ruling(text: str, number: int) -> str:
    """The file's text without a ruling, by its place in the list, counted from 0.
    :class:`CannotEdit` where it cannot be taken out."""
    front = _front(text)
    wanted = [_plain_mapping(e) for e in front.entries()]
    new = front.without(number)
    del wanted[number]
    _check(text, new, wanted)
    return new


def with_field(text: str, name: str, value: str) -> str:
    """The file's text with one field of its front matter set, or taken out where ``value`` is
    empty; everything else stays as it is. :class:`CannotEdit` where that cannot be written."""
    front = _front(text)
    new = front.with_field(name, value)
    wanted = _others(front, name) | ({name: value} if value else {})
    if _others(_front(new), "") != wanted or body_of(new) != body_of(text):
        raise CannotEdit("its front matter is laid out in a way that cannot be edited from here")
    return new


def with_paragraph(text: str, index: int, words: str, role: str) -> str:
    """An article's text with the words and the role of one paragraph exchanged, by its index; every
    other block stays as it is. :class:`CannotEdit` where that cannot be written.

    ``words``: plain text, on one line; ``role``: body, heading or caption.
    """
    body = body_of(text)
    before = markdown.blocks(body.replace("\r\n", "\n"))
    lines = body.splitlines(keepends=True)
    block = before[index]
    first = block.line
    if first and re.fullmatch(r"\{[^}]*\}\s*", lines[first - 1]):
        first -= 1
    newline = "\r\n" if "\r\n" in text else "\n"
    made = Paragraph(index=0, role=cast(Role, role), text=words, pid="")
    new = markdown.write([made]).rstrip("\n").replace("\n", newline) + newline
    after = "".join([*lines[:first], new, *lines[block.end :]])
    found = markdown.blocks(after.replace("\r\n", "\n"))
    told = [(b.role, b.text) for b in found]
    wanted = [(b.role, b.text) for b in before]
    wanted[index] = (role, words)
    if told != wanted:
        raise CannotEdit("this paragraph is laid out in a way that cannot be edited from here")
    return text[: len(text) - len(body)] + after


def body_of(text: str) -> str:
    """What follows a file's front matter."""
    match = _FENCE.match(text)
    return text[match.end() :] if match else text


def _others(front: _Front, name: str) -> dict[str, Any]:
    """The fields of a front matter but one."""
    return {k.value: _plain_value(k.value, v) for k, v in front.root.value if k.value != name}


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """The lines that differ between two texts with a few around them: a mark (``+``, ``-`` or a
    blank) and the line."""
    told = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=CONTEXT)
    lines = [line for line in told if not line.startswith(("---", "+++"))]
    return [(line[0], line[1:]) if line[0] != "@" else ("…", "") for line in lines][1:]


class _Front:
    """The front matter of a file, composed, with its place in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        match = _FENCE.match(text)
        if match is None:
            raise CannotEdit("the file has no front matter")
        self.start, self.end = match.span("front")
        self.newline = "\r\n" if "\r\n" in text else "\n"
        try:
            root = yaml.compose(match["front"], Loader=yaml.SafeLoader)
        except yaml.YAMLError as fault:
            raise CannotEdit("its front matter cannot be read") from fault
        if not isinstance(root, yaml.MappingNode):
            raise CannotEdit("its front matter is no list of `key: value` lines")
        self.root = root
        found = [(k, v) for k, v in root.value if k.value == "rulings"]
        self.key: yaml.Node | None = found[0][0] if found else None
        self.node: yaml.Node | None = found[0][1] if found else None

    def entries(self) -> list[yaml.MappingNode]:
        """The rulings as they stand."""
        if not isinstance(self.node, yaml.SequenceNode):
            if isinstance(self.node, yaml.ScalarNode) and self.node.value not in ("", "null", "~"):
                raise CannotEdit("`rulings` is no list")
            return []
        if not all(isinstance(e, yaml.MappingNode) for e in self.node.value):
            raise CannotEdit("`rulings` holds what is no ruling")
        return list(self.node.value)

    def _at(self, mark: Any) -> int:
        return self.start + int(mark.index)

    def _end(self, node: yaml.Node) -> int:
        """The place after a node's last character, without comments and blanks that follow."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        end = self._at(node.end_mark)
        return self._at(node.start_mark) + len(self.text[self._at(node.start_mark) : end].rstrip())

    def _line_start(self, at: int) -> int:
        return max(self.start, self.text.rfind("\n", 0, at) + 1)

    def _line_end(self, at: int) -> int:
        """The place before the line break that ends a line."""
        end = self.text.find("\n", at, self.end)
        end = self.end if end < 0 else end
        return end - 1 if self.text[at:end].endswith("\r") else end

    def _put(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]

    def with_field(self, name: str, value: str) -> str:
        """The text with a field set, or without it."""
        pairs = [(k, v) for k, v in self.root.value if k.value == name]
        if not pairs:
            if not value:
                return self.text
            if self.root.flow_style:
                at = self._end(self.root) - 1
                return self._put(at, at, f", {name}: {_scalar(value)}")
            return self._put(self.end, self.end, f"{self.newline}{name}: {_scalar(value)}")
        key, node = pairs[0]
        if value:
            return self._put(*self._exchange(key, node, _scalar(value)))
        if self.root.flow_style:
            raise CannotEdit("its front matter stands on one line")
        first, last = self._line_start(self._at(key.start_mark)), self._line_end(self._end(node))
        return self._put(first, self.text.find("\n", last) + 1, "")

    # ── one ruling more

    def appended(self, fields: Fields) -> str:
        """The text with a ruling at the end of the list."""
        node = self.node
        if self.root.flow_style:
            end = self._end(self.root) - 1
            if self.key is None:
                return self._put(end, end, f", rulings: [{_flow(fields)}]")
        if isinstance(node, yaml.SequenceNode) and node.value:
            if node.flow_style:
                end = self._end(node) - 1
                return self._put(end, end, f", {_flow(fields)}")
            at = self._after_comments(self._line_end(self._end(node)), node.start_mark.column)
            return self._put(at, at, self.newline + self._block(fields, node.start_mark.column))
        lines = self.newline + self._block(fields, 2)
        if self.key is None:
            return self._put(self.end, self.end, f"{self.newline}rulings:{lines}")
        if node is not None and self._at(node.end_mark) > self._at(node.start_mark):
            if self.root.flow_style:
                return self._put(self._at(node.start_mark), self._end(node), f"[{_flow(fields)}]")
            start = self.text.rfind(":", 0, self._at(node.start_mark)) + 1
            at = self._line_end(self._end(node))
            rest = self.text[self._end(node) : at]
            return self._put(start, at, rest + lines)
        at = self._line_end(self._at(self.key.end_mark))
        return self._put(at, at, lines)

    def _after_comments(self, at: int, column: int) -> int:
        """The end of the comment lines that follow and belong to the last ruling: they are indented
        deeper than its dash."""
        while at < self.end:
            first = self.text.find("\n", at) + 1
            if not first or first > self.end:
                break
            end = self._line_end(first)
            line = self.text[first:end]
            deep = len(line) - len(line.lstrip())
            if not line.lstrip().startswith("#") or deep <= column:
                break
            at = end
        return at

    def _block(self, fields: Fields, column: int) -> str:
        lines = [f"{name}: {_value(fields[name])}" for name in FIELDS if name in fields]
        pad = self.newline + " " * (column + 2)
        return " " * column + "- " + pad.join(lines)

    # ── a ruling changed

    def changed(self, entry: yaml.MappingNode, fields: Fields) -> str:
        """The text with a ruling's fields as given: values are exchanged in place, fields added
        after the last one, and those that are gone taken out."""
        old = _plain_mapping(entry)
        edits: list[tuple[int, int, str]] = []
        pairs = list(entry.value)
        for n, (key, value) in enumerate(pairs):
            name = key.value
            if name in fields:
                if old[name] != fields[name]:
                    edits.append(self._exchange(key, value, _value(fields[name])))
            else:
                edits.append(self._take_out(entry, pairs, n, old[name]))
        new = [n for n in FIELDS if n in fields and n not in old]
        if new and entry.flow_style:
            at = self._end(entry) - 1
            edits.append((at, at, "".join(f", {n}: {_value(fields[n])}" for n in new)))
        elif new:
            at = self._line_end(self._end(entry))
            pad = self.newline + " " * entry.start_mark.column
            edits.append((at, at, "".join(f"{pad}{n}: {_value(fields[n])}" for n in new)))
        text = self.text
        for start, end, words in sorted(edits, reverse=True):
            text = text[:start] + words + text[end:]
        return text

    def _exchange(self, key: yaml.Node, value: yaml.Node, words: str) -> tuple[int, int, str]:
        start, end = self._at(value.start_mark), self._end(value)
        if self._has_comment(value):
            raise CannotEdit(f"a comment stands inside its `{key.value}`")
        if end <= start:
            at = self.text.index(":", self._at(key.end_mark)) + 1
            return at, at, f" {words}"
        return start, end, words

    def _has_comment(self, value: yaml.Node) -> bool:
        """Whether a comment stands between the entries of a list."""
        if not isinstance(value, yaml.SequenceNode):
            return False
        at, between = self._at(value.start_mark), ""
        for entry in value.value:
            between += self.text[at : self._at(entry.start_mark)]
            at = self._end(entry)
        return "#" in between

    def _take_out(
        self, entry: yaml.MappingNode, pairs: Sequence[Any], number: int, old: Any
    ) -> tuple[int, int, str]:
        """A field without which a ruling stays: its lines go; where they hold the list's dash or a
        comment, or all is on one line, it says nothing in its place."""
        key, value = pairs[number]
        first, last = self._line_start(self._at(key.start_mark)), self._line_end(self._end(value))
        rest = self.text[self._end(value) : last]
        if entry.flow_style or not number or rest.strip():
            return self._exchange(key, value, _NOTHING.get(type(old), '""'))
        return first, self.text.find("\n", last) + 1, ""

    # ── a ruling taken out

    def without(self, number: int) -> str:
        """The text without a ruling; comments on lines of their own stay."""
        node = self.node
        assert isinstance(node, yaml.SequenceNode)
        assert self.key is not None
        entry = node.value[number]
        if node.flow_style:
            start, end = self._at(entry.start_mark), self._end(entry)
            if number + 1 < len(node.value):
                end = self._at(node.value[number + 1].start_mark)
            elif number:
                start = self._end(node.value[number - 1])
            return self._put(start, end, "")
        first = self._line_start(self._at(entry.start_mark))
        alone = self._line_start(self._at(self.key.start_mark))
        if len(node.value) == 1 and "#" not in self.text[alone : self._line_end(alone)]:
            first = self._line_start(self._at(self.key.start_mark))
        last = self.text.find("\n", self._line_end(self._end(entry))) + 1
        lines = self.text[first:last].splitlines(keepends=True)
        kept = "".join(x for x in lines if x.lstrip().startswith("#"))
        return self._put(first, last, kept)


@lru_cache(maxsize=8)
def _front(text: str) -> _Front:
    """The front matter of a text. Kept: one decision asks for the same few texts again and
    again."""
    return _Front(text)


def _plain_mapping(node: yaml.MappingNode) -> dict[str, Any]:
    return {k.value: _plain_value(k.value, v) for k, v in node.value}


def _plain_value(name: str, node: yaml.Node) -> Any:
    """What a field holds, as a ruling has it: yes or no as such, everything else as text."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain_value("", v) for v in node.value]
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(node)
    if node.tag.endswith(":bool"):
        return node.value.lower() in ("true", "yes", "on")
    if node.tag.endswith(":null"):
        return ""
    return [node.value] if name in ("same", "of", "paragraphs") else node.value


def _check(before: str, after: str, wanted: Sequence[Fields]) -> None:
    """Raise where anything but the rulings reads otherwise than before, or they not as wanted."""
    old, new = _front(before), _front(after)
    same = _others(old, "rulings") == _others(new, "rulings") and body_of(before) == body_of(after)
    found = [said_by(_plain_mapping(e)) for e in new.entries()]
    if not same or found != [said_by(w) for w in wanted]:
        raise CannotEdit("its rulings are laid out in a way that cannot be edited from here")


def said_by(fields: Fields) -> dict[str, Any]:
    """The fields that say something: one beside which a comment stands is emptied, not taken
    out."""
    return {k: v for k, v in fields.items() if v not in (False, "", [])}


def _flow(fields: Fields) -> str:
    return "{" + ", ".join(f"{n}: {_value(fields[n])}" for n in FIELDS if n in fields) + "}"


def _value(value: Any) -> str:
    """A field's value as YAML, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_scalar(v) for v in value) + "]"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """A text as YAML: as it is where that reads back as the same text, else in quotes."""
    if _PLAIN.fullmatch(text) and text == text.strip():
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if isinstance(node, yaml.ScalarNode) and not node.tag.endswith((":bool", ":null")):
            return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(_BREAKS.get(c, c) for c in quoted)
