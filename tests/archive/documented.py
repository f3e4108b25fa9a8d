"""The JSON Schema of the files in an archive; ``python -m tests.archive.documented`` writes it into docs."""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from assistant.archive.manifest import Manifest
from assistant.chat.transfer.projects import ProjectsFile
from assistant.chat.transfer.shapes import ConversationFile
from assistant.notes.portable.shapes import NoteShape
from assistant.reminders.transfer.shapes import RemindersFile
from assistant.users.portable import AccountFile
from tests.product import ROOT

FILE = ROOT / "docs" / "archive.schema.json"
FILES: dict[str, type[BaseModel]] = {
    "manifest.json": Manifest,
    "account.json": AccountFile,
    "projects.json": ProjectsFile,
    "chats/*.json": ConversationFile,
    "notes/history/*.json": NoteShape,
    "reminders.json": RemindersFile,
}


def schema() -> dict[str, Any]:
    """One schema, in which each kind of file is a property; made from what reads and writes them."""
    references, found = models_json_schema([(model, "validation") for model in FILES.values()])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The files in an archive of Assistant, format 1",
        "properties": {name: references[model, "validation"] for name, model in FILES.items()},
        **found,
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(schema(), indent=1) + "\n", "utf-8")
