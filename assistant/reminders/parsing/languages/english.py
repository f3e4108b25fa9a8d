"""English, as a table."""

from assistant.reminders.parsing.languages import feasts, numbers
from assistant.reminders.parsing.languages import language as of

COMMANDS = (
    "remind me | set a reminder for | set a reminder on | add a reminder | create a reminder | please remind me"
    " | can you remind me | could you remind me | reminder | set a reminder | remember | don't forget"
    " | don't let me forget | please | and remind me | remind me also | notify me | tell me | ring me"
)
ABBREVIATED_DAYS = "mon | tue/tues | wed/weds | thu/thur/thurs | fri | sat | sun"

LENGTHS = {"minute": of.MINUTE, "hour": of.HOUR, "day": of.DAY, "week": of.WEEK, "month": of.MONTH, "year": of.YEAR}
SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
SHORT_DAYS |= {f"{name}.": day for name, day in SHORT_DAYS.items()} | {"sat.": 5, "sun.": 6}

WORDS: dict[str, of.Words] = {
    "ON": "on | by | due | due on | due by | no later than | not later than | at the latest on | at the latest by",
    "AT": "shortly before | shortly after | just before | just after | at | @ | around | about | by | at about"
    " | at around | at exactly | at approximately | approximately | approx"
    " | circa | no later than | not later than | at the latest by | as late as | at about around",
    "IN": "in | in the year | within"
    " | during | in about | in around | in approximately | in exactly | in another | in just",
    "NEXTIN": "within the next | in the next",
    "THE": "the | my",
    "OF": "of | in",
    "AND": "and | & | + | / | as well as",
    "COMING": "coming | this coming | the coming | following | the following | upcoming | the upcoming",
    "UNITAFTER": {"week after next": of.WEEK, "month after next": of.MONTH},
    "THIS": "this | this coming | coming | the coming | upcoming | the upcoming | current | the current",
    "AFTERTHAT": "after next",
    "NEXT": "next | nxt",
    "EVERY": "every | each | every single | repeat every | repeats every | ev | on every | on each",
    "UNTIL": "until | till | til | up to | ending | ending on | and ending | through | thru | up until | 'til",
    "ENDS": "ends",
    "LASTS": "until | till | til | up until | 'til",
    "START": "starting | starting on"
    " | beginning | beginning on | starting from | as of | starting at | from today"
    " | starting in | beginning in | effective | commencing",
    "FROM": "from | since",
    "AWAY": "from | after | following",
    "PRIOR": "before | prior to | ahead of",
    "OR": "or",
    "BETWEEN": "between | in between | from",
    "DASH": "- | /",
    "TILL": "to | - | – | till | until | through | thru",
    "TO": "to | before | of | til",
    "PAST": "past | after",
    "HALFPAST": "half past | half-past",
    "HALF": "half",
    "QUARTER": "quarter | a quarter",
    "OCLOCK": "o'clock | oclock | o clock | sharp | on the dot",
    "ISH": "ish | -ish",
    "CLOCK": numbers.english_clock(),
    "HSIGN": "h | hrs | hours",
    "HOURSIGN": "h",
    "AMPM": {"am": (0,), "a.m.": (0,), "a.m": (0,), "pm": (12,), "p.m.": (12,), "p.m": (12,)}
    | {"a m": (0,), "p m": (12,), "in the am": (0,), "in the pm": (12,)},
    "FIXED": {"noon": of.NOON, "midday": of.NOON, "lunchtime": of.NOON, "midnight": of.MIDNIGHT, "noontime": of.NOON}
    | {
        "mid day": of.NOON,
        "mid night": of.MIDNIGHT,
        "lunch time": of.NOON,
        "twelve noon": of.NOON,
        "12 noon": of.NOON,
        "12 midnight": of.MIDNIGHT,
    }
    | {"12 midday": of.NOON, "noonish": of.NOON}
    | dict.fromkeys(("eod", "end of day", "end of the day", "cob", "close of business", "end of business"), of.CLOSE),
    "MEAL": {"breakfast": (8, 0), "lunch": of.NOON, "dinner": of.EVENING, "supper": of.EVENING, "teatime": (16, 0)},
    "EARLY": "early | early in | early in the | early on in the | in the early | the early | very early"
    " | very early in the | in the early hours of the | early hours of the | in the very early",
    "LATE": "late | late in | late in the | later in the | in the late | the late | very late | very late in the",
    "PART": {
        "morning": of.MORNING,
        "afternoon": of.AFTERNOON,
        "evening": of.EVENING,
        "night": of.NIGHT,
        **dict.fromkeys(("nighttime", "night-time", "night time"), of.NIGHT),
        "morningish": of.MORNING,
        "afternoonish": of.AFTERNOON,
        "eveningish": of.EVENING,
    },
    "PARTS": {
        "mornings": of.MORNING,
        "afternoons": of.AFTERNOON,
        "evenings": of.EVENING,
        "nights": of.NIGHT,
    },
    "PARTPLURAL": {"mornings": of.MORNING, "afternoons": of.AFTERNOON, "evenings": of.EVENING, "nights": of.NIGHT},
    "TONIGHT": dict.fromkeys(("tonight", "tonite", "to-night", "2nite"), of.TONIGHT),
    "NOW": "now | right now | just now | asap | as soon as possible | at the moment | at once"
    " | immediately | straight away | right away | this instant",
    "DAY": {
        **dict.fromkeys(("today", "tod"), (0,)),
        **dict.fromkeys(("tomorrow", "tmrw", "tomorrows", "tmmrw", "tomrw"), (1,)),
        **dict.fromkeys(("tmr", "tmw", "2moro", "tomorow", "tommorow", "tommorrow", "tomorrrow"), (1,)),
        "day after tomorrow": (2,),
        "the day after tomorrow": (2,),
        "overmorrow": (2,),
        "day after tmrw": (2,),
        "yesterday": (-1,),
    },
    "WEEKDAY": of.numbered(
        "monday | tuesday/tuseday | wednesday/wednsday/wensday | thursday/thrusday/thusday | friday | saturday/saterday"
        " | sunday",
        first=0,
    ),
    "WD": of.numbered(ABBREVIATED_DAYS, first=0),
    # Short names that are no other words; “sat” and “sun” are days beside others only.
    "SHORTDAY": {name: (day,) for name, day in SHORT_DAYS.items()},
    "WEEKDAYS": of.numbered("mondays | tuesdays | wednesdays | thursdays | fridays | saturdays | sundays", first=0),
    "WORKDAY": "weekday | workday | working day | business day | work day | week day | bizday",
    "WORKDAYS": "weekdays | workdays | working days | business days | work days | week days",
    "WEEKEND": "over the weekend | weekend | week-end | wkend | week end",
    "WEEKENDS": "weekends | week-ends",
    "WEEKWORD": {"week": of.WEEK, "weeks": of.WEEK, "fortnight": (0, 14, 0), "fortnights": (0, 14, 0)},
    "QUARTERWORD": "quarter | qtr",
    "QUARTERNO": of.numbered("q1 | q2 | q3 | q4"),
    "WEEKNO": "week | week number | week no | wk",
    "WEEKSIGN": "calendar week | cw | kw",
    "ELSEWHERE": "prophet's | orthodox | chinese | lunar | islamic"
    " | jewish | parsi | greek | coptic | hindu | bengali | persian",
    "EVEN": "even | even numbered | even-numbered",
    "ODD": "odd | odd numbered | odd-numbered | uneven",
    "SEASON": {"spring": of.SPRING, "summer": of.SUMMER, "autumn": of.AUTUMN, "winter": of.WINTER},
    "YEAR": numbers.english_years(),
    "MONTH": of.numbered(
        "january/jan | february/feb | march/mar | april/apr | may | june/jun | july/jul | august/aug"
        " | september/sep/sept | october/oct | november/nov | december/dec"
    ),
    "FEAST": feasts.names(feasts.IN_ENGLISH),
    "FEASTDAY": feasts.days(feasts.IN_ENGLISH),
    "NUM": of.numbered(
        "one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve | thirteen"
    )
    | of.numbered("fourteen | fifteen | sixteen | seventeen | eighteen | nineteen | twenty", first=14)
    | of.numbered("thirty | forty | fifty | sixty", first=30, step=10)
    | {"a couple of": (2,), "a dozen": (12,), "couple of": (2,), "a pair of": (2,), "a couple": (2,)}
    | numbers.english_numbers(),
    "NUM2": {"fifteen": (15,), "twenty": (20,), "thirty": (30,), "forty": (40,), "fifty": (50,), "ten": (10,)}
    | {"oh five": (5,)}
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
        **dict.fromkeys(("yearly", "annually", "annual", "once per year", "once every year"), of.YEAR),
    },
    "TIMES": "times | x | occurrences | repetitions",
    "EXCEPT": "except | except on | but not | but not on | except for | except in | excluding | apart from | but not in"
    " | other than | excepting | except each | except every | but not during | except during",
    "UNTOLD": "same time | at the same time | sunset | sunrise | dawn | dusk | sundown | bedtime | nightfall | daybreak"
    " | bank holiday | public holiday",
    "PLUS": "+",
    "MORE": "more",
    "BOUND": "less than | more than | at least | at most | no more than | fewer than",
    "TIMER": "timer for | set a timer for | set timer for | start a timer for | set a timer of",
    "HOLIDAYS": "holidays | public holidays | bank holidays | federal holidays",
    "LONG": "long",
    "FOR": "for | for up to | for at most | for the duration of | lasting",
    "FORNEXT": "for the next | for the coming | over the next | during the next",
    "FROMNOW": "from now | later | from today | hence | from right now | from this moment",
    "END": "end",
    "MONTHEND": "month end | month-end | eom",
    "YEAREND": "year end | year-end | eoy",
    "MONTHSTART": "beginning of the month | start of the month | bom",
    "OUTSET": "beginning of | start of | begin of | the beginning of | the start of | at the beginning of",
    "BEGIN": "beginning | begin | start",
    "MIDDLE": "mid | mid- | middle of | the middle of | in the middle of",
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
    " | good morning | good night | good evening | saturday night live"
    " | per day | per week | per month | the next morning",
}
MARKERS = "the to and my for call buy with about check send read from pay get take make clean write"

PHRASES = {
    "day": "on {day} {name} {year}",
    "date": "on {day} {name}",
    "time": "at {time}",
    "nth": "on the {nth} {weekday} of each month",
    "every": "every {weekdays}",
    "and": " and ",
    "weekdays": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}

ENGLISH = of.language(
    "en", WORDS, markers=MARKERS, dot_is_ordinal=False, colon_is_exact=False, verb_is_last=False,
    phrases=PHRASES,
)  # fmt: skip
