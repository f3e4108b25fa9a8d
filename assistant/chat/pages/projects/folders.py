"""Projects above the other conversations in the list: folders that open and close, in all tabs at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from assistant.chat import conversations, projects
from assistant.chat.models import Conversation, Project
from assistant.components.icons import svg

INSIDE = 20  # conversations that are listed in a folder; its page has them all
HEAD = Markup(
    '<h2>Projects</h2><button type="button" class="icon-button" data-do="new-project" data-of="0" '
    'aria-label="New project" title="New project">{}</button>'
)
ROW = Markup(
    '<button type="button" class="folder-fold" data-do="fold" data-of="{id}" aria-expanded="{opened}" '
    'aria-label="Conversations in {name}">{arrow}</button>'
    '<a href="/project/{id}" data-row title="{name}"{current}>{folder}<span class="title" dir="auto">{name}</span></a>'
    '<button type="button" class="icon-button" id="more-project-{id}" data-do="project" data-of="{id}" '
    'aria-haspopup="menu" aria-label="More for the project {name}">{more}</button>'
)
ALL = Markup('<a href="/project/{}" data-row class="folder-all">All in {}</a>')
EMPTY = Markup('<span class="folder-empty">No conversations yet</span>')


@dataclass(frozen=True, slots=True)
class Folder:
    """A project, and the first of its conversations where it is open; ``more`` says that there are others."""

    project: Project
    inside: list[Conversation]
    more: bool = False


def folders(user: int, words: str) -> list[Folder]:
    """The user's projects; with words those whose names have them all, closed."""
    return [_folder(user, row, opened=row.opened and not words) for row in projects.listing(user, words=words)]


def _folder(user: int, row: Project, *, opened: bool) -> Folder:
    found = conversations.listing(user, project=row.id, limit=INSIDE + 1) if opened else []
    row.opened = opened
    return Folder(row, found[:INSIDE], len(found) > INSIDE)


def head() -> Markup:
    """What stands above them."""
    return HEAD.format(svg("plus"))


def row(one: Project, *, current: bool) -> Markup:
    """A project in the list."""
    return ROW.format(
        id=one.id, name=one.name, opened="true" if one.opened else "false", arrow=svg("forward"), folder=svg("folder"),
        current=Markup(' aria-current="page"') if current else "", more=svg("more"),
    )  # fmt: skip


def end(one: Folder) -> Markup | None:
    """What stands behind its conversations, if anything."""
    if one.more:
        return ALL.format(one.project.id, one.project.name)
    return EMPTY if one.project.opened and not one.inside else None


def within(found: Iterable[Folder]) -> list[Conversation]:
    """The conversations that are listed in them."""
    return [conversation for one in found for conversation in one.inside]
