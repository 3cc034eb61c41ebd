"""What ``add`` was told to read: files, standard input, addresses, folders, and lists of files and
addresses. Shell.

A list is a table (``.csv``) or YAML (``.yml``) with one capture a line: ``file`` or ``url``, and
any of what the command line can say of a capture, ``outlet`` and ``published`` above all.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import yaml

from site_gen.capture import KINDS
from site_gen.capture.addresses import copy_said, ending_of, media_type, without_bar
from site_gen.model import ContentError
from site_gen.shell import recognise
from site_gen.shell.files import read_limited, too_large
from site_gen.shell.given import faults_of
from site_gen.shell.recognise import LARGEST
from site_gen.shell.written import Given
from site_gen.yaml_lines import Reader, compose, nearest

if TYPE_CHECKING:
    from site_gen.shell.fetch import Answer, Client

Progress = Callable[[int, int, str], None]
LISTS = (".csv", ".yml", ".yaml")
"""Endings of lists."""
LARGEST_LIST = 5_000_000
_SAID = (
    "outlet",
    "published",
    "captured",
    "headline",
    "authors",
    "agency",
    "language",
    "rights",
    "name",
    "partial",
)
"""What a list can say of a capture beside ``file`` and ``url``."""
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|msclkid|ocid|cmpid")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A capture as it was read: its name for messages, its bytes, the ending that says what it is,
    and what is said of it; of a fetched page also what answered."""

    name: str
    data: bytes
    ending: str
    given: Given
    answer: Answer | None = None
    charset: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """Something to read: a file, ``-`` or an address, and what is said of it."""

    name: str
    given: Given


def is_address(name: str) -> bool:
    """Whether what a person gave is a web address, not a file."""
    return name.lower().startswith(("http://", "https://"))


def items(
    names: Iterable[str], given: Given
) -> tuple[list[Item], list[ContentError], list[ContentError]]:
    """What is to be read, in order; what is wrong with the names and lists; and files of folders
    that are passed over, as notes."""
    out: list[Item] = []
    errors: list[ContentError] = []
    notes: list[ContentError] = []
    for name in names:
        try:
            if "://" in name and not is_address(name):
                mend = "it must start with https:// or http://"
                errors.append(ContentError(name, 0, "this is no address of the web", mend))
            elif name == "-" or is_address(name):
                out.append(Item(name=name, given=given))
            elif Path(name).is_dir():
                out += _of_folder(Path(name), given, errors, notes)
            elif Path(name).suffix.lower() in LISTS:
                out += _of_list(Path(name), given, errors)
            else:
                out.append(Item(name=name, given=given))
        except OSError as fault:
            errors.append(_unread(name, fault))
    return out, errors, notes


def _of_folder(
    folder: Path, given: Given, errors: list[ContentError], notes: list[ContentError]
) -> list[Item]:
    """The captures in a folder in the order of their names; folders in it (a saved page's pictures)
    are not looked into."""
    found = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith("."))
    read = [p for p in found if p.suffix.lower() in KINDS]
    notes += [
        ContentError(str(p), 0, "this file of the folder is no capture and is passed over", "")
        for p in found
        if p not in read
    ]
    if not read:
        errors.append(
            ContentError(
                str(folder), 0, "no capture is in this folder", f"known are {', '.join(KINDS)}"
            )
        )
    return [Item(name=str(p), given=given) for p in read]


def _of_list(path: Path, given: Given, errors: list[ContentError]) -> list[Item]:
    try:
        text = read_limited(path, LARGEST_LIST).decode("utf-8-sig")
    except ContentError as fault:
        errors.append(fault)
        return []
    except UnicodeDecodeError:
        errors.append(ContentError(str(path), 0, "this list is not UTF-8", "save it as UTF-8"))
        return []
    before = len(errors)
    rows = _of_table if path.suffix.lower() == ".csv" else _of_yaml
    out = []
    for line, row in rows(text, path, errors):
        item = _item(path, line, row, given, errors)
        if item is not None:
            out.append(item)
    if not out and len(errors) == before:
        errors.append(
            ContentError(
                str(path), 0, "this list is empty", "a line a capture: file or url, outlet, …"
            )
        )
    return out


Row = tuple[int, Mapping[str, Any]]
"""A line of a list, and its fields: texts, a tuple of them for ``authors``, a flag for
``partial``."""


def _of_table(text: str, path: Path, errors: list[ContentError]) -> Iterator[Row]:
    """The rows of a table; commas, semicolons or tabs part its cells, whichever its head has."""
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    try:
        names = [n.strip().lower() for n in next(reader, [])]
        known = ("file", "url", *_SAID)
        for name in names:
            if name not in known:
                errors.append(
                    ContentError(
                        str(path), 1, f"`{name}` is no column that is known", nearest(name, known)
                    )
                )
        if not {"file", "url"} & set(names):
            errors.append(
                ContentError(
                    str(path),
                    1,
                    "the head names neither `file` nor `url`",
                    "the first line names the columns: file,outlet,published",
                )
            )
            return
        for cells in reader:
            if any(c.strip() for c in cells):
                if len(cells) > len(names):
                    fault = f"this line has {len(cells)} cells, the head {len(names)}"
                    mend = 'put a cell with a comma in it into "…"'
                    errors.append(ContentError(str(path), reader.line_num, fault, mend))
                    continue
                row: dict[str, Any] = {
                    n: c.strip() for n, c in zip(names, cells, strict=False) if c.strip()
                }
                if "authors" in row:
                    row["authors"] = tuple(a.strip() for a in row["authors"].split(";"))
                row["partial"] = row.get("partial", "").lower() in ("true", "yes", "1", "x")
                yield reader.line_num, row
    except csv.Error as fault:
        errors.append(
            ContentError(str(path), reader.line_num, f"this is no table ({fault})", "look at it")
        )


