"""The pages of notes."""

from assistant.notes.pages.registration import register

__all__ = ["register"]
