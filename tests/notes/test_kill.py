"""Killed at any moment: what was answered as saved is there, and the index agrees with the rows."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from assistant.notes import models
from assistant.notes.models import Note
from assistant.notes.search import index
from assistant.notes.versions import revisions
from assistant.storage import schema
from assistant.storage.database import Database
from tests.notes.archives import zipped
from tests.product import ROOT, Product

SAVES, ROUNDS = 200, 4

WRITER = """
import json, sys
from datetime import UTC, datetime
from assistant.notes import models
from assistant.notes import notebook
from assistant.storage.database import Database

database = Database(sys.argv[1])
database.bind(models.ALL)
notes = {}
for number in range(int(sys.argv[2])):
    now, name = datetime.now(UTC), number % 3
    text = f"# Note {name}\\n\\n" + f"word{number} [[Note {(name + 1) % 3}]] " * (1 + number % 40)
    if name in notes:
        saved = database.run_here(notebook.save, 1, notes[name][0], text, notes[name][1], now=now)
        notes[name] = saved.id, saved.version
    else:
        made = database.run_here(notebook.create, 1, now, text=text, tags=["a/b"])
        notes[name] = made.id, made.version
    print(json.dumps([*notes[name], text]), flush=True)
"""


def killed(url: str, after: int, pause: float) -> list[tuple[int, int, str]]:
    """What a writer was told to be saved before it was killed."""
    command = [sys.executable, "-c", WRITER, url, str(SAVES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout
        lines = [writer.stdout.readline() for _ in range(after)]
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        lines += writer.stdout.readlines()
    # The last line may have been cut: then nobody was told.
    return [tuple(json.loads(line)) for line in lines if line.endswith("\n")]


def test_what_was_saved_survives_being_killed(tmp_path: Path) -> None:
    url, chance = f"sqlite:///{tmp_path}/notes.db", random.Random()
    database = Database(url)
    schema.upgrade(database)
    database.bind(models.ALL)
    for _ in range(ROUNDS):
        report = killed(url, chance.randrange(1, SAVES - 20), chance.random() / 100)
        assert report
        for note, version, text in report:
            found = Note.get_by_id(note)
            assert found.version >= version
            assert (revisions.text_at(found, version) or ("",))[0] == text
        assert index.check() == []
        database.peewee.execute_sql("INSERT INTO note_search (note_search) VALUES ('integrity-check')")
    database.close()


NOTES, KILLS = 1500, 5


def vault(chance: random.Random) -> bytes:
    return zipped({f"folder/{number}.md": f"# {number}\n{chance.random()}" for number in range(NOTES)}).getvalue()


def test_a_killed_import_goes_on_and_doubles_nothing(product: Product) -> None:
    chance = random.Random()
    anna = product.person("anna")
    job = anna.post("/api/notes/import", files={"file": ("vault.zip", vault(chance))}, timeout=60).json()["id"]
    assert anna.post(f"/api/notes/import/{job}/run").status_code == 200
    for _ in range(KILLS):
        time.sleep(chance.uniform(0, 0.5))
        product.kill()
        product.start()
    until = time.monotonic() + 120
    while (state := anna.get(f"/api/notes/import/{job}").json())["state"] == "running":
        assert time.monotonic() < until, state
        time.sleep(0.05)
    assert state["state"] == "done", state
    assert anna.get("/api/notes/counts").json()["notes"] == NOTES
    product.stop()
    assert list((product.data / "imports").glob("*/*.zip")) == []
    anna.close()
