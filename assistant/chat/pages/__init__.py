"""The pages of chat."""

from assistant.chat.pages.registration import register

__all__ = ["register"]
