"""How the API describes itself: OpenAPI 3.1, made from its routes."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from assistant import __version__
from assistant.rest.problems import FieldProblem, Problem

ABOUT = """\
Everything that the pages can do, for programs of your own.

- **Who asks.** A key of your own (`ast_…`, Settings → Account) or a token of `POST /auth/token`, in
  `Authorization: Bearer …`; pages of this site are known by their session. Scopes: `read`, `write`, `chat` (asking
  models), `admin` (accounts, models, what owners decide).
- **Lists** are pieces: `items`, and `next`, which `after` takes for the piece behind it.
- **Times** are UTC, as RFC 3339 writes them; times on the wall, which reminders keep, have no zone.
- **Changes** of what is edited in two places name in `If-Match` the ETag that they saw.
- **Sending twice** what should count once: an `Idempotency-Key`, kept for 24 hours.
- **Failures** are problems of RFC 9457, with `errors` that name the fields.
"""
TAGS = {
    "auth": "How programs log in, go on and log out, and how one gets an account.",
    "me": "Your own account: preferences, keys, two-step login, where you are logged in, what is stored.",
    "conversations": "Conversations with the models, and their messages.",
    "projects": "Folders of conversations, with the instructions, documents and tags of notes of each.",
    "documents": "Files for questions: documents that models read, page by page.",
    "replies": "Answers while they are written.",
    "acts": "What models offer to do for you, and what was done.",
    "prompts": "Prompts that you keep, to ask with again.",
    "memory": "What models are told about you in every conversation.",
    "routines": "What comes by itself: the daily brief, and questions that are asked at set times.",
    "models": "The models in Ollama, and downloads of others.",
    "notes": "Notes, their versions, tags, pictures and search.",
    "reminders": "Reminders, when they come, what rings.",
    "exports": "Everything of yours in one file.",
    "imports": "What exports hold, ours and those of other programs, brought in.",
    "search": "Words in all rooms at once.",
    "users": "Accounts, for owners.",
    "household": "What is decided for everybody, and invitations, for owners.",
    "backups": "Backups of the installation, for owners.",
}
SCHEMES: dict[str, Any] = {
    "key": {"type": "http", "scheme": "bearer", "description": "A key of your own, `ast_…`, from Settings → Account."},
    "token": {
        "type": "oauth2",
        "description": "A name and a password, for 15 minutes; refreshed for as long as the login lasts.",
        "flows": {
            "password": {
                "tokenUrl": "/api/v1/auth/token",
                "refreshUrl": "/api/v1/auth/token",
                "scopes": {
                    "read": "Read what is yours",
                    "write": "Change what is yours",
                    "chat": "Ask models",
                    "admin": "Accounts, models, what owners decide",
                },
            }
        },
    },
    "browser": {"type": "apiKey", "in": "cookie", "name": "assistant-session", "description": "A page of this site."},
}


def document(app: FastAPI) -> dict[str, Any]:
    """The description of the app, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title="Assistant API",
            version=__version__,
            summary="Chat, notes and reminders of your own.",
            description=ABOUT,
            routes=app.routes,
            servers=[{"url": "/api/v1"}],
            tags=[{"name": name, "description": words} for name, words in TAGS.items() if _used(app, name)],
            separate_input_output_schemas=False,
        )
        made["info"]["license"] = {"name": "MIT", "identifier": "MIT"}
        parts = made.setdefault("components", {})
        parts["securitySchemes"] = SCHEMES
        for shape in (Problem, FieldProblem):
            schema = shape.model_json_schema(ref_template="#/components/schemas/{model}")
            schema.pop("$defs", None)
            parts["schemas"][shape.__name__] = schema
        for unused in ("HTTPValidationError", "ValidationError"):
            parts["schemas"].pop(unused, None)
        for item in made["paths"].values():
            for operation in item.values():
                for parameter in operation.get("parameters", ()):
                    parameter["schema"] = _without_null(parameter["schema"])
        app.openapi_schema = made
    return app.openapi_schema


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """What may be left out of an address or a header cannot be null there."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    return {**{name: value for name, value in schema.items() if name != "anyOf"}, **kinds[0]}


def _used(app: FastAPI, tag: str) -> bool:
    return any(tag in getattr(route, "tags", ()) for route in app.routes)
