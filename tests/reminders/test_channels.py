"""Where a person's reminders ring: theirs alone, so many, and never somebody else's browser."""

import asyncio
import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.errors import Conflict, Invalid, NotFound
from assistant.reminders.models import Channel
from assistant.reminders.notifications import channels
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.users.models import Session
from assistant.users.sessions import IDLE, Sessions

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
POINT = base64.urlsafe_b64encode(b"\x04" + bytes(64)).rstrip(b"=").decode()
AUTH = base64.urlsafe_b64encode(b"0123456789abcdef").rstrip(b"=").decode()
OTHER = base64.urlsafe_b64encode(b"fedcba9876543210").rstrip(b"=").decode()
ENDPOINT = "https://push.example/send/abc"


class Home:
    """Anna and Eve, with a session each."""

    def __init__(self) -> None:
        self.anna, self.eve = (accounts.add(name, "x", now=NOW).id for name in ("anna", "eve"))
        self.annas, self.eves = self.session(self.anna), self.session(self.eve)

    def session(self, user: int) -> int:
        token = f"{user} {Session.select().count()}".encode()
        return int(Session.create(user=user, token=token, created=NOW, seen=NOW).id)

    def subscribe(self, user: int, session: int, **more: Any) -> Channel:
        said = {"address": ENDPOINT, "p256dh": POINT, "auth": AUTH, "name": "Firefox on Linux", "now": NOW}
        return channels.subscribe(user, session, **{**said, **more})

    def hook(self, user: int, address: str = "https://hook.example/x", **more: Any) -> Channel:
        return channels.add(user, **{"kind": "webhook", "address": address, "secret": "", "now": NOW, **more})


@pytest.fixture
def home(database: Database) -> Home:
    return Home()


def test_a_browser_that_subscribes_again_is_one_device(home: Home) -> None:
    home.subscribe(home.anna, home.annas)
    later = home.session(home.anna)
    home.subscribe(home.anna, later, now=NOW + timedelta(days=1), p256dh=POINT)
    (row,) = channels.listing(home.anna)
    assert (row.session_id, row.created, row.name) == (later, NOW, "Firefox on Linux")


def test_a_shared_browser_rings_for_who_uses_it_now(home: Home) -> None:
    home.subscribe(home.anna, home.annas)
    home.subscribe(home.eve, home.eves)
    assert channels.listing(home.anna) == []
    assert [row.user for row in channels.listing(home.eve)] == [home.eve]


def test_another_person_who_opens_the_browser_silences_it_without_switching_anything_on(home: Home) -> None:
    home.subscribe(home.anna, home.annas)
    assert channels.renew(home.anna, home.annas, address=ENDPOINT, auth=AUTH)
    assert not channels.renew(home.eve, home.eves, address=ENDPOINT, auth=AUTH)
    assert Channel.select().count() == 0
    assert not channels.renew(home.anna, home.annas, address=ENDPOINT, auth=AUTH)


def test_who_knows_only_the_address_takes_nothing(home: Home) -> None:
    home.subscribe(home.anna, home.annas)
    with pytest.raises(Conflict):
        home.subscribe(home.eve, home.eves, auth=OTHER)
    assert not channels.renew(home.eve, home.eves, address=ENDPOINT, auth=OTHER)
    assert len(channels.listing(home.anna)) == 1


def test_a_new_login_on_the_same_browser_takes_it_along(home: Home) -> None:
    home.subscribe(home.anna, home.annas)
    later = home.session(home.anna)
    assert channels.renew(home.anna, later, address=ENDPOINT, auth=AUTH)
    Session.delete().where(Session.id == home.annas).execute()
    assert len(channels.listing(home.anna)) == 1


