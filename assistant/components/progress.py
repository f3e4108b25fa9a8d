"""How far something is."""

from nicegui import ui


class ProgressBar:
    """A bar with a name for who cannot see it."""

    def __init__(self, label: str) -> None:
        """Draws it, empty."""
        with ui.element("div").classes("bar") as self._bar:
            self._filled = ui.element("div")
        self._bar.props.update(
            {"role": "progressbar", "aria-label": label, "aria-valuemin": "0", "aria-valuemax": "100"}
        )

    def show(self, share: float) -> None:
        """Fills it by the ``share``, from 0 to 1."""
        percent = round(100 * min(1.0, max(0.0, share)))
        self._bar.props["aria-valuenow"] = str(percent)
        self._bar.update()
        self._filled.style(replace=f"width: {percent}%")
