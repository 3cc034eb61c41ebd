"""Who says each stretch of an article, as far as the text establishes it: the most probable cue,
and its source as the article words it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from site_gen.find.speech.cues import Cue
from site_gen.find.speech.weigh import Block, Key, blocks, choose, options
from site_gen.fitted.model import load, model
from site_gen.language.lists import genders, words
from site_gen.language.reading import NounPhrase, Reading
from site_gen.model import Paragraph

MODEL = "attribution"
_ATTACHED = frozenset("of for at from with in to on".split())
"""Prepositions that tie a phrase to the one before it: "a spokesman for the council"."""
_PLACES = frozenset("in at for".split())
_TIED_RIGHT = frozenset("of for at from with".split())


@dataclass(frozen=True, slots=True)
class Source:
    """Who is said to say something, as the article words it: its span in its paragraph, and the
    tokens of its head phrase."""

    paragraph: int
    start: int
    end: int
    text: str
    pronoun: str
    """In lower case where it is a pronoun ("he", "who"), else empty."""
    led_by: str = ""
    """The preposition before it, in lower case, where the cue is a verb: what is shouted from the
    gallery is not said by it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of a paragraph that a source gives, with the probability. ``cue`` is the word that
    says so, at ``cue_start``.

    ``near``: the cue stands in the same sentence. ``kind``, ``lemma``: of the cue.
    """

    paragraph: int
    start: int
    end: int
    quoted: bool
    source: Source
    probability: float
    near: bool
    kind: str
    lemma: str
    cue_paragraph: int
    cue_start: int
    cue_end: int


def attribute(paragraphs: Iterable[Paragraph]) -> tuple[Said, ...]:
    """Every stretch of an article that some cue could give, with the most probable one, however
    improbable; in order of places.

    Headlines and headings are read each alone: what they say is not gone on with below.
    """
    listed = [p for p in paragraphs if p.text]
    running = [p for p in listed if p.role not in ("headline", "heading")]
    groups = [running, *([p] for p in listed if p.role in ("headline", "heading"))]
    return tuple(
        sorted((s for g in groups for s in _attribute(g)), key=lambda s: (s.paragraph, s.start))
    )


UNDECIDED = -250
"""Log odds above which a verb's subject may as well have said what "according to" gives: "she
warned it “would be bad,” according to the Courier"."""
BEYOND = 150
"""Log odds that a verb loses for a quotation behind the next clause's own verb: "Kyiv denounced
them while Falk called them “sad”"."""
BESIDE = 1
"""So many stretches may stand between that verb and what "according to" gives: further away it
speaks of something else."""
MOST = 10_000


def _attribute(paragraphs: Sequence[Paragraph]) -> list[Said]:
    article = blocks([p.text for p in paragraphs])
    if not any(b.cues for b in article):
        return []
    chosen = choose(article, model(MODEL, "source").probability)
    near, far = model(MODEL, "near"), model(MODEL, "far")
    best: dict[tuple[int, int, int], tuple[int, bool, Key, bool]] = {}
    verbs: dict[tuple[int, int, int], int] = {}
    for option in options(article, chosen):
        place = option.paragraph, option.stretch.first, option.stretch.last
        odds = (near if option.near else far).odds(option.evidence) - BEYOND * option.beyond
        if place not in best or odds > best[place][0]:
            best[place] = odds, option.near, option.cue, option.stretch.quoted
        beside = option.near and option.between <= BESIDE
        if beside and article[option.cue[0]].cues[option.cue[1]].kind == "verb":
            verbs[place] = max(verbs.get(place, -MOST), odds)
    sources = {
        key: _source(paragraphs[key[0]].index, article[key[0]], key, found[0])
        for key, found in chosen.items()
    }
    out = []
    for (p, first, last), (odds, is_near, key, quoted) in best.items():
        tokens, cue = article[p].reading.tokens, article[key[0]].cues[key[1]]
        at = article[key[0]].reading.tokens[cue.token]
        undecided = verbs.get((p, first, last), -MOST) > UNDECIDED
        doubtful = (cue.kind == "according" and undecided) or _no_subject(
            article[key[0]].reading, cue, chosen[key][0]
        )
        out.append(
            Said(
                paragraph=paragraphs[p].index,
                start=tokens[first].start,
                end=tokens[last - 1].end,
                quoted=quoted,
                source=sources[key],
                probability=_probability(min(odds, 0) if doubtful else odds),
                near=is_near,
                kind=cue.kind,
                lemma=cue.lemma,
                cue_paragraph=paragraphs[key[0]].index,
                cue_start=at.start,
                cue_end=at.end,
            )
        )
    return out


