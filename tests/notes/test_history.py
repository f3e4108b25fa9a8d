"""Earlier versions: kept when it matters, thinned with age, and no acknowledged word lost."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import NotFound
from assistant.notes import notebook, trash
from assistant.notes.models import NoteVersion
from assistant.notes.search import index
from assistant.notes.versions import conflicts, history, revisions
from assistant.storage.database import Database
from tests.examples import examples

ME = 1
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("database")


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)


def kept(note: int) -> list[tuple[str, str]]:
    return [(v.reason, history.get_version(ME, note, v.id).text) for v in history.versions(ME, note)]


def test_the_first_save_after_a_pause_keeps_what_was_there() -> None:
    note = notebook.create(ME, NOW, text="one").id
    notebook.save(ME, note, "two", 1, now=later(minutes=4))
    notebook.save(ME, note, "three", 2, now=later(minutes=8))
    assert kept(note) == []
    notebook.save(ME, note, "four", 3, now=later(minutes=13))
    notebook.save(ME, note, "five", 4, now=later(minutes=14))
    assert kept(note) == [("edit", "three")]
    (version,) = history.versions(ME, note)
    assert (version.version, version.title, version.created, version.size) == (3, "three", later(minutes=8), 5)


def test_an_hour_of_writing_without_a_pause_is_kept_too() -> None:
    note = notebook.create(ME, NOW, text="0").id
    for minute in range(1, 130):
        notebook.save(ME, note, str(minute), minute, now=later(minutes=minute))
    assert kept(note) == [("edit", "118"), ("edit", "59")]


def test_a_text_that_is_emptied_is_kept() -> None:
    note = notebook.create(ME, NOW, text="word " * 100).id
    notebook.save(ME, note, "", 1, now=later(seconds=1))
    assert kept(note) == [("edit", "word " * 100)]


def test_restoring_keeps_what_it_replaces() -> None:
    note = notebook.create(ME, NOW, text="one", tags=["a"]).id
    notebook.save(ME, note, "two", 1, now=later(hours=1), title="Two")
    notebook.set_tags(ME, note, ["b"], later(hours=1))
    old = history.versions(ME, note)[0].id
    saved = history.restore(ME, note, old, later(hours=1))
    assert (saved.text, saved.title, saved.version) == ("one", "one", 4)
    assert revisions.tag_names(note) == ["a"]
    newest = history.versions(ME, note)[0]
    assert (newest.reason, newest.title) == ("restore", "Two")
    back = history.restore(ME, note, newest.id, later(hours=2))
    assert (back.text, back.title) == ("two", "Two")
    assert notebook.save(ME, note, "three", back.version, now=later(hours=2)).title == "Two"
    assert index.check() == []


def test_restoring_twice_keeps_the_same_text_once() -> None:
    note = notebook.create(ME, NOW, text="one").id
    notebook.save(ME, note, "two", 1, now=later(hours=1))
    old = history.versions(ME, note)[0].id
    assert history.restore(ME, note, old, later(hours=1)).version == 3
    assert history.restore(ME, note, old, later(hours=1)).version == 3
    assert kept(note) == [("restore", "one"), ("restore", "two"), ("edit", "one")]


def test_a_version_of_another_note_is_not_found() -> None:
    note, other = (notebook.create(ME, NOW, text=text).id for text in ("one", "two"))
    notebook.save(ME, note, "changed", 1, now=later(hours=1))
    version = history.versions(ME, note)[0].id
    for strange in (version + 1, 2**70, -1):
        with pytest.raises(NotFound):
            history.get_version(ME, note, strange)
    with pytest.raises(NotFound):
        history.restore(ME, other, version, NOW)


def test_versions_are_thinned_with_age() -> None:
    moments = [NOW - timedelta(minutes=10 * number) for number in range(6 * 24 * 100)]
    worth = history.thinned(moments, NOW)
    ages = [NOW - moment for moment in worth]
    day = timedelta(days=1)
    assert sum(age < day for age in ages) == 6 * 24
    assert sum(day <= age < 7 * day for age in ages) == pytest.approx(6 * 24, abs=1)
    assert sum(7 * day <= age < 30 * day for age in ages) == pytest.approx(23, abs=1)
    assert sum(30 * day <= age for age in ages) == pytest.approx(10, abs=1)
    assert history.thinned(worth, NOW) == worth


@given(st.lists(st.integers(0, 10**7), max_size=60), st.integers(0, 10**7))
@settings(max_examples=examples(60), deadline=None)
def test_thinning_keeps_the_newest_and_makes_nothing_up(seconds: list[int], more: int) -> None:
    moments = [NOW - timedelta(seconds=number) for number in seconds]
    worth = history.thinned(moments, NOW)
    assert worth <= set(moments)
    assert not moments or max(moments) in worth
    assert history.thinned(worth, NOW + timedelta(seconds=more)) <= worth


def test_the_number_and_the_size_of_versions_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "VERSIONS_LIMIT", 5)
    note = notebook.create(ME, NOW, text="0").id
    for number in range(1, 12):
        notebook.save(ME, note, str(number), number, now=later(minutes=6 * number))
    assert [text for _, text in kept(note)] == ["10", "9", "8", "7", "6"]
    monkeypatch.setattr(history, "SIZE_LIMIT", 250)
    for number in range(12, 16):
        notebook.save(ME, note, f"{number}" + "x" * 98, number, now=later(minutes=6 * number))
    assert sum(version.size for version in NoteVersion.select()) <= 250
    assert kept(note)[0][1].startswith("14")


BLOCKS = 5
edits = st.tuples(
    st.sampled_from(["one", "other"]),
    st.sampled_from(["type", "type", "type", "sync", "restore", "mine", "pause", "again", "tag"]),
    st.integers(0, BLOCKS - 1),
)


class Editor:
    """A page that types into one paragraph at a time, and saves on the version it last heard of."""

    def __init__(self, note: int, mark: str) -> None:
        self.note, self.mark, self.count = note, mark, 0
        self.text, self.version = notebook.get(ME, note).text, 1
        self.sent: tuple[str, int] | None = None

    def heard(self, saved: revisions.Saved) -> None:
        self.text, self.version = saved.text, saved.version


def save(database: Database, editor: Editor, text: str, version: int, now: datetime) -> str | None:
    """The text that was acknowledged; None where the editor was told of a conflict."""
    editor.sent = text, version
    before = notebook.get(ME, editor.note)
    try:
        saved = database.run_here(notebook.save, ME, editor.note, text, version, now=now)
    except conflicts.Stale:
        after = notebook.get(ME, editor.note)
        assert (after.text, after.version) == (before.text, before.version)
        return None
    editor.heard(saved)
    return text


def act(database: Database, editor: Editor, action: str, place: int, now: datetime) -> str | None:
    if action in {"type", "mine"}:
        editor.count += 1
        lines = editor.text.split("\n")
        at = min(3 * place, len(lines) - 1)
        text = "\n".join([*lines[:at], f"{editor.mark}{editor.count}", *lines[at + 1 :]])
        version = editor.version if action == "type" else notebook.get(ME, editor.note).version
        return save(database, editor, text, version, now)
    if action == "again" and editor.sent is not None:
        return save(database, editor, *editor.sent, now)
    if action == "restore" and (versions := history.versions(ME, editor.note)):
        database.run_here(history.restore, ME, editor.note, versions[place % len(versions)].id, now)
    if action == "tag":
        database.run_here(notebook.set_tags, ME, editor.note, [f"{editor.mark}{place}"], now)
    if action in {"sync", "restore"}:
        current = notebook.get(ME, editor.note)
        editor.heard(revisions.saved(current))
    return None


def known_texts(note: int) -> set[str]:
    current = notebook.get(ME, note)
    recent = [revisions.text_at(current, version) for version in range(1, current.version + 1)]
    return {text for _, text in kept(note)} | {found[0] for found in recent if found is not None}


@pytest.mark.sqlite
@given(st.lists(edits, max_size=25))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60), deadline=None)
def test_two_editors_never_lose_an_acknowledged_text(database: Database, steps: list[tuple[str, str, int]]) -> None:
    start = "\n\n\n".join(f"paragraph {number}" for number in range(BLOCKS))
    note = database.run_here(notebook.create, ME, NOW, text=start).id
    editors = {name: Editor(note, name) for name in ("one", "other")}
    now, acknowledged = NOW, [start]
    for name, action, place in steps:
        now += timedelta(minutes=7) if action == "pause" else timedelta(seconds=1)
        text = act(database, editors[name], action, place, now)
        acknowledged += [] if text is None else [text]
        assert_nothing_lost(note, acknowledged)
    assert index.check() == []


def assert_nothing_lost(note: int, acknowledged: list[str]) -> None:
    texts = known_texts(note)
    assert [text for text in acknowledged if text not in texts] == []


@given(st.lists(st.text(alphabet="ab\näß😀", max_size=12), min_size=2, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(40), deadline=None)
def test_every_recent_version_can_be_led_back_to(database: Database, texts: list[str]) -> None:
    note = database.run_here(notebook.create, ME, NOW, text=texts[0]).id
    written = [texts[0]]
    for text in texts[1:]:
        saved = database.run_here(notebook.save, ME, note, text, len(written), now=NOW)
        written += [text] if saved.version > len(written) else []
    current = notebook.get(ME, note)
    assert [revisions.text_at(current, number + 1) for number in range(len(written))] == [(t, "") for t in written]


def test_an_acknowledged_text_outlives_the_steps(database: Database) -> None:
    note = notebook.create(ME, NOW, text="one\n\ntwo\n\nthree").id
    notebook.save(ME, note, "ONE\n\ntwo\n\nthree", 1, now=NOW)
    notebook.save(ME, note, "one\n\ntwo\n\nTHREE", 1, now=NOW)
    trash.purge(later(days=20))
    assert {text for _, text in kept(note)} == {"ONE\n\ntwo\n\nthree", "one\n\ntwo\n\nTHREE"}
    assert index.check() == []
