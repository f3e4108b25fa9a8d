"""The pages of people: plain HTML forms over HTTP, which password managers fill and save."""

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI

from assistant.storage.database import Database
from assistant.users.pages.doors import Doors
from assistant.users.pages.own import Keys
from assistant.users.passwords import Passwords
from assistant.users.session import Sessions


def register(
    app: FastAPI,
    *,
    database: Database,
    sessions: Sessions,
    passwords: Passwords,
    clock: Callable[[], datetime],
) -> None:
    """Adds the forms to the app."""
    doors = Doors(database, sessions, passwords, clock)
    keys = Keys(database, sessions, passwords, clock)
    for path, shown, posted in (
        ("/login", doors.login_page, doors.login),
        ("/register", doors.register_page, doors.register),
        ("/recover", doors.recover_page, doors.recover),
        ("/password", keys.password_page, keys.password),
        ("/codes", keys.codes_form, keys.codes),
    ):
        app.add_api_route(path, shown, methods=["GET"], include_in_schema=False)
        app.add_api_route(path, posted, methods=["POST"], include_in_schema=False)
    app.add_api_route("/logout", doors.logout, methods=["POST"], include_in_schema=False)
