"""Vetoes: the grounds as named rules with their examples, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from site_gen.find.speech import grounds
from site_gen.find.speech.grounds import Place
from site_gen.rules import Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Veto(Rule):
    """A rule why the source of a stretch does not give a figure, or vouch for a date, in it."""

    dates: bool
    figures: bool
    speaks: Callable[[Place], bool]


VETOES = (
    Veto(
        name="known already",
        why="what is definite is known already: the speaker does not give that number",
        dates=False,
        figures=True,
        speaks=grounds.definite,
        examples=("Mayor Ines Falk said the [two men] would meet again.",),
        counterexamples=("Mayor Ines Falk said [two men] would meet again.",),
    ),
    Veto(
        name="age in passing",
        why="an age between commas is the article's own",
        dates=True,
        figures=True,
        speaks=grounds.age_aside,
        examples=("Ines Falk said that Edda Roon, then [32], had left.",),
        counterexamples=("Ines Falk said that Edda Roon was [32].",),
    ),
    Veto(
        name="vouches for nothing",
        why="the verb stands beside quotation marks and vouches for nothing else",
        dates=True,
        figures=True,
        speaks=grounds.only_quotes,
        examples=("Ines Falk criticised the [14 lifts].",),
        counterexamples=("Ines Falk said [14 lifts] would close.",),
    ),
    Veto(
        name="in passing",
        why="a measure that only describes something, or what happened around it, is not said",
        dates=False,
        figures=True,
        speaks=grounds.in_passing,
        examples=("Ines Falk said she was hopeful on a [three-hour visit].",),
        counterexamples=("Ines Falk said the visit took [three hours].",),
    ),
    Veto(
        name="announces a thing",
        why="who announces a plan does not give each number in it",
        dates=False,
        figures=True,
        speaks=grounds.announces_a_thing,
        examples=("The ministry announced a plan that closes [14 lifts].",),
        counterexamples=("The ministry announced on its website that it would close [14 lifts].",),
    ),
    Veto(
        name="another clause",
        why="what somebody said little about is conceded; the main clause is the article's own",
        dates=True,
        figures=True,
        speaks=grounds.other_clause,
        examples=("While the owners said little about the fall, [two guides] have left.",),
        counterexamples=("The owners said [two guides] have left.",),
    ),
    Veto(
        name="others' remarks",
        why="a participle behind somebody's remarks can go on with them",
        dates=True,
        figures=True,
        speaks=grounds.others_remarks,
        examples=(
            (
                "The council pointed at comments from Mark Falk, projecting that the bridge would"
                " create [160 jobs]."
            ),
        ),
        counterexamples=(
            "The council pointed at the model, projecting that the bridge would create [160 jobs].",
        ),
    ),
    Veto(
        name="finds things",
        why="the police find bodies; a study finds shares",
        dates=False,
        figures=True,
        speaks=grounds.finds_things,
        examples=("The police found [12 helmets] in the snow.",),
        counterexamples=("The survey found [30 percent] of the guests would return.",),
    ),
    Veto(
        name="by the way",
        why="a relative clause tells what is known already",
        dates=False,
        figures=True,
        speaks=grounds.told_by_the_way,
        examples=("Ines Falk said the fire in which [50 people] died is being looked into.",),
        counterexamples=("Ines Falk said [50 people] died in the fire.",),
    ),
    Veto(
        name="a date by the way",
        why="a date in a relative clause or beside an event is the article's own",
        dates=True,
        figures=False,
        speaks=grounds.date_by_the_way,
        examples=("Ines Falk said she wanted the post that became free [this week].",),
        counterexamples=("Ines Falk said the post would be free [this week].",),
    ),
    Veto(
        name="a new clause",
        why="what begins anew behind the words of somebody is the article's own",
        dates=True,
        figures=True,
        speaks=grounds.new_clause,
        examples=(
            "Ines Falk said she was innocent, but the council paid [400 euros] to a lawyer.",
        ),
        counterexamples=("Ines Falk said the council paid [400 euros] to a lawyer.",),
    ),
    Veto(
        name="tag of a thing",
        why="a year beside a law's name only tells it from others",
        dates=True,
        figures=False,
        speaks=grounds.tag_of_a_thing,
        examples=("Ines Falk said the council would copy the [2019] lift law.",),
        counterexamples=("Ines Falk said the law was passed in [2019].",),
    ),
    Veto(
        name="of a participle",
        why="a date beside a participle that describes a thing is the article's own",
        dates=True,
        figures=False,
        speaks=grounds.of_a_participle,
        examples=(
            "Ines Falk said she liked the deal announced by the council [this week].",
            "The lift will close, according to a notice published [Friday].",
        ),
        counterexamples=("Ines Falk said the lift would open [this week].",),
    ),
    Veto(
        name="between quotations",
        why="what bridges two pieces of a quotation is the article's own",
        dates=True,
        figures=False,
        speaks=grounds.between_quotations,
        examples=("“A mistake,” the talks on [Monday] “should not go on,” Ines Falk said.",),
        counterexamples=("Ines Falk said the talks would be on [Monday].",),
    ),
    Veto(
        name="beyond a dash",
        why="an aside between dashes says where the aside comes from",
        dates=True,
        figures=True,
        speaks=grounds.beyond_a_dash,
        examples=(
            (
                "The plan needs [eight votes] — a number that it will not get, according to two"
                " members."
            ),
        ),
        counterexamples=("The plan has [eight votes] so far, according to two members.",),
    ),
    Veto(
        name="not said",
        why="who has not said something vouches for nothing",
        dates=True,
        figures=True,
        speaks=grounds.not_said,
        examples=("Ines Falk has not said whether the [40 cabins] are safe.",),
        counterexamples=("Ines Falk has said [40 cabins] are safe.",),
    ),
    Veto(
        name="a date's own threshold",
        why="a date is mostly the article's own, whoever speaks",
        dates=True,
        figures=False,
        speaks=grounds.thin_for_a_date,
        examples=(),
        counterexamples=(),
    ),
    Veto(
        name="when it was said",
        why="a date beside the verb says when it was said, not what was",
        dates=True,
        figures=False,
        speaks=grounds.beside_the_verb,
        examples=(
            "Ines Falk said on [Tuesday] that the lift was safe.",
            "As the Courier reported [Tuesday], the lift is safe, Ines Falk said.",
        ),
        counterexamples=("Ines Falk said the lift would open on [Tuesday].",),
    ),
)
"""Why a source does not give a figure or vouch for a date that stands in its stretch, in the order
in which they are asked."""
