"""Facts in a person's own words: “remember that …”, “merk dir, dass …”; in English and German, without a model."""

import re

ASKED = re.compile(
    r"(?:(?:please|pls|ok(?:ay)?|hey|hi|hello|also|and|bitte|hallo|und|auch)[\s,:.!]+)*"
    r"(?:(?:(?:can|could|would|will) you )?(?:please )?(?:always )?(?:remember|keep in mind|bear in mind)"
    r"(?: about me| for (?:later|next time|the future))?"
    r"|(?:kannst|könntest|würdest) du dir (?:bitte )?(?P<verb>merken),?"
    r"|(?:merke?\s+dir|behalte?\s+im\s+kopf)(?: bitte)?)"
    r"(?P<sign>\s*[:–—,]?\s*)(?P<words>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
# What follows in a fact, in place of what is to be done, asked, or said of something else.
OPENING = re.compile(r"(?:this|that|dass|daß|folgendes)\b\s*[:,–—]?\s*", re.IGNORECASE)
NO_FACT = re.compile(
    r"(?:to|zu|me|mich|mir|when|how|what|where|why|who|whom|whose|which|whether|if|wann|wie|was|wo|warum|wer|wen|ob|"
    r"welche[rsnm]?|it|es|das|this|these|those|them|us|him|her|you|because|from|until|about|ever|anything|"
    r"(?:time|day|night|one|movie|film|song|book|feeling|guy|moment|scene|game)\b.*)\b",
    re.IGNORECASE,
)
# Whose time passes is for a reminder.
PASSING = re.compile(
    r"\b(?:today|tonight|tomorrow|in (?:\d+|an?|one|two) (?:minutes?|hours?|days?|weeks?)|next (?:week|month|year)|"
    r"heute|morgen|übermorgen|nächste[nrs]? (?:woche|monat|jahr)|"
    r"in (?:\d+|einer|einem|zwei) (?:minuten?|stunden?|tage?n?|wochen?))\b",
    re.IGNORECASE,
)
ENDING = re.compile(r"(?:[\s,]+(?:please|pls|bitte|thanks|thank you|danke|okay|ok))*[\s.!]*$", re.IGNORECASE)
SUBJECT = re.compile(
    r"(?P<subject>ich|wir|er|sie|man|(?:mein|meine|unser|unsere)\s+[A-ZÄÖÜ][\wäöüß-]*)\s+(?P<rest>.*\S)\s+"
    r"(?P<verb>[a-zäöüß]{2,})",
    re.DOTALL,
)
PARTED = re.compile(
    r"(?:ab|an|auf|aus|bei|ein|fern|fest|heim|her|hin|los|mit|nach|statt|teil|um|vor|weg|weiter|zu|zurück|zusammen)"
    r"(?!tworte)[a-zäöüß]{3,}"
)
LONGEST = 600  # characters of a sentence that is read


def fact(sentence: str) -> str:
    """The fact that the sentence asks to remember, as it is kept; empty where it asks for nothing of the kind."""
    if len(sentence) > LONGEST or (sentence.endswith("?") and not _is_wish(sentence)):
        return ""
    found = ASKED.fullmatch(sentence.strip().rstrip("?").rstrip())
    if not found:
        return ""
    opened = OPENING.match(found["words"])
    said = opened[0].strip(" :,–—").casefold() if opened else ""
    words = ENDING.sub("", found["words"][opened.end() :] if opened else found["words"])
    is_sure = ":" in found["sign"] or (opened is not None and ":" in opened[0])
    if not words or PASSING.search(words) or (not is_sure and (NO_FACT.match(words) or " " not in words)):
        return ""
    if said in {"dass", "daß"}:
        return _main_clause(words)
    return words[0].upper() + words[1:]


def _is_wish(sentence: str) -> bool:
    return re.match(r"\W*(?:can|could|would|will|kannst|könntest|würdest)\b", sentence, re.IGNORECASE) is not None


def _main_clause(words: str) -> str:
    """A clause after “dass” as a sentence of its own: its verb stands second; “dass …” where that is not sure."""
    found = SUBJECT.fullmatch(words)
    if not found or "," in words or PARTED.fullmatch(found["verb"]):
        return f"dass {words}"
    subject = found["subject"]
    return f"{subject[0].upper()}{subject[1:]} {found['verb']} {found['rest']}"
