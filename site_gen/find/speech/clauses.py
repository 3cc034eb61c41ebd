"""The clause that a verb of saying reports, as a whole: from its subject to its end, or nothing.

"The mayor said that the bridge was safe", "The bridge was safe, the mayor said", "According to the
mayor, the bridge was safe". What has no subject and verb of its own, is cut by another speaker or
only names what was announced is no such clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from site_gen.language.lists import words
from site_gen.language.reading import Reading
from site_gen.language.saying import saying_verbs

Range = tuple[int, int]
SKIPPED = 9
"""Tokens between a verb and "that": whom somebody told it, when and where."""
TAIL = 16
"""Tokens behind a source that ends a sentence: an apposition, a day."""
LEAST = 3
"""Words of a clause that tells something."""
WIDE = 6
"""Tokens between a phrase and the verb that goes with it."""
_BREAKS = frozenset(
    """
        while but although though whereas adding citing according which who whose as after
        before""".split()
)
"""Behind a comma: another clause begins, of which the verb does not speak."""
_VERBAL = frozenset("XVE")
_DATELINE = re.compile(
    r"^[A-Z][A-Z .,'’-]{2,40}(?:,? [A-Z][a-z.]+)?(?: \([^)]{2,30}\))?\s+[—–―-]+\s"
)


def clause(reading: Reading, cue: int, source: Range) -> Range | None:
    """The span, in characters, of the clause that the cue at that token reports. ``source``: the
    span of who says it."""
    n = bisect_right(reading.sentences, cue, key=lambda s: s[0]) - 1
    if n < 0 or cue >= reading.sentences[n][1]:
        return None
    bounds = reading.sentences[n]
    if reading.tokens[cue].lower == "according":
        found = _according(reading, cue, bounds, source)
    else:
        found = _behind(reading, cue, bounds, source) or _before(reading, cue, bounds, source)
    if found is None or not _whole(reading, *found):
        return None
    start = reading.tokens[_behind_opening(reading, *found)].start
    if found[0] == bounds[0] and (line := _DATELINE.match(reading.text[start:])):
        start += line.end()
    return start, reading.tokens[found[1] - 1].end


def _behind_opening(reading: Reading, first: int, last: int) -> int:
    """The first token that is no "But" and no "Meanwhile,"."""
    while first + 1 < last and reading.tokens[first].lower in _OPENINGS:
        first += 1 + (reading.tokens[first + 1].tag == ",")
    return first


_OPENINGS = frozenset("but and so yet meanwhile however still also then".split())


def _behind(reading: Reading, cue: int, bounds: Range, source: Range) -> Range | None:
    """The clause behind a verb: right after "said", or after "that", where nothing stands between
    but whom somebody told it, when and where."""
    tokens = reading.tokens
    if tokens[cue].start < source[0] and source[0] - tokens[cue].end < 3:
        return None  # "said the mayor": the clause stands before
    at = _behind_day(reading, cue + 1, bounds[1])
    if found := _without_that(reading, cue, at, bounds[1]):
        return found
    verb = saying_verbs().get(tokens[cue].lower)
    for n in range(at, min(at + SKIPPED, bounds[1])):
        token = tokens[n]
        if token.lower == "that" and token.tag == "S":
            return _until_break(reading, n + 1, bounds[1])
        if token.tag in _STOPS or token.lower in ("to", "about", "whether", "if"):
            break
        begun = reading.beginning.get(n)
        told = verb is not None and verb.listener
        if begun and not told and tokens[n - 1].tag != "P" and not _is_day(tokens[n].lower):
            break  # "explained the problems that": no clause, but what they are
    return None


_STOPS = frozenset(",;:qQ.-XVE")


def _is_day(word: str) -> bool:
    return word in words("calendar_names")


def _behind_day(reading: Reading, at: int, last: int) -> int:
    """The first token that is no adverb, no day and no "last week"."""
    tokens = reading.tokens
    while at < last and (tokens[at].tag == "R" or _is_day(tokens[at].lower)):
        at += 1
    pair = [t.lower for t in tokens[at : min(at + 2, last)]]
    when = pair[:1] in (["last"], ["this"], ["earlier"])
    return at + 2 if when and pair[1:] and pair[1] in _SPANS else at


_SPANS = frozenset("week month year night day weekend".split())


def _without_that(reading: Reading, cue: int, at: int, last: int) -> Range | None:
    """The clause right behind "said": a phrase, and a verb that goes with it."""
    tokens, phrase = reading.tokens, reading.beginning.get(at)
    verb = saying_verbs().get(tokens[cue].lower)
    if phrase is None or verb is None or verb.lemma != "say" or phrase.last >= last:
        return None
    follows = phrase.last
    while follows < last and tokens[follows].tag in "RPnMDG" and follows < phrase.last + WIDE:
        follows += 1
    verbal = follows < last and tokens[follows].tag in _VERBAL
    return _until_break(reading, at, last) if verbal else None


def _until_break(reading: Reading, first: int, last: int) -> Range | None:
    """From a token to the end of the sentence, or to where another clause or a comment begins."""
    tokens = reading.tokens
    end = next((n for n in range(first, last - 1) if _breaks(reading, first, n)), last)
    while end > first and tokens[end - 1].tag in ".,;:":
        end -= 1
    return (first, end) if end > first else None


def _breaks(reading: Reading, first: int, at: int) -> bool:
    """Whether another clause, a comment or the report itself goes on at a token of a clause."""
    tokens, quoted = reading.tokens, reading.quoted
    if quoted[at] or quoted[at + 1]:
        return False
    token, after = tokens[at], tokens[at + 1]
    if token.tag == ",":
        before = tokens[first:at]
        if after.lower == "but":
            return not any(t.lower in ("not", "n't") or t.lower.endswith("n’t") for t in before)
        if after.lower == "and" and at + 2 < len(tokens):
            return tokens[at + 2].tag == "O"  # "…, and he named": the report goes on
        listed = after.tag == "I" and any(t.tag == "I" for t in before)
        aside = after.lower in _BREAKS or after.lower in ("his", "her", "its", "their")
        return aside or (after.tag == "I" and not listed)
    return token.tag in ";-" or _turns(reading, at)


def _turns(reading: Reading, at: int) -> bool:
    """Whether the report goes on there in its own words: "as he", "but backed off", "and
    denied"."""
    token, after = reading.tokens[at], reading.tokens[at + 1]
    if token.lower == "as":
        return after.lower in ("he", "she", "they")
    return (token.lower == "but" and after.tag in "EV") or (
        token.lower == "and" and after.tag == "V"
    )


