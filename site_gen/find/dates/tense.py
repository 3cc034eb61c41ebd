"""Where a date stands, and whether the clause around it looks ahead or back: what decides which
Monday is meant."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

REACH = 160
"""Characters around a span that the rules look at: a clause or two, so that time stays linear in
the text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """Where a match stands: the paragraph's text, the span, its sentence, and the day of
    publication."""

    published: dt.date | None
    text: str
    start: int
    end: int
    sentence: tuple[int, int]

    @property
    def before(self) -> str:
        """The sentence up to the span, as far back as any rule looks."""
        return self.text[max(self.sentence[0], self.start - REACH) : self.start]

    @property
    def after(self) -> str:
        """The sentence from the end of the span on, as far as any rule looks."""
        return self.text[self.end : min(self.sentence[1], self.end + REACH)]


_FUTURE = re.compile(
    r"\b(?:will|won't|won’t|shall|would|'ll|’ll|going to|expected|scheduled|due|set to|plan(?:s|"
    r"ned|ning)? to|upcoming|coming|is to|are to|to be held|slated|next|vow(?:s|ed)? to|"
    r"intends? to|hopes? to|wants? to|may|could|if|(?:re)?opens|begins|starts|closes|meets|"
    r"votes|arrives|expires|resumes|takes (?:place|effect)|launches|returns|hosts|kicks off|"
    r"set for|up for|ahead of|likely to|poised to|about to|ready to|preparing to|to be)\b|"
    r"\b[a-z]+s (?:open|reopen|resume|start|begin|close|end|stop|meet|vote|leave|launch|return|"
    r"play|face|host|kick off|go on sale|expire|arrive)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|been|since|\w+ed|said|told|came|took|began|begun|met|went|gone|made|"
    r"gave|given|won|lost|left|held|sent|last|sold|broke|broken|wrote|written|spoke|spoken|saw|"
    r"seen|found|fell|rose|ran|paid|put|led|got|grew|brought|bought|built|caught|chose|chosen|"
    r"drew|drove|fought|knew|kept|laid|heard|shot|struck|stood|taught|thought|threw|understood|"
    r"withdrew|became|dates? back|dating back)\b"
)


_PASSIVE = re.compile(r"\b(?:to|will|would|not|could|should|may|might|shall) be \w+")
_PLANNED = re.compile(
    r"\b(?:start|open|reopen|close|resume|begin|meet|vote|return|end|stop|leave|launch|face|play|"
    r"arrive|expire)\s(?:on\s)?$"
)
"""A base form right before a day: "talks resume Tuesday"; what has happened has its past form."""
_AHEAD_OF = re.compile(
    r"['’]s\s+(?:\w+\s){0,2}(?:election|vote|deadline|hearing|meeting|summit|match|game|talks|"
    r"launch|start|opening|ceremony)\b",
    re.IGNORECASE,
)
"""Events that news writes of before they happen."""


_HAD_BEHIND = re.compile(r"[^.;]{0,40}\bhad\b")
"""What was done by a day: "By Monday the volunteers had left"."""


def _was_done(before: str, after: str) -> bool:
    """Whether what is told "by" or "before" a day had been done, or is the day's own thing."""
    if re.search(r"\bby\s$", before, re.IGNORECASE) and _HAD_BEHIND.match(after):
        return True
    done = re.search(r"\b(?:had|was|were)\b[^,;]{0,40}$", before)
    return bool(done or re.match(r"['’]s\s+\w", after))


def looks_ahead(context: Context) -> bool:
    """Whether the clause around the span speaks of the future: the nearest verb sign before it,
    else after it."""
    before, after = context.before[-60:], context.after[:60]
    if re.search(
        r"\b(?:until|till|by|before|as (?:soon|early|late) as|no later than)\s+(?:at least |at |"
        r"next )?(?:\d{1,2}(?::\d\d)? ?[ap]\.?m\.? (?:[ECMP][SD]T )?)?$",
        before,
        re.IGNORECASE,
    ):
        return not _was_done(before, after)
    if re.match(r"['’]s\s+\w", after):
        return bool(_AHEAD_OF.match(after))  # "Wednesday's ruling" has been given
    if re.search(r"\bhad (?:\w+ )?been (?:due|scheduled|expected|planned|set|supposed)\b", before):
        return False
    if _PLANNED.search(before) and not re.search(
        r"\b(?:did|didn['’]t|could|had)\b[^,;]{0,20}$|\b(?:left|kept|stay\w*|remain\w*|still|"
        r"was|were|be|been|being) (?:open|close)\s",
        before,
    ):
        return True
    if re.search(r"\b(?:is|are) (?:set for |slated for |due |up for \S+ )?(?:on |in )?$", before):
        return True
    # "scheduled to be held on Monday" has no past in it
    plain = _PASSIVE.sub(lambda m: "_" * len(m[0]), before)
    ahead, back = (
        [m.start() for m in p.finditer(t)][-1:] for p, t in ((_FUTURE, before), (_PAST, plain))
    )
    if ahead or back:
        return bool(ahead) and (not back or ahead[0] >= back[0])  # "expected" is a sign of both
    return bool(_FUTURE.search(after)) and not _PAST.search(after)


def looks_back(context: Context) -> bool:
    """Whether the clause around the span speaks of the past: then no date after publication is
    meant. "Until" leads ahead."""
    if re.search(
        r"\b(?:until|till|through|by|before|to)\s+(?:the\s+)?$", context.before, re.IGNORECASE
    ):
        return False
    return bool(
        _PAST.search(context.before[-80:])
        or (not _FUTURE.search(context.before[-80:]) and _PAST.search(context.after[:60]))
    )
