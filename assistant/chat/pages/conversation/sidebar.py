"""The list of projects and conversations beside the page: found, opened, renamed, moved, archived, deleted."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from nicegui import ui
from nicegui.element import Element

from assistant.chat import conversations, projects
from assistant.chat.models import Conversation, Project
from assistant.chat.pages.projects import choosing, folders
from assistant.chat.pages.projects.folders import Folder
from assistant.chat.pages.services import Services
from assistant.components.controls import Problem, button, pictured, text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.icons import svg
from assistant.components.menu import Choice, open_menu
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.users.pages.page import Page

SHOWN = 100  # and as many more on demand
WORDS = 200  # characters that are looked for
UNTITLED = "New chat"
DOWN = "(event) => { event.preventDefault(); document.querySelector('.conversations [data-row]')?.focus() }"
# Leaving the field saves it; what is taken out of the page while it has the cursor is left too, and saves nothing.
LEAVE = "(event) => event.target.isConnected && event.target.form?.requestSubmit()"
CANCEL = "(event) => { if (event.isComposing || event.keyCode === 229) return; event.stopPropagation(); emit() }"


class Sidebar:
    """The list; ``current`` is the conversation that is open beside it, ``project`` the project."""

    def __init__(self, services: Services, page: Page) -> None:
        """Draws it, still without conversations."""
        self._services, self._page = services, page
        self.current = self.project = self._turn_of_reading = 0
        self._folders: list[Folder] = []
        self._words, self._limit, self._archive = "", SHOWN, False
        self._found: list[Conversation] = []
        self._writing: set[int] = set()
        self._renaming: dict[int, Element] = {}
        with ui.element("nav").classes("conversations").props('aria-label="Conversations"'):
            self._top()
            with ui.element("div").classes("conversations-list").props('data-scroll="conversations"'):
                self._rows = Rows().on_act(self._act)
                self._empty = ui.label().classes("conversations-empty")
                self._more = button("Show more", self._show_more)
            self._archived = button("Archived", self._turn, kind="plain", icon="archive")
            self._archived.classes("conversations-archive")

    async def refresh(self) -> None:
        """Shows the conversations as they are now, unless somebody asked again meanwhile."""
        self._turn_of_reading += 1
        turn = self._turn_of_reading
        opened, found = await self._services.database.read(self._both, self._limit + 1)
        writing = await self._services.replies.writing(self._page.user)
        if turn != self._turn_of_reading:
            return
        self._folders, self._found, self._writing = opened, found[: self._limit], writing
        self._draw()
        self._more.set_visibility(len(found) > self._limit)
        self._empty.set_visibility(not found and not (opened and self._words))
        nothing = "Nothing is archived." if self._archive else "Your conversations will be listed here."
        self._empty.set_text("No title has these words." if self._words else nothing)

    def _top(self) -> None:
        with ui.element("div").classes("conversations-top"):
            pictured("a", "plus", "New chat").classes("main-button new-chat").props('href="/"')
            with KeptForm("", {"words": ""}, pause=120).on_change(self._find).on_done(self._open_first) as self._form:
                text_field(
                    "words", "Find a conversation", hidden_label=True, type="search", placeholder="Find a conversation"
                ).on("keydown.down", js_handler=DOWN)

    def _draw(self) -> None:
        zone, now = self._page.asking.preferences.zone_info, self._services.clock()
        rows: dict[Any, str | Element] = {}
        classes: dict[Any, str] = {}

        def draw(one: Conversation, kind: str) -> None:
            box = self._renaming.get(one.id)
            key = one.id if box is None else f"rename {one.id}"
            rows[key] = box or _row(one, current=one.id == self.current, writing=one.id in self._writing)
            classes[key] = f"{kind} current" if one.id == self.current else kind

        if not self._archive and (self._folders or not self._words):
            rows["projects"], classes["projects"] = folders.head(), "group projects"
        for folder in self._folders:
            project, key = folder.project, f"project {folder.project.id}"
            rows[key] = folders.row(project, current=project.id == self.project)
            classes[key] = "conversation folder current" if project.id == self.project else "conversation folder"
            for one in folder.inside:
                draw(one, "conversation inside")
            if end := folders.end(folder):
                rows[f"end {project.id}"], classes[f"end {project.id}"] = end, "inside"
        for title, group in grouped(self._found, now, zone):
            rows[title] = Markup("<h2>{}</h2>").format(title)
            classes[title] = "group"
            for one in group:
                draw(one, "conversation")
        self._rows.show(rows, classes=classes)

    async def _find(self, values: Values, _name: str) -> None:
        self._hear(values)
        await self.refresh()

    def _hear(self, values: Values) -> None:
        self._words = str(values.get("words") or "")[:WORDS].strip()

    def _both(self, limit: int) -> tuple[list[Folder], list[Conversation]]:
        """What is shown, projects and conversations; where one looks for words, those in projects stand with all."""
        user, words = self._page.user, self._words
        opened = [] if self._archive else folders.folders(user, words)
        which = None if words or self._archive else 0
        found = conversations.listing(user, words=words, archived=self._archive, project=which, limit=limit)
        return opened, found

    async def _open_first(self, sent: Sent) -> None:
        self._form.refused(sent.key)
        self._hear(sent.values)
        # What the list shows may be another reading's, or an older one's.
        opened, first = await self._services.database.read(self._both, 1)
        if self._words and opened:
            self._page.go(f"/project/{opened[0].project.id}")
        elif self._words and first:
            self._page.go(f"/chat/{first[0].id}")
        await self.refresh()

    async def _show_more(self) -> None:
        self._limit += SHOWN
        await self.refresh()

    async def _turn(self) -> None:
        self._archive = not self._archive
        self._archived.props["aria-pressed"] = "true" if self._archive else "false"
        self._archived.update()
        await self.refresh()

    async def _act(self, what: str, of: str, _more: str) -> None:
        one = next((one for one in [*self._found, *folders.within(self._folders)] if str(one.id) == of), None)
        project = next((one.project for one in self._folders if str(one.project.id) == of), None)
        if what == "new-project":
            await choosing.begin(self._services, self._page)
        elif what == "fold" and project:
            opened = not project.opened
            await self._services.database.run(projects.fold_up, self._page.user, project.id, opened=opened)
        elif what == "project" and project:
            choices = [
                Choice("New chat in it", icon="plus", props=f'href="/?project={project.id}"'),
                Choice("Open", icon="folder", props=f'href="/project/{project.id}"'),
                Choice("Delete", partial(self._delete_project, project), icon="trash", danger=True),
            ]
            open_menu(choices, at=f"#more-project-{project.id}")
        elif what == "more" and one:
            pin, archive = ("Unpin" if one.pinned else "Pin"), ("Unarchive" if one.archived else "Archive")
            choices = [
                Choice("Rename", partial(self._rename, one), icon="edit"),
                Choice("Move to a project", partial(choosing.move, self._services, self._page, one), icon="folder"),
                Choice(pin, partial(self._change, one.id, pinned=not one.pinned), icon="pin"),
                Choice(archive, partial(self._put_away, one), icon="archive"),
                Choice("Print", icon="print", props=f'href="/chat/{one.id}/print" target="_blank"'),
                Choice("Export as Markdown", icon="download", props=f'href="/chat/{one.id}/export.md" download'),
                Choice("Export as JSON", icon="download", props=f'href="/chat/{one.id}/export.json" download'),
                Choice("Delete", partial(self._delete, one), icon="trash", danger=True),
            ]
            open_menu(choices, at=f"#more-{one.id}")

    async def _change(self, conversation: int, **values: Any) -> None:
        await self._services.database.run(conversations.change, self._page.user, conversation, **values)

    async def _put_away(self, one: Conversation) -> None:
        archived = not one.archived
        await self._change(one.id, archived=archived)
        undo = partial(self._change, one.id, archived=not archived)
        toast("Archived." if archived else "Taken out of the archive.", undo)

    async def _delete(self, one: Conversation) -> None:
        await self._services.replies.stop_in(self._page.user, one.id)
        await self._services.database.run(conversations.delete, self._page.user, one.id, self._services.clock())

        async def undo() -> None:
            await self._services.database.run(conversations.restore, self._page.user, one.id)

        toast("Conversation deleted.", undo)

    async def _delete_project(self, project: Project) -> None:
        await choosing.delete(self._services, self._page, project)

    def _rename(self, one: Conversation) -> None:
        def close() -> None:
            self._renaming.pop(one.id, None)
            self._draw()

        with self._rows, ui.element("li").classes("conversation") as box:
            _title_form(one, partial(self._change, one.id), close)
        self._renaming[one.id] = box
        self._draw()


def _title_form(one: Conversation, change: Callable[..., Any], close: Callable[[], None]) -> None:
    form = KeptForm("", {"title": one.title})

    async def save(sent: Sent) -> None:
        title = " ".join(str(sent.values.get("title") or "").split())
        try:
            if title and title != one.title:
                await change(title=title)
                one.title = title  # drawn twice the row would lose the cursor
        except AssistantError as error:
            form.refused(sent.key)
            problem.say(error.sentence)
            return
        form.stored(sent.key)
        close()

    with form.on_done(save):
        field = text_field("title", "Title", hidden_label=True, longest=200)
        field.on("keydown.escape", close, js_handler=CANCEL)
        field.on("blur", js_handler=LEAVE)
        problem = Problem(field)
    form.focus("title", all_selected=True)


def _row(one: Conversation, *, current: bool, writing: bool) -> Markup:
    title = one.title or UNTITLED
    pulse = Markup('<span class="pulse" role="img" aria-label="An answer is being written"></span>')
    return Markup(
        '<a href="/chat/{0}" data-row title="{1}"{2}><span class="title" dir="auto">{1}</span>{3}</a>'
        '<button type="button" class="icon-button" id="more-{0}" data-do="more" data-of="{0}" aria-haspopup="menu" '
        'aria-label="More for {1}">{4}</button>'
    ).format(one.id, title, Markup(' aria-current="page"') if current else "", pulse if writing else "", svg("more"))


def grouped(
    found: Iterable[Conversation], now: datetime, zone: ZoneInfo
) -> list[tuple[str, list[Conversation]]]:  # fmt: skip
    """The conversations under Pinned, Today, Yesterday, … of the person's own calendar."""
    today = now.astimezone(zone).date()

    def title(one: Conversation) -> str:
        return "Pinned" if one.pinned else _age(one.updated.astimezone(zone).date(), today)

    return [(name, list(group)) for name, group in groupby(found, title)]


def _age(day: date, today: date) -> str:
    monday = today - timedelta(days=today.weekday())
    if day >= today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    if day >= monday:
        return "This week"
    if day >= monday - timedelta(days=7):
        return "Last week"
    if (day.year, day.month) == (today.year, today.month):
        return "This month"
    return f"{day:%B}" if day.year == today.year else str(day.year)
