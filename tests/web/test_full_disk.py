"""A disk that is full, really: people still get in and out, read, and are told what to do."""

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.databases import empty_database
from tests.ollama_server import OllamaServer
from tests.person import PASSWORD
from tests.product import Product

FULL = "The disk is full"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 32 MB."""
    made = tmp_path / "disk"
    made.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", made], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield made
    subprocess.run(["umount", "--lazy", made], check=True)


@pytest.fixture
def product(disk: Path, ollama: OllamaServer) -> Iterator[Product]:
    empty_database(disk / "assistant.db")
    running = Product(disk, ollama.host, forked=True).start()
    yield running
    running.kill()


def fill(disk: Path) -> None:
    """Leaves no byte free."""
    with (disk / "films").open("ab", buffering=0) as films:
        for size in (1_000_000, 1):
            with suppress(OSError):
                while True:
                    films.write(bytes(size))


def test_on_a_full_disk_people_get_in_read_and_get_out(product: Product, disk: Path) -> None:
    product.person("anna").close()
    with product.person("bert") as bert:
        fill(disk)
        refused = bert.put("/api/v1/notes/0/draft", json={"text": "x" * 200_000})
        assert refused.status_code == 503
        assert refused.json()["detail"].startswith(FULL)
    with product.client() as client:
        entered = client.post("/login", data={"username": "anna", "password": PASSWORD})
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        assert client.get("/notes").status_code == 200
        assert client.post("/logout").status_code == 303
        assert client.get("/notes").status_code == 401
