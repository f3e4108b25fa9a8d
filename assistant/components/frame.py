"""The frame in which every page stands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape

from nicegui import ui

from assistant.components.icons import svg
from assistant.components.toast import TOASTS

MENU = (
    ("Chat", "/", "chat"),
    ("Notes", "/notes", "notes"),
    ("Reminders", "/reminders", "reminders"),
    ("Search", "/search", "search"),
    ("Models", "/models", "models"),
    ("Settings", "/settings", "settings"),
)
SHORTCUTS = (
    ("Enter", "Send"),
    ("Shift + Enter", "New line"),
    ("Esc or Ctrl + .", "Stop the answer"),
    ("/", "Go to the message box"),
    ("Ctrl + Shift + O", "New chat"),
    ("Ctrl + K", "Search; in a note, a link"),
    ("Ctrl + B, I, E", "In a note: bold, italic, code"),
    ("[[", "In a note: link to another"),
    ("?", "These shortcuts"),
)
HEAD = """
<link rel="icon" href="/static/favicon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/static/icon-square.png">
<link rel="manifest" href="/static/manifest.webmanifest">
<link rel="stylesheet" href="/static/theme.css">
<script type="module" src="/static/page.js"></script>
<script type="module" src="/static/reminders/ringer.js"></script>
"""


@contextmanager
def frame(
    title: str, *, name: str, theme: str, active: str, aside: Callable[[], object] | None = None,
    new: tuple[str, str] = ("New chat", "/"),
) -> Iterator[None]:  # fmt: skip
    """Lays out the menu, the room's own list (``aside``) and the page, which is drawn inside.

    ``new`` is what the plus at the top of a narrow page begins, and where.
    """
    ui.page_title(f"{title} · Assistant")
    ui.add_head_html(HEAD)
    if theme != "system":
        # Before anything is painted, so that the wrong theme never flashes.
        ui.add_head_html(f'<script>document.documentElement.dataset.theme="{theme}"</script>')
    ui.dark_mode({"dark": True, "light": False}.get(theme))
    with ui.element("div").classes("app"):
        ui.html(_top(title, *new), sanitize=False).classes("top-host")
        with ui.element("div").classes("drawer").props('id="drawer"'):
            ui.html(_rail(name, active), sanitize=False).classes("rail-host")
            if aside:
                with ui.element("aside").classes("aside"):
                    aside()
        with ui.element("main").classes("page").props('id="page" tabindex="-1"'):
            yield
    ui.element("div").classes("toasts").mark(TOASTS)
    ui.html(_shortcuts(), sanitize=False)


def _top(title: str, new: str, address: str) -> str:
    return f"""
<a class="skip" href="#page">Skip to the page</a>
<header class="top">
<button class="icon-button" type="button" data-drawer aria-label="Menu" aria-controls="drawer"
 aria-expanded="false">{svg("menu")}</button>
<span class="top-title">{escape(title)}</span>
<a class="icon-button" href="{address}" aria-label="{new}">{svg("plus")}</a>
</header>
<div class="scrim" data-drawer></div>"""


def _rail(name: str, active: str) -> str:
    links = "".join(
        f'<a href="{href}"{" aria-current=page" if key == active else ""}>{svg(key)}<span>{label}</span></a>'
        for label, href, key in MENU
    )
    return f"""
<nav class="rail" aria-label="Menu">
<a class="rail-brand" href="/" aria-label="Assistant"><img src="/static/favicon.svg" alt="" width="28" height="28"></a>
{links}<span class="grow"></span>
<button type="button" class="rail-shortcuts" data-shortcuts>{svg("keyboard")}<span>Shortcuts</span></button>
<form method="post" action="/logout">
<button type="submit" title="Signed in as {escape(name)}">{svg("out")}<span>Log out</span></button>
</form></nav>"""


def _shortcuts() -> str:
    rows = "".join(f"<dt><kbd>{keys}</kbd></dt><dd>{what}</dd>" for keys, what in SHORTCUTS)
    return (
        '<dialog id="shortcuts" aria-labelledby="shortcuts-title"><h2 id="shortcuts-title">Shortcuts</h2>'
        f'<dl>{rows}</dl><form method="dialog"><button class="main-button">Close</button></form></dialog>'
    )
