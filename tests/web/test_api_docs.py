"""What is told of the API: the page that shows it, and the recipes, which are run as they stand."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.rest.problems import KINDS
from assistant.users.access import api_keys
from assistant.users.household import choices
from assistant.users.sessions import SCOPES
from assistant.web.api.docs_page import MEANINGS
from tests.person import PASSWORD, Person
from tests.product import ROOT, Product

RECIPES = ROOT / "docs" / "api.md"
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SAID = (  # in the answer to each recipe, first of curl and then of Python
    '"text":"call mum"', "T", '"text":"- tea\\n- milk\\n"', "- tea\n- milk", "event: end", "\ndone",
    '"title":"Shopping"', "Shopping", '"name":"anna"', "anna",
)  # fmt: skip


def test_the_page_is_there_for_whom_the_owner_lets(product: Product) -> None:
    assert MEANINGS.keys() == KINDS.keys()
    with closing(product.person("anna")) as anna, product.client() as nobody:
        page = anna.get("/api/docs")
        assert page.headers["content-type"].startswith("text/html")
        for name, _ in KINDS.values():
            assert f'id="problem-{name}"' in page.text
        parts = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assert len(parts) > 4
        assert [part for part in parts if anna.get(part).status_code != 200] == []
        browser = {"accept": "text/html"}
        assert nobody.get("/api/docs", headers=browser).headers["location"] == "/login?next=/api/docs"
        assert nobody.get("/api/docs").status_code == 401
        anna.do(lambda _user: choices.describe_api(allowed=True))
        assert nobody.get("/api/docs", headers=browser).status_code == 200
        assert nobody.get("/api/v1/openapi.json").status_code == 200


@pytest.mark.browser
def test_one_tries_it_out_without_any_other_server(
    product: Product, anna: Person, page_of: Callable[..., Page]
) -> None:
    anna.note("# Tea from the try")
    page = page_of("anna", "/notes")
    elsewhere: list[str] = []
    wrong: list[str] = []
    page.on(
        "request",
        lambda asked: elsewhere.append(asked.url) if not asked.url.startswith((product.home, "data:")) else None,
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.emulate_media(color_scheme="dark")
    page.goto("/api/docs#/notes/list_notes")
    operation = page.locator("#operations-notes-list_notes")
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table")).to_contain_text("Tea from the try")
    expect(page.locator("html")).to_have_class("dark-mode")
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).not_to_have_class("dark-mode")
    assert (elsewhere, wrong) == ([], [])


def test_the_recipes_do_what_they_say(product: Product, tmp_path: Path) -> None:
    recipes = BLOCK.findall(RECIPES.read_text("utf-8"))
    assert [kind for kind, _ in recipes] == ["sh", "python"] * 5
    with closing(product.person("anna")) as anna:
        key = anna.do(api_keys.make, name="recipes", scopes=SCOPES, now=datetime.now(UTC))[1]
    secrets = {"ASSISTANT": product.url, "KEY": key, "NAME": "anna", "PASSWORD": PASSWORD}
    folder = tmp_path / "kitchen"
    folder.mkdir()
    for (kind, recipe), said in zip(recipes, SAID, strict=True):
        command = ["sh", "-ec", recipe] if kind == "sh" else [sys.executable, "-c", recipe]
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **secrets}, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, recipe + done.stderr
        assert said in done.stdout, recipe + done.stdout
