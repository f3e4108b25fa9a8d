"""Which instance writes an answer, where several could: the row says so, for a few seconds at a time.

Whoever writes renews it; what nobody renews any more is interrupted by whoever looks first. Each function is a unit
of work.
"""

from datetime import timedelta
from typing import Any

from assistant.chat.models import INTERRUPTED, STOPPED, WRITING, Message
from assistant.storage.database import changed
from assistant.storage.house.rows import moment

LEASE = timedelta(seconds=8)


def claim(answer: int, writer: str) -> bool:
    """Whether this instance writes the answer from now on, and no other does."""
    now = moment()
    free = (Message.writer.in_(["", writer])) | Message.lease.is_null() | (Message.lease < now)
    wanted = (Message.id == answer) & (Message.state == WRITING) & free
    return bool(Message.update(writer=writer, lease=now + LEASE).where(wanted).execute())


def renew(answer: int, writer: str, **so_far: Any) -> bool:
    """Keeps what has come so far; False where the answer is no longer this instance's.

    One that others took for dead has its answer again, unless somebody went on with it.
    """
    row = Message.get_or_none((Message.id == answer) & (Message.writer == writer))
    if row is None or row.state not in {WRITING, INTERRUPTED}:
        return False
    Message.update(state=WRITING, lease=moment() + LEASE, **so_far).where(Message.id == answer).execute()
    if row.state == INTERRUPTED:
        _tell(row)
    return True


def hand_over(answer: int, writer: str) -> None:
    """Lets any other instance write the answer on."""
    own = (Message.id == answer) & (Message.writer == writer) & (Message.state == WRITING)
    Message.update(writer="", lease=moment() + LEASE).where(own).execute()


def end(answer: int, state: str = STOPPED) -> None:
    """Ends the answer where it is; whoever writes it finds that it is no longer theirs."""
    row = Message.get_or_none((Message.id == answer) & (Message.state == WRITING))
    if row is not None:
        Message.update(state=state, writer="", lease=None).where(Message.id == answer).execute()
        _tell(row)


def are_overdue() -> bool:
    """Whether an answer is written that nobody has, or had lately."""
    late = (Message.state == WRITING) & (Message.lease.is_null() | (Message.lease < moment()))
    return bool(Message.select().where(late).exists())


def interrupt_overdue() -> int:
    """Marks as interrupted what nobody writes any more; says how many there were.

    What was only just asked for is given the time of a lease to be begun.
    """
    now = moment()
    late = list(Message.select().where((Message.state == WRITING) & (Message.lease < now)))
    Message.update(state=INTERRUPTED).where(Message.id.in_([row.id for row in late])).execute()
    for row in late:
        _tell(row)
    Message.update(lease=now + LEASE).where((Message.state == WRITING) & Message.lease.is_null()).execute()
    return len(late)


def written(user: int, conversation: int | None = None) -> list[tuple[int, int]]:
    """The user's answers that are being written, wherever, each with its conversation."""
    rows = Message.select(Message.id, Message.conversation).where((Message.state == WRITING) & (Message.user == user))
    if conversation is not None:
        rows = rows.where(Message.conversation == conversation)
    return [(row.id, row.conversation_id) for row in rows]


def _tell(row: Message) -> None:
    changed(row.user, "conversation", row.conversation_id)
    changed(row.user, "conversations")
