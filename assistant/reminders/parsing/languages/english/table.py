"""English, as a table: the small words and commands, and all others of its subjects."""

from assistant.reminders.parsing.languages import language as of
from assistant.reminders.parsing.languages.english import days, lengths, times

COMMANDS = (
    "remind me | set a reminder for | set a reminder on | add a reminder | create a reminder | please remind me"
    " | can you remind me | could you remind me | reminder | set a reminder | remember | don't forget"
    " | don't let me forget | please | and remind me | remind me also | notify me | tell me | ring me"
)

SMALL_WORDS: dict[str, of.Words] = {
    "ON": "on | by | due | due on | due by | no later than | not later than | at the latest on | at the latest by",
    "IN": "in | in the year | within"
    " | during | in about | in around | in approximately | in exactly | in another | in just",
    "WITHIN": "within",
    "ANY": "any | instance of | instances of",
    "NEXTIN": "within the next | in the next",
    "THE": "the | my",
    "OF": "of | in",
    "AND": "and | & | + | / | as well as",
    "COMING": "coming | this coming | the coming | following | the following | upcoming | the upcoming",
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
    "TILL": "to | - | – | till | til | 'til | until | through | thru",
    "BEFORE": "before | beforehand | earlier | in advance | ahead | before that | before it",
    "DAYBEFORE": "the day before | day before | on the day before | a day before",
    "ATTIME": "at the time | at that time | on time | on the day | at the time itself | when it's due",
    "AFTERDONE": "after i've done it | after i have done it | after i did it | after i do it | after doing it"
    " | after i'm done | after it's done | after it is done | after done | after completion | after completing it"
    " | after finishing | after the last time | once done | once it's done | when done | after i finish"
    " | after i've finished | after i finished it | since the last time | after being done | after i've done this",
    "COMMAND": COMMANDS,
    "LINK": "to | that | about | of",
    "FOLLOW": "about | to | for | with | from | that | because | and | regarding | re | so | via | if | when | but"
    " | or",
    "KEEP": "sooner or later | see you later | for later | until later"
    " | good morning | good night | good evening | saturday night live"
    " | per day | per week | per month | the next morning | one may",
}
WORDS = SMALL_WORDS | times.WORDS | days.WORDS | lengths.WORDS
MARKERS = "the to and my for call buy with about check send read from pay get take make clean write"

PHRASES = {
    "day": "on {day} {name} {year}",
    "date": "on {day} {name}",
    "in": "in {words}",
    "in_month": "in {words}",
    "in_with_n": "",
    "example": "tomorrow at 9",
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
