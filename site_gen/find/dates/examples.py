"""Why each date rule is there, with an example on either side: "text with [the span] = value",
published on 2031-06-12.

In a counterexample the rule must not take the marked span. A test takes each rule out in turn and
fails where its example stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

PUBLISHED = "2031-06-12"
"""The day of publication from which the examples count: a Thursday."""
EXAMPLES: Mapping[str, tuple[str, str, str]] = {
    "iso": (
        "A date as programs write it.",
        "It was dated [2031-05-03] in Oster. = 2031-05-03",
        "",
    ),
    "month-day-range": (
        "Two days of one month, or of two, the month first.",
        "It ran from [May 3 to May 9] in Oster. = 2031-05-03/2031-05-09",
        "",
    ),
    "day-range-month": (
        "Two days of one month, the days first.",
        "It ran on [3-9 May 2030] in Oster. = 2030-05-03/2030-05-09",
        "",
    ),
    "month-day-year": (
        "A day, the month first; without a year, the nearest that fits the tense.",
        "It was on [May 3, 2030] in Oster. = 2030-05-03",
        "",
    ),
    "day-range-months": (
        "A day and month to another.",
        "It ran from [28 April to 3 May 2030] in Oster. = 2030-04-28/2030-05-03",
        "",
    ),
    "numeric": (
        "Digits alone, where one order only is possible.",
        "It was signed on [13/06/2030] in Oster. = 2030-06-13",
        "",
    ),
    "day-month-year": (
        "A day, the day first.",
        "It was on [3 May 2030] in Oster. = 2030-05-03",
        "",
    ),
    "month-year": (
        "A month of a year.",
        "It stood in [May 2030] in Oster. = 2030-05",
        "",
    ),
    "bare-month": (
        (
            "A month alone: the nearest that fits the tense; verbs and first names that look like"
            " it are none."
        ),
        "It opened in [April] in Oster. = 2031-04",
        "They will [March] on the hall.",
    ),
    "half": (
        "Half a year.",
        "It grew in [the first half of 2030] in Oster. = 2030-H1",
        "",
    ),
    "months-of-a-year": (
        "Two months that share a year.",
        "It was shut [from May to July 2030] in Oster. = 2030-05/2030-07",
        "He met her in [May and July 2030] again.",
    ),
    "month-short-year": (
        "A month and the last two digits of its year.",
        "It stood in [June ’29] in Oster. = 2029-06",
        "",
    ),
    "ordinal-weekday": (
        "A weekday that its month and a count fix.",
        "The vote will be on [the first Tuesday in November]. = 2031-11-04",
        "On [Tuesday], the first of November hearings was held.",
    ),
    "weeks-ago-weekday": (
        "Weeks before the last such weekday.",
        "The dam broke [a week ago Tuesday]. = 2031-06-03",
        "",
    ),
    "weekday-week": (
        "British: the weekday a week after the coming one.",
        "The court will meet on [Monday week]. = 2031-06-23",
        "It is a [Monday week] after week.",
    ),
    "weeks-from-weekday": (
        "Weeks after the coming weekday.",
        "It will start [two weeks from Saturday]. = 2031-06-28",
        "",
    ),
    "season-years": (
        "A winter over the turn of the year has its first year's name.",
        "It froze in [the winter of 2027-28] there. = 2027-WI",
        "",
    ),
    "plain-decade": (
        "A decade without its mark, where nothing in the sentence is measured in tens.",
        "It was built in [the 80s] there. = 198",
        "It was in the [80s] Fahrenheit there.",
    ),
    "year-span": (
        "Two years with a dash.",
        "In the [2028-2029] budget it stood. = 2028/2029",
        "It rose from [1900-1850] feet.",
    ),
    "month-year-range": (
        "From a month of a year to another.",
        "It ran [from May 2029 to July 2030] in Oster. = 2029-05/2030-07",
        "",
    ),
    "year-range": (
        "From a year to another.",
        "He served [from 2027 to 2029] there. = 2027/2029",
        "",
    ),
    "season-year": (
        "A season of a year.",
        "It froze in [winter 2028] there. = 2028-WI",
        "",
    ),
    "quarter": (
        "A quarter of a year; without one, the last that began.",
        "It grew in [the third quarter of 2030] there. = 2030-Q3",
        "He scored in the [second quarter] of the game.",
    ),
    "decade": (
        "Ten years by their first.",
        "It was built in [the 1980s] there. = 198",
        "",
    ),
    "short-decade": (
        "Ten years by two digits and a mark.",
        "It was built in [the ’80s] there. = 198",
        "",
    ),
    "fiscal-year": (
        "A financial year has its number.",
        "It is in the budget of [fiscal 2029] there. = 2029",
        "",
    ),
    "year": (
        "Four digits where a year can stand, and nothing is counted by them.",
        "It was built in [2019] there. = 2019",
        "More than [2000] marched in Oster.",
    ),
    "spelled-year": (
        "A year as it is spoken.",
        "It was built in [nineteen ninety-six] there. = 1996",
        "",
    ),
    "weekday": (
        "The nearest weekday that fits the tense.",
        "The cable snapped on [Tuesday] there. = 2031-06-10",
        "She reads the [Sunday] Times there.",
    ),
    "near-day": (
        "A day told from that of publication.",
        "The cable snapped [yesterday] there. = 2031-06-11",
        "In [today]'s world it is rare.",
    ),
    "relative-unit": (
        "A week, month, season or year told from that of publication.",
        "The cable snapped [last week] there. = 2031-W23",
        "",
    ),
    "end-of": (
        "The end or beginning of the current year, month or week.",
        "It must be done by [the end of the year]. = 2031",
        "",
    ),
    "from-now": (
        "So many units after publication.",
        "It will be done [two years from now]. = 2033",
        "",
    ),
    "short-year": (
        "Two digits with a mark behind a preposition.",
        "It was built in [’08] there. = 2008",
        "",
    ),
    "ago": (
        "So many units before publication, as fine as the unit.",
        "The cable snapped [two days ago] there. = 2031-06-10",
        "",
    ),
    "clock": (
        "A time of a day that the text names.",
        "On Tuesday the cable snapped at [4:45 p.m.] there. = 2031-06-10T16:45",
        "",
    ),
    "clock, day not named": (
        "A time whose day nobody names: no day is claimed for it.",
        "The cable snapped at [4:45 p.m.] there. = 2031-06-12T16:45",
        "",
    ),
    "holiday": (
        "A day that a name fixes.",
        "The cable snapped on [Christmas Day] there. = 2030-12-25",
        "He gave the [Thanksgiving] address there.",
    ),
    "century": (
        "A hundred years; not those before Christ.",
        "It was built in [the 18th century] there. = 17",
        "It stood in the [12th century] BC there.",
    ),
    "same": (
        "The date that was named last.",
        "It opened on May 3, 2030. It closed [the same day]. = 2030-05-03",
        "",
    ),
    "in-the-day": (
        "The day that was named last.",
        "It opened on May 3, 2030. It closed [later in the day]. = 2030-05-03",
        "",
    ),
    "following": (
        "The day, week or year next to the one named last.",
        "It opened on May 3, 2030. It closed [the following day]. = 2030-05-04",
        "",
    ),
    "day-before": (
        "The day next to the one named last.",
        "It opened on May 3, 2030. It was cleaned [the day before]. = 2030-05-02",
        "",
    ),
    "later": (
        "A unit after or before what was named last.",
        "It opened on May 3, 2030. It closed [a year later] for good. = 2031",
        "",
    ),
    "year-ago": (
        "Amid the figures of a quarter, the same quarter of the year before.",
        (
            "In the third quarter of 2030 it earned $2 million, against $1 million [a year ago]. ="
            " 2029-Q3"
        ),
        "",
    ),
    "year-ago-quarter": (
        "The same quarter of the year before.",
        (
            "In the third quarter of 2030 it earned $2 million, against $1 million in [the year-ago"
            " quarter]. = 2029-Q3"
        ),
        "",
    ),
    "the-quarter": (
        "The quarter that the text is about.",
        "In the third quarter of 2030 it grew. In [the latest quarter] it shrank. = 2030-Q3",
        "",
    ),
    "years-quarter": (
        "A quarter of a year that is told in words.",
        "It grew in [this year’s third quarter] there. = 2031-Q3",
        "",
    ),
    "weekend": (
        "The weekend just past.",
        "It rained over [the weekend] there. = 2031-W23-WE",
        "",
    ),
    "past-decade": (
        "Tens of years up to publication.",
        "It shrank over [the past two decades] there. = 2011/2031",
        "",
    ),
}
"""Name of the rule → why, example, counterexample (empty where none looks alike)."""
