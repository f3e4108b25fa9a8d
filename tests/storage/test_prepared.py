"""Queries whose SQL is made once answer each time for the values that they are asked with."""

from typing import Any

from assistant.storage.database import Database
from assistant.storage.engines.prepared import prepared
from assistant.users.models import User
from assistant.web import parts


@prepared(User)
def named(first: Any, second: Any) -> Any:
    return User.select(User.id, User.name).where(User.name.in_((first, second))).order_by(User.id)


@prepared(User)
def of(user: Any) -> Any:
    return User.select(User.name, User.created).where((User.id == user) & (User.created > parts.now().replace(year=1)))


def test_they_answer_for_other_values_each_time(database: Database) -> None:
    now = parts.now()

    def scenario() -> None:
        for name in ("anna", "ben", "eve"):
            User.create(name=name, key=name, password="", created=now)
        assert [row.name for row in named("anna", "eve")] == ["anna", "eve"]
        assert [row.name for row in named("ben", "nobody")] == ["ben"]
        first = named.first("anna", "ben")
        assert first is not None
        assert [(row.name, row.created) for row in of(first.id)] == [("anna", now)]
        assert named.first("nobody", "%") is None

    database.run_here(scenario)


def test_a_number_that_no_row_can_have_is_that_of_none(database: Database) -> None:
    assert database.run_here(lambda: [of(number) for number in (0, -1, 2**63, -(10**30))]) == [[], [], [], []]
