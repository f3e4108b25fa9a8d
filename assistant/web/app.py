"""The app, put together from all rooms."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from fastapi import FastAPI
from nicegui import ui
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from assistant import doctor
from assistant.archive.api import browser as archive_api
from assistant.archive.pages.banner import Banner
from assistant.archive.pages.services import Services as ArchiveServices
from assistant.chat.api import browser as chat_api
from assistant.chat.pages import routes as chat_pages
from assistant.chat.pages.acting.asked_banner import AskedBanner
from assistant.chat.pages.projects.choosing import begin as begin_project
from assistant.chat.pages.services import Services as ChatServices
from assistant.components import theme
from assistant.components.served import leaves, signatures
from assistant.config import Config
from assistant.notes import api as notes_api
from assistant.notes.pages import routes as notes_pages
from assistant.notes.pages.services import Services as NotesServices
from assistant.reminders import pages as reminder_pages
from assistant.reminders.api import calendars
from assistant.reminders.pages.alerts.tab import Alerts
from assistant.reminders.pages.remind_dialog import remind_dialog
from assistant.reminders.pages.services import Services
from assistant.rest.door import Door
from assistant.search.pages import routes as search_pages
from assistant.search.pages.palette import Palette
from assistant.settings.pages import routes as settings_pages
from assistant.settings.pages.sections import entries
from assistant.settings.pages.services import Services as SettingsServices
from assistant.sharing import pages as sharing_pages
from assistant.sharing.pages import receiving
from assistant.users.pages import routes as user_pages
from assistant.users.pages.shell import Shell
from assistant.web import moving, offline, palette, problems
from assistant.web.api import docs_page
from assistant.web.api.later import Later
from assistant.web.blocks import blocks
from assistant.web.finders import by_meaning, finders
from assistant.web.guards import programs, sockets
from assistant.web.guards.gate import Gate
from assistant.web.guards.requests import Requests
from assistant.web.lifecycle import lifespan
from assistant.web.parts import Parts, now, parts
from assistant.web.wiring import find_link, mentions, note_tools, sharing, upcoming_today

RECONNECT = 30.0  # seconds that a page waits for a phone that slept


def build(config: Config, *, clock: Callable[[], datetime] = now) -> FastAPI:
    """The app, with all rooms; its parts begin and end with its lifespan."""
    made = parts(config, clock)
    app = FastAPI(title="Assistant", lifespan=lifespan(made), docs_url=None, redoc_url=None, openapi_url=None)
    problems.register(
        app, database=made.database, house=made.house, models_status=made.models_status, backups=made.backups
    )
    docs_page.register(app, Door(made.database, made.clock))
    leaves.register(app)
    theme.register_static(app, {"reminders": reminder_pages.STATIC})
    rooms(app, made)
    pages(app, made)
    middleware(app, made)
    mount_pages(app)
    app.state.house = made.house
    return app


def rooms(app: FastAPI, made: Parts) -> None:
    """Adds what the rooms answer over plain HTTP; of two routes that fit, the earlier counts."""
    database, clock = made.database, made.clock
    user_pages.register(
        app, database=database, sessions=made.sessions, passwords=made.passwords, identity=made.identity, clock=clock
    )
    offline.register(app)
    for router in (
        chat_api.router(database),
        notes_api.router(database, clock),
        calendars.router(database, clock),
        archive_api.router(made.exports),
    ):
        app.include_router(router)
    app.mount(programs.API, Later(made, "assistant.web.api.app", "build_api"))
    app.router.routes.append(Route(programs.MCP, Later(made, "assistant.web.mcp.server", "build")))


def pages(app: FastAPI, made: Parts) -> None:
    """Adds the pages of the rooms, which share one shell in each tab."""
    parts: dict[str, Any] = {
        "database": made.database, "sessions": made.sessions, "events": made.events, "clock": made.clock,
    }  # fmt: skip
    rings = made.rings
    reminders = Services(
        made.database, made.clock, find_link, rings.keys, rings.dispatcher, made.uploads, made.config.public_url
    )
    archive = ArchiveServices(
        made.database, made.identity, moving.rooms(), made.exports, made.arriving, made.removals, made.backups,
        made.replies.stop_all,
    )  # fmt: skip
    shell = Shell(made.database, made.sessions, made.events)
    remind = remind_dialog(reminders)
    chat = ChatServices(
        **parts, replies=made.replies, pulls=made.pulls, ollama=made.ollama, models_status=made.models_status,
        context=made.config.context, acting=made.acting, readings=made.readings,
        routines=made.routines,
        notes=note_tools(), today=upcoming_today, remind=remind,
        fits=made.quotas.fits, check_room=made.quotas.check,
    )  # fmt: skip
    shell.add(chat_pages.routes(chat))
    notes = NotesServices(made.database, made.imports, made.clock, made.proposals, remind, mentions)
    shell.add(notes_pages.routes(notes))
    shell.add(reminder_pages.routes(reminders))
    shared = sharing(made.database, made.clock, chat)
    receiving.register(app, shared)
    shell.add(sharing_pages.routes(shared))
    shell.fixtures.append(partial(Banner, archive))
    shell.fixtures.append(partial(AskedBanner, chat))
    shell.fixtures.append(partial(Alerts, reminders, rings))
    settings = SettingsServices(
        made.database, made.sessions, made.identity, made.clock, models=made.models_status.chat_names,
        kinds=made.kinds, examine=partial(_examine, made.config), blocks=blocks(chat, reminders, archive),
        public_url=made.config.public_url,
    )  # fmt: skip
    found = finders(made.clock, partial(entries, settings))
    known = palette.commands(made.database, partial(begin_project, chat))
    acts = {one.hit: one.act for one in known if one.act}
    anywhere = (*palette.finders(known, made.models_status), *found)
    offers = palette.Offers(made.database, made.acting, made.clock, shared.ask).of
    shell.fixtures.append(partial(Palette, made.database, made.clock, anywhere, acts, offers))
    nearest = by_meaning(made.database, made.knowledge)
    shell.add(search_pages.routes(database=made.database, clock=made.clock, finders=found, nearest=nearest))
    shell.add(settings_pages.routes(settings))


def _examine(config: Config) -> list[tuple[str, str, str]]:
    return [(line.what, line.found, line.advice) for line in doctor.examine(config)]


def middleware(app: FastAPI, made: Parts) -> None:
    """Puts the gate before everything, packs what goes out, and gives each request its id."""
    sockets.guard(made.sessions)
    app.add_middleware(
        Gate, config=made.config, house=made.house, sessions=made.sessions, bearers=made.bearers, quotas=made.quotas
    )
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Requests, config=made.config, observers=made.observers)


def mount_pages(app: FastAPI) -> None:
    """Lets NiceGUI answer what is none of the app's own routes."""
    signatures.remember()
    signatures.number()
    ui.run_with(
        app,
        title="Assistant",
        favicon=(theme.STATIC / "favicon.svg").read_text("utf-8"),
        tailwind=False,
        # Phones then shrink the page above the keyboard instead of covering the composer.
        viewport="width=device-width, initial-scale=1, interactive-widget=resizes-content",
        reconnect_timeout=RECONNECT,
        gzip_middleware_factory=None,
        show_welcome_message=False,
        # Signs NiceGUI's own cookie, on which nothing here relies.
        storage_secret=secrets.token_urlsafe(32),
    )
