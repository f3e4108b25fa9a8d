"""German, as a table."""

from assistant.reminders.parsing.languages import feasts, numbers
from assistant.reminders.parsing.languages import language as of

WORDS: dict[str, of.Words] = {
    "ON": "am | an | zu | den | an dem | an den | zum | auf den | bis spätestens | spätestens | spätestens am"
    " | bis spätestens am | spätestens bis",
    "AT": "spätestens um | bis spätestens um | kurz vor | kurz nach | um | gegen | @ | ab um | so gegen | so um"
    " | ungefähr um | ca | ca. | circa | zirka | um ca | um ca."
    " | um circa"
    " | um zirka | etwa um | um etwa | um ungefähr | ungefähr gegen | punkt | um punkt | spätestens um | pünktlich um"
    " | genau um | ca. um | ca um | bis spätestens | frühestens um | so ungefähr um",
    "IN": "in | im | im jahr | im jahre | binnen"
    " | innerhalb | innerhalb von | in etwa | in ca | in ca. | in circa | in zirka | in ungefähr"
    " | in spätestens | in den nächsten | in genau | binnen der nächsten | in rund",
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
    "TILL": "bis | bis zum | - | – | auf | auf den",
    "TO": "vor",
    "VOR": "vor",
    "PRIOR": "vor | vor dem | vor der | vor den",
    "AWAY": "nach | nach dem | nach der | nach den",
    "PAST": "nach",
    "HALFTO": "halb",
    "THREEQUARTER": "dreiviertel | drei viertel",
    "QUARTER": "viertel",
    "QUARTEROF": "viertel",
    "OR": "oder",
    "OCLOCK": "uhr | uhr genau | uhr pünktlich",
    "ISH": "ish",
    "HSIGN": "h",
    "HOURSIGN": "h",
    "FIXED": {
        "mittag": of.NOON,
        "zur mittagszeit": of.NOON,
        "mitternachts": of.MIDNIGHT,
        "mitternacht": of.MIDNIGHT,
        "feierabend": of.CLOSE,
        "dienstschluss": of.CLOSE,
    },
    "MEAL": {"frühstück": (8, 0), "mittagessen": of.NOON, "abendessen": of.EVENING, "abendbrot": of.EVENING},
    "EARLY": "früher | frühen | am frühen | zeitig | zeitig am",
    "LATE": "später | späten | am späten | spät | spät am | spät in der",
    "NOW": "jetzt | sofort | so früh wie möglich | so bald wie möglich | so schnell wie möglich"
    " | jetzt gleich | gleich jetzt | umgehend | jetzt sofort | genau jetzt",
    "PART": {
        "früh": of.MORNING,
        "frueh": of.MORNING,
        "frühe": of.MORNING,
        "spätabend": (22, 0),
        "spätnachmittag": (17, 0),
        "frühmorgen": (7, 0),
        "morgen": of.MORNING,
        "vormittag": of.FORENOON,
        "mittag": of.NOON,
        "nachmittag": of.AFTERNOON,
        "abend": of.EVENING,
        "nacht": of.NIGHT,
    },
    "PARTS": {
        "morgens": of.MORNING,
        **dict.fromkeys(("frühmorgens", "früh morgens"), (7, 0)),
        **dict.fromkeys(("spätabends", "spät abends"), (22, 0)),
        "spätnachmittags": (17, 0),
        "vormittags": of.FORENOON,
        "mittags": of.NOON,
        "nachmittags": of.AFTERNOON,
        "abends": of.EVENING,
        "nachts": of.NIGHT,
    },
    "DAY": {
        **dict.fromkeys(("heute", "heut", "am heutigen tag"), (0,)),
        **dict.fromkeys(("morgen", "morgn", "mogen", "moregn", "am morgigen tag"), (1,)),
        "übermorgen": (2,),
        "uebermorgen": (2,),
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
    "WEEKEND": "wochenende",
    "WEEKENDS": "wochenends | an wochenenden | wochenenden",
    "QUARTERWORD": "quartal | quartals",
    "QUARTERNO": of.numbered("q1 | q2 | q3 | q4"),
    "WEEKNO": "woche",
    "WEEKSIGN": "kw | kalenderwoche | kalenderwochen | kws",
    "ELSEWHERE": "orthodoxe | orthodoxes | orthodoxen | chinesisches | chinesischen | islamisches | jüdisches"
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
        "januar/jan/jänner | februar/feb/feber | märz/mär/maerz | april/apr | mai | juni/jun | juli/jul | august/aug"
        " | september/sep/sept | oktober/okt | november/nov | dezember/dez"
    ),
    "FEAST": feasts.names(feasts.IN_GERMAN),
    "FEASTDAY": feasts.days(feasts.IN_GERMAN),
    "NUM": of.numbered(
        "eins | zwei/zwo | drei | vier | fünf/fuenf | sechs | sieben | acht | neun | zehn | elf | zwölf/zwoelf"
        " | dreizehn | vierzehn | fünfzehn | sechzehn | siebzehn | achtzehn | neunzehn | zwanzig"
    )
    | of.numbered("zwanzig | dreißig | vierzig | fünfzig | sechzig", first=20, step=10)
    | {"dreissig": (30,), "fuenfzig": (50,), "einem dutzend": (12,)}
    | numbers.german_numbers(),
    "NUM2": of.numbered("fünfzehn | dreißig | fünfundvierzig", first=15, step=15)
    | of.numbered("zwanzig | dreißig | vierzig | fünfzig", first=20, step=10)
    | numbers.german_numbers()
    | {"zehn": (10,), "fünf": (5,)},
    "FEW": "paar | ein paar | einigen | wenigen | mehreren",
    "TWICE": {"zweimal": (2,), "dreimal": (3,), "viermal": (4,), "zwei mal": (2,), "drei mal": (3,), "2mal": (2,)},
    "PERUNIT": dict.fromkeys(("pro tag", "am tag", "je tag"), of.DAY)
    | dict.fromkeys(("pro woche", "in der woche", "je woche"), of.WEEK)
    | dict.fromkeys(("pro monat", "je monat"), of.MONTH),
    "ONE": {"ein": (1,), "eine": (1,), "einen": (1,), "einem": (1,), "einer": (1,)},
    "ORD": numbers.german_places()
    | dict.fromkeys(("letzten", "letzte", "letzter", "letztes", "letztem"), (-1,))
    | dict.fromkeys(("vorletzten", "vorletzte", "vorletzter", "vorletztes"), (-2,)),
    "UNIT": {
        "sekunde": of.SECOND,
        "sekunden": of.SECOND,
        "minute": of.MINUTE,
        "minuten": of.MINUTE,
        "min": of.MINUTE,
        "m": of.MINUTE,
        "stunde": of.HOUR,
        "stunden": of.HOUR,
        "std": of.HOUR,
        "h": of.HOUR,
        "std.": of.HOUR,
        "tag": of.DAY,
        "tage": of.DAY,
        "tagen": of.DAY,
        "tages": of.DAY,
        **dict.fromkeys(("woche", "arbeitswoche", "arbeitswochen"), of.WEEK),
        "wochen": of.WEEK,
        "monat": of.MONTH,
        "monate": of.MONTH,
        "monaten": of.MONTH,
        "monats": of.MONTH,
        "quartal": of.QUARTER,
        "quartale": of.QUARTER,
        "quartals": of.QUARTER,
        "jahr": of.YEAR,
        "jahre": of.YEAR,
        "jahren": of.YEAR,
        "jahres": of.YEAR,
    },
    "MINUTEWORD": "minute | minuten | min | min.",
    "SHORTUNIT": {"t": of.DAY, "d": of.DAY, "w": of.WEEK, "wo": of.WEEK, "s": of.SECOND, "sek": of.SECOND},
    "DURATION": {
        "einer dreiviertel stunde": (0, 0, 2700),
        "einer viertel stunde": (0, 0, 900),
        "halben jahr": (6, 0, 0),
        "einem halben jahr": (6, 0, 0),
        "halbes jahr": (6, 0, 0),
        "ein halbes jahr": (6, 0, 0),
        "einem vierteljahr": of.QUARTER,
        "halbe jahr": (6, 0, 0),
        "halbe jahre": (6, 0, 0),
        "einer halben stunde": (0, 0, 1800),
        "eine halbe stunde": (0, 0, 1800),
        "halbe stunde": (0, 0, 1800),
        "halben stunde": (0, 0, 1800),
        "einer viertelstunde": (0, 0, 900),
        "eine viertelstunde": (0, 0, 900),
        "viertelstunde": (0, 0, 900),
        "einer dreiviertelstunde": (0, 0, 2700),
        "eine dreiviertelstunde": (0, 0, 2700),
    },
    "TENTHS": {
        "anderthalb": (15,),
        "eineinhalb": (15,),
        "zweieinhalb": (25,),
        "dreieinhalb": (35,),
    },
    "PERIOD": {
        **dict.fromkeys(("einmal täglich", "einmal am tag", "einmal pro tag"), of.DAY),
        **dict.fromkeys(("einmal die woche", "einmal pro woche", "einmal in der woche"), of.WEEK),
        **dict.fromkeys(("einmal im monat", "einmal pro monat"), of.MONTH),
        **dict.fromkeys(("einmal im jahr", "einmal pro jahr"), of.YEAR),
        "stündlich": of.HOUR,
        "halbstündlich": (0, 0, 1800),
        **dict.fromkeys(("täglich", "tagtäglich", "tgl"), of.DAY),
        "taeglich": of.DAY,
        "wöchentlich": of.WEEK,
        "woechentlich": of.WEEK,
        **dict.fromkeys(("zweiwöchentlich", "vierzehntäglich", "14-tägig", "14-täglich", "14tägig"), (0, 14, 0)),
        **dict.fromkeys(("zweiwöchig", "vierzehntägig", "2-wöchentlich"), (0, 14, 0)),
        "dreiwöchentlich": (0, 21, 0),
        "zweimonatlich": (2, 0, 0),
        "monatlich": of.MONTH,
        "vierteljährlich": of.QUARTER,
        "quartalsweise": of.QUARTER,
        **dict.fromkeys(("halbjährlich", "halbjaehrlich"), (6, 0, 0)),
        "jährlich": of.YEAR,
        "jaehrlich": of.YEAR,
    },
    "TIMES": "mal | x | wiederholungen",
    "EXCEPT": "außer | ausser | außer am | ausgenommen | nur nicht | außer im | ausser im | ausser am | außer an"
    " | aber nicht | aber nicht am | aber nicht im | ausgenommen im | mit ausnahme von | nicht aber | außer in"
    "",
    "NEARDAY": dict.fromkeys(("am tag vor", "am tag vor dem", "den tag vor", "tags vor"), (-1,))
    | dict.fromkeys(("am tag nach", "am tag nach dem", "den tag nach"), (1,)),
    "UNTOLD": "gleiche zeit | gleichen zeit | selbe zeit | selben zeit | dieselbe zeit | derselben zeit"
    " | gleiche uhrzeit | gleichen uhrzeit | dieselbe uhrzeit | derselben uhrzeit"
    " | sonnenaufgang | sonnenuntergang | morgengrauen | dämmerung | abenddämmerung | schlafenszeit | feiertag",
    "PLUS": "+",
    "TIMER": "timer für | stell einen timer auf | stelle einen timer auf | timer auf | timer von | einen timer für",
    "HOLIDAYS": "feiertags | feiertagen | feiertage | an feiertagen | in den ferien | ferien | schulferien",
    "LONG": "lang",
    "FOR": "für | fuer | für höchstens | für maximal",
    "FORNEXT": "für die nächsten | die nächsten | in den kommenden | für die kommenden | während der nächsten",
    "FROMNOW": "ab jetzt | später | ab heute | von heute an | von jetzt an",
    "END": "ende",
    "MONTHEND": "monatsende",
    "YEAREND": "jahresende",
    "MONTHSTART": "monatsersten | monatserster | monatsanfang | anfang des monats | monatsbeginn",
    "OUTSET": "anfang | beginn | zu beginn | am anfang",
    "BEGIN": "anfang | beginn",
    "MIDDLE": "mitte",
    "SOON": "nachher | später",
    "SOONTODAY": "heute noch | noch heute | heute später | später heute",
    "MEASURE": "% | prozent | grad | euro | € | km | kg | meter",
    "SOMEDAY": "irgendwann | irgendwann mal | eines tages | bei gelegenheit",
    "BEFORE": "davor | vorher | zuvor | früher | im voraus | vorher erinnern | davor erinnern",
    "DAYBEFORE": "am tag davor | am tag vorher | am tag zuvor | am vortag | den tag davor | tags zuvor",
    "ATTIME": "zur zeit | zum zeitpunkt | zur zeit selbst | am tag selbst | pünktlich | zum termin",
    "AFTERDONE": "nachdem ich es erledigt habe | nachdem ich es gemacht habe | nachdem ich das erledigt habe"
    " | nachdem ich's erledigt habe | nachdem ich das gemacht habe | nachdem ich sie erledigt habe"
    " | nachdem es erledigt ist | nachdem es erledigt wurde | nach erledigung | nach der erledigung"
    " | nach dem erledigen | wenn erledigt | sobald erledigt | ab erledigung | nachdem ich fertig bin"
    " | nach dem letzten mal | seit dem letzten mal",
    "TIMEWORD": "zeit | ortszeit",
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
MARKERS = "der die das und ich mich mit für bitte kaufen anrufen nicht zu auf von ist holen machen bei vom oma"

PHRASES = {
    "day": "am {day}.{month}.{year}",
    "date": "am {day}.{month}.",
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
