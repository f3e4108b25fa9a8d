"""One process serves a data folder; a second one touches nothing."""

import os
from pathlib import Path

import pytest

from assistant.chat.models import WRITING, Conversation, Message
from assistant.config import Config
from assistant.errors import Conflict
from assistant.storage.lock import FolderLock
from assistant.web import parts
from tests.product import Product


def test_the_second_is_told_who_has_the_folder(tmp_path: Path) -> None:
    first = FolderLock(tmp_path)
    first.tell("http://localhost:8080")
    with pytest.raises(Conflict, match=rf"http://localhost:8080, process {os.getpid()}"):
        FolderLock(tmp_path)
    first.release()
    FolderLock(tmp_path).release()


def test_those_that_share_the_folder_do_and_nobody_else(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path, shared=True), FolderLock(tmp_path, shared=True)
    second.tell("http://localhost:8081")
    first.release()
    with pytest.raises(Conflict, match="http://localhost:8081"):
        FolderLock(tmp_path)
    second.release()
    alone = FolderLock(tmp_path)
    with pytest.raises(Conflict):
        FolderLock(tmp_path, shared=True)
    alone.release()


def test_a_second_start_leaves_the_firsts_answer_alone(product: Product) -> None:
    product.person("anna").close()
    database = parts.open_database(Config(data=product.data))
    home = Conversation.create(user=1, created=parts.now(), updated=parts.now())
    answer = Message.create(conversation=home, user=1, role="assistant", state=WRITING, created=parts.now())
    second = Product(product.data, product.ollama_host, forked=True)
    told = second.run("serve")
    assert told.returncode == 1
    assert told.stderr.startswith("assistant: Another Assistant already runs on")
    assert f"http://localhost:{product.port}" in told.stderr
    assert Message.get_by_id(answer.id).state == WRITING
    database.close()


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    product = Product(tmp_path / "file" / "data", "http://127.0.0.1:1")
    product.settings["ASSISTANT_DATA"] = str(tmp_path / "file" / "data")
    told = Product(tmp_path, "http://127.0.0.1:1", settings=product.settings).run("serve")
    assert told.returncode == 1
    assert "cannot be written" in told.stderr
    assert "Traceback" not in told.stderr
