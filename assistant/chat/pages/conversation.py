"""The page of one conversation, or of one that begins: a view of rows and of live answers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import background_tasks, events, ui

from assistant.chat import branches, context, conversations, messages
from assistant.chat.branches import Shown
from assistant.chat.conversations import TEXT_LIMIT
from assistant.chat.models import WRITING, Conversation
from assistant.chat.pages.composer import Composer, draft_name
from assistant.chat.pages.notes_dialog import NoteTools, about_note, keep_dialog
from assistant.chat.pages.services import Services, reporting_errors
from assistant.chat.pages.settings_dialog import pick_model, settings_dialog
from assistant.chat.pages.sidebar import SHOWN, Sidebar, grouped
from assistant.chat.pages.suggestions import suggestions
from assistant.chat.pages.thread import Thread, views
from assistant.chat.pages.today import SHOWN as TODAY_SHOWN
from assistant.chat.pages.today import Coming, Today, strip
from assistant.components.frame import aside, main
from assistant.components.toast import toast
from assistant.errors import AssistantError, ModelUnavailable, NotFound
from assistant.storage.events import EVERYONE, Change
from assistant.users import preferences
from assistant.users.pages.page import Page

Handlers = dict[str, Callable[..., Awaitable[None]]]

COALESCE = 0.05  # seconds
WINDOW = 60  # messages that are drawn at first; older ones on demand


class ConversationPage:
    """What one open page shows and does; everything it knows can be read again from the rows."""

    def __init__(
        self, room: Services, page: Page, conversation: int | None, *, hit: int = 0, shelf: NoteTools | None = None,
        today: Today | None = None, note: int = 0,
    ) -> None:  # fmt: skip
        """``hit`` is a message to open at; ``note`` is one that a new conversation is about."""
        self.shelf, self.note, self.about = shelf, note, ""
        self.today = today
        self.coming: list[Coming] = []
        self.room, self.page, self.asking, self.user = room, page, page.asking, page.user
        self.id, self.hit = conversation, hit
        self.window = WINDOW
        self.words, self.listed, self.archive = "", SHOWN, False
        self.home: Conversation | None = None
        self.shown: list[Shown] = []
        self.following: dict[int, asyncio.Task[None]] = {}
        self.ended = False  # the page or its session
        self.title = ""
        self.model = ""  # chosen in this page
        self.wishes: dict[str, Any] = {}  # settings of a conversation that has not begun
        self._dirty: set[str] = set()
        self._refreshing: asyncio.Task[Any] | None = None

    async def build(self) -> None:
        """Draws the page; raises NotFound for a conversation that is not the person's."""
        await self._load()
        if self.shelf and self.note and not self.id:
            self.about, system = await about_note(self.room, self.shelf, self.asking, self.note)
            self.wishes = {"system": system}
        self.sidebar: Sidebar
        self.title = title = self.home.title if self.home else "New chat"
        self.page.title(title, "chat")
        with aside():
            self._draw_sidebar()
        with main():
            self.banner = ui.element("div").classes("banner").props('role="status"')
            with self.banner:
                self.banner_text = ui.label()
            self.welcome = ui.element("div").classes("welcome")
            first = await views(self._visible())
            self.thread = Thread(
                first,
                earlier=len(self.shown) > len(first),
                hit=self.hit,
                keeps=self.shelf is not None,
                reminds=self.today is not None,
            )
            self._draw_composer()
        self._listen_to_thread()
        await self._refresh({"conversations", "ollama", "reminders"})
        self._live_on()

    def _draw_sidebar(self) -> None:
        self.sidebar = Sidebar(self.id)
        handlers: Handlers = {
            "find": self._find, "more": self._more, "rename": self._rename, "pin": self._pin,
            "archive": self._archive, "remove": self._delete, "archive_view": self._archive_view,
        }  # fmt: skip
        for name, handler in handlers.items():
            self.sidebar.on(name, reporting_errors(handler))

    def _draw_composer(self) -> None:
        self.composer = Composer(
            models=self.room.models_status.names(), model=self._model(), draft=draft_name(self.user, self.id)
        )
        self.composer.on("send", self._send)
        self.composer.on("stop", reporting_errors(self._stop))
        self.composer.on("model", reporting_errors(self._choose_model))
        self.composer.on("options", reporting_errors(self._options))

    def _listen_to_thread(self) -> None:
        handlers: Handlers = {
            "again": self._again, "again_with": self._again_with, "edit": self._edit, "choose": self._choose,
            "remove": self._remove, "keep_on": self._keep_on, "earlier": self._earlier, "gap": self._gap,
            "answer": self._answer, "keep": self._keep,
        }  # fmt: skip
        for name, handler in handlers.items():
            self.thread.on(name, reporting_errors(handler))

    def _live_on(self) -> None:
        """Follows changes from now on, and nothing any more once the page or its session ends."""
        self.page.on_close(self.room.events.subscribe(EVERYONE, self._changed))
        self.page.on_close(self._end)
        client = self.page.client
        self.client = client
        self._follow_writing()

    def _end(self) -> None:
        self.ended = True
        self._follow_nothing()

    def _follow_nothing(self) -> None:
        for task in self.following.values():
            task.cancel()
        self.following.clear()

    # What changed elsewhere

    def _changed(self, change: Change) -> None:
        mine = change.user == self.user
        wanted = (mine and change.topic in {"conversations", "reminders"}) or (
            not change.user and change.topic in {"ollama", "pulls"}
        )
        if not wanted and not (mine and change.topic == "conversation" and change.id == self.id):
            return
        self._dirty.add(change.topic)
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = background_tasks.create(self._refresh_dirty(), name="refresh")

    async def _refresh_dirty(self) -> None:
        # Changes come in groups, and the first token of an answer has precedence over the list.
        await asyncio.sleep(COALESCE)
        while self._dirty and not self.ended:
            topics, self._dirty = self._dirty, set()
            with self.client:
                await self._refresh(topics)

    async def _refresh(self, topics: set[str]) -> None:
        if "conversation" in topics:
            await self._show_thread()
        if "conversations" in topics:
            if self.id and "conversation" not in topics:
                await self._show_renamed()
            await self._show_list()
        if "reminders" in topics:
            await self._load_today()
        if topics & {"ollama", "pulls", "reminders"}:
            self._show_ollama()
        await self._show_composer()

    async def _load(self) -> None:
        if self.id:
            self.home = await self.room.database.read(conversations.get, self.user, self.id)
            self.shown = await self.room.database.read(branches.thread, self.user, self.id)

    async def _load_today(self) -> None:
        if self.today and not self.shown and not self.about:
            zone, now = self.asking.preferences.zone, self.room.clock()
            self.coming = await self.room.database.read(self.today, self.user, zone, now, TODAY_SHOWN + 1)

    def _visible(self) -> list[Shown]:
        ids = [one.message.id for one in self.shown]
        if self.hit in ids:
            self.window = max(self.window, len(ids) - ids.index(self.hit) + 5)
        return self.shown[-self.window :]

    async def _show_thread(self) -> None:
        try:
            await self._load()
        except NotFound:
            self._leave()
            return
        except AssistantError as error:
            toast(error.sentence)
            return
        if self.home:
            self._show_title(self.home.title)
        visible = self._visible()
        self.thread.sync(await views(visible), earlier=len(self.shown) > len(visible))
        self._show_welcome()
        self._follow_writing()

    async def _show_renamed(self) -> None:
        try:
            self.home = await self.room.database.read(conversations.get, self.user, self.id or 0)
        except NotFound:
            self._leave()
        else:
            self._show_title(self.home.title)

    def _leave(self) -> None:
        """Begins a new chat in place of a conversation that was deleted, here or elsewhere."""
        self.id, self.home, self.shown = None, None, []
        self._follow_nothing()
        self.thread.sync([], earlier=False)
        self._show_title("New chat")
        self._show_welcome()
        self.composer.run_method("turn", draft_name(self.user, None))
        ui.run_javascript("history.replaceState(null, '', '/')")

    def _show_title(self, title: str) -> None:
        if title != self.title:
            self.title = title
            self.page.title(title, "chat")

    async def _show_list(self) -> None:
        limit = self.listed + 1
        found = await self.room.database.read(
            conversations.listing, self.user, words=self.words, archived=self.archive, limit=limit
        )
        groups = grouped(
            found[: self.listed], self.room.replies.writing(self.user), self.room.clock(),
            self.asking.preferences.zone_info,
        )  # fmt: skip
        self.sidebar.show(groups=groups, current=self.id or 0, more=len(found) > self.listed, archive=self.archive)

    def _show_ollama(self) -> None:
        state = self.room.models_status
        self.banner_text.set_text(state.problem)
        self.banner.set_visibility(bool(state.problem))
        self._show_welcome()

    def _show_welcome(self) -> None:
        self.welcome.clear()
        self.welcome.set_visibility(not self.shown)
        self.thread.set_visibility(bool(self.shown))
        if not self.shown:
            with self.welcome:
                suggestions(self.room, self.asking, about=self.about)
                strip(self.coming, self.asking.preferences.zone_info)

    async def _show_composer(self) -> None:
        model = self._model()
        writing = any(one.message.state == WRITING for one in self.shown)
        self.composer.show(
            models=self.room.models_status.names(), model=model, writing=writing, vision=await self._sees(model),
            meter=self._meter(),
        )  # fmt: skip

    async def _sees(self, model: str) -> bool:
        try:
            return bool(model) and "vision" in (await self.room.ollama.details(model)).capabilities
        except ModelUnavailable:
            return False

    def _meter(self) -> dict[str, Any] | None:
        if not self.shown or self.home is None:
            return None
        size = self.home.num_ctx or self.room.context
        used = context.used([one.message for one in self.shown], self.home.system)
        return {
            "share": used / size,
            "short": f"{used / size:.0%}",
            "words": f"About {used:,} of {size:,} tokens of the model's context are used",
        }

    def _model(self) -> str:
        names = self.room.models_status.names()
        before = self.asking.preferences.model
        usual = before if before in names else next(iter(names), "")
        return self.model or (self.home.model if self.home else "") or usual

    # Answers that are being written

    def _follow_writing(self) -> None:
        for one in () if self.ended else self.shown:
            answer = one.message.id
            if one.message.state == WRITING and answer not in self.following:
                self.following[answer] = background_tasks.create(self._follow(answer), name=f"follow {answer}")

    async def _follow(self, answer: int) -> None:
        live = self.room.replies.live(self.user, answer)
        if live is not None:
            async for update in live.follow():
                self.thread.run_method(
                    "delta", answer, update.text_from, update.text, update.thinking_from, update.thinking, update.status
                )
        self.following.pop(answer, None)
        self._changed(Change(self.user, "conversation", self.id or 0))

    async def _gap(self, event: events.GenericEventArguments) -> None:
        task = self.following.pop(int(event.args["id"]), None)
        if task:
            task.cancel()
        self._follow_writing()

    # What the person does

    async def _send(self, event: events.GenericEventArguments) -> None:
        said = event.args
        key = str(said["key"])[:64]
        try:
            pair = await self.room.database.run(
                messages.ask, self.user, self.id, str(said["text"]), key=key, now=self.room.clock(),
                model=str(said.get("model") or self._model())[:200],
                images=tuple(int(image) for image in said.get("images") or ()), settings=self.wishes,
            )  # fmt: skip
        except AssistantError as error:
            self.composer.run_method("refused", key, error.sentence)
            return
        await self.room.replies.start(self.user, pair.answer.id)
        if self.id is None:
            self.id = pair.question.conversation_id
            ui.run_javascript(f"history.replaceState(null, '', '/chat/{self.id}')")
        if pair.new:
            await self._show_pair(pair)
        self.composer.run_method("accepted", key, draft_name(self.user, self.id))
        self._changed(Change(self.user, "conversation", self.id))
        self._changed(Change(self.user, "conversations"))

    async def _show_pair(self, pair: messages.Pair) -> None:
        """Draws the new messages from what is at hand: the first token must not wait for a reading of rows."""
        self.shown += [Shown(pair.question, 1, 1, ()), Shown(pair.answer, 1, 1, ())]
        visible = self._visible()
        self.thread.sync(await views(visible), earlier=len(self.shown) > len(visible))
        self.thread.set_visibility(True)
        self.welcome.set_visibility(False)
        self._follow_writing()

    async def _stop(self) -> None:
        for one in self.shown:
            if one.message.state == WRITING:
                await self.room.replies.stop(self.user, one.message.id)

    async def _choose_model(self, event: events.GenericEventArguments) -> None:
        self.model = str(event.args)[:200]
        await self.room.database.run(preferences.save, self.user, model=self.model)
        if self.id:
            await self.room.database.run(conversations.change, self.user, self.id, model=self.model)
        await self._show_composer()

    async def _options(self) -> None:
        async def save(values: dict[str, Any]) -> None:
            if self.id:
                await self.room.database.run(conversations.change, self.user, self.id, **values)
            else:
                conversations.check_settings(values)
                self.wishes = values

        await settings_dialog(self.room, self._model(), self.home or Conversation(**self.wishes), save)

    async def _again(self, event: events.GenericEventArguments) -> None:
        await self._write_again(int(event.args["id"]), "")

    async def _again_with(self, event: events.GenericEventArguments) -> None:
        model = await pick_model(self.room.models_status.names(), self._model())
        if model:
            await self._write_again(int(event.args["id"]), model)

    async def _write_again(self, message: int, model: str) -> None:
        answer = await self.room.database.run(
            messages.regenerate, self.user, message, model=model or self._model(), now=self.room.clock()
        )
        await self.room.replies.start(self.user, answer.id)

    async def _answer(self, event: events.GenericEventArguments) -> None:
        answer = await self.room.database.run(
            messages.answer_to, self.user, int(event.args["id"]), model=self._model(), now=self.room.clock()
        )
        await self.room.replies.start(self.user, answer.id)

    async def _keep_on(self, event: events.GenericEventArguments) -> None:
        message = int(event.args["id"])
        await self.room.database.run(messages.resume, self.user, message, self.room.clock())
        await self.room.replies.start(self.user, message)

    async def _edit(self, event: events.GenericEventArguments) -> None:
        said = event.args
        pair = await self.room.database.run(
            messages.edit, self.user, int(said["id"]), str(said["text"]), key=str(said["key"])[:64],
            now=self.room.clock(),
        )  # fmt: skip
        await self.room.replies.start(self.user, pair.answer.id)
        self.thread.run_method("edited_stored")

    async def _choose(self, event: events.GenericEventArguments) -> None:
        said = event.args
        await self.room.database.run(branches.choose_version, self.user, int(said["id"]), int(said["version"]))

    async def _keep(self, event: events.GenericEventArguments) -> None:
        said = event.args
        if self.shelf:
            part = str(said.get("part") or "")[:TEXT_LIMIT]
            await keep_dialog(self.room, self.shelf, self.asking, int(said["id"]), part)

    async def _remove(self, event: events.GenericEventArguments) -> None:
        removed = await self.room.database.run(branches.remove, self.user, int(event.args["id"]), self.room.clock())

        async def undo() -> None:
            await self.room.database.run(branches.put_back, self.user, removed)

        toast("Deleted this message and what followed it.", undo)

    async def _earlier(self) -> None:
        self.window += WINDOW
        await self._show_thread()

    # The list

    async def _find(self, event: events.GenericEventArguments) -> None:
        self.words = str(event.args["words"])[:200]
        await self._show_list()

    async def _more(self) -> None:
        self.listed += SHOWN
        await self._show_list()

    async def _archive_view(self, event: events.GenericEventArguments) -> None:
        self.archive = bool(event.args)
        await self._show_list()

    async def _rename(self, event: events.GenericEventArguments) -> None:
        await self._change(event, title=str(event.args["title"]))

    async def _pin(self, event: events.GenericEventArguments) -> None:
        await self._change(event, pinned=bool(event.args["on"]))

    async def _archive(self, event: events.GenericEventArguments) -> None:
        await self._change(event, archived=bool(event.args["on"]))

        async def undo() -> None:
            await self._change(event, archived=not event.args["on"])

        toast("Archived." if event.args["on"] else "Taken out of the archive.", undo)

    async def _change(self, event: events.GenericEventArguments, **values: Any) -> None:
        await self.room.database.run(conversations.change, self.user, int(event.args["id"]), **values)

    async def _delete(self, event: events.GenericEventArguments) -> None:
        gone = int(event.args["id"])
        for one in self.shown if gone == self.id else ():
            if one.message.state == WRITING:
                await self.room.replies.stop(self.user, one.message.id)
        await self.room.database.run(conversations.delete, self.user, gone, self.room.clock())

        async def undo() -> None:
            await self.room.database.run(conversations.restore, self.user, gone)

        toast("Conversation deleted.", undo)
