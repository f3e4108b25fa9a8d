"""The parts that tests share: the stand-in for Ollama, the running product, a browser."""

import asyncio
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from assistant.storage.database import Database
from tests.contexts import ONE_PROCESS, Contexts
from tests.databases import EmptyPostgres, empty_database, opened
from tests.ollama_server import OllamaServer
from tests.person import Person
from tests.postgres_server import NoServerError, PostgresServer, end_shared, shared
from tests.product import HOME, PATIENCE, Product, free_port
from tests.programs import House
from tests.redis_server import RedisServer
from tests.servers import started

SQLITE, POSTGRES = "sqlite", "postgres"
# Modules whose tests with a ``database`` run on both: domain and rows, where the two could differ.
ON_BOTH = {
    "tests.archive.test_archive",
    "tests.chat.acting.test_journal",
    "tests.chat.acting.test_outside",
    "tests.chat.knowing.test_messages_meant",
    "tests.chat.test_conversations",
    "tests.chat.test_memory",
    "tests.chat.test_projects",
    "tests.chat.test_prompts",
    "tests.notes.test_asking",
    "tests.notes.test_links",
    "tests.notes.test_lists",
    "tests.notes.test_meaning",
    "tests.notes.test_notebook",
    "tests.notes.test_notes_search",
    "tests.notes.test_passages",
    "tests.notes.test_tags",
    "tests.reminders.test_claims",
    "tests.reminders.test_ical_kinds",
    "tests.reminders.test_moves",
    "tests.reminders.test_reminders",
    "tests.reminders.test_reminders_views",
    "tests.search.test_finders",
    "tests.storage.test_prepared",
    "tests.storage.test_schema",
    "tests.users.test_sessions",
    "tests.users.test_two_step",
    "tests.web.test_belongings",
    "tests.web.test_quotas",
    "tests.web.test_sharing",
}

# Modules of the API whose tests run on both: what each room answers, from its lists to its versions.
HOUSES_ON_BOTH = {
    "tests.archive.test_archive_v1",
    "tests.chat.test_memory_v1",
    "tests.chat.test_routines_v1",
    "tests.chat.test_projects_v1",
    "tests.chat.test_prompts_v1",
    "tests.notes.test_notes_v1",
    "tests.reminders.test_reminders_v1",
    "tests.settings.test_accounts_api",
    "tests.settings.test_security_api",
}
# Scenes in a browser that run on both: the main way through each room.
SCENES_ON_BOTH = {
    "tests.chat.test_chat_page.test_a_message_is_answered",
    "tests.chat.test_chat_page.test_search_opens_at_the_message",
    "tests.notes.test_notes_page.test_the_life_of_a_note",
    "tests.notes.test_notes_page.test_many_are_chosen_tagged_and_deleted_with_undo",
    "tests.reminders.test_alerts_page.test_it_rings_in_two_tabs_and_an_answer_in_one_takes_it_from_both",
    "tests.reminders.test_reminders_page.test_one_is_set_by_a_sentence",
    "tests.settings.test_keys_page.test_a_key_is_made_shown_once_used_removed_and_put_back",
    "tests.users.test_login_pages.test_two_first_registrations_at_once_give_one_owner",
}

# What is true in the end may take long on a machine that has five times its work.
expect.set_options(timeout=PATIENCE * 1000 / 2)

# What scenes may ask of a browser context that others get as well.
SHARED = {"viewport", "has_touch", "is_mobile", "color_scheme", "bypass_csp"}

CHROMIUM_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
    f"--host-resolver-rules=MAP {HOME} 127.0.0.1",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Any) -> dict[str, Any]:
    """Debian's Chromium where Playwright's own is not installed: the one without windows, which is quicker."""
    own = Path(playwright.chromium.executable_path)
    debian = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    found = {} if own.exists() else {"executable_path": debian}
    return {**browser_type_launch_args, "args": [*CHROMIUM_ARGS, ONE_PROCESS], **found}


@pytest.fixture(scope="session")
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium with all its parts; the one without windows has no notifications."""
    own = Path(playwright.chromium.executable_path)
    found: dict[str, Any] = {"channel": "chromium"} if own.exists() else {"executable_path": shutil.which("chromium")}
    browser = playwright.chromium.launch(args=CHROMIUM_ARGS, **found)
    yield browser
    browser.close()


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    """A running stand-in for Ollama."""
    server = OllamaServer().start()
    yield server
    server.stop()


@pytest.fixture
def database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database in which nobody has anything yet: SQLite's, and for the modules ``ON_BOTH`` also PostgreSQL's."""
    if getattr(request, "param", "") == POSTGRES:
        empty: EmptyPostgres = request.getfixturevalue("empty_postgres")
        yield from empty.opened()
        return
    made = opened(tmp_path)
    yield made
    made.close()


