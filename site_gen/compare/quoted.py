"""Who is quoted: speakers over sources, with the words inside quotation marks and in other words,
and how much of each source is somebody's words.

One row over several sources is one person only where the full name is the same and the roles do not
speak against it; a surname alone joins a full name where one of the two roles says so. Descriptions
("officials") stand together where they are worded alike, and that says nothing of who they are.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from site_gen.compare.identity import short_hash
from site_gen.compare.telling import Told
from site_gen.language.lists import words as listed
from site_gen.language.words import STOP_WORDS, stem, word_list
from site_gen.model import (
    Annotated,
    Attribution,
    Matches,
    Place,
    Share,
    SourceKind,
    Speaker,
    Utterance,
    Voice,
)

KINDS: tuple[SourceKind, ...] = ("named", "organisation", "unnamed", "document", "media", "")
"""The kinds of speakers, in the order in which they are listed."""
_SMALL = frozenset(("jr", "sr", "ii", "iii", "dr", "mr", "mrs", "ms"))


@dataclass(frozen=True, slots=True)
class _Said:
    """What one source gives to one speaker."""

    source: str
    name: str
    role: str
    kind: SourceKind
    found: tuple[Attribution, ...]


def speakers(told: Told, matches: Matches) -> tuple[Speaker, ...]:
    """Everybody who is quoted: those whom most sources quote first, then by their words."""
    groups: list[list[_Said]] = []
    for said in _in_order(told, matches):
        for group in groups:
            if _may_join(said, group):
                group.append(said)
                break
        else:
            groups.append([said])
    outlets = {a.article.id: a.article.outlet for a in told.sources}
    made = sorted((_speaker(group, matches, outlets) for group in groups), key=_rank)
    seen: Counter[str] = Counter()
    out = []
    for speaker in made:
        seen[speaker.id] += 1
        again = seen[speaker.id]
        out.append(replace(speaker, id=f"{speaker.id}-{again}") if again > 1 else speaker)
    return tuple(out)


def _rank(speaker: Speaker) -> tuple[int, int, int, str, str]:
    words = sum(v.quoted + v.told for v in speaker.voices)
    return -len(speaker.voices), KINDS.index(speaker.kind), -words, speaker.name, speaker.id


def _in_order(told: Told, matches: Matches) -> list[_Said]:
    """The speakers of each source; those with full names first, so that a surname finds them."""
    out = []
    for source in matches.sources:
        if source not in told.tellings:
            continue
        by_name: dict[tuple[str, SourceKind], list[Attribution]] = defaultdict(list)
        kinds: dict[str, Counter[SourceKind]] = defaultdict(Counter)
        annotated = told.article(source)
        for a in annotated.attributions:
            if a.speaker:
                kinds[_fold(a.speaker)][a.kind] += 1
        for a in annotated.attributions:
            if a.speaker:
                kind = max(kinds[_fold(a.speaker)], key=lambda k: (kinds[_fold(a.speaker)][k], k))
                by_name[_fold(a.speaker), _media(a.speaker, kind, told)].append(a)
        own = annotated.article.outlet.lower()
        for (folded, kind), found in by_name.items():
            if kind == "media" and (own in folded or folded in own):
                continue  # an outlet is no source of its own
            roles = [a.role for a in found if a.role]
            names = [a.speaker for a in found]
            out.append(
                _Said(
                    source,
                    max(names, key=lambda n: (len(n), n)),
                    max(roles, key=lambda r: (len(r), r), default=""),
                    kind,
                    tuple(found),
                )
            )
    order = {s: n for n, s in enumerate(matches.sources)}
    return sorted(out, key=lambda s: (-len(_parts(s.name)), order[s.source], s.name))


def _fold(name: str) -> str:
    return " ".join(w for _, _, w in word_list(name) if w not in ("the", "a", "an"))


def _media(name: str, kind: SourceKind, told: Told) -> SourceKind:
    """The kind of a source, which is other media where it is one of the outlets."""
    folded = _fold(name)
    outlets = {_fold(a.article.outlet) for a in told.sources}
    return "media" if kind != "document" and folded in outlets else kind


def _parts(name: str) -> list[str]:
    """The parts of a name without initials, titles and what tells father from son."""
    return [
        _without_marks(w)
        for _, _, w in word_list(name)
        if len(w) > 1 and w not in _SMALL and w not in STOP_WORDS and w not in listed("titles")
    ]


def _without_marks(word: str) -> str:
    """A word without accents: outlets differ in whether they set them."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _may_join(said: _Said, group: Sequence[_Said]) -> bool:
    """Whether what a source gives to a speaker belongs to a group: once a source, of the same kind,
    where name and role agree."""
    first = group[0]
    if any(g.source == said.source for g in group) or first.kind != said.kind:
        return False
    if said.kind != "named":
        return _fold(first.name) == _fold(said.name) and _own(first, said)
    one, other = _parts(first.name), _parts(said.name)
    if not one or not other or one[-1] != other[-1]:
        return False
    agree, against = _roles(first.role, said.role)
    if len(one) > 1 and len(other) > 1:
        given = one[0] == other[0] or _short(one[0], other[0])
        return given and not (against and one[0] != other[0])
    return agree


