"""A user's conversations: listed, changed, deleted; each function is one unit of work."""

import re
from datetime import datetime, timedelta
from functools import reduce
from itertools import islice
from operator import and_
from typing import Any

from peewee import SQL, NodeList, Tuple, fn

from assistant.chat import projects
from assistant.chat.documents import library
from assistant.chat.models import Conversation, Image, Message, Project
from assistant.errors import Invalid, NotFound
from assistant.ollama.options import keep_alive
from assistant.storage.database import UTCField, changed, fitting
from assistant.storage.engines.prepared import prepared
from assistant.storage.text import fold

TEXT_LIMIT = 100_000  # characters of one message, or of the instructions
TITLE_LIMIT = 80  # characters of a title that is made from the first message
UNDO_TIME = timedelta(days=1)
PLACE = re.compile(r"([01])\.(\d{1,18})\.([\d :.-]{0,40})", re.ASCII)
KNOWS = ("", "notes")
THINKING = ("", "off", "on", "low", "medium", "high")


def listing(
    user: int, *, words: str = "", archived: bool | None = False, project: int | None = None, limit: int = 100,
    after: str | None = None,
) -> list[Conversation]:  # fmt: skip
    """The user's conversations whose titles have all the words, pinned first, then the latest first.

    ``archived`` is None for those that are archived and those that are not; ``project`` is None for those of every
    project and of none, 0 for those of none; ``after`` is the ``place`` of the one before the first. Raises NotFound
    (field after) for what is no place.
    """
    query = Conversation.select().where((Conversation.user == user) & Conversation.deleted.is_null())
    if archived is not None:
        query = query.where(Conversation.archived == archived)
    if project is not None:
        query = query.where(Conversation.project == project if project else Conversation.project.is_null())
    order = (Conversation.pinned, Conversation.updated, Conversation.id)
    if after is not None:
        query = query.where(Tuple(*order) < Tuple(*_parsed(after)))
    query = query.order_by(*(field.desc() for field in order))
    if wanted := fold(words).split():
        query = query.where(Conversation.id.in_(_titled(query, wanted, limit)))
    return list(query.limit(limit))


def place(row: Conversation) -> str:
    """Where the conversation stands in the list."""
    return f"{int(row.pinned)}.{row.id}.{UTCField().db_value(row.updated)}"


def _parsed(place: str) -> tuple[bool, datetime, int]:
    found = PLACE.fullmatch(place)
    try:
        pinned, row, moment = found.groups() if found else ("", "", "-")
        return pinned == "1", datetime.fromisoformat(moment), int(row)  # as it is stored: naive, in UTC
    except ValueError:
        raise NotFound("This place in the list does not exist.", field="after") from None


def _titled(query: Any, wanted: list[str], limit: int) -> list[int]:
    """The first of the conversations whose titles have all the words; databases do not fold case as we do."""
    has, strange = fitting(Conversation, sqlite=("instr", "GLOB '*[^ -~]*'"), postgres=("strpos", "~ '[^ -~]'"))
    # Of plain titles the database can say it, so that only those that may have the words are read.
    plain = [getattr(fn, has)(fn.LOWER(Conversation.title), word) > 0 for word in wanted]
    other = NodeList((Conversation.title, SQL(strange)))
    shown = query.select(Conversation.id, Conversation.title).where(reduce(and_, plain) | other)
    # As they are stored: to turn each into a row's values costs more than all the rest.
    raw = Conversation._meta.database.execute(shown)  # noqa: SLF001 - as Peewee documents it
    titles = ((row, fold(title)) for row, title in raw)
    return list(islice((row for row, title in titles if all(word in title for word in wanted)), limit))


def get(user: int, conversation: int) -> Conversation:
    """The user's conversation with its project; NotFound when it is deleted or someone else's."""
    found = _own.first(user, conversation)
    if found is None:
        raise NotFound("There is no such conversation.")
    if found.project_id:
        found.project = _project.first(found.project_id)
    return found


@prepared(Project)
def _project(project: Any) -> Any:
    return Project.select().where(Project.id == project)


@prepared(Conversation)
def _own(user: Any, conversation: Any) -> Any:
    mine = (Conversation.id == conversation) & (Conversation.user == user)
    return Conversation.select().where(mine & Conversation.deleted.is_null())


