"""How people ask to be reminded, to have something written down or found, in English and German."""

import re


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


POLITE = (
    r"(?:(?:please|pls|hey|hi|hello|ok(?:ay)?|and|also|then|so|assistant|bitte|hallo|und|dann|also|auch|kindly|"
    r"thanks|danke)[\s,:.!]+)*"
)
CAN_YOU = r"(?:(?:can|could|would|will) (?:you|u) (?:please |kindly )?)?(?:please )?"
KANNST_DU = r"(?:(?:kannst|könntest|würdest) du (?:bitte )?)?"
REST = r"(?P<rest>.*)"
ENDING = re.compile(
    r"(?:[\s,]+(?:please|pls|bitte|thanks|thank you|thx|danke(?: dir| schön)?))*[\s.!?…]*$", re.IGNORECASE
)
LIKELY = re.compile(
    r"remind|notify me|alert me|let me forget|alarm|timer|wake me|erinner|weck|\bnote\b|\bnotiz|\bnotier|merk dir|"
    r"merke dir|schreib|write (?:this |that )?down|jot|\bfind|\bsearch|\bsuch|look (?:up|for|in)|"
    r"\b(?:keep|bear) in mind|im kopf|\bmerken|(?:^|[.!\n]\s*|please |you |always )remember\b",
    re.IGNORECASE,
)

# What follows these is what to be reminded of, with its time: said as “remind me …”, the parser knows it.
ENGLISH = tuple(
    _whole(f"{POLITE}{one}{REST}")
    for one in (
        rf"(?:{CAN_YOU}|i(?:'d|’d| would) like you to |i (?:want|need) you to |(?:do not|don't|dont|don’t) forget to |"
        r"make sure (?:to|you) |be sure to )(?:remind|notify|alert) me\b"
        r"(?!\s+(?:what|who|whom|whose|where|why|how|which|when|if|whether)\b)",
        r"i(?:'d| would|’d) (?:like|love|want) (?:a reminder|to be reminded)\b",
        r"i (?:want|need) (?:a reminder|to be reminded)\b",
        rf"{CAN_YOU}(?:set|make|create|add|schedule|give me|put|i need)(?: me| up| in)? (?:a|an|the|another) "
        r"(?:new )?reminder\b(?:\s+(?:for|to|about|that))?",
        r"(?:do not|don't|dont|don’t) let me forget\b(?:\s+to)?",
    )
)
# The same with a name for what rings when nothing else is said.
TIMER = "Timer"
SET, STELL = r"(?:set|make|create|start)(?: me)?", r"(?:mir )?(?:stell(?:e|t)?(?: mir)?(?: bitte)? )?"
NAMED = tuple(
    (name, _whole(f"{POLITE}{one}"))
    for name, one in (
        ("Alarm", rf"{CAN_YOU}{SET} (?:an|the|my) alarm\b(?:\s+(?:for|at))?{REST}"),
        ("Wake up", rf"{CAN_YOU}wake me(?: up)?\b{REST}"),
        (TIMER, rf"{CAN_YOU}{SET} (?:a|the) timer\b(?:\s+(?:for|to))?{REST}"),
        ("Aufwachen", rf"{KANNST_DU}weck(?:e|t|en sie)? mich\b{REST}"),
        ("Aufwachen", r"(?:kannst|könntest|würdest|magst) du mich\b(?P<rest>.*?)\s(?:auf)?wecken$"),
        ("Wecker", rf"{KANNST_DU}{STELL}(?:einen|den) wecker\b(?:\s+(?:auf|für))?(?P<rest>.*?)(?:\s+stellen)?$"),
        (TIMER, rf"{KANNST_DU}{STELL}(?:einen|den) timer\b(?:\s+(?:auf|für))?(?P<rest>.*?)(?:\s+stellen)?$"),
    )
)
LENGTH = re.compile(r"(?:\d|an? |one|half|ein)", re.IGNORECASE)  # how the time begins that a timer runs
# German says whom at the beginning, and the verb at the end; these are said as “erinnere mich …”.
TAIL = r"(?P<tail>[,\s].*)?$"
GERMAN = tuple(
    _whole(f"{POLITE}{one}")
    for one in (
        rf"(?:(?:vergiss|denk)\w*[^,]{{0,20}}, )?(?:erinner(?:e|n sie|t)?)(?: du)? mich\b{REST}(?P<tail>)",
        r"(?:(?:kannst|könntest|würdest|magst|wirst|willst) du|(?:können|könnten|würden) sie|"
        rf"du (?:kannst|sollst|musst)) (?:bitte )?mich (?P<rest>.*?)\s?\b(?:zu )?erinnern?\b{TAIL}",
        rf"ich (?:möchte|will|würde gern\w*|muss|mag) (?P<rest>.*?)\s?\berinnert werden\b{TAIL}",
        rf"{KANNST_DU}(?:mir )?(?:(?:setz|stell|leg|mach|erstell)(?:e|t)?)?(?: mir)?(?: bitte)? ?(?:eine|die) "
        r"(?:neue )?erinnerung\b(?:\s+(?:für|an|zum|zur|dass))?(?P<rest>.*?)"
        r"(?P<tail>)(?:\s+(?:an|ein|setzen|stellen|anlegen|einstellen|erstellen|machen))?$",
    )
)

NOTE = _whole(
    r"\s*(?:please\s+|bitte\s+)?(?:(?:make|take|add|create|save|write|new)\s+(?:me\s+)?(?:a\s+)?(?:new\s+)?note"
    r"(?:\s+(?:that|saying))?|note(?:\s+to\s+(?:self|myself))?|write\s+(?:this\s+|that\s+)?down|jot\s+(?:this\s+)?down|"
    r"(?:neue\s+)?notiz(?:\s+an\s+mich)?|notiere?(?:\s+(?:dir|mir|bitte))?|"
    r"schreib(?:e)?\s+(?:dir\s+|mir\s+)?(?:das\s+)?auf)\s*[:–—]\s*(?P<text>\S.*)"
)

OWN = r"(?:all\s+|alle\s+)?(?:my\s+|meinen?\s+|our\s+|the\s+|den\s+)?"
PLACES = (
    ("note", rf"{OWN}(?:notes?|notiz(?:en)?)"),
    ("reminder", rf"{OWN}(?:reminders?|erinnerung(?:en)?)"),
    ("conversation", rf"{OWN}(?:conversations?|chats?|unterhaltung(?:en)?|gespräche?n?)"),
)
SEEK = (
    r"\s*(?:please\s+|bitte\s+|can you\s+|could you\s+|kannst du\s+)?(?:find|search|search\s+for|look\s+for|look|"
    r"show\s+me|such(?:e|en)?(?:\s+nach)?|finde|zeig(?:e)?\s+mir)\s+"
)
ABOUT = (
    r"\s+(?:about|on|with|for|that\s+(?:say|mention)s?|mentioning|containing|called|named|über|zu|zum|zur|mit|nach|"
    r"von|namens)\s+"
)
FIND = (
    *((kind, _whole(rf"{SEEK}(?:in\s+|through\s+)?{place}{ABOUT}(?P<words>\S.*)")) for kind, place in PLACES),
    *((kind, _whole(rf"{SEEK}(?P<words>\S.{{0,200}}?)\s+in\s+{place}")) for kind, place in PLACES),
    ("", _whole(r"\s*(?:find|finde|suche|search)\s*:\s*(?P<words>\S.*)")),
)
BREAK = re.compile(r"\n+|(?<=[^\W\d]{2}[.!?])\s+(?=[A-ZÄÖÜ¿¡])")  # between two sentences
