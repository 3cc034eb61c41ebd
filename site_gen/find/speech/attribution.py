"""Who a figure or a date comes from, where it is not the article that says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from site_gen.find.speech.said import REACH, Said, clean
from site_gen.language.words import sentence_at

_ACCORDING = re.compile(r"\b[Aa]ccording\s+to\s+(?P<s>[\w’'.-]+(?:\s+[\w’'&.-]+){0,11})")
_AGE_ASIDE_BEFORE = re.compile(r",\s(?:(?:then|now|aged)\s)?(?:\d{1,3} and )?$")
_AGE_ASIDE_AFTER = re.compile(r"\d{1,3}(?: and \d{1,3})?(?: respectively)?,")
"""An age between commas ("Vale, then 32, said", "aged 16 and 13 respectively,") is the article's own, whoever the sentence is from."""
_HOLDER_ENDS = frozenset(
    [
        "who",
        "that",
        "which",
        "in",
        "on",
        "at",
        "after",
        "before",
        "when",
        "but",
        "as",
        "with",
        "from",
        "by",
        "is",
        "was",
        "were",
        "has",
        "had",
        "have",
        "and",
        "while",
        "published",
        "released",
        "issued",
        "made",
        "cited",
        "seen",
        "obtained",
    ]
)


def according(sentence: str) -> str:
    """The holder after "according to": its words up to the first that cannot belong to a name or a noun phrase."""
    match = _ACCORDING.search(sentence)
    if not match:
        return ""
    words: list[str] = []
    parts = match["s"].split()
    for n, word in enumerate(parts):
        following = parts[n + 1] if n + 1 < len(parts) else ""
        names = word.lower() in ("at", "from", "by") and (following[:1].isupper() or following == "the") and words
        if word.lower() in _HOLDER_ENDS and words and not names and not (word == "released" and following == "by"):
            break
        words.append(word)
        if word.endswith(".") and len(word) > 3 and "." not in word[:-1] and word not in ("Gov.", "Sen.", "Rep.", "Prof."):
            break
    return clean(" ".join(words))


def attribution(text: str, start: int, end: int, quotations: Iterable[tuple[int, int, str]], said: Sequence[Said]) -> str:
    """Who a figure or date at ``start:end`` comes from: the speaker of the quotation around it, or of its sentence."""
    if _AGE_ASIDE_BEFORE.search(text[max(0, start - 24) : start]) and _AGE_ASIDE_AFTER.match(text[start:]):
        return ""
    for a, b, speaker in quotations:
        if a <= start and end <= b and speaker:
            return speaker
    first, last = sentence_at(text, start)
    first, last = max(first, start - REACH), min(last, end + REACH)
    here = [s for s in said if first <= s.start and s.end <= last and s.claims]
    before = [s for s in here if s.end <= start]
    if holder := according(text[first:last]):
        at = text.find(holder, first)
        return "" if at <= start and end <= at + len(holder) else holder
    if any(s.start <= start and end <= s.end for s in here) or _PRESUPPOSED.search(text[max(0, start - 5) : min(end, start + 7)]):
        return ""
    if not here and (poll := _poll(text, start, end, said)):
        return poll
    if before:
        near = before[-1]
        return near.speaker if near.document or _reaches(text[first : near.start], text[near.end : start], near.closes) else ""
    after = [s for s in here if s.start >= end and _trails(text[first : s.start], text[s.end : last])]
    return after[0].speaker if after else ""


def _poll(text: str, start: int, end: int, said: Sequence[Said]) -> str:
    """The poll that a share comes from in the sentences after the one that named it, until somebody else speaks."""
    earlier = [s for s in said if s.end <= start]
    share = re.search(r"percent|per cent|%", text[start : end + 9])
    return earlier[-1].speaker if earlier and earlier[-1].document and share and _POLL.search(earlier[-1].speaker) else ""


_POLL = re.compile(r"\b(?:poll|survey|census)$")
_PRESUPPOSED = re.compile(r"\b(?:[Tt]he|[Bb]oth) (?:two|three|four|five|six|seven|eight|nine|ten)\b")
"""What is definite is known already ("said the two men would meet"): the speaker does not give that figure."""
_NEW_CLAUSE = re.compile(
    r"; |\bbut (?:the|a|he|she|they|it)\b|\b(?:even )?as (?:he|she|they|it|the|police|protesters)\b|(?:,|--|—|–) (?:while|though|although|despite)\b"
)
_MORE_SAID = re.compile(r"\b(?:adding|noting|saying|estimating|citing|warning|claiming|stressing|explaining|that)\b")
_ASIDE = re.compile(r"^,?[”\"]?(?:\s(?:on\s)?\w+day)?,\s+(?:\w+ing|who|which|whose|an?|the)\b")
_CONCEDES = re.compile(r"^(?:While|Although|Though|Even though|Even as|As)\b")


def _reaches(ahead: str, between: str, closes: bool) -> bool:
    """Whether what is said goes on to the figure: no new main clause begins between the verb and it, and no aside.

    ``ahead``: the sentence up to the said-phrase; ``between``: from its verb to the figure; ``closes``: it stands after quoted words.
    """
    if _NEW_CLAUSE.search(between) or (_CONCEDES.match(ahead.lstrip('“"')) and "," in between):
        return False
    inserted = ahead.rstrip().endswith(",") and not closes  # "In any event, the company says, ..."
    return bool(_MORE_SAID.search(between)) or inserted or not (closes or _ASIDE.match(between))


def _trails(ahead: str, following: str) -> bool:
    """Whether a said-phrase closes its sentence ("..., officials said on Monday."), and what stands ahead is what they said."""
    if not re.search(r",[”\"]?\s*$", ahead) or re.match(
        r"(?:Asked|Before|When|While|Although|Though|As|In|At|During|Speaking)\b", ahead.lstrip('“"')
    ):
        return False
    return bool(
        re.match(r"(?:[.,;—–-]|\s+(?:on|in|at|late|early|during|after|by|to|here|through|\w+day|--|—|–)\b|$)", following)
    ) and not re.match(r",?:?\s*[“\"]", following)
