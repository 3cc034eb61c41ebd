"""What a person should know of a capture before it is kept: that it is a paywall's stub, or that it
names who saved it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_gen.model import Draft

_STUB_WORDS = 220
"""Stubs hold two to four paragraphs; a whole article with a subscription box is longer, or its last
sentence is whole."""
_WALL = re.compile(
    r"\b(?:to (?:continue|keep) reading|to read (?:the (?:full|rest|whole)|more|on)|"
    r"(?:subscribe|register|log ?in|sign ?in) to (?:continue|unlock|read|view)|"
    r"already a (?:subscriber|member)|unlock (?:this|the) (?:article|story)|(?:article|story|"
    r"content) is (?:reserved|exclusive\w*|only|available)? ?(?:for|to) (?:our )?(?:subscribers|"
    r"members)|subscriber[- ]only|free articles? (?:left|remaining)|remaining free articles?)\b",
    re.IGNORECASE,
)
_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?false", re.IGNORECASE)


def paywalled(draft: Draft, source: str) -> str:
    """A sentence that says why the capture is a paywall's stub; empty where it is not.

    ``source``: the page as text, for what it says of itself; empty for captures that are no pages.
    """
    body = [p.text for p in draft.paragraphs if p.role == "body"]
    size = sum(len(t.split()) for t in body)
    if size > _STUB_WORDS or not body:
        return ""
    asked = next((m[0] for x in draft.left_out if (m := _WALL.search(x.text))), "") or next(
        (m[0] for t in body[-2:] if (m := _WALL.search(t))), ""
    )
    cut = bool(re.search(r"(?:\.\.\.|…)[\"'”’)]*$|[\w,]$", body[-1]))
    if asked:
        return f"only {size} words stand before “{asked}”: this is a paywall's stub"
    if cut and _NOT_FREE.search(source):
        return (
            f"only {size} words, cut off, of an article that the page calls not free: this is a"
            " paywall's stub"
        )
    return ""


@dataclass(frozen=True, slots=True)
class Trace:
    """Something in a saved page that points to the person who saved it: what it looks like, and it,
    with its middle hidden."""

    kind: str
    shown: str


_TRACES = (
    (
        "an account name",
        re.compile(
            r"(?:logged in as|signed in as|welcome back,?|"
            r"my account:)\s+(?:<[^<>]{1,80}>\s*){0,3}([A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)?)",
            re.IGNORECASE,
        ),
    ),
    (
        "an account name",
        re.compile(
            r"\"(?:user_?name|display_?name|account_?name|screen_?name|full_?name|"
            r"login)\"\s*:\s*\"([^\"]{2,80})\"",
            re.IGNORECASE,
        ),
    ),
    (
        "an e-mail address",
        re.compile(
            r"\"(?:[a-z]+_?)?e_?mail\"\s*:\s*\"([^\"@\s]{1,64}@[^\"\s]{3,100})\"", re.IGNORECASE
        ),
    ),
    (
        "an e-mail address",
        re.compile(
            r"<input\b[^>]{0,300}\bvalue\s*=\s*[\"']([^\"'@\s]{1,64}@[^\"'\s]{3,100})[\"']",
            re.IGNORECASE,
        ),
    ),
    ("a token", re.compile(r"\b(eyJ[\w-]{10,400}\.eyJ[\w-]{10,2000}\.[\w-]{10,600})")),
    (
        "a token",
        re.compile(
            r"\"(?:access|auth|id|session|refresh|bearer|user)_?(?:token|id|"
            r"key)\"\s*:\s*\"([\w.+/=-]{20,600})\"",
            re.IGNORECASE,
        ),
    ),
    (
        "a token",
        re.compile(r"[?&](?:token|session|sid|auth|access_token)=([\w.-]{20,200})", re.IGNORECASE),
    ),
)
"""Signs by which pages carry the account of whoever looks at them."""


def traces(source: str) -> tuple[Trace, ...]:
    """What in a saved page looks like a person's account name, e-mail address or token, each
    once."""
    return tuple(dict.fromkeys(_traces(source)))


def _traces(source: str) -> Iterator[Trace]:
    for kind, pattern in _TRACES:
        for match in pattern.finditer(source):
            yield Trace(kind, _masked(match[1]))


def _masked(text: str) -> str:
    return f"{text[:2]}…{text[-2:]}" if len(text) > 6 else f"{text[:1]}…"
