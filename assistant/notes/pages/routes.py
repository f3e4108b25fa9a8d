"""Which addresses lead to which view of notes."""

from functools import partial

from assistant.notes.pages.importer import ImportView
from assistant.notes.pages.services import Services
from assistant.notes.pages.view import NotesView
from assistant.users.pages.shell import Route


def routes(services: Services) -> list[Route]:
    """The addresses of notes."""
    notes = partial(NotesView, services)
    return [
        Route("/notes", "notes", notes, stays=True),
        Route("/notes/new", "notes", notes, stays=True),
        Route("/notes/today", "notes", notes, stays=True),
        Route("/notes/import", "notes", partial(ImportView, services)),
        Route("/notes/{note:int}", "notes", notes, stays=True),
    ]
