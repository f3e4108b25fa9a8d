"""Examines an installation: what works, and what to do about what does not."""

import asyncio
import os
import resource
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import peewee
from tzlocal import get_localzone_name

from assistant.config import Config
from assistant.errors import AssistantError, ModelUnavailable
from assistant.notes import models as notes
from assistant.notes.search import index
from assistant.ollama.door import Ollama
from assistant.ollama.proxies import Route
from assistant.storage import schema
from assistant.storage.backups import outcome
from assistant.storage.backups.backup import in_megabytes
from assistant.storage.database import Database
from assistant.storage.engines.addresses import NoDriver, file_of, is_there, on_file
from assistant.storage.house import rows as house_rows
from assistant.storage.house.carriers import NoClient, wire
from assistant.storage.house.wire import Wire, WireLostError
from assistant.users import models as users
from assistant.users.household import backup_plan

FEW_FILES = 1024  # open connections and files
OLD = timedelta(days=3)  # that a backup may be, where one is made each night
LITTLE_SPACE = 500_000_000  # bytes; below it a backup may not fit


@dataclass(frozen=True)
class Line:
    """One finding; ``advice`` says what to do about it."""

    what: str
    found: str
    advice: str = ""

    @property
    def fine(self) -> bool:
        """Whether nothing needs to be done."""
        return not self.advice


def examine(config: Config) -> list[Line]:
    """The findings, in the order in which one would mend them."""
    checks: tuple[Callable[[Config], list[Line]], ...] = (
        _python,
        _data,
        _space,
        _files,
        _database,
        _instances,
        _notes,
        _backups,
        _ollama,
        _zone,
    )
    return [line for check in checks for line in check(config)]


def _python(_config: Config) -> list[Line]:
    return [Line("Python", sys.version.split()[0])]


def _data(config: Config) -> list[Line]:
    folder = config.data
    if not folder.exists():
        parent = next(p for p in folder.resolve().parents if p.exists())
        fine = os.access(parent, os.W_OK)
        advice = "" if fine else f"Create {folder} yourself, or set ASSISTANT_DATA to a folder that you own."
        return [Line("Data folder", f"{folder}: created at the first start", advice)]
    fine = os.access(folder, os.W_OK)
    advice = "" if fine else f"Let this user write to it, for example: chown -R $(id -un) {folder}"
    return [Line("Data folder", f"{folder}: {'writable' if fine else 'not writable'}", advice)]


def _space(config: Config) -> list[Line]:
    there = next(p for p in (config.data, *config.data.resolve().parents) if p.exists())
    free = shutil.disk_usage(there).free
    fine = free > LITTLE_SPACE
    return [Line("Disk space", f"{free / 1e9:.1f} GB free", "" if fine else "Free some space on this disk.")]


def _files(_config: Config) -> list[Line]:
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    words = "any number" if allowed == resource.RLIM_INFINITY else f"{allowed:,}"
    fine = allowed == resource.RLIM_INFINITY or allowed >= FEW_FILES
    advice = "" if fine else "Allow more, for example by LimitNOFILE=65536 in its service: each open page takes one."
    return [Line("Open files", f"{words} at once", advice)]


def _database(config: Config) -> list[Line]:
    if not is_there(config.database):
        return [Line("Database", f"{file_of(config.database)}: created at the first start")]
    try:
        database = Database(config.database, folder=config.data)
    except NoDriver as error:
        return [Line("Database", "no driver for PostgreSQL", error.sentence)]
    engine = database.engine
    try:
        found, known, trouble = schema.version(database), schema.newest(), schema.trouble(database)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, it must be said here
        return [
            Line(
                "Database",
                " ".join(str(error).split()),
                _way_back(config) if on_file(config.database) else engine.advice,
            )
        ]
    finally:
        database.close()
    if found > known and trouble:
        return [Line("Database", f"schema {found}, known is {known}", "Install the newer version again.")]
    return [
        Line(
            "Database",
            f"{engine.shown}, schema {found}" + (f", {known} comes at the next start" if found < known else ""),
        )
    ]


