"""What stands in an archive, what an import of it leaves alone, and what is refused."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from assistant.archive import arriving, bringing
from assistant.chat import branches, conversations, messages
from assistant.chat.models import Conversation, Message
from assistant.errors import Full, Invalid
from assistant.notes import attachments, notebook, trash
from assistant.notes.models import ADDRESS, Note
from assistant.notes.search import index
from assistant.reminders import reminders
from assistant.reminders.models import Reminder
from assistant.storage.arrivals import Arrival
from assistant.storage.database import Database, StorageFailed
from assistant.storage.house.works import Stopped
from assistant.users import preferences
from assistant.users.household import choices
from assistant.users.profile import picture as portrait
from assistant.web.moving import rooms
from tests.archive import documented
from tests.archive.accounts import NOW, Desk, differences, face, picture

LATER = NOW + timedelta(days=1)


@pytest.fixture
def anna(database: Database) -> Desk:
    """Anna has a bit of everything."""
    desk = Desk(database, "anna")
    database.run_here(fill, desk.user)
    return desk


@pytest.fixture
def bert(database: Database) -> Desk:
    return Desk(database, "bert")


def fill(user: int) -> None:
    """A chat with two versions of an answer, a note with a picture and a history, a reminder that leads to it."""
    preferences.save(user, theme="dark")
    pair = messages.ask(user, None, "How long does tea steep?", key="a", now=NOW, model="small")
    messages.finish(pair.answer.id, NOW, text="Three minutes.", thinking="Hm.", state="done")
    again = messages.regenerate(user, pair.answer.id, model="large", now=NOW)
    messages.finish(again.id, NOW, text="Four minutes.", state="done")
    note = notebook.create(user, NOW, text="# Tea\n", tags=["kitchen"], pinned=True)
    shown = attachments.add(user, note.id, picture(1), kind="image/png", name="tea.png", now=NOW)
    paper = attachments.add(user, note.id, b"%PDF", kind=attachments.FILE, name="paper.pdf", now=NOW)
    text = f"# Tea\n\n![]({ADDRESS}{shown.id}) [paper]({ADDRESS}{paper.id}) [[Cups]]"
    notebook.save(user, note.id, text, 1, now=LATER)
    gone = notebook.create(user, NOW, text="gone")
    trash.trash(user, gone.id, NOW)
    reminders.add(
        user, text="buy tea", local=datetime(2026, 4, 1, 9), zone="Europe/Berlin", now=NOW, rule="FREQ=WEEKLY",  # noqa: DTZ001
        tags=["shop"], link_kind="note", link_id=note.id,
    )  # fmt: skip


def new(report: Any) -> dict[str, int]:
    """What came."""
    return {what: count for what, count in report.counts.items() if count and "here" not in what}


def test_an_archive_holds_what_its_description_says(anna: Desk, tmp_path: Path) -> None:
    made = anna.export(tmp_path / "anna.zip")
    assert (tmp_path / "anna.zip").stat().st_mode & 0o777 == 0o600
    schema = documented.schema()
    assert json.loads(documented.FILE.read_text()) == schema, "run python -m tests.archive.documented"
    with zipfile.ZipFile(tmp_path / "anna.zip") as file:
        names = file.namelist()
        for name in names:
            known = next((kind for kind in documented.FILES if Path(name).match(kind)), None)
            if known:
                one = {"$schema": schema["$schema"], "$defs": schema["$defs"], **schema["properties"][known]}
                Draft202012Validator(one).validate(json.loads(file.read(name)))
        assert set(names) == {*made.files, "manifest.json"}
        for name, about in made.files.items():
            assert hashlib.sha256(file.read(name)).hexdigest() == about.sha256
        chat, note = file.read("chats/How long does tea steep.md").decode(), file.read("notes/Tea.md").decode()
        everything = b"".join(map(file.read, names))
    assert "Four minutes." in chat
    shown = re.search(r"!\[\]\((attachments/[^)]+)\)", note)
    assert shown
    assert f"notes/{shown[1]}" in names
    assert b"hash" not in everything  # nothing that lets anybody in: this is the password of a test
    assert made.counts["messages"] == 3
    words = (documented.FILE.parent / "archive.md").read_text()
    assert all(Path(name).parts[0] in words for name in names)


def test_what_is_here_is_not_doubled_and_what_grew_grows(anna: Desk, bert: Desk, tmp_path: Path) -> None:
    run = anna.database.run_here
    anna.export(first := tmp_path / "first.zip")
    preview = bert.plan(first)
    assert nothing(bert)
    assert new(bert.bring(first)) == new(preview)
    held = bert.holds()
    assert new(bert.bring(first)) == {}
    assert differences(bert.holds(), held) == []
    home = Conversation.get(Conversation.user == anna.user)
    more = run(messages.ask, anna.user, home.id, "And green tea?", key="b", now=LATER, model="small")
    run(messages.finish, more.answer.id, LATER, text="Two minutes.", state="done")
    anna.export(second := tmp_path / "second.zip")
    report = bert.bring(second)
    assert new(report) == {"conversations that grow": 1, "new messages": 2}
    assert ("How long does tea steep?", "2 new messages.") in report.remarks
    mine = Conversation.get(Conversation.user == bert.user)
    assert [one.message.text for one in run(branches.thread, bert.user, mine.id)][-1] == "Two minutes."
    assert new(bert.bring(first)) == {}


def test_what_was_changed_in_both_is_kept_twice_and_told(anna: Desk, bert: Desk, tmp_path: Path) -> None:
    run = anna.database.run_here
    anna.export(first := tmp_path / "first.zip")
    bert.bring(first)
    later = LATER + timedelta(hours=1)
    theirs = Note.get((Note.user == bert.user) & Note.trashed.is_null())
    run(notebook.save, bert.user, theirs.id, "# Tea\n\nmine", theirs.version, now=later)
    said = bert.bring(first)
    assert (new(said), said.remarks) == ({}, [("Tea", "It was changed here since: it stays as it is here.")])
    ours = Note.get((Note.user == anna.user) & Note.trashed.is_null())
    run(notebook.save, anna.user, ours.id, "# Tea\n\nyours", ours.version, now=later + timedelta(hours=1))
    (row,) = Reminder.select().where(Reminder.user == anna.user)
    run(reminders.edit, anna.user, row.id, later, text="buy much tea")
    answer = Message.get((Message.user == anna.user) & (Message.text == "Four minutes."))
    run(messages.checkpoint, answer.id, text="x")
    Message.update(text="Five minutes.").where(Message.id == answer.id).execute()
    anna.export(second := tmp_path / "second.zip")
    report = bert.bring(second)
    assert new(report) == {
        "conversations that grow": 1,
        "new messages": 1,
        "new notes": 1,
        "attachments of notes": 2,
        "new reminders": 1,
    }
    assert len([words for _, words in report.remarks if "changed both here and in the file" in words]) == 2
    assert any("both kept as versions" in words for _, words in report.remarks)
    texts = {note.text for note in Note.select().where((Note.user == bert.user) & Note.trashed.is_null())}
    assert texts == {"# Tea\n\nmine", "# Tea\n\nyours"}
    again = bert.bring(second)
    assert new(again) == {}
    assert run(index.check) == []


def test_one_s_own_archive_comes_back_after_everything_is_gone(anna: Desk, tmp_path: Path) -> None:
    run = anna.database.run_here
    anna.export(tmp_path / "a.zip")
    before = anna.holds()
    home = Conversation.get(Conversation.user == anna.user)
    run(conversations.delete, anna.user, home.id, NOW - timedelta(days=3))
    run(trash.trash_all, anna.user, [note.id for note in Note.select().where(Note.user == anna.user)], NOW)
    run(trash.empty_trash, anna.user)
    Reminder.delete().where(Reminder.user == anna.user).execute()
    run(conversations.purge, NOW)
    run(preferences.save, anna.user, theme="light")
    assert [len(anna.holds()[kind]) for kind in ("chats", "notes", "reminders")] == [0, 0, 0]
    anna.bring(tmp_path / "a.zip")
    after = anna.holds()
    assert after["account"].pop("theme") == "light"  # what was chosen here stays
    before["account"].pop("theme")
    assert differences(after, before) == []


def repacked(source: Path, change: Callable[[dict[str, bytes]], None], *, honest: bool = False) -> Path:
    """The archive with other files in it; an ``honest`` one has a manifest that fits them."""
    with zipfile.ZipFile(source) as old:
        files = {name: old.read(name) for name in old.namelist()}
    change(files)
    if honest:
        said = json.loads(files["manifest.json"])
        said["files"] = {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items() if name != "manifest.json"
        }  # fmt: skip
        files["manifest.json"] = json.dumps(said).encode()
    target = source.with_name("changed.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return target


def edited(name: str, change: Callable[[Any], None]) -> Callable[[dict[str, bytes]], None]:
    def act(files: dict[str, bytes]) -> None:
        found = next(key for key in files if re.fullmatch(name, key))
        said = json.loads(files[found])
        change(said)
        files[found] = json.dumps(said).encode()

    return act


SHOWN = {"kind": "image/png", "width": 1, "height": 1, "created": "2026-01-01T00:00:00Z"}
NESTED = b'{"reminders": ' + b"[" * 500_000
NO_PICTURE = SHOWN | {"file": "README.txt"}
CHAT = r"chats/[^/]*\.json"
BAD: dict[str, tuple[Callable[[dict[str, bytes]], None], bool, str]] = {
    "a wrong sum": (lambda files: files.update({"notes/Tea.md": b"other"}), False, "damaged or was changed"),
    "a file that is missing": (lambda files: files.update({"x": files.pop("account.json")}), False, "was changed"),
    "a file too many": (lambda files: files.update({"../../etc/passwd": b""}), False, "damaged or was changed"),
    "a newer format": (edited("manifest.json", lambda said: said.update(version=2)), False, "newer version"),
    "a newer format with more": (edited("manifest.json", lambda said: said.update(version=9, mood="")), False, "newer"),
    "another manifest": (lambda files: files.update({"manifest.json": b"[1]"}), False, "no archive"),
    "a field of the future": (edited(CHAT, lambda said: said.update(mood="good")), True, "is not as this version"),
    "a child before its parent": (edited(CHAT, lambda said: said["messages"].reverse()), True, "follow nothing"),
    "a picture that is none": (
        edited(CHAT, lambda said: said["messages"][0].update(pictures=[NO_PICTURE])), True, "no picture",
    ),
    "a picture from nowhere": (
        edited(CHAT, lambda said: said["messages"][0].update(pictures=[SHOWN | {"file": "../x"}])), True, "not in it",
    ),
    "an id beyond all": (edited(CHAT, lambda said: said["messages"][0].update(id=2**70)), True, "damaged or cut"),
    "JSON that is cut off": (lambda files: files.update({"reminders.json": b'{"reminders": [{"uid"'}), True, "cut off"),
    "no JSON at all": (lambda files: files.update({"reminders.json": b"\xff\xfe"}), True, "damaged"),
    "nested without end": (lambda files: files.update({"reminders.json": NESTED}), True, "nested"),
    "a note without its Markdown": (
        edited(r"notes/history/Tea\.json", lambda said: said.update(markdown="notes/none.md")), True, "not in it",
    ),
    "a note of other letters": (lambda files: files.update({"notes/Tea.md": b"\xff" * 300}), True, "is not as this"),
    "too long a note": (lambda files: files.update({"notes/Tea.md": b"x" * 1_200_000}), True, "bytes long"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_sound_archive_is_refused_in_a_sentence_and_nothing_is_written(
    what: str, anna: Desk, bert: Desk, tmp_path: Path
) -> None:
    change, honest, words = BAD[what]
    anna.export(tmp_path / "a.zip")
    bad = repacked(tmp_path / "a.zip", change, honest=honest)
    with pytest.raises(Invalid, match=words):
        bring(bert, bad)
    assert nothing(bert)


def bring(desk: Desk, source: Path) -> None:
    """As the command does."""
    with bringing.opened(rooms(), desk.user, source, UTC) as coming:
        arriving.run(desk.database.run_here, rooms(), desk.user, coming.incoming, source.parent, now=NOW)


def test_what_is_more_than_one_may_keep_comes_not_at_all(anna: Desk, bert: Desk, tmp_path: Path) -> None:
    anna.export(tmp_path / "a.zip")
    bert.database.run_here(choices.set_quota, bert.user, 100)
    with pytest.raises(Full, match=r"fit into your 100 bytes: there are .* of notes"):
        bring(bert, tmp_path / "a.zip")
    assert nothing(bert)
    bert.database.run_here(choices.set_quota, bert.user, 100_000_000)
    bring(bert, tmp_path / "a.zip")
    assert differences(bert.holds(), anna.holds()) == []


def test_the_picture_of_a_person_comes_where_there_is_none(anna: Desk, bert: Desk, tmp_path: Path) -> None:
    anna.database.run_here(portrait.put_back, anna.user, face())
    anna.export(tmp_path / "a.zip")
    assert bert.bring(tmp_path / "a.zip").counts["pictures of you"] == 1
    assert bytes(bert.database.run_here(portrait.get, bert.user).data) == face()
    assert bert.bring(tmp_path / "a.zip").counts["pictures of you"] == 0
    bad = repacked(tmp_path / "a.zip", lambda files: files.update({"account.jpg": b"<svg>"}), honest=True)
    anna.database.run_here(portrait.remove, anna.user)
    with pytest.raises(Invalid, match="is not as this version"):
        bring(anna, bad)


def nothing(desk: Desk) -> bool:
    held = desk.holds()
    assert [held[kind] for kind in ("chats", "notes", "reminders")] == [[], [], []]
    assert list(Arrival.select()) == []
    assert desk.database.run_here(index.check) == []
    return True


def test_zips_that_are_made_to_do_harm_are_not_opened(anna: Desk, bert: Desk, tmp_path: Path) -> None:
    anna.export(tmp_path / "a.zip")
    whole = (tmp_path / "a.zip").read_bytes()
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as file:
        for number in range(20_000):
            file.writestr(f"{number}", b"")
        file.writestr("manifest.json", b"{}")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("manifest.json", b" " * 200_000_000)
    for content in (
        whole[:-200],
        whole[: len(whole) // 2],
        b"PK\x03\x04" + b"x" * 500,
        many.getvalue(),
        bomb.getvalue(),
    ):
        (tmp_path / "bad.zip").write_bytes(content)
        with pytest.raises(Invalid) as refused:
            bring(bert, tmp_path / "bad.zip")
        assert (refused.value.field, len(refused.value.sentence) < 200) == ("file", True)
    assert nothing(bert)


def test_cancelled_or_refused_in_the_middle_nothing_of_it_is_left(anna: Desk, bert: Desk, tmp_path: Path) -> None:
    anna.export(tmp_path / "a.zip")
    with pytest.raises(Stopped):
        bert.bring(tmp_path / "a.zip", cancelled=lambda: True)
    assert nothing(bert)
    with pytest.raises(Stopped):
        anna.export(tmp_path / "b.zip", cancelled=lambda: True)
    assert sorted(path.name for path in tmp_path.glob("b.zip*")) == []


def test_what_a_lost_connection_undid_is_never_taken_for_whole(
    anna: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A unit of work that was undone is run again, as on a server: all comes, or nothing, whichever one it is."""
    anna.export(path := tmp_path / "anna.zip")
    monkeypatch.setattr(arriving, "UNIT", 0)
    came, lost, held = 0, 0, anna.holds()
    units, number = 2, 0
    while number < units:
        number, units = number + 1, 0

        def act(function: Callable[..., Any], *args: Any, number: int = number) -> Any:
            nonlocal units
            units += 1
            if units == number:
                with pytest.raises(ZeroDivisionError):
                    anna.database.run_here(undone, function, *args)
            return anna.database.run_here(function, *args)

        one = Desk(anna.database, f"one{number}")
        try:
            one.bring(path, act=act)
        except StorageFailed as error:
            lost += "nothing was imported" in error.sentence and nothing(one)
        else:
            came += differences(one.holds(), held) == [] and not Arrival.select().exists()
    assert came + lost == number
    assert came > 5
    assert lost > 5


