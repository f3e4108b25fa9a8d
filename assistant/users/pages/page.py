"""A room's view in one tab: who looks at it, what it hears while it is shown, and what ends with it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from json import dumps
from typing import Any, Protocol

from nicegui import Client, background_tasks, ui

from assistant.components.frame import Frame, Head
from assistant.errors import NotFound
from assistant.storage.events import EVERYONE, EVERYTHING, Change, Events
from assistant.text import LARGEST, row_number
from assistant.users.sessions import Asking

COALESCE = 0.05  # seconds in which changes are heard as one
Refresh = Callable[[set[str]], Awaitable[None]]


@dataclass(frozen=True)
class Place:
    """An address that is shown: the parts of its path and of its query."""

    path: str
    parts: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)

    def id(self, name: str) -> int:
        """The number in the path, 0 where there is none; raises NotFound for one that no row can have."""
        value = int(self.parts.get(name, 0))
        if not 0 <= value <= LARGEST:
            raise NotFound("There is nothing here.")
        return value

    def number(self, name: str) -> int:
        """The number in the query; 0 where there is none or none that a row can have."""
        return row_number(self.query.get(name, ""))


class View(Protocol):
    """What a room shows in a tab; it is made with its Page, drawn once, and then shown at one address or several."""

    async def draw(self) -> None:
        """Draws what stays, in the slot that is open."""

    async def show(self, place: Place) -> None:
        """Shows the address; raises AssistantError where it leads nowhere."""


class Drawn:
    """A view that is one function of its page and address."""

    def __init__(self, fill: Callable[["Page", Place], Awaitable[None]], page: "Page") -> None:
        """``fill`` draws it."""
        self._fill, self._page = fill, page

    async def draw(self) -> None:
        """Nothing stays."""

    async def show(self, place: Place) -> None:
        """Draws it."""
        await self._fill(self._page, place)


class Page:
    """What a view has of its tab. Everything that it began ends with it."""

    def __init__(self, asking: Asking, *, client: Client, frame: Frame, events: Events) -> None:
        """Begins while the view is being drawn; ``arrived`` says that it is."""
        self.asking, self.user = asking, asking.user
        self.client, self.arriving, self.closed = client, True, False
        self.head = frame.head
        self._frame, self._events = frame, events
        self._back = asyncio.Event()
        self._calm_until = 0.0  # of the monotonic clock
        self._endings: list[Callable[[], object]] = []
        self._tasks: set[asyncio.Task[Any]] = set()

    def title(self, title: str, room: str, new: tuple[str, str] | None = None) -> None:
        """Says what is shown: in the tab, in the menu and at the top of a phone; ``new`` is what the plus begins."""
        self.head = Head(title, room, new or self.head.new)
        if not self.arriving:
            self._frame.show(self.head, arrived=False)

    def number(self, count: int) -> None:
        """Says in the title of the tab how much there is to see; with 0 nothing."""
        self._frame.number(count)

    def arrived(self, scroll: object = None) -> None:
        """Says that the view stands; ``scroll`` is where its boxes were when one was here before."""
        self.arriving = False
        self._frame.show(self.head, arrived=True, scroll=scroll)

    def follow(self, topics: Collection[str], refresh: Refresh, *, shared: bool = False) -> None:
        """Awaits ``refresh`` with those of the ``topics`` that changed, one call after another, while the view lasts.

        Changes of the person; ``shared`` says that those which are nobody's own count too. A tab that is not
        connected hears of all of them at once when it is back.
        """
        follower = _Follower(self, frozenset(topics), refresh, self._events.observers)
        self.on_close(self._events.subscribe(EVERYONE if shared else self.user, follower.heard))

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Calls ``listener`` for each change of the person, in the page's context, while the view lasts."""

        def heard(change: Change) -> None:
            with self.client:
                listener(change)

        self.on_close(self._events.subscribe(self.user, heard))

    def calm(self, seconds: float) -> None:
        """Lets what it follows be shown so much later: something more urgent is."""
        self._calm_until = time.monotonic() + seconds

    @property
    def calm_for(self) -> float:
        """For how many seconds more."""
        return max(0.0, self._calm_until - time.monotonic())

    async def connected(self) -> None:
        """Waits until the tab is connected: what nobody sees need not be drawn."""
        while not self.client.has_socket_connection:
            self._back.clear()
            await self._back.wait()

    def back(self) -> None:
        """Says that the tab is connected, at first or again."""
        self._back.set()

    def begin(self, work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any]:
        """Runs ``work`` beside the page, until it is done or the view ends."""
        task: asyncio.Task[Any] = background_tasks.create(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def on_close(self, ending: Callable[[], object]) -> None:
        """Calls ``ending`` when the view, its tab or its session ends."""
        self._endings.append(ending)

    def origin(self, public_url: str = "") -> str:
        """With what addresses begin that are given away: ``public_url`` where it is set, else what the tab called."""
        request = self.client.request
        if public_url or request is None:
            return public_url
        return f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}"

    def go(self, address: str) -> None:
        """Shows another address in this tab, as a link to it would, unless one has set out for elsewhere already."""
        self._lead("move", address)

    def address(self, address: str) -> None:
        """Changes what the address bar says, where the view itself has already changed and is still shown."""
        self._lead("address", address)

    def _lead(self, how: str, address: str) -> None:
        if not self.closed:
            # What a view says of itself while one arrives there is part of that.
            free = "" if self.arriving else "document.body.classList.contains('moving') || "
            ui.run_javascript(f"{free}window.assistant.{how}({dumps(address)})")

    def close(self) -> None:
        """Ends what the view began; nothing is heard any more."""
        self.closed = True
        for ending in reversed(self._endings):
            ending()
        self._endings.clear()
        for task in list(self._tasks):
            task.cancel()


class _Follower:
    """Gathers changes that come together and hands them on, one refresh at a time."""

    def __init__(
        self, page: Page, topics: Collection[str], refresh: Refresh, observers: Sequence[Callable[[float], None]]
    ) -> None:
        self._page, self._topics, self._refresh, self._observers = page, topics, refresh, observers
        self._changed: set[str] = set()
        self._since = 0.0  # when the first of these was heard
        self._task: asyncio.Task[Any] | None = None

    def heard(self, change: Change) -> None:
        if not change.is_about(self._topics) or change.user not in {EVERYONE, self._page.user}:
            return
        if not self._changed:
            self._since = time.monotonic()
        self._changed |= set(self._topics) if change.topic == EVERYTHING else {change.topic}
        if self._task is None or self._task.done():
            self._task = self._page.begin(self._soon(), name="refresh")

    async def _soon(self) -> None:
        await asyncio.sleep(max(COALESCE, self._page.calm_for))
        await self._page.connected()
        while self._changed and not self._page.closed:
            changed, self._changed, since = self._changed, set(), self._since
            with self._page.client:
                await self._refresh(changed)
            for observe in self._observers:
                observe(time.monotonic() - since)
