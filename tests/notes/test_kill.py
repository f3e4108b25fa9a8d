"""Killed at any moment: what was answered as saved is there, and the index agrees with the rows."""

import random
import time
from pathlib import Path

from tests.notes.archives import zipped
from tests.notes.killing import play
from tests.product import PATIENCE, Product

NOTES, KILLS = 1500, 4


def test_what_was_saved_survives_being_killed(tmp_path: Path) -> None:
    found = play(f"sqlite:///{tmp_path}/notes.db", saves=120, rounds=2)
    assert found.acknowledged
    assert (found.lost, found.broken) == ([], [])


def test_a_killed_import_goes_on_and_doubles_nothing(product: Product) -> None:
    chance = random.Random()
    vault = zipped({f"folder/{number}.md": f"# {number}" for number in range(NOTES)}).getvalue()
    anna = product.person("anna")
    job = anna.post("/api/notes/import", files={"file": ("vault.zip", vault)}).json()["id"]
    assert anna.post(f"/api/notes/import/{job}/run").status_code == 200
    for _ in range(KILLS):
        time.sleep(chance.uniform(0, 0.5))
        product.kill()
        product.start()
    until = time.monotonic() + PATIENCE
    while (state := anna.get(f"/api/notes/import/{job}").json())["state"] == "running":
        assert time.monotonic() < until, state
        time.sleep(0.05)
    assert state["state"] == "done", state
    assert anna.get("/api/notes/counts").json()["notes"] == NOTES
    assert list((product.data / "imports").glob("*/*.zip")) == []
    anna.close()
