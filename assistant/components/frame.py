"""The frame in which every view stands; it is drawn once for each tab of a browser and stays while one wanders."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from json import dumps

from markupsafe import Markup
from nicegui import ui
from nicegui.element import Element

from assistant.components import theme
from assistant.components.controls import icon_button
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.components.served import leaves
from assistant.components.toast import TOASTS


@dataclass(frozen=True)
class Head:
    """What the frame says of the view that is shown: its title, its room, and what the plus begins, and where."""

    title: str
    room: str
    new: tuple[str, str] = ("New chat", "/")


@dataclass(frozen=True)
class Dress:
    """How everything looks for one person: the theme is system, light or dark, the size of text in percent."""

    theme: str = "system"
    text_size: int = 100
    density: str = "comfortable"
    width: str = "medium"

    def script(self) -> str:
        """What puts it on in the browser."""
        marks = {
            "theme": "" if self.theme == "system" else self.theme, "density": self.density, "width": self.width,
        }  # fmt: skip
        size = f"{16 * self.text_size / 100:g}px"
        return (
            f"const page=document.documentElement;Object.assign(page.dataset,{dumps(marks)});"
            f"page.style.fontSize='{size}'"
        )


@dataclass(frozen=True)
class Entry:
    """A line of the menu; ``tab`` says whether it stands at the foot of a phone too."""

    label: str
    address: str
    room: str
    key: str
    tab: bool = True


MENU = (
    Entry("Chat", "/", "chat", "alt+1"),
    Entry("Notes", "/notes", "notes", "alt+2"),
    Entry("Reminders", "/reminders", "reminders", "alt+3"),
    Entry("Search", "/search", "search", "alt+6"),
    Entry("Models", "/models", "models", "alt+4", tab=False),
    Entry("Settings", "/settings", "settings", "alt+5"),
)
SHORTCUTS = (
    ("Ctrl + K", "Find or do anything; with words of a note marked, a link"),
    ("Alt + 1 to 6", "Chat, notes, reminders, models, settings, search"),
    ("Alt + N", "New chat, note or reminder"),
    ("/", "Go to the text field"),
    ("Enter", "Send, or what the settings say"),
    ("Ctrl + Enter", "Send"),
    ("Shift + Enter", "New line"),
    ("Esc or Ctrl + .", "Stop the answer"),
    ("Ctrl + B, I, E", "In a note: bold, italic, code"),
    ("[[", "In a note: link to another"),
    ("?", "These shortcuts"),
)
SKIP = '<a class="skip" href="#page">Skip to content</a>'
AWAY = '<p class="away" role="status">Not connected. What you type is kept in this browser.</p>'
BRAND = (theme.STATIC / "favicon.svg").read_text("utf-8").replace("<svg", '<svg width="28" height="28"', 1)
# What a script could not be loaded for, a server that went away meanwhile for one, is over soon; without it there is
# nothing on the page.
HEAD = """
<script>
addEventListener("error", () => setTimeout(() => document.querySelector(".app") || location.reload(), 2000), true);
</script>
<link rel="apple-touch-icon" href="/static/icon-square.png">
<link rel="manifest" href="/static/manifest.webmanifest">
<link rel="stylesheet" href="{sheet}">
<script type="module" src="{script}"></script>
"""


NOBODY = Markup("")


class Frame:
    """Menu, title, the ``stage`` on which views are drawn, and the ``dock`` for what is shown above every view."""

    def __init__(self, head: Head, *, user: int, name: str, dress: Dress, avatar: Markup = NOBODY) -> None:
        """Draws it for the person of that name, as it looks for them; ``avatar`` is how they are shown."""
        self.head, self._count, self._dressed = head, 0, dress
        ui.page_title(self._title)
        ui.add_head_html(HEAD.format(sheet=theme.sheet().address, script=leaves.frame().address))
        ui.add_head_html(f'<meta name="person" content="{user}">')
        # Before anything is painted, so that the wrong theme never flashes.
        ui.add_head_html(f"<script>{{{dress.script()}}}</script>")
        # What never changes need not be among the elements.
        ui.add_body_html(f"{SKIP}{AWAY}{_shortcuts()}")
        self._dark = ui.dark_mode(_dark(dress.theme))
        # NiceGUI's own page is a landmark as well, around the view's, of which there is one.
        ui.context.client.page_container.default_slot.children[0].props("role=presentation")
        with ui.element("div").classes("app"):
            self._draw_top(head)
            self._draw_menu(name, avatar)
            self.dock: Element = ui.element("div").classes("dock")
            self.stage: Element = ui.element("div").classes("stage")
        ui.element("div").classes("toasts").mark(TOASTS)

    def show(self, head: Head, *, arrived: bool, scroll: object = None) -> None:
        """Says what is shown now; once one has ``arrived`` at a view, focus and scrolling follow."""
        if head == self.head and not arrived:
            return
        self.head = head
        self._dress()
        self.stage.client.run_javascript(f"document.title = {dumps(self._title)}")
        if arrived:
            self.stage.client.run_javascript(f"window.assistant.arrive({dumps(scroll)})")

    def number(self, count: int) -> None:
        """Says before the title how much there is to see; with 0 nothing."""
        if count != self._count:
            self._count = count
            self.stage.client.run_javascript(f"document.title = {dumps(self._title)}")

    @property
    def _title(self) -> str:
        return f"{f'({self._count}) ' if self._count else ''}{self.head.title} · Assistant"

    def _draw_top(self, head: Head) -> None:
        with ui.element("header").classes("top"):
            icon_button("menu", "Open the list").props('data-drawer aria-expanded="false"')
            self._name = ui.label(head.title).classes("top-title").props('dir="auto"')
            find = icon_button("search", "Find or do anything").classes("top-find")
            find.props('data-dialog="#palette" data-key="mod+k"')
            self._new = Html(svg("plus"), tag="a").classes("icon-button top-new")
            self._new.props('data-key="alt+n"')
        ui.element("div").classes("scrim").props("data-drawer")

    def _draw_menu(self, name: str, avatar: Markup) -> None:
        with ui.element("nav").classes("rail").props('aria-label="Menu"'):
            Html(BRAND, tag="a").classes("rail-brand wide-only").props('href="/" aria-label="Assistant"')
            self._links = {entry.room: _link(entry) for entry in MENU}
            ui.element("span").classes("grow wide-only")
            self._avatar = Html(avatar, tag="a").classes("rail-person wide-only")
            self._avatar.props(f'href="/settings/account" title="Logged in as {escape(name)}" aria-label="Account"')
            Html(_last(name)).classes("menu-host")
        self._dress()

    def _dress(self) -> None:
        """Says what is shown in what stands around it."""
        self._name.set_text(self.head.title)
        label, address = self.head.new
        _put(self._new, {"href": address, "aria-label": label})
        for room, link in self._links.items():
            _put(link, {"aria-current": "page" if room == self.head.room else None})

    def show_person(self, avatar: Markup) -> None:
        """Shows the person otherwise from now on."""
        self._avatar.set_content(avatar)

    def wear(self, dress: Dress) -> None:
        """Looks otherwise from now on."""
        if dress != self._dressed:
            self._dressed = dress
            self._dark.value = _dark(dress.theme)
            self.stage.client.run_javascript(f"{{{dress.script()}}}")


@contextmanager
def main() -> Iterator[None]:
    """The part of a view that is its page; what else stands beside it is drawn with ``aside``."""
    with ui.element("main").classes("page").props('id="page" tabindex="-1"'):
        yield


@contextmanager
def aside() -> Iterator[None]:
    """The room's own list beside the page; on a phone it opens over it."""
    with ui.element("aside").classes("aside"):
        yield


