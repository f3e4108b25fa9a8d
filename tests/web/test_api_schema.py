"""The API's description of itself: complete, true to its routes, and true to what the running product answers."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute

from assistant.rest.problems import KINDS, MEDIA_TYPE
from assistant.users import accounts
from assistant.users.access import api_keys
from assistant.users.sessions import SCOPES
from assistant.web.api.app import build_api
from assistant.web.api.document import document
from tests.product import Product
from tests.programs import House

CONFIG = Path(__file__).parent / "schemathesis.toml"
# These end what the run comes in with.
LEFT_OUT = ("log_out_everywhere", "reset_password")
METHODS = {"get", "post", "put", "patch", "delete"}
# Asked twice these do what they did once, or what they made waits for a yes, or for a question, that counts once.
ONCE_ANYWAY = {
    "parse_sentence", "stop_reply", "subscribe_browser", "test_way", "attach_file", "choose_own_picture",
    "keep_text", "pull_model", "begin_export", "begin_backup", "plan_import", "start_import", "plan_note_import",
    "start_note_import", "plan_calendar_import", "start_calendar_import", "revoke_token", "recover",
    "prove_who_you_are", "propose", "send_file", "show_document",
    "add_project_documents", "make_brief", "restore_scheduled_question",
    "run_scheduled_question", "restore_project_document",
}  # fmt: skip
# Their secrets are kept nowhere, so no answer can be given again.
SHOWN_ONCE = {
    "get_token", "register", "make_key", "invite", "make_calendar_address", "renew_recovery_codes", "begin_two_step",
}  # fmt: skip


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of each operation."""
    return [
        (method, path, operation)
        for path, item in described["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def test_every_route_is_described_and_nothing_else(house: House) -> None:
    app = build_api(house.parts)
    described = document(app)
    routes = {
        (method.lower(), route.path_format)
        for route in app.routes
        if isinstance(route, APIRoute) and route.path != "/openapi.json"
        for method in route.methods or ()
    }
    assert {(method, path) for method, path, _ in operations(described)} == routes
    assert len(routes) > 90
    assert described["openapi"].startswith("3.1")
    names = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(set(names)) == len(names)


def test_every_operation_says_all_that_one_needs(house: House) -> None:
    described = document(build_api(house.parts))
    tags = {tag["name"] for tag in described["tags"]}
    schemes = set(described["components"]["securitySchemes"])
    for method, path, operation in operations(described):
        about = f"{method} {path}"
        assert operation["summary"], about
        assert not operation["summary"].endswith("."), about
        assert operation["description"], about
        assert len(operation["tags"]) == 1, about
        assert set(operation["tags"]) <= tags, about
        assert {name for one in operation["security"] for name in one} <= schemes, about
        assert bool(operation["security"]) == (not path.startswith("/auth/")), about
        answers = operation["responses"]
        assert {"401", "422", "429"} <= set(answers), about
        assert any(status.startswith("2") for status in answers), about
        for status, answer in answers.items():
            assert answer["description"], about
            if int(status) >= 400:
                assert int(status) in KINDS, about
                assert answer["content"][MEDIA_TYPE]["example"]["status"] == int(status), about
        for parameter in operation.get("parameters", []):
            assert parameter.get("description") or parameter["in"] == "path", f"{about}: {parameter['name']}"


def test_every_post_counts_once_by_a_key_or_by_itself(house: House) -> None:
    without = {
        operation["operationId"]
        for method, _, operation in operations(document(build_api(house.parts)))
        if method == "post" and "Idempotency-Key" not in {one["name"] for one in operation.get("parameters", ())}
    }
    assert without == ONCE_ANYWAY | SHOWN_ONCE


def test_every_field_has_an_example_or_says_what_it_can_be(house: House) -> None:
    described = document(build_api(house.parts))
    telling = {"examples", "enum", "const", "$ref", "description", "default"}
    for name, shape in described["components"]["schemas"].items():
        for field, schema in shape.get("properties", {}).items():
            kinds = [schema, *schema.get("anyOf", [])]
            told = any(
                telling & one.keys() or one.get("type") in {"boolean", "null"} or "$ref" in one.get("items", {})
                for one in kinds
            )
            assert told, f"{name}.{field}"


@pytest.mark.long
def test_the_running_product_answers_as_it_says(product: Product) -> None:
    """Thousands of requests, right ones and wrong ones, with all checks of schemathesis."""
    pytest.importorskip("schemathesis")
    product.stop()
    product.settings["ASSISTANT_API_RATE"] = "1000000"
    product.start()
    # Whoever comes with the first ids may be locked out; the one who asks has another.
    for name in ("first", "second"):
        product.person(name).close()
    with closing(product.person("anna")) as anna:
        anna.do(accounts.make_owner)
        for words in ("# One", "# Two [[One]]"):
            anna.note(words, tags=["a/b"])
        anna.reminder("water", datetime(2030, 1, 1, 9, tzinfo=UTC), rule="FREQ=DAILY")
        anna.rung("tea")
        made = [
            anna.do(api_keys.make, name="a test", scopes=SCOPES, now=datetime.now(UTC))[1]
            for _ in range(20)
        ]  # fmt: skip
        # Made when it is first asked for, which a busy machine takes longer for than schemathesis waits.
        assert anna.get("/api/v1/openapi.json").status_code == 200
    found = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "--no-color", "run",
            f"{product.url}/api/v1/openapi.json", "-H", f"Authorization: Bearer {made[-1]}", "--checks", "all",
            "--continue-on-failure", "--phases", "examples,coverage", "--seed", "1", "--no-shrink", "--warnings", "off",
            *(part for name in LEFT_OUT for part in ("--exclude-operation-id", name)),
        ],
        env={**os.environ, "PYTHONWARNINGS": "ignore"}, cwd=product.data, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
    assert "Traceback" not in product.log(), product.log()[-3000:]
