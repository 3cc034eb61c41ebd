"""fit-attribution: the weights of who says what, fitted on labelled articles (PolNeAR, LREC 2018),
publishers as folds.

A logistic regression for the source of a cue and two for what a cue gives, near and far; weights
are rounded to hundredths of log odds. What is reported is of articles of publishers that the
weights did not see.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import site_gen
from benchmarks import read
from benchmarks.fitting import Examples, Fitted, fit, out_of_fold
from site_gen.find.speech.weigh import LEAST, Block, Key, Option, blocks, options, sources
from site_gen.language.reading import NounPhrase

PARAGRAPH = re.compile(r"[^\n]+")
WORD = re.compile(r"[\w$€£%][\w.,'’&/%-]*")
STOP = frozenset(
    "the a an of and in on at for to who which that by from with his her their its".split()
)
SAYING = re.compile(
    r"accord|say|said|tell|told|report|claim|argu|add(?:ed|s|ing)?\b|announc|writ|wrote|tweet|"
    r"post(?:ed|s)\b|stat(?:e|ed|es|ing)\b|estimat|warn|not(?:e|ed|es|ing)\b|explain|suggest|"
    r"acknowledg|insist|ask|repl(?:y|ied|ies)|respond|call|describ|show|f(?:ind|ound)\b|conclud|"
    r"predict|project|alleg|assert|stress|conced|contend|complain|point|reveal|maintain|testif|"
    r"confirm|den(?:y|ied|ies|ying)|declar|continu|admit|recall|quot|cit(?:e|ed|es|ing)\b|"
    r"indicat|accus|criti|remark|observ|mention|emphasi|reiterat|repeat|joke|quip|shout|speak|"
    r"spoke|answer|clarif|disclos|detail|counter|charg|read|promis|vow|pledg|urg|word|statement|"
    r"interview|email|poll|survey|comment|speech|letter|:",
    re.IGNORECASE,
)
"""Cues of labelled attributions that are of saying, reporting or showing; wanting, planning and
fearing vouch for nothing."""


def key(word: str) -> str:
    """A word without case, possessive and points."""
    return re.sub(r"[’']s?$", "", word.strip(".,;:!?\"“”'‘’()").lower())


@dataclass(frozen=True)
class Labelled:
    """An article with its labels: paragraphs with their offsets, readings, and for each character
    who gives it."""

    id: str
    text: str
    starts: tuple[int, ...]
    blocks: list[Block]
    attributions: list[dict[str, Any]]
    given: dict[int, int]
    ignored: set[int]

    @property
    def fold(self) -> str:
        """The publisher."""
        return self.id.split("_")[0]

    def span(self, paragraph: int, first: int, last: int) -> tuple[int, int]:
        """Offsets in the article of a paragraph's tokens."""
        tokens = self.blocks[paragraph].reading.tokens
        return self.starts[paragraph] + tokens[first].start, self.starts[paragraph] + tokens[
            last - 1
        ].end


def labelled(folder: Path) -> Iterator[Labelled]:
    """The articles of the benchmark's folder."""
    gold = {
        g["id"]: g["attributions"]
        for g in map(json.loads, (folder / "polnear.gold.jsonl").open(encoding="utf-8"))
    }
    for doc in map(json.loads, (folder / "polnear.docs.jsonl").open(encoding="utf-8")):
        text, found = doc["text"], gold.get(doc["id"], [])
        places = list(PARAGRAPH.finditer(text))
        given: dict[int, int] = {}
        ignored: set[int] = set()
        for n, a in enumerate(found):
            said = any(a.get("source", ())) and SAYING.search(
                " ".join(text[s:e] for s, e in a.get("cue", ()))
            )
            for s, e in a["content"]:
                given.update(dict.fromkeys(range(s, e), n)) if said else ignored.update(range(s, e))
            for role in ("source", "cue"):
                for s, e in a.get(role, ()):
                    ignored.update(range(s, e))
        yield Labelled(
            doc["id"],
            text,
            tuple(m.start() for m in places),
            blocks([m[0] for m in places]),
            found,
            given,
            ignored,
        )


