"""What the method page says: each verdict with an example, the steps, how often it is right
(``content/guide/accuracy.md`` has the same figures; a test holds the two together), its limits."""

from __future__ import annotations

from typing import Any

from site_gen.model.message import say

VERDICTS = (
    (
        "conflict",
        "≠",
        say("Figures differ"),
        say(
            "Two sources give values that cannot both be true. Which of them is right is not said."
        ),
        say("“14 houses” and “nine houses”"),
    ),
    (
        "noted",
        "↻",
        say("Updated"),
        say("The later report has the higher count: an update, and no contradiction."),
        say("“nine houses” on 10 June, “14 houses” on 11 June"),
    ),
    (
        "noted",
        "⇄",
        say("Sources cited differ"),
        say("Each value has a named source of its own, or one is expected and one reported."),
        say("“300 marchers”, police say; “900 marchers”, the union says"),
    ),
    (
        "compatible",
        "≈",
        say("Compatible"),
        say("Not the same words, but all can be true: rounded, hedged, or a part of a stretch."),
        say("“more than 40” and “44”"),
    ),
    (
        "agree",
        "=",
        say("Agree"),
        say("The same value with the same hedge. Outlets that share a text count once."),
        say("“nine” and “9”"),
    ),
    (
        "single",
        "1",
        say("Only one source"),
        say("Matched to no other source. Silence is not disagreement, and not an error."),
        say("“62 km/h”, in one article"),
    ),
)
STEPS = (
    (
        say("Captures."),
        say(
            "Each article is a capture of a day; its SHA-256 is on its page. What is no part "
            "of it is left out by a named rule, and shown."
        ),
    ),
    (
        say("Figures, dates, quotations."),
        say(
            "Rules read them in each sentence, with their hedge (“about”, “at least”), their "
            "unit, and who says so. Where the text does not say who, neither does this site."
        ),
    ),
    (
        say("Passages."),
        say(
            "Paragraphs of two articles are linked where enough words, names, figures and "
            "their order speak for it; each link shows its evidence."
        ),
    ),
    (
        say("Origins."),
        say(
            "Articles that share so much text that one must come from the other are one "
            "origin, and count once."
        ),
    ),
    (
        say("Rows."),
        say(
            "Values of linked sentences that count the same thing stand in one row. Where "
            "little says that it is one thing, the row is set apart as possibly the same and "
            "counted nowhere."
        ),
    ),
    (
        say("Verdicts."),
        say(
            "Each value stands for a stretch of numbers or days; stretches that do not meet "
            "cannot both be true."
        ),
    ),
    (
        say("Versions."),
        say(
            "Two captures of one article are compared word by word, what changes a figure, a "
            "date, a name or a quotation first."
        ),
    ),
)
LIMITS = (
    say("Which outlet is right, and what is true."),
    say("What stands in pictures, videos, tables of results and comments."),
    say(
        "Articles in other languages than English: they are shown, and not read for "
        "figures, dates and quotations."
    ),
    say("What an article says that was added after its capture."),
    say(
        "The same thing told in words that have nothing in common: it is then listed as "
        "only one source's, never as a difference."
    ),
)
MEASURED = (
    (say("Paragraphs of saved pages"), 98.4, say("90 pages of other sites")),
    (say("Figures, with their value"), 94.7, say("30 stories")),
    (say("Dates, with their value"), 95.0, say("30 stories")),
    (say("Who says a figure, where it is shown"), 93.4, say("30 stories: share that is right")),
    (
        say("Links between paragraphs"),
        80.2,
        say("five collections, by weights that had not seen the one they were measured on"),
    ),
    (
        say("Rows: that values belong together"),
        72.5,
        say("30 stories, by weights that had not seen the one they were measured on"),
    ),
)
"""What is found, its F1 or share in percent, and what it was measured on."""


def method_view() -> dict[str, Any]:
    """Everything that the method page lists."""
    return {
        "verdicts_told": [
            {"state": state, "sign": sign, "word": word, "means": means, "example": example}
            for state, sign, word, means, example in VERDICTS
        ],
        "steps": [{"name": name, "told": told} for name, told in STEPS],
        "measured": [{"name": name, "share": share, "on": on} for name, share, on in MEASURED],
        "limits": LIMITS,
    }
