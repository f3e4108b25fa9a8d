"""What the archive is handed of all rooms: everything of a person out, in, and gone."""

import base64
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from assistant.archive.reader import Opened
from assistant.archive.rooms import Incoming, Report, Rooms, Written
from assistant.chat.transfer import arriving as chats
from assistant.chat.transfer import leaving as leaving_chats
from assistant.chat.transfer import memory, projects, prompts, questions
from assistant.chat.transfer import removing as removing_chats
from assistant.chat.transfer.foreign import sources
from assistant.chat.transfer.foreign.sources import ForeignChats
from assistant.chat.transfer.memory import FactShape
from assistant.chat.transfer.prompts import PromptShape
from assistant.chat.transfer.questions import QuestionShape
from assistant.notes.portable import arriving as notes
from assistant.notes.portable import leaving as leaving_notes
from assistant.notes.portable import removing as removing_notes
from assistant.reminders.transfer import arriving as reminders
from assistant.reminders.transfer import leaving as leaving_reminders
from assistant.reminders.transfer import removing as removing_reminders
from assistant.storage.packing import Put, Shape
from assistant.users import portable, preferences
from assistant.users.portable import AccountFile
from assistant.users.profile import picture
from assistant.web.belongings import quotas


def rooms() -> Rooms:
    """The functions of all rooms."""
    remove = (removing_chats.remove, removing_notes.remove, removing_reminders.remove)
    return Rooms(
        counts=_counts, write=_write, archive=_ArchiveIncoming, foreign=_foreign, land=_land, undo=_undo,
        remove=remove, check_room=quotas.check_kept, disconnect=removing_reminders.disconnect,
    )  # fmt: skip


def _counts(user: int) -> dict[str, int]:
    return (
        projects.counts(user) | leaving_chats.counts(user) | leaving_notes.counts(user) | leaving_reminders.counts(user)
    )


def _write(user: int, put: Put, written: Written, zone: tzinfo, now: datetime) -> None:
    portable.write(
        user, put, prompts=_dumped(prompts.of(user)), memory=_dumped(memory.of(user)),
        questions=_dumped(questions.of(user)),
    )  # fmt: skip
    projects.write(user, put)
    leaving_chats.write(user, put, zone, written)
    leaving_notes.write(user, put, written)
    leaving_reminders.write(user, put, now, written)


def _dumped(shapes: Iterable[Shape]) -> list[dict[str, Any]]:
    return [one.model_dump(mode="json") for one in shapes]


class _ArchiveIncoming:
    """All that an archive holds."""

    def __init__(self, user: int, archive: Opened) -> None:
        self._user, self._archive = user, archive
        self._projects = projects.Incoming(user, archive.get)
        self._chats = chats.Incoming(user, archive.get, projects=self._projects.ids)
        self._notes = notes.Incoming(user, archive.get)
        self._reminders = reminders.Incoming(user, archive.get, self._link)
        self._preferences: dict[str, Any] = {}
        self._prompts: list[PromptShape] = []
        self._facts: list[FactShape] = []
        self._questions: list[QuestionShape] = []
        self._said: list[tuple[str, str]] = []
        self._picture: bytes | None = None

    def plan(self) -> Iterator[None]:
        self._judge(portable.read(self._archive.get))
        yield from self._projects.plan(self._projects_files)
        for draft in chats.drafts(self._archive.get, self._conversations):
            yield from self._chats.plan(draft)
        yield from self._notes.plan(self._notes_files)
        yield from self._reminders.plan(leaving_reminders.FILE)

    def store(self, mark: datetime) -> Iterator[None]:
        self._judge(portable.read(self._archive.get))
        yield from self._projects.store(self._projects_files, mark)
        # Only these are remembered: there may be a hundred thousand others.
        self._chats.wanted = reminders.linked(self._archive.get, leaving_reminders.FILE, "message")
        for draft in chats.drafts(self._archive.get, self._conversations):
            yield from self._chats.store(draft, mark)
        yield from self._notes.store(self._notes_files, mark)
        yield from self._reminders.store(leaving_reminders.FILE, mark)

    def report(self) -> Report:
        kinds = (self._chats, self._notes, self._reminders)
        counts = {what: count for kind in (*kinds, self._projects) for what, count in kind.counts.items()}
        counts["documents"] += self._projects.documents
        own = {"settings": len(self._preferences), "pictures of you": int(self._picture is not None)}
        counts |= {"new prompts": len(self._prompts), "new facts about you": len(self._facts), **own}
        counts["new scheduled questions"] = len(self._questions)
        return Report(counts, [*self._said, *(remark for kind in kinds for remark in kind.remarks)], ["Assistant"])

    def far(self) -> None:
        return None

    def then(self) -> dict[str, Any]:
        face = base64.b64encode(self._picture).decode() if self._picture else ""
        own = {
            "preferences": self._preferences, "prompts": _dumped(self._prompts), "memory": _dumped(self._facts),
            "questions": _dumped(self._questions), "picture": face,
        }  # fmt: skip
        return self._chats.then | self._notes.then | own

    def _judge(self, account: AccountFile) -> None:
        self._preferences = portable.fresh(self._user, account)
        self._picture = portable.fresh_picture(self._user, account, self._archive.get)
        self._prompts, said = prompts.fresh(self._user, prompts.read(account.prompts))
        self._facts, more = memory.fresh(self._user, memory.read(account.memory))
        self._questions, rest = questions.fresh(self._user, questions.read(account.questions))
        self._said = [*said, *more, *rest]

    @property
    def _conversations(self) -> list[str]:
        return self._archive.paths(leaving_chats.FOLDER, ".json")

    @property
    def _projects_files(self) -> list[str]:
        return self._archive.paths(projects.FILE, "")  # older archives have none

    @property
    def _notes_files(self) -> list[str]:
        return self._archive.paths(leaving_notes.HISTORY, ".json")

    def _link(self, kind: str, id: int) -> int | None:  # noqa: A002 - the row's own word
        return (self._notes.notes if kind == "note" else self._chats.messages).get(id)


class _ForeignIncoming:
    """What another program exported."""

    def __init__(self, chats: ForeignChats) -> None:
        self._chats = chats

    def plan(self) -> Iterator[None]:
        return self._chats.plan()

    def store(self, mark: datetime) -> Iterator[None]:
        return self._chats.store(mark)

    def report(self) -> Report:
        return Report(self._chats.counts, self._chats.remarks, sorted(self._chats.programs))

    def far(self) -> tuple[int, int]:
        return self._chats.far

    def then(self) -> dict[str, Any]:
        return self._chats.then


@contextmanager
def _foreign(user: int, source: Path, zone: tzinfo) -> Iterator[Incoming]:
    with sources.opened(user, source, zone) as found:
        yield _ForeignIncoming(found)


def _land(user: int, mark: datetime, then: dict[str, Any]) -> Iterator[None]:
    turns = {int(home): int(leaf) for home, leaf in then.get("turns", {}).items()}
    trashed = {int(note): str(when) for note, when in then.get("trashed", {}).items()}
    yield from chats.land(user, mark, turns)
    yield from notes.land(user, mark, trashed)
    yield from reminders.land(user, mark)
    prompts.land(user, then.get("prompts", ()))
    memory.land(user, then.get("memory", ()))
    questions.land(user, then.get("questions", ()))
    if then.get("picture") and not picture.number(user):
        picture.put_back(user, base64.b64decode(then["picture"]))
    if then.get("preferences"):
        preferences.save(user, **then["preferences"])
    yield


def _undo(mark: datetime) -> bool:
    return chats.undo(mark) or notes.undo(mark) or reminders.undo(mark)
