"""What each source of an article says, in quotation marks and in other words, with the words that
say so: who is quoted, and how much of an article is somebody's words.

Quotation marks count with the speaker that ``quotes.py`` shows. Other words count as a whole clause
or not at all (``clauses.py``), and only where a verb that reports speech, or "according to", gives
it. "He" counts where the one whom he stands for was named close by and nobody else leads the
sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from site_gen.find.speech.attribute import Said, Source, threshold
from site_gen.find.speech.clauses import clause
from site_gen.find.speech.kinds import Sources
from site_gen.find.speech.named import Speakers
from site_gen.find.speech.pronouns import Mention
from site_gen.language.lists import words
from site_gen.language.marks import quoted_spans
from site_gen.language.reading import Reading, Token, read
from site_gen.language.saying import saying_verbs
from site_gen.language.words import STOP_WORDS, word_list
from site_gen.model import Attribution, Paragraph, Quotation

Span = tuple[int, int]
Key = tuple[int, int, int]
_VERBS: Mapping[str, str] = {"according": "according to", "colon": ":", "document": "document"}
_UNSAID = re.compile(
    r"(?:\b(?:not|never|to|without|would|will|could|might|should|may|can|if|must|cannot|"
    r"avoid\w*|declin\w*|refus\w*|instead of|short of)|n['’]t)"
    r"(?:\s(?:have|be|also|even|ever))?\s*$",
    re.IGNORECASE,
)
"""Before a verb of saying: it was not said, or not yet."""
_PARTNER = re.compile(
    r"\b(?:and|or|of|for|at|in|from|with|including|what)\s(?:the\s|an?\s)?$", re.IGNORECASE
)
"""Before a source: two speak together, it only says what somebody is of, or "what he said"."""
_SPOKEN_FOR = re.compile(r"\b(?:for|of|to)\s(?:[A-Z][\w.’'-]*\s){1,4}$")
"""Before a name: "a spokeswoman for Vice President"."""
_BEHIND_NAME = re.compile(r"[A-Z][\w.’-]+\s[A-Z][\w.’-]+(?:,\s[A-Z][\w.-]*)?,\s$")
"""Two capitalised words and a comma, with a party between, before a description."""
_JOINT = re.compile(r"(?:\s\([^)]{1,12}\))?,?\sand\s(?:[A-Z]|the\s|other\s)")
"""Behind a source: another speaks with it."""
_NO_SPEECH = frozenset("find show document charge describe".split())
"""Verbs whose object stands in quotation marks as often as what somebody says."""
_LED = frozenset("for of by to from without after before".split())
"""Before a participle: whose it is, is not told by what stands before."""
BACK = 1
"""Paragraphs back in which the one whom a pronoun stands for must have been named."""
LATE = 4
"""Characters between a quotation's mark and the stretch that fills it."""
LEADS = 12
"""Tokens between a verb and words in quotation marks that go on its sentence."""
TITLE = 0.75
"""Share of the longer words with a capital from which words are a title."""


@dataclass(slots=True)
class _Given:
    """What one cue gives in one paragraph, while it is gathered."""

    said: Said
    quoted: list[Span] = field(default_factory=list)
    told: list[Span] = field(default_factory=list)


def attributions(
    paragraphs: Iterable[Paragraph],
    said: Sequence[Said],
    quotations: Iterable[Quotation],
    speakers: Speakers,
) -> tuple[Attribution, ...]:
    """What the sources of an article say, in order of places; headlines and headings are left
    out."""
    texts = {p.index: p.text for p in paragraphs if p.role in ("body", "caption")}
    here = [s for s in said if s.paragraph in texts and s.cue_paragraph in texts]
    found = _Found(here, texts, speakers)
    for q in quotations:
        if q.paragraph in texts and not _is_title(q.text):
            found.give(q)
    sources = Sources(speakers)
    made = [_attribution(g, texts, speakers, sources) for g in found.given.values()]
    return tuple(
        sorted((a for a in made if a), key=lambda a: (a.paragraph, a.start, a.cue)),
    )


