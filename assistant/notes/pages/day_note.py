"""The note of a day: its title is the date, so that it is found and linked by it."""

from datetime import datetime

from assistant.formats import DAYS, Formats


def title(today: datetime) -> str:
    """The title of the day's note."""
    return f"{today:%Y-%m-%d}"


def text(template: str, today: datetime, formats: Formats) -> str:
    """What it begins with: the template, with the day and the time in it."""
    words = {
        "date": formats.day(today.date(), whole=True),
        "weekday": DAYS[today.weekday()],
        "time": formats.time(today),
    }
    for name, value in words.items():
        template = template.replace(f"{{{{{name}}}}}", value)
    return template
