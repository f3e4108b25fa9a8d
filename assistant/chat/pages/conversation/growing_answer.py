"""An answer as it is written: an element for each block, so that one reads and marks what stands while more comes."""

from collections.abc import Callable, Sequence

from markupsafe import Markup, escape
from nicegui import ui

from assistant.chat.branches import Shown
from assistant.chat.pages.conversation.message_html import (
    Tools,
    after_html,
    left_out_html,
    named,
    seconds,
    thinking_title,
    waiting_html,
)
from assistant.chat.streaming.live import Update
from assistant.components.html import Html
from assistant.components.markdown.growing import Blocks
from assistant.components.markdown.rendering import rendered_blocks

Dress = Callable[[str], str]  # the safe HTML of an answer as it is shown: where its links and marks may lead
PIECE = 2000  # characters of thinking in one element: it only grows, and what is full is not sent again


class GrowingAnswer:
    """A row of the conversation. Done, it shows what any answer does by the same elements: what is marked stays so."""

    def __init__(self, shown: Shown) -> None:
        """Draws it in the slot that is open."""
        message = shown.message
        self._thoughts = ""
        with ui.element("div").classes("message message-assistant") as self.row, ui.element("article") as self._article:
            self._article.props.update({"id": f"m{message.id}", "tabindex": -1, "aria-label": named(message)})
            _part(left_out_html(message))
            with ui.element("details").classes("thinking") as self._thinking:
                self._title = Html("", tag="summary")
                self._thought = _Parts("span", "thinking-text")
                self._thought.place.props('dir="auto"')
            self._prose = _Parts("div", "prose")
            self._after = _part("")
        self.begin()

    @property
    def words(self) -> str:
        """The text as it is read out."""
        return "\n".join(Markup(part.content).striptags() for part in self._prose.parts)  # noqa: S704 - made by us

    @property
    def has_begun(self) -> bool:
        """Whether it shows already that it is being written."""
        return "message-live" in self._prose.place.classes

    def begin(self) -> None:
        """Shows that it is being written, from its beginning or on from where it ended."""
        self._prose.place.classes("message-live")
        self._say("waiting")
        self._think("", self._thoughts)

    def grow(self, new: Update, blocks: Blocks, dress: Dress) -> None:
        """Shows what came; ``blocks`` are the text's."""
        written = bool(blocks.start or blocks.html)
        self._say("writing" if written else new.status)
        title = f"Thought for {seconds(new.thought)}" if written else f"Thinking… {new.thought:.0f} s"
        self._think(title, (self._thoughts if new.thinking_from else "") + new.thinking)
        self._prose.show([dress(one) for one in blocks.html], blocks.start)

    async def finish(self, shown: Shown, tools: Tools, dress: Dress) -> None:
        """Shows it as it is stored, with what can be done with it."""
        message = shown.message
        blocks = await rendered_blocks(message.text, message.id)
        self._prose.show([dress(one) for one in blocks])
        self._prose.place.classes(remove="message-live")
        self._think(thinking_title(message), message.thinking)
        self._article.props.pop("data-status", None)
        self._after.set_content(after_html(shown, tools))

    def _say(self, status: str) -> None:
        if self._article.props.get("data-status") != status:
            self._article.props["data-status"] = status
            self._after.set_content(waiting_html(status))

    def _think(self, title: str, thoughts: str) -> None:
        self._thoughts = thoughts
        self._thinking.set_visibility(bool(thoughts))
        if thoughts:
            self._title.set_content(title)
            self._thought.show([escape(thoughts[at : at + PIECE]) for at in range(0, len(thoughts), PIECE)])


class _Parts:
    """A place that is filled with pieces of HTML, of which only those that change are sent."""

    def __init__(self, tag: str, name: str) -> None:
        self._tag = tag
        self.place = ui.element("div").classes(name)
        self.parts: list[Html] = []

    def show(self, html: Sequence[str], start: int = 0) -> None:
        """Has this HTML from the part ``start`` on, and then no more."""
        for part in self.parts[start + len(html) :]:
            part.delete()
        del self.parts[start + len(html) :]
        for at, one in enumerate(html, start):
            if at < len(self.parts):
                self.parts[at].set_content(one)
            else:
                with self.place:
                    self.parts.append(_part(one, self._tag))


def _part(html: str, tag: str = "div") -> Html:
    return Html(html, tag=tag).classes("part")