def _of_yaml(text: str, path: Path, errors: list[ContentError]) -> Iterator[Row]:
    """The entries of a YAML list."""
    body = re.sub(r"\A---[ \t]*(?:\n|\Z)", "#\n", text)
    node = compose(f"captures:\n{body}", str(path), 0, errors)
    listed = node.value[-1][1] if node is not None and node.value else None
    if listed is None or (isinstance(listed, yaml.ScalarNode) and not listed.value):
        return
    if not isinstance(listed, yaml.SequenceNode):
        errors.append(
            ContentError(
                str(path),
                1,
                "this is no list of captures",
                "begin each capture with `- file: …` or `- url: …`",
            )
        )
        return
    for entry in listed.value:
        if isinstance(entry, yaml.ScalarNode):
            key = "url" if is_address(entry.value) else "file"
            yield entry.start_mark.line, {key: entry.value}
        elif isinstance(entry, yaml.MappingNode):
            fields = Reader(entry, str(path), 0, errors)
            fields.known |= {"file", "url", *_SAID}
            row: dict[str, Any] = {
                key: fields.text(key)
                for key in ("file", "url", *_SAID)
                if key not in ("authors", "partial") and key in fields.nodes
            }
            if "authors" in fields.nodes:
                row["authors"] = fields.texts("authors")
            row["partial"] = fields.flag("partial")
            fields.finish()
            yield entry.start_mark.line, row


def _item(
    path: Path, line: int, row: Mapping[str, Any], given: Given, errors: list[ContentError]
) -> Item | None:
    """A line of a list as something to read; what the line says wins over the command line."""
    file, url = row.get("file", ""), row.get("url", "")
    if not file and not url:
        errors.append(
            ContentError(str(path), line, "this line names no file and no url", "give one of them")
        )
        return None
    said = {key: row[key] for key in _SAID if row.get(key)}
    own = replace(given, **said, **({"url": url} if file and url else {}))
    faults = faults_of(replace(own, keep=frozenset()))
    errors += [
        ContentError(str(path), line, f"{f.path.removeprefix('--')}: {f.message}", f.hint)
        for f in faults
    ]
    if url and not file and not is_address(url):
        errors.append(
            ContentError(
                str(path), line, f"`{url}` is no web address", "it must start with https://"
            )
        )
    return Item(name=str(path.parent / file) if file else url, given=own)


def read(
    wanted: Sequence[Item],
    standard_input: BinaryIO,
    client: Callable[[], Client],
    progress: Progress,
) -> tuple[list[Source], list[ContentError]]:
    """The captures' bytes in order, and what cannot be read or fetched; a file over ``LARGEST`` is
    not read at all. ``client`` is called where an address is among them."""
    out: list[Source] = []
    errors: list[ContentError] = []
    using: Client | None = None
    for done, item in enumerate(wanted):
        progress(done, len(wanted), item.name)
        try:
            if is_address(item.name):
                using = using or client()
                out.append(fetched(using.get(without_bar(item.name)), item))
            else:
                out.append(_of_file(item, standard_input))
        except ContentError as fault:
            shown = fault.path if not is_address(item.name) else item.name
            errors.append(ContentError(shown, fault.line, fault.message, fault.hint))
        except OSError as fault:
            errors.append(_unread(item.name, fault))
    progress(len(wanted), len(wanted), "")
    return out, errors


def _of_file(item: Item, standard_input: BinaryIO) -> Source:
    name = item.name
    data = standard_input.read(LARGEST + 1) if name == "-" else read_limited(Path(name), LARGEST)
    if len(data) > LARGEST:
        raise too_large(name, LARGEST)
    return Source(name=name, data=data, ending=recognise.ending_of(name), given=item.given)


def fetched(answer: Answer, item: Item) -> Source:
    """An answer as a capture: its address, its moment and the archive that it is in are part of
    what is said of it. ``ContentError`` where it is nothing that is read."""
    ending = ending_of(answer.address, answer.headers, answer.data)
    if not ending:
        raise ContentError(
            item.name,
            0,
            f"what answers is no article ({media_type(answer.headers)[0] or 'of no known type'})",
            "give the address of the page itself",
        )
    copy = copy_said(answer.address, answer.headers)
    moment = copy.moment if copy and copy.moment else answer.at
    said: dict[str, Any] = {
        "url": copy.original if copy and copy.original else plain_address(answer.address),
        "captured": moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M+00:00"),
        "archive": (copy.address,) if copy else (),
    }
    ours = {key: value for key, value in said.items() if value and not getattr(item.given, key)}
    return Source(
        name=item.name,
        data=answer.data,
        ending=ending,
        given=replace(item.given, **ours, by_address=frozenset(ours)),
        answer=answer,
        charset=media_type(answer.headers)[1],
    )


def plain_address(address: str) -> str:
    """An address without what follows readers around (``utm_source`` …) and without a fragment."""
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(k, v) for k, v in pairs if not _TRACKING.fullmatch(k.lower())]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit(parts._replace(query=query, fragment=""))


def _unread(name: str, fault: OSError) -> ContentError:
    return ContentError(
        name,
        0,
        f"this file cannot be read ({fault.strerror or fault})",
        "look at its name and its rights",
    )
