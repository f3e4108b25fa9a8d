"""What an answer was given to read, below it: each passage with its number, and what is not to be found in it."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from assistant.chat.knowing import sources
from assistant.chat.knowing.citations import Cited, not_there
from assistant.chat.models import Source
from assistant.components.icons import use

SIGNS = re.compile(
    r"^#{1,6}[ \t].*$|^[ \t]*(?:[-*+>]|\d+[.)])[ \t](?:\[[ xX]\][ \t])?|[*`~]{2,}|`", re.MULTILINE
)  # of Markdown
EXCERPT = 160  # characters of a passage
KINDS = {"note": "note", "message": "conversation", "document": "document"}


def sources_html(given: Sequence[Source], cited: Cited) -> Markup:
    """All of it, folded; that nothing was found is said openly. Nothing where nothing was looked for."""
    if not given:
        return Markup()
    rows = [row for row in given if row.number]
    if not rows:
        words = f"Nothing was found in {given[0].title}, so the model was given nothing of it."
        inside = Markup("<span>{}</span>").format(words)
    else:
        listed = Markup().join(_row(row, cited) for row in rows)
        inside = Markup("<details><summary>{}</summary><ol>{}</ol></details>").format(_summary(rows, cited), listed)
    return Markup(
        '<section class="answer-acts answer-sources" aria-label="What the model was given">'
        '<div class="act act-looked">{}{}</div></section>'
    ).format(use("notes" if rows else "search"), inside)


def _summary(rows: Sequence[Source], cited: Cited) -> str:
    homes = {(row.kind, row.of if row.kind != "message" else row.title): row.kind for row in rows}
    kinds = [
        f"{count} {word}{'s' if count > 1 else ''}"
        for kind, word in KINDS.items() if (count := sum(one == kind for one in homes.values()))
    ]  # fmt: skip
    passages = f"{len(rows)} passage{'s' if len(rows) > 1 else ''}"
    named = f", {len(cited.named)} named" if cited.named else ""
    return f"Given to the model: {passages} of {' and '.join(kinds)}{named}"


def _row(row: Source, cited: Cited) -> Markup:
    name = sources.name(row) or "Untitled"
    title = Markup('<a href="{}">{}</a>').format(row.address, name) if row.address else Markup("{}").format(name)
    words = " ".join(SIGNS.sub("", row.text).split())
    short = words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]}…"
    parts = [title, Markup('<span class="source-words" dir="auto">{}</span>').format(short)]
    if row.foreign:
        parts.append(Markup('<span class="source-told">You did not write this: {}.</span>').format(row.foreign))
    if doubts := cited.doubts.get(row.number):
        parts.append(Markup('<span class="source-told">{}</span>').format(not_there(doubts)))
    return Markup('<li value="{}"{}>{}</li>').format(
        row.number, Markup(' class="named"') if row.number in cited.named else "", Markup().join(parts)
    )
