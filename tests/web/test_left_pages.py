"""What a page holds on the server: kept for who comes back in a moment, given up when it is left for good."""

import asyncio

import pytest
from socketio.exceptions import ConnectionError as SocketError

from tests.product import PATIENCE, Product
from tests.sockets import cookie, open_page, socket_of

GOING_AWAY = 1001  # what a browser says that navigates away or closes the tab
VISITS = 100


async def visit(product: Product, cookies: str, page: str, *, leaves: bool) -> None:
    """Opens the page's socket, and says at its end that nobody comes back, or nothing at all."""
    async with socket_of(product, {"Origin": product.url, "Cookie": cookies}, page) as socket:
        await socket.call("alive", timeout=PATIENCE)
        if leaves:
            await socket.eio.ws.close(code=GOING_AWAY)


async def visit_again_and_again(product: Product, cookies: str, page: str) -> None:
    """Comes back to what was left; the server hears of it in its own time."""
    for _ in range(VISITS):
        await visit(product, cookies, page, leaves=True)


def test_a_page_that_is_left_is_given_up_and_one_that_is_cut_off_is_kept(product: Product) -> None:
    person = product.person("anna")
    cut, left, cookies = open_page(person).id, open_page(person).id, cookie(person)

    async def scenario() -> None:
        await visit(product, cookies, cut, leaves=False)
        await visit(product, cookies, cut, leaves=False)
        with pytest.raises(SocketError):
            await visit_again_and_again(product, cookies, left)

    asyncio.run(scenario())
    person.close()
