"""The outsider is refused on every route, every row and every socket."""

import asyncio
import re
from contextlib import closing
from datetime import UTC

import pytest
import socketio
from nicegui import core
from starlette.routing import Route

from assistant.chat import branches, context, conversations, export, messages, pictures
from assistant.chat.models import Image
from assistant.chat.search import index as search
from assistant.config import Config
from assistant.errors import NotFound
from assistant.storage.database import Database
from assistant.web import parts
from assistant.web.guards.gate import PUBLIC
from tests.person import PASSWORD
from tests.product import Product
from tests.sockets import cookie, open_page, socket_of

ANNA, EVE = 1, 2
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003"
    "010100c9fe92ef0000000049454e44ae426082"
)


def test_every_row_function_refuses_the_outsider(database: Database) -> None:
    now = parts.now()
    pair = messages.ask(ANNA, None, "a secret", key="k", now=now, model="m")
    messages.finish(pair.answer.id, now, state="done", text="a secret answer")
    home = pair.question.conversation_id
    image = Image.create(user=ANNA, kind="image/png", data=b"x", width=1, height=1, created=now).id
    refused = [
        lambda: messages.ask(EVE, home, "hi", key="e", now=now, model="m"),
        lambda: messages.ask(EVE, None, "hi", key="f", now=now, model="m", images=(image,)),
        lambda: messages.edit(EVE, pair.question.id, "hi", key="g", now=now),
        lambda: messages.regenerate(EVE, pair.answer.id, model="m", now=now),
        lambda: messages.resume(EVE, pair.answer.id, now),
        lambda: branches.thread(EVE, home),
        lambda: branches.choose_version(EVE, pair.answer.id, 1),
        lambda: branches.reveal(EVE, pair.answer.id),
        lambda: branches.remove(EVE, pair.answer.id, now),
        lambda: branches.put_back(EVE, branches.Removed(home, None, now)),
        lambda: messages.answer_to(EVE, pair.question.id, model="m", now=now),
        lambda: conversations.get(EVE, home),
        lambda: messages.get_own(EVE, pair.answer.id),
        lambda: conversations.change(EVE, home, title="mine now"),
        lambda: conversations.delete(EVE, home, now),
        lambda: conversations.restore(EVE, home),
        lambda: context.request(EVE, pair.answer.id, 8192),
        lambda: pictures.get(EVE, image),
        lambda: export.markdown(EVE, home, UTC),
        lambda: list(export.whole(EVE, home)),
    ]
    for act in refused:
        with pytest.raises(NotFound):
            database.run_here(act)
    assert search.find(EVE, "secret") == []
    assert conversations.listing(EVE) == []
    assert len(search.find(ANNA, "secret")) == 2
    assert conversations.get(ANNA, home).title == "a secret"


def paths() -> list[str]:
    inner = [route.path for route in core.app.routes if isinstance(route, Route)]
    return sorted({re.sub(r"{[^}]*}", "1", path) for path in [*inner, "/images/1", "/docs", "/anything"]})


def test_nobody_gets_nothing_without_a_session(product: Product) -> None:
    asked = 0
    with product.client() as client:
        for path in paths():
            if path in PUBLIC:
                continue
            asked += 1
            answer = client.get(path, headers={"accept": "text/html"})
            assert answer.status_code in {303, 403}, path
            assert answer.status_code == 403 or answer.headers["location"].startswith("/login"), path
            assert client.get(path).status_code in {401, 403}, path
            assert client.post(path).status_code in {401, 403}, path
    assert asked > 5


def test_another_persons_page_and_picture_are_not_found(product: Product) -> None:
    with closing(product.person("anna")) as anna:
        image = anna.post("/api/v1/images", content=DOT).json()["id"]
        assert anna.get(f"/images/{image}").status_code == 200
    with closing(product.person("eve")) as eve:
        assert eve.get(f"/images/{image}").status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
    ],
)
def test_unsafe_requests_from_elsewhere_are_refused(product: Product, headers: dict[str, str]) -> None:
    with closing(product.person("anna")) as anna:
        assert anna.post("/logout", headers=headers).status_code == 403
        assert anna.get("/settings").status_code == 200


