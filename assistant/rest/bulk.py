"""Many at once: one that fails does not hold up the others, and each is answered for."""

from collections.abc import Callable, Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from assistant.errors import AssistantError
from assistant.rest.problems import document, fields_of
from assistant.rest.shapes import Row
from assistant.storage.database import Database

MOST = 200
Ids = Annotated[list[Row], Field(min_length=1, max_length=MOST, description="The ids, at most 200.", examples=[[1, 2]])]


class Done(BaseModel):
    """What became of one of them."""

    id: int = Field(examples=[1])
    status: int = Field(description="As if it had been asked for alone.", examples=[200])
    problem: dict[str, object] | None = Field(default=None, description="The problem, where it failed.")


class AllDone(BaseModel):
    """What became of each, in the order in which they were named."""

    items: list[Done]


def each(database: Database, ids: Sequence[int], act: Callable[[int], object]) -> AllDone:
    """Does it to each, inside a unit of work; what fails takes back only itself."""
    items = []
    for one in dict.fromkeys(ids):
        try:
            with database.peewee.atomic():
                act(one)
            items.append(Done(id=one, status=200))
        except AssistantError as error:
            problem = document(error.status, error.sentence, fields_of(error))
            items.append(Done(id=one, status=error.status, problem=problem))
    return AllDone(items=items)
