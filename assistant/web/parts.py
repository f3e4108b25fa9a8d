"""What the rooms are given, made once for the app."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import peewee

from assistant.archive import arriving
from assistant.archive.exports import Exports
from assistant.archive.imports import Imports
from assistant.archive.nightly import Backups
from assistant.archive.removal import Removals
from assistant.chat import messages
from assistant.chat import models as chat_models
from assistant.chat.acting.rooms import Rooms
from assistant.chat.documents.readings import Readings
from assistant.chat.models_status import ModelsStatus
from assistant.chat.pulls import Pulls
from assistant.chat.routines import rows as routine_rows
from assistant.chat.routines.runner import Routines
from assistant.chat.search import index as message_index
from assistant.chat.search import meaning as message_meaning
from assistant.chat.search import rows as message_rows
from assistant.chat.streaming.replies import Replies
from assistant.config import Config
from assistant.notes import models as note_models
from assistant.notes.chores import NoteChores
from assistant.notes.passages import keeping as passages
from assistant.notes.passages import meaning as passage_meaning
from assistant.notes.passages.keeper import PassageKeeper
from assistant.notes.proposals.asking import Proposals
from assistant.notes.search import index as note_index
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.ollama.door import Ollama
from assistant.reminders import models as reminder_models
from assistant.reminders.ical.uploads import Uploads
from assistant.rest import models as rest_models
from assistant.retrieval.meaning.embedder import Embedder
from assistant.retrieval.meaning.making import Model as EmbeddingModel
from assistant.retrieval.prefixes import order
from assistant.settings.kinds import Kind
from assistant.sharing import models as sharing_models
from assistant.storage import arrivals, schema
from assistant.storage.backups import restoring
from assistant.storage.database import Database
from assistant.storage.engines.addresses import file_of, on_file
from assistant.storage.events import Events
from assistant.storage.house import rows as house_rows
from assistant.storage.house.carriers import wire
from assistant.storage.house.house import House
from assistant.users import models as user_models
from assistant.users import preferences
from assistant.users.access.bearers import Bearers
from assistant.users.identity import Identity
from assistant.users.passwords import Passwords
from assistant.users.sessions import Sessions
from assistant.web.belongings.kinds import kinds
from assistant.web.belongings.quotas import Quotas
from assistant.web.deeds import acting_rooms, proposals
from assistant.web.deeds.knowledge import Knowledge
from assistant.web.deeds.routines import around
from assistant.web.deeds.writing import Writing
from assistant.web.moving import rooms
from assistant.web.wiring import RingBroadcaster, ZoneFollower, find_link

MODELS: list[type[peewee.Model]] = [
    *user_models.ALL,
    *chat_models.ALL,
    *message_rows.ALL,
    *routine_rows.ALL,
    *note_models.ALL,
    *reminder_models.ALL,
    *rest_models.ALL,
    *sharing_models.ALL,
    *arrivals.ALL,
    *house_rows.ALL,
]
DERIVED = (*note_models.DERIVED, *message_rows.ALL)
# What another database has of this one; who serves this one is no part of it, nor what is made again from the rest.
COPIED = [model for model in MODELS if model not in (*house_rows.OF_NOW, *DERIVED)]


@dataclass(frozen=True)
class Parts:
    """The parts of one app."""

    config: Config
    clock: Callable[[], datetime]
    events: Events
    database: Database
    house: House
    ollama: Ollama
    sessions: Sessions
    bearers: Bearers
    passwords: Passwords
    identity: Identity
    models_status: ModelsStatus
    pulls: Pulls
    replies: Replies
    routines: Routines
    acting: Rooms
    proposals: Proposals
    readings: Readings
    kinds: tuple[Kind, ...]
    quotas: Quotas
    imports: ImportJobs
    note_chores: NoteChores
    passages: PassageKeeper
    knowledge: Knowledge
    uploads: Uploads
    rings: RingBroadcaster
    zones: ZoneFollower
    backups: Backups
    exports: Exports
    arriving: Imports
    removals: Removals
    # Hear of each request: its method, the template of its address, its status and the seconds that it took.
    observers: list[Callable[[str, str, int, float], None]] = field(default_factory=list)


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def open_database(config: Config, events: Events | None = None) -> Database:
    """The installation's database with its schema brought up to date."""
    if on_file(config.database):
        restoring.tidy(file_of(config.database), config.data)
    database = Database(config.database, events, folder=config.data)
    schema.upgrade(database)
    database.before_commit.append(message_index.catch_up)
    database.bind(MODELS)
    return database


def rebuild_searches() -> None:
    """Makes the indexes of all rooms anew from their rows."""
    message_index.rebuild()
    note_index.rebuild()
    passages.mark_all()


def parts(config: Config, clock: Callable[[], datetime]) -> Parts:
    """The parts, none of which runs yet; what a stopped process left in the middle is brought to its end."""
    events = Events()
    database = open_database(config, events)
    house = House(database, wire(config.database, config.redis_url), config.instance)
    if house.alone:
        database.run_here(messages.interrupt_all)
    everything = rooms()
    arriving.settle(database.run_here, everything, config.data)
    ollama = Ollama(config.ollama_host, key=config.ollama_key.get_secret_value(), authority=config.ollama_ca)

    async def wants_titles(user: int) -> bool:
        return (await database.read(preferences.load, user)).better_titles

    passwords = Passwords()
    models_status = ModelsStatus(ollama, events)

    def embedding_models() -> list[EmbeddingModel]:
        found = sorted(models_status.embedding_models(), key=lambda model: order(model.name))
        return [EmbeddingModel(model.name, model.digest or model.name) for model in found]

    writing = Writing(database, ollama, models_status, config.context)
    meanings = passage_meaning.meanings(), message_meaning.meanings()
    embedder = Embedder(
        database, ollama.embed, meanings, topics=(passages.TOPIC, "conversations", "ollama"), models=embedding_models,
        busy=lambda: replies.being_written > 0 or writing.being_written > 0,
    )  # fmt: skip
    knowledge = Knowledge(embedder, *meanings)
    acting = acting_rooms(knowledge)
    replies = Replies(
        database, ollama, clock=clock, context_tokens=config.context, rooms=acting, better_titles=wants_titles,
        house=house,
    )  # fmt: skip
    belongings = kinds(replies)
    quotas = Quotas(database, belongings)
    return Parts(
        config=config,
        clock=clock,
        events=events,
        database=database,
        house=house,
        ollama=ollama,
        sessions=Sessions(database, clock=clock),
        bearers=Bearers(database, clock=clock, issuer=config.public_url or "assistant"),
        passwords=passwords,
        identity=Identity(database, passwords, clock=clock),
        models_status=models_status,
        pulls=Pulls(ollama, events, house),
        replies=replies,
        routines=Routines(database, ollama, replies, models_status, around(), clock, config.context),
        acting=acting,
        proposals=proposals(writing, acting),
        readings=Readings(database, events, clock, house),
        kinds=belongings,
        quotas=quotas,
        imports=ImportJobs(database, clock, house, quotas.check),
        note_chores=NoteChores(database, clock),
        passages=PassageKeeper(database),
        knowledge=knowledge,
        uploads=Uploads(config.data),
        rings=RingBroadcaster(database, config, clock, find_link),
        zones=ZoneFollower(database, clock),
        backups=Backups(database, config.data, clock),
        exports=Exports(database, everything, clock, house),
        arriving=Imports(database, everything, clock, house),
        removals=Removals(database, everything, clock),
    )
