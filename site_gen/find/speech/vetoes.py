"""Vetoes: the grounds as named rules with their examples, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from site_gen.find.speech import grounds
from site_gen.find.speech.grounds import Place


@dataclass(frozen=True, slots=True)
class Veto:
    """A reason why the source of a stretch does not give a figure or a date in it. Examples are
    sentences with the words in brackets."""

    name: str
    why: str
    dates: bool
    figures: bool
    speaks: Callable[[Place], bool]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


VETOES = (
    Veto(
        "known already",
        "what is definite is known already: the speaker does not give that number",
        False,
        True,
        grounds.definite,
        ("Mayor Ines Falk said the [two men] would meet again.",),
        ("Mayor Ines Falk said [two men] would meet again.",),
    ),
    Veto(
        "age in passing",
        "an age between commas is the article's own",
        True,
        True,
        grounds.age_aside,
        ("Ines Falk said that Edda Roon, then [32], had left.",),
        ("Ines Falk said that Edda Roon was [32].",),
    ),
    Veto(
        "vouches for nothing",
        "the verb stands beside quotation marks and vouches for nothing else",
        True,
        True,
        grounds.only_quotes,
        ("Ines Falk criticised the [14 lifts].",),
        ("Ines Falk said [14 lifts] would close.",),
    ),
    Veto(
        "in passing",
        "a measure that only describes something, or what happened around it, is not what is said",
        False,
        True,
        grounds.in_passing,
        ("Ines Falk said she was hopeful on a [three-hour visit].",),
        ("Ines Falk said the visit took [three hours].",),
    ),
    Veto(
        "announces a thing",
        "who announces a plan does not give each number in it",
        False,
        True,
        grounds.announces_a_thing,
        ("The ministry announced a plan that closes [14 lifts].",),
        ("The ministry announced on its website that it would close [14 lifts].",),
    ),
    Veto(
        "another clause",
        "what somebody said little about is conceded; the main clause is the article's own",
        True,
        True,
        grounds.other_clause,
        ("While the owners said little about the fall, [two guides] have left.",),
        ("The owners said [two guides] have left.",),
    ),
    Veto(
        "others' remarks",
        "a participle behind somebody's remarks can go on with them",
        True,
        True,
        grounds.others_remarks,
        (
            (
                "The council pointed at comments from Mark Falk, projecting that the bridge would"
                " create [160 jobs]."
            ),
        ),
        ("The council pointed at the model, projecting that the bridge would create [160 jobs].",),
    ),
    Veto(
        "finds things",
        "the police find bodies; a study finds shares",
        False,
        True,
        grounds.finds_things,
        ("The police found [12 helmets] in the snow.",),
        ("The survey found [30 percent] of the guests would return.",),
    ),
    Veto(
        "by the way",
        "a relative clause tells what is known already",
        False,
        True,
        grounds.told_by_the_way,
        ("Ines Falk said the fire in which [50 people] died is being looked into.",),
        ("Ines Falk said [50 people] died in the fire.",),
    ),
    Veto(
        "a date by the way",
        "a date in a relative clause or beside an event is the article's own",
        True,
        False,
        grounds.date_by_the_way,
        ("Ines Falk said she wanted the post that became free [this week].",),
        ("Ines Falk said the post would be free [this week].",),
    ),
    Veto(
        "a new clause",
        "what begins anew behind the words of somebody is the article's own",
        True,
        True,
        grounds.new_clause,
        ("Ines Falk said she was innocent, but the council paid [400 euros] to a lawyer.",),
        ("Ines Falk said the council paid [400 euros] to a lawyer.",),
    ),
    Veto(
        "tag of a thing",
        "a year beside a law's name only tells it from others",
        True,
        False,
        grounds.tag_of_a_thing,
        ("Ines Falk said the council would copy the [2019] lift law.",),
        ("Ines Falk said the law was passed in [2019].",),
    ),
    Veto(
        "of a participle",
        "a date beside a participle that describes a thing is the article's own",
        True,
        False,
        grounds.of_a_participle,
        (
            "Ines Falk said she liked the deal announced by the council [this week].",
            "The lift will close, according to a notice published [Friday].",
        ),
        ("Ines Falk said the lift would open [this week].",),
    ),
    Veto(
        "between quotations",
        "what bridges two pieces of a quotation is the article's own",
        True,
        False,
        grounds.between_quotations,
        ("“A mistake,” the talks on [Monday] “should not go on,” Ines Falk said.",),
        ("Ines Falk said the talks would be on [Monday].",),
    ),
    Veto(
        "beyond a dash",
        "an aside between dashes says where the aside comes from",
        True,
        True,
        grounds.beyond_a_dash,
        (
            (
                "The plan needs [eight votes] — a number that it will not get, according to two"
                " members."
            ),
        ),
        ("The plan has [eight votes] so far, according to two members.",),
    ),
    Veto(
        "not said",
        "who has not said something vouches for nothing",
        True,
        True,
        grounds.not_said,
        ("Ines Falk has not said whether the [40 cabins] are safe.",),
        ("Ines Falk has said [40 cabins] are safe.",),
    ),
    Veto(
        "a date's own threshold",
        "a date is mostly the article's own, whoever speaks",
        True,
        False,
        grounds.thin_for_a_date,
        (),
        (),
    ),
    Veto(
        "when it was said",
        "a date beside the verb says when it was said, not what was",
        True,
        False,
        grounds.beside_the_verb,
        (
            "Ines Falk said on [Tuesday] that the lift was safe.",
            "As the Courier reported [Tuesday], the lift is safe, Ines Falk said.",
        ),
        ("Ines Falk said the lift would open on [Tuesday].",),
    ),
)
"""Why a source does not give a figure or vouch for a date that stands in its stretch, in the order
in which they are asked."""
