"""What can be asked of a model for a passage."""

from dataclasses import dataclass
from typing import Literal

Name = Literal["improve", "shorten", "continue", "translate", "tasks"]
LANGUAGE = 60  # characters of a language's name
ONLY = "Answer with the text alone: no introduction, no quotes around it, no explanation."
KEEP = "Keep its language, its Markdown, its links and all facts, names and numbers."


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing to ask for: its ``words`` for people, and the ``task`` for the model.

    What is proposed stands in place of the passage, or ``follows`` it. ``grows`` is how long it may be, as a multiple
    of the passage.
    """

    name: Name
    words: str
    task: str
    icon: str
    follows: bool = False
    grows: float = 1.3

    def told(self, language: str = "") -> str:
        """The task, for that language."""
        return self.task.format(language=language)


ALL = (
    Kind(
        "improve", "Improve", "Rewrite the text so that it is correct, clear and pleasant to read, in the same tone "
        f"and at about the same length. {KEEP} {ONLY}", "edit",
    ),
    Kind("shorten", "Shorten", f"Say the text in about half as many words, without losing what matters. {KEEP} {ONLY}",
         "rows", grows=1.0),
    Kind(
        "continue", "Continue", "Go on writing where the text ends: one paragraph, or a few more lines of its list, in "
        f"its language, tone and form. Do not repeat what stands there. {ONLY}", "forward", follows=True, grows=0.5,
    ),
    Kind("translate", "Translate", f"Translate the text into this language: {{language}}. Keep its Markdown, links, "
         f"names and numbers. {ONLY}", "swap", grows=1.8),
    Kind(
        "tasks", "Tasks", "List what is to be done according to the text, one task a line, each line beginning with "
        "“- [ ] ”, in the language of the text, in few words. Only what the text says or clearly asks for. Answer with "
        "these lines alone.", "task", follows=True, grows=1.0,
    ),
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.name: kind for kind in ALL}