def _dark(theme: str) -> bool | None:
    return {"dark": True, "light": False}.get(theme)


def _link(entry: Entry) -> Element:
    link = Html(f"{svg(entry.room)}<span>{entry.label}</span>", tag="a")
    link.props.update({"href": entry.address, "data-room": entry.room, "data-key": entry.key})
    return link.classes("" if entry.tab else "wide-only")


def _put(made: Element, props: dict[str, str | None]) -> None:
    """Changes what differs."""
    if any(made.props.get(name) != value for name, value in props.items()):
        made.props.update(props)
        made.update()


def _last(name: str) -> str:
    return (
        f'<button type="button" class="wide-only" data-dialog="#shortcuts" data-key="?">{svg("keyboard")}'
        '<span>Shortcuts</span></button><form method="post" action="/logout" class="wide-only">'
        f'<button type="submit" title="Logged in as {escape(name)}">{svg("out")}<span>Log out</span></button></form>'
    )


def _shortcuts() -> str:
    rows = "".join(f"<dt><kbd>{keys}</kbd></dt><dd>{what}</dd>" for keys, what in SHORTCUTS)
    return (
        '<dialog id="shortcuts" aria-labelledby="shortcuts-title"><h2 id="shortcuts-title">Shortcuts</h2>'
        f'<dl>{rows}</dl><form method="dialog"><button class="main-button">Close</button></form></dialog>'
    )
