"""Acts of ours that an answer says it has done. Whether it was is for the journal to say, never for the wording.

Only what the tools can do counts, said of oneself and as done: “I’ve set a reminder”, “Ich habe es notiert”; or as
promised, where only what is kept can hold it: “I’ll remember that”.
"""

import re
from collections.abc import Sequence
from typing import Literal

Kind = Literal["", "remind", "note", "fact"]
GAP = r"[^.!?;\n]{0,80}?"  # what may stand between, in the same sentence
FEW = r"(?:\w+\s+){0,3}"
NOW = r"(?:now |just |already |also |successfully )*"

REMINDER, NOTE = r"(?:reminders?|alarms?|timers?)", r"notes?"
SET = r"(?:set|created|added|scheduled|made|updated|moved|changed|rescheduled|cancell?ed|deleted|saved|put)"
SAVED = r"(?:saved|created|added|written|wrote|updated|changed|made|taken|stored|recorded|put|jotted|appended)"
I_HAVE = rf"\bi(?:'ve|’ve| have)? {NOW}"
OKAY = rf"(?:^|\n)\W*(?:done|okay|ok|sure|great|perfect|got it)\b[!,. –—-]*(?:i(?:'ve|’ve| have)? )?{NOW}"
ITS = rf"\b(?:your|the|a|this|new) {FEW}"
IS = rf"\b(?:is|are|has been|have been|was|were|it's|it’s) {NOW}"
ALONE = r"(?:^|[.!\n]\s*)\W*"  # it begins a sentence

ERINNERUNG, NOTIZ = r"(?:erinnerung(?:en)?|wecker|timer|alarm)", r"notiz(?:en)?"
GESETZT = (
    r"(?:gesetzt|gestellt|gestartet|erstellt|angelegt|eingerichtet|eingestellt|hinzugefügt|gespeichert|geändert|"
    r"verschoben|gelöscht)"
)
GESPEICHERT = (
    r"(?:gespeichert|erstellt|angelegt|hinzugefügt|geschrieben|ergänzt|geändert|aktualisiert|gemacht|eingetragen)"
)
ICH_HABE = r"\b(?:ich hab(?:e|'|’)?|hab(?:e|'|’)? ich)\b"
IST, DIE = r"\b(?:ist|sind|wurde|wurden)\b", rf"\b(?:die|deine|eine|der|dein) {FEW}"


def _about(kind: Kind, patterns: Sequence[str]) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for pattern in patterns)


KINDS = (
    *_about(
        "remind",
        (
            rf"(?:{I_HAVE}|{OKAY}){SET}\b{GAP}\b{REMINDER}\b",
            rf"{ITS}{REMINDER}\b{GAP}{IS}{SET}\b",
            rf"{ALONE}{REMINDER}\W+(?:{IS})?{SET}\b",
            r"\bi(?:'ll|’ll| will)(?: definitely| make sure to| be sure to)? remind you\b",
            r"\byou(?:'ll|’ll| will) (?:be reminded|get a reminder|receive a reminder)\b",
            rf"{ICH_HABE}{GAP}\b{ERINNERUNG}\b{GAP}\b{GESETZT}\b",
            rf"{DIE}{ERINNERUNG}\b{GAP}{IST}{GAP}\b{GESETZT}\b",
            rf"{ALONE}{ERINNERUNG}\W+(?:ist |wurde )?{GESETZT}\b",
            rf"\bich (?:werde|erinnere) dich\b{GAP}\b(?:erinnern|morgen|heute|um|am|an)\b",
            rf"\b(?:du wirst|wirst du)\b{GAP}\berinnert\b",
        ),
    ),
    *_about(
        "fact",
        (
            rf"{I_HAVE}(?:remembered|memori[sz]ed) (?:that|this|it)\b",
            rf"{I_HAVE}(?:saved|stored|added|put|kept|noted)\b{GAP}\b(?:to|in|into) (?:my|your) (?:memory|profile)\b",
            rf"{I_HAVE}updated (?:my|your) (?:memory|profile)\b",
            r"\bi(?:'ll|’ll| will)(?: always| definitely| now)? remember (?:that|this|it)\b",
            rf"{ICH_HABE}{GAP}\b(?:mir|dir) {FEW}gemerkt\b",
            rf"{ICH_HABE}{GAP}\b(?:das|es)(?: mir)? {FEW}gemerkt\b",
            r"\bich (?:merke mir (?:das|es)|werde (?:mir )?(?:das|es) (?:mir )?merken)\b",
        ),
    ),
    *_about(
        "note",
        (
            rf"(?:{I_HAVE}|{OKAY}){SAVED}\b{GAP}\b{NOTE}\b",
            rf"{ITS}{NOTE}\b{GAP}{IS}(?:saved|created|added|updated|changed|stored|recorded)\b",
            rf"{ALONE}{NOTE}\W+(?:{IS})?{SAVED}\b",
            rf"{I_HAVE}(?:noted|saved|stored|written|jotted) (?:that|this|it)\b",
            rf"{ICH_HABE}{GAP}\b{NOTIZ}\b{GAP}\b{GESPEICHERT}\b",
            rf"{DIE}{NOTIZ}\b{GAP}{IST}{GAP}\b{GESPEICHERT}\b",
            rf"{ALONE}{NOTIZ}\W+(?:ist |wurde )?{GESPEICHERT}\b",
            rf"{ICH_HABE}{GAP}\b(?:notiert|aufgeschrieben|vermerkt)\b",
        ),
    ),
)
# What says that it is not so, or not yet, or only if.
NOT = re.compile(
    r"\b(?:not|never|cannot|unable|if|once|would|could|can|whether|how|should|when you|after you|before|until|"
    r"let me know|nicht|kein\w*|nie|wenn|falls|sobald|würde|könnte|kann|kannst|ob|wie|soll|bevor|nachdem)\b|n['’]t\b",
    re.IGNORECASE,
)
QUOTED = re.compile(
    r"```.*?(?:```|$)|`[^`\n]*`|“[^”\n]*”|„[^“\n]*“|\"[^\"\n]*\"|«[^»\n]*»|^\s*>.*?$", re.DOTALL | re.MULTILINE
)
END = 4000  # characters
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def claimed(text: str) -> Kind:
    """What the text says was done; empty where it claims nothing of ours. Of a long one its ends are read."""
    if len(text) > 2 * END:
        text = f"{text[:END]}\n{text[-END:]}"
    for sentence in SENTENCE.split(QUOTED.sub("…", text)):
        if sentence.rstrip().endswith("?"):
            continue
        for kind, pattern in KINDS:
            found = pattern.search(sentence)
            if found and not NOT.search(sentence[: found.end()]):
                return kind
    return ""
