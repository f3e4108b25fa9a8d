"""Quotes that begin with ``[!NOTE]``, ``[!TIP]``, ``[!IMPORTANT]``, ``[!WARNING]`` or ``[!CAUTION]``."""

import re
from typing import Any

CALLOUT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.IGNORECASE)


def callouts(state: Any) -> None:
    """Makes a callout of each such quote, with its kind as the title."""
    from markdown_it.token import Token  # noqa: PLC0415 - not needed before the first answer

    tokens: list[Any] = []
    for token in state.tokens:
        tokens.append(token)
        kinds = [one.type for one in tokens[-3:]]
        called = CALLOUT.match(token.content) if kinds == ["blockquote_open", "paragraph_open", "inline"] else None
        if called:
            kind = called[1].lower()
            tokens[-3].attrSet("class", f"callout callout-{kind}")
            title = f'<p class="callout-title">{kind.capitalize()}</p>'
            tokens.insert(-2, Token("html_block", "", 0, content=title, block=True))
            token.content = token.content[called.end() :]
    state.tokens = tokens
