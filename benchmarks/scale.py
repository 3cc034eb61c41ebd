"""scale: what grows, and how: ten times the stories in time and memory, a cluster of one worker and
of two, very long articles and paragraphs, many sources with many facts:

    python -m benchmarks scale CONTENT_FOLDER OUT.json [stories] [cluster] [long] [facts] [group]

Memory is that of all processes of a build together (the proportional set size of Linux, which
counts a shared page once), looked at ten times a second.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.long_stories import DAY, NOUNS, two
from benchmarks.peers import NO_INDEX
from site_gen.model import Article, Moment, Paragraph, Story
from site_gen.pipeline import analyse

TIMES = 10
MEGABYTE = 1_000_000
WORKERS = 2
SOURCES, FACTS = 10, 100


def family(root: int) -> list[int]:
    """A process and those that descend from it."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(path.parent.name))
    out = [root]
    for one in out:
        out += parents.get(one, [])
    return out


def megabytes(root: int) -> float:
    """What a process and its descendants take together."""
    total = 0
    for one in family(root):
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next((int(x.split()[1]) for x in text.splitlines() if x.startswith("Pss:")), 0)
    return total / 1000


def watched(command: list[str], cwd: Path) -> dict[str, float]:
    """Wall seconds of a command, and the most memory that it took."""
    start, peak = time.perf_counter(), 0.0
    process = subprocess.Popen(command, cwd=cwd)
    while process.poll() is None:
        peak = max(peak, megabytes(process.pid))
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"{command} failed")
    return {"seconds": round(time.perf_counter() - start, 1), "megabytes": round(peak)}


def build(content: Path, *options: str) -> dict[str, float]:
    """A build from nothing without a search index."""
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-c", NO_INDEX, "build", "-q", "--content", str(content)]
        return watched([*command, "--out", "out", *options], Path(place))


def stories(content: Path) -> Iterator[tuple[str, Mapping[str, float]]]:
    """The folder, and as many stories ten times over (names of the copies differ, texts do not:
    nothing is kept between builds)."""
    with tempfile.TemporaryDirectory() as place:
        many = Path(place, "many")
        for story in (p for p in content.iterdir() if (p / "index.md").is_file()):
            for n in range(TIMES):
                shutil.copytree(story, many / f"{story.name[:80]}-x{n}")
        count = sum((p / "index.md").is_file() for p in content.iterdir())
        once = build(content)
        yield f"{count} stories", once
        more = build(many)
        yield f"{count * TIMES} stories", more
        ratios = {k: round(more[k] / once[k], 2) for k in once}
        yield "ratio", ratios


