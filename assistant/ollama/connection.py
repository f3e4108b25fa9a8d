"""How Ollama is reached: by which way, as whom, trusting which certificates, and within which bounds."""

import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import ollama

from assistant.addresses import Address
from assistant.ollama.proxies import Route

CONNECT_TIMEOUT = 2.0  # seconds; a person waits for this before the banner says what is wrong
BODY_LIMIT = 16_000_000  # bytes of an answer that is no stream; a list of 10,000 models has 4 MB
LINE_LIMIT = 1_000_000  # bytes; a line of a stream is one token, so this is no answer any more


class NotOllamaError(ValueError):
    """What answered is a page for people, and not Ollama."""


def client(address: Address, route: Route, *, key: str, authority: Path | None, timeout: float | None) -> "Client":
    """A client of the Ollama at the address; each of its calls may take ``timeout`` seconds.

    ``key`` is sent as a bearer's, ``authority`` is a file of certificates that are trusted beside the usual ones.
    """
    made = ollama.AsyncClient(
        str(address),
        timeout=httpx.Timeout(timeout, connect=CONNECT_TIMEOUT),
        # A redirect would carry the conversation to wherever it points, and a packed body can unfold without end.
        follow_redirects=False,
        headers={"Accept-Encoding": "identity"},
        event_hooks={"response": [_bound]},
        proxy=route.proxy or None if route.usable else None,
        trust_env=False,
        verify=_trusted(address, authority),
        auth=httpx.BasicAuth(address.user, address.password) if address.user or address.password else None,
    )
    http = made._client  # noqa: SLF001 - it has no other way to them
    # It adds the key for ollama.com from the environment, which is nobody else's business.
    http.headers.pop("authorization", None)
    if key:
        http.auth = None
        http.headers["authorization"] = f"Bearer {key}"
    return made


Client = ollama.AsyncClient


def _trusted(address: Address, authority: Path | None) -> ssl.SSLContext:
    if address.scheme == "http":
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, and is made at once
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    if authority:
        context.load_verify_locations(authority)
        # Authorities that one makes at home seldom have all that the standard wants of them.
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


async def _bound(response: httpx.Response) -> None:
    """Makes a body that never ends fail, instead of filling the memory."""
    if response.headers.get("content-encoding", "identity") != "identity":
        raise ValueError("a packed answer")
    if response.is_success and "html" in response.headers.get("content-type", ""):
        raise NotOllamaError("a page for people")
    if isinstance(response.stream, httpx.AsyncByteStream):
        lines = response.is_success and "ndjson" in response.headers.get("content-type", "")
        response.stream = _Bounded(response.stream, by_line=lines)


class _Bounded(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream, *, by_line: bool) -> None:
        self._inner, self._by_line = inner, by_line

    async def __aiter__(self) -> AsyncIterator[bytes]:
        length = 0
        async for chunk in self._inner:
            end = chunk.rfind(b"\n") if self._by_line else -1
            length = len(chunk) - end - 1 if end >= 0 else length + len(chunk)
            if length > (LINE_LIMIT if self._by_line else BODY_LIMIT):
                raise ValueError("an answer without an end")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()
