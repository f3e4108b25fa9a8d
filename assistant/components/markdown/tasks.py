"""Boxes that can be ticked: list items that begin with ``[ ]`` or ``[x]``."""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

TASK = re.compile(r"\[([ xX])\][ \t\n\v\f\r]")


def boxes(state: Any, *, ticked: bool) -> None:
    """Puts a box before each task; those that can be ``ticked`` are numbered from 0 over the whole text."""
    from markdown_it.token import Token  # noqa: PLC0415 - not needed before the first answer

    # The plugin for this looks up each list's parent from the start: minutes for a long list.
    for count, (item, inline) in enumerate(found(state.tokens)):
        done = "" if inline.content[1] == " " else ' checked="checked"'
        mark = f'data-task="{count}"' if ticked else 'disabled="disabled"'
        box = f'<label><input class="task-list-item-checkbox" type="checkbox" {mark}{done}>'
        item.attrSet("class", "task-list-item")
        inline.children[0].content = inline.children[0].content[3:]
        inline.children = [
            Token("html_inline", "", 0, content=box),
            *inline.children,
            Token("html_inline", "", 0, content="</label>"),
        ]


def found(tokens: list[Any]) -> Iterator[tuple[Any, Any]]:
    """The items of lists that are tasks, each with its words; footnotes have none."""
    own = list(takewhile(lambda token: token.type != "footnotes_open", tokens))
    for item, paragraph, inline in zip(own, own[1:], own[2:], strict=False):
        kinds = (item.type, paragraph.type, inline.type)
        if kinds == ("list_item_open", "paragraph_open", "inline") and TASK.match(inline.content):
            yield item, inline
