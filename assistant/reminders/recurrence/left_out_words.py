"""The days that a repetition leaves out, in plain English."""

from collections.abc import Sequence

from assistant.reminders.recurrence.feasts import calendars, table
from assistant.reminders.recurrence.left_out import DATE, HOLIDAYS, MONTH_DAY, NTH
from assistant.reminders.recurrence.words import DAYS, date_in_words, listed, nth, ordinal


def left_out_in_words(said: Sequence[str], *, here: str = "") -> str:
    """“on 24 December and Easter Monday, from 1 to 15 August and on public holidays in Germany”.

    The country ``here``, as two letters, is not named.
    """
    days = [_day(each) for each in said if not _is_range(each) and not HOLIDAYS.fullmatch(each)]
    ranges = [_range(*each.split("-")) for each in said if _is_range(each)]
    countries = [found[1] for each in said if (found := HOLIDAYS.fullmatch(each))]
    holidays = ["" if country == here else f" in {calendars.country_name(country)}" for country in countries]
    return listed(
        [*([f"on {listed(days)}"] if days else []), *ranges, *(f"on public holidays{where}" for where in holidays)]
    )


def _is_range(said: str) -> bool:
    first, dash, _ = said.partition("-")
    return bool(dash and DATE.fullmatch(first))


def _day(said: str) -> str:
    if DATE.fullmatch(said):
        return _date(said)
    if MONTH_DAY.fullmatch(said):
        number = int(said)
        return f"the {ordinal(number) if number > 0 else f'{nth(number)} day'} of the month"
    if which := NTH.fullmatch(said):
        weekday = DAYS["MOTUWETHFRSASU".index(which[2]) // 2]
        return f"the {nth(int(which[1]))} {weekday} of the month" if which[1] else f"{weekday}s"
    return table.title_of(said)


def _range(first: str, last: str) -> str:
    """The two dates, with what they share said once."""
    if first[:-2] == last[:-2]:
        return f"from {int(first[-2:])} to {_date(last)}"
    return f"from {_date(first)} to {_date(last)}"


def _date(said: str) -> str:
    day, month, year = int(said[-2:]), int(said[-4:-2]), int(said[:-4] or 0)
    return date_in_words(day, month, year)