@pytest.fixture
def house(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """An installation in this process, for programs that use its API; its clock stands still."""
    made = House(tmp_path, **_on_server(request, "database_url"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def lasting_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house for all tests of a module that leave nothing in it on which others would stumble."""
    made = House(tmp_path_factory.mktemp("house"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> PostgresServer:
    """A server of PostgreSQL, one for all workers; without one the test is skipped."""
    base = tmp_path_factory.getbasetemp()
    try:
        return shared(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)
    except NoServerError as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def empty_postgres(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmptyPostgres]:
    """This worker's database on the server."""
    name = os.environ.get("PYTEST_XDIST_WORKER", "only")
    made = EmptyPostgres(postgres.create(name), tmp_path_factory.mktemp("beside-postgres"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def redis() -> Iterator[RedisServer]:
    """A Redis, one for each worker that asks for it; without one the test is skipped."""
    yield from started(RedisServer)


@pytest.fixture
def on_server(empty_postgres: EmptyPostgres) -> Iterator[Database]:
    """A database on PostgreSQL, in which nobody has anything yet."""
    yield from empty_postgres.opened()


@pytest.fixture(params=["redis", "postgres"])
def carrier(request: pytest.FixtureRequest) -> str:
    """The address of the Redis that carries what instances say; empty where the database does."""
    return request.getfixturevalue("redis").url if request.param == "redis" else ""


def _on_server(request: pytest.FixtureRequest, name: str) -> dict[str, Any]:
    """The setting of that name, for what is to run on PostgreSQL; nothing else."""
    if getattr(request, "param", "") != POSTGRES:
        return {}
    empty: EmptyPostgres = request.getfixturevalue("empty_postgres")
    return {name: empty.address()}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs on both databases what is named to do so: by its database, its house or its product."""
    module = metafunc.module.__name__
    chosen = {
        "database": module in ON_BOTH,
        "house": module in HOUSES_ON_BOTH,
        "product": f"{module}.{metafunc.function.__name__}" in SCENES_ON_BOTH,
    }
    for name, on_both in chosen.items():
        if name in metafunc.fixturenames and on_both and not metafunc.definition.get_closest_marker("sqlite"):
            metafunc.parametrize(name, [SQLITE, POSTGRES], indirect=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Ends the server when all workers are done."""
    if "PYTEST_XDIST_WORKER" not in os.environ and (factory := getattr(session.config, "_tmp_path_factory", None)):
        end_shared(factory.getbasetemp())


@pytest.fixture(scope="session")
def port() -> int:
    """Where the products of this worker listen, one after the other: what a browser cached of one serves the next."""
    return free_port()


@pytest.fixture
def product(tmp_path: Path, ollama: OllamaServer, port: int, request: pytest.FixtureRequest) -> Iterator[Product]:
    """The running product, in which nobody has anything yet."""
    settings = _on_server(request, "ASSISTANT_DATABASE_URL")
    if not settings:
        empty_database(tmp_path / "assistant.db")
    running = Product(tmp_path, ollama.host, port, settings=settings, forked=True).start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def contexts(browser: Browser, port: int) -> Contexts:
    """Contexts of the browser that serve scene after scene."""
    return Contexts(browser, f"http://{HOME}:{port}", timezone_id="UTC")


@pytest.fixture
def anna(product: Product) -> Iterator[Person]:
    """Anna, beside her pages."""
    person = product.person("anna")
    yield person
    person.close()


@pytest.fixture
def page_of(
    product: Product, browser: Browser, contexts: Contexts, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Opens a page of the product, logged in as the person of that name.

    As from another device at home, over plain HTTP; what browsers keep for trusted addresses needs ``trusted``.
    """
    shared, own = [], []

    def open_page(name: str, path: str = "/", *, trusted: bool = False, **options: Any) -> Page:
        address = product.url if trusted else product.home
        viewport = options.get("viewport")
        if address != contexts.address or not options.keys() <= SHARED:
            notified = "notifications" in options.get("permissions", ())
            chosen = request.getfixturevalue("whole_browser") if notified else browser
            context = chosen.new_context(**{"base_url": address, "timezone_id": "UTC", **options})
            own.append(context)
        else:
            context = contexts.take(**{name: said for name, said in options.items() if name != "viewport"})
            shared.append(context)
        client = product.person(name)
        cookies = [{"name": c.name, "value": str(c.value), "url": address} for c in client.cookies.jar]
        client.close()
        context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        if viewport:
            page.set_viewport_size(viewport)
        page.goto(path)
        return page

    yield open_page
    for context in shared:
        contexts.give_back(context)
    for context in own:
        context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that nobody waits for it at the end; scenes in a browser come last."""
    marked = [[item.get_closest_marker(name) is not None for name in ("long", "browser")] for item in items]
    order = sorted(range(len(items)), key=lambda at: (not marked[at][0], marked[at][1]))
    items[:] = [items[at] for at in order]


def pytest_collection_finish() -> None:
    """What was loaded and collected is never garbage: nobody looks through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Playwright's loop, once it runs, is in the way of asyncio's: to tests without a browser it does not show."""
    if item.get_closest_marker("browser") is not None:
        return (yield)
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(running)
