"""A month of occurrences; what is dragged to another day moves there."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from markupsafe import Markup
from nicegui import ui

from assistant.components.controls import button, icon_button
from assistant.components.html import Html
from assistant.components.rows import Act, Rows
from assistant.formats import PLAIN, Formats
from assistant.reminders import queries
from assistant.reminders.pages.lists import markup
from assistant.reminders.pages.lists.entries import Entry, Reader
from assistant.reminders.pages.lists.where import Where
from assistant.reminders.queries import LIMIT, Occurring
from assistant.reminders.recurrence import timezones, wording

SHOWN = 3  # occurrences of a day before “2 more”
DAY, WEEK = timedelta(days=1), 7
Days = dict[date, list[Occurring]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A month as it is read: its first day, those of its weeks, what comes on its days; ``whole`` if that is all."""

    month: date
    starts: tuple[date, ...]
    days: Days
    whole: bool


def read_month(reader: Reader, where: Where) -> Sheet:
    """The month that is asked for, or that of today."""
    month = (where.month or reader.today).replace(day=1)
    first = month - DAY * ((month.weekday() - reader.formats.first) % WEEK)
    starts = tuple(first + DAY * WEEK * n for n in range(6) if n == 0 or first + DAY * WEEK * n < _after(month))
    start, end = (timezones.utc(datetime.combine(day, time()), reader.zone) for day in (first, starts[-1] + DAY * WEEK))
    found = queries.between(reader.user, start, end, reader.zone, **where.filters)
    days: Days = defaultdict(list)
    for one in found:
        days[one.wall.date()].append(one)
    return Sheet(month, starts, days, len(found) < LIMIT)


def _after(month: date) -> date:
    return (month + DAY * 31).replace(day=1)