def test_the_end_of_a_session_ends_its_push_and_nothing_else(home: Home, database: Database) -> None:
    sessions = Sessions(database, clock=lambda: NOW)
    ends = {
        "logout": lambda: asyncio.run(sessions.end(home.annas)),
        "everywhere": lambda: asyncio.run(sessions.end_all(home.anna)),
        "password": lambda: database.run_here(accounts.set_password, home.anna, "y"),
        "locked out": lambda: database.run_here(accounts.disable, home.anna, NOW),
    }
    home.hook(home.anna)
    for end, act in ends.items():
        home.annas = home.session(home.anna)
        home.subscribe(home.anna, home.annas)
        act()
        assert [row.kind for row in channels.listing(home.anna)] == ["webhook"], end


def test_a_phone_that_nobody_opened_for_weeks_still_rings(home: Home, database: Database) -> None:
    home.subscribe(home.anna, home.annas)
    later = NOW + 5 * IDLE

    async def scenario() -> None:
        sessions = Sessions(database, clock=lambda: later)
        token = await sessions.begin(home.eve, "another login, which clears up")
        assert await sessions.resolve(token)
        assert await sessions.of(home.anna) == []

    asyncio.run(scenario())
    assert len(channels.listing(home.anna)) == 1


def test_the_outsider_finds_nothing(home: Home) -> None:
    mine = [
        home.subscribe(home.anna, home.annas).id,
        home.hook(home.anna, secret="s").id,
    ]
    for act in (channels.get, channels.remove):
        for channel in mine:
            with pytest.raises(NotFound):
                act(home.eve, channel)
    assert channels.listing(home.eve) == []
    assert len(channels.listing(home.anna)) == 2
    channels.remove(home.anna, mine[0])
    assert [row.id for row in channels.listing(home.anna)] == mine[1:]


def test_two_people_may_have_the_same_webhook(home: Home) -> None:
    home.hook(home.anna)
    home.hook(home.eve)
    with pytest.raises(Conflict) as error:
        home.hook(home.anna, " https://hook.example/x ")
    assert error.value.field == "address"


def test_there_is_room_for_twenty(home: Home) -> None:
    for number in range(channels.MOST):
        home.hook(home.anna, f"https://hook.example/{number}")
    for act in (
        lambda: home.hook(home.anna),
        lambda: home.subscribe(home.anna, home.annas),
    ):
        with pytest.raises(Invalid) as error:
            act()
        assert "Remove one first" in error.value.sentence
    home.hook(home.eve)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"address": "nothing"}, "address"), ({"address": "https://hook.example/\ud800 "}, "address"),
        ({"address": "https://hook.example/" + "x" * 2000}, "address"),
        ({"address": "http://a:b@hook.example/"}, "address"),
        ({"secret": "x" * 201}, "secret"), ({"secret": "a\r\nX: y"}, "secret"), ({"secret": "ümlaut"}, "secret"),
        ({"kind": "push"}, "kind"), ({"kind": "pigeon"}, "kind"),
        ({"kind": "ntfy", "address": "https://ntfy.sh"}, "address"),
        ({"kind": "ntfy", "address": "https://ntfy.sh/"}, "address"),
        ({"kind": "ntfy", "address": "https://ntfy.sh/a.b"}, "address"),
        ({"kind": "ntfy", "address": "https://ntfy.sh/topic?auth=x"}, "address"),
        ({"kind": "ntfy", "address": "https://ntfy.sh/" + "x" * 65}, "address"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_at_its_field(home: Home, said: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as error:
        home.hook(home.anna, **{"address": "https://hook.example/x", **said})
    assert error.value.field == field


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"address": "http://push.example/x"}, "address"), ({"p256dh": ""}, "keys"), ({"p256dh": "ä"}, "keys"),
        ({"p256dh": AUTH}, "keys"), ({"auth": POINT}, "keys"), ({"auth": "x"}, "keys"),
    ],
)  # fmt: skip
def test_a_subscription_that_cannot_be_is_refused(home: Home, said: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as error:
        home.subscribe(home.anna, home.annas, **said)
    assert error.value.field == field
    assert channels.listing(home.anna) == []
