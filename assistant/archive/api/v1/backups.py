"""Backups of the installation, for owners."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.archive.nightly import Backups, Standing
from assistant.rest import etags
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Flag, Given, Integral, Sent, Told
from assistant.users.household import backup_plan
from assistant.users.household.backup_plan import BackupPlan


class Progress(BaseModel):
    """How far the one is that is being made."""

    done: int = Field(description="Bytes.", examples=[1_000_000])
    total: int = Field(description="Bytes; 0 where nobody knows yet.", examples=[4_000_000])


class State(BaseModel):
    """How it stands with backups."""

    count: int = Field(description="How many there are.", examples=[11])
    newest: Told | None = Field(description="When the newest was made, which is verified.")
    size: int = Field(description="Bytes of the newest.", examples=[4_000_000])
    problem: str = Field(description="Why the last one failed, if it did.", examples=[""])
    running: Progress | None = Field(description="The one that is being made.")


class PlanChange(Sent):
    """What to change of the plan; what is left out stays."""

    on: Annotated[Flag | None, Given] = Field(default=None, description="Whether one is made each night.")
    at: Annotated[str | None, Field(pattern=f"^{backup_plan.TIME.pattern}$"), Given] = Field(
        default=None, description="When, by the server's clock.", examples=["03:30"]
    )
    days: Annotated[Annotated[int, Field(ge=1, le=366), Integral] | None, Given] = Field(
        default=None, description="The newest of so many days are kept."
    )
    weeks: Annotated[Annotated[int, Field(ge=0, le=520), Integral] | None, Given] = Field(
        default=None, description="The newest of so many weeks are kept."
    )


def add(routes: APIRouter, door: Door, nightly: Backups) -> None:
    """Adds the routes."""
    _made(routes, nightly)
    _planned(routes, door)


def _made(routes: APIRouter, nightly: Backups) -> None:
    @routes.get("/backups", **says("admin", owners=True))
    async def get_backups(request: Request) -> State:  # noqa: ARG001 - all routes know who asks
        """How the last backup went, and how far one is that is being made."""
        return _state(await nightly.standing())

    @routes.post("/backups", status_code=202, **says("admin", 409, owners=True))
    async def begin_backup(request: Request) -> State:  # noqa: ARG001
        """Make a backup now, of an installation that keeps its data in a file; 409 while one is being made."""
        nightly.begin()
        return _state(await nightly.standing())

    @routes.delete("/backups/running", status_code=204, **says("admin", owners=True))
    async def cancel_backup(request: Request) -> None:  # noqa: ARG001
        """End the one that is being made, of which nothing is left."""
        nightly.cancel()


def _planned(routes: APIRouter, door: Door) -> None:
    @routes.get("/backups/plan", response_model=BackupPlan, **says("admin", owners=True))
    async def get_backup_plan(request: Request) -> Response:
        """When backups are made and which are kept, and its version as ETag."""
        return etags.answer(request, await door.read(backup_plan.load))

    @routes.patch("/backups/plan", response_model=BackupPlan, **says("admin", versioned=True, body=True, owners=True))
    async def change_backup_plan(request: Request, change: PlanChange) -> Response:
        """Decide otherwise, on the version that If-Match names."""

        def unit() -> BackupPlan:
            known = backup_plan.load()
            etags.check(request, known)
            told = known.model_dump() | change.model_dump(exclude_unset=True)
            return backup_plan.save(on=told["on"], at=told["at"], days=str(told["days"]), weeks=str(told["weeks"]))

        return etags.answer(request, await door.run(unit))


def _state(standing: Standing) -> State:
    last = standing.outcome
    running = standing.progress
    return State(
        count=last.count, newest=last.newest.made if last.newest else None,
        size=last.newest.size if last.newest else 0, problem=last.problem,
        running=Progress(done=running[0], total=running[1]) if running else None,
    )  # fmt: skip
