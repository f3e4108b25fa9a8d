"""What a model proposes for a passage of the note that is open: seen as it comes, to take or to drop.

It is nowhere but here: who leaves the note, or loads the page anew, drops it. The note itself is not touched before
it is taken.
"""

import asyncio
import time
from contextlib import aclosing
from functools import partial

from markupsafe import Markup
from nicegui import ui

from assistant.components.controls import Problem, button, text_field
from assistant.components.form import KeptForm, Sent
from assistant.components.html import Html
from assistant.components.toast import toast
from assistant.errors import AssistantError, Invalid, ModelUnavailable
from assistant.notes.pages.editor.opened import opened
from assistant.notes.pages.editor.writing import NoteText
from assistant.notes.pages.services import Services
from assistant.notes.proposals import asking, differences, passage, taking
from assistant.notes.proposals.asking import Proposal
from assistant.notes.proposals.kinds import KINDS, LANGUAGE
from assistant.notes.proposals.passage import Passage
from assistant.notes.proposals.taking import Taken
from assistant.users import preferences
from assistant.users.pages.page import Page

FRAME = 0.15  # seconds between two drawings of what grows
TRIES = 4  # how often taking is tried while somebody types elsewhere
UNSTORED = "What you typed is not stored yet. Try again once it is: nothing of it is lost."
TRASHED = "This note is in the trash. Restore it first."
NOTHING = "The model proposes no change."
EMPTY = "The model said nothing. Try again, or choose another model in the settings."
MEANWHILE = (
    "This passage was changed meanwhile. This is what the proposal would make of it as it is now: put it in its "
    "place, or keep both."
)
STOPPED = "Stopped."
BUTTONS = {
    "asking": (), "writing": ("stop",), "done": ("take", "again", "drop"), "failed": ("again", "drop"),
    "changed": ("take", "both", "again", "drop"),
}  # fmt: skip
WORD = {"same": Markup("{}"), "removed": Markup("<del>{}</del>"), "added": Markup("<ins>{}</ins>")}


