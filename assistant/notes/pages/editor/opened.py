"""What the page reads of one note, each in one go."""

from dataclasses import dataclass

from assistant.notes import notebook, queries, renaming
from assistant.notes.pages.lists.moments import moment
from assistant.notes.pages.services import Services
from assistant.notes.versions import revisions
from assistant.users.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Opened:
    """A note as the editor shows it; one that does not exist yet has the id 0."""

    id: int = 0
    text: str = ""
    version: int = 0
    title: str = ""
    title_set: bool = False
    pinned: bool = False
    archived: bool = False
    colour: str = ""
    trashed: bool = False
    tags: tuple[str, ...] = ()
    following: int = 0  # notes in which links have yet to follow its new name

    @property
    def template(self) -> bool:
        """Whether new notes can begin with it."""
        return queries.TEMPLATE in (tag.lower() for tag in self.tags)


@dataclass(frozen=True, slots=True)
class Line:
    """Something that leads to the note, and where it is found."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Leading:
    """What leads to a note: other notes and reminders."""

    notes: tuple[Line, ...] = ()
    reminders: tuple[Line, ...] = ()


def opened(user: int, note: int) -> Opened:
    """The user's note; NotFound when it is gone or someone else's."""
    row = notebook.get(user, note)
    return Opened(
        row.id, row.text, row.version, row.title, row.title_set, row.pinned, row.archived, row.colour,
        row.trashed is not None, tuple(revisions.tag_names(note)), renaming.left(row),
    )  # fmt: skip


def leading(user: int, note: int, services: Services, chosen: Preferences) -> Leading:
    """What leads to the user's note; times are those that the person has chosen."""
    backlinks = tuple(Line(row.title or "Untitled", f"/notes/{row.id}") for row in queries.backlinks(user, note))
    mentions = services.mentions(user, note) if services.mentions else []
    reminders = tuple(
        Line(f"{one.text}, {moment(one.at, chosen)}" if one.at else one.text, one.address) for one in mentions
    )
    return Leading(backlinks, reminders)
