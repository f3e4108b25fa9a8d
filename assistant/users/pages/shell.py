"""One shell for each tab of a browser: the frame stays, views come and go without loading the page anew."""

import asyncio
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import Client, background_tasks, events, ui
from nicegui.element import Element
from starlette.routing import compile_path

from assistant.components.controls import link_to, text_element
from assistant.components.frame import Dress, Frame, Head, main
from assistant.components.served import leaves
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.storage.database import Database
from assistant.storage.events import Events
from assistant.users import preferences
from assistant.users.pages.page import Page, Place, View
from assistant.users.preferences import Preferences
from assistant.users.profile import face
from assistant.users.sessions import Asking, Sessions, who

LONGEST = 4000  # characters of an address
PATIENCE = 60.0  # seconds in which a view is drawn; three, as else, are too few on a machine that is busy


@dataclass(frozen=True)
class Route:
    """A path such as ``/notes/{note:int}``, the room that it belongs to, and the view that shows it.

    A view that ``stays`` is told of the next address if that is its own too; others are drawn anew.
    """

    path: str
    room: str
    view: Callable[[Page], View]
    stays: bool = False


class Shell:
    """The addresses of all rooms and what every tab needs."""

    def __init__(self, database: Database, sessions: Sessions, events: Events) -> None:
        """There are no addresses yet.

        Each of the ``fixtures`` is drawn once in each tab, above its views, with a Page that lasts as long as the tab.
        """
        self.database, self.sessions, self.events = database, sessions, events
        self.fixtures: list[Callable[[Page], object]] = []
        self._routes: list[tuple[re.Pattern[str], Mapping[str, Any], Route]] = []

    def add(self, routes: Iterable[Route]) -> None:
        """Serves the routes; of two that fit an address the first is taken."""
        for route in routes:
            pattern, _, convertors = compile_path(route.path)
            self._routes.append((pattern, convertors, route))
            ui.page(route.path, response_timeout=PATIENCE)(self._opened)

    def find(self, address: str) -> tuple[Route, Place] | None:
        """The route and the place that the address (path and query) leads to."""
        parts = urlsplit(address[:LONGEST])
        for pattern, convertors, route in self._routes:
            fits = pattern.match(parts.path)
            if fits:
                values = {name: convertors[name].convert(text) for name, text in fits.groupdict().items()}
                query = dict(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=50))
                return route, Place(parts.path, values, query)
        return None

    async def _opened(self, request: Request) -> Response | None:
        query = f"?{request.url.query}" if request.url.query else ""
        asking = who(request)
        if not query and request.url.path == "/" and _comes_in(request.headers):
            start = asking.preferences.start_address
            if start != "/":
                return RedirectResponse(start, 303)
        await Tab(self, asking).open(request.url.path + query)
        return None


