"""German words for numbers, lengths of time and what comes again, by category."""

from assistant.reminders.parsing.languages import language as of
from assistant.reminders.parsing.languages import numbers

WORDS: dict[str, of.Words] = {
    "NUM": of.numbered(
        "eins | zwei/zwo | drei | vier | fünf/fuenf | sechs | sieben | acht | neun | zehn | elf | zwölf/zwoelf"
        " | dreizehn | vierzehn | fünfzehn | sechzehn | siebzehn | achtzehn | neunzehn | zwanzig"
    )
    | of.numbered("zwanzig | dreißig | vierzig | fünfzig | sechzig", first=20, step=10)
    | {"dreissig": (30,), "fuenfzig": (50,), "einem dutzend": (12,)}
    | numbers.german_numbers(),
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
        **dict.fromkeys(("tg", "tg."), of.DAY),
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
        **dict.fromkeys(("jahrzehnt", "jahrzehnte", "jahrzehnten"), (120, 0, 0)),
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
    "ALL": "ganze | ganzen | ganzer | ganzes | die ganze | den ganzen | das ganze | volle | halbe | halben"
    " | ein halbes",
    "STAY": "nacht | nächte | nächten | übernachtung | übernachtungen",
    "TIMES": "mal | x | wiederholungen",
    "PLUS": "+",
    "TIMERWORD": "timer",
    "TIMERSTART": "starte einen | stelle einen | stell einen | setze einen | erstelle einen | starte | stelle | stell"
    " | setze | erstelle",
    "TIMER": "timer für | timer auf | timer von | stelle timer auf | stelle timer für | setze timer auf"
    " | setze timer für | stell einen timer auf | stelle einen timer auf | stelle einen timer für"
    " | stell einen timer für | setze einen timer auf | setze einen timer für | starte einen timer für"
    " | starte timer für | einen timer für | stell timer auf | stell timer für",
    "LONG": "lang",
    "FOR": "für | fuer | für höchstens | für maximal",
    "FORNEXT": "für die nächsten | die nächsten | in den kommenden | für die kommenden | während der nächsten",
    "FROMNOW": "ab jetzt | später | ab heute | von heute an | von jetzt an",
    "MEASURE": "% | prozent | grad | euro | € | km | kg | meter",
}