async def connect(product: Product, headers: dict[str, str], client_id: str) -> None:
    """Connects such a socket and lets it go."""
    async with socket_of(product, headers, client_id) as socket:
        await socket.disconnect()


def test_a_socket_drives_only_pages_of_its_own_session(product: Product) -> None:
    anna, eve = product.person("anna"), product.person("eve")
    page = open_page(anna).id
    ours = {"Origin": product.url, "Cookie": cookie(anna)}
    refused = [
        {**ours, "Origin": "https://evil.example"},
        {"Cookie": cookie(anna)},
        {"Origin": product.url},
        {"Origin": product.url, "Cookie": cookie(eve)},
    ]

    async def scenario() -> None:
        for headers in refused:
            with pytest.raises(socketio.exceptions.ConnectionError):
                await connect(product, headers, page)
        await connect(product, ours, page)

    asyncio.run(scenario())
    anna.close()
    eve.close()


def test_a_socket_ends_with_its_session(product: Product) -> None:
    anna = product.person("anna")
    headers, page = {"Origin": product.url, "Cookie": cookie(anna)}, open_page(anna).id

    async def scenario() -> None:
        gone = asyncio.Event()
        async with socket_of(product, headers, page) as socket:
            socket.on("disconnect", gone.set)
            await asyncio.to_thread(anna.post, "/logout")
            async with asyncio.timeout(1):
                await gone.wait()

    asyncio.run(scenario())
    anna.close()


@pytest.mark.parametrize("other", ['x={"a":1}', "a[b]=1", "a=b c", "foo", "path"])
def test_other_programs_cookies_do_no_harm(product: Product, other: str) -> None:
    with closing(product.person("anna")) as anna, product.client() as plain:
        assert plain.get("/settings", headers={"cookie": f"{other}; {cookie(anna)}"}).status_code == 200


def test_pictures_are_asked_for_each_time(product: Product) -> None:
    with closing(product.person("anna")) as anna:
        image = anna.post("/api/v1/images", content=DOT).json()["id"]
        shown = anna.get(f"/images/{image}")
        assert shown.headers["cache-control"] == "private, no-cache"
        known = {"if-none-match": shown.headers["etag"]}
        assert anna.get(f"/images/{image}", headers=known).status_code == 304
    with closing(product.person("eve")) as eve:
        assert eve.get(f"/images/{image}", headers=known).status_code == 404


def test_what_failed_has_the_headers_too(product: Product) -> None:
    with closing(product.person("anna")) as anna:
        for path in ("/images/99999999999999999999999", "/chat/99999999999999999999999", "/?m=x", "/login?next=//["):
            answer = anna.get(path, headers={"accept": "text/html"})
            assert answer.status_code < 500, path
            assert "'nonce-" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/chat/1", "/chat/1?m=1", "/chat/99", "/notes/1", "/notes/99", "/?note=1"])
def test_what_is_not_ones_own_is_not_found(product: Product, path: str) -> None:
    with closing(product.person("anna")) as anna:
        anna.note("mine")
    database = parts.open_database(Config(data=product.data))
    database.run_here(messages.ask, 1, None, "mine", key="k", now=parts.now(), model="m")
    database.close()
    with closing(product.person("eve")) as eve:
        answer = eve.get(path, headers={"accept": "text/html"})
        assert answer.status_code == 404, path
        assert "mine" not in answer.text


def test_every_answer_has_the_headers(product: Product) -> None:
    with closing(product.person("anna")) as anna:
        for path in ("/", "/login", "/healthz", "/static/account.js", "/nothing", "/images/99"):
            headers = anna.get(path).headers
            policy = headers["content-security-policy"]
            assert "'nonce-" in policy
            assert "frame-ancestors 'none'" in policy
            assert "http" not in policy.replace(f"ws://localhost:{product.port}", "")
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"
        assert anna.get("/").headers["cache-control"] == "no-store"
        text = anna.get("/", headers={"x-forwarded-prefix": "/evil"}).text
        assert "/evil" not in text
        assert anna.post("/login", content=b"x" * 70_000).status_code == 413


def test_the_password_is_changed_by_nobody_else(product: Product) -> None:
    product.person("anna").close()
    with product.client() as stranger:
        answer = stranger.post("/recover", data={"username": "anna", "code": "x", "password": PASSWORD})
        assert answer.status_code == 403
