"""Work on many notes, done a few at a time: links that follow a name, and links that older versions passed over."""

import time

import pytest

from assistant.notes import chores, notebook, queries, renaming, trash
from assistant.notes.models import Note, NoteChore, NoteLink, NoteName
from assistant.notes.pages.editor.opened import opened
from assistant.storage.database import Database
from tests.notes.archives import ME, NOW, OUTSIDER
from tests.person import Person
from tests.product import Product

pytestmark = pytest.mark.usefixtures("database")
MANY = 30


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """One note takes as long as a unit of work may."""
    monkeypatch.setattr(renaming, "LONGEST", 0.0)
    monkeypatch.setattr(chores, "LONGEST", 0.0)


def linked(path: str = "") -> tuple[Note, list[Note]]:
    """A note, and others that link to it by its title, its path, and an alias."""
    target = notebook.create(ME, NOW, text="---\nalias: nick\n---\nx", title="Old name", path=path)
    links = ("[[Old name]] [[nick]]", "![[old name#part|label]]", "[y](Old%20name.md)")
    return target, [notebook.create(ME, NOW, text=links[at % 3], title=f"link {at}") for at in range(MANY)]


def texts() -> set[str]:
    return {note.text for note in Note.select().where(Note.title.startswith("link"))}


def finish() -> int:
    count = 0
    while chores.step(NOW):
        count += 1
    return count


@pytest.mark.usefixtures("slow")
def test_links_follow_a_few_at_a_time_and_lead_there_all_the_while() -> None:
    target, others = linked("Old name.md")
    notebook.rename(ME, target.id, "New name", NOW)
    assert opened(ME, target.id).following == MANY - 1
    for left in range(MANY - 2, 0, -1):
        assert chores.step(NOW)
        assert opened(ME, target.id).following == left
        assert queries.by_title(ME, "old name") == queries.by_title(ME, "new name") == target.id
        assert {row.id for row in queries.backlinks(ME, target.id)} == {note.id for note in others}
    finish()
    assert texts() == {"[[New name]] [[nick]]", "![[New name#part|label]]", "[y](New%20name.md)"}
    assert queries.by_title(ME, "old name") is None
    assert opened(ME, target.id).following == 0
    assert NoteChore.select().count() == 0
    # Each change is one that can be taken back.
    assert all(notebook.get(ME, note.id).version == 2 for note in others)


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize(("again", "titled"), [("Old name", "Old name"), ("Third", "Third")])
def test_a_note_that_is_renamed_again_meanwhile_takes_all_of_them_along(again: str, titled: str) -> None:
    target, _ = linked("Old name.md")
    notebook.rename(ME, target.id, "New name", NOW)
    for _ in range(MANY // 2):
        chores.step(NOW)
    notebook.rename(ME, target.id, again, NOW)
    finish()
    file = titled.replace(" ", "%20")
    found = {text.casefold() for text in texts()}
    assert found == {
        one.casefold() for one in (f"[[{titled}]] [[nick]]", f"![[{titled}#part|label]]", f"[y]({file}.md)")
    }
    assert notebook.get(ME, target.id).path == f"{titled}.md"


@pytest.mark.usefixtures("slow")
def test_what_one_writes_meanwhile_stays_and_a_deleted_note_leaves_nothing_to_do() -> None:
    target, others = linked()
    notebook.rename(ME, target.id, "New name", NOW)
    notebook.save(ME, others[-1].id, "[[Old name]] and more", 1, now=NOW)
    finish()
    assert notebook.get(ME, others[-1].id).text == "[[New name]] and more"
    notebook.rename(ME, target.id, "Gone", NOW)
    trash.trash(ME, target.id, NOW)
    trash.empty_trash(ME)
    assert NoteChore.select().count() == 0
    assert finish() == 0


def test_few_links_follow_at_once_and_those_of_others_never(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renaming, "LONGEST", 60.0)  # however busy this machine is
    target, _ = linked()
    theirs = notebook.create(OUTSIDER, NOW, text="[[Old name]]")
    notebook.rename(ME, target.id, "New name", NOW)
    assert NoteChore.select().count() == 0
    assert not any("Old" in text for text in texts())
    assert notebook.get(OUTSIDER, theirs.id).text == "[[Old name]]"


@pytest.mark.usefixtures("slow")
def test_links_that_an_older_version_passed_over_are_looked_for_once() -> None:
    target, others = linked("Old name.md")
    for rows in (NoteLink, NoteName):
        rows.delete().execute()
    NoteChore.create(kind="links")
    assert queries.backlinks(ME, target.id) == []
    chores.step(NOW)
    assert NoteChore.get().at == target.id  # where another process would go on
    assert finish() == len(others) + 1
    assert {row.id for row in queries.backlinks(ME, target.id)} == {note.id for note in others}


def test_a_unit_of_work_is_short(database: Database) -> None:
    def fill() -> Note:
        target = notebook.create(ME, NOW, text="x", title="Old name")
        for at in range(600):
            notebook.create(ME, NOW, text=f"[[Old name]] {at} " + "words " * 100)
        return target

    target, units = database.run_here(fill), list[float]()
    begun = time.process_time()
    database.run_here(notebook.rename, ME, target.id, "New name", NOW)
    units.append(time.process_time() - begun)
    more = True
    while more:
        begun = time.process_time()
        more = database.run_here(chores.step, NOW)
        units.append(time.process_time() - begun)
    assert max(units) < 0.5
    assert not Note.select().where(Note.text.contains("Old name")).exists()


def test_a_new_process_goes_on(product: Product, anna: Person) -> None:
    target, note = anna.note("x", title="New name"), anna.note("[[Old name]]")
    product.stop()
    anna.do(_leave_to_do, target)
    product.start()
    patience = time.monotonic() + 30
    while anna.text(note) != "[[New name]]":
        assert time.monotonic() < patience
        time.sleep(0.05)


def _leave_to_do(_user: int, note: int) -> None:
    NoteChore.create(note=note, kind=renaming.KIND, names='{"titles": {"old name": "New name"}, "files": {}}')
