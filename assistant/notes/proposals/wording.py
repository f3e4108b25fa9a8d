"""A model's answer as it fits into the note, in place of the passage or after it."""

import re

from assistant.notes.proposals.kinds import Kind
from assistant.notes.proposals.passage import Passage
from assistant.text import ADDRESS

FENCED = re.compile(r"\A\s*```\w*\n(.*?)\n?```\s*\Z", re.DOTALL)
MARK = re.compile(r"^[ \t]*§[0-9a-f]{8}§[ \t]*\n?|\n?§[0-9a-f]{8}§", re.MULTILINE)  # of the text that it was given
ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]?\]\s*)?|^\s*\[[ xX]?\]\s*")
BLOCK = re.compile(r"\s*(?:#{1,6} |[-*+] |\d{1,3}[.)] |> |\||```)")
MOST = 100  # tasks


def fitted(kind: Kind, passage: Passage, answer: str) -> str:
    """What stands there once the answer is taken: with the space around the passage, and nothing that is no text."""
    said = _bare(answer, passage.words)
    if not said.strip():
        return passage.words
    if kind.name == "tasks":
        return passage.words + _after(passage, "\n".join(tasks(said)), block=True)
    if kind.follows:
        block = said.startswith("\n\n") or "\n\n" in said.strip() or BLOCK.match(said) is not None
        return passage.words + _after(passage, said.strip(), block=block)
    inside = passage.words.strip()
    before, _, after = passage.words.partition(inside) if inside else ("", "", passage.words)
    return f"{before}{said.strip()}{after}"


def tasks(said: str) -> list[str]:
    """The lines of an answer as tasks; where some are items of a list, only these."""
    lines = [line for line in said.splitlines() if line.strip()]
    items = [line for line in lines if ITEM.match(line)] or lines
    found = [ITEM.sub("", line).strip() for line in items]
    return [f"- [ ] {line}" for line in dict.fromkeys(found) if line][:MOST]


def new_addresses(before: str, after: str) -> list[str]:
    """The addresses of the web to which the proposal leads and the text did not."""
    known = {found[0].rstrip(".,;:!?*_~").lower() for found in ADDRESS.finditer(before)}
    found = (found[0].rstrip(".,;:!?*_~") for found in ADDRESS.finditer(after))
    return [one for one in dict.fromkeys(found) if one.lower() not in known]


def _bare(answer: str, words: str) -> str:
    said = MARK.sub("", answer)
    fenced = FENCED.match(said)
    if fenced and "```" not in words:
        return fenced[1]
    quoted = said.strip()
    for left, right in ('""', "“”", "„“", "«»"):
        if len(quoted) > 1 and quoted[0] == left and quoted[-1] == right and words.strip()[:1] != left:
            return quoted[1:-1]
    return said


def _after(passage: Passage, said: str, *, block: bool) -> str:
    """What follows the passage, with the space that it needs before and after it."""
    words, rest = passage.words.rstrip(" \t"), passage.text[passage.end :]
    if not words:
        return said
    here = len(words) - len(words.rstrip("\n"))
    if block:
        last = words.strip().rpartition("\n")[2]
        wanted = 1 if ITEM.match(last) and ITEM.match(said) else 2
        behind = "\n" if rest.strip() and not rest.startswith("\n\n") else ""
        return "\n" * max(0, wanted - here) + said + ("\n" + behind if rest and not rest.startswith("\n") else behind)
    gap = "" if here or words != passage.words or said[:1] in ",.;:!?)" else " "
    return gap + said + (" " if rest[:1].isalnum() else "")
