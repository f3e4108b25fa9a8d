"""Finds out what went wrong: by Ollama's words, by the status, by what the connection ended with."""

import json
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress

import httpx
import ollama

from assistant.errors import ModelUnavailable
from assistant.ollama.connection import NotOllamaError
from assistant.ollama.failures import unavailable
from assistant.text import mend_surrogates

WORDS_LIMIT = 500  # characters of Ollama's own words that are shown

# In Ollama's own words, the first that fits; they come with any status, and in the middle of a stream.
WORDS = (
    (r"manifest.*(file )?does not exist|manifest.* 404", "no such model"),
    (r"no space left|not enough (disk )?space|disk full", "disk full"),
    (r"digest mismatch", "damaged"),
    (r"newer version of ollama|unknown (model )?architecture|unsupported model format|\b412\b", "too old"),
    (r"dial tcp|lookup .*no such host|max retries exceeded|i/o timeout", "no library"),
    (r"more system memory|out of memory|insufficient memory|unable to allocate|signal: killed", "memory"),
    (r"does not support tools", "no tools"),
    (r"does not support thinking|think value|\.think of type", "no thinking"),
    (r"does not support (chat|generate)", "no chat"),
    (r"does not support (images|vision)|required for image input|does not support multimodal", "no pictures"),
    (r"exceeds?( the)?( maximum| available)? context|context length exceeded|prompt (is )?too long", "too long"),
    (r"runner|exit status|sigsegv|cuda error|llama[- ]?server", "crashed"),
    (r"server busy|pending requests|overloaded", "busy"),
    (r"http request (was sent )?to (an )?https (server|port)", "wants TLS"),
    (r"model .*not found", "missing"),
)
NO_PAGE = re.compile(r"page not found|^not found", re.IGNORECASE)
STATUSES = {
    400: "not accepted", 401: "login", 403: "forbidden", 404: "not there", 405: "not there", 407: "proxy login",
    408: "gave up", 411: "too large", 413: "too large", 422: "not accepted", 429: "too many", 500: "broken inside",
    501: "not there", 502: "nothing behind", 503: "busy", 504: "gave up",
}  # fmt: skip
# OpenSSL's numbers for what is wrong with a certificate; all others mean that nobody known has signed it.
CERTIFICATES = {9: "expired", 10: "expired", 62: "other name", 64: "other name"}
NO_TLS = {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG"}
NONSENSE = (ValueError, TypeError, AttributeError, KeyError, ArithmeticError, RecursionError)
FAILED = (ollama.ResponseError, httpx.HTTPError, ConnectionError, TimeoutError, *NONSENSE)


def failed(error: Exception, *, host: str, model: str, proxied: bool) -> ModelUnavailable:
    """What to say of an error, one of ``FAILED``, that came of asking the Ollama at ``host`` for the model."""
    if isinstance(error, ollama.ResponseError | httpx.HTTPStatusError):
        kind, words = _of_refusal(*_refusal(error), model=model)
    elif isinstance(error, NONSENSE):
        kind, words = ("page" if isinstance(error, NotOllamaError) else "no sense"), ""
    else:
        kind, words = _of_connection(error, proxied=proxied), ""
    return unavailable(kind, host=host, model=model, words=words)


def _refusal(error: ollama.ResponseError | httpx.HTTPStatusError) -> tuple[int, str]:
    """The status and the words; a page for people has none that help."""
    if isinstance(error, httpx.HTTPStatusError):
        status, said = error.response.status_code, error.response.text
        with suppress(ValueError, AttributeError):
            said = str(json.loads(said).get("error", said))
    else:
        status, said = error.status_code, error.error
    words = mend_surrogates(str(said)).strip()
    if words.startswith("<"):
        title = re.search(r"<title>(.*?)</title>|<h1>(.*?)</h1>", words, re.DOTALL | re.IGNORECASE)
        return status, (title[1] or title[2] or "").strip()[:WORDS_LIMIT] if title else ""
    return status, words[:WORDS_LIMIT]


def _of_refusal(status: int, words: str, *, model: str) -> tuple[str, str]:
    found = next((kind for pattern, kind in WORDS if re.search(pattern, words, re.IGNORECASE)), "")
    if not found and httpx.codes.is_redirect(status):
        found = "redirect"
    if not found and status == httpx.codes.NOT_FOUND and model and words and not NO_PAGE.search(words):
        found = "missing"
    return found or STATUSES.get(status) or ("told" if words else "wordless"), words


def _of_connection(error: Exception, *, proxied: bool) -> str:
    causes = list(_causes(error))
    known = next(filter(None, map(_of_cause, causes)), "")
    if not known and any(isinstance(one, httpx.ConnectError | httpx.ConnectTimeout) for one in causes):
        known = "silent" if any(isinstance(one, httpx.ConnectTimeout) for one in causes) else "refused"
    if proxied and known in {"no such name", "silent", "refused"}:
        return "proxy away"
    return known or ("slow" if isinstance(error, httpx.TimeoutException | TimeoutError) else "broke off")


def _of_cause(error: BaseException) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return CERTIFICATES.get(error.verify_code, "not trusted")
        case ssl.SSLError():
            return "no TLS" if error.reason in NO_TLS else "TLS"
        case socket.gaierror():
            return "no such name"
        case httpx.ProxyError():
            return "proxy login" if "407" in str(error) else "proxy refused"
    return ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and what it came of."""
    while error:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for one in error.exceptions:
                yield from _causes(one)
        error = error.__cause__ or error.__context__
