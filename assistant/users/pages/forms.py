"""What the forms share: drawing, refusing, and the cookie of whoever is let in."""

import hashlib
import secrets
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader
from starlette.datastructures import FormData

from assistant.components import theme
from assistant.errors import AssistantError, TooMany
from assistant.storage.database import Database
from assistant.text import mend_surrogates
from assistant.users import limits
from assistant.users.sessions import KEPT, Sessions, cookie_name

TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent.parent / "templates"), autoescape=True)


def page(template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The template, filled; a form's ``errors`` and ``problem`` are empty unless given."""
    filled = {"errors": {}, "problem": "", "sheet": theme.sheet().address, **values}
    return HTMLResponse(TEMPLATES.get_template(template).render(**filled), status)


def error_fields(error: AssistantError) -> dict[str, Any]:
    """The error as a form shows it: at its field, or above the form."""
    return {"errors": {error.field: error.sentence}} if error.field else {"problem": error.sentence}


def failed(answer: Response, error: AssistantError) -> Response:
    """The answer with the error's status and, where it makes sense, the time to wait."""
    answer.status_code = error.status
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(max(1, round(error.retry_after + 0.5)))
    return answer


async def let_in(sessions: Sessions, request: Request, user: int, answer: Response) -> Response:
    """The answer with the cookie of a new session of the user."""
    token = await sessions.begin(user, request.headers.get("user-agent", ""))
    # Longer than the session, so that it can be told from one that was ended, see login_pages.
    _set_cookie(request, answer, cookie_name(secure=is_secure(request)), token, int(KEPT.total_seconds()))
    return answer


async def know_again(database: Database, request: Request, key: str, now: datetime, answer: Response) -> Response:
    """The answer, by which this browser and its network are known to have entered the account."""
    name = browser_cookie(secure=is_secure(request))
    token = request.cookies.get(name) or secrets.token_urlsafe(16)
    digest = hashlib.sha256(token.encode()).hexdigest()[:32]
    await database.run_urgently(limits.forgive, key, address(request), now, digest)
    _set_cookie(request, answer, name, token, int(limits.KNOWN_FOR.total_seconds()))
    return answer


def _set_cookie(request: Request, answer: Response, name: str, token: str, age: int) -> None:
    answer.set_cookie(
        name, token, max_age=age, path="/", secure=is_secure(request), httponly=True, samesite="lax"
    )  # fmt: skip


def leaving(answer: Response) -> Response:
    """The answer on the way out: browsers that trust the address throw away what they kept of the person."""
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def codes_page(codes: list[str]) -> HTMLResponse:
    """The page that shows recovery codes, this once."""
    lead = "If you forget your password, each of these sets a new one, once. They are shown only now."
    return page("codes.html", title="Save your recovery codes", lead=lead, codes=codes)


def local(path: str) -> str:
    """The path when it leads to a page of ours, else the start page."""
    good = path.startswith("/") and not path.startswith("//") and path.isprintable() and "\\" not in path
    return path if good else "/"


def typed(form: FormData, field: str) -> str:
    """The field's text, without halves of surrogate pairs, which odd encodings smuggle in."""
    value = form.get(field, "")
    return mend_surrogates(value) if isinstance(value, str) else ""


async def admitted(database: Database, request: Request, key: str, now: datetime) -> None:
    """Counts a try at the account's password; raises TooMany where it is refused."""
    refused = await database.run_urgently(limits.admit, key, address(request), now, browser_of(request))
    if refused:
        raise refused


def browser_of(request: Request) -> str:
    """What this browser is counted by once it has logged in; empty for one that never has."""
    token = request.cookies.get(browser_cookie(secure=is_secure(request)), "")
    return hashlib.sha256(token.encode()).hexdigest()[:32] if token else ""


def browser_cookie(*, secure: bool) -> str:
    """The name of the cookie by which a browser is known again; it lets nobody in."""
    return "__Host-assistant-browser" if secure else "assistant-browser"


def address(request: Request) -> str:
    """Where the request comes from, as far as the gate trusts what it was told."""
    return request.client.host if request.client else "unknown"


def is_secure(request: Request) -> bool:
    """Whether the browser speaks HTTPS with us, or with the proxy before us."""
    return request.url.scheme == "https"
