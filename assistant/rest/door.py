"""How a route reads and writes; a request with an Idempotency-Key that is sent twice counts once."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ParamSpec, TypeVar

from fastapi import Request, Response
from pydantic import BaseModel

from assistant.errors import Conflict, Invalid
from assistant.rest.models import KeptAnswer
from assistant.storage.database import Database
from assistant.users.sessions import who

P = ParamSpec("P")
T = TypeVar("T")
KEPT = timedelta(hours=24)
KEY = re.compile(r"[!-~]{1,255}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered; ``again`` says that it was answered before."""

    status: int
    body: str
    location: str
    again: bool = False

    def sent(self) -> Response:
        """As an answer of HTTP."""
        headers = {"Location": self.location} if self.location else {}
        if self.again:
            headers["Idempotency-Replayed"] = "true"
        return Response(self.body or None, self.status, headers, "application/json" if self.body else None)


@dataclass(frozen=True)
class Door:
    """What routes need of the house."""

    database: Database
    clock: Callable[[], datetime]

    async def read(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a function that only reads."""
        return await self.database.read(function, *args, **kwargs)

    async def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a function that writes."""
        return await self.database.run(function, *args, **kwargs)

    async def once(
        self, request: Request, unit: Callable[[], BaseModel | None], *, status: int = 201, place: str = ""
    ) -> Response:
        """The answer to a POST: what ``unit`` returns, which runs once for each Idempotency-Key.

        ``place`` is the address of what was made, with ``{id}`` in it. What fails is not kept: sent again, it is
        tried again.
        """
        answer = await self.answered(request, unit, status=status, place=place)
        return answer.sent()

    async def answered(
        self, request: Request, unit: Callable[[], BaseModel | None], *, status: int = 201, place: str = ""
    ) -> Answer:
        """As ``once``, before it is sent."""
        key = request.headers.get("idempotency-key")
        if key is not None and not KEY.fullmatch(key):
            raise Invalid("A key has 1 to 255 letters, digits and signs, without spaces.", field="Idempotency-Key")
        digest = _digest(request.method, str(request.url.path), request.url.query, await request.body())
        user = who(request).user

        def act() -> Answer:
            known = _known(user, key, self.clock()) if key is not None else None
            if known is not None:
                if bytes(known.request) != digest:
                    raise Conflict("This key was used for another request.", field="Idempotency-Key")
                return Answer(known.status, known.body, known.location, again=True)
            made = unit()
            location = place.format(id=getattr(made, "id", "")) if place else ""
            answer = Answer(status, made.model_dump_json() if made is not None else "", location)
            if key is not None:
                _keep(user, key, digest, answer, self.clock())
            return answer

        return await self.database.run(act)


def purge(now: datetime) -> int:
    """Forgets the answers of more than a day ago; returns how many."""
    return int(KeptAnswer.delete().where(KeptAnswer.created < now - KEPT).execute())


def _known(user: int, key: str, now: datetime) -> Any:
    mine = (KeptAnswer.user == user) & (KeptAnswer.key == _digest(key))
    KeptAnswer.delete().where(mine & (KeptAnswer.created < now - KEPT)).execute()
    return KeptAnswer.get_or_none(mine)


def _keep(user: int, key: str, request: bytes, answer: Answer, now: datetime) -> None:
    KeptAnswer.create(
        user=user, key=_digest(key), request=request, status=answer.status, location=answer.location,
        body=answer.body, created=now,
    )  # fmt: skip


def _digest(*parts: str | bytes) -> bytes:
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.digest()
