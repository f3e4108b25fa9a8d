"""Sessions and limits, with the clock in the test's hand."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import Busy, Conflict, Forbidden, TooMany
from assistant.storage.database import Database
from assistant.users import accounts, clock_repair, invitations, limits
from assistant.users.models import Session
from assistant.users.passwords import Passwords
from assistant.users.sessions import Sessions

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def test_a_session_ends_after_seven_idle_and_thirty_days(database: Database) -> None:
    clock = Clock()
    sessions = Sessions(database, clock=clock)
    user = database.run_here(accounts.add, "anna", "x", now=START)

    async def scenario() -> None:
        token = await sessions.begin(user.id, "test")
        idle = await sessions.begin(user.id, "test")
        for _ in range(5):
            clock.now += timedelta(days=5)
            assert await sessions.resolve(token)
        assert await sessions.resolve(idle) is None
        clock.now = START + timedelta(days=30, seconds=1)
        assert await sessions.resolve(token) is None
        assert await sessions.resolve("made up") is None

    asyncio.run(scenario())


def test_an_end_is_told_at_once_and_from_another_process_within_a_second(database: Database) -> None:
    sessions = Sessions(database, clock=Clock())
    user = database.run_here(accounts.add, "anna", "x", now=START)
    ended: list[int] = []

    async def scenario() -> None:
        tokens = [await sessions.begin(user.id, "test") for _ in range(2)]
        first, second = [asking.session for token in tokens if (asking := await sessions.resolve(token))]
        for session in (first, second):
            sessions.follow(session, lambda session=session: ended.append(session))  # type: ignore[misc]
        await sessions.end(first)
        assert ended == [first]
        assert not sessions.alive(first)
        watching = asyncio.create_task(sessions.watch())
        await database.run(lambda: Session.delete().execute())
        async with asyncio.timeout(1):
            while ended != [first, second]:
                await asyncio.sleep(0.01)
        watching.cancel()

    asyncio.run(scenario())


def test_a_new_session_never_takes_the_place_of_an_ended_one(database: Database) -> None:
    sessions = Sessions(database, clock=Clock())
    user = database.run_here(accounts.add, "anna", "x", now=START)

    async def scenario() -> None:
        for _ in range(3):
            token = await sessions.begin(user.id, "test")
            asking = await sessions.resolve(token)
            assert asking is not None
            await sessions.end(asking.session)
            assert await sessions.resolve(token) is None

    asyncio.run(scenario())


@pytest.mark.parametrize("running", [False, True], ids=["before the start", "while it runs"])
def test_what_began_under_a_clock_that_was_ahead_ends_as_if_it_began_now(database: Database, *, running: bool) -> None:
    clock, looked = Clock(), [START]
    sessions = Sessions(database, clock=clock)
    user = database.run_here(accounts.add, "anna", "x", now=START)

    def look() -> datetime:
        looked.append(clock.now)
        return clock.now

    async def until(condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                await asyncio.sleep(0.01)

    async def scenario() -> None:
        clock.now = START + timedelta(days=800)
        token = await sessions.begin(user.id, "test")
        invitation = await database.run(invitations.invite, clock.now)
        await database.run(limits.forgive, "anna", "192.0.2.1", clock.now, "browser")
        if not running:
            clock.now = START
        watching = asyncio.create_task(clock_repair.watch(database, look, every=0.01))
        await until(lambda: looked[-1] == clock.now)
        clock.now = START
        await until(lambda: database.run_here(lambda: Session.get().created) == START)
        watching.cancel()
        for days, lasts in ((6, True), (91, False)):
            clock.now = START + timedelta(days=days)
            assert (await sessions.resolve(token) is not None) == lasts
            assert await database.read(invitations.good, invitation, clock.now) == lasts
            assert await database.read(limits.is_known, "anna", "browser", clock.now) == lasts

    asyncio.run(scenario())


def test_the_delay_of_an_account_grows_and_ends(database: Database) -> None:
    def scenario() -> None:
        now, delays = START, []
        for home in ("192.0.2.1", "198.51.100.7"):
            limits.forgive("anna", home, now)
        for _ in range(20):
            try:
                limits.try_password("anna", "192.0.2.1", now)
            except TooMany as error:
                delays.append(round(error.retry_after))
                now += timedelta(seconds=error.retry_after)
                limits.try_password("anna", "192.0.2.1", now)
        assert delays[:4] == [2, 8, 32, 128]  # each refused try counts as well
        assert max(delays) <= 300
        limits.try_password("anna", "198.51.100.7", now)
        limits.try_password("anna", "192.0.2.1", now + timedelta(minutes=15))

    database.run_here(scenario)


def test_what_is_known_has_a_slot_of_its_own(database: Database) -> None:
    def scenario() -> None:
        now = START
        limits.forgive("anna", "198.51.100.7", now, "browser")
        for number in range(200):
            with suppress(TooMany):
                limits.try_password("anna", f"192.0.2.{number}", now)
        with pytest.raises(TooMany) as error:
            limits.try_password("anna", "203.0.113.1", now)
        assert error.value.retry_after >= 2
        limits.try_password("anna", "198.51.100.7", now)
        limits.try_password("anna", "203.0.113.1", now, "browser")
        assert not limits.is_known("bert", "browser", now)

    database.run_here(scenario)


@pytest.mark.sqlite
@pytest.mark.parametrize("attackers", [5, 200])
def test_a_day_under_attack(database: Database, attackers: int) -> None:
    """All the time somebody guesses; now and then the owner comes with the right password."""
    tries, entered = 0, 0

    def guess(second: int) -> None:
        nonlocal tries
        if limits.admit("anna", f"203.0.113.{second % attackers}", START + timedelta(seconds=second)) is None:
            tries += 1

    def come(second: int, browser: str, network: str) -> bool:
        """Whether the owner, who tries again when told to, is in within a minute."""
        now = START + timedelta(seconds=second)
        while (refused := limits.admit("anna", network, now, browser)) is not None:
            now += timedelta(seconds=refused.retry_after)
            if now > START + timedelta(seconds=second + 60):
                return False
        limits.forgive("anna", network, now, browser)
        return True

    def scenario() -> None:
        nonlocal entered
        limits.forgive("anna", "198.51.100.7", START, "phone")
        for second in range(0, 86_400, 60):
            guess(second)
            if second % 7200 == 0:
                entered += come(second, "phone", f"192.0.2.{second // 7200}")
                entered += come(second, "", "198.51.100.7")

    database.run_here(scenario)
    assert entered == 24
    assert tries <= 100


def test_a_refused_try_counts_and_a_time_that_was_told_is_kept_to(database: Database) -> None:
    def refusal(now: datetime) -> float:
        try:
            limits.try_password("anna", "192.0.2.1", now)
        except TooMany as error:
            return error.retry_after
        return 0

    def scenario() -> None:
        refused = [refusal(START + timedelta(milliseconds=number)) for number in range(10)]
        assert [round(seconds) for seconds in refused] == [0] * 5 + [2] * 5
        later = START + timedelta(seconds=2.01)
        assert refusal(later) == 0
        assert refusal(later) == 128

    database.run_here(scenario)


def test_rows_of_a_clock_that_was_ahead_lock_nobody_out(database: Database) -> None:
    def scenario() -> None:
        ahead = START + timedelta(days=427)
        for _ in range(30):
            limits.admit("anna", "192.0.2.1", ahead)
        assert limits.admit("anna", "192.0.2.1", START) is None

    database.run_here(scenario)


def test_an_address_gets_one_try_a_minute_after_its_burst(database: Database) -> None:
    def scenario() -> None:
        for number in range(10):
            limits.take(f"2001:db8::{number}", START)
        with pytest.raises(TooMany):
            limits.take("2001:db8::ffff", START)
        limits.take("2001:db8:0:1::1", START)
        limits.take("2001:db8::ffff", START + timedelta(seconds=61))
        with pytest.raises(TooMany):
            limits.take("2001:db8::ffff", START + timedelta(seconds=62))

    database.run_here(scenario)


def test_an_invitation_lets_one_person_in(database: Database) -> None:
    def scenario() -> str:
        accounts.register("anna", "x", now=START)
        accounts.set_registration("invitation")
        return invitations.invite(START)

    token = database.run_here(scenario)
    database.run_here(accounts.register, "bert", "x", now=START, invitation=token)
    for when in (START, START + timedelta(days=8)):
        with pytest.raises(Forbidden):
            database.run_here(accounts.register, "carl", "x", now=when, invitation=token)


def test_the_last_owner_stays(database: Database) -> None:
    user, _ = database.run_here(accounts.register, "anna", "x", now=START)
    with pytest.raises(Conflict):
        database.run_here(accounts.disable, user.id, START)


def test_hashing_is_two_at_once_then_a_short_queue_then_busy() -> None:
    passwords = Passwords(memory_kib=8192, passes=1)

    async def scenario() -> None:
        results = await asyncio.gather(*(passwords.hash("some password") for _ in range(14)), return_exceptions=True)
        assert sum(isinstance(result, Busy) for result in results) == 4
        kept = next(result for result in results if isinstance(result, str))
        assert await passwords.verify(kept, "some password")
        assert not await passwords.verify(kept, "another")
        assert not await passwords.verify(None, "the password of nobody")
        assert not passwords.outdated(kept)
        assert Passwords().outdated(kept)

    asyncio.run(scenario())
    passwords.close()
