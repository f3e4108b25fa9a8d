"""German words for days, weeks and feasts, by category."""

from assistant.reminders.parsing.languages import feasts
from assistant.reminders.parsing.languages import language as of
from assistant.reminders.recurrence.feasts.table import IN_GERMAN

WORDS: dict[str, of.Words] = {
    "DAY": {
        **dict.fromkeys(("heute", "heut", "am heutigen tag"), (0,)),
        **dict.fromkeys(("morgen", "morgn", "mogen", "moregn", "am morgigen tag"), (1,)),
        "übermorgen": (2,),
        **dict.fromkeys(("uebermorgen", "ubermorgen"), (2,)),
        "überübermorgen": (3,),
        "gestern": (-1,),
        "vorgestern": (-2,),
    },
    "WEEKDAY": of.numbered(
        "montag | dienstag | mittwoch/mitwoch | donnerstag/donerstag/donnersag | freitag | samstag/sonnabend | sonntag",
        first=0,
    ),
    "WD": of.numbered("mo | di | mi | do | fr | sa | so", first=0),
    # Short names that are no other words; with a dot, all.
    "SHORTDAY": {"mi": (2,), "fr": (4,), "sa": (5,)}
    | {f"{name}.": (day,) for day, name in enumerate(("mo", "di", "mi", "do", "fr", "sa", "so"))},
    "WEEKDAYS": of.numbered(
        "montags | dienstags | mittwochs | donnerstags | freitags | samstags/sonnabends | sonntags", first=0
    ),
    "WORKDAY": "werktag | werktage | werktagen | arbeitstag | arbeitstage | arbeitstagen | wochentag | werktags"
    " | werktages"
    " | arbeitstages",
    "WORKDAYS": "werktags | wochentags | an werktagen | an wochentagen | unter der woche | an arbeitstagen"
    " | werktäglich",
    "WEEKEND": "wochenende | weekend",
    "WEEKENDS": "wochenends | an wochenenden | wochenenden",
    "QUARTERWORD": "quartal | quartals",
    "QUARTERNO": of.numbered("q1 | q2 | q3 | q4"),
    "WEEKNO": "woche",
    "WEEKSIGN": "kw | kalenderwoche | kalenderwochen | kws",
    "ELSEWHERE": "orthodoxe | orthodoxer | orthodoxes | orthodoxen | choti | chhoti"
    " | chinesisches | chinesischen | islamisches | jüdisches"
    " | schweizer"
    " | parsi | griechische | griechischen",
    "EVEN": "gerade | geraden | gerader",
    "ODD": "ungerade | ungeraden | ungerader",
    "NIGHTTO": "in der nacht auf | in der nacht zum | in der nacht zu | nacht auf | nacht zum | in der nacht auf den"
    " | nacht auf den | nachts auf",
    "NIGHTFROM": "in der nacht von | in der nacht vom | nacht von | nacht vom",
    "ONTO": "auf | zum | zu | auf den",
    "SEASON": {"frühling": of.SPRING, "frühjahr": of.SPRING, "sommer": of.SUMMER, "herbst": of.AUTUMN}
    | {"winter": of.WINTER},
    "MONTH": of.numbered(
        "januar/jan/jänner | februar/feb/feber | märz/mär/mrz/maerz/marz | april/apr | mai | juni/jun | juli/jul"
        " | august/aug | september/sep/sept | oktober/okt | november/nov | dezember/dez"
    ),
    "FEAST": feasts.names(IN_GERMAN),
    "FEASTDAY": feasts.days(IN_GERMAN),
    "TITLE": "frau | herr | herrn | familie | dr | dr. | prof | prof.",
    "LABEL": "kapitel | version | seite | seiten | abschnitt | absatz | raum | zimmer | rechnung nr | rechnung nr."
    " | nr | nr. | nummer | anhang | abbildung | zeile",
    "IFWEEKEND": "wenn wochenende | wenn wochenende ist | falls wochenende | falls wochenende ist"
    " | wenn es ein wochenende ist"
    " | falls es ein wochenende ist | wenn das ein wochenende ist | falls das ein wochenende ist | bei wochenende"
    " | wenn es auf ein wochenende fällt | falls es auf ein wochenende fällt | wenn das auf ein wochenende fällt"
    " | falls das auf ein wochenende fällt | wenn der auf ein wochenende fällt | falls der auf ein wochenende fällt"
    " | wenn er auf ein wochenende fällt | wenn das wochenende ist | wenn es am wochenende ist"
    " | wenn dieser auf ein wochenende fällt | falls dieser auf ein wochenende fällt",
    "THEN": "dann | sonst | ansonsten",
    "PREVIOUS": "vorherigen | vorigen | vorhergehenden | letzten | vergangenen | vergangene | vergangener"
    " | vorige | voriger",
    "GONE": "letzten | letzte | letzter | letztes | letztem | vergangenen | vergangene | vergangener | vergangenes"
    " | vorletzten | vorletztes | vorletztem | vorletzte"
    " | vorigen | vorige | voriger | voriges | vorherigen | vorherige | vorheriger | vorangegangenen | vorangegangene",
    "SEASONWORD": "jahreszeit",
    "ERA": "jahrhundert | zwanziger | dreißiger | vierziger | fünfziger | sechziger | siebziger | achtziger | neunziger"
    " | nullerjahre",
    "REST": "rest der | rest des | den rest der | den rest des | im rest der | im rest des",
    "EARLIER": "früher in",
    "AFTERIT": "danach | darauf",
    "EXCEPT": "außer | ausser | ausgenommen | nur nicht | aber nicht | nicht aber | mit ausnahme von | mit ausnahme"
    " | bis auf | jedoch nicht | nicht jedoch | es sei denn | es sei denn es ist | außer wenn | außer es ist"
    " | außer bei | abgesehen von | wenn kein | sofern kein | falls kein | solange kein | wenn nicht | falls nicht",
    "BUT": "nicht",
    "NEARDAY": dict.fromkeys(("am tag vor", "am tag vor dem", "den tag vor", "tags vor"), (-1,))
    | dict.fromkeys(("am tag nach", "am tag nach dem", "den tag nach"), (1,)),
    "HOLIDAYS": dict.fromkeys(
        ("feiertags", "feiertagen", "feiertage", "gesetzlichen feiertagen", "gesetzliche feiertage"), ()
    )
    | dict.fromkeys(
        ("sonn- und feiertagen", "sonn und feiertagen", "sonn- und feiertags", "sonn- und feiertage"), (6,)
    ),
    "HOLIDAY": "feiertag | ein feiertag | ein gesetzlicher feiertag | ein feiertag ist | es ein feiertag ist"
    " | feiertag ist | das ein feiertag ist | es feiertag ist | ist feiertag | gerade feiertag ist",
    "VACATION": "ferien | schulferien | den ferien | den schulferien | der ferien | urlaub",
    "END": "ende",
    "MONTHEND": "monatsende",
    "YEAREND": "jahresende",
    "MONTHSTART": "monatsersten | monatserster | monatsanfang | anfang des monats | monatsbeginn",
    "OUTSET": "anfang | beginn | zu beginn | am anfang",
    "BEGIN": "anfang | beginn",
    "MIDDLE": "mitte",
}