class Month:
    """The calendar and, below it, the day that is picked."""

    def __init__(
        self,
        *,
        on_act: Act,
        on_turn: Callable[[date | None], Awaitable[None]],
        on_add: Callable[[date], Awaitable[None]],
    ) -> None:
        """Draws it; ``on_turn`` is called with the month to show, ``on_add`` with a day."""
        self._on_turn, self._on_act, self._on_add = on_turn, on_act, on_add
        self._sheet: Sheet | None = None
        self._today = self.picked = date.min
        self._formats = PLAIN
        with ui.element("div").classes("calendar") as self.box:
            with ui.element("div").classes("calendar-head"):
                with ui.element("h2").props('aria-live="polite"'):
                    self._name = ui.label()
                ui.element("span").classes("grow")
                button("Today", self._turn_here, kind="plain")
                icon_button("back", "The month before", lambda: self._turn(-1))
                icon_button("forward", "The month after", lambda: self._turn(1))
            with ui.element("div").classes("calendar-sheet"):
                self._weekdays = Html(_weekdays(PLAIN)).classes("calendar-weekdays")
                self._weekdays.props('aria-hidden="true"')
                self._weeks = Rows(tag="div", row="div").classes("calendar-days").on_act(self._act)
            self._cut = ui.label(f"Only the first {LIMIT:,} are shown.").classes("muted")
            with ui.element("section").classes("calendar-picked"):
                with ui.element("div").classes("calendar-head"):
                    with ui.element("h2"):
                        self._day = ui.label()
                    ui.element("span").classes("grow")
                    self._add = button("Add", self._add_here, icon="plus")
                self._items = Rows().classes("reminder-list").on_act(on_act)
                self._none = ui.label("Nothing on this day.").classes("muted calendar-none")

    @property
    def entries(self) -> list[Entry]:
        """What the picked day and the calendar show, as lists show it."""
        days = self._sheet.days.values() if self._sheet else ()
        return [_entry(one, self._formats) for items in days for one in items]

    def show(self, sheet: Sheet, today: date, formats: Formats, fresh: int = 0) -> None:
        """Shows the month; ``fresh`` is a reminder that is new here."""
        turned = self._sheet is None or sheet.month != self._sheet.month
        if turned and self.picked.replace(day=1) != sheet.month:
            self.picked = today if today.replace(day=1) == sheet.month else sheet.month
        self._sheet, self._today, self._formats = sheet, today, formats
        self._weekdays.set_content(_weekdays(formats))
        self._name.set_text(wording.month_in_words(sheet.month))
        self._cut.set_visibility(not sheet.whole)
        self._draw(fresh)

    def holds(self, day: date) -> bool:
        """Whether the day is on the sheet that is shown."""
        starts = self._sheet.starts if self._sheet else ()
        return bool(starts) and starts[0] <= day < starts[-1] + DAY * WEEK

    def _draw(self, fresh: int = 0) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        weeks = {start: self._week(sheet, start, fresh) for start in sheet.starts}
        self._weeks.show(weeks, classes=dict.fromkeys(weeks, "calendar-week"))
        items = [_entry(one, self._formats) for one in sheet.days.get(self.picked, [])]
        self._items.show({entry.key: markup.line(entry, selecting=False, chosen=False) for entry in items})
        self._day.set_text(wording.day_in_words(self.picked, self._today, self._formats))
        self._add.set_visibility(self.picked >= self._today)
        self._none.set_visibility(not items)

    def _week(self, sheet: Sheet, start: date, fresh: int) -> Markup:
        days = (start + DAY * n for n in range(WEEK))
        return Markup("").join(self._cell(day, sheet, sheet.days.get(day, []), fresh) for day in days)

    def _cell(self, day: date, sheet: Sheet, items: Sequence[Occurring], fresh: int) -> Markup:
        marks = {"other": day.month != sheet.month.month, "today": day == self._today, "picked": day == self.picked}
        more = Markup("")
        if len(items) > SHOWN:
            more = Markup(
                '<button type="button" class="calendar-more" tabindex="-1" data-do="pick" data-of="{}">{} more</button>'
            ).format(day, len(items) - SHOWN)
        return Markup(
            '<div class="calendar-day{marks}" data-do="pick" data-of="{day}" data-drop="{day}">'
            '<button type="button" class="calendar-number" data-do="pick" data-of="{day}" aria-label="{label}"'
            ' aria-pressed="{on}">{number}</button>{items}{more}</div>'
        ).format(
            marks="".join(f" {name}" for name, is_so in marks.items() if is_so), day=day, number=day.day, more=more,
            label=f"{wording.day_in_words(day, self._today, self._formats)}, {wording.plural(len(items), 'reminder')}",
            on="true" if day == self.picked else "false",
            items=Markup("").join(_item(one, self._formats, fresh) for one in items[:SHOWN]),
        )  # fmt: skip

    async def _act(self, what: str, of: str, more: str) -> None:
        if what == "pick":
            self._pick(of)
        elif answer := self._on_act(what, of, more):
            await answer

    def _pick(self, text: str) -> None:
        with suppress(ValueError):
            day = date.fromisoformat(text)
            self.picked = day if self.holds(day) else self.picked
            self._draw()

    async def _turn(self, by: int) -> None:
        if self._sheet:
            month = self._sheet.month
            await self._on_turn(_after(month) if by > 0 else (month - DAY).replace(day=1))

    async def _turn_here(self) -> None:
        self.picked = self._today
        await self._on_turn(None)

    async def _add_here(self) -> None:
        await self._on_add(self.picked)


def _item(one: Occurring, formats: Formats, fresh: int) -> Markup:
    return Markup(
        '<button type="button" tabindex="-1" class="calendar-item priority-{priority}{marks}"{drag} title="{text}"'
        ' data-do="open" data-of="{id} {at}"><time>{when}</time> {text}</button>'
    ).format(
        priority=one.priority, marks=" done" if one.done else " fresh" if one.reminder == fresh else "",
        drag=Markup("") if one.done else Markup(' draggable="true"'), text=one.text, id=one.reminder,
        at=one.at.isoformat(), when=formats.time(one.wall),
    )  # fmt: skip


def _entry(one: Occurring, formats: Formats) -> Entry:
    return Entry(
        one.reminder, one.at, one.text, one.priority, when=formats.time(one.wall),
        repeats="repeats" if one.repeats else "", done=one.done, further=one.repeats,
    )  # fmt: skip


def _weekdays(formats: Formats) -> Markup:
    return Markup("").join(Markup("<span>{}</span>").format(day[:3]) for day in formats.week())
