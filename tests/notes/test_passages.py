"""Notes in passages: cut once, kept where nothing changed, gone with the note; found by any of a question's words."""

from datetime import UTC, datetime

import pytest

from assistant.notes import notebook, trash
from assistant.notes.models import NotePassage, NoteUnsplit
from assistant.notes.passages import finding, keeping
from assistant.notes.search import index
from assistant.storage.database import Database

ME, OUTSIDER = 1, 2
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
FLAT = "# Flat\nThe rent is 900 €, due on the third.\n\n## Landlord\nMr Weber, answers after six." + "\n\nMore. " * 200
pytestmark = pytest.mark.usefixtures("database")


def write(text: str, user: int = ME) -> int:
    return int(notebook.create(user, NOW, text=text).id)


def found(question: str, user: int = ME, notes: list[int] | None = None) -> list[int]:
    while keeping.catch_up(20):
        pass
    return [one.note for one in finding.find(user, question, 5, notes=notes)]


def test_any_word_of_a_question_finds_and_the_rare_one_counts_most() -> None:
    flat, bike = write(FLAT), write("# Bike\nThe shop changes brakes for 40 €.")
    write("# Rest\nThe shop has tea, the shop has bread.")
    assert found("What did the landlord say about the brakes?")[0] in {flat, bike}
    assert found("When does Mr Weber answer?")[0] == flat
    assert found("Which shop changes the brakes of my bike?")[0] == bike
    assert found("Was kosten die Brakes im Shop?")[0] == bike
    assert found("And the zebras?") == []
    assert found("Landlord?", OUTSIDER) == []
    assert found("shop", notes=[bike]) == [bike]


def test_of_very_many_named_notes_all_are_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "AMONG", 5)  # passages; the oldest of more were out of reach
    flat = write("# Flat\nMr Weber, answers after six.")
    office = write("# Office\nMr Weber, answers at noon.")
    named = [flat, *(write(f"# Rest {number}\nNothing of interest.") for number in range(8))]
    assert found("When does Mr Weber answer?", notes=named) == [flat]
    assert set(found("When does Mr Weber answer?")) == {flat, office}
    assert found("When does Mr Weber answer?", OUTSIDER, notes=named) == []


def test_other_forms_of_a_word_and_german_ones_are_found() -> None:
    lease = write("# Mietvertrag\nDer Vertrag endet im März; die Kündigungsfrist beträgt drei Monate.")
    for question in ("Wann enden die Verträge?", "Welche Kündigungsfristen habe ich?", "Mietverträge"):
        assert found(question) == [lease], question


def test_what_did_not_change_stays_and_what_is_gone_goes(database: Database) -> None:
    note = write(FLAT)
    assert found("rent") == [note]
    before = {row.digest: row.id for row in NotePassage.select()}
    notebook.save(ME, note, FLAT + "\n\n## Cellar\nThe key hangs behind the door.", 1, now=NOW)
    assert NoteUnsplit.select().count() == 1
    assert found("Where is the key of the cellar?") == [note]
    after = {row.digest: row.id for row in NotePassage.select()}
    same = before.keys() & after.keys()
    assert len(same) >= len(before) - 1
    assert all(before[one] == after[one] for one in same)
    trash.trash(ME, note, NOW)
    assert found("rent") == []
    trash.restore(ME, note)
    assert found("rent") == [note]
    trash.trash(ME, note, NOW)
    trash.empty_trash(ME)
    assert NotePassage.select().count() == 0
    kept = "SELECT count(*) FROM note_passage_search"
    assert database.peewee.execute_sql(kept).fetchone() == (0,)


def test_all_can_be_made_again() -> None:
    notes = {write("tea"), write("bread")}
    assert found("tea bread")
    index.rebuild()
    keeping.mark_all()
    assert {row.note_id for row in NoteUnsplit.select()} == notes
    assert set(found("tea bread")) == notes
