"""Writers of notes that are killed; the suite kills two, ``make bench`` ten."""

import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from assistant.notes import models
from assistant.notes.models import Note
from assistant.notes.search import index
from assistant.notes.versions import revisions
from assistant.storage import schema
from assistant.storage.database import Database
from tests.product import ROOT

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


@dataclass(frozen=True)
class Outcome:
    """How many saves were acknowledged, the texts of them that are not there, and what is wrong with the index."""

    acknowledged: int
    lost: list[str]
    broken: list[Any]


def killed(url: str, saves: int, after: int, pause: float) -> list[tuple[int, int, str]]:
    """What a writer was told to be saved before it was killed: notes, versions and texts."""
    command = [sys.executable, "-c", WRITER, url, str(saves)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout
        lines = [writer.stdout.readline() for _ in range(after)]
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        lines += writer.stdout.readlines()
    # The last line may have been cut: then nobody was told.
    return [tuple(json.loads(line)) for line in lines if line.endswith("\n")]


def play(url: str, saves: int, rounds: int) -> Outcome:
    """Kills so many writers of so many saves each, at any moment, and compares what they said with what is there."""
    chance, checked, lost, broken = random.Random(), 0, [], []
    database = Database(url)
    schema.upgrade(database)
    database.bind(models.ALL)
    for _ in range(rounds):
        saved = killed(url, saves, chance.randrange(1, saves - 20), chance.random() / 100)
        checked += len(saved)
        lost += [text for note, version, text in saved if not kept(note, version, text)]
        broken += index.check()
        # Raises when the index itself is damaged.
        database.peewee.execute_sql("INSERT INTO note_search (note_search) VALUES ('integrity-check')")
    database.close()
    return Outcome(checked, lost, broken)


def kept(note: int, version: int, text: str) -> bool:
    """Whether the note is at least at that version, which is still that text."""
    found = Note.get_by_id(note)
    return found.version >= version and (revisions.text_at(found, version) or ("",))[0] == text
