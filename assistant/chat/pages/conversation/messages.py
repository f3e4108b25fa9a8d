"""The messages of a conversation: rows that send only what changed, among them answers that grow."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from markupsafe import Markup
from nicegui import events, ui
from nicegui.element import Element

from assistant.chat.acting import records
from assistant.chat.acting.fence import plain_links
from assistant.chat.branches import Shown
from assistant.chat.documents import marks
from assistant.chat.knowing.citations import Cited, cited, doubts_of
from assistant.chat.messages import Pair
from assistant.chat.models import WRITING
from assistant.chat.pages.acting.cards import ICONS as ACT_ICONS
from assistant.chat.pages.acting.cards import acts_html
from assistant.chat.pages.acting.desk import Desk
from assistant.chat.pages.conversation.growing_answer import Dress, GrowingAnswer
from assistant.chat.pages.conversation.message_acts import MessageActs
from assistant.chat.pages.conversation.message_html import EARLIER, ICONS, LATER, Tools, message_html, unanswered_html
from assistant.chat.pages.conversation.sources_html import sources_html
from assistant.chat.pages.conversation.thread import Thread
from assistant.chat.pages.documents.files_field import Files
from assistant.components.controls import button
from assistant.components.html import Html
from assistant.components.icons import svg, symbols
from assistant.components.markdown.growing import GrowingText
from assistant.components.rows import Rows
from assistant.components.served import leaves
from assistant.errors import AssistantError
from assistant.text import row_number

UNANSWERED = "unanswered"
GIVEN = "given "  # before the id of an answer: the row of what it was given to read
ACTS = "acts "  # before the id of an answer: the row of what it offers and did
SHARE = 3  # times as long as it was rendered an answer that grows is left alone
BANDWIDTH = 200_000  # characters of HTML a second that one such answer may take
LONGEST_PAUSE = 1.0  # seconds
Drawn = dict[str, Markup]  # by the ids of messages


class Reply(Element):
    """The scroller around the messages; event: ``keep`` (a marked part)."""

    def __init__(self, hit: int) -> None:
        """``hit`` is the message to open at; without one it opens at the end."""
        super().__init__()
        self._props.update({"hit": hit, "data-hold": ""})


leaves.in_room(Reply, Path(__file__).with_name("reply.js"))


async def html_of(thread: Thread) -> Drawn:
    """The rows of the conversation as it was read last."""
    shown, status = thread.shown, thread.services.models_status
    words_alone = status.known and not status.embedding_models()
    html: Drawn = {}
    for one in shown:
        made = await _html(one, thread)
        html[key_of(one)] = Markup(made.html)  # noqa: S704 - made of what is safe
        given = sources_html(thread.sources.get(one.message.id, ()), made, words_alone=words_alone)
        if given:
            html[f"{GIVEN}{one.message.id}"] = given
        acts = acts_html(thread.acts.get(one.message.id, ()), thread.off, keys=not thread.writing)
        if acts:
            html[f"{ACTS}{one.message.id}"] = acts
    if thread.earlier:
        html = {"earlier": EARLIER, **html}
    if thread.later:
        html["later"] = LATER
    elif shown and shown[-1].message.role == "user":
        html[UNANSWERED] = unanswered_html(shown[-1].message.id)
    return html


def key_of(shown: Shown) -> str:
    """What its row goes by."""
    return str(shown.message.id)


async def _html(one: Shown, thread: Thread) -> Cited:
    """What is being written has a row of its own, see ``GrowingAnswer``."""
    if one.message.state == WRITING:
        return Cited("")
    return _dressed(
        thread, one.message.id if one.message.role == "assistant" else 0, await message_html(one, tools_of(thread))
    )


def _dressed(thread: Thread, answer: int, html: str) -> Cited:
    """The safe HTML as it is shown: links lead only to what is trusted, marks to what the answer was given."""
    read = thread.read_by(answer)

    def doubt(said: str, pages: Sequence[marks.Page]) -> list[str]:
        texts = [thread.pages[page] for page in pages if page in thread.pages]
        names = [document.name for document in read.values()]
        return doubts_of(said, [*texts, *names]) if pages and len(texts) == len(pages) else []

    return cited(marks.linked(plain_links(html, thread.trusted), read, doubt), thread.sources.get(answer, ()))


def tools_of(thread: Thread) -> Tools:
    """What other rooms let one do with a message."""
    services = thread.services
    return Tools(keeps=services.notes is not None, reminds=bool(services.remind or services.today))


class Messages:
    """The middle of the page."""

    def __init__(self, thread: Thread, html: Drawn) -> None:
        """Draws what ``html_of`` made."""
        self._thread, self._html = thread, html
        self._following: dict[int, asyncio.Task[None]] = {}
        self._growing: dict[str, GrowingAnswer] = {}
        self._editing: dict[str, Element] = {}
        self._one_at_a_time = asyncio.Lock()
        self._acts, self._desk = MessageActs(thread), Desk(thread.services, thread.user, thread.off, self.refresh)
        with Reply(thread.hit).classes("thread-host") as self._reply:
            Html(symbols(*{*ICONS, *ACT_ICONS}))
            with ui.element("div").classes("thread").props('data-scroll="thread"'):
                self._rows = Rows(tag="div", row="div").classes("thread-inner").on_act(self._act)
                self._rows.props('role="log" aria-label="Conversation" aria-live="off"')
            self._buttons()
        self._reply.on("keep", self._keep)
        self.show(html)

    def show(self, html: Drawn) -> None:
        """Shows the rows and follows what is being written."""
        self._html = html
        shown = {key_of(one): one.message for one in self._thread.shown}
        self._grow()
        rows: dict[str, str | Element] = {}
        for key, content in html.items():
            own = self._growing[key].row if key in self._growing else self._editing.get(key)
            rows[f"own {key}" if own else key] = own or content
        classes = {key: f"message message-{one.role}" for key, one in shown.items()}
        classes |= dict.fromkeys(("earlier", "later"), "thread-more")
        classes |= {key: "message" for key in html if key.startswith((ACTS, GIVEN))}
        if (hit := str(self._thread.hit)) in classes:
            classes[hit] += " message-hit"
        self._rows.show(rows, classes=classes)
        self._reply.set_visibility(bool(shown))
        self._follow_writing()

    async def add(self, pair: Pair, files: Files) -> None:
        """Shows a question and its answer from what is at hand: the first token must not wait for a reading of rows."""
        if self._thread.later:
            self._thread.to_end()
            await self.refresh()
            self._reply.run_method("toEnd")
            return
        new = [Shown(pair.question, 1, 1, tuple(files.pictures), tuple(files.documents)), Shown(pair.answer, 1, 1, ())]
        self._thread.add(new)
        html = {key: row for key, row in self._html.items() if key != UNANSWERED}
        for one in new:
            html[key_of(one)] = Markup((await _html(one, self._thread)).html)  # noqa: S704 - made of what is safe
        live = await self._thread.services.replies.find(self._thread.user, pair.answer.id)
        first = live.first if live else None
        blocks = await GrowingText(pair.answer.id).grow(first.text) if first else None
        if self._thread.closed:
            return
        self.show(html)
        growing = self._growing.get(str(pair.answer.id))
        if first and blocks and growing:
            # What is there by now goes out with the question; drawn after it, it would wait for the page to be drawn.
            growing.grow(first, blocks, self._dress(pair.answer.id))
        self._reply.run_method("toEnd")

    async def refresh(self) -> None:
        """Shows the conversation as its rows are now; raises NotFound where it is gone."""
        async with self._one_at_a_time:
            await self._thread.load()
            html = await html_of(self._thread)
            if self._thread.closed:
                return
            with self._thread.page.client:
                for one in self._thread.shown:
                    if one.message.state != WRITING and key_of(one) in self._growing:
                        dress = self._dress(one.message.id)
                        await self._growing[key_of(one)].finish(one, tools_of(self._thread), dress)
                self.show(html)

    def close(self) -> None:
        """Follows nothing any more."""
        for task in self._following.values():
            task.cancel()
        self._following.clear()

    def _buttons(self) -> None:
        if tools_of(self._thread).keeps:
            keep = button("Save to a note").classes("keep-selection").props("data-keep")
            keep.props["hidden"] = True
        end = Html(svg("down"), tag="button").classes("to-end")
        end.props('type="button" data-to-end aria-label="Go to the end"')
        self._announced = ui.label().classes("visually-hidden").props('aria-live="polite"')

    def _grow(self) -> None:
        """Draws rows for what is now being written; those of what was written last stay until then."""
        growing = self._growing
        new = [one for one in self._thread.shown if one.message.state == WRITING and key_of(one) not in growing]
        keep = {key_of(one) for one in self._thread.shown if not new or one.message.state == WRITING}
        for key in growing.keys() - keep:
            del growing[key]  # its row goes from the list by itself
        with self._rows:
            growing.update({key_of(one): GrowingAnswer(one) for one in new})

    def _follow_writing(self) -> None:
        for answer in self._thread.writing:
            if answer not in self._following:
                task = self._thread.page.begin(self._follow(answer), name=f"follow {answer}")
                self._following[answer] = task

    async def _follow(self, answer: int) -> None:
        live = await self._thread.services.replies.find(self._thread.user, answer)
        growing = self._growing.get(str(answer))
        if live is not None and growing is not None:
            text = GrowingText(answer)
            if not growing.has_begun:
                growing.begin()
            dress = self._dress(answer)
            async for new in live.follow():
                await self._thread.page.connected()
                begun = time.monotonic()
                blocks = await text.grow(new.text, final=new.final)
                if self._growing.get(str(answer)) is not growing:
                    break  # it is no longer shown
                growing.grow(new, blocks, dress)
                if new.final:
                    self._announced.set_text(growing.words)
                else:
                    # A block that is long takes its time, and its place on the line, each time that it grows.
                    pause = max(SHARE * (time.monotonic() - begun), sum(map(len, blocks.html)) / BANDWIDTH)
                    await asyncio.sleep(min(pause, LONGEST_PAUSE))
        self._following.pop(answer, None)
        with suppress(AssistantError):  # of a conversation that is gone the view hears
            await self.refresh()

    def _dress(self, answer: int) -> Dress:
        return lambda html: _dressed(self._thread, answer, html).html

    async def _keep(self, event: events.GenericEventArguments) -> None:
        said = event.args if isinstance(event.args, dict) else {}
        await self._acts.keep(row_number(said.get("id")), str(said.get("part", "")))

    async def _act(self, what: str, of: str, more: str) -> None:
        if what == "earlier":
            self._thread.widen()
            await self.refresh()
        elif what == "later":
            self._thread.go_on()
            await self.refresh()
        elif what == "edit":
            self._edit(of)
        elif what == "rewrite":
            self._rewrite(row_number(of))
        elif self._desk.knows(what):
            await self._desk.do(what, of, more)
        else:
            await self._acts.do(what, of)

    def _edit(self, key: str) -> None:
        message = next((one.message for one in self._thread.shown if str(one.message.id) == key), None)
        if message is None or key in self._editing:
            return

        def close() -> None:
            self._editing.pop(key, None)
            self.show(self._html)

        with self._rows, ui.element("div").classes("message message-user") as box:
            self._acts.edit_form(message, close)
        self._editing[key] = box
        self.show(self._html)

    def _rewrite(self, act: int) -> None:
        """Lets the person write otherwise what is offered, in place of all that stands below its answer."""
        found = [(answer, one) for answer, some in self._thread.acts.items() for one in some if one.id == act]
        text = records.shown(found[0][1]).editable if found else None
        if text is None:
            return
        answer, row = found[0]
        key = f"{ACTS}{answer}"

        def close() -> None:
            self._editing.pop(key, None)
            self.show(self._html)

        if key in self._editing:
            return
        with self._rows, ui.element("div").classes("message") as box:
            self._desk.form(row, text, close)
        self._editing[key] = box
        self.show(self._html)
