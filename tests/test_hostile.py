"""Captures are hostile input: each reader gives a draft or a sentence for people, whatever it is
fed; nothing else ever."""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from site_gen.capture import capture
from tests.hostile import KINDS, cases

pytestmark = pytest.mark.usefixtures("no_network")

NUMBER = int(os.environ.get("SITE_GEN_HOSTILE", "200"))
"""Cases a reader; `make exam` sets 10,000."""
HANG = 10
"""Seconds after which a case counts as hung."""
MEMORY = 400 * 2**20
"""Bytes beyond what the process held before."""


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """As in the command: what the readers' libraries log of broken files is not kept."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


CLEAR, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


def memory_from_here() -> int:
    """What this process holds, and from here on its most counts anew, where the system can do that:
    other tests may have held more."""
    with contextlib.suppress(OSError):
        CLEAR.write_text("5", encoding="ascii")
    return most_memory() if CLEAR.exists() else 0


def most_memory() -> int:
    """The most bytes that this process held."""
    if STATUS.exists():
        return int(STATUS.read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_captures(kind: str) -> None:
    """No crash, no hang, no more memory than a small machine has."""
    number = -1

    def hung(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"case {number} of {kind} hangs")

    held = memory_from_here()
    before = signal.signal(signal.SIGALRM, hung)
    try:
        for number, data in cases(kind, NUMBER):
            signal.alarm(HANG)
            try:
                said = str(capture(data, kind))
            except ValueError as fault:
                said = str(fault)
            except Exception as fault:
                raise AssertionError(
                    f"case {number} of {kind}: {type(fault).__name__}: {fault}"
                ) from fault
            assert said, f"case {number} of {kind} says nothing"
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    assert most_memory() - held < MEMORY


LARGE = {
    "a line of 10 MB": ("text", b"word " * 2_000_000),
    "390,000 short lines": ("text", b"By a\n" * 390_000),
    "brackets": ("markdown", b"[a](" * 70_000),
    "stars": ("markdown", b"*a " * 99_000),
    "a paragraph of 10 MB": ("html", b"<p>" + b"word " * 2_000_000 + b"</p>"),
    "elements 200,000 deep": ("html", b"<div>" * 200_000 + b"hello there"),
    "20,000 open scripts": ("html", b'<script type="application/ld+json">' * 20_000),
    "500,000 attributes": ("html", b"<p " + b"a=b " * 500_000 + b">hello</p>"),
    "an entity bomb": (
        "html",
        b"<!DOCTYPE x [<!ENTITY a0 'ha'>"
        + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
        + b"]><p>&a9;</p>",
    ),
}


@pytest.mark.parametrize(("kind", "data"), LARGE.values(), ids=LARGE.keys())
def test_very_large_captures(kind: str, data: bytes) -> None:
    """They are read, or refused in words, before anybody waits."""
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(
        3 * HANG
    )  # three times what a person would bear, as test machines can be slow and busy
    try:
        said = str(capture(data, kind).paragraphs)
    except ValueError as fault:
        said = str(fault)
    finally:
        signal.alarm(0)
    assert said
