"""What the assistant does with reminders: one set, moved, done, deleted; each with its way back."""

from datetime import datetime
from typing import Any

from assistant.chat.acting.rooms import Card, Content, Deed, Outcome, Wish
from assistant.chat.acting.words.triggers import plain
from assistant.errors import Conflict, Invalid
from assistant.reminders import reminders, trash
from assistant.reminders.models import DONE, Reminder
from assistant.reminders.parsing.habits import habits_of
from assistant.reminders.parsing.model import STOPPING, Parsed
from assistant.reminders.parsing.parser import parse
from assistant.reminders.queries import Listed, listed
from assistant.reminders.recurrence import next_times, timezones, wording
from assistant.reminders.rings import complete, uncomplete
from assistant.users import preferences

NO_TEXT = "no_text"
SINCE = "The reminder has changed since. Ask again."
TIMING = ("local", "zone", "rule", "after_done", "leads")


def understand(user: int, sentence: str, otherwise: str, now: datetime) -> Wish:
    """What the sentence says to the user's clocks; never raises for what was written."""
    parsed = _parsed(user, sentence, now)
    text = parsed.text or otherwise
    stops = [one.sentence for one in parsed.problems if one.kind in STOPPING and not (text and one.kind == NO_TEXT)]
    doubts = tuple(one.sentence for one in parsed.problems if one.kind not in STOPPING)
    said = sentence if parsed.text else f"{otherwise} {sentence}".strip()
    content = {"sentence": said, "fields": _fields(parsed, text), "doubts": list(doubts)}
    local = parsed.local.isoformat() if parsed.local else ""
    return Wish(text, local, parsed.rule, content, stops[0] if stops else "", doubts)


def reminder_now(user: int, reminder: int) -> tuple[str, str]:
    """What the user's reminder says, and the mark of its state, to which a change is bound; NotFound without it."""
    row = reminders.get(user, reminder)
    return row.text, _mark(row)


def _parsed(user: int, sentence: str, now: datetime) -> Parsed:
    chosen = preferences.load(user)
    return parse(sentence.strip(), now=now, zone=chosen.zone, habits=habits_of(chosen))


def _fields(parsed: Parsed, text: str) -> dict[str, Any]:
    return {
        "text": text, "local": parsed.local.isoformat() if parsed.local else None, "zone": parsed.zone,
        "rule": parsed.rule, "after_done": parsed.after_done, "leads": list(parsed.leads),
        "priority": parsed.priority, "tags": list(parsed.tags),
    }  # fmt: skip