def _before(reading: Reading, cue: int, bounds: Range, source: Range) -> Range | None:
    """The clause before "…, the mayor said", where that ends the sentence."""
    tokens = reading.tokens
    group = min(cue, bisect_left(tokens, source[0], key=lambda t: t.start))
    while group > bounds[0] and tokens[group - 1].tag in "DHG":
        group -= 1
    if group - 1 <= bounds[0] or tokens[group - 1].tag != ",":
        return None
    if _goes_on(reading, cue, bounds, source):
        return None
    if reading.quoted[group - 2] or tokens[group - 2].tag in "qQ":
        return None  # words in quotation marks are not told in other words
    breaks = any(
        tokens[n].tag == "," and tokens[n + 1].lower in _BREAKS for n in range(bounds[0], group - 2)
    )
    return None if breaks else (bounds[0], group - 1)


def _last_of(reading: Reading, cue: int, source: Range) -> int:
    """The last token of a cue and its source."""
    return max(cue, bisect_right(reading.tokens, source[1], key=lambda t: t.end) - 1)


def _goes_on(reading: Reading, cue: int, bounds: Range, source: Range) -> bool:
    """Whether a sentence says more behind its source than an apposition or a day."""
    rest = reading.tokens[_last_of(reading, cue, source) + 1 : bounds[1]]
    if len(rest) > TAIL or any(t.tag in "qQ" for t in rest):
        return True
    return bool(rest) and rest[0].lower in ("that", "to")


def _according(reading: Reading, cue: int, bounds: Range, source: Range) -> Range | None:
    """The clause of "According to the mayor, …" or "…, according to the mayor"."""
    tokens = reading.tokens
    behind = _last_of(reading, cue, source)
    if cue == bounds[0]:
        comma = next((n for n in range(behind, bounds[1]) if tokens[n].tag == ","), None)
        return _until_break(reading, comma + 1, bounds[1]) if comma else None
    if cue - 1 > bounds[0] and bounds[1] - behind <= TAIL:
        return bounds[0], cue - 1 if tokens[cue - 1].tag == "," else cue
    return None


def _whole(reading: Reading, first: int, last: int) -> bool:
    """Whether tokens can be a clause: some words, a verb, a subject before it, nothing left hanging
    at the end, and no other verb of saying in it, outside quotation marks: whose words they are is
    then not one answer."""
    tokens = reading.tokens[first:last]
    verbal = [n for n, t in enumerate(tokens) if t.tag in _VERBAL]
    if sum(t.text[0].isalnum() for t in tokens) < LEAST or not verbal or not verbal[0]:
        return False
    others = (
        n
        for n in range(first, last)
        if reading.tokens[n].tag == "V" and _reports(reading.tokens[n].lower)
    )
    return tokens[-1].tag not in "PCSDX" and all(reading.quoted[n] for n in others)


def _reports(word: str) -> bool:
    verb = saying_verbs().get(word)
    return verb is not None and verb.lemma in words("reports_speech")
