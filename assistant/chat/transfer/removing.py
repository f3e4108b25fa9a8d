"""All that a user has in conversations gone for good, in pieces."""

from typing import Any

from assistant.chat.models import Act, Conversation, Fact, Image, Message, Project, Prompt
from assistant.chat.routines.rows import Brief, ScheduledQuestion
from assistant.chat.transfer import documents
from assistant.storage.database import changed

AT_ONCE = 100  # rows of one unit of work


def remove(user: int) -> bool:
    """Removes some of the user's conversations, projects and what hangs on them; whether there may be more."""
    if documents.remove(user, AT_ONCE):
        return True
    for model in (Brief, ScheduledQuestion, Act, Fact, Image, Message, Conversation, Project, Prompt):
        some: Any = model.select(model.id).where(model.user == user).order_by(model.id.desc()).limit(AT_ONCE)
        if model.delete().where(model.id.in_(some)).execute():
            changed(user, "conversations")
            return True
    return False
