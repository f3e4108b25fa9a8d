"""What is there without the server: the worker that each browser keeps, and the one page that it shows."""

from hashlib import sha256

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from assistant.components import theme
from assistant.components.served import leaves
from assistant.reminders.pages import STATIC
from assistant.users.pages.forms import TEMPLATES
from assistant.users.sessions import IDLE

# Where browsers keep what is not sent yet: its name, its key, and where it is sent from.
WAITING = (
    ("Note", r"^note:PERSON:(\d+|new):.*", "/notes/$1"),
    ("Message", r"^draft:PERSON:(\d+)$", "/chat/$1"),
    ("Message", r"^draft:PERSON:(new|edit:\d+)$", "/"),
    ("Reminder", r"^draft:PERSON:(sentence|reminder:.*|remind:.*)$", "/reminders"),
    ("Prompt", r"^prompt:PERSON:.*", "/settings/prompts"),
)

WORKER = "".join(map(leaves.compacted, (STATIC / "service-worker.js", theme.STATIC / "offline-worker.js")))
SCRIPT = Markup(leaves.compacted(theme.STATIC / "offline.js"))  # noqa: S704 - a file of ours


def register(app: FastAPI) -> None:
    """Adds the page, and the worker, which must stand at the top to be heard by all pages."""
    shown = _page()
    # Browsers take a worker anew, and with it the page, when a byte of it is another.
    version = f"// {sha256(shown.encode()).hexdigest()[:16]}\n"
    worker = WORKER + version

    @app.get("/service-worker.js", include_in_schema=False)
    async def service_worker() -> Response:
        return Response(worker, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    @app.get("/offline", include_in_schema=False)
    async def offline(request: Request) -> Response:
        """The page as the worker keeps it; who comes to it by its address has the server, and goes on."""
        if request.headers.get("sec-fetch-mode") == "navigate":
            return RedirectResponse("/", 303)
        return HTMLResponse(shown)


def _page() -> str:
    """The page, whole in itself: nothing else can be asked for."""
    read = {name: Markup((theme.STATIC / name).read_text("utf-8")) for name in (  # noqa: S704 - files of ours
        "account.css", "favicon.svg",
    )}  # fmt: skip
    styles = Markup(theme.css()) + read["account.css"]  # noqa: S704
    lasts = int(IDLE.total_seconds() * 1000)
    return TEMPLATES.get_template("offline.html").render(
        styles=styles, brand=read["favicon.svg"], script=SCRIPT, waiting=WAITING, lasts=lasts
    )
