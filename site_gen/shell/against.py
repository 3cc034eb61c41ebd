"""Verdicts that changed since an earlier build: after an edit, a new article or an upgrade of the
rules, and why.

An earlier build is a folder that holds the ``data.json`` of its stories. Rows are recognised by
their ids, and by the ids that they would have without some of their sources. Everything here is a
function of two ``data.json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Data = Mapping[str, Any]
"""A story's ``data.json``, read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A row whose verdict is another than before, that is new, or that is gone; ``why`` is what
    changed in the content or the rules."""

    story: str
    kind: Literal["changed", "new", "gone"]
    row: str
    label: str
    before: str
    after: str
    why: tuple[str, ...]

    def __str__(self) -> str:
        """The change in one line."""
        step = {
            "changed": f"{self.before} → {self.after}",
            "new": f"new: {self.after}",
            "gone": f"gone: was {self.before}",
        }[self.kind]
        return f"{self.story} {self.row} {step} | {self.label} | {'; '.join(self.why)}"


def changes(before: Data, after: Data) -> tuple[Change, ...]:
    """What changed between two builds of one story, rows that several sources share only; gone rows
    last."""
    old, new = (_shared(d) for d in (before, after))
    found = {name: row for row in old for name in (row["id"], *row.get("aliases", ()))} | {
        row["id"]: row for row in old
    }
    story = after["story"]["id"]
    out, met = [], set()
    for row in new:
        was = next(
            (found[name] for name in (row["id"], *row.get("aliases", ())) if name in found), None
        )
        if was is None:
            out.append(_change(story, "new", row, "", _verdict(row), _why(before, after, (row,))))
            continue
        met.add(was["id"])
        if _verdict(was) != _verdict(row):
            out.append(
                _change(
                    story,
                    "changed",
                    row,
                    _verdict(was),
                    _verdict(row),
                    _why(before, after, (was, row)),
                )
            )
    out += [
        _change(story, "gone", row, _verdict(row), "", _why(before, after, (row,)))
        for row in old
        if row["id"] not in met
    ]
    return tuple(
        sorted(out, key=lambda c: (("changed", "new", "gone").index(c.kind), c.label, c.row))
    )


def _change(
    story: str,
    kind: Literal["changed", "new", "gone"],
    row: Data,
    before: str,
    after: str,
    why: tuple[str, ...],
) -> Change:
    return Change(
        story=story,
        kind=kind,
        row=row["id"],
        label=row["label"],
        before=before,
        after=after,
        why=why,
    )


def _shared(data: Data) -> list[Data]:
    return [r for r in data["rows"] if len(r["cells"]) > 1]


def _verdict(row: Data) -> str:
    return str(row["shown"]) + (f" ({row['qualifier']})" if row["qualifier"] else "")


def _why(before: Data, after: Data, rows: Sequence[Data]) -> tuple[str, ...]:
    """What can have made the difference: rules, an editor's ruling, the articles of the row, or
    others of the story."""
    out = []
    if before["rules"] != after["rules"]:
        out.append(f"the rules changed from version {before['rules']} to {after['rules']}")
    rulings = [r.get("ruling") for r in rows]
    if any(rulings) and (len(rulings) < 2 or rulings[0] != rulings[1]):
        out.append("an editor’s ruling")
    old, new = ({a["id"]: a for a in d["articles"]} for d in (before, after))
    own = {c["source"] for r in rows for c in r["cells"]}
    out += list(_articles(old, new, own))
    if not out:
        out += [
            text + ", which the rarity of words in the story depends on"
            for text in _articles(old, new, (old.keys() | new.keys()) - own)
        ][:1]
    return tuple(out) or ("nothing that the data tell: the same rules version on the same text",)


def _articles(
    old: Mapping[str, Data], new: Mapping[str, Data], names: Iterable[str]
) -> Iterator[str]:
    for name in sorted(names):
        if name not in old:
            yield f"{name} is new"
        elif name not in new:
            yield f"{name} is gone"
        elif [p["text"] for p in old[name]["paragraphs"]] != [
            p["text"] for p in new[name]["paragraphs"]
        ] or old[name]["headline"] != new[name]["headline"]:
            yield f"the text of {name} changed"
        elif old[name]["published"] != new[name]["published"]:
            yield f"{name} has another publication date"