def source_examples(
    articles: Sequence[Labelled],
) -> tuple[Examples, list[tuple[int, Key, NounPhrase]]]:
    """Every cue with every phrase that can be its source; right where the labels have the phrase's
    head in the source of that cue."""
    out, places = Examples(), []
    for n, article in enumerate(articles):
        at_cue: dict[int, list[int]] = {}
        for k, a in enumerate(article.attributions):
            for s, e in a.get("cue", ()):
                for i in range(s, e):
                    at_cue.setdefault(i, []).append(k)
        for p, block in enumerate(article.blocks):
            for c, cue in enumerate(block.cues):
                verbal = cue.kind in ("verb", "beside", "according")
                here = (
                    at_cue.get(article.span(p, cue.token, cue.token + 1)[0], ())
                    if verbal
                    else range(len(article.attributions))
                )
                for phrase, evidence in sources(block, cue):
                    head = article.span(p, phrase.head, phrase.last)[0]
                    right = any(
                        any(s <= head < e for s, e in article.attributions[k].get("source", ()))
                        and (verbal or _in_paragraph(article, p, article.attributions[k]))
                        for k in here
                    )
                    out.add(evidence, right, article.fold)
                    places.append((n, (p, c), phrase))
    return out, places


def _in_paragraph(article: Labelled, p: int, attribution: dict[str, Any]) -> bool:
    first = article.starts[p]
    return any(
        first <= s < first + len(article.blocks[p].reading.text) for s, _ in attribution["content"]
    )


def option_examples(
    articles: Sequence[Labelled], chosen: Sequence[dict[Key, tuple[NounPhrase, float]]]
) -> tuple[Examples, Examples, list[tuple[int, Option, str]]]:
    """Every stretch with every cue, near and far apart; right where the labels give most of its
    words to the cue's source."""
    near, far, places = Examples(), Examples(), []
    for n, article in enumerate(articles):
        names = [
            {key(w) for s, e in a.get("source", ()) for w in article.text[s:e].split()} - STOP
            for a in article.attributions
        ]
        counts: dict[tuple[int, int], Counter[int]] = {}
        for option in options(article.blocks, chosen[n]):
            start, end = article.span(option.paragraph, option.stretch.first, option.stretch.last)
            if (start, end) not in counts:
                here = (m.start() for m in WORD.finditer(article.text, start, end))
                counts[start, end] = Counter(
                    article.given.get(i, -1)
                    for i in here
                    if i in article.given or i not in article.ignored
                )
            found = counts[start, end]
            total = sum(found.values())
            p, c = option.cue
            source = article.blocks[p].reading.tokens[chosen[n][p, c][0].head].text
            right = (
                2 * sum(count for a, count in found.items() if a >= 0 and key(source) in names[a])
                > total
            )
            (near if option.near else far).add(
                option.evidence, right, article.fold, total**0.7 if total else 0.01
            )
            places.append((n, option, source))
    return near, far, places


SHOWN = {"quoted": 0.6, "told": 0.76, "figure": 0.6}
"""Probabilities from which a source is shown: of unseen publishers' words inside marks 95 in 100
are right there, of words with numbers 90. ``figure`` is for figures, where vetoes speak too
(``holders.py``); it was chosen on labelled stories."""


@dataclass(frozen=True)
class Unseen:
    """A stretch with the source that models which did not see its publisher give it, and the
    probability."""

    id: str
    start: int
    end: int
    quoted: bool
    source: str
    probability: float


