"""What opens first is the person's choice; a new chat stays one when it is loaded again."""

from assistant.users import preferences
from tests.person import PASSWORD
from tests.product import Product


def test_the_start_page_opens_first(product: Product) -> None:
    with product.client() as client:
        client.post("/register", data={"username": "anna", "password": PASSWORD})
        assert client.get("/").status_code == 200
        with product.person("anna") as anna:
            anna.do(lambda user: preferences.save(user, start_page="notes"))
        opened = client.get("/")
        assert (opened.status_code, opened.headers["location"]) == (303, "/notes")
        for headers in ({"cache-control": "max-age=0"}, {"sec-fetch-site": "same-origin"}):
            assert client.get("/", headers=headers).status_code == 200
        assert client.get("/?x=1").status_code == 200
        client.post("/logout")
        login = {"username": "anna", "password": PASSWORD}
        assert client.post("/login", data=login).headers["location"] == "/notes"
        client.post("/logout")
        assert client.post("/login", data={**login, "next": "/reminders"}).headers["location"] == "/reminders"
