"""A person's preferences over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import AfterValidator, BaseModel

from assistant.storage.database import Database
from assistant.storage.text import clean
from assistant.users import preferences
from assistant.users.sessions import who


class Choices(BaseModel):
    """What to change."""

    zone: Annotated[str, AfterValidator(clean)]


def router(database: Database) -> APIRouter:
    """The routes."""
    routes = APIRouter()

    @routes.patch("/api/preferences", status_code=204)
    async def change(request: Request, choices: Choices) -> None:
        """Changes in which time zone the person's times show."""
        await database.run(preferences.save, who(request).user, zone=choices.zone)

    return routes
