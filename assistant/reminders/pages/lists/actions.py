"""What is done with reminders, each with a way back."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.formats import Formats
from assistant.reminders import moves, reminders, rings, trash
from assistant.reminders.models import DONE, Reminder
from assistant.reminders.pages.lists.markup import PRIORITIES
from assistant.reminders.pages.services import Services
from assistant.reminders.queries import Listed
from assistant.reminders.recurrence import timezones, wording
from assistant.users.pages.page import Page
from assistant.users.preferences import Preferences

Do = Callable[[], Awaitable[object]]


class Actions:
    """The acts of one page; ``on_done`` is awaited after each, that the page may look again."""

    def __init__(self, page: Page, services: Services, on_done: Callable[[], Awaitable[None]]) -> None:
        """Nothing is done yet."""
        self._page, self._services, self._on_done = page, services, on_done

    @property
    def now(self) -> datetime:
        """This moment."""
        return self._services.clock()

    @property
    def zone(self) -> str:
        """Where the person is."""
        return self._page.asking.preferences.zone

    @property
    def chosen(self) -> Preferences:
        """What the person prefers."""
        return self._page.asking.preferences

    @property
    def formats(self) -> Formats:
        """How times and days are written for the person."""
        return self._page.asking.preferences.formats

    @property
    def today(self) -> date:
        """The day it is where the person is."""
        return timezones.on_the_wall(self.now, self.zone).date()

    def later(
        self, act: Callable[..., Awaitable[object]], *args: object, **more: object
    ) -> Callable[[], Awaitable[None]]:
        """The act for a menu or a toast: these are gone when it is done, so it is done in the page."""

        async def acting() -> None:
            with self._page.client:
                try:
                    await act(*args, **more)
                except AssistantError as error:
                    toast(error.sentence)

        return acting

    async def tick(self, reminder: int, at: datetime | None) -> None:
        """Marks what the reminder waits for as done."""
        row: Reminder = await self._run(_complete, reminder, self.now, at)
        words = f"“{row.text}” is done."
        if row.state != DONE and row.at:
            words = f"“{row.text}” is done for now. Next: {self.moment(row.at)}."
        await self._told(words, partial(self._run, rings.uncomplete, reminder, self.now))

    async def untick(self, reminder: int, text: str) -> None:
        """Takes back that it is done."""
        await self._run(rings.uncomplete, reminder, self.now)
        await self._told(f"“{text}” is not done after all.", partial(self._run, rings.complete, reminder, self.now))

    async def delete(self, chosen: Sequence[int], text: str = "") -> None:
        """Deletes them."""
        many = await self._run(trash.delete_all, list(chosen), self.now)
        words = f"“{text}” was deleted." if text else f"{wording.plural(many, 'reminder')} deleted."
        await self._told(words, partial(self._run, trash.restore_all, list(chosen)))

    async def move(self, reminder: int, text: str, day: date, at: datetime | None = None) -> None:
        """Puts it on another day; of what repeats the occurrence ``at``."""
        moved = await self._run(moves.move, reminder, day, self.now, occurrence=at)
        await self._told(f"“{text}” moved to {self._on(day)}.", partial(self._run, moves.move_back, moved, self.now))

    async def move_all(self, chosen: Sequence[int], day: date) -> None:
        """Puts them on another day."""
        moved = await self._run(moves.move_all, list(chosen), day, self.now)
        words = f"{wording.plural(len(moved), 'reminder')} moved to {self._on(day)}."
        await self._told(words, partial(self._run, _move_back, moved, self.now))

    async def snooze(self, reminder: int, text: str, until: datetime, words: str) -> None:
        """Lets it ring again later; ``words`` say when."""
        rung = await self._run(moves.put_off, reminder, until, self.now)
        await self._told(f"“{text}” rings again {words}.", partial(self._run, moves.put_back, rung, self.now))

    async def complete_all(self, occurrences: Mapping[int, datetime | None]) -> None:
        """Marks these as done, each for the occurrence that is shown."""
        chosen = list(occurrences)
        shown = {reminder: at for reminder, at in occurrences.items() if at}
        many = await self._run(reminders.complete_all, chosen, self.now, occurrences=shown)
        words = f"{wording.plural(many, 'reminder')} done."
        await self._told(words, partial(self._run, reminders.uncomplete_all, chosen, self.now))

    async def uncomplete_all(self, chosen: Sequence[int]) -> None:
        """Takes back that these are done."""
        many = await self._run(reminders.uncomplete_all, list(chosen), self.now)
        words = f"{wording.plural(many, 'reminder')} not done after all."
        await self._told(words, partial(self._run, reminders.complete_all, list(chosen), self.now))

    async def tag(self, chosen: Sequence[int], name: str) -> None:
        """Gives them a tag."""
        touched = await self._run(reminders.tag_all, list(chosen), add=[name])
        words = f"{wording.plural(len(chosen), 'reminder')} tagged “{name}”."
        undo = partial(self._run, reminders.tag_all, touched, remove=[name]) if touched else None
        await self._told(words, undo)

    async def prioritise(self, before: Mapping[int, int], priority: int) -> None:
        """Gives them a priority; ``before`` has those that they had."""
        many = await self._run(reminders.prioritise_all, list(before), priority, self.now)
        words = f"Priority of {wording.plural(many, 'reminder')}: {PRIORITIES[priority].lower()}."
        await self._told(words, partial(self._run, _prioritise_back, dict(before), self.now))

    async def added(self, row: Reminder | Listed) -> None:
        """Tells of a new reminder."""
        when = self.moment(row.at) if row.at else "someday"
        await self._told(f"Set: “{row.text}”, {when}.", partial(self._run, trash.delete, row.id, self.now))

    def moment(self, at: datetime) -> str:
        """The instant as the person's clock shows it, within a sentence."""
        words = wording.moment_in_words(timezones.on_the_wall(at, self.zone), self.today, self.formats)
        return words[0].lower() + words[1:] if words.startswith(tuple(wording.NEAR.values())) else words

    def _on(self, day: date) -> str:
        words = wording.day_in_words(day, self.today, self.formats)
        return words.lower() if words in wording.NEAR.values() else words

    async def _run(self, act: Callable[..., Any], *args: object, **more: object) -> Any:
        return await self._services.database.run(act, self._page.user, *args, **more)

    async def _told(self, words: str, undo: Do | None) -> None:
        async def back() -> None:
            if undo:
                await undo()
            await self._on_done()

        with self._page.client:
            toast(words, self.later(back) if undo else None)
            await self._on_done()


def _complete(user: int, reminder: int, now: datetime, at: datetime | None) -> Reminder:
    rings.complete(user, reminder, now, occurrence=at)
    return reminders.get(user, reminder)


def _move_back(user: int, moved: Sequence[moves.Moved], now: datetime) -> None:
    for one in moved:
        moves.move_back(user, one, now)


def _prioritise_back(user: int, before: Mapping[int, int], now: datetime) -> None:
    for priority in set(before.values()):
        reminders.prioritise_all(user, [each for each, had in before.items() if had == priority], priority, now)
