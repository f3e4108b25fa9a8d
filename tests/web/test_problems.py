"""What a browser is shown when a page cannot be drawn."""

from starlette.requests import Request

from assistant.storage.database import StorageFailed
from assistant.web import problems


def asked(method: str, accept: str) -> Request:
    return Request({"type": "http", "method": method, "path": "/", "headers": [(b"accept", accept.encode())]})


def test_a_page_that_waits_for_the_database_looks_again_by_itself() -> None:
    about = (StorageFailed.status, StorageFailed.title, "The database is busy.")
    shown = problems._shown(asked("GET", "text/html"), *about)
    assert (shown.status_code, shown.headers["refresh"]) == (503, "5")
    assert b"The database is busy." in bytes(shown.body)
    # What was sent is not sent again, what is not there does not come, and programs have their own patience.
    assert "refresh" not in problems._shown(asked("POST", "text/html"), *about).headers
    assert "refresh" not in problems._shown(asked("GET", "text/html"), 404, "Nothing", "Nothing.").headers
    assert "refresh" not in problems._shown(asked("GET", "application/json"), *about).headers
