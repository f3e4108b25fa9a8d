"""The browser of a tab as a device that rings."""

from pathlib import Path

from nicegui.element import Element

from assistant.components.served import leaves

TAG = leaves.in_frame(Path(__file__).with_name("device.js"))  # each page rings


class Device(Element):
    """It says by ``state`` what it is, whenever that changes; a click on ``data-allow`` inside asks for permission.

    Of switches inside, ``push`` subscribes with its ``data-key`` (``subscribed``, ``failed``, ``silenced``) and
    ``sound`` is kept in the browser; ``show`` tells them where they stand.
    """

    def __init__(self) -> None:
        """Draws it."""
        super().__init__(TAG)
