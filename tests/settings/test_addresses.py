"""Each section has its own address; those of owners are for them only."""

from tests.person import Person
from tests.product import Product

SECTIONS = ("general", "chat", "assistant", "prompts", "notes", "reminders", "account", "data", "about", "household")


def test_each_section_has_its_address(anna: Person, product: Product) -> None:
    for name in SECTIONS:
        assert anna.get(f"/settings/{name}").status_code == 200
    assert anna.get("/settings/elsewhere").status_code == 404
    with product.person("eve") as eve:
        assert eve.get("/settings/account").status_code == 200
        assert eve.get("/settings/household").status_code == 404
