"""English words for days, weeks and feasts, by category."""

from assistant.reminders.parsing.languages import feasts, numbers
from assistant.reminders.parsing.languages import language as of
from assistant.reminders.recurrence.feasts.table import IN_ENGLISH

ABBREVIATED_DAYS = "mon | tue/tues | wed/weds | thu/thur/thurs | fri | sat | sun"

SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
SHORT_DAYS |= {f"{name}.": day for name, day in SHORT_DAYS.items()} | {"sat.": 5, "sun.": 6}


WORDS: dict[str, of.Words] = {
    "DAY": {
        **dict.fromkeys(("today", "tod"), (0,)),
        **dict.fromkeys(("tomorrow", "tmrw", "tomorrows", "tmmrw", "tomrw"), (1,)),
        **dict.fromkeys(("tmr", "tmw", "2moro", "tomorow", "tommorow", "tommorrow", "tomorrrow"), (1,)),
        "day after tomorrow": (2,),
        "the day after tomorrow": (2,),
        "overmorrow": (2,),
        "day after tmrw": (2,),
        **dict.fromkeys(("yesterday", "yest"), (-1,)),
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
    " | jewish | parsi | choti | chhoti | greek | coptic | hindu | bengali | persian",
    "EVEN": "even | even numbered | even-numbered",
    "ODD": "odd | odd numbered | odd-numbered | uneven",
    "SEASON": {"spring": of.SPRING, "summer": of.SUMMER, "autumn": of.AUTUMN, "winter": of.WINTER},
    "YEAR": numbers.english_years(),
    "MONTH": of.numbered(
        "january/jan | february/feb | march/mar | april/apr | may | june/jun | july/jul | august/aug"
        " | september/sep/sept | october/oct | november/nov | december/dec"
    ),
    "FEAST": feasts.names(IN_ENGLISH),
    "FEASTDAY": feasts.days(IN_ENGLISH),
    "EXCEPT": "except | but not | except for | excluding | apart from | other than | excepting | except each"
    " | except every | but not during | except during | with the exception of | not including | unless it's"
    " | unless it is | unless that's | unless that is | unless it falls on | except if it's | except if it is"
    " | except when it's | except when it is | if it's not | if it is not | if it isn't | when it's not"
    " | as long as it's not | provided it's not",
    "IFWEEKEND": "if weekend | if it's a weekend | if it is a weekend | if that's a weekend | if that is a weekend"
    " | if it falls on a weekend | if that falls on a weekend | if it lands on a weekend | if it's on a weekend"
    " | if it is on a weekend | if on a weekend | when it's a weekend | when it falls on a weekend | when weekend"
    " | if the day is a weekend | if it falls on the weekend | if it's the weekend | if it falls on weekend"
    " | if this falls on a weekend | if this is a weekend | when it is a weekend | if that day is a weekend",
    "THEN": "then | move to | move it to | moved to | shifted to | otherwise",
    "PREVIOUS": "previous | preceding | prev | last week's | previous week's | last month's | last year's",
    "GONE": "last | past | previous | preceding | prev | this past | this last",
    "SEASONWORD": "season | seasons",
    "ERA": "century | centuries | twenties | thirties | forties | fifties | sixties | seventies | eighties | nineties"
    " | noughties | tens | thousands | millennium",
    "REST": "rest of the | rest of my | rest of | rest the | the rest of the | the rest of my | the rest of"
    " | the remainder of the | the remaining of the | later in the",
    "GONEOF": "last week's | previous week's | last month's | last year's | yesterday's",
    "EARLIER": "earlier | earlier in",
    "BEFORELAST": "before last",
    "AFTERIT": "after that | after it | afterwards | thereafter",
    "TITLE": "mr | mr. | mrs | mrs. | ms | ms. | miss | dr | dr. | prof | prof.",
    "LABEL": "chapter | version | page | pages | section | paragraph | room | appendix",
    "BUT": "but | save | save for | not",
    "HOLIDAYS": "holidays | public holidays | bank holidays | federal holidays | legal holidays | national holidays"
    " | statutory holidays | stat holidays",
    "HOLIDAY": "a holiday | holiday | a public holiday | public holiday | a bank holiday | bank holiday",
    "VACATION": "school holidays | the school holidays | vacation | vacations | the holiday season",
    "END": "end",
    "MONTHEND": "month end | month-end | eom",
    "YEAREND": "year end | year-end | eoy",
    "MONTHSTART": "beginning of the month | start of the month | bom",
    "OUTSET": "beginning of | start of | begin of | the beginning of | the start of | at the beginning of",
    "BEGIN": "beginning | begin | start",
    "MIDDLE": "mid | mid- | middle of | the middle of | in the middle of",
}
