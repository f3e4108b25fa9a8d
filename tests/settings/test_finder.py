"""Settings are found by their words and by others, however they are written."""

import pytest

from assistant.settings.finder import Entry, find

ENTRIES = [
    Entry("general", "General", "theme", "Theme", "dark light colour System"),
    Entry("chat", "Chat", "enter", "What Enter does in a chat", "return send new line Ctrl + Enter"),
    Entry("general", "General", "zone", "Time zone", "clock São_Paulo"),
    Entry("notes", "Notes", "order", "Sort", "enter title"),
]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("theme", ["theme"]), ("DARK", ["theme"]), ("dar gen", ["theme"]), ("sao paulo", ["zone"]),
        ("enter", ["enter", "order"]), ("time clock", ["zone"]), ("", []), ("   ", []), ("ark", []), ("theme zone", []),
        ('"', []), ("+", ["enter"]), ("ctrl + enter", ["enter"]),
    ],
)  # fmt: skip
def test_found(typed: str, names: list[str]) -> None:
    assert [entry.name for entry in find(ENTRIES, typed)] == names


def test_an_address_leads_to_the_very_setting() -> None:
    assert ENTRIES[0].address == "/settings/general?at=theme#theme"
