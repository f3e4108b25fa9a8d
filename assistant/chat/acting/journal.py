"""What was offered and done: proposed, said yes or no to, taken back; each function is one unit of work.

The row is the only authority. A yes names the row and the digest of what was shown; it counts once, for ten minutes,
and until the person writes on. What a program asks for from outside stands by itself, for seven days.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from peewee import fn

from assistant.chat.acting import records
from assistant.chat.acting.rooms import Card, Content, Outcome, Rooms
from assistant.chat.conversations import get
from assistant.chat.models import (
    ACTED,
    PROPOSED,
    REFUSED,
    UNABLE,
    UNDONE,
    VOID,
    Act,
    Conversation,
    Message,
)
from assistant.errors import AssistantError, Conflict
from assistant.storage.database import changed
from assistant.storage.text import check_fits

STANDS = timedelta(minutes=10)
STANDS_OUTSIDE = timedelta(days=7)  # what a program asks for: its person may be away
LONGEST = 100_000  # characters of what a person writes in place of what was offered
KEPT = timedelta(days=400)
AGAIN = "again"  # how an offer is marked that was made anew, and the origin of the new one
LAPSED = "This offer has lapsed. Press “Offer again” if you still want it."
OVER = {
    ACTED: "This is done already.", REFUSED: "You said no to this already.", UNDONE: "This was done and undone.",
    UNABLE: "This could not be done.", VOID: LAPSED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outside:
    """A program of the user's, by the name of its key; what it asks for stands below no answer."""

    user: int
    program: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What is to be done: by which tool, which deed, as the model ``said`` it, and what of others it had read."""

    tool: str
    deed: str
    content: Content
    card: Card
    said: Content
    origin: str
    round: int = 0
    sources: tuple[str, ...] = ()


def propose(place: Message | Outside, offer: Offer, now: datetime) -> Act:
    """The offer, which waits for a yes below this answer, or where what comes from outside waits."""
    return _write(place, offer, now, state=PROPOSED)


def do_at_once(place: Message | Outside, offer: Offer, rooms: Rooms, now: datetime) -> Act:
    """The act, done by an allowance of its conversation or its key; where it cannot be, it says why."""
    row = _write(place, offer, now, state=PROPOSED)
    return _do(row, rooms, now, allowed="key" if row.program else "always")


def looked(answer: Message, tool: str, said: Content, result: str, card: Card, now: datetime, **more: Any) -> Act:
    """The step that only read something, or could not be: its result is there already."""
    offer = Offer(tool, "", {}, card, said, more.pop("origin", "tools"), more.pop("round", 0), more.pop("sources", ()))
    return _write(answer, offer, now, result=result, **{"state": ACTED, **more})


def done_elsewhere(user: int, offer: Offer, outcome: Outcome, model: str, now: datetime) -> Act:
    """The act that the person took outside of any conversation, where it was done already."""
    row = Act(
        user=user, number=1, round=0, origin=offer.origin, tool=offer.tool, deed=offer.deed, said=as_json(offer.said),
        sources=as_json(list(offer.sources)), model=model, created=now, decided=now, state=ACTED, allowed="person",
        result=outcome.words, address=outcome.address, way_back=as_json(outcome.way_back),
    )  # fmt: skip
    _fill(row, offer.content, offer.card)
    return _keep(row)


def approve(
    user: int, act: int, digest: str, rooms: Rooms, now: datetime, *, always: bool = False
) -> Act:  # fmt: skip
    """The act, done: exactly what has this digest, once. Where it can no longer be done it is *failed*, and says why.

    ``always`` lets its conversation do the like without asking from now on. Raises Conflict for what is over, has
    lapsed or was written otherwise since, NotFound when it is someone else's.
    """
    row = _waiting(user, act, digest, now)
    if always:
        allow(row, rooms)
    return _do(row, rooms, now, allowed="person")


def refuse(user: int, act: int, now: datetime) -> Act:
    """The act, to which the person said no; Conflict when it is over, NotFound when it is someone else's."""
    row = records.own(user, act)
    if row.state != PROPOSED:
        raise Conflict(OVER.get(row.state, LAPSED))
    row.state, row.decided = REFUSED, now
    return _keep(row)


def rewrite(user: int, act: int, text: str, rooms: Rooms, now: datetime) -> Act:
    """The offer as the person wrote it; raises Invalid (field text) for what cannot be, Conflict for what is over."""
    row = records.own(user, act)
    _waiting(user, act, row.digest, now)
    check_fits(text, LONGEST)
    deed = rooms.deeds[row.deed]
    content = deed.written(user, json.loads(row.content), text, now)
    _fill(row, content, deed.card(user, content, now))
    row.expires = _until(row, now)
    return _keep(row)


def offer_again(user: int, act: int, rooms: Rooms, now: datetime) -> Act:
    """What had lapsed, or was refused, offered anew below the answer that is read last; raises what its card raises.

    What came from outside waits there again.
    """
    row = records.own(user, act)
    over = row.state in {VOID, REFUSED} or records.has_lapsed(row, now)
    if not row.deed or row.allowed == AGAIN or not over:
        raise Conflict(OVER.get(row.state, "This waits for you already."))
    place = Outside(user, row.program) if row.program else _read_last(user, row)
    content = json.loads(row.content)
    row.state, row.allowed = REFUSED if row.state == REFUSED else VOID, AGAIN
    _keep(row)
    offer = Offer(
        row.tool, row.deed, content, rooms.deeds[row.deed].card(user, content, now), json.loads(row.said),
        row.origin if row.program else AGAIN,
        sources=tuple(json.loads(row.sources)),
    )  # fmt: skip
    return propose(place, offer, now)


