"""Routes that take what they name and nothing else."""

import inspect
import logging
import threading
from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any

from fastapi import Request, Response, params
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from assistant.errors import AssistantError
from assistant.rest import problems

# What curl says of a body unless it is told otherwise; that it is JSON is plain to see.
TAKEN_FOR_JSON = ("", "application/x-www-form-urlencoded", "application/json")
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


_ONE_AT_A_TIME = threading.RLock()


class StrictRoute(APIRoute):
    """A route whose summary and name are its handler's; other queries and bodies than it names are refused.

    What it takes and gives is worked out when it is first asked, or described.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        """As any route; what is wrong with its handler is found when it is first asked."""
        words = inspect.cleandoc(endpoint.__doc__ or "")
        first, _, rest = words.partition("\n\n")
        if not more.get("summary"):
            more["summary"] = " ".join(first.split()).rstrip(".")
            more["description"] = rest or words
        more["operation_id"] = more.get("operation_id") or endpoint.__name__
        # What tells whether it is meant; all else takes ten times as long, and there are 200 routes.
        self.path, self.endpoint, self.name = path, endpoint, more.get("name") or endpoint.__name__
        self.path_regex, self.path_format, self.param_convertors = compile_path(path)
        self.methods = {method.upper() for method in more.get("methods") or ["GET"]}
        self._said = more

    def __getattr__(self, name: str) -> Any:
        """What is missing yet, as is all but the above until somebody asks for it."""
        with _ONE_AT_A_TIME:
            said = self.__dict__.pop("_said", None)
            if said is not None:
                super().__init__(self.path, self.endpoint, **said)
            if name in self.__dict__:
                return self.__dict__[name]
        raise AttributeError(name)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, behind what is refused."""
        inner = super().get_route_handler()
        known = {name for dependant in _all(self.dependant) for name in _queries(dependant)}
        takes = type(self.body_field.field_info) if self.body_field is not None else None

        async def handle(request: Request) -> Response:
            unknown = [name for name in request.query_params if name not in known]
            if unknown:
                raise RequestValidationError(
                    [{"loc": ("query", name), "msg": "There is no such field.", "type": "extra"} for name in unknown]
                )
            try:
                if takes is params.Form:
                    _check_kind(request, FORMS)
                return await inner(await _as_json(request) if takes is params.Body else request)
            except (AssistantError, HTTPException, RequestValidationError):
                raise
            except Exception:
                logging.getLogger(__name__).exception("a request to the API failed")
                return problems.answer(500, "Something went wrong. The log has the details.")

        return handle


def _all(dependant: Any) -> list[Any]:
    return [dependant, *(deeper for one in dependant.dependencies for deeper in _all(one))]


def _queries(dependant: Any) -> list[str]:
    return [field.alias for field in dependant.query_params]


def _check_kind(request: Request, kinds: tuple[str, ...]) -> None:
    """Raises HTTPException for a body of another kind."""
    told = Message()
    told["content-type"] = request.headers.get("content-type", "")
    kind = told.get_content_type() if told["content-type"] else ""
    if kind not in kinds and not (kind.endswith("+json") and kinds is TAKEN_FOR_JSON):
        raise HTTPException(415, f"The body must be {kinds[-1]}, not {kind[:100] or 'without a type'}.")


async def _as_json(request: Request) -> Request:
    """The request with its body read, said to be JSON; raises HTTPException for another kind."""
    _check_kind(request, TAKEN_FOR_JSON)
    body = await request.body()
    others = [(name, value) for name, value in request.scope["headers"] if name != b"content-type"]
    pieces = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return pieces.pop() if pieces else await request.receive()

    return Request({**request.scope, "headers": [*others, (b"content-type", b"application/json")]}, receive)
