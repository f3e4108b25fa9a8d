"""Registration, login and recovery as a browser's forms do it, against the running product."""

import asyncio
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from assistant.users.passwords import Passwords
from tests.ollama_server import OllamaServer
from tests.person import PASSWORD
from tests.product import PATIENCE, Product


def register(client: httpx.Client, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return client.post("/register", data={"username": name, "password": password, **more})


def login(client: httpx.Client, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return client.post("/login", data={"username": name, "password": password, **more})


def codes(answer: httpx.Response) -> list[str]:
    return re.findall(r"<code>([\w-]+)</code>", answer.text)


def errors(answer: httpx.Response) -> list[str]:
    return re.findall(r'<p class="error"[^>]*>([^<]+)</p>', answer.text)


def test_the_first_becomes_owner_and_registration_closes(product: Product) -> None:
    with product.client() as client:
        assert client.get("/login").headers["location"] == "/register"
        assert len(codes(register(client, "Anna"))) == 8
        assert client.get("/", headers={"accept": "text/html"}).status_code == 200
    with product.client() as stranger:
        assert stranger.get("/register").status_code == 403
        assert register(stranger, "bob").status_code == 403
    assert product.run("user", "list").stdout == "Anna  owner\n"


def test_two_first_registrations_at_once_give_one_owner(product: Product) -> None:
    async def both() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=product.url, headers={"origin": product.url}, timeout=PATIENCE) as client:
            forms = [{"username": name, "password": PASSWORD} for name in ("anna", "bert")]
            return await asyncio.gather(*(client.post("/register", data=form) for form in forms))

    assert sorted(answer.status_code for answer in asyncio.run(both())) == [200, 403]
    assert product.run("user", "list").stdout.count("owner") == 1


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("an", PASSWORD, "3 to 32 letters"),
        ("an na", PASSWORD, "3 to 32 letters"),
        ("anna", "short", "at least 8 characters"),
        ("anna", "x" * 129, "at most 128 characters"),
        ("anna", "password1", "10,000 most used"),
    ],
)
def test_a_bad_field_is_said_at_the_field(product: Product, name: str, password: str, said: str) -> None:
    with product.client() as client:
        answer = register(client, name, password)
        assert answer.status_code == 422
        assert said in " ".join(errors(answer))
        assert 'aria-invalid="true"' in answer.text
        assert f'value="{name}"' in answer.text
        assert password not in answer.text


def test_all_that_is_wrong_is_said_at_once(product: Product) -> None:
    product.person("anna").close()
    with product.client() as client:
        said = errors(register(client, "an", "short"))
        assert said == []  # registration is closed, and whoever may not register learns nothing of names
        product.run("user", "add", "bert", typed=f"{PASSWORD}\n")
    with closing(product.person("anna")) as anna:
        assert anna.get("/settings").status_code == 200
    with closing(sqlite3.connect(product.data / "assistant.db", timeout=5)) as rows:
        rows.execute("INSERT INTO household_setting (name, value) VALUES ('registration', 'open')")
        rows.commit()
    with product.client() as client:
        assert errors(register(client, "an", "short")) == [
            "Use 3 to 32 letters, digits or . _ -",
            "Use at least 8 characters.",
        ]
        assert errors(register(client, "BERT", "short")) == [
            "This name is taken. Choose another.",
            "Use at least 8 characters.",
        ]


def test_unknown_user_and_wrong_password_get_the_same_bytes(product: Product) -> None:
    product.person("anna").close()
    with product.client() as client:
        wrong, unknown = login(client, "anna", "not her password"), login(client, "bert", "not her password")
    assert wrong.status_code == unknown.status_code == 422
    texts = [re.sub('nonce="[^"]*"', "", answer.text) for answer in (wrong, unknown)]
    assert texts[0].replace("anna", "bert") == texts[1]
    assert "set-cookie" not in wrong.headers


def test_names_are_one_in_whatever_case_and_passwords_any_unicode(product: Product) -> None:
    with product.client() as client:
        register(client, "Änne", "пароль из слов 🐴")
    with product.client() as client:
        assert login(client, "äNNE", "пароль из слов 🐴").status_code == 303
    assert "taken" in product.run("user", "add", "ÄNNE", typed=f"{PASSWORD}\n").stderr