def undone(function: Callable[..., Any], *args: Any) -> None:
    """A unit of work that fails at its very end."""
    function(*args)
    raise ZeroDivisionError


def test_what_is_on_its_way_is_seen_nowhere(anna: Desk, bert: Desk, tmp_path: Path) -> None:
    """Looked at between all units of work."""
    anna.export(tmp_path / "a.zip")
    seen: list[int] = []

    def look(_done: int, _all: int) -> None:
        held = bert.holds()
        marked = [note for note in held["notes"] if note["trashed"] is None or note["trashed"].year < 9000]
        listed = conversations.listing(bert.user) + list(marked)
        seen.append(len(listed) + len(index.find(bert.user, "tea", zone=UTC)))

    bert.bring(tmp_path / "a.zip", progress=look)
    assert seen
    assert set(seen) == {0}
    assert len(index.find(bert.user, "tea", zone=UTC)) == 1


def test_another_s_archive_is_one_s_own_and_touches_nobody(anna: Desk, bert: Desk, tmp_path: Path) -> None:
    before = anna.holds()
    anna.export(tmp_path / "a.zip")
    bert.bring(tmp_path / "a.zip")
    assert differences(anna.holds(), before) == []
    assert Message.select().where(Message.user == bert.user).count() == 3


def test_what_is_exported_while_an_answer_is_written_says_so(anna: Desk, tmp_path: Path) -> None:
    anna.database.run_here(messages.ask, anna.user, None, "Go on", key="c", now=NOW, model="m")
    anna.export(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        assert b'"state":"interrupted"' in file.read("chats/Go on.json")
