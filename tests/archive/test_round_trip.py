"""Any account leaves in one file and comes back to the same rows."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from assistant.notes.search import index
from tests.archive.accounts import Desk, differences, fillings
from tests.databases import opened
from tests.examples import examples


@pytest.mark.long
@settings(max_examples=examples(25), deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(fillings())
def test_any_account_comes_back_to_the_same_rows(fill: Callable[[int], None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = opened(Path(folder))
        try:
            anna, bert = Desk(database, "anna"), Desk(database, "bert")
            database.run_here(fill, anna.user)
            anna.export(Path(folder) / "anna.zip")
            bert.bring(Path(folder) / "anna.zip")
            assert differences(bert.holds(), anna.holds()) == []
            assert database.run_here(index.check) == []
            bert.export(Path(folder) / "bert.zip")
            again = anna.bring(Path(folder) / "bert.zip")
            assert {what: count for what, count in again.counts.items() if "new" in what and count} == {}
        finally:
            database.close()
