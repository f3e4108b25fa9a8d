"""The composition root: builds the parts, hands them to the rooms and stands at the door."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from fastapi import FastAPI
from nicegui import ui
from starlette.middleware.gzip import GZipMiddleware

from assistant.chat import api as chat_api
from assistant.chat import conversations
from assistant.chat import models as chat_models
from assistant.chat import pages as chat_pages
from assistant.chat.availability import Availability
from assistant.chat.pulls import Pulls
from assistant.chat.replies import Replies
from assistant.components import theme
from assistant.config import Config
from assistant.errors import AssistantError
from assistant.notes import api as notes_api
from assistant.notes import models as note_models
from assistant.notes import pages as notes_pages
from assistant.notes import trash as note_trash
from assistant.notes.api import transfer
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.ollama import Ollama
from assistant.reminders import api as reminders_api
from assistant.reminders import models as reminder_models
from assistant.reminders import pages as reminder_pages
from assistant.reminders import trash
from assistant.settings import pages as settings_pages
from assistant.storage import schema
from assistant.storage.database import Database
from assistant.storage.events import Events
from assistant.users import api as user_api
from assistant.users import models as user_models
from assistant.users import pages as user_pages
from assistant.users import preferences
from assistant.users.passwords import Passwords
from assistant.users.session import Sessions
from assistant.web import answers, links, sockets
from assistant.web.bell import Bell
from assistant.web.gate import Gate
from assistant.web.shelf import shelf
from assistant.web.today import today
from assistant.web.travel import Travel

RECONNECT = 30.0  # seconds that a page waits for a phone that slept
HOUR = 3600.0


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def open_database(config: Config, events: Events | None = None) -> Database:
    """The installation's database with its schema brought up to date."""
    database = Database(config.database, events)
    schema.upgrade(database)
    database.bind([*user_models.ALL, *chat_models.ALL, *note_models.ALL, *reminder_models.ALL])
    return database


async def tidy(database: Database, imports: ImportJobs, clock: Callable[[], datetime]) -> None:
    """Deletes for good, each hour, what was deleted long enough ago; runs until it is cancelled."""
    while True:
        for purge in (conversations.purge, note_trash.purge, trash.purge):
            try:
                await database.run(purge, clock())
            except AssistantError as error:
                logging.getLogger(__name__).warning("tidying waits an hour: %s", error)
        imports.tidy()
        await asyncio.sleep(HOUR)


def build(config: Config, *, clock: Callable[[], datetime] = now) -> FastAPI:
    """The app, with all rooms; its parts begin and end with its lifespan."""
    events = Events()
    database = open_database(config, events)
    database.run_here(conversations.interrupt_all)
    ollama = Ollama(config.ollama_host)
    sessions, passwords = Sessions(database, clock=clock), Passwords()
    availability, pulls = Availability(ollama, events), Pulls(ollama, events)

    async def wants_titles(user: int) -> bool:
        return (await database.read(preferences.load, user)).better_titles

    imports = ImportJobs(database, clock)
    bell, travel = Bell(database, config, clock, links.find), Travel(database, clock)
    replies = Replies(database, ollama, clock=clock, context_tokens=config.context, better_titles=wants_titles)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(work)
            for work in (sessions.watch(), availability.watch(), tidy(database, imports, clock))
        ]
        await bell.start()
        travel.start()
        yield
        await bell.stop()
        await travel.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await replies.close()
        await pulls.close()
        await imports.close()
        await ollama.close()
        passwords.close()
        await asyncio.to_thread(database.close)

    app = FastAPI(title="Assistant", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    answers.register(app, database=database, availability=availability)
    theme.register_static(app, {"reminders": reminder_pages.STATIC})
    user_pages.register(app, database=database, sessions=sessions, passwords=passwords, clock=clock)
    app.include_router(user_api.router(database))
    app.include_router(chat_api.router(database, clock))
    app.include_router(notes_api.router(database, clock))
    chat_pages.register(
        database=database, replies=replies, pulls=pulls, ollama=ollama, availability=availability,
        sessions=sessions, events=events, clock=clock, context=config.context, shelf=shelf(),
        today=today,
    )  # fmt: skip
    app.include_router(reminders_api.router(database, clock, links.find, bell.courier, bell.keys, config.public_url))
    app.include_router(transfer.router(database, imports, clock))
    notes_pages.register(database=database, sessions=sessions, events=events, clock=clock)
    reminder_pages.register(app)
    settings_pages.register(database=database, sessions=sessions, clock=clock)
    sockets.guard(sessions)
    app.add_middleware(Gate, config=config, sessions=sessions)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    ui.run_with(
        app,
        title="Assistant",
        favicon=theme.STATIC / "favicon.svg",
        tailwind=False,
        # Phones then shrink the page above the keyboard instead of covering the composer.
        viewport="width=device-width, initial-scale=1, interactive-widget=resizes-content",
        reconnect_timeout=RECONNECT,
        gzip_middleware_factory=None,
        show_welcome_message=False,
        # Signs NiceGUI's own cookie, on which nothing here relies.
        storage_secret=secrets.token_urlsafe(32),
    )
    return app
