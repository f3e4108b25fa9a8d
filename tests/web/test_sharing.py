"""What a phone shares becomes a note or a question of its person, also of one who has to log in first."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image as Pictures
from playwright.sync_api import Page, expect

from assistant.chat.models import Message
from assistant.errors import Invalid, NotFound
from assistant.notes import attachments
from assistant.notes.models import Attachment
from assistant.sharing import shares
from assistant.sharing.models import Share, SharedPicture
from assistant.sharing.shares import Picture
from assistant.storage.database import Database
from assistant.users import preferences
from assistant.users.household import choices
from assistant.users.models import User
from tests.browsing import nothing_is_kept
from tests.person import PASSWORD, Person
from tests.product import Product

PageOf = Callable[..., Page]
ANNA, EVE, NOW = 1, 2, datetime(2026, 3, 1, tzinfo=UTC)
BY_BROWSER = {"sec-fetch-site": "none", "accept": "text/html", "origin": "null"}


@pytest.fixture(autouse=True)
def people(request: pytest.FixtureRequest) -> None:
    """Anna and Eve have accounts."""
    if "database" in request.fixturenames:
        database: Database = request.getfixturevalue("database")
        for name in ("anna", "eve"):
            database.run_here(User.create, name=name, key=name, password="", created=NOW)


def drawn(size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Pictures.new("RGB", size, "teal").save(out, "PNG")
    return out.getvalue()


def share(client: httpx.Client, *files: tuple[str, bytes, str], **words: str) -> httpx.Response:
    """Sends what a phone sends when one chooses Assistant in its list."""
    parts = [(name, (None, value.encode())) for name, value in words.items()]
    sent: Any = [*parts, *(("files", file) for file in files)]
    return client.post("/share", files=sent, headers=BY_BROWSER)


def refused(answer: httpx.Response) -> str:
    """The sentence of the page that says why."""
    assert answer.headers["content-type"].startswith("text/html")
    found = re.search(r'<p class="lead">(.*?)</p>', answer.text)
    assert found
    return found[1]


def test_what_is_shared_has_one_person_and_a_day(database: Database) -> None:
    run = database.run_here
    picture = Picture("a.png", "image/png", drawn())
    token = run(shares.keep, None, "a secret", [picture], NOW)
    assert run(shares.get, ANNA, token).text == "a secret"
    (shown,) = run(shares.pictures, ANNA, token)
    for act in (shares.get, shares.pictures, shares.take):
        with pytest.raises(NotFound):
            run(act, EVE, token)
    with pytest.raises(NotFound):
        run(shares.picture, EVE, token, shown)
    assert run(shares.purge, NOW + timedelta(hours=23)) == 0
    assert run(shares.take, ANNA, token) == [picture]
    assert run(SharedPicture.select().count) == 0
    with pytest.raises(NotFound):
        run(shares.get, ANNA, token)
    run(shares.keep, ANNA, "old", [], NOW)
    assert run(shares.purge, NOW + timedelta(days=2)) == 1


def test_only_so_much_waits(database: Database) -> None:
    def waiting(user: int | None) -> list[str]:
        owned = Share.user.is_null() if user is None else Share.user == user
        return [one.text for one in Share.select().where(owned).order_by(Share.id)]

    for number in range(8):
        for user in (None, ANNA):
            database.run_here(shares.keep, user, f"text {number}", [], NOW)
    assert database.run_here(waiting, None) == database.run_here(waiting, ANNA) == [f"text {n}" for n in range(3, 8)]


@pytest.mark.parametrize("many", [("", []), ("x" * 100_001, []), ("x", [Picture("a", "image/png", b"x")] * 9)])
def test_nothing_and_too_much_are_refused(database: Database, many: tuple[str, list[Picture]]) -> None:
    with pytest.raises(Invalid):
        database.run_here(shares.keep, ANNA, *many, NOW)
    assert database.run_here(Share.select().count) == 0


def test_what_cannot_be_shared_is_said_in_a_sentence(product: Product, anna: Person) -> None:
    assert "Nothing was shared" in refused(share(anna))
    assert "not a picture that can be read" in refused(share(anna, ("x.png", b"<script>", "image/png")))
    assert "is no text" in refused(share(anna, ("x.txt", b"a\0b", "text/plain")))
    assert "At most 8 files" in refused(share(anna, *[("x.png", drawn(), "image/png")] * 9))
    assert "100,001 characters" in refused(share(anna, text="x" * 100_001))
    assert "can be shared at once" in refused(share(anna, text="x" * 1_000_000))
    large = share(anna, ("x.png", bytes(25 * 1024 * 1024), "image/png"))
    assert (large.status_code, refused(large)) == (413, "This is too large to be sent.")
    assert anna.do(lambda _user: Share.select().count()) == 0
    with product.client() as nobody:
        # Nobody else's site can hand anything over.
        for site in ("cross-site", "same-site"):
            headers = {**BY_BROWSER, "sec-fetch-site": site}
            assert nobody.post("/share", files={"text": (None, b"x")}, headers=headers).status_code == 403
        assert nobody.post("/login", data={}, headers=BY_BROWSER).status_code == 403
        pictures = [("x.png", drawn((1, 1)) + bytes(7 * 1024 * 1024), "image/png")] * 2
        assert "Log in, and share it again" in refused(share(nobody, *pictures))
    anna.do(choices.set_quota, 1000)
    full = share(anna, ("x.png", drawn((900, 900)), "image/png"))
    assert full.status_code == 507
    assert refused(full).startswith("This alone is more than your 1.0 kB.")


def test_only_its_person_sees_a_picture(product: Product, anna: Person) -> None:
    place = share(anna, ("tea.png", drawn(), "image/png"), title="Tea").headers["location"]
    (picture,) = anna.do(lambda _user: [one.id for one in SharedPicture.select()])
    shown = anna.get(f"{place}/pictures/{picture}")
    assert (shown.content, shown.headers["cache-control"]) == (drawn(), "private, no-store")
    eve = product.person("eve")
    assert eve.get(f"{place}/pictures/{picture}").status_code == 404
    assert "no longer here" in eve.get(place).text
    eve.close()
    with product.client() as nobody:
        assert nobody.get(f"{place}/pictures/{picture}").status_code == 401


@pytest.mark.browser
def test_who_is_logged_out_shares_logs_in_and_keeps_a_note(product: Product, page_of: PageOf, anna: Person) -> None:
    with product.client() as phone:
        files = (("tea [1].png", drawn(), "image/png"), ("list.txt", "Grüße\n- milk".encode(), "text/plain"))
        words = {"title": "How to brew", "text": "Read https://tea.example/", "url": "https://tea.example/"}
        place = share(phone, *files, **words).headers["location"]
    page = page_of("eve", "/healthz", viewport={"width": 390, "height": 844}, bypass_csp=True)
    page.context.clear_cookies()
    page.goto(place)
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    text = page.get_by_label("Text")
    expect(text).to_have_value("How to brew\n\nRead https://tea.example/\n\nGrüße\n- milk")
    expect(page.get_by_alt_text("Shared picture")).to_have_js_property("naturalWidth", 60)
    assert (
        Axe()
        .run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"], "resultTypes": ["violations"]})
        .violations_count
        == 0
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    text.fill("How to brew")
    page.get_by_role("button", name="Keep as a note").click()
    expect(page).to_have_url(re.compile(r"/notes/\d+$"))
    (note,) = anna.notes()
    (picture,) = anna.do(attachments.of_note, note)
    assert anna.text(note) == f"How to brew\n\n![tea 1.png](/notes/attachments/{picture.id})"
    page.goto(place)
    expect(page.get_by_text("This is no longer here")).to_be_visible()
    assert anna.do(lambda user: Attachment.select().where(Attachment.user == user).count()) == 1


def asked(user: int) -> list[tuple[str, int]]:
    """The questions and how many pictures each has."""
    questions = Message.select().where((Message.user == user) & (Message.role == "user"))
    return [(one.text, len(one.images)) for one in questions]


@pytest.mark.browser
def test_one_asks_about_what_is_shared(page_of: PageOf, anna: Person) -> None:
    place = share(anna, ("tea.png", drawn(), "image/png"), text="text=It is tea.").headers["location"]
    page = page_of("anna", place)
    page.get_by_label("Text").fill("text=It is tea, isn’t it?")
    page.reload()  # as a phone does that needed its memory elsewhere
    expect(page.get_by_label("Text")).to_have_value("text=It is tea, isn’t it?")
    page.get_by_role("button", name="Ask about it").click()
    expect(page.get_by_text("plain:1b cannot see pictures")).to_be_visible()
    anna.do(lambda user: preferences.save(user, model="eyes:4b"))
    page.get_by_role("button", name="Ask about it").click()
    expect(page).to_have_url(re.compile(r"/chat/\d+$"))
    expect(page.locator(".message-assistant")).to_contain_text("It is tea, isn’t it?")
    assert anna.do(asked) == [("text=It is tea, isn’t it?", 1)]
    nothing_is_kept(page, "draft:")
    # What is thrown away is gone.
    page.goto(share(anna, text="Never mind").headers["location"])
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Your message")).to_be_visible()
    assert anna.do(lambda _user: Share.select().count()) == 0
