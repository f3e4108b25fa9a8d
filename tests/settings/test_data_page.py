"""What is stored, and everything of one kind deleted for good, by who shows that it is them."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from assistant.chat import messages
from assistant.text import in_bytes
from assistant.users.models import Session
from tests.person import PASSWORD, Person
from tests.product import Product

PageOf = Callable[..., Page]


def ask(person: Person, words: str) -> None:
    now = datetime.now(UTC)
    pair = person.do(messages.ask, None, words, key=words, now=now, model="m")
    person.do(lambda _user: messages.finish(pair.answer.id, now, state="done", text=words))


def log_in_long_ago(person: Person) -> None:
    then = datetime.now(UTC) - timedelta(minutes=11)
    person.do(lambda user: Session.update(created=then).where(Session.user == user).execute())


@pytest.mark.browser
def test_everything_of_one_kind_is_deleted_and_nothing_else(page_of: PageOf, anna: Person, product: Product) -> None:
    for number in range(130):
        anna.note(f"Note {number} with ümlauts")
    ask(anna, "secret plans")
    anna.reminder("Tea", datetime(2031, 1, 1, tzinfo=UTC))
    with closing(product.person("eve")) as eve:
        eve.note("Eve's own")
        page = page_of("anna", "/settings/data")
        log_in_long_ago(anna)
        lines = page.get_by_role("region", name="What is stored").get_by_role("listitem")
        expect(lines).to_have_count(8)
        expect(lines.nth(0)).to_contain_text("1 conversation")
        notes = lines.filter(has_text="notes")
        expect(notes).to_contain_text("130 notes")
        notes.get_by_role("button", name="Delete all").click()
        page.get_by_role("button", name="Delete for good").click()
        password = page.get_by_label("Password", exact=True)
        password.fill("wrong")
        password.press("Enter")
        expect(page.get_by_text("This is not your password.")).to_be_visible()
        assert len(anna.notes()) == 130
        password.fill(PASSWORD)
        password.press("Enter")
        expect(page.get_by_text("130 notes deleted.")).to_be_visible()
        expect(notes).to_contain_text("0 notes")
        # Who has shown that it is them is not asked again.
        lines.nth(0).get_by_role("button", name="Delete all").click()
        page.get_by_role("button", name="Delete for good").click()
        expect(page.get_by_text("1 conversation deleted.")).to_be_visible()
        assert anna.notes() == []
        assert len(anna.reminders()) == 1
        assert len(eve.notes()) == 1
    page.goto("/settings/about")
    page.get_by_role("button", name="Examine").click()
    expect(page.get_by_text("search index in order")).to_be_visible()
    page.get_by_text("Free software by others").click()
    expect(page.get_by_text("nicegui")).to_be_visible()


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (2_500_000, "2.5 MB"), (3 * 10**9, "3.0 GB")],
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert in_bytes(size) == words
