"""German, as a table."""

from assistant.reminders.parsing.languages import language as of

WORDS: dict[str, of.Words] = {
    "ON": "am | an | den | an dem | an den | zum | auf den",
    "AT": "um | gegen | @ | ab um | so gegen",
    "IN": "in | im | binnen | innerhalb",
    "THE": "der | die | das | den | dem | des",
    "OF": "des | im | in | vom | von",
    "AND": "und | & | + | / | sowie",
    "COMING": "kommende | kommenden | kommendes | kommender",
    "AFTERNEXT": "übernächste | übernächsten | übernächstes | übernächster | übernächstem",
    "THIS": "diesen | diese | dieses | dieser | diesem | kommenden | kommende | kommendes | kommendem",
    "NEXT": "nächsten | nächste | nächstes | nächster | nächstem | naechsten | naechste | naechstes",
    "EVERY": "jeden | jede | jedes | jeder | jedem | alle | immer | immer am | aller",
    "DUE": "bis | bis zum | bis zur",
    "UNTIL": "bis | bis zum | bis zur | bis einschließlich",
    "LASTS": "bis | bis zum | bis zur",
    "START": "ab | ab dem | beginnend | beginnend am | startend | angefangen am",
    "FROM": "von | vom | seit",
    "BETWEEN": "zwischen | von",
    "TILL": "bis | - | –",
    "TO": "vor",
    "PAST": "nach",
    "HALFTO": "halb",
    "THREEQUARTER": "dreiviertel | drei viertel",
    "QUARTER": "viertel",
    "QUARTEROF": "viertel",
    "OR": "oder",
    "OCLOCK": "uhr",
    "HSIGN": "h",
    "HOURSIGN": "h",
    "FIXED": {"mittag": of.NOON, "mitternacht": of.MIDNIGHT, "feierabend": of.CLOSE},
    "PART": {
        "früh": of.MORNING,
        "frueh": of.MORNING,
        "morgen": of.MORNING,
        "vormittag": of.FORENOON,
        "mittag": of.NOON,
        "nachmittag": of.AFTERNOON,
        "abend": of.EVENING,
        "nacht": of.NIGHT,
    },
    "PARTS": {
        "morgens": of.MORNING,
        "frühmorgens": of.MORNING,
        "vormittags": of.FORENOON,
        "mittags": of.NOON,
        "nachmittags": of.AFTERNOON,
        "abends": of.EVENING,
        "nachts": of.NIGHT,
    },
    "DAY": {
        "heute": (0,),
        **dict.fromkeys(("morgen", "morgn", "mogen", "moregn"), (1,)),
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
    "WEEKDAYS": of.numbered(
        "montags | dienstags | mittwochs | donnerstags | freitags | samstags/sonnabends | sonntags", first=0
    ),
    "WORKDAY": "werktag | werktage | arbeitstag | wochentag | werktags | werktages",
    "WORKDAYS": "werktags | wochentags | an werktagen | an wochentagen | unter der woche | an arbeitstagen",
    "WEEKEND": "wochenende",
    "WEEKENDS": "wochenends | an wochenenden | wochenenden",
    "MONTH": of.numbered(
        "januar/jan/jänner | februar/feb/feber | märz/mär/maerz | april/apr | mai | juni/jun | juli/jul | august/aug"
        " | september/sep/sept | oktober/okt | november/nov | dezember/dez"
    ),
    "FEAST": {
        **dict.fromkeys(("weihnachten", "zu weihnachten"), (12, 25)),
        **dict.fromkeys(("heiligabend", "heilig abend", "weihnachtsabend"), (12, 24)),
        **dict.fromkeys(("silvester", "zu silvester"), (12, 31)),
        **dict.fromkeys(("neujahr", "zu neujahr"), (1, 1)),
        "halloween": (10, 31),
        "valentinstag": (2, 14),
    },
    "NUM": of.numbered(
        "eins | zwei/zwo | drei | vier | fünf/fuenf | sechs | sieben | acht | neun | zehn | elf | zwölf/zwoelf"
        " | dreizehn | vierzehn | fünfzehn | sechzehn | siebzehn | achtzehn | neunzehn | zwanzig"
    )
    | of.numbered("zwanzig | dreißig | vierzig | fünfzig | sechzig", first=20, step=10)
    | {"fünfundzwanzig": (25,), "fünfundvierzig": (45,), "vierundzwanzig": (24,)},
    "NUM2": of.numbered("fünfzehn | dreißig | fünfundvierzig", first=15, step=15)
    | of.numbered("zwanzig | dreißig | vierzig | fünfzig", first=20, step=10),
    "FEW": "ein paar | einigen | wenigen | mehreren",
    "TWICE": "zweimal | dreimal | viermal",
    "ONE": {"ein": (1,), "eine": (1,), "einen": (1,), "einem": (1,), "einer": (1,)},
    "ORD": of.numbered(
        "ersten | zweiten | dritten | vierten | fünften | sechsten | siebten | achten | neunten | zehnten"
    )
    | of.numbered("erste | zweite | dritte | vierte | fünfte | sechste | siebte | achte | neunte | zehnte")
    | of.numbered("erster | zweiter | dritter | vierter | fünfter | sechster")
    | of.numbered("erstes | zweites | drittes | viertes | fünftes | sechstes")
    | {"elften": (11,), "zwölften": (12,), "zwanzigsten": (20,), "dreißigsten": (30,), "einunddreißigsten": (31,)}
    | dict.fromkeys(("letzten", "letzte", "letzter", "letztes", "letztem"), (-1,))
    | dict.fromkeys(("vorletzten", "vorletzte", "vorletzter"), (-2,)),
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
        "tag": of.DAY,
        "tage": of.DAY,
        "tagen": of.DAY,
        "tages": of.DAY,
        "woche": of.WEEK,
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
    "DURATION": {
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
        "täglich": of.DAY,
        "taeglich": of.DAY,
        "wöchentlich": of.WEEK,
        "woechentlich": of.WEEK,
        "zweiwöchentlich": (0, 14, 0),
        "vierzehntäglich": (0, 14, 0),
        "monatlich": of.MONTH,
        "vierteljährlich": of.QUARTER,
        "quartalsweise": of.QUARTER,
        "halbjährlich": (6, 0, 0),
        "jährlich": of.YEAR,
        "jaehrlich": of.YEAR,
    },
    "TIMES": "mal | x",
    "EXCEPT": "außer | ausser | außer am | ausgenommen | nur nicht",
    "LONG": "lang",
    "FOR": "für | fuer | für die nächsten | die nächsten",
    "FROMNOW": "ab jetzt | später",
    "END": "ende",
    "MONTHEND": "monatsende",
    "YEAREND": "jahresende",
    "MONTHSTART": "monatsanfang | anfang des monats | monatsbeginn",
    "OUTSET": "anfang",
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
    "COMMAND": "erinnere mich | erinner mich | bitte erinnere mich | erinnere mich bitte | erinnerung | bitte"
    " | denk dran | denk daran | vergiss nicht | nicht vergessen | und erinnere mich | erinnere mich auch | sag mir",
    "LINK": "daran | dass | daß | an | dran | zu",
    "FOLLOW": "im | in | vom | wegen | mit | für | zu | zum | zur | und | daran | dass | bei | beim"
    " | weil | über | oder | aber | wenn",
    "KEEP": "früher oder später | für später | bis später | bis nachher"
    " | guten morgen | gute nacht | guten abend | pro tag | pro woche | pro monat | am tag | in der woche",
}
MARKERS = "der die das und ich mich mit für bitte kaufen anrufen nicht zu auf von ist holen machen bei vom oma"

GERMAN = of.language("de", WORDS, markers=MARKERS, dot_is_ordinal=True, colon_is_exact=True, verb_is_last=True)
