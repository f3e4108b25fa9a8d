"""What a route says of itself: who may ask, what it answers, when it fails."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from assistant.errors import Forbidden
from assistant.rest.problems import KINDS, MEDIA_TYPE, Unauthenticated, document
from assistant.rest.shapes import Few
from assistant.users.sessions import SCOPES, Asking

PROBLEM = {"$ref": "#/components/schemas/Problem"}
ALWAYS = (401, 403, 422, 429)
SENTENCES = {
    400: "The body is not JSON.",
    401: "Please log in first.",
    403: "This key may not write.",
    404: "There is no such note.",
    405: "PUT cannot be done here.",
    409: "An answer is still being written. Stop it or wait for its end.",
    412: "It was changed meanwhile. Read it again, or send * in If-Match.",
    413: "This is too large to be sent.",
    415: "The body must be application/json, not text/plain.",
    422: "title: A title has at most 300 characters.",
    428: "Say in If-Match which version you changed, as its ETag names it; * means whichever is there.",
    429: "Too many requests. Try again in 3 seconds.",
    502: "The other side does not answer.",
    503: "Ollama does not answer.",
    507: "This does not fit into your 2.0 GB: there are 1.9 GB of notes.",
}
After = Annotated[str | None, Query(max_length=2000, description="Where the list goes on: `next` of the piece before.")]
Limit = Annotated[Few, Query(description="How many at most.")]
KEYED = [
    {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "Makes this request count once, however often it is sent within 24 hours.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    }
]

VERSIONED = [
    {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "The ETag of the version that you changed; `*` for whichever is there.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 500},
        "example": "*",
    }
]


def says(
    needs: str, *fails: int, keyed: bool = False, versioned: bool = False, body: bool = False, owners: bool = False,
    **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """The arguments of a route: the scope that it ``needs``, and how it fails beside what always can.

    ``keyed`` takes an Idempotency-Key, ``versioned`` wants If-Match; ``body`` is for what takes JSON;
    ``owners`` lets only these in.
    """
    extra = {"security": [{"key": [needs]}, {"token": [needs]}, {"browser": []}], **more.pop("extra", {})}
    if keyed or versioned:
        extra["parameters"] = KEYED if keyed else VERSIONED
    bodies = (400, 413, 415) if body else ()
    again = (409,) if keyed else (412, 428) if versioned else ()
    answers = {**failures(*ALWAYS, *bodies, *again, *fails), **more.pop("answers", {})}
    asks = [Depends(allowed(needs)), *([Depends(owners_only)] if owners else [])]
    return {"dependencies": asks, "responses": answers, "openapi_extra": extra, **more}


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How these failures are answered, for the document."""
    return {
        status: {
            "description": KINDS[status][1],
            "content": {MEDIA_TYPE: {"schema": PROBLEM, "example": document(status, SENTENCES[status])}},
        }
        for status in sorted(set(statuses))
    }


def allowed(needs: str) -> Callable[[Request], None]:
    """What lets through whoever asks with this scope; raises Unauthenticated for nobody, Forbidden for others."""
    assert needs in SCOPES  # noqa: S101 - the routes are ours

    def check(request: Request) -> None:
        asking: Asking | None = getattr(request.state, "asking", None)
        if asking is None:
            raise Unauthenticated("Please log in first.")
        if needs not in asking.scopes:
            raise Forbidden(f"This key may not do that: it lacks the scope {needs}.")

    return check


def owners_only(request: Request) -> None:
    """Lets through owners; raises Forbidden for others."""
    if not request.state.asking.owner:
        raise Forbidden("Only owners may do this.")
