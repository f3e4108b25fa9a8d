"""Which addresses lead to which form."""

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI

from assistant.storage.database import Database
from assistant.users.identity import Identity
from assistant.users.pages.account_pages import AccountPages
from assistant.users.pages.login_pages import LoginPages
from assistant.users.pages.picture_pages import PicturePages
from assistant.users.pages.two_step_pages import TwoStepPages
from assistant.users.passwords import Passwords
from assistant.users.sessions import Sessions


def register(
    app: FastAPI,
    *,
    database: Database,
    sessions: Sessions,
    passwords: Passwords,
    identity: Identity,
    clock: Callable[[], datetime],
) -> None:
    """Adds the forms to the app."""
    entrance = LoginPages(database, sessions, passwords, clock)
    account = AccountPages(database, sessions, passwords, identity)
    two_step = TwoStepPages(database, sessions, identity, clock)
    for path, shown, posted in (
        ("/login", entrance.login_page, entrance.login),
        ("/register", entrance.register_page, entrance.register),
        ("/recover", entrance.recover_page, entrance.recover),
        ("/password", account.password_page, account.password),
        ("/codes", account.codes_form, account.codes),
        ("/two-step", two_step.set_up_page, two_step.set_up),
        ("/two-step/off", two_step.turn_off_page, two_step.turn_off),
    ):
        app.add_api_route(path, shown, methods=["GET"], include_in_schema=False)
        app.add_api_route(path, posted, methods=["POST"], include_in_schema=False)
    app.add_api_route("/account/picture", PicturePages(database).show, methods=["GET"], include_in_schema=False)
    app.add_api_route("/login/code", entrance.code, methods=["POST"], include_in_schema=False)
    app.add_api_route("/logout", entrance.logout, methods=["POST"], include_in_schema=False)
