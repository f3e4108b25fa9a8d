"""Takes thinking out of the text of models whose thinking Ollama does not tell apart.

They begin with it, between marks of their family; what follows is the answer.
"""

from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase

# What opens thinking at the head of an answer, and what ends it.
MARKS = {
    "<think>": "</think>",  # DeepSeek, Qwen and most others
    "<thinking>": "</thinking>",
    "<thought>": "</thought>",  # EXAONE, Gemma
    "<thoughts>": "</thoughts>",
    "<reasoning>": "</reasoning>",
    "<reason>": "</reason>",
    "<reflection>": "</reflection>",
    "<seed:think>": "</seed:think>",  # Seed
    "[THINK]": "[/THINK]",  # Magistral
    "◁think▷": "◁/think▷",  # Kimi
    "<|think|>": "<|/think|>",
    "<|begin_of_thought|>": "<|end_of_thought|>",  # OpenThinker, Sky
    "<|START_THINKING|>": "<|END_THINKING|>",  # Command
    "<|channel|>analysis<|message|>": "<|end|>",  # gpt-oss
    "<|channel|>commentary<|message|>": "<|end|>",
    "<|channel>thought": "<channel|>",  # Gemma
}
# Marks around the answer itself, which are nobody's text.
AROUND = {
    "<|start|>assistant": "",
    "<|channel|>final<|message|>": "<|return|>",
    "<|begin_of_solution|>": "<|end_of_solution|>",
    "<|START_RESPONSE|>": "<|END_RESPONSE|>",
}
HEADS = (*MARKS, *AROUND)
LONGEST = max(map(len, HEADS))
SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
BLANK = 64  # characters; what begins with more space than that is a text
BETWEEN = "\n\n"  # thoughts that stand apart


@dataclass(frozen=True, slots=True)
class Split:
    """What a piece turned out to be."""

    text: str = ""
    thinking: str = ""


class Splitter:
    """Splits one answer, however it is cut into pieces: a mark may lie across any of them."""

    def __init__(self) -> None:
        """Stands before the head of the answer."""
        self._waiting = ""  # may be the beginning of a mark
        self._place = "head"  # head, thinking or text
        self._end = ""  # the mark that ends this part; empty where nothing does
        self._before = ""  # what goes before the next thought
        self._begun = self._marked = False

    def feed(self, piece: str) -> Split:
        """What the piece adds to the text and to the thinking."""
        self._waiting += piece
        return self._read(last=False)

    def finish(self) -> Split:
        """What was held back until it was sure that nothing follows."""
        return self._read(last=True)

    def _read(self, *, last: bool) -> Split:
        text = thinking = ""
        while True:
            place = self._place
            if place == "head":
                self._head(last=last)
            elif place == "thinking":
                thinking += self._think(last=last)
            else:
                text += self._write(last=last)
            if self._place == place:
                return Split(text, thinking)

    def _head(self, *, last: bool) -> None:
        """Takes marks off the head; goes on to thinking or to the text once it is sure which it is."""
        while True:
            bare = self._waiting.lstrip()
            if self._marked:
                self._waiting = bare
            near = self._marked or len(self._waiting) - len(bare) <= BLANK
            begins = _lower(bare[:LONGEST])
            found = next((mark for mark in HEADS if near and begins.startswith(_lower(mark))), "")
            if not found:
                break
            self._waiting, self._marked = bare[len(found) :], True
            self._end = MARKS.get(found) or AROUND[found]
            if found in MARKS:
                self._place, self._begun = "thinking", False
                return
        if last or not near or not any(_lower(mark).startswith(begins) for mark in HEADS):
            self._place = "text"

    def _think(self, *, last: bool) -> str:
        if not self._begun:
            self._waiting = self._waiting.lstrip()
        thought, ended = self._until_end(last=last)
        bare = thought.rstrip()
        if ended:
            self._place, self._end = "head", ""
        elif not last:
            self._waiting = thought[len(bare) :] + self._waiting
        if not bare:
            return ""
        before = "" if self._begun else self._before
        self._begun, self._before = True, BETWEEN
        return before + bare

    def _write(self, *, last: bool) -> str:
        text, ended = self._until_end(last=last)
        if ended:
            self._end = ""
            text, self._waiting = text + self._waiting, ""
        return text

    def _until_end(self, *, last: bool) -> tuple[str, bool]:
        """What stands before the mark that ends this part, and whether it was there; what may begin one waits."""
        waiting, end = _lower(self._waiting), _lower(self._end)
        at = waiting.find(end) if end else -1
        if at >= 0:
            before, self._waiting = self._waiting[:at], self._waiting[at + len(end) :]
            return before, True
        sure = len(waiting)
        if not last:
            longest = min(len(end) - 1, sure)
            sure -= next((size for size in range(longest, 0, -1) if waiting.endswith(end[:size])), 0)
        before, self._waiting = self._waiting[:sure], self._waiting[sure:]
        return before, False


def unopened(text: str) -> Split:
    """A whole answer whose thinking ends but never began, as some models write whose template begins it for them.

    The mark must stand on a line of its own outside of code, so that an answer about such marks stays one.
    """
    fenced = False
    lines = text.split("\n") if "</think" in _lower(text) else []
    for number, line in enumerate(map(_lower, lines)):
        fenced ^= line.lstrip().startswith("```")
        if "<think" in line:
            break
        if not fenced and line.strip() in {"</think>", "</thinking>"}:
            return Split("\n".join(lines[number + 1 :]).lstrip(), "\n".join(lines[:number]).strip())
    return Split(text)


def _lower(text: str) -> str:
    """The text with small letters of ASCII, in which marks are written; its length stays."""
    return text.translate(SMALL)
