"""What reminders lead to: a person's own notes and messages, as long as they are there."""

from datetime import UTC, datetime

import pytest

from assistant.chat import messages
from assistant.errors import NotFound
from assistant.notes import notebook, trash
from assistant.reminders import reminders
from assistant.reminders.links import Link, found
from assistant.web.wiring import find_link, mentions

ANNA, EVE = 1, 2
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("database")


def test_a_link_leads_to_what_is_the_persons_own() -> None:
    note = int(notebook.create(ANNA, NOW, text="# Boxes").id)
    question = messages.ask(ANNA, None, "how many boxes?", key="k", now=NOW, model="m").question
    assert find_link(ANNA, "note", note) == Link("note", note, "Boxes", f"/notes/{note}")
    there = find_link(ANNA, "message", question.id)
    assert there.address == f"/chat/{question.conversation_id}?m={question.id}"
    for kind, id in (("note", note), ("message", question.id), ("planet", 1), ("note", 2**70)):  # noqa: A001
        with pytest.raises(NotFound):
            find_link(EVE, kind, id)


def test_a_note_knows_its_reminders_which_the_outsider_does_not() -> None:
    note = int(notebook.create(ANNA, NOW, text="# Boxes").id)
    said = {"text": "pack", "local": None, "zone": "UTC", "now": NOW}
    row = reminders.add(ANNA, link_kind="note", link_id=note, **said)  # type: ignore[arg-type]
    assert [one.address for one in mentions(ANNA, note)] == [f"/reminders?open={row.id}"]
    assert mentions(EVE, note) == []
    reminders.edit(ANNA, row.id, NOW, link_kind="", link_id=None)
    assert mentions(ANNA, note) == []


def test_a_note_that_is_gone_is_no_longer_led_to() -> None:
    note = int(notebook.create(ANNA, NOW, text="# Boxes").id)
    assert found(find_link, ANNA, "note", note)
    trash.trash(ANNA, note, NOW)
    assert found(find_link, ANNA, "note", note) is None
