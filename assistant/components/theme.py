"""The design tokens of both themes and the static files that use them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles

from assistant.components.served.bundles import File, styles

STATIC = Path(__file__).parent / "static"
SHEETS = (
    "base.css", "controls.css", "chat.css", "search.css", "settings.css", "models.css", "notes.css", "reminders.css",
    "reminder-lists.css", "sharing.css",
)  # fmt: skip

LIGHT = {
    "bg": "#faf9f7", "surface": "#ffffff", "surface-2": "#f1efeb", "text": "#22201d", "muted": "#67625a",
    "border": "#e4e0d9", "border-strong": "#8f897f", "accent": "#2f6b5b", "accent-text": "#276052",
    "on-accent": "#ffffff", "accent-soft": "#e3eeea", "danger": "#ae2f22", "danger-soft": "#fbeae7",
    "warn": "#7d5400", "warn-soft": "#fbf1da", "focus": "#2f6b5b", "code-bg": "#f4f2ee", "mark": "#fbe7a1",
    "syntax-keyword": "#8a3c7c", "syntax-string": "#38691f", "syntax-number": "#8f4a09",
    "syntax-comment": "#6b665e", "syntax-name": "#1f5f8f", "red": "#c9584c", "orange": "#cf8133", "yellow": "#c4a11d",
    "green": "#5d9650", "blue": "#4b83b8", "purple": "#8a66b3", "grey": "#8b867d",
}  # fmt: skip
DARK = {
    "bg": "#191817", "surface": "#211f1e", "surface-2": "#2b2927", "text": "#eceae6", "muted": "#a8a299",
    "border": "#363330", "border-strong": "#7d776e", "accent": "#7cc4ae", "accent-text": "#8bcfba",
    "on-accent": "#10231d", "accent-soft": "#243a34", "danger": "#f0958a", "danger-soft": "#40211d",
    "warn": "#e6bd6a", "warn-soft": "#3a2f18", "focus": "#8bcfba", "code-bg": "#262422", "mark": "#63531b",
    "syntax-keyword": "#d9a0cf", "syntax-string": "#a6cf8a", "syntax-number": "#e5b07a",
    "syntax-comment": "#a09a90", "syntax-name": "#8fc1e8", "red": "#d9776c", "orange": "#d99a58", "yellow": "#cfb443",
    "green": "#7db26f", "blue": "#6f9fce", "purple": "#a488c9", "grey": "#8f8a81",
}  # fmt: skip
SHAPE = {
    "font": 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
    "mono": 'ui-monospace, "SF Mono", "Cascadia Code", Menlo, "DejaVu Sans Mono", monospace',
    "size-small": "0.8125rem", "size-body": "0.9375rem", "size-large": "1.125rem", "size-title": "1.5rem",
    "space-1": "4px", "space-2": "8px", "space-3": "12px", "space-4": "16px", "space-6": "24px", "space-8": "32px",
    "radius": "8px", "radius-large": "14px", "shadow": "0 1px 2px rgb(0 0 0 / 5%), 0 8px 24px rgb(0 0 0 / 6%)",
}  # fmt: skip


def css() -> str:
    """The tokens as CSS variables, for the theme that is chosen or that the system has."""
    light, dark, shape = _block(LIGHT), _block(DARK), _block(SHAPE)
    return (
        f":root{{color-scheme:light;{light}{shape}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}\n"
    )


@cache
def sheet() -> File:
    """The styles of all pages: the tokens, and the sheets of components and rooms."""
    return styles("/static/theme-{}.css", [css(), *((STATIC / name).read_text("utf-8") for name in SHEETS)])


def register_static(app: FastAPI, rooms: Mapping[str, Path]) -> None:
    """Serves the styles and the static files.

    The folders of the ``rooms`` are served under their names: ``/static/reminders/…``.
    """

    @app.get(sheet().address, include_in_schema=False)
    async def theme_css(request: Request) -> Response:
        """The styles; their name says what is in them."""
        return sheet().answer(request)

    for name, folder in rooms.items():
        app.mount(f"/static/{name}", StaticFiles(directory=folder), name=f"static-{name}")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")


def _block(tokens: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in tokens.items())
