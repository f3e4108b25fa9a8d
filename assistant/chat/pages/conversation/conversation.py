"""The page of one conversation, of one that begins, or of a project; the list beside it stays as one goes through."""

from markupsafe import Markup
from nicegui import ui

from assistant.chat import branches, projects
from assistant.chat.messages import Pair
from assistant.chat.pages.conversation.composing.composer import Composer
from assistant.chat.pages.conversation.messages import Drawn, Messages, html_of
from assistant.chat.pages.conversation.sidebar import Sidebar
from assistant.chat.pages.conversation.thread import Thread
from assistant.chat.pages.conversation.welcome import Banner, Welcome
from assistant.chat.pages.documents.files_field import Files
from assistant.chat.pages.notes_dialog import about_note
from assistant.chat.pages.projects.project import OpenProject
from assistant.chat.pages.services import Services
from assistant.components.controls import text_element
from assistant.components.frame import aside, main
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.errors import NotFound
from assistant.users.pages.page import Page, Place

CRUMB = Markup('{}<span class="title" dir="auto">{}</span>')
TOPICS = {"conversation", "conversations", "projects", "reminders", "ollama", "pulls", "files"}


class ConversationView:
    """The list of conversations, and one of them or a project."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn yet."""
        self._services, self._page = services, page
        self._open: OpenConversation | OpenProject | None = None

    async def draw(self) -> None:
        """Draws the list and the place for the conversation."""
        with aside():
            self._sidebar = Sidebar(self._services, self._page)
        with main():
            self._box = ui.element("div").classes("chat")
        self._page.follow(TOPICS, self._refresh, shared=True)
        self._page.on_close(self._close)

    async def show(self, place: Place) -> None:
        """Shows the project or the conversation at the address, or a new one; raises NotFound."""
        project = place.id("project")
        if project:
            row = await self._services.database.read(projects.get, self._page.user, project)
            await self._turn_to(0, project)
            with self._box:
                self._open = OpenProject(self._services, self._page, row)
        else:
            thread, html = await self._read(place)
            await self._turn_to(thread.id or 0, 0)
            with self._box:
                self._open = OpenConversation(thread, html)
        self._page.title(self._open.title, "chat")
        await self._open.refresh({"ollama"})

    async def _turn_to(self, conversation: int, project: int) -> None:
        self._sidebar.current, self._sidebar.project = conversation, project
        await self._sidebar.refresh()
        self._close()
        self._box.clear()

    async def _read(self, place: Place) -> tuple[Thread, Drawn]:
        hit, note = place.number("m"), place.number("note")
        if hit:
            await self._services.database.run(branches.reveal, self._page.user, hit)
        thread = Thread(self._services, self._page, place.id("conversation") or None, hit=hit)
        await thread.load()
        if place.number("project") and not thread.id:
            row = await self._services.database.read(projects.get, self._page.user, place.number("project"))
            thread.begin_in(row)
        if place.query.get("model") in self._services.models_status.chat_names():
            thread.chosen = place.query["model"]
        notes = self._services.notes
        if note and not thread.id and notes:
            size = await thread.learn_size()
            thread.note = await about_note(self._services, notes, self._page.asking, note, size)
            instructions = [str(thread.wishes["system"]), thread.note.instruction]
            thread.wish({"system": "\n\n".join(filter(None, instructions))})
        return thread, await html_of(thread)

    async def _refresh(self, topics: set[str]) -> None:
        if self._open:
            try:
                await self._open.refresh(topics)
            except NotFound:
                self._open.leave()
            self._sidebar.current, self._sidebar.project = self._open.place
        if topics & {"conversations", "projects"}:
            await self._sidebar.refresh()

    def _close(self) -> None:
        if self._open:
            self._open.close()
            self._open = None


class OpenConversation:
    """The sections of one conversation."""

    def __init__(self, thread: Thread, html: Drawn) -> None:
        """Draws them in the slot that is open."""
        self.thread = thread
        self._title = thread.title
        self._banner = Banner(owner=thread.page.asking.owner)
        self._head()
        self._welcome = Welcome(thread, self._fill)
        self._messages = Messages(thread, html)
        self._composer = Composer(thread, self._sent)

    @property
    def place(self) -> tuple[int, int]:
        """The conversation that is shown, 0 for one that has not begun, and the project, which is none."""
        return self.thread.id or 0, 0

    @property
    def title(self) -> str:
        """What stands at its head."""
        return self.thread.title

    async def refresh(self, topics: set[str]) -> None:
        """Shows anew what a change concerns; raises NotFound once the conversation is gone."""
        thread = self.thread
        self._composer.show_reading()
        if topics == {"files"}:
            return
        if topics & {"conversation", "conversations", "projects"} and thread.id:
            await self._messages.refresh()
        if "projects" in topics:
            await thread.follow_project()
        if thread.closed:
            return
        self._rename()
        self._show_project()
        self._banner.show(thread.services.models_status)
        if topics & {"ollama", "pulls", "reminders"} or not thread.shown:
            await self._welcome.show()
        await self._composer.refresh()

    def leave(self) -> None:
        """Begins a new chat in place of a conversation that was deleted, here or elsewhere."""
        if not self.thread.closed:
            self.close()
            self._composer.leave()
            ui.run_javascript("window.assistant.move('/', {replace: true})")

    def close(self) -> None:
        """Follows nothing any more."""
        self.thread.closed = True
        self._messages.close()

    def _head(self) -> None:
        self._heading = text_element("h1", self._title).classes("visually-hidden").props('dir="auto"')
        self._heading.set_visibility(bool(self.thread.shown))  # the welcome has its own
        self._crumb = Html(tag="a").classes("project-crumb")
        self._show_project()

    def _show_project(self) -> None:
        project = self.thread.project
        self._crumb.set_visibility(project is not None)
        if project:
            self._crumb.set_content(CRUMB.format(svg("folder"), project.name))
        if project and self._crumb.props.get("href") != f"/project/{project.id}":
            self._crumb.props["href"] = f"/project/{project.id}"
            self._crumb.update()

    def _rename(self) -> None:
        self._heading.set_visibility(bool(self.thread.shown))
        if self.thread.title != self._title:
            self._title = self.thread.title
            self._heading.set_text(self._title)
            self.thread.page.title(self._title, "chat")

    def _fill(self, text: str) -> None:
        self._composer.fill(text)

    async def _sent(self, pair: Pair, files: Files) -> None:
        if pair.new:
            await self._messages.add(pair, files)
            await self._welcome.show()
        await self.refresh({"conversation"} if not pair.new else set())
