"""The browser of a tab as a device that rings."""

from nicegui.element import Element


class Device(Element, component="device.js"):
    """It says by ``state`` what it is, whenever that changes; a click on ``data-allow`` inside asks for permission.

    Of switches inside, ``push`` subscribes with its ``data-key`` (``subscribed``, ``failed``, ``silenced``) and
    ``sound`` is kept in the browser; ``show`` tells them where they stand.
    """