class _Found:
    """What the cues of an article give: first the clauses that they report, then quotations."""

    def __init__(self, said: Sequence[Said], texts: Mapping[int, str], speakers: Speakers) -> None:
        self.texts, self.speakers = texts, speakers
        self.stretches = {(s.paragraph, s.start): s for s in said if s.quoted}
        self.given: dict[Key, _Given] = {}
        self.clauses: dict[int, list[tuple[Span, Key]]] = defaultdict(list)
        reported = _reported(said, texts, speakers)
        for key, (s, span) in sorted(reported.items(), key=lambda r: r[1][1]):
            self.given[key] = _Given(s, told=_without_quotes(texts[s.paragraph], *span))
            self.clauses[s.paragraph].append((span, key))

    def give(self, quotation: Quotation) -> None:
        """Add a quotation to what its cue gives: that of the clause that holds it, or its own."""
        span = quotation.start, quotation.end
        if held := self._holding(quotation.paragraph, quotation.start):
            source = self.given[held].said.source
            if quotation.speaker in ("", self.speakers.source(source).name):
                self.given[held].quoted.append(span)
            return
        if not quotation.speaker:
            return
        found = self._stretch(quotation)
        text = self.texts[quotation.paragraph]
        if found is None or not quotation.statement:
            return
        if not _established(found, self.texts, self.speakers):
            return
        alone = _stands_alone(quotation.text) and _is_near(found, quotation, text)
        if alone or _leads_to(found, quotation, text):
            key = (found.paragraph, found.cue_paragraph, found.cue_start)
            self.given.setdefault(key, _Given(found)).quoted.append(span)

    def _holding(self, paragraph: int, at: int) -> Key | None:
        """The cue whose clause holds a place."""
        found = self.clauses.get(paragraph, [])
        n = bisect_right(found, at, key=lambda c: c[0][0]) - 1
        return found[n][1] if n >= 0 and at < found[n][0][1] else None

    def _stretch(self, quotation: Quotation) -> Said | None:
        """The stretch that fills a quotation."""
        for n in range(LATE):
            if found := self.stretches.get((quotation.paragraph, quotation.start + n)):
                return found
        return None


def _stands_alone(text: str) -> bool:
    """Whether a quotation is a sentence of its own, and no other begins within it."""
    return text[:1].isupper() and not any(c in text for c in '“„«"')


def _is_near(said: Said, quotation: Quotation, text: str) -> bool:
    """Whether no other clause stands between a cue and a sentence in quotation marks behind it:
    "an amendment, which states"."""
    if said.lemma in _NO_SPEECH:
        return False
    here = said.cue_paragraph == quotation.paragraph and said.cue_end <= quotation.start
    if not here or not said.near:
        return True
    between = _between(read(text), said.cue_end, quotation.start)
    return not any(t.tag == "V" or t.lower in ("which", "who", "whose") for t in between)


def _leads_to(said: Said, quotation: Quotation, text: str) -> bool:
    """Whether a cue leads straight to a quotation that goes on its sentence: no other verb, no
    question between them."""
    if said.cue_paragraph != quotation.paragraph:
        return False
    if said.cue_end > quotation.start:
        return said.near
    if text[: said.cue_start].rstrip().rpartition(" ")[2].lower() in _LED:
        return False  # "irritated at the mayor for promising": the mayor, who knows when
    between = _between(read(text), said.cue_end, quotation.start)
    return len(between) <= LEADS and not any(
        t.tag in "VX" or t.lower in ("if", "whether") for t in between
    )


def _between(reading: Reading, start: int, end: int) -> Sequence[Token]:
    """The tokens of a paragraph between two places."""
    tokens = reading.tokens
    first = bisect_left(tokens, start, key=lambda t: t.start)
    return tokens[first : bisect_left(tokens, end, key=lambda t: t.start)]


def _reported(
    said: Iterable[Said], texts: Mapping[int, str], speakers: Speakers
) -> dict[Key, tuple[Said, Span]]:
    """The clauses that verbs report: cue → its most probable stretch, and the clause."""
    best: dict[Key, Said] = {}
    for s in said:
        key = (s.paragraph, s.cue_paragraph, s.cue_start)
        surest = key not in best or s.probability > best[key].probability
        counts = surest and s.near and not s.quoted and s.probability >= threshold(False)
        if counts and _reports(s, texts) and _established(s, texts, speakers):
            best[key] = s
    out = {}
    for key, s in best.items():
        reading = read(texts[s.paragraph])
        at = bisect_left(reading.tokens, s.cue_start, key=lambda t: t.start)
        if found := clause(reading, at, (s.source.start, s.source.end)):
            out[key] = (s, found)
    return out


def _reports(said: Said, texts: Mapping[int, str]) -> bool:
    """Whether a cue reports speech, in the same sentence as its source, and it was said."""
    if said.source.paragraph != said.paragraph or said.cue_paragraph != said.paragraph:
        return False
    if said.kind == "according":
        return True
    text = texts[said.cue_paragraph]
    verb = saying_verbs().get(text[said.cue_start : said.cue_end].lower())
    if said.kind != "verb" or verb is None or verb.lemma not in words("reports_speech"):
        return False
    return not _UNSAID.search(text, max(0, said.cue_start - 20), said.cue_start)


