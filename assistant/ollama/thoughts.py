"""Takes thinking out of the text of models whose thinking Ollama does not tell apart.

They begin with it, between marks of their family; what follows is the answer.
"""

from dataclasses import dataclass

# What opens thinking at the head of an answer, and what ends it.
MARKS = {
    "<think>": "</think>",  # DeepSeek, Qwen and most others
    "<thinking>": "</thinking>",
    "<thought>": "</thought>",  # EXAONE, Gemma
    "<thoughts>": "</thoughts>",
    "<reasoning>": "</reasoning>",
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
            found = next((mark for mark in HEADS if near and bare.startswith(mark)), "")
            if not found:
                break
            self._waiting, self._marked = bare[len(found) :], True
            self._end = MARKS.get(found) or AROUND[found]
            if found in MARKS:
                self._place, self._begun = "thinking", False
                return
        if last or not near or not any(mark.startswith(bare) for mark in HEADS):
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
        before, found, after = self._waiting.partition(self._end) if self._end else (self._waiting, "", "")
        if found:
            self._waiting = after
            return before, True
        sure = len(before)
        if not last:
            longest = min(len(self._end) - 1, sure)
            sure -= next((size for size in range(longest, 0, -1) if before.endswith(self._end[:size])), 0)
        self._waiting = before[sure:]
        return before[:sure], False