def begin(user: int, text: str, now: datetime, settings: dict[str, Any]) -> Conversation:
    """A new conversation, titled from its first message; raises Invalid for a setting that cannot be.

    Raises NotFound (field project) for a project that is gone or someone else's.
    """
    check_settings(settings)
    if settings.get("project"):
        projects.get(user, settings["project"])
    return Conversation.create(user=user, title=title_from(text), created=now, updated=now, **settings)


def change(user: int, conversation: int, **values: Any) -> None:
    """Changes title, pinned, archived, project, model or the settings of the conversation.

    Raises Invalid with the field for a value that cannot be, NotFound (field project) for a project that is not there.
    """
    home = get(user, conversation)
    if values.get("project"):
        projects.get(user, values["project"])
    if "title" in values:
        values["title"] = " ".join(values["title"].split())
        values["title_by"] = "user"
    check_settings(values)
    for name, value in values.items():
        setattr(home, name, value)
    home.save()
    changed(user, "conversations")
    changed(user, "conversation", conversation)


def delete(user: int, conversation: int, now: datetime) -> None:
    """Takes the conversation out of sight; ``restore`` undoes it."""
    home = get(user, conversation)
    home.deleted = now
    home.save()
    changed(user, "conversations")


def restore(user: int, conversation: int) -> None:
    """Undoes ``delete``."""
    mine = (Conversation.id == conversation) & (Conversation.user == user)
    if not Conversation.update(deleted=None).where(mine).execute():
        raise NotFound("There is no such conversation.")
    changed(user, "conversations")


def purge(now: datetime) -> int:
    """Deletes for good what has been deleted for a day, and what was never sent; says how many conversations."""
    Message.delete().where(Message.deleted < now - UNDO_TIME).execute()
    Image.delete().where(Image.message.is_null() & (Image.created < now - UNDO_TIME)).execute()
    gone = int(Conversation.delete().where(Conversation.deleted < now - UNDO_TIME).execute())
    library.purge(now - UNDO_TIME)
    projects.purge(now - UNDO_TIME)
    return gone


def better_title(conversation: int, title: str) -> None:
    """Sets a title that the model made, unless the user made one meanwhile."""
    made = (Conversation.id == conversation) & (Conversation.title_by == "first")
    if Conversation.update(title=title[:TITLE_LIMIT], title_by="model").where(made).execute():
        changed(Conversation.get_by_id(conversation).user, "conversations")


def title_from(text: str) -> str:
    """A title made from the first message: its first line, cut between words."""
    line = next((line.strip("#*> `-") for line in text.splitlines() if line.strip("#*> `-")), "") or "Picture"
    line = " ".join(line.split())
    if len(line) <= TITLE_LIMIT:
        return line
    return line[:TITLE_LIMIT].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def check_settings(values: dict[str, Any]) -> None:
    """Raises Invalid, with the field, for a setting of a conversation that cannot be."""
    title = values.get("title")
    if title is not None and not 1 <= len(title) <= 200:  # noqa: PLR2004 - the column's length
        raise Invalid("A title has 1 to 200 characters.", field="title")
    temperature = values.get("temperature")
    if temperature is not None and not 0 <= temperature <= 2:  # noqa: PLR2004 - Ollama's useful range
        raise Invalid("The temperature goes from 0 (exact) to 2 (wild).", field="temperature")
    num_ctx = values.get("num_ctx")
    if num_ctx is not None and not 512 <= num_ctx <= 1_048_576:  # noqa: PLR2004 - as in the configuration
        raise Invalid("The context goes from 512 to 1048576 tokens.", field="num_ctx")
    if values.get("knows", "") not in KNOWS:
        raise Invalid("A conversation asks about your notes, or about nothing.", field="knows")
    if values.get("think", "") not in THINKING:
        raise Invalid("Thinking is off, on, low, medium or high.", field="think")
    if len(values.get("system", "")) > TEXT_LIMIT:
        raise Invalid(f"The instructions may have {TEXT_LIMIT:,} characters.", field="system")
    try:
        keep_alive(values.get("keep_alive", ""))
    except ValueError:
        raise Invalid("Write how long, such as 30s, 10m or 1h; -1 is for ever.", field="keep_alive") from None