class Tab:
    """What one tab shows: the frame, and in it one view at a time."""

    def __init__(self, shell: Shell, asking: Asking) -> None:
        """Nothing is drawn before ``open``."""
        self._shell, self._asking = shell, asking
        self._client: Client = ui.context.client
        self._page: Page | None = None
        self._view: View | None = None
        self._box: Element | None = None
        self._route: Route | None = None
        self._moving: asyncio.Task[None] | None = None

    async def open(self, address: str) -> None:
        """Draws the frame and the view at the address."""
        found = self._shell.find(address)
        room = found[0].room if found else ""
        asking = self._asking
        head = Head("Assistant", room)
        shown = await self._shell.database.read(face.load, asking.user)
        self._frame = Frame(
            head, user=asking.user, name=asking.name, dress=_dress(asking.preferences), avatar=shown.avatar()
        )  # fmt: skip
        ui.on("move", self._move)
        self._client.on_connect(self._back)
        self._client.on_delete(self._close)
        self._client.on_exception(_say)
        self._unfollow = self._shell.sessions.follow(self._asking.session, self._close)
        self._lasting = self._new_page(self._asking)
        self._lasting.follow({"preferences"}, self._wear)
        with self._frame.dock:
            for draw in self._shell.fixtures:
                draw(self._lasting)
        await self._show(address)
        leaves.known(self._client)
        ui.page_title(f"{self._frame.head.title} · Assistant")

    def _move(self, event: events.GenericEventArguments) -> None:
        said = event.args if isinstance(event.args, dict) else {}
        if self._moving:
            self._moving.cancel()
        self._moving = background_tasks.create(
            self._show(str(said.get("address", "/")), scroll=said.get("scroll")), name="move"
        )

    async def _show(self, address: str, *, scroll: object = None) -> None:
        found = self._shell.find(address)
        with self._client:
            if found is None:
                ui.navigate.to(address)
                return
            route, place = found
            before, left = self._view, self._dialogs()
            try:
                if self._view and self._page and self._route and route.stays and self._route.view == route.view:
                    self._page.arriving = True
                    await self._view.show(place)
                    self._page.arrived(scroll)
                else:
                    await self._change(route, place, scroll)
            except AssistantError as error:
                self._fail(route, error.status, error.title, error.sentence)
            except Exception:
                logging.getLogger(__name__).exception("a page failed")
                self._fail(route, 500, "Something went wrong", "Try again. The log has the details.")
            for dialog in left:
                if self._view is before:
                    dialog.close()
                elif not dialog.is_deleted:
                    dialog.delete()

    def _dialogs(self) -> list[ui.dialog]:
        """Those that are open: who goes elsewhere leaves them behind, wherever in the page they were opened."""
        return [one for one in self._client.elements.values() if isinstance(one, ui.dialog) and one.value]

    async def _change(self, route: Route, place: Place, scroll: object) -> None:
        """Draws another view out of sight, then puts it in place of the one that stands."""
        page, box = await self._begin()
        try:
            with box:
                view = route.view(page)
                await view.draw()
                await view.show(place)
        except BaseException:
            page.close()
            box.delete()
            raise
        self._replace(page, box)
        self._view, self._route = view, route
        page.arrived(scroll)

    async def _begin(self) -> tuple[Page, Element]:
        now = replace(self._asking, preferences=await self._shell.database.read(preferences.load, self._asking.user))
        page = self._new_page(now)
        with self._frame.stage:
            return page, ui.element("div").classes("view arriving")

    def _new_page(self, asking: Asking) -> Page:
        return Page(asking, client=self._client, frame=self._frame, events=self._shell.events)

    async def _wear(self, _topics: set[str]) -> None:
        """Looks as was chosen, in whichever tab."""
        read, user = self._shell.database.read, self._asking.user
        self._frame.wear(_dress(await read(preferences.load, user)))
        self._frame.show_person((await read(face.load, user)).avatar())

    def _replace(self, page: Page, box: Element) -> None:
        if self._page:
            self._page.close()
        if self._box:
            self._box.delete()
        box.classes(remove="arriving")
        self._page, self._box = page, box

    def _fail(self, route: Route, status: int, title: str, sentence: str) -> None:
        """Says in place of the view why there is none."""
        self._client.status_code = status
        page = self._new_page(self._asking)
        with self._frame.stage:
            box = ui.element("div").classes("view")
        with box, main(), ui.element("div").classes("welcome"):
            text_element("h1", sentence)
            link_to("To the chat", "/", "main")
        self._replace(page, box)
        self._view = self._route = None
        page.title(title, route.room)
        page.arrived()

    def _back(self) -> None:
        for page in filter(None, (self._lasting, self._page)):
            page.back()

    def _close(self) -> None:
        self._unfollow()
        self._lasting.close()
        if self._moving:
            self._moving.cancel()
        if self._page:
            self._page.close()


def _comes_in(headers: Mapping[str, str]) -> bool:
    """Whether somebody opens the product anew; who loads a new chat again stays in it."""
    return headers.get("sec-fetch-site", "none") == "none" and "cache-control" not in headers


def _dress(chosen: Preferences) -> Dress:
    return Dress(chosen.theme, chosen.text_size, chosen.density, chosen.width)


def _say(error: Exception) -> None:
    """Says in the page what an act of the person met."""
    toast(error.sentence if isinstance(error, AssistantError) else "Something went wrong. The log has the details.")
