"""What one open conversation shows, or one that begins; all of it can be read again from the rows."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from assistant.chat import branches, context, conversations, course, messages, projects, tokens
from assistant.chat.acting import given, records
from assistant.chat.acting.calling import schemas
from assistant.chat.acting.given import Brought
from assistant.chat.acting.turn import Begun
from assistant.chat.branches import Shown, Window
from assistant.chat.documents import library, marks
from assistant.chat.knowing import sources
from assistant.chat.knowing.looking import NOTES, tagged
from assistant.chat.memory import telling
from assistant.chat.messages import Pair
from assistant.chat.models import PROPOSED, WRITING, Act, Conversation, Document, Project, Source
from assistant.chat.pages.notes_dialog import AboutNote
from assistant.chat.pages.services import Services
from assistant.chat.streaming.replies import Tell
from assistant.errors import Invalid, NotFound
from assistant.ollama.answers import Details
from assistant.ollama.door import KNOWN_WITHIN
from assistant.users import preferences
from assistant.users.household import choices
from assistant.users.pages.page import Page
from assistant.users.preferences import Preferences

WINDOW = 60  # messages that are drawn at first; older ones on demand
LONGEST = 80  # messages that are drawn at most when one asks and goes to the end
NEW = "New chat"
OWN = {"system", "temperature", "num_ctx", "think"}  # settings that a person may have for all conversations
AHEAD = 0.01  # seconds in which the request goes to the model before the question is drawn, which holds the loop
SENT_WITHIN = 0.5  # seconds that a question waits for what its model can do


class Thread:
    """The conversation, its last messages, and what is chosen for the next one."""

    def __init__(self, services: Services, page: Page, conversation: int | None, *, hit: int = 0) -> None:
        """Nothing is read before ``load``; ``hit`` is a message to open at."""
        self.services, self.page, self.user = services, page, page.user
        self.id, self.hit = conversation, hit
        self.home: Conversation | None = None
        self.shown: list[Shown] = []
        self.trusted: frozenset[str] | None = None  # where links may lead; None for anywhere
        self.documents: tuple[Brought, ...] = ()  # of the branch that is read
        self.pages: dict[marks.Page, str] = {}  # texts of those that answers name
        self.off = set[int]()  # acts of several that are not ticked
        self.acts: dict[int, list[Act]] = {}  # by the answers below which they stand
        self.sources: dict[int, list[Source]] = {}  # by the answers that were given them
        self.earlier = self.later = 0
        self._window, self._most, self._since = WINDOW, 2 * WINDOW, 0
        self.preferences: Preferences = page.asking.preferences
        self.chosen = ""  # the model
        self._household = ""  # the model of who has chosen none
        self._wished: dict[str, Any] | None = None  # settings of a conversation that has not begun, where chosen here
        self._project: Project | None = None  # in which it begins
        self.note: AboutNote | None = None  # what it will be about
        self.closed = False
        self._limit = 0  # how many tokens the model reads, where that is known
        self._calls = False  # whether it is given tools
        self._memory = ""  # what it is told of the person

    @property
    def title(self) -> str:
        """What stands at its head."""
        return self.home.title if self.home else NEW

    @property
    def wishes(self) -> dict[str, Any]:
        """The settings that a conversation begins with: those that were chosen for it, or the person's own."""
        own = self.preferences.model_dump(include=OWN)
        return own if self._wished is None else self._wished

    def wish(self, values: dict[str, Any]) -> None:
        """Lets it begin with these settings."""
        self._wished = self.wishes | values

    def begin_in(self, project: Project) -> None:
        """Lets it begin in the project, whose tags of notes make it ask about those."""
        self._project = project
        self.wish({"project": project.id, **({"knows": NOTES} if project.tags else {})})

    async def follow_project(self) -> None:
        """Knows the project in which it begins as it is now, and begins without it once that is gone."""
        if self._project is None or self.id:
            return
        try:
            self._project = await self.services.database.read(projects.get, self.user, self._project.id)
        except NotFound:
            self._project = None
            self.wish({"project": None})

    @property
    def project(self) -> Project | None:
        """The project that it is in, or begins in."""
        return self.home.project if self.home else self._project

    @property
    def knowable(self) -> str:
        """The notes that it can ask about, in words."""
        tags = projects.tags(self.project) if self.project else []
        return f"my notes with {tagged(tags)}" if tags else "my notes"

    @property
    def writing(self) -> list[int]:
        """The answers that are being written."""
        return [one.message.id for one in self.shown if one.message.state == WRITING]

    @property
    def offers(self) -> bool:
        """Whether something waits for a yes."""
        return any(act.state == PROPOSED for acts in self.acts.values() for act in acts)

    @property
    def knows(self) -> str:
        """What it asks about: "notes" for the person's notes, empty for nothing."""
        return self.home.knows if self.home else str(self.wishes.get("knows", ""))

    @property
    def model(self) -> str:
        """The model that answers next; empty when there is none."""
        names = self.services.models_status.chat_names()
        wished = (name for name in (self.preferences.model, self._household) if name in names)
        usual = next(wished, next(iter(names), ""))
        return self.chosen or (self.home.model if self.home else "") or usual

    async def load(self) -> None:
        """Reads it again; raises NotFound where it is deleted or someone else's."""
        read = self.services.database.read
        self.preferences = await read(preferences.load, self.user)
        self._household = await read(choices.default_model)
        self._memory = await read(telling.told, self.user)
        if self.id:
            self.home, window, self.acts, self.trusted, self.sources, self.documents, self.pages = await read(
                _read, self.user, self.id, self._window, self.hit, self._most, self._since, self.services.clock()
            )  # fmt: skip
            self.shown, self.earlier, self.later = window.shown, window.earlier, window.later
            self._since = self.shown[0].message.id if self.shown else 0

    def widen(self) -> None:
        """Lets the next ``load`` read more of what came earlier."""
        self._window = len(self.shown) + self.later + WINDOW
        self._most = len(self.shown) + WINDOW

    def go_on(self) -> None:
        """Lets the next ``load`` read more of what came later."""
        self._most = len(self.shown) + WINDOW

    def to_end(self) -> None:
        """Lets the next ``load`` read the last messages, wherever it was opened."""
        self.hit, self._window, self._since = 0, WINDOW, 0

    def add(self, new: Sequence[Shown]) -> None:
        """Shows these at its end, to which one goes; the next ``load`` leaves out what is then far above."""
        self.shown += new
        if len(self.shown) > LONGEST:
            self.to_end()

    async def can(self, capability: str) -> bool:
        """Whether the model can do this: vision, thinking, tools."""
        return capability in (await self._known()).capabilities

    async def check_room(self, text: str) -> None:
        """Raises Invalid where the question alone is more than the model reads at once."""
        size = await self.learn_size()
        try:
            context.check_room(text, self._system, size, scale=tokens.WORST_SCALE if self.id else 1.0)
        except Invalid:
            # Only now is it worth reading the conversation for how far the estimate is off in it.
            if not self.id:
                raise
            scale = await self.services.database.read(course.scale, self.user, self.id)
            context.check_room(text, self._system, size, scale=scale)

    def read_by(self, answer: int) -> dict[int, Document]:
        """The documents that the answer could read, by the numbers by which it names them."""
        return {one.number: one.document for one in self.documents if one.message < answer}

    async def ask(
        self, text: str, *, key: str, images: Sequence[int] = (), documents: Sequence[int] = ()
    ) -> Pair:  # fmt: skip
        """Stores the question, once for each ``key``, and begins its answer; raises AssistantError where it cannot."""
        services = self.services
        await self.check_room(text)
        ask = partial(
            messages.ask, self.user, self.id, text, key=key, now=services.clock(), model=self.model[:200],
            images=tuple(images), documents=tuple(documents), settings=self.wishes,
        )  # fmt: skip
        async with services.replies.ahead(self.user) as tell:
            stored = await services.database.run(self._store_fitting, ask, tell, len(text))
            if stored is None:
                await services.check_room(self.user, len(text))
                stored = await services.database.run(self._store, ask, tell)
        pair, begun = stored
        await services.replies.start(self.user, pair.answer.id, pair.answer if pair.new else None, begun)
        self.id = self.id or pair.question.conversation_id
        if live := await services.replies.find(self.user, pair.answer.id):
            await live.heard(AHEAD)
        return pair

    def _store_fitting(self, ask: Callable[[], Pair], tell: Tell, size: int) -> tuple[Pair, Begun | None] | None:
        """As ``_store``; None where what there is has to be measured before, for which nobody else should wait."""
        return self._store(ask, tell) if self.services.fits(self.user, size) else None

    def _store(self, ask: Callable[[], Pair], tell: Tell) -> tuple[Pair, Begun | None]:
        """The question and its answer, stored, and what that begins with."""
        pair = ask()
        if not pair.new:
            return pair, None
        begun = self.services.replies.begun(self.user, pair.answer.id)
        tell(pair.answer, begun)
        return pair, begun

    async def learn_size(self) -> int:
        """The ``size``, once it is known what the model can."""
        await self._known(SENT_WITHIN)
        return self.size

    @property
    def size(self) -> int:
        """How many tokens the model reads at once here."""
        wished = self.home.num_ctx if self.home else self.wishes.get("num_ctx")
        return context.size(wished or self.services.context, self._limit)

    def fit_whole(self, new: Sequence[Document]) -> frozenset[int]:
        """Which of the conversation's documents, and of these that are ``new``, the model reads whole."""
        taken = given.taken(self._told, self.size, tools=schemas.TOKENS if self._calls else 0, knows=bool(self.knows))
        room = given.room(self.size, taken)
        return given.fit_whole([*(one.document for one in self.documents), *new], room)

    def context_used(self, new: Sequence[Document] = ()) -> tuple[int, int]:
        """How many tokens of the model's context are used, and how many there are.

        What it is told of the person counts, and what it is given to read: documents, those that are ``new`` among
        them, and passages.
        """
        read, whole = dict[int, int](), self.fit_whole(new)
        for one in self.documents:
            if one.document.id in whole:
                read[one.message] = read.get(one.message, 0) + given.tokens_of(one.document)
        for answer, rows in self.sources.items():
            read[answer] = sum(tokens.estimate(row.text) for row in rows if row.number)
        used = tokens.used([one.message for one in self.shown], self._told if self.shown or new else 0, read)
        return used + sum(given.tokens_of(one) for one in new if one.id in whole), self.size

    @property
    def _told(self) -> int:
        """How many tokens the instructions and the memory take."""
        return sum(tokens.estimate(text) for text in (self._system, self._memory) if text)

    @property
    def _system(self) -> str:
        own = str(self.wishes.get("system", ""))
        return context.instructions(self.home or Conversation(system=own, project=self._project))

    async def _known(self, within: float = KNOWN_WITHIN) -> Details:
        known = await self.services.ollama.known(self.model, within=within) if self.model else Details("")
        self._limit, self._calls = known.context, self.preferences.acts and "tools" in known.capabilities
        return known


def _read(
    user: int, conversation: int, last: int, hit: int, most: int, since: int, now: datetime
) -> tuple[
    Conversation, Window, dict[int, list[Act]], frozenset[str] | None, dict[int, list[Source]], tuple[Brought, ...],
    dict[marks.Page, str],
]:  # fmt: skip
    window = branches.window(user, conversation, last=last, back_to=hit, most=most, since=since)
    acts, trusted = records.as_they_stand(conversation, now), records.trusted_addresses(conversation)
    brought, given_to = library.of_conversation(conversation), sources.of_conversation(conversation)
    documents = given.numbered(branches.path(user, conversation), brought) if brought else ()
    numbers = {one.number: one.document for one in documents}
    named = {page for one in window.shown if one.message.role == "assistant"
             for page in marks.named(one.message.text, numbers)}  # fmt: skip
    pages = library.pages(named) if named else {}
    return conversations.get(user, conversation), window, acts, trusted, given_to, documents, pages
