"""How much a person may keep: told with what takes the room, before anything new is stored."""

import asyncio
import io
import os
from datetime import UTC, datetime

import pytest
from PIL import Image

from assistant.errors import Full, Invalid
from assistant.settings.kinds import Kind
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.users.household import choices
from assistant.web.belongings.quotas import Quotas
from tests.person import Person
from tests.product import Product


@pytest.mark.parametrize(
    ("typed", "size"),
    [
        ("2 GB", 2 * 10**9),
        ("500mb", 500 * 10**6),
        (" 1,5 GB ", 1_500_000_000),
        ("10 kB", 10_000),
        ("", None),
        ("7 bytes", 7),
    ],
)
def test_room_as_people_write_it(typed: str, size: int | None) -> None:
    assert choices.parse_room(typed) == size


@pytest.mark.parametrize("typed", ["2", "GB", "-1 GB", "0 MB", "1e9 GB", "999999 TB", "٣ GB", "1 GB\x00", "9" * 400])
def test_room_that_makes_no_sense(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        choices.parse_room(typed)
    assert refused.value.field == "quota"


def test_what_is_added_counts_before_it_is_measured_again(database: Database) -> None:
    user = database.run_here(accounts.add, "anna", "x", now=datetime.now(UTC)).id
    kept, measured = [100], []

    def size(_user: int) -> tuple[int, int]:
        measured.append(1)
        return 1, kept[0]

    quotas = Quotas(database, [Kind("notes", "note", "notes", size, lambda _user, _most: 0)])

    async def scenario() -> None:
        await quotas.check(user, 10**12)  # no limit, and nothing is measured
        assert measured == []
        database.run_here(choices.set_quota, user, 1000)
        for _ in range(9):
            await quotas.check(user, 100)
        assert len(measured) == 1
        kept[0] = 1000
        with pytest.raises(Full, match=r"1\.0 kB of notes"):
            await quotas.check(user, 1)
        kept[0] = 10  # something was deleted
        await quotas.check(user, 900)

    asyncio.run(scenario())


def test_a_full_person_can_still_read_shorten_and_delete(product: Product, anna: Person) -> None:
    def picture() -> bytes:
        out = io.BytesIO()
        Image.frombytes("RGB", (300, 300), os.urandom(270_000)).save(out, "PNG")
        return out.getvalue()

    with product.person("eve") as eve:
        note = eve.note("x" * 2000)
        assert eve.post("/api/v1/images", content=picture()).status_code == 201
        anna.do(lambda _user: choices.set_quota(eve.user, 50_000))
        refused = eve.post("/api/v1/images", content=picture())
        assert refused.status_code == 507
        assert "of conversations, 2.0 kB of notes" in refused.json()["detail"]
        assert eve.post("/api/v1/notes/texts?key=some-key", content=b"more").status_code == 507
        assert eve.put("/api/v1/notes/0/draft", json={"text": "new", "version": 0, "key": "k"}).status_code == 507
        assert eve.post("/api/v1/notes", json={"text": "more"}).status_code == 507
        saved = eve.put(f"/api/v1/notes/{note}/draft", json={"text": "short", "version": 1})
        assert saved.status_code != 507
        assert eve.get("/notes").status_code == 200
    assert anna.post("/api/v1/images", content=picture()).status_code == 201
