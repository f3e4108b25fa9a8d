"""The values of the form's fields, and the reminder that they say.

Beside what is typed the values hold what was read last, as ``local``, ``rule`` and ``after_done``: as long as their
fields stay as they are, they are kept to the letter, also where the fields cannot show all of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from assistant.components.form import Values
from assistant.errors import Invalid
from assistant.reminders.parsing.model import Parsed
from assistant.reminders.queries import Listed
from assistant.reminders.recurrence.choices import OTHER, Choices, from_rule, to_rule
from assistant.reminders.reminders import Fields
from assistant.text import row_number

MORNING = time(9)
LEAD_UNITS = {"1": "minutes", "60": "hours", "1440": "days"}
LEAD_COUNT_LIMIT = 999
BLANK: Values = {
    "text": "", "leads": ["0"], "follows": False, "priority": "0", "tags": "", "note": "", "link": "",
    "lead_count": "", "lead_unit": "60",
}  # fmt: skip
TIMED = frozenset({"text", "day", "time", "leads", "lead_count", "lead_unit", "zone", "follows"})


def of_reminder(row: Listed) -> Values:
    """The values that say the reminder."""
    return {
        **BLANK, "text": row.text, **_timed(row.local, row.zone, row.rule, row.after_done, row.leads),
        "follows": row.follows, "priority": str(row.priority), "tags": ", ".join(row.tags), "note": row.note,
        "link": f"{row.link_kind}:{row.link_id}" if row.link_id else "",
    }  # fmt: skip


def of_sentence(found: Parsed, zone: str) -> Values:
    """The values that a sentence says; another zone than the person's ``zone`` does not travel along."""
    values = {"text": found.text, **_timed(found.local, found.zone, found.rule, found.after_done, sorted(found.leads))}
    # What the sentence does not say of these is left as it is.
    values |= {"priority": str(found.priority)} if found.priority else {}
    values |= {"tags": ", ".join(found.tags)} if found.tags else {}
    return values if found.zone == zone else {**values, "follows": False}


def blank(zone: str) -> Values:
    """The values of a form in which nothing was said yet."""
    return {**BLANK, **_timed(None, zone, "", "", (0,))}


def as_fields(values: Values, zone: str) -> Fields:
    """The reminder that the values say, for a person in that zone; raises Invalid with the field."""
    local = _local(values)
    rule, after_done = _repeats(values, local.date() if local else None)
    kind, _, number = _text(values, "link").partition(":")
    priority, follows = _text(values, "priority"), bool(values.get("follows"))
    return Fields(
        text=_text(values, "text"), local=local, zone=zone if follows else _text(values, "zone").strip() or zone,
        rule=rule, after_done=after_done, leads=_leads(values), note=_text(values, "note"),
        priority=int(priority) if priority in {"0", "1", "2", "3"} else 0,
        tags=[tag.strip() for tag in _text(values, "tags").split(",") if tag.strip()],
        follows=follows, link_kind=kind if number else "", link_id=_id(number),
    )  # fmt: skip


def choices(values: Values) -> Choices:
    """The repetition that is chosen."""
    chosen = {f.name: values.get(f"repeat_{f.name}", f.default) for f in fields(Choices)}
    days = chosen.pop("days")
    said = {name: str(value) for name, value in chosen.items()}
    return Choices(days=tuple(map(str, days)) if isinstance(days, list) else (), **said)


def with_day(values: Values, now: datetime) -> Values:
    """The day that is meant where none is said but a time or a repetition: the next; else nothing. ``now`` is local."""
    typed = _text(values, "time")
    if _text(values, "day") or (not typed and choices(values).kind == "never"):
        return {}
    at = _time(typed)
    return {"day": f"{(now + timedelta(days=at is not None and at <= now.time())).date()}"}


def differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether anything that a person can change is not the same in both."""
    return any(one.get(name) != other.get(name) for name in other if name not in {"sentence", "said", "base"})


def _timed(local: datetime | None, zone: str, rule: str, after_done: str, leads: Iterable[int]) -> Values:
    repeats = asdict(from_rule(rule, after_done))
    return {
        "local": local.isoformat() if local else "", "day": f"{local:%Y-%m-%d}" if local else "",
        "time": f"{local:%H:%M}" if local else "", "zone": zone, "rule": rule, "after_done": after_done,
        "leads": [str(lead) for lead in leads],
        **{f"repeat_{name}": list(value) if name == "days" else value for name, value in repeats.items()},
    }  # fmt: skip


def _local(values: Values) -> datetime | None:
    day, at, read = _text(values, "day"), _text(values, "time"), _text(values, "local")
    if not day:
        return None
    if read and (day, at) == (read[:10], read[11:16]):
        return _moment(read)
    return _moment(f"{day}T{(_time(at) or MORNING).isoformat()}")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise Invalid("Choose a day and a time.", field="local") from None


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None


def _repeats(values: Values, day: date | None) -> tuple[str, str]:
    chosen, read = choices(values), (_text(values, "rule"), _text(values, "after_done"))
    same_day = f"{day}" == _text(values, "local")[:10]
    if chosen.kind == OTHER or (same_day and chosen == from_rule(*read)):
        return read
    return to_rule(chosen, day)


def _leads(values: Values) -> list[int]:
    said = values.get("leads")
    leads = {int(lead) for lead in said if str(lead).isdecimal()} if isinstance(said, list) else {0}
    count, unit = _text(values, "lead_count").strip(), _text(values, "lead_unit")
    if count:
        if not (count.isascii() and count.isdigit() and 1 <= int(count[:9]) <= LEAD_COUNT_LIMIT):
            raise Invalid("Say a whole number from 1 to 999.", field="leads")
        leads.add(int(count) * int(unit if unit in LEAD_UNITS else "60"))
    return sorted(leads)


def _id(text: str) -> int | None:
    return row_number(text) or None


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
