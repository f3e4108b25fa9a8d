"""Two-step login: codes by time that count once, and all that opens an account without them."""

import re
import time
from datetime import UTC, datetime, timedelta

import httpx
import pyotp
import pytest

from assistant.errors import Invalid
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.users.household import choices
from assistant.users.two_step import codes, half_logins
from tests.person import PASSWORD, Person
from tests.product import Product

NOW = datetime(2026, 3, 1, 12, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


@pytest.fixture
def anna_id(database: Database) -> int:
    return int(database.run_here(accounts.add, "anna", "x", now=NOW).id)


def test_a_code_counts_one_step_either_side_and_never_twice(database: Database, anna_id: int) -> None:
    def opens(code: str, now: datetime) -> bool:
        return database.run_here(codes.accept, anna_id, code, now)

    step, later = timedelta(seconds=30), NOW + timedelta(hours=1)
    database.run_here(codes.turn_on, anna_id, SECRET, at(NOW), NOW)
    assert not opens(at(NOW), NOW)  # that it was set up with
    assert not opens(at(later - 2 * step), later)
    assert opens(at(later - step), later)
    assert not opens(at(later - step), later)
    assert opens(f"{at(later)[:3]} {at(later)[3:]}", later)  # as apps show it
    assert not opens(at(later - step), later)  # nor an earlier one
    assert opens(at(later + step), later)
    assert not opens(at(later + 2 * step), later)
    for nonsense in ("", "12345", "１２３４５６", "abcdef", "0" * 5000, "12345\x00"):
        assert not opens(nonsense, later + timedelta(hours=1))


def test_the_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B: the last six digits of its eight, for its secret of 20 bytes."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        moment = datetime.fromtimestamp(seconds, UTC)
        assert codes._step(secret, code, moment, after=0) == seconds // 30


def test_recovery_codes_open_it_once(database: Database, anna_id: int) -> None:
    first, *_ = database.run_here(accounts.new_codes, anna_id)
    assert not database.run_here(codes.accept, anna_id, first, NOW)  # there is no second step
    database.run_here(codes.turn_on, anna_id, SECRET, at(NOW), NOW)
    assert database.run_here(codes.accept, anna_id, first.upper(), NOW)
    assert not database.run_here(codes.accept, anna_id, first, NOW)


def test_it_is_on_only_with_a_right_code_and_a_good_secret(database: Database, anna_id: int) -> None:
    for secret, code, field in ((SECRET, "000000", "code"), ("short", at(NOW), None), (SECRET.lower(), at(NOW), None)):
        with pytest.raises(Invalid) as refused:
            database.run_here(codes.turn_on, anna_id, secret, code, NOW)
        assert refused.value.field == field
    assert not database.run_here(codes.is_on, anna_id)


def test_half_a_login_ends_by_time_a_lock_and_a_new_password(database: Database, anna_id: int) -> None:
    def begun() -> str:
        return str(database.run_here(half_logins.begin, anna_id, NOW))

    def who(token: str, now: datetime) -> object:
        return database.run_here(half_logins.who, token, now)

    token = begun()
    assert who(token, NOW + timedelta(minutes=4))
    assert who(token, NOW + timedelta(minutes=5)) is None
    assert who("", NOW) is None
    database.run_here(accounts.set_password, anna_id, "y")
    assert who(token, NOW) is None
    token = begun()
    database.run_here(accounts.add, "other", "x", now=NOW, owner=True)
    database.run_here(accounts.disable, anna_id, NOW)
    assert who(token, NOW) is None


def value(answer: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}"\s+value="([^"]*)"', answer.text)
    assert found
    return found[1]


def login(client: httpx.Client) -> httpx.Response:
    return client.post("/login", data={"username": "anna", "password": PASSWORD, "next": "/notes"})


def test_from_the_picture_to_the_login(product: Product) -> None:
    with product.client() as client:
        client.post("/register", data={"username": "anna", "password": PASSWORD})
        with product.client() as other:
            assert login(other).headers["location"] == "/notes"
            shown = client.get("/two-step")
            assert "<svg" in shown.text
            secret = value(shown, "secret")
            wrong = client.post("/two-step", data={"secret": secret, "code": "000000"})
            assert (wrong.status_code, value(wrong, "secret")) == (422, secret)
            app = pyotp.TOTP(secret)
            now = time.time()
            assert client.post("/two-step", data={"secret": secret, "code": app.at(now)}).status_code == 200
            assert other.get("/notes").status_code == 401  # browsers that came in with the password alone
        assert client.get("/notes").status_code == 200
    with product.client() as client:
        half = login(client)
        assert "one-time-code" in half.text
        assert client.get("/notes").status_code == 401
        form = {"token": value(half, "token"), "next": value(half, "next")}
        assert client.post("/login/code", data={**form, "code": app.at(now)}).status_code == 422  # used before
        opened = client.post("/login/code", data={**form, "code": app.at(now + 30)})
        assert (opened.status_code, opened.headers["location"]) == (303, "/notes")
        assert client.get("/notes").status_code == 200
        assert client.post("/login/code", data={**form, "code": app.at(now + 30)}).status_code == 422
    assert "password alone" in product.run("user", "reset-two-step", "anna").stdout
    with product.client() as client:
        assert login(client).headers["location"] == "/notes"


def test_codes_are_counted_by_the_limits_of_the_login(product: Product, anna: Person) -> None:
    anna.do(lambda user: codes.turn_on(user, SECRET, at(NOW), NOW))
    with product.client() as client:
        form = {"token": value(login(client), "token"), "code": "000000"}
        answers = [client.post("/login/code", data=form).status_code for _ in range(12)]
        assert answers[0] == 422
        assert 429 in answers
        assert set(answers[answers.index(429) :]) == {429}


def test_who_needs_it_sets_it_up_first(product: Product, anna: Person) -> None:
    with product.person("eve") as eve:
        anna.do(lambda _user: choices.demand_two_step(demanded=True))
        page = {"accept": "text/html"}
        for path in ("/", "/notes", "/settings/account", "/two-step/off"):
            turned = eve.get(path, headers=page)
            assert (turned.status_code, turned.headers["location"]) == (303, "/two-step")
        assert eve.get("/notes/export").status_code == 403
        assert eve.get("/static/account.css").status_code == 200
        secret = value(eve.get("/two-step"), "secret")
        done = eve.post("/two-step", data={"secret": secret, "code": pyotp.TOTP(secret).now()})
        assert done.status_code == 200
        assert eve.get("/notes").status_code == 200
        assert eve.post("/two-step/off", data={"current": PASSWORD}).status_code == 403
        assert eve.do(codes.is_on)
