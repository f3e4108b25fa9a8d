"""Who is logged in shows again that it is them; the clock is in the test's hand."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import Invalid, TooMany
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.users.identity import Identity
from assistant.users.passwords import Passwords
from assistant.users.sessions import Sessions

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
RIGHT = "correct horse battery"


def test_a_login_counts_for_ten_minutes_and_so_does_the_password_given_again(database: Database) -> None:
    now = [START]
    passwords = Passwords(memory_kib=8, passes=1)
    sessions = Sessions(database, clock=lambda: now[0])
    identity = Identity(database, passwords, clock=lambda: now[0])
    user = database.run_here(accounts.add, "anna", passwords.hash_here(RIGHT), now=START).id

    async def scenario() -> None:
        asking = await sessions.resolve(await sessions.begin(user, "here"))
        other = await sessions.resolve(await sessions.begin(user, "there"))
        assert asking
        assert other
        now[0] += timedelta(minutes=9, seconds=59)
        assert await identity.is_fresh(asking)
        now[0] += timedelta(seconds=1)
        assert not await identity.is_fresh(asking)
        with pytest.raises(Invalid, match="not your password") as wrong:
            await identity.prove(asking, "wrong", "203.0.113.5")
        assert wrong.value.field == "current"
        assert not await identity.is_fresh(asking)
        await identity.prove(asking, RIGHT, "203.0.113.5")
        assert await identity.is_fresh(asking)
        assert not await identity.is_fresh(other)  # in the browser where it was given, in no other
        now[0] -= timedelta(days=1)  # a clock that was ahead is put right
        assert not await identity.is_fresh(asking)
        with pytest.raises(TooMany):  # noqa: PT012 - which of the tries is refused is the limits' own business
            for _ in range(9):
                try:
                    await identity.prove(asking, "wrong", "203.0.113.5")
                except Invalid:
                    continue

    asyncio.run(scenario())
    passwords.close()
