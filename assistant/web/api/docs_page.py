"""The page that shows the API and lets one try it, from our own server alone."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from markupsafe import Markup

from assistant.components import theme
from assistant.rest.door import Door
from assistant.rest.problems import KINDS, Unauthenticated
from assistant.users.household import choices

DOCS = "/api/docs"
VIEWER = "/static/api-viewer"
MEANINGS = {
    400: "The body is no JSON.",
    401: "There is no key, token or session, or it is no longer good.",
    403: "The key lacks the scope, or only owners may do this.",
    404: "It does not exist, or it is somebody else’s: the two look the same.",
    405: "The address knows other methods, which Allow names.",
    408: "The body took longer than half a minute between two pieces.",
    409: "It is there already, is being written, or an Idempotency-Key was used for another request.",
    412: "It is not the version that If-Match names; <code>current</code> is what is there.",
    413: "The body is larger than what may be sent there.",
    414: "The address has more than a thousand characters.",
    415: "The body is of another kind than what is taken there.",
    421: "The installation does not know itself by this name.",
    422: "<code>errors</code> names the fields and says what is wrong with each.",
    428: "If-Match is missing.",
    429: "Retry-After says in how many seconds to come again.",
    500: "A fault of ours; the log has the details.",
    502: "An address outside did not take what was sent.",
    503: "Ollama or the database does not answer right now.",
    507: "It is more than the owner lets you keep; the answer says what takes the room.",
}
# The sheet of the viewer knows dark only as a class.
BEGIN = """
const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
const wear = () => root.classList.toggle("dark-mode", (root.dataset.theme || (dark.matches ? "dark" : "")) === "dark");
dark.addEventListener("change", wear); wear();
SwaggerUIBundle({ url: "/api/v1/openapi.json", dom_id: "#viewer", deepLinking: true, tryItOutEnabled: true,
  docExpansion: "none", filter: true, defaultModelsExpandDepth: 0, displayRequestDuration: true, validatorUrl: null });
"""
PAGE = """<!doctype html>
<html lang="en"{theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Assistant</title>
<link rel="icon" href="/static/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{viewer}/swagger-ui.css">
<link rel="stylesheet" href="{sheet}">
<link rel="stylesheet" href="/static/api-docs.css">
</head>
<body class="api-docs" id="api">
<header><a href="/"><img src="/static/favicon.svg" alt="" width="28" height="28"> Assistant</a></header>
<main>
<div id="viewer"><p class="muted">Reading the description of the API…</p></div>
<section class="problems">
<h2>Problems</h2>
<p>Every failure is answered as <code>application/problem+json</code>. Its <code>type</code> leads here.</p>
<dl>{problems}</dl>
</section>
</main>
<script src="{viewer}/swagger-ui-bundle.js"></script>
<script>{begin}</script>
</body>
</html>
"""
PROBLEM = '<div id="problem-{name}"><dt><code>{name}</code> <span>{status}</span></dt><dd>{title}. {meaning}</dd></div>'


def register(app: FastAPI, door: Door) -> None:
    """Adds the page and the viewer's files; before the other static files, which would answer in their place."""
    app.mount(VIEWER, StaticFiles(directory=viewer_files()), name="static-api-viewer")

    @app.get(DOCS, include_in_schema=False)
    async def show(request: Request) -> Response:
        """The API, to read and to try; for who is logged in, or everybody if the owner allows."""
        asking = getattr(request.state, "asking", None)
        if asking is None and not await door.read(choices.api_described):
            if "text/html" not in request.headers.get("accept", ""):
                raise Unauthenticated("Please log in first.")
            return RedirectResponse(f"/login?next={quote(DOCS, safe='/')}", 303)
        return HTMLResponse(page(asking.preferences.theme if asking else "system"))


def page(chosen: str) -> str:
    """The page in that theme: system, light or dark."""
    worn = Markup(' data-theme="{}"').format(chosen) if chosen != "system" else ""
    told = Markup("").join(
        Markup(PROBLEM).format(name=name, status=status, title=title, meaning=Markup(MEANINGS[status]))  # noqa: S704
        for status, (name, title) in KINDS.items()
    )
    return Markup(PAGE).format(  # noqa: S704 - ours
        theme=worn,
        sheet=theme.sheet().address,
        viewer=VIEWER,
        problems=told,
        begin=Markup(BEGIN),  # noqa: S704 - ours
    )


def viewer_files() -> Path:
    """Where the viewer lies, which a package brings along; nothing of it is imported."""
    spec = find_spec("fastapi_offline")
    assert spec is not None and spec.submodule_search_locations  # noqa: S101, PT018 - it is installed with us
    return Path(spec.submodule_search_locations[0]) / "static"
