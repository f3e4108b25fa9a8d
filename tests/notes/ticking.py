"""A task of a note ticked as the editor does it: in the line that the preview names."""

import re

from assistant.notes.markdown_source import task_lines

BOX = re.compile(r"\[[ xX]\]")


def tick(text: str, index: int, *, on: bool) -> str:
    """The text with the preview's task number ``index`` (from 0) done or not."""
    lines = text.split("\n")
    line = task_lines(text)[index]
    lines[line] = BOX.sub("[x]" if on else "[ ]", lines[line], count=1)
    return "\n".join(lines)
