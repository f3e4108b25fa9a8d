"""Calendars made up at random: what comes is what the library finds that other calendars are built on, or is said."""

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.reminders.calendars import calendars, explained, ours, theirs

EXAMPLES = 60  # `make bench` tries 2,000


@pytest.mark.long
@seed(20261130)
@settings(
    max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)  # fmt: skip
@given(calendars())
def test_what_comes_is_what_the_library_finds(data: bytes) -> None:
    found, result = ours(data)
    expected = theirs(data)
    assert found == expected or explained(found, expected, result), data.decode()
