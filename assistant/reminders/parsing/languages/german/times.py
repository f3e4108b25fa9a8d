"""German words for times of the day, by category."""

from assistant.reminders.parsing.languages import language as of
from assistant.reminders.parsing.languages import numbers

WORDS: dict[str, of.Words] = {
    "AT": "spätestens um | bis spätestens um | kurz vor | kurz nach | um | gegen | @ | ab um | so gegen | so um"
    " | ungefähr um | ca | ca. | circa | zirka | um ca | um ca."
    " | um circa"
    " | um zirka | etwa um | um etwa | um ungefähr | ungefähr gegen | punkt | um punkt | spätestens um | pünktlich um"
    " | genau um | ca. um | ca um | bis spätestens | frühestens um | so ungefähr um",
    "TO": "vor",
    "VOR": "vor",
    "PAST": "nach",
    "HALFTO": "halb",
    "THREEQUARTER": "dreiviertel | drei viertel",
    "QUARTER": "viertel",
    "QUARTEROF": "viertel",
    "UNTOLDAT": "bei sonnenaufgang | bei sonnenuntergang | zum sonnenaufgang | zum sonnenuntergang"
    " | bei morgengrauen | im morgengrauen | bei dämmerung | in der dämmerung | zur schlafenszeit",
    "SUNDAYAT": {"so um": (6,), "so gegen": (6,)},
    "AMPM": {"pm": (12,), "p.m.": (12,), "p.m": (12,), "a.m.": (0,), "a.m": (0,)},
    "OCLOCK": "uhr | uhr genau | uhr pünktlich",
    "ISH": "ish",
    "HSIGN": "h",
    "HOURSIGN": "h",
    "FIXED": {
        "mittag": of.NOON,
        "mittagszeit": of.NOON,
        "zur mittagszeit": of.NOON,
        "mitternachts": of.MIDNIGHT,
        "mitternacht": of.MIDNIGHT,
        "feierabend": of.CLOSE,
        "dienstschluss": of.CLOSE,
    },
    "MEAL": {"frühstück": (8, 0), "mittagessen": of.NOON, "abendessen": of.EVENING, "abendbrot": of.EVENING},
    "EARLY": "früher | frühen | am frühen | zeitig | zeitig am | möglichst früh | frühestmöglich",
    "LATE": "später | späten | am späten | spät | spät am | spät in der | möglichst spät | so spät wie möglich"
    " | spätmöglichst | spätest möglich | spätest möglicher | späteste | spätester | spätesten",
    "NOW": "gerade eben | gerade jetzt | eben gerade"
    " | jetzt | sofort | so früh wie möglich | so bald wie möglich | so schnell wie möglich"
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
        **dict.fromkeys(("nachm", "nachm."), of.AFTERNOON),
        **dict.fromkeys(("vorm", "vorm."), of.FORENOON),
        "vormittags": of.FORENOON,
        "mittags": of.NOON,
        "nachmittags": of.AFTERNOON,
        "abends": of.EVENING,
        "nachts": of.NIGHT,
    },
    "NUM2": of.numbered("fünfzehn | dreißig | fünfundvierzig", first=15, step=15)
    | of.numbered("zwanzig | dreißig | vierzig | fünfzig", first=20, step=10)
    | numbers.german_numbers()
    | {"zehn": (10,), "fünf": (5,)},
    "UNTOLD": "gleiche zeit | gleichen zeit | selbe zeit | selben zeit | dieselbe zeit | derselben zeit"
    " | gleiche uhrzeit | gleichen uhrzeit | selbe uhrzeit | selben uhrzeit | primetime"
    " | dieselbe uhrzeit | derselben uhrzeit"
    " | sonnenaufgang | sonnenuntergang | morgengrauen | dämmerung | abenddämmerung | schlafenszeit | feiertag",
    "SOON": "nachher | später",
    "SOONTODAY": "heute noch | noch heute | heute später | später heute",
    "SOMEDAY": "irgendwann | irgendwann mal | eines tages | bei gelegenheit",
    "TIMEWORD": "zeit | ortszeit",
}
