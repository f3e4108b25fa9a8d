"""What is offered is done once, by a yes to exactly that, in its time; and can be taken back."""

import json
from typing import Any

import pytest

from assistant.chat import conversations, course, messages
from assistant.chat.acting import journal, outcomes, records
from assistant.chat.acting.journal import Offer
from assistant.chat.acting.words import offers
from assistant.chat.models import Act
from assistant.errors import Conflict, Invalid, NotFound
from assistant.notes import notebook, trash
from assistant.reminders import reminders
from assistant.storage.database import Database
from tests.chat.acting.table import Table


@pytest.fixture
def table(database: Database) -> Table:
    return Table(database)


def propose(table: Table, deed: str, content: dict[str, Any], *, sources: tuple[str, ...] = ()) -> Act:
    def unit() -> Act:
        card = table.rooms.deeds[deed].card(table.user, content, table.now)
        offer = Offer("remind", deed, content, card, {}, "tools", 1, sources)
        return journal.propose(answer, offer, table.now)

    answer = table.ask("please")
    return table.database.run_here(unit)


def test_words_offer_a_reminder_and_a_yes_sets_it_once(table: Table) -> None:
    (act,) = table.offered("Kannst du mich morgen um 9 an die Mülltonne erinnern?")
    card = records.shown(act)
    assert (card.title, card.lines) == ("Set a reminder", ("die Mülltonne", "Tomorrow, 09:00"))
    assert table.reminders() == []
    done = table.yes(act)
    assert (done.state, done.allowed) == ("done", "person")
    assert table.reminders() == [("die Mülltonne", "2026-12-01 09:00", "")]
    with pytest.raises(Conflict, match="done already"):
        table.yes(act)
    assert len(table.reminders()) == 1
    table.undo(act)
    assert table.reminders() == []


def test_a_card_says_the_next_three_times(table: Table) -> None:
    (act,) = table.offered("remind me to stretch every Tuesday at 3pm")
    assert records.shown(act).next == ("Tomorrow, 15:00", "Tue 8 Dec, 15:00", "Tue 15 Dec, 15:00")


def test_a_yes_is_the_persons_own_and_to_what_was_shown(table: Table) -> None:
    (act,) = table.offered("remind me to buy tea tomorrow at 9")
    with pytest.raises(NotFound):
        table.yes(act, user=table.other)
    with pytest.raises(Conflict, match="otherwise"):
        table.yes(act, digest="0" * 64)
    Act.update(content=act.content.replace("tea", "gin")).where(Act.id == act.id).execute()
    with pytest.raises(Conflict, match="otherwise"):
        table.yes(act)
    assert table.reminders() == []


def test_an_offer_ends_with_the_next_message_or_after_ten_minutes(table: Table) -> None:
    (late,) = table.offered("remind me to buy tea tomorrow at 9")
    table.later(minutes=10)
    with pytest.raises(Conflict, match="lapsed"):
        table.yes(late)
    (early,) = table.offered("remind me to buy milk tomorrow at 9")
    table.ask("And now something else")
    with pytest.raises(Conflict, match="lapsed"):
        table.yes(early)
    again = table.database.run_here(journal.offer_again, table.user, early.id, table.rooms, table.now)
    table.yes(again)
    assert [text for text, *_ in table.reminders()] == ["buy milk"]


def test_what_is_offered_can_be_written_otherwise(table: Table) -> None:
    (act,) = table.offered("remind me to buy tea tomorrow at 9")
    with pytest.raises(Invalid):
        table.rewrite(act, "yesterday at 9 tea")
    new = table.rewrite(act, "buy coffee on Friday at 17:00")
    with pytest.raises(Conflict, match="otherwise"):
        table.yes(act)  # that was a yes to tea
    table.yes(new)
    assert table.reminders() == [("buy coffee", "2026-12-04 17:00", "")]


def test_a_note_is_written_and_goes_to_the_trash(table: Table) -> None:
    (act,) = table.offered("Notiz: Der Code ist 1234\nund gilt bis Mai")
    done = table.yes(act)
    note = json.loads(done.way_back)["note"]
    assert table.text(note) == "Der Code ist 1234\nund gilt bis Mai"
    table.undo(act)
    assert table.database.run_here(notebook.get, table.user, note).trashed is not None
    with pytest.raises(Conflict):
        table.undo(act)


def test_a_change_is_to_the_version_that_was_read(table: Table) -> None:
    note = table.note("# Shop\n\ntea\nmilk")
    content = {"note": note, "version": 1, "old": "tea", "new": "coffee"}
    act = propose(table, "note.change", content)
    assert ("removed", "tea") in records.shown(act).pieces
    assert ("added", "coffee") in records.shown(act).pieces
    table.database.run_here(notebook.save, table.user, note, "# Shop\n\ntea\nmilk\nbread", 1, now=table.now)
    done = table.yes(act)
    assert (done.state, table.text(note)) == ("failed", "# Shop\n\ntea\nmilk\nbread")
    assert "changed since" in done.result
    again = propose(table, "note.change", content | {"version": 2})
    table.yes(again)
    assert table.text(note) == "# Shop\n\ncoffee\nmilk\nbread"
    table.later(days=3)
    table.database.run_here(notebook.save, table.user, note, "# Shop\n\ncoffee\nmilk\nbread\nsalt", 3, now=table.now)
    table.undo(again)
    assert table.text(note) == "# Shop\n\ntea\nmilk\nbread\nsalt"


