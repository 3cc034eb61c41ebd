"""What a row is about, in a source's own words: the clause that tells it, without its value.

Of all the sources' phrasings the one that says most by itself is taken: a clause with its subject
and verb, short, with no other number in it. Where none does, the label is the whole sentence with
the value in brackets. Nothing is put into a label that does not stand in its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import dropwhile

from site_gen.compare.around import BREAKS, DATELINE, LINKS
from site_gen.compare.mentions import Mention
from site_gen.language.lists import table
from site_gen.language.reading import read, tagged
from site_gen.language.synonyms import root
from site_gen.language.words import NUMBER_WORDS, STOP_WORDS, sentence_at
from site_gen.model import HEADLINE, Article, Figure

GAP = "…"
"""Stands where each source gives its value, amid a label."""
LONGEST = 14
"""Words of a label; a longer clause is cut at its ends."""
BEST = 9
"""Words up to which a label reads at a glance."""
WHOLE = 34
"""Words of a sentence that is a label as a whole."""
ENOUGH = 2.5
"""Below this a clause does not say by itself what it is about."""
OF_AGE = 3.0
"""A name and "age" say all."""
CUT = 1.5
"""What a label loses by beginning amid its clause."""
_ARTICLES = frozenset("the a an its their some many several federal local state".split())
LEAST = 3
"""Words that tell something, of a label at least."""
_OPEN = ("if", "whether", "alleg", "accus", "den", "claim", "fals", "suggest", "question", "ask")
"""Beginnings of words before a clause that make it no plain statement."""
_PARTING = frozenset(',()“”"—–')
_TIMES = frozenset("through until since by before after till".split())
"""Words before a date that belong to what is told."""
_POINTING = frozenset("it them they him her this that these those so such".split())
TOLD = 2
"""Words that tell something, of a label at least."""
_PRONOUNS = frozenset(
    "he she it they we i you this that these those his her its their who which what there".split()
)
_LOOSE = frozenset(
    """
        on in at by for of to from with until since during after before about around over under
        between through within into than as the a an and or but that just only some up early late
        last next this more less least most nearly almost roughly approximately is was were are be
        been had has have out off also""".split()
)
"""Words that mean nothing at an end of a label."""
_TOKEN = re.compile(r"\S+")
_NUMBER = re.compile(r"\d")
_SAID = frozenset(w for words in table("saying").values() for w in words)
_UNIT = re.compile(r"[^\W\d_]{3,}$")
_SPAN_BEFORE = re.compile(
    r"(?:\b(?:an?|the|one|two|three|some|few|several|\d+) )*"
    r"\b(?:second|minute|hour|day|week|month|year)s? $"
)
""" "minutes before the cable parted" belongs to what follows."""
_RATE = re.compile(r"\w (?:an?|per|each|every|in) \w")
""" "62 kilometres an hour", "one in three": neither unit says it alone."""
_PARTS = re.compile(r"[^\W_]+|[,;:—–()“”\"]")
_BEFORE = re.compile(r"[,;:—–()“”\"]|\b(?:that|which|who|when|where|while|but|because)\b")
_NAME_BEFORE = re.compile(
    r"((?:[A-ZÀ-Þ][\w.’'-]+ ){0,3}[A-ZÀ-Þ][\w’'-]+)(?:, (?:now |then |who is )?|, |\s\()$"
)
_TIES = frozenset("the a an his her its their our my your this that of".split())
"""Words that what follows a value belongs to: "the 2016 race"."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A label as it may be, and how well it says what the row is about."""

    text: str
    worth: float
    key: tuple[str, int, int]


def label(group: Mapping[str, Sequence[Mention]], articles: Mapping[str, Article]) -> str:
    """The clearest of the sources' phrasings; the shortest among equals."""
    members = [m for found in group.values() for m in found]
    firsts = [found[0] for found in group.values()]
    counts = [w for m in firsts for w in m.context.words]
    shared = {w for w in counts if counts.count(w) > 1} or set(counts)
    found = [_phrase(m, articles[m.source], shared, m in firsts) for m in members[:MANY]]
    best = max(found, key=lambda p: (p.worth, -len(p.text), p.key))
    if best.worth >= ENOUGH:
        return best.text
    first = min(firsts, key=lambda m: (m.paragraph == HEADLINE, m.context.quoted, m.key))
    return _whole(first, articles[first.source])


WINDOW = 300
"""Characters on either side of a value in which its clause is looked for."""
MANY = 12
"""So many mentions of a row are looked at."""