def fitted(folder: Path) -> tuple[dict[str, Fitted], list[Unseen]]:
    """The three models fitted on everything, and what models without its publisher give for each
    stretch."""
    articles = list(labelled(folder))
    examples, places = source_examples(articles)
    chosen = _chosen(articles, places, out_of_fold(examples))
    near, far, where = option_examples(articles, chosen)
    found = {True: iter(out_of_fold(near)), False: iter(out_of_fold(far))}
    best: dict[tuple[str, int, int], Unseen] = {}
    for n, option, source in where:
        probability = next(found[option.near])
        start, end = article_span(articles[n], option)
        place = articles[n].id, start, end
        if place not in best or probability > best[place].probability:
            best[place] = Unseen(*place, option.stretch.quoted, source, probability)
    return {"source": fit(examples), "near": fit(near), "far": fit(far)}, list(best.values())


Scores = dict[str, dict[str, float]]
"""Measure → F1, precision, recall in percent."""


def unseen_scores(folder: Path, unseen: Sequence[Unseen]) -> Scores:
    """What the benchmark's own scorer says of unseen stretches, at the thresholds that are
    shown."""
    with tempfile.TemporaryDirectory() as place:
        lines = Path(place) / "unseen.jsonl"
        shown = [u for u in unseen if u.probability >= SHOWN["quoted" if u.quoted else "told"]]
        read.write_lines(
            lines, ({"id": u.id, "start": u.start, "end": u.end, "source": u.source} for u in shown)
        )
        done = subprocess.run(
            [sys.executable, str(folder / "score.py"), str(lines), "--data", str(folder), "--json"],
            check=True,
            capture_output=True,
            text=True,
        )
    return {
        key: {
            "F1": found["F1"],
            "precision": round(100 * found["hit"] / found["system"], 1),
            "recall": round(100 * found["hit"] / found["gold"], 1),
        }
        for key, found in json.loads(done.stdout).items()
    }


def report(folder: Path, out: Path | None) -> None:
    """Print what is unseen; write the record where ``out`` is given."""
    models, unseen = fitted(folder)
    scores = unseen_scores(folder, unseen)
    for key, found in scores.items():
        print(f"{key:8} " + "  ".join(f"{name} {value:5.1f}" for name, value in found.items()))
    if out is not None:
        record = {
            "made by": "python -m benchmarks fit-attribution",
            "data": fingerprint(*sorted(folder.glob("*.jsonl"))),
            "features": fingerprint(*FEATURES),
            "shown": SHOWN,
            "unseen publishers": scores,
            "models": {name: m.as_json() for name, m in models.items()},
        }
        out.write_text(
            json.dumps(record, ensure_ascii=False, indent=0, sort_keys=True) + "\n",
            encoding="utf-8",
        )


PACKAGE = Path(site_gen.__file__).parent
FEATURES = tuple(
    PACKAGE / p
    for p in (
        "find/speech/cues.py",
        "find/speech/evidence.py",
        "find/speech/reach.py",
        "find/speech/weigh.py",
        "language/marks.py",
        "language/reading.py",
        "language/saying.py",
        "language/en/function_words.txt",
        "language/en/given_names.txt",
        "language/en/irregular_pasts.txt",
        "language/en/saying.txt",
        "language/en/documents.txt",
        "language/en/calendar_names.txt",
    )
)
"""The files on which the evidence depends: where one changes, the weights are to be fitted anew."""


def fingerprint(*files: Path) -> str:
    """A hash of the files' bytes, in order."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def article_span(article: Labelled, option: Option) -> tuple[int, int]:
    """Offsets in the article of an option's stretch."""
    return article.span(option.paragraph, option.stretch.first, option.stretch.last)


def _chosen(
    articles: Sequence[Labelled], places: list[tuple[int, Key, NounPhrase]], found: Sequence[float]
) -> list[dict[Key, tuple[NounPhrase, float]]]:
    out: list[dict[Key, tuple[NounPhrase, float]]] = [{} for _ in articles]
    for (n, at, phrase), probability in zip(places, found, strict=True):
        if probability > LEAST and (at not in out[n] or probability > out[n][at][1]):
            out[n][at] = phrase, float(probability)
    return out
