"""The passages of a user's notes that fit a question, by any of its words."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from assistant.notes.models import Note, NotePassage
from assistant.notes.passages import keeping
from assistant.retrieval import ranking
from assistant.retrieval.passages import whole
from assistant.retrieval.questions import sought

POSTINGS = 3000  # passages of one word; of a more common one, the latest
CHOSEN = 50  # by their words, to be put in order with those that mean it
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


def find(
    user: int, question: str, limit: int, *, notes: Collection[int] | None = None, near: Sequence[int] = ()
) -> list[Found]:  # fmt: skip
    """Passages of the user's notes that have words of the question, best first; none from the trash.

    With ``notes`` only of these. ``near`` are passages that mean what is asked, the nearest first: both orders become
    one, in which the words count little where few of them were found.
    """
    by_words = _by_words(user, question, CHOSEN if near else limit, notes)
    if not near:
        return by_words
    order = ranking.both([(one.passage, one.share) for one in by_words], near)
    known = {one.passage: one for one in by_words}
    rows = _rows(user).where(NotePassage.id.in_([one for one in order[: 2 * CHOSEN] if one not in known]))
    if notes is not None:
        rows = rows.where(NotePassage.note.in_(list(notes)))
    known |= {row[0]: _found(row, 0.0) for row in rows.tuples()}
    return [known[one] for one in order if one in known][:limit]


def _by_words(user: int, question: str, limit: int, notes: Collection[int] | None) -> list[Found]:
    wanted = sought(question)
    if not wanted:
        return []
    if notes is not None and are_few(user, notes):
        rows = list(_rows(user).where(NotePassage.note.in_(list(notes))).limit(AMONG).tuples())
        return _best(rows, ranking.ranked(wanted, _texts(rows)), limit)
    mine = None if notes is None else set(passages_of(user, notes, None))
    standing = {one: keeping.words().standing(user, one.stem, prefix=one.prefix, limit=POSTINGS) for one in wanted}
    known = {one: len(passages) for one, passages in standing.items()}
    total = NotePassage.select().where(NotePassage.user == user).count()
    scores = Counter[int]()
    for one, passages in standing.items():
        weight = ranking.rarity(known[one], total)
        for passage in passages if mine is None else mine.intersection(passages):
            scores[passage] += weight  # type: ignore[assignment]
    chosen = sorted(scores, key=lambda passage: (-scores[passage], -passage))[:READ]
    rows = list(_rows(user).where(NotePassage.id.in_(chosen)).tuples())
    return _best(rows, ranking.ranked(wanted, _texts(rows), known, total), limit)


def passages(user: int, wanted: Sequence[int]) -> list[Found]:
    """These passages of the user's notes, in this order; none from the trash."""
    rows = _rows(user).where(NotePassage.id.in_(list(wanted))).tuples()
    known = {row[0]: _found(row, 0.0) for row in rows}
    return [known[one] for one in wanted if one in known]


def are_few(user: int, notes: Collection[int]) -> bool:
    """Whether all passages of these notes of the user can be looked through, one by one."""
    return len(passages_of(user, notes, AMONG + 1)) <= AMONG


def passages_of(user: int, notes: Collection[int], most: int | None = AMONG) -> list[int]:
    """The passages of these notes of the user, the latest, as many as are looked through, or all."""
    mine = (NotePassage.user == user) & NotePassage.note.in_(list(notes))
    return [
        row.id for row in NotePassage.select(NotePassage.id).where(mine).order_by(NotePassage.id.desc()).limit(most)
    ]


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
