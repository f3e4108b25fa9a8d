"""The empty page: a greeting, and models to pull while there is none."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from assistant.chat.pages.room import Room
from assistant.users.session import Asking

# Small, well-known models that run on an ordinary computer; sizes as ollama.com/library says.
SUGGESTED = (
    ("llama3.2:3b", "Quick and friendly, for everyday questions.", "2.0 GB"),
    ("qwen3:4b", "Thinks before it answers; good at reasoning.", "2.5 GB"),
    ("gemma3:4b", "Sees pictures and speaks many languages.", "3.3 GB"),
)


def suggestions(room: Room, asking: Asking) -> None:
    """Draws what fits the state: a greeting, a way to get a model, or what is wrong."""
    state = room.availability
    with ui.element("h1"):
        ui.label(f"Hello {asking.name}")
    if state.problem:
        ui.label("Ollama is away. You can write already; nothing you type is lost.").classes("muted")
    elif not state.known or state.models:
        ui.label("Ask anything. It stays on this machine.").classes("muted")
    elif asking.owner:
        ui.label("Get a first model to talk to. One click is enough.").classes("muted")
        with ui.element("div").classes("cards"):
            for name, about, size in SUGGESTED:
                _card(room, name, about, size)
    else:
        ui.label("There is no model yet. Ask the owner of this installation to pull one.").classes("muted")


def _card(room: Room, name: str, about: str, size: str) -> None:
    with ui.element("div").classes("card-box"):
        with ui.element("h2"):
            ui.label(name)
        with ui.element("p"):
            ui.label(about)
        pull_line(room, name, f"Pull · {size}")


def pull_line(room: Room, name: str, label: str) -> None:
    """Draws the button that pulls the model, or how far that is and the way to cancel it."""
    progress = room.pulls.running.get(name)
    if progress is None:
        with (
            ui.element("button")
            .classes("main-button")
            .props('type="button"')
            .on("click", partial(room.pulls.start, name))
        ):
            ui.label(label)
        if name in room.pulls.problems:
            ui.label(room.pulls.problems[name]).classes("form-error").props('role="alert"')
            _quiet("Dismiss", partial(room.pulls.forget, name))
        return
    share = progress.done / progress.total if progress.total else 0.0
    words = f"{progress.done / 1e9:.1f} of {progress.total / 1e9:.1f} GB" if progress.total else progress.status
    with (
        ui.element("div")
        .classes("bar")
        .props(f'role="progressbar" aria-label="Pulling {name}" aria-valuenow="{share:.0%}"'.replace("%", ""))
    ):
        ui.element("div").style(f"width:{share:.1%}")
    with ui.element("div").classes("row"):
        ui.label(words).classes("muted grow")
        _quiet("Cancel", partial(room.pulls.cancel, name))


def _quiet(label: str, act: Callable[[], None]) -> None:
    with ui.element("button").classes("quiet-button").props('type="button"').on("click", act):
        ui.label(label)
