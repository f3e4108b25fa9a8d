"""A menu of acts that opens at a button and is walked by keys."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from inspect import isawaitable

from nicegui import Client, ui
from nicegui.element import Element

from assistant.components.html import Html
from assistant.components.icons import svg

Act = Callable[[], Awaitable[None] | None]


@dataclass(frozen=True)
class Choice:
    """A line of a menu: its words, what it does, and whether that destroys something.

    One that leads somewhere has ``props`` instead: attributes such as ``href``, ``target`` and ``download``.
    """

    words: str
    act: Act | None = None
    icon: str = ""
    danger: bool = False
    props: str = ""


def menu(choices: Iterable[Choice]) -> ui.menu:
    """The menu, inside the element that is open; Quasar's own, which knows arrows, Enter and Escape."""
    with ui.menu().props('auto-close="" transition-duration="0"').classes("menu") as made:
        _draw(made, choices)
    return made


def open_menu(choices: Iterable[Choice], at: str) -> None:
    """Opens a menu at the element that the selector ``at`` finds, for rows that are no elements of their own.

    It is gone once it is closed.
    """
    with ui.menu(value=True).props('auto-close="" transition-duration="0"').classes("menu") as made:
        made.props["target"] = at
        _draw(made, choices)
    made.on("hide", made.delete)


def _draw(made: ui.menu, choices: Iterable[Choice]) -> None:
    chosen: list[Act] = []
    with ui.element("q-list").props('role="menu"'):
        for choice in choices:
            item: Element = ui.element("q-item").props(f'clickable role="menuitem" {choice.props}')
            with item.classes("danger" if choice.danger else ""):
                if choice.icon:
                    Html(svg(choice.icon))
                ui.label(choice.words)
            if choice.act:
                item.on("click", partial(_choose, chosen, choice.act))
    # Once it is closed: as long as it is open it takes the cursor back from any field that an act puts it into.
    made.on("hide", partial(_act, ui.context.client, chosen))


def _choose(chosen: list[Act], act: Act) -> None:
    chosen[:] = [act]


async def _act(page: Client, chosen: list[Act]) -> None:
    """Acts in the page's own context: the menu may be gone before the act is done."""
    if not chosen:
        return
    with page:
        done = chosen.pop()()
        if isawaitable(done):
            await done
