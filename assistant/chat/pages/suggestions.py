"""Models that one may begin with, and how far the download of each is."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from assistant.chat.pages.services import Services
from assistant.components.controls import ProgressBar, text_element

# Small, well-known models that run on an ordinary computer; sizes as ollama.com/library says.
SUGGESTED = (
    ("llama3.2:3b", "Quick and friendly, for everyday questions.", "2.0 GB"),
    ("qwen3:4b", "Thinks before it answers; good at reasoning.", "2.5 GB"),
    ("gemma3:4b", "Sees pictures and speaks many languages.", "3.3 GB"),
)


def suggested(services: Services) -> None:
    """Draws the models that an owner may begin with."""
    with ui.element("div").classes("cards"):
        for name, about, size in SUGGESTED:
            with ui.element("div").classes("card-box"):
                text_element("h2", name)
                text_element("p", about)
                pull_line(services, name, f"Pull · {size}", owner=True)


def pull_line(services: Services, name: str, label: str, *, owner: bool) -> None:
    """Draws how far the pull of the model is; for the owner also the ways to start and to end it."""
    progress = services.pulls.running.get(name)
    if progress is None:
        _offer(services, name, label, owner=owner)
        return
    share = services.pulls.shares.get(name, 0.0)
    words = f"{progress.done / 1e9:.1f} of {progress.total / 1e9:.1f} GB" if progress.total else progress.status
    ProgressBar(f"Pulling {name}").show(share)
    with ui.element("div").classes("row"):
        ui.label(words).classes("muted grow")
        if owner:
            _quiet("Cancel", partial(services.pulls.cancel, name))


def _offer(services: Services, name: str, label: str, *, owner: bool) -> None:
    if name in services.pulls.problems:
        ui.label(services.pulls.problems[name]).classes("form-error").props('role="alert"')
    if not owner:
        return
    with ui.element("div").classes("row"):
        pull = ui.element("button").classes("main-button").props('type="button"')
        with pull.on("click", partial(services.pulls.start, name)):
            ui.label(label)
        if name in services.pulls.problems:
            _quiet("Dismiss", partial(services.pulls.forget, name))


def _quiet(label: str, act: Callable[[], None]) -> None:
    with ui.element("button").classes("quiet-button").props('type="button"').on("click", act):
        ui.label(label)
