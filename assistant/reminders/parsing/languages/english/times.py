"""English words for times of the day, by category."""

from assistant.reminders.parsing.languages import language as of
from assistant.reminders.parsing.languages import numbers

WORDS: dict[str, of.Words] = {
    "AT": "shortly before | shortly after | just before | just after | at | @ | around | about | by | at about"
    " | at around | at exactly | at approximately | approximately | approx"
    " | circa | no later than | not later than | at the latest by | as late as | at about around",
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
    "HALFDAY": {"am": of.MORNING, "pm": of.AFTERNOON},
    "FIXED": {
        "mid-day": of.NOON,
        "mid-night": of.MIDNIGHT,
        "noon": of.NOON,
        "midday": of.NOON,
        "lunchtime": of.NOON,
        "midnight": of.MIDNIGHT,
        "noontime": of.NOON,
    }
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
    "MEAL": {
        "breakfast": (8, 0),
        "lunch": of.NOON,
        "dinner": of.EVENING,
        "supper": of.EVENING,
        "dinnertime": of.EVENING,
        "dinner time": of.EVENING,
        "breakfast time": (8, 0),
        "suppertime": of.EVENING,
        "teatime": (16, 0),
    },
    "EARLY": "early | early in | early in the | early on in the | in the early | the early | very early"
    " | very early in the | early- | in the early- | as early as possible"
    " | in the early hours of the | early hours of the"
    " | in the very early",
    "LATE": "late | late in | late in the | later in the | in the late | the late | very late | very late in the"
    " | late- | in the late- | as late as possible",
    "PART": {
        "morning": of.MORNING,
        **dict.fromkeys(("mid-morning", "midmorning", "mid morning"), of.FORENOON),
        **dict.fromkeys(("mid-afternoon", "midafternoon", "mid afternoon"), (14, 0)),
        "afternoon": of.AFTERNOON,
        "evening": of.EVENING,
        "daytime": of.NOON,
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
    "ATNIGHT": {"at night": of.NIGHT},
    "PARTPLURAL": {"mornings": of.MORNING, "afternoons": of.AFTERNOON, "evenings": of.EVENING, "nights": of.NIGHT},
    "TONIGHT": dict.fromkeys(("tonight", "tonite", "to-night", "2nite"), of.TONIGHT),
    "NOW": "at this time | at present | at the present time | atm | at this moment"
    " | now | right now | just now | asap | as soon as possible | at the moment | at once"
    " | immediately | straight away | right away | this instant",
    "NUM2": {"fifteen": (15,), "twenty": (20,), "thirty": (30,), "forty": (40,), "fifty": (50,), "ten": (10,)}
    | {"oh five": (5,)}
    | numbers.english_numbers(),
    "OH": "oh | o | ou | zero",
    "AGO": "ago",
    "BACK": "back | in the past",
    "UNTOLD": "same time | at the same time | sunset | sunrise | dawn | dusk | sundown | bedtime | nightfall | daybreak"
    " | bank holiday | public holiday",
    "SOON": "later | later on",
    "SOONTODAY": "later today",
    "SOMEDAY": "someday | some day | sometime | some time | at some point | eventually",
    "TIMEWORD": "time | local time",
}
