"""Preferences: what makes no sense is the default, never an error."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import Invalid
from assistant.storage.database import Database
from assistant.users import accounts, preferences
from assistant.users.preferences import Preferences

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*Preferences.model_fields, "left_behind"]), JSON))
def test_each_is_what_was_chosen_or_its_default(stored: dict[str, object]) -> None:
    read = preferences.parse(json.dumps(stored))
    assert preferences.parse(read.model_dump_json()) == read
    for name, field in Preferences.model_fields.items():
        alone = preferences.parse(json.dumps({name: stored[name]})) if name in stored else Preferences()
        assert getattr(read, name) == getattr(alone, name)
        if name not in stored:
            assert getattr(read, name) == field.default
    assert read.zone_info.key == read.zone


@pytest.mark.parametrize("text", ["", "null", "[]", "[1]", '"x"', "{", "7", '{"theme": "neon", "zone": "Mars/X"}'])
def test_nonsense_is_the_default(text: str) -> None:
    assert preferences.parse(text) == Preferences()


def test_what_makes_no_sense_is_refused_and_the_rest_stays(database: Database) -> None:
    user = database.run_here(accounts.add, "anna", "x", now=datetime.now(UTC)).id
    database.run_here(preferences.save, user, theme="dark", zone="Europe/Berlin")
    for name, value in {"theme": "neon", "text_size": 200, "zone": "Mars/X", "density": None}.items():
        with pytest.raises(Invalid) as refused:
            database.run_here(preferences.save, user, **{name: value})
        assert refused.value.field == name
    kept = database.run_here(preferences.load, user)
    assert (kept.theme, kept.zone, kept.text_size) == ("dark", "Europe/Berlin", 100)
