"""Who a speaker is: the full name and the title or affiliation that an article gives, for "Vale",
"the mayor" or "resort manager Kilian Voss".

Everything is taken from the article's own words; a surname that two people share is left as it
stands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from site_gen.language.lists import genders, words
from site_gen.language.marks import quoted_spans
from site_gen.language.reading import read
from site_gen.model import HEADLINE, Paragraph

_TITLE = (
    r"(?:(?:Mr|Mrs|Ms|Mx|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Cmdr|Adm|Prof|Rev|Supt|Insp|Det|"
    r"Hon)\.?|President|Senator|Representative|Congress(?:man|woman)|Governor|Justice|Judge|"
    r"Secretary|Speaker|Mayor|Minister|Chancellor|Sheriff|Chief|Professor|Doctor|General|Colonel|"
    r"Major|Captain|Commander|Admiral|Lieutenant|Sergeant|Inspector|Superintendent|Detective|"
    r"Constable|Officer|Sir|Dame|Lord|Lady|Baroness|King|Queen|Prince|Princess|Bishop|Archbishop|"
    r"Father|Sister|Brother|Pastor|Rabbi|Imam|Councillor|Councilman|Councilwoman|Ambassador|"
    r"Prime|Deputy|Vice|Attorney|State|Foreign|Finance|Interior|Defen[cs]e)"
)
COURTESY = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Mx Mx.".split())
"""Forms of address, which say nothing of what a person is."""
_PART = r"(?:[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ](?:[A-Z][a-z]+)?|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen)\.)"
_LINK = r"(?:de|da|di|van|von|der|den|la|le|al|bin|ibn|el|af|av|O’|Mac)"
_RUN = re.compile(
    rf"(?<![\w’'-]){_PART}(?:\s(?:[A-Z]\.|{_LINK}|(?:Jr|Sr)\.?|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen)\.|"
    rf"{_PART})){{0,7}}(?<!\sde)(?![\w-])(?![’']\s?[A-Z])"
)
"""A run of capitalised words, initials and the small words inside names."""
_NOT_NAMES = re.compile(
    r"\b(?:The|This|That|These|Those|But|And|For|In|On|At|By|From|After|Before|When|While|Then|"
    r"There|Mr|Mrs|Ms|Dr|Party|Ministry|Department|Office|Council|Committee|Court|University|"
    r"College|School|Hospital|Police|Company|Corporation|Bank|Union|Association|Agency|Board|"
    r"Institute|Group|League|Trust|Society|Museum|Club|Party|Street|Road|Avenue|Square|Bridge|"
    r"River|Lake|Valley|Mount|Island|Bay|Port|Point|Harbou?r|County|City|State|States|North|"
    r"South|East|West|New|Saint|St|House|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|"
    r"Sunday|January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Times|Post|Republicans?|Democrats?|Democratic|Supreme|White|Senate|Congress|"
    r"Parliament|World|National|Royal|Power|Mutual|Lines|Line|Energy|Airlines|Railway|Review|"
    r"Radio|News|Shipyards?|Stores?|Act|Amendment|Day|Conference|Committee|Rights|Census|Report|"
    r"Code|Law|Bill|Treasury|Reserve|Guard|Force|Army|Navy|Press|Associated|Fair|Magazine|"
    r"Network|Business|Fox|CNN|Action|Election|Caucus|Coalition|Project|Fund|Enquirer|Tribune|"
    r"Hill|Chamber|Commerce|Industries|Inc|Corp|Ltd|Foundation|Federation|Authority|Commission|"
    r"Bureau|Service|Services|Center|Centre|Administration|Twitter|Facebook)\b"
)
_ROLES = frozenset(
    """
        visitor developer inspector teacher lawyer attorney manager director officer driver
        farmer resident witness neighbour neighbor owner founder leader spokesman spokeswoman
        spokesperson editor author singer actor actress scientist researcher economist analyst
        engineer pilot doctor nurse trader broker builder architect campaigner activist
        volunteer organiser organizer defender striker coach prosecutor investigator
        commissioner captain curator librarian shopkeeper survivor passenger student pensioner
        tourist guide coroner solicitor barrister negotiator candidate lawmaker defendant
        plaintiff juror residents""".split()
)
"""Common nouns for persons that stand before a name at the beginning of a sentence ("Visitor Prue
Haddon")."""
_ROLE_END = r"(?=[,.;:!?”\"’]|\s(?:who|said|told|and|whose|has|had|was|is)\b|$)"
_NICKNAMED = re.compile(r"\b([A-ZÀ-Þ][\w’'-]+)\s[“\"‘'(][A-Z][\w.’'-]+[”\"’')]\s([A-ZÀ-Þ][\w’'-]+)")
_ROLE_WORD = r"(?:(?:Rep|Sen|Gov|Mr|Mrs|Ms|Dr|Gen|U\.S|U\.K)\.|(?:and|&)\s[A-Z][\w’'-]*|[\w’'&-]+)"
_AFTER = re.compile(
    rf"(?:,\s\d{{1,3}})?,\s(?:(?:the|a|an|his|her|their|"
    rf"its)\s)?(?P<role>[a-z][\w’'-]*(?:\s{_ROLE_WORD}){{0,11}}?){_ROLE_END}"
)
_CUT_SHORT = re.compile(
    r",?\s(?:and|&)\s(?!(?:a|an|the|his|her|its|said|told|has|had|was|is|who|added)\b)\w|"
    r",\s[A-Z][\w.]*,\s[a-z]|\.\s[A-Z]"
)
"""What goes on behind a role that a comma or an "and" cuts: "president of the Hallin, Ost.,
branch"."""
_NO_ROLE = frozenset(
    """
        who which whom whose where when while as and but or said says told added with after
        before if because since although though he she they it not no also even still now then
        for from by in on at to of that has had have was were is are will would could may might
        including adding speaking asked wearing according saying noting near""".split()
)
_CUT = _NO_ROLE | frozenset("the a an his her their its my our".split())
_GENERIC = re.compile(r"(?:the|a|an|his|her|their|its|one|another|this|that)\s+", re.IGNORECASE)
_BODY = re.compile(
    r"(?:[A-Z][\w’'&-]*\s){0,4}(?:Ministry|Department|Office|Council|Committee|Court|University|"
    r"College|Hospital|Company|Corporation|Bank|Union|Association|Agency|Board|Institute|Group|"
    r"League|Trust|Society|Museum|Club|Party|Foundation|Federation|Authority|Commission|Bureau|"
    r"Service|Administration)(?:\s(?:of|for)(?:\sthe)?(?:\s[A-Z][\w’'-]*){1,3})?"
)


@dataclass(frozen=True, slots=True)
class People:
    """The persons and bodies that an article names: ``full``: a last or a first name → full name;
    ``roles``: full name → title or affiliation."""

    full: Mapping[str, str]
    roles: Mapping[str, str]
    bodies: Mapping[str, str]


def people(paragraphs: Iterable[Paragraph]) -> People:
    """Everybody whom the paragraphs name in full."""
    seen: Counter[str] = Counter()
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    bodies: dict[str, set[str]] = defaultdict(set)
    for paragraph in (
        p for p in paragraphs if p.role != "heading" and p.index != HEADLINE
    ):  # there every word has a capital
        text = paragraph.text
        marks = bytearray(len(text))
        for q in quoted_spans(text):
            marks[q.opens : q.closes] = b"\x01" * (q.closes - q.opens)
        for m in _NICKNAMED.finditer(text):
            seen[f"{m[1]} {m[2]}"] += 1  # William “Mo” Cowan
        for m in _RUN.finditer(text):
            title, name = split_run(m[0].removesuffix("’s").removesuffix("'s"))
            # whom a speaker names need not be who they are: "Your Honor"
            if name and not _NOT_NAMES.search(name) and not marks[m.start()]:
                seen[name] += 1
                _roles_at(text, m, title, name, roles[name])
        for m in _BODY.finditer(text):
            for word in m[0].split():
                bodies[word.lower()].add(m[0])
    last: dict[str, set[str]] = defaultdict(set)
    first: dict[str, set[str]] = defaultdict(set)
    for name in seen:
        last[surname(name)].add(name)
        first[name.split()[0]].add(name)
    return People(
        full={key: min(names) for key, names in {**first, **last}.items() if len(names) == 1},
        roles={
            name: min(found.items(), key=lambda f: (-f[1], f[0]))[0]
            for name, found in roles.items()
            if found
        },
        bodies={
            key: min(names) for key, names in bodies.items() if len({n.lower() for n in names}) == 1
        },
    )


def surname(name: str) -> str:
    """The last part of a name that is not "Jr."."""
    parts = name.split()
    return next((w for w in reversed(parts) if not _SMALL_PART.fullmatch(w)), parts[-1])


def _role_before(text: str, start: int) -> str:
    """The words for what somebody is that stand right before a name: back to an article, a mark or
    a small word."""
    found: list[str] = []
    for word in reversed(re.findall(r"[\w’'&-]+|[^\w\s]", text[max(0, start - 90) : start])):
        if not (word[0].isalpha() and len(found) < 7):
            if word == "," and not found:
                continue
            break
        if word.lower() in _CUT or word.lower() in _STOPPERS:
            break
        found.append(word)
    while found and found[-1].endswith(("’s", "'s")):
        found.pop()
    return _as_role(found[::-1])


_STOPPERS = frozenset(
    "like than including such this that these those our my your whose where between against over"
    " under during among within".split()
)


def _note(found: Counter[str], role: str, weight: int) -> None:
    parts = role.rstrip(".").split()
    if (
        not parts
        or parts[0] in _NO_ROLE
        or parts[-1] in _NO_ROLE
        or re.search(r"(?:ing|(?<!retir)ed)$", parts[0])
    ):
        return
    head = re.split(r"\s(?:of|for|at|in|from|to|with|on)\s", " ".join(parts))[0].split()[-1].lower()
    if names_a_person(head):
        found[" ".join(parts)] += weight


def names_a_person(noun: str) -> bool:
    """Whether a noun can be what somebody is: a title, a trade, kin, or a word with an ending of
    such."""
    return (
        noun in words("titles")
        or noun in _ROLES
        or noun in genders()
        or noun in words("persons_other")
        or (bool(_PERSON_ENDING.search(noun)) and noun not in words("no_persons"))
    )


_PERSON_ENDING = re.compile(
    r"(?:er|or|ist|ian|ant|ent|man|woman|person|eur|ee|ess|crat|smith|wright)$"
)


def _roles_at(text: str, run: re.Match[str], title: str, name: str, found: Counter[str]) -> None:
    """Note what stands for what somebody is at one place of the name: a title, words behind it,
    words before it."""
    if title and title not in COURTESY:
        whole = _OFFICE_OF.search(text, max(0, run.start() - WIDEST_OFFICE), run.start())
        body = _BODY_BEFORE.search(text, max(0, run.start() - WIDEST_OFFICE), run.start())
        office = f"{whole['office']}{title}" if whole else f"{body[1]} {title}" if body else title
        if (
            not whole
            or names_a_person(title.split()[-1].lower())
            or names_a_person(whole["office"].split()[0].lower())
        ):
            once = _ONCE.search(text, max(0, run.start() - WIDEST_OFFICE), run.start())
            found[f"{once[1]} {office}" if once and not whole else office] += 3
    if (after := _AFTER.match(text, run.end())) and not _CUT_SHORT.match(text, after.end()):
        _note(found, after["role"], 2)
    if not title and (before := _role_before(text, run.start() + run[0].find(name))):
        _note(found, before, 1)


_ONLY_WHEN = frozenset("former then acting interim incoming outgoing late onetime".split())
_ONCE = re.compile(rf"\b({'|'.join(sorted(_ONLY_WHEN))})\s$")
"""Words that say when somebody held an office: no office by themselves, and part of one."""
_BODY_BEFORE = re.compile(r"(?<![\w.])([A-Z]{2,}|[A-Z]\.[A-Z]\.)\s$")
"""A body in capitals before a title: "NATO" General Ina Folk."""
WIDEST_OFFICE = 60
"""Characters before a name in which the office begins of which its title is the end."""
_OFFICE_OF = re.compile(r"(?P<office>(?:[A-Z][\w’'-]*\s){1,4}(?:of|for|on)\s(?:the\s)?)$")
"""The beginning of an office that a run of capitals cuts: "Secretary of" State Ina Falk, "Union
for" Women President Ina Falk."""
_SMALL_PART = re.compile(r"[A-Z]\.|(?:Jr|Sr)\.?")
"""Initials and what tells father from son are no part by which the length of a name is judged."""


def split_run(run: str) -> tuple[str, str]:
    """What stands before a name in a run of capitalised words, and the name; the name is empty
    where the run holds none.

    "British Defence Secretary Ben Wallace" → the words behind the last title, or from the first
    given name on; else two or three words.
    """
    parts = run.split()
    while len(parts) > 2 and (
        re.fullmatch(r"[A-Z][a-z]{2,}ing", parts[0]) or parts[0].lower() in words("openers")
    ):
        parts = parts[1:]  # "Saying President Vale ...", "But President Vale ..."
    titles = words("titles")
    led = max(
        (
            n + 1
            for n, w in enumerate(parts[:-1])
            if w.lower().rstrip(".") in titles or re.fullmatch(_TITLE, w)
        ),
        default=0,
    )
    given = next((n for n, w in enumerate(parts[:-1]) if n >= led and w.lower() in genders()), led)
    name = parts[given:]
    full = sum(not _SMALL_PART.fullmatch(w) for w in name)
    if (not led and given == led and full > 3) or full > 5:
        return "", ""
    if len(name) == 1 and not led:
        return "", ""
    return " ".join(parts[:given]), " ".join(name)


def _split(name: str) -> tuple[str, str]:
    """Titles in front of a name, and the name."""
    parts = name.split()
    n = 0
    if len(parts) > 2 and re.fullmatch(r"[A-Z][a-z]{2,}ing", parts[0]):
        parts = parts[1:]  # "Saying President Vale ..."
    while n < len(parts) - 1 and (
        re.fullmatch(_TITLE, parts[n]) or (len(parts) - n > 2 and parts[n].lower() in _ROLES)
    ):
        if parts[n + 1].lower() in words("bodies"):
            break  # "Justice Department" is no Mr Department
        n += 1
    return " ".join(parts[:n]), " ".join(parts[n:])


def resolve(speaker: str, known: People) -> tuple[str, str]:
    """The fullest name that the article gives for a speaker, and title or affiliation; both empty
    where there is none.

    A description without a name ("a neighbour") is the name, without its article.
    """
    if not speaker:
        return "", ""
    title, rest = _split(speaker)
    parts = rest.split()
    lower = [n for n, w in enumerate(parts) if w[:1].islower() and not re.fullmatch(_LINK, w)]
    tail = parts[lower[-1] + 1 :] if lower else parts
    lead = parts[: len(parts) - len(tail)]
    if tail and len(tail) > 1 and " ".join(tail) not in known.full.values():
        inner = next(
            (n for n in range(1, len(tail)) if " ".join(tail[n:]) in known.full.values()), 0
        )
        lead, tail = [*lead, *tail[:inner]], tail[inner:]
    described = (
        bool(lead)
        and bool(_GENERIC.match(speaker))
        and len(tail) == 1
        and tail[0].lower() in words("described")
    )
    if tail and not described and not (lead and lead[-1] in ("of", "for", "at", "in", "from")):
        name = " ".join(tail).removesuffix("’s").removesuffix("'s")
        full = known.full.get(tail[-1], name) if len(tail) == 1 else name
        _, full = _split(full)
        role = (
            (title if title not in COURTESY else "") or known.roles.get(full, "") or _as_role(lead)
        )
        return full, role
    plain = re.sub(
        r"\s(?:who|which|that)\s.*",
        "",
        _GENERIC.sub("", speaker, count=1) if _GENERIC.match(speaker) else speaker,
    )
    holders = [
        name
        for name, role in sorted(known.roles.items())
        if _same_role(plain.lower(), role.lower())
    ]
    if len(holders) == 1 and not speaker.lower().startswith(("a ", "an ", "one ", "another ")):
        return holders[0], known.roles[holders[0]]
    return known.bodies.get(plain.lower(), plain), ""


def _as_role(lead: Sequence[str]) -> str:
    """The words before a name as what somebody is: behind the last verb, without an article."""
    text = " ".join(lead)
    tokens = read(text).tokens
    verbs = [t.end for t in tokens if t.tag in "VX"]
    around = zip(tokens, tokens[1:], tokens[2:], strict=False)
    verbs += [
        t.end
        for before, t, behind in around
        if before.tag == behind.tag == "M" and t.tag == "n" and t.lower.endswith("s")
    ]
    rest = text[max(verbs, default=0) :].strip() + " "
    generic = _GENERIC.match(rest)
    role = rest[generic.end() if generic else 0 :].strip()
    return "" if role.lower() in _ONLY_WHEN else role


def _same_role(said: str, role: str) -> bool:
    """Whether "the minister" can be "the transport minister" or "the minister of transport"."""
    head = re.split(r"\s(?:of|for|at|in|from|to)\s", role)[0]
    return said in (role, head) or head.endswith(" " + said) or said.endswith(" " + role)
