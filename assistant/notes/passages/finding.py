"""The passages of a user's notes that fit a question, by any of its words."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from peewee import fn

from assistant.notes.models import Note, NotePassage
from assistant.notes.passages import keeping
from assistant.retrieval import ranking
from assistant.retrieval.passages import whole
from assistant.retrieval.questions import sought

POSTINGS = 3000  # passages of one word; of a more common one, the latest
READ = 100  # passages that are read to be ranked
AMONG = 600  # passages of notes that were named
SAYS_LITTLE = 0.12  # of what was looked for; a passage that has less of it is no answer
BEHIND = 0.2  # of the best's score


@dataclass(frozen=True, slots=True)
class Found:
    """A passage of a note; ``share`` of what was looked for stands in it (0 to 1)."""

    passage: int
    note: int
    title: str
    place: str
    text: str
    start: int
    share: float


def find(user: int, question: str, limit: int, *, notes: Collection[int] | None = None) -> list[Found]:
    """Passages of the user's notes that have words of the question, best first; none from the trash.

    With ``notes`` only of these.
    """
    wanted = sought(question)
    if not wanted:
        return []
    if notes is not None:
        rows = list(_rows(user).where(NotePassage.note.in_(list(notes))).limit(AMONG).tuples())
        return _best(rows, ranking.ranked(wanted, _texts(rows)), limit)
    standing = {one: keeping.words().standing(user, one.stem, prefix=one.prefix, limit=POSTINGS) for one in wanted}
    known = {one: len(passages) for one, passages in standing.items()}
    total = NotePassage.select().where(NotePassage.user == user).count()
    scores = Counter[int]()
    for one, passages in standing.items():
        weight = ranking.rarity(known[one], total)
        for passage in passages:
            scores[passage] += weight  # type: ignore[assignment]
    chosen = sorted(scores, key=lambda passage: (-scores[passage], -passage))[:READ]
    rows = list(_rows(user).where(NotePassage.id.in_(chosen)).tuples())
    return _best(rows, ranking.ranked(wanted, _texts(rows), known, total), limit)


def count(user: int, notes: Collection[int] | None, most: int) -> tuple[int, int]:
    """How many notes there are (of these, or all), and their characters, which are 0 for more than ``most``."""
    mine = (Note.user == user) & Note.trashed.is_null()
    if notes is not None:
        mine &= Note.id.in_(list(notes))
    number = Note.select().where(mine).count()
    if number > most:
        return number, 0
    return number, int(Note.select(fn.SUM(fn.LENGTH(Note.text))).where(mine).scalar() or 0)


def all_of(user: int, notes: Collection[int] | None) -> list[tuple[int, str, str]]:
    """Id, title and text of the notes (of these, or all), the latest change first."""
    mine = (Note.user == user) & Note.trashed.is_null()
    if notes is not None:
        mine &= Note.id.in_(list(notes))
    rows: Any = Note.select(Note.id, Note.title, Note.text).where(mine).order_by(Note.search_row.desc())
    return list(rows.tuples())


def _rows(user: int) -> Any:
    columns = (
        NotePassage.id, Note.id, Note.title, NotePassage.place, NotePassage.text, NotePassage.start,
    )  # fmt: skip
    mine = (NotePassage.user == user) & Note.trashed.is_null()
    return NotePassage.select(*columns).join(Note).where(mine).order_by(NotePassage.id.desc())


def _texts(rows: Iterable[Any]) -> list[str]:
    return [whole(title, place, text) for _, _, title, place, text, _ in rows]


def _best(rows: list[Any], ranks: list[ranking.Ranked], limit: int) -> list[Found]:
    least = ranks[0].score * BEHIND if ranks else 0.0
    kept = [one for one in ranks[:limit] if one.score >= least and one.share >= SAYS_LITTLE]
    return [_found(rows[one.at], one.share) for one in kept]


def _found(row: Any, share: float) -> Found:
    passage, note, title, place, text, start = row
    return Found(passage, note, title, place, text, start, share)