def _instances(config: Config) -> list[Line]:
    """Who serves, and whether they hear each other; nothing where one process has the file alone."""
    try:
        carrier = wire(config.database, config.redis_url)
        if carrier is None:
            return []
        database = Database(config.database, folder=config.data)
    except (NoClient, NoDriver) as error:
        return [Line("Instances", "no client for what connects them", error.sentence)]
    try:
        database.bind(house_rows.ALL)
        found = [row.address for row in house_rows.alive()] if schema.version(database) >= schema.newest() else []
    except (peewee.DatabaseError, AssistantError):
        return []  # the line of the database says it
    finally:
        database.close()
    try:
        asyncio.run(_say_nothing(carrier))
    except WireLostError as error:
        return [Line("Instances", f"{carrier.shown}: {error}", "Start Redis, or check ASSISTANT_REDIS_URL.")]
    return [Line("Instances", f"{', '.join(found) or 'none runs'}; they hear each other over {carrier.shown}")]


async def _say_nothing(carrier: Wire) -> None:
    try:
        await carrier.say([("assistant", "")])
    finally:
        await carrier.close()


def _way_back(config: Config) -> str:
    newest = outcome.last(config.data / "backups").newest
    if newest is None:
        return "Stop Assistant, and put a backup in its place: assistant restore FILE"
    return f"Stop Assistant, and put the newest backup in its place: assistant restore {newest.folder}"


def _backups(config: Config) -> list[Line]:
    if not on_file(config.database):
        return []
    last = outcome.last(config.data / "backups")
    if last.problem:
        return [Line("Backups", f"the last one failed: {last.problem}", "Then make one: assistant backup")]
    if last.newest is None:
        return [Line("Backups", "none yet")]
    age = datetime.now(UTC) - last.newest.made
    found = f"{last.count}, the newest of {last.newest.made:%d %B %Y, %H:%M} UTC, {in_megabytes(last.newest.size)}"
    late = age > OLD and _nightly(config)
    advice = "None was made for days. Let Assistant run through the night, or make one: assistant backup"
    return [Line("Backups", found, advice if late else "")]


def _nightly(config: Config) -> bool:
    database = Database(config.database, folder=config.data)
    try:
        if schema.version(database) != schema.newest():
            return False
        database.bind(users.ALL)
        return backup_plan.load().on
    except (peewee.DatabaseError, AssistantError):
        return False  # the line of the database says it
    finally:
        database.close()


def _notes(config: Config) -> list[Line]:
    if not is_there(config.database):
        return []
    try:
        database = Database(config.database, folder=config.data)
    except NoDriver:
        return []  # the line of the database says it
    try:
        # An older schema may have no notes yet, and a newer one others than these.
        return _index(database) if schema.version(database) == schema.newest() else []
    except peewee.DatabaseError:
        return []  # the line of the database says it
    except AssistantError as error:
        return [Line("Notes", str(error), "Try again when the server is less busy, or stop it first.")]
    finally:
        database.close()


def _index(database: Database) -> list[Line]:
    database.bind(notes.ALL)
    with database.engine.snapshot():
        count, wrong = notes.Note.select().count(), index.check()
    if not wrong:
        return [Line("Notes", f"{count:,}, search index in order")]
    database.run_here(index.rebuild)
    return [Line("Notes", f"{count:,}, search index made anew: {len(wrong):,} of its entries were wrong")]


def _ollama(config: Config) -> list[Line]:
    async def ask() -> list[Line]:
        ollama = Ollama(config.ollama_host, key=config.ollama_key.get_secret_value(), authority=config.ollama_ca)
        where = f"{ollama.host}{_way(ollama.route)}"
        try:
            version, models = await ollama.version(), await ollama.models()
        except ModelUnavailable as error:
            return [Line("Ollama", where, error.told(owner=True))]
        finally:
            await ollama.close()
        names = ", ".join(model.name for model in models)
        return [
            Line("Ollama", f"{version} at {where}"),
            Line("Models", names or "none", "" if names else "Pull one on the Models page."),
        ]

    return asyncio.run(ask())


def _way(route: Route) -> str:
    if route.proxy:
        return f" through the proxy {route.shown}"
    return f", {route.why}" if route.why else ""


def _zone(_config: Config) -> list[Line]:
    return [Line("Time zone", get_localzone_name() or "UTC")]
