"""The place where one writes; its text and pictures stay in the browser until they are stored."""

from typing import Any

from nicegui.element import Element

from assistant.components.icons import svg

ICONS = ("image", "sliders", "stop", "send", "close")


class Composer(Element, component="composer.js"):
    """The composer; events: ``send``, ``stop``, ``model``, ``options``."""

    def __init__(self, *, models: list[str], model: str, draft: str) -> None:
        """``draft`` names the browser's copy of what is typed and not yet sent."""
        super().__init__()
        self._props["models"] = models
        self._props["model"] = model
        self._props["draft"] = draft
        self._props["vision"] = False
        self._props["writing"] = False
        self._props["meter"] = None
        self._props["icons"] = {name: svg(name) for name in ICONS}

    def show(self, **state: Any) -> None:
        """Changes ``models``, ``model``, ``vision``, ``writing`` or ``meter``; sends only changes."""
        changed = {name: value for name, value in state.items() if self._props.get(name) != value}
        for name, value in changed.items():
            self._props[name] = value
        if changed:
            self.update()


def draft_name(user: int, conversation: int | None) -> str:
    """Where the browser keeps the draft; people who share a browser do not share drafts."""
    return f"draft:{user}:{conversation or 'new'}"
