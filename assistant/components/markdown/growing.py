"""A text that is still being written, as blocks of HTML: those that are finished stay, the last is made anew.

What a block refers to must be known when it is drawn: of a link or a note that is defined further down the block shows
what was written, until the whole text is rendered at its end.
"""

from dataclasses import dataclass
from typing import Any

from assistant.components.markdown import math
from assistant.components.markdown.parser import block_parser
from assistant.components.markdown.rendering import in_thread, render_blocks, safe


@dataclass(frozen=True, slots=True)
class Blocks:
    """What takes the place of the blocks from number ``start`` on, counted from 0."""

    start: int
    html: tuple[str, ...]


class GrowingText:
    """Renders what came since, so that a page always shows what the text would be if it ended there."""

    def __init__(self, place: int = 0) -> None:
        """Nothing is written yet; ids will hold the number ``place``."""
        self._place, self._text = place, ""
        self._kept = self._blocks = 0  # characters and blocks that are finished
        self._defined: dict[str, Any] = {}  # in what is finished, by kind and name

    async def grow(self, more: str, *, final: bool = False) -> Blocks:
        """The blocks that change as the text goes on with ``more``; a ``final`` one is rendered as a whole."""
        self._text += more.replace("\r", "")
        # What stands at the end may say where a link leads that was read long before.
        return await in_thread(self._whole if final else self._last, len(self._text) - self._kept)

    def _whole(self) -> Blocks:
        return Blocks(0, render_blocks(self._text, self._place))

    def _last(self) -> Blocks:
        text = self._text[self._kept :]
        last = Blocks(self._blocks, safe(text, self._place, self._defined))
        # Whole lines alone: what a line is may change until it ends.
        tokens = block_parser().parse(text[: text.rfind("\n") + 1])
        starts = [one.map[0] for one in tokens if one.level == 0 and one.nesting >= 0 and one.map]
        begun = [one.map[0] for one in tokens if one.type == "inline" and one.map and math.BEGINS.match(one.content)]
        finished = sum(start < min([*starts[-1:], *begun]) for start in starts)
        if finished:
            lines = text.split("\n")[: starts[finished]]
            self._kept += sum(map(len, lines)) + len(lines)
            self._blocks += finished
            block_parser().parse("\n".join(lines), self._defined)
        return last
