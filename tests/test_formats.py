"""Times and days, in the ways that people write them."""

from datetime import date, datetime

import pytest

from assistant.formats import Formats

AT = datetime(2026, 12, 3, 21, 5)
TODAY, LAST_YEAR = date(2026, 1, 2), date(2025, 1, 2)


@pytest.mark.parametrize(
    ("hour", "words"), [(0, "12:05 AM"), (9, "9:05 AM"), (12, "12:05 PM"), (13, "1:05 PM"), (23, "11:05 PM")]
)
def test_twelve_hours(hour: int, words: str) -> None:
    assert Formats(hours="12").time(AT.replace(hour=hour)) == words
    assert Formats().time(AT.replace(hour=hour)) == f"{hour:02}:05"


@pytest.mark.parametrize(
    ("order", "short", "dated", "whole"),
    [
        ("dmy", "3 Dec", "3 Dec 2026", "3 December 2026"),
        ("mdy", "Dec 3", "Dec 3, 2026", "December 3, 2026"),
        ("ymd", "Dec 3", "2026-12-03", "2026-12-03"),
    ],
)
def test_days(order: str, short: str, dated: str, whole: str) -> None:
    formats = Formats(order=order)
    assert (formats.day(AT.date(), TODAY), formats.day(AT.date(), LAST_YEAR)) == (short, dated)
    assert formats.day(AT.date(), whole=True) == whole
    assert formats.moment(AT) == f"{dated}, 21:05"
    assert formats.named(AT.date(), TODAY) == f"Thu{',' if order == 'mdy' else ''} {short}"
    assert formats.named(AT.date(), whole=True).startswith("Thursday")


def test_a_week_begins_where_it_should() -> None:
    assert Formats(first=6).week()[:2] == ("Sunday", "Monday")
    assert len(set(Formats(first=5).week())) == 7
