"""A person's picture and initials."""

import io

import pytest
from PIL import Image

from assistant.users import preferences
from assistant.users.profile import face
from tests.person import Person
from tests.product import Product


@pytest.mark.parametrize(
    ("name", "letters"),
    [("anna", "A"), ("Anna Bell", "AB"), ("anna.maria-bell", "AB"), ("  ", ""), ("émile zola", "ÉZ"), ("王小明", "王")],
)
def test_initials(name: str, letters: str) -> None:
    assert face.initials(name) == letters


def picture(size: tuple[int, int], colour: str = "red", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def test_a_picture_is_kept_small_square_and_to_its_person(anna: Person, product: Product) -> None:
    assert anna.get("/account/picture").status_code == 404
    assert anna.post("/api/v1/me/picture", content=picture((900, 300))).status_code == 201
    shown = anna.get("/account/picture")
    assert shown.headers["content-type"] == "image/jpeg"
    with Image.open(io.BytesIO(shown.content)) as small:
        assert small.size == (192, 192)
    again = anna.get("/account/picture", headers={"if-none-match": shown.headers["etag"]})
    assert again.status_code == 304
    anna.post("/api/v1/me/picture", content=picture((50, 50), "blue"))
    assert anna.get("/account/picture").headers["etag"] != shown.headers["etag"]
    with product.person("eve") as eve:
        assert eve.get("/account/picture").status_code == 404
    with product.client() as nobody:
        assert nobody.get("/account/picture").status_code == 401


@pytest.mark.parametrize("junk", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n" + b"0" * 100])
def test_what_is_no_picture_is_told(anna: Person, junk: bytes) -> None:
    refused = anna.post("/api/v1/me/picture", content=junk)
    assert refused.status_code == 422
    assert "not a picture" in refused.json()["detail"]


def test_a_name_is_one_line(anna: Person) -> None:
    anna.do(lambda user: preferences.save(user, called="  Anna\nBell "))
    assert anna.do(face.load).name == "Anna Bell"
    anna.do(lambda user: preferences.save(user, called=""))
    assert anna.do(face.load).name == "anna"