def _no_subject(reading: Reading, cue: Cue, phrase: NounPhrase) -> bool:
    """Whether a participle behind a comma has for its source a phrase that is no subject: "Folk
    called for Vale to leave the council, adding" is Folk's, and not Vale's or the council's."""
    tokens = reading.tokens
    if cue.form != "ing" or cue.kind != "verb" or phrase.last > cue.token:
        return False
    if tokens[cue.token - 1].tag not in ",Q":
        return False
    before = tokens[phrase.first - 1] if phrase.first else None
    behind = tokens[phrase.last]
    relative = before is not None and before.lower in ("which", "whom", "that", "who")
    led = before is not None and before.tag == "P" and before.lower not in _ATTACHED
    subject = behind.tag in "VXER,G(" or behind.lower in ("of", "for")
    return relative or led or not subject


def _probability(odds: int) -> float:
    from site_gen.fitted.model import logistic

    return round(logistic(odds), 4)


def threshold(quoted: bool) -> float:
    """The probability from which a source is shown as established: chosen on articles that the
    weights did not see (``shown``)."""
    shown = load(MODEL)["shown"]
    return float(shown["quoted" if quoted else "told"])


def facts_threshold() -> float:
    """The probability from which a source outside quotation marks gives a figure, where no veto
    speaks against it."""
    return float(load(MODEL)["shown"]["figure"])


def _source(paragraph: int, block: Block, key: Key, phrase: NounPhrase) -> Source:
    reading, cue = block.reading, block.cues[key[1]]
    phrase = _first_behind(reading, cue, _subject_before_commas(reading, cue, phrase))
    first, last = whole_phrase(reading, cue, phrase)
    tokens = reading.tokens
    if tokens[first].lower == "who":
        first, last = _antecedent(reading, cue, first)
    start, end = tokens[first].start, tokens[last - 1].end
    single = tokens[first].lower if last - first == 1 and tokens[first].tag == "O" else ""
    led = (
        tokens[first - 1].lower
        if first and tokens[first - 1].tag == "P" and cue.kind in ("verb", "beside")
        else ""
    )
    return Source(paragraph, start, end, reading.text[start:end], single, led)


def _subject_before_commas(reading: Reading, cue: Cue, phrase: NounPhrase) -> NounPhrase:
    """The subject of "Ina Folk, who led the council as mayor, said": the phrase before the first of
    the commas, not the last one inside."""
    tokens = reading.tokens
    at = cue.token
    while at > 0 and tokens[at - 1].tag in "XR":
        at -= 1
    if cue.kind != "verb" or phrase.last > at - 1 or tokens[at - 1].tag != ",":
        return phrase
    first = reading.sentences[cue.sentence][0]
    commas = [
        n
        for n in range(max(first, at - 2 - WIDEST_ASIDE), at - 1)
        if tokens[n].tag == "," and not reading.quoted[n]
    ]
    # the first of them behind a phrase that the sentence, or what follows a quotation, begins with
    for n in commas:
        before = reading.ending.get(n)
        aside = _begins_aside(reading, n + 1)
        if (
            before is not None
            and aside
            and phrase.first > n
            and tokens[before.head].tag in "nM"
            and _leads(reading, before, first)
        ):
            return before
    return phrase


def _begins_aside(reading: Reading, at: int) -> bool:
    """Whether an aside begins there: an article, a relative, a number, an office, a party."""
    token = reading.tokens[at]
    return (
        token.tag in "DHSO9EI"
        or token.lower in ("who", "which", "whose")
        or (token.tag == "n" and token.lower in _offices())
        or _party(reading, at)
    )