def _sentence(mention: Mention, article: Article) -> tuple[str, int, int]:
    """The sentence of a mention without its dateline, and the span of the value in it."""
    text = article.paragraph(mention.paragraph).text
    first, last = (
        (0, len(text)) if mention.paragraph == HEADLINE else sentence_at(text, mention.start)
    )
    dateline = DATELINE.match(text)
    if dateline and first == 0 and dateline.end() <= mention.start:
        first = dateline.end()
    end = mention.fact.end
    first, last = max(first, mention.start - WINDOW), min(max(last, end), end + WINDOW)
    return text[first:last], mention.start - first, end - first


def _whole(mention: Mention, article: Article) -> str:
    """The sentence with the value in brackets; a very long one cut at its ends."""
    sentence, start, end = _sentence(mention, article)
    before, after = sentence[:start].split(), sentence[end:].split()
    tied = "" if sentence[end : end + 1].isspace() else (after[:1] or [""])[0]
    if tied:
        after = after[1:]
    near = "" if not before or sentence[start - 1].isspace() else before.pop()
    value = f"{near}[{sentence[start:end]}]{tied}"
    left = [GAP, *before[-(WHOLE // 2) :]] if len(before) > WHOLE // 2 else before
    right = after if len(left) + len(after) <= WHOLE else [*after[: WHOLE - len(left)], GAP]
    if left and right and left[0] == GAP == right[-1]:
        left = left[1:]
    return " ".join((*left, value, *right))


def _phrase(mention: Mention, article: Article, shared: set[str], first: bool) -> _Phrase:
    sentence, start, end = _sentence(mention, article)
    if mention.age and (name := _NAME_BEFORE.search(sentence[:start])):
        return _Phrase(f"{name[1]}, age", OF_AGE + first, mention.key)
    left, right = _clause(sentence, start, end)
    before = _TOKEN.findall(sentence[left:start])
    after = _TOKEN.findall(sentence[end:right])
    before = list(dropwhile(lambda w: _bare(w) in LINKS | {"that"}, before))
    if not any(_tells(w) for w in before):
        before = []
    amid = _amid(mention, before, after)
    if not amid and mention.kind == "date" and before and not after:
        amid = [GAP] if _bare(before[-1]) in _TIMES else []
    if not amid:
        before = _without_end(before, _weekday_loose(mention))
        after = after if before else list(dropwhile(lambda w: _bare(w) in _LOOSE, after))
    full = len(before)
    before, after = _cut(before, after, len(amid))
    text = " ".join((*before, *amid, *_without_end(after)))
    text = re.sub(r"(?<=…) (?=[’'])", "", text).strip(" ,;:.“”\"'—–-()")
    worth = _worth(text, mention, shared, first) - 0.3 * (left > 0) - CUT * (len(before) < full)
    worth -= CUT * _amid_clause(text, left) + 2 * CUT * _open_before(sentence, left)
    return _Phrase(_capital(text), worth, mention.key)


def _without_end(words: Sequence[str], loose: Set[str] = _LOOSE) -> list[str]:
    """Words without those at the end that mean nothing there."""
    return list(dropwhile(lambda w: _bare(w) in loose, reversed(words)))[::-1]


def _weekday_loose(mention: Mention) -> Set[str]:
    """What is loose before a value: "dug in Wednesday" keeps its "in", "in May" does not."""
    return _LOOSE - {"in", "out", "off", "up"} if mention.head == "day" else _LOOSE


def _amid_clause(text: str, left: int) -> bool:
    """Whether a label begins with a small letter that is no article's, amid its sentence."""
    return left > 0 and text[:1].islower() and _bare(text.split()[0]) not in _ARTICLES


def _open_before(sentence: str, left: int) -> bool:
    """Whether what stands before a clause belongs to it: an "if" or "whether", what is alleged or
    asked, or the first part of a sentence that goes on behind a comma."""
    before = [w for found in _TOKEN.findall(sentence[:left]) if (w := _bare(found))]
    if not before:
        return False
    if any(w.startswith(_OPEN) for w in before):
        return True
    led = read(before[0]).tokens[:1]
    return sentence[left - 1] in _PARTING and not (led and led[0].tag in "PS")


def _amid(mention: Mention, before: Sequence[str], after: Sequence[str]) -> list[str]:
    """What stands in the place of the value: what is counted or the unit, as the source words it; a
    gap where the words around it would not hold together without."""
    fact = mention.fact
    if after and after[0][:2] in ("’s", "'s"):
        return [GAP]
    if isinstance(fact, Figure):
        return _counted(fact) or ([GAP] if before and after else [])
    tied = bool(after) and _bare(after[0]) not in _LOOSE | LINKS | STOP_WORDS
    return [GAP] if before and tied and _bare(before[-1]) in _TIES else []


def _counted(fact: Figure) -> list[str]:
    """What a figure counts, or its unit."""
    unit = _UNIT.search(fact.text)
    if _RATE.search(fact.text):
        return []
    if unit and fact.text[unit.start() - 1] == "-":
        return [f"{GAP}-{unit[0]}"]
    if fact.counted and fact.text.endswith(fact.counted) and not _NUMBER.search(fact.counted):
        return fact.counted.split()
    return [unit[0]] if unit and fact.unit and not fact.unit.isupper() else []


def _cut(before: list[str], after: list[str], noun: int) -> tuple[list[str], list[str]]:
    """The words on either side, cut at their far ends where they are too many."""
    room = LONGEST - noun
    if len(before) + len(after) <= room:
        return before, after
    right = after[: max(4, room - len(before))]
    if len(right) < len(after):  # not "on the New Jersey": back to before the preposition
        ends = [n for n, w in enumerate(right) if n and _bare(w) in _LOOSE | LINKS]
        right = right[: ends[-1]] if ends else right
    left = before[-max(4, room - len(right)) :]
    while left and left != before and _bare(left[0]) in _LOOSE:
        left = left[1:]
    return left, right


def _clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    """The span of the clause around a value; the next one on the left with it where it has no
    subject of its own."""
    right = _right_end(sentence, end)
    lefts = [
        m.end()
        for m in _BEFORE.finditer(sentence, 0, start)
        if not _inside_number(sentence, m.start())
    ]
    more = _TOKEN.findall(sentence[end:right])
    for left in reversed(lefts):
        words = _TOKEN.findall(sentence[left:start])
        whole = _has_subject(sentence[left:start]) if words else bool(more)
        if whole and sum(_tells(w) for w in (*words, *more)) >= TOLD:
            return left, right
    return 0, right


def _right_end(sentence: str, end: int) -> int:
    """Where the clause ends that goes on behind a value."""
    for match in _PARTS.finditer(sentence, end):
        link = match[0].lower() in LINKS and match.start() > end + 1
        if link or (match[0] in BREAKS and not _inside_number(sentence, match.start())):
            span = _SPAN_BEFORE.search(sentence, end, match.start()) if link else None
            return span.start() if span else match.start()
    return len(sentence)


def _has_subject(text: str) -> bool:
    """Whether what stands before a value begins with somebody or something, and not with a verb or
    a preposition."""
    tokens = [t for t in tagged(text.strip(' ,;:“”"')) if t.tag not in "qQ(-"]
    return bool(tokens) and tokens[0].tag not in "PCSEIXVR"


def _inside_number(text: str, at: int) -> bool:
    return text[max(0, at - 1) : at + 2].replace(",", "").replace(":", "").isdigit()


def _bare(word: str) -> str:
    return word.lower().strip(" ,;:.“”\"'’—–()[]")


def _tells(word: str) -> bool:
    bare = _bare(word)
    return bool(bare) and bare not in STOP_WORDS and bare not in _PRONOUNS


def _worth(text: str, mention: Mention, shared: set[str], first: bool) -> float:
    """How well a label says what the row is about."""
    words = text.split()
    bare = [_bare(w) for w in words]
    telling = [w for w in bare if w and w not in STOP_WORDS and w != GAP]
    if len(telling) < LEAST:
        return -1.0
    worth = 1.0 + 0.5 * min(3, len({root(w) for w in telling} & shared))
    worth += 0.5 * any(w[:1].isupper() for w in words[1:]) + 0.7 * _has_verb(text)
    worth += 0.3 * first - 1.5 * (not _has_subject(text)) - 1.0 * (bare[-1] in _POINTING)
    worth -= 1.5 * (bare[0] in _PRONOUNS) + 0.5 * any(w in _PRONOUNS for w in bare[1:])
    worth -= 1.5 * any(_NUMBER.search(w) or w in NUMBER_WORDS for w in bare)
    worth -= 0.15 * max(0, len(words) - BEST) + 0.7 * any("," in w for w in words[:2])
    worth -= 0.7 * mention.context.quoted + 0.7 * (mention.paragraph == HEADLINE)
    worth -= 1.0 * (bare[0] in LINKS) + 0.3 * text.startswith(GAP)
    return worth - 0.5 * any(w in _SAID for w in telling[:2]) - 0.5 * ("”" in text or '"' in text)


def _has_verb(text: str) -> bool:
    return any(t.tag in "EXVI" for t in tagged(text))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
