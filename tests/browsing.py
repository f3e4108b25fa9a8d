"""What scenes in a browser share."""

from playwright.sync_api import Error, Page, expect


def reload(page: Page) -> None:
    """Loads the page anew, also while it does so by itself, as one that lost its server does."""
    try:
        page.reload()
    except Error as error:
        if "ERR_ABORTED" not in str(error):
            raise
        page.wait_for_load_state()


def follow(page: Page, address: str) -> None:
    """Moves to the address as a link in the page does, and waits until its view has come."""
    page.evaluate("address => window.assistant.move(address)", address)
    expect(page.locator("body.moving")).to_have_count(0)


HOLD = (
    "window.held = []; const send = {socket}.send; {socket}.send = function (data) {{"
    " if (held && data !== '3') held.push(() => send.call(this, data)); else send.call(this, data) }}"
)


def hold_back(page: Page, *, now: bool = False) -> None:
    """From its next load on, or from ``now``, the page sends nothing but signs of life before ``let_go``.

    As over a slow line.
    """
    if now:
        page.evaluate(f"() => {{ {HOLD.format(socket='socket.io.engine.transport.ws')} }}")
    else:
        page.add_init_script(HOLD.format(socket="WebSocket.prototype"))


def let_go(page: Page) -> None:
    """Sends what was held back, and all that comes."""
    page.evaluate("() => { const all = held; held = null; all.forEach((one) => one()) }")


def nothing_is_kept(page: Page, place: str) -> None:
    """Waits until the browser keeps nothing more that was typed in places which begin so."""
    page.wait_for_function("place => !Object.keys(localStorage).some((key) => key.startsWith(place))", arg=place)
