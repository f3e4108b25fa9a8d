"""Pictures as bodies and as answers."""

from collections.abc import Iterable
from typing import Any

from fastapi import Request
from starlette.exceptions import HTTPException

KINDS = ("image/jpeg", "image/png", "image/webp", "image/gif")
UNSAID = ("", "application/octet-stream")  # what browsers say of a file whose name has no ending
BYTES = {"type": "string", "format": "binary"}
SENT: dict[str, Any] = {"requestBody": {"required": True, "content": {kind: {"schema": BYTES} for kind in KINDS}}}


def shown(kinds: Iterable[str] = KINDS) -> dict[int, Any]:
    """How a route that shows a picture describes its answer."""
    return {200: {"description": "The picture.", "content": {kind: {"schema": BYTES} for kind in kinds}}}


def check_kind(request: Request) -> None:
    """Raises HTTPException for a body that says it is none; what it is, its bytes tell."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in (*KINDS, *UNSAID):
        raise HTTPException(415, "This is not a picture that can be read. Use JPEG, PNG, WebP or GIF.")