def _read_last(user: int, row: Act) -> Message:
    home = get(user, row.conversation_id or 0)
    read_last: Message | None = Message.get_or_none((Message.id == home.leaf) & (Message.role == "assistant"))
    if read_last is None:
        raise Conflict("Write what you want, and it is offered anew.")
    return read_last


def undo(user: int, act: int, rooms: Rooms, now: datetime) -> Act:
    """The act, taken back; Conflict when it is not done, or the room says why not. NotFound when someone else's."""
    row = records.own(user, act)
    if not records.can_undo(row):
        raise Conflict("There is nothing to undo here.")
    rooms.deeds[row.deed].undo(user, json.loads(row.way_back), now)
    row.state = UNDONE
    return _keep(row)


def lapse(user: int, conversation: int, answer: int) -> None:
    """Marks as void what waits in the conversation under other answers than this: the person has written on."""
    waiting = (Act.user == user) & (Act.conversation == conversation) & (Act.state == PROPOSED)
    if Act.update(state=VOID).where(waiting & (Act.message != answer)).execute():
        changed(user, "conversation", conversation)


def allow(row: Act, rooms: Rooms) -> None:
    """Lets the act's conversation do the like without asking; Conflict for what always asks."""
    kind = rooms.deeds[row.deed].kind
    if kind in {"delete", "schedule"} or json.loads(row.sources) or row.conversation_id is None:
        raise Conflict("This is always asked.")
    home = get(row.user, row.conversation_id)
    home.allows = " ".join(dict.fromkeys([*home.allows.split(), kind]))
    home.save(only=[Conversation.allows])
    changed(row.user, "conversation", home.id)


def disallow(user: int, conversation: int, kind: str) -> None:
    """Lets the conversation do the like no longer without asking; NotFound when it is someone else's."""
    home = get(user, conversation)
    home.allows = " ".join(one for one in home.allows.split() if one != kind)
    home.save(only=[Conversation.allows])
    changed(user, "conversation", conversation)


def purge(now: datetime) -> int:
    """Deletes for good what was done more than 400 days ago, and what only read for answers that are gone.

    What came from outside has none: until it lapses it stays.
    """
    idle = Act.message.is_null() & (Act.state.not_in((ACTED, UNDONE)) | (Act.deed == ""))
    idle &= (Act.program == "") | (Act.expires < now)
    return int(Act.delete().where((Act.created < now - KEPT) | idle).execute())


def _waiting(user: int, act: int, digest: str, now: datetime) -> Act:
    row = records.own(user, act)
    if row.state != PROPOSED:
        raise Conflict(OVER.get(row.state, LAPSED))
    if records.has_lapsed(row, now):
        raise Conflict(LAPSED)
    # Once against what was shown, once against what the row itself says: neither may have been exchanged.
    if not compare_digest(digest.encode(), row.digest.encode()) or row.digest != _digest(row):
        raise Conflict("This was written otherwise meanwhile. Look at it again.")
    return row


def _do(row: Act, rooms: Rooms, now: datetime, *, allowed: str) -> Act:
    row.allowed, row.decided = allowed, now
    try:
        # What a deed had begun is gone when it fails; that it failed stays.
        with Act._meta.database.atomic():  # noqa: SLF001 - as Peewee documents it
            outcome = rooms.deeds[row.deed].do(row.user, json.loads(row.content), now)
    except AssistantError as error:
        row.state, row.result = UNABLE, error.sentence
    else:
        row.state, row.result, row.address = ACTED, outcome.words, outcome.address
        row.way_back = as_json(outcome.way_back)
    return _keep(row)


def _write(place: Message | Outside, offer: Offer, now: datetime, **values: Any) -> Act:
    row = Act(
        **_about(place), round=offer.round, origin=offer.origin, tool=offer.tool, deed=offer.deed,
        said=as_json(offer.said), sources=as_json(list(offer.sources)), created=now, **values,
    )  # fmt: skip
    if row.state == PROPOSED:
        row.expires = _until(row, now)
    _fill(row, offer.content, offer.card)
    return _keep(row)


def _about(place: Message | Outside) -> Content:
    if isinstance(place, Outside):
        return {"user": place.user, "program": place.program, "number": 1}
    last: Any = Act.select(fn.MAX(Act.number)).where(Act.message == place.id).scalar()
    return {
        "user": place.user, "conversation": place.conversation_id, "message": place.id, "number": (last or 0) + 1,
        "model": place.model,
    }  # fmt: skip


def _until(row: Act, now: datetime) -> datetime:
    return now + (STANDS_OUTSIDE if row.program else STANDS)


def _fill(row: Act, content: Content, card: Card) -> None:
    row.content, row.card = as_json(content), as_json(asdict(card))
    row.digest = _digest(row)


def _digest(row: Act) -> str:
    bound = [row.user, row.conversation_id, row.message_id, row.number, row.tool, row.deed, row.content]
    return hashlib.sha256(as_json(bound).encode()).hexdigest()


def _keep(row: Act) -> Act:
    row.save()
    if row.conversation_id is not None:
        changed(row.user, "conversation", row.conversation_id)
    changed(row.user, "acts", row.id)
    return row


def as_json(value: object) -> str:
    """The value as rows keep it."""
    return json.dumps(value, ensure_ascii=False)
