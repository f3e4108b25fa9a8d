"""How much one may ask is counted in the whole house."""

import asyncio

from assistant.rest.allowances import WINDOW, Allowances
from assistant.storage.database import Database
from tests.storage.house.houses import two, until

SIZE = 10


def test_what_one_instance_let_through_is_counted_in_the_other(on_server: Database, carrier: str) -> None:
    async def scenario() -> None:
        async with two(on_server, carrier) as (first, second, _events):
            here, there = Allowances(SIZE, first), Allowances(SIZE, second)
            for _ in range(SIZE - 2):
                assert here.take("key", "anna").wait == 0
            await until(lambda: there._now("key", "anna").amount < 3)
            assert [there.take("key", "anna").wait == 0 for _ in range(3)] == [True, True, False]
            assert there.take("key", "eve").left == SIZE - 1
            await until(lambda: here._now("key", "anna").amount < 1)
            refused = here.take("key", "anna")
            assert 1 <= refused.wait <= WINDOW / SIZE + 1
            assert refused.headers["RateLimit"].startswith('"key";r=0;')

    asyncio.run(scenario())


def test_what_was_let_through_at_the_same_moment_is_made_up_for(on_server: Database, carrier: str) -> None:
    async def scenario() -> None:
        async with two(on_server, carrier) as (first, second, _events):
            here, there = Allowances(SIZE, first), Allowances(SIZE, second)
            taken = [side.take("key", "anna").wait for side in (here, there) for _ in range(SIZE)]
            assert taken == [0] * 2 * SIZE
            await until(lambda: there._now("key", "anna").amount < 1 - SIZE / 2)
            assert there.take("key", "anna").wait > WINDOW / SIZE * SIZE / 2

    asyncio.run(scenario())
