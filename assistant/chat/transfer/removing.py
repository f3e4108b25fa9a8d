"""How much a user has in conversations, and all of it gone for good, in pieces."""

from typing import Any

from peewee import fn

from assistant.chat.models import Conversation, Image, Message
from assistant.storage.database import changed

AT_ONCE = 100  # rows of one unit of work


def size(user: int) -> tuple[int, int]:
    """How many conversations there are, and bytes of what is said and shown in them."""
    mine = (Conversation.user == user) & Conversation.deleted.is_null()
    texts: Any = Message.select(fn.SUM(fn.LENGTH(Message.text) + fn.LENGTH(Message.thinking)))
    pictures: Any = Image.select(fn.SUM(fn.LENGTH(Image.data))).where(Image.user == user)
    said = texts.where(Message.user == user).scalar() or 0
    return Conversation.select().where(mine).count(), int(said + (pictures.scalar() or 0))


def remove(user: int) -> bool:
    """Removes some of the user's conversations, messages and pictures; whether there may be more."""
    for model in (Image, Message, Conversation):
        some: Any = model.select(model.id).where(model.user == user).order_by(model.id.desc()).limit(AT_ONCE)
        if model.delete().where(model.id.in_(some)).execute():
            changed(user, "conversations")
            return True
    return False
