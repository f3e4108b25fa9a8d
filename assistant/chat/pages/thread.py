"""The messages of one conversation, drawn in the browser from small dictionaries."""

import asyncio
from collections.abc import Iterable
from typing import Any

from nicegui.element import Element

from assistant.chat.branches import Shown
from assistant.chat.models import WRITING, Message
from assistant.components.icons import svg
from assistant.components.markdown import rendered

ICONS = ("back", "forward", "copy", "check", "edit", "again", "swap", "trash", "down", "notes", "reminders")
View = dict[str, Any]


class Thread(Element, component="thread.js"):
    """The scrolling middle of the page; ``sync`` and ``delta`` send only what changed."""

    def __init__(
        self, messages: list[View], *, earlier: bool, hit: int = 0, keeps: bool = False, reminds: bool = False
    ) -> None:
        """``messages`` are views in reading order; ``hit`` is one to open at.

        It ``keeps`` where notes are, and ``reminds`` where reminders are.
        """
        super().__init__()
        self.classes("thread-host")
        self._props["initial"] = messages
        self._props["earlier_shown"] = earlier
        self._props["hit"] = hit
        self._props["keeps"] = keeps
        self._props["reminds"] = reminds
        self._props["icons"] = {name: svg(name) for name in ICONS}
        self._sent = {view["id"]: _sign(view) for view in messages}

    def forget_initial(self) -> None:
        """Frees the first messages' text: once the browser has drawn them, only it needs them."""
        self._props["initial"] = []

    def sync(self, messages: list[View], *, earlier: bool) -> None:
        """Makes the browser show exactly ``messages``, sending those that it does not have."""
        changed = [view for view in messages if self._sent.get(view["id"]) != _sign(view)]
        self._sent = {view["id"]: _sign(view) for view in messages}
        self.run_method("sync", list(self._sent), changed, earlier)


async def views(shown: Iterable[Shown]) -> list[View]:
    """The dictionaries that the browser draws; finished answers are rendered in threads."""
    return list(await asyncio.gather(*(_view(one) for one in shown)))


async def _view(shown: Shown) -> View:
    message = shown.message
    writing = message.state == WRITING
    answer = message.role == "assistant"
    return {
        "id": message.id,
        "role": message.role,
        "text": "" if writing else message.text,
        "html": await rendered(message.text) if answer and message.text and not writing else "",
        "thinking": "" if writing else message.thinking,
        "thinking_seconds": None if writing else message.thinking_seconds,
        "state": message.state,
        "error": message.error,
        "model": message.model,
        "version": shown.version,
        "versions": shown.versions,
        "stats": "" if writing else _stats(message),
        "images": list(shown.images),
        "left_out": message.left_out,
    }


def _stats(message: Message) -> str:
    """What one sees on hovering an answer: model, speed, tokens and duration, as far as known."""
    if message.role != "assistant":
        return ""
    parts = [message.model]
    if message.answer_tokens and message.answer_seconds:
        parts.append(f"{message.answer_tokens / message.answer_seconds:.1f} tokens/s")
    if message.answer_tokens is not None:
        parts.append(f"{message.prompt_tokens or 0} in, {message.answer_tokens} out")
    if message.seconds is not None:
        parts.append(f"{message.seconds:.1f} s")
    return " · ".join(part for part in parts if part)


def _sign(view: View) -> int:
    return hash(repr(sorted(view.items())))