def _kept(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as a reminder takes them."""
    local = fields.get("local")
    return fields | ({"local": datetime.fromisoformat(local) if local else None} if "local" in fields else {})


def _mark(row: Reminder) -> str:
    return str(row.updated.isoformat())


def _card(user: int, content: Content, now: datetime) -> Card:
    row = reminders.tried(now, **_kept(content["fields"]))
    return Card(
        "Set a reminder", (row.text, *_said(user, row, now)), _next(user, row, now), told=tuple(content["doubts"]),
        editable=str(content["sentence"]),
    )  # fmt: skip


def _said(user: int, row: Reminder, now: datetime) -> tuple[str, ...]:
    """When it rings, and how often, in words."""
    chosen = preferences.load(user)
    today = timezones.on_the_wall(now, chosen.zone).date()
    when = wording.moment_in_words(row.local, today, chosen.formats) if row.local else "Someday"
    parts = [when, wording.in_words(row.rule) if row.rule else "", row.zone if row.zone != chosen.zone else ""]
    leads = wording.leads_in_words(listed([row])[0].leads)
    return (" · ".join(filter(None, [*parts, f"rings {leads}" if leads else ""])),)


def _next(user: int, row: Reminder, now: datetime) -> tuple[str, ...]:
    chosen = preferences.load(user)
    today = timezones.on_the_wall(now, chosen.zone).date()
    upcoming = next_times.upcoming(row.local, row.zone, row.rule, now)
    if len(upcoming) < 2:  # noqa: PLR2004 - one time is said already
        return ()
    return tuple(
        wording.moment_in_words(timezones.on_the_wall(at, chosen.zone), today, chosen.formats) for at in upcoming
    )  # fmt: skip


def _create(user: int, content: Content, now: datetime) -> Outcome:
    row = reminders.add(user, now=now, **_kept(content["fields"]))
    when = _said(user, row, now)[0]
    return Outcome(f"Reminder set: “{row.text}”, {when}.", f"/reminders?open={row.id}", {"reminder": row.id})


def _uncreate(user: int, way_back: Content, now: datetime) -> None:
    trash.delete(user, int(way_back["reminder"]), now)


def _change_card(user: int, content: Content, now: datetime) -> Card:
    row = _as_read(user, content)
    before = _said(user, row, now)[0]
    for name, value in _kept(content["fields"]).items():
        setattr(row, name, value if name != "leads" else str(list(value)))
    tried = reminders.tried(now, **_whole(row))
    pieces = (("removed", f"{reminders.get(user, row.id).text} · {before}"),
              ("added", f"{tried.text} · {_said(user, tried, now)[0]}"))  # fmt: skip
    return Card(
        f"Change the reminder “{reminders.get(user, row.id).text}”", next=_next(user, tried, now), pieces=pieces,
        told=tuple(content["doubts"]), editable=str(content["sentence"]),
    )  # fmt: skip


def _whole(row: Reminder) -> dict[str, Any]:
    (one,) = listed([row])
    return _of(one)


def _of(one: Listed) -> dict[str, Any]:
    return {
        "text": one.text, "local": one.local, "zone": one.zone, "rule": one.rule, "after_done": one.after_done,
        "leads": list(one.leads),
    }  # fmt: skip


def _as_read(user: int, content: Content) -> Reminder:
    row = reminders.get(user, int(content["reminder"]))
    if _mark(row) != content["mark"]:
        raise Conflict(SINCE)
    return row


def _change(user: int, content: Content, now: datetime) -> Outcome:
    before = _whole(_as_read(user, content))
    row = reminders.edit(user, int(content["reminder"]), now, **_kept(content["fields"]))
    way_back = {"reminder": row.id, "before": _as_json(before), "mark": _mark(row)}
    when = _said(user, row, now)[0]
    return Outcome(f"Reminder changed: “{row.text}”, {when}.", f"/reminders?open={row.id}", way_back)


def _as_json(fields: dict[str, Any]) -> Content:
    local = fields["local"]
    return fields | {"local": local.isoformat() if local else None}


def _unchange(user: int, way_back: Content, now: datetime) -> None:
    row = reminders.get(user, int(way_back["reminder"]))
    if _mark(row) != way_back["mark"]:
        raise Conflict("The reminder has changed again since.")
    reminders.edit(user, row.id, now, allow_past=True, **_kept(way_back["before"]))


def _changed_by(user: int, content: Content, text: str, now: datetime) -> Content:
    return content | changed_fields(understand(user, plain(text), "", now))


def changed_fields(wish: Wish) -> Content:
    """What a sentence changes of a reminder: its time where it says one, else its text. Raises Invalid."""
    fields = wish.content["fields"]
    if not wish.local and not wish.text:
        raise Invalid(wish.stops or "Say when, or what instead.", field="text")
    if wish.stops and wish.local and not wish.stops.startswith("What should"):
        raise Invalid(wish.stops, field="text")
    kept = {name: fields[name] for name in TIMING} if wish.local else {"text": wish.text}
    return {"sentence": wish.content["sentence"], "fields": kept, "doubts": list(wish.doubts)}


def _end_card(title: str) -> Any:
    def card(user: int, content: Content, now: datetime) -> Card:
        row = _as_read(user, content)
        return Card(title, (row.text, *_said(user, row, now)))

    return card


def _finish(user: int, content: Content, now: datetime) -> Outcome:
    row = _as_read(user, content)
    if row.state == DONE or not complete(user, row.id, now):
        raise Conflict("This reminder is done already.")
    return Outcome(f"Reminder done: “{row.text}”.", f"/reminders?open={row.id}", {"reminder": row.id})


def _unfinish(user: int, way_back: Content, now: datetime) -> None:
    if not uncomplete(user, int(way_back["reminder"]), now):
        raise Conflict("The reminder has changed since, so that it cannot be made undone.")


def _delete(user: int, content: Content, now: datetime) -> Outcome:
    row = _as_read(user, content)
    trash.delete(user, row.id, now)
    return Outcome(f"Reminder deleted: “{row.text}”.", "/reminders", {"reminder": row.id})


def _undelete(user: int, way_back: Content, _now: datetime) -> None:
    trash.restore(user, int(way_back["reminder"]))


def _set_by(user: int, _content: Content, text: str, now: datetime) -> Content:
    wish = understand(user, plain(text), "", now)
    if wish.stops:
        raise Invalid(wish.stops, field="text")
    return wish.content | {"sentence": text}


def _as_it_is(_user: int, content: Content, _text: str, _now: datetime) -> Content:
    return content


DEEDS = {
    "reminder.create": Deed("create", _card, _create, _uncreate, _set_by),
    "reminder.change": Deed("change", _change_card, _change, _unchange, _changed_by),
    "reminder.done": Deed("change", _end_card("Mark a reminder as done"), _finish, _unfinish, _as_it_is),
    "reminder.delete": Deed("delete", _end_card("Delete a reminder"), _delete, _undelete, _as_it_is),
}
