"""What a form of the desk says: an editor's decision, as fields of rulings. Shell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from site_gen.front_matter import Fields
from site_gen.model import ReviewItem
from site_gen.model.message import say
from site_gen.shell.opened import Refused

LONGEST = 2000
"""Characters of what an editor types into one field."""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, in order; a name may stand there several times."""

    pairs: Sequence[tuple[str, str]]

    def one(self, name: str) -> str:
        """The first value of that name; empty where there is none."""
        return next((v for k, v in self.pairs if k == name), "")

    def all(self, name: str) -> list[str]:
        """All values of that name."""
        return [v for k, v in self.pairs if k == name]

    def starting(self, prefix: str) -> list[tuple[str, str]]:
        """The values whose names begin so, each with the rest of its name."""
        return [(k[len(prefix) :], v) for k, v in self.pairs if k.startswith(prefix)]

    def plain(self) -> dict[str, str]:
        """The first value of each name."""
        return dict(reversed(self.pairs))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a form decides: the fields of the ruling on the finding, those of rulings on mentions,
    what it is in words, and whether the finding still has to be decided."""

    said: Fields
    mentions: tuple[tuple[str, Fields], ...]
    what: str
    stays: bool = False


PLAIN: dict[str, tuple[dict[str, Any], str]] = {
    "same": ({"same": True}, say("Written: same thing.")),
    "different": ({"different": True}, say("Written: different things.")),
    "right": ({"right": True}, say("Written: right.")),
    "hide": ({"hide": True}, say("Written: hidden.")),
    "clear": (
        dict.fromkeys(("same", "different", "right", "verdict", "hide"), ""),
        say("The decision is taken back."),
    ),
}
"""The decisions that a button alone makes."""


def said_in(form: Form, item: ReviewItem) -> Decision:
    """The decision of a form on a finding; :class:`Refused` where it says nothing."""
    act = form.one("act")
    if act in PLAIN:
        said, what = PLAIN[act]
        return Decision(said, (), what, stays=act == "clear")
    if act in ("out", "add") and item.kind == "passage":
        return _of_passage(form, act, item.target[1:])
    if act in ("value", "speaker"):
        return _of_mentions(form, act)
    if act == "join":
        other = _typed(form, "join")
        return Decision({"same": [other]}, (), say("Written: same thing as {name}.", name=other))
    if act == "verdict":
        said = {"verdict": _typed(form, "verdict"), "reason": _text(form, "reason")}
        return Decision(said, (), say("Written: a verdict."))
    if act == "label":
        return Decision(
            {"label": _typed(form, "label")},
            (),
            say("Written: another label. The decision is still yours to make."),
            stays=True,
        )
    if act == "note":
        said = {name: _text(form, name) for name in ("reason", "note", "response")}
        return Decision(said, (), say("Written: a note. A note decides nothing."), stays=True)
    raise Refused("This form says nothing that the desk knows.")


def _of_passage(form: Form, act: str, names: Sequence[str]) -> Decision:
    """One paragraph more, one less, or none together. ``names``: the passage's paragraphs."""
    chosen = _typed(form, act)
    if act == "add":
        said = {"paragraphs": sorted({*names, chosen}), "same": True}
        return Decision(said, (), say("Written: one paragraph more."))
    if chosen == "all":
        return Decision({"hide": True}, (), say("Written: different things."))
    if chosen not in names:
        raise Refused("This paragraph is no longer in the passage.")
    said = {"paragraphs": [chosen, *(n for n in names if n != chosen)], "different": True}
    return Decision(said, (), say("Written: one paragraph left out."))


def _of_mentions(form: Form, act: str) -> Decision:
    found = [(name, _cut(value)) for name, value in form.starting(f"{act}:")]
    # an emptied value takes the reading back; the first choice of a speaker is "as it is"
    said = tuple((name, {act: value}) for name, value in found if value or act == "value")
    if not said:
        raise Refused("Nothing was typed or chosen, so nothing was written.")
    what = (
        say("Written: another value. The decision is still yours to make.")
        if act == "value"
        else say("Written: who says it. The decision is still yours to make.")
    )
    return Decision({}, said, what, stays=True)


def _text(form: Form, name: str) -> str:
    return _cut(form.one(name))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise Refused(f"That is longer than {LONGEST} characters.")
    return text


def _typed(form: Form, name: str) -> str:
    text = _text(form, name)
    if not text:
        raise Refused("Nothing was typed or chosen, so nothing was written.")
    return text
