"""A conversation leaves the house: as Markdown, as JSON, on paper."""

import base64
import json
from datetime import UTC, datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

from assistant.chat import branches, conversations, export, messages
from assistant.chat.models import ALL, Image
from assistant.errors import NotFound
from assistant.storage.database import Database
from tests.ollama_server import tokens
from tests.product import Product

ME, OTHER = 1, 2
NOW = datetime(2030, 1, 1, 23, 30, tzinfo=UTC)


def write(database: Database) -> int:
    """The conversation: two versions of an answer, of which the second is read, and a picture."""

    def work() -> int:
        image = Image.create(user=ME, kind="image/png", data=b"\x89PNG", width=2, height=3, created=NOW).id
        asked = messages.ask(ME, None, "What is <this>?", key="1", now=NOW, model="plain:1b", images=(image,))
        messages.finish(asked.answer.id, NOW, state="done", text="A **first** try.", thinking="hmm")
        again = messages.regenerate(ME, asked.answer.id, model="eyes:4b", now=NOW)
        messages.finish(again.id, NOW, state="failed", text="A *second* try.", error="It was cut off.")
        gone = messages.ask(ME, asked.question.conversation_id, "never mind", key="2", now=NOW, model="plain:1b")
        messages.finish(gone.answer.id, NOW, state="done", text="deleted")
        branches.remove(ME, gone.question.id, NOW)
        home = int(asked.question.conversation_id)
        conversations.change(ME, home, title="Über: alles / nichts?", system="Be brief.", keep_alive="-1")
        return home

    return database.run_here(work)


def test_markdown_is_the_branch_that_is_read(database: Database) -> None:
    home = write(database)
    assert database.run_here(export.markdown, ME, home, ZoneInfo("Europe/Berlin")) == (
        "# Über: alles / nichts?\n\n"
        "## You, 02 January 2030, 00:30\n\n(1 picture)\n\nWhat is <this>?\n\n"
        "## eyes:4b, 02 January 2030, 00:30\n\nA *second* try.\n\n*It was cut off.*\n"
    )


def test_json_has_all_of_it(database: Database) -> None:
    home = write(database)
    told = json.loads("".join(database.run_here(lambda: list(export.whole(ME, home)))))
    assert (told["format"], told["title"], told["created"]) == (
        "assistant-conversation", "Über: alles / nichts?", "2030-01-01T23:30:00Z",
    )  # fmt: skip
    assert told["settings"] == {
        "system": "Be brief.", "temperature": None, "num_ctx": None, "keep_alive": "-1", "think": "", "knows": "",
    }  # fmt: skip
    question, first, second = told["messages"]
    assert (question["parent"], first["parent"], second["parent"]) == (None, question["id"], question["id"])
    assert [one["read"] for one in told["messages"]] == [True, False, True]
    assert [one["model"] for one in told["messages"]] == ["", "plain:1b", "eyes:4b"]
    assert (first["text"], first["thinking"], second["error"]) == ("A **first** try.", "hmm", "It was cut off.")
    assert base64.b64decode(question["pictures"][0].pop("data")) == b"\x89PNG"
    assert question["pictures"] == [{"kind": "image/png", "width": 2, "height": 3}]
    assert all(one["created"] == "2030-01-01T23:30:00Z" for one in told["messages"])


@pytest.mark.parametrize(("title", "name"), [("Über: a/b?", "Über a b.md"), ("..", "Untitled.md"), ("con", "_con.md")])
def test_file_names_are_safe(database: Database, title: str, name: str) -> None:
    home = write(database)
    database.run_here(conversations.change, ME, home, title=title)
    assert database.run_here(export.name, ME, home, ".md") == name


def test_others_get_nothing(database: Database) -> None:
    home = write(database)
    for act in (
        lambda: export.name(OTHER, home, ".md"),
        lambda: export.markdown(OTHER, home, UTC),
        lambda: list(export.whole(OTHER, home)),
    ):
        with pytest.raises(NotFound):
            database.run_here(act)


def test_over_http(product: Product) -> None:
    with product.person("anna") as anna, product.person("eve") as eve:
        for path in ("export.md", "export.json", "print"):
            assert anna.get(f"/chat/1/{path}").status_code == 404
        _ask(product)
        for path, kind in (("export.md", "text/markdown"), ("export.json", "application/json"), ("print", "text/html")):
            answer = anna.get(f"/chat/1/{path}")
            assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, kind)
            assert eve.get(f"/chat/1/{path}").status_code == 404
            disposition = unquote(answer.headers.get("content-disposition", ""))
            assert disposition == ("" if path == "print" else f"attachment; filename*=UTF-8''A title.{path[7:]}")
        page = anna.get("/chat/1/print").text
        assert "<h1>A title</h1>" in page
        assert "&lt;script&gt;" in page
        assert "<strong>bold</strong>" in page
        assert json.loads(anna.get("/chat/1/export.json").text)["messages"][1]["text"].startswith("**bold** ")


def _ask(product: Product) -> None:
    database = Database(f"sqlite:///{product.data}/assistant.db")
    database.bind(ALL)

    def work() -> None:
        pair = messages.ask(ME, None, "<script>", key="1", now=NOW, model="plain:1b")
        messages.finish(pair.answer.id, NOW, state="done", text=f"**bold** {tokens(3)}")
        conversations.change(ME, pair.question.conversation_id, title="A title")

    database.run_here(work)
    database.close()
