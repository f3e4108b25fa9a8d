"""Three running instances on one PostgreSQL and one Redis: what one does all see, and nothing is lost."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import aiohttp
import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.reminders import reminders
from assistant.reminders.models import Ring
from tests.chat.documents.files import pdf
from tests.chat.test_chat_v1 import followed, text_of
from tests.ollama_server import OllamaServer, tokens
from tests.person import Person
from tests.postgres_server import PostgresServer
from tests.product import PATIENCE, Product
from tests.redis_server import RedisServer
from tests.sockets import cookie, open_page

V1 = "/api/v1"
INTERRUPTED_WITHIN = 15.0  # seconds after an instance died
GONE_WITHIN = 25.0  # seconds after an instance was told to go
CONNECT_AGAIN = 1012  # to a websocket, whose server begins anew


class Instances(NamedTuple):
    """The installation: its instances, and what they ask."""

    all: list[Product]
    ollama: OllamaServer

    def person(self, at: int, name: str = "anna") -> Person:
        """Somebody's side of HTTP at that instance."""
        return self.all[at].person(name)


@pytest.fixture(scope="module")
def house(
    postgres: PostgresServer, redis: RedisServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Instances]:
    """Three instances that start at once on an empty database; they share a folder."""
    name = f"house{tmp_path_factory.getbasetemp().name.replace('-', '')}"
    url, ollama = postgres.create(name), OllamaServer().start()
    settings = {
        "ASSISTANT_DATABASE_URL": url, "ASSISTANT_REDIS_URL": redis.url, "ASSISTANT_API_RATE": "1000",
        "ASSISTANT_DATA": str(tmp_path_factory.mktemp("shared")),
    }  # fmt: skip
    made = [
        Product(tmp_path_factory.mktemp(f"instance{number}"), ollama.host, settings=settings, forked=True)
        for number in range(3)
    ]
    for product in made:
        product.begin()
    for product in made:
        product.wait()
    yield Instances(made, ollama)
    for product in made:
        product.kill()
        assert "Traceback" not in product.log()
    ollama.stop()
    postgres.drop(name)


