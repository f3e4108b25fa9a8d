"""German, as a table: the small words and commands, and all others of its subjects."""

from assistant.reminders.parsing.languages import language as of
from assistant.reminders.parsing.languages.german import days, lengths, times

SMALL_WORDS: dict[str, of.Words] = {
    "ON": "am | an | zu | den | an dem | an den | zum | auf den | bis spätestens | spätestens | spätestens am"
    " | bis spätestens am | spätestens bis",
    "IN": "in | im | im jahr | im jahre | binnen"
    " | innerhalb | innerhalb von | in etwa | in ca | in ca. | in circa | in zirka | in ungefähr"
    " | in spätestens | in den nächsten | in genau | binnen der nächsten | in rund",
    "WITHIN": "binnen | innerhalb | innerhalb von | in den nächsten | binnen der nächsten",
    "THE": "der | die | das | den | dem | des",
    "OF": "des | im | in | vom | von",
    "AND": "und | & | + | / | sowie",
    "COMING": "kommende | kommenden | kommendes | kommender",
    "AFTERTHAT": "nach dem nächsten | nach der nächsten",
    "AFTERNEXT": "übernächste | übernächsten | übernächstes | übernächster | übernächstem",
    "THIS": "diesen | diese | dieses | dieser | diesem | aktuellen | laufenden | kommenden | kommende | kommendes"
    " | kommendem",
    "NEXT": "nächsten | nächste | nächstes | nächster | nächstem | naechsten | naechste | naechstes | naechster"
    " | nächsen"
    " | folgenden | folgende",
    "EVERY": "jeden | jede | jedes | jeder | jedem | alle | immer | immer am | aller | an jedem | an jeden | in jedem"
    " | in jeder | immer jeden | zu jedem | am jeden | allen | jede volle",
    "DUE": "bis | bis zum | bis zur",
    "UNTIL": "bis | bis zum | bis zur | bis einschließlich",
    "LASTS": "bis | bis zum | bis zur",
    "START": "ab | ab dem | ab der | von heute an | ab sofort | beginnend | beginnend am | startend | angefangen am",
    "FROM": "von | vom | seit",
    "BETWEEN": "zwischen | von",
    "DASH": "- | /",
    "TILL": "bis einschließlich | bis einschließlich zum | bis inklusive | bis inkl. | bis | bis zum"
    " | - | – | auf | auf den",
    "PRIOR": "vor | vor dem | vor der | vor den",
    "AWAY": "nach | nach dem | nach der | nach den",
    "OR": "oder",
    "BEFORE": "davor | vorher | zuvor | früher | im voraus | vorher erinnern | davor erinnern",
    "DAYBEFORE": "am tag davor | am tag vorher | am tag zuvor | am vortag | den tag davor | tags zuvor",
    "ATTIME": "zur zeit | zum zeitpunkt | zur zeit selbst | am tag selbst | pünktlich | zum termin",
    "AFTERDONE": "nachdem ich es erledigt habe | nachdem ich es gemacht habe | nachdem ich das erledigt habe"
    " | nachdem ich's erledigt habe | nachdem ich das gemacht habe | nachdem ich sie erledigt habe"
    " | nachdem es erledigt ist | nachdem es erledigt wurde | nach erledigung | nach der erledigung"
    " | nach dem erledigen | wenn erledigt | sobald erledigt | ab erledigung | nachdem ich fertig bin"
    " | nach dem letzten mal | seit dem letzten mal",
    "REMINDED": "erinnern",
    "COMMAND": "erinnere mich | kannst du mich | könntest du mich | kannst du mich bitte | würdest du mich"
    " | erinner mich | bitte erinnere mich | erinnere mich bitte | erinnerung | bitte"
    " | denk dran | denk daran | vergiss nicht | nicht vergessen | und erinnere mich | erinnere mich auch | sag mir",
    "LINK": "daran | dass | daß | an | dran | zu",
    "FOLLOW": "im | in | vom | wegen | mit | für | zu | zum | zur | und | daran | dass | bei | beim"
    " | weil | über | oder | aber | wenn",
    "KEEP": "früher oder später | für später | bis später | bis nachher"
    " | guten morgen | gute nacht | guten abend | pro tag | pro woche | pro monat | am tag | in der woche",
}
WORDS = SMALL_WORDS | times.WORDS | days.WORDS | lengths.WORDS
MARKERS = "der die das und ich mich mit für bitte kaufen anrufen nicht zu auf von ist holen machen bei vom oma"

PHRASES = {
    "day": "am {day}.{month}.{year}",
    "date": "am {day}.{month}.",
    "in": "in {words}",
    "in_month": "im {words}",
    "in_with_n": "tage monate jahre",
    "example": "morgen um 9 Uhr",
    "time": "um {time} Uhr",
    "nth": "am {number}. {weekday} jedes Monats",
    "every": "jeden {weekdays}",
    "and": " und ",
    "weekdays": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
}

GERMAN = of.language(
    "de", WORDS, markers=MARKERS, dot_is_ordinal=True, colon_is_exact=True, verb_is_last=True,
    phrases=PHRASES,
)  # fmt: skip
