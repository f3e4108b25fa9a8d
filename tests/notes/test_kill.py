"""Killed at any moment: what was answered as saved is there, and the index agrees with the rows."""

from pathlib import Path

from tests.notes.killing import play


def test_what_was_saved_survives_being_killed(tmp_path: Path) -> None:
    found = play(f"sqlite:///{tmp_path}/notes.db", saves=120, rounds=2)
    assert found.acknowledged
    assert (found.lost, found.broken) == ([], [])
