"""English, as a table."""

from assistant.reminders.parsing.languages import language as of

COMMANDS = (
    "remind me | please remind me | can you remind me | could you remind me | reminder | set a reminder | remember"
    " | don't forget | don't let me forget | please | and remind me | remind me also | notify me | tell me | ring me"
)
ABBREVIATED_DAYS = "mon | tue/tues | wed/weds | thu/thur/thurs | fri | sat | sun"

WORDS: dict[str, of.Words] = {
    "ON": "on | by | due | due on | due by",
    "AT": "at | @ | around | about | by | at about | at around",
    "IN": "in | within | during",
    "THE": "the | my",
    "OF": "of | in",
    "AND": "and | & | + | / | as well as",
    "COMING": "coming | this coming | the coming",
    "UNITAFTER": {"week after next": of.WEEK, "month after next": of.MONTH},
    "THIS": "this | this coming | coming | the coming",
    "NEXT": "next",
    "EVERY": "every | each | every single | repeat every | repeats every",
    "UNTIL": "until | till | til | up to | ending | ending on | through",
    "LASTS": "until | till | til",
    "START": "starting | starting on | beginning | beginning on | starting from | as of | starting at | from today",
    "FROM": "from | since",
    "AWAY": "from | after",
    "OR": "or",
    "BETWEEN": "between | from",
    "TILL": "to | - | – | till | until | through",
    "TO": "to | before | of | til",
    "PAST": "past",
    "HALFPAST": "half past | half-past",
    "QUARTER": "quarter | a quarter",
    "OCLOCK": "o'clock | oclock",
    "HSIGN": "h | hrs | hours",
    "AMPM": {"am": (0,), "a.m.": (0,), "a.m": (0,), "pm": (12,), "p.m.": (12,), "p.m": (12,)},
    "FIXED": {"noon": of.NOON, "midday": of.NOON, "lunchtime": of.NOON, "midnight": of.MIDNIGHT}
    | dict.fromkeys(("eod", "end of day", "end of the day", "cob", "close of business"), of.CLOSE),
    "PART": {
        "morning": of.MORNING,
        "afternoon": of.AFTERNOON,
        "evening": of.EVENING,
        "night": of.NIGHT,
    },
    "PARTS": {
        "mornings": of.MORNING,
        "afternoons": of.AFTERNOON,
        "evenings": of.EVENING,
        "nights": of.NIGHT,
    },
    "TONIGHT": {"tonight": of.TONIGHT},
    "DAY": {
        "today": (0,),
        "tomorrow": (1,),
        "tmrw": (1,),
        **dict.fromkeys(("tmr", "tmw", "2moro", "tomorow", "tommorow", "tommorrow", "tomorrrow"), (1,)),
        "day after tomorrow": (2,),
        "the day after tomorrow": (2,),
        "yesterday": (-1,),
    },
    "WEEKDAY": of.numbered(
        "monday | tuesday/tuseday | wednesday/wednsday/wensday | thursday/thrusday/thusday | friday | saturday/saterday"
        " | sunday",
        first=0,
    ),
    "WD": of.numbered(ABBREVIATED_DAYS, first=0),
    "WEEKDAYS": of.numbered("mondays | tuesdays | wednesdays | thursdays | fridays | saturdays | sundays", first=0),
    "WORKDAY": "weekday | workday | working day | business day",
    "WORKDAYS": "weekdays | workdays | working days | business days",
    "WEEKEND": "weekend",
    "WEEKENDS": "weekends",
    "MONTH": of.numbered(
        "january/jan | february/feb | march/mar | april/apr | may | june/jun | july/jul | august/aug"
        " | september/sep/sept | october/oct | november/nov | december/dec"
    ),
    "FEAST": {
        **dict.fromkeys(("christmas", "christmas day", "xmas"), (12, 25)),
        "boxing day": (12, 26),
        "christmas eve": (12, 24),
        **dict.fromkeys(("new year's eve", "new years eve"), (12, 31)),
        **dict.fromkeys(("new year", "new year's", "new year's day", "new years day"), (1, 1)),
        "halloween": (10, 31),
        **dict.fromkeys(("valentine's day", "valentines day"), (2, 14)),
    },
    "NUM": of.numbered(
        "one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve | thirteen"
    )
    | of.numbered("fourteen | fifteen | sixteen | seventeen | eighteen | nineteen | twenty", first=14)
    | of.numbered("thirty | forty | fifty | sixty", first=30, step=10)
    | {"a couple of": (2,), "a dozen": (12,), "twenty five": (25,), "forty five": (45,)},
    "NUM2": {"fifteen": (15,), "twenty": (20,), "thirty": (30,), "forty five": (45,), "fifty": (50,)},
    "FEW": "a few | few | some | several | a couple",
    "TWICE": "twice",
    "ONE": {"a": (1,), "an": (1,), "one": (1,)},
    "ORD": of.numbered(
        "first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth | eleventh | twelfth"
    )
    | {"other": (2,), "last": (-1,), "second last": (-2,), "second to last": (-2,), "penultimate": (-2,)},
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
        "month": of.MONTH,
        "months": of.MONTH,
        "quarter": of.QUARTER,
        "quarters": of.QUARTER,
        "year": of.YEAR,
        "years": of.YEAR,
    },
    "DURATION": {
        "half an hour": (0, 0, 1800),
        "half hour": (0, 0, 1800),
        "a half hour": (0, 0, 1800),
        "quarter of an hour": (0, 0, 900),
        "a quarter of an hour": (0, 0, 900),
        "quarter hour": (0, 0, 900),
        "three quarters of an hour": (0, 0, 2700),
        "an hour and a half": (0, 0, 5400),
    },
    "ANDAHALF": "and a half",
    "PERIOD": {
        **dict.fromkeys(("once a day", "once per day"), of.DAY),
        **dict.fromkeys(("once a week", "once per week"), of.WEEK),
        **dict.fromkeys(("once a month", "once per month"), of.MONTH),
        "once a year": of.YEAR,
        "hourly": of.HOUR,
        "daily": of.DAY,
        "weekly": of.WEEK,
        "biweekly": (0, 14, 0),
        "bi-weekly": (0, 14, 0),
        "fortnightly": (0, 14, 0),
        "monthly": of.MONTH,
        "quarterly": of.QUARTER,
        "yearly": of.YEAR,
        "annually": of.YEAR,
    },
    "TIMES": "times | x",
    "EXCEPT": "except | except on | but not | but not on",
    "LONG": "long",
    "FOR": "for | for the next",
    "FROMNOW": "from now | later | from today",
    "END": "end",
    "MONTHEND": "month end | month-end | eom",
    "YEAREND": "year end | year-end | eoy",
    "MONTHSTART": "beginning of the month | start of the month",
    "OUTSET": "beginning of | start of",
    "SOON": "later | later on",
    "SOONTODAY": "later today",
    "MEASURE": "% | percent | degrees | dollars | euros | € | $ | £ | km | kg | mph",
    "SOMEDAY": "someday | some day | sometime | some time | at some point | eventually",
    "BEFORE": "before | beforehand | earlier | in advance | ahead | before that | before it",
    "DAYBEFORE": "the day before | day before | on the day before | a day before",
    "ATTIME": "at the time | at that time | on time | on the day | at the time itself | when it's due",
    "AFTERDONE": "after i've done it | after i have done it | after i did it | after i do it | after doing it"
    " | after i'm done | after it's done | after it is done | after done | after completion | after completing it"
    " | after finishing | after the last time | once done | once it's done | when done | after i finish"
    " | after i've finished | after i finished it | since the last time | after being done | after i've done this",
    "TIMEWORD": "time | local time",
    "COMMAND": COMMANDS,
    "LINK": "to | that | about | of",
    "FOLLOW": "about | to | for | with | from | that | because | and | regarding | re | so | via | if | when | but"
    " | or",
    "KEEP": "sooner or later | see you later | for later | until later"
    " | good morning | good night | good evening | saturday night live | black friday | cyber monday"
    " | per day | per week | per month | the next morning",
}
MARKERS = "the to and my for call buy with about check send read from pay get take make clean write"

ENGLISH = of.language("en", WORDS, markers=MARKERS, dot_is_ordinal=False, colon_is_exact=False, verb_is_last=False)
