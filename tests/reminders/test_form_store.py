"""What the form of a reminder reads and writes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from assistant.components.form import Values
from assistant.errors import Invalid, NotFound
from assistant.reminders import moves, queries, reminders
from assistant.reminders.links import Link
from assistant.reminders.models import Reminder
from assistant.reminders.pages import form_store
from assistant.reminders.pages.form_values import as_fields, blank, choices, of_reminder
from assistant.reminders.reminders import Fields
from assistant.storage.database import Database

ANNA, EVE = 1, 2
NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
ZONE = "Europe/Berlin"


def find(user: int, kind: str, id: int) -> Link:  # noqa: A002 - the row's own word
    if (user, kind, id) != (ANNA, "note", 7):
        raise NotFound("There is no such note.")
    return Link(kind, id, "Plan", "/notes/7")


def add(text: str = "tea", **more: object) -> int:
    fields = {"text": text, "local": datetime(2026, 6, 1, 9), "zone": ZONE, **more}
    return int(reminders.add(ANNA, now=NOW, **fields).id)  # type: ignore[arg-type]


def opened(reminder: int = 0, text: str = "", user: int = ANNA) -> Values:
    return form_store.opened(user, reminder, find, zone=ZONE, now=NOW, draft=None, text=text).values


def change(reminder: int, values: Values, base: Values, user: int = ANNA) -> None:
    form_store.change(user, reminder, values, base, find, zone=ZONE, now=NOW)


@pytest.mark.parametrize(
    "said",
    [
        {}, {"rule": "FREQ=WEEKLY;BYDAY=MO,FR"}, {"rule": "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"},
        {"after_done": "P1DT2H"}, {"after_done": "P3D", "leads": [0, 45, 1440]}, {"local": None},
        {"local": datetime(2026, 6, 1, 9, 0, 30), "tags": ["a", "b"], "note": "n", "priority": 3, "follows": True},
        {"link_kind": "note", "link_id": 7},
    ],
)  # fmt: skip
def test_what_is_opened_and_stored_again_is_the_same(database: Database, said: dict[str, Any]) -> None:
    reminder = add(**said)
    before = Reminder.get_by_id(reminder)
    values = opened(reminder)
    change(reminder, values, values)
    assert Reminder.get_by_id(reminder).__data__ == before.__data__


def test_a_sentence_opens_a_new_one_and_is_read_as_it_would_be_stored(database: Database) -> None:
    values = opened(text="payroll every second Friday at 5pm")
    assert (values["text"], values["time"], choices(values).every) == ("payroll", "17:00", "2")
    row = form_store.add(ANNA, values, "key", find, zone=ZONE, now=NOW)
    assert (row.text, row.rule) == ("payroll", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR")


def test_tags_and_a_priority_that_the_sentence_says_are_in_their_fields() -> None:
    read = form_store.read("tea tomorrow at 9 #home #kitchen !high", zone=ZONE, now=NOW)
    assert (read.values["text"], read.values["tags"], read.values["priority"]) == ("tea", "home, kitchen", "3")
    plain = form_store.read("tea tomorrow at 9", zone=ZONE, now=NOW)
    assert not {"tags", "priority"} & plain.values.keys()


def test_sent_twice_it_is_there_once(database: Database) -> None:
    values = opened(text="tea tomorrow")
    first, second = (form_store.add(ANNA, values, "key", find, zone=ZONE, now=NOW) for _ in range(2))
    assert first == second
    assert Reminder.select().count() == 1


def test_changes_of_different_things_here_and_elsewhere_both_stay(database: Database) -> None:
    reminder = add()
    base = opened(reminder)
    reminders.edit(ANNA, reminder, NOW, text="green tea", tags=["kitchen"])
    change(reminder, base | {"note": "two cups", "day": "2026-06-02"}, base)
    row = Reminder.get_by_id(reminder)
    assert (row.text, row.note, row.local) == ("green tea", "two cups", datetime(2026, 6, 2, 9))


def test_the_same_thing_changed_here_and_elsewhere_is_told(database: Database) -> None:
    reminder = add()
    base = opened(reminder)
    reminders.edit(ANNA, reminder, NOW, text="green tea")
    change(reminder, base | {"text": "green tea"}, base)  # alike: as when an answer was lost on its way
    with pytest.raises(form_store.ChangedElsewhere) as raised:
        change(reminder, base | {"text": "black tea"}, base)
    assert "green tea on 1 June 2026 at 09:00" in raised.value.sentence
    change(reminder, base | {"text": "black tea"}, raised.value.theirs)
    assert Reminder.get_by_id(reminder).text == "black tea"


def test_only_ones_own_can_be_opened_changed_and_linked(database: Database) -> None:
    reminder = add()
    values = opened(reminder)
    with pytest.raises(NotFound):
        opened(reminder, user=EVE)
    with pytest.raises(NotFound):
        change(reminder, values | {"text": "mine"}, values, user=EVE)
    with pytest.raises(NotFound):
        change(reminder, values | {"link": "note:8"}, values)
    with pytest.raises(NotFound):
        form_store.add(EVE, values | {"link": "note:7"}, "k", find, zone=ZONE, now=NOW)
    assert form_store.stands(EVE, reminder, zone=ZONE, now=NOW) is None
    assert Reminder.select().count() == 1


def test_a_form_is_checked_and_said_without_being_kept(database: Database) -> None:
    said = {"text": "choir", "local": datetime(2031, 5, 6, 19), "zone": ZONE, "rule": "FREQ=WEEKLY;BYDAY=TU"}
    values = opened(add(**said))  # type: ignore[arg-type]
    Reminder.delete().execute()
    checked = form_store.check(values, zone=ZONE, now=NOW)
    assert checked.upcoming[0] == datetime(2031, 5, 6, 17, tzinfo=UTC)
    assert len(checked.upcoming) == 3
    again = as_fields(blank(ZONE) | form_store.read(checked.values["sentence"], zone=ZONE, now=NOW).values, ZONE)
    assert {name: again[name] for name in said} == said  # type: ignore[literal-required]
    assert Reminder.select().count() == 0


def test_a_sentence_that_is_broken_or_too_long_is_read_as_far_as_it_goes() -> None:
    assert form_store.read("tea \ud800 tomorrow", zone=ZONE, now=NOW).values["day"] == "2026-05-15"
    (told,) = form_store.read("x" * 10_000, zone=ZONE, now=NOW).problems
    assert told.endswith("this has 10,000.")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": " "}, "text"), ({"text": "x" * 10_000}, "text"), ({"day": "2001-01-01"}, "local"),
        ({"day": "9999-01-01"}, "local"), ({"day": "2027-02-30"}, "local"), ({"zone": "Mars/Base"}, "zone"),
        ({"repeat_kind": "other", "rule": "FREQ=SECONDLY"}, "rule"),
        ({"repeat_kind": "other", "rule": "FREQ=DAILY;COUNT=1000000"}, "rule"),
        ({"repeat_kind": "other", "rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rule"),
        ({"repeat_kind": "other", "rule": "DROP TABLE reminder"}, "rule"),
        ({"repeat_kind": "other", "rule": "\ud800"}, "rule"),
        ({"repeat_kind": "other", "after_done": "P0D"}, "after_done"),
        ({"leads": []}, "leads"), ({"leads": ["9999999"]}, "leads"), ({"leads": [str(n) for n in range(11)]}, "leads"),
        ({"tags": "x" * 200}, "tags"), ({"note": "x" * 20_000}, "note"), ({"link": "planet:1"}, "link"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_neither_said_nor_kept(database: Database, typed: Values, field: str) -> None:
    values = blank(ZONE) | {"text": "tea", "day": "2027-06-01"} | typed
    for act in (
        lambda: form_store.check(values, zone=ZONE, now=NOW),
        lambda: form_store.add(ANNA, values, "key", lambda *_: Link("planet", 1, "", ""), zone=ZONE, now=NOW),
    ):
        with pytest.raises(Invalid) as raised:
            act()
        assert raised.value.field == field
        assert raised.value.sentence
    assert Reminder.select().count() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": "12345-99-99"}, "local"), ({"lead_count": "0"}, "leads"), ({"lead_count": "x"}, "leads"),
        ({"repeat_kind": "regularly", "repeat_every": "0"}, "rule"),
        ({"repeat_kind": "after", "repeat_every": ""}, "rule"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_with_its_field(database: Database, typed: Values, field: str) -> None:
    with pytest.raises(Invalid) as raised:
        as_fields(blank(ZONE) | {"text": "tea"} | typed, ZONE)
    assert raised.value.field == field


@pytest.mark.parametrize("junk", [None, 7, [], {"a": 1}, "\ud800", "9" * 400])
def test_whatever_a_browser_sends_is_read_or_refused(database: Database, junk: object) -> None:
    names = blank(ZONE)
    for name in names:
        try:
            as_fields(names | {"text": "tea"} | {name: junk}, ZONE)
            form_store.check(names | {"text": "tea"} | {name: junk}, zone=ZONE, now=NOW)
        except Invalid:
            continue


def test_no_field_of_a_reminder_is_forgotten_on_its_way(database: Database) -> None:
    """A field that is new has to be said here, and then goes everywhere."""
    said = Fields(
        text="tea", note="green", priority=2, local=datetime(2026, 6, 1, 9), zone="Asia/Tokyo", rule="FREQ=DAILY",
        after_done="", leads=(0, 10), tags=("kitchen",), follows=False, link_kind="note", link_id=7,
    )  # fmt: skip
    assert said.keys() == Fields.__annotations__.keys()
    untimed = {"local", "rule", "after_done"}

    def fields(row: Reminder) -> dict[str, Any]:
        read = as_fields(of_reminder(queries.listed([row])[0]), ZONE)
        return {name: tuple(value) if isinstance(value, list) else value for name, value in read.items()}

    def scenario() -> None:
        row = reminders.add(ANNA, now=NOW, **said)
        assert fields(row) == said
        moves.move(ANNA, row.id, date(2026, 6, 3), NOW, occurrence=datetime(2026, 6, 1, tzinfo=UTC))
        copy = Reminder.select().where(Reminder.id != row.id).get()
        assert {k: v for k, v in fields(copy).items() if k not in untimed} == {
            k: v for k, v in said.items() if k not in untimed
        }

    database.run_here(scenario)
