"""One answer's turn: what its question asks for by itself, and what the model hears of that and of what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.chat import context
from assistant.chat.acting import journal, offers, outcomes
from assistant.chat.acting.rooms import Rooms
from assistant.chat.acting.triggers import triggers
from assistant.chat.context import Aside
from assistant.chat.messages import get_own
from assistant.chat.models import PROPOSED, Message
from assistant.storage.database import Database


@dataclass(frozen=True, slots=True)
class Opening:
    """What an answer begins with: the ``model`` that writes it, empty where there is none, and what was asked.

    ``acts`` says whether the assistant may act here, ``aside`` what the model hears beside the messages.
    """

    model: str
    question: str
    acts: bool
    aside: Aside


class Turns:
    """Begins the turns of answers."""

    def __init__(self, database: Database, rooms: Rooms, clock: Callable[[], datetime]) -> None:
        """Acts in these rooms."""
        self.rooms, self._database, self._clock = rooms, database, clock

    async def begin(self, user: int, answer: int) -> Opening:
        """Offers what the person's own words ask for, and says what the answer begins with.

        Costs one reading of rows where they ask for nothing.
        """
        opening, waits = await self._database.read(self._read, user, answer)
        if waits or (opening.acts and triggers(opening.question)):
            opening = await self._database.run(self._offer, user, answer)
        return opening

    def _read(self, user: int, answer: int) -> tuple[Opening, bool]:
        row = get_own(user, answer)
        path = context.before(row)
        question = path[-1].text if path else ""
        acts = journal.of_conversation(row.conversation_id)
        waits = any(act.state == PROPOSED and below != answer for below, some in acts.items() for act in some)
        aside = Aside(outcomes.told(path, acts), outcomes.offered(acts.get(answer, ())))
        return Opening(str(row.model or row.conversation.model), question, self.rooms.acts(user), aside), waits

    def _offer(self, user: int, answer: int) -> Opening:
        row: Message = get_own(user, answer)
        journal.lapse(user, row.conversation_id, answer)
        opening, _ = self._read(user, answer)
        if opening.acts:
            offers.from_words(row, opening.question, self.rooms, self._clock())
        return self._read(user, answer)[0]
