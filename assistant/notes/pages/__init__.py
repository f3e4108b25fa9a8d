"""The pages of notes."""

from assistant.notes.pages.registration import routes

__all__ = ["routes"]
