"""The running product killed at any moment: each occurrence rings once, and what was answered stays answered."""

import pytest

from tests.product import Product
from tests.reminders.killing import Plan, another, play

# A forked process starts sooner, so it is killed sooner.
SHORT = Plan(alone=4, together=5, start=(0.02, 0.4), spread=12)


@pytest.mark.long
def test_killed_at_any_moment_each_occurrence_rings_once(product: Product) -> None:
    found = play(product, another(product), SHORT)
    print(f"{dict(found.kills)}: {found.wanted} rings, {found.answered} answers")
    assert sum(found.kills.values()) == SHORT.alone + 2 * SHORT.together
    assert found.answered > 5
    assert (found.missed, found.unwanted, found.doubled, found.rang_again) == (set(), set(), [], set())
    assert (found.lost, found.silent, found.untold) == ({}, [], {})
