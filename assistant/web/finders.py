"""What the search is handed of each room, so that it finds in all of them."""

import re
from collections.abc import Callable
from datetime import datetime
from statistics import median

from markupsafe import Markup, escape

from assistant.chat import conversations, projects
from assistant.chat.search import index as messages
from assistant.chat.search import meaning as message_meaning
from assistant.notes import queries as notes
from assistant.notes.passages import finding
from assistant.notes.search import index as note_index
from assistant.reminders import queries as reminders
from assistant.retrieval.meaning.looking import Asked, Near
from assistant.retrieval.meaning.stock import Meanings
from assistant.search.finders import Finder, Hit, Nearest
from assistant.settings.finder import Entry, find
from assistant.storage.database import Database
from assistant.storage.highlight import has_words, highlight, snippet
from assistant.users import accounts, preferences
from assistant.web.deeds import of_passages
from assistant.web.deeds.knowledge import Knowledge

SNIPPET = 200  # characters of a passage
SIGNS = re.compile(
    r"(?:^|(?<=\s))(?:#{1,6}|[-*+]|&gt;)(?: \[[ xX]\])?\s|\*\*|~~|`+|\[\[|\]\]"
)  # of Markdown, in safe HTML
VIEWS = ("overdue", "today", "coming")  # of reminders


def by_meaning(database: Database, knowledge: Knowledge) -> Nearest:
    """What finds notes and messages by what the words mean, as far as a model of embeddings is there to say it."""

    async def find(user: int, words: str, limit: int) -> list[Hit]:
        asked = await knowledge.embedder.asked(words)
        return await database.read(_near, user, asked, knowledge, limit) if asked else []

    return find


def _near(user: int, asked: Asked, knowledge: Knowledge, limit: int) -> list[Hit]:
    """The nearest notes, and behind them the nearest messages: how near the two are does not compare."""
    return [*_near_notes(user, asked, knowledge)[:limit], *_near_messages(user, asked, knowledge)[:limit]]


def _near_notes(user: int, asked: Asked, knowledge: Knowledge) -> list[Hit]:
    hits, near = dict[int, Hit](), _meant(user, asked, knowledge.notes)
    for one in finding.passages(user, [one.item for one in near]):
        words = SIGNS.sub("", " ".join(one.text.split())).removeprefix(one.title).strip()
        address = of_passages.address(one.note, one.text)
        hits.setdefault(one.note, Hit(address, escape(one.title), escape(words[:SNIPPET])))
    return list(hits.values())


def _near_messages(user: int, asked: Asked, knowledge: Knowledge) -> list[Hit]:
    return [
        Hit(f"/chat/{one.conversation}?m={one.message}", escape(one.title),
            escape(SIGNS.sub("", " ".join(one.text.split()))[:SNIPPET]), one.created)
        for one in message_meaning.meant(user, _meant(user, asked, knowledge.messages))
    ]  # fmt: skip


def _meant(user: int, asked: Asked, meanings: Meanings) -> list[Near]:
    """What is near enough: all is more or less near.

    What is nearer to the nearest than to what lies in the middle is meant, where it is nearer than by chance.
    """
    near = meanings.looking.nearest(user, asked)
    middle = (near[0].like + median(one.like for one in near)) / 2 if near else 0.0
    least = max(middle, meanings.looking.noise(user, asked))
    return [one for one in near if one.like >= least]


def finders(now: Callable[[], datetime], settings: Callable[..., list[Entry]] | None = None) -> tuple[Finder, ...]:
    """The finders of all rooms, in the order in which they are shown.

    ``settings`` tells what an ``owner`` can set; without it only what people have written is found.
    """

    def find_reminders(user: int, words: str, limit: int) -> list[Hit]:
        return _reminders(user, words, limit, now())

    written = (
        Finder("projects", "Projects", "folder", _projects),
        Finder("conversations", "Conversations", "chat", _conversations, "Recent conversations"),
        Finder("messages", "Messages", "quote", _messages),
        Finder("notes", "Notes", "notes", _notes, "Recent notes"),
        Finder("reminders", "Reminders", "reminders", find_reminders, "Coming up"),
    )
    if settings is None:
        return written
    entries = settings

    def find_settings(user: int, words: str, limit: int) -> list[Hit]:
        hits = find(entries(owner=accounts.is_owner(user)), words)[:limit]
        return [Hit(hit.address, highlight(hit.title, words), about=hit.section_title) for hit in hits]

    return (*written, Finder("settings", "Settings", "settings", find_settings))


def _projects(user: int, words: str, limit: int) -> list[Hit]:
    found = projects.listing(user, words=words) if words.strip() else []
    return [
        Hit(f"/project/{row.id}", highlight(row.name, words), when=row.updated, named=True) for row in found[:limit]
    ]  # fmt: skip


def _conversations(user: int, words: str, limit: int) -> list[Hit]:
    return [
        Hit(f"/chat/{row.id}", highlight(row.title, words), when=row.updated, named=bool(words.strip()),
            about="Archived" if row.archived else "")
        for row in conversations.listing(user, words=words, archived=None, limit=limit)
    ]  # fmt: skip


def _messages(user: int, words: str, limit: int) -> list[Hit]:
    return [
        Hit(f"/chat/{hit.conversation}?m={hit.message}", Markup.escape(hit.title), Markup(hit.snippet), hit.created)  # noqa: S704 - safe, as it says
        for hit in messages.find(user, words, limit)
    ]


def _notes(user: int, words: str, limit: int) -> list[Hit]:
    if not words.strip():
        return [
            Hit(f"/notes/{row.id}", Markup.escape(row.title), Markup.escape(row.excerpt), row.updated)
            for row in notes.listing(user, limit=limit).rows
        ]
    zone = preferences.load(user).zone_info
    return [
        Hit(f"/notes/{hit.id}", Markup(hit.title), _plain(hit), hit.updated, named="<mark>" in hit.title)  # noqa: S704 - safe, as it says
        for hit in note_index.find(user, words, zone=zone, limit=limit)
    ]


def _plain(hit: note_index.Hit) -> Markup:
    """The note's snippet without the signs of Markdown, and without its title, which stands above it."""
    text = SIGNS.sub("", hit.snippet).strip()
    return Markup(text.removeprefix(hit.title).strip())  # noqa: S704 - safe before, and nothing is added


def _reminders(user: int, words: str, limit: int, now: datetime) -> list[Hit]:
    if words.strip():
        return [_reminder(row, words) for row in reminders.found(user, words, limit)]
    zone = preferences.load(user).zone
    found: dict[int, reminders.Listed] = {}
    for view in VIEWS:
        if len(found) < limit:
            for row in reminders.listing(user, view, zone=zone, now=now, limit=limit).rows:
                found.setdefault(row.id, row)
    return [_reminder(row, words) for row in list(found.values())[:limit]]


def _reminder(row: reminders.Listed, words: str) -> Hit:
    return Hit(
        f"/reminders?open={row.id}", highlight(row.text, words), snippet(row.note, words), row.done or row.at,
        named=bool(words.strip()) and has_words(row.text, words), about="Done" if row.done else "",
    )  # fmt: skip