def test_what_is_added_to_a_note_is_taken_away_again(table: Table) -> None:
    note = table.note("# Shop\n\ntea")
    act = table.yes(propose(table, "note.append", {"note": note, "text": "milk"}))
    assert table.text(note) == "# Shop\n\ntea\n\nmilk"
    table.undo(act)
    assert table.text(note) == "# Shop\n\ntea"


def test_reminders_are_moved_done_and_deleted_and_come_back(table: Table) -> None:
    table.yes(table.offered("remind me to buy tea tomorrow at 9")[0])
    number = json.loads(Act.get(Act.state == "done").way_back)["reminder"]

    def bound() -> dict[str, Any]:
        return {"reminder": number, "mark": table.rooms.reminder_now(table.user, number)[1]}

    wish = table.rooms.understand(table.user, "on Friday at 17:00", "", table.now)
    moved = table.yes(propose(table, "reminder.change", bound() | table.rooms.changed(wish)))
    assert table.reminders() == [("buy tea", "2026-12-04 17:00", "")]
    table.undo(moved)
    assert table.reminders() == [("buy tea", "2026-12-01 09:00", "")]
    ended = table.yes(propose(table, "reminder.done", bound()))
    assert table.database.run_here(reminders.get, table.user, number).state == "done"
    table.undo(ended)
    assert table.database.run_here(reminders.get, table.user, number).state == "active"
    gone = table.yes(propose(table, "reminder.delete", bound()))
    assert table.reminders() == []
    table.undo(gone)
    assert table.reminders() == [("buy tea", "2026-12-01 09:00", "")]


def test_an_allowance_is_of_a_kind_and_never_to_delete(table: Table) -> None:
    table.yes(table.offered("remind me to buy tea tomorrow at 9")[0], always=True)
    assert table.home
    assert conversations.get(table.user, table.home).allows == "create"
    number = json.loads(Act.get(Act.state == "done").way_back)["reminder"]
    bound = {"reminder": number, "mark": table.rooms.reminder_now(table.user, number)[1]}
    with pytest.raises(Conflict, match="always asked"):
        table.yes(propose(table, "reminder.delete", bound), always=True)
    foreign = propose(table, "note.create", {"text": "x"}, sources=("the imported note “X”",))
    with pytest.raises(Conflict, match="always asked"):
        table.yes(foreign, always=True)
    table.database.run_here(journal.disallow, table.user, table.home, "create")
    assert conversations.get(table.user, table.home).allows == ""


def test_an_answer_written_again_does_not_offer_what_was_done(table: Table) -> None:
    (act,) = table.offered("remind me to buy tea tomorrow at 9")
    table.yes(act)
    again = table.database.run_here(messages.regenerate, table.user, act.message_id or 0, model="", now=table.now)
    made = table.database.run_here(
        offers.from_words, again, "remind me to buy tea tomorrow at 9", table.rooms, table.now
    )
    assert made == []


def test_the_model_hears_what_became_of_it(table: Table) -> None:
    (act,) = table.offered("remind me to buy tea tomorrow at 9")
    assert "Do not say that it is done" in outcomes.offered([act])
    table.yes(act)
    assert table.home
    pair = table.database.run_here(
        messages.ask, table.user, table.home, "And?", key=None, now=table.now, model="plain:1b"
    )
    path = course.before(messages.get_own(table.user, pair.answer.id))
    told = outcomes.told(path, records.of_conversation(table.home))
    assert told[pair.question.id] == "(From the app: Done: Set a reminder: buy tea; Tomorrow, 09:00.)"


def test_what_was_done_outlives_its_conversation(table: Table) -> None:
    act = table.yes(table.offered("note: keep me")[0])
    assert table.home
    conversations.delete(table.user, table.home, table.now)
    table.later(days=2)
    conversations.purge(table.now)
    journal.purge(table.now)
    assert [row.id for row in records.done_by(table.user, limit=10)] == [act.id]
    table.undo(act)
    note = json.loads(act.way_back)["note"]
    trash.restore(table.user, note)
    assert table.text(note) == "keep me"


def test_nobody_elses_acts(table: Table) -> None:
    act = table.yes(table.offered("note: mine")[0])
    assert records.done_by(table.other, limit=10) == []
    with pytest.raises(NotFound):
        journal.undo(table.other, act.id, table.rooms, table.now)
    with pytest.raises(NotFound):
        journal.refuse(table.other, act.id, table.now)