@contextmanager
def cluster_of(workers: int, home: Path) -> Iterator[str]:
    """A scheduler of dask and so many workers of one thread each, on this machine; the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    shared = ["--no-dashboard", "--host", "127.0.0.1"]
    told = {"cwd": home, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    program = [sys.executable, "-m"]
    port = address.rpartition(":")[2]
    found = [
        subprocess.Popen(
            [*program, "distributed.cli.dask_scheduler", "--port", port, *shared], **told
        )
    ]
    alone = ["--nthreads", "1", "--no-nanny", "--local-directory", str(home)]
    found += [
        subprocess.Popen(
            [*program, "distributed.cli.dask_worker", address, *alone, *shared], **told
        )
        for _ in range(workers)
    ]
    try:
        time.sleep(6)
        yield address
    finally:
        for process in found:
            process.kill()
            process.wait()


def cluster(content: Path) -> Iterator[tuple[str, Mapping[str, float]]]:
    """A build by one worker and by two."""
    took = {}
    for workers in (1, WORKERS):
        with tempfile.TemporaryDirectory() as home, cluster_of(workers, Path(home)) as address:
            build(_few(content, Path(home)), "--no-cache", "--cluster", address)  # loads the code
            took[workers] = build(content, "--no-cache", "--cluster", address)["seconds"]
        yield f"cluster, {workers} worker{'s' * (workers > 1)}", {"seconds": took[workers]}
    yield "cluster, gain", {"ratio": round(took[1] / took[WORKERS], 2)}


def _few(content: Path, home: Path) -> Path:
    names = sorted(p.name for p in content.iterdir() if (p / "index.md").is_file())
    for name in names[:4]:
        shutil.copytree(content / name, home / "few" / name)
    return home / "few"


SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve wi xo yu za kla tre mon sil dor han".split()
FIGURES, DAYS_NAMED, QUOTED = 0.17, 0.27, 0.2
"""Shares of the sentences of real news stories that hold a figure, a date, somebody's words in
quotation marks; their sentences have 140 characters."""


def prose(characters: int, paragraph: int, seed: int) -> str:
    """Invented sentences as dense as those of news, in paragraphs of about so many characters, a
    line each."""
    chosen = random.Random(seed)
    verbs = "closed opened moved crossed repaired painted sold watched followed counted".split()
    lines: list[str] = []
    line: list[str] = []
    size = room = 0
    while size < characters:
        place = f"{chosen.choice(SYLLABLES).title()}{chosen.choice(SYLLABLES)}ville"
        some = [chosen.choice(NOUNS) for _ in range(7)]
        words = f"The {some[0]} of {place} {chosen.choice(verbs)} the {some[1]} near the {some[2]}"
        if chosen.random() < FIGURES:
            words += f" and {chosen.randint(2, 9000)} {some[3]}s behind it"
        if chosen.random() < DAYS_NAMED:
            words += f" on {chosen.choice(('Monday', 'Tuesday', '3 June', '9 June'))}"
        words += f", as the {some[4]} had done when the {some[5]} was still a {some[6]}"
        if chosen.random() < QUOTED:
            name = f"{chosen.choice(SYLLABLES)}{chosen.choice(SYLLABLES)}son".title()
            words = f"“{words},” said {name} of the {some[3]}"
        line.append(f"{words}.")
        size += len(line[-1])
        room += len(line[-1])
        if room >= paragraph:
            lines.append(" ".join(line))
            line, room = [], 0
    return "\n".join([*lines, " ".join(line)] if line else lines)


def long(content: Path) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Articles of half a megabyte and one, and paragraphs of 150 and 300 kB, each beside a short
    article."""
    short = prose(5000, 400, 1)
    for name, size, paragraph in (
        ("article of 0.5 MB", MEGABYTE // 2, 500),
        ("article of 1 MB", MEGABYTE, 500),
        ("paragraph of 150 kB", 150_000, 150_000),
        ("paragraph of 300 kB", 300_000, 300_000),
    ):
        story = two(prose(size, paragraph, 2), short)
        with tempfile.TemporaryDirectory() as place:
            _write(story, Path(place))
            yield name, build(Path(place))


def _write(story: Story, home: Path) -> None:
    folder = home / "story"
    folder.mkdir()
    (folder / "index.md").write_text("---\ntitle: Story\n---\n")
    for article in story.articles:
        head = f"---\nheadline: {article.id}\noutlet: {article.outlet}\npublished: 2031-06-12\n"
        head += "language: en\nrights: own\n---\n\n"
        text = "\n\n".join(p.text for p in article.paragraphs)
        (folder / f"{article.id}.md").write_text(f"{head}{text}\n")


FORMS = (
    "The {a} counted {n} {b}s at the {c} of the {d}.",
    "At the {c} of the {d}, {n} {b}s were counted by the {a}.",
    "{n} {b}s stood at the {c}, the {a} said.",
)
DATED = "At the {c}, {n} {b}s were damaged on {day} June, the {b} office said."


def _source(name: str, seed: int, forms: Sequence[str], sentences: int) -> Article:
    """The same facts in each source, put in one of several ways; a third of the numbers differ."""
    same, own = random.Random(99), random.Random(seed)
    lines = []
    for _ in range(sentences):
        said = dict(zip("abcd", same.choices(NOUNS, k=4), strict=True))
        number, day = same.randint(2, 900), same.randint(1, 28)
        number += own.randint(1, 5) if own.random() < 0.3 else 0
        line = own.choice(forms).format(**said, n=number, day=day)
        lines.append(line[0].upper() + line[1:])
    texts = [" ".join(lines[n : n + 4]) for n in range(0, len(lines), 4)]
    paragraphs = tuple(
        Paragraph(index=n, role="body", text=text, pid=f"p-{n}") for n, text in enumerate(texts)
    )
    return Article(
        id=name, outlet=name, path=name, published=Moment(day=DAY), paragraphs=paragraphs
    )


def facts(content: Path) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Ten sources that report a hundred facts each, the same ones: analysis alone. First a figure a
    sentence; then a figure and a day in each of half as many that are all alike."""
    analyse(two(prose(2000, 400, 1), prose(2000, 400, 2)))  # what is loaded once is not timed
    for name, forms, sentences in (
        ("100 figures", FORMS, FACTS),
        ("50 figures and 50 days, alike", (DATED,), FACTS // 2),
    ):
        articles = tuple(_source(f"source-{n}", n, forms, sentences) for n in range(SOURCES))
        story = Story(id="s", title="S", path="s", articles=articles)
        start = time.process_time()
        analyse(story)
        took = round(time.process_time() - start, 2)
        yield f"{SOURCES} sources of {name}, analysis", {"seconds": took}


ARTICLES, DAYS = 100_000, 400


def pile(path: Path, articles: int) -> int:
    """Write invented articles, a line of JSON each, of events with one to six reports of about 200
    words; the number of events."""
    chosen = random.Random(articles)
    words = ["".join(chosen.choices(SYLLABLES, k=chosen.randint(2, 4))) for _ in range(30_000)]
    weights = list(itertools.accumulate(1 / (n + 8) for n in range(len(words))))
    done = events = 0
    with path.open("w", encoding="utf-8") as handle:
        while done < articles:
            events += 1
            day = dt.date(2031, 1, 1) + dt.timedelta(chosen.randrange(DAYS))
            names = [chosen.choice(words).title() for _ in range(6)]
            own = [*names, *chosen.sample(words, 24), str(chosen.randint(20, 9000))]
            for _ in range(min(chosen.choice((1, 1, 2, 3, 4, 6)), articles - done)):
                said = chosen.choices(words, cum_weights=weights, k=160)
                said += [w for w in own if chosen.random() < 0.6 for _ in range(2)]
                chosen.shuffle(said)
                text = " ".join([names[0], "and", names[1], *said]) + "."
                late = (day + dt.timedelta(chosen.randrange(2))).isoformat()
                handle.write(json.dumps({"text": text, "published": late}) + "\n")
                done += 1
    return events


def grouped(content: Path) -> Iterator[tuple[str, Mapping[str, float]]]:
    """A pile of a hundred thousand articles."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "pile.jsonl")
        events = pile(path, ARTICLES)
        command = [sys.executable, "-m", "site_gen", "group", str(path), "-q"]
        yield f"group: {ARTICLES} articles of {events} events", watched(command, Path(place))


PARTS: Mapping[str, Callable[[Path], Iterator[tuple[str, Mapping[str, float]]]]] = {
    "stories": stories,
    "cluster": cluster,
    "long": long,
    "facts": facts,
    "group": grouped,
}


def run(content: Path, out: Path, parts: list[str]) -> None:
    """Measure the parts (all where none is named), print them, and add them to the JSON file."""
    found = json.loads(out.read_text()) if out.exists() else {}
    for part in parts or PARTS:
        for name, row in PARTS[part](content):
            print(f"{name:36}", *(f"{key} {value:g}" for key, value in row.items()), flush=True)
            found[name] = row
    out.write_text(json.dumps(found, indent=1) + "\n")