class ProposalSheet:
    """One proposal at a time; asking for another drops it."""

    def __init__(self, page: Page, services: Services, text: NoteText) -> None:
        """Draws it, hidden; ``text`` is the box in which the note is written."""
        self._page, self._services, self._text = page, services, text
        self.note, self.locked = 0, False  # which is open
        self._proposal: Proposal | None = None
        self._writing: asyncio.Task[None] | None = None
        self._name, self._meant = "", Passage("", 0, 0)
        self._draw()
        self.close()

    async def ask(self, name: str) -> None:
        """Asks for a proposal for what is marked, or for the paragraph at the cursor."""
        self.close()
        self._open(name)
        mark = await self._text.marked()
        if self.locked or mark is None:
            self._fail(TRASHED if self.locked else UNSTORED)
            return
        found = await self._services.database.read(opened, self._page.user, self.note) if self.note else None
        text = found.text if found else ""
        begin, end = (passage.in_characters(text, at) for at in (mark.begin, mark.end))
        self._name, self._meant = name, passage.meant(text, begin, end, mark.words)
        self._about.set_text(self._meant.what.capitalize())
        if name == "translate":
            await self._ask_language()
        else:
            self._begin("")

    def close(self) -> None:
        """Drops what was proposed."""
        if self._writing:
            self._writing.cancel()
        self._proposal = self._writing = None
        self._box.set_visibility(False)
        self._show("asking")

    def _draw(self) -> None:
        self._box = ui.element("section").classes("proposal").props('aria-label="Proposal" tabindex="-1"')
        with self._box:
            with ui.element("header"):
                with ui.element("h2"):
                    self._title = ui.label()
                self._about = ui.label().classes("muted")
                self._status = ui.label().classes("muted proposal-status").props('role="status"')
            with KeptForm("", {"language": ""}).classes("row") as self._form:
                self._language = text_field(
                    "language", "Into which language?", longest=LANGUAGE, placeholder="German", enterkeyhint="go"
                )
                self._language_problem = Problem(self._language)
                button("Translate", kind="main")
            self._form.on_done(self._chosen)
            self._html = Html("").classes("diff words").props('tabindex="0" dir="auto"')
            self._told = ui.label().classes("hint")
            self._problem = Problem()
            with ui.element("div").classes("row"):
                self._buttons = {
                    "stop": button("Stop", self._stop, icon="stop", **{"data-key": "escape"}),
                    "take": button("Take", partial(self._take, both=False), kind="main"),
                    "both": button("Keep both", partial(self._take, both=True)),
                    "again": button("Try again", self._again),
                    "drop": button("Drop", self._drop, **{"data-key": "escape"}),
                }  # fmt: skip

    def _open(self, name: str) -> None:
        self._title.set_text(KINDS[name].words)
        self._html.set_content("")
        for label in (self._about, self._status, self._told):
            label.set_text("")
        self._problem.say("")
        self._form.set_visibility(False)
        self._box.set_visibility(True)

    def _show(self, state: str) -> None:
        """Shows what can be done now."""
        for name, made in self._buttons.items():
            made.set_visibility(name in BUTTONS[state])
        self._html.set_visibility(bool(self._html.content))

    async def _ask_language(self) -> None:
        chosen = await self._services.database.read(preferences.load, self._page.user)
        self._form.fill({"language": chosen.translate_to})
        self._form.set_visibility(True)
        self._form.focus("language", all_selected=True)
        self._buttons["drop"].set_visibility(True)

    async def _chosen(self, sent: Sent) -> None:
        self._form.refused(sent.key)
        language = str(sent.values.get("language", "")).strip()
        self._language_problem.say("" if language else "Say into which language.")
        if not language:
            return
        save = partial(preferences.save, self._page.user, translate_to=language[:LANGUAGE])
        await self._services.database.run(save)
        self._form.set_visibility(False)
        self._title.set_text(f"Translate into {language}")
        self._begin(language)

    def _begin(self, language: str) -> None:
        try:
            self._proposal = asking.valid(self._name, self._meant, language)
        except Invalid as error:
            self._fail(error.sentence)
            return
        self._show("writing")
        self._status.set_text("Writing…")
        self._focus("stop")
        self._writing = self._page.begin(self._write(self._proposal), name="proposal")

    async def _write(self, proposal: Proposal) -> None:
        """Shows the proposal as it comes; what came before it failed can be taken all the same."""
        problem, drawn = "", 0.0
        try:
            async with aclosing(proposal.grow(self._page.user, self._services.proposals)) as growing:
                async for _ in growing:
                    if time.monotonic() - drawn > FRAME:
                        await self._draw_pieces(proposal, done=False)
                        drawn = time.monotonic() if proposal.answer else 0.0  # the first words are never late
        except ModelUnavailable as error:
            problem = error.told(owner=self._page.asking.owner)
        except AssistantError as error:
            problem = error.sentence
        if proposal is self._proposal:
            await self._finish(proposal, problem)

    async def _finish(self, proposal: Proposal, problem: str = "", words: str = "Done.") -> None:
        await self._draw_pieces(proposal, done=True)
        with self._page.client:
            same = proposal.words == proposal.passage.words
            self._status.set_text(words if not problem else "")
            self._told.set_text(" ".join(proposal.told))
            said = problem or ("" if not same else NOTHING if proposal.answer.strip() else EMPTY)
            self._problem.say(said)
            self._show("failed" if same else "done")
            self._focus("again" if same else "take", free=True)

    async def _draw_pieces(self, proposal: Proposal, *, done: bool) -> None:
        pieces = await asyncio.to_thread(proposal.pieces, done=done)
        if proposal is not self._proposal:
            return
        with self._page.client:
            if not done:
                self._status.set_text("Thinking…" if proposal.thinking else f"{proposal.model} writes…")
            self._show_pieces(pieces if proposal.answer.strip() else [])

    def _show_pieces(self, pieces: list[differences.Piece]) -> None:
        self._html.set_content(Markup().join(WORD[kind].format(words) for kind, words in pieces))
        self._html.set_visibility(bool(pieces))

    async def _stop(self) -> None:
        if self._writing and self._proposal:
            self._writing.cancel()
            await self._finish(self._proposal, words=STOPPED)

    async def _again(self) -> None:
        if self._proposal:
            self._problem.say("")
            self._told.set_text("")
            self._show_pieces([])
            self._begin(self._proposal.language)
        else:
            await self.ask(self._name or "improve")

    def _drop(self) -> None:
        self.close()
        back = f"getElement({self._text.id}).view.focus()"
        ui.run_javascript(f"matchMedia('(hover: hover)').matches && {back}")

    async def _take(self, *, both: bool) -> None:
        """Puts the proposal into the text, where the passage is by now; the box saves it as if it was typed."""
        proposal, note = self._proposal, self.note
        if proposal is None:
            return
        try:
            for _ in range(TRIES):
                if await self._try(proposal, note, both=both):
                    return
        except AssistantError as error:
            self._problem.say(error.sentence)
            return
        self._problem.say(UNSTORED)

    async def _try(self, proposal: Proposal, note: int, *, both: bool) -> bool:
        """Whether it is settled: taken, or for the person to decide."""
        if not await self._text.stored():
            return False
        found = await self._services.database.read(opened, self._page.user, note)
        now = passage.now_at(proposal.passage, found.text)
        words = _settled(proposal, now, both=both)
        if words is None:
            self._say_changed(proposal, now)
            return True
        await self._services.database.run(taking.keep_before, self._page.user, note, self._services.clock())
        if not await self._text.exchange(now, words):
            self._text.renew(found)
            return False
        await self._text.stored()
        await self._remember(proposal, Taken(note, proposal.kind, proposal.model, now.words, words, now.begin))
        return True

    async def _remember(self, proposal: Proposal, taken: Taken) -> None:
        services, user = self._services, self._page.user
        self.close()
        act = await services.database.run(services.proposals.keep, user, taken, services.clock())

        async def undo() -> None:
            try:
                await services.database.run(services.proposals.undo, user, act, services.clock())
            except AssistantError as error:
                toast(error.sentence)

        toast(f"{proposal.kind.words}: taken.", undo)

    def _say_changed(self, proposal: Proposal, now: Passage) -> None:
        """From now on what is proposed is seen against the passage as it is."""
        again = Proposal(proposal.kind, now, proposal.language)
        again.answer, again.model, again.cut = proposal.answer, proposal.model, proposal.cut
        self._proposal = again
        self._problem.say(MEANWHILE)
        self._show_pieces(again.pieces(done=True))
        self._show("changed")

    def _fail(self, sentence: str) -> None:
        self._problem.say(sentence)
        self._show("failed")
        self._focus("again")

    def _focus(self, name: str, *, free: bool = False) -> None:
        """Puts the cursor on that button; where it must be ``free``, only if it is nowhere else."""
        wanted = f"getHtmlElement({self._buttons[name].id})?.focus()"
        ui.run_javascript(f"document.activeElement.matches('body, .proposal *') && {wanted}" if free else wanted)


def _settled(proposal: Proposal, now: Passage, *, both: bool) -> str | None:
    """What is to stand where the passage is by now; None where that was changed, and the person has to say."""
    if both:
        end = "\n" if now.words.endswith("\n") else ""
        return f"{now.words.rstrip()}\n\n{proposal.words.strip()}{end}"
    if now.words == proposal.passage.words:
        return proposal.words
    if proposal.kind.follows:
        return now.words + proposal.added
    return passage.merged(proposal.passage.words, proposal.words, now.words)
