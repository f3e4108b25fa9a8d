"""Programs of people, before the API in this process: behind the gate, as it is, and without pages."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from starlette.routing import Mount, Route, Router

from assistant.config import Config
from assistant.users import accounts
from assistant.users.access import api_keys
from assistant.users.identity import Identity
from assistant.users.passwords import Passwords
from assistant.users.sessions import SCOPES
from assistant.web.api.app import build_api
from assistant.web.api.later import Later
from assistant.web.guards.gate import Gate
from assistant.web.guards.programs import API, MCP
from assistant.web.parts import Parts, parts
from tests.databases import empty_database
from tests.person import PASSWORD

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
HOST = "http://assistant.local"


class InProcess(httpx.BaseTransport):
    """Sends requests to an app in this process."""

    def __init__(self, app: Any, runner: asyncio.Runner, *, raises: bool) -> None:
        """``raises`` lets faults of the app through, which tests should not miss."""
        self._runner, self._app = runner, httpx.ASGITransport(app, raise_app_exceptions=raises)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """What the app answers."""
        sent = httpx.Request(request.method, request.url, headers=request.headers, content=request.read())
        return self._runner.run(self._answer(sent))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        answer = await self._app.handle_async_request(request)
        return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())


class House:
    """An installation whose clock stands still unless it is moved."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        """Nobody has anything yet."""
        if "database_url" not in settings:
            empty_database(folder / "assistant.db")
        self.now = NOON
        self._runner = asyncio.Runner()
        made = parts(Config(data=folder, **settings), lambda: self.now)
        made.passwords.close()
        # Hashing as it should be takes longer than all the rest.
        passwords = Passwords(memory_kib=8, passes=1)
        identity = Identity(made.database, passwords, clock=lambda: self.now)
        self.parts: Parts = replace(made, passwords=passwords, identity=identity)
        if "database_url" not in settings:
            self.parts.database.peewee.execute_sql("PRAGMA synchronous = OFF")
        models = Later(self.parts, "assistant.web.mcp.server", "build")
        self.app = Gate(
            Router([Mount(API, build_api(self.parts)), Route(MCP, models)]),
            config=self.parts.config, house=self.parts.house, sessions=self.parts.sessions, bearers=self.parts.bearers,
            quotas=self.parts.quotas,
        )  # fmt: skip

    def later(self, **more: float) -> None:
        """Moves the clock on."""
        self.now += timedelta(**more)

    def run(self, function: Any, *args: Any, **more: Any) -> Any:
        """The result of a domain function."""
        return self.parts.database.run_here(function, *args, **more)

    def person(self, name: str) -> int:
        """The id of the account of that name, which is made when it is missing."""
        found = self.run(accounts.find, name)
        hashed = self.parts.passwords.hash_here(PASSWORD)
        owner = self.run(accounts.empty)
        return int((found or self.run(accounts.add, name, hashed, now=self.now, owner=owner)).id)

    def key(self, name: str, *scopes: str, **more: Any) -> str:
        """A key of that person."""
        user = self.person(name)
        made = self.run(api_keys.make, user, name="a test", scopes=scopes or SCOPES, now=self.now, **more)
        return str(made[1])

    def client(self, token: str = "", *, raises: bool = True) -> httpx.Client:
        """Somebody's program; nobody's without a token."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        transport = InProcess(self.app, self._runner, raises=raises)
        return httpx.Client(base_url=HOST + API, headers=headers, transport=transport)

    def wait(self, work: Any) -> Any:
        """The result of what has to be awaited."""

        async def waited() -> Any:
            return await work

        return self._runner.run(waited())

    def program(self, name: str, *scopes: str, raises: bool = True) -> httpx.Client:
        """A program of that person, with a key."""
        return self.client(self.key(name, *scopes), raises=raises)

    def close(self) -> None:
        """Lets go of it."""
        self._runner.run(self.parts.ollama.close())
        self.parts.passwords.close()
        self.parts.database.close()
        self._runner.close()
