"""What a number counts: the noun phrase behind it."""

from __future__ import annotations

from collections.abc import Set

from site_gen.find.figures.phrases import COUNT_STOP, head_of
from site_gen.find.figures.ranges import Scanner
from site_gen.find.figures.tokens import HYPHENS, Token
from site_gen.language.lists import words


class Counted:
    """Reads noun phrases over the tokens of one paragraph."""

    text: str
    items: list[Token]
    scan: Scanner
    hidden: Set[int]

    def _counted(self, at: int) -> tuple[str, int]:
        """The noun phrase that starts at token ``at`` (a hyphen or an "of" before it skipped), and
        the token after it."""
        k = at
        if self.scan.text(k) in HYPHENS and self.scan.text(k) and self.scan.joined(k):
            word = self.scan.text(k + 1)
            return (self.items[k + 1].raw, k + 2) if word.isalpha() else ("", at)
        if (
            self.scan.text(k) == "of"
            and self.scan.text(k + 1) in ("the", "these", "those")
            and (other := self.scan.number(k + 2))
            and not other.order
        ):
            return self._noun_phrase(other.last, other.last)[
                0
            ], at  # "three of the four men": what the second number counts
        if (
            self.scan.text(k) in ("the", "its", "their", "his", "her", "our")
            and self.scan.text(k - 1) == "half"
        ):
            k += 1
        elif self.scan.text(k) == "of":
            k += 1
            if self.scan.text(k) in (
                "the",
                "its",
                "their",
                "his",
                "her",
                "these",
                "those",
                "all",
                "our",
            ):
                k += 1
        elif self.scan.text(k) in ("more", "other", "additional", "new", "further"):
            k += 1
        return self._noun_phrase(k, at)

    def _noun_phrase(self, at: int, until: int) -> tuple[str, int]:
        """Up to five words that may stand in a noun phrase, up to the first plural; where none is
        plural, the last noun-like word."""
        start, end = at, at
        while end < len(self.items) and end - start < 5:
            t = self.items[end]
            doing = self._past_verb(end)
            if doing:
                break
            participle = t.text.endswith("ed") or t.text in (
                "wounded",
                "injured",
                "missing",
                "hurt",
            )
            if participle and head_of(self.scan.text(end + 1)) and t.text not in ("said", "used"):
                end += 1
                continue
            hyphen = (
                t.text in HYPHENS
                and end > start
                and self.scan.joined(end)
                and self.scan.joined(end + 1)
            )
            if not hyphen and (
                not t.raw[0].isalpha() or t.text in COUNT_STOP or end in self.hidden
            ):
                break
            end += 1
            if head_of(t.text):
                break
        while end > start and not self.items[end - 1].raw[0].isalpha():
            end -= 1
        if end == start or (
            not head_of(self.items[end - 1].text)
            and self.items[start].text.endswith("ing")
            and end == start + 1
        ):
            return "", until
        return self.text[self.items[start].start : self.items[end - 1].end], end

    def _past_verb(self, at: int) -> bool:
        """Whether a word says what those who are counted did: "12 drowned", "40 fled". A participle
        before a plural tells what they are."""
        word = self.scan.text(at)
        if word in words("past_verbs"):
            return True
        following = self.scan.text(at + 1)
        noun_behind = (
            following.isalpha()
            and following not in COUNT_STOP
            and not following.endswith(("ly", "ed"))
        )
        return (
            word.endswith("ed")
            and len(word) > 4
            and word not in ("hundred", "red", "bed", "seed", "shed")
            and not noun_behind
        )