def _established(said: Said, texts: Mapping[int, str], speakers: Speakers) -> bool:
    """Whether a source is one by itself, and clear: not one of two, not what somebody is of, and a
    pronoun only where the one it stands for was named close by and nobody else leads its
    sentence."""
    source = said.source
    text = texts.get(source.paragraph, "")
    led = text[max(0, source.start - 40) : source.start]
    if said.kind == "according":
        alone = not led.lower().endswith((" by ", " by the ", " from ", " in "))
    else:
        alone = not (said.kind == "verb" and _is_attached(said, text, led))
    if not alone or (source.text[:1].islower() and _is_apposition(source, led)):
        return False
    if not source.pronoun:
        return True
    return source.pronoun in ("he", "she", "who") and _named_close_by(source, texts, speakers)


def _is_attached(said: Said, text: str, led: str) -> bool:
    """Whether a verb's source speaks with another, or only says what another is of: "a memo
    circulated by an analyst noted"."""
    if _PARTNER.search(led) or _SPOKEN_FOR.search(led) or _JOINT.match(text, said.source.end):
        return True
    return said.source.end <= said.cue_start and led.endswith(" by ")


def _is_apposition(source: Source, led: str) -> bool:
    """Whether a description stands behind a name: "Senator Ina Folk, head of the party, said"."""
    return bool(_BEHIND_NAME.search(led)) and " " in source.text


def _named_close_by(source: Source, texts: Mapping[int, str], speakers: Speakers) -> bool:
    """Whether the one whom a pronoun stands for is the only one named close by, or the one who led
    the last sentence that somebody leads."""
    name = speakers.source(source).name
    if name != (speakers.spoke_last(source) or name):
        return False
    mentions = speakers.cast.mentions
    first = bisect_left(mentions, source.paragraph - BACK, key=lambda m: m.paragraph)
    last = bisect_left(mentions, (source.paragraph, source.start), key=_place)
    near = [m for m in mentions[first:last] if not _is_owner(m, texts)]
    if not name or not any(m.name == name for m in near):
        return False
    subjects = [m for m in near if m.leads]
    return len({m.name for m in near}) == 1 or (bool(subjects) and subjects[-1].name == name)


def _is_owner(mention: Mention, texts: Mapping[int, str]) -> bool:
    """Whether somebody is only named as whose something is: "Mr. Folk’s letter"."""
    text = texts.get(mention.paragraph, "")
    behind = text[mention.start : mention.start + 60]
    return bool(_GENITIVE.match(behind))


_GENITIVE = re.compile(r"(?:[A-ZÀ-Þ][\w.-]*\s){0,4}[A-ZÀ-Þ][\w.-]*['’]s\b")


def _place(mention: Mention) -> tuple[int, int]:
    return mention.paragraph, mention.start


def _without_quotes(text: str, start: int, end: int) -> list[Span]:
    """A span without what stands in quotation marks in it."""
    out, at, marks = [], start, quoted_spans(text)
    for q in marks[bisect_right(marks, start, key=lambda q: q.closes) :]:
        if q.opens >= end:
            break
        out.append((at, q.opens))
        at = max(at, q.closes)
    out.append((at, end))
    return [(a, b) for a, b in (_trimmed(text, *s) for s in out) if _tells(text[a:b])]


def _tells(words_: str) -> bool:
    """Whether words hold one that is more than a little word."""
    return any(w not in STOP_WORDS for _, _, w in word_list(words_))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def _is_title(text: str) -> bool:
    """Whether words in quotation marks are the title of a work or programme: capitals
    throughout."""
    told = [w for w in text.strip(",.").split() if w.lower() not in _SMALL]
    return len(told) > 1 and sum(w[:1].isupper() for w in told) >= TITLE * len(told)


_SMALL = frozenset("the a an of on in at to for and or with from by is as".split())
"""Words that titles write small."""


def _attribution(
    given: _Given, texts: Mapping[int, str], speakers: Speakers, sources: Sources
) -> Attribution | None:
    """What a cue gives, with its source as it is shown; none where it gives nothing."""
    quoted, told = tuple(sorted(set(given.quoted))), tuple(given.told)
    if not quoted and not told:
        return None
    said, source = given.said, given.said.source
    known = sources.known_as(speakers.source(source), source.text, said.kind == "document")
    text = texts[said.paragraph]
    return Attribution(
        paragraph=said.paragraph,
        start=min((*quoted, *told))[0],
        end=max(end for _, end in (*quoted, *told)),
        speaker=known.name,
        role=known.role,
        kind=known.kind,
        source=(source.paragraph, source.start, source.end),
        verb=_VERBS.get(said.kind, said.lemma),
        cue=(said.cue_paragraph, said.cue_start, said.cue_end),
        words=(_words(text, quoted), _words(text, told)),
        quoted=quoted,
        told=told,
    )


def _words(text: str, spans: Iterable[Span]) -> int:
    """The words in some spans; a dash is none."""
    return sum(any(c.isalnum() for c in w) for a, b in spans for w in text[a:b].split())
