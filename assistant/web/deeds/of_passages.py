"""What there is to know of notes, for questions; what others wrote says where it is from."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from assistant.chat.knowing.sources import Given
from assistant.chat.knowing.stock import Scope, Stock
from assistant.notes import tags
from assistant.notes.links.written import title_key
from assistant.notes.models import Note, NoteTag
from assistant.notes.passages import finding, keeping
from assistant.notes.validation import tag_key
from assistant.retrieval import passages
from assistant.retrieval.meaning.looking import Asked
from assistant.web.deeds import of_notes
from assistant.web.deeds.knowledge import Knowledge

FEW = 40  # notes; more are no small stock
AT_ONCE = 20  # notes that were just written
SURE = 0.4  # of what was looked for stands in a passage: it was found, however far its meaning is
QUOTE = 80  # characters of a passage by which it is found again in its note


def stock(knowledge: Knowledge | None = None) -> Stock:
    """The notes, as knowing asks for them; by what they mean as well where something can say so."""

    async def mean(question: str) -> Asked | None:
        return await knowledge.embedder.asked(question) if knowledge else None

    def find(user: int, question: str, scope: Scope, limit: int, meant: Asked | None) -> list[Given]:
        if knowledge is None or meant is None:
            return _given_all(user, finding.find(user, question, limit, notes=scope))
        looking = knowledge.notes.looking
        every = scope is None
        few = not every and finding.are_few(user, scope or ())
        near = looking.among(meant, finding.passages_of(user, scope or ())) if few else looking.nearest(user, meant)
        found = finding.find(user, question, limit, notes=scope, near=[one.item for one in near])
        if every and near and near[0].like < looking.noise(user, meant):
            # Nothing is nearer than chance alone comes: only words could still have found it.
            found = found if any(one.share >= SURE for one in found) else []
        return _given_all(user, found)

    def within(messages: Sequence[int], meant: Asked | None) -> list[tuple[int, int]]:
        near = knowledge.messages.looking.among(meant, messages) if knowledge and meant else []
        return [(one.item, one.number) for one in near]

    def fresh(user: int) -> bool:
        return keeping.catch_up(AT_ONCE, user)

    return Stock(
        mean=mean, fresh=fresh, find=find, size=_size, whole=_whole, titled=_titled, tagged=_tagged, tags=_tags,
        within=within,
    )  # fmt: skip


def address(note: int, text: str) -> str:
    """Where the note opens at the passage."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return f"/notes/{note}?{urlencode({'passage': line[:QUOTE]})}" if line else f"/notes/{note}"


def _given_all(user: int, found: Sequence[finding.Found]) -> list[Given]:
    foreign = _foreign(user, (one.note for one in found))
    return [_given(one.note, one.title, one.place, one.text, foreign) for one in found]


def _size(user: int, scope: Scope) -> tuple[int, int]:
    return finding.count(user, scope, FEW)


def _whole(user: int, scope: Scope) -> list[Given]:
    notes = finding.all_of(user, scope)
    foreign = _foreign(user, (note for note, _, _ in notes))
    return [
        _given(note, title, one.place, one.text, foreign)
        for note, title, text in notes for one in passages.split(title, text)
    ]  # fmt: skip


def _given(note: int, title: str, place: str, text: str, foreign: dict[int, str]) -> Given:
    return Given("note", note, title or "Untitled", _below(title, place), text, address(note, text), foreign[note])


def _below(title: str, place: str) -> str:
    """The place without the heading that is the title already."""
    first, _, rest = place.partition(passages.BETWEEN)
    return rest if first == title else place


def _foreign(user: int, notes: Iterable[int]) -> dict[int, str]:
    rows = Note.select(Note.id, Note.title, Note.path, Note.key).where(Note.id.in_(list(set(notes))))
    return of_notes.foreign(user, rows)


def _titled(user: int, begun: str, limit: int) -> list[tuple[int, str]]:
    key = title_key(begun)
    begins = (Note.title_key >= key) & (Note.title_key < f"{key}\U0010ffff") & (Note.title_key != "")
    rows: Any = Note.select(Note.id, Note.title).where((Note.user == user) & Note.trashed.is_null() & begins)
    return list(rows.order_by(Note.title_key, Note.id).limit(limit).tuples())


def _tagged(user: int, tag: str) -> list[int]:
    rows: Any = NoteTag.select(NoteTag.note).join(Note).where(tags.below(user, tag) & Note.trashed.is_null())
    return [note for (note,) in rows.distinct().tuples()]


def _tags(user: int, begun: str, limit: int) -> list[str]:
    key = tag_key(begun)
    begins = (NoteTag.user == user) & (NoteTag.key >= key) & (NoteTag.key < f"{key}\U0010ffff")
    rows: Any = NoteTag.select(NoteTag.key, NoteTag.name).where(begins).order_by(NoteTag.key)
    return list(dict(rows.tuples()).values())[:limit]
