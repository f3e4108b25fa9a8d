"""Easter Sunday of the western and of the eastern churches."""

from datetime import date, timedelta


def western(year: int) -> date:
    """Easter Sunday of the western churches, after Gauss, Lichtenberg and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    return _dated(year, moon + sunday - 7 * late + 114)


def eastern(year: int) -> date:
    """Easter Sunday of the eastern churches, in our calendar, after Meeus: they count by the Julian one."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    return _dated(year, moon + sunday + 114) + timedelta(days=year // 100 - year // 400 - 2)


def _dated(year: int, count: int) -> date:
    """The date of months of 31 days that are counted through."""
    month, day = divmod(count, 31)
    return date(year, month, day + 1)