def until(true: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What is true in the end."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it did not become true"
        time.sleep(0.05)
    return found


def ask(anna: Person, text: str) -> int:
    asked = anna.post(f"{V1}/conversations", json={"text": text})
    assert asked.status_code == 201, asked.text
    return int(asked.json()["reply"]["id"])


def reply(anna: Person, answer: int) -> dict[str, Any]:
    found: dict[str, Any] = anna.get(f"{V1}/replies/{answer}").json()
    return found


def test_an_answer_is_followed_and_stopped_at_another_instance(house: Instances) -> None:
    with closing(house.person(0)) as here, closing(house.person(1)) as there:
        answer, found = ask(here, "tokens=60 delay=0.02 stall"), list[tuple[str, str, Any]]()
        with followed(there, "GET", f"/replies/{answer}/events") as stream:
            for event in stream:
                found.append(event)
                if text_of(found) == tokens(60) and event[0] == "text":
                    assert there.post(f"{V1}/replies/{answer}/stop").json()["state"] == "stopped"
        assert (found[-1][0], found[-1][2]["state"]) == ("end", "stopped")
        assert found[-1][2]["text"] == tokens(60)


def test_a_file_being_read_is_seen_and_cancelled_at_another_instance(house: Instances) -> None:
    with closing(house.person(0)) as here, closing(house.person(1)) as there, closing(house.person(1, "eve")) as eve:
        sent, file = Future[int](), pdf(["many words " * 99] * 400)
        post = partial(here.post, f"{V1}/files", params={"name": "long.pdf"}, content=file)
        threading.Thread(target=lambda: sent.set_result(post().status_code)).start()
        until(lambda: [one["name"] for one in there.get(f"{V1}/files").json()["items"]] == ["long.pdf"])
        assert eve.get(f"{V1}/files").json()["items"] == []
        assert there.delete(f"{V1}/files", params={"name": "long.pdf"}).status_code == 204
        assert sent.result(PATIENCE) == 409
        until(lambda: there.get(f"{V1}/files").json()["items"] == [])


def test_what_a_killed_instance_wrote_is_interrupted_and_gone_on_with(house: Instances) -> None:
    with closing(house.person(0)) as here, closing(house.person(1)) as there:
        mine, other = ask(here, "tokens=10 stall"), ask(there, "tokens=10 stall second")
        until(lambda: reply(there, mine)["text"] == tokens(10))
        house.all[0].kill()
        killed = time.monotonic()
        found = until(lambda: (now := reply(there, mine))["state"] == "interrupted" and now)
        assert time.monotonic() - killed < INTERRUPTED_WITHIN
        assert found["text"] == tokens(10)
        house.all[0].start()
        assert reply(there, other)["state"] == "writing"  # whoever starts leaves the others' alone
        assert there.post(f"{V1}/replies/{mine}/continue").status_code == 200
        until(lambda: len(reply(there, mine)["text"]) > len(tokens(10)))
        for answer in (mine, other):
            there.post(f"{V1}/replies/{answer}/stop")


def test_each_reminder_rings_once(house: Instances) -> None:
    with closing(house.person(2)) as anna:
        due, now = datetime.now(UTC) + timedelta(seconds=1), datetime.now(UTC)
        for number in range(20):
            local = due.replace(tzinfo=None)
            anna.do(reminders.add, text=f"tea {number}", local=local, zone="UTC", now=now)
        anna.nudge()
        rung = lambda: anna.do(lambda user: Ring.select().where(Ring.user == user).count())  # noqa: E731
        until(lambda: rung() >= 20)
        assert rung() == 20


async def closing_code(anna: Person, opened: threading.Event) -> int | None:
    """How the instance closes the socket of a page."""
    url, page = str(anna.base_url).rstrip("/"), open_page(anna).id
    where = f"{url}/_nicegui_ws/socket.io/?EIO=4&transport=websocket&client_id={page}"
    headers = {"Origin": url, "Cookie": cookie(anna)}
    async with aiohttp.ClientSession(headers=headers) as session, session.ws_connect(where) as line:
        opened.set()
        async for _ in line:
            pass
        return line.close_code


def test_one_that_is_told_to_go_says_so_and_finishes_what_it_writes(house: Instances) -> None:
    leaving = house.all[2]
    with closing(house.person(2)) as here, closing(house.person(1)) as there:
        answer = ask(here, "tokens=80 delay=0.06")
        until(lambda: reply(there, answer)["text"])
        opened, closed = threading.Event(), Future[int | None]()
        threading.Thread(target=lambda: closed.set_result(asyncio.run(closing_code(here, opened)))).start()
        assert opened.wait(PATIENCE)
        assert leaving.process
        leaving.process.terminate()
        told = time.monotonic()
        ready = until(lambda: (now := here.get("/readyz")).status_code == 503 and now)
        assert ready.json()["instance"] == "leaving"
        later = ask(here, "tokens=5")  # is begun elsewhere
        until(lambda: reply(there, later)["state"] == "done")
        leaving.process.wait(PATIENCE)
        assert time.monotonic() - told < GONE_WITHIN
        found = reply(there, answer)
        assert (found["state"], found["text"]) == ("done", tokens(80))
    assert closed.result(PATIENCE) == CONNECT_AGAIN
    leaving.start()


def test_a_copy_is_refused_while_any_runs(house: Instances) -> None:
    said = house.all[0].run("copy", "--to", f"sqlite:///{house.all[0].data / 'copy.db'}")
    assert said.returncode == 1
    assert f":{house.all[1].port}" in said.stderr
    rehearsed = house.all[0].run("copy", "--rehearsal", "--to", f"sqlite:///{house.all[0].data / 'copy.db'}")
    assert rehearsed.returncode == 0, rehearsed.stderr


def test_the_doctor_names_all_that_run(house: Instances) -> None:
    said = house.all[1].run("doctor").stdout
    assert all(f":{product.port}" in said for product in house.all)
    assert "over Redis" in said


def page_of(browser: Browser, person: Person) -> Page:
    url = str(person.base_url)
    context = browser.new_context(base_url=url)
    context.add_cookies([{"name": c.name, "value": str(c.value), "url": url} for c in person.cookies.jar])
    return context.new_page()


@pytest.mark.browser
def test_a_page_shows_what_is_written_at_another_instance(house: Instances, browser: Browser) -> None:
    with closing(house.person(0)) as here, closing(house.person(1)) as there:
        written, mirror = page_of(browser, there), page_of(browser, here)
        written.goto("/notes")
        expect(written.get_by_text("Nothing written yet")).to_be_visible()
        assert here.post(f"{V1}/notes", json={"text": "# From elsewhere"}).status_code == 201
        expect(written.get_by_text("From elsewhere")).to_be_visible()
        written.goto("/")
        box = written.get_by_label("Your message")
        box.fill("tokens=40 delay=0.02 stall")
        box.press("Enter")
        expect(written.locator(".message-live")).to_contain_text("t3")
        mirror.goto(urlsplit(written.url).path)
        expect(mirror.locator(".message-live")).to_contain_text("t39")
        mirror.get_by_role("button", name="Stop").click()
        for page in (mirror, written):
            expect(page.locator(".message-assistant footer")).to_be_visible()
            expect(page.locator(".message-assistant")).to_contain_text("t39")
        for page in (written, mirror):
            page.context.close()
