"""Notes, reminders and conversations found by words, for the assistant; what others wrote says where it is from."""

from datetime import UTC, datetime

from markupsafe import Markup

from assistant.chat.acting import outside
from assistant.chat.acting.rooms import Found
from assistant.chat.models import Conversation
from assistant.chat.search import index as messages
from assistant.notes import notebook
from assistant.notes.search import index as notes
from assistant.reminders import queries as reminders
from assistant.reminders.models import Reminder
from assistant.reminders.parsing.habits import habits_of
from assistant.reminders.parsing.parser import parse
from assistant.reminders.recurrence import timezones, wording
from assistant.users import preferences
from assistant.web.deeds import of_notes

EACH, MOST = 5, 10  # of one kind, and in all
TEXT = 300  # characters of each
VIEWS = ("overdue", "today", "coming", "someday")


def find(user: int, words: str, kind: str, span: str, now: datetime) -> list[Found]:
    """What of the user's has these words; of reminders those of the ``span``, where it is one, if no words are said."""
    wanted = [name for name in ("note", "reminder", "conversation") if kind in {"", name}]
    by_kind = {"note": _notes, "reminder": _reminders, "conversation": _conversations}
    each = EACH if len(wanted) > 1 else MOST
    return [one for name in wanted for one in by_kind[name](user, words, span, now, each)][:MOST]


def _notes(user: int, words: str, _span: str, _now: datetime, most: int) -> list[Found]:
    chosen = preferences.load(user)
    found, hits = [], notes.find(user, words, zone=chosen.zone_info, limit=most)
    homes = {hit.id: notebook.get(user, hit.id) for hit in hits}
    strange = of_notes.foreign(user, homes.values())
    for hit in hits:
        home = homes[hit.id]
        changed = chosen.formats.moment(hit.updated.astimezone(chosen.zone_info))
        text = Markup(hit.snippet).striptags()[:TEXT]  # noqa: S704 - safe, as it says
        found.append(
            Found("note", home.id, home.title or "Untitled", text, f"changed {changed}", f"/notes/{home.id}",
                  strange[home.id])
        )  # fmt: skip
    return found


def _reminders(user: int, words: str, span: str, now: datetime, most: int) -> list[Found]:
    chosen = preferences.load(user)
    today, rows = timezones.on_the_wall(now, chosen.zone).date(), dict[int, reminders.Listed]()
    day = parse(span, now=now, zone=chosen.zone, habits=habits_of(chosen)).local if span.strip() else None
    for view in VIEWS:
        for row in reminders.listing(user, view, zone=chosen.zone, now=now, words=words, limit=most * 4).rows:
            at = timezones.on_the_wall(row.at, chosen.zone) if row.at else None
            if day is None or (at is not None and at.date() == day.date()):
                rows.setdefault(row.id, row)
    strange = foreign(user, list(rows.values())[:most])
    found = []
    for row in list(rows.values())[:most]:
        at = timezones.on_the_wall(row.at, chosen.zone) if row.at else None
        when = wording.moment_in_words(at, today, chosen.formats) if at else "someday"
        repeats = f", {wording.in_words(row.rule)}" if row.rule else ""
        found.append(
            Found("reminder", row.id, row.text, row.note[:TEXT], f"{when}{repeats}", f"/reminders?open={row.id}",
                  strange[row.id])
        )  # fmt: skip
    return found


def foreign(user: int, listed: list[reminders.Listed]) -> dict[int, str]:
    """Where the reminders are from, by their ids: empty for what nobody else wrote."""
    ids = [one.id for one in listed]
    imported = {row.id for row in Reminder.select(Reminder.id).where(Reminder.id.in_(ids) & Reminder.imported)}
    programs = outside.wrote(user, map(outside.REMINDER.format, ids))
    found = dict[int, str]()
    for one in listed:
        program = programs.get(outside.REMINDER.format(one.id))
        by = f"the reminder “{one.text}”, which the program “{program}” wrote" if program else ""
        found[one.id] = f"the calendar’s entry “{one.text}”" if one.id in imported else by
    return found


def _conversations(user: int, words: str, _span: str, _now: datetime, most: int) -> list[Found]:
    chosen, found = preferences.load(user), dict[int, Found]()
    for hit in messages.find(user, words, limit=most * 4):
        when = chosen.formats.moment(hit.created.astimezone(UTC).astimezone(chosen.zone_info))
        text = Markup(hit.snippet).striptags()[:TEXT]  # noqa: S704 - safe, as it says
        found.setdefault(
            hit.conversation,
            Found("conversation", hit.conversation, hit.title, text, when, f"/chat/{hit.conversation}?m={hit.message}"),
        )
    brought = Conversation.select(Conversation.id).where(
        Conversation.id.in_(list(found)) & Conversation.key.is_null(is_null=False)
    )
    strange = {row.id for row in brought}
    return [
        one if one.id not in strange else Found(one.kind, one.id, one.title, one.text, one.when, one.address,
                                               f"the imported conversation “{one.title}”")
        for one in list(found.values())[:most]
    ]  # fmt: skip