def test_a_recovery_code_sets_the_password_once_and_ends_sessions(product: Product) -> None:
    with product.client() as anna, product.client() as other:
        kept = codes(register(anna, "anna"))
        form = {"username": "anna", "code": kept[0].upper(), "password": "a new long password"}
        assert other.post("/recover", data=form).headers["location"] == "/login"
        assert other.post("/recover", data=form).status_code == 403
        assert anna.get("/settings").status_code == 401
        assert login(other, "anna", "a new long password").status_code == 303


def test_the_cookie(product: Product) -> None:
    product.person("anna").close()
    with product.client() as client:
        first, second = login(client, "anna"), login(client, "anna")
    cookie = first.headers["set-cookie"]
    assert cookie.startswith("assistant-session=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert cookie.split(";")[0] != second.headers["set-cookie"].split(";")[0]


def test_a_forwarded_header_of_a_stranger_does_not_count(product: Product) -> None:
    product.person("anna").close()
    with product.client() as client:
        answer = client.post(
            "/login", data={"username": "anna", "password": PASSWORD}, headers={"x-forwarded-proto": "https"}
        )
    assert "Secure" not in answer.headers["set-cookie"]


def test_an_address_has_a_burst_of_ten(product: Product) -> None:
    with product.client() as client:
        begun = time.monotonic()
        answers = [login(client, f"nobody{number}") for number in range(11)]
        took = time.monotonic() - begun
    assert [answer.status_code for answer in answers[:10]] == [422] * 10
    assert answers[10].status_code == 429
    assert 59 - took <= int(answers[10].headers["retry-after"]) <= 61
    assert "Try again in" in answers[10].text


def test_an_account_gets_a_growing_delay_but_sessions_go_on(product: Product) -> None:
    with closing(product.person("anna")) as anna:
        with product.client() as thief:
            answers = [login(thief, "anna", f"guess number {number}") for number in range(6)]
            # On a slow machine the first delays are over when the next guess comes; they double.
            while answers[-1].status_code != 429 and len(answers) < 10:
                answers.append(login(thief, "anna", f"guess number {len(answers)}"))
        assert [answer.status_code for answer in answers[:-1]] == [422] * (len(answers) - 1)
        assert answers[-1].status_code == 429
        assert anna.get("/settings").status_code == 200


@pytest.mark.parametrize("away", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_login_leads_only_to_our_own_pages(product: Product, away: str) -> None:
    product.person("anna").close()
    with product.client() as client:
        assert login(client, "anna", next=away).headers["location"] == "/"


def test_logout_ends_the_session(product: Product) -> None:
    with closing(product.person("anna")) as anna:
        token = dict(anna.cookies)
        assert anna.post("/logout").headers["location"] == "/login"
        with product.client(cookies=token) as again:
            assert again.get("/settings").status_code == 401


def test_a_hash_with_old_parameters_is_renewed_at_login(product: Product) -> None:
    product.person("anna").close()
    weak = Passwords(memory_kib=8192, passes=1)
    with closing(sqlite3.connect(product.data / "assistant.db", timeout=5)) as rows:
        rows.execute("UPDATE user SET password = ?", (weak.hash_here(PASSWORD),))
        rows.commit()
        with product.client() as client:
            assert login(client, "anna").status_code == 303
        (kept,) = rows.execute("SELECT password FROM user").fetchone()
    weak.close()
    assert "$argon2id$v=19$m=65536,t=3,p=1$" in kept


def test_behind_a_trusted_proxy_with_tls(tmp_path: Path, ollama: OllamaServer) -> None:
    settings = {"ASSISTANT_TRUSTED_PROXIES": "127.0.0.1, ::1"}
    product = Product(tmp_path, ollama.host, settings=settings, forked=True).start()
    outside = {"x-forwarded-proto": "https", "origin": f"https://localhost:{product.port}"}
    with closing(httpx.Client(base_url=product.url, headers=outside, timeout=PATIENCE)) as client:
        answer = register(client, "anna")
        assert answer.headers["set-cookie"].startswith("__Host-assistant=")
        assert "Secure" in answer.headers["set-cookie"]
        assert answer.headers["strict-transport-security"]
        for number in range(10):
            login(client, f"nobody{number}")
        tries = [
            client.post("/login", data={"username": "x", "password": "y"}, headers={"x-forwarded-for": address})
            for address in ("6.6.6.6, 203.0.113.7", "203.0.113.7")
        ]
        assert [one.status_code for one in tries] == [422, 422]
        assert login(client, "nobody").status_code == 429
    product.stop()


def test_new_recovery_codes_need_the_password_and_end_the_old(product: Product) -> None:
    with product.client() as client:
        old = codes(register(client, "anna"))
        assert client.post("/codes", data={"current": "wrong"}).status_code == 422
        new = codes(client.post("/codes", data={"current": PASSWORD}))
        assert len(new) == 8
        form = {"username": "anna", "password": "another good one"}
        assert client.post("/recover", data={**form, "code": old[0]}).status_code == 403
        assert client.post("/recover", data={**form, "code": new[0]}).status_code == 303
        assert login(client, "anna", "another good one").status_code == 303


def test_the_password_changes_only_for_who_knows_it(product: Product) -> None:
    with closing(product.person("anna")) as anna, product.client() as phone:
        assert login(phone, "anna").status_code == 303
        form = {"current": PASSWORD, "password": "short"}
        assert errors(anna.post("/password", data=form)) == ["Use at least 8 characters."]
        assert anna.post("/password", data={**form, "password": "long enough now"}).status_code == 303
        assert anna.get("/password").status_code == 200
        assert phone.get("/password").status_code == 401
        assert login(phone, "anna", "long enough now").status_code == 303
        assert phone.get("/password").status_code == 200


@pytest.mark.parametrize("name", ["ß" * 32, "ﬃ" * 20])
def test_a_name_that_grows_is_refused_at_the_field(product: Product, name: str) -> None:
    with product.client() as client:
        assert errors(register(client, name)) == ["Use 3 to 32 letters, digits or . _ -"]


def test_a_name_is_the_same_in_any_case_and_spelling(product: Product) -> None:
    with product.client() as client:
        assert register(client, "José").status_code == 200
        assert login(client, "JOSE\u0301").status_code == 303


def test_odd_encodings_are_a_wrong_password(product: Product) -> None:
    product.person("anna").close()
    body = b'--x\r\nContent-Disposition: form-data; name="username"\r\n\r\n\\ud83d\r\n--x--\r\n'
    kind = "multipart/form-data; boundary=x; charset=unicode_escape"
    with product.client() as client:
        assert client.post("/login", content=body, headers={"content-type": kind}).status_code == 422


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "/\\evil.example", "//[", "javascript:x"])
def test_login_leads_only_to_pages_of_ours(product: Product, onward: str) -> None:
    product.person("anna").close()
    with product.client() as client:
        assert login(client, "anna", next=onward).headers["location"] == "/"


