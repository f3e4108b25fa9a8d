"""English words for numbers, lengths of time and what comes again, by category."""

from assistant.reminders.parsing.languages import language as of
from assistant.reminders.parsing.languages import numbers

LENGTHS = {"minute": of.MINUTE, "hour": of.HOUR, "day": of.DAY, "week": of.WEEK, "month": of.MONTH, "year": of.YEAR}


WORDS: dict[str, of.Words] = {
    "UNITAFTER": {"week after next": of.WEEK, "month after next": of.MONTH},
    "NUM": of.numbered(
        "one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve | thirteen"
    )
    | of.numbered("fourteen | fifteen | sixteen | seventeen | eighteen | nineteen | twenty", first=14)
    | of.numbered("thirty | forty | fifty | sixty", first=30, step=10)
    | {"a couple of": (2,), "a dozen": (12,), "couple of": (2,), "a pair of": (2,), "a couple": (2,)}
    | numbers.english_numbers(),
    "FEW": "a few | few | some | several | a few more | a handful of",
    "TWICE": {"twice": (2,), "thrice": (3,), "two times": (2,), "three times": (3,), "four times": (4,)},
    "PERUNIT": {"per day": of.DAY, "per week": of.WEEK, "per month": of.MONTH, "per year": of.YEAR},
    "ONE": {"a": (1,), "an": (1,), "one": (1,)},
    "ORD": numbers.english_places()
    | {"last": (-1,), "final": (-1,), "second last": (-2,), "second to last": (-2,), "penultimate": (-2,)}
    | {"second to the last": (-2,), "2nd to last": (-2,), "2nd to the last": (-2,), "next to last": (-2,)}
    | {"last but one": (-2,)}
    | numbers.english_places_from_the_end(),
    "OTHER": "other | alternate | alternating",
    "UNIT": {
        "second": of.SECOND,
        "seconds": of.SECOND,
        "sec": of.SECOND,
        "secs": of.SECOND,
        "minute": of.MINUTE,
        "minutes": of.MINUTE,
        "min": of.MINUTE,
        "m": of.MINUTE,
        "mins": of.MINUTE,
        "hour": of.HOUR,
        "hours": of.HOUR,
        "hr": of.HOUR,
        "hrs": of.HOUR,
        "h": of.HOUR,
        "day": of.DAY,
        "days": of.DAY,
        "week": of.WEEK,
        "weeks": of.WEEK,
        "fortnight": (0, 14, 0),
        "fortnights": (0, 14, 0),
        "month": of.MONTH,
        "months": of.MONTH,
        **dict.fromkeys(("quarter", "qtr"), of.QUARTER),
        "quarters": of.QUARTER,
        **dict.fromkeys(("yr", "yrs"), of.YEAR),
        **dict.fromkeys(("wk", "wks", "workweek", "work week", "working week"), of.WEEK),
        "year": of.YEAR,
        "years": of.YEAR,
        **dict.fromkeys(("decade", "decades"), (120, 0, 0)),
    }
    | {f"{unit}{mark} time": of_it for unit, of_it in LENGTHS.items() for mark in ("'s", "s'", "s")},
    "MINUTEWORD": "minute | minutes | min | mins",
    "SHORTUNIT": {"d": of.DAY, "w": of.WEEK, "wk": of.WEEK, "wks": of.WEEK, "mo": of.MONTH, "mos": of.MONTH}
    | {"y": of.YEAR, "yr": of.YEAR, "yrs": of.YEAR, "s": of.SECOND, "mth": of.MONTH, "mths": of.MONTH},
    "DURATION": {
        "about half an hour": (0, 0, 1800),
        "one and a half hours": (0, 0, 5400),
        "three-quarters of an hour": (0, 0, 2700),
        "half an hour": (0, 0, 1800),
        "a quarter hour": (0, 0, 900),
        "a decade": (120, 0, 0),
        "the hour": (0, 0, 3600),
        "half hour": (0, 0, 1800),
        "a half hour": (0, 0, 1800),
        "quarter of an hour": (0, 0, 900),
        "a quarter of an hour": (0, 0, 900),
        "quarter hour": (0, 0, 900),
        "three quarters of an hour": (0, 0, 2700),
        "an hour and a half": (0, 0, 5400),
        "a month and a half": (0, 45, 0),
        "a day and a half": (0, 0, 129600),
        "a year and a half": (18, 0, 0),
        **dict.fromkeys(("a fortnight's time", "a fortnights time"), (0, 14, 0)),
    },
    "ALL": "all | whole | full | entire | the whole | the full | the entire | all the | another | half | the remaining",
    "STAY": "night | nights",
    "ANDAHALF": "and a half | and an half | and one half",
    "PERIOD": {
        **dict.fromkeys(("once a day", "once per day"), of.DAY),
        **dict.fromkeys(("once a week", "once per week"), of.WEEK),
        **dict.fromkeys(("once a month", "once per month"), of.MONTH),
        "once a year": of.YEAR,
        "hourly": of.HOUR,
        **dict.fromkeys(("daily", "everyday"), of.DAY),
        "weekly": of.WEEK,
        **dict.fromkeys(("biweekly", "bi-weekly", "fortnightly", "bi weekly"), (0, 14, 0)),
        **dict.fromkeys(("alternate days", "on alternate days"), (0, 2, 0)),
        **dict.fromkeys(("alternate weeks", "on alternate weeks"), (0, 14, 0)),
        **dict.fromkeys(("alternate months", "in alternate months"), (2, 0, 0)),
        **dict.fromkeys(("bimonthly", "bi-monthly"), (2, 0, 0)),
        "monthly": of.MONTH,
        **dict.fromkeys(("quarterly", "once a quarter"), of.QUARTER),
        **dict.fromkeys(("semiannually", "semi-annually", "biannually", "half-yearly", "half yearly"), (6, 0, 0)),
        **dict.fromkeys(("biennially", "biennial", "every two years"), (24, 0, 0)),
        **dict.fromkeys(("yearly", "annually", "annual", "once per year", "once every year"), of.YEAR),
    },
    "TIMES": "times | x | occurrences | repetitions",
    "PLUS": "+",
    "MORE": "more",
    "BOUND": "less than | more than | at least | at most | no more than | fewer than",
    "TIMERWORD": "timer",
    "TIMERSTART": "set a | start a | create a | set | start",
    "TIMER": "timer for | set a timer for | set timer for | start a timer for | set a timer of",
    "LONG": "long",
    "FOR": "for | for up to | for at most | for the duration of | lasting",
    "FORNEXT": "for the next | for the coming | over the next | during the next",
    "FROMNOW": "from now | later | from today | hence | from right now | from this moment",
    "MEASURE": "% | percent | degrees | dollars | euros | € | $ | £ | km | kg | mph",
}
