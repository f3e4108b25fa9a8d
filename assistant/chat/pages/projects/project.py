"""The page of a project: its conversations, and what all of them begin with."""

from typing import Any

from markupsafe import Markup
from nicegui import ui

from assistant.chat import conversations, projects
from assistant.chat.models import Conversation, Project
from assistant.chat.pages.projects import choosing
from assistant.chat.pages.projects.shelf import Shelf
from assistant.chat.pages.services import Services
from assistant.components.controls import (
    Problem,
    button,
    icon_button,
    say_problems,
    text_area,
    text_element,
    text_field,
)
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.users.pages.page import Page

PAUSE = 300  # ms after a key, before it is known here what is typed
SHOWN = 50  # conversations, and as many more on demand
NO_CHATS = "Conversations that begin here, or are moved here from the menu beside their names, are listed here."
SYSTEM = "The model reads them in each conversation of this project, after the conversation’s own."
TAGS = "Tags with commas between. “My notes” then looks only in notes with one of them, and is on in what begins here."
ROW = Markup('<a href="/chat/{}" data-row>{}<span class="title" dir="auto">{}</span><time>{}</time></a>')


class OpenProject:
    """The sections of one project's page."""

    def __init__(self, services: Services, page: Page, row: Project) -> None:
        """Draws them in the slot that is open, still without what is in it."""
        self._services, self._page, self._row = services, page, row
        self._limit, self._closed = SHOWN, False
        with ui.element("div").classes("project").props('data-scroll="project"'):
            self._head()
            with ui.element("div").classes("project-parts"):
                self._conversations()
                with ui.element("div").classes("project-side"):
                    self._form()
                    self._shelf = Shelf(services, page.user, row.id)

    @property
    def place(self) -> tuple[int, int]:
        """The conversation that is shown, which is none, and the project."""
        return 0, int(self._row.id)

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self._row.name)

    async def refresh(self, topics: set[str]) -> None:
        """Shows anew what a change concerns; raises NotFound once the project is gone."""
        if topics == {"files"}:
            self._shelf.show_reading()
            return
        self._row = await self._services.database.read(projects.get, self._page.user, self._row.id)
        if self._closed:
            return
        if self._name.text != self.title:
            self._page.title(self.title, "chat")
        self._name.set_text(self.title)
        if topics != {"conversations"}:
            self._follow(_values(self._row))
            await self._shelf.refresh()
        await self._show()

    def leave(self) -> None:
        """Goes to a new chat: the project was deleted, here or elsewhere."""
        if not self._closed:
            self.close()
            ui.run_javascript("window.assistant.move('/', {replace: true})")

    def close(self) -> None:
        """Shows nothing any more."""
        self._closed = True

    def _head(self) -> None:
        with ui.element("header").classes("project-head"):
            Html(svg("folder"))
            with ui.element("h1"):
                self._name = ui.label(self._row.name).props('dir="auto"')
            with ui.element("a").classes("main-button").props(f'href="/?project={self._row.id}"'):
                Html(svg("plus"))
                ui.label("New chat here")
            icon_button("trash", "Delete this project", self._delete)

    def _conversations(self) -> None:
        with ui.element("section").classes("project-chats").props('aria-labelledby="project-chats"'):
            with ui.element("h2").props('id="project-chats"'):
                ui.label("Conversations")
            self._rows = Rows().classes("project-list")
            self._empty = ui.label(NO_CHATS).classes("muted")
            self._more = button("Show more", self._show_more)

    def _form(self) -> None:
        draft = f"project:{self._page.user}:{self._row.id}"
        self._stored = self._typed = _values(self._row)
        form = KeptForm(draft, self._stored, pause=PAUSE)
        with form.on_change(self._hear).classes("card-box project-form") as self._edit:
            text_element("h2", "What its conversations begin with")
            self._problems = {"name": Problem(text_field("name", "Name", longest=projects.LONGEST))}
            system = text_area("system", "Instructions for the model", grows=True, rows=4, longest=projects.TEXT_LIMIT)
            ui.label(SYSTEM).classes("hint")
            self._problems["system"] = Problem(system)
            tags = text_field("tags", "Tags of notes", placeholder="Such as: house, garden", autocapitalize="none")
            ui.label(TAGS).classes("hint")
            self._problems |= {"tags": Problem(tags), "": Problem()}
            with ui.element("div").classes("row-end"):
                button("Save", kind="main")
        self._edit.on_done(self._save)

    def _hear(self, values: Values, _name: str) -> None:
        self._typed = {name: str(values.get(name) or "") for name in self._stored}

    def _follow(self, now: Values) -> None:
        """Shows what was changed elsewhere, but for fields in which something else is being typed."""
        before, self._stored = self._stored, now
        new = {name: now[name] for name in now if now[name] != before[name] == self._typed[name]}
        self._edit.begin(now)
        if new:
            self._typed = self._typed | new
            self._edit.fill(new)

    async def _save(self, sent: Sent) -> None:
        typed = {name: str(sent.values.get(name) or "") for name in ("name", "system", "tags")}
        values: dict[str, Any] = {**typed, "tags": typed["tags"].split(",")}
        change, now = self._services.database.run, self._services.clock()
        try:
            self._row = await change(projects.change, self._page.user, self._row.id, now=now, **values)
        except AssistantError as error:
            self._edit.refused(sent.key)
            say_problems(self._problems, error.sentence, error.field)
            return
        say_problems(self._problems)
        self._stored = self._typed = _values(self._row)
        self._edit.begin(self._stored)
        self._edit.stored(sent.key)
        toast("Saved.")

    async def _show(self) -> None:
        read, user = self._services.database.read, self._page.user
        found = await read(conversations.listing, user, project=self._row.id, limit=self._limit + 1)
        self._rows.show({one.id: self._line(one) for one in found[: self._limit]})
        self._rows.set_visibility(bool(found))
        self._empty.set_visibility(not found)
        self._more.set_visibility(len(found) > self._limit)

    async def _show_more(self) -> None:
        self._limit += SHOWN
        await self._show()

    def _line(self, one: Conversation) -> Markup:
        chosen = self._page.asking.preferences
        when = chosen.formats.day(one.updated.astimezone(chosen.zone_info).date())
        return ROW.format(one.id, svg("pin" if one.pinned else "chat"), one.title or "New chat", when)

    async def _delete(self) -> None:
        if await choosing.delete(self._services, self._page, self._row):
            self.leave()


def _values(row: Project) -> Values:
    return {"name": row.name, "system": row.system, "tags": ", ".join(projects.tags(row))}
