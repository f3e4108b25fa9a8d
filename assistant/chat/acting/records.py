"""What was offered and done, as it is read; each function is part of a unit of work."""

import json
from datetime import datetime

from assistant.chat.acting.fence import addresses
from assistant.chat.acting.rooms import Card
from assistant.chat.knowing import sources
from assistant.chat.models import ACTED, PROPOSED, UNDONE, VOID, Act, Message
from assistant.errors import NotFound


def of_answer(answer: int) -> list[Act]:
    """The acts below this answer, in order."""
    return list(Act.select().where(Act.message == answer).order_by(Act.id))


def of_conversation(conversation: int) -> dict[int, list[Act]]:
    """The acts of the conversation by the answers below which they stand, in order."""
    found: dict[int, list[Act]] = {}
    for row in Act.select().where(Act.conversation == conversation).order_by(Act.id):
        found.setdefault(int(row.message_id or 0), []).append(row)
    return found


def trusted_addresses(conversation: int) -> frozenset[str] | None:
    """Where links of the conversation may lead once texts of others were read in it: to what stands in these, or in
    what the person wrote. None where nothing of others was read.
    """
    rows = list(Act.select(Act.result, Act.deed).where((Act.conversation == conversation) & (Act.sources != "[]")))
    read = [row.text for row in sources.foreign_in(conversation)]
    if not rows and not read:
        return None
    own = Message.select(Message.text).where((Message.conversation == conversation) & (Message.role == "user"))
    # What a model offers to write is in its own words.
    texts = [*(row.result for row in rows if not row.deed), *read, *(message.text for message in own)]
    return frozenset(address for text in texts for address in addresses(text))


def as_they_stand(conversation: int, now: datetime) -> dict[int, list[Act]]:
    """As ``of_conversation``, with what has lapsed shown as void, whoever has not marked it so yet."""
    found = of_conversation(conversation)
    for row in (row for rows in found.values() for row in rows):
        if has_lapsed(row, now):
            row.state = VOID
    return found


def sources_in(conversation: int) -> tuple[str, ...]:
    """Where texts are from that the model has read in the conversation, and that the person did not write."""
    rows = Act.select(Act.sources).where((Act.conversation == conversation) & (Act.sources != "[]")).order_by(Act.id)
    looked = [source for row in rows for source in json.loads(row.sources)]
    return tuple(dict.fromkeys([*looked, *(row.foreign for row in sources.foreign_in(conversation))]))


def own(user: int, act: int) -> Act:
    """The user's act; NotFound when it is gone or someone else's."""
    found = Act.get_or_none((Act.id == act) & (Act.user == user))
    if found is None:
        raise NotFound("There is no such act.")
    return found


def waiting(user: int, now: datetime) -> list[Act]:
    """What waits for a yes of the user, the oldest first."""
    rows = Act.select().where((Act.user == user) & (Act.state == PROPOSED) & (Act.expires > now)).order_by(Act.id)
    return [row for row in rows if not has_lapsed(row, now)]


def from_outside(user: int, now: datetime) -> list[Act]:
    """What programs of the user's ask for from outside and waits for a yes, the oldest first."""
    waits = (Act.user == user) & (Act.state == PROPOSED) & (Act.program != "") & (Act.expires > now)
    return list(Act.select().where(waits).order_by(Act.id))


def done_by(user: int, *, limit: int, before: int = 0) -> list[Act]:
    """What was done for the user, the last first, from the act ``before`` on; what only reads is none of it."""
    mine = (Act.user == user) & (Act.deed != "") & Act.state.in_((ACTED, UNDONE))
    if before:
        mine &= Act.id < before
    return list(Act.select().where(mine).order_by(Act.id.desc()).limit(limit))


def has_lapsed(row: Act, now: datetime) -> bool:
    """Whether what was offered can no longer be said yes to: too late, or the person has written on."""
    if row.state != PROPOSED:
        return False
    late = row.expires is not None and row.expires <= now
    return late or (not row.program and (row.message_id is None or _written_on(row)))


def can_undo(row: Act) -> bool:
    """Whether the act was done here, and can be taken back."""
    return row.state == ACTED and bool(row.deed) and row.way_back != "{}"


def shown(row: Act) -> Card:
    """The card of the act."""
    values = json.loads(row.card)
    return Card(
        values.get("title", ""), tuple(values.get("lines", ())), tuple(values.get("next", ())),
        tuple((kind, text) for kind, text in values.get("pieces", ())), tuple(values.get("told", ())),
        values.get("editable"),
    )  # fmt: skip


def _written_on(row: Act) -> bool:
    later = (Message.conversation == row.conversation_id) & (Message.role == "user") & (Message.id > row.message_id)
    return Message.select().where(later & Message.deleted.is_null()).exists()
