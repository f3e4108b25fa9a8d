"""Hours in which reminders disturb nobody: when they end, and what rings all the same."""

from datetime import UTC, datetime, time

import pytest

from assistant.reminders.models import Delivery
from assistant.reminders.notifications import channels
from assistant.reminders.notifications.quiet_hours import quiet_until
from assistant.users import preferences
from assistant.users.preferences import Preferences
from tests.person import Person

NIGHT = Preferences(quiet=True, zone="Europe/Berlin")  # 22:00 to 07:00


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-01-10T20:59", None), ("2026-01-10T21:00", "2026-01-11T06:00"), ("2026-01-10T23:30", "2026-01-11T06:00"),
        ("2026-01-11T05:59", "2026-01-11T06:00"), ("2026-01-11T06:00", None),
        # The night in which clocks go forward, and the one in which they go back.
        ("2026-03-28T22:00", "2026-03-29T05:00"), ("2026-10-24T21:00", "2026-10-25T06:00"),
    ],
)  # fmt: skip
def test_over_midnight_in_the_persons_zone(now: str, end: str | None) -> None:
    assert quiet_until(NIGHT, 0, at(now)) == (at(end) if end else None)


def test_within_a_day_and_never() -> None:
    noon = NIGHT.model_copy(update={"zone": "UTC", "quiet_from": time(12), "quiet_to": time(14)})
    assert quiet_until(noon, 0, at("2026-01-10T12:00")) == at("2026-01-10T14:00")
    assert quiet_until(noon, 0, at("2026-01-10T14:00")) is None
    assert quiet_until(noon, 0, at("2026-01-10T02:00")) is None
    same = noon.model_copy(update={"quiet_to": time(12)})
    assert quiet_until(same, 0, at("2026-01-10T12:30")) is None
    assert quiet_until(Preferences(), 0, at("2026-01-10T23:00")) is None


@pytest.mark.parametrize(("rings", "through"), [("nothing", []), ("high", [3]), ("medium", [2, 3])])
def test_what_matters_enough_rings_all_the_same(rings: str, through: list[int]) -> None:
    chosen = NIGHT.model_copy(update={"quiet_rings": rings})
    now = at("2026-01-10T23:00")
    assert [priority for priority in range(4) if quiet_until(chosen, priority, now) is None] == through


def test_what_rings_in_quiet_hours_goes_out_when_they_end(anna: Person) -> None:
    now = datetime.now(UTC)
    hours = {"quiet_from": (now.hour - 1) % 24, "quiet_to": (now.hour + 2) % 24}
    anna.do(lambda user: preferences.save(user, quiet=True, zone="UTC", **{k: time(v) for k, v in hours.items()}))
    anna.do(channels.add, kind="webhook", address="https://1.1.1.1/x", secret="", now=now)
    anna.rung("Tea")
    tries = anna.do(lambda _user: [row.next_try for row in Delivery.select()])
    end = now.replace(minute=0, second=0, microsecond=0).timestamp() + 2 * 3600
    assert [one.timestamp() for one in tries] == [end]
