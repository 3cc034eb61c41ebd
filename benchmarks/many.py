"""Generated stories for measuring size: ``python -m benchmarks many FOLDER 5000`` writes a content
folder. Invented text only."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

PLACES = (
    "Lower Oster",
    "Hallin",
    "Cape Marrow",
    "Brennick",
    "Tarn Hollow",
    "Upper Fell",
    "Saltmere",
    "Quarrow",
)
THINGS = (
    "ferry",
    "gondola",
    "bridge",
    "school",
    "dam",
    "tunnel",
    "market",
    "library",
    "railway",
    "harbour",
)
EVENTS = (
    "was closed",
    "was flooded",
    "lost its roof",
    "caught fire",
    "reopened",
    "was sold",
    "was evacuated",
    "stopped working",
)
OUTLETS = ("Harbour Courier", "National Ledger", "Evening Beacon", "Lakeside Gazette")


def write(folder: Path, stories: int) -> None:
    """Write that many stories of two articles each; the same number gives the same files."""
    rng = random.Random(stories)
    for n in range(stories):
        place, thing, event = rng.choice(PLACES), rng.choice(THINGS), rng.choice(EVENTS)
        day = dt.date(2031, 1, 1) + dt.timedelta(days=rng.randrange(2000))
        home = folder / f"story-{n:05d}"
        home.mkdir(parents=True, exist_ok=True)
        title = f"The {thing} of {place} {event}"
        (home / "index.md").write_text(
            f'---\ntitle: "{title}"\nsummary: "Two reports from {place}."\ntags: [{thing}]\n---\n',
            encoding="utf-8",
        )
        people = rng.randrange(20, 900)
        for outlet in rng.sample(OUTLETS, 2):
            said = rng.choice(
                (
                    f"{people} people",
                    f"some {people // 10 * 10} people",
                    f"up to {people + 20} people",
                )
            )
            name = outlet.lower().replace(" ", "-")
            (home / f"{name}.md").write_text(
                f"---\noutlet: {outlet}\nheadline: {title}\npublished: {day}\nrights:"
                f" own\n---\n\nThe {thing} of {place} {event} on {day:%A}, and {said} were on their"
                f" way home.\n\nMayor Petra Lind said the {thing} would cost"
                f" ${rng.randrange(1, 90)} million to mend.\n\nIt was built in"
                f" {rng.randrange(1890, 2020)} and had been inspected {rng.randrange(2, 9)} months"
                " ago.\n",
                encoding="utf-8",
            )