def test_a_proxys_own_line_counts(tmp_path: Path, ollama: OllamaServer) -> None:
    settings = {"ASSISTANT_TRUSTED_PROXIES": "127.0.0.1,::1"}
    product = Product(tmp_path, ollama.host, settings=settings, forked=True).start()
    product.person("anna").close()
    with product.client() as client:
        answers = []
        for number in range(13):
            lines = [("x-forwarded-for", f"8.8.{number}.8"), ("x-forwarded-for", "203.0.113.5")]
            form = {"username": f"x{number}", "password": "wrong"}
            answers.append(client.post("/login", data=form, headers=[*lines, ("origin", product.url)]).status_code)
    product.stop()
    assert answers == [422] * 10 + [429] * 3


def test_many_guesses_at_once_are_not_more_than_one_after_the_other(tmp_path: Path, ollama: OllamaServer) -> None:
    settings = {"ASSISTANT_TRUSTED_PROXIES": "127.0.0.1,::1"}
    product = Product(tmp_path, ollama.host, settings=settings, forked=True).start()
    product.person("anna").close()

    async def guess() -> list[int]:
        async with httpx.AsyncClient(base_url=product.url, timeout=PATIENCE) as client:
            headers = {"origin": product.url, "x-forwarded-for": "203.0.113.5"}
            form = {"username": "anna", "password": "wrong"}
            tries = [client.post("/login", data=form, headers=headers) for _ in range(10)]
            return sorted(answer.status_code for answer in await asyncio.gather(*tries))

    answers = asyncio.run(guess())
    product.stop()
    assert answers == [422] * 5 + [429] * 5