def _party(reading: Reading, at: int) -> bool:
    """Whether a party and a place begin there: "Republican of Ohio", "D-Ore."."""
    tokens = reading.tokens
    return tokens[at].tag == "M" and (
        tokens[at].text[1:2] == "-"
        or (at + 1 < len(tokens) and tokens[at + 1].lower in ("of", "from"))
    )


def _leads(reading: Reading, phrase: NounPhrase, first: int) -> bool:
    """Whether a phrase stands where a subject does: at the head of the sentence, behind a mark, a
    comma or an opening word."""
    return phrase.first <= first + 1 or reading.tokens[phrase.first - 1].tag in ",QSC-;:"


def _first_behind(reading: Reading, cue: Cue, phrase: NounPhrase) -> NounPhrase:
    """The name right behind the verb, where what was taken stands in its apposition: "said Josh
    Falk, director of the Coalition"."""
    if cue.kind not in ("verb", "beside") or phrase.first <= cue.token:
        return phrase
    nearest = next((p for p in cue.sources if p.first > cue.token), phrase)
    between = reading.tokens[nearest.last : phrase.first]
    behind = (
        nearest.first <= cue.token + 1
        and nearest.last <= phrase.first
        and any(t.tag == "," for t in between)
    )
    return nearest if behind and reading.tokens[nearest.head].tag in "nM" else phrase


WIDEST_ASIDE = 30
"""Tokens of a clause between commas that is looked over."""


def whole_phrase(reading: Reading, cue: Cue, phrase: NounPhrase) -> tuple[int, int]:
    """The tokens of a source with what is tied to it: "a spokesman for the council of Oster"."""
    first, last = phrase.first, phrase.last
    if _is_person(reading, phrase) and not _where(reading, phrase):
        # "Representative Ina Folk of Oster": where somebody is from is no part of the name
        return (
            first,
            last,
        )
    begin, stop = reading.sentences[cue.sentence]
    tokens = reading.tokens
    while (
        first - 1 > begin
        and tokens[first - 1].lower in _ATTACHED
        and (before := reading.ending.get(first - 1))
        and _ties(reading, before)
    ):
        first = before.first
    limit = cue.token if last <= cue.token else stop
    while (
        last + 1 < limit
        and tokens[last].lower in _TIED_RIGHT
        and (after := reading.beginning.get(last + 1))
        and after.last <= limit
    ):
        if tokens[after.head].tag == "O":
            break
        last = after.last
    return first, last


def _where(reading: Reading, phrase: NounPhrase) -> bool:
    """Whether a phrase says where the one before it is, or whom it speaks for: "a jury in San
    Luca", "a spokesman for Ina Folk"."""
    before = reading.tokens[phrase.first - 1] if phrase.first else None
    return before is not None and before.lower in _PLACES and (phrase.first - 1) in reading.ending


def _is_person(reading: Reading, phrase: NounPhrase) -> bool:
    """Whether a phrase is a person's name: capitalised words of which one is a given name, a title
    or a form of address."""
    tokens = reading.tokens[phrase.first : phrase.last]
    titles = [t.lower.rstrip(".") in words("titles") for t in tokens]
    return (
        all(t.tag == "M" for t in tokens)
        and not all(titles)
        and (any(titles) or any(t.lower in genders() for t in tokens))
    )


@cache
def _offices() -> frozenset[str]:
    """Nouns for what somebody is, with which an aside begins: "Ina Folk, president of the club"."""
    return frozenset(words("titles")) | frozenset(words("persons_other"))


def _ties(reading: Reading, phrase: NounPhrase) -> bool:
    """Whether a phrase can have another tied to it: a noun or a name, not a pronoun, and not in
    quotation marks."""
    return reading.tokens[phrase.head].tag in "nM" and not reading.quoted[phrase.head]


def _antecedent(reading: Reading, cue: Cue, who: int) -> tuple[int, int]:
    """The phrase that "who" stands for: the one just before it, a comma between or not; "who"
    itself where there is none."""
    tokens = reading.tokens
    at = who - 1 if who > 0 and tokens[who - 1].tag == "," else who
    found = reading.ending.get(at)
    if found is None or at == 0:
        return who, who + 1
    return whole_phrase(reading, cue, found)