def _own(first: _Said, said: _Said) -> bool:
    """Whether a description that is worded alike may stand together: "a spokesman" of two bodies
    may not."""
    agree, against = _roles(first.role, said.role)
    return agree or not against


def _short(first: str, second: str) -> bool:
    """Whether one given name is the other's short form by its first three letters: "Rob", "Robert"
    have two, and are not joined by this."""
    short, long = sorted((first, second), key=len)
    return len(short) >= 3 and long.startswith(short)


def _roles(first: str, second: str) -> tuple[bool, bool]:
    """Whether two roles have a telling word in common, and whether both have some and none."""
    one, other = (
        {stem(w) for _, _, w in word_list(r) if w not in STOP_WORDS} for r in (first, second)
    )
    return bool(one & other), bool(one) and bool(other) and not one & other


def _speaker(group: Sequence[_Said], matches: Matches, outlets: Mapping[str, str]) -> Speaker:
    name = max((g.name for g in group), key=lambda n: (len(n), n))
    role = max((g.role for g in group), key=lambda r: (len(r), r))
    voices = tuple(
        _voice(said) for said in sorted(group, key=lambda g: matches.sources.index(g.source))
    )
    told = f"{group[0].kind}|{_fold(name)}|{_fold(role) if group[0].kind != 'named' else ''}"
    outlet = outlets[voices[0].source] if len(voices) == 1 and group[0].kind != "named" else ""
    return Speaker(
        id="q-" + short_hash(f"{told}|{outlet}"),
        name=name,
        role=role,
        kind=group[0].kind,
        voices=voices,
    )


def _voice(said: _Said) -> Voice:
    paragraph, start, end = said.found[0].source
    return Voice(
        source=said.source,
        quoted=sum(a.words[0] for a in said.found),
        told=sum(a.words[1] for a in said.found),
        utterances=tuple(
            Utterance(
                place=Place(article=said.source, paragraph=a.paragraph, start=a.start, end=a.end),
                quoted=a.quoted,
                told=a.told,
                words=a.words,
                verb=a.verb,
                cue=Place(article=said.source, paragraph=a.cue[0], start=a.cue[1], end=a.cue[2]),
            )
            for a in said.found
        ),
        named=Place(article=said.source, paragraph=paragraph, start=start, end=end),
    )


def shares(told: Told, matches: Matches) -> tuple[Share, ...]:
    """How much of each source's body is somebody's words, in the order of the sources."""
    out = []
    for source in matches.sources:
        if source in told.tellings:
            out.append(_share(told.article(source), told))
    return tuple(out)


def _share(annotated: Annotated, told: Told) -> Share:
    kinds: Counter[SourceKind] = Counter()
    for a in annotated.attributions:
        kinds[_media(a.speaker, a.kind, told)] += sum(a.words)
    return Share(
        source=annotated.article.id,
        words=sum(len(p.text.split()) for p in annotated.article.body),
        quoted=sum(a.words[0] for a in annotated.attributions),
        told=sum(a.words[1] for a in annotated.attributions),
        kinds=tuple((k, kinds[k]) for k in KINDS if kinds[k]),
    )
